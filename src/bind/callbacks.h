/* Functions of the module that JavaScript calls back (docs/upstream/abi.md 9, descriptors.md 9). */
#ifndef BIND_CALLBACKS_H
#define BIND_CALLBACKS_H

#include "bind/context.h"

/* Whether a descriptor is that of a callback: a closure, or a function behind any references. */
bool bind_is_callback(const struct meta_type *type);

/* The type of such a descriptor, which only goes out. Where it cannot: false, and the reason in *why. */
bool bind_callback_type(const struct bind_context *cx, const struct meta_type *type, struct bind_type *out,
                        Str *why);

/* Crates up to 0.2.101: gives every function that makes a callback an import of its own. */
bool bind_callback_makers(struct bind_context *cx);

#endif
