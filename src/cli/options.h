/* The command line of the binding command → settings. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/diag.h"
#include "bind/settings.h"

enum options_action { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_VERSION };

/* Parses argv (as main gets it) and the environment. Options in any order, `--opt value` and `--opt=value`.
 * Exact long names only. Fails with a message on anything unknown, missing, contradictory, or not implemented
 * yet. */
bool options_parse(struct arena *arena, int argc, char **argv, struct settings *settings,
                   enum options_action *action, struct diag *diag);

/* The help text on standard output. */
void options_help(void);

#endif
