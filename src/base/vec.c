#include "base/vec.h"

#include <string.h>

void *vec_grow(struct arena *arena, void *items, size_t len, size_t *cap, size_t size, size_t more) {
    size_t wanted = *cap < 4 ? 4 : *cap * 2;
    if (wanted < len + more)
        wanted = len + more;
    void *grown = arena_array(arena, wanted, size);
    if (len)
        memcpy(grown, items, len * size);
    *cap = wanted;
    return grown;
}
