/* Checks of what a glue file exports. */
#ifndef JS_EXPORTS_H
#define JS_EXPORTS_H

#include "bind/bindings.h"

/* Whether the exported names can stand in one file: none twice, none that the target itself exports, and no
 * member that a class cannot have. The error names the item. */
bool js_check_exports(const struct bindings *b, const struct settings *settings, struct diag *diag);

#endif
