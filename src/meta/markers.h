/* The functions that call a marker import, which is how conversions and closures are recognised
 * (docs/upstream/descriptors.md 1). Private to src/meta. */
#ifndef META_MARKERS_H
#define META_MARKERS_H

#include "base/vec.h"
#include "wasm/module.h"

struct meta_callers {
    VEC(uint32_t) funcs; /* ids, ascending */
};

/* All functions of the module with a direct call (or tail call) of the import `module`.`name`, aliases of it
 * included. None if there is no such import. Fails if a function has more than one such call, or its body is
 * malformed. */
bool meta_find_callers(struct wasm_module *m, Str module, Str name, struct meta_callers *out,
                       struct diag *diag);

#endif
