/* Streams of words to type trees, for every release that changed something (docs/upstream/descriptors.md 5,
 * 6, 9.6). */
#include "unit.h"

#include "meta/descriptor.h"

struct fixture {
    struct arena *arena;
    struct diag diag;
};

static struct fixture setup(void) {
    struct fixture f = {.arena = arena_new()};
    diag_init(&f.diag, f.arena);
    return f;
}

static void teardown(struct fixture *f) {
    arena_free(f->arena);
}

/* Decodes words given one by one; NULL on failure. The words lie in a block of their exact size. */
static struct meta_type *decode_words(struct fixture *f, int release, const uint32_t *words, size_t n) {
    uint32_t *exact = malloc(n ? n * sizeof *words : 1);
    memcpy(exact, words, n * sizeof *words);
    f->diag.failed = false;
    struct meta_type *type = meta_decode_type(f->arena, release, exact, n, &f->diag);
    free(exact);
    assert_int_equal(f->diag.failed, type == NULL);
    return type;
}

#define DECODE(f, release, ...)                                                                              \
    decode_words(f, release, (const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / 4)

static void assert_text(struct fixture *f, const struct meta_type *type, const char *expected) {
    if (!type)
        fail_msg("not decoded: %.*s", STR_ARG(f->diag.message));
    Str text = meta_type_text(f->arena, type);
    if (!str_eq(text, str_from(expected)))
        fail_msg("'%.*s' instead of '%s'", STR_ARG(text), expected);
}

static void assert_fails(struct fixture *f, const struct meta_type *type, const char *reason) {
    assert_null(type);
    if (str_find(f->diag.message, str_from(reason)) == f->diag.message.len)
        fail_msg("'%.*s' does not mention '%s'", STR_ARG(f->diag.message), reason);
}

/* The table of descriptors.md 5 as it stands; -1 = the release has no such constant. */
static const int columns[][2] = {{84, 91}, {92, 92}, {93, 95}, {96, 118}, {119, 120}, {121, 129}, {130, 130}};
static const struct {
    enum meta_kind kind;
    int numbers[7];
} numbers[] = {
    {META_I8, {0, 0, 0, 0, 0, 0, 0}},
    {META_U8, {1, 1, 1, 1, 1, 1, 1}},
    {META_I16, {2, 2, 2, 2, 2, 2, 2}},
    {META_U16, {3, 3, 3, 3, 3, 3, 3}},
    {META_I32, {4, 4, 4, 4, 4, 4, 4}},
    {META_U32, {5, 5, 5, 5, 5, 5, 5}},
    {META_I64, {6, 6, 6, 6, 6, 6, 6}},
    {META_U64, {7, 7, 7, 7, 7, 7, 7}},
    {META_I64_AS_F64, {-1, -1, -1, -1, 8, 8, 8}},
    {META_U64_AS_F64, {-1, -1, -1, -1, 9, 9, 9}},
    {META_I128, {-1, -1, -1, 8, 10, 10, 10}},
    {META_U128, {-1, -1, -1, 9, 11, 11, 11}},
    {META_F32, {8, 8, 8, 10, 12, 12, 12}},
    {META_F64, {9, 9, 9, 11, 13, 13, 13}},
    {META_BOOLEAN, {10, 10, 10, 12, 14, 14, 14}},
    {META_CACHED_STRING, {13, 13, 13, 15, 17, 17, 17}},
    {META_STRING, {14, 14, 14, 16, 18, 18, 18}},
    {META_EXTERNREF, {20, 20, 20, 22, 24, 24, 24}},
    {META_CHAR, {24, 24, 25, 27, 29, 30, 30}},
    {META_UNIT, {27, 27, 28, 30, 32, 33, 33}},
    {META_NONNULL, {-1, 29, 30, 32, 34, 35, 35}},
    {META_RAW_POINTER, {-1, -1, -1, -1, 35, 36, 36}},
};

static void numbers_of_plain_types(void **state) {
    (void)state;
    struct fixture f = setup();
    for (size_t c = 0; c < 7; c++)
        for (int release = columns[c][0]; release <= columns[c][1]; release++) {
            bool known[64] = {false};
            for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
                int number = numbers[i].numbers[c];
                if (number < 0)
                    continue;
                struct meta_type *type = DECODE(&f, release, (uint32_t)number);
                assert_non_null(type);
                assert_int_equal(type->kind, numbers[i].kind);
                known[number] = true;
            }
            /* Anything else is unknown or wants operands. */
            for (uint32_t number = 0; number < 64; number++)
                assert_int_equal(DECODE(&f, release, number) != NULL, known[number]);
        }
    teardown(&f);
}

