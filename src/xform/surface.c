#include "xform/steps.h"

static struct surface_item describe(const struct xform *x, enum wasm_kind kind, uint32_t id) {
    const struct wasm_module *m = x->m;
    struct surface_item item = {.kind = (uint8_t)kind};
    if (kind == WASM_FUNC)
        item.type = *wasm_func_type(m, id);
    else if (kind == WASM_TABLE)
        item.limits = m->tables.items[id].limits;
    else if (kind == WASM_MEMORY)
        item.limits = m->memories.items[id].limits;
    return item;
}

static void add_import(struct xform *x, enum wasm_kind kind, uint32_t id, const struct wasm_import *import) {
    if (!wasm_is_live(x->m, kind, id))
        return;
    struct surface_item item = describe(x, kind, id);
    item.module = import->module;
    item.name = import->name;
    item.user = !str_eq(import->module, x->surface->import_module);
    vec_push(x->arena, &x->surface->imports, item);
}

#define ADD_IMPORTS(list, kind)                                                                              \
    for (uint32_t id = 0; id < x->m->list.len; id++)                                                         \
        if (x->m->list.items[id].def == WASM_IMPORTED)                                                       \
            add_import(x, (kind), id, x->m->list.items[id].import);

void xform_describe(struct xform *x) {
    for (vec_each(struct wasm_export, e, &x->m->exports)) {
        struct surface_item item = describe(x, (enum wasm_kind)e->kind, e->id);
        item.name = e->name;
        vec_push(x->arena, &x->surface->exports, item);
    }
    ADD_IMPORTS(funcs, WASM_FUNC)
    ADD_IMPORTS(tables, WASM_TABLE)
    ADD_IMPORTS(memories, WASM_MEMORY)
    ADD_IMPORTS(globals, WASM_GLOBAL)
    ADD_IMPORTS(tags, WASM_TAG)
    x->surface->memory_imported = x->m->memories.len > 0 && x->m->memories.items[0].def == WASM_IMPORTED;
}
