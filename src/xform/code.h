/* Writing the instructions of a synthesised function. Operands are ids (wasm/module.h). */
#ifndef XFORM_CODE_H
#define XFORM_CODE_H

#include "base/buf.h"
#include "wasm/op.h"

struct code {
    struct arena *arena;
    struct buf ops;
    uint32_t nparams;
    VEC(uint8_t) locals; /* enum wasm_valtype each */
};

/* Starts an empty body for a function of `nparams` parameters (locals 0 … nparams − 1). */
void code_begin(struct code *code, struct arena *arena, uint32_t nparams);
/* Adds a local and returns its index. */
uint32_t code_local(struct code *code, uint8_t valtype);
/* Finishes: the body for wasm_add_func / wasm_func_define, in the arena. Frees the buffer. */
Str code_end(struct code *code);
/* Finishes without locals and `end`: what wasm_func.inline_code consists of. */
Str code_inline(struct code *code);

/* A constant expression, including its `end`: an integer. */
Str code_constant(struct arena *arena, uint8_t valtype, int64_t value);

/* One instruction without / with one immediate index; block types and reference types count as indices. */
void code_op(struct code *code, uint32_t opcode);
void code_op1(struct code *code, uint32_t opcode, uint32_t index);

/* `t.const value` for an i32 or i64 `valtype`. */
void code_const(struct code *code, uint8_t valtype, int64_t value);
/* add / sub of two i32 or i64. */
void code_add(struct code *code, uint8_t valtype);
void code_sub(struct code *code, uint8_t valtype);
/* A naturally aligned load of an i32, i64, f32 or f64 from memory 0, `offset` bytes from the address on the
 * stack. */
void code_load(struct code *code, uint8_t valtype, uint32_t offset);

void code_get(struct code *code, uint32_t local);
void code_set(struct code *code, uint32_t local);
void code_tee(struct code *code, uint32_t local);
void code_call(struct code *code, uint32_t func);
void code_null(struct code *code); /* ref.null extern */

#endif