static void numbers_of_wrappers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int numbers[7];
    } wrappers[] = {
        {"&u16", {15, 15, 15, 17, 19, 19, 19}},          {"&mut u16", {16, 16, 16, 18, 20, 20, 20}},
        {"&u16", {17, 17, 17, 19, 21, 21, 21}}, /* LONGREF */
        {"[u16]", {18, 18, 18, 20, 22, 22, 22}},         {"Vec<u16>", {19, 19, 19, 21, 23, 23, 23}},
        {"Option<u16>", {25, 25, 26, 28, 30, 31, 31}},   {"Result<u16>", {26, 26, 27, 29, 31, 32, 32}},
        {"u16", {28, 28, 29, 31, 33, 34, 34}}, /* CLAMPED */
        {"Nullable<u16>", {-1, -1, -1, -1, -1, -1, 38}},
    };
    struct fixture f = setup();
    for (size_t c = 0; c < 7; c++)
        for (int release = columns[c][0]; release <= columns[c][1]; release++)
            for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++)
                if (wrappers[i].numbers[c] >= 0)
                    assert_text(&f, DECODE(&f, release, (uint32_t)wrappers[i].numbers[c], 3),
                                wrappers[i].text);
    teardown(&f);
}

static void clamped_is_a_flag_of_the_byte(void **state) {
    (void)state;
    struct fixture f = setup();
    assert_text(&f, DECODE(&f, 130, 34, 23, 1), "Vec<clamped u8>");
    assert_text(&f, DECODE(&f, 130, 34, 31, 20, 22, 1), "Option<&mut [clamped u8]>");
    assert_text(&f, DECODE(&f, 130, 34, 2), "i16");
    /* reset for the arguments and results of a function */
    assert_text(&f, DECODE(&f, 130, 34, 19, 15, 0, 1, 1, 33, 33), "&fn(u8)");
    teardown(&f);
}

static void longref_of_handles_is_owned(void **state) {
    (void)state;
    struct fixture f = setup();
    assert_int_equal(DECODE(&f, 127, 21, 24)->kind, META_EXTERNREF);
    assert_int_equal(DECODE(&f, 127, 21, 25, 1, 'A')->kind, META_NAMED_EXTERNREF);
    assert_int_equal(DECODE(&f, 127, 21, 29, 1, 'A')->kind, META_REF);
    teardown(&f);
}

static void names_count_bytes_then_characters(void **state) {
    (void)state;
    struct fixture f = setup();
    /* "é€" is 5 bytes, 2 characters */
    assert_text(&f, DECODE(&f, 126, 25, 5, 0xE9, 0x20AC), "JsValue as é€");
    assert_text(&f, DECODE(&f, 127, 25, 2, 0xE9, 0x20AC), "JsValue as é€");
    assert_fails(&f, DECODE(&f, 126, 25, 4, 0xE9, 0x20AC), "length announced");
    assert_fails(&f, DECODE(&f, 127, 25, 3, 0xE9, 0x20AC), "larger than the descriptor");
    assert_fails(&f, DECODE(&f, 127, 25, 1, 0xD800), "not a character");
    assert_fails(&f, DECODE(&f, 127, 25, 1, 0x110000), "not a character");
    teardown(&f);
}

static void enums_by_release(void **state) {
    (void)state;
    struct fixture f = setup();
    struct meta_type *type = DECODE(&f, 87, 22, 9);
    assert_int_equal(type->hole, 9);
    assert_int_equal(type->name.len, 0);
    assert_text(&f, DECODE(&f, 88, 22, 1, 'E', 9), "enum E");
    assert_fails(&f, DECODE(&f, 88, 22, 9), "longer than the descriptor");
    assert_int_equal(DECODE(&f, 119, 26, 1, 'E', 7)->hole, 7);
    type = DECODE(&f, 128, 26, 1, 'E', 7, 2, 'c', '1');
    assert_int_equal(type->hole, 7);
    assert_true(str_eq(type->crate, STR("c1")));
    assert_fails(&f, DECODE(&f, 128, 26, 1, 'E', 7), "too early");
    type = DECODE(&f, 130, 26, 1, 'E', 7, 1, 'c', 0xACE61742);
    assert_int_equal(type->module_hash, 0xACE61742);
    teardown(&f);
}

static void string_enums_by_release(void **state) {
    (void)state;
    struct fixture f = setup();
    assert_fails(&f, DECODE(&f, 93, 23, 1, 'S', 5, 1, 'a'), "larger than the descriptor");
    struct meta_type *type = DECODE(&f, 93, 23, 1, 'S', 2, 1, 'a', 2, 'b', 'c');
    assert_int_equal(type->count, 2);
    assert_true(str_eq(type->variants[1], STR("bc")));
    type = DECODE(&f, 94, 23, 1, 'S', 2);
    assert_int_equal(type->count, 2);
    assert_null(type->variants);
    type = DECODE(&f, 130, 27, 1, 'S', 2, 1, 'c', 77);
    assert_int_equal(type->count, 2);
    assert_int_equal(type->module_hash, 77);
    assert_true(str_eq(type->crate, STR("c")));
    teardown(&f);
}

