#include "wasm/scan.h"

/* State of the walk. */
struct scanner {
    const uint8_t *code;
    size_t len;
    size_t done;       /* end of the last recorded instruction */
    uint16_t *records; /* where the next one goes */
    struct wasm_cursor cursor;
    unsigned flags;
    bool all_memargs;
};

/* Records take at most one per two bytes of code, and one per skip. */
static size_t most_records(size_t len) {
    return len / 2 + len / WASM_RECORD_MAX_DISTANCE + 2;
}

static inline void put_record(struct scanner *s, enum wasm_record kind, size_t at, size_t next) {
    size_t distance = at - s->done;
    for (; distance > WASM_RECORD_MAX_DISTANCE; distance -= WASM_RECORD_MAX_DISTANCE)
        *s->records++ = (uint16_t)(WASM_RECORD_MAX_DISTANCE << WASM_RECORD_BITS | WASM_RECORD_SKIP);
    *s->records++ = (uint16_t)(distance << WASM_RECORD_BITS | (unsigned)kind);
    s->done = next;
}

/* Whether writing the decoded instruction again would give the same bytes in any module. */
static bool is_plain(const struct scanner *s, const struct wasm_op *op) {
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
static size_t scan_generic(struct scanner *s, size_t at) {
    struct wasm_op op;
    s->cursor.at = at;
    if (!wasm_next(&s->cursor, &op))
        return 0;
    if ((op.imm == WASM_IMM_MEMARG || op.imm == WASM_IMM_MEMARG_LANE) && op.b == 0)
        s->flags |= WASM_FAST_MEMORY;
    if (op.code == WASM_OP_TRY)
        s->flags |= WASM_FAST_LEGACY_TRY;
    if (!is_plain(s, &op))
        put_record(s, WASM_RECORD_GENERIC, at, s->cursor.at);
    return s->cursor.at;
}

/* One LEB128 operand of more than one byte, or one that is always recorded. `word` = the first eight bytes. */
static inline size_t scan_number(struct scanner *s, size_t at, uint64_t word, unsigned kind) {
    uint64_t stops = wasm_leb_stops(word) & ~(uint64_t)0xFF;
    if (!stops)
        return scan_generic(s, at);
    unsigned last = (unsigned)__builtin_ctzll(stops) >> 3; /* place of the last byte */
    uint64_t tail = word >> (8 * last - 8) & 0xFFFF;       /* the one before and it */
    bool padded = last > 1 && tail >> 8 == (kind == WASM_FAST_SIGNED && (tail & 0x40) ? 0x7F : 0);
    if (kind >= WASM_FAST_CALL)
        put_record(s, kind == WASM_FAST_CALL ? WASM_RECORD_CALL : WASM_RECORD_GLOBAL, at, at + last + 1);
    else if (padded || last >= 5)
        return (word & 0xFF) == WASM_OP_I32_CONST && last <= 5
                   ? (put_record(s, WASM_RECORD_I32, at, at + last + 1), at + last + 1)
                   : scan_generic(s, at);
    return at + last + 1;
}

/* Alignment and offset; anything but memory 0 and one byte of alignment the slow way. */
static inline size_t scan_memarg(struct scanner *s, size_t at, uint64_t word) {
    uint64_t stops = wasm_leb_stops(word) & ~(uint64_t)0xFFFF;
    if (word & 0xC000 || !stops)
        return scan_generic(s, at);
    unsigned last = (unsigned)__builtin_ctzll(stops) >> 3;
    s->flags |= WASM_FAST_MEMORY;
    if (last >= 6 || (last > 2 && !(word >> (8 * last) & 0xFF)))
        put_record(s, WASM_RECORD_MEMARG, at, at + last + 1);
    return at + last + 1;
}

/* The eight bytes at `at`; behind the end bytes that end no number. */
static inline uint64_t load_word(const struct scanner *s, size_t at) {
    if (at + 8 <= s->len)
        return wasm_load64(s->code + at);
    uint64_t word = 0x8080808080808080u;
    for (size_t i = s->len; i > at; i--)
        word = word << 8 | s->code[i - 1];
    return word;
}

/* All instructions; returns where they end. *last = start of the last one. */
static size_t scan_words(struct scanner *s, size_t *last) {
    size_t at = 0, start = SIZE_MAX;
    unsigned flags = 0;
    while (at < s->len) {
        uint64_t word = load_word(s, at);
        const struct wasm_fast *row = &wasm_fast[word & 0xFF];
        start = at;
        if (((((uint32_t)word ^ row->match) & row->mask) == 0) & (row->len != 0)) {
            flags |= row->flags;
            at += row->len;
            continue;
        }
        at = row->kind == WASM_FAST_SLOW     ? scan_generic(s, at)
             : row->kind == WASM_FAST_MEMARG ? scan_memarg(s, at, word)
                                             : scan_number(s, at, word, row->kind);
        if (!at)
            break;
    }
    s->flags |= flags;
    *last = start;
    return at;
}

/* The same where every access to memory 0 counts. */
static size_t scan_each(struct scanner *s, size_t *last) {
    size_t at = 0;
    while (at < s->len && !s->cursor.failed) {
        *last = at;
        at = scan_generic(s, at);
    }
    return at;
}

bool wasm_scan(Str code, bool all_memargs, struct buf *scratch, struct wasm_scan *scan, struct wasm_cursor *failure) {
    buf_clear(scratch);
    uint16_t *records = (uint16_t *)(void *)buf_reserve(scratch, most_records(code.len) * sizeof *records);
    ASSERT(records);
    struct scanner s = {.code = (const uint8_t *)code.ptr, .len = code.len, .records = records, .cursor.code = code,
                        .all_memargs = all_memargs};
    size_t last = SIZE_MAX, at = all_memargs ? scan_each(&s, &last) : scan_words(&s, &last);
    if (at > s.len) /* a constant that ends behind the code */
        s.cursor = (struct wasm_cursor){.code = code, .at = code.len, .failed = true, .reason = "unexpected end"};
    *failure = s.cursor;
    scan->records = records;
    scan->count = (uint32_t)(s.records - records);
    scan->flags = (uint8_t)s.flags;
    scan->closed = last + 1 == code.len && s.code[last] == WASM_OP_END;
    return !s.cursor.failed;
}

const struct wasm_scanned *wasm_scan_find(const struct wasm_module *m, uint32_t func) {
    const struct wasm_scans *scans = m->scans;
    if (!scans || func >= scans->len || scans->items[func].body != m->funcs.items[func].body.ptr)
        return NULL;
    return scans->items[func].body ? &scans->items[func] : NULL;
}

bool wasm_scan_body(const struct wasm_module *m, uint32_t func, bool all_memargs, struct buf *scratch,
                    struct wasm_scanned *scanned, struct diag *diag) {
    Str locals, body = m->funcs.items[func].body;
    uint32_t nlocals;
    struct wasm_cursor failure = {.code = body, .reason = "malformed local declarations"};
    bool good = wasm_body_split(body, &locals, &scanned->code, &nlocals) &&
                wasm_scan(scanned->code, all_memargs, scratch, &scanned->scan, &failure);
    scanned->body = body.ptr;
    if (good && !scanned->scan.closed) {
        failure = (struct wasm_cursor){.code = scanned->code, .at = scanned->code.len, .reason = "missing end"};
        good = false;
    }
    return good || wasm_body_fail(m, func, &failure, diag);
}

void wasm_scan_keep(struct wasm_module *m, uint32_t func, const struct wasm_scanned *scanned) {
    if (!m->scans)
        m->scans = ARENA_NEW(m->arena, struct wasm_scans);
    struct wasm_scans *scans = m->scans;
    if (func >= scans->len) {
        size_t len = m->funcs.len;
        struct wasm_scanned *grown = ARENA_ARRAY(m->arena, len, struct wasm_scanned);
        if (scans->len)
            memcpy(grown, scans->items, scans->len * sizeof *grown);
        *scans = (struct wasm_scans){grown, len};
    }
    scans->items[func] = *scanned;
    scans->items[func].scan.records =
        arena_copy(m->arena, scanned->scan.records, scanned->scan.count * sizeof *scanned->scan.records);
}
