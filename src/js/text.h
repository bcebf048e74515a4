/* Pieces of JavaScript text: literals, property accesses, indentation. Results live in the arena. */
#ifndef JS_TEXT_H
#define JS_TEXT_H

#include "base/buf.h"

/* The text as a string literal in double quotes. */
Str js_quote(struct arena *arena, Str text);
/* The text as it stands between single quotes / between backticks. */
Str js_escape_single(struct arena *arena, Str text);
Str js_escape_template(struct arena *arena, Str text);

/* Whether the text has the form of an identifier (reserved words included). Non-ASCII letters count, as Rust's identifiers may
 * have them. */
bool js_is_identifier(Str text);
/* Whether it is a word that no binding of a module may have. */
bool js_is_reserved(Str text);

/* `object.name` or `object["name"]`. */
Str js_member(struct arena *arena, Str object, Str name);
/* `name` or `"name"`: a key of an object literal or a class. */
Str js_key(struct arena *arena, Str name);

/* Whether `word` occurs in the text as a whole identifier. */
bool js_mentions(Str text, Str word);

/* Appends the lines with indentation set from their brackets: 4 spaces for each that a line leaves open. Brackets count at the ends
 * of lines only: `{`, `(`, `[` last, `}`, `)`, `]` first. */
void js_indent(Str text, struct buf *out);

#endif
