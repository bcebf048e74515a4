#include "fixture.h"

#include "bind/signature.h"
#include "bind/types.h"

/* The words of a conversion as letters: i I f F. */
static Str words_of(struct fixture *x, const struct bind_value *value) {
    Str out = STR("");
    for (unsigned i = 0; i < value->nwords; i++) {
        uint8_t type = value->words[i].type;
        char letter = type == WASM_I32 ? 'i' : type == WASM_I64 ? 'I' : type == WASM_F32 ? 'f' : 'F';
        out = str_format(x->arena, "%.*s%c", STR_ARG(out), letter);
    }
    return out;
}

static const struct bind_type *must_type(struct fixture *x, struct meta_type *type, bool incoming) {
    const struct bind_type *made = NULL;
    Str why = {0};
    bool ok = bind_type_of(&x->cx, type, incoming, &made, &why);
    if (!ok)
        print_error("%.*s\n", STR_ARG(why));
    assert_true(ok);
    return made;
}

static void must_refuse(struct fixture *x, struct meta_type *type, bool incoming, const char *part) {
    const struct bind_type *made;
    Str why = {0};
    assert_false(bind_type_of(&x->cx, type, incoming, &made, &why));
    if (str_find(why, str_from(part)) == why.len)
        fail_msg("`%.*s` does not contain `%s`", STR_ARG(why), part);
}

/* docs/upstream/descriptors.md 11.2 and 11.3: the same words in both directions. */
static const struct scalar_row {
    enum meta_kind descriptor;
    enum bind_kind kind;
    const char *words, *optional_95, *optional_96;
    uint64_t absent_95, absent_96, absent_119;
} SCALARS[] = {
    {META_I8, BIND_I8, "i", "i", "i", 16777215, 16777215, 16777215},
    {META_U8, BIND_U8, "i", "i", "i", 16777215, 16777215, 16777215},
    {META_I16, BIND_I16, "i", "i", "i", 16777215, 16777215, 16777215},
    {META_U16, BIND_U16, "i", "i", "i", 16777215, 16777215, 16777215},
    {META_BOOLEAN, BIND_BOOL, "i", "i", "i", 16777215, 16777215, 16777215},
    {META_CHAR, BIND_CHAR, "i", "i", "i", 16777215, 16777215, 16777215},
    {META_I32, BIND_I32, "i", "ii", "F", 0, 4294967297, 9007199254740991},
    {META_U32, BIND_U32, "i", "ii", "F", 0, 4294967297, 9007199254740991},
    {META_F32, BIND_F32, "f", "if", "F", 0, 4294967297, 9007199254740991},
    {META_F64, BIND_F64, "F", "iF", "iF", 0, 0, 0},
    {META_I64, BIND_I64, "I", "iI", "iI", 0, 0, 0},
    {META_U64, BIND_U64, "I", "iI", "iI", 0, 0, 0},
    {META_I128, BIND_I128, "II", "iII", "iII", 0, 0, 0},
    {META_U128, BIND_U128, "II", "iII", "iII", 0, 0, 0},
    {META_NONNULL, BIND_NONNULL, "i", "i", "i", 0, 0, 0},
};

static void check_scalar(int release, const struct scalar_row *row, bool incoming) {
    struct fixture *x = setup(release);
    const struct bind_type *type = must_type(x, kind_of(x, row->descriptor), incoming);
    struct bind_value value = bind_value_of(type, incoming, false, true);
    assert_int_equal(type->kind, row->kind);
    assert_int_equal(type->absent, BIND_ALWAYS);
    assert_str(words_of(x, &value), row->words);
    type = must_type(x, wrap(x, META_OPTIONAL, kind_of(x, row->descriptor)), incoming);
    value = bind_value_of(type, incoming, false, true);
    assert_str(words_of(x, &value), release <= 95 ? row->optional_95 : row->optional_96);
    uint64_t absent = release <= 95 ? row->absent_95 : release <= 118 ? row->absent_96 : row->absent_119;
    assert_int_equal(type->absent_word, absent);
    assert_int_equal(type->absent, absent                            ? BIND_ABSENT_WORD
                                   : row->descriptor == META_NONNULL ? BIND_ABSENT_ZERO
                                                                     : BIND_ABSENT_FLAG);
    teardown(x);
}

static void test_scalars(void **state) {
    (void)state;
    static const int releases[] = {84, 95, 96, 118, 119, 130};
    for (size_t r = 0; r < sizeof releases / sizeof *releases; r++)
        for (size_t i = 0; i < sizeof SCALARS / sizeof *SCALARS; i++)
            for (int incoming = 0; incoming < 2; incoming++)
                check_scalar(releases[r], &SCALARS[i], incoming);
}

