#include "fixture.h"

static const struct bind_type U8 = {.kind = BIND_U8}, F64 = {.kind = BIND_F64}, U64 = {.kind = BIND_U64};
static const struct bind_type TEXT = {.kind = BIND_STRING}, ANY = {.kind = BIND_VALUE};
static const struct bind_type NAMED = {.kind = BIND_VALUE, .ts = {"Thing", 5}};
static const struct bind_type UNION = {.kind = BIND_VALUE, .ts = {"A | B", 5}};
static const struct bind_class CLASS = {.name = {"Foo", 3}};
static const struct bind_type OBJECT = {.kind = BIND_OBJECT, .class = &CLASS};

/* As the declarations of upstream's newest tool have it. */
static void test_types(void **state) {
    (void)state;
    static const struct {
        struct bind_type type;
        const char *incoming, *outgoing;
    } rows[] = {
        {{.kind = BIND_UNIT}, "void", "void"},
        {{.kind = BIND_BOOL}, "boolean", "boolean"},
        {{.kind = BIND_U32}, "number", "number"},
        {{.kind = BIND_POINTER}, "number", "number"},
        {{.kind = BIND_I64}, "bigint", "bigint"},
        {{.kind = BIND_CHAR}, "string", "string"},
        {{.kind = BIND_STRING}, "string", "string"},
        {{.kind = BIND_VALUE}, "any", "any"},
        {{.kind = BIND_VALUE, .ts = {"A | B", 5}}, "A | B", "A | B"},
        {{.kind = BIND_OBJECT, .class = &CLASS}, "Foo", "Foo"},
        {{.kind = BIND_U32, .absent = BIND_ABSENT_WORD}, "number | null | undefined", "number | undefined"},
        {{.kind = BIND_OBJECT, .class = &CLASS, .absent = BIND_ABSENT_ZERO},
         "Foo | null | undefined",
         "Foo | undefined"},
        {{.kind = BIND_ARRAY, .element = &U8}, "Uint8Array | number[]", "Uint8Array"},
        {{.kind = BIND_ARRAY, .element = &U8, .clamped = true}, "Uint8ClampedArray", "Uint8ClampedArray"},
        {{.kind = BIND_ARRAY, .element = &F64, .access = BIND_BORROWED_MUT}, "Float64Array", "Float64Array"},
        {{.kind = BIND_ARRAY, .element = &U64}, "BigUint64Array | bigint[]", "BigUint64Array"},
        {{.kind = BIND_ARRAY, .element = &U8, .absent = BIND_ABSENT_ZERO},
         "Uint8Array | number[] | null | undefined",
         "Uint8Array | undefined"},
        {{.kind = BIND_ARRAY, .element = &TEXT}, "string[]", "string[]"},
        {{.kind = BIND_ARRAY, .element = &ANY}, "any[]", "any[]"},
        {{.kind = BIND_ARRAY, .element = &NAMED}, "Thing[]", "Thing[]"},
        {{.kind = BIND_ARRAY, .element = &UNION}, "(A | B)[]", "(A | B)[]"},
        {{.kind = BIND_ARRAY, .element = &OBJECT}, "Foo[]", "Foo[]"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bind_value value = {.type = &rows[i].type, .incoming = true};
        assert_str(bind_ts_type(arena, &value), rows[i].incoming);
        value.incoming = false;
        assert_str(bind_ts_type(arena, &value), rows[i].outgoing);
    }
    arena_free(arena);
}

static void test_params(void **state) {
    (void)state;
    static const struct bind_type maybe = {.kind = BIND_U8, .absent = BIND_ABSENT_WORD};
    struct arena *arena = arena_new();
    struct bind_param params[4] = {
        {.value = {.type = &maybe, .incoming = true}},
        {.value = {.type = &U8, .incoming = true}},
        {.value = {.type = &maybe, .incoming = true}},
        {.value = {.type = &maybe, .incoming = true}},
    };
    struct bind_signature sig = {.params = params, .nparams = 4};
    struct bind_ts_param out[4];
    bind_ts_params(arena, &sig, out);
    assert_str(out[0].type, "number | null | undefined"); /* one that must be given follows */
    assert_false(out[0].omittable);
    assert_str(out[1].type, "number");
    assert_false(out[1].omittable);
    assert_str(out[2].type, "number | null");
    assert_true(out[2].omittable);
    assert_true(out[3].omittable);
    params[3].ts_override = STR("Special");
    params[3].ts_optional = true;
    bind_ts_params(arena, &sig, out);
    assert_str(out[3].type, "Special");
    assert_true(out[3].omittable);
    assert_str(out[2].type,
               "number | null | undefined"); /* upstream: an override ends the tail that may be left out */
    assert_false(out[2].omittable);
    arena_free(arena);
}

static void test_results(void **state) {
    (void)state;
    static const struct bind_type maybe = {.kind = BIND_STRING, .absent = BIND_ABSENT_ZERO};
    struct arena *arena = arena_new();
    struct bind_signature sig = {.result = {.type = &maybe}};
    assert_str(bind_ts_result(arena, &sig), "string | undefined");
    sig.promise = true;
    assert_str(bind_ts_result(arena, &sig), "Promise<any>");
    sig.settled = &U8;
    assert_str(bind_ts_result(arena, &sig), "Promise<number>");
    sig.ts_return_override = STR("Other");
    assert_str(bind_ts_result(arena, &sig), "Promise<Other>");
    sig.promise = false;
    assert_str(bind_ts_result(arena, &sig), "Other");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_params),
        cmocka_unit_test(test_results),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
