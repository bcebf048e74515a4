#include "meta/markers.h"

#include "wasm/callers.h"

struct ids {
    VEC(uint32_t) items;
};

/* Function ids that mean the import. */
static struct ids find_ids(struct wasm_module *m, Str module, Str name) {
    struct ids ids = {{0}};
    for (uint32_t i = 0; i < m->funcs.len; i++) {
        if (m->funcs.items[i].def == WASM_DEFINED)
            continue;
        const struct wasm_func *f = &m->funcs.items[wasm_func_resolve(m, i)];
        if (f->def == WASM_IMPORTED && str_eq(f->import->name, name) && str_eq(f->import->module, module))
            vec_push(m->arena, &ids.items, i);
    }
    return ids;
}

bool meta_find_callers(struct wasm_module *m, Str module, Str name, struct meta_callers *out,
                       struct diag *diag) {
    struct ids ids = find_ids(m, module, name);
    struct wasm_callers callers;
    *out = (struct meta_callers){{0}};
    if (!wasm_find_callers(m, ids.items.items, ids.items.len, &callers, diag))
        return false;
    for (vec_each(struct wasm_caller, caller, &callers.items)) {
        const struct wasm_func *f = &m->funcs.items[caller->func];
        if (caller->calls > 1)
            return diag_fail(diag, "function %u%s%.*s calls `%.*s` more than once", caller->func,
                             f->name.len ? " " : "", STR_ARG(f->name), STR_ARG(name));
        vec_push(m->arena, &out->funcs, caller->func);
    }
    return true;
}
