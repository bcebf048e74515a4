/* The name section (appendix A.1 of the specification): read into the entities' `name` fields, the rest kept
 * by id. */
#ifndef WASM_NAME_H
#define WASM_NAME_H

#include "base/buf.h"
#include "wasm/module.h"

/* Reads the content of a `name` section. A malformed section is a warning, and the names read so far stay. */
void wasm_names_parse(struct wasm_module *m, Str content, struct diag *diag);
/* Writes the content of the name section for the live entities; `index[kind][id]` are final indices. */
struct wasm_index_map;
void wasm_names_emit(const struct wasm_module *m, const struct wasm_index_map *index, struct buf *out);
/* Forgets every name (flag --remove-name-section). */
void wasm_names_remove(struct wasm_module *m);

#endif
