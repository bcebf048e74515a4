/* Tables of the hot loop over code (scan.c). Internal to src/wasm.
 *
 * A row says how long an instruction is if (its first four bytes & mask) + 1 is `shape`, that is, if its
 * operands have the usual shape: one-byte LEB128s, a value type as block type, memory 0. Everything else
 * (shape 0, or another shape) is looked at by `kind`. */
#ifndef WASM_FAST_H
#define WASM_FAST_H

#include <stdint.h>

#include "wasm/reader.h"

enum wasm_fast_flag {
    WASM_FAST_MEMORY = 1, /* uses memory 0 */
    WASM_FAST_LEGACY_TRY = 2,
};

/* How to pass an instruction that does not have the usual shape. */
enum wasm_fast_kind {
    WASM_FAST_SLOW,     /* by the generic decoder */
    WASM_FAST_UNSIGNED, /* one number, copied unless padded */
    WASM_FAST_SIGNED,
    WASM_FAST_CALL, /* one index, always to be rewritten */
    WASM_FAST_GLOBAL,
    WASM_FAST_MEMARG, /* two numbers */
    WASM_FAST_F64,    /* longer than a word */
};

struct wasm_fast {
    uint32_t mask, shape;
    uint32_t len;   /* at most 5 */
    uint16_t flags; /* enum wasm_fast_flag */
    uint16_t kind;  /* enum wasm_fast_kind */
};

/* By first byte; all zero where there is no such instruction or only the generic decoder will do. */
extern const struct wasm_fast wasm_fast[256];

static inline uint32_t wasm_load32(const uint8_t *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t wasm_load64(const uint8_t *p) {
    return wasm_load32(p) | (uint64_t)wasm_load32(p + 4) << 32;
}

/* The bytes of a word that end a LEB128 number, as bit 7 of each. */
static inline uint64_t wasm_leb_stops(uint64_t word) {
    return ~word & 0x8080808080808080u;
}

/* The seven-bit groups of the first n (1 to 5) bytes, put together. */
static inline uint64_t wasm_leb_value(uint64_t word, unsigned n) {
    uint64_t v = word & 0x7F7F7F7F7Fu >> (40 - 8 * n);
    return (v & 0x7F) | (v >> 1 & 0x3F80) | (v >> 2 & 0x1FC000) | (v >> 3 & 0xFE00000) |
           (v >> 4 & 0x7F0000000);
}

/* Length of the LEB128 number at p, which must end before `end` or be malformed; at least 1. */
static inline size_t wasm_leb_length(const uint8_t *p, const uint8_t *end) {
    size_t n = 1;
    while (p + n < end && p[n - 1] & 0x80)
        n++;
    return n;
}

/* The u32 at p; returns its length in bytes, 0 if malformed. */
static inline size_t wasm_leb_u32(const uint8_t *p, const uint8_t *end, uint32_t *value) {
    if (end - p >= 8) {
        uint64_t word = wasm_load64(p), stops = wasm_leb_stops(word);
        unsigned n = stops ? ((unsigned)__builtin_ctzll(stops) >> 3) + 1 : 8;
        uint64_t v = n <= 5 ? wasm_leb_value(word, n) : UINT64_MAX;
        *value = (uint32_t)v;
        return v > UINT32_MAX ? 0 : n;
    }
    struct wasm_reader r = {p, end, NULL};
    *value = wasm_read_u32(&r);
    return r.reason ? 0 : (size_t)(r.p - p);
}

#endif
