/* Decisions for a run that depend on the module (docs/upstream/transforms.md 0). */
#ifndef BIND_MODE_H
#define BIND_MODE_H

#include "bind/context.h"

/* Finds the run-time support, then decides between handles and references, and about multi-value. */
bool bind_decide_mode(struct bind_context *cx);

#endif
