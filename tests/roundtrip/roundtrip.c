/* Reads a module, emits it, reads and emits the result again: the second pass must change no byte. Then
 * writes it to a file, in pieces of several sizes: the same bytes. Usage: roundtrip IN.wasm FOLDER (receives
 * out.wasm, for a validator to judge). */
#include <stdlib.h>

#include "wasm/emit.h"
#include "wasm/gc.h"
#include "wasm/parse.h"

static bool reread(Str bytes, struct arena *arena, struct buf *out, struct diag *diag) {
    struct wasm_module m = {0};
    struct wasm_parse_options options = {.keep_debug = false};
    return wasm_parse(&m, arena, bytes, options, diag) && wasm_emit(&m, out, diag);
}

static bool write_module(struct arena *arena, Str module, size_t piece, Str folder, struct diag *diag) {
    struct wasm_module m = {0};
    struct outputs outputs;
    Str written;
    outputs_init(&outputs, arena, folder);
    if (!wasm_parse(&m, arena, module, (struct wasm_parse_options){.keep_debug = false}, diag) ||
        !wasm_add_output(&outputs, STR("out.wasm"), &m, piece, diag) || !outputs_commit(&outputs, diag) ||
        !file_read_all(arena, str_format(arena, "%.*s/out.wasm", STR_ARG(folder)), &written, diag))
        return false;
    return str_eq(written, module) || diag_fail(diag, "written in pieces of %zu it is another module", piece);
}

static bool run(struct arena *arena, char **argv, struct diag *diag) {
    static const size_t pieces[] = {1, 1000, 65536, WASM_PIECE};
    Str input;
    struct buf first = {0}, second = {0};
    if (!file_read_all(arena, str_from(argv[1]), &input, diag) || !reread(input, arena, &first, diag) ||
        !reread(buf_view(&first), arena, &second, diag))
        return false;
    if (!str_eq(buf_view(&first), buf_view(&second)))
        return diag_fail(diag, "the second pass changed something: %zu bytes became %zu", first.len,
                         second.len);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        if (!write_module(arena, buf_view(&first), pieces[i], str_from(argv[2]), diag))
            return false;
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
