/* From ids to final indices: imports first, dead entities left out. */
#include "wasm/emit_internal.h"

enum place { NOWHERE, IMPORTED, DEFINED };

static enum place place_of(const struct wasm_module *m, enum wasm_kind kind, uint32_t id) {
    uint8_t def = WASM_DEFINED;
    if (!wasm_is_live(m, kind, id))
        return NOWHERE;
    switch (kind) {
    case WASM_FUNC:
        def = m->funcs.items[id].def;
        break;
    case WASM_TABLE:
        def = m->tables.items[id].def;
        break;
    case WASM_MEMORY:
        def = m->memories.items[id].def;
        break;
    case WASM_GLOBAL:
        def = m->globals.items[id].def;
        break;
    case WASM_TAG:
        def = m->tags.items[id].def;
        break;
    }
    return def == WASM_ALIAS ? NOWHERE : def == WASM_IMPORTED ? IMPORTED : DEFINED;
}

static void init_space(struct wasm_space *space, struct arena *arena, size_t len) {
    space->len = (uint32_t)len;
    space->index = ARENA_ARRAY(arena, len, uint32_t);
    space->order = ARENA_ARRAY(arena, len, uint32_t);
    memset(space->index, 0xFF, len * sizeof *space->index);
}

static void append(struct wasm_space *space, uint32_t id) {
    space->order[space->count] = id;
    space->index[id] = space->count++;
}

static void build_kind(const struct wasm_module *m, enum wasm_kind kind, struct wasm_space *space) {
    for (uint32_t id = 0; id < space->len; id++)
        if (place_of(m, kind, id) == IMPORTED)
            append(space, id);
    space->imported = space->count;
    for (uint32_t id = 0; id < space->len; id++)
        if (place_of(m, kind, id) == DEFINED)
            append(space, id);
}

/* How often a function is referred to; newer functions than the last wasm_gc count as unused. */
static uint32_t uses_of(const struct wasm_module *m, uint32_t id) {
    return id < m->live_len[WASM_FUNC] ? m->func_uses[id] : 0;
}

/* The least number of uses that the `wanted` most used of the functions have, and how many of those that have
 * exactly that number are among them. */
static uint32_t use_threshold(const struct wasm_module *m, const uint32_t *ids, uint32_t count,
                              uint32_t wanted, uint32_t *ties) {
    enum { MOST = 4096 };
    uint32_t histogram[MOST + 1] = {0}, above = 0, uses = MOST;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t n = uses_of(m, ids[i]);
        histogram[n < MOST ? n : MOST]++;
    }
    for (; uses > 0 && above + histogram[uses] < wanted; uses--)
        above += histogram[uses];
    *ties = wanted - above;
    return uses;
}

/* Moves the `wanted` most used functions to the front; otherwise the order stays. */
static void move_to_front(const struct wasm_module *m, uint32_t *ids, uint32_t count, uint32_t wanted,
                          struct arena *arena) {
    uint32_t ties, rest = 0, front = 0, threshold = use_threshold(m, ids, count, wanted, &ties);
    uint32_t *others = ARENA_ARRAY(arena, count, uint32_t);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t n = uses_of(m, ids[i]);
        bool chosen = n > threshold || (n == threshold && ties && ties--);
        if (chosen)
            ids[front++] = ids[i];
        else
            others[rest++] = ids[i];
    }
    memcpy(ids + front, others, rest * sizeof *ids);
}

/* The most used functions get the indices that take one byte, the next those of two bytes. */
static void order_functions(const struct wasm_module *m, struct wasm_space *space, struct arena *arena) {
    static const uint32_t widths[] = {1u << 7, 1u << 14};
    uint32_t from = space->imported;
    for (size_t i = 0; i < sizeof widths / sizeof *widths && m->func_uses; i++) {
        if (widths[i] <= from || widths[i] >= space->count)
            continue;
        move_to_front(m, space->order + from, space->count - from, widths[i] - from, arena);
        from = widths[i];
    }
    for (uint32_t i = space->imported; i < space->count; i++)
        space->index[space->order[i]] = i;
}

static void build_plain(struct wasm_space *space, const bool *live, uint32_t live_len) {
    for (uint32_t id = 0; id < space->len; id++)
        if (!live || id >= live_len || live[id])
            append(space, id);
}

/* One segment may become several, so indices are not consecutive; only `index` and `count` are meaningful
 * then. */
static void build_elems(const struct wasm_module *m, struct wasm_space *space) {
    for (uint32_t id = 0; id < space->len; id++) {
        if (m->live_elems && id < m->live_elems_len && !m->live_elems[id])
            continue;
        space->index[id] = space->count;
        space->count += wasm_elem_pieces(&m->elems.items[id]);
    }
}

void wasm_index_map_build(const struct wasm_module *m, struct arena *arena, struct wasm_index_map *map) {
    const size_t counts[WASM_KINDS] = {m->funcs.len, m->tables.len, m->memories.len, m->globals.len,
                                       m->tags.len};
    for (int kind = 0; kind < WASM_KINDS; kind++) {
        init_space(&map->kind[kind], arena, counts[kind]);
        build_kind(m, (enum wasm_kind)kind, &map->kind[kind]);
    }
    order_functions(m, &map->kind[WASM_FUNC], arena);
    init_space(&map->types, arena, m->types.len);
    build_plain(&map->types, m->live_types, m->live_types_len);
    init_space(&map->datas, arena, m->datas.len);
    build_plain(&map->datas, m->live_datas, m->live_datas_len);
    init_space(&map->elems, arena, m->elems.len);
    build_elems(m, &map->elems);
}
