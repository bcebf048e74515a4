/* Imports that the tool itself implements (docs/upstream/intrinsics.md). */
#ifndef BIND_INTRINSICS_H
#define BIND_INTRINSICS_H

#include "bind/context.h"

/* The intrinsic of a full name, `__wbindgen_…`, or BIND_INTRINSIC_NONE. */
enum bind_intrinsic bind_intrinsic_named(Str name);

/* The signature of the undescribed form (crates up to 0.2.101; clone and drop ever since); false if the
 * intrinsic has none. */
bool bind_intrinsic_raw(const struct bind_context *cx, enum bind_intrinsic intrinsic,
                        struct bind_signature *out);

/* Why the glue cannot have this intrinsic; empty if it can. */
Str bind_intrinsic_refused(enum bind_intrinsic intrinsic);

/* Gives every placeholder import that no record bound its binding: a raw intrinsic, or one that says why
 * there is none. */
void bind_leftovers(struct bind_context *cx);

#endif
