/* Handles of JavaScript values become references at the module's border, by functions put in front of imports
 * and exports; inside, code goes on using handles, which are now slots of a table.
 *
 * Departures from upstream: the slot for an import's result that may be a view of memory is taken before the
 * call (docs/upstream/detach.md 4.1). */
#include "wasm/lookup.h"
#include "xform/code.h"
#include "xform/steps.h"

/* The fixed values have their slots from the start. */
void xform_add_table(struct xform *x) {
    if (!x->b->externref)
        return;
    struct wasm_limits limits = {.min = x->b->handle_base + 4};
    x->runtime->table = wasm_add_table(x->m, WASM_EXTERNREF, limits, STR(""));
    x->borrow_top = wasm_add_global(x->m, WASM_I32, true,
                                    code_constant(x->arena, WASM_I32, x->b->handle_base), STR("borrow_top"));
}

static bool check_runtime(struct xform *x) {
    const struct bind_runtime *r = x->runtime;
    if (r->table_alloc == WASM_NONE || r->table_dealloc == WASM_NONE)
        return diag_fail(x->diag, "reference types need the exports `%s` and `%s`, which the module lacks",
                         bind_runtime_names.table_alloc, bind_runtime_names.table_dealloc);
    if (!xform_func_is(x, r->table_alloc, "", "i") || !xform_func_is(x, r->table_dealloc, "i", ""))
        return diag_fail(x->diag, "the export `%s` or `%s` has an unexpected type",
                         bind_runtime_names.table_alloc, bind_runtime_names.table_dealloc);
    return true;
}

/* (i32 handle) → i32: a new slot with the same value. */
static void define_clone(struct xform *x, uint32_t f) {
    struct code code;
    code_begin(&code, x->arena, 1);
    uint32_t slot = code_local(&code, WASM_I32);
    code_call(&code, x->runtime->table_alloc);
    code_tee(&code, slot);
    code_get(&code, 0);
    code_op1(&code, WASM_OP_TABLE_GET, x->runtime->table);
    code_op1(&code, WASM_OP_TABLE_SET, x->runtime->table);
    code_get(&code, slot);
    uint32_t type = x->m->funcs.items[f].type;
    wasm_func_define(x->m, f, type, code_end(&code));
}

/* A module may export the very import it is to replace: then there is nothing to put in its place. */
static void alias(struct xform *x, uint32_t f, uint32_t to) {
    if (wasm_func_resolve(x->m, to) != f)
        wasm_func_alias(x->m, f, to);
}

/* Intrinsics that the module can do by itself now. */
static void replace_intrinsic(struct xform *x, const struct bind_import *i) {
    const struct bind_runtime *r = x->runtime;
    if (i->intrinsic == BIND_INTRINSIC_object_drop_ref && xform_func_is(x, i->func, "i", ""))
        alias(x, i->func, r->table_dealloc);
    else if (i->intrinsic == BIND_INTRINSIC_object_clone_ref && xform_func_is(x, i->func, "i", "i"))
        define_clone(x, i->func);
    else if (i->intrinsic == BIND_INTRINSIC_externref_heap_live_count && r->live_count != WASM_NONE &&
             xform_func_is(x, i->func, "", "i") && xform_func_is(x, r->live_count, "", "i"))
        alias(x, i->func, r->live_count);
}

bool xform_externref(struct xform *x) {
    if (!x->b->externref)
        return true;
    if (!check_runtime(x))
        return false;
    for (vec_each(struct bind_import, i, &x->b->imports))
        if (i->kind == BIND_IMPORT_INTRINSIC && x->m->funcs.items[i->func].def == WASM_IMPORTED)
            replace_intrinsic(x, i);
    wasm_feature_add(x->m, STR("reference-types"));
    return xform_import_shims(x) && xform_export_shims(x);
}
