/* Bytes as a module: what can be read can be emitted, and reading and emitting that again changes nothing. */
#include "fuzz.h"
#include "wasm/emit.h"
#include "wasm/parse.h"

static bool copy(struct arena *arena, Str bytes, struct buf *out, struct diag *diag) {
    struct wasm_module m = {0};
    struct wasm_parse_options options = {.keep_debug = false};
    return wasm_parse(&m, arena, bytes, options, diag) && wasm_emit(&m, out, diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz fuzz = fuzz_begin();
    struct buf first = {0}, second = {0};
    bool ok = copy(fuzz.arena, (Str){(const char *)data, size}, &first, &fuzz.diag);
    if (ok) {
        ASSERT(copy(fuzz.arena, buf_view(&first), &second, &fuzz.diag));
        ASSERT(str_eq(buf_view(&first), buf_view(&second)));
    }
    buf_free(&first);
    buf_free(&second);
    fuzz_end(&fuzz, ok);
    return 0;
}
