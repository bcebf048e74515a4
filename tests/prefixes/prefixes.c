/* Binds every prefix of a module, each as the program would. Prints the lengths that were bound, one per
 * line; a prefix that is refused must give a reason. Usage: prefixes MODULE.wasm FOLDER */
#include <stdlib.h>

#include "base/file.h"
#include "pipeline.h"

/* Writes the prefix to FOLDER/in.wasm. */
static bool write_prefix(struct arena *arena, Str folder, Str bytes, struct diag *diag) {
    struct outputs outputs;
    outputs_init(&outputs, arena, folder);
    return outputs_add(&outputs, STR("in.wasm"), bytes, diag) && outputs_commit(&outputs, diag);
}

static bool bind_prefix(Str folder, Str bytes) {
    struct arena *arena = arena_new();
    struct diag diag;
    diag_init(&diag, arena);
    ASSERT(write_prefix(arena, folder, bytes, &diag));
    struct settings settings = {.input = str_format(arena, "%.*s/in.wasm", STR_ARG(folder)),
                                .out_dir = str_format(arena, "%.*s/%zu", STR_ARG(folder), bytes.len),
                                .stem = STR("out"),
                                .target = TARGET_WEB};
    bool bound = pipeline_run(&settings, arena, &diag);
    ASSERT(bound == !diag.failed && (bound || diag.message.len > 0));
    if (bound)
        printf("%zu\n", bytes.len);
    else
        ASSERT(!file_exists(arena, settings.out_dir));
    arena_free(arena);
    return bound;
}

int main(int argc, char **argv) {
    if (argc != 3)
        return 2;
    struct arena *arena = arena_new();
    struct diag diag;
    diag_init(&diag, arena);
    Str module;
    if (!file_read_all(arena, str_from(argv[1]), &module, &diag)) {
        diag_print(&diag, stderr);
        return EXIT_FAILURE;
    }
    for (size_t length = 0; length < module.len; length++)
        bind_prefix(str_from(argv[2]), str_slice(module, 0, length));
    arena_free(arena);
    return EXIT_SUCCESS;
}
