/* Which functions are run, how what they print is grouped, and what becomes of them. */
#include "fixture.h"

#include "meta/descriptor.h"
#include "wasm/lookup.h"

#define I32 0x41
#define CALL 0x10
#define PRINT CALL, 0
#define GET 0x20
#define NO_LOCALS 0

/* A function that prints small words (below 64) and ends with these bytes. */
static uint32_t add_printer(struct fixture *f, const char *params, const char *results, const uint8_t *words,
                            size_t n, Str tail) {
    struct buf body = {0};
    buf_byte(&body, NO_LOCALS);
    for (size_t i = 0; i < n; i++)
        buf_str(&body, BODY(I32, words[i], PRINT));
    buf_str(&body, tail);
    buf_byte(&body, END);
    uint32_t func = add_func(f, params, results, buf_view(&body));
    buf_free(&body);
    return func;
}

#define WORDS(...) (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})

static bool describe(struct fixture *f, int release, struct meta_descriptors *out) {
    struct meta_version version = {.release = release};
    return meta_describe(&f->m, &version, out, &f->diag);
}

static void assert_described(struct fixture *f, int release, struct meta_descriptors *out) {
    if (!describe(f, release, out)) {
        diag_print(&f->diag, stderr);
        fail();
    }
}

static void assert_text(struct fixture *f, const struct meta_type *type, const char *expected) {
    Str text = meta_type_text(f->arena, type);
    if (!str_eq(text, str_from(expected)))
        fail_msg("'%.*s' instead of '%s'", STR_ARG(text), expected);
}

static void exports_are_read_and_removed(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    add_import(f, PLACEHOLDER, "imported", "", "");
    uint32_t add = add_printer(f, "", "", WORDS(15, 0, 2, 5, 5, 13, 13), STR(""));
    uint32_t field = add_printer(f, "", "", WORDS(18), STR(""));
    wasm_export_add(&f->m, STR("add"), WASM_FUNC, field);
    wasm_export_add(&f->m, STR("__wbg_get_s_x"), WASM_FUNC, field);
    wasm_export_add(&f->m, STR("__wbindgen_describe_add"), WASM_FUNC, add);
    wasm_export_add(&f->m, STR("__wbindgen_describe___wbg_get_s_x"), WASM_FUNC, field);
    wasm_export_add(&f->m, STR("__wbindgen_describe_imported"), WASM_FUNC, field);
    wasm_export_add(&f->m, STR("__wbindgen_skip_interpret_calls"), WASM_FUNC, field);
    assert_described(f, 130, &out);
    assert_int_equal(out.described.len, 3);
    assert_text(f, map_find(&out.described, STR("add"))->value.ptr, "fn(u32, u32) -> f64");
    assert_text(f, map_find(&out.described, STR("__wbg_get_s_x"))->value.ptr, "String");
    assert_text(f, map_find(&out.described, STR("imported"))->value.ptr, "String");
    assert_int_equal(f->m.exports.len, 2);
    assert_true(str_eq(f->m.exports.items[0].name, STR("add")));
    map_free(&out.described);
    teardown(f);
}

static void what_is_not_there_needs_no_descriptor(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    add_import(f, "elsewhere", "odd", "", "");
    wasm_export_add(&f->m, STR("__wbindgen_describe_odd"), WASM_FUNC,
                    add_printer(f, "", "", WORDS(63), STR("")));
    assert_described(f, 130, &out);
    assert_int_equal(out.described.len, 0);
    assert_int_equal(f->m.exports.len, 0);
    map_free(&out.described);
    teardown(f);
}

static void a_bad_descriptor_is_named(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    uint32_t odd = add_printer(f, "", "", WORDS(63), STR(""));
    wasm_export_add(&f->m, STR("odd"), WASM_FUNC, odd);
    wasm_export_add(&f->m, STR("__wbindgen_describe_odd"), WASM_FUNC, odd);
    assert_false(describe(f, 130, &out));
    assert_mentions(f, "`odd`");
    assert_mentions(f, "unknown type constant");
    assert_int_equal(f->m.exports.len, 2);
    teardown(f);
}

