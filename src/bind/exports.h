/* Exported functions and methods (docs/upstream/wire-format.md 9; descriptors.md 8, 12.1). */
#ifndef BIND_EXPORTS_H
#define BIND_EXPORTS_H

#include "bind/context.h"

/* Binds the exports of the present program. Records without descriptor are ignored (their export still gets
 * its canonical name). */
bool bind_exports(struct bind_context *cx);

/* Completes and adds an export: its function is looked up under `mangled`, renamed to shape->wasm_name, its
 * signature built and compared with the wasm function's type. `record` may be NULL. */
bool bind_add_export(struct bind_context *cx, Str mangled, const struct bind_export *shape,
                     const struct meta_signature *function, const struct meta_Function *record);

/* Finds `main` of a binary crate if no export is a start function (wire-format.md 9.7). */
void bind_find_main(struct bind_context *cx);

#endif
