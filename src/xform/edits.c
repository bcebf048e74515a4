#include <stdlib.h>

#include "xform/code.h"
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

/* The body with the call (there is one) replaced by `instructions`. */
static Str redirect(struct xform *x, uint32_t caller, uint32_t callee, Str instructions) {
    Str body = x->m->funcs.items[caller].body, locals;
    struct wasm_cursor cursor = {.at = 0};
    struct wasm_op op;
    uint32_t nlocals;
    struct buf out = {0};
    bool split = wasm_body_split(body, &locals, &cursor.code, &nlocals);
    ASSERT(split); /* it was read to find the call */
    while (wasm_next(&cursor, &op)) {
        bool is_call = op.code == WASM_OP_CALL || op.code == WASM_OP_RETURN_CALL;
        if (!is_call || wasm_func_resolve(x->m, op.a) != wasm_func_resolve(x->m, callee))
            continue;
        buf_str(&out, str_slice(body, 0, (size_t)(cursor.code.ptr - body.ptr) + op.at));
        buf_str(&out, instructions);
        if (op.code == WASM_OP_RETURN_CALL)
            buf_byte(&out, WASM_OP_RETURN);
        buf_str(&out, str_slice(cursor.code, cursor.at, cursor.code.len));
        break;
    }
    ASSERT(out.len);
    Str changed = buf_copy(x->arena, &out);
    buf_free(&out);
    return changed;
}

static void replace_call(struct xform *x, uint32_t caller, uint32_t callee, struct code *code) {
    Str body = redirect(x, caller, callee, code_inline(code));
    wasm_func_define(x->m, caller, x->m->funcs.items[caller].type, body);
}

/* The last argument is dropped. */
static void make_detour(struct xform *x, const struct bind_detour *detour) {
    const struct wasm_functype *old = wasm_func_type(x->m, detour->callee);
    uint32_t type = wasm_add_type(x->m, old->params, old->nparams - 1, old->results, old->nresults);
    struct bind_import *import = &x->b->imports.items[detour->import];
    import->func = wasm_add_func_import(x->m, x->surface->import_module, import->wasm_name, type);
    struct code code;
    code_begin(&code, x->arena, 0);
    code_op(&code, WASM_OP_DROP);
    code_call(&code, import->func);
    replace_call(x, detour->caller, detour->callee, &code);
}

static void make_tagging(struct xform *x, const struct bind_tagging *tagging) {
    struct code code;
    code_begin(&code, x->arena, 0);
    code_const(&code, WASM_I32, BIND_DIRECT_SHIFT);
    code_op(&code, WASM_OP_I32_SHR_U);
    code_const(&code, WASM_I32, (int32_t)BIND_DIRECT_TAG);
    code_op(&code, WASM_OP_I32_OR);
    replace_call(x, tagging->caller, tagging->callee, &code);
}

void xform_edits(struct xform *x) {
    for (vec_each(struct bind_rename, rename, &x->b->edits.renames))
        rename_export(x, rename);
    restore_order(x);
    for (vec_each(struct bind_stub, stub, &x->b->edits.stubs))
        make_import(x, stub);
    for (vec_each(struct bind_detour, detour, &x->b->edits.detours))
        make_detour(x, detour);
    for (vec_each(struct bind_tagging, tagging, &x->b->edits.taggings))
        make_tagging(x, tagging);
    for (vec_each(struct bind_alias, alias, &x->b->edits.aliases))
        wasm_func_alias(x->m, alias->func, alias->target);
}
