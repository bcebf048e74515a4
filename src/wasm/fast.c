#include "wasm/fast.h"

#include "wasm/op.h"

/* mask, shape, len, flags, kind by form of the immediates; shape 0 where there is no usual form. */
#define FAST_NONE 0, 1, 1, 0, WASM_FAST_SLOW
#define FAST_LABEL 0x8000, 1, 2, 0, WASM_FAST_UNSIGNED
#define FAST_LOCAL 0x8000, 1, 2, 0, WASM_FAST_UNSIGNED
#define FAST_I32 0x8000, 1, 2, 0, WASM_FAST_SIGNED
#define FAST_I64 0x8000, 1, 2, 0, WASM_FAST_SIGNED
#define FAST_F32 0, 1, 5, 0, WASM_FAST_SLOW
#define FAST_F64 0, 0, 0, 0, WASM_FAST_F64
#define FAST_BLOCK 0xC000, 0x4001, 2, 0, WASM_FAST_SLOW
#define FAST_MEMARG 0x80C000, 1, 3, WASM_FAST_MEMORY, WASM_FAST_MEMARG
#define FAST_MEMORY 0xFF00, 1, 2, WASM_FAST_MEMORY, WASM_FAST_SLOW
#define FAST_FUNC 0, 0, 0, 0, WASM_FAST_CALL
#define FAST_GLOBAL 0, 0, 0, 0, WASM_FAST_GLOBAL
#define FAST_ALWAYS_SLOW 0, 0, 0, 0, WASM_FAST_SLOW
#define FAST_BR_TABLE FAST_ALWAYS_SLOW
#define FAST_TRY_TABLE FAST_ALWAYS_SLOW
#define FAST_TYPE_TABLE FAST_ALWAYS_SLOW
#define FAST_TAG FAST_ALWAYS_SLOW
#define FAST_TABLE FAST_ALWAYS_SLOW
#define FAST_REFTYPE FAST_ALWAYS_SLOW
#define FAST_SELECT FAST_ALWAYS_SLOW

/* Two instructions are not what their form says. */
#define KIND(code, kind) ((code) == WASM_OP_REF_FUNC ? WASM_FAST_SLOW : (kind))
#define FLAGS(code, flags) ((code) == WASM_OP_TRY ? WASM_FAST_LEGACY_TRY : (flags))
#define ROW(code, mask, shape, len, flags, kind) {mask, shape, len, FLAGS(code, flags), KIND(code, kind)}
#define EXPANDED_ROW(...) ROW(__VA_ARGS__)

const struct wasm_fast wasm_fast[256] = {
#define WASM_OPS_OF_ONE_BYTE
#define OP(code, name, text, imm) [code] = EXPANDED_ROW(code, FAST_##imm),
#include "wasm/opcode.def"
#undef OP
};
