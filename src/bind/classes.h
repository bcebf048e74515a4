/* Exported structs → classes (docs/upstream/wire-format.md 9.1, 9.8; descriptors.md 12.2). */
#ifndef BIND_CLASSES_H
#define BIND_CLASSES_H

#include "bind/context.h"

/* Registers the classes of all programs, so that every type can name them; binds `free` and the imports that
 * wrap and unwrap instances. */
bool bind_classes_declare(struct bind_context *cx);

/* Binds the public fields of the present program's structs as getters and setters. */
bool bind_classes_fields(struct bind_context *cx);

/* The class of a name as descriptors and methods give it: from 0.2.128 on together with the crate (ignored
 * before); NULL if no record defines it. */
struct bind_class *bind_class_find(const struct bind_context *cx, Str crate, Str name);

#endif
