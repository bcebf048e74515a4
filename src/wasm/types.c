/* Equal types have one id: a hash table with linear probing over the types of a module, which takes in at
 * each search what was added since the last one. */
#include "wasm/module.h"

struct wasm_type_index {
    uint32_t *ids;  /* type id + 1; 0 = this place is free */
    size_t mask;    /* number of places - 1 */
    size_t indexed; /* types that are in it, or equal one that is */
};

static uint64_t hash_bytes(uint64_t hash, const uint8_t *bytes, uint32_t len) {
    hash = (hash ^ len) * 0x100000001B3u; /* FNV-1a, the length in front */
    for (uint32_t i = 0; i < len; i++)
        hash = (hash ^ bytes[i]) * 0x100000001B3u;
    return hash;
}

static size_t hash_type(const struct wasm_functype *t) {
    uint64_t hash = hash_bytes(0xCBF29CE484222325u, t->params, t->nparams);
    return (size_t)(hash_bytes(hash, t->results, t->nresults) >> 16);
}

static bool same_bytes(const uint8_t *a, uint32_t na, const uint8_t *b, uint32_t nb) {
    return na == nb && (na == 0 || memcmp(a, b, na) == 0);
}

/* The place of an equal type, or the free place where this one belongs. */
static uint32_t *probe(const struct wasm_module *m, const struct wasm_functype *type) {
    const struct wasm_type_index *index = m->type_index;
    for (size_t at = hash_type(type);; at++) {
        uint32_t *place = &index->ids[at & index->mask];
        if (!*place)
            return place;
        const struct wasm_functype *t = &m->types.items[*place - 1];
        if (same_bytes(t->params, t->nparams, type->params, type->nparams) &&
            same_bytes(t->results, t->nresults, type->results, type->nresults))
            return place;
    }
}

/* Half of the places stay free. */
static void make_room(struct wasm_module *m) {
    struct wasm_type_index *index = m->type_index;
    size_t places = index->ids ? index->mask + 1 : 64;
    if (index->ids && m->types.len < places / 2)
        return;
    while (places / 4 <= m->types.len)
        places *= 2;
    *index = (struct wasm_type_index){ARENA_ARRAY(m->arena, places, uint32_t), places - 1, 0};
}

/* Of equal types in the input the first one is found. */
static void index_types(struct wasm_module *m) {
    if (!m->type_index)
        m->type_index = ARENA_NEW(m->arena, struct wasm_type_index);
    make_room(m);
    for (size_t *i = &m->type_index->indexed; *i < m->types.len; ++*i) {
        uint32_t *place = probe(m, &m->types.items[*i]);
        if (!*place)
            *place = (uint32_t)*i + 1;
    }
}

uint32_t wasm_add_type(struct wasm_module *m, const uint8_t *params, uint32_t nparams, const uint8_t *results,
                       uint32_t nresults) {
    struct wasm_functype type = {params, results, nparams, nresults};
    index_types(m);
    const uint32_t *place = probe(m, &type);
    if (*place)
        return *place - 1;
    type.params = arena_copy(m->arena, params, nparams);
    type.results = arena_copy(m->arena, results, nresults);
    vec_push(m->arena, &m->types, type);
    return (uint32_t)m->types.len - 1;
}
