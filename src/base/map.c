#include "base/map.h"

#include <stdlib.h>

#include <uthash.h>

struct map_index {
    struct map_entry entry;
    UT_hash_handle hh;
};

void map_init(struct map *map, struct arena *arena) {
    *map = (struct map){.arena = arena};
}

void map_free(struct map *map) {
    HASH_CLEAR(hh, map->table);
    *map = (struct map){.arena = map->arena};
}

struct map_entry *map_find(const struct map *map, Str key) {
    struct map_index *found = NULL;
    const char *bytes = key.ptr ? key.ptr : "";
    HASH_FIND(hh, map->table, bytes, key.len, found);
    return found ? &found->entry : NULL;
}

struct map_entry *map_put(struct map *map, Str key, bool *added) {
    struct map_entry *found = map_find(map, key);
    if (added)
        *added = !found;
    if (found)
        return found;
    struct map_index *index = ARENA_NEW(map->arena, struct map_index);
    index->entry.key = key;
    const char *bytes = key.ptr ? key.ptr : "";
    HASH_ADD_KEYPTR(hh, map->table, bytes, key.len, index);
    if (map->last)
        map->last->next = &index->entry;
    else
        map->first = &index->entry;
    map->last = &index->entry;
    map->len++;
    return &index->entry;
}
