/* Where imported items come from, and the files that snippets become (docs/upstream/wire-format.md 9.2, 9.3).
 */
#ifndef BIND_ORIGINS_H
#define BIND_ORIGINS_H

#include "bind/context.h"

/* The place of an item (of members: of their class). False, with the reason as a sentence in *why, where it
 * cannot be reached. */
bool bind_origin_of(const struct bind_context *cx, const struct meta_Import *import, Str item,
                    struct bind_origin *out, Str *why);

/* Notes the vendor prefixes that the present program's types have. */
void bind_note_prefixes(struct bind_context *cx);

/* Adds the files of the present program: local modules, inline snippets (to be called after its imports, as
 * their numbers go on where earlier programs of the crate stopped), package.json. */
bool bind_add_files(struct bind_context *cx);

/* The custom TypeScript of all programs, in output order. */
void bind_add_typescript(struct bind_context *cx);

#endif
