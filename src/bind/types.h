/* Type descriptors → bind_type (docs/upstream/descriptors.md 7, 11; abi.md 5-8). */
#ifndef BIND_TYPES_H
#define BIND_TYPES_H

#include "bind/context.h"

/* The type of nothing. */
extern const struct bind_type bind_unit;

/* The bind_type of a descriptor that crosses in the given direction. Where it cannot: false, and the reason
 * as a sentence in *why, e.g. "closures are not supported yet". RESULT is not taken here: see
 * bind_signature_build. */
bool bind_type_of(const struct bind_context *cx, const struct meta_type *type, bool incoming,
                  const struct bind_type **out, Str *why);

/* A type without descriptor: the kind, owned or borrowed, not optional. */
const struct bind_type *bind_type_simple(struct arena *arena, enum bind_kind kind, enum bind_access access);

/* "No value" of an optional small integer, bool or char: docs/upstream/abi.md 5. */
enum { BIND_SMALL_ABSENT = 0xFFFFFF };

#endif
