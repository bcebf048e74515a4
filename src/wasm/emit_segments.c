/* Element and data segments (specification 5.5.12, 5.5.14). */
#include "wasm/emit_internal.h"
#include "wasm/lookup.h"

/* The offset of an active segment if it is nothing but one constant. */
static bool plain_offset(Str offset, struct wasm_op *op) {
    struct wasm_cursor cursor = {.code = offset};
    struct wasm_op end;
    return wasm_next(&cursor, op) && (op->code == WASM_OP_I32_CONST || op->code == WASM_OP_I64_CONST) &&
           wasm_next(&cursor, &end) && end.code == WASM_OP_END;
}

static bool has_null(const struct wasm_elem *elem) {
    for (uint32_t i = 0; elem->funcs && i < elem->count; i++)
        if (elem->funcs[i] == WASM_NONE)
            return true;
    return false;
}

/* Function lists have no way to say null: such segments are cut at the nulls if their place is a constant. */
static bool is_cut(const struct wasm_elem *elem) {
    struct wasm_op op;
    return elem->mode == WASM_ACTIVE && has_null(elem) && plain_offset(elem->offset, &op);
}

/* The next run of entries without null at or behind *from; returns its end, *from = its start. */
static uint32_t next_run(const struct wasm_elem *elem, uint32_t *from) {
    while (*from < elem->count && elem->funcs[*from] == WASM_NONE)
        ++*from;
    uint32_t to = *from;
    while (to < elem->count && elem->funcs[to] != WASM_NONE)
        to++;
    return to;
}

uint32_t wasm_elem_pieces(const struct wasm_elem *elem) {
    if (!is_cut(elem))
        return 1;
    uint32_t pieces = 0;
    for (uint32_t from = 0, to; (to = next_run(elem, &from)) > from; from = to)
        pieces++;
    return pieces;
}

static bool put_func(struct wasm_emitter *e, uint32_t id) {
    uint32_t index = wasm_space_index(&e->map.kind[WASM_FUNC], wasm_func_resolve(e->m, id));
    if (index == WASM_NONE)
        return diag_fail(e->diag, "an element segment contains function %u, which was removed", id);
    buf_uleb(e->out, index);
    return true;
}

static bool put_funcs(struct wasm_emitter *e, const struct wasm_elem *elem, uint32_t from, uint32_t to) {
    buf_uleb(e->out, to - from);
    for (uint32_t i = from; i < to; i++)
        if (!put_func(e, elem->funcs[i]))
            return false;
    return true;
}

/* Expressions; of a function list with nulls that could not be cut, too. */
static bool put_exprs(struct wasm_emitter *e, const struct wasm_elem *elem) {
    buf_uleb(e->out, elem->count);
    for (uint32_t i = 0; i < elem->count; i++) {
        if (elem->exprs) {
            if (!wasm_recode_expr(e, elem->exprs[i]))
                return false;
        } else if (elem->funcs[i] == WASM_NONE) {
            buf_bytes(e->out, (uint8_t[]){WASM_OP_REF_NULL, WASM_FUNCREF, WASM_OP_END}, 3);
        } else {
            buf_byte(e->out, WASM_OP_REF_FUNC);
            if (!put_func(e, elem->funcs[i]))
                return false;
            buf_byte(e->out, WASM_OP_END);
        }
    }
    return true;
}

/* Pieces of a cut segment, each with an offset of its own. */
static bool put_pieces(struct wasm_emitter *e, const struct wasm_elem *elem, uint32_t table) {
    struct wasm_op op;
    ASSERT(plain_offset(elem->offset, &op));
    for (uint32_t from = 0, to; (to = next_run(elem, &from)) > from; from = to) {
        buf_uleb(e->out, table ? 2 : 0);
        if (table)
            buf_uleb(e->out, table);
        buf_byte(e->out, (uint8_t)op.code);
        buf_sleb(e->out,
                 op.code == WASM_OP_I32_CONST ? (int32_t)((uint32_t)op.value + from) : op.value + from);
        buf_byte(e->out, WASM_OP_END);
        if (table)
            buf_byte(e->out, 0);
        if (!put_funcs(e, elem, from, to))
            return false;
    }
    return true;
}

/* A declared segment only lists functions that ref.func may name: the live ones. */
static bool put_declared(struct wasm_emitter *e, const struct wasm_elem *elem) {
    uint32_t count = 0;
    const struct wasm_space *funcs = &e->map.kind[WASM_FUNC];
    for (int pass = 0; pass < 2; pass++) {
        if (pass) {
            buf_bytes(e->out, "\3\0", 2);
            buf_uleb(e->out, count);
        }
        for (uint32_t i = 0; i < elem->count; i++) {
            uint32_t id = wasm_elem_func(elem, i);
            uint32_t index =
                id == WASM_NONE ? WASM_NONE : wasm_space_index(funcs, wasm_func_resolve(e->m, id));
            count += !pass && index != WASM_NONE;
            if (pass && index != WASM_NONE)
                buf_uleb(e->out, index);
        }
    }
    return true;
}

static bool put_elem(struct wasm_emitter *e, const struct wasm_elem *elem) {
    bool active = elem->mode == WASM_ACTIVE;
    uint32_t table = active ? wasm_space_index(&e->map.kind[WASM_TABLE], elem->table) : 0;
    if (table == WASM_NONE)
        return diag_fail(e->diag, "an element segment is for table %u, which was removed", elem->table);
    if (elem->mode == WASM_DECLARED)
        return put_declared(e, elem);
    if (is_cut(elem))
        return put_pieces(e, elem, table);
    bool by_expr = elem->exprs || has_null(elem);
    bool explicit_table = active && (table || (by_expr && elem->reftype != WASM_FUNCREF));
    buf_uleb(e->out, (active ? 0u : 1u) | (explicit_table ? 2u : 0) | (by_expr ? 4u : 0));
    if (explicit_table)
        buf_uleb(e->out, table);
    if (!wasm_recode_expr(e, elem->offset))
        return false;
    if (!active || explicit_table)
        buf_byte(e->out, by_expr ? elem->reftype : 0);
    return by_expr ? put_exprs(e, elem) : put_funcs(e, elem, 0, elem->count);
}

bool wasm_emit_elems(struct wasm_emitter *e) {
    buf_uleb(e->out, e->map.elems.count);
    for (uint32_t i = 0; i < e->map.elems.len; i++)
        if (e->map.elems.index[i] != WASM_NONE && !put_elem(e, &e->m->elems.items[i]))
            return false;
    return true;
}

bool wasm_emit_datas(struct wasm_emitter *e) {
    buf_uleb(e->out, e->map.datas.count);
    for (uint32_t i = 0; i < e->map.datas.count; i++) {
        const struct wasm_data *data = &e->m->datas.items[e->map.datas.order[i]];
        bool active = data->mode == WASM_ACTIVE;
        uint32_t memory = active ? wasm_space_index(&e->map.kind[WASM_MEMORY], data->memory) : 0;
        if (memory == WASM_NONE)
            return diag_fail(e->diag, "a data segment is for memory %u, which was removed", data->memory);
        buf_uleb(e->out, !active ? 1 : memory ? 2 : 0);
        if (memory)
            buf_uleb(e->out, memory);
        if (active && !wasm_recode_expr(e, data->offset))
            return false;
        buf_uleb(e->out, data->bytes.len);
        wasm_put_bytes(e, data->bytes);
    }
    return true;
}
