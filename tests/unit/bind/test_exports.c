#include "fixture.h"

static struct bind_export *only_export(struct fixture *x) {
    assert_int_equal(x->b.exports.len, 1);
    return &x->b.exports.items[0];
}

static void test_function(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    uint32_t f = add_func(x, "add", "iF", "F");
    struct meta_Export *record = add_export(x, 0, "add");
    record->comments = list_of(x, " First.", " Second.");
    record->function.generate_typescript = true;
    describe(x, "add", function(x, kind_of(x, META_U32), kind_of(x, META_F64), kind_of(x, META_F64)));
    must_build(x);
    const struct bind_export *e = only_export(x);
    assert_int_equal(e->func, f);
    assert_int_equal(e->member, BIND_FUNCTION);
    assert_str(e->name, "add");
    assert_str(e->wasm_name, "add");
    assert_int_equal(e->ndocs, 2);
    assert_str(e->docs[1], " Second.");
    assert_true(e->generate_ts);
    assert_false(e->generate_jsdoc);
    teardown(x);
}

/* docs/upstream/wire-format.md 9.5 */
static void test_missing_counterparts(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    add_func(x, "dead", "", "");
    add_export(x, 0, "dead");
    must_build(x);
    assert_int_equal(x->b.exports.len, 0);
    describe(x, "gone", function(x, NULL, NULL, kind_of(x, META_UNIT)));
    add_export(x, 0, "gone");
    must_fail(x, "export `gone`, the symbol is missing");
    teardown(x);
}

static void test_first_record_wins(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    add_func(x, "f", "", "");
    describe(x, "f", function(x, NULL, NULL, kind_of(x, META_UNIT)));
    add_export(x, 0, "f");
    add_export(x, 1, "f");
    must_build(x);
    assert_int_equal(x->b.exports.len, 1);
    teardown(x);
}

static void test_wrong_descriptor(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    add_func(x, "f", "i", "");
    describe(x, "f", function(x, kind_of(x, META_STRING), NULL, kind_of(x, META_UNIT)));
    add_export(x, 0, "f");
    must_fail(x, "export `f`, its type descriptor does not fit the wasm function of type (i32) ->");
    teardown(x);
}

static void test_unsupported_type(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    add_func(x, "f", "i", "");
    describe(x, "f", function(x, kind_of(x, META_DYNAMIC_UNION), NULL, kind_of(x, META_UNIT)));
    add_export(x, 0, "f");
    must_fail(x, "export `f`, argument 1: dynamic unions are not supported yet");
    teardown(x);
}

static void test_refused_features(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    add_func(x, "f_0011223344556677", "", "");
    describe(x, "f_0011223344556677", function(x, NULL, NULL, kind_of(x, META_UNIT)));
    struct meta_Export *record = add_export(x, 0, "f");
    record->function.jspi = true;
    must_fail(x, "`jspi` exports");
    teardown(x);
    x = setup(121);
    add_func(x, "ns__f", "", "");
    describe(x, "ns__f", function(x, NULL, NULL, kind_of(x, META_UNIT)));
    struct meta_str_list ns = list_of(x, "ns", NULL);
    add_export(x, 0, "f")->js_namespace = &ns;
    must_fail(x, "namespaces of exports");
    teardown(x);
    x = setup(121);
    x->programs[0].enums.items = ARENA_NEW(x->arena, struct meta_Enum);
    x->programs[0].enums.len = 1;
    x->programs[0].enums.items->name = STR("Colour");
    x->programs[0].enums.items->js_namespace = &ns;
    must_fail(x, "enum `Colour`: namespaces of exports are not supported yet");
    teardown(x);
}

/* Crates since 0.2.128 append a hash to every export; also to those without a binding. */
static void test_canonical_names(void **state) {
    (void)state;
    struct fixture *x = setup(128);
    uint32_t b = add_func(x, "b_0011223344556677", "", "");
    add_func(x, "user", "", "");
    add_func(x, "a_8899aabbccddeeff", "", "");
    add_export(x, 0, "b");
    add_export(x, 1, "a");
    describe(x, "b_0011223344556677", function(x, NULL, NULL, kind_of(x, META_UNIT)));
    must_build(x);
    assert_int_equal(only_export(x)->func, b);
    assert_str(only_export(x)->wasm_name, "b");
    assert_int_equal(x->b.edits.renames.len, 2);
    assert_int_equal(x->b.edits.renames.items[0].place, 0);
    assert_str(x->b.edits.renames.items[0].name, "b");
    assert_int_equal(x->b.edits.renames.items[1].place, 2);
    assert_str(x->b.edits.renames.items[1].name, "a");
    teardown(x);
}

static void test_taken_name(void **state) {
    (void)state;
    struct fixture *x = setup(128);
    add_func(x, "f_0011223344556677", "", "");
    add_func(x, "f", "", "");
    add_export(x, 0, "f");
    must_fail(x, "`f` is exported more than once");
    teardown(x);
}

static void test_start(void **state) {
    (void)state;
    struct fixture *x = setup(118);
    uint32_t f = add_func(x, "begin", "", ""), g = add_func(x, "hidden", "", "");
    add_func(x, "main", "ii", "i");
    describe(x, "begin", function(x, NULL, NULL, kind_of(x, META_UNIT)));
    describe(x, "hidden", function(x, NULL, NULL, kind_of(x, META_UNIT)));
    add_export(x, 0, "begin")->start = META_StartKind_Public;
    add_export(x, 0, "hidden")->start = META_StartKind_Private;
    must_build(x);
    assert_int_equal(x->b.starts.len, 2);
    assert_int_equal(x->b.starts.items[0], f);
    assert_int_equal(x->b.starts.items[1], g);
    assert_false(x->b.exports.items[0].hidden);
    assert_true(x->b.exports.items[1].hidden);
    assert_int_equal(x->b.main_func, WASM_NONE); /* not beside a start function */
    teardown(x);
}

static void test_main(void **state) {
    (void)state;
    struct fixture *x = setup(118);
    uint32_t f = add_func(x, "main", "ii", "i");
    must_build(x);
    assert_int_equal(x->b.main_func, f);
    teardown(x);
    x = setup(118);
    add_func(x, "main", "i", "i");
    must_build(x);
    assert_int_equal(x->b.main_func, WASM_NONE);
    teardown(x);
    x = setup(118);
    add_func(x, "main", "ii", "i");
    add_export(x, 0, "main");
    describe(x, "main", function(x, kind_of(x, META_I32), kind_of(x, META_I32), kind_of(x, META_I32)));
    must_build(x);
    assert_int_equal(x->b.main_func, WASM_NONE);
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_function),
        cmocka_unit_test(test_missing_counterparts),
        cmocka_unit_test(test_first_record_wins),
        cmocka_unit_test(test_wrong_descriptor),
        cmocka_unit_test(test_unsupported_type),
        cmocka_unit_test(test_refused_features),
        cmocka_unit_test(test_canonical_names),
        cmocka_unit_test(test_taken_name),
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_main),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
