#include "fixture.h"

static void test_nothing(void **state) {
    (void)state;
    struct fixture *x = setup(0);
    x->all.len = 0;
    add_func(x, "main", "ii", "i");
    must_build(x);
    assert_int_equal(x->b.exports.len, 0);
    assert_int_equal(x->b.handle_base, 1024);
    teardown(x);
}

static void test_refused_modules(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    vec_push(x->arena, &x->m.memories, (struct wasm_memory){.limits.is64 = true});
    must_fail(x, "wasm64");
    teardown(x);
    x = setup(130);
    vec_push(x->arena, &x->m.globals,
             (struct wasm_global){.def = WASM_IMPORTED,
                                  .import = &(struct wasm_import){STR(META_PLACEHOLDER), STR("g")}});
    must_fail(x, "is not a function");
    teardown(x);
}

static void test_dump(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    add_func(x, "f_0011223344556677", "iii", "");
    add_export(x, 0, "f");
    struct meta_type *numbers = wrap(x, META_VECTOR, kind_of(x, META_F64));
    struct meta_type *result = wrap(x, META_RESULT, wrap(x, META_OPTIONAL, kind_of(x, META_F64)));
    describe(x, "f_0011223344556677", function(x, numbers, NULL, result));
    add_import(x, "__wbindgen_object_drop_ref", "i", "");
    must_build(x);
    struct buf out = {0};
    bind_dump(&x->b, &out);
    assert_str(buf_view(&out),
               "mode heap, multi-value off, handles from 1024, first dynamic 1028\n"
               "export function f(array<f64> [i32 i32]) -> f64 or flag [i32@0 f64@8] or error@16 is_error@20 "
               "through record of "
               "24 bytes, wasm `f`\n"
               "import intrinsic object_drop_ref(value [i32]) -> unit, wasm `__wbindgen_object_drop_ref`\n");
    buf_free(&out);
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_refused_modules),
        cmocka_unit_test(test_dump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
