/* The walk over code: random instructions, written once as linkers may (padded) and once in minimal width.
 * The emitter must turn the former into the latter, whether the scan is kept from wasm_gc or made anew. */
#include "assemble.h"
#include "wasm/scan.h"

static uint64_t seed = 1;

static uint32_t random_below(uint32_t limit) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % limit;
}

/* A number of a random order of magnitude. */
static uint64_t random_number(unsigned bits) {
    uint64_t all = ((uint64_t)random_below(UINT32_MAX) << 32 | random_below(UINT32_MAX)) >> 1;
    return all >> (63 - random_below(bits));
}

/* The number, in up to `most` bytes. */
static void put_padded(struct buf *b, uint64_t value, bool is_signed, unsigned most) {
    size_t start = b->len;
    if (is_signed)
        buf_sleb(b, (int64_t)value);
    else
        buf_uleb(b, value);
    bool negative = is_signed && (int64_t)value < 0;
    for (size_t wanted = 1 + random_below(most); b->len - start < wanted;) {
        b->ptr[b->len - 1] = (char)(b->ptr[b->len - 1] | 0x80);
        buf_byte(b, negative ? 0x7F : 0);
    }
}

struct pair {
    struct buf padded, minimal;
};

static void both_byte(struct pair *p, uint8_t byte) {
    buf_byte(&p->padded, byte);
    buf_byte(&p->minimal, byte);
}

static void both_unsigned(struct pair *p, uint64_t value) {
    put_padded(&p->padded, value, false, 5);
    buf_uleb(&p->minimal, value);
}

static void both_signed(struct pair *p, int64_t value, unsigned most) {
    put_padded(&p->padded, (uint64_t)value, true, most);
    buf_sleb(&p->minimal, value);
}

static void both_bytes(struct pair *p, size_t count) {
    while (count--)
        both_byte(p, (uint8_t)random_below(256));
}

static void both_memarg(struct pair *p, uint8_t opcode) {
    both_byte(p, opcode);
    both_unsigned(p, random_below(4));
    both_unsigned(p, random_number(32));
}

/* Any instruction that the sample module below can hold. */
static void random_instruction(struct pair *p, uint32_t nfuncs) {
    switch (random_below(14)) {
    case 0:
        both_byte(p, WASM_OP_CALL);
        both_unsigned(p, random_below(nfuncs));
        break;
    case 1:
        both_byte(p, random_below(2) ? WASM_OP_GLOBAL_GET : WASM_OP_GLOBAL_SET);
        both_unsigned(p, random_below(2));
        break;
    case 2:
        both_byte(p, WASM_OP_I32_CONST);
        both_signed(p, (int32_t)random_number(32), 5);
        break;
    case 3:
        both_byte(p, WASM_OP_I64_CONST);
        both_signed(p, random_below(2) ? (int64_t)random_number(63) : -(int64_t)random_number(63), 10);
        break;
    case 4:
        both_memarg(p, (uint8_t)(WASM_OP_I32_LOAD + random_below(23)));
        break;
    case 5:
        both_byte(p, random_below(2) ? WASM_OP_F32_CONST : WASM_OP_F64_CONST);
        both_bytes(p, (uint8_t)p->minimal.ptr[p->minimal.len - 1] == WASM_OP_F32_CONST ? 4 : 8);
        break;
    case 6:
        both_byte(p, 0xFD);
        both_unsigned(p, WASM_OP_I8X16_SHUFFLE & 0xFFFF);
        both_bytes(p, 16);
        break;
    case 7:
        both_byte(p, 0xFD);
        both_unsigned(p,
                      random_below(2) ? WASM_OP_I32X4_ADD & 0xFFFF : WASM_OP_I8X16_RELAXED_SWIZZLE & 0xFFFF);
        break;
    case 8:
        both_byte(p, 0xFD);
        both_unsigned(p, random_below(4)); /* v128.load to v128.load16x4_s */
        both_unsigned(p, random_below(4));
        both_unsigned(p, random_number(32));
        break;
    case 9:
        both_byte(p, WASM_OP_BR_TABLE);
        both_unsigned(p, 2);
        for (int i = 0; i < 3; i++)
            both_unsigned(p, random_below(300));
        break;
    case 10:
        both_byte(p, WASM_OP_BLOCK);
        both_byte(p, random_below(2) ? 0x40 : WASM_I64);
        break;
    default:
        both_byte(p, (uint8_t)(WASM_OP_LOCAL_GET + random_below(3)));
        both_unsigned(p, random_below(200));
    }
}

static struct pair random_body(uint32_t nfuncs) {
    struct pair p = {0};
    both_byte(&p, 0);
    for (uint32_t n = random_below(40); n; n--) {
        random_instruction(&p, nfuncs);
        for (uint32_t plain = random_below(4); plain; plain--)
            both_byte(&p, WASM_OP_I32_ADD);
    }
    both_byte(&p, WASM_OP_END);
    return p;
}

enum { FUNCS = 40 };

