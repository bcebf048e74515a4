/* Function bodies and constant expressions with final indices, every number in its minimal width. What lies
 * between the records of the scan is copied as bytes. */
#include "wasm/emit_internal.h"

/* A slice being rewritten. */
struct recode {
    struct wasm_emitter *e;
    const uint8_t *code;
    size_t len;
    size_t copied;             /* everything before has been written */
    struct wasm_cursor cursor; /* for the generic decoder and for messages */
    unsigned depth;            /* of replaced calls */
    uint32_t func;             /* whose body it is, or WASM_NONE */
};

enum { ROOM = 32, MAX_DEPTH = 4 };

static bool recode_each(struct wasm_emitter *e, Str code, unsigned depth, struct wasm_cursor *failure);
static size_t recode_generic(struct recode *r, size_t at);

/* Writes the untouched instructions before `at` and leaves ROOM bytes of room behind them. */
static inline void copy_run(struct recode *r, size_t at) {
    size_t size = at - r->copied;
    char *to = buf_reserve(r->e->out, size + ROOM);
    if (!to)
        return;
    const uint8_t *from = r->code + r->copied;
    if (r->len - r->copied >= size + 16) /* whole blocks of 16: what is too much is overwritten */
        for (size_t i = 0; i < size; i += 16)
            memcpy(to + i, from + i, 16);
    else
        memcpy(to, from, size);
    r->e->out->len += size;
    r->copied = at;
}

/* Within the ROOM of copy_run. */
static inline void put_byte(struct buf *out, uint8_t byte) {
    if (!out->overflow)
        out->ptr[out->len++] = (char)byte;
}

/* A number that is spread over the low seven bits of `size` bytes, with the marks that more bytes follow,
 * behind an opcode: one store, of which the bytes beyond count for nothing. Within the ROOM of copy_run. */
