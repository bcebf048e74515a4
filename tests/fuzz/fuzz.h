/* What the fuzz targets share. Each is a file with the one function that libFuzzer calls; replay.c calls it
 * for the inputs of a corpus instead, with any compiler. A target fails by crashing, by an ASSERT, or by
 * needing too much time or memory. */
#ifndef FUZZ_H
#define FUZZ_H

#include "base/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A run's arena and messages, made for one input and thrown away after it. */
struct fuzz {
    struct arena *arena;
    struct diag diag;
};

static inline struct fuzz fuzz_begin(void) {
    struct fuzz fuzz = {.arena = arena_new()};
    diag_init(&fuzz.diag, fuzz.arena);
    return fuzz;
}

/* Whatever fails has to say why, and nothing else may. */
static inline void fuzz_end(struct fuzz *fuzz, bool ok) {
    ASSERT(ok == !fuzz->diag.failed && (ok || fuzz->diag.message.len > 0));
    arena_free(fuzz->arena);
}

#endif
