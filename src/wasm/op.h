/* Instructions: one cursor over a body or constant expression, driven by opcode.def (specification 5.4). */
#ifndef WASM_OP_H
#define WASM_OP_H

#include "wasm/module.h"

/* Opcode of an instruction: the byte, or prefix << 16 | sub-opcode for the prefixes FC, FD, FE. */
enum wasm_opcode {
#define OP(code, name, text, imm) WASM_OP_##name = code,
#include "wasm/opcode.def"
#undef OP
};

/* Shape of the immediates that follow. */
enum wasm_imm {
    WASM_IMM_NONE,
    WASM_IMM_BLOCK,     /* block type: value type byte, 0x40, or s33 type id */
    WASM_IMM_LABEL,     /* label depth */
    WASM_IMM_BR_TABLE,  /* vector of depths, default depth */
    WASM_IMM_TRY_TABLE, /* block type, vector of catch clauses (specification 5.4.1) */
    WASM_IMM_FUNC,
    WASM_IMM_TYPE_TABLE /* call_indirect: type, table */,
    WASM_IMM_TAG,
    WASM_IMM_LOCAL,
    WASM_IMM_GLOBAL,
    WASM_IMM_TABLE,
    WASM_IMM_TABLE_TABLE,
    WASM_IMM_ELEM_TABLE /* table.init: elem, table */,
    WASM_IMM_ELEM,
    WASM_IMM_MEMORY,
    WASM_IMM_MEMORY_MEMORY,
    WASM_IMM_DATA_MEMORY,
    WASM_IMM_DATA,
    WASM_IMM_MEMARG, /* align (bit 6: memory id follows), offset */
    WASM_IMM_MEMARG_LANE,
    WASM_IMM_I32,
    WASM_IMM_I64,
    WASM_IMM_F32,
    WASM_IMM_F64,
    WASM_IMM_LANE,
    WASM_IMM_V128 /* 16 bytes: const or shuffle */,
    WASM_IMM_REFTYPE, /* ref.null: heap type byte */
    WASM_IMM_SELECT,  /* vector of value types */
    WASM_IMM_FENCE,   /* atomic.fence: one zero byte */
};

enum { WASM_MAX_LOCALS = 50000 }; /* per function, as engines allow */

/* The text of an opcode ("i32.const"); NULL if there is no such instruction. */
const char *wasm_op_text(uint32_t code);

/* One decoded instruction. */
struct wasm_op {
    uint32_t code; /* enum wasm_opcode */
    uint8_t imm;   /* enum wasm_imm */
    size_t at;     /* offset of its first byte in the slice */
    uint32_t a,
        b; /* first and second index, depth, lane, align; block type: a = the byte or type id, b = 1 if id */
    int64_t value; /* i32/i64 const (sign-extended); f32/f64: its bits; memarg: offset */
    Str raw;       /* the immediates as they stand */
};

struct wasm_cursor {
    Str code;
    size_t at;
    bool failed; /* sticky; `at` then stands at the instruction that could not be decoded */
    const char *reason;
};

/* The next instruction; false at the end of the slice or after a failure (check `failed`). */
bool wasm_next(struct wasm_cursor *cursor, struct wasm_op *op);

/* Splits a body: the declared locals' bytes and the instructions. False if malformed. *nlocals: declared
 * locals without parameters (at most 50,000, as engines allow). */
bool wasm_body_split(Str body, Str *locals, Str *code, uint32_t *nlocals);

/* Reports a body that cannot be decoded: function name or id, offset in the file, byte. Returns false. */
bool wasm_body_fail(const struct wasm_module *m, uint32_t func, const struct wasm_cursor *cursor,
                    struct diag *diag);

#endif