static inline void put_spread(struct buf *out, uint8_t opcode, uint64_t groups, unsigned size) {
    if (out->overflow)
        return;
    uint64_t more = 0x8080808080u & (((uint64_t)1 << (8 * size - 8)) - 1);
    uint64_t word = (groups | more) << 8 | opcode;
    uint8_t bytes[8];
    for (unsigned i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(word >> (8 * i));
    memcpy(out->ptr + out->len, bytes, 8);
    out->len += 1 + size;
}

static inline uint64_t spread(uint32_t value) {
    uint64_t v = value;
    return (v & 0x7F) | (v & 0x3F80) << 1 | (v & 0x1FC000) << 2 | (v & 0xFE00000) << 3 |
           (v & 0xF0000000) << 4;
}

/* Bytes that numbers of so many bits take: (bits + 6) / 7. */
static inline unsigned groups_of(unsigned bits) {
    return (bits + 6) * 37 >> 8;
}

static inline void put_unsigned(struct buf *out, uint8_t opcode, uint32_t value) {
    put_spread(out, opcode, spread(value), groups_of(32 - (unsigned)__builtin_clz(value | 1)));
}

static inline void put_signed(struct buf *out, uint8_t opcode, int32_t value) {
    uint32_t bits = (uint32_t)value ^ (value < 0 ? UINT32_MAX : 0); /* without the sign */
    unsigned size = groups_of(33 - (unsigned)__builtin_clz(bits | 1) - (bits == 0));
    uint64_t sign = value < 0 ? 0x7000000000u : 0; /* of the fifth byte */
    put_spread(out, opcode, (spread((uint32_t)value) | sign) & (((uint64_t)1 << (8 * size)) - 1), size);
}

static void put_u32(struct buf *out, uint32_t value) {
    for (; value >= 0x80; value >>= 7)
        put_byte(out, (uint8_t)(value | 0x80));
    put_byte(out, (uint8_t)value);
}

/* Fails at the instruction at `at`. */
static size_t fail(struct recode *r, size_t at, const char *reason) {
    r->cursor.at = at;
    r->cursor.failed = true;
    r->cursor.reason = reason;
    return 0;
}

static uint32_t kind_index(const struct recode *r, enum wasm_kind kind, uint32_t id) {
    return wasm_space_index(&r->e->map.kind[kind], id);
}

/* A direct call whose callee has inline_code. */
static bool put_inline(struct recode *r, const Str *code, bool is_return) {
    struct wasm_cursor failure;
    ASSERT(r->depth < MAX_DEPTH);
    ASSERT(recode_each(r->e, *code, r->depth + 1, &failure)); /* our own code */
    if (is_return)
        buf_byte(r->e->out, WASM_OP_RETURN);
    return true;
}

/* call and return_call; `next` is where the following instruction starts. */
static size_t put_call(struct recode *r, size_t at, size_t next, uint32_t id) {
    const struct wasm_module *m = r->e->m;
    if (id >= m->funcs.len)
        return fail(r, at, "function index out of range");
    uint32_t index = r->e->callee[id];
    copy_run(r, at);
    r->copied = next;
    if (index == WASM_NONE) {
        const Str *code = m->funcs.items[wasm_func_resolve(m, id)].inline_code;
        if (!code)
            return fail(r, at, "call of a removed function");
        return put_inline(r, code, r->code[at] == WASM_OP_RETURN_CALL) ? next : 0;
    }
    put_byte(r->e->out, r->code[at]);
    put_u32(r->e->out, index);
    return next;
}

/* An instruction with one index; what has none in the map is left to the generic way. */
static inline size_t put_index(struct recode *r, size_t at, const uint32_t *map, uint32_t len) {
    uint32_t id;
    size_t n = wasm_leb_u32(r->code + at + 1, r->code + r->len, &id);
    uint32_t index = n && id < len ? map[id] : WASM_NONE;
    if (index == WASM_NONE)
        return recode_generic(r, at);
    copy_run(r, at);
    put_unsigned(r->e->out, r->code[at], index);
    return r->copied = at + 1 + n;
}

/* i32.const of at most five bytes; near the end of the code, or too large, the generic way. */
static size_t put_i32(struct recode *r, size_t at) {
    if (r->len - at < 9)
        return recode_generic(r, at);
    uint64_t word = wasm_load64(r->code + at + 1);
    unsigned n = ((unsigned)__builtin_ctzll(wasm_leb_stops(word)) >> 3) + 1, unused = 64 - 7 * n;
    int64_t value = (int64_t)(wasm_leb_value(word, n) << unused) >> unused;
    if (value < INT32_MIN || value > INT32_MAX)
        return recode_generic(r, at);
    copy_run(r, at);
    put_signed(r->e->out, WASM_OP_I32_CONST, (int32_t)value);
    return r->copied = at + 1 + n;
}

/* Memory 0, one byte of alignment, an offset of five bytes or padded. */
static size_t put_offset(struct recode *r, size_t at) {
    const uint8_t *code = r->code + at;
    struct wasm_reader in = {code + 2, r->code + r->len, NULL};
    uint64_t offset = wasm_read_u64(&in);
    if (in.reason)
        return fail(r, at, in.reason);
    copy_run(r, at);
    put_byte(r->e->out, code[0]);
    put_byte(r->e->out, code[1]);
    buf_uleb(r->e->out, offset);
    return r->copied = at + (size_t)(in.p - code);
}

/* Writes a mapped index; false if the id has none. */
static bool put_mapped(struct recode *r, const struct wasm_space *space, uint32_t id) {
    uint32_t index = wasm_space_index(space, id);
    buf_uleb(r->e->out, index == WASM_NONE ? 0 : index);
    return index != WASM_NONE;
}

static bool put_kind(struct recode *r, enum wasm_kind kind, uint32_t id) {
    if (kind == WASM_FUNC && id < r->e->m->funcs.len)
        id = wasm_func_resolve(r->e->m, id);
    return put_mapped(r, &r->e->map.kind[kind], id);
}

static bool put_block_type(struct recode *r, const struct wasm_op *op) {
    if (!op->b) {
        buf_byte(r->e->out, (uint8_t)op->a);
        return true;
    }
    uint32_t index = wasm_space_index(&r->e->map.types, op->a);
    buf_sleb(r->e->out, index);
    return index != WASM_NONE;
}

static bool put_memarg(struct recode *r, const struct wasm_op *op) {
    uint32_t memory = kind_index(r, WASM_MEMORY, op->b);
    if (memory == WASM_NONE)
        return false;
    buf_uleb(r->e->out, op->a | (memory ? 0x40 : 0));
    if (memory)
        buf_uleb(r->e->out, memory);
    buf_uleb(r->e->out, (uint64_t)op->value);
    return true;
}

/* `count` numbers of the reader, then whatever `more` numbers follow. */
static void put_labels(struct recode *r, struct wasm_reader *in, uint64_t count) {
    for (uint64_t i = 0; i < count; i++)
        buf_uleb(r->e->out, wasm_read_u32(in));
}

static bool put_try_table(struct recode *r, const struct wasm_op *op) {
    if (!put_block_type(r, op))
        return false;
    struct wasm_reader in = wasm_reader_of(op->raw);
    wasm_read_s33(&in);
    uint32_t count = wasm_read_u32(&in);
    buf_uleb(r->e->out, count);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t kind = wasm_read_byte(&in);
        buf_byte(r->e->out, kind);
        if (kind < 2 && !put_kind(r, WASM_TAG, wasm_read_u32(&in)))
            return false;
        put_labels(r, &in, 1);
    }
    return true;
}

