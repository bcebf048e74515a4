/* Which release of wasm-bindgen this run says it is. */
#ifndef CLI_VERSION_H
#define CLI_VERSION_H

#include "base/str.h"

/* "0.2.N". In this order (docs/upstream/integrations.md 0): the variable WASMBIND_REPORT_VERSION; a version
 * in the name of the program's file or of its folder (`wasm-bindgen-0.2.100`); the `wasm-bindgen` entry of
 * the nearest Cargo.lock from the working directory upward; the newest release this program knows. */
Str version_report(struct arena *arena, const char *program);

/* The first version number behind "wasm-bindgen-" or "wasm-bindgen-cli-" in one path component; empty if
 * there is none. */
Str version_in_name(Str component);

/* The version of package `wasm-bindgen` in the text of a Cargo.lock; empty if it is not there. */
Str version_in_lock(Str lock);

#endif
