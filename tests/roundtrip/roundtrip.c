/* Reads a module, emits it, reads and emits the result again: the second pass must change no byte.
 * Usage: roundtrip IN.wasm OUT.wasm (the first emission, for a validator to judge). */
#include <stdlib.h>

#include "wasm/emit.h"
#include "wasm/gc.h"
#include "wasm/parse.h"

static bool reread(Str bytes, struct arena *arena, struct buf *out, struct diag *diag) {
    struct wasm_module m = {0};
    struct wasm_parse_options options = {.keep_debug = false};
    return wasm_parse(&m, arena, bytes, options, diag) && wasm_emit(&m, out, diag);
}

static bool run(struct arena *arena, char **argv, struct diag *diag) {
    Str input;
    struct buf first = {0}, second = {0};
    if (!file_read_all(arena, str_from(argv[1]), &input, diag) || !reread(input, arena, &first, diag) ||
        !reread(buf_view(&first), arena, &second, diag))
        return false;
    if (!str_eq(buf_view(&first), buf_view(&second)))
        return diag_fail(diag, "the second pass changed something: %zu bytes became %zu", first.len,
                         second.len);
    FILE *out = fopen(argv[2], "wb");
    bool ok = out && fwrite(first.ptr, 1, first.len, out) == first.len;
    if (!out || fclose(out) != 0 || !ok)
        return diag_fail(diag, "cannot write %s", argv[2]);
    buf_free(&first);
    buf_free(&second);
    return true;
}

int main(int argc, char **argv) {
    if (argc != 3)
        return 2;
    struct arena *arena = arena_new();
    struct diag diag;
    diag_init(&diag, arena);
    bool ok = run(arena, argv, &diag);
    diag_print(&diag, stderr);
    arena_free(arena);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
