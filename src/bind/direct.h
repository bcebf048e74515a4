/* Arrays of instances that cross without handles (docs/upstream/fast-paths.md 4). Private to src/bind. */
#ifndef BIND_DIRECT_H
#define BIND_DIRECT_H

#include "bind/context.h"

/* Makes arrays of instances `direct` where the module is known to take them apart by the import that unwraps
 * instances of their class. To be called when all signatures are built. False (the reason in diag) if a body
 * that is looked at is malformed. */
bool bind_direct_arrays(struct bind_context *cx);

#endif
