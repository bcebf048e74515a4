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

enum { MAX_RUN_TIME = 11 };

static uint32_t memory_id(const struct xform *x) {
    return x->m->memories.len > 0 ? 0 : WASM_NONE;
}

static void list_run_time(struct xform *x, const struct bind_needs *n, struct run_time list[MAX_RUN_TIME]) {
    const struct bind_runtime *r = &x->b->runtime;
    struct surface *s = x->surface;
    const struct run_time all[MAX_RUN_TIME] = {
        {n->memory, WASM_MEMORY, memory_id(x), STR("memory"), &s->memory},
        {n->malloc, WASM_FUNC, r->malloc, STR("__wbindgen_malloc"), &s->malloc},
        {n->realloc, WASM_FUNC, r->realloc, STR("__wbindgen_realloc"), &s->realloc},
        {n->free, WASM_FUNC, r->free, STR("__wbindgen_free"), &s->free},
        {n->exn_store, WASM_FUNC, r->exn_store, STR("__wbindgen_exn_store"), &s->exn_store},
        {n->table, WASM_TABLE, x->table, STR("__wbindgen_externrefs"), &s->table},
        {n->table_alloc, WASM_FUNC, r->table_alloc, STR("__externref_table_alloc"), &s->table_alloc},
        {n->table_dealloc, WASM_FUNC, r->table_dealloc, STR("__externref_table_dealloc"), &s->table_dealloc},
        {n->drop_slice, WASM_FUNC, r->drop_slice, STR("__externref_drop_slice"), &s->drop_slice},
        {n->frame, WASM_FUNC, x->frame, STR("__wbindgen_add_to_stack_pointer"), &s->add_to_stack_pointer},
        {n->function_table, WASM_TABLE, n->function_table ? wasm_function_table(x->m) : WASM_NONE,
         STR("__indirect_function_table"), &s->function_table},
    };
    memcpy(list, all, sizeof all);
}

static bool fail_missing(struct xform *x, const struct run_time *item) {
    if (str_eq(item->name, STR("__wbindgen_add_to_stack_pointer")))
        return diag_fail(x->diag,
                         "a function returns through memory, but the module's stack pointer was not found "
                         "(a mutable global, usually named `__stack_pointer`)");
    return diag_fail(x->diag, "the glue needs `%.*s`, which the module lacks", STR_ARG(item->name));
}

/* Exports what is needed. *grew: something is exported that was not live. */
static bool add_exports(struct xform *x, const struct bind_needs *needs, bool *grew) {
    struct run_time list[MAX_RUN_TIME];
    list_run_time(x, needs, list);
    for (size_t i = 0; i < MAX_RUN_TIME; i++) {
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

/* Marks the imports that nothing calls, and adds what the others need. */
static void needs_of_imports(struct xform *x, struct bind_needs *needs) {
    for (vec_each(struct bind_import, i, &x->b->imports)) {
        i->dead = x->m->funcs.items[i->func].def != WASM_IMPORTED || !wasm_is_live(x->m, WASM_FUNC, i->func);
        if (i->dead || i->unsupported.len > 0)
            continue;
        bind_needs_import(needs, x->b, i);
        needs->table |= i->kind == BIND_IMPORT_INIT_TABLE;
    }
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
            return diag_fail(
                x->diag, "the module imports `%.*s` from `" XFORM_PLACEHOLDER "`, but nothing describes it",
                STR_ARG(func->import->name));
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
    }
    return check_bound(x);
}
