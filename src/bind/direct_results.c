/* Results: arrays of instances that arrive as addresses (direct.h). The module makes a value of each instance
 * by an import, and would do so elsewhere as well; an address may take the value's place only where it is
 * sure to become an element of such a result. That is so in a function that has one way to the import, and
 * that is called by nothing but exports, or for them, that return such an array and have no other way: they
 * need one. */
#include "bind/direct.h"
#include "wasm/lookup.h"

enum { MAX_DEPTH = 8 };

/* The functions from which the import is reached are those that `shared` has found. */
struct region {
    struct direct *shared;
    const struct bind_class *class;
    uint32_t wrap;        /* the import */
    uint32_t *ways;       /* by id: calls into the region, or of the import */
    bool *taken;          /* by id: in a table, or the start function */
    uint32_t *gives;      /* by id: exports that return such an array */
    uint32_t *exported;   /* by id: exports of the module */
    VEC(uint32_t) givers; /* those found from the function that is looked at */
};

static const struct wasm_module *module_of(const struct region *r) {
    return r->shared->cx->m;
}

static void count_ways(struct region *r, uint32_t func) {
    const struct wasm_call_graph *calls = r->shared->calls;
    for (uint32_t at = calls->first[func]; at < calls->first[func + 1]; at++)
        r->ways[calls->callers[at]]++;
    direct_add_callers(r->shared, func);
}

/* False if there are too many. */
static bool find_region(struct region *r) {
    size_t i = 0;
    count_ways(r, r->wrap);
    for (; i < r->shared->found.len && i < DIRECT_MAX_FOUND; i++)
        count_ways(r, r->shared->found.items[i]);
    return i == r->shared->found.len;
}

static void leave_region(struct region *r) {
    for (vec_each(const uint32_t, func, &r->shared->found))
        r->ways[*func] = 0;
    direct_forget(r->shared);
}

/* Adds `by` to the number of exports that return arrays of the class, for each. */
static void count_givers(struct region *r, int by) {
    for (vec_each(struct bind_export, e, &r->shared->cx->b->exports))
        if (direct_class(e->sig.result.type) == r->class)
            r->gives[wasm_func_resolve(module_of(r), e->func)] += (uint32_t)by;
}

/* Whether the function has one way to the import, and all that goes through it ends in such a result. */
static bool only_gives(struct region *r, uint32_t func, unsigned depth) {
    const struct wasm_call_graph *calls = r->shared->calls;
    uint32_t first = calls->first[func], end = calls->first[func + 1];
    if (r->ways[func] != 1 || r->taken[func] || depth > MAX_DEPTH || r->exported[func] != r->gives[func])
        return false;
    if (r->gives[func]) {
        vec_push(r->shared->cx->arena, &r->givers, func);
        return first == end;
    }
    bool only = first < end;
    for (uint32_t at = first; only && at < end; at++)
        only = only_gives(r, calls->callers[at], depth + 1);
    return only;
}

static void make_direct(struct region *r, uint32_t maker) {
    struct bind_context *cx = r->shared->cx;
    vec_push(cx->arena, &cx->b->edits.taggings, (struct bind_tagging){maker, r->wrap});
    for (vec_each(const uint32_t, giver, &r->givers))
        for (vec_each(struct bind_export, e, &cx->b->exports))
            if (wasm_func_resolve(cx->m, e->func) == *giver)
                direct_make(r->shared, &e->sig.result);
}

static void look_for_makers(struct region *r) {
    const struct wasm_call_graph *calls = r->shared->calls;
    bool small = find_region(r);
    for (uint32_t at = calls->first[r->wrap]; small && at < calls->first[r->wrap + 1]; at++) {
        r->givers.len = 0;
        if (only_gives(r, calls->callers[at], 0))
            make_direct(r, calls->callers[at]);
    }
    leave_region(r);
}

static void mark_uses(struct region *r) {
    const struct wasm_module *m = module_of(r);
    for (vec_each(const struct wasm_elem, elem, &m->elems))
        for (uint32_t i = 0; i < elem->count; i++) {
            uint32_t func = wasm_elem_func(elem, i);
            if (func != WASM_NONE)
                r->taken[wasm_func_resolve(m, func)] = true;
        }
    for (vec_each(const struct wasm_export, e, &m->exports))
        if (e->kind == WASM_FUNC)
            r->exported[wasm_func_resolve(m, e->id)]++;
    if (m->start != WASM_NONE)
        r->taken[wasm_func_resolve(m, m->start)] = true;
}

static bool has_givers(const struct direct *d, const struct bind_class *class) {
    for (vec_each(struct bind_export, e, &d->cx->b->exports))
        if (direct_class(e->sig.result.type) == class)
            return true;
    return false;
}

static bool begin(struct direct *d, struct region *r) {
    size_t n = d->cx->m->funcs.len;
    struct arena *arena = d->cx->arena;
    if (r->shared)
        return true;
    if (!direct_calls(d))
        return false;
    *r = (struct region){.shared = d,
                         .ways = ARENA_ARRAY(arena, n, uint32_t),
                         .taken = ARENA_ARRAY(arena, n, bool),
                         .gives = ARENA_ARRAY(arena, n, uint32_t),
                         .exported = ARENA_ARRAY(arena, n, uint32_t)};
    mark_uses(r);
    return true;
}

bool direct_results(struct direct *d) {
    struct region r = {0};
    for (vec_each(struct bind_import, i, &d->cx->b->imports)) {
        if (i->kind != BIND_IMPORT_WRAP || i->unsupported.len || !has_givers(d, i->class) ||
            !direct_is_certain(d, i->class))
            continue;
        if (!begin(d, &r))
            return false;
        r.class = i->class;
        r.wrap = wasm_func_resolve(d->cx->m, i->func);
        count_givers(&r, 1);
        look_for_makers(&r);
        count_givers(&r, -1);
    }
    return true;
}
