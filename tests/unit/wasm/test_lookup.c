/* Questions about a module, and the custom sections that are changed. */
#include "assemble.h"

static uint32_t stack_pointer_of(struct world *w, Str globals) {
    buf_clear(&w->input);
    section(w, 6, globals);
    must_parse(w);
    return wasm_stack_pointer(&w->m);
}

static void stack_pointers(void **state) {
    struct world *w = *state;
    assert_int_equal(stack_pointer_of(w, BYTES(2, 0x7F, 0, 0x41, 9, 0x0B, 0x7F, 1, 0x41, 8, 0x0B)), 1);
    assert_int_equal(stack_pointer_of(w, BYTES(2, 0x7F, 1, 0x41, 0, 0x0B, 0x7E, 1, 0x42, 8, 0x0B)), 1);
    assert_int_equal(stack_pointer_of(w, BYTES(2, 0x7F, 1, 0x41, 8, 0x0B, 0x7F, 1, 0x41, 8, 0x0B)), 0);
    assert_int_equal(stack_pointer_of(w, BYTES(1, 0x7F, 0, 0x41, 8, 0x0B)), WASM_NONE);
    assert_int_equal(
        stack_pointer_of(w, BYTES(3, 0x7F, 1, 0x41, 8, 0x0B, 0x7F, 1, 0x41, 8, 0x0B, 0x7F, 1, 0x41, 8, 0x0B)),
        WASM_NONE);
    w->m.globals.items[2].name = STR("__stack_pointer");
    assert_int_equal(wasm_stack_pointer(&w->m), 2);
    buf_clear(&w->input);
    static const char import[] = "\1\3env\xF__stack_pointer\3\x7F\1";
    section(w, 2, (Str){import, sizeof import - 1});
    section(w, 6, BYTES(1, 0x7F, 1, 0x41, 8, 0x0B));
    must_parse(w);
    assert_int_equal(wasm_stack_pointer(&w->m), 0);
}

/* A global by that name which nothing can be added to is not the stack pointer, however it comes by it. */
static void stack_pointers_are_mutable_integers(void **state) {
    struct world *w = *state;
    static const Str imports[] = {{"\1\3env\xF__stack_pointer\3\x7C\1", 24},
                                  {"\1\3env\xF__stack_pointer\3\x7F\0", 24}};
    static const struct {
        uint8_t valtype;
        bool is_mutable;
    } wrong[] = {{WASM_F64, true}, {WASM_EXTERNREF, true}, {WASM_I32, false}};
    assert_int_equal(stack_pointer_of(w, BYTES(2, 0x7F, 1, 0x41, 0, 0x0B, 0x7F, 1, 0x41, 8, 0x0B)), 1);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        w->m.globals.items[0].name = STR("__stack_pointer");
        w->m.globals.items[0].valtype = wrong[i].valtype;
        w->m.globals.items[0].is_mutable = wrong[i].is_mutable;
        assert_int_equal(wasm_stack_pointer(&w->m), 1);
    }
    for (size_t i = 0; i < sizeof imports / sizeof *imports; i++) {
        buf_clear(&w->input);
        section(w, 2, imports[i]);
        section(w, 6, BYTES(1, 0x7F, 1, 0x41, 8, 0x0B));
        must_parse(w);
        assert_int_equal(wasm_stack_pointer(&w->m), 1);
    }
}

