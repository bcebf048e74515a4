/* Module → bytes. Live entities only (all of them before wasm_gc); indices, sizes and immediates in their
 * minimal LEB128 width. Deterministic. Emitting what was parsed from an emitted module changes no byte. */
#ifndef WASM_EMIT_H
#define WASM_EMIT_H

#include "base/buf.h"
#include "wasm/module.h"

/* Appends the module to `out`. Fails on an unknown opcode (naming function, offset and byte) and past 4 GiB.
 */
bool wasm_emit(const struct wasm_module *m, struct buf *out, struct diag *diag);

#endif
