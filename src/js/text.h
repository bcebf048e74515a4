/* Pieces of JavaScript text: literals, property accesses, indentation. Results live in the arena. */
#ifndef JS_TEXT_H
#define JS_TEXT_H

#include "base/buf.h"

/* The text as a string literal in double quotes. */
Str js_quote(struct arena *arena, Str text);
/* The text as it stands between single quotes / double quotes / backticks. */
Str js_escape_single(struct arena *arena, Str text);
Str js_escape_double(struct arena *arena, Str text);
Str js_escape_template(struct arena *arena, Str text);

/* `object.name` or `object["name"]`. */
Str js_member(struct arena *arena, Str object, Str name);
/* As js_member for a name that a program gives to a property: its dots separate the parts of a path
 * (`prototype.set.call`), and in brackets it is an expression (`[Symbol.iterator]`). `optional`: each access
 * is written `?.`. */
Str js_path(struct arena *arena, Str object, Str name, bool optional);
/* `name` or `"name"`: a name in an import, an export or a pattern. */
Str js_name(struct arena *arena, Str name);
/* The same as a key of an object literal, where `__proto__` would be no key. */
Str js_key(struct arena *arena, Str name);
/* The same for the name of a class member, where brackets mean an expression. */
Str js_member_key(struct arena *arena, Str name);

/* Whether `word` occurs in the text as a whole identifier. */
bool js_mentions(Str text, Str word);

/* Appends the lines with indentation set from their brackets: a line that ends with `{`, `(`, `[` indents
 * what follows by 4 spaces, one that begins with `}`, `)`, `]` ends that. Comments keep the shape of JSDoc.
 */
void js_indent(Str text, struct buf *out);

#endif
