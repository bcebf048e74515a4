#include "fixture.h"

static struct meta_Export *add_method(struct fixture *x, const char *class, const char *name) {
    struct meta_Export *record = add_export(x, 0, name);
    record->class = opt_str(x, class);
    return record;
}

static void test_members(void **state) {
    (void)state;
    struct fixture *x = setup(100);
    uint32_t free_func = add_func(x, "__wbg_foo_free", "ii", "");
    add_func(x, "foo_new", "", "i");
    add_func(x, "foo_take", "i", "");
    add_func(x, "foo_get_size", "i", "i");
    add_func(x, "foo_make", "", "i");
    add_struct(x, 0, "Foo")->is_inspectable = true;
    struct meta_type *object = named(x, META_RUST_STRUCT, "Foo", (Str){0}), *unit = kind_of(x, META_UNIT);
    describe(x, "foo_new", function(x, NULL, NULL, object));
    describe(x, "foo_take", function(x, NULL, NULL, unit));
    describe(x, "foo_get_size", function(x, NULL, NULL, kind_of(x, META_U32)));
    describe(x, "foo_make", function(x, NULL, NULL, object));
    add_method(x, "Foo", "new")->method_kind.tag = META_MethodKind_Constructor;
    add_method(x, "Foo", "take")->consumed = true;
    struct meta_Export *getter = add_method(x, "Foo", "get_size");
    getter->method_kind.Operation.kind.tag = META_OperationKind_Getter;
    getter->method_kind.Operation.kind.Getter = STR("size");
    add_method(x, "Foo", "make")->method_kind.Operation.is_static = true;
    must_build(x);
    const struct bind_class *class = x->b.classes.items[0];
    const struct bind_export *e = x->b.exports.items;
    assert_int_equal(class->free_func, free_func);
    assert_str(class->free_name, "__wbg_foo_free");
    assert_true(class->free_delayed && class->has_constructor && class->is_inspectable);
    assert_int_equal(x->b.exports.len, 4);
    assert_int_equal(e[0].member, BIND_CONSTRUCTOR);
    assert_ptr_equal(e[0].sig.result.type->class, class);
    assert_true(e[1].member == BIND_METHOD && e[1].consumes && !e[1].is_static);
    assert_int_equal(e[2].member, BIND_GETTER);
    assert_str(e[2].name, "size");
    assert_str(e[2].wasm_name, "foo_get_size");
    assert_true(e[3].member == BIND_METHOD && e[3].is_static);
    teardown(x);
}

static void test_constructor_must_return_class(void **state) {
    (void)state;
    struct fixture *x = setup(100);
    add_func(x, "__wbg_foo_free", "ii", "");
    add_func(x, "foo_new", "", "i");
    add_struct(x, 0, "Foo");
    describe(x, "foo_new", function(x, NULL, NULL, kind_of(x, META_U32)));
    add_method(x, "Foo", "new")->method_kind.tag = META_MethodKind_Constructor;
    must_fail(x, "constructor of `Foo`, a constructor must return its class");
    teardown(x);
}

static struct meta_StructField *add_fields(struct fixture *x, struct meta_Struct *record, size_t count) {
    record->fields.items = ARENA_ARRAY(x->arena, count, struct meta_StructField);
    record->fields.len = count;
    return record->fields.items;
}

static void test_fields(void **state) {
    (void)state;
    struct fixture *x = setup(128);
    add_func(x, "__wbg_foo_free_0011223344556677", "ii", "");
    add_func(x, "__wbg_get_foo_a_0011223344556677", "i", "F");
    add_func(x, "__wbg_set_foo_a_0011223344556677", "iF", "");
    add_func(x, "__wbg_get_foo_b_0011223344556677", "ii", "");
    struct meta_StructField *fields = add_fields(x, add_struct(x, 0, "Foo"), 3);
    fields[0].name = STR("a");
    fields[1] = (struct meta_StructField){.name = STR("b"), .readonly = true};
    fields[2].name = STR("unused");
    describe(x, "__wbg_get_foo_a_0011223344556677", kind_of(x, META_F64));
    describe(x, "__wbg_get_foo_b_0011223344556677", kind_of(x, META_STRING));
    must_build(x);
    const struct bind_export *e = x->b.exports.items;
    assert_int_equal(x->b.exports.len, 3);
    assert_true(e[0].member == BIND_GETTER && e[0].is_field);
    assert_true(e[1].member == BIND_SETTER && e[1].is_field);
    assert_str(e[1].wasm_name, "__wbg_set_foo_a");
    assert_int_equal(e[1].sig.params[0].value.type->kind, BIND_F64);
    assert_int_equal(e[2].sig.how, BIND_RETURN_RECORD);
    assert_str(e[2].wasm_name, "__wbg_get_foo_b");
    teardown(x);
}

