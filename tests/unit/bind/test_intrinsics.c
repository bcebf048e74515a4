#include "fixture.h"

#include "bind/intrinsics.h"

static struct bind_import *only_import(struct fixture *x) {
    assert_int_equal(x->b.imports.len, 1);
    return &x->b.imports.items[0];
}

/* docs/upstream/descriptors.md 13.1 */
static void test_raw(void **state) {
    (void)state;
    static const struct {
        const char *name, *params, *results;
        enum bind_intrinsic intrinsic;
    } rows[] = {
        {"__wbindgen_is_null", "i", "i", BIND_INTRINSIC_is_null},
        {"__wbindgen_jsval_eq", "ii", "i", BIND_INTRINSIC_jsval_eq},
        {"__wbindgen_as_number", "i", "F", BIND_INTRINSIC_as_number},
        {"__wbindgen_number_get", "ii", "", BIND_INTRINSIC_number_get},
        {"__wbindgen_bigint_get_as_i64", "ii", "", BIND_INTRINSIC_bigint_get_as_i64},
        {"__wbindgen_boolean_get", "i", "i", BIND_INTRINSIC_boolean_get},
        {"__wbindgen_string_get", "ii", "", BIND_INTRINSIC_string_get},
        {"__wbindgen_debug_string", "ii", "", BIND_INTRINSIC_debug_string},
        {"__wbindgen_string_new", "ii", "i", BIND_INTRINSIC_string_new},
        {"__wbindgen_number_new", "F", "i", BIND_INTRINSIC_number_new},
        {"__wbindgen_bigint_from_u64", "I", "i", BIND_INTRINSIC_bigint_from_u64},
        {"__wbindgen_bigint_from_i128", "II", "i", BIND_INTRINSIC_bigint_from_i128},
        {"__wbindgen_throw", "ii", "", BIND_INTRINSIC_throw},
        {"__wbindgen_rethrow", "i", "", BIND_INTRINSIC_rethrow},
        {"__wbindgen_memory", "", "i", BIND_INTRINSIC_memory},
        {"__wbindgen_copy_to_typed_array", "iii", "", BIND_INTRINSIC_copy_to_typed_array},
        {"__wbindgen_array_push", "ii", "", BIND_INTRINSIC_array_push},
        {"__wbindgen_float64_array_new", "ii", "i", BIND_INTRINSIC_float64_array_new},
        {"__wbindgen_uint8_clamped_array_new", "ii", "i", BIND_INTRINSIC_uint8_clamped_array_new},
        {"__wbindgen_object_clone_ref", "i", "i", BIND_INTRINSIC_object_clone_ref},
        {"__wbindgen_object_drop_ref", "i", "", BIND_INTRINSIC_object_drop_ref},
        {"__wbindgen_externref_heap_live_count", "", "i", BIND_INTRINSIC_externref_heap_live_count},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = setup(95);
        add_import(x, rows[i].name, rows[i].params, rows[i].results);
        must_build(x);
        assert_str(only_import(x)->unsupported, "");
        assert_int_equal(only_import(x)->kind, BIND_IMPORT_INTRINSIC);
        assert_int_equal(only_import(x)->intrinsic, rows[i].intrinsic);
        teardown(x);
    }
}

/* docs/upstream/intrinsics.md 8: the offsets and the three values of the undescribed forms. */
static void test_raw_layouts(void **state) {
    (void)state;
    struct fixture *x = setup(84);
    struct bind_signature sig;
    assert_true(bind_intrinsic_raw(&x->cx, BIND_INTRINSIC_number_get, &sig));
    assert_int_equal(sig.result.words[1].offset, 8);
    assert_true(bind_intrinsic_raw(&x->cx, BIND_INTRINSIC_boolean_get, &sig));
    assert_int_equal(sig.result.type->absent, BIND_ABSENT_WORD);
    assert_int_equal(sig.result.type->absent_word, 2);
    assert_true(bind_intrinsic_raw(&x->cx, BIND_INTRINSIC_uint8_clamped_array_new, &sig));
    assert_true(sig.params[0].value.type->clamped);
    assert_false(bind_intrinsic_raw(&x->cx, BIND_INTRINSIC_reinit, &sig));
    teardown(x);
}