static void test_pointers(void **state) {
    (void)state;
    struct fixture *x = setup(119);
    const struct bind_type *type = must_type(x, wrap(x, META_OPTIONAL, kind_of(x, META_RAW_POINTER)), true);
    struct bind_value value = bind_value_of(type, true, false, true);
    assert_int_equal(type->kind, BIND_POINTER);
    assert_int_equal(type->absent_word, 9007199254740991);
    assert_str(words_of(x, &value), "F");
    teardown(x);
}

static void test_strings(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    struct meta_type *text = kind_of(x, META_STRING), *cached = kind_of(x, META_CACHED_STRING);
    assert_int_equal(must_type(x, text, false)->access, BIND_OWNED);
    assert_int_equal(must_type(x, wrap(x, META_REF, text), false)->access, BIND_BORROWED);
    const struct bind_type *optional = must_type(x, wrap(x, META_OPTIONAL, wrap(x, META_REF, text)), false);
    assert_int_equal(optional->absent, BIND_ABSENT_ZERO);
    assert_int_equal(optional->access, BIND_BORROWED);
    assert_true(must_type(x, cached, false)->cached);
    assert_false(must_type(x, cached, true)->cached);
    struct bind_value value = bind_value_of(optional, false, true, true);
    assert_str(words_of(x, &value), "ii");
    must_refuse(x, wrap(x, META_OPTIONAL, wrap(x, META_REF, text)), true, "Option");
    must_refuse(x, wrap(x, META_OPTIONAL, wrap(x, META_OPTIONAL, text)), false, "Option");
    teardown(x);
}

static void test_arrays(void **state) {
    (void)state;
    struct fixture *x = setup(107);
    struct meta_type *byte = kind_of(x, META_U8);
    byte->clamped = true;
    struct meta_type *slice = wrap(x, META_SLICE, byte);
    const struct bind_type *type = must_type(x, wrap(x, META_REFMUT, slice), true);
    assert_int_equal(type->access, BIND_BORROWED_MUT);
    assert_true(type->clamped);
    assert_string_equal(bind_array_class(type), "Uint8ClampedArray");
    struct bind_value value = bind_value_of(type, true, true, true);
    assert_str(words_of(x, &value), "iii"); /* the caller's array is an owned value of its own */
    assert_int_equal(value.words[2].role, BIND_WORD_REF_OWNED);
    value = bind_value_of(type, false, true, true);
    assert_str(words_of(x, &value), "ii");
    type = must_type(x, wrap(x, META_VECTOR, kind_of(x, META_F64)), true);
    assert_int_equal(type->element->kind, BIND_F64);
    assert_int_equal(bind_element_size(type->element), 8);
    type = must_type(x, wrap(x, META_REF, wrap(x, META_SLICE, kind_of(x, META_EXTERNREF))), false);
    assert_int_equal(type->element->kind, BIND_VALUE);
    assert_null(bind_array_class(type));
    must_refuse(x, wrap(x, META_REF, wrap(x, META_SLICE, kind_of(x, META_EXTERNREF))), true, "arrays of");
    must_refuse(x, wrap(x, META_VECTOR, kind_of(x, META_BOOLEAN)), true, "arrays of `bool`");
    must_refuse(x, wrap(x, META_REF, wrap(x, META_VECTOR, byte)), false, "slice_to_array");
    teardown(x);
}

static struct bind_class *add_class(struct fixture *x, const char *key, const char *name) {
    struct bind_class *class = ARENA_NEW(x->arena, struct bind_class);
    class->name = str_from(name);
    map_put(&x->cx.classes, str_from(key), NULL)->value.ptr = class;
    return class;
}

/* Vectors of classes: a name only up to 0.2.127, name and crate from then on. */
static void test_class_vectors(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    add_class(x, "ns__Foo", "Foo");
    struct meta_type *element = named(x, META_NAMED_EXTERNREF, "ns__Foo", (Str){0});
    const struct bind_type *type = must_type(x, wrap(x, META_VECTOR, element), true);
    assert_int_equal(type->element->kind, BIND_VALUE);
    assert_str(type->element->ts, "Foo");
    element = named(x, META_NAMED_EXTERNREF, "string", (Str){0});
    assert_int_equal(must_type(x, wrap(x, META_VECTOR, element), false)->element->kind, BIND_STRING);
    assert_int_equal(must_type(x, element, false)->kind, BIND_VALUE); /* an imported type called so */
    teardown(x);
    x = setup(128);
    struct bind_class *class = add_class(x, "two-88\nFoo", "Foo2");
    element = named(x, META_RUST_STRUCT, "Foo", STR("two-88"));
    type = must_type(x, wrap(x, META_VECTOR, element), true);
    assert_int_equal(type->element->kind, BIND_OBJECT);
    assert_ptr_equal(type->element->class, class);
    must_refuse(x, named(x, META_RUST_STRUCT, "Foo", STR("one-00")), true, "not known");
    teardown(x);
}

