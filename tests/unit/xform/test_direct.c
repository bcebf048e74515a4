#include "fixture.h"

static const char keeps_drop[] = "local.get:0 i32.const:-1073741824 i32.lt_u if local.get:0 call:%s end";

static struct fixture *with_imports(bool externref, bool direct) {
    struct fixture *x = setup(externref);
    uint32_t f[2] = {add_import(x, PLACEHOLDER, "__wbg_foo_unwrap", "i", "i"),
                     add_import(x, PLACEHOLDER, "drop", "i", "")};
    struct bind_import *unwrap = bind_import_of(x, f[0], externref ? "b" : "i", "i");
    unwrap->kind = BIND_IMPORT_UNWRAP;
    unwrap->takes_direct = direct;
    intrinsic_of(bind_import_of(x, f[1], "i", ""), BIND_INTRINSIC_object_drop_ref);
    add_caller(x, "go", f, 2);
    run_and_emit(x);
    return x;
}

static const char *text(struct fixture *x, const char *format, const char *name) {
    return str_format(x->arena, format, name).ptr;
}

static void test_heap(void **state) {
    (void)state;
    struct fixture *x = with_imports(false, true);
    assert_string_equal(code_text(x, named(x, "__wbg_foo_unwrap of addresses")),
                        "local.get:0 i32.const:-1073741824 i32.lt_u if local.get:0 "
                        "call:__wbg_foo_unwrap return end "
                        "global.get:taken i32.const:1 i32.add global.set:taken "
                        "local.get:0 i32.const:2 i32.shl");
    assert_string_equal(code_text(x, named(x, "drop but of addresses")), text(x, keeps_drop, "drop"));
    assert_string_equal(export_text(x, "go"), "i32.const:0 call:__wbg_foo_unwrap of addresses drop "
                                              "i32.const:0 call:drop but of addresses");
    teardown(x);
}

/* Handles go on to the function in front of the import that takes references. */
static void test_externref(void **state) {
    (void)state;
    struct fixture *x = with_imports(true, true);
    uint32_t shim = named(x, "__wbg_foo_unwrap externref shim");
    assert_int_not_equal(shim, WASM_NONE);
    assert_string_equal(code_text(x, named(x, "drop but of addresses")),
                        text(x, keeps_drop, "__externref_table_dealloc"));
    assert_string_equal(type_text(x, named(x, "__wbg_foo_unwrap of addresses")), "i>i");
    teardown(x);
}

static void test_without(void **state) {
    (void)state;
    struct fixture *x = with_imports(false, false);
    assert_string_equal(export_text(x, "go"), "i32.const:0 call:__wbg_foo_unwrap drop i32.const:0 call:drop");
    assert_int_equal(x->b.runtime.taken, WASM_NONE);
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heap),
        cmocka_unit_test(test_externref),
        cmocka_unit_test(test_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
