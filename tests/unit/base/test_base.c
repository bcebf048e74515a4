/* Arena, slices, buffers, vectors, maps and diagnostics. */
#include "unit.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"

static void arena_blocks_are_zeroed_and_apart(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    char *a = arena_alloc(arena, 100), *b = arena_alloc(arena, 100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(a[i] | b[i], 0);
    memset(a, 1, 100);
    assert_int_equal(b[0], 0);
    struct arena_mark mark = arena_mark(arena);
    char *c = arena_alloc(arena, 50);
    memset(c, 7, 50);
    arena_release(arena, mark);
    char *again = arena_alloc(arena, 50);
    for (int i = 0; i < 50; i++)
        assert_int_equal(again[i], 0);
    arena_free(arena);
}

static void arena_returns_everything(void **state) {
    (void)state;
    size_t before = arena_total();
    struct arena *arena = arena_new();
    arena_alloc(arena, 10);
    char *raw = arena_alloc_raw(arena, 5000000);
    raw[4999999] = 1;
    char *after = arena_alloc(arena, 10);
    assert_int_equal(after[0], 0);
    assert_true(arena_total() >= before + 5000000);
    arena_free(arena);
    assert_int_equal(arena_total(), before);
}

static void slices_compare_and_find(void **state) {
    (void)state;
    assert_true(str_eq(STR("ab"), STR("ab")));
    assert_false(str_eq(STR("ab"), STR("abc")));
    assert_true(str_cmp(STR("ab"), STR("abc")) < 0);
    assert_true(str_starts(STR("abc"), STR("ab")) && str_ends(STR("abc"), STR("bc")));
    assert_false(str_starts(STR("a"), STR("ab")) || str_ends(STR("c"), STR("bc")));
    assert_int_equal(str_find(STR("hello"), STR("lo")), 3);
    assert_int_equal(str_find(STR("hello"), STR("x")), 5);
    assert_int_equal(str_slice(STR("hello"), 3, 99).len, 2);
    assert_int_equal(str_slice(STR("hello"), 9, 2).len, 0);
}

static void paths_become_urls(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    assert_true(str_eq(str_to_url(arena, STR("a/b c_bg.wasm")), STR("a/b c_bg.wasm")));
    assert_true(str_eq(str_to_url(arena, STR(" %2?#\\:\"\t\x7F\xC3\xA9")),
                       STR("%20%252%3F%23%5C%3A%22%09%7F\xC3\xA9")));
    assert_int_equal(str_to_url(arena, STR("")).len, 0);
    arena_free(arena);
}

static void utf8_is_checked_as_the_standard_says(void **state) {
    (void)state;
    assert_true(str_is_utf8(STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80")));
    static const char *const bad[] = {"\x80",
                                      "\xC0\x80",
                                      "\xC3",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xE2\x82",
                                      "\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(str_is_utf8(str_from(bad[i])));
    struct arena *arena = arena_new();
    assert_true(
        str_eq(str_to_utf8(arena, STR("a\xED\xA0\x80z")), STR("a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz")));
    arena_free(arena);
}

static void scalar_values_round_trip(void **state) {
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c += c < 0x900 ? 1 : 251) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        char text[4];
        size_t at = 0, n = str_encode_char(text, c);
        assert_int_equal(str_next_char((Str){text, n}, &at), c);
        assert_int_equal(at, n);
    }
}

static void leb128_is_minimal(void **state) {
    (void)state;
    static const struct {
        int64_t value;
        size_t unsigned_size, signed_size;
    } cases[] = {{0, 1, 1},   {63, 1, 1},   {64, 1, 2},   {127, 1, 2},
                 {128, 2, 2}, {8191, 2, 2}, {8192, 2, 3}, {INT32_MAX, 5, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf buf = {0};
        buf_uleb(&buf, (uint64_t)cases[i].value);
        assert_int_equal(buf.len, cases[i].unsigned_size);
        assert_int_equal(buf_uleb_size((uint64_t)cases[i].value), buf.len);
        buf_clear(&buf);
        buf_sleb(&buf, cases[i].value);
        assert_int_equal(buf.len, cases[i].signed_size);
        buf_free(&buf);
    }
    struct buf buf = {0};
    buf_sleb(&buf, INT64_MIN);
    assert_int_equal(buf.len, 10);
    buf_clear(&buf);
    buf_sleb(&buf, -64);
    assert_int_equal(buf.len, 1);
    assert_int_equal((unsigned char)buf.ptr[0], 0x40);
    buf_free(&buf);
}

static void a_buffer_stops_at_its_ceiling(void **state) {
    (void)state;
    struct buf buf = {.limit = 10};
    buf_str(&buf, STR("12345"));
    buf_printf(&buf, "%d", 123456);
    assert_true(buf.overflow);
    buf_byte(&buf, 'x');
    assert_int_equal(buf.len, 5);
    buf_free(&buf);
}

static void a_map_keeps_insertion_order(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct map map;
    map_init(&map, arena);
    for (size_t i = 0; i < 1000; i++) {
        bool added;
        map_put(&map, str_format(arena, "key%zu", (i * 7919) % 1000), &added)->value.num = i;
        assert_true(added);
    }
    size_t i = 0;
    for (const struct map_entry *entry = map.first; entry; entry = entry->next)
        assert_int_equal(entry->value.num, i++);
    assert_int_equal(map.len, 1000);
    assert_null(map_find(&map, STR("absent")));
    bool added;
    assert_int_equal(map_put(&map, STR("key0"), &added)->value.num, 0);
    assert_false(added);
    map_put(&map, (Str){NULL, 0}, &added)->value.num = 5;
    assert_int_equal(map_find(&map, STR(""))->value.num, 5);
    map_free(&map);
    arena_free(arena);
}

static void the_first_error_wins(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diag diag;
    diag_init(&diag, arena);
    assert_false(diag_fail(&diag, "first %d", 1));
    diag_fail(&diag, "second");
    diag_context(&diag, "inner");
    diag_context(&diag, "outer");
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    diag_print(&diag, out);
    fclose(out);
    assert_string_equal(text, "error: outer\n\nCaused by:\n    0: inner\n    1: first 1\n");
    free(text);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_blocks_are_zeroed_and_apart),
        cmocka_unit_test(arena_returns_everything),
        cmocka_unit_test(slices_compare_and_find),
        cmocka_unit_test(paths_become_urls),
        cmocka_unit_test(utf8_is_checked_as_the_standard_says),
        cmocka_unit_test(scalar_values_round_trip),
        cmocka_unit_test(leb128_is_minimal),
        cmocka_unit_test(a_buffer_stops_at_its_ceiling),
        cmocka_unit_test(a_map_keeps_insertion_order),
        cmocka_unit_test(the_first_error_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
