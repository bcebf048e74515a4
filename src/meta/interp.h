/* The descriptor interpreter: runs functions of a module that only compute and print
 * (docs/upstream/descriptors.md 4).
 *
 * A complete interpreter rather than a list of tolerated opcodes: MVP, sign extension, saturating
 * conversions, bulk memory, reference types, multi-value, tail calls, atomics as plain accesses, the SIMD
 * that compilers use to move and zero memory, try/try_table bodies, exceptions never thrown. Bounded: fuel in
 * instructions, call depth, memory (sparse pages). */
#ifndef META_INTERP_H
#define META_INTERP_H

#include "base/diag.h"
#include "wasm/module.h"

struct interp;

/* Prepares the module: constant globals, table, stack pointer, memory image on demand from active data
 * segments. Free it with interp_free. */
struct interp *interp_new(struct wasm_module *m);
void interp_free(struct interp *interp);

struct interp_result {
    const uint32_t *words; /* printed through __wbindgen_describe; valid until the next run */
    size_t nwords;
    bool stopped; /* reached describe_cast / describe_generic_import */
    bool closure; /* called __wbindgen_describe_closure: closure_index is its third argument */
    uint32_t closure_index;
};

/* Runs a function with zeros for all parameters. */
bool interp_run(struct interp *interp, uint32_t func, struct interp_result *out, struct diag *diag);

#endif
