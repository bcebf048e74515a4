/* Pruned bindings + surface → JavaScript glue. Never touches wasm bytes. */
#ifndef JS_JS_H
#define JS_JS_H

#include "base/buf.h"
#include "xform/surface.h"

/* Appends the glue of the main file (`<stem>.js`) for settings->target. Deterministic. */
bool js_generate(const struct bindings *b, const struct surface *surface, const struct settings *settings,
                 struct arena *arena, struct buf *out, struct diag *diag);

#endif
