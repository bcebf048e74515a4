/* LEB128 at its edges (specification 5.2.2). */
#include "assemble.h"
#include "wasm/fast.h"
#include "wasm/reader.h"

static void unsigned_edges(void **state) {
    (void)state;
    static const struct {
        uint8_t bytes[6];
        size_t len;
        bool good;
        uint32_t value;
    } rows[] = {
        {{0}, 1, true, 0},
        {{0x7F}, 1, true, 127},
        {{0x80, 0x01}, 2, true, 128},
        {{0x80, 0x80, 0x80, 0x80, 0x00}, 5, true, 0},
        {{0xFF, 0xFF, 0xFF, 0xFF, 0x0F}, 5, true, UINT32_MAX},
        {{0xFF, 0xFF, 0xFF, 0xFF, 0x1F}, 5, false, 0},
        {{0x80, 0x80, 0x80, 0x80, 0x80, 0x00}, 6, false, 0},
        {{0x80}, 1, false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct wasm_reader r = wasm_reader_of((Str){(const char *)rows[i].bytes, rows[i].len});
        assert_int_equal(wasm_read_u32(&r), rows[i].value);
        assert_int_equal(r.reason == NULL, rows[i].good);
        uint32_t fast = 0;
        size_t n = wasm_leb_u32(rows[i].bytes, rows[i].bytes + rows[i].len, &fast);
        assert_int_equal(n, rows[i].good ? rows[i].len : 0);
        if (rows[i].good)
            assert_int_equal(fast, rows[i].value);
    }
}

static void signed_edges(void **state) {
    (void)state;
    static const struct {
        uint8_t bytes[6];
        size_t len;
        bool good;
        int32_t value;
    } rows[] = {
        {{0x7F}, 1, true, -1},
        {{0x3F}, 1, true, 63},
        {{0x40}, 1, true, -64},
        {{0xC0, 0x00}, 2, true, 64},
        {{0x80, 0x80, 0x80, 0x80, 0x78}, 5, true, INT32_MIN},
        {{0xFF, 0xFF, 0xFF, 0xFF, 0x07}, 5, true, INT32_MAX},
        {{0xFF, 0xFF, 0xFF, 0xFF, 0x0F}, 5, false, 0},
        {{0xFF, 0xFF, 0xFF, 0xFF, 0x7F}, 5, true, -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct wasm_reader r = wasm_reader_of((Str){(const char *)rows[i].bytes, rows[i].len});
        assert_int_equal(wasm_read_s32(&r), rows[i].value);
        assert_int_equal(r.reason == NULL, rows[i].good);
    }
}

static void round_trips(void **state) {
    (void)state;
    for (unsigned shift = 0; shift < 64; shift++)
        for (int64_t near = -2; near <= 2; near++) {
            int64_t value = (int64_t)(((uint64_t)1 << shift) + (uint64_t)near);
            struct buf b = {0};
            buf_sleb(&b, value);
            buf_uleb(&b, (uint64_t)value);
            struct wasm_reader r = wasm_reader_of(buf_view(&b));
            assert_true(wasm_read_s64(&r) == value);
            assert_true(wasm_read_u64(&r) == (uint64_t)value);
            assert_null(r.reason);
            assert_int_equal(wasm_left(&r), 0);
            buf_free(&b);
        }
}

static void failure_is_sticky(void **state) {
    (void)state;
    struct wasm_reader r = wasm_reader_of(BYTES(5, 1, 2));
    assert_int_equal(wasm_read_vector(&r).len, 0);
    assert_non_null(r.reason);
    assert_int_equal(wasm_read_byte(&r), 0);
    assert_int_equal(wasm_read_u32(&r), 0);
}

static void counts_beyond_the_rest(void **state) {
    (void)state;
    struct wasm_reader r = wasm_reader_of(BYTES(0x80, 0x80, 0x80, 0x80, 0x08, 0, 0));
    assert_int_equal(wasm_read_count(&r, 1, UINT32_MAX), 0);
    assert_string_equal(r.reason, "count larger than what follows");
    r = wasm_reader_of(BYTES(3, 0, 0, 0));
    assert_int_equal(wasm_read_count(&r, 1, 2), 0);
    assert_string_equal(r.reason, "count larger than engines allow");
}

static void names_are_utf8(void **state) {
    (void)state;
    struct wasm_reader r = wasm_reader_of(BYTES(2, 0xC3, 0xA9));
    assert_int_equal(wasm_read_name(&r).len, 2);
    r = wasm_reader_of(BYTES(1, 0xFF));
    assert_int_equal(wasm_read_name(&r).len, 0);
    assert_non_null(r.reason);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unsigned_edges),
        cmocka_unit_test(signed_edges),
        cmocka_unit_test(round_trips),
        cmocka_unit_test(failure_is_sticky),
        cmocka_unit_test(counts_beyond_the_rest),
        cmocka_unit_test(names_are_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
