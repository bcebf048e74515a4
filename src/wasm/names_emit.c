/* Writes the name section with final indices. */
#include "wasm/emit_internal.h"
#include "wasm/names.h"
#include "wasm/reader.h"

/* Subsections as in names.c. */
enum { NAME_LOCAL = 2, NAME_LABEL = 3, NAME_TYPE = 4, NAME_ELEM = 8, NAME_DATA = 9 };

/* The subsection of each enum wasm_kind. */
static const uint8_t kind_subsection[WASM_KINDS] = {1, 5, 6, 7, 11};

static Str kind_name(const struct wasm_module *m, enum wasm_kind kind, uint32_t id) {
    switch (kind) {
    case WASM_FUNC:
        return m->funcs.items[id].name;
    case WASM_TABLE:
        return m->tables.items[id].name;
    case WASM_MEMORY:
        return m->memories.items[id].name;
    case WASM_GLOBAL:
        return m->globals.items[id].name;
    case WASM_TAG:
        return m->tags.items[id].name;
    }
    return (Str){0};
}

static void put_name(struct buf *out, uint32_t index, Str name) {
    buf_uleb(out, index);
    buf_uleb(out, name.len);
    buf_str(out, name);
}

/* Opens a subsection whose first thing is a count. */
static struct wasm_size_slot open_map(struct buf *out, uint8_t id, uint32_t count, size_t estimate) {
    buf_byte(out, id);
    struct wasm_size_slot slot = wasm_size_open(out, estimate);
    buf_uleb(out, count);
    return slot;
}

static void emit_kind(const struct wasm_module *m, enum wasm_kind kind, const struct wasm_space *space,
                      struct buf *out) {
    uint32_t count = 0;
    size_t size = 0;
    for (uint32_t i = 0; i < space->count; i++) {
        size_t len = kind_name(m, kind, space->order[i]).len;
        count += len != 0;
        size += len + 4;
    }
    if (!count)
        return;
    struct wasm_size_slot slot = open_map(out, kind_subsection[kind], count, size);
    for (uint32_t i = 0; i < space->count; i++) {
        Str name = kind_name(m, kind, space->order[i]);
        if (name.len)
            put_name(out, i, name);
    }
    wasm_size_close(out, slot);
}

/* A name map as it stands, numbers in minimal width. */
static void copy_map(struct buf *out, Str map) {
    struct wasm_reader r = wasm_reader_of(map);
    uint32_t count = wasm_read_u32(&r);
    buf_uleb(out, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = wasm_read_u32(&r);
        put_name(out, index, wasm_read_vector(&r));
    }
}

static void emit_maps_by_func(const struct wasm_space *funcs, uint8_t id, const Str *maps, size_t len,
                              struct buf *out) {
    uint32_t count = 0;
    size_t size = 0;
    for (uint32_t i = 0; i < funcs->count; i++) {
        size_t bytes = funcs->order[i] < len ? maps[funcs->order[i]].len : 0;
        count += bytes != 0;
        size += bytes;
    }
    if (!count)
        return;
    struct wasm_size_slot slot = open_map(out, id, count, size);
    for (uint32_t i = 0; i < funcs->count; i++) {
        if (funcs->order[i] >= len || !maps[funcs->order[i]].len)
            continue;
        buf_uleb(out, i);
        copy_map(out, maps[funcs->order[i]]);
    }
    wasm_size_close(out, slot);
}

static void emit_types(const struct wasm_names *names, const struct wasm_space *types, struct buf *out) {
    uint32_t count = 0;
    for (size_t i = 0; i < names->types.len; i++)
        count += wasm_space_index(types, names->types.items[i].type) != WASM_NONE;
    if (!count)
        return;
    struct wasm_size_slot slot = open_map(out, NAME_TYPE, count, 256);
    for (size_t i = 0; i < names->types.len; i++) {
        uint32_t index = wasm_space_index(types, names->types.items[i].type);
        if (index != WASM_NONE)
            put_name(out, index, names->types.items[i].name);
    }
    wasm_size_close(out, slot);
}

static void emit_datas(const struct wasm_module *m, const struct wasm_space *space, struct buf *out) {
    uint32_t count = 0;
    for (uint32_t id = 0; id < space->len; id++)
        count += space->index[id] != WASM_NONE && m->datas.items[id].name.len;
    if (!count)
        return;
    struct wasm_size_slot slot = open_map(out, NAME_DATA, count, 256);
    for (uint32_t id = 0; id < space->len; id++)
        if (space->index[id] != WASM_NONE && m->datas.items[id].name.len)
            put_name(out, space->index[id], m->datas.items[id].name);
    wasm_size_close(out, slot);
}

/* A segment that vanished (nothing but nulls) shares its index with the next one: no name for it. */
static bool elem_has_name(const struct wasm_module *m, const struct wasm_space *space, uint32_t id) {
    return space->index[id] != WASM_NONE && m->elems.items[id].name.len &&
           wasm_elem_pieces(&m->elems.items[id]);
}

static void emit_elems(const struct wasm_module *m, const struct wasm_space *space, struct buf *out) {
    uint32_t count = 0;
    for (uint32_t id = 0; id < space->len; id++)
        count += elem_has_name(m, space, id);
    if (!count)
        return;
    struct wasm_size_slot slot = open_map(out, NAME_ELEM, count, 256);
    for (uint32_t id = 0; id < space->len; id++)
        if (elem_has_name(m, space, id))
            put_name(out, space->index[id], m->elems.items[id].name);
    wasm_size_close(out, slot);
}

void wasm_names_emit(const struct wasm_module *m, const struct wasm_index_map *map, struct buf *out) {
    const struct wasm_names *names = m->names;
    if (m->module_name.len) {
        buf_byte(out, 0);
        struct wasm_size_slot slot = wasm_size_open(out, m->module_name.len + 1);
        buf_uleb(out, m->module_name.len);
        buf_str(out, m->module_name);
        wasm_size_close(out, slot);
    }
    emit_kind(m, WASM_FUNC, &map->kind[WASM_FUNC], out);
    if (names) {
        emit_maps_by_func(&map->kind[WASM_FUNC], NAME_LOCAL, names->locals, names->nlocals, out);
        emit_maps_by_func(&map->kind[WASM_FUNC], NAME_LABEL, names->labels, names->nlabels, out);
        emit_types(names, &map->types, out);
    }
    emit_kind(m, WASM_TABLE, &map->kind[WASM_TABLE], out);
    emit_kind(m, WASM_MEMORY, &map->kind[WASM_MEMORY], out);
    emit_kind(m, WASM_GLOBAL, &map->kind[WASM_GLOBAL], out);
    emit_elems(m, &map->elems, out);
    emit_datas(m, &map->datas, out);
    emit_kind(m, WASM_TAG, &map->kind[WASM_TAG], out);
}
