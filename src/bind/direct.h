/* Arrays of instances that cross without handles (docs/upstream/fast-paths.md 4). Private to src/bind. */
#ifndef BIND_DIRECT_H
#define BIND_DIRECT_H

#include "bind/context.h"

/* Makes arrays of instances `direct` where the module is known to take them apart by the import that unwraps
 * instances of their class. To be called when all signatures are built. False (the reason in diag) if a body
 * that is looked at is malformed. */
bool bind_direct_arrays(struct bind_context *cx);

/* The same for results of exports, where the one place is found at which the module makes values of the
 * elements, and nothing else (direct_results.c). Likewise. */
bool bind_direct_results(struct bind_context *cx);

/* Whether an imported type has the name of the class: an array of that name may be one of such values. */
bool bind_is_ambiguous(const struct bind_context *cx, const struct bind_class *class);

/* Makes the type of a value, an array, `direct`. */
void bind_make_direct(const struct bind_context *cx, struct bind_value *value,
                      const struct bind_class *class);

#endif
