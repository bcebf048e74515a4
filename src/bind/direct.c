#include "bind/direct.h"

#include "bind/classes.h"
#include "wasm/scan.h"

/* The array's class if its elements may be instances. */
static const struct bind_class *class_of(const struct bind_type *type) {
    return type->kind == BIND_ARRAY && !type->cells ? type->element->class : NULL;
}

static struct bind_import *find_unwrap(const struct bind_context *cx, const struct bind_class *class) {
    for (vec_each(struct bind_import, i, &cx->b->imports))
        if (i->kind == BIND_IMPORT_UNWRAP && i->class == class && !i->unsupported.len)
            return i;
    return NULL;
}

/* A search through the functions that call each other directly. */
struct search {
    const struct bind_context *cx;
    VEC(uint32_t) found;
    bool *seen; /* by function id */
    uint32_t wanted;
    bool ok;
};

enum { SEARCHED = 1000 }; /* functions at most; what is looked for is a few calls away */

static void add_function(struct search *s, uint32_t func) {
    func = wasm_func_resolve(s->cx->m, func);
    if (s->seen[func])
        return;
    s->seen[func] = true;
    vec_push(s->cx->arena, &s->found, func);
}

static void add_callees(struct search *s, uint32_t func, struct buf *scratch) {
    struct wasm_scanned scanned;
    struct wasm_op op;
    if (!wasm_scan_body(s->cx->m, func, false, scratch, &scanned, s->cx->diag)) {
        s->ok = false;
        return;
    }
    struct wasm_cursor cursor = {.code = scanned.code};
    for (uint32_t i = 0; i < scanned.scan.count; i++) {
        cursor.at = wasm_record_at(scanned.scan.records[i]);
        if (wasm_record_kind(scanned.scan.records[i]) == WASM_RECORD_CALL && wasm_next(&cursor, &op) &&
            op.a < s->cx->m->funcs.len)
            add_function(s, op.a);
    }
}

/* Whether the function, or one that it calls, calls `wanted`. Nearest first. */
static bool reaches(const struct bind_context *cx, uint32_t func, uint32_t wanted, bool *ok) {
    struct search s = {.cx = cx, .ok = true, .seen = ARENA_ARRAY(cx->arena, cx->m->funcs.len, bool)};
    struct buf scratch = {0};
    wanted = wasm_func_resolve(cx->m, wanted);
    add_function(&s, func);
    for (size_t i = 0; s.ok && i < s.found.len && i < SEARCHED && !s.seen[wanted]; i++)
        if (cx->m->funcs.items[s.found.items[i]].def == WASM_DEFINED)
            add_callees(&s, s.found.items[i], &scratch);
    buf_free(&scratch);
    *ok = *ok && s.ok;
    return s.seen[wanted];
}

static bool names_class(const struct bind_context *cx, const struct bind_value *value,
                        const struct bind_class *class) {
    const struct bind_type *type = value->type;
    return type->kind == BIND_VALUE && type->ts.len && bind_class_find(cx, (Str){0}, type->ts) == class;
}

static bool signature_names(const struct bind_context *cx, const struct bind_signature *sig,
                            const struct bind_class *class) {
    bool names = names_class(cx, &sig->result, class);
    for (size_t i = 0; i < sig->nparams; i++)
        names = names || names_class(cx, &sig->params[i].value, class);
    return names;
}

bool bind_is_ambiguous(const struct bind_context *cx, const struct bind_class *class) {
    bool found = false;
    for (vec_each(struct bind_export, e, &cx->b->exports))
        found = found || signature_names(cx, &e->sig, class);
    for (vec_each(struct bind_import, i, &cx->b->imports))
        found = found || signature_names(cx, &i->sig, class);
    for (vec_each(struct bind_callback *, c, &cx->b->callbacks))
        found = found || signature_names(cx, &(*c)->target.sig, class);
    return found;
}

/* From 0.2.128 on the descriptor says whether the elements are instances. Before, it names a type; that of
 * the class if the function takes instances out of their objects, and no other type has that name. */
static bool is_proven(const struct bind_context *cx, const struct bind_type *array, uint32_t func,
                      const struct bind_import *unwrap, bool *ok) {
    if (array->element->kind == BIND_OBJECT)
        return true;
    return func != WASM_NONE && !bind_is_ambiguous(cx, unwrap->class) && reaches(cx, func, unwrap->func, ok);
}

void bind_make_direct(const struct bind_context *cx, struct bind_value *value,
                      const struct bind_class *class) {
    struct bind_type *type = ARENA_NEW(cx->arena, struct bind_type);
    struct bind_type *element = ARENA_NEW(cx->arena, struct bind_type);
    *element = (struct bind_type){.kind = BIND_OBJECT, .class = class};
    *type = *value->type;
    type->element = element;
    type->direct = true;
    value->type = type;
}

static bool direct_value(const struct bind_context *cx, struct bind_value *value, uint32_t func) {
    const struct bind_class *class = class_of(value->type);
    struct bind_import *unwrap = class && value->incoming ? find_unwrap(cx, class) : NULL;
    bool ok = true;
    if (!unwrap || !is_proven(cx, value->type, func, unwrap, &ok))
        return ok;
    bind_make_direct(cx, value, class);
    unwrap->takes_direct = true;
    return true;
}

static bool direct_params(const struct bind_context *cx, struct bind_signature *sig, uint32_t func) {
    for (size_t i = 0; i < sig->nparams; i++)
        if (!direct_value(cx, &sig->params[i].value, func))
            return false;
    return true;
}

bool bind_direct_arrays(struct bind_context *cx) {
    for (vec_each(struct bind_export, e, &cx->b->exports))
        if (!direct_params(cx, &e->sig, e->func))
            return false;
    for (vec_each(struct bind_callback *, c, &cx->b->callbacks))
        if (!direct_params(cx, &(*c)->target.sig, (*c)->target.func))
            return false;
    for (vec_each(struct bind_import, i, &cx->b->imports))
        if (!direct_value(cx, &i->sig.result, WASM_NONE))
            return false;
    return true;
}
