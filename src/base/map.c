#include "base/map.h"

#include <stdlib.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif

#define HASH_FUNCTION(bytes, size, hash) ((hash) = (unsigned)map_hash((Str){(bytes), (size)}))
#include <uthash.h>

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;
/* Both halves of the product. */
static uint64_t mix(uint64_t a, uint64_t b) {
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}
#else
static uint64_t mix(uint64_t a, uint64_t b) {
    uint64_t al = (uint32_t)a, ah = a >> 32, bl = (uint32_t)b, bh = b >> 32;
    uint64_t crossed = al * bh + (al * bl >> 32), other = ah * bl + (uint32_t)crossed;
    return (a * b) ^ (ah * bh + (crossed >> 32) + (other >> 32));
}
#endif

/* Secret to whoever made the input, so that nobody can choose keys that share a bucket. Nothing in the output
 * depends on it: maps are walked in order of insertion. */
static const uint64_t *secret(void) {
    static uint64_t seed[2];
    if (!seed[0]) {
#ifdef __linux__
        const void *random = (const void *)getauxval(AT_RANDOM); /* 16 bytes from the kernel */
        if (random)
            memcpy(seed, random, sizeof seed);
#endif
        seed[0] ^= mix((uintptr_t)&seed ^ 0x9E3779B97F4A7C15u, (uintptr_t)malloc ^ 0xD6E8FEB86659FD93u) | 1;
    }
    return seed;
}

static uint64_t word_at(const char *p, size_t size) {
    uint64_t word = 0;
    memcpy(&word, p, size);
    return word;
}

uint64_t map_hash(Str key) {
    const uint64_t *seed = secret();
    uint64_t hash = mix(seed[0] ^ key.len, seed[1]);
    size_t at = 0;
    for (; key.len - at > 16; at += 16)
        hash = mix(word_at(key.ptr + at, 8) ^ seed[1], word_at(key.ptr + at + 8, 8) ^ hash);
    size_t rest = key.len - at, first = rest < 8 ? rest : 8;
    uint64_t a = first ? word_at(key.ptr + at, first) : 0;
    uint64_t b = rest > first ? word_at(key.ptr + at + first, rest - first) : 0;
    return mix(mix(a ^ seed[1], b ^ hash), seed[0]);
}

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
