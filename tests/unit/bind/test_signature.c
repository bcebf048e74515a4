#include "fixture.h"

#include "bind/signature.h"

static struct bind_signature result_of(struct fixture *x, struct meta_type *type, bool is_export) {
    struct bind_signature sig;
    Str why;
    struct meta_type *f = function(x, NULL, NULL, type);
    assert_true(bind_signature_build(&x->cx, f->function, NULL, is_export, &sig, &why));
    return sig;
}

/* docs/upstream/abi.md 11.1 */
static void test_fallible_layouts(void **state) {
    (void)state;
    static const struct {
        enum meta_kind kind;
        bool optional;
        unsigned words, second, error, is_error, size;
    } rows[] = {
        {META_UNIT, false, 0, 0, 0, 4, 8},       {META_I32, false, 1, 0, 4, 8, 16},
        {META_EXTERNREF, false, 1, 0, 4, 8, 16}, {META_F64, false, 1, 0, 8, 12, 16},
        {META_I64, false, 1, 0, 8, 12, 16},      {META_STRING, false, 2, 4, 8, 12, 16},
        {META_F64, true, 2, 8, 16, 20, 24},      {META_U32, true, 1, 0, 8, 12, 16},
    };
    struct fixture *x = setup(130);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct meta_type *type = kind_of(x, rows[i].kind);
        struct bind_signature sig =
            result_of(x, wrap(x, META_RESULT, rows[i].optional ? wrap(x, META_OPTIONAL, type) : type), true);
        assert_true(sig.fallible);
        assert_int_equal(sig.how, BIND_RETURN_RECORD);
        assert_int_equal(sig.result.nwords, rows[i].words);
        if (rows[i].words == 2)
            assert_int_equal(sig.result.words[1].offset, rows[i].second);
        assert_int_equal(sig.error_offset, rows[i].error);
        assert_int_equal(sig.is_error_offset, rows[i].is_error);
        assert_int_equal(sig.record_size, rows[i].size);
    }
    teardown(x);
}

/* docs/upstream/abi.md 2: the layouts of imports. */
static void test_import_layouts(void **state) {
    (void)state;
    static const struct {
        int release;
        enum meta_kind kind;
        unsigned second, size;
    } rows[] = {
        {84, META_F64, 8, 16}, {84, META_I64, 8, 16},    {95, META_I32, 4, 8},
        {95, META_F32, 4, 8},  {130, META_STRING, 4, 8},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = setup(rows[i].release);
        x->b.multi_value = true; /* never for imports */
        struct bind_signature sig = result_of(x, wrap(x, META_OPTIONAL, kind_of(x, rows[i].kind)), false);
        assert_int_equal(sig.how, BIND_RETURN_RECORD);
        assert_int_equal(sig.result.words[0].offset, 0);
        assert_int_equal(sig.result.words[1].offset, rows[i].second);
        assert_int_equal(sig.record_size, rows[i].size);
        teardown(x);
    }
}

static void test_how(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    assert_int_equal(result_of(x, kind_of(x, META_UNIT), true).how, BIND_RETURN_NONE);
    assert_int_equal(result_of(x, kind_of(x, META_U8), true).how, BIND_RETURN_DIRECT);
    assert_int_equal(result_of(x, kind_of(x, META_STRING), true).how, BIND_RETURN_RECORD);
    x->b.multi_value = true;
    assert_int_equal(result_of(x, kind_of(x, META_STRING), true).how, BIND_RETURN_MULTI);
    assert_int_equal(result_of(x, kind_of(x, META_U8), true).how, BIND_RETURN_DIRECT);
    teardown(x);
}

