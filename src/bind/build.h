/* Programs + descriptors → bindings. */
#ifndef BIND_BUILD_H
#define BIND_BUILD_H

#include "bind/bindings.h"
#include "meta/descriptor.h"
#include "meta/programs.h"

/* Builds the bindings of a module whose describe functions have run. The module itself stays as it is: what
 * has to change in it is listed in out->edits (exports get their canonical names, as crates 0.2.128+ append a
 * hash; duplicates of one import become one; the functions of conversions become imports). Decides the
 * reference mode and multi-value from settings and module. Records without counterpart are ignored; a live
 * item of a kind that is not implemented is an error that names the item and the feature: exports here,
 * imports after pruning (bind_check_live), because many are only reached from dead code. Every signature fits
 * the wasm type of its function. */
bool bind_build(const struct wasm_module *m, const struct meta_programs *programs,
                const struct meta_descriptors *descriptors, const struct settings *settings,
                struct arena *arena, struct bindings *out, struct diag *diag);

#endif
