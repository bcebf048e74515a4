#include "fixture.h"

static struct fixture *with_externref_imports(bool externref) {
    struct fixture *x = setup(externref);
    uint32_t f[3] = {add_import(x, EXTERNREF_MODULE, "__wbindgen_externref_table_grow", "i", "i"),
                     add_import(x, EXTERNREF_MODULE, "__wbindgen_externref_table_set_null", "i", ""),
                     add_import(x, EXTERNREF_MODULE, "__wbindgen_externref_statics_end", "", "i")};
    add_caller(x, "go", f, 3);
    /* Also reached otherwise than by a direct call. */
    wasm_export_add(&x->m, STR("set_null"), WASM_FUNC, f[1]);
    wasm_export_add(&x->m, STR("statics_end"), WASM_FUNC, f[2]);
    run_and_emit(x);
    return x;
}

static void test_with_table(void **state) {
    (void)state;
    struct fixture *x = with_externref_imports(true);
    assert_string_equal(export_text(x, "go"), "i32.const:0 call:grow drop "
                                              "i32.const:0 ref.null table.set i32.const:1028 drop");
    assert_string_equal(code_text(x, named(x, "grow")), "ref.null local.get:0 table.grow");
    assert_string_equal(export_text(x, "set_null"), "local.get:0 ref.null table.set");
    assert_string_equal(export_text(x, "statics_end"), "i32.const:1028");
    teardown(x);
}

/* Clone and drop ask for the end of the statics in heap mode as well; nothing may be left to import. */
static void test_without_table(void **state) {
    (void)state;
    struct fixture *x = with_externref_imports(false);
    assert_string_equal(export_text(x, "statics_end"), "i32.const:1028");
    assert_string_equal(code_text(x, named(x, "grow")), "unreachable");
    assert_int_equal(x->surface.imports.len, 0);
    teardown(x);
}

static void test_unknown(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    add_import(x, EXTERNREF_MODULE, "__wbindgen_externref_new_thing", "", "");
    run_and_fail(x, "`__wbindgen_externref_new_thing`");
    teardown(x);
    x = setup(true);
    add_import(x, EXTERNREF_MODULE, "__wbindgen_externref_table_grow", "I", "i");
    run_and_fail(x, "another type");
    teardown(x);
}

static void test_jspi(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    uint32_t f[2] = {add_import(x, PLACEHOLDER, "in_context", "", "i"),
                     add_import(x, PLACEHOLDER, "spawn", "i", "")};
    intrinsic_of(bind_import_of(x, f[0], "", "i"), BIND_INTRINSIC_jspi_in_context);
    intrinsic_of(bind_import_of(x, f[1], "i", ""), BIND_INTRINSIC_jspi_spawn_poll);
    add_caller(x, "go", f, 2);
    add_func(x, "__wbg_jspi_task_poll", "i", "", true);
    run_and_emit(x);
    assert_string_equal(code_text(x, named(x, "in_context")), "i32.const:0");
    assert_string_equal(code_text(x, named(x, "spawn")), "unreachable");
    assert_null(wasm_export_find(&x->out, STR("__wbg_jspi_task_poll")));
    assert_true(x->b.imports.items[0].dead);
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_with_table),
        cmocka_unit_test(test_without_table),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_jspi),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
