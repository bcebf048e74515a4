/* Every index outside the function bodies names an entity (those in bodies are checked by wasm_gc and
 * wasm_emit). */
#include "wasm/op.h"
#include "wasm/parse_internal.h"

static size_t count_of(const struct wasm_module *m, uint8_t kind) {
    const size_t counts[WASM_KINDS] = {m->funcs.len, m->tables.len, m->memories.len, m->globals.len,
                                       m->tags.len};
    return counts[kind];
}

static bool check_expr(const struct wasm_module *m, Str expr, const char *what, size_t id,
                       struct diag *diag) {
    struct wasm_cursor cursor = {.code = expr};
    for (struct wasm_op op; wasm_next(&cursor, &op);) {
        if (op.code == WASM_OP_GLOBAL_GET && op.a >= m->globals.len)
            return diag_fail(diag, "global %u, which does not exist, is used by %s %zu", op.a, what, id);
        if (op.code == WASM_OP_REF_FUNC && op.a >= m->funcs.len)
            return diag_fail(diag, "function %u, which does not exist, is used by %s %zu", op.a, what, id);
    }
    return true;
}

static bool check_elem(const struct wasm_module *m, size_t id, struct diag *diag) {
    const struct wasm_elem *elem = &m->elems.items[id];
    if (elem->mode == WASM_ACTIVE && elem->table >= m->tables.len)
        return diag_fail(diag, "element segment %zu is for table %u, which does not exist", id, elem->table);
    if (!check_expr(m, elem->offset, "element segment", id, diag))
        return false;
    for (uint32_t i = 0; i < elem->count; i++) {
        if (elem->funcs && elem->funcs[i] >= m->funcs.len)
            return diag_fail(diag, "element segment %zu contains function %u, which does not exist", id,
                             elem->funcs[i]);
        if (elem->exprs && !check_expr(m, elem->exprs[i], "element segment", id, diag))
            return false;
    }
    return true;
}

static bool check_data(const struct wasm_module *m, size_t id, struct diag *diag) {
    const struct wasm_data *data = &m->datas.items[id];
    if (data->mode == WASM_ACTIVE && data->memory >= m->memories.len)
        return diag_fail(diag, "data segment %zu is for memory %u, which does not exist", id, data->memory);
    return check_expr(m, data->offset, "data segment", id, diag);
}

static bool check_exports(const struct wasm_module *m, struct diag *diag) {
    struct map names;
    map_init(&names, m->arena);
    bool added = true;
    for (size_t i = 0; i < m->exports.len && added && !diag->failed; i++) {
        const struct wasm_export *export = &m->exports.items[i];
        map_put(&names, export->name, &added);
        if (!added)
            diag_fail(diag, "two exports are called `%.*s`", STR_ARG(export->name));
        else if (export->id >= count_of(m, export->kind))
            diag_fail(diag, "export `%.*s` is number %u of its kind, which does not exist",
                      STR_ARG(export->name), export->id);
    }
    map_free(&names);
    return !diag->failed;
}

bool wasm_check(const struct wasm_module *m, struct diag *diag) {
    for (size_t i = 0; i < m->tables.len; i++)
        if (!check_expr(m, m->tables.items[i].init, "table", i, diag))
            return false;
    for (size_t i = 0; i < m->globals.len; i++)
        if (!check_expr(m, m->globals.items[i].init, "global", i, diag))
            return false;
    for (size_t i = 0; i < m->elems.len; i++)
        if (!check_elem(m, i, diag))
            return false;
    for (size_t i = 0; i < m->datas.len; i++)
        if (!check_data(m, i, diag))
            return false;
    if (m->start != WASM_NONE && m->start >= m->funcs.len)
        return diag_fail(diag, "the start function %u does not exist", m->start);
    return check_exports(m, diag);
}
