/* Which JavaScript name each class and enum gets (docs/upstream/wire-format.md 9.8). */
#ifndef BIND_DEFINITIONS_H
#define BIND_DEFINITIONS_H

#include "bind/context.h"

/* Settles the names of all records of all programs, in cx->names. From 0.2.128 on several crates may define
 * private items of one name, which then get numbers; two public ones are an error. */
bool bind_definitions_settle(struct bind_context *cx);

/* The name of a record (a meta_Struct, meta_Enum or meta_StringEnum) called `name` there. */
Str bind_definition_name(const struct bind_context *cx, const void *record, Str name);

#endif
