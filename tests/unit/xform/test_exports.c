#include "fixture.h"

static const char *names(struct fixture *x) {
    struct buf out = {0};
    for (vec_each(struct surface_item, item, &x->surface.exports))
        buf_printf(&out, "%s%.*s", out.len ? " " : "", STR_ARG(item->name));
    Str text = buf_copy(x->arena, &out);
    buf_free(&out);
    return text.ptr;
}

static struct fixture *with_many(bool externref) {
    struct fixture *x = setup(externref);
    struct bind_class *class = ARENA_NEW(x->arena, struct bind_class);
    add_func(x, "__externref_heap_live_count", "", "i", true);
    add_func(x, "user", "", "", true);
    add_func(x, "__wbg_thing_free", "ii", "", true);
    add_func(x, "__wbindgen_describe_foo", "", "", true);
    add_func(x, "__wbindgen_bound", "", "", true);
    wasm_export_add(&x->m, STR("__heap_base"), WASM_GLOBAL, 0);
    wasm_export_add(&x->m, STR("__stack_pointer"), WASM_GLOBAL, 0);
    class->free_name = STR("__wbg_thing_free");
    vec_push(x->arena, &x->b.classes, class);
    bind_export_of(x, "__wbindgen_bound", wasm_export_find(&x->m, STR("__wbindgen_bound"))->id, "", "");
    return x;
}

static void test_heap_mode(void **state) {
    (void)state;
    struct fixture *x = with_many(false);
    run_and_emit(x);
    assert_string_equal(names(x), "memory user __wbg_thing_free __wbindgen_bound __stack_pointer");
    assert_int_equal(x->out.exports.len, x->surface.exports.len);
    assert_int_equal(named(x, "__wbindgen_malloc"), WASM_NONE);
    teardown(x);
}

static void test_externref_mode(void **state) {
    (void)state;
    struct fixture *x = with_many(true);
    run_and_emit(x);
    assert_string_equal(names(x), "memory user __wbg_thing_free __wbindgen_bound "
                                  "__stack_pointer __wbindgen_start __wbindgen_externrefs");
    teardown(x);
}

static void test_keep_lld_exports(void **state) {
    (void)state;
    struct fixture *x = with_many(false);
    x->settings.keep_lld_exports = true;
    run_and_emit(x);
    assert_non_null(wasm_export_find(&x->out, STR("__heap_base")));
    teardown(x);
}

static void test_default(void **state) {
    (void)state;
    for (int web = 0; web < 2; web++) {
        struct fixture *x = setup(false);
        add_func(x, "default", "", "", true);
        x->settings.target = web ? TARGET_WEB : TARGET_NODEJS;
        if (web)
            run_and_fail(x, "`default`");
        else
            run_and_emit(x);
        teardown(x);
    }
}

static void test_surface_types(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    add_func(x, "user", "iF", "I", true);
    uint32_t f = add_import(x, STR("env"), "thing", "i", "");
    add_caller(x, "go", &f, 1);
    run_and_emit(x);
    const struct surface_item *memory = &x->surface.exports.items[0], *user = &x->surface.exports.items[1];
    assert_int_equal(memory->kind, WASM_MEMORY);
    assert_int_equal(memory->limits.min, 1);
    assert_int_equal(user->type.nparams, 2);
    assert_int_equal(user->type.params[1], WASM_F64);
    assert_int_equal(user->type.results[0], WASM_I64);
    assert_int_equal(x->surface.imports.len, 1);
    assert_true(x->surface.imports.items[0].user);
    assert_string_equal(x->surface.imports.items[0].module.ptr, "env");
    assert_false(x->surface.memory_imported);
    teardown(x);
}

static void test_memories(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    x->m.memories.items[0].limits.shared = true;
    run_and_fail(x, "shared memory");
    teardown(x);
    x = setup(false);
    vec_push(x->arena, &x->m.memories, x->m.memories.items[0]);
    run_and_fail(x, "2 memories");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heap_mode),        cmocka_unit_test(test_externref_mode),
        cmocka_unit_test(test_keep_lld_exports), cmocka_unit_test(test_default),
        cmocka_unit_test(test_surface_types),    cmocka_unit_test(test_memories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
