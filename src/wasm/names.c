#include "wasm/names.h"

#include "wasm/emit_internal.h"
#include "wasm/reader.h"

/* Subsections (appendix A.1 of the specification and the extended-name-section proposal). */
enum {
    NAME_MODULE = 0,
    NAME_FUNC = 1,
    NAME_LOCAL = 2,
    NAME_LABEL = 3,
    NAME_TYPE = 4,
    NAME_TABLE = 5,
    NAME_MEMORY = 6,
    NAME_GLOBAL = 7,
    NAME_ELEM = 8,
    NAME_DATA = 9,
    NAME_TAG = 11,
};

/* Where the name of an entity is kept; NULL for an id out of range. */
static Str *name_of(struct wasm_module *m, uint8_t subsection, uint32_t id) {
    switch (subsection) {
    case NAME_FUNC:
        return id < m->funcs.len ? &m->funcs.items[id].name : NULL;
    case NAME_TABLE:
        return id < m->tables.len ? &m->tables.items[id].name : NULL;
    case NAME_MEMORY:
        return id < m->memories.len ? &m->memories.items[id].name : NULL;
    case NAME_GLOBAL:
        return id < m->globals.len ? &m->globals.items[id].name : NULL;
    case NAME_ELEM:
        return id < m->elems.len ? &m->elems.items[id].name : NULL;
    case NAME_DATA:
        return id < m->datas.len ? &m->datas.items[id].name : NULL;
    case NAME_TAG:
        return id < m->tags.len ? &m->tags.items[id].name : NULL;
    default:
        return NULL;
    }
}

static struct wasm_names *names_of(struct wasm_module *m) {
    if (!m->names)
        m->names = ARENA_NEW(m->arena, struct wasm_names);
    return m->names;
}

static void read_name_map(struct wasm_module *m, uint8_t subsection, struct wasm_reader *r) {
    uint32_t count = wasm_read_count(r, 2, UINT32_MAX);
    for (uint32_t i = 0; i < count && !r->reason; i++) {
        uint32_t id = wasm_read_u32(r);
        Str name = wasm_read_name(r);
        Str *place = name_of(m, subsection, id);
        if (place && !r->reason)
            *place = name;
    }
}

static void read_type_names(struct wasm_module *m, struct wasm_reader *r) {
    uint32_t count = wasm_read_count(r, 2, UINT32_MAX);
    for (uint32_t i = 0; i < count && !r->reason; i++) {
        uint32_t type = wasm_read_u32(r);
        Str name = wasm_read_name(r);
        if (!r->reason && type < m->types.len)
            vec_push(m->arena, &names_of(m)->types, (struct wasm_type_name){type, name});
    }
}

/* Passes over one name map and returns its bytes. */
static Str skip_name_map(struct wasm_reader *r) {
    const uint8_t *start = r->p;
    uint32_t count = wasm_read_count(r, 2, UINT32_MAX);
    for (uint32_t i = 0; i < count && !r->reason; i++) {
        wasm_read_u32(r);
        wasm_read_vector(r);
    }
    return (Str){(const char *)start, (size_t)(r->p - start)};
}

/* Indirect name map: a name map per function. */
static void read_maps_by_func(struct wasm_module *m, Str **maps, size_t *len, struct wasm_reader *r) {
    uint32_t count = wasm_read_count(r, 2, UINT32_MAX);
    if (!count)
        return;
    if (!*maps) { /* a second subsection of the kind adds to the first */
        *maps = ARENA_ARRAY(m->arena, m->funcs.len, Str);
        *len = m->funcs.len;
    }
    for (uint32_t i = 0; i < count && !r->reason; i++) {
        uint32_t func = wasm_read_u32(r);
        Str map = skip_name_map(r);
        if (!r->reason && func < *len)
            (*maps)[func] = map;
    }
}

static void read_subsection(struct wasm_module *m, uint8_t id, struct wasm_reader *r) {
    switch (id) {
    case NAME_MODULE:
        m->module_name = wasm_read_name(r);
        break;
    case NAME_LOCAL:
        read_maps_by_func(m, &names_of(m)->locals, &names_of(m)->nlocals, r);
        break;
    case NAME_LABEL:
        read_maps_by_func(m, &names_of(m)->labels, &names_of(m)->nlabels, r);
        break;
    case NAME_TYPE:
        read_type_names(m, r);
        break;
    default: /* field names and the like are dropped */
        if (name_of(m, id, 0))
            read_name_map(m, id, r);
    }
}

void wasm_names_parse(struct wasm_module *m, Str content, struct diag *diag) {
    struct wasm_reader r = wasm_reader_of(content);
    while (!r.reason && wasm_left(&r)) {
        uint8_t id = wasm_read_byte(&r);
        Str bytes = wasm_read_vector(&r);
        if (r.reason)
            break;
        struct wasm_reader inner = wasm_reader_of(bytes);
        read_subsection(m, id, &inner);
        if (inner.reason)
            wasm_reader_fail(&r, inner.reason);
    }
    if (r.reason)
        diag_warn(diag, "the name section is malformed (%s); some names may be missing", r.reason);
}

/* The map of function `f` moves in an array that grows by id. */
static void move_map(struct wasm_module *m, Str **maps, size_t *len, uint32_t from, uint32_t to) {
    if (from >= *len || !(*maps)[from].len)
        return;
    if (to >= *len) {
        size_t grown = (size_t)to + to / 4 + 1;
        Str *copy = ARENA_ARRAY(m->arena, grown, Str);
        memcpy(copy, *maps, *len * sizeof **maps);
        *maps = copy;
        *len = grown;
    }
    (*maps)[to] = (*maps)[from];
    (*maps)[from] = (Str){0};
}

void wasm_names_move(struct wasm_module *m, uint32_t from, uint32_t to) {
    if (!m->names)
        return;
    move_map(m, &m->names->locals, &m->names->nlocals, from, to);
    move_map(m, &m->names->labels, &m->names->nlabels, from, to);
}

#define CLEAR_NAMES(vec)                                                                                     \
    for (size_t i = 0; i < (vec).len; i++)                                                                   \
    (vec).items[i].name.len = 0

void wasm_names_remove(struct wasm_module *m) {
    CLEAR_NAMES(m->funcs);
    CLEAR_NAMES(m->tables);
    CLEAR_NAMES(m->memories);
    CLEAR_NAMES(m->globals);
    CLEAR_NAMES(m->elems);
    CLEAR_NAMES(m->datas);
    CLEAR_NAMES(m->tags);
    m->names = NULL;
    m->module_name = (Str){0};
    struct wasm_custom *custom = wasm_custom_find(m, STR("name"));
    if (custom)
        custom->removed = true;
}
