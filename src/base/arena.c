#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define ALIGN _Alignof(max_align_t)
#ifdef ARENA_DEBUG
#define CHUNK_MIN 0
#else
#define CHUNK_MIN ((size_t)32 * 1024)
#endif

struct chunk {
    struct chunk *previous;
    size_t size, used;
    size_t mapped; /* bytes that were mapped for it; 0: it is malloc's */
    _Alignas(max_align_t) char bytes[];
};

#define CHUNK_MAX (LARGE_PAGE - sizeof(struct chunk)) /* with its head, one large page */
#define CHUNK_GROWTH 4
#define PAGE ((size_t)64 * 1024)        /* a multiple of every usual size of pages */
#define CHUNK_OWN ((size_t)1024 * 1024) /* a block of this size need not share its chunk */

struct arena {
    struct chunk *chunk;
    size_t next_size;
};

static size_t total;
static void (*before_failure)(void);

void base_before_failure(void (*clean)(void)) {
    before_failure = clean;
}

void base_clean(void) {
    if (before_failure)
        before_failure();
}

_Noreturn void base_out_of_memory(size_t size) {
    base_clean();
    fprintf(stderr, "error: out of memory (%zu bytes more were needed)\n", size);
    _Exit(EXIT_FAILURE);
}

struct arena *arena_new(void) {
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        base_out_of_memory(sizeof *arena);
    arena->next_size = CHUNK_MIN;
    return arena;
}

static void free_chunk(struct arena *arena) {
    struct chunk *chunk = arena->chunk;
    arena->chunk = chunk->previous;
    total -= chunk->size;
    if (chunk->mapped)
        munmap(chunk, chunk->mapped);
    else
        free(chunk);
}

void arena_free(struct arena *arena) {
    if (!arena)
        return;
    while (arena->chunk)
        free_chunk(arena);
    free(arena);
}

/* Asks for large pages, as far as whole ones fit into the block. Advice only: what comes of it does not
 * matter. */
static void advise_large(char *block, size_t size) {
#ifdef MADV_HUGEPAGE
    size_t before = -(uintptr_t)block & (LARGE_PAGE - 1);
    if (size >= before + LARGE_PAGE)
        (void)madvise(block + before, (size - before) & ~(LARGE_PAGE - 1), MADV_HUGEPAGE);
#else
    (void)block;
    (void)size;
#endif
}

/* `size` zeroed bytes that begin with a large page; NULL if there are none. */
static void *map_large(size_t size) {
    char *whole = mmap(NULL, size + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (whole == MAP_FAILED)
        return NULL;
    size_t before = -(uintptr_t)whole & (LARGE_PAGE - 1);
    if (before)
        munmap(whole, before);
    if (before < LARGE_PAGE)
        munmap(whole + before + size, LARGE_PAGE - before);
    advise_large(whole + before, size);
    return whole + before;
}

/* Zeroed. */
static struct chunk *new_chunk(size_t size) {
    size_t all = (sizeof(struct chunk) + size + PAGE - 1) & ~(PAGE - 1);
    bool large = CHUNK_MIN && all >= LARGE_PAGE;
    struct chunk *chunk = large ? map_large(all) : calloc(1, sizeof *chunk + size);
    if (!chunk)
        base_out_of_memory(size);
    *chunk = (struct chunk){.size = size, .mapped = large ? all : 0};
    total += size;
    return chunk;
}

static void add_chunk(struct arena *arena, size_t at_least) {
    size_t size = at_least > arena->next_size ? at_least : arena->next_size;
    struct chunk *chunk = new_chunk(size);
    chunk->previous = arena->chunk;
    arena->chunk = chunk;
    arena->next_size =
        arena->next_size < CHUNK_MAX / CHUNK_GROWTH ? arena->next_size * CHUNK_GROWTH : CHUNK_MAX;
}

void *arena_alloc(struct arena *arena, size_t size) {
    if (size > SIZE_MAX / 2)
        base_out_of_memory(size);
    size = (size + ALIGN - 1) & ~(ALIGN - 1);
    if (!arena->chunk || arena->chunk->size - arena->chunk->used < size)
        add_chunk(arena, size);
    void *block = arena->chunk->bytes + arena->chunk->used;
    arena->chunk->used += size;
    return block;
}

void *arena_alloc_raw(struct arena *arena, size_t size) {
    if (size < CHUNK_OWN || !arena->chunk)
        return arena_alloc(arena, size);
    if (size > SIZE_MAX / 2)
        base_out_of_memory(size);
    /* A chunk of its own, put behind the current one so that the current one stays in use. */
    struct chunk *chunk = new_chunk(size);
    chunk->used = size;
    chunk->previous = arena->chunk->previous;
    arena->chunk->previous = chunk;
    return chunk->bytes;
}

void *arena_array(struct arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / 2 / size)
        base_out_of_memory(SIZE_MAX);
    return arena_alloc(arena, count * size);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size) {
    char *copy = arena_alloc(arena, size + 1);
    if (size)
        memcpy(copy, bytes, size);
    return copy;
}

struct arena_mark arena_mark(struct arena *arena) {
    struct arena_mark mark = {arena->chunk, arena->chunk ? arena->chunk->used : 0};
    return mark;
}

void arena_release(struct arena *arena, struct arena_mark mark) {
    while (arena->chunk && arena->chunk != mark.chunk)
        free_chunk(arena);
    if (!arena->chunk)
        return;
    /* The next blocks must be zeroed again. */
    memset(arena->chunk->bytes + mark.used, 0, arena->chunk->used - mark.used);
    arena->chunk->used = mark.used;
}

void *base_alloc(size_t size) {
    void *block = NULL;
    if (posix_memalign(&block, size < LARGE_PAGE ? ALIGN : LARGE_PAGE, size ? size : 1) != 0)
        base_out_of_memory(size);
    advise_large(block, size);
    return block;
}

void base_free(void *block) {
    free(block);
}

size_t arena_total(void) {
    return total;
}
