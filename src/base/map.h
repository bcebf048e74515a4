/* A hash map from text to a pointer or a number, in insertion order (so output is deterministic).
 * A thin cover of uthash; keys are borrowed and must outlive the map. Entries live in the arena. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map_entry {
    Str key;
    union {
        void *ptr;
        size_t num;
    } value;
    struct map_entry *next; /* insertion order */
};

struct map {
    struct arena *arena;
    struct map_entry *first, *last;
    struct map_index *table;
    size_t len;
};

/* A hash that differs from run to run and cannot be foreseen; nothing in the output may depend on it. */
uint64_t map_hash(Str key);

void map_init(struct map *map, struct arena *arena);
/* Frees the hash table's buckets (entries belong to the arena). */
void map_free(struct map *map);
/* The entry of the key, or NULL. */
struct map_entry *map_find(const struct map *map, Str key);
/* The entry of the key, added with value 0/NULL if missing; *added (may be NULL) says which. */
struct map_entry *map_put(struct map *map, Str key, bool *added);

#endif
