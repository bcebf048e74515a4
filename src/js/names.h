/* Identifiers: what is taken in a scope, and new ones that are not. */
#ifndef JS_NAMES_H
#define JS_NAMES_H

#include "base/map.h"

struct js_names {
    struct arena *arena;
    const struct js_names *outer; /* its names are taken here, too; NULL for the module scope */
    struct map taken;
};

/* An empty scope. Free it with js_names_free (the names stay valid, they live in the arena). */
void js_names_init(struct js_names *names, struct arena *arena, const struct js_names *outer);
void js_names_free(struct js_names *names);

/* Keeps the name from being given out. */
void js_names_take(struct js_names *names, Str name);
bool js_names_is_taken(const struct js_names *names, Str name);

/* An identifier as near to `wanted` as possible (other characters become `_`, a number is appended) that
 * neither is reserved nor was taken; taken from now on. `wanted` may be any text. */
Str js_names_new(struct js_names *names, Str wanted);

#endif
