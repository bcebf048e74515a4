/* Errors for people: one message, then the chain of what was being done.
 *
 * A code for the program (`bool`), a sentence for the human, kept apart. The first error wins; each boundary
 * on the way out adds a context. Printed as
 *
 *     error: <outermost context>
 *
 *     Caused by:
 *         0: <next context>
 *         1: <the message>
 *
 * or just `error: <message>` without contexts. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdio.h>

#include "base/str.h"
#include "base/vec.h"

struct diag {
    struct arena *arena;
    bool failed;
    Str message;
    VEC(Str) contexts; /* innermost first */
    VEC(Str) warnings;
};

void diag_init(struct diag *diag, struct arena *arena);

/* Records the error (unless one is already recorded) and returns false, so: return diag_fail(d, "…"); */
bool diag_fail(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds what was being done when the recorded error happened; returns false. */
bool diag_context(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Records a warning; printed once by the command line. */
void diag_warn(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints the error if any (it comes first: callers look for `error:` at the start), then the warnings. */
void diag_print(const struct diag *diag, FILE *out);

/* A broken invariant of ours (never the input's fault): file:line to stderr, then abort, in every build. */
#define ASSERT(condition) ((condition) ? (void)0 : diag_abort(__FILE__, __LINE__, #condition))
_Noreturn void diag_abort(const char *file, int line, const char *what);

#endif
