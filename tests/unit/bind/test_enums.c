#include "fixture.h"

#include "bind/signature.h"

static struct meta_Enum *add_enum(struct fixture *x, size_t program, const char *name) {
    struct meta_Enum_list *list = &x->programs[program].enums;
    struct meta_Enum *items = ARENA_ARRAY(x->arena, list->len + 1, struct meta_Enum);
    if (list->len)
        memcpy(items, list->items, list->len * sizeof *items);
    list->items = items;
    struct meta_Enum *made = &items[list->len++];
    made->name = str_from(name);
    made->variants.items = ARENA_ARRAY(x->arena, 2, struct meta_EnumVariant);
    made->variants.len = 2;
    made->variants.items[0].name = STR("A");
    made->variants.items[1] = (struct meta_EnumVariant){.name = STR("B"), .value = 0xFFFFFFFF};
    return made;
}

static struct meta_StringEnum *add_texts(struct fixture *x, size_t program, const char *name) {
    struct meta_Import *record = add_record(x, program, "", "");
    record->kind.tag = META_ImportKind_Enum;
    record->kind.Enum = (struct meta_StringEnum){.name = str_from(name)};
    struct meta_str_list texts = list_of(x, "one", "two");
    record->kind.Enum.variant_values = texts;
    return &record->kind.Enum;
}

/* A function `f` with an optional argument of the descriptor. */
static void use(struct fixture *x, struct meta_type *type, const char *words) {
    bool hashed = x->all.version.release >= 128;
    const char *symbol = hashed ? "f_0011223344556677" : "f";
    add_func(x, symbol, words, "");
    describe(x, symbol, function(x, wrap(x, META_OPTIONAL, type), NULL, kind_of(x, META_UNIT)));
    add_export(x, 0, "f");
}

static const struct bind_type *used(const struct fixture *x) {
    return x->b.exports.items[0].sig.params[0].value.type;
}

/* From 0.2.96 on discriminants may be negative, and so may the number for none. */
static void test_signs(void **state) {
    (void)state;
    for (int is_signed = 0; is_signed < 2; is_signed++) {
        struct fixture *x = setup(127);
        add_enum(x, 0, "E")->signed_ = is_signed;
        struct meta_type *type = named(x, META_ENUM, "E", (Str){0});
        type->hole = 0xFFFFFFFE;
        use(x, type, "i");
        must_build(x);
        assert_true(used(x)->enumeration == x->b.enums.items[0]);
        assert_true(used(x)->absent_word == (is_signed ? -2 : 4294967294));
        assert_true(x->b.enums.items[0]->constants[1].value == (is_signed ? -1 : 4294967295));
        teardown(x);
    }
}

static void test_double(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    x->programs[0].module_path = STR("tcrate");
    add_enum(x, 0, "E");
    struct meta_type *type = named(x, META_ENUM, "E", x->programs[0].unique_crate_identifier);
    type->module_hash = 0xACE61742; /* the example of descriptors.md 6.10 */
    use(x, type, "F");
    must_build(x);
    assert_true(used(x)->is_double);
    teardown(x);
}

static void test_texts(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    add_texts(x, 0, "T");
    struct meta_type *type = named(x, META_STRING_ENUM, "T", (Str){0});
    type->count = 2;
    use(x, type, "i");
    must_build(x);
    assert_int_equal(used(x)->kind, BIND_STRING_ENUM);
    assert_int_equal(used(x)->absent_word, 3);
    assert_str(used(x)->enumeration->constants[1].name, "two");
    teardown(x);
    x = setup(127);
    add_texts(x, 0, "T");
    type = named(x, META_STRING_ENUM, "T", (Str){0});
    type->count = 3;
    use(x, type, "i");
    must_fail(x, "has not as many texts as its record");
    teardown(x);
}

/* 0.2.93: no record says which texts there are, but every descriptor does. */
static void test_spelled_out(void **state) {
    (void)state;
    struct fixture *x = setup(93);
    struct meta_type *type = named(x, META_STRING_ENUM, "T", (Str){0});
    struct meta_str_list texts = list_of(x, "one", "two");
    type->count = 2;
    type->variants = texts.items;
    use(x, type, "i");
    must_build(x);
    assert_str(used(x)->enumeration->constants[0].name, "one");
    assert_int_equal(x->b.enums.len, 1);
    teardown(x);
}

static void test_unknown_and_twice(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    use(x, named(x, META_ENUM, "E", (Str){0}), "i");
    must_fail(x, "argument 1: the enum `E` is not known: no record defines it");
    teardown(x);
    x = setup(127);
    add_enum(x, 0, "E");
    add_enum(x, 1, "E");
    must_fail(x, "enum `E` is defined more than once");
    teardown(x);
}

/* docs/upstream/wire-format.md 9.8 */
static void test_private_namesakes(void **state) {
    (void)state;
    struct fixture *x = setup(128);
    add_struct(x, 0, "E")->private = true;
    add_enum(x, 1, "E")->private = true;
    must_build(x);
    assert_str(x->b.enums.items[0]->name, "E2");
    teardown(x);
    x = setup(128);
    add_struct(x, 0, "E");
    add_enum(x, 1, "E");
    must_fail(x, "`E` is exported by more than one crate");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signs),
        cmocka_unit_test(test_double),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_spelled_out),
        cmocka_unit_test(test_unknown_and_twice),
        cmocka_unit_test(test_private_namesakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
