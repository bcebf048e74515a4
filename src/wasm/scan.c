#include "wasm/scan.h"

/* The compiler must keep the lanes apart in registers. */
#define UNROLL_LANES _Pragma("GCC unroll 8")

/* Records take at most one per two bytes of code; one more is written before it is known whether it counts.
 */
static size_t most_records(size_t len) {
    return len / 2 + 2;
}

static inline uint32_t record_of(unsigned kind, size_t at) {
    return (uint32_t)at << WASM_RECORD_BITS | kind;
}

static inline void put_record(struct wasm_scanner *s, enum wasm_record kind, size_t at) {
    *s->records++ = record_of(kind, at);
}

/* Whether writing the decoded instruction again would give the same bytes in any module. */
static bool is_plain(const struct wasm_scanner *s, const struct wasm_op *op) {
    size_t operands = op->raw.len;
    switch ((enum wasm_imm)op->imm) {
    case WASM_IMM_NONE:
    case WASM_IMM_F32:
    case WASM_IMM_F64:
    case WASM_IMM_LANE:
    case WASM_IMM_V128:
    case WASM_IMM_REFTYPE:
    case WASM_IMM_FENCE:
        break;
    case WASM_IMM_LABEL:
    case WASM_IMM_LOCAL:
        operands = buf_uleb_size(op->a);
        break;
    case WASM_IMM_BLOCK:
        if (op->b)
            return false;
        operands = 1;
        break;
    case WASM_IMM_MEMARG:
    case WASM_IMM_MEMARG_LANE:
        if (op->b || s->all_memargs)
            return false;
        operands = 1 + buf_uleb_size((uint64_t)op->value) + (op->imm == WASM_IMM_MEMARG_LANE);
        break;
    default:
        return false;
    }
    return s->cursor.at - op->at == (op->code >> 16 ? 1 + buf_uleb_size(op->code & 0xFFFF) : 1) + operands;
}

/* Any instruction, by the generic decoder; returns where the next one starts, 0 after a failure. */
static size_t scan_generic(struct wasm_scanner *s, size_t at) {
    struct wasm_op op;
    s->cursor.at = at;
    if (!wasm_next(&s->cursor, &op))
        return 0;
    s->legacy_try |= op.code == WASM_OP_TRY;
    if (!is_plain(s, &op))
        put_record(s, WASM_RECORD_GENERIC, at);
    return s->cursor.at;
}

/* i64.const of eight to eleven bytes, such as a hash has; the generic way if it is padded or malformed. */
static size_t scan_long_i64(struct wasm_scanner *s, size_t at) {
    enum { MAX_BYTES = 10 };
    size_t last = at + 1;
    while (last < s->len && s->code[last] & 0x80 && last - at < MAX_BYTES)
        last++;
    if (last >= s->len || s->code[last] & 0x80)
        return scan_generic(s, at);
    uint8_t sign = s->code[last - 1] & 0x40 ? 0x7F : 0;
    bool ends_well = last - at < MAX_BYTES || s->code[last] == 0 || s->code[last] == 0x7F;
    return s->code[last] == sign || !ends_well ? scan_generic(s, at) : last + 1;
}

/* One LEB128 operand of more than one byte, or one that is always recorded. `word` = the first eight bytes.
 */
static inline size_t scan_number(struct wasm_scanner *s, size_t at, uint64_t word, unsigned kind) {
    uint64_t stops = wasm_leb_stops(word) & ~(uint64_t)0xFF;
    if ((word & 0xFF) == WASM_OP_I64_CONST && (!stops || !(stops & ~(UINT64_MAX << 56))))
        return scan_long_i64(s, at);
    if (!stops)
        return scan_generic(s, at);
    unsigned last = (unsigned)__builtin_ctzll(stops) >> 3; /* place of the last byte */
    uint64_t tail = word >> (8 * last - 8) & 0xFFFF;       /* the one before and it */
    bool padded = last > 1 && tail >> 8 == (kind == WASM_FAST_SIGNED && (tail & 0x40) ? 0x7F : 0);
    if (kind >= WASM_FAST_CALL)
        put_record(s, kind == WASM_FAST_CALL ? WASM_RECORD_CALL : WASM_RECORD_GLOBAL, at);
    else if (!padded && last < 7 && (word & 0xFF) == WASM_OP_I64_CONST)
        return at + last + 1;
    else if (padded || last >= 5)
        return (word & 0xFF) == WASM_OP_I32_CONST && last <= 5
                   ? (put_record(s, WASM_RECORD_I32, at), at + last + 1)
                   : scan_generic(s, at);
    return at + last + 1;
}

