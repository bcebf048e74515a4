/* Pruned bindings + surface → JavaScript glue. Never touches wasm bytes. */
#ifndef JS_JS_H
#define JS_JS_H

#include "base/buf.h"
#include "xform/surface.h"

struct js_files {
    struct buf main; /* `<stem>.js` */
    struct buf glue; /* `<stem>_bg.js`; empty unless the target has it (TARGET_SPLIT) */
};

/* Appends the glue for settings->target. Deterministic. False, with the reason in diag, if something cannot
 * be expressed for that target. */
bool js_generate(const struct bindings *b, const struct surface *surface, const struct settings *settings,
                 struct arena *arena, struct js_files *files, struct diag *diag);

#endif
