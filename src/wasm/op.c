#include "wasm/op.h"

#include "wasm/reader.h"

/* Row of an opcode in the table below: 512 rows without prefix and for each prefix. */
#define ROW(code) (((code) >> 16 ? ((code) >> 16) - 0xFB : 0) * 512 + ((code) & 0x1FF))
enum { ROWS = 4 * 512 };

static const struct op_row {
    const char *text;
    uint8_t imm;
} rows[ROWS] = {
#define OP(code, name, text, imm) [ROW(code)] = {text, WASM_IMM_##imm},
#include "wasm/opcode.def"
#undef OP
};

static const struct op_row *find_row(uint32_t code) {
    uint32_t prefix = code >> 16;
    bool in_range = prefix ? prefix >= 0xFC && prefix <= 0xFE && (code & 0xFFFF) < 512 : code < 256;
    const struct op_row *row = &rows[in_range ? ROW(code) : 0xFF];
    return row->text ? row : NULL;
}

const char *wasm_op_text(uint32_t code) {
    const struct op_row *row = find_row(code);
    return row ? row->text : NULL;
}

/* The byte, or prefix << 16 | sub-opcode. */
static uint32_t read_opcode(struct wasm_reader *r) {
    uint32_t code = wasm_read_byte(r);
    if (code < 0xFC || code > 0xFE)
        return code;
    uint32_t sub = wasm_read_u32(r);
    return code << 16 | (sub < 0xFFFF ? sub : 0xFFFF);
}

/* Block type, specification 5.4.1: 0x40, a value type, or a type index as s33. */
static void read_block_type(struct wasm_reader *r, struct wasm_op *op) {
    int64_t type = wasm_read_s33(r);
    op->b = type >= 0;
    op->a = (uint32_t)(type >= 0 ? type : type & 0x7F);
    if (type < -64)
        wasm_reader_fail(r, "malformed block type");
}

static void skip_indices(struct wasm_reader *r, uint32_t count) {
    for (uint32_t i = 0; i < count && !r->reason; i++)
        wasm_read_u32(r);
}

/* Catch clauses, specification 5.4.1: 0 tag label, 1 tag label (with exnref), 2 label, 3 label (with exnref).
 */
static void skip_catches(struct wasm_reader *r) {
    uint32_t count = wasm_read_count(r, 2, UINT32_MAX);
    for (uint32_t i = 0; i < count && !r->reason; i++) {
        uint8_t kind = wasm_read_byte(r);
        if (kind > 3)
            wasm_reader_fail(r, "malformed catch clause");
        skip_indices(r, kind < 2 ? 2 : 1);
    }
}

/* Specification 5.4.6; bit 6 of the alignment says that a memory index follows (multi-memory). */
static void read_memarg(struct wasm_reader *r, struct wasm_op *op) {
    op->a = wasm_read_u32(r);
    if (op->a & 0x40) {
        op->a &= ~(uint32_t)0x40;
        op->b = wasm_read_u32(r);
    }
    if (op->a >= 0x40)
        wasm_reader_fail(r, "malformed alignment");
    op->value = (int64_t)wasm_read_u64(r);
}

static void read_reftype(struct wasm_reader *r, struct wasm_op *op) {
    op->a = wasm_read_byte(r);
    if (op->a != WASM_FUNCREF && op->a != WASM_EXTERNREF && op->a != WASM_EXNREF)
        wasm_reader_fail(r, "unsupported reference type");
}

static void read_fence(struct wasm_reader *r) {
    if (wasm_read_byte(r) != 0)
        wasm_reader_fail(r, "malformed fence");
}

static void read_immediates(struct wasm_reader *r, struct wasm_op *op) {
    switch ((enum wasm_imm)op->imm) {
    case WASM_IMM_NONE:
        break;
    case WASM_IMM_BLOCK:
        read_block_type(r, op);
        break;
    case WASM_IMM_BR_TABLE:
        op->a = wasm_read_count(r, 1, UINT32_MAX - 1);
        skip_indices(r, op->a + 1);
        break;
    case WASM_IMM_TRY_TABLE:
        read_block_type(r, op);
        skip_catches(r);
        break;
    case WASM_IMM_LABEL:
    case WASM_IMM_FUNC:
    case WASM_IMM_TAG:
    case WASM_IMM_LOCAL:
    case WASM_IMM_GLOBAL:
    case WASM_IMM_TABLE:
    case WASM_IMM_ELEM:
    case WASM_IMM_MEMORY:
    case WASM_IMM_DATA:
        op->a = wasm_read_u32(r);
        break;
    case WASM_IMM_TYPE_TABLE:
    case WASM_IMM_TABLE_TABLE:
    case WASM_IMM_ELEM_TABLE:
    case WASM_IMM_MEMORY_MEMORY:
    case WASM_IMM_DATA_MEMORY:
        op->a = wasm_read_u32(r);
        op->b = wasm_read_u32(r);
        break;
    case WASM_IMM_MEMARG:
        read_memarg(r, op);
        break;
    case WASM_IMM_MEMARG_LANE:
        read_memarg(r, op);
        wasm_read_byte(r);
        break;
    case WASM_IMM_I32:
        op->value = wasm_read_s32(r);
        break;
    case WASM_IMM_I64:
        op->value = wasm_read_s64(r);
        break;
    case WASM_IMM_F32:
        op->value = (int64_t)wasm_read_fixed(r, 4);
        break;
    case WASM_IMM_F64:
        op->value = (int64_t)wasm_read_fixed(r, 8);
        break;
    case WASM_IMM_LANE:
        op->a = wasm_read_byte(r);
        break;
    case WASM_IMM_V128:
        wasm_read_bytes(r, 16);
        break;
    case WASM_IMM_REFTYPE:
        read_reftype(r, op);
        break;
    case WASM_IMM_SELECT:
        op->a = wasm_read_count(r, 1, 1000);
        wasm_read_bytes(r, op->a);
        break;
    case WASM_IMM_FENCE:
        read_fence(r);
        break;
    }
}

