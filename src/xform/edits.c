#include <stdlib.h>

#include "xform/steps.h"

/* The function is renamed along if it has the export's name: the name section then says the same. */
static void rename_export(struct xform *x, const struct bind_rename *rename) {
    struct wasm_export *e = &x->m->exports.items[rename->place];
    if (e->kind == WASM_FUNC && str_eq(x->m->funcs.items[e->id].name, e->name))
        x->m->funcs.items[e->id].name = rename->name;
    e->name = rename->name;
}

static int by_name(const void *a, const void *b) {
    return str_cmp(((const struct wasm_export *)a)->name, ((const struct wasm_export *)b)->name);
}

/* Marks, then collects: places in ascending order without sorting them. */
static size_t collect_renamed(const struct xform *x, size_t *places) {
    bool *marked = ARENA_ARRAY(x->arena, x->m->exports.len, bool);
    for (vec_each(struct bind_rename, rename, &x->b->edits.renames))
        marked[rename->place] = true;
    size_t count = 0;
    for (size_t i = 0; i < x->m->exports.len; i++)
        if (marked[i])
            places[count++] = i;
    return count;
}

/* Among their places by their new names, as the linker sorted the old ones. */
static void restore_order(struct xform *x) {
    size_t *places = ARENA_ARRAY(x->arena, x->b->edits.renames.len + 1, size_t);
    size_t count = collect_renamed(x, places);
    struct wasm_export *sorted = ARENA_ARRAY(x->arena, count + 1, struct wasm_export);
    for (size_t i = 0; i < count; i++)
        sorted[i] = x->m->exports.items[places[i]];
    qsort(sorted, count, sizeof *sorted, by_name);
    for (size_t i = 0; i < count; i++)
        x->m->exports.items[places[i]] = sorted[i];
}

static void make_import(struct xform *x, const struct bind_stub *stub) {
    struct wasm_func *func = &x->m->funcs.items[stub->func];
    func->def = WASM_IMPORTED;
    func->import = xform_import(x, x->surface->import_module, stub->name);
}

void xform_edits(struct xform *x) {
    for (vec_each(struct bind_rename, rename, &x->b->edits.renames))
        rename_export(x, rename);
    restore_order(x);
    for (vec_each(struct bind_stub, stub, &x->b->edits.stubs))
        make_import(x, stub);
    for (vec_each(struct bind_alias, alias, &x->b->edits.aliases))
        wasm_func_alias(x->m, alias->func, alias->target);
}