/* Alignment and offset; anything but memory 0 and one byte of alignment the slow way. */
static inline size_t scan_memarg(struct wasm_scanner *s, size_t at, uint64_t word) {
    uint64_t stops = wasm_leb_stops(word) & ~(uint64_t)0xFFFF;
    if (word & 0xC000 || !stops)
        return scan_generic(s, at);
    unsigned last = (unsigned)__builtin_ctzll(stops) >> 3;
    if (last >= 6 || (last > 2 && !(word >> (8 * last) & 0xFF)))
        put_record(s, WASM_RECORD_MEMARG, at);
    return at + last + 1;
}

/* The eight bytes at `at`; behind the end bytes that end no number. */
static inline uint64_t load_word(const struct wasm_scanner *s, size_t at) {
    if (at + 8 <= s->len)
        return wasm_load64(s->code + at);
    uint64_t word = 0x8080808080808080u;
    for (size_t i = s->len; i > at; i--)
        word = word << 8 | s->code[i - 1];
    return word;
}

/* An instruction that does not have the usual shape. */
static size_t scan_unusual(struct wasm_scanner *s, size_t at, uint64_t word) {
    enum wasm_fast_kind kind = wasm_fast_kinds[word & 0xFF];
    switch (kind) {
    case WASM_FAST_UNSIGNED:
    case WASM_FAST_SIGNED:
    case WASM_FAST_CALL:
    case WASM_FAST_GLOBAL:
        return scan_number(s, at, word, kind);
    case WASM_FAST_MEMARG:
        return scan_memarg(s, at, word);
    case WASM_FAST_F64:
        return at + 9;
    case WASM_FAST_SLOW:
        break;
    }
    return scan_generic(s, at);
}

/* Any instruction; `word` = the first eight bytes. Returns where the next one starts, 0 after a failure. */
static inline size_t scan_next(struct wasm_scanner *s, size_t at, uint64_t word) {
    unsigned row = wasm_fast[wasm_fast_index((uint32_t)word)];
    const struct wasm_fast_test *test = wasm_fast_test(row);
    if (!wasm_fast_is_usual(test, word))
        return scan_unusual(s, at, word);
    *s->records = record_of(test->record, at);
    s->records += test->recorded;
    return at + (row & WASM_FAST_LENGTH);
}

/* The instruction at s->at, however near to the end. */
static bool scan_one(struct wasm_scanner *s) {
    s->last = s->at;
    s->at = scan_next(s, s->at, load_word(s, s->at));
    return !s->cursor.failed;
}

/* Up to eight bytes before the end. */
static bool scan_words(struct wasm_scanner *s) {
    size_t at = s->at;
    while (at + 8 <= s->len && !s->cursor.failed)
        at = scan_next(s, at, wasm_load64(s->code + at));
    s->at = at;
    return !s->cursor.failed;
}

/* Steps that all lanes can take: none once one is nearly through; otherwise a usual instruction has at most
 * six bytes, and eight are looked at. */
static inline size_t safe_steps(const uint8_t *const p[WASM_SCAN_LANES],
                                const uint8_t *const end[WASM_SCAN_LANES]) {
    ptrdiff_t least = end[0] - p[0];
    for (unsigned i = 1; i < WASM_SCAN_LANES; i++)
        least = end[i] - p[i] < least ? end[i] - p[i] : least;
    return least < 0 ? 0 : (size_t)least / 8;
}

