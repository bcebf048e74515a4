/* Reads the primitive encodings (specification 5.2) off a slice, with sticky failure: after the first failure
 * every call returns zeros, so readers read straight down and check `reason` once. Internal to src/wasm. */
#ifndef WASM_READER_H
#define WASM_READER_H

#include "base/str.h"

struct wasm_reader {
    const uint8_t *p, *end;
    const char *reason; /* why it failed, or NULL; `p` then stands where it failed */
};

static inline struct wasm_reader wasm_reader_of(Str s) {
    const uint8_t *p = (const uint8_t *)s.ptr;
    return (struct wasm_reader){p, p ? p + s.len : p, NULL};
}

static inline size_t wasm_left(const struct wasm_reader *r) {
    return (size_t)(r->end - r->p);
}

/* Fails (once) with a reason that must be a literal. */
void wasm_reader_fail(struct wasm_reader *r, const char *reason);

uint8_t wasm_read_byte(struct wasm_reader *r);
uint32_t wasm_read_long_u32(struct wasm_reader *r);
static inline uint32_t wasm_read_u32(struct wasm_reader *r) {
    return !r->reason && r->p < r->end && *r->p < 0x80 ? *r->p++ : wasm_read_long_u32(r);
}
uint64_t wasm_read_u64(struct wasm_reader *r);
int32_t wasm_read_s32(struct wasm_reader *r);
int64_t wasm_read_s64(struct wasm_reader *r);
int64_t wasm_read_s33(struct wasm_reader *r);
/* Little endian, 4 or 8 bytes. */
uint64_t wasm_read_fixed(struct wasm_reader *r, size_t size);
/* `size` bytes, borrowed. */
Str wasm_read_bytes(struct wasm_reader *r, uint64_t size);
/* A vector of bytes: length, bytes. */
Str wasm_read_vector(struct wasm_reader *r);
/* A name (specification 5.2.4): a vector that is well-formed UTF-8. */
Str wasm_read_name(struct wasm_reader *r);
/* The count of a vector whose elements take at least `least` bytes each: more than can follow is refused, and
 * so is more than `limit`. */
uint32_t wasm_read_count(struct wasm_reader *r, size_t least, uint32_t limit);

#endif
