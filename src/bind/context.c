#include "bind/context.h"

#include "bind/signature.h"

#define MAPS(cx)                                                                                             \
    {&(cx)->exports, &(cx)->imports,   &(cx)->bound,   &(cx)->used,     &(cx)->classes, &(cx)->names,        \
     &(cx)->files,   &(cx)->templates, &(cx)->offsets, &(cx)->prefixed, &(cx)->renamed, &(cx)->enums}

static void index_exports(struct bind_context *cx) {
    for (size_t i = 0; i < cx->m->exports.len; i++)
        if (cx->m->exports.items[i].kind == WASM_FUNC)
            map_put(&cx->exports, cx->m->exports.items[i].name, NULL)->value.num = i;
}

void bind_alias(struct bind_context *cx, uint32_t func, uint32_t target) {
    vec_push(cx->arena, &cx->b->edits.aliases, (struct bind_alias){func, target});
}

/* The same name may be imported once per codegen unit: the first one stands for all. */
static void index_import(struct bind_context *cx, uint32_t id) {
    bool added;
    struct map_entry *entry = map_put(&cx->imports, cx->m->funcs.items[id].import->name, &added);
    if (added)
        entry->value.num = id;
    else
        bind_alias(cx, id, (uint32_t)entry->value.num);
}

static bool is_placeholder(const struct wasm_import *import) {
    return str_eq(import->module, STR(META_PLACEHOLDER));
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
        return diag_fail(cx->diag, "an import of module `" META_PLACEHOLDER "` is not a function");
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
        return true; /* no such export */
    size_t place = found->value.num;
    bool added;
    map_put(&cx->renamed, from, &added);
    if (!added)
        return true;
    struct map_entry *entry = map_put(&cx->exports, to, &added);
    if (!added)
        return diag_fail(cx->diag, "`%.*s` is exported more than once: by two crates, or also under `%.*s`",
                         STR_ARG(to), STR_ARG(from));
    entry->value.num = place;
    vec_push(cx->arena, &cx->b->edits.renames, (struct bind_rename){(uint32_t)place, to});
    return true;
}

struct bind_import *bind_add_import(struct bind_context *cx, Str name, uint32_t func) {
    map_put(&cx->bound, name, NULL);
    struct bind_import *import =
        vec_push(cx->arena, &cx->b->imports, (struct bind_import){.func = func, .wasm_name = name});
    import->sig.result.type = &bind_unit;
    import->sig.result.incoming = true;
    return import;
}
