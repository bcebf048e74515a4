/* The cursor over instructions: every opcode, every kind of immediates. */
#include "assemble.h"

/* Valid immediates of each kind. */
static Str immediates(enum wasm_imm imm) {
    static const uint8_t v128[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    static const struct {
        uint8_t bytes[12];
        uint8_t len;
    } samples[] = {
        [WASM_IMM_BLOCK] = {{0x40}, 1},
        [WASM_IMM_LABEL] = {{1}, 1},
        [WASM_IMM_BR_TABLE] = {{2, 0, 1, 2}, 4},
        [WASM_IMM_TRY_TABLE] = {{0x7F, 4, 0, 1, 2, 1, 1, 2, 2, 3, 3, 4}, 12},
        [WASM_IMM_FUNC] = {{0x81, 1}, 2},
        [WASM_IMM_TYPE_TABLE] = {{3, 1}, 2},
        [WASM_IMM_TAG] = {{1}, 1},
        [WASM_IMM_LOCAL] = {{7}, 1},
        [WASM_IMM_GLOBAL] = {{7}, 1},
        [WASM_IMM_TABLE] = {{1}, 1},
        [WASM_IMM_TABLE_TABLE] = {{1, 2}, 2},
        [WASM_IMM_ELEM_TABLE] = {{1, 2}, 2},
        [WASM_IMM_ELEM] = {{1}, 1},
        [WASM_IMM_MEMORY] = {{0}, 1},
        [WASM_IMM_MEMORY_MEMORY] = {{0, 1}, 2},
        [WASM_IMM_DATA_MEMORY] = {{1, 0}, 2},
        [WASM_IMM_DATA] = {{1}, 1},
        [WASM_IMM_MEMARG] = {{0x42, 1, 0x80, 0x01}, 4},
        [WASM_IMM_MEMARG_LANE] = {{2, 4, 3}, 3},
        [WASM_IMM_I32] = {{0xC0, 0}, 2},
        [WASM_IMM_I64] = {{0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7F}, 10},
        [WASM_IMM_F32] = {{0, 0, 0x80, 0x3F}, 4},
        [WASM_IMM_F64] = {{0, 0, 0, 0, 0, 0, 0xF0, 0x3F}, 8},
        [WASM_IMM_LANE] = {{3}, 1},
        [WASM_IMM_REFTYPE] = {{0x6F}, 1},
        [WASM_IMM_SELECT] = {{1, 0x7F}, 2},
        [WASM_IMM_FENCE] = {{0}, 1},
    };
    if (imm == WASM_IMM_V128)
        return (Str){(const char *)v128, 16};
    return imm == WASM_IMM_NONE ? (Str){0} : (Str){(const char *)samples[imm].bytes, samples[imm].len};
}

static const struct {
    uint32_t code;
    const char *text;
    enum wasm_imm imm;
} all[] = {
#define OP(code, name, text, imm) {code, text, WASM_IMM_##imm},
#include "wasm/opcode.def"
#undef OP
};

static void put_opcode(struct buf *b, uint32_t code) {
    if (code >> 16) {
        buf_byte(b, (uint8_t)(code >> 16));
        buf_uleb(b, code & 0xFFFF);
    } else {
        buf_byte(b, (uint8_t)code);
    }
}

static void every_opcode(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct buf b = {0};
        put_opcode(&b, all[i].code);
        size_t head = b.len;
        buf_str(&b, immediates(all[i].imm));
        struct wasm_cursor cursor = {.code = buf_view(&b)};
        struct wasm_op op;
        assert_true(wasm_next(&cursor, &op));
        assert_int_equal(op.code, all[i].code);
        assert_int_equal(op.imm, all[i].imm);
        assert_int_equal(cursor.at, b.len);
        assert_str(op.raw, str_slice(buf_view(&b), head, b.len));
        assert_string_equal(wasm_op_text(all[i].code), all[i].text);
        assert_false(wasm_next(&cursor, &op));
        assert_false(cursor.failed);
        for (size_t len = 1; len < b.len; len++) {
            cursor = (struct wasm_cursor){.code = str_slice(buf_view(&b), 0, len)};
            assert_false(wasm_next(&cursor, &op));
            assert_true(cursor.failed);
            assert_int_equal(cursor.at, 0);
        }
        buf_free(&b);
    }
}

