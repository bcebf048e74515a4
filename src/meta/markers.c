#include "meta/markers.h"

#include "wasm/scan.h"

/* Function ids that mean the import. Each is searched for by itself while they are few. */
struct ids {
    VEC(uint32_t) items;
    bool *has; /* by function id */
};

enum { FEW = 4 };

/* Function ids that mean the import. */
static struct ids find_ids(struct wasm_module *m, Str module, Str name) {
    struct ids ids = {.has = ARENA_ARRAY(m->arena, m->funcs.len, bool)};
    for (uint32_t i = 0; i < m->funcs.len; i++) {
        if (m->funcs.items[i].def == WASM_DEFINED)
            continue;
        const struct wasm_func *f = &m->funcs.items[wasm_func_resolve(m, i)];
        if (f->def != WASM_IMPORTED || !str_eq(f->import->name, name) || !str_eq(f->import->module, module))
            continue;
        vec_push(m->arena, &ids.items, i);
        ids.has[i] = true;
    }
    return ids;
}

/* The LEB128 number at p, of any width; UINT64_MAX if it does not end. */
static uint64_t number_at(const uint8_t *p, const uint8_t *end) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 35 && p < end; shift += 7) {
        value |= (uint64_t)(*p & 0x7F) << shift;
        if (!(*p++ & 0x80))
            return value;
    }
    return UINT64_MAX;
}

static bool is_call(uint8_t byte) {
    return byte == WASM_OP_CALL || byte == WASM_OP_RETURN_CALL;
}

/* Searches the opcode of a call followed by the id, whose first byte is `first`. */
static bool has_call(Str code, uint8_t first, uint32_t id) {
    const uint8_t *start = (const uint8_t *)code.ptr, *end = start + code.len, *p = start;
    while (p < end && (p = memchr(p, first, (size_t)(end - p)))) {
        if (p > start && is_call(p[-1]) && number_at(p, end) == id)
            return true;
        p++;
    }
    return false;
}

/* Searches any call of one of them, of `len` functions. */
static bool has_any_call(Str code, const struct ids *ids, size_t len) {
    const uint8_t *p = (const uint8_t *)code.ptr, *end = p + code.len;
    for (; p < end; p++) {
        if (!is_call(*p))
            continue;
        uint64_t id = number_at(p + 1, end);
        if (id < len && ids->has[id])
            return true;
    }
    return false;
}

/* May say yes where the bytes mean something else, never no where there is a call. */
static bool may_call(Str code, const struct ids *ids, size_t nfuncs) {
    if (ids->items.len > FEW)
        return has_any_call(code, ids, nfuncs);
    for (vec_each(const uint32_t, id, &ids->items)) {
        uint8_t low = (uint8_t)(*id & 0x7F);
        if (has_call(code, low | 0x80, *id) || (*id < 0x80 && has_call(code, low, *id)))
            return true;
    }
    return false;
}

/* Number of calls in a body; false if it is malformed. */
static bool count_calls(const struct wasm_module *m, uint32_t func, const struct ids *ids,
                        struct buf *scratch, size_t *count, struct diag *diag) {
    struct wasm_scanned scanned;
    struct wasm_op op;
    *count = 0;
    if (!wasm_scan_body(m, func, false, scratch, &scanned, diag))
        return false;
    struct wasm_cursor cursor = {.code = scanned.code};
    for (uint32_t i = 0; i < scanned.scan.count; i++) {
        enum wasm_record kind = wasm_record_kind(scanned.scan.records[i]);
        cursor.at = wasm_record_at(scanned.scan.records[i]);
        if ((kind == WASM_RECORD_CALL || kind == WASM_RECORD_GENERIC) && wasm_next(&cursor, &op) &&
            is_call((uint8_t)op.code) && op.code <= UINT8_MAX && op.a < m->funcs.len && ids->has[op.a])
            ++*count;
    }
    return true;
}

static bool find_callers(struct wasm_module *m, const struct ids *ids, Str name, struct buf *scratch,
                         struct meta_callers *out, struct diag *diag) {
    for (uint32_t i = 0; ids->items.len && i < m->funcs.len; i++) {
        const struct wasm_func *f = &m->funcs.items[i];
        size_t count;
        if (f->def != WASM_DEFINED || !may_call(f->body, ids, m->funcs.len))
            continue;
        if (!count_calls(m, i, ids, scratch, &count, diag))
            return false;
        if (count > 1)
            return diag_fail(diag, "function %u%s%.*s calls `%.*s` more than once", i, f->name.len ? " " : "",
                             STR_ARG(f->name), STR_ARG(name));
        if (count == 1)
            vec_push(m->arena, &out->funcs, i);
    }
    return true;
}

bool meta_find_callers(struct wasm_module *m, Str module, Str name, struct meta_callers *out,
                       struct diag *diag) {
    struct ids ids = find_ids(m, module, name);
    struct buf scratch = {0};
    *out = (struct meta_callers){{0}};
    bool ok = find_callers(m, &ids, name, &scratch, out, diag);
    buf_free(&scratch);
    return ok;
}