static void conversions_are_grouped(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    uint8_t cast = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_generic_import", "ii", "i");
    Str by_call = BODY(I32, 9, I32, 8, CALL, cast), by_tail_call = BODY(I32, 9, I32, 8, 0x12, cast);
    /* the call with its index as five bytes, as linkers write it */
    Str padded = BODY(I32, 9, I32, 8, CALL, 0x80 | cast, 0x80, 0x80, 0x80, 0);
    uint32_t a = add_printer(f, "F", "i", WORDS(0, 15, 0, 1, 13, 24, 24), by_call);
    uint32_t b = add_printer(f, "I", "i", WORDS(0, 15, 0, 1, 7, 24, 24), by_tail_call);
    uint32_t c = add_printer(f, "F", "i", WORDS(0, 15, 0, 1, 13, 24, 24), padded);
    uint32_t g = add_printer(f, "i", "i", WORDS(1, 33, 15, 0, 1, 24, 24, 24), by_call);
    add_func(f, "", "",
             BODY(NO_LOCALS, I32, cast, I32, CALL, 0x1A, 0x1A, END)); /* bytes that look like a call */
    assert_described(f, 130, &out);
    assert_int_equal(out.casts.len, 3);
    assert_int_equal(out.closures.len, 0);
    assert_text(f, out.casts.items[0].type, "fn(f64) -> JsValue");
    assert_int_equal(out.casts.items[0].nfuncs, 2);
    assert_int_equal(out.casts.items[0].funcs[0], a);
    assert_int_equal(out.casts.items[0].funcs[1], c);
    assert_int_equal(out.casts.items[1].funcs[0], b);
    assert_true(str_eq(out.casts.items[2].key, STR("!")));
    assert_int_equal(out.casts.items[2].funcs[0], g);
    teardown(f);
}

static void many_functions_of_one_group(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    uint8_t cast = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_cast", "ii", "i");
    for (int i = 0; i < 37; i++)
        add_printer(f, "F", "i", WORDS(15, 0, 1, 13, 24, 24), BODY(I32, 9, I32, 8, CALL, cast));
    assert_described(f, 127, &out);
    assert_int_equal(out.casts.len, 1);
    assert_int_equal(out.casts.items[0].nfuncs, 37);
    for (uint32_t i = 0; i < 37; i++)
        assert_int_equal(out.casts.items[0].funcs[i], 2 + i);
    teardown(f);
}

static void a_group_has_one_type(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    uint8_t cast = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_cast", "ii", "i");
    add_printer(f, "F", "i", WORDS(15, 0, 1, 13, 24, 24), BODY(I32, 9, I32, 8, CALL, cast));
    add_printer(f, "I", "i", WORDS(15, 0, 1, 13, 24, 24), BODY(I32, 9, I32, 8, CALL, cast));
    assert_false(describe(f, 127, &out));
    assert_mentions(f, "differ in type");
    teardown(f);
}

static void one_marker_per_function(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    uint8_t cast = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_cast", "ii", "i");
    add_printer(f, "F", "i", WORDS(15, 0, 1, 13, 24, 24),
                BODY(I32, 9, I32, 8, CALL, cast, 0x1A, I32, 9, I32, 8, CALL, cast));
    assert_false(describe(f, 127, &out));
    assert_mentions(f, "more than once");
    teardown(f);
}

/* Nor one marker of each kind: the function would be in a group twice. */
static void one_kind_of_marker_per_function(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    uint8_t cast = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_cast", "ii", "i");
    uint8_t other = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_generic_import", "ii", "i");
    add_printer(f, "F", "i", WORDS(15, 0, 1, 13, 24, 24),
                BODY(I32, 9, I32, 8, CALL, cast, 0x1A, I32, 9, I32, 8, CALL, other));
    assert_false(describe(f, 127, &out));
    assert_mentions(f, "more than one marker");
    teardown(f);
}

/* Many imports of a marker: the last one is found as well. */
static void many_imports_of_a_marker(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    uint8_t cast = 0;
    for (int i = 0; i < 100; i++)
        cast = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_cast", "ii", "i");
    uint32_t func = add_printer(f, "F", "i", WORDS(15, 0, 1, 13, 24, 24), BODY(I32, 9, I32, 8, CALL, cast));
    Str padded = BODY(I32, 9, I32, 8, CALL, 0x80 | 50, 0x80, 0x80, 0x80, 0);
    uint32_t other = add_printer(f, "F", "i", WORDS(15, 0, 1, 13, 24, 24), padded);
    assert_described(f, 127, &out);
    assert_int_equal(out.casts.len, 1);
    assert_int_equal(out.casts.items[0].nfuncs, 2);
    assert_int_equal(out.casts.items[0].funcs[0], func);
    assert_int_equal(out.casts.items[0].funcs[1], other);
    teardown(f);
}

static void a_marker_that_is_not_reached(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    uint8_t cast = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_cast", "ii", "i");
    add_func(f, "", "", BODY(NO_LOCALS, 0x0F, I32, 9, I32, 8, CALL, cast, 0x1A, END));
    assert_false(describe(f, 127, &out));
    assert_mentions(f, "without reaching its marker");
    teardown(f);
}

