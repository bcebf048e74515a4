/* Memory that lives as long as the run (or a pass): allocate, never free one by one.
 *
 * All allocation of the program goes through arenas (and `struct buf`). Running out of memory ends the
 * process with a message: no caller has anything better to do. Built with -DARENA_DEBUG every block is a
 * malloc of its own, so that AddressSanitizer sees overruns between blocks. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* A position to go back to; see arena_release. */
struct arena_mark {
    void *chunk;
    size_t used;
};

/* A new, empty arena; free it with arena_free. */
struct arena *arena_new(void);

/* Frees the arena and all blocks taken from it. NULL is allowed. */
void arena_free(struct arena *arena);

/* `size` zeroed bytes aligned for any object. Never NULL; size 0 gives a valid unique-enough pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* As arena_alloc but not zeroed, and large blocks are taken from the system directly: for file contents. */
void *arena_alloc_raw(struct arena *arena, size_t size);

/* As arena_alloc for `count` elements of `size` bytes; the product is checked for overflow. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of `size` bytes, followed by a NUL byte (so copies of text are C strings). */
void *arena_copy(struct arena *arena, const void *bytes, size_t size);

/* Remembers the present fill level / frees everything allocated since. */
struct arena_mark arena_mark(struct arena *arena);
void arena_release(struct arena *arena, struct arena_mark mark);

/* Bytes obtained from the system by all arenas together (for tests of memory bounds). */
size_t arena_total(void);

/* `size` bytes, not zeroed, never NULL; to be freed with base_free. Blocks of LARGE_PAGE and more ask the
 * system for large pages, which cost far fewer page faults, as far as whole ones fit. */
#define LARGE_PAGE ((size_t)2 * 1024 * 1024)
void *base_alloc(size_t size);

/* Frees what base_alloc gave, or memory that a system call allocated with malloc. */
void base_free(void *block);

/* Ends the process with a message, status 1. */
_Noreturn void base_out_of_memory(size_t size);

/* What is to be done before the process ends for want of memory or with an internal error; NULL: nothing. */
void base_before_failure(void (*clean)(void));
/* Does it. */
void base_clean(void);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

#endif
