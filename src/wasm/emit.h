/* Module → bytes. Live entities only (all of them before wasm_gc); indices, sizes and immediates in their
 * minimal LEB128 width. Deterministic. Emitting what was parsed from an emitted module changes no byte. */
#ifndef WASM_EMIT_H
#define WASM_EMIT_H

#include "base/file.h"
#include "wasm/module.h"

/* Appends the module to `out`, which is empty. Fails on an unknown opcode (naming function, offset and byte)
 * and past 4 GiB. */
bool wasm_emit(const struct wasm_module *m, struct buf *out, struct diag *diag);

/* Adds a file with the same bytes to the outputs. They are made when the outputs are committed, until when
 * the module is borrowed, and written about `piece` at a time: what was written need not be kept. A size that
 * stands before what it counts is guessed and corrected afterwards; where it takes more or fewer bytes than
 * guessed, the file is begun anew. */
#define WASM_PIECE ((size_t)512 * 1024)
bool wasm_add_output(struct outputs *outputs, Str name, const struct wasm_module *m, size_t piece,
                     struct diag *diag);

#endif
