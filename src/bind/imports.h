/* Imported functions, statics, strings and types (docs/upstream/wire-format.md 9; abi.md 13). */
#ifndef BIND_IMPORTS_H
#define BIND_IMPORTS_H

#include "bind/context.h"

/* Binds the imports of the present program. Records whose shim is not imported or has no descriptor are
 * ignored; an item that cannot be glued gets a binding with `unsupported` set. */
bool bind_imports(struct bind_context *cx);

/* Binds one instance of a function record: `name` in the placeholder module, function id, concrete types. */
void bind_import_function(struct bind_context *cx, const struct meta_Import *record, Str name, uint32_t func,
                          const struct meta_signature *signature);

/* Turns a binding into one that only says why there is none. */
void bind_give_up(struct bind_import *import, Str reason);

/* Title and reason as one sentence: "import `f`, argument 1: …". */
Str bind_reason(struct arena *arena, Str title, Str why);

/* With references: where the result may be a view that the function is lent, its handle has to be made before
 * the call. Sets slot_first and what crosses. */
void bind_slot_first(const struct bind_context *cx, struct bind_import *import);

#endif
