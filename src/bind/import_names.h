/* Names of imports in the output. */
#ifndef BIND_IMPORT_NAMES_H
#define BIND_IMPORT_NAMES_H

#include "bind/context.h"

/* Takes the hash off the names of imports, `__wbg_log_0123456789abcdef`, where that leaves each a name of its
 * own. Hashes cannot be compressed: they would be a good part of what a user downloads, and change from build
 * to build. They stay where other tools look at the names (--debug, --keep-debug, --keep-lld-exports:
 * docs/upstream/integrations.md 5). To be called when all imports are bound. */
void bind_shorten_import_names(struct bind_context *cx);

#endif
