#include "bind/context.h"

#include <stdlib.h>

#include "bind/signature.h"

#define MAPS(cx)                                                                                             \
    {&(cx)->exports, &(cx)->imports, &(cx)->bound,     &(cx)->used,    &(cx)->classes,                       \
     &(cx)->names,   &(cx)->files,   &(cx)->templates, &(cx)->offsets, &(cx)->prefixed}

static void index_exports(struct bind_context *cx) {
    for (size_t i = 0; i < cx->m->exports.len; i++)
        if (cx->m->exports.items[i].kind == WASM_FUNC)
            map_put(&cx->exports, cx->m->exports.items[i].name, NULL)->value.num = i;
}

/* The same name may be imported once per codegen unit: the first one stands for all. */
static void index_import(struct bind_context *cx, uint32_t id) {
    bool added;
    struct map_entry *entry = map_put(&cx->imports, cx->m->funcs.items[id].import->name, &added);
    if (added)
        entry->value.num = id;
    else
        wasm_func_alias(cx->m, id, (uint32_t)entry->value.num);
}

static bool is_placeholder(const struct wasm_import *import) {
    return str_eq(import->module, STR(BIND_PLACEHOLDER));
}

static bool has_other_import(const struct wasm_module *m) {
    for (size_t i = 0; i < m->tables.len; i++)
        if (m->tables.items[i].def == WASM_IMPORTED && is_placeholder(m->tables.items[i].import))
            return true;
    for (size_t i = 0; i < m->memories.len; i++)
        if (m->memories.items[i].def == WASM_IMPORTED && is_placeholder(m->memories.items[i].import))
            return true;
    for (size_t i = 0; i < m->globals.len; i++)
        if (m->globals.items[i].def == WASM_IMPORTED && is_placeholder(m->globals.items[i].import))
            return true;
    return false;
}

bool bind_context_init(struct bind_context *cx) {
    struct map *maps[] = MAPS(cx);
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        map_init(maps[i], cx->arena);
    index_exports(cx);
    for (uint32_t id = 0; id < cx->m->funcs.len; id++) {
        const struct wasm_func *func = &cx->m->funcs.items[id];
        if (func->def == WASM_IMPORTED && is_placeholder(func->import))
            index_import(cx, id);
    }
    if (has_other_import(cx->m))
        return diag_fail(cx->diag, "an import of module `" BIND_PLACEHOLDER "` is not a function");
    return true;
}

void bind_context_done(struct bind_context *cx) {
    struct map *maps[] = MAPS(cx);
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        map_free(maps[i]);
}

const struct meta_type *bind_take_descriptor(struct bind_context *cx, Str key) {
    const struct map_entry *found = map_find(&cx->descriptors->described, key);
    if (!found)
        return NULL;
    bool added;
    map_put(&cx->used, key, &added);
    return added ? found->value.ptr : NULL;
}

uint32_t bind_find_export(const struct bind_context *cx, Str name) {
    const struct map_entry *found = map_find(&cx->exports, name);
    return found ? cx->m->exports.items[found->value.num].id : WASM_NONE;
}

uint32_t bind_find_import(const struct bind_context *cx, Str name) {
    const struct map_entry *found = map_find(&cx->imports, name);
    return found ? (uint32_t)found->value.num : WASM_NONE;
}

bool bind_rename_export(struct bind_context *cx, Str from, Str to) {
    if (str_eq(from, to))
        return true;
    const struct map_entry *found = map_find(&cx->exports, from);
    if (!found || !str_eq(cx->m->exports.items[found->value.num].name, from))
        return true; /* no such export, or renamed already */
    size_t place = found->value.num;
    bool added;
    struct map_entry *entry = map_put(&cx->exports, to, &added);
    if (!added)
        return diag_fail(cx->diag, "`%.*s` is exported more than once: by two crates, or also under `%.*s`",
                         STR_ARG(to), STR_ARG(from));
    entry->value.num = place;
    struct wasm_export *export_ = &cx->m->exports.items[place];
    export_->name = to;
    struct wasm_func *func = &cx->m->funcs.items[export_->id];
    if (str_eq(func->name, from))
        func->name = to;
    vec_push(cx->arena, &cx->renamed, place);
    return true;
}

static int by_name(const void *a, const void *b) {
    return str_cmp(((const struct wasm_export *)a)->name, ((const struct wasm_export *)b)->name);
}

/* Marks, then collects: places in ascending order without sorting them. */
static size_t collect_renamed(const struct bind_context *cx, size_t *places) {
    bool *marked = ARENA_ARRAY(cx->arena, cx->m->exports.len, bool);
    for (size_t i = 0; i < cx->renamed.len; i++)
        marked[cx->renamed.items[i]] = true;
    size_t count = 0;
    for (size_t i = 0; i < cx->m->exports.len; i++)
        if (marked[i])
            places[count++] = i;
    return count;
}

void bind_restore_order(struct bind_context *cx) {
    size_t *places = ARENA_ARRAY(cx->arena, cx->renamed.len + 1, size_t);
    size_t count = collect_renamed(cx, places);
    struct wasm_export *sorted = ARENA_ARRAY(cx->arena, count + 1, struct wasm_export);
    for (size_t i = 0; i < count; i++)
        sorted[i] = cx->m->exports.items[places[i]];
    qsort(sorted, count, sizeof *sorted, by_name);
    for (size_t i = 0; i < count; i++) {
        cx->m->exports.items[places[i]] = sorted[i];
        map_find(&cx->exports, sorted[i].name)->value.num = places[i];
    }
}

struct bind_import *bind_add_import(struct bind_context *cx, Str name, uint32_t func) {
    map_put(&cx->bound, name, NULL);
    struct bind_import *import =
        vec_push(cx->arena, &cx->b->imports, (struct bind_import){.func = func, .wasm_name = name});
    import->sig.result.type = &bind_unit;
    import->sig.result.incoming = true;
    return import;
}
