/* Integer instructions (specification 4.3.2). Signed arithmetic is done on unsigned numbers, which wrap. */
#include "meta/interp_internal.h"

static bool is_zero_division(struct interp *in, bool zero) {
    if (zero)
        interp_trap(in, "a division by zero");
    return zero;
}

static uint64_t divide_signed(struct interp *in, int64_t a, int64_t b, int64_t lowest) {
    if (is_zero_division(in, b == 0))
        return 0;
    if (a == lowest && b == -1) {
        interp_trap(in, "a division overflows");
        return 0;
    }
    return (uint64_t)(a / b);
}

static uint64_t remainder_signed(struct interp *in, int64_t a, int64_t b) {
    return is_zero_division(in, b == 0) || b == -1 ? 0 : (uint64_t)(a % b);
}

static uint64_t divide(struct interp *in, uint64_t a, uint64_t b) {
    return is_zero_division(in, b == 0) ? 0 : a / b;
}

static uint64_t remainder_of(struct interp *in, uint64_t a, uint64_t b) {
    return is_zero_division(in, b == 0) ? 0 : a % b;
}

static uint32_t rotate32(uint32_t a, uint32_t by) {
    return (by & 31) ? a << (by & 31) | a >> (32 - (by & 31)) : a;
}

static uint64_t rotate64(uint64_t a, uint64_t by) {
    return (by & 63) ? a << (by & 63) | a >> (64 - (by & 63)) : a;
}

static uint64_t count_leading(uint64_t a, unsigned bits) {
    unsigned n = 0;
    while (n < bits && !(a >> (bits - 1 - n) & 1))
        n++;
    return n;
}

static uint64_t count_trailing(uint64_t a, unsigned bits) {
    unsigned n = 0;
    while (n < bits && !(a >> n & 1))
        n++;
    return n;
}

static uint64_t count_ones(uint64_t a) {
    unsigned n = 0;
    for (; a; a &= a - 1)
        n++;
    return n;
}

/* The low `bits` of a, its sign extended. */
static uint64_t extend(uint64_t a, unsigned bits) {
    return (uint64_t)((int64_t)(a << (64 - bits)) >> (64 - bits));
}

/* One row per instruction with two operands: a and b are unsigned, s and t the same as signed numbers. */
#define BINARY(NAME, result)                                                                                 \
    case WASM_OP_##NAME:                                                                                     \
        *out = (result);                                                                                     \
        return true;

static bool binary32(struct interp *in, uint32_t code, uint32_t a, uint32_t b, uint64_t *out) {
    int32_t s = (int32_t)a, t = (int32_t)b;
    switch (code) {
        BINARY(I32_EQ, a == b)
        BINARY(I32_NE, a != b)
        BINARY(I32_LT_S, s < t)
        BINARY(I32_LT_U, a < b)
        BINARY(I32_GT_S, s > t)
        BINARY(I32_GT_U, a > b)
        BINARY(I32_LE_S, s <= t)
        BINARY(I32_LE_U, a <= b)
        BINARY(I32_GE_S, s >= t)
        BINARY(I32_GE_U, a >= b)
        BINARY(I32_ADD, a + b)
        BINARY(I32_SUB, a - b)
        BINARY(I32_MUL, a * b)
        BINARY(I32_DIV_S, (uint32_t)divide_signed(in, s, t, INT32_MIN))
        BINARY(I32_DIV_U, divide(in, a, b))
        BINARY(I32_REM_S, (uint32_t)remainder_signed(in, s, t))
        BINARY(I32_REM_U, remainder_of(in, a, b))
        BINARY(I32_AND, a & b)
        BINARY(I32_OR, a | b)
        BINARY(I32_XOR, a ^ b)
        BINARY(I32_SHL, (uint32_t)(a << (b & 31)))
        BINARY(I32_SHR_S, (uint32_t)(s >> (b & 31)))
        BINARY(I32_SHR_U, a >> (b & 31))
        BINARY(I32_ROTL, rotate32(a, b))
        BINARY(I32_ROTR, rotate32(a, 0 - b))
    default:
        return false;
    }
}

static bool binary64(struct interp *in, uint32_t code, uint64_t a, uint64_t b, uint64_t *out) {
    int64_t s = (int64_t)a, t = (int64_t)b;
    switch (code) {
        BINARY(I64_EQ, a == b)
        BINARY(I64_NE, a != b)
        BINARY(I64_LT_S, s < t)
        BINARY(I64_LT_U, a < b)
        BINARY(I64_GT_S, s > t)
        BINARY(I64_GT_U, a > b)
        BINARY(I64_LE_S, s <= t)
        BINARY(I64_LE_U, a <= b)
        BINARY(I64_GE_S, s >= t)
        BINARY(I64_GE_U, a >= b)
        BINARY(I64_ADD, a + b)
        BINARY(I64_SUB, a - b)
        BINARY(I64_MUL, a * b)
        BINARY(I64_DIV_S, divide_signed(in, s, t, INT64_MIN))
        BINARY(I64_DIV_U, divide(in, a, b))
        BINARY(I64_REM_S, remainder_signed(in, s, t))
        BINARY(I64_REM_U, remainder_of(in, a, b))
        BINARY(I64_AND, a & b)
        BINARY(I64_OR, a | b)
        BINARY(I64_XOR, a ^ b)
        BINARY(I64_SHL, a << (b & 63))
        BINARY(I64_SHR_S, (uint64_t)(s >> (b & 63)))
        BINARY(I64_SHR_U, a >> (b & 63))
        BINARY(I64_ROTL, rotate64(a, b))
        BINARY(I64_ROTR, rotate64(a, 0 - b))
    default:
        return false;
    }
}

