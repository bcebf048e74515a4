/* A byte that chooses the crate's release, then words (four bytes each, little endian) as a describe function
 * prints them. */
#include "fuzz.h"
#include "meta/descriptor.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size)
        return 0;
    struct fuzz fuzz = fuzz_begin();
    int release = META_OLDEST + data[0] % (META_NEWEST - META_OLDEST + 1);
    size_t count = (size - 1) / 4;
    uint32_t *words = ARENA_ARRAY(fuzz.arena, count, uint32_t);
    for (size_t i = 0; i < count; i++)
        for (size_t byte = 0; byte < 4; byte++)
            words[i] |= (uint32_t)data[1 + i * 4 + byte] << 8 * byte;
    const struct meta_type *type = meta_decode_type(fuzz.arena, release, words, count, &fuzz.diag);
    if (type) {
        ASSERT(meta_type_equal(type, meta_decode_type(fuzz.arena, release, words, count, &fuzz.diag)));
        ASSERT(meta_type_text(fuzz.arena, type).len > 0);
    }
    struct fuzz generic = fuzz_begin();
    Str key;
    bool is_generic = meta_decode_generic(generic.arena, release, words, count, &key, &generic.diag);
    fuzz_end(&generic, is_generic);
    fuzz_end(&fuzz, type != NULL);
    return 0;
}