static void test_unknown(void **state) {
    (void)state;
    static const struct {
        const char *name, *reason;
    } rows[] = {
        {"__wbindgen_not", "no binding for import `__wbindgen_not`: no record describes it"},
        {"__wbindgen_describe_closure",
         "no binding for import `__wbindgen_describe_closure`: a closure is made in a way that is not known"},
        {"mystery", "no binding for import `mystery`: no record describes it"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = setup(95);
        add_import(x, rows[i].name, "i", "i");
        must_build(x);
        assert_str(only_import(x)->unsupported, rows[i].reason);
        teardown(x);
    }
}

static void test_wrong_type(void **state) {
    (void)state;
    struct fixture *x = setup(95);
    add_import(x, "__wbindgen_is_null", "ii", "i");
    must_build(x);
    assert_true(only_import(x)->unsupported.len > 0);
    teardown(x);
}

static struct meta_Import *add_described(struct fixture *x, const char *name) {
    static struct meta_ImportModule placeholder = {.tag = META_ImportModule_RawNamed};
    placeholder.RawNamed = STR(META_PLACEHOLDER);
    struct meta_Import *record = add_record(x, 0, name, "shim");
    record->module = &placeholder;
    return record;
}

/* docs/upstream/descriptors.md 13.2: the signature is the descriptor's. */
static void test_described(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    add_import(x, "shim", "i", "i");
    add_described(x, "__wbindgen_boolean_get");
    struct meta_type *value = wrap(x, META_REF, kind_of(x, META_EXTERNREF));
    describe(x, "shim", function(x, value, NULL, wrap(x, META_OPTIONAL, kind_of(x, META_BOOLEAN))));
    must_build(x);
    assert_int_equal(only_import(x)->intrinsic, BIND_INTRINSIC_boolean_get);
    assert_int_equal(only_import(x)->sig.result.type->absent_word, 0xFFFFFF);
    teardown(x);
}

static void test_described_unknown(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    add_import(x, "shim", "", "");
    add_described(x, "__wbindgen_of_tomorrow");
    describe(x, "shim", function(x, NULL, NULL, kind_of(x, META_UNIT)));
    must_build(x);
    assert_str(only_import(x)->unsupported,
               "import `__wbindgen_of_tomorrow`: the intrinsic is not known: a newer crate?");
    teardown(x);
}

static void test_wrong_arity(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    add_import(x, "shim", "", "i");
    add_described(x, "__wbindgen_is_null");
    describe(x, "shim", function(x, NULL, NULL, kind_of(x, META_BOOLEAN)));
    must_build(x);
    assert_str(only_import(x)->unsupported,
               "import `__wbindgen_is_null`: the intrinsic has another number of arguments");
    teardown(x);
}

/* docs/upstream/intrinsics.md 3.9: bound here, replaced later. */
static void test_jspi(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    add_import(x, "shim", "i", "");
    add_described(x, "__wbindgen_jspi_spawn_poll");
    describe(x, "shim", function(x, kind_of(x, META_U32), NULL, kind_of(x, META_UNIT)));
    must_build(x);
    assert_int_equal(only_import(x)->intrinsic, BIND_INTRINSIC_jspi_spawn_poll);
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_raw),         cmocka_unit_test(test_raw_layouts),
        cmocka_unit_test(test_unknown),     cmocka_unit_test(test_wrong_type),
        cmocka_unit_test(test_described),   cmocka_unit_test(test_described_unknown),
        cmocka_unit_test(test_wrong_arity), cmocka_unit_test(test_jspi),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