/* One row per instruction with one operand a. */
static bool unary(uint32_t code, uint64_t a, uint64_t *out) {
    switch (code) {
        BINARY(I32_EQZ, (uint32_t)a == 0)
        BINARY(I32_CLZ, count_leading((uint32_t)a, 32))
        BINARY(I32_CTZ, count_trailing((uint32_t)a, 32))
        BINARY(I32_POPCNT, count_ones((uint32_t)a))
        BINARY(I32_EXTEND8_S, (uint32_t)extend(a, 8))
        BINARY(I32_EXTEND16_S, (uint32_t)extend(a, 16))
        BINARY(I32_WRAP_I64, (uint32_t)a)
        BINARY(I64_EQZ, a == 0)
        BINARY(I64_CLZ, count_leading(a, 64))
        BINARY(I64_CTZ, count_trailing(a, 64))
        BINARY(I64_POPCNT, count_ones(a))
        BINARY(I64_EXTEND8_S, extend(a, 8))
        BINARY(I64_EXTEND16_S, extend(a, 16))
        BINARY(I64_EXTEND32_S, extend(a, 32))
        BINARY(I64_EXTEND_I32_S, extend(a, 32))
        BINARY(I64_EXTEND_I32_U, (uint32_t)a)
    default:
        return false;
    }
}

/* Wide arithmetic: 128-bit results as two values, low half first. */
static bool wide_op(struct interp *in, const struct wasm_op *op) {
    __extension__ typedef unsigned __int128 wide;
    __extension__ typedef __int128 signed_wide;
    if (op->code < WASM_OP_I64_ADD128 || op->code > WASM_OP_I64_MUL_WIDE_U)
        return false;
    uint64_t d = interp_pop_u64(in), c = interp_pop_u64(in);
    wide result;
    if (op->code == WASM_OP_I64_MUL_WIDE_S) {
        result = (wide)((signed_wide)(int64_t)c * (int64_t)d);
    } else if (op->code == WASM_OP_I64_MUL_WIDE_U) {
        result = (wide)c * d;
    } else {
        uint64_t b = interp_pop_u64(in), a = interp_pop_u64(in);
        wide first = (wide)b << 64 | a, second = (wide)d << 64 | c;
        result = op->code == WASM_OP_I64_ADD128 ? first + second : first - second;
    }
    interp_push_u64(in, (uint64_t)result);
    interp_push_u64(in, (uint64_t)(result >> 64));
    return true;
}

static bool is_unary(uint32_t code) {
    return code == WASM_OP_I32_EQZ || code == WASM_OP_I64_EQZ ||
           (code >= WASM_OP_I32_CLZ && code <= WASM_OP_I32_POPCNT) ||
           (code >= WASM_OP_I64_CLZ && code <= WASM_OP_I64_POPCNT) || code == WASM_OP_I32_WRAP_I64 ||
           code == WASM_OP_I64_EXTEND_I32_S || code == WASM_OP_I64_EXTEND_I32_U ||
           (code >= WASM_OP_I32_EXTEND8_S && code <= WASM_OP_I64_EXTEND32_S);
}

static bool is_binary(uint32_t code) {
    return (code >= WASM_OP_I32_EQ && code <= WASM_OP_I32_GE_U) ||
           (code >= WASM_OP_I64_EQ && code <= WASM_OP_I64_GE_U) ||
           (code >= WASM_OP_I32_ADD && code <= WASM_OP_I32_ROTR) ||
           (code >= WASM_OP_I64_ADD && code <= WASM_OP_I64_ROTR);
}

bool interp_integer_op(struct interp *in, const struct wasm_op *op) {
    uint64_t result = 0;
    if (is_unary(op->code)) {
        unary(op->code, interp_pop_u64(in), &result);
    } else if (is_binary(op->code)) {
        uint64_t b = interp_pop_u64(in), a = interp_pop_u64(in);
        if (!binary32(in, op->code, (uint32_t)a, (uint32_t)b, &result))
            binary64(in, op->code, a, b, &result);
    } else {
        return wide_op(in, op);
    }
    interp_push_u64(in, result);
    return true;
}
