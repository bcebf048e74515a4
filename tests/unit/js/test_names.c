#include "unit.h"

#include "js/names.h"

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

static void check(struct js_names *names, const char *wanted, const char *expected) {
    Str name = js_names_new(names, str_from(wanted));
    assert_string_equal(str_copy(arena, name).ptr, expected);
}

static void names_are_unique(void **state) {
    (void)state;
    struct js_names names;
    js_names_init(&names, arena, NULL);
    check(&names, "foo", "foo");
    check(&names, "foo", "foo2");
    check(&names, "foo2", "foo22");
    check(&names, "foo", "foo3");
    js_names_take(&names, STR("wasm"));
    check(&names, "wasm", "wasm2");
    js_names_free(&names);
}

static void names_are_identifiers(void **state) {
    (void)state;
    struct js_names names;
    js_names_init(&names, arena, NULL);
    check(&names, "delete", "_delete");
    check(&names, "eval", "_eval");
    check(&names, "a-b", "a_b");
    check(&names, "a.b", "a_b2");
    check(&names, "1st", "_1st");
    check(&names, "", "_");
    check(&names, "größe", "größe");
    check(&names, "a\u2028b", "a___b");
    check(&names, "\xFF", "_2");
    js_names_free(&names);
}

static void inner_names_do_not_hide_outer_ones(void **state) {
    (void)state;
    struct js_names outer, inner, other;
    js_names_init(&outer, arena, NULL);
    js_names_take(&outer, STR("takeHandle"));
    js_names_init(&inner, arena, &outer);
    js_names_init(&other, arena, &outer);
    check(&inner, "takeHandle", "takeHandle2");
    check(&inner, "ptr", "ptr");
    check(&other, "ptr", "ptr");
    assert_false(js_names_is_taken(&outer, STR("ptr")));
    assert_true(js_names_is_taken(&inner, STR("takeHandle")));
    js_names_free(&inner);
    js_names_free(&other);
    js_names_free(&outer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_are_unique, setup, teardown),
        cmocka_unit_test_setup_teardown(names_are_identifiers, setup, teardown),
        cmocka_unit_test_setup_teardown(inner_names_do_not_hide_outer_ones, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
