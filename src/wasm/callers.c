#include "wasm/callers.h"

#include "wasm/scan.h"

/* Functions that are looked for. Each is searched for by itself while they are few. */
struct search {
    const uint32_t *ids;
    size_t nids;
    bool *has; /* by function id */
    struct buf scratch;
};

enum { FEW = 4 };

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

static bool is_call(uint32_t opcode) {
    return opcode == WASM_OP_CALL || opcode == WASM_OP_RETURN_CALL;
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
static bool has_any_call(Str code, const struct search *s, size_t len) {
    const uint8_t *p = (const uint8_t *)code.ptr, *end = p + code.len;
    for (; p < end; p++) {
        if (!is_call(*p))
            continue;
        uint64_t id = number_at(p + 1, end);
        if (id < len && s->has[id])
            return true;
    }
    return false;
}

/* May say yes where the bytes mean something else, never no where there is a call. */
static bool may_call(Str code, const struct search *s, size_t nfuncs) {
    if (s->nids > FEW)
        return has_any_call(code, s, nfuncs);
    for (size_t i = 0; i < s->nids; i++) {
        uint32_t id = s->ids[i];
        uint8_t low = (uint8_t)(id & 0x7F);
        if (has_call(code, low | 0x80, id) || (id < 0x80 && has_call(code, low, id)))
            return true;
    }
    return false;
}

/* Number of calls in a body; false if it is malformed. */
static bool count_calls(const struct wasm_module *m, uint32_t func, struct search *s, uint32_t *count,
                        struct diag *diag) {
    struct wasm_scanned scanned;
    struct wasm_op op;
    *count = 0;
    if (!wasm_scan_body(m, func, false, &s->scratch, &scanned, diag))
        return false;
    struct wasm_cursor cursor = {.code = scanned.code};
    for (uint32_t i = 0; i < scanned.scan.count; i++) {
        enum wasm_record kind = wasm_record_kind(scanned.scan.records[i]);
        cursor.at = wasm_record_at(scanned.scan.records[i]);
        if ((kind == WASM_RECORD_CALL || kind == WASM_RECORD_GENERIC) && wasm_next(&cursor, &op) &&
            is_call(op.code) && op.a < m->funcs.len && s->has[op.a])
            ++*count;
    }
    return true;
}

static bool find(struct wasm_module *m, struct search *s, struct wasm_callers *out, struct diag *diag) {
    for (uint32_t f = 0; s->nids && f < m->funcs.len; f++) {
        struct wasm_caller caller = {.func = f};
        if (m->funcs.items[f].def != WASM_DEFINED || !may_call(m->funcs.items[f].body, s, m->funcs.len))
            continue;
        if (!count_calls(m, f, s, &caller.calls, diag))
            return false;
        if (caller.calls)
            vec_push(m->arena, &out->items, caller);
    }
    return true;
}

bool wasm_find_callers(struct wasm_module *m, const uint32_t *ids, size_t nids, struct wasm_callers *out,
                       struct diag *diag) {
    struct search s = {ids, nids, ARENA_ARRAY(m->arena, m->funcs.len, bool), {0}};
    *out = (struct wasm_callers){{0}};
    for (size_t i = 0; i < nids; i++)
        s.has[ids[i]] = true;
    bool ok = find(m, &s, out, diag);
    buf_free(&s.scratch);
    return ok;
}

struct call {
    uint32_t caller, callee;
};

/* Calls as they are found. */
struct gathering {
    struct wasm_module *m;
    VEC(struct call) calls;
    uint32_t next; /* function to be scanned */
};

static bool next_body(void *context, uint32_t *func) {
    struct gathering *g = context;
    while (g->next < g->m->funcs.len) {
        *func = g->next++;
        if (g->m->funcs.items[*func].def == WASM_DEFINED)
            return true;
    }
    return false;
}

static bool gather_calls(void *context, uint32_t func) {
    struct gathering *g = context;
    const struct wasm_scanned *scanned = wasm_scan_find(g->m, func);
    struct wasm_cursor cursor = {.code = scanned->code};
    struct wasm_op op;
    for (uint32_t i = 0; i < scanned->scan.count; i++) {
        enum wasm_record kind = wasm_record_kind(scanned->scan.records[i]);
        cursor.at = wasm_record_at(scanned->scan.records[i]);
        if ((kind == WASM_RECORD_CALL || kind == WASM_RECORD_GENERIC) && wasm_next(&cursor, &op) &&
            is_call(op.code) && op.a < g->m->funcs.len)
            vec_push(g->m->arena, &g->calls, (struct call){func, wasm_func_resolve(g->m, op.a)});
    }
    return true;
}

/* Sorted by the called function, by counting. */
static const struct wasm_call_graph *sort_calls(const struct gathering *g) {
    size_t n = g->m->funcs.len;
    struct wasm_call_graph *graph = ARENA_NEW(g->m->arena, struct wasm_call_graph);
    uint32_t *first = ARENA_ARRAY(g->m->arena, n + 2, uint32_t);
    uint32_t *callers = ARENA_ARRAY(g->m->arena, g->calls.len + 1, uint32_t);
    for (vec_each(const struct call, call, &g->calls))
        first[call->callee + 2]++;
    for (size_t i = 2; i < n + 2; i++)
        first[i] += first[i - 1];
    for (vec_each(const struct call, call, &g->calls))
        callers[first[call->callee + 1]++] = call->caller;
    *graph = (struct wasm_call_graph){callers, first};
    return graph;
}

const struct wasm_call_graph *wasm_call_graph(struct wasm_module *m, struct diag *diag) {
    struct gathering g = {.m = m};
    struct wasm_scan_feed feed = {next_body, gather_calls, &g};
    return wasm_scan_bodies(m, &feed, diag) ? sort_calls(&g) : NULL;
}