static bool put_immediates(struct recode *r, const struct wasm_op *op) {
    struct buf *out = r->e->out;
    struct wasm_reader in = wasm_reader_of(op->raw);
    switch ((enum wasm_imm)op->imm) {
    case WASM_IMM_BLOCK:
        return put_block_type(r, op);
    case WASM_IMM_LABEL:
    case WASM_IMM_LOCAL:
        put_labels(r, &in, 1);
        return true;
    case WASM_IMM_BR_TABLE:
        put_labels(r, &in, (uint64_t)op->a + 2);
        return true;
    case WASM_IMM_TRY_TABLE:
        return put_try_table(r, op);
    case WASM_IMM_FUNC:
        return put_kind(r, WASM_FUNC, op->a);
    case WASM_IMM_TYPE_TABLE:
        return put_mapped(r, &r->e->map.types, op->a) && put_kind(r, WASM_TABLE, op->b);
    case WASM_IMM_TAG:
        return put_kind(r, WASM_TAG, op->a);
    case WASM_IMM_GLOBAL:
        return put_kind(r, WASM_GLOBAL, op->a);
    case WASM_IMM_TABLE:
        return put_kind(r, WASM_TABLE, op->a);
    case WASM_IMM_TABLE_TABLE:
        return put_kind(r, WASM_TABLE, op->a) && put_kind(r, WASM_TABLE, op->b);
    case WASM_IMM_ELEM_TABLE:
        return put_mapped(r, &r->e->map.elems, op->a) && put_kind(r, WASM_TABLE, op->b);
    case WASM_IMM_ELEM:
        return put_mapped(r, &r->e->map.elems, op->a);
    case WASM_IMM_MEMORY:
        return put_kind(r, WASM_MEMORY, op->a);
    case WASM_IMM_MEMORY_MEMORY:
        return put_kind(r, WASM_MEMORY, op->a) && put_kind(r, WASM_MEMORY, op->b);
    case WASM_IMM_DATA_MEMORY:
        return put_mapped(r, &r->e->map.datas, op->a) && put_kind(r, WASM_MEMORY, op->b);
    case WASM_IMM_DATA:
        return put_mapped(r, &r->e->map.datas, op->a);
    case WASM_IMM_MEMARG:
        return put_memarg(r, op);
    case WASM_IMM_MEMARG_LANE:
        if (!put_memarg(r, op))
            return false;
        buf_byte(out, (uint8_t)op->raw.ptr[op->raw.len - 1]);
        return true;
    case WASM_IMM_I32:
    case WASM_IMM_I64:
        buf_sleb(out, op->value);
        return true;
    case WASM_IMM_SELECT:
        buf_uleb(out, op->a);
        buf_str(out, str_slice(op->raw, op->raw.len - op->a, op->raw.len));
        return true;
    case WASM_IMM_NONE:
    case WASM_IMM_F32:
    case WASM_IMM_F64:
    case WASM_IMM_LANE:
    case WASM_IMM_V128:
    case WASM_IMM_REFTYPE:
    case WASM_IMM_FENCE:
        buf_str(out, op->raw);
        return true;
    }
    return false;
}

/* memory.size, memory.grow as the call that stands for them. */
static size_t put_growth(struct recode *r, size_t at, size_t next, uint32_t func) {
    copy_run(r, at);
    put_byte(r->e->out, WASM_OP_CALL);
    put_u32(r->e->out, kind_index(r, WASM_FUNC, func));
    return r->copied = next;
}

