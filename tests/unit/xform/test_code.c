#include "fixture.h"

static void test_body_with_locals(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct code code;
    code_begin(&code, arena, 2);
    assert_int_equal(code_local(&code, WASM_I32), 2);
    assert_int_equal(code_local(&code, WASM_EXTERNREF), 3);
    assert_int_equal(code_local(&code, WASM_EXTERNREF), 4);
    code_get(&code, 0);
    code_const(&code, WASM_I32, -1);
    code_add(&code, WASM_I32);
    const uint8_t expected[] = {2, 1, 0x7F, 2, 0x6F, 0x20, 0, 0x41, 0x7F, 0x6A, 0x0B};
    Str body = code_end(&code);
    assert_int_equal(body.len, sizeof expected);
    assert_memory_equal(body.ptr, expected, sizeof expected);
    arena_free(arena);
}

static void test_prefixed_and_wide(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct code code;
    code_begin(&code, arena, 0);
    code_null(&code);
    code_op1(&code, WASM_OP_TABLE_GROW, 300);
    code_const(&code, WASM_I64, 1024);
    code_sub(&code, WASM_I64);
    code_load(&code, WASM_F64, 8);
    const uint8_t expected[] = {0xD0, 0x6F, 0xFC, 15, 0xAC, 2, 0x42, 0x80, 8, 0x7D, 0x2B, 3, 8};
    Str text = code_inline(&code);
    assert_int_equal(text.len, sizeof expected);
    assert_memory_equal(text.ptr, expected, sizeof expected);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_body_with_locals),
        cmocka_unit_test(test_prefixed_and_wide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
