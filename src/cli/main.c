#include <stdio.h>
#include <stdlib.h>

#include "cli/inspect.h"
#include "cli/options.h"
#include "cli/version.h"
#include "pipeline.h"

static bool run(struct arena *arena, int argc, char **argv, struct diag *diag) {
    if (argc > 1 && strcmp(argv[1], "inspect") == 0)
        return inspect_run(arena, argc - 1, argv + 1, diag);
    struct settings settings;
    enum options_action action;
    if (!options_parse(arena, argc, argv, &settings, &action, diag))
        return false;
    if (action == OPTIONS_HELP)
        options_help();
    if (action == OPTIONS_VERSION) {
        Str version = version_report(arena, argv[0]);
        printf("wasm-bindgen %.*s\n", STR_ARG(version));
    }
    return action != OPTIONS_RUN || pipeline_run(&settings, arena, diag);
}

int main(int argc, char **argv) {
    struct arena *arena = arena_new();
    struct diag diag;
    diag_init(&diag, arena);
    bool ok = run(arena, argc, argv, &diag);
    if ((fflush(stdout) != 0 || ferror(stdout)) && ok)
        ok = diag_fail(&diag, "cannot write to standard output");
    diag_print(&diag, stderr);
    arena_free(arena);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