bool wasm_next(struct wasm_cursor *cursor, struct wasm_op *op) {
    if (cursor->failed || cursor->at >= cursor->code.len)
        return false;
    struct wasm_reader r = wasm_reader_of(str_slice(cursor->code, cursor->at, cursor->code.len));
    *op = (struct wasm_op){.at = cursor->at, .code = read_opcode(&r)};
    const struct op_row *row = find_row(op->code);
    if (!row)
        wasm_reader_fail(&r, "unknown opcode");
    const uint8_t *immediates = r.p;
    if (!r.reason) {
        op->imm = row->imm;
        read_immediates(&r, op);
    }
    if (r.reason) {
        cursor->failed = true;
        cursor->reason = r.reason;
        return false;
    }
    op->raw = (Str){(const char *)immediates, (size_t)(r.p - immediates)};
    cursor->at += (size_t)(r.p - (const uint8_t *)cursor->code.ptr) - cursor->at;
    return true;
}

bool wasm_body_split(Str body, Str *locals, Str *code, uint32_t *nlocals) {
    struct wasm_reader r = wasm_reader_of(body);
    uint32_t groups = wasm_read_count(&r, 2, UINT32_MAX);
    uint64_t total = 0;
    for (uint32_t i = 0; i < groups && !r.reason; i++) {
        total += wasm_read_u32(&r);
        if (!wasm_is_valtype(wasm_read_byte(&r)))
            wasm_reader_fail(&r, "unsupported value type");
        if (total > WASM_MAX_LOCALS)
            wasm_reader_fail(&r, "too many locals");
    }
    if (r.reason)
        return false;
    size_t size = (size_t)(r.p - (const uint8_t *)body.ptr);
    *locals = str_slice(body, 0, size);
    *code = str_slice(body, size, body.len);
    *nlocals = (uint32_t)total;
    return true;
}

/* "function `foo` (index 17)" or "function 17". */
static Str describe_func(const struct wasm_module *m, uint32_t func, struct arena *arena) {
    Str name = m->funcs.items[func].name;
    if (name.len)
        return str_format(arena, "function `%.*s` (index %u)", STR_ARG(name), func);
    return str_format(arena, "function %u", func);
}

/* "unknown opcode 0xfb", or "<reason> in i32.const". */
static Str describe_failure(const struct wasm_cursor *cursor, struct arena *arena) {
    struct wasm_reader r = wasm_reader_of(str_slice(cursor->code, cursor->at, cursor->code.len));
    const char *reason = cursor->reason ? cursor->reason : "malformed instruction";
    if (!wasm_left(&r))
        return str_format(arena, "%s", reason);
    uint32_t code = read_opcode(&r);
    const char *text = wasm_op_text(code);
    if (text)
        return str_format(arena, "%s in %s (opcode 0x%02x)", reason, text,
                          (unsigned)*(const uint8_t *)(cursor->code.ptr + cursor->at));
    if (code >> 16)
        return str_format(arena, "%s 0x%02x 0x%02x", reason, code >> 16, code & 0xFFFF);
    return str_format(arena, "%s 0x%02x", reason, code);
}

bool wasm_body_fail(const struct wasm_module *m, uint32_t func, const struct wasm_cursor *cursor,
                    struct diag *diag) {
    const struct wasm_func *f = &m->funcs.items[func];
    Str what = describe_failure(cursor, diag->arena);
    Str where = describe_func(m, func, diag->arena);
    if (f->is_new)
        return diag_fail(diag, "%.*s at byte %zu of generated code in %.*s", STR_ARG(what), cursor->at,
                         STR_ARG(where));
    uint64_t offset = f->offset + (uint64_t)(cursor->code.ptr + cursor->at - f->body.ptr);
    return diag_fail(diag, "%.*s at offset 0x%llx in %.*s", STR_ARG(what), (unsigned long long)offset,
                     STR_ARG(where));
}
