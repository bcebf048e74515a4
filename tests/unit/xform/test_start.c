#include "fixture.h"

static void test_none(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    run_and_emit(x);
    assert_int_equal(x->surface.start.len, 0);
    assert_int_equal(x->out.start, WASM_NONE);
    assert_null(wasm_export_find(&x->out, STR("__wbindgen_start")));
    teardown(x);
}

static void test_own_start_only(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    x->m.start = add_func(x, "own", "", "", false);
    run_and_emit(x);
    assert_int_equal(x->out.start, WASM_NONE);
    assert_string_equal(x->surface.start.ptr, "__wbindgen_start");
    assert_int_equal(exported(x, "__wbindgen_start"), named(x, "own"));
    teardown(x);
}

static void test_order(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    x->m.start = add_func(x, "own", "", "", false);
    uint32_t user = add_func(x, "user", "", "", true), second = add_func(x, "second", "", "", false);
    vec_push(x->arena, &x->b.starts, user);
    vec_push(x->arena, &x->b.starts, second);
    run_and_emit(x);
    assert_string_equal(export_text(x, "__wbindgen_start"), "call:init_table call:own call:user call:second");
    teardown(x);
}

/* A start function that is exported under its own name as well. */
static void test_exported_start(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    uint32_t user = add_func(x, "user", "", "", true);
    vec_push(x->arena, &x->b.starts, user);
    run_and_emit(x);
    assert_string_equal(x->surface.start.ptr, "__wbindgen_start");
    assert_int_equal(exported(x, "__wbindgen_start"), exported(x, "user"));
    teardown(x);
}

static void test_main(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    x->b.main_func = add_func(x, "main", "ii", "i", true);
    run_and_emit(x);
    assert_string_equal(export_text(x, "__wbindgen_start"), "i32.const:0 i32.const:0 call:main drop");
    assert_string_equal(type_text(x, exported(x, "__wbindgen_start")), ">");
    teardown(x);
}

static void test_init_only(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    run_and_emit(x);
    const struct wasm_func *start = &x->out.funcs.items[exported(x, "__wbindgen_start")];
    assert_int_equal(start->def, WASM_IMPORTED);
    assert_string_equal(str_copy(x->arena, start->import->name).ptr, "init_table");
    assert_string_equal(str_copy(x->arena, start->import->module).ptr, "./demo_bg.js");
    assert_int_equal(x->b.imports.len, 1);
    assert_int_equal(x->b.imports.items[0].kind, BIND_IMPORT_INIT_TABLE);
    assert_false(x->b.imports.items[0].dead);
    teardown(x);
}

/* Crates from 0.2.102 on declare the import; it must not appear twice. */
static void test_init_declared(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    uint32_t init = x->b.init_table = add_import(x, PLACEHOLDER, "init_table", "", "");
    run_and_emit(x);
    assert_int_equal(x->b.imports.items[0].func, init);
    assert_int_equal(x->surface.imports.len, 1);
    teardown(x);
}

static void test_bad_types(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    uint32_t user = add_func(x, "user", "i", "", true);
    vec_push(x->arena, &x->b.starts, user);
    run_and_fail(x, "start function");
    teardown(x);
    x = setup(false);
    x->b.main_func = add_func(x, "main", "F", "i", true);
    run_and_fail(x, "`main`");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_none),          cmocka_unit_test(test_own_start_only),
        cmocka_unit_test(test_order),         cmocka_unit_test(test_exported_start),
        cmocka_unit_test(test_main),          cmocka_unit_test(test_init_only),
        cmocka_unit_test(test_init_declared), cmocka_unit_test(test_bad_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
