/* The package.json that goes beside the glue. */
#ifndef JS_PACKAGE_H
#define JS_PACKAGE_H

#include "base/buf.h"
#include "xform/surface.h"

/* Appends its text: the npm dependencies of all crates, and `"type": "module"` where Node must be told
 * (docs/upstream/features.md 8). Nothing if there is nothing to say. Reads the package.json files that the
 * bindings name; false, with the reason in diag, if one cannot be read, is no such file, or names a package
 * that another names, or if the target cannot import packages. */
bool js_package(const struct bindings *b, const struct settings *settings, struct arena *arena,
                struct buf *out, struct diag *diag);

#endif
