/* Tables and references (specification 4.4.3, 4.4.6). Tables hold what the active segments say; the few slots
 * that a run changes are kept aside. */
#include "meta/interp_internal.h"

static bool in_bounds(struct interp *in, uint32_t table, uint64_t index, uint64_t count) {
    if (table < in->m->tables.len && count <= in->table_sizes[table] &&
        index <= in->table_sizes[table] - count)
        return !in->reason.len;
    interp_trap(in, "outside of a table");
    return false;
}

static struct interp_slot *find_slot(struct interp *in, uint32_t table, uint64_t index) {
    for (vec_each(struct interp_slot, slot, &in->slots))
        if (slot->table == table && slot->index == index)
            return slot;
    return NULL;
}

uint64_t interp_table_get(struct interp *in, uint32_t table, uint64_t index) {
    if (!in_bounds(in, table, index, 1))
        return INTERP_NULL;
    interp_spend(in, in->slots.len / 8);
    const struct interp_slot *slot = find_slot(in, table, index);
    if (slot)
        return slot->value;
    uint32_t func = wasm_table_entry(in->m, table, (uint32_t)index);
    return func == WASM_NONE ? INTERP_NULL : func;
}

static void set_slot(struct interp *in, uint32_t table, uint64_t index, uint64_t value) {
    if (!in_bounds(in, table, index, 1))
        return;
    interp_spend(in, 1 + in->slots.len / 8);
    struct interp_slot *slot = find_slot(in, table, index);
    if (slot)
        slot->value = value;
    else if (in->slots.len >= INTERP_SLOTS)
        interp_trap(in, "more than %d table slots are changed", INTERP_SLOTS);
    else
        vec_push(in->arena, &in->slots, (struct interp_slot){table, index, value});
}

/* New elements are null, or set one by one. */
static void run_grow(struct interp *in, uint32_t table) {
    uint32_t count = interp_pop_u32(in);
    uint64_t value = interp_pop_u64(in), old = table < in->m->tables.len ? in->table_sizes[table] : 0;
    if (table >= in->m->tables.len || count > UINT32_MAX - old) {
        interp_push_u64(in, UINT32_MAX);
        return;
    }
    in->table_sizes[table] += count;
    for (uint64_t i = 0; value != INTERP_NULL && i < count && !in->reason.len; i++)
        set_slot(in, table, old + i, value);
    interp_push_u64(in, old);
}

static void run_fill(struct interp *in, uint32_t table) {
    uint32_t count = interp_pop_u32(in);
    uint64_t value = interp_pop_u64(in), to = interp_pop_u32(in);
    for (uint32_t i = 0; i < count && !in->reason.len; i++)
        set_slot(in, table, to + i, value);
}

static void run_copy(struct interp *in, const struct wasm_op *op) {
    uint32_t count = interp_pop_u32(in);
    uint64_t from = interp_pop_u32(in), to = interp_pop_u32(in);
    for (uint32_t i = 0; i < count && !in->reason.len; i++) {
        uint32_t at = to <= from ? i : count - 1 - i;
        set_slot(in, op->a, to + at, interp_table_get(in, op->b, from + at));
    }
}

static void run_init(struct interp *in, const struct wasm_op *op) {
    uint32_t count = interp_pop_u32(in), from = interp_pop_u32(in);
    uint64_t to = interp_pop_u32(in);
    if (op->a >= in->m->elems.len || from > in->m->elems.items[op->a].count ||
        count > in->m->elems.items[op->a].count - from) {
        interp_trap(in, "outside of an element segment");
        return;
    }
    for (uint32_t i = 0; i < count && !in->reason.len; i++) {
        uint32_t func = wasm_elem_func(&in->m->elems.items[op->a], from + i);
        set_slot(in, op->b, to + i, func == WASM_NONE ? INTERP_NULL : func);
    }
}

static bool reference_op(struct interp *in, const struct wasm_op *op) {
    switch (op->code) {
    case WASM_OP_REF_NULL:
        interp_push_u64(in, INTERP_NULL);
        return true;
    case WASM_OP_REF_FUNC:
        interp_push_u64(in, op->a);
        return true;
    case WASM_OP_REF_IS_NULL:
        interp_push_u64(in, interp_pop_u64(in) == INTERP_NULL);
        return true;
    default:
        return false;
    }
}

static void run_set(struct interp *in, uint32_t table) {
    uint64_t value = interp_pop_u64(in);
    set_slot(in, table, interp_pop_u32(in), value);
}

bool interp_table_op(struct interp *in, const struct wasm_op *op) {
    switch (op->code) {
    case WASM_OP_TABLE_GET:
        interp_push_u64(in, interp_table_get(in, op->a, interp_pop_u32(in)));
        return true;
    case WASM_OP_TABLE_SET:
        run_set(in, op->a);
        return true;
    case WASM_OP_TABLE_SIZE:
        interp_push_u64(in, op->a < in->m->tables.len ? in->table_sizes[op->a] : 0);
        return true;
    case WASM_OP_TABLE_GROW:
        run_grow(in, op->a);
        return true;
    case WASM_OP_TABLE_FILL:
        run_fill(in, op->a);
        return true;
    case WASM_OP_TABLE_COPY:
        run_copy(in, op);
        return true;
    case WASM_OP_TABLE_INIT:
        run_init(in, op);
        return true;
    case WASM_OP_ELEM_DROP:
        return true;
    default:
        return reference_op(in, op);
    }
}
