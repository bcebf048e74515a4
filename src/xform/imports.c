#include "xform/steps.h"

const struct wasm_import *xform_import(struct xform *x, Str module, Str name) {
    struct wasm_import *import = ARENA_NEW(x->arena, struct wasm_import);
    *import = (struct wasm_import){module, name};
    return import;
}

/* What the glue provides; bindings say under which name. */
static void rename_functions(struct xform *x) {
    for (vec_each(struct wasm_func, f, &x->m->funcs))
        if (f->def == WASM_IMPORTED && str_eq(f->import->module, x->b->glue_module))
            f->import = xform_import(x, x->surface->import_module, f->import->name);
    for (vec_each(struct bind_import, i, &x->b->imports)) {
        struct wasm_func *f = &x->m->funcs.items[i->func];
        if (f->def == WASM_IMPORTED && i->wasm_name.len > 0)
            f->import = xform_import(x, f->import->module, i->wasm_name);
    }
}

/* LLVM leaves the tag of its exceptions imported in some builds; nobody could satisfy that import
 * (docs/upstream/transforms.md 8). */
static void own_exception_tag(struct xform *x) {
    for (uint32_t t = 0; t < x->m->tags.len; t++) {
        struct wasm_tag *tag = &x->m->tags.items[t];
        if (tag->def != WASM_IMPORTED || !str_eq(tag->import->module, STR("env")) ||
            !str_eq(tag->import->name, STR("__cpp_exception")))
            continue;
        tag->def = WASM_DEFINED;
        tag->import = NULL;
        xform_export(x, STR("__cpp_exception"), WASM_TAG, t);
        return;
    }
}

void xform_rename_imports(struct xform *x) {
    rename_functions(x);
    own_exception_tag(x);
    /* The glue makes an imported memory (docs/upstream/transforms.md 11). */
    for (vec_each(struct wasm_memory, memory, &x->m->memories))
        if (memory->def == WASM_IMPORTED)
            memory->import = xform_import(x, x->surface->import_module, memory->import->name);
}