/* The lanes do not depend on each other, so that a processor can work on all of them at a time; one lane
 * alone waits for the length of each instruction before it can look at the next. */
void wasm_scan_lanes(struct wasm_scanner *const lanes[WASM_SCAN_LANES]) {
    const uint8_t *p[WASM_SCAN_LANES], *end[WASM_SCAN_LANES];
    uint32_t *records[WASM_SCAN_LANES];
    bool failed = false;
    for (unsigned i = 0; i < WASM_SCAN_LANES; i++) {
        p[i] = lanes[i]->code + lanes[i]->at;
        end[i] = lanes[i]->code + lanes[i]->len;
        records[i] = lanes[i]->records;
        failed |= lanes[i]->cursor.failed;
    }
    for (size_t steps; !failed && (steps = safe_steps(p, end));) {
        bool together = true;
        for (; steps && together; steps--) {
            unsigned row[WASM_SCAN_LANES];
            uint32_t recorded[WASM_SCAN_LANES];
            bool usual[WASM_SCAN_LANES];
            UNROLL_LANES
            for (unsigned i = 0; i < WASM_SCAN_LANES; i++) {
                uint64_t word = wasm_load64(p[i]);
                row[i] = wasm_fast[wasm_fast_index((uint32_t)word)];
                const struct wasm_fast_test *test = wasm_fast_test(row[i]);
                usual[i] = wasm_fast_is_usual(test, word);
                recorded[i] = test->recorded;
                *records[i] = record_of(test->record, (size_t)(p[i] - lanes[i]->code));
                together &= usual[i];
            }
            UNROLL_LANES
            for (unsigned i = 0; i < WASM_SCAN_LANES; i++)
                if (together || usual[i]) {
                    records[i] += recorded[i];
                    p[i] += row[i] & WASM_FAST_LENGTH;
                } else {
                    struct wasm_scanner *lane = lanes[i];
                    lane->records = records[i];
                    p[i] = lane->code + scan_unusual(lane, (size_t)(p[i] - lane->code), wasm_load64(p[i]));
                    records[i] = lane->records;
                }
        }
        for (unsigned i = 0; i < WASM_SCAN_LANES; i++)
            failed |= lanes[i]->cursor.failed;
    }
    for (unsigned i = 0; i < WASM_SCAN_LANES; i++) {
        lanes[i]->at = (size_t)(p[i] - lanes[i]->code);
        lanes[i]->records = records[i];
    }
}

void wasm_scan_start(struct wasm_scanner *s, Str code, bool all_memargs, struct buf *scratch) {
    buf_clear(scratch);
    uint32_t *records = (uint32_t *)(void *)buf_reserve(scratch, most_records(code.len) * sizeof *records);
    ASSERT(records);
    *s = (struct wasm_scanner){.code = (const uint8_t *)code.ptr,
                               .len = code.len,
                               .last = SIZE_MAX,
                               .first = records,
                               .records = records,
                               .cursor.code = code,
                               .all_memargs = all_memargs};
}

/* Every instruction by the generic decoder, so that every access to memory 0 is seen. */
static bool scan_each(struct wasm_scanner *s) {
    while (s->at < s->len && !s->cursor.failed) {
        s->last = s->at;
        s->at = scan_generic(s, s->at);
    }
    return !s->cursor.failed;
}

bool wasm_scan_finish(struct wasm_scanner *s, struct wasm_scan *scan) {
    bool good = !s->cursor.failed && (s->all_memargs ? scan_each(s) : scan_words(s));
    while (good && s->at < s->len)
        good = scan_one(s);
    if (good && s->at > s->len) { /* a constant that ends behind the code */
        s->cursor = (struct wasm_cursor){
            .code = s->cursor.code, .at = s->len, .failed = true, .reason = "unexpected end"};
        good = false;
    }
    scan->records = s->first;
    scan->count = (uint32_t)(s->records - s->first);
    scan->legacy_try = s->legacy_try;
    scan->closed = s->len && s->last + 1 == s->len && s->code[s->last] == WASM_OP_END;
    return good;
}
