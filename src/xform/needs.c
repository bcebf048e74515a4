#include "wasm/gc.h"
#include "wasm/lookup.h"
#include "xform/steps.h"

/* Something the glue may need, and where the surface says how it is reached. */
struct run_time {
    bool needed;
    enum wasm_kind kind;
    uint32_t id;
    Str name, *out;
};

enum {
    RUN_TIME_COUNT = 0
#define RUNTIME(...) +1
#include "bind/runtime.def"
#undef RUNTIME
};

static void list_run_time(struct xform *x, const struct bind_needs *n, struct run_time list[RUN_TIME_COUNT]) {
    const struct bind_runtime *r = x->runtime;
    struct surface *s = x->surface;
    const struct run_time all[RUN_TIME_COUNT] = {
#define RUNTIME(field, kind, name, ...) {n->field, kind, r->field, STR(name), &s->field},
#include "bind/runtime.def"
#undef RUNTIME
    };
    memcpy(list, all, sizeof all);
}

static bool fail_missing(struct xform *x, const struct run_time *item) {
    if (item->out == &x->surface->frame)
        return diag_fail(x->diag,
                         "a function returns through memory, but the module's stack pointer was not found "
                         "(a mutable global, usually named `__stack_pointer`)");
    return diag_fail(x->diag, "the glue needs `%.*s`, which the module lacks", STR_ARG(item->name));
}

/* Exports what is needed. *grew: something is exported that was not live. */
static bool add_exports(struct xform *x, const struct bind_needs *needs, bool *grew) {
    struct run_time list[RUN_TIME_COUNT];
    list_run_time(x, needs, list);
    for (size_t i = 0; i < RUN_TIME_COUNT; i++) {
        const struct run_time *item = &list[i];
        if (!item->needed || item->out->len > 0)
            continue;
        if (item->id == WASM_NONE)
            return fail_missing(x, item);
        *item->out = xform_export(x, item->name, item->kind, item->id);
        *grew |= !x->m->live[item->kind] || !wasm_is_live(x->m, item->kind, item->id);
    }
    return true;
}

static void needs_of_exports(const struct xform *x, struct bind_needs *needs) {
    for (vec_each(struct bind_export, e, &x->b->exports))
        bind_needs_export(needs, x->b, e);
}

static void mark_callbacks(const struct bind_signature *sig) {
    for (size_t i = 0; i < sig->nparams; i++) {
        const struct bind_type *type = sig->params[i].value.type;
        if (type->kind != BIND_CALLBACK)
            continue;
        type->callback->live = true;
        if (type->destroy)
            type->destroy->live = true;
    }
}

/* Marks the imports that nothing calls, and adds what the others and their callbacks need. */
static void needs_of_imports(struct xform *x, struct bind_needs *needs) {
    for (vec_each(struct bind_import, i, &x->b->imports)) {
        i->dead = x->m->funcs.items[i->func].def != WASM_IMPORTED || !wasm_is_live(x->m, WASM_FUNC, i->func);
        if (i->dead || i->unsupported.len > 0)
            continue;
        bind_needs_import(needs, x->b, i);
        mark_callbacks(&i->sig);
        needs->table |= i->kind == BIND_IMPORT_INIT_TABLE;
    }
    for (vec_each(struct bind_callback *, callback, &x->b->callbacks))
        if ((*callback)->live)
            bind_needs_export(needs, x->b, &(*callback)->target);
}

static void export_function(struct xform *x, const char *wanted, uint32_t func, Str *name, bool *grew) {
    if (name->len)
        return;
    *name = xform_export(x, str_from(wanted), WASM_FUNC, func);
    *grew |= !wasm_is_live(x->m, WASM_FUNC, func);
}

/* The functions behind callbacks that live imports take. */
static void export_callbacks(struct xform *x, bool *grew) {
    for (vec_each(struct bind_callback *, callback, &x->b->callbacks))
        if ((*callback)->live)
            export_function(x, "__callback", (*callback)->target.func, &(*callback)->target.wasm_name, grew);
    for (vec_each(struct bind_function *, function, &x->b->functions))
        if ((*function)->live)
            export_function(x, "__destroy", (*function)->func, &(*function)->wasm_name, grew);
}

/* An import that no binding knows would keep the module from being instantiated. */
static bool check_bound(struct xform *x) {
    bool *bound = ARENA_ARRAY(x->arena, x->m->funcs.len, bool);
    for (vec_each(struct bind_import, i, &x->b->imports))
        bound[i->func] = true;
    for (uint32_t f = 0; f < x->m->funcs.len; f++) {
        const struct wasm_func *func = &x->m->funcs.items[f];
        if (func->def == WASM_IMPORTED && !bound[f] && wasm_is_live(x->m, WASM_FUNC, f) &&
            str_eq(func->import->module, x->surface->import_module))
            return diag_fail(x->diag, "the module imports `%.*s` from `%.*s`, but nothing describes it",
                             STR_ARG(func->import->name), STR_ARG(x->b->glue_module));
    }
    return true;
}

/* Exports make functions live, these may make imports live, and imports need exports: until nothing is added.
 * One or two walks over the code as a rule, since what exports need is known before the first. */
bool xform_liveness(struct xform *x) {
    struct bind_needs needs = {0};
    bool grew = true;
    needs_of_exports(x, &needs);
    if (!add_exports(x, &needs, &grew))
        return false;
    while (grew) {
        grew = false;
        if (!wasm_gc(x->m, NULL, 0, x->diag))
            return false;
        needs_of_imports(x, &needs);
        if (!bind_check_live(x->b, x->diag) || !add_exports(x, &needs, &grew))
            return false;
        export_callbacks(x, &grew);
    }
    return check_bound(x);
}
