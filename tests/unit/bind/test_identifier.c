#include "unit.h"

#include "bind/identifier.h"

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

#define EQUAL(actual, expected) assert_string_equal(str_copy(arena, actual).ptr, expected)

static void bindings(void **state) {
    (void)state;
    assert_true(bind_is_binding(STR("withs")));
    assert_false(bind_is_binding(STR("with")));
    assert_false(bind_is_binding(STR("a-b")));
    assert_true(bind_is_computed(STR("[Symbol.iterator]")));
    assert_true(bind_is_computed(STR("[key]")));
    assert_false(bind_is_computed(STR("[")));
    assert_false(bind_is_computed(STR("a[0]")));
}

static void made_identifiers(void **state) {
    (void)state;
    EQUAL(bind_make_identifier(arena, STR("ok")), "ok");
    EQUAL(bind_make_identifier(arena, STR("new")), "_new");
    EQUAL(bind_make_identifier(arena, STR("a-b c")), "a_b_c");
    EQUAL(bind_make_identifier(arena, STR("1")), "_1");
    EQUAL(bind_make_identifier(arena, STR("")), "_");
}

static void parameters(void **state) {
    (void)state;
    struct bind_param params[] = {{.name = STR("a")},    {.name = STR("")},     {.name = STR("a")},
                                  {.name = STR("arg1")}, {.name = STR("this")}, {.name = STR("a2")}};
    struct bind_signature sig = {.params = params, .nparams = 6};
    Str names[6];
    bind_param_names(arena, &sig, names);
    EQUAL(names[0], "a");
    EQUAL(names[1], "arg1");
    EQUAL(names[2], "a2");
    EQUAL(names[3], "arg12");
    EQUAL(names[4], "_this");
    EQUAL(names[5], "a22");
}

static void classes(void **state) {
    (void)state;
    EQUAL(bind_class_identifier(arena, &(struct bind_class){.name = STR("Foo"), .index = 3}), "Foo");
    EQUAL(bind_class_identifier(arena, &(struct bind_class){.name = STR("null"), .index = 3}), "__class3");
}

static void check_line(const char *line, const char *expected) {
    struct buf out = {0};
    bind_doc_line(&out, "  ", str_from(line));
    EQUAL(buf_view(&out), expected);
    buf_free(&out);
}

static void doc_lines(void **state) {
    (void)state;
    check_line(" text", "   * text\n");
    check_line("text", "   * text\n");
    check_line("", "   *\n");
    check_line("/", "   * /\n");
    check_line(" */ and **/", "   * *\\/ and **\\/\n");
    check_line("two\r\nlines", "   * twolines\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bindings), cmocka_unit_test(made_identifiers), cmocka_unit_test(parameters),
        cmocka_unit_test(classes),  cmocka_unit_test(doc_lines),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
