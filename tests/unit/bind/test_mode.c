#include "fixture.h"

/* Target features: one entry per name; prefix '+' or '-'. */
static void add_features(struct fixture *x, const char *const *names, size_t count) {
    struct buf bytes = {0};
    buf_uleb(&bytes, count);
    for (size_t i = 0; i < count; i++) {
        buf_byte(&bytes, (uint8_t)names[i][0]);
        buf_uleb(&bytes, strlen(names[i]) - 1);
        buf_str(&bytes, str_from(names[i] + 1));
    }
    struct wasm_custom section = {.name = STR("target_features"), .bytes = buf_copy(x->arena, &bytes)};
    buf_free(&bytes);
    vec_push(x->arena, &x->m.customs, section);
}

enum exports { NONE, ALLOC_ONLY, BOTH };

static struct fixture *module(int release, const char *feature, enum exports exports, enum toggle toggle) {
    struct fixture *x = setup(release);
    if (feature)
        add_features(x, &feature, 1);
    if (exports != NONE)
        add_func(x, "__externref_table_alloc", "", "i");
    if (exports == BOTH)
        add_func(x, "__externref_table_dealloc", "i", "");
    x->settings.externref = toggle;
    return x;
}

/* docs/upstream/transforms.md 0 */
static void test_externref(void **state) {
    (void)state;
    static const struct {
        int release;
        const char *feature;
        enum exports exports;
        enum toggle toggle;
        bool externref;
    } rows[] = {
        {130, "+reference-types", BOTH, TOGGLE_AUTO, true},
        {94, "+reference-types", BOTH, TOGGLE_AUTO, true},
        {93, "+reference-types", BOTH, TOGGLE_AUTO, false},
        {93, "+reference-types", BOTH, TOGGLE_ON, true},
        {130, "=reference-types", BOTH, TOGGLE_AUTO, true},
        {130, "-reference-types", BOTH, TOGGLE_AUTO, false},
        {130, "+multivalue", BOTH, TOGGLE_AUTO, false},
        {102, "+reference-types", NONE, TOGGLE_AUTO, false},
        {102, "+reference-types", ALLOC_ONLY, TOGGLE_AUTO, false},
        {130, NULL, BOTH, TOGGLE_AUTO, true},
        {102, NULL, BOTH, TOGGLE_AUTO, true},
        {101, NULL, BOTH, TOGGLE_AUTO, false},
        {130, NULL, NONE, TOGGLE_AUTO, false},
        {130, "+reference-types", BOTH, TOGGLE_OFF, false},
        {84, "-reference-types", BOTH, TOGGLE_ON, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = module(rows[i].release, rows[i].feature, rows[i].exports, rows[i].toggle);
        must_build(x);
        assert_int_equal(x->b.externref, rows[i].externref);
        teardown(x);
    }
}

static void test_impossible(void **state) {
    (void)state;
    struct fixture *x = module(130, "+reference-types", ALLOC_ONLY, TOGGLE_ON);
    must_fail(x, "does not export `__externref_table_dealloc`");
    teardown(x);
}

static void test_multi_value(void **state) {
    (void)state;
    static const struct {
        const char *feature;
        enum toggle toggle;
        bool multi_value;
    } rows[] = {
        {"+multivalue", TOGGLE_AUTO, true},
        {"-multivalue", TOGGLE_AUTO, false},
        {NULL, TOGGLE_AUTO, false},
        {"+multivalue", TOGGLE_OFF, false},
        {NULL, TOGGLE_ON, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = module(130, rows[i].feature, NONE, TOGGLE_AUTO);
        x->settings.multi_value = rows[i].toggle;
        must_build(x);
        assert_int_equal(x->b.multi_value, rows[i].multi_value);
        teardown(x);
    }
}

/* docs/upstream/abi.md 1 */
static void test_version_parameters(void **state) {
    (void)state;
    static const struct {
        int release;
        uint32_t base;
        bool align;
    } rows[] = {{84, 128, false}, {86, 128, false},  {87, 128, true},
                {108, 128, true}, {109, 1024, true}, {130, 1024, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = setup(rows[i].release);
        uint32_t f = add_func(x, "__wbindgen_malloc", "ii", "i");
        must_build(x);
        assert_int_equal(x->b.handle_base, rows[i].base);
        assert_int_equal(x->b.statics_end, rows[i].base + 4);
        assert_int_equal(x->b.runtime.align, rows[i].align);
        assert_int_equal(x->b.runtime.malloc, f);
        assert_int_equal(x->b.runtime.realloc, WASM_NONE);
        teardown(x);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_externref),
        cmocka_unit_test(test_impossible),
        cmocka_unit_test(test_multi_value),
        cmocka_unit_test(test_version_parameters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
