/* Pruned bindings + surface → TypeScript declarations. */
#ifndef DTS_DTS_H
#define DTS_DTS_H

#include "base/buf.h"
#include "xform/surface.h"

/* `<stem>.d.ts`. */
void dts_generate(const struct bindings *b, const struct surface *surface, const struct settings *settings,
                  struct arena *arena, struct buf *out);
/* `<stem>_bg.wasm.d.ts`: the raw exports (docs/upstream/transforms.md 15). */
void dts_generate_wasm(const struct surface *surface, struct buf *out);

#endif
