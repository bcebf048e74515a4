/* Enums of numbers and of strings (docs/upstream/wire-format.md 9.1; descriptors.md 6.4, 6.5). */
#ifndef BIND_ENUMS_H
#define BIND_ENUMS_H

#include "bind/context.h"

/* Registers the enums of all programs, so that every type can name them. Two of one name are an error. */
bool bind_enums_declare(struct bind_context *cx);

/* The enum of a descriptor ENUM or STRING_ENUM; NULL for one of numbers without a name (up to 0.2.87). False
 * if no record fits, and the reason in *why. */
bool bind_enum_of(const struct bind_context *cx, const struct meta_type *type, struct bind_enum **out,
                  Str *why);

#endif
