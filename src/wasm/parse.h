/* Bytes → module (WebAssembly core specification 3.0, chapter 5, plus threads and legacy exception handling).
 */
#ifndef WASM_PARSE_H
#define WASM_PARSE_H

#include "base/file.h"
#include "wasm/module.h"

struct wasm_parse_options {
    bool keep_debug; /* load `.debug_*` sections; otherwise they are skipped without being read */
};

/* Reads a module from a file with positioned reads, section by section. The section contents live in
 * m->arena. Fails on anything malformed, naming section and file offset; a component, a file that is not
 * wasm, an unknown section or a truncated file have messages of their own. Bodies are only sliced here, see
 * wasm_check_bodies. */
bool wasm_read(struct wasm_module *m, struct arena *arena, struct file *file,
               struct wasm_parse_options options, struct diag *diag);
/* The same from memory; `bytes` is borrowed for the life of the module. */
bool wasm_parse(struct wasm_module *m, struct arena *arena, Str bytes, struct wasm_parse_options options,
                struct diag *diag);

#endif