static void unions_by_release(void **state) {
    (void)state;
    struct fixture f = setup();
    struct meta_type *type = DECODE(&f, 121, 28, 1, 'U', 2, 5, 18);
    assert_int_equal(type->count, 2);
    assert_int_equal(type->members[0]->kind, META_U32);
    assert_int_equal(type->members[1]->kind, META_STRING);
    type = DECODE(&f, 130, 28, 1, 'U', 1, 'c', 77, 1, 18);
    assert_int_equal(type->count, 1);
    assert_int_equal(type->module_hash, 77);
    assert_int_equal(type->members[0]->kind, META_STRING);
    teardown(&f);
}

static void structs_by_release(void **state) {
    (void)state;
    struct fixture f = setup();
    assert_text(&f, DECODE(&f, 127, 29, 1, 'S'), "struct S");
    assert_fails(&f, DECODE(&f, 128, 29, 1, 'S'), "too early");
    assert_true(str_eq(DECODE(&f, 128, 29, 1, 'S', 1, 'c')->crate, STR("c")));
    teardown(&f);
}

static void functions(void **state) {
    (void)state;
    struct fixture f = setup();
    struct meta_type *type = DECODE(&f, 130, 15, 0, 2, 5, 31, 18, 24, 13);
    assert_text(&f, type, "fn(u32, Option<String>) -> JsValue");
    assert_int_equal(type->function->inner_ret->kind, META_F64);
    assert_text(&f, DECODE(&f, 84, 11, 0, 0, 27, 27), "fn()");
    assert_fails(&f, DECODE(&f, 130, 15, 0, 2, 5, 31, 18, 24), "too early");
    assert_fails(&f, DECODE(&f, 130, 15, 0, UINT32_MAX, 5), "larger than the descriptor");
    assert_fails(&f, DECODE(&f, 130, 33, 33), "left over");
    assert_fails(&f, decode_words(&f, 130, (const uint32_t[]){0}, 0), "too early");
    teardown(&f);
}

static void closures_by_era(void **state) {
    (void)state;
    struct fixture f = setup();
    struct meta_type *type = DECODE(&f, 100, 14, 21, 22, 18, 13, 99, 1, 5, 11, 11);
    assert_int_equal(type->function->shim, 21); /* the function's own word is another variant */
    assert_int_equal(type->dtor, 22);
    assert_true(type->is_mutable && type->owned);
    assert_text(&f, type, "Closure<FnMut>(u32) -> f64");
    assert_false(DECODE(&f, 84, 12, 21, 22, 15, 11, 99, 0, 27, 27)->is_mutable);
    assert_fails(&f, DECODE(&f, 84, 12, 21, 22, 14, 11, 99, 0, 27, 27), "neither shared nor mutable");

    type = DECODE(&f, 101, 14, 22, 1, 13, 99, 0, 30, 30);
    assert_int_equal(type->function->shim, 99);
    assert_int_equal(type->dtor, 22);
    assert_true(type->is_mutable && type->owned);
    assert_true(DECODE(&f, 108, 14, 0, 0, 13, 99, 0, 30, 30)->owned);
    assert_false(DECODE(&f, 109, 14, 0, 0, 13, 99, 0, 30, 30)->owned);
    assert_true(DECODE(&f, 114, 14, 5, 0, 13, 99, 0, 30, 30)->owned);

    type = DECODE(&f, 115, 14, 1, 0, 13, 99, 0, 30, 30);
    assert_true(type->owned && !type->is_mutable);
    assert_int_equal(type->dtor, 0);
    type = DECODE(&f, 130, 16, 0, 1, 15, 99, 0, 33, 33);
    assert_true(!type->owned && type->is_mutable);
    assert_int_equal(type->function->shim, 99);
    assert_fails(&f, DECODE(&f, 130, 16, 2, 1, 15, 99, 0, 33, 33), "neither 0 nor 1");
    assert_fails(&f, DECODE(&f, 130, 16, 0, 1, 14, 99, 0, 33, 33), "without a function");
    teardown(&f);
}

static void sequences(void **state) {
    (void)state;
    struct fixture f = setup();
    struct meta_type *type = DECODE(&f, 130, 37, 9, 37, 4, 19, 22, 5);
    assert_int_equal(type->kind, META_SEQ_MODE);
    assert_int_equal(type->seq_mode, 9);
    assert_int_equal(type->inner->seq_mode, 4);
    assert_text(&f, type->inner->inner, "&[u32]");
    assert_fails(&f, DECODE(&f, 129, 37, 9, 5), "unknown type constant");
    teardown(&f);
}

