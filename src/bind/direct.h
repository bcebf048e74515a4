/* Arrays of instances that cross without handles (docs/upstream/fast-paths.md 4). Private to src/bind. */
#ifndef BIND_DIRECT_H
#define BIND_DIRECT_H

#include "bind/context.h"
#include "wasm/callers.h"

/* Makes arrays of instances `direct`: arguments where the module is known to take them apart by the import
 * that unwraps instances of their class, results where the one place is found at which it makes values of the
 * elements, and of nothing else. To be called when all signatures are built. False (the reason in diag) if a
 * body is malformed. */
bool bind_direct(struct bind_context *cx);

/* Searches end after so many functions: what is looked for is a few calls away. */
enum { DIRECT_MAX_FOUND = 1000 };

/* What direct.c and direct_results.c share. Arrays by function id are made once: a module may have many
 * classes. */
struct direct {
    struct bind_context *cx;
    const struct wasm_call_graph *calls; /* NULL until they are wanted; see direct_calls */
    const bool *ambiguous;               /* by class; likewise, see direct_is_certain */
    bool *seen;                          /* by id, all false between searches */
    VEC(uint32_t) found;                 /* those that are set */
};

/* The module's calls; false (the reason in diag) if a body is malformed. */
bool direct_calls(struct direct *d);
/* Whether arrays described by the name of the class cannot be of anything else: up to 0.2.127 an imported
 * type may have the same name. */
bool direct_is_certain(struct direct *d, const struct bind_class *class);
/* The class whose instances the array's elements may be; NULL if there is none, or it is no such array. */
const struct bind_class *direct_class(const struct bind_type *type);
/* Makes the type of a value, an array, `direct`. */
void direct_make(const struct direct *d, struct bind_value *value);
/* Adds the callers of a function to `found`, if they are not there. */
void direct_add_callers(struct direct *d, uint32_t func);
/* Forgets what was found. */
void direct_forget(struct direct *d);

/* direct_results.c */
bool direct_results(struct direct *d);

#endif
