/* Atomic instructions as plain accesses: there is one thread here (threads proposal, "Instructions"). */
#include "meta/interp_internal.h"

enum { FORMS = 7, CMPXCHG = 6 };

/* The seven widths in which each atomic operation comes, in the order of their opcodes. */
static const uint8_t sizes[FORMS] = {4, 8, 1, 2, 1, 2, 4};

static uint64_t combine(unsigned operation, uint64_t old, uint64_t operand) {
    switch (operation) {
    case 0:
        return old + operand;
    case 1:
        return old - operand;
    case 2:
        return old & operand;
    case 3:
        return old | operand;
    case 4:
        return old ^ operand;
    default:
        return operand;
    }
}

/* Read-modify-write: add, sub, and, or, xor, xchg, cmpxchg. */
static void run_rmw(struct interp *in, const struct wasm_op *op, unsigned operation, unsigned size) {
    uint64_t operand = interp_pop_u64(in), expected = operation == CMPXCHG ? interp_pop_u64(in) : 0;
    uint64_t address = interp_address(in, op), old = interp_load(in, op->b, address, size);
    if (operation != CMPXCHG)
        interp_store(in, op->b, address, size, combine(operation, old, operand));
    else if (old == expected)
        interp_store(in, op->b, address, size, operand);
    interp_push_u64(in, old);
}

/* Nobody waits, and nobody would wake us: notify wakes 0, wait finds another value (1). */
static void run_wait(struct interp *in, const struct wasm_op *op) {
    interp_pop(in);
    if (op->code != WASM_OP_MEMORY_ATOMIC_NOTIFY)
        interp_pop(in);
    interp_address(in, op);
    interp_push_u64(in, op->code != WASM_OP_MEMORY_ATOMIC_NOTIFY);
}

bool interp_atomic_op(struct interp *in, const struct wasm_op *op) {
    if (op->code == WASM_OP_ATOMIC_FENCE)
        return true;
    if (op->code >= WASM_OP_MEMORY_ATOMIC_NOTIFY && op->code <= WASM_OP_MEMORY_ATOMIC_WAIT64) {
        run_wait(in, op);
        return true;
    }
    if (op->code < WASM_OP_I32_ATOMIC_LOAD || op->code > WASM_OP_I64_ATOMIC_RMW32_CMPXCHG_U)
        return false;
    unsigned index = op->code - WASM_OP_I32_ATOMIC_LOAD, group = index / FORMS, size = sizes[index % FORMS];
    if (group == 0) {
        interp_push_u64(in, interp_load(in, op->b, interp_address(in, op), size));
    } else if (group == 1) {
        uint64_t value = interp_pop_u64(in);
        interp_store(in, op->b, interp_address(in, op), size, value);
    } else {
        run_rmw(in, op, group - 2, size);
    }
    return true;
}
