/* The outside of the finished module: all that js and dts see of it. */
#ifndef XFORM_SURFACE_H
#define XFORM_SURFACE_H

#include "base/vec.h"
#include "bind/bindings.h"

struct surface_item {
    Str module, name;          /* module: imports only */
    uint8_t kind;              /* enum wasm_kind */
    struct wasm_functype type; /* functions */
    struct wasm_limits limits; /* memories, tables */
    bool user; /* import from a module the tool knows nothing of (e.g. env, wasi): passed through */
};

/* Names under which the glue reaches run-time support in the output; empty where it is not needed. */
struct surface {
    VEC(struct surface_item) exports; /* in the order of the export section */
    VEC(struct surface_item) imports; /* live ones */
    bool memory_imported;
    Str import_module; /* where the glue stands: "./<stem>_bg.js", or what the bindings say */
#define RUNTIME(field, ...) Str field;
#include "bind/runtime.def"
#undef RUNTIME
};

#endif
