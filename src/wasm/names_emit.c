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

static void put_name(struct wasm_emitter *e, uint32_t index, Str name) {
    buf_uleb(e->out, index);
    buf_uleb(e->out, name.len);
    buf_str(e->out, name);
    wasm_drain(e);
}

/* Opens a subsection whose first thing is a count. */
static struct wasm_span open_map(struct wasm_emitter *e, uint8_t id, uint32_t count, size_t estimate) {
    buf_byte(e->out, id);
    struct wasm_span span = wasm_span_open(e, estimate);
    buf_uleb(e->out, count);
    return span;
}

static void emit_kind(struct wasm_emitter *e, enum wasm_kind kind) {
    const struct wasm_module *m = e->m;
    const struct wasm_space *space = &e->map.kind[kind];
    uint32_t count = 0;
    size_t size = 0;
    for (uint32_t i = 0; i < space->count; i++) {
        size_t len = kind_name(m, kind, space->order[i]).len;
        count += len != 0;
        size += len + 4;
    }
    if (!count)
        return;
    struct wasm_span span = open_map(e, kind_subsection[kind], count, size);
    for (uint32_t i = 0; i < space->count; i++) {
        Str name = kind_name(m, kind, space->order[i]);
        if (name.len)
            put_name(e, i, name);
    }
    wasm_span_close(e, span);
}

/* A name map as it stands, numbers in minimal width. */
static void copy_map(struct wasm_emitter *e, Str map) {
    struct wasm_reader r = wasm_reader_of(map);
    uint32_t count = wasm_read_u32(&r);
    buf_uleb(e->out, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = wasm_read_u32(&r);
        put_name(e, index, wasm_read_vector(&r));
    }
}

static void emit_maps_by_func(struct wasm_emitter *e, uint8_t id, const Str *maps, size_t len) {
    const struct wasm_space *funcs = &e->map.kind[WASM_FUNC];
    uint32_t count = 0;
    size_t size = 0;
    for (uint32_t i = 0; i < funcs->count; i++) {
        size_t bytes = funcs->order[i] < len ? maps[funcs->order[i]].len : 0;
        count += bytes != 0;
        size += bytes;
    }
    if (!count)
        return;
    struct wasm_span span = open_map(e, id, count, size);
    for (uint32_t i = 0; i < funcs->count; i++) {
        if (funcs->order[i] >= len || !maps[funcs->order[i]].len)
            continue;
        buf_uleb(e->out, i);
        copy_map(e, maps[funcs->order[i]]);
    }
    wasm_span_close(e, span);
}

static void emit_types(struct wasm_emitter *e, const struct wasm_names *names) {
    const struct wasm_space *types = &e->map.types;
    uint32_t count = 0;
    for (size_t i = 0; i < names->types.len; i++)
        count += wasm_space_index(types, names->types.items[i].type) != WASM_NONE;
    if (!count)
        return;
    struct wasm_span span = open_map(e, NAME_TYPE, count, 256);
    for (size_t i = 0; i < names->types.len; i++) {
        uint32_t index = wasm_space_index(types, names->types.items[i].type);
        if (index != WASM_NONE)
            put_name(e, index, names->types.items[i].name);
    }
    wasm_span_close(e, span);
}

static void emit_datas(struct wasm_emitter *e) {
    const struct wasm_module *m = e->m;
    const struct wasm_space *space = &e->map.datas;
    uint32_t count = 0;
    for (uint32_t id = 0; id < space->len; id++)
        count += space->index[id] != WASM_NONE && m->datas.items[id].name.len;
    if (!count)
        return;
    struct wasm_span span = open_map(e, NAME_DATA, count, 256);
    for (uint32_t id = 0; id < space->len; id++)
        if (space->index[id] != WASM_NONE && m->datas.items[id].name.len)
            put_name(e, space->index[id], m->datas.items[id].name);
    wasm_span_close(e, span);
}

/* A segment that vanished (nothing but nulls) shares its index with the next one: no name for it. */
static bool elem_has_name(const struct wasm_module *m, const struct wasm_space *space, uint32_t id) {
    return space->index[id] != WASM_NONE && m->elems.items[id].name.len &&
           wasm_elem_pieces(&m->elems.items[id]);
}

static void emit_elems(struct wasm_emitter *e) {
    const struct wasm_module *m = e->m;
    const struct wasm_space *space = &e->map.elems;
    uint32_t count = 0;
    for (uint32_t id = 0; id < space->len; id++)
        count += elem_has_name(m, space, id);
    if (!count)
        return;
    struct wasm_span span = open_map(e, NAME_ELEM, count, 256);
    for (uint32_t id = 0; id < space->len; id++)
        if (elem_has_name(m, space, id))
            put_name(e, space->index[id], m->elems.items[id].name);
    wasm_span_close(e, span);
}

void wasm_names_emit(struct wasm_emitter *e) {
    const struct wasm_names *names = e->m->names;
    Str module = e->m->module_name;
    if (module.len) {
        buf_byte(e->out, 0);
        struct wasm_span span = wasm_span_open(e, module.len + 1);
        buf_uleb(e->out, module.len);
        wasm_put_bytes(e, module);
        wasm_span_close(e, span);
    }
    emit_kind(e, WASM_FUNC);
    if (names) {
        emit_maps_by_func(e, NAME_LOCAL, names->locals, names->nlocals);
        emit_maps_by_func(e, NAME_LABEL, names->labels, names->nlabels);
        emit_types(e, names);
    }
    emit_kind(e, WASM_TABLE);
    emit_kind(e, WASM_MEMORY);
    emit_kind(e, WASM_GLOBAL);
    emit_elems(e);
    emit_datas(e);
    emit_kind(e, WASM_TAG);
}
