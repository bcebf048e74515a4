/* The name section (appendix A.1 of the specification): read into the entities' `name` fields, the rest kept
 * by id. */
#ifndef WASM_NAME_H
#define WASM_NAME_H

#include "wasm/module.h"

/* Reads the content of a `name` section. A malformed section is a warning, and the names read so far stay. */
void wasm_names_parse(struct wasm_module *m, Str content, struct diag *diag);
/* Appends the content of the name section for the live entities. */
struct wasm_emitter;
void wasm_names_emit(struct wasm_emitter *e);
/* Replaces the functions' names that are symbols of Rust by readable ones, in order of ids. With `number`,
 * the second, third, … function of the same readable name gets `[1]`, `[2]`, … behind it
 * (docs/upstream/transforms.md 14). What all names together may cost is bounded by their size; past that they
 * stay, with a warning. */
void wasm_names_demangle(struct wasm_module *m, bool number, struct diag *diag);
/* Forgets every name (flag --remove-name-section). */
void wasm_names_remove(struct wasm_module *m);

#endif
