/* Bytes as the content of a metadata section. */
#include "fuzz.h"
#include "meta/programs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz fuzz = fuzz_begin();
    struct meta_programs programs;
    bool ok = meta_decode(fuzz.arena, (Str){(const char *)data, size}, true, &programs, &fuzz.diag);
    if (ok) {
        struct buf text = {0};
        meta_dump(&programs, &text);
        buf_free(&text);
    }
    fuzz_end(&fuzz, ok);
    return 0;
}
