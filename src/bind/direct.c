#include "bind/direct.h"

#include "bind/classes.h"

bool direct_calls(struct direct *d) {
    if (!d->calls) {
        d->calls = wasm_call_graph((struct wasm_module *)d->cx->m, d->cx->diag);
        d->seen = ARENA_ARRAY(d->cx->arena, d->cx->m->funcs.len, bool);
    }
    return d->calls;
}

void direct_add_callers(struct direct *d, uint32_t func) {
    for (uint32_t at = d->calls->first[func]; at < d->calls->first[func + 1]; at++) {
        uint32_t caller = d->calls->callers[at];
        if (d->seen[caller])
            continue;
        d->seen[caller] = true;
        vec_push(d->cx->arena, &d->found, caller);
    }
}

void direct_forget(struct direct *d) {
    for (vec_each(const uint32_t, func, &d->found))
        d->seen[*func] = false;
    d->found.len = 0;
}

const struct bind_class *direct_class(const struct bind_type *type) {
    return type->kind == BIND_ARRAY && !type->cells && type->access == BIND_OWNED ? type->element->class
                                                                                  : NULL;
}

static void mark_name(const struct direct *d, const struct bind_type *type, bool *ambiguous) {
    if (type->kind != BIND_VALUE || !type->ts.len)
        return;
    const struct bind_class *class = bind_class_find(d->cx, (Str){0}, type->ts);
    if (class)
        ambiguous[class->index] = true;
}

static void mark_names(const struct direct *d, const struct bind_signature *sig, bool *ambiguous) {
    mark_name(d, sig->result.type, ambiguous);
    for (size_t i = 0; i < sig->nparams; i++)
        mark_name(d, sig->params[i].value.type, ambiguous);
}

bool direct_is_certain(struct direct *d, const struct bind_class *class) {
    const struct bindings *b = d->cx->b;
    if (d->cx->release >= 128)
        return true;
    if (!d->ambiguous) {
        bool *ambiguous = ARENA_ARRAY(d->cx->arena, b->classes.len, bool);
        for (vec_each(struct bind_export, e, &b->exports))
            mark_names(d, &e->sig, ambiguous);
        for (vec_each(struct bind_import, i, &b->imports))
            if (!i->unsupported.len)
                mark_names(d, &i->sig, ambiguous);
        for (vec_each(struct bind_callback *, c, &b->callbacks))
            mark_names(d, &(*c)->target.sig, ambiguous);
        d->ambiguous = ambiguous;
    }
    return !d->ambiguous[class->index];
}

void direct_make(const struct direct *d, struct bind_value *value) {
    struct bind_type *type = ARENA_NEW(d->cx->arena, struct bind_type);
    struct bind_type *element = ARENA_NEW(d->cx->arena, struct bind_type);
    *element = (struct bind_type){.kind = BIND_OBJECT, .class = value->type->element->class};
    *type = *value->type;
    type->element = element;
    type->direct = true;
    value->type = type;
}

/* Whether the function calls the import, or one that does. */
static bool reaches(struct direct *d, uint32_t func, uint32_t import) {
    if (!d->found.len) {
        direct_add_callers(d, wasm_func_resolve(d->cx->m, import));
        for (size_t i = 0; i < d->found.len && i < DIRECT_MAX_FOUND; i++)
            direct_add_callers(d, d->found.items[i]);
    }
    return d->seen[wasm_func_resolve(d->cx->m, func)];
}

/* From 0.2.128 on the descriptor says whether the elements are instances. Before, it names a type; that of
 * the class if the function takes instances out of their objects, and no other type has that name. `func`:
 * takes the array; WASM_NONE if that is not known. */
static bool direct_value(struct direct *d, struct bind_value *value, uint32_t func,
                         struct bind_import *unwrap) {
    if (direct_class(value->type) != unwrap->class)
        return true;
    if (value->type->element->kind != BIND_OBJECT) {
        if (func == WASM_NONE || !direct_is_certain(d, unwrap->class))
            return true;
        if (!direct_calls(d))
            return false;
        if (!reaches(d, func, unwrap->func))
            return true;
    }
    direct_make(d, value);
    unwrap->takes_direct = true;
    return true;
}

static bool direct_params(struct direct *d, struct bind_signature *sig, uint32_t func,
                          struct bind_import *unwrap) {
    for (size_t i = 0; i < sig->nparams; i++)
        if (!direct_value(d, &sig->params[i].value, func, unwrap))
            return false;
    return true;
}

/* All arguments that the import takes apart. */
static bool direct_arguments(struct direct *d, struct bind_import *unwrap) {
    struct bindings *b = d->cx->b;
    for (vec_each(struct bind_export, e, &b->exports))
        if (!direct_params(d, &e->sig, e->func, unwrap))
            return false;
    for (vec_each(struct bind_callback *, c, &b->callbacks))
        if (!direct_params(d, &(*c)->target.sig, (*c)->target.func, unwrap))
            return false;
    for (vec_each(struct bind_import, i, &b->imports))
        if (!i->unsupported.len && !direct_value(d, &i->sig.result, WASM_NONE, unwrap))
            return false;
    direct_forget(d);
    return true;
}

bool bind_direct(struct bind_context *cx) {
    struct direct d = {.cx = cx};
    for (vec_each(struct bind_import, i, &cx->b->imports))
        if (i->kind == BIND_IMPORT_UNWRAP && !i->unsupported.len && !direct_arguments(&d, i))
            return false;
    return direct_results(&d);
}
