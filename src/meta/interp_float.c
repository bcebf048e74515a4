/* Floating-point instructions and conversions (specification 4.3.3, 4.3.4). NaN payloads are the host's. */
#include <math.h>

#include "meta/interp_internal.h"

static float as_f32(uint64_t bits) {
    uint32_t low = (uint32_t)bits;
    float value;
    memcpy(&value, &low, sizeof value);
    return value;
}

static double as_f64(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t from_f32(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static uint64_t from_f64(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The smaller (larger) of two numbers; NaN if one is, and -0 below +0. */
static double minimum(double a, double b) {
    if (isnan(a) || isnan(b))
        return NAN;
    return a < b || (a == b && signbit(a)) ? a : b;
}

static double maximum(double a, double b) {
    if (isnan(a) || isnan(b))
        return NAN;
    return a > b || (a == b && !signbit(a)) ? a : b;
}

/* A float as an integer below 2^bits (with sign: from -2^(bits-1) to 2^(bits-1)); traps or saturates outside.
 */
static uint64_t truncate(struct interp *in, double value, unsigned bits, bool is_signed, bool saturates) {
    double above = ldexp(1, (int)(is_signed ? bits - 1 : bits)), below = is_signed ? -above : 0,
           whole = trunc(value);
    if (whole >= below && whole < above)
        return is_signed ? (uint64_t)(int64_t)whole : (uint64_t)whole;
    if (!saturates) {
        interp_trap(in, "a float does not fit the integer");
        return 0;
    }
    if (isnan(value))
        return 0;
    uint64_t ones = UINT64_MAX >> (64 - bits);
    if (is_signed)
        return value > 0 ? ones >> 1 : ~(ones >> 1);
    return value > 0 ? ones : 0;
}

#define ROW(NAME, result)                                                                                    \
    case WASM_OP_##NAME:                                                                                     \
        *out = (result);                                                                                     \
        return true;

static bool binary(uint32_t code, uint64_t x, uint64_t y, uint64_t *out) {
    float a = as_f32(x), b = as_f32(y);
    double c = as_f64(x), d = as_f64(y);
    switch (code) {
        ROW(F32_EQ, a == b)
        ROW(F32_NE, a != b)
        ROW(F32_LT, a < b)
        ROW(F32_GT, a > b)
        ROW(F32_LE, a <= b)
        ROW(F32_GE, a >= b)
        ROW(F64_EQ, c == d)
        ROW(F64_NE, c != d)
        ROW(F64_LT, c < d)
        ROW(F64_GT, c > d)
        ROW(F64_LE, c <= d)
        ROW(F64_GE, c >= d)
        ROW(F32_ADD, from_f32(a + b))
        ROW(F32_SUB, from_f32(a - b))
        ROW(F32_MUL, from_f32(a * b))
        ROW(F32_DIV, from_f32(a / b))
        ROW(F32_MIN, from_f32((float)minimum((double)a, (double)b)))
        ROW(F32_MAX, from_f32((float)maximum((double)a, (double)b)))
        ROW(F32_COPYSIGN, (x & 0x7FFFFFFF) | (y & 0x80000000))
        ROW(F64_ADD, from_f64(c + d))
        ROW(F64_SUB, from_f64(c - d))
        ROW(F64_MUL, from_f64(c * d))
        ROW(F64_DIV, from_f64(c / d))
        ROW(F64_MIN, from_f64(minimum(c, d)))
        ROW(F64_MAX, from_f64(maximum(c, d)))
        ROW(F64_COPYSIGN, (x & INT64_MAX) | (y & ~(uint64_t)INT64_MAX))
    default:
        return false;
    }
}

static bool unary(uint32_t code, uint64_t x, uint64_t *out) {
    float a = as_f32(x);
    double c = as_f64(x);
    switch (code) {
        ROW(F32_ABS, x & 0x7FFFFFFF)
        ROW(F32_NEG, (uint32_t)x ^ 0x80000000)
        ROW(F32_CEIL, from_f32(ceilf(a)))
        ROW(F32_FLOOR, from_f32(floorf(a)))
        ROW(F32_TRUNC, from_f32(truncf(a)))
        ROW(F32_NEAREST, from_f32(nearbyintf(a)))
        ROW(F32_SQRT, from_f32(sqrtf(a)))
        ROW(F64_ABS, x & INT64_MAX)
        ROW(F64_NEG, x ^ ~(uint64_t)INT64_MAX)
        ROW(F64_CEIL, from_f64(ceil(c)))
        ROW(F64_FLOOR, from_f64(floor(c)))
        ROW(F64_TRUNC, from_f64(trunc(c)))
        ROW(F64_NEAREST, from_f64(nearbyint(c)))
        ROW(F64_SQRT, from_f64(sqrt(c)))
    default:
        return false;
    }
}

static bool convert(uint32_t code, uint64_t x, uint64_t *out) {
    int32_t s = (int32_t)(uint32_t)x;
    uint32_t u = (uint32_t)x;
    switch (code) {
        ROW(F32_CONVERT_I32_S, from_f32((float)s))
        ROW(F32_CONVERT_I32_U, from_f32((float)u))
        ROW(F32_CONVERT_I64_S, from_f32((float)(int64_t)x))
        ROW(F32_CONVERT_I64_U, from_f32((float)x))
        ROW(F32_DEMOTE_F64, from_f32((float)as_f64(x)))
        ROW(F64_CONVERT_I32_S, from_f64((double)s))
        ROW(F64_CONVERT_I32_U, from_f64((double)u))
        ROW(F64_CONVERT_I64_S, from_f64((double)(int64_t)x))
        ROW(F64_CONVERT_I64_U, from_f64((double)x))
        ROW(F64_PROMOTE_F32, from_f64((double)as_f32(x)))
        ROW(I32_REINTERPRET_F32, u)
        ROW(I64_REINTERPRET_F64, x)
        ROW(F32_REINTERPRET_I32, u)
        ROW(F64_REINTERPRET_I64, x)
    default:
        return false;
    }
}

/* Float to integer. `form`: bit 0 unsigned, bit 1 from f64, bit 2 to i64 (the order of the opcodes). */
static uint64_t to_integer(struct interp *in, uint64_t x, unsigned form, bool saturates) {
    double value = form & 2 ? as_f64(x) : (double)as_f32(x);
    unsigned bits = form & 4 ? 64 : 32;
    uint64_t result = truncate(in, value, bits, !(form & 1), saturates);
    return bits == 32 ? (uint32_t)result : result;
}

static bool is_binary(uint32_t code) {
    return (code >= WASM_OP_F32_EQ && code <= WASM_OP_F64_GE) ||
           (code >= WASM_OP_F32_ADD && code <= WASM_OP_F32_COPYSIGN) ||
           (code >= WASM_OP_F64_ADD && code <= WASM_OP_F64_COPYSIGN);
}

static bool is_unary(uint32_t code) {
    return (code >= WASM_OP_F32_ABS && code <= WASM_OP_F32_SQRT) ||
           (code >= WASM_OP_F64_ABS && code <= WASM_OP_F64_SQRT) ||
           (code >= WASM_OP_F32_CONVERT_I32_S && code <= WASM_OP_F64_REINTERPRET_I64);
}

bool interp_float_op(struct interp *in, const struct wasm_op *op) {
    uint32_t code = op->code;
    uint64_t result = 0;
    if (is_binary(code)) {
        uint64_t y = interp_pop_u64(in), x = interp_pop_u64(in);
        binary(code, x, y, &result);
    } else if (is_unary(code)) {
        uint64_t x = interp_pop_u64(in);
        if (!unary(code, x, &result))
            convert(code, x, &result);
    } else if (code >= WASM_OP_I32_TRUNC_F32_S && code <= WASM_OP_I32_TRUNC_F64_U) {
        result = to_integer(in, interp_pop_u64(in), code - WASM_OP_I32_TRUNC_F32_S, false);
    } else if (code >= WASM_OP_I64_TRUNC_F32_S && code <= WASM_OP_I64_TRUNC_F64_U) {
        result = to_integer(in, interp_pop_u64(in), 4 + code - WASM_OP_I64_TRUNC_F32_S, false);
    } else if (code >= WASM_OP_I32_TRUNC_SAT_F32_S && code <= WASM_OP_I64_TRUNC_SAT_F64_U) {
        result = to_integer(in, interp_pop_u64(in), code - WASM_OP_I32_TRUNC_SAT_F32_S, true);
    } else {
        return false;
    }
    interp_push_u64(in, result);
    return true;
}
