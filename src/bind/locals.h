/* What of a module's outside is for the tool alone (docs/upstream/intrinsics.md 3.8, 3.9; transforms.md 10).
 */
#ifndef BIND_LOCALS_H
#define BIND_LOCALS_H

#include "bind/context.h"

/* Lists exports that are not to leave with the module, and finds the import that fills the table of values.
 * To be called before leftover imports are bound. */
void bind_internals(struct bind_context *cx);

/* Lists the imports that become functions of the module; to be called when all imports are bound. An import
 * of the table's own module that is not known is an error. */
bool bind_locals(struct bind_context *cx);

#endif