static struct wasm_op decode(Str code) {
    struct wasm_cursor cursor = {.code = code};
    struct wasm_op op;
    if (!wasm_next(&cursor, &op))
        fail_msg("%s", cursor.reason);
    return op;
}

static void values(void **state) {
    (void)state;
    assert_int_equal(decode(BYTES(WASM_OP_I32_CONST, 0x7F)).value, -1);
    assert_int_equal(decode(BYTES(WASM_OP_I32_CONST, 0x80, 0x80, 0x80, 0x80, 0x78)).value, INT32_MIN);
    assert_true(
        decode(BYTES(WASM_OP_I64_CONST, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7F)).value ==
        INT64_MIN);
    assert_true(decode(BYTES(WASM_OP_F64_CONST, 1, 2, 3, 4, 5, 6, 7, 0x88)).value ==
                (int64_t)0x8807060504030201);
    struct wasm_op op = decode(BYTES(WASM_OP_I32_LOAD, 0x42, 3, 0x80, 0x01));
    assert_int_equal(op.a, 2);
    assert_int_equal(op.b, 3);
    assert_int_equal(op.value, 128);
    op = decode(BYTES(WASM_OP_CALL_INDIRECT, 5, 6));
    assert_int_equal(op.a, 5);
    assert_int_equal(op.b, 6);
    op = decode(BYTES(WASM_OP_BLOCK, 0x40));
    assert_int_equal(op.a, 0x40);
    assert_int_equal(op.b, 0);
    op = decode(BYTES(WASM_OP_BLOCK, 0x7E));
    assert_int_equal(op.a, WASM_I64);
    op = decode(BYTES(WASM_OP_BLOCK, 0xC1, 0x00));
    assert_int_equal(op.a, 65);
    assert_int_equal(op.b, 1);
}

static void refuse(Str code, const char *reason) {
    struct wasm_cursor cursor = {.code = code};
    struct wasm_op op;
    assert_false(wasm_next(&cursor, &op));
    assert_true(cursor.failed);
    assert_string_equal(cursor.reason, reason);
}

static void refusals(void **state) {
    (void)state;
    refuse(BYTES(0xFB, 0), "unknown opcode");
    refuse(BYTES(0x27), "unknown opcode");
    refuse(BYTES(0xFC, 0xFF, 0x7F), "unknown opcode");
    refuse(BYTES(0xFD, 0x9A, 0x01), "unknown opcode");
    refuse(BYTES(0xFE, 0x80, 0x80, 0x80, 0x80, 0x08), "unknown opcode");
    refuse(BYTES(WASM_OP_BR_TABLE, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0), "count larger than what follows");
    refuse(BYTES(WASM_OP_REF_NULL, 0x6E), "unsupported reference type");
    refuse(BYTES(WASM_OP_TRY_TABLE, 0x40, 1, 4, 0, 0), "malformed catch clause");
    refuse(BYTES(0xFE, 3, 1), "malformed fence");
}

static void bodies(void **state) {
    (void)state;
    Str locals, code;
    uint32_t count;
    assert_true(wasm_body_split(BYTES(2, 3, 0x7F, 1, 0x7E, 0x0B), &locals, &code, &count));
    assert_int_equal(count, 4);
    assert_int_equal(locals.len, 5);
    assert_str(code, BYTES(0x0B));
    assert_false(
        wasm_body_split(BYTES(1, 0xD1, 0x86, 0x03, 0x7F, 0x0B), &locals, &code, &count)); /* 50,001 */
    assert_true(wasm_body_split(BYTES(1, 0xD0, 0x86, 0x03, 0x7F, 0x0B), &locals, &code, &count));
    assert_false(wasm_body_split(BYTES(9, 1, 0x7F), &locals, &code, &count));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_opcode),
        cmocka_unit_test(values),
        cmocka_unit_test(refusals),
        cmocka_unit_test(bodies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
