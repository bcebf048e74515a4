/* Bindings + module → changed module and its surface (docs/upstream/transforms.md). */
#ifndef XFORM_XFORM_H
#define XFORM_XFORM_H

#include "xform/surface.h"

/* Runs all transforms in order: start function, clean-up of exports, externref shims (or heap clean-up),
 * multi-value, names and features, liveness; marks imports no live code calls as dead; exports what the live
 * bindings need. */
bool xform_run(struct wasm_module *m, struct bindings *b, const struct settings *settings,
               struct arena *arena, struct surface *out, struct diag *diag);

#endif
