/* Readers of constant expressions and of the element, data and data count sections. */
#include "wasm/op.h"
#include "wasm/parse_internal.h"

static bool is_constant_op(uint32_t code) {
    switch (code) {
    case WASM_OP_I32_CONST:
    case WASM_OP_I64_CONST:
    case WASM_OP_F32_CONST:
    case WASM_OP_F64_CONST:
    case WASM_OP_V128_CONST:
    case WASM_OP_GLOBAL_GET:
    case WASM_OP_REF_NULL:
    case WASM_OP_REF_FUNC:
    case WASM_OP_I32_ADD:
    case WASM_OP_I32_SUB:
    case WASM_OP_I32_MUL:
    case WASM_OP_I64_ADD:
    case WASM_OP_I64_SUB:
    case WASM_OP_I64_MUL:
    case WASM_OP_END:
        return true;
    default:
        return false;
    }
}

Str wasm_parse_expr(struct wasm_section *s) {
    if (s->r.reason)
        return (Str){0};
    Str rest = {(const char *)s->r.p, wasm_left(&s->r)};
    struct wasm_cursor cursor = {.code = rest};
    struct wasm_op op = {.code = WASM_OP_NOP};
    while (op.code != WASM_OP_END && wasm_next(&cursor, &op)) {
        if (!is_constant_op(op.code)) {
            cursor.failed = true;
            cursor.reason = "instruction not allowed in a constant expression";
        }
    }
    if (cursor.failed || op.code != WASM_OP_END) {
        wasm_section_fail(s, cursor.failed ? cursor.reason : "constant expression without end");
        return (Str){0};
    }
    return wasm_read_bytes(&s->r, cursor.at);
}

static uint8_t read_elem_kind(struct wasm_section *s) {
    if (wasm_read_byte(&s->r) != 0)
        wasm_section_fail(s, "unknown kind of element");
    return WASM_FUNCREF;
}

static uint8_t read_elem_type(struct wasm_section *s) {
    uint8_t type = wasm_read_byte(&s->r);
    if (type != WASM_FUNCREF && type != WASM_EXTERNREF && type != WASM_EXNREF)
        wasm_section_fail(s, "unsupported reference type");
    return type;
}

static void read_elem_items(struct wasm_section *s, struct wasm_elem *elem, bool by_expr) {
    struct arena *arena = s->m->arena;
    elem->count = wasm_read_count(&s->r, by_expr ? 2 : 1, UINT32_MAX);
    if (by_expr) {
        elem->exprs = ARENA_ARRAY(arena, elem->count, Str);
        for (uint32_t i = 0; i < elem->count && !s->r.reason; i++)
            elem->exprs[i] = wasm_parse_expr(s);
        return;
    }
    elem->funcs = ARENA_ARRAY(arena, elem->count, uint32_t);
    for (uint32_t i = 0; i < elem->count && !s->r.reason; i++)
        elem->funcs[i] = wasm_read_u32(&s->r);
}

/* Specification 5.5.12: bit 0 not active, bit 1 explicit table (or declared), bit 2 expressions. */
static struct wasm_elem parse_elem(struct wasm_section *s) {
    struct wasm_elem elem = {.reftype = WASM_FUNCREF};
    uint32_t flags = wasm_read_u32(&s->r);
    if (flags > 7)
        wasm_section_fail(s, "malformed element segment");
    bool by_expr = flags & 4;
    if (flags & 1) {
        elem.mode = flags & 2 ? WASM_DECLARED : WASM_PASSIVE;
    } else {
        elem.mode = WASM_ACTIVE;
        elem.table = flags & 2 ? wasm_read_u32(&s->r) : 0;
        elem.offset = wasm_parse_expr(s);
    }
    if (flags & 3)
        elem.reftype = by_expr ? read_elem_type(s) : read_elem_kind(s);
    read_elem_items(s, &elem, by_expr);
    return elem;
}

void wasm_parse_elems(struct wasm_section *s) {
    struct wasm_module *m = s->m;
    uint32_t count = wasm_read_count(&s->r, 3, WASM_MAX_ELEMS);
    vec_reserve(m->arena, &m->elems, count);
    for (uint32_t i = 0; i < count && !s->r.reason; i++)
        vec_push(m->arena, &m->elems, parse_elem(s));
}

/* Specification 5.5.14. */
void wasm_parse_datas(struct wasm_section *s) {
    struct wasm_module *m = s->m;
    uint32_t count = wasm_read_count(&s->r, 2, WASM_MAX_DATAS);
    vec_reserve(m->arena, &m->datas, count);
    for (uint32_t i = 0; i < count && !s->r.reason; i++) {
        struct wasm_data data = {.mode = WASM_ACTIVE};
        uint32_t flags = wasm_read_u32(&s->r);
        if (flags > 2)
            wasm_section_fail(s, "malformed data segment");
        if (flags == 1)
            data.mode = WASM_PASSIVE;
        if (flags == 2)
            data.memory = wasm_read_u32(&s->r);
        if (flags != 1)
            data.offset = wasm_parse_expr(s);
        data.bytes = wasm_read_vector(&s->r);
        vec_push(m->arena, &m->datas, data);
    }
}

void wasm_parse_data_count(struct wasm_section *s) {
    s->m->has_data_count = true;
    s->data_count = wasm_read_u32(&s->r);
}
