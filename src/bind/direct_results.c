/* Results: arrays of instances that arrive as addresses (direct.h). The module makes a value of each instance
 * by an import, and would do so elsewhere as well; an address may take the value's place only where it is
 * sure to become an element of such a result. That is so in a function that has one way to the import, and
 * that is called by nothing but exports, or for them, that return such an array and have no other way: they
 * need one. */
#include "bind/direct.h"
#include "wasm/callers.h"
#include "wasm/lookup.h"

enum { MAX_REGION = 64, MAX_DEPTH = 8 };

/* The functions from which the import is reached by direct calls. */
struct region {
    struct bind_context *cx;
    const struct bind_class *class;
    const struct bind_import *wrap;
    VEC(struct wasm_caller) funcs; /* calls: into the region, or of the import */
    bool *in;                      /* by id */
    bool *taken;                   /* by id: in a table */
    bool *gives;                   /* by id: an export that returns such an array */
    bool *exported;                /* by id: as anything else */
    VEC(uint32_t) givers;          /* those found from the function that is looked at */
};

static struct wasm_module *module_of(const struct region *r) {
    return (struct wasm_module *)r->cx->m;
}

/* All ids that mean the function. */
static bool callers_of(const struct region *r, uint32_t func, struct wasm_callers *out) {
    VEC(uint32_t) ids = {0};
    for (uint32_t i = 0; i < r->cx->m->funcs.len; i++)
        if (wasm_func_resolve(r->cx->m, i) == func)
            vec_push(r->cx->arena, &ids, i);
    return wasm_find_callers(module_of(r), ids.items, ids.len, out, r->cx->diag);
}

static bool add_callers(struct region *r, uint32_t func) {
    struct wasm_callers callers;
    if (!callers_of(r, func, &callers))
        return false;
    for (vec_each(struct wasm_caller, caller, &callers.items)) {
        if (r->in[caller->func])
            continue;
        r->in[caller->func] = true;
        vec_push(r->cx->arena, &r->funcs, (struct wasm_caller){caller->func, 0});
    }
    return true;
}

static bool count_ways(struct region *r) {
    VEC(uint32_t) ids = {0};
    struct wasm_callers callers;
    for (uint32_t i = 0; i < r->cx->m->funcs.len; i++) {
        uint32_t func = wasm_func_resolve(r->cx->m, i);
        if (r->in[func] || func == r->wrap->func)
            vec_push(r->cx->arena, &ids, i);
    }
    if (!wasm_find_callers(module_of(r), ids.items, ids.len, &callers, r->cx->diag))
        return false;
    for (vec_each(struct wasm_caller, caller, &callers.items))
        for (vec_each(struct wasm_caller, own, &r->funcs))
            if (own->func == caller->func)
                own->calls = caller->calls;
    return true;
}

/* *small: false if there are too many. */
static bool find_region(struct region *r, bool *small) {
    *small = true;
    if (!add_callers(r, wasm_func_resolve(r->cx->m, r->wrap->func)))
        return false;
    for (size_t i = 0; i < r->funcs.len; i++) {
        *small = r->funcs.len <= MAX_REGION;
        if (!*small)
            return true;
        if (!add_callers(r, r->funcs.items[i].func))
            return false;
    }
    return count_ways(r);
}

static bool is_such_array(const struct region *r, const struct bind_value *value) {
    const struct bind_type *type = value->type;
    return type->kind == BIND_ARRAY && !type->cells && type->access == BIND_OWNED &&
           type->element->class == r->class;
}

static void mark_uses(struct region *r) {
    const struct wasm_module *m = r->cx->m;
    for (vec_each(const struct wasm_elem, elem, &m->elems))
        for (uint32_t i = 0; i < elem->count; i++) {
            uint32_t func = wasm_elem_func(elem, i);
            if (func != WASM_NONE)
                r->taken[wasm_func_resolve(m, func)] = true;
        }
    for (vec_each(const struct wasm_export, e, &m->exports))
        if (e->kind == WASM_FUNC)
            r->exported[wasm_func_resolve(m, e->id)] = true;
    for (vec_each(struct bind_export, e, &r->cx->b->exports)) {
        uint32_t func = wasm_func_resolve(m, e->func);
        r->gives[func] = is_such_array(r, &e->sig.result);
    }
    for (vec_each(struct bind_export, e, &r->cx->b->exports)) /* equal functions may be one */
        if (!is_such_array(r, &e->sig.result))
            r->gives[wasm_func_resolve(m, e->func)] = false;
}

static const struct wasm_caller *find_func(const struct region *r, uint32_t func) {
    for (vec_each(const struct wasm_caller, own, &r->funcs))
        if (own->func == func)
            return own;
    return NULL;
}

/* Whether the function has one way to the import, and all that goes through it ends in such a result. */
static bool only_gives(struct region *r, uint32_t func, unsigned depth, bool *ok) {
    const struct wasm_caller *own = find_func(r, func);
    struct wasm_callers callers;
    if (!own || own->calls != 1 || r->taken[func] || func == r->cx->m->start || depth > MAX_DEPTH)
        return false;
    if (!callers_of(r, func, &callers)) {
        *ok = false;
        return false;
    }
    if (r->gives[func]) {
        vec_push(r->cx->arena, &r->givers, func);
        return callers.items.len == 0;
    }
    bool only = !r->exported[func] && callers.items.len;
    for (vec_each(struct wasm_caller, caller, &callers.items))
        only = only && only_gives(r, caller->func, depth + 1, ok);
    return only;
}

static void make_direct(struct region *r, uint32_t maker) {
    struct bind_tagging tagging = {maker, r->wrap->func};
    vec_push(r->cx->arena, &r->cx->b->edits.taggings, tagging);
    for (vec_each(uint32_t, giver, &r->givers))
        for (vec_each(struct bind_export, e, &r->cx->b->exports))
            if (wasm_func_resolve(r->cx->m, e->func) == *giver)
                bind_make_direct(r->cx, &e->sig.result, r->class);
}

static bool direct_results(struct bind_context *cx, const struct bind_import *wrap) {
    size_t n = cx->m->funcs.len;
    struct region r = {.cx = cx,
                       .class = wrap->class,
                       .wrap = wrap,
                       .in = ARENA_ARRAY(cx->arena, n, bool),
                       .taken = ARENA_ARRAY(cx->arena, n, bool),
                       .gives = ARENA_ARRAY(cx->arena, n, bool),
                       .exported = ARENA_ARRAY(cx->arena, n, bool)};
    struct wasm_callers makers;
    bool small, ok = true;
    mark_uses(&r);
    if (!find_region(&r, &small) || !callers_of(&r, wasm_func_resolve(cx->m, wrap->func), &makers))
        return false;
    for (vec_each(struct wasm_caller, maker, &makers.items)) {
        r.givers.len = 0;
        if (small && only_gives(&r, maker->func, 0, &ok))
            make_direct(&r, maker->func);
    }
    return ok;
}

static bool is_wanted(const struct bind_context *cx, const struct bind_import *wrap) {
    bool wanted = false;
    const struct region r = {.class = wrap->class};
    for (vec_each(struct bind_export, e, &cx->b->exports))
        wanted = wanted || is_such_array(&r, &e->sig.result);
    return wanted;
}

bool bind_direct_results(struct bind_context *cx) {
    for (vec_each(struct bind_import, i, &cx->b->imports))
        if (i->kind == BIND_IMPORT_WRAP && !i->unsupported.len && is_wanted(cx, i) &&
            (cx->release >= 128 || !bind_is_ambiguous(cx, i->class)) && !direct_results(cx, i))
            return false;
    return true;
}
