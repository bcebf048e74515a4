/* Tables of the hot loop over code (scan.c). Internal to src/wasm.
 *
 * A row belongs to an opcode and to the top bits of the bytes behind it, which say how wide LEB128 operands
 * are. It says how long the instruction is if it passes a test, that is, if it has a usual shape: operands of
 * one byte, or of two that are not padded, a value type as block type, memory 0; or the five bytes that
 * linkers leave for the operand of a call, an access to a global or an address, of which the test also says
 * what to record. Everything else is looked at by `wasm_fast_kind`. Rows are single bytes, so that those of
 * all opcodes stay in the first-level cache. */
#ifndef WASM_FAST_H
#define WASM_FAST_H

#include <stdint.h>

#include "wasm/reader.h"

/* A row: length in bytes (1 to 6), and test. */
enum { WASM_FAST_LENGTH = 7, WASM_FAST_TEST_SHIFT = 3 };

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

/* The shape is usual if (first eight bytes & mask) - low < range, without sign. */
struct wasm_fast_test {
    uint64_t mask, low, range;
    uint32_t record;   /* enum wasm_record, if there are any */
    uint32_t recorded; /* records to make: 0, 1 */
};

enum { WASM_FAST_ROWS = 8 * 256 };
extern const uint8_t wasm_fast[WASM_FAST_ROWS]; /* by wasm_fast_index */
extern const uint8_t wasm_fast_kinds[256];      /* enum wasm_fast_kind by opcode */
extern const struct wasm_fast_test wasm_fast_tests[];

/* The row of the instruction that starts with these four bytes (the first is the lowest): the opcode, the
 * upper two bits of the second byte, the upper bit of the third. */
static inline uint32_t wasm_fast_index(uint32_t word) {
    return (word & 0xFF) | (word >> 6 & 0x300) | (word >> 13 & 0x400);
}

static inline const struct wasm_fast_test *wasm_fast_test(unsigned row) {
    return &wasm_fast_tests[row >> WASM_FAST_TEST_SHIFT];
}

static inline bool wasm_fast_is_usual(const struct wasm_fast_test *test, uint64_t word) {
    return (word & test->mask) - test->low < test->range;
}

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
