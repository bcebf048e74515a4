/* Liveness: what exports, start, and the given extra functions reach. */
#ifndef WASM_GC_H
#define WASM_GC_H

#include "wasm/module.h"

/* Fills m->live* and m->uses. Roots: exports, start, active element segments of live tables, active data
 * segments, imported memories are kept only if used; plus `roots` (function ids). An elem/data segment that a
 * live body names is live. May be called again after changes. Fails on an unknown opcode (function, offset,
 * byte). */
bool wasm_gc(struct wasm_module *m, const uint32_t *roots, size_t nroots, struct diag *diag);

#endif