static void test_objects(void **state) {
    (void)state;
    struct fixture *x = setup(100);
    add_class(x, "Foo", "Foo");
    struct meta_type *object = named(x, META_RUST_STRUCT, "Foo", (Str){0});
    assert_int_equal(must_type(x, wrap(x, META_REF, object), true)->access, BIND_BORROWED);
    assert_int_equal(must_type(x, wrap(x, META_REFMUT, object), true)->access, BIND_BORROWED_MUT);
    assert_int_equal(must_type(x, wrap(x, META_OPTIONAL, object), false)->absent, BIND_ABSENT_ZERO);
    must_refuse(x, wrap(x, META_REF, object), false, "cannot be passed to JavaScript");
    teardown(x);
}

/* docs/upstream/descriptors.md 7: references to scalars and to references, 0.2.130 */
static void test_references_by_copy(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    assert_int_equal(must_type(x, wrap(x, META_REF, kind_of(x, META_U32)), false)->access, BIND_OWNED);
    struct meta_type *text = wrap(x, META_REF, wrap(x, META_REF, kind_of(x, META_STRING)));
    assert_int_equal(must_type(x, text, false)->access, BIND_BORROWED);
    struct meta_type *value = wrap(x, META_REF, wrap(x, META_OPTIONAL, kind_of(x, META_EXTERNREF)));
    assert_int_equal(must_type(x, value, false)->absent, BIND_ABSENT_ZERO);
    assert_int_equal(must_type(x, value, false)->access, BIND_BORROWED);
    must_refuse(x, wrap(x, META_REF, kind_of(x, META_U32)), true, "cannot be passed from JavaScript");
    teardown(x);
}

static struct meta_type *seq_mode(struct fixture *x, uint32_t mode, struct meta_type *inner) {
    struct meta_type *type = wrap(x, META_SEQ_MODE, inner);
    type->seq_mode = mode;
    return type;
}

/* docs/upstream/descriptors.md 6.8 */
static void test_seq_modes(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    struct meta_type *slice = wrap(x, META_REF, wrap(x, META_SLICE, kind_of(x, META_U8)));
    struct meta_type *vec = wrap(x, META_VECTOR, kind_of(x, META_U8));
    assert_int_equal(must_type(x, seq_mode(x, 8, slice), false)->access,
                     BIND_BORROWED); /* the default, written out */
    must_refuse(x, seq_mode(x, 1, slice), false, "`slice` and `vec`");
    assert_int_equal(must_type(x, seq_mode(x, 4 | 8 | 1, vec), false)->access, BIND_OWNED);
    must_refuse(x, seq_mode(x, 4 | 2, vec), false, "`slice` and `vec`");
    assert_int_equal(must_type(x, seq_mode(x, 2, vec), false)->access,
                     BIND_OWNED); /* inherited, does not fit */
    must_refuse(x, seq_mode(x, 2 | 8, vec), false, "`slice` and `vec`");
    must_refuse(x, seq_mode(x, 0, vec), true, "`slice` and `vec`");
    teardown(x);
}

static void test_not_supported(void **state) {
    (void)state;
    static const struct {
        enum meta_kind kind;
        const char *text;
    } rows[] = {
        {META_DYNAMIC_UNION, "dynamic unions"},
        {META_U64_AS_F64, "64-bit addresses"},
    };
    struct fixture *x = setup(130);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        must_refuse(x, kind_of(x, rows[i].kind), true, rows[i].text);
        must_refuse(x, wrap(x, META_OPTIONAL, kind_of(x, rows[i].kind)), false, rows[i].text);
    }
    must_refuse(x, wrap(x, META_REF, function(x, NULL, NULL, kind_of(x, META_UNIT))), false,
                "missing from the function table");
    must_refuse(x, wrap(x, META_NULLABLE, kind_of(x, META_U8)), true, "`Nullable` types");
    must_refuse(x, wrap(x, META_OPTIONAL, kind_of(x, META_UNIT)), true, "cannot be passed");
    must_refuse(x, wrap(x, META_RESULT, kind_of(x, META_U8)), true, "cannot be passed");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scalars),       cmocka_unit_test(test_pointers),
        cmocka_unit_test(test_strings),       cmocka_unit_test(test_arrays),
        cmocka_unit_test(test_class_vectors), cmocka_unit_test(test_objects),
        cmocka_unit_test(test_seq_modes),     cmocka_unit_test(test_references_by_copy),
        cmocka_unit_test(test_not_supported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