/* docs/upstream/wire-format.md 9.1: by which name a method finds its class. */
static void test_identity(void **state) {
    (void)state;
    static const struct {
        int release;
        const char *class;
        bool found;
    } rows[] = {{113, "Foo", true}, {113, "RustFoo", false}, {114, "RustFoo", true},
                {114, "Foo", true}, {122, "Foo", true},      {122, "Other", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = setup(rows[i].release);
        add_func(x, "__wbg_foo_free", "ii", "");
        struct meta_Struct *record = add_struct(x, 0, "Foo");
        if (rows[i].release >= 114 && rows[i].release <= 121)
            record->rust_name = STR("RustFoo");
        add_method(x, rows[i].class, "go");
        Str symbol = str_format(x->arena, "%s_go",
                                strcmp(rows[i].class, "Foo") == 0     ? "foo"
                                : strcmp(rows[i].class, "Other") == 0 ? "other"
                                                                      : "rustfoo");
        add_func(x, symbol.ptr, "i", "");
        describe(x, symbol.ptr, function(x, NULL, NULL, kind_of(x, META_UNIT)));
        if (rows[i].found)
            must_build(x);
        else
            must_fail(x, "which no record defines");
        teardown(x);
    }
}

/* docs/upstream/intrinsics.md 6 */
static void test_wrappers(void **state) {
    (void)state;
    static const struct {
        int release;
        const char *suffix;
        bool releases, delayed;
    } rows[] = {{92, "", true, false},
                {105, "", true, true},
                {106, "", false, true},
                {130, "_0011223344556677", false, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = setup(rows[i].release);
        add_func(x, str_format(x->arena, "__wbg_foo_free%s", rows[i].suffix).ptr, "ii", "");
        uint32_t wrap_func =
            add_import(x, str_format(x->arena, "__wbg_foo_new%s", rows[i].suffix).ptr, "i", "i");
        add_import(x, str_format(x->arena, "__wbg_foo_unwrap%s", rows[i].suffix).ptr, "i", "i");
        add_struct(x, 0, "Foo");
        must_build(x);
        assert_int_equal(x->b.imports.len, 2);
        const struct bind_import *wrap_import = &x->b.imports.items[0], *unwrap = &x->b.imports.items[1];
        assert_int_equal(wrap_import->kind, BIND_IMPORT_WRAP);
        assert_int_equal(wrap_import->func, wrap_func);
        assert_str(wrap_import->wasm_name, "__wbg_foo_new");
        assert_int_equal(unwrap->kind, BIND_IMPORT_UNWRAP);
        assert_int_equal(unwrap->release_if_moved, rows[i].releases);
        assert_int_equal(x->b.classes.items[0]->free_delayed, rows[i].delayed);
        teardown(x);
    }
}

static void test_wrapper_of_another_type(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    add_func(x, "__wbg_foo_free", "ii", "");
    add_import(x, "__wbg_foo_new", "ii", "i");
    add_struct(x, 0, "Foo");
    must_build(x);
    assert_str(x->b.imports.items[0].unsupported, "import `__wbg_foo_new`: its type descriptor does not fit "
                                                  "the wasm function of type (i32, i32) -> i32");
    teardown(x);
}

/* docs/upstream/wire-format.md 9.8 */
static void test_private_namesakes(void **state) {
    (void)state;
    struct fixture *x = setup(128);
    add_func(x, "__wbg_foo_free_0011223344556677", "ii", "");
    add_func(x, "__wbg_foo_free_8899aabbccddeeff", "ii", "");
    add_func(x, "foo_go_8899aabbccddeeff", "i", "");
    add_struct(x, 0, "Foo")->private = true;
    add_struct(x, 1, "Foo")->private = true;
    struct meta_Export *record = add_export(x, 1, "go");
    record->class = opt_str(x, "Foo");
    describe(x, "foo_go_8899aabbccddeeff", function(x, NULL, NULL, kind_of(x, META_UNIT)));
    must_build(x);
    assert_str(x->b.classes.items[0]->name, "Foo");
    assert_str(x->b.classes.items[1]->name, "Foo2");
    assert_str(x->b.classes.items[1]->free_name, "__wbg_foo2_free");
    assert_str(x->b.exports.items[0].wasm_name, "foo2_go");
    teardown(x);
    x = setup(128);
    add_func(x, "__wbg_foo_free_0011223344556677", "ii", "");
    add_func(x, "__wbg_foo_free_8899aabbccddeeff", "ii", "");
    add_struct(x, 0, "Foo");
    add_struct(x, 1, "Foo");
    must_fail(x, "`Foo` is exported by more than one crate");
    teardown(x);
}

static void test_inheritance_is_refused(void **state) {
    (void)state;
    struct fixture *x = setup(121);
    add_func(x, "__wbg_foo_free", "ii", "");
    add_struct(x, 0, "Foo")->extends = opt_str(x, "Base");
    must_fail(x, "class `Foo`: class inheritance");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members),
        cmocka_unit_test(test_constructor_must_return_class),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_identity),
        cmocka_unit_test(test_wrappers),
        cmocka_unit_test(test_wrapper_of_another_type),
        cmocka_unit_test(test_private_namesakes),
        cmocka_unit_test(test_inheritance_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
