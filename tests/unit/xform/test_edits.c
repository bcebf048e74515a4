#include "fixture.h"

/* The renamed ones share their places in the order of their new names; only a function called like its export
 * is renamed along. */
static void test_renames(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    uint32_t first = (uint32_t)x->m.exports.len;
    uint32_t b = add_func(x, "b_mangled", "", "", true), other = add_func(x, "user", "", "", true);
    uint32_t a = add_func(x, "a_mangled", "", "", true);
    x->m.funcs.items[a].name = STR("crate::a");
    vec_push(x->arena, &x->b.edits.renames, (struct bind_rename){first, STR("b")});
    vec_push(x->arena, &x->b.edits.renames, (struct bind_rename){first + 2, STR("a")});
    run_and_emit(x);
    const struct surface_item *items = x->surface.exports.items;
    assert_string_equal(str_copy(x->arena, items[1].name).ptr, "a");
    assert_string_equal(str_copy(x->arena, items[2].name).ptr, "user");
    assert_string_equal(str_copy(x->arena, items[3].name).ptr, "b");
    assert_true(str_eq(x->m.funcs.items[b].name, STR("b")));
    assert_true(str_eq(x->m.funcs.items[a].name, STR("crate::a")));
    assert_true(str_eq(x->m.funcs.items[other].name, STR("user")));
    teardown(x);
}

static void test_stubs_and_aliases(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    uint32_t f[2] = {add_func(x, "cast", "F", "i", false), add_func(x, "same cast", "F", "i", false)};
    vec_push(x->arena, &x->b.edits.stubs, (struct bind_stub){f[0], STR("cast1")});
    vec_push(x->arena, &x->b.edits.aliases, (struct bind_alias){f[1], f[0]});
    struct bind_import i = {.kind = BIND_IMPORT_IDENTITY, .func = f[0], .wasm_name = STR("cast1")};
    i.sig = sig_of(x, "F", "i");
    vec_push(x->arena, &x->b.imports, i);
    add_caller(x, "go", f, 2);
    run_and_emit(x);
    assert_int_equal(x->surface.imports.len, 1);
    assert_string_equal(str_copy(x->arena, x->surface.imports.items[0].name).ptr, "cast1");
    assert_string_equal(str_copy(x->arena, x->surface.imports.items[0].module).ptr, "./demo_bg.js");
    assert_string_equal(export_text(x, "go"), "f64.const call:cast drop f64.const call:cast drop");
    teardown(x);
}

/* The call in the middle of a body, whose index grows by a byte; the last argument goes. */
static void test_detour(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    uint32_t marker = add_import(x, PLACEHOLDER, "describe", "iii", "i");
    for (int i = 0; i < 200; i++)
        add_func(x, "filler", "", "", false);
    struct code code;
    code_begin(&code, x->arena, 2);
    code_get(&code, 0);
    code_get(&code, 1);
    code_const(&code, WASM_I32, 77);
    code_call(&code, marker);
    code_get(&code, 0);
    code_add(&code, WASM_I32);
    uint32_t maker = wasm_add_func(&x->m, type_of(x, "ii", "i"), code_end(&code), STR("maker"));
    struct bind_import i = {.kind = BIND_IMPORT_IDENTITY, .func = marker, .wasm_name = STR("made")};
    i.sig = sig_of(x, "ii", "i");
    vec_push(x->arena, &x->b.imports, i);
    vec_push(x->arena, &x->b.edits.detours, (struct bind_detour){maker, marker, 0});
    add_caller(x, "go", &maker, 1);
    run_and_emit(x);
    assert_int_equal(x->surface.imports.len, 1);
    assert_string_equal(str_copy(x->arena, x->surface.imports.items[0].name).ptr, "made");
    assert_string_equal(code_text(x, named(x, "maker")),
                        "local.get:0 local.get:1 i32.const:77 drop call:made local.get:0 i32.add");
    teardown(x);
}

/* A call of the import becomes the address itself, tagged; another caller is left alone. */
static void test_tagging(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    uint32_t wrap = add_import(x, PLACEHOLDER, "wrap", "i", "i");
    bind_import_of(x, wrap, "i", "i");
    uint32_t maker = add_caller(x, "maker", &wrap, 1);
    add_caller(x, "other", &wrap, 1);
    vec_push(x->arena, &x->b.edits.taggings, (struct bind_tagging){maker, wrap});
    run_and_emit(x);
    assert_string_equal(export_text(x, "maker"), "i32.const:0 i32.const:2 i32.shr_u "
                                                 "i32.const:-1073741824 i32.or drop");
    assert_string_equal(export_text(x, "other"), "i32.const:0 call:wrap drop");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tagging),
        cmocka_unit_test(test_renames),
        cmocka_unit_test(test_stubs_and_aliases),
        cmocka_unit_test(test_detour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
