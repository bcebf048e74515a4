/* Names in JavaScript and TypeScript text: which can stand as they are, and what takes the place of the
 * others. One table for the glue and its declarations. */
#ifndef BIND_IDENTIFIER_H
#define BIND_IDENTIFIER_H

#include "bind/bindings.h"

/* Whether the text has the form of an identifier (reserved words included). Non-ASCII letters count, as
 * Rust's identifiers may have them. */
bool bind_is_identifier(Str text);
/* Whether it is a word that no binding of a module, and no parameter in strict TypeScript, may have. */
bool bind_is_reserved(Str text);
/* An identifier that is not reserved. */
bool bind_is_binding(Str text);
/* Whether a declaration may have it: `Symbol` would hide what every class declares. */
bool bind_is_declarable(Str text);
/* Whether the name of a member is an expression in brackets, such as `[Symbol.iterator]`. */
bool bind_is_computed(Str name);

/* The text with everything that cannot be part of an identifier replaced by `_`; never empty or reserved. */
Str bind_make_identifier(struct arena *arena, Str text);
/* The parameters' names, made valid and different from each other; `out` has room for sig->nparams. */
void bind_param_names(struct arena *arena, const struct bind_signature *sig, Str *out);
/* What declarations call the class: its name, or a made-up one where no declaration can have that. */
Str bind_class_identifier(struct arena *arena, const struct bind_class *class);

Str bind_enum_identifier(struct arena *arena, const struct bind_enum *enumeration);

/* Appends a line of a doc comment behind `indent`; nothing in it can end the comment. */
void bind_doc_line(struct buf *out, const char *indent, Str line);

#endif