static void constant_values(void **state) {
    struct world *w = *state;
    section(w, 2, BYTES(1, 1, 'e', 1, 'b', 3, 0x7F, 0));
    section(w, 6, BYTES(2, 0x7F, 0, 0x41, 6, 0x0B, 0x7F, 0, 0x23, 1, 0x41, 7, 0x6C, 0x0B));
    must_parse(w);
    int64_t value;
    assert_true(wasm_const_value(&w->m, BYTES(0x23, 2, 0x41, 2, 0x6B, 0x0B), &value)); /* 6 * 7 - 2 */
    assert_int_equal(value, 40);
    assert_true(wasm_const_value(&w->m, BYTES(0x23, 0, 0x0B), &value));
    assert_int_equal(value, 0);
    assert_true(
        wasm_const_value(&w->m, BYTES(0x41, 0x7F, 0x41, 0x80, 0x80, 0x80, 0x80, 0x78, 0x6A, 0x0B), &value));
    assert_int_equal(value, INT32_MAX);
    assert_false(wasm_const_value(&w->m, BYTES(0x41, 1, 0x41, 1, 0x0B), &value));
    assert_false(wasm_const_value(&w->m, BYTES(0x6A, 0x0B), &value));
    assert_false(wasm_const_value(&w->m, BYTES(0xD0, 0x70, 0x0B), &value));
    assert_false(wasm_const_value(&w->m, BYTES(0x23, 9, 0x0B), &value));
}

/* Each global is the sum of two of the one before: 2^n reads without a bound. */
static void chains_of_globals_are_bounded(void **state) {
    struct world *w = *state;
    struct buf globals = {0};
    buf_byte(&globals, 41);
    buf_str(&globals, BYTES(0x7F, 0, 0x41, 1, 0x0B));
    for (uint8_t i = 0; i < 40; i++)
        buf_str(&globals, BYTES(0x7F, 0, 0x23, i, 0x23, i, 0x6A, 0x0B));
    section(w, 6, buf_view(&globals));
    buf_free(&globals);
    must_parse(w);
    int64_t value;
    assert_true(wasm_const_value(&w->m, BYTES(0x23, 3, 0x0B), &value));
    assert_int_equal(value, 8);
    assert_false(wasm_const_value(&w->m, BYTES(0x23, 40, 0x0B), &value));
    assert_false(wasm_const_value(&w->m, BYTES(0x23, 12, 0x0B), &value));
}

static void table_entries(void **state) {
    struct world *w = *state;
    section(w, 1, BYTES(1, 0x60, 0, 0));
    section(w, 2, BYTES(3, 1, 'e', 1, 'a', 0, 0, 1, 'e', 1, 'b', 0, 0, 1, 'e', 1, 'g', 3, 0x7F, 0));
    section(w, 4, BYTES(1, 0x70, 0, 9));
    section(w, 9,
            BYTES(2, 0, 0x41, 3, 0x0B, 1, 1, 4, 0x23, 0, 0x41, 5, 0x6A, 0x0B, 2, 0xD0, 0x70, 0x0B, 0xD2, 0,
                  0x0B));
    must_parse(w);
    assert_int_equal(wasm_function_table(&w->m), 0);
    assert_int_equal(wasm_table_entry(&w->m, 0, 3), 1);
    assert_int_equal(wasm_table_entry(&w->m, 0, 4), WASM_NONE);
    assert_int_equal(wasm_table_entry(&w->m, 0, 5), WASM_NONE);
    assert_int_equal(wasm_table_entry(&w->m, 0, 6), 0);
    assert_true(wasm_table_clear(&w->m, 0, 6));
    assert_int_equal(wasm_table_entry(&w->m, 0, 6), WASM_NONE);
    wasm_add_table(&w->m, WASM_EXTERNREF, (struct wasm_limits){0}, STR(""));
    assert_int_equal(wasm_function_table(&w->m), 0);
    wasm_add_table(&w->m, WASM_FUNCREF, (struct wasm_limits){0}, STR(""));
    assert_int_equal(wasm_function_table(&w->m), WASM_NONE);
}

