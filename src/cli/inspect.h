/* `wasmbind inspect`: what a module carries, as text on standard output. */
#ifndef CLI_INSPECT_H
#define CLI_INSPECT_H

#include "base/diag.h"

/* argv[0] is "inspect". */
bool inspect_run(struct arena *arena, int argc, char **argv, struct diag *diag);

#endif