static void duplicate_imports_become_one(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    uint8_t second = (uint8_t)add_describe(f);
    uint8_t cast = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_cast", "ii", "i");
    uint8_t again = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_cast", "ii", "i");
    uint32_t elsewhere = add_import(f, "env", "__wbindgen_describe", "i", "");
    uint32_t func = add_func(f, "", "", BODY(NO_LOCALS, I32, 22, CALL, 0, I32, 5, CALL, second, END));
    uint32_t other = add_printer(f, "F", "i", WORDS(15, 0, 1, 13, 24, 24), BODY(I32, 9, I32, 8, CALL, again));
    wasm_export_add(&f->m, STR("x"), WASM_FUNC, func);
    wasm_export_add(&f->m, STR("__wbindgen_describe_x"), WASM_FUNC, func);
    assert_described(f, 127, &out);
    assert_text(f, map_find(&out.described, STR("x"))->value.ptr, "[u32]");
    assert_int_equal(f->m.funcs.items[second].def, WASM_ALIAS);
    assert_int_equal(wasm_func_resolve(&f->m, second), 0);
    assert_int_equal(wasm_func_resolve(&f->m, again), cast);
    assert_int_equal(f->m.funcs.items[elsewhere].def, WASM_IMPORTED);
    assert_int_equal(out.casts.items[0].funcs[0], other);
    map_free(&out.described);
    teardown(f);
}

static void duplicates_of_different_types(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    add_import(f, PLACEHOLDER, "__wbindgen_describe", "I", "");
    assert_false(describe(f, 127, &out));
    assert_mentions(f, "two different types");
    teardown(f);
}

static void only_functions_are_imported_from_the_placeholder(void **state) {
    (void)state;
    static const struct wasm_import import = {{PLACEHOLDER, sizeof PLACEHOLDER - 1}, {"memory", 6}};
    struct fixture *f = setup();
    struct meta_descriptors out;
    struct wasm_memory memory = {.def = WASM_IMPORTED, .import = &import};
    vec_push(f->arena, &f->m.memories, memory);
    assert_false(describe(f, 127, &out));
    assert_mentions(f, "`memory`");
    assert_mentions(f, "is not a function");
    teardown(f);
}

/* Up to 0.2.101: constructor → table slot → description; the slot is emptied, other slots stay. */
static void closures_up_to_101(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    uint8_t marker = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_closure", "iii", "i");
    uint32_t funcs[2];
    funcs[0] = add_func(f, "ii", "", BODY(NO_LOCALS, END));
    funcs[1] = add_printer(f, "", "", WORDS(14, 1, 2, 18, 13, 9, 1, 5, 11, 11), STR(""));
    uint32_t make = add_func(f, "ii", "i", BODY(NO_LOCALS, GET, 0, GET, 1, I32, 2, 0x12, marker, END));
    add_table(f, 1, funcs, 2);
    assert_described(f, 99, &out);
    assert_int_equal(out.closures.len, 1);
    assert_int_equal(out.casts.len, 0);
    assert_text(f, out.closures.items[0].type, "Closure<FnMut>(u32) -> f64");
    assert_int_equal(out.closures.items[0].nfuncs, 1);
    assert_int_equal(out.closures.items[0].funcs[0], make);
    assert_int_equal(wasm_table_entry(&f->m, 0, 1), funcs[0]);
    assert_int_equal(wasm_table_entry(&f->m, 0, 2), WASM_NONE);
    teardown(f);
}

static void a_closure_without_a_description(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct meta_descriptors out;
    add_describe(f);
    uint8_t marker = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_closure", "iii", "i");
    add_func(f, "ii", "i", BODY(NO_LOCALS, GET, 0, GET, 1, I32, 2, CALL, marker, END));
    assert_false(describe(f, 99, &out));
    assert_mentions(f, "index 2 of the function table");
    teardown(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exports_are_read_and_removed),
        cmocka_unit_test(what_is_not_there_needs_no_descriptor),
        cmocka_unit_test(a_bad_descriptor_is_named),
        cmocka_unit_test(conversions_are_grouped),
        cmocka_unit_test(many_functions_of_one_group),
        cmocka_unit_test(a_group_has_one_type),
        cmocka_unit_test(one_marker_per_function),
        cmocka_unit_test(one_kind_of_marker_per_function),
        cmocka_unit_test(many_imports_of_a_marker),
        cmocka_unit_test(a_marker_that_is_not_reached),
        cmocka_unit_test(duplicate_imports_become_one),
        cmocka_unit_test(duplicates_of_different_types),
        cmocka_unit_test(only_functions_are_imported_from_the_placeholder),
        cmocka_unit_test(closures_up_to_101),
        cmocka_unit_test(a_closure_without_a_description),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
