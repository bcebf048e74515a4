#include "fixture.h"

static uint32_t add_local(struct fixture *x, enum bind_local_kind kind, const char *params,
                          const char *results) {
    uint32_t f = add_import(x, STR("anywhere"), "local", params, results);
    vec_push(x->arena, &x->b.locals, (struct bind_local){f, kind});
    return f;
}

static struct fixture *with_table_imports(bool externref) {
    struct fixture *x = setup(externref);
    uint32_t f[3] = {add_local(x, BIND_LOCAL_TABLE_GROW, "i", "i"),
                     add_local(x, BIND_LOCAL_TABLE_CLEAR, "i", ""),
                     add_local(x, BIND_LOCAL_STATICS_END, "", "i")};
    add_caller(x, "go", f, 3);
    /* Also reached otherwise than by a direct call. */
    wasm_export_add(&x->m, STR("set_null"), WASM_FUNC, f[1]);
    wasm_export_add(&x->m, STR("statics_end"), WASM_FUNC, f[2]);
    run_and_emit(x);
    return x;
}

static void test_with_table(void **state) {
    (void)state;
    struct fixture *x = with_table_imports(true);
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
    struct fixture *x = with_table_imports(false);
    assert_string_equal(export_text(x, "statics_end"), "i32.const:1028");
    assert_string_equal(code_text(x, named(x, "grow")), "unreachable");
    assert_int_equal(x->surface.imports.len, 0);
    teardown(x);
}

static void test_other_type(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    add_local(x, BIND_LOCAL_TABLE_GROW, "I", "i");
    run_and_fail(x, "another type");
    teardown(x);
}

/* Imports with bindings of their own can be such functions as well. */
static void test_bound(void **state) {
    (void)state;
    struct fixture *x = setup(false);
    uint32_t f[2] = {add_import(x, PLACEHOLDER, "zero", "", "i"),
                     add_import(x, PLACEHOLDER, "trap", "iF", "i")};
    bind_import_of(x, f[0], "", "i");
    bind_import_of(x, f[1], "iF", "i");
    vec_push(x->arena, &x->b.locals, (struct bind_local){f[0], BIND_LOCAL_ZERO});
    vec_push(x->arena, &x->b.locals, (struct bind_local){f[1], BIND_LOCAL_TRAP});
    add_caller(x, "go", f, 2);
    run_and_emit(x);
    assert_string_equal(code_text(x, named(x, "zero")), "i32.const:0");
    assert_string_equal(code_text(x, named(x, "trap")), "unreachable");
    assert_int_equal(x->surface.imports.len, 0);
    assert_true(x->b.imports.items[0].dead);
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_with_table),
        cmocka_unit_test(test_without_table),
        cmocka_unit_test(test_other_type),
        cmocka_unit_test(test_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
