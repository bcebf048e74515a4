/* The order of steps. */
#ifndef PIPELINE_H
#define PIPELINE_H

#include "base/diag.h"
#include "bind/bindings.h"
#include "meta/programs.h"

/* What the steps hand on to each other. */
struct pipeline {
    struct settings *settings;
    struct wasm_module module;
    struct meta_programs programs;
};

/* Opens settings->input, parses the module, decodes and removes its metadata sections. */
bool pipeline_read(struct pipeline *p, struct arena *arena, struct diag *diag);
/* Runs the describe functions and builds the bindings. After pipeline_read. */
bool pipeline_bind(struct pipeline *p, struct arena *arena, struct bindings *bindings, struct diag *diag);

/* The whole run: reads settings->input, writes the outputs into settings->out_dir, all or none of them. */
bool pipeline_run(struct settings *settings, struct arena *arena, struct diag *diag);

#endif
