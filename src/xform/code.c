#include "xform/code.h"

void code_begin(struct code *code, struct arena *arena, uint32_t nparams) {
    *code = (struct code){.arena = arena, .nparams = nparams};
}

uint32_t code_local(struct code *code, uint8_t valtype) {
    vec_push(code->arena, &code->locals, valtype);
    return code->nparams + (uint32_t)code->locals.len - 1;
}

static Str finish(struct code *code, const struct buf *bytes) {
    ASSERT(!bytes->overflow);
    return buf_copy(code->arena, bytes);
}

static size_t run_length(const struct code *code, size_t from) {
    size_t end = from;
    while (end < code->locals.len && code->locals.items[end] == code->locals.items[from])
        end++;
    return end - from;
}

/* Specification 5.5.13: runs of equal types. */
static void put_locals(struct buf *body, const struct code *code) {
    size_t runs = 0;
    for (size_t i = 0; i < code->locals.len; i += run_length(code, i))
        runs++;
    buf_uleb(body, runs);
    for (size_t i = 0; i < code->locals.len; i += run_length(code, i)) {
        buf_uleb(body, run_length(code, i));
        buf_byte(body, code->locals.items[i]);
    }
}

Str code_end(struct code *code) {
    struct buf body = {0};
    put_locals(&body, code);
    code_op(code, WASM_OP_END);
    buf_str(&body, buf_view(&code->ops));
    Str out = finish(code, &body);
    buf_free(&body);
    buf_free(&code->ops);
    return out;
}

Str code_inline(struct code *code) {
    ASSERT(code->locals.len == 0);
    Str out = finish(code, &code->ops);
    buf_free(&code->ops);
    return out;
}

Str code_constant(struct arena *arena, uint8_t valtype, int64_t value) {
    struct code code;
    code_begin(&code, arena, 0);
    code_const(&code, valtype, value);
    code_op(&code, WASM_OP_END);
    return code_inline(&code);
}

void code_op(struct code *code, uint32_t opcode) {
    if (opcode <= UINT8_MAX) {
        buf_byte(&code->ops, (uint8_t)opcode);
        return;
    }
    buf_byte(&code->ops, (uint8_t)(opcode >> 16));
    buf_uleb(&code->ops, opcode & 0xFFFF);
}

void code_op1(struct code *code, uint32_t opcode, uint32_t index) {
    code_op(code, opcode);
    buf_uleb(&code->ops, index);
}

/* The i64 form of an instruction that exists for both integer types. */
static uint32_t pick(uint8_t valtype, uint32_t op32, uint32_t op64) {
    ASSERT(valtype == WASM_I32 || valtype == WASM_I64);
    return valtype == WASM_I32 ? op32 : op64;
}

void code_const(struct code *code, uint8_t valtype, int64_t value) {
    code_op(code, pick(valtype, WASM_OP_I32_CONST, WASM_OP_I64_CONST));
    buf_sleb(&code->ops, value);
}

void code_add(struct code *code, uint8_t valtype) {
    code_op(code, pick(valtype, WASM_OP_I32_ADD, WASM_OP_I64_ADD));
}

void code_sub(struct code *code, uint8_t valtype) {
    code_op(code, pick(valtype, WASM_OP_I32_SUB, WASM_OP_I64_SUB));
}

void code_load(struct code *code, uint8_t valtype, uint32_t offset) {
    /* In the order of the types' codes, from i32 down to f64; other types cannot be in memory. */
    static const struct {
        uint32_t op, align_log2;
    } loads[] = {{WASM_OP_I32_LOAD, 2}, {WASM_OP_I64_LOAD, 3}, {WASM_OP_F32_LOAD, 2}, {WASM_OP_F64_LOAD, 3}};
    ASSERT(valtype <= WASM_I32 && valtype >= WASM_F64);
    code_op1(code, loads[WASM_I32 - valtype].op, loads[WASM_I32 - valtype].align_log2);
    buf_uleb(&code->ops, offset);
}

void code_get(struct code *code, uint32_t local) {
    code_op1(code, WASM_OP_LOCAL_GET, local);
}

void code_set(struct code *code, uint32_t local) {
    code_op1(code, WASM_OP_LOCAL_SET, local);
}

void code_tee(struct code *code, uint32_t local) {
    code_op1(code, WASM_OP_LOCAL_TEE, local);
}

void code_call(struct code *code, uint32_t func) {
    code_op1(code, WASM_OP_CALL, func);
}

void code_null(struct code *code) {
    code_op(code, WASM_OP_REF_NULL);
    buf_byte(&code->ops, WASM_EXTERNREF);
}
