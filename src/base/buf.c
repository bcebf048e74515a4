#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

#define DEFAULT_LIMIT ((size_t)UINT32_MAX)

void buf_free(struct buf *buf) {
    free(buf->ptr);
    *buf = (struct buf){.limit = buf->limit};
}

void buf_clear(struct buf *buf) {
    buf->len = 0;
    buf->overflow = false;
}

static void reallocate(struct buf *buf, size_t cap) {
    char *grown = cap < LARGE_PAGE ? realloc(buf->ptr, cap) : base_alloc(cap);
    if (!grown)
        base_out_of_memory(cap);
    if (cap >= LARGE_PAGE && buf->ptr) {
        memcpy(grown, buf->ptr, buf->len);
        free(buf->ptr);
    }
    buf->ptr = grown;
    buf->cap = cap;
}

char *buf_grow(struct buf *buf, size_t more) {
    size_t limit = buf->limit ? buf->limit : DEFAULT_LIMIT;
    if (buf->overflow || more > limit - buf->len) {
        buf->overflow = true;
        return NULL;
    }
    if (buf->cap - buf->len < more) {
        size_t cap = buf->cap + buf->cap / 2 + 256;
        if (cap < buf->len + more)
            cap = buf->len + more;
        reallocate(buf, cap < DEFAULT_LIMIT ? cap : DEFAULT_LIMIT);
    }
    return buf->ptr + buf->len;
}

void buf_bytes(struct buf *buf, const void *bytes, size_t size) {
    char *at = buf_reserve(buf, size);
    if (at && size) {
        memcpy(at, bytes, size);
        buf->len += size;
    }
}

void buf_str(struct buf *buf, Str s) {
    buf_bytes(buf, s.ptr, s.len);
}

/* Bytes that most texts fit into, which then are formatted once. */
enum { USUAL_TEXT = 256 };

void buf_vprintf(struct buf *buf, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    char *at = buf_reserve(buf, USUAL_TEXT);
    size_t len = at ? (size_t)vsnprintf(at, USUAL_TEXT, format, args) : 0;
    if (len >= USUAL_TEXT) {
        at = buf_reserve(buf, len + 1);
        if (at)
            vsnprintf(at, len + 1, format, again);
    }
    if (at)
        buf->len += len;
    va_end(again);
}

void buf_printf(struct buf *buf, const char *format, ...) {
    va_list args;
    va_start(args, format);
    buf_vprintf(buf, format, args);
    va_end(args);
}

void buf_long_uleb(struct buf *buf, uint64_t value) {
    char *at = buf_reserve(buf, 10);
    if (!at)
        return;
    do {
        uint8_t byte = value & 0x7F;
        value >>= 7;
        *at++ = (char)(value ? byte | 0x80 : byte);
        buf->len++;
    } while (value);
}

void buf_sleb(struct buf *buf, int64_t value) {
    char *at = buf_reserve(buf, 10);
    if (!at)
        return;
    for (bool more = true; more;) {
        uint8_t byte = (uint8_t)(value & 0x7F);
        value >>= 7; /* arithmetic in every compiler this project supports */
        more = !((value == 0 && !(byte & 0x40)) || (value == -1 && (byte & 0x40)));
        *at++ = (char)(more ? byte | 0x80 : byte);
        buf->len++;
    }
}

size_t buf_uleb_size(uint64_t value) {
    size_t size = 1;
    while (value >>= 7)
        size++;
    return size;
}

void buf_u32le(struct buf *buf, uint32_t value) {
    uint8_t bytes[4] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16),
                        (uint8_t)(value >> 24)};
    buf_bytes(buf, bytes, sizeof bytes);
}

Str buf_view(const struct buf *buf) {
    return (Str){buf->ptr, buf->len};
}

Str buf_copy(struct arena *arena, const struct buf *buf) {
    return str_copy(arena, buf_view(buf));
}
