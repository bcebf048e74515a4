/* What the active segments put into table slots, found without going through the segments each time: a hash
 * table with linear probing over all entries, built on first use. */
#include "wasm/lookup.h"
#include "wasm/op.h"

struct wasm_table_slots {
    struct slot {
        uint32_t table, index; /* of the table slot */
        uint32_t elem;         /* segment + 1; 0 = this place is free */
        uint32_t place;        /* in the segment */
    } *slots;
    size_t mask;  /* number of places - 1 */
    size_t elems; /* segments there were when it was built */
};

static size_t hash(uint32_t table, uint32_t index) {
    return (size_t)((index ^ (uint64_t)table << 32) * 0x9E3779B97F4A7C15u >> 20);
}

/* The place of a slot, or the free place where it belongs. */
static struct slot *probe(const struct wasm_table_slots *slots, uint32_t table, uint32_t index) {
    for (size_t at = hash(table, index);; at++) {
        struct slot *slot = &slots->slots[at & slots->mask];
        if (!slot->elem || (slot->table == table && slot->index == index))
            return slot;
    }
}

/* Entries of a segment; of several for one slot the last one wins, as at instantiation. */
static void add_segment(const struct wasm_module *m, struct wasm_table_slots *slots, uint32_t id) {
    const struct wasm_elem *elem = &m->elems.items[id];
    int64_t offset;
    if (elem->mode != WASM_ACTIVE || !wasm_const_value(m, elem->offset, &offset))
        return;
    for (uint32_t i = 0; i < elem->count && (uint32_t)offset <= UINT32_MAX - i; i++) {
        struct slot *slot = probe(slots, elem->table, (uint32_t)offset + i);
        *slot = (struct slot){elem->table, (uint32_t)offset + i, id + 1, i};
    }
}

static void build(const struct wasm_module *m, struct wasm_table_slots *slots) {
    size_t entries = 0;
    for (vec_each(struct wasm_elem, elem, &m->elems))
        entries += elem->mode == WASM_ACTIVE ? elem->count : 0;
    size_t places = 16;
    while (places < entries + entries / 2)
        places *= 2;
    slots->slots = ARENA_ARRAY(m->arena, places, struct slot);
    slots->mask = places - 1;
    slots->elems = m->elems.len;
    for (uint32_t id = 0; id < m->elems.len; id++)
        add_segment(m, slots, id);
}

struct wasm_table_slots *wasm_table_slots_new(struct arena *arena) {
    return ARENA_NEW(arena, struct wasm_table_slots);
}

static struct wasm_elem *find_slot(const struct wasm_module *m, uint32_t table, uint32_t index,
                                   uint32_t *place) {
    struct wasm_table_slots *slots = m->table_slots;
    if (!slots)
        return NULL;
    if (!slots->slots || slots->elems != m->elems.len)
        build(m, slots);
    const struct slot *slot = probe(slots, table, index);
    *place = slot->place;
    return slot->elem ? &m->elems.items[slot->elem - 1] : NULL;
}

uint32_t wasm_table_entry(const struct wasm_module *m, uint32_t table, uint32_t index) {
    uint32_t place;
    const struct wasm_elem *elem = find_slot(m, table, index, &place);
    return elem ? wasm_elem_func(elem, place) : WASM_NONE;
}

bool wasm_table_clear(struct wasm_module *m, uint32_t table, uint32_t index) {
    static const char null_func[] = {(char)WASM_OP_REF_NULL, WASM_FUNCREF, WASM_OP_END};
    uint32_t place;
    struct wasm_elem *elem = find_slot(m, table, index, &place);
    if (!elem)
        return false;
    if (elem->funcs)
        elem->funcs[place] = WASM_NONE; /* the emitter cuts the segment there */
    else
        elem->exprs[place] = (Str){null_func, sizeof null_func};
    return true;
}