/* Later segments win; many of them cost no more than one. */
static void many_segments(void **state) {
    struct world *w = *state;
    enum { COUNT = 50000 };
    struct buf elems = {0};
    buf_uleb(&elems, COUNT + 2);
    for (uint32_t i = 0; i < COUNT; i++) {
        buf_str(&elems, BYTES(0, 0x41));
        buf_sleb(&elems, (int64_t)i);
        buf_str(&elems, BYTES(0x0B, 1, 0));
    }
    buf_str(&elems, BYTES(0, 0x41, 5, 0x0B, 2, 1, 1));
    buf_str(&elems, BYTES(0, 0x41, 0x7F, 0x0B, 2, 1, 1)); /* slot 2^32 - 1, and one beyond */
    section(w, 1, BYTES(1, 0x60, 0, 0));
    section(w, 2, BYTES(2, 1, 'e', 1, 'a', 0, 0, 1, 'e', 1, 'b', 0, 0));
    section(w, 4, BYTES(1, 0x70, 0, 9));
    section(w, 9, buf_view(&elems));
    buf_free(&elems);
    must_parse(w);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(wasm_table_entry(&w->m, 0, i), i == 5 || i == 6);
    assert_int_equal(wasm_table_entry(&w->m, 0, COUNT), WASM_NONE);
    assert_int_equal(wasm_table_entry(&w->m, 0, UINT32_MAX), 1);
    assert_int_equal(wasm_table_entry(&w->m, 1, 5), WASM_NONE);
    assert_true(wasm_table_clear(&w->m, 0, 5));
    assert_int_equal(wasm_table_entry(&w->m, 0, 5), WASM_NONE);
    assert_int_equal(wasm_table_entry(&w->m, 0, 6), 1);
}

static void features(void **state) {
    struct world *w = *state;
    custom(w, STR("target_features"), BYTES(2, '+', 1, 'a', '-', 2, 'b', 'c'));
    must_parse(w);
    assert_true(wasm_feature_listed(&w->m, STR("a")));
    assert_false(wasm_feature_listed(&w->m, STR("bc")));
    assert_false(wasm_feature_listed(&w->m, STR("b")));
    wasm_feature_add(&w->m, STR("a"));
    wasm_feature_add(&w->m, STR("bc"));
    wasm_feature_add(&w->m, STR("new"));
    assert_str(wasm_custom_find(&w->m, STR("target_features"))->bytes,
               BYTES(3, '+', 1, 'a', '+', 2, 'b', 'c', '+', 3, 'n', 'e', 'w'));
}

static void features_from_nothing(void **state) {
    struct world *w = *state;
    section(w, 1, BYTES(0));
    must_parse(w);
    assert_false(wasm_feature_listed(&w->m, STR("x")));
    wasm_feature_add(&w->m, STR("x"));
    must_emit(w);
    assert_str(wasm_custom_find(&w->m, STR("target_features"))->bytes, BYTES(1, '+', 1, 'x'));
}

static void producers(void **state) {
    struct world *w = *state;
    section(w, 1, BYTES(0));
    must_parse(w);
    wasm_producers_set(&w->m, STR("f"), STR("n"), STR("1"), &w->diag);
    wasm_producers_set(&w->m, STR("f"), STR("n"), STR("22"), &w->diag);
    wasm_producers_set(&w->m, STR("f"), STR("o"), STR("3"), &w->diag);
    wasm_producers_set(&w->m, STR("g"), STR("n"), STR("4"), &w->diag);
    struct wasm_custom *section_ = wasm_custom_find(&w->m, STR("producers"));
    assert_str(section_->bytes,
               BYTES(2, 1, 'f', 2, 1, 'n', 2, '2', '2', 1, 'o', 1, '3', 1, 'g', 1, 1, 'n', 1, '4'));
    for (size_t len = 0; len < 20; len++) {
        struct diag diag;
        diag_init(&diag, w->arena);
        Str prefix = section_->bytes = str_slice(section_->bytes, 0, 19 - len);
        wasm_producers_set(&w->m, STR("f"), STR("n"), STR("5"), &diag);
        assert_false(diag.failed);
        assert_int_equal(diag.warnings.len, 1);
        assert_contains(diag.warnings.items[0], "the producers section is malformed");
        assert_str(section_->bytes, prefix);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD_TEST(stack_pointers),
        WORLD_TEST(constant_values),
        WORLD_TEST(chains_of_globals_are_bounded),
        WORLD_TEST(table_entries),
        WORLD_TEST(features),
        WORLD_TEST(features_from_nothing),
        WORLD_TEST(producers),
        WORLD_TEST(many_segments),
        WORLD_TEST(stack_pointers_are_mutable_integers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
