#include "fixture.h"

#define SP "__stack_pointer"

static struct fixture *with_record(enum bind_return how, bool fallible) {
    struct fixture *x = setup(false);
    uint32_t f = add_func(x, "get", "iF", "", true);
    struct bind_signature *sig = &bind_export_of(x, "get", f, "F", "F")->sig;
    sig->how = how;
    sig->fallible = fallible;
    sig->error_offset = 8;
    sig->is_error_offset = 12;
    sig->record_size = fallible ? 16 : 8;
    x->b.multi_value = how == BIND_RETURN_MULTI;
    return x;
}

static void test_wrapper(void **state) {
    (void)state;
    struct fixture *x = with_record(BIND_RETURN_MULTI, true);
    run_and_emit(x);
    assert_string_equal(type_text(x, exported(x, "get")), "F>Fii");
    assert_string_equal(export_text(x, "get"),
                        "global.get:" SP " i32.const:16 i32.sub local.tee:1 global.set:" SP
                        " local.get:1 local.get:0 "
                        "call:get local.get:1 f64.load:0 local.get:1 i32.load:8 local.get:1 i32.load:12 "
                        "local.get:1 i32.const:16 i32.add global.set:" SP);
    assert_true(wasm_feature_listed(&x->out, STR("multivalue")));
    assert_null(wasm_export_find(&x->out, STR("__wbindgen_add_to_stack_pointer")));
    teardown(x);
}

/* The frame is a multiple of 16 bytes whatever the record's size. */
static void test_frame_size(void **state) {
    (void)state;
    struct fixture *x = with_record(BIND_RETURN_MULTI, false);
    run_and_emit(x);
    assert_non_null(strstr(export_text(x, "get"), "i32.const:16 i32.sub"));
    assert_string_equal(type_text(x, exported(x, "get")), "F>F");
    teardown(x);
}

static void test_without(void **state) {
    (void)state;
    struct fixture *x = with_record(BIND_RETURN_RECORD, true);
    run_and_emit(x);
    assert_string_equal(type_text(x, exported(x, "get")), "iF>");
    assert_false(wasm_feature_listed(&x->out, STR("multivalue")));
    assert_string_equal(x->surface.frame.ptr, "__wbindgen_add_to_stack_pointer");
    assert_string_equal(export_text(x, "__wbindgen_add_to_stack_pointer"),
                        "global.get:" SP " local.get:0 i32.add global.set:" SP " global.get:" SP);
    teardown(x);
}

/* Two exports of one function, which differ in nothing that counts. */
static void test_shared_wrapper(void **state) {
    (void)state;
    struct fixture *x = with_record(BIND_RETURN_MULTI, false);
    struct bind_export second = x->b.exports.items[0], third = second;
    second.wasm_name = STR("get2");
    third.wasm_name = STR("get3");
    third.sig.result.words[0].type = WASM_I64;
    wasm_export_add(&x->m, second.wasm_name, WASM_FUNC, second.func);
    wasm_export_add(&x->m, third.wasm_name, WASM_FUNC, third.func);
    vec_push(x->arena, &x->b.exports, second);
    vec_push(x->arena, &x->b.exports, third);
    run_and_emit(x);
    assert_int_equal(exported(x, "get"), exported(x, "get2"));
    assert_int_not_equal(exported(x, "get"), exported(x, "get3"));
    teardown(x);
}

static void test_no_stack_pointer(void **state) {
    (void)state;
    const enum bind_return how[] = {BIND_RETURN_MULTI, BIND_RETURN_RECORD};
    for (size_t i = 0; i < 2; i++) {
        struct fixture *x = with_record(how[i], true);
        x->m.globals.len = 0;
        run_and_fail(x, "stack pointer was not found");
        teardown(x);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrapper),          cmocka_unit_test(test_frame_size),
        cmocka_unit_test(test_without),          cmocka_unit_test(test_shared_wrapper),
        cmocka_unit_test(test_no_stack_pointer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
