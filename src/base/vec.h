/* A typed growing array in an arena: VEC(struct foo) list; vec_push(arena, &list, value).
 *
 * Growing abandons the old block in the arena, so its total waste is at most its final size. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                                                                                            \
    struct {                                                                                                 \
        type *items;                                                                                         \
        size_t len, cap;                                                                                     \
    }

/* Makes room for at least one more element. Used by vec_push. */
void *vec_grow(struct arena *arena, void *items, size_t len, size_t *cap, size_t size, size_t more);

#define vec_reserve(arena, vec, more)                                                                        \
    ((vec)->items = (vec)->cap - (vec)->len >= (size_t)(more)                                                \
                        ? (vec)->items                                                                       \
                        : vec_grow((arena), (vec)->items, (vec)->len, &(vec)->cap, sizeof *(vec)->items,     \
                                   (size_t)(more)))

#define vec_push(arena, vec, ...)                                                                            \
    (vec_reserve((arena), (vec), 1), (vec)->items[(vec)->len] = (__VA_ARGS__), &(vec)->items[(vec)->len++])

/* for (vec_each(struct foo, item, &list)) … */
#define vec_each(type, item, vec)                                                                            \
    type *item = (vec)->items;                                                                               \
    item < (vec)->items + (vec)->len;                                                                        \
    item++

#endif