/* Everything is live: each function is exported. */
static void module(struct world *w, const struct pair bodies[FUNCS]) {
    struct buf functions = {0}, exports = {0};
    Str code[FUNCS];
    buf_byte(&functions, FUNCS);
    buf_byte(&exports, FUNCS + 2);
    for (uint8_t i = 0; i < FUNCS; i++) {
        buf_byte(&functions, 0);
        buf_str(&exports, BYTES(1, (uint8_t)('!' + i), 0, i));
        code[i] = buf_view(&bodies[i].padded);
    }
    buf_str(&exports, BYTES(2, 'g', '0', 3, 0, 2, 'g', '1', 3, 1));
    buf_clear(&w->input);
    section(w, 1, BYTES(1, 0x60, 0, 0));
    section(w, 3, buf_view(&functions));
    section(w, 5, BYTES(1, 0, 1));
    section(w, 6, BYTES(2, 0x7F, 1, 0x41, 0, 0x0B, 0x7F, 1, 0x41, 0, 0x0B));
    section(w, 7, buf_view(&exports));
    code_section(w, FUNCS, code);
    buf_free(&functions);
    buf_free(&exports);
}

static void padded_becomes_minimal(void **state) {
    struct world *w = *state;
    for (int round = 0; round < 60; round++) {
        struct pair bodies[FUNCS];
        for (int i = 0; i < FUNCS; i++)
            bodies[i] = random_body(FUNCS);
        for (int with_gc = 0; with_gc < 2; with_gc++) {
            module(w, bodies);
            must_parse(w);
            if (with_gc)
                must_gc(w);
            must_emit(w);
            for (uint32_t i = 0; i < FUNCS; i++)
                assert_str(w->m.funcs.items[i].body, buf_view(&bodies[i].minimal));
        }
        for (int i = 0; i < FUNCS; i++) {
            buf_free(&bodies[i].padded);
            buf_free(&bodies[i].minimal);
        }
    }
}

/* Minimal code that refers to nothing needs no records, however long. */
static void nothing_to_record(void **state) {
    (void)state;
    struct buf code = {0}, scratch = {0};
    for (int i = 0; i < 10000; i++)
        buf_str(&code,
                BYTES(WASM_OP_LOCAL_GET, 0, WASM_OP_I32_CONST, 0xC0, 0x00, WASM_OP_I32_LOAD, 2, 0x80, 0x01));
    struct wasm_scanner s;
    struct wasm_scan scan;
    wasm_scan_start(&s, buf_view(&code), false, &scratch);
    assert_true(wasm_scan_finish(&s, &scan));
    assert_int_equal(scan.count, 0);
    assert_false(scan.closed);
    wasm_scan_start(&s, buf_view(&code), true, &scratch);
    assert_true(wasm_scan_finish(&s, &scan));
    assert_true(scan.count >= 10000);
    buf_free(&code);
    buf_free(&scratch);
}

/* One call at the end of code without anything to record, around the lengths where loops change their way. */
static void far_apart(void **state) {
    (void)state;
    for (size_t gap = 0; gap < 5000; gap += gap == 100 ? 4800 : 1) {
        struct buf code = {0}, scratch = {0};
        for (size_t i = 0; i < gap; i++)
            buf_byte(&code, WASM_OP_NOP);
        buf_str(&code, BYTES(WASM_OP_CALL, 0, WASM_OP_END));
        struct wasm_scanner s;
        struct wasm_scan scan;
        wasm_scan_start(&s, buf_view(&code), false, &scratch);
        assert_true(wasm_scan_finish(&s, &scan));
        assert_true(scan.closed);
        assert_int_equal(scan.count, 1);
        assert_int_equal(wasm_record_at(scan.records[0]), gap);
        assert_int_equal(wasm_record_kind(scan.records[0]), WASM_RECORD_CALL);
        buf_free(&code);
        buf_free(&scratch);
    }
}

/* Locals of a type there is not, and nothing but locals (whose last byte may look like `end`). */
static void bodies_without_code(void **state) {
    struct world *w = *state;
    static const struct {
        uint8_t body[5], len;
        const char *reason;
    } bad[] = {
        {{1, 1, WASM_I32}, 3, "missing end"},
        {{1, 1, WASM_OP_END}, 3, "malformed local declarations"},
        {{1, 1, 0x6E, WASM_OP_END}, 4, "malformed local declarations"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        buf_clear(&w->input);
        section(w, 1, BYTES(1, 0x60, 0, 0));
        section(w, 3, BYTES(1, 0));
        section(w, 7, BYTES(1, 1, 'f', 0, 0));
        code_section(w, 1, &(Str){(const char *)bad[i].body, bad[i].len});
        must_parse(w);
        struct diag diag;
        diag_init(&diag, w->arena);
        assert_false(wasm_gc(&w->m, NULL, 0, &diag));
        assert_contains(diag.message, bad[i].reason);
    }
    struct buf scratch = {0};
    struct wasm_scanner s;
    struct wasm_scan scan;
    wasm_scan_start(&s, (Str){"\x0B" + 1, 0}, false, &scratch);
    assert_true(wasm_scan_finish(&s, &scan));
    assert_false(scan.closed);
    buf_free(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD_TEST(padded_becomes_minimal),
        cmocka_unit_test(nothing_to_record),
        cmocka_unit_test(far_apart),
        WORLD_TEST(bodies_without_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