/* docs/upstream/abi.md 4.2: which handles become references. */
static void test_roles(void **state) {
    (void)state;
    static const struct {
        enum bind_access access;
        enum bind_absent absent;
        bool incoming, single;
        enum bind_role role;
    } rows[] = {
        {BIND_OWNED, BIND_ALWAYS, true, true, BIND_WORD_REF_OWNED},
        {BIND_BORROWED, BIND_ALWAYS, true, true, BIND_WORD_REF_BORROWED},
        {BIND_OWNED, BIND_ALWAYS, false, true, BIND_WORD_REF_OWNED},
        {BIND_BORROWED, BIND_ALWAYS, false, true, BIND_WORD_REF_BORROWED},
        {BIND_OWNED, BIND_ALWAYS, false, false, BIND_WORD_PLAIN},    /* in a record */
        {BIND_OWNED, BIND_ABSENT_ZERO, true, true, BIND_WORD_PLAIN}, /* 0 must be told from a slot */
        {BIND_OWNED, BIND_ABSENT_ZERO, false, true, BIND_WORD_REF_OWNED},
        {BIND_BORROWED, BIND_ABSENT_ZERO, false, true, BIND_WORD_REF_BORROWED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bind_type type = {.kind = BIND_VALUE, .access = rows[i].access, .absent = rows[i].absent};
        struct bind_value value = bind_value_of(&type, rows[i].incoming, true, rows[i].single);
        assert_int_equal(value.words[0].role, rows[i].role);
        value = bind_value_of(&type, rows[i].incoming, false, rows[i].single);
        assert_int_equal(value.words[0].role, BIND_WORD_PLAIN);
    }
}

static void test_fallible_value_is_plain(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    x->b.externref = true;
    assert_int_equal(result_of(x, kind_of(x, META_EXTERNREF), true).result.words[0].role,
                     BIND_WORD_REF_OWNED);
    struct meta_type *fallible = wrap(x, META_RESULT, kind_of(x, META_EXTERNREF));
    assert_int_equal(result_of(x, fallible, true).result.words[0].role, BIND_WORD_PLAIN);
    teardown(x);
}

static bool matches(struct fixture *x, struct meta_type *f, bool receiver, const char *params,
                    const char *results) {
    struct bind_signature sig;
    Str why;
    assert_true(bind_signature_build(&x->cx, f->function, NULL, true, &sig, &why));
    Str name = str_format(x->arena, "f%zu", x->m.funcs.len);
    return bind_signature_matches(&x->cx, &sig, receiver, add_func(x, name.ptr, params, results), &why);
}

static void test_matches(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    struct meta_type *f = function(x, kind_of(x, META_STRING), kind_of(x, META_F64), kind_of(x, META_U64));
    assert_true(matches(x, f, false, "iiF", "I"));
    assert_true(matches(x, f, true, "iiiF", "I"));
    assert_false(matches(x, f, false, "iiiF", "I"));
    assert_false(matches(x, f, false, "ii", "I"));
    assert_false(matches(x, f, false, "iif", "I"));
    assert_false(matches(x, f, false, "iiF", "i"));
    assert_false(matches(x, f, false, "iiF", ""));
    f = function(x, kind_of(x, META_UNIT), kind_of(x, META_F64), kind_of(x, META_STRING));
    assert_true(matches(x, f, false, "iF", "")); /* () has no words; the record comes first */
    assert_false(matches(x, f, false, "F", ""));
    teardown(x);
}

static void test_record_of_function(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    struct meta_FunctionArgumentData args[] = {{.name = STR("a"),
                                                .ty_override = opt_str(x, "Foo"),
                                                .optional = true,
                                                .desc = opt_str(x, "the first")},
                                               {.name = STR("b")}};
    struct meta_Function record = {
        .args = {args, 2}, .variadic = true, .asyncness = true, .ret_ty_override = opt_str(x, "Bar")};
    struct meta_type *f = function(x, kind_of(x, META_U8), wrap(x, META_VECTOR, kind_of(x, META_EXTERNREF)),
                                   kind_of(x, META_EXTERNREF));
    f->function->inner_ret = wrap(x, META_RESULT, kind_of(x, META_U32));
    struct bind_signature sig;
    Str why;
    assert_true(bind_signature_build(&x->cx, f->function, &record, true, &sig, &why));
    assert_str(sig.params[0].name, "a");
    assert_str(sig.params[0].ts_override, "Foo");
    assert_true(sig.params[0].ts_optional);
    assert_str(sig.params[0].description, "the first");
    assert_str(sig.ts_return_override, "Bar");
    assert_true(sig.variadic);
    assert_true(sig.promise);
    assert_int_equal(sig.settled->kind, BIND_U32);
    f->function->args[1] = kind_of(x, META_DYNAMIC_UNION);
    assert_false(bind_signature_build(&x->cx, f->function, &record, true, &sig, &why));
    assert_str(why, "argument 2 `b`: dynamic unions are not supported yet");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fallible_layouts),
        cmocka_unit_test(test_import_layouts),
        cmocka_unit_test(test_how),
        cmocka_unit_test(test_roles),
        cmocka_unit_test(test_fallible_value_is_plain),
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_record_of_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