static void conversions_have_a_key(void **state) {
    (void)state;
    struct fixture f = setup();
    Str key;
    static const uint32_t old[] = {15, 0, 1, 13, 24, 24}, new[] = {0, 15, 0, 1, 13, 24, 24};
    static const uint32_t generic[] = {2, 'a', 'b', 15, 0, 2, 13, 5, 24, 24},
                          two[] = {0, 15, 0, 2, 5, 5, 24, 24};
    static const uint32_t plain[] = {0, 24};
    assert_text(&f, meta_decode_generic(f.arena, 127, old, 6, &key, &f.diag), "fn(f64) -> JsValue");
    assert_int_equal(key.len, 0);
    assert_text(&f, meta_decode_generic(f.arena, 128, new, 7, &key, &f.diag), "fn(f64) -> JsValue");
    assert_int_equal(key.len, 0);
    assert_text(&f, meta_decode_generic(f.arena, 130, generic, 10, &key, &f.diag), "fn(f64, u32) -> JsValue");
    assert_true(str_eq(key, STR("ab")));
    assert_fails(&f, meta_decode_generic(f.arena, 130, two, 8, &key, &f.diag), "exactly one argument");
    f.diag.failed = false;
    assert_fails(&f, meta_decode_generic(f.arena, 130, plain, 2, &key, &f.diag), "as a function");
    teardown(&f);
}

static void depth_is_limited(void **state) {
    (void)state;
    struct fixture f = setup();
    uint32_t words[70];
    for (size_t i = 0; i < 70; i++)
        words[i] = 23;
    words[60] = 5;
    assert_non_null(decode_words(&f, 130, words, 61));
    words[60] = 23;
    words[69] = 5;
    assert_fails(&f, decode_words(&f, 130, words, 70), "too deeply");
    for (size_t i = 0; i < 70; i++) /* CLAMPED makes no node, but counts */
        words[i] = 34;
    assert_fails(&f, decode_words(&f, 130, words, 70), "too deeply");
    teardown(&f);
}

/* Every stream of a few small words: an answer, no crash (run with the sanitizers). */
static void random_streams_do_no_harm(void **state) {
    (void)state;
    uint32_t seed = 12345, decoded = 0;
    for (int round = 0; round < 20000; round++) {
        struct fixture f = setup();
        uint32_t words[24];
        size_t n = (size_t)(round % 24) + 1;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525 + 1013904223;
            words[i] = (seed >> 16) % 41;
        }
        struct meta_type *type = decode_words(&f, 84 + round % 47, words, n);
        if (type) {
            decoded++;
            assert_true(meta_type_equal(type, type));
            meta_type_text(f.arena, type);
        }
        teardown(&f);
    }
    assert_true(decoded > 100);
}

static void equality(void **state) {
    (void)state;
    struct fixture f = setup();
    assert_true(meta_type_equal(DECODE(&f, 130, 31, 23, 5), DECODE(&f, 130, 31, 23, 5)));
    assert_false(meta_type_equal(DECODE(&f, 130, 31, 23, 5), DECODE(&f, 130, 31, 23, 4)));
    assert_false(meta_type_equal(DECODE(&f, 130, 23, 1), DECODE(&f, 130, 34, 23, 1)));
    assert_false(meta_type_equal(DECODE(&f, 130, 25, 1, 'a'), DECODE(&f, 130, 25, 1, 'b')));
    assert_false(meta_type_equal(DECODE(&f, 130, 15, 0, 1, 5, 33, 33), DECODE(&f, 130, 15, 0, 0, 33, 33)));
    assert_true(meta_type_equal(DECODE(&f, 121, 28, 1, 'U', 1, 5), DECODE(&f, 121, 28, 1, 'U', 1, 5)));
    assert_false(meta_type_equal(DECODE(&f, 121, 28, 1, 'U', 1, 5), DECODE(&f, 121, 28, 1, 'U', 1, 4)));
    teardown(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_plain_types),
        cmocka_unit_test(numbers_of_wrappers),
        cmocka_unit_test(clamped_is_a_flag_of_the_byte),
        cmocka_unit_test(longref_of_handles_is_owned),
        cmocka_unit_test(names_count_bytes_then_characters),
        cmocka_unit_test(enums_by_release),
        cmocka_unit_test(string_enums_by_release),
        cmocka_unit_test(unions_by_release),
        cmocka_unit_test(structs_by_release),
        cmocka_unit_test(functions),
        cmocka_unit_test(closures_by_era),
        cmocka_unit_test(sequences),
        cmocka_unit_test(conversions_have_a_key),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(random_streams_do_no_harm),
        cmocka_unit_test(equality),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