static size_t recode_generic(struct recode *r, size_t at) {
    struct wasm_op op;
    r->cursor.at = at;
    if (!wasm_next(&r->cursor, &op))
        return 0;
    size_t next = r->cursor.at;
    if (op.code == WASM_OP_CALL || op.code == WASM_OP_RETURN_CALL)
        return put_call(r, at, next, op.a);
    if (op.imm == WASM_IMM_MEMORY) {
        uint32_t func = wasm_growth_call(r->e->m, r->func, op.code, op.a);
        if (func != WASM_NONE)
            return put_growth(r, at, next, func);
    }
    copy_run(r, at);
    r->copied = next;
    if (op.code >> 16) {
        put_byte(r->e->out, (uint8_t)(op.code >> 16));
        put_u32(r->e->out, op.code & 0xFFFF);
    } else {
        put_byte(r->e->out, (uint8_t)op.code);
    }
    return put_immediates(r, &op) ? next : fail(r, at, "index out of range or of something removed");
}

/* The recorded instruction at `at`; 0 after a failure. */
static size_t recode_record(struct recode *r, enum wasm_record kind, size_t at) {
    const struct wasm_space *globals = &r->e->map.kind[WASM_GLOBAL];
    switch (kind) {
    case WASM_RECORD_CALL:
        return put_index(r, at, r->e->callee, r->e->map.kind[WASM_FUNC].len);
    case WASM_RECORD_GLOBAL:
        return put_index(r, at, globals->index, globals->len);
    case WASM_RECORD_I32:
        return put_i32(r, at);
    case WASM_RECORD_MEMARG:
        return put_offset(r, at);
    case WASM_RECORD_GENERIC:
        break;
    }
    return recode_generic(r, at);
}

static bool recode_scanned(struct wasm_emitter *e, uint32_t func, Str code, const struct wasm_scan *scan,
                           struct wasm_cursor *failure) {
    struct recode r = {
        .e = e, .code = (const uint8_t *)code.ptr, .len = code.len, .cursor.code = code, .func = func};
    for (uint32_t i = 0; i < scan->count; i++) {
        uint32_t record = scan->records[i];
        if (!recode_record(&r, wasm_record_kind(record), wasm_record_at(record))) {
            *failure = r.cursor;
            return false;
        }
    }
    copy_run(&r, r.len);
    return true;
}

/* Short code, instruction by instruction. */
static bool recode_each(struct wasm_emitter *e, Str code, unsigned depth, struct wasm_cursor *failure) {
    struct recode r = {.e = e,
                       .code = (const uint8_t *)code.ptr,
                       .len = code.len,
                       .cursor.code = code,
                       .depth = depth,
                       .func = WASM_NONE};
    for (size_t at = 0; at < r.len;) {
        at = recode_generic(&r, at);
        if (!at) {
            *failure = r.cursor;
            return false;
        }
    }
    return true;
}

bool wasm_recode_expr(struct wasm_emitter *e, Str expr) {
    struct wasm_cursor failure;
    return recode_each(e, expr, 0, &failure) ||
           diag_fail(e->diag, "%s in a constant expression", failure.reason);
}

/* Local declarations, neighbours of equal type joined, empty groups left out (specification 5.5.13). */
static void put_locals(struct buf *out, Str locals) {
    struct group {
        uint32_t count;
        uint8_t type;
    } groups[64];
    struct wasm_reader r = wasm_reader_of(locals);
    uint32_t left = wasm_read_u32(&r), n = 0;
    for (; left && n < 64; left--) {
        struct group next = {.count = wasm_read_u32(&r)};
        next.type = wasm_read_byte(&r);
        if (n && groups[n - 1].type == next.type)
            groups[n - 1].count += next.count;
        else if (next.count)
            groups[n++] = next;
    }
    if (left) { /* too many to join */
        buf_str(out, locals);
        return;
    }
    buf_uleb(out, n);
    for (uint32_t i = 0; i < n; i++) {
        buf_uleb(out, groups[i].count);
        buf_byte(out, groups[i].type);
    }
}

bool wasm_recode_body(struct wasm_emitter *e, uint32_t func) {
    Str body = e->m->funcs.items[func].body;
    const struct wasm_scanned *scanned = e->all_memargs ? NULL : wasm_scan_find(e->m, func);
    struct wasm_scanned fresh;
    if (!scanned) {
        if (!wasm_scan_body(e->m, func, e->all_memargs, &e->scratch, &fresh, e->diag))
            return false;
        scanned = &fresh;
    }
    put_locals(e->out, str_slice(body, 0, body.len - scanned->code.len));
    struct wasm_cursor failure;
    return recode_scanned(e, func, scanned->code, &scanned->scan, &failure) ||
           wasm_body_fail(e->m, func, &failure, e->diag);
}
