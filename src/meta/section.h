/* The metadata sections of a module (docs/upstream/wire-format.md 1). */
#ifndef META_SECTION_H
#define META_SECTION_H

#include "meta/programs.h"
#include "wasm/module.h"

#define META_SECTION "__wasm_bindgen_unstable"
/* The module that holds everything the tool must bind (docs/upstream/descriptors.md 1). */
#define META_PLACEHOLDER "__wbindgen_placeholder__"

/* Takes all sections of that name out of the module and decodes them as meta_decode does; without any,
 * out->len is 0. Errors besides those of meta_decode: the sections are gone although the module needs them,
 * or it was built for emscripten. */
bool meta_take(struct wasm_module *m, struct arena *arena, bool allow_unknown_schema,
               struct meta_programs *out, struct diag *diag);

#endif
