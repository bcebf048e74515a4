/* Functions that stand for conversions and for instances of generic imports (docs/upstream/descriptors.md
 * 10). */
#ifndef BIND_CASTS_H
#define BIND_CASTS_H

#include "bind/context.h"

/* Makes every group of such functions one import and binds it; to be called when the templates of all
 * programs are known. */
bool bind_casts(struct bind_context *cx);

#endif
