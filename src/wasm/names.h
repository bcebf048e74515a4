/* The name section's content that has no place in the entities; internal to src/wasm (others see
 * wasm/name.h). */
#ifndef WASM_NAMES_H
#define WASM_NAMES_H

#include "wasm/name.h"

struct wasm_names {
    /* Name maps (count, then index and name each) by function id, as they stand; empty = none. */
    Str *locals, *labels;
    size_t nlocals, nlabels; /* ids these arrays cover */
    VEC(struct wasm_type_name {
        uint32_t type;
        Str name;
    })
    types;
};

/* The local and label names of function `from` go to function `to`. */
void wasm_names_move(struct wasm_module *m, uint32_t from, uint32_t to);

#endif
