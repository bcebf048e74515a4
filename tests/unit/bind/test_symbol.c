#include "fixture.h"

#include "bind/symbol.h"

static void test_lower(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
    } rows[] = {
        {"PointXY_9", "pointxy_9"},
        {"Émile", "émile"},
        {"ÿŸ", "ÿÿ"},
        {"ĀāĂ", "āāă"},
        {"ΑΣΩ", "ασω"},
        {"Ж", "ж"},
        {"İx", "i\xCC\x87x"},
        {"𐐀", "𐐨"},
        {"×÷", "×÷"},
        {"", ""},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_str(bind_lower(arena, str_from(rows[i].from)), rows[i].to);
    arena_free(arena);
}

static void test_sanitize(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    assert_str(bind_sanitize(arena, STR("plain_Name9")), "plain_Name9");
    assert_str(bind_sanitize(arena, STR("a.b[c]-é")), "a_bc__");
    arena_free(arena);
}

/* docs/upstream/descriptors.md 12.1 */
static void test_export_symbols(void **state) {
    (void)state;
    static const struct {
        int release;
        const char *class, *ns, *name, *symbol;
    } rows[] = {
        {84, NULL, NULL, "add", "add"},
        {106, NULL, "deep", "add", "deep_ns_add"},
        {113, NULL, "deep", "add", "deep_ns_add"},
        {114, NULL, "deep", "add", "deep__ns__add"},
        {120, NULL, NULL, "a-b", "a-b"},
        {121, NULL, NULL, "a-b", "a_b"},
        {84, "Foo", NULL, "get", "foo_get"},
        {120, "Foo", NULL, "a-b", "foo_a-b"},
        {121, "Foo", "Deep", "a-b", "foo_a_b"},
        {122, "Foo", "Deep", "a-b", "Deep__ns__foo_a_b"},
        {130, "Foo", NULL, "new", "foo_new"},
    };
    struct fixture *x = setup(130);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct meta_str_list ns = list_of(x, rows[i].ns ? rows[i].ns : "", "ns");
        struct meta_Export record = {.function.name = str_from(rows[i].name)};
        record.class = rows[i].class ? opt_str(x, rows[i].class) : NULL;
        record.js_namespace = rows[i].ns ? &ns : NULL;
        assert_str(bind_export_symbol(x->arena, rows[i].release, &record), rows[i].symbol);
    }
    teardown(x);
}

/* docs/upstream/descriptors.md 12.2 */
static void test_class_symbols(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    struct meta_str_list ns = list_of(x, "Deep", NULL);
    struct meta_Struct record = {.name = STR("Foo"), .js_namespace = &ns};
    assert_str(bind_class_symbol(x->arena, 113, &record), "Foo");
    assert_str(bind_class_symbol(x->arena, 114, &record), "Deep__Foo");
    assert_str(bind_class_function(x->arena, STR("Deep__Foo"), "unwrap"), "__wbg_deep__foo_unwrap");
    assert_str(bind_field_symbol(x->arena, 120, STR("Foo"), "get", STR("A-b")), "__wbg_get_foo_A-b");
    assert_str(bind_field_symbol(x->arena, 121, STR("Foo"), "set", STR("A-b")), "__wbg_set_foo_A_b");
    teardown(x);
}

static void test_mangled(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    struct meta_Program program = {.unique_crate_identifier = STR("my-crate-0123456789abcdef")};
    assert_str(bind_mangled(x->arena, 127, &program, STR("add")), "add");
    assert_str(bind_mangled(x->arena, 128, &program, STR("add")), "add_0123456789abcdef");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lower),          cmocka_unit_test(test_sanitize),
        cmocka_unit_test(test_export_symbols), cmocka_unit_test(test_class_symbols),
        cmocka_unit_test(test_mangled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
