/* The vector instructions that compilers use to move, zero and combine memory (specification 4.4.4): loads,
 * stores, constants, lanes, splats, shuffles and bitwise operations. Lane arithmetic has no business in
 * descriptor code. */
#include "meta/interp_internal.h"

static union interp_value load_bytes(struct interp *in, const struct wasm_op *op, uint64_t address,
                                     unsigned size, union interp_value value, unsigned at) {
    for (unsigned i = 0; i < size; i++)
        value.bytes[(at + i) & 15] = (uint8_t)interp_load(in, op->b, address + i, 1);
    return value;
}

static void store_bytes(struct interp *in, const struct wasm_op *op, uint64_t address, unsigned size,
                        const union interp_value *value, unsigned at) {
    for (unsigned i = 0; i < size; i++)
        interp_store(in, op->b, address + i, 1, value->bytes[(at + i) & 15]);
}

/* The low `size` bytes of a number in all lanes. */
static union interp_value splat(uint64_t number, unsigned size) {
    union interp_value value;
    for (unsigned i = 0; i < 16; i++)
        value.bytes[i] = (uint8_t)(number >> (8 * (i % size)));
    return value;
}

/* Lane number: the last immediate byte. */
static unsigned lane_of(const struct wasm_op *op, unsigned size) {
    return ((uint8_t)op->raw.ptr[op->raw.len - 1] * size) & 15;
}

/* Half a vector's worth of narrow lanes, each widened to twice its size. */
static void load_extended(struct interp *in, const struct wasm_op *op) {
    unsigned index = op->code - WASM_OP_V128_LOAD8X8_S, size = 1U << (index / 2);
    uint64_t number = interp_load(in, op->b, interp_address(in, op), 8);
    union interp_value value;
    for (unsigned i = 0; i < 8; i += size) {
        bool negative = !(index & 1) && (number >> (8 * (i + size) - 1) & 1);
        for (unsigned j = 0; j < size; j++) {
            value.bytes[2 * i + j] = (uint8_t)(number >> (8 * (i + j)));
            value.bytes[2 * i + size + j] = negative ? 0xFF : 0;
        }
    }
    interp_push(in, value);
}

static bool load_op(struct interp *in, const struct wasm_op *op) {
    const union interp_value zero = {.bytes = {0}};
    uint32_t code = op->code;
    if (code == WASM_OP_V128_LOAD) {
        interp_push(in, load_bytes(in, op, interp_address(in, op), 16, zero, 0));
    } else if (code >= WASM_OP_V128_LOAD8X8_S && code <= WASM_OP_V128_LOAD32X2_U) {
        load_extended(in, op);
    } else if (code >= WASM_OP_V128_LOAD8_SPLAT && code <= WASM_OP_V128_LOAD64_SPLAT) {
        unsigned size = 1U << (code - WASM_OP_V128_LOAD8_SPLAT);
        interp_push(in, splat(interp_load(in, op->b, interp_address(in, op), size), size));
    } else if (code == WASM_OP_V128_LOAD32_ZERO || code == WASM_OP_V128_LOAD64_ZERO) {
        interp_push(in, load_bytes(in, op, interp_address(in, op), code == WASM_OP_V128_LOAD32_ZERO ? 4 : 8,
                                   zero, 0));
    } else if (code >= WASM_OP_V128_LOAD8_LANE && code <= WASM_OP_V128_LOAD64_LANE) {
        unsigned size = 1U << (code - WASM_OP_V128_LOAD8_LANE);
        union interp_value value = interp_pop(in);
        interp_push(in, load_bytes(in, op, interp_address(in, op), size, value, lane_of(op, size)));
    } else {
        return false;
    }
    return true;
}

static bool store_op(struct interp *in, const struct wasm_op *op) {
    bool whole = op->code == WASM_OP_V128_STORE;
    if (!whole && (op->code < WASM_OP_V128_STORE8_LANE || op->code > WASM_OP_V128_STORE64_LANE))
        return false;
    union interp_value value = interp_pop(in);
    unsigned size = whole ? 16 : 1U << (op->code - WASM_OP_V128_STORE8_LANE);
    store_bytes(in, op, interp_address(in, op), size, &value, whole ? 0 : lane_of(op, size));
    return true;
}

/* Bytes picked from two vectors (shuffle) or, by a second vector, from one (swizzle; outside: 0). */
static void run_shuffle(struct interp *in, const struct wasm_op *op) {
    union interp_value second = interp_pop(in), first = interp_pop(in), value;
    for (unsigned i = 0; i < 16; i++) {
        if (op->code == WASM_OP_I8X16_SHUFFLE) {
            uint8_t index = (uint8_t)op->raw.ptr[i];
            value.bytes[i] = index < 16 ? first.bytes[index] : second.bytes[index & 15];
        } else {
            value.bytes[i] = second.bytes[i] < 16 ? first.bytes[second.bytes[i]] : 0;
        }
    }
    interp_push(in, value);
}

