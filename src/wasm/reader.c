#include "wasm/reader.h"

void wasm_reader_fail(struct wasm_reader *r, const char *reason) {
    if (!r->reason)
        r->reason = reason;
}

uint8_t wasm_read_byte(struct wasm_reader *r) {
    if (r->reason)
        return 0;
    if (r->p == r->end) {
        r->reason = "unexpected end";
        return 0;
    }
    return *r->p++;
}

/* Specification 5.2.2: at most ceil(bits/7) bytes, unused bits of the last one zero. */
static uint64_t read_unsigned(struct wasm_reader *r, unsigned bits) {
    uint64_t value = 0;
    if (!r->reason && wasm_left(r) >= 2 && !(r->p[1] & 0x80) && r->p[0] & 0x80) { /* the usual length */
        r->p += 2;
        return (r->p[-2] & 0x7Fu) | (uint64_t)r->p[-1] << 7;
    }
    for (unsigned shift = 0; shift < bits; shift += 7) {
        uint8_t byte = wasm_read_byte(r);
        if (bits - shift < 7 && (byte & 0x7F) >> (bits - shift)) {
            wasm_reader_fail(r, "integer too large");
            return 0;
        }
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80))
            return r->reason ? 0 : value;
    }
    wasm_reader_fail(r, "integer representation too long");
    return 0;
}

/* As above, but the unused bits of the last byte equal the sign. */
static int64_t read_signed(struct wasm_reader *r, unsigned bits) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < bits; shift += 7) {
        uint8_t byte = wasm_read_byte(r);
        if (bits - shift < 7) {
            uint8_t rest = (uint8_t)((byte & 0x7F) >> (bits - shift - 1));
            if (rest != 0 && rest != 0x7F >> (bits - shift - 1)) {
                wasm_reader_fail(r, "integer too large");
                return 0;
            }
        }
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80)) {
            if ((byte & 0x40) && shift + 7 < 64)
                value |= ~(uint64_t)0 << (shift + 7);
            return r->reason ? 0 : (int64_t)value;
        }
    }
    wasm_reader_fail(r, "integer representation too long");
    return 0;
}

uint32_t wasm_read_long_u32(struct wasm_reader *r) {
    return (uint32_t)read_unsigned(r, 32);
}

uint64_t wasm_read_u64(struct wasm_reader *r) {
    return read_unsigned(r, 64);
}

int32_t wasm_read_s32(struct wasm_reader *r) {
    return (int32_t)read_signed(r, 32);
}

int64_t wasm_read_s64(struct wasm_reader *r) {
    return read_signed(r, 64);
}

int64_t wasm_read_s33(struct wasm_reader *r) {
    return read_signed(r, 33);
}

uint64_t wasm_read_fixed(struct wasm_reader *r, size_t size) {
    Str bytes = wasm_read_bytes(r, size);
    uint64_t value = 0;
    for (size_t i = bytes.len; i > 0; i--)
        value = value << 8 | (uint8_t)bytes.ptr[i - 1];
    return value;
}

Str wasm_read_bytes(struct wasm_reader *r, uint64_t size) {
    if (r->reason)
        return (Str){0};
    if (size > wasm_left(r)) {
        r->reason = "unexpected end";
        return (Str){0};
    }
    Str bytes = {(const char *)r->p, (size_t)size};
    r->p += size;
    return bytes;
}

Str wasm_read_vector(struct wasm_reader *r) {
    uint32_t size = wasm_read_u32(r);
    return wasm_read_bytes(r, size);
}

Str wasm_read_name(struct wasm_reader *r) {
    Str name = wasm_read_vector(r);
    if (!r->reason && !str_is_utf8(name))
        r->reason = "name is not UTF-8";
    if (r->reason)
        name = (Str){0};
    return name;
}

uint32_t wasm_read_count(struct wasm_reader *r, size_t least, uint32_t limit) {
    uint32_t count = wasm_read_u32(r);
    if ((uint64_t)count * least > wasm_left(r))
        wasm_reader_fail(r, "count larger than what follows");
    else if (count > limit)
        wasm_reader_fail(r, "count larger than engines allow");
    return r->reason ? 0 : count;
}
