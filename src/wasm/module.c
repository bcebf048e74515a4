#include "wasm/module.h"

#include "wasm/names.h"
#include "wasm/op.h"

static const struct wasm_import *new_import(struct wasm_module *m, Str module, Str name) {
    struct wasm_import *import = ARENA_NEW(m->arena, struct wasm_import);
    *import = (struct wasm_import){module, name};
    return import;
}

uint32_t wasm_add_func(struct wasm_module *m, uint32_t type, Str body, Str name) {
    struct wasm_func func = {.def = WASM_DEFINED, .is_new = true, .type = type, .body = body, .name = name};
    vec_push(m->arena, &m->funcs, func);
    return (uint32_t)m->funcs.len - 1;
}

uint32_t wasm_add_func_import(struct wasm_module *m, Str module, Str name, uint32_t type) {
    struct wasm_func func = {.def = WASM_IMPORTED,
                             .is_new = true,
                             .type = type,
                             .import = new_import(m, module, name),
                             .name = name};
    vec_push(m->arena, &m->funcs, func);
    return (uint32_t)m->funcs.len - 1;
}

uint32_t wasm_add_global(struct wasm_module *m, enum wasm_valtype type, bool is_mutable, Str init, Str name) {
    struct wasm_global global = {
        .def = WASM_DEFINED, .valtype = (uint8_t)type, .is_mutable = is_mutable, .init = init, .name = name};
    vec_push(m->arena, &m->globals, global);
    return (uint32_t)m->globals.len - 1;
}

uint32_t wasm_add_table(struct wasm_module *m, enum wasm_valtype reftype, struct wasm_limits limits,
                        Str name) {
    struct wasm_table table = {
        .def = WASM_DEFINED, .reftype = (uint8_t)reftype, .limits = limits, .name = name};
    vec_push(m->arena, &m->tables, table);
    return (uint32_t)m->tables.len - 1;
}

uint32_t wasm_add_tag_import(struct wasm_module *m, Str module, Str name, uint32_t type) {
    struct wasm_tag tag = {
        .def = WASM_IMPORTED, .type = type, .import = new_import(m, module, name), .name = name};
    vec_push(m->arena, &m->tags, tag);
    return (uint32_t)m->tags.len - 1;
}

uint32_t wasm_growth_call(const struct wasm_module *m, uint32_t func, uint32_t opcode, uint32_t memory) {
    const struct wasm_growth *growth = m->growth;
    if (!growth || memory != 0 || func == growth->size || func == growth->grow)
        return WASM_NONE;
    return opcode == WASM_OP_MEMORY_SIZE   ? growth->size
           : opcode == WASM_OP_MEMORY_GROW ? growth->grow
                                           : WASM_NONE;
}

uint32_t wasm_func_move(struct wasm_module *m, uint32_t f) {
    ASSERT(f < m->funcs.len);
    uint32_t moved = (uint32_t)m->funcs.len;
    vec_push(m->arena, &m->funcs, m->funcs.items[f]);
    wasm_names_move(m, f, moved);
    struct wasm_func *old = &m->funcs.items[f];
    old->inline_code = NULL;
    old->is_new = true;
    return moved;
}

void wasm_func_define(struct wasm_module *m, uint32_t f, uint32_t type, Str body) {
    ASSERT(f < m->funcs.len && type < m->types.len);
    struct wasm_func *func = &m->funcs.items[f];
    func->def = WASM_DEFINED;
    func->is_new = true;
    func->type = type;
    func->body = body;
}

void wasm_func_alias(struct wasm_module *m, uint32_t f, uint32_t to) {
    ASSERT(f < m->funcs.len && to < m->funcs.len);
    ASSERT(wasm_func_resolve(m, to) != f); /* no cycles */
    m->funcs.items[f].def = WASM_ALIAS;
    m->funcs.items[f].alias = to;
}

uint32_t wasm_func_resolve(const struct wasm_module *m, uint32_t f) {
    ASSERT(f < m->funcs.len);
    while (m->funcs.items[f].def == WASM_ALIAS)
        f = m->funcs.items[f].alias;
    return f;
}

const struct wasm_functype *wasm_func_type(const struct wasm_module *m, uint32_t f) {
    return &m->types.items[m->funcs.items[wasm_func_resolve(m, f)].type];
}

struct wasm_export *wasm_export_find(struct wasm_module *m, Str name) {
    for (vec_each(struct wasm_export, export, &m->exports))
        if (str_eq(export->name, name))
            return export;
    return NULL;
}

void wasm_export_add(struct wasm_module *m, Str name, enum wasm_kind kind, uint32_t id) {
    ASSERT(!wasm_export_find(m, name));
    vec_push(m->arena, &m->exports, (struct wasm_export){name, (uint8_t)kind, id});
}

void wasm_export_remove(struct wasm_module *m, bool (*drop)(const struct wasm_export *, void *),
                        void *context) {
    size_t kept = 0;
    for (size_t i = 0; i < m->exports.len; i++)
        if (!drop(&m->exports.items[i], context))
            m->exports.items[kept++] = m->exports.items[i];
    m->exports.len = kept;
}

struct wasm_custom *wasm_custom_find(const struct wasm_module *m, Str name) {
    for (vec_each(struct wasm_custom, custom, &m->customs))
        if (!custom->removed && str_eq(custom->name, name))
            return custom;
    return NULL;
}

bool wasm_is_live(const struct wasm_module *m, enum wasm_kind kind, uint32_t id) {
    return !m->live[kind] || id >= m->live_len[kind] || m->live[kind][id];
}
