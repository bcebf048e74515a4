#include "fixture.h"

/* A string argument needs malloc, realloc and the memory. */
static void add_string_export(struct fixture *x) {
    uint32_t f = add_func(x, "take", "ii", "", true);
    struct bind_value *value = &bind_export_of(x, "take", f, "i", "")->sig.params[0].value;
    struct bind_type *type = ARENA_NEW(x->arena, struct bind_type);
    *type = (struct bind_type){.kind = BIND_STRING, .access = BIND_OWNED};
    *value = (struct bind_value){.type = type, .incoming = true, .nwords = 2};
    value->words[0].type = value->words[1].type = WASM_I32;
}

static void test_exports_on_need(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    add_string_export(x);
    run_and_emit(x);
    assert_string_equal(x->surface.malloc.ptr, "__wbindgen_malloc");
    assert_string_equal(x->surface.realloc.ptr, "__wbindgen_realloc");
    assert_string_equal(x->surface.memory.ptr, "memory");
    assert_int_equal(exported(x, "__wbindgen_malloc"), named(x, "__wbindgen_malloc"));
    assert_int_equal(x->surface.exn_store.len, 0);
    assert_null(wasm_export_find(&x->out, STR("__wbindgen_exn_store")));
    teardown(x);
}

static void test_memory_has_another_name(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    x->m.exports.items[0].name = STR("mem");
    add_func(x, "memory", "", "", true);
    add_string_export(x);
    run_and_emit(x);
    assert_string_equal(x->surface.memory.ptr, "mem");
    teardown(x);
}

static void test_taken_name(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    x->m.exports.items[0] = (struct wasm_export){STR("memory"), WASM_FUNC, add_func(x, "f", "", "", false)};
    add_func(x, "memory2", "", "", true);
    add_string_export(x);
    run_and_emit(x);
    assert_string_equal(x->surface.memory.ptr, "memory3");
    assert_int_equal(wasm_export_find(&x->out, STR("memory3"))->kind, WASM_MEMORY);
    teardown(x);
}

/* The glue says `wasm.name`: a name that is empty or no identifier does not do. */
static void test_odd_names(void **state) {
    (void)state;
    static const char *const names[] = {"", "my memory", "1st", "m\xC3\xA9moire"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct fixture *x = setup(false);
        x->m.exports.items[0].name = str_from(names[i]);
        add_string_export(x);
        run_and_emit(x);
        assert_string_equal(x->surface.memory.ptr, "memory");
        assert_int_equal(exported(x, "memory"), 0);
        assert_int_equal(exported(x, names[i]), 0);
        teardown(x);
    }
}

static void test_empty_bound_name(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    bind_export_of(x, "", add_func(x, "", "", "", true), "", "");
    run_and_fail(x, "empty name");
    teardown(x);
}

static void test_missing(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    x->b.runtime.malloc = WASM_NONE;
    add_string_export(x);
    run_and_fail(x, "`__wbindgen_malloc`");
    teardown(x);
}

/* malloc calls an import that catches, which needs the exception store: known only after malloc is a root. */
static void test_fix_point(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    uint32_t f = add_import(x, PLACEHOLDER, "log", "", "");
    uint32_t unused = add_import(x, PLACEHOLDER, "unused", "", "");
    bind_import_of(x, f, "", "")->catches = true;
    bind_import_of(x, unused, "", "")->catches = true;
    struct code code;
    code_begin(&code, x->arena, 2);
    code_call(&code, f);
    code_op(&code, WASM_OP_UNREACHABLE);
    x->m.funcs.items[x->b.runtime.malloc].body = code_end(&code);
    add_string_export(x);
    run_and_emit(x);
    assert_false(x->b.imports.items[0].dead);
    assert_true(x->b.imports.items[1].dead);
    assert_string_equal(x->surface.exn_store.ptr, "__wbindgen_exn_store");
    assert_int_equal(x->surface.imports.len, 1);
    assert_string_equal(str_copy(x->arena, x->surface.imports.items[0].module).ptr, "./demo_bg.js");
    assert_false(x->surface.imports.items[0].user);
    teardown(x);
}

static void test_unbound_import(void **state) {
    (void)state;
    for (int live = 0; live < 2; live++) {
        struct fixture *x = setup(false);
        uint32_t f = add_import(x, PLACEHOLDER, "mystery", "", "");
        if (live) {
            add_caller(x, "go", &f, 1);
            run_and_fail(x, "`mystery`");
        } else {
            run_and_emit(x);
        }
        teardown(x);
    }
}

static void test_unsupported(void **state) {
    (void)state;
    for (int live = 0; live < 2; live++) {
        struct fixture *x = setup(false);
        uint32_t f = add_import(x, PLACEHOLDER, "odd", "i", "");
        bind_import_of(x, f, "", "")->unsupported = STR("callbacks are not supported");
        if (live) {
            add_caller(x, "go", &f, 1);
            run_and_fail(x, "");
        } else {
            run_and_emit(x);
        }
        teardown(x);
    }
}

static void test_imported_memory_and_tag(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    struct wasm_import *import = ARENA_NEW(x->arena, struct wasm_import);
    *import = (struct wasm_import){STR("env"), STR("memory")};
    x->m.memories.items[0].def = WASM_IMPORTED;
    x->m.memories.items[0].import = import;
    wasm_add_tag_import(&x->m, STR("env"), STR("__cpp_exception"), type_of(x, "i", ""));
    run_and_emit(x);
    assert_true(x->surface.memory_imported);
    assert_int_equal(x->surface.imports.len, 1);
    assert_string_equal(x->surface.imports.items[0].name.ptr, "memory");
    assert_string_equal(x->surface.imports.items[0].module.ptr, "./demo_bg.js");
    assert_int_equal(wasm_export_find(&x->out, STR("__cpp_exception"))->kind, WASM_TAG);
    assert_int_equal(x->out.tags.items[0].def, WASM_DEFINED);
    teardown(x);
}

static void add_custom(struct fixture *x, const char *name) {
    struct wasm_custom custom = {.name = str_from(name), .bytes = STR("\0"), .after = 0};
    vec_push(x->arena, &x->m.customs, custom);
}

static void test_sections(void **state) {
    (void)state;
    for (int remove = 0; remove < 2; remove++) {
        struct fixture *x = setup(false);
        add_custom(x, "other");
        add_custom(x, "producers");
        x->settings.remove_producers_section = remove;
        x->settings.remove_name_section = remove;
        add_func(x, "user", "", "", true);
        run_and_emit(x);
        assert_non_null(wasm_custom_find(&x->out, STR("other")));
        const struct wasm_custom *producers = wasm_custom_find(&x->out, STR("producers"));
        if (remove)
            assert_null(producers);
        else
            assert_int_not_equal(str_find(producers->bytes, STR("\x0cwasm-bindgen\x07"
                                                                "0.2.127")),
                                 producers->bytes.len);
        assert_int_equal(x->out.funcs.items[exported(x, "user")].name.len, remove ? 0 : 4);
        teardown(x);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exports_on_need),  cmocka_unit_test(test_memory_has_another_name),
        cmocka_unit_test(test_taken_name),       cmocka_unit_test(test_missing),
        cmocka_unit_test(test_fix_point),        cmocka_unit_test(test_unbound_import),
        cmocka_unit_test(test_unsupported),      cmocka_unit_test(test_imported_memory_and_tag),
        cmocka_unit_test(test_sections),         cmocka_unit_test(test_odd_names),
        cmocka_unit_test(test_empty_bound_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
