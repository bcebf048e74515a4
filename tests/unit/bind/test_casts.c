#include "fixture.h"

static void add_group(struct fixture *x, const char *key, struct meta_type *type, uint32_t a, uint32_t b) {
    uint32_t *funcs = ARENA_ARRAY(x->arena, 2, uint32_t);
    funcs[0] = a;
    funcs[1] = b;
    vec_push(x->arena, &x->descriptors.casts,
             (struct meta_generic){
                 .key = str_from(key), .type = type, .funcs = funcs, .nfuncs = b == WASM_NONE ? 1 : 2});
}

static struct meta_type *cast(struct fixture *x, struct meta_type *from, struct meta_type *to) {
    return function(x, from, NULL, to);
}

static void test_cast(void **state) {
    (void)state;
    struct fixture *x = setup(110);
    uint32_t a = add_func(x, "a", "F", "i"), b = add_func(x, "b", "F", "i");
    add_group(x, "", cast(x, kind_of(x, META_F64), kind_of(x, META_EXTERNREF)), a, b);
    must_build(x);
    const struct bind_import *import = &x->b.imports.items[0];
    assert_int_equal(import->kind, BIND_IMPORT_IDENTITY);
    assert_int_equal(import->func, a);
    assert_str(import->wasm_name, "__wbindgen_cast_0000000000000001");
    assert_int_equal(x->b.edits.stubs.len, 1);
    assert_int_equal(x->b.edits.stubs.items[0].func, a);
    assert_str(x->b.edits.stubs.items[0].name, "__wbindgen_cast_0000000000000001");
    assert_int_equal(x->b.edits.aliases.len, 1);
    assert_int_equal(x->b.edits.aliases.items[0].func, b);
    assert_int_equal(x->b.edits.aliases.items[0].target, a);
    assert_false(import->result_is_view);
    teardown(x);
}

/* docs/upstream/detach.md 4.1 */
static void test_view(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    struct meta_type *slice = wrap(x, META_REF, wrap(x, META_SLICE, kind_of(x, META_F32)));
    struct meta_type *vec = wrap(x, META_VECTOR, kind_of(x, META_F32));
    add_group(x, "", cast(x, slice, kind_of(x, META_EXTERNREF)), add_func(x, "a", "ii", "i"), WASM_NONE);
    add_group(x, "", cast(x, vec, kind_of(x, META_EXTERNREF)), add_func(x, "b", "ii", "i"), WASM_NONE);
    must_build(x);
    assert_true(x->b.imports.items[0].result_is_view);
    assert_str(x->b.imports.items[0].wasm_name, "__wbindgen_generic_0000000000000001");
    assert_false(x->b.imports.items[1].result_is_view);
    teardown(x);
}

static void test_closure(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    add_group(x, "", cast(x, kind_of(x, META_DYNAMIC_UNION), kind_of(x, META_EXTERNREF)),
              add_func(x, "a", "F", "i"), WASM_NONE);
    must_build(x);
    assert_true(str_ends(x->b.imports.items[0].unsupported,
                         STR(", argument 1: dynamic unions are not supported yet")));
    assert_int_equal(x->b.edits.stubs.items[0].func, x->b.imports.items[0].func);
    teardown(x);
}

static void test_wide_integer(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    uint32_t a = add_func(x, "a", "II", "i");
    add_group(x, "", cast(x, kind_of(x, META_I128), kind_of(x, META_EXTERNREF)), a, WASM_NONE);
    must_build(x);
    const struct bind_import *import = &x->b.imports.items[0];
    assert_int_equal(import->kind, BIND_IMPORT_IDENTITY);
    assert_int_equal(import->func, a);
    assert_int_equal(import->sig.params[0].value.type->kind, BIND_I128);
    assert_int_equal(import->sig.params[0].value.nwords, 2);
    teardown(x);
}

static void test_generic(void **state) {
    (void)state;
    struct fixture *x = setup(128);
    struct meta_Import *record = add_record(x, 1, "identity", "key");
    record->kind.Function.generic_per_mono = true;
    record->kind.Function.catch = true;
    describe(x, "key", function(x, NULL, NULL, kind_of(x, META_UNIT)));
    add_group(x, "key", cast(x, kind_of(x, META_U8), kind_of(x, META_U8)), add_func(x, "a", "i", "i"),
              WASM_NONE);
    add_group(x, "key", cast(x, kind_of(x, META_F64), kind_of(x, META_F64)), add_func(x, "b", "F", "F"),
              WASM_NONE);
    must_build(x);
    assert_int_equal(x->b.imports.len, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(x->b.imports.items[i].kind, BIND_IMPORT_FUNCTION);
        assert_str(x->b.imports.items[i].origin.names[0], "identity");
        assert_true(x->b.imports.items[i].catches);
    }
    assert_int_equal(x->b.imports.items[1].sig.result.type->kind, BIND_F64);
    teardown(x);
}

static void test_generic_without_record(void **state) {
    (void)state;
    struct fixture *x = setup(128);
    add_group(x, "key", cast(x, kind_of(x, META_U8), kind_of(x, META_U8)), add_func(x, "a", "i", "i"),
              WASM_NONE);
    must_fail(x, "`key` has no record");
    teardown(x);
}

static void test_types_differ(void **state) {
    (void)state;
    struct fixture *x = setup(128);
    add_group(x, "", cast(x, kind_of(x, META_F64), kind_of(x, META_EXTERNREF)), add_func(x, "a", "F", "i"),
              add_func(x, "b", "i", "i"));
    must_fail(x, "do not fit their type descriptor");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cast),         cmocka_unit_test(test_view),
        cmocka_unit_test(test_closure),      cmocka_unit_test(test_wide_integer),
        cmocka_unit_test(test_generic),      cmocka_unit_test(test_generic_without_record),
        cmocka_unit_test(test_types_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
