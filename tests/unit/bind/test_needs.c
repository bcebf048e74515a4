#include "fixture.h"

#include "bind/signature.h"

static const struct bind_type U8 = {.kind = BIND_U8}, ANY = {.kind = BIND_VALUE};

/* Needs as letters: m memory, a malloc, r realloc, f free, e exn_store, t table, A table_alloc, D
 * table_dealloc, d drop_slice, s frame, F function table. */
static Str letters(struct arena *arena, const struct bind_needs *n) {
    return str_format(arena, "%s%s%s%s%s%s%s%s%s%s%s", n->memory ? "m" : "", n->malloc ? "a" : "",
                      n->realloc ? "r" : "", n->free ? "f" : "", n->exn_store ? "e" : "", n->table ? "t" : "",
                      n->table_alloc ? "A" : "", n->table_dealloc ? "D" : "", n->drop_slice ? "d" : "",
                      n->frame ? "s" : "", n->function_table ? "F" : "");
}

static struct bind_export export_of(const struct bindings *b, const struct bind_type *param,
                                    const struct bind_type *result, bool fallible) {
    static struct bind_param params[1];
    struct bind_export e = {.sig.fallible = fallible};
    e.sig.result = bind_value_of(result, false, b->externref, !fallible);
    if (param) {
        params[0].value = bind_value_of(param, true, b->externref, true);
        e.sig.params = params;
        e.sig.nparams = 1;
    }
    bind_signature_layout(&e.sig, true, b->multi_value);
    return e;
}

static void test_exports(void **state) {
    (void)state;
    static const struct bind_type text = {.kind = BIND_STRING},
                                  borrowed = {.kind = BIND_STRING, .access = BIND_BORROWED};
    static const struct bind_type cached = {.kind = BIND_STRING, .access = BIND_BORROWED, .cached = true};
    static const struct bind_type bytes = {.kind = BIND_ARRAY, .element = &U8};
    static const struct bind_type values = {.kind = BIND_ARRAY, .element = &ANY};
    static const struct bind_type maybe = {.kind = BIND_VALUE, .absent = BIND_ABSENT_ZERO};
    static const struct {
        const struct bind_type *param, *result;
        bool fallible;
        const char *heap, *externref;
    } rows[] = {
        {NULL, &U8, false, "", ""},
        {&text, &bind_unit, false, "mar", "mar"},
        {&borrowed, &bind_unit, false, "mar", "mar"},
        {NULL, &text, false, "mfs", "mfs"},
        {NULL, &borrowed, false, "ms", "ms"},
        {NULL, &cached, false, "ms", "mts"},
        {&bytes, &bind_unit, false, "ma", "ma"},
        {NULL, &bytes, false, "mfs", "mfs"},
        {&values, &bind_unit, false, "ma", "matA"},
        {NULL, &values, false, "mfs", "mftds"},
        {&ANY, &ANY, false, "", ""},
        {&maybe, &maybe, false, "", "tA"},
        {NULL, &ANY, true, "ms", "mtDs"},
        {NULL, &bind_unit, true, "ms", "mtDs"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int mode = 0; mode < 2; mode++) {
            struct bindings b = {.externref = mode, .runtime.realloc = 7};
            struct bind_export e = export_of(&b, rows[i].param, rows[i].result, rows[i].fallible);
            struct bind_needs needs = {0};
            bind_needs_export(&needs, &b, &e);
            assert_str(letters(arena, &needs), mode ? rows[i].externref : rows[i].heap);
        }
    }
    arena_free(arena);
}

static void test_realloc_is_optional(void **state) {
    (void)state;
    static const struct bind_type text = {.kind = BIND_STRING};
    struct arena *arena = arena_new();
    struct bindings b = {.runtime.realloc = WASM_NONE};
    struct bind_export e = export_of(&b, &text, &bind_unit, false);
    struct bind_needs needs = {0};
    bind_needs_export(&needs, &b, &e);
    assert_str(letters(arena, &needs), "ma");
    arena_free(arena);
}

static void test_multi_value_needs_no_frame(void **state) {
    (void)state;
    static const struct bind_type maybe = {.kind = BIND_F64, .absent = BIND_ABSENT_FLAG};
    struct arena *arena = arena_new();
    struct bindings b = {.multi_value = true};
    struct bind_export e = export_of(&b, NULL, &maybe, false);
    struct bind_needs needs = {0};
    bind_needs_export(&needs, &b, &e);
    assert_str(letters(arena, &needs), "");
    arena_free(arena);
}

static void test_imports(void **state) {
    (void)state;
    static const struct bind_type maybe = {.kind = BIND_F64, .absent = BIND_ABSENT_FLAG};
    static const struct {
        struct bind_import import;
        const struct bind_type *result;
        const char *heap, *externref;
    } rows[] = {
        {{.kind = BIND_IMPORT_FUNCTION}, &U8, "", ""},
        {{.kind = BIND_IMPORT_FUNCTION}, &maybe, "m", "m"}, /* the caller's record: no frame */
        {{.kind = BIND_IMPORT_FUNCTION, .catches = true}, &U8, "e", "etA"},
        {{.kind = BIND_IMPORT_INTRINSIC, .intrinsic = BIND_INTRINSIC_memory}, &ANY, "m", "m"},
        {{.kind = BIND_IMPORT_INTRINSIC, .intrinsic = BIND_INTRINSIC_function_table}, &ANY, "F", "F"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int mode = 0; mode < 2; mode++) {
            struct bindings b = {.externref = mode};
            struct bind_import import = rows[i].import;
            import.sig.result = bind_value_of(rows[i].result, true, b.externref, true);
            bind_signature_layout(&import.sig, false, false);
            struct bind_needs needs = {0};
            bind_needs_import(&needs, &b, &import);
            assert_str(letters(arena, &needs), mode ? rows[i].externref : rows[i].heap);
        }
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exports),
        cmocka_unit_test(test_realloc_is_optional),
        cmocka_unit_test(test_multi_value_needs_no_frame),
        cmocka_unit_test(test_imports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
