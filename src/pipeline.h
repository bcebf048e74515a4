/* The order of steps. */
#ifndef PIPELINE_H
#define PIPELINE_H

#include "base/file.h"
#include "bind/bindings.h"
#include "js/js.h"
#include "meta/programs.h"

/* What the steps hand on to each other. */
struct pipeline {
    struct settings *settings;
    struct wasm_module module;
    struct meta_programs programs;
};

/* Opens settings->input, parses the module, decodes and removes its metadata sections. */
bool pipeline_read(struct pipeline *p, struct arena *arena, struct diag *diag);
/* The same from memory; `bytes` is borrowed for the life of the module. */
bool pipeline_parse(struct pipeline *p, Str bytes, struct arena *arena, struct diag *diag);
/* Runs the describe functions and builds the bindings. After pipeline_read. */
bool pipeline_bind(struct pipeline *p, struct arena *arena, struct bindings *bindings, struct diag *diag);

/* The texts and bytes of a run. */
struct pipeline_products {
    struct buf dts, wasm_dts;
    struct js_files js;
    struct buf package_json;
};

/* Binds, transforms and generates; nothing is written, and the module itself is emitted only when the outputs
 * are committed. After pipeline_read or _parse. The outputs borrow from `p`, from the arena and from the
 * products, which the caller frees with pipeline_free, whatever the result. */
bool pipeline_convert(struct pipeline *p, struct arena *arena, struct pipeline_products *products,
                      struct outputs *outputs, struct diag *diag);
void pipeline_free(struct pipeline_products *products);

/* The whole run: reads settings->input, writes the outputs into settings->out_dir, all or none of them. */
bool pipeline_run(struct settings *settings, struct arena *arena, struct diag *diag);

#endif
