#include "fixture.h"

#include "meta/section.h"

static bool take(struct fixture *f, const char *message) {
    struct meta_programs programs;
    bool ok = meta_take(&f->m, f->arena, false, &programs, &f->diag);
    if (!ok && str_find(f->diag.message, str_from(message)) == f->diag.message.len)
        fail_msg("`%.*s` does not contain `%s`", STR_ARG(f->diag.message), message);
    return ok;
}

static void add_section(struct fixture *f, const char *name, const char *bytes) {
    vec_push(f->arena, &f->m.customs, (struct wasm_custom){.name = str_from(name), .bytes = str_from(bytes)});
}

static void a_module_without_metadata(void **state) {
    (void)state;
    struct fixture *f = setup();
    add_import(f, "env", "log", "i", "");
    assert_true(take(f, ""));
    teardown(f);
}

static void stripped_modules(void **state) {
    (void)state;
    struct fixture *f = setup();
    add_import(f, PLACEHOLDER, "__wbindgen_throw", "ii", "");
    assert_false(take(f, "imports `__wbindgen_throw` from `__wbindgen_placeholder__` but has no"));
    teardown(f);
    f = setup();
    uint32_t func = add_func(f, "", "", BODY(0, END));
    wasm_export_add(&f->m, STR("__wbindgen_describe_x"), WASM_FUNC, func);
    assert_false(take(f, "exports `__wbindgen_describe_x` but has no"));
    teardown(f);
}

static void emscripten(void **state) {
    (void)state;
    struct fixture *f = setup();
    add_section(f, "__wasm_bindgen_emscripten_marker", "");
    assert_false(take(f, "emscripten"));
    teardown(f);
}

/* Two sections are read as one: the error is in the second. */
static void sections_are_joined_and_removed(void **state) {
    (void)state;
    struct fixture *f = setup();
    add_section(f, META_SECTION, "\x7F");
    add_section(f, META_SECTION, "x");
    assert_false(take(f, "runs past the end"));
    assert_true(f->m.customs.items[0].removed);
    assert_true(f->m.customs.items[1].removed);
    teardown(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_module_without_metadata),
        cmocka_unit_test(stripped_modules),
        cmocka_unit_test(emscripten),
        cmocka_unit_test(sections_are_joined_and_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
