/* Binds every prefix of a module, each as the program would. Prints the lengths that were bound, one per
 * line; a prefix that is refused must give a reason. Usage: prefixes MODULE.wasm FOLDER */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "pipeline.h"

/* Binds FOLDER/in.wasm, which has `length` bytes, into a folder of that name. */
static void bind_prefix(Str folder, size_t length) {
    struct arena *arena = arena_new();
    struct diag diag;
    diag_init(&diag, arena);
    struct settings settings = {.input = str_format(arena, "%.*s/in.wasm", STR_ARG(folder)),
                                .out_dir = str_format(arena, "%.*s/%zu", STR_ARG(folder), length),
                                .stem = STR("out"),
                                .target = TARGET_WEB};
    bool bound = pipeline_run(&settings, arena, &diag);
    ASSERT(bound == !diag.failed && (bound || diag.message.len > 0));
    if (bound)
        printf("%zu\n", length);
    else
        ASSERT(!file_exists(arena, settings.out_dir));
    arena_free(arena);
}

/* The whole module as FOLDER/in.wasm, to be cut shorter and shorter; its path. */
static const char *write_module(struct arena *arena, const char *folder, Str module) {
    Str path = str_format(arena, "%s/in.wasm", folder);
    FILE *file = fopen(path.ptr, "wb");
    ASSERT(file && fwrite(module.ptr, 1, module.len, file) == module.len && fclose(file) == 0);
    return path.ptr;
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
    const char *path = write_module(arena, argv[2], module);
    for (size_t length = module.len; length-- > 0;) {
        ASSERT(truncate(path, (off_t)length) == 0);
        bind_prefix(str_from(argv[2]), length);
    }
    arena_free(arena);
    return EXIT_SUCCESS;
}