static const struct lane_op {
    uint32_t code;
    uint8_t size;
    bool replaces, is_signed;
} lane_ops[] = {
    {WASM_OP_I8X16_EXTRACT_LANE_S, 1, false, true},  {WASM_OP_I8X16_EXTRACT_LANE_U, 1, false, false},
    {WASM_OP_I8X16_REPLACE_LANE, 1, true, false},    {WASM_OP_I16X8_EXTRACT_LANE_S, 2, false, true},
    {WASM_OP_I16X8_EXTRACT_LANE_U, 2, false, false}, {WASM_OP_I16X8_REPLACE_LANE, 2, true, false},
    {WASM_OP_I32X4_EXTRACT_LANE, 4, false, false},   {WASM_OP_I32X4_REPLACE_LANE, 4, true, false},
    {WASM_OP_I64X2_EXTRACT_LANE, 8, false, false},   {WASM_OP_I64X2_REPLACE_LANE, 8, true, false},
    {WASM_OP_F32X4_EXTRACT_LANE, 4, false, false},   {WASM_OP_F32X4_REPLACE_LANE, 4, true, false},
    {WASM_OP_F64X2_EXTRACT_LANE, 8, false, false},   {WASM_OP_F64X2_REPLACE_LANE, 8, true, false},
};

static void run_lane(struct interp *in, const struct wasm_op *op, const struct lane_op *lane) {
    unsigned at = lane_of(op, lane->size), unused = 64 - 8U * lane->size;
    uint64_t number = lane->replaces ? interp_pop_u64(in) : 0;
    union interp_value value = interp_pop(in);
    for (unsigned i = 0; i < lane->size; i++) {
        if (lane->replaces)
            value.bytes[at + i] = (uint8_t)(number >> (8 * i));
        else
            number |= (uint64_t)value.bytes[at + i] << (8 * i);
    }
    if (lane->is_signed)
        number = (uint32_t)((int64_t)(number << unused) >> unused);
    if (lane->replaces)
        interp_push(in, value);
    else
        interp_push_u64(in, number);
}

static bool lane_op(struct interp *in, const struct wasm_op *op) {
    for (size_t i = 0; i < sizeof lane_ops / sizeof *lane_ops; i++)
        if (lane_ops[i].code == op->code) {
            run_lane(in, op, &lane_ops[i]);
            return true;
        }
    return false;
}

static uint8_t combine(uint32_t code, uint8_t a, uint8_t b, uint8_t c) {
    switch (code) {
    case WASM_OP_V128_NOT:
        return (uint8_t)~a;
    case WASM_OP_V128_AND:
        return a & b;
    case WASM_OP_V128_ANDNOT:
        return (uint8_t)(a & ~b);
    case WASM_OP_V128_OR:
        return a | b;
    case WASM_OP_V128_XOR:
        return a ^ b;
    default: /* bitselect */
        return (uint8_t)((a & c) | (b & ~c));
    }
}

static bool bitwise_op(struct interp *in, const struct wasm_op *op) {
    union interp_value a, b = {.bytes = {0}}, c = {.bytes = {0}};
    if (op->code < WASM_OP_V128_NOT || op->code > WASM_OP_V128_BITSELECT)
        return false;
    if (op->code == WASM_OP_V128_BITSELECT)
        c = interp_pop(in);
    if (op->code != WASM_OP_V128_NOT)
        b = interp_pop(in);
    a = interp_pop(in);
    for (unsigned i = 0; i < 16; i++)
        a.bytes[i] = combine(op->code, a.bytes[i], b.bytes[i], c.bytes[i]);
    interp_push(in, a);
    return true;
}

static void run_any_true(struct interp *in) {
    union interp_value value = interp_pop(in);
    uint8_t any = 0;
    for (unsigned i = 0; i < 16; i++)
        any |= value.bytes[i];
    interp_push_u64(in, any != 0);
}

static bool splat_op(struct interp *in, const struct wasm_op *op) {
    static const uint8_t sizes[] = {1, 2, 4, 8, 4, 8};
    if (op->code < WASM_OP_I8X16_SPLAT || op->code > WASM_OP_F64X2_SPLAT)
        return false;
    interp_push(in, splat(interp_pop_u64(in), sizes[op->code - WASM_OP_I8X16_SPLAT]));
    return true;
}

bool interp_simd_op(struct interp *in, const struct wasm_op *op) {
    union interp_value value;
    switch (op->code) {
    case WASM_OP_V128_CONST:
        memcpy(value.bytes, op->raw.ptr, 16);
        interp_push(in, value);
        return true;
    case WASM_OP_I8X16_SHUFFLE:
    case WASM_OP_I8X16_SWIZZLE:
        run_shuffle(in, op);
        return true;
    case WASM_OP_V128_ANY_TRUE:
        run_any_true(in);
        return true;
    default:
        return load_op(in, op) || store_op(in, op) || lane_op(in, op) || bitwise_op(in, op) ||
               splat_op(in, op);
    }
}
