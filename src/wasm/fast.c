#include "wasm/fast.h"

#include "wasm/scan.h"

/* What the operands of a row are known to be, k = index >> 8. */
#define SIGN(k) ((k) & 1)  /* second byte: bit 6 */
#define TWO(k) ((k) & 2)   /* second byte: more follow */
#define THREE(k) ((k) & 4) /* third byte: more follow */

enum test {
    NEVER,
    ALWAYS,
    THIRD_NOT_0,
    THIRD_NOT_7F,
    FOURTH_ENDS, /* and is not 0 */
    FIVE_CALL,   /* an operand of five bytes */
    FIVE_GLOBAL,
    FIVE_I32,
};

#define FIVE(record) {0x808080808000, 0x008080808000, 1, record, 1}
const struct wasm_fast_test wasm_fast_tests[] = {
    [NEVER] = {0, 0, 0, 0, 0},
    [ALWAYS] = {0, 0, 1, 0, 0},
    [THIRD_NOT_0] = {0x7F0000, 1, UINT64_MAX, 0, 0},
    [THIRD_NOT_7F] = {0x7F0000, 0, 0x7F0000, 0, 0},
    [FOURTH_ENDS] = {0xFF000000, 0x01000000, 0x7F000000, 0, 0},
    [FIVE_CALL] = FIVE(WASM_RECORD_CALL),
    [FIVE_GLOBAL] = FIVE(WASM_RECORD_GLOBAL),
    [FIVE_I32] = FIVE(WASM_RECORD_I32),
};

/* Test and length by form of the immediates and k. Operands of two bytes are padded if the second one is 0,
 * or repeats the sign of a negative number. */
#define FAST_NONE(k) ALWAYS, 1
#define FAST_F32(k) ALWAYS, 5
#define FAST_BLOCK(k) (!TWO(k) && SIGN(k) ? ALWAYS : NEVER), 2 /* `try` is left to the generic decoder */
#define LEB(k, two_bytes, more)                                                                              \
    (TWO(k) ? (THREE(k) ? (more) : (two_bytes)) : ALWAYS), (TWO(k) ? (THREE(k) ? 6 : 3) : 2)
#define FAST_LABEL(k) LEB(k, THIRD_NOT_0, NEVER)
#define FAST_LOCAL(k) FAST_LABEL(k)
#define FAST_I32(k) LEB(k, SIGN(k) ? THIRD_NOT_7F : THIRD_NOT_0, FIVE_I32)
#define FAST_I64(k) LEB(k, SIGN(k) ? THIRD_NOT_7F : THIRD_NOT_0, NEVER)
#define FAST_FUNC(k) (TWO(k) && THREE(k) ? FIVE_CALL : NEVER), 6
#define FAST_GLOBAL(k) (TWO(k) && THREE(k) ? FIVE_GLOBAL : NEVER), 6
/* An alignment of one byte without memory index; an offset of one byte, or of two. */
#define FAST_MEMARG(k) (TWO(k) || SIGN(k) ? NEVER : THREE(k) ? FOURTH_ENDS : ALWAYS), (THREE(k) ? 4 : 3)
#define FAST_SLOW(k) NEVER, 1
#define FAST_F64(k) FAST_SLOW(k)
#define FAST_BR_TABLE(k) FAST_SLOW(k)
#define FAST_TRY_TABLE(k) FAST_SLOW(k)
#define FAST_TYPE_TABLE(k) FAST_SLOW(k)
#define FAST_TAG(k) FAST_SLOW(k)
#define FAST_MEMORY(k) FAST_SLOW(k) /* they are rare, and may be replaced */
#define FAST_TABLE(k) FAST_SLOW(k)
#define FAST_REFTYPE(k) FAST_SLOW(k)
#define FAST_SELECT(k) FAST_SLOW(k)

#define IS_SLOW(code) ((code) == WASM_OP_TRY || (code) == WASM_OP_REF_FUNC)
#define ROW(k, code, test, length)                                                                           \
    [(k) << 8 | (code)] = (uint8_t)((length) | (IS_SLOW(code) ? NEVER : (test)) << WASM_FAST_TEST_SHIFT),
#define EXPANDED_ROW(...) ROW(__VA_ARGS__)
#define ROWS(k, code, imm) EXPANDED_ROW(k, code, FAST_##imm(k))

const uint8_t wasm_fast[WASM_FAST_ROWS] = {
#define WASM_OPS_OF_ONE_BYTE
#define OP(code, name, text, imm)                                                                            \
    ROWS(0, code, imm)                                                                                       \
    ROWS(1, code, imm)                                                                                       \
    ROWS(2, code, imm)                                                                                       \
    ROWS(3, code, imm)                                                                                       \
    ROWS(4, code, imm)                                                                                       \
    ROWS(5, code, imm)                                                                                       \
    ROWS(6, code, imm)                                                                                       \
    ROWS(7, code, imm)
#include "wasm/opcode.def"
#undef OP
};

#define KIND(code, imm)                                                                                      \
    ((code) == WASM_OP_REF_FUNC                           ? WASM_FAST_SLOW                                   \
     : (imm) == WASM_IMM_LABEL || (imm) == WASM_IMM_LOCAL ? WASM_FAST_UNSIGNED                               \
     : (imm) == WASM_IMM_I32 || (imm) == WASM_IMM_I64     ? WASM_FAST_SIGNED                                 \
     : (imm) == WASM_IMM_FUNC                             ? WASM_FAST_CALL                                   \
     : (imm) == WASM_IMM_GLOBAL                           ? WASM_FAST_GLOBAL                                 \
     : (imm) == WASM_IMM_MEMARG                           ? WASM_FAST_MEMARG                                 \
     : (imm) == WASM_IMM_F64                              ? WASM_FAST_F64                                    \
                                                          : WASM_FAST_SLOW)

const uint8_t wasm_fast_kinds[256] = {
#define OP(code, name, text, imm) [code] = KIND(code, WASM_IMM_##imm),
#include "wasm/opcode.def"
#undef OP
};
