#include "fixture.h"

#define TABLE_MODULE "__wbindgen_externref_xform__"

static uint32_t add_table_import(struct fixture *x, const char *name) {
    return wasm_add_func_import(&x->m, STR(TABLE_MODULE), str_from(name), type_of(x, "i", "i"));
}

static void test_table_imports(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    uint32_t grow = add_table_import(x, "__wbindgen_externref_table_grow");
    uint32_t end = add_table_import(x, "__wbindgen_externref_statics_end");
    must_build(x);
    assert_int_equal(x->b.locals.len, 2);
    assert_int_equal(x->b.locals.items[0].func, grow);
    assert_int_equal(x->b.locals.items[0].kind, BIND_LOCAL_TABLE_GROW);
    assert_int_equal(x->b.locals.items[1].func, end);
    assert_int_equal(x->b.locals.items[1].kind, BIND_LOCAL_STATICS_END);
    teardown(x);
    x = setup(130);
    add_table_import(x, "__wbindgen_externref_new_thing");
    must_fail(x, "`__wbindgen_externref_new_thing`");
    teardown(x);
}

/* Every module with futures imports these; without JSPI they are functions of the module. */
static void test_jspi(void **state) {
    (void)state;
    static struct meta_ImportModule placeholder = {.tag = META_ImportModule_RawNamed};
    placeholder.RawNamed = STR(META_PLACEHOLDER);
    struct fixture *x = setup(128);
    add_record(x, 0, "__wbindgen_jspi_in_context", "a")->module = &placeholder;
    add_record(x, 0, "__wbindgen_jspi_spawn_poll", "b")->module = &placeholder;
    describe(x, "a", function(x, NULL, NULL, kind_of(x, META_U32)));
    describe(x, "b", function(x, kind_of(x, META_U32), NULL, kind_of(x, META_UNIT)));
    add_import(x, "a", "", "i");
    add_import(x, "b", "i", "");
    must_build(x);
    assert_int_equal(x->b.locals.len, 2);
    assert_int_equal(x->b.locals.items[0].kind, BIND_LOCAL_ZERO);
    assert_int_equal(x->b.locals.items[1].kind, BIND_LOCAL_TRAP);
    teardown(x);
}

/* Crates from 0.2.102 on may declare the import that fills the table. */
static void test_init_table(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    uint32_t f = add_import(x, "__wbindgen_init_externref_table", "", "");
    must_build(x);
    assert_int_equal(x->b.init_table, f);
    assert_int_equal(x->b.imports.len, 0);
    teardown(x);
    x = setup(130);
    must_build(x);
    assert_int_equal(x->b.init_table, WASM_NONE);
    assert_str(x->b.init_table_name, "__wbindgen_init_externref_table");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_imports),
        cmocka_unit_test(test_jspi),
        cmocka_unit_test(test_init_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
