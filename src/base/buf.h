/* A growing byte buffer with a declared ceiling. Owns its bytes: free it with buf_free.
 *
 * Failure is sticky: past the ceiling every further call does nothing and `overflow` stays set, so writers
 * write straight down and check once. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>

#include "base/str.h"

struct buf {
    char *ptr;
    size_t len, cap;
    size_t limit; /* most bytes it may hold; 0 = 4 GiB, the most a wasm file can use */
    bool overflow;
};

void buf_free(struct buf *buf);
/* Forgets the content, keeps the memory. */
void buf_clear(struct buf *buf);
/* Makes room for `more` bytes behind len and returns where they start; NULL after overflow. */
char *buf_grow(struct buf *buf, size_t more);
/* The same, without a call where there is room. */
static inline char *buf_reserve(struct buf *buf, size_t more) {
    return !buf->overflow && !buf->limit && buf->cap - buf->len >= more ? buf->ptr + buf->len
                                                                        : buf_grow(buf, more);
}

static inline void buf_byte(struct buf *buf, uint8_t byte) {
    char *at = buf_reserve(buf, 1);
    if (at) {
        *at = (char)byte;
        buf->len++;
    }
}
void buf_bytes(struct buf *buf, const void *bytes, size_t size);
void buf_str(struct buf *buf, Str s);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* LEB128, minimal width (WebAssembly core specification 5.2.2). */
void buf_long_uleb(struct buf *buf, uint64_t value);
static inline void buf_uleb(struct buf *buf, uint64_t value) {
    if (value < 0x80)
        buf_byte(buf, (uint8_t)value);
    else
        buf_long_uleb(buf, value);
}
void buf_sleb(struct buf *buf, int64_t value);
/* Bytes buf_uleb writes for the value. */
size_t buf_uleb_size(uint64_t value);
/* Little endian, fixed width. */
void buf_u32le(struct buf *buf, uint32_t value);

/* The content, borrowed until the next change. */
Str buf_view(const struct buf *buf);
/* The content as a copy in the arena. */
Str buf_copy(struct arena *arena, const struct buf *buf);

#endif
