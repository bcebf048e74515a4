#include "fixture.h"

/* The function's body becomes a call of another, of any type: bind only looks for it. */
static void make_call(struct fixture *x, uint32_t func, uint32_t callee) {
    char *body = arena_alloc(x->arena, 4);
    assert_true(callee < 0x80);
    memcpy(body, (const char[]){0, 0x10, (char)callee, 0x0B}, 4);
    x->m.funcs.items[func].body = (Str){body, 4};
}

static struct fixture *with_class(int release) {
    struct fixture *x = setup(release);
    add_import(x, release < 128 ? "__wbg_foo_unwrap" : "__wbg_foo_unwrap_0011223344556677", "i", "i");
    add_func(x, release < 128 ? "__wbg_foo_free" : "__wbg_foo_free_0011223344556677", "ii", "");
    add_struct(x, 0, "Foo");
    return x;
}

/* An export (Vec<T>) → (), of which `element` is what the descriptor says about T. */
static uint32_t add_taker(struct fixture *x, const char *name, struct meta_type *element) {
    bool hashed = x->all.version.release >= 128;
    const char *key = str_format(x->arena, "%s%s", name, hashed ? "_0011223344556677" : "").ptr;
    uint32_t f = add_func(x, key, "ii", "");
    describe(x, key, function(x, wrap(x, META_VECTOR, element), NULL, kind_of(x, META_UNIT)));
    add_export(x, 0, name);
    return f;
}

static const struct bind_type *type_of_taker(const struct fixture *x, size_t i) {
    return x->b.exports.items[i].sig.params[0].value.type;
}

static const struct bind_import *unwrap_of(const struct fixture *x) {
    for (vec_each(struct bind_import, i, &x->b.imports))
        if (i->kind == BIND_IMPORT_UNWRAP)
            return i;
    return NULL;
}

static struct meta_type *foo(struct fixture *x) {
    return named(x, META_NAMED_EXTERNREF, "Foo", (Str){0});
}

/* A function that unwraps instances, through another one, and one that does not. */
static void test_search(void **state) {
    (void)state;
    struct fixture *x = with_class(127);
    uint32_t takes = add_taker(x, "takes", foo(x)), helper = add_func(x, "helper", "", "");
    add_taker(x, "passes", foo(x));
    make_call(x, takes, helper);
    make_call(x, helper, 0);
    must_build(x);
    const struct bind_type *type = type_of_taker(x, 0);
    assert_true(type->direct && type->element->kind == BIND_OBJECT);
    assert_ptr_equal(type->element->class, x->b.classes.items[0]);
    assert_false(type_of_taker(x, 1)->direct);
    assert_int_equal(type_of_taker(x, 1)->element->kind, BIND_VALUE);
    assert_true(unwrap_of(x)->takes_direct);
    teardown(x);
}

/* Two functions that call each other end the search, as does one that calls nothing. */
static void test_search_ends(void **state) {
    (void)state;
    struct fixture *x = with_class(100);
    uint32_t takes = add_taker(x, "takes", foo(x)), helper = add_func(x, "helper", "", "");
    make_call(x, takes, helper);
    make_call(x, helper, takes);
    must_build(x);
    assert_false(type_of_taker(x, 0)->direct);
    assert_false(unwrap_of(x)->takes_direct);
    teardown(x);
}

/* An imported type of that name: elements may be anything. */
static void test_ambiguous(void **state) {
    (void)state;
    struct fixture *x = with_class(127);
    make_call(x, add_taker(x, "takes", foo(x)), 0);
    add_func(x, "other", "i", "");
    describe(x, "other", function(x, wrap(x, META_REF, foo(x)), NULL, kind_of(x, META_UNIT)));
    add_export(x, 0, "other");
    must_build(x);
    assert_false(type_of_taker(x, 0)->direct);
    teardown(x);
}

/* From 0.2.128 on the descriptor says it, of what imports return as well. */
static void test_described(void **state) {
    (void)state;
    struct fixture *x = with_class(128);
    Str crate = x->programs[0].unique_crate_identifier;
    struct meta_type *element = named(x, META_RUST_STRUCT, "Foo", crate);
    add_taker(x, "takes", element);
    add_import(x, "shim", "i", "");
    add_record(x, 0, "returns", "shim");
    describe(x, "shim", function(x, NULL, NULL, wrap(x, META_VECTOR, element)));
    must_build(x);
    assert_true(type_of_taker(x, 0)->direct);
    for (vec_each(struct bind_import, i, &x->b.imports))
        if (i->kind == BIND_IMPORT_FUNCTION)
            assert_true(i->sig.result.type->direct);
    teardown(x);
}

/* Nothing takes instances apart, so there is nothing that would understand addresses. */
static void test_no_import(void **state) {
    (void)state;
    struct fixture *x = setup(128);
    add_func(x, "__wbg_foo_free_0011223344556677", "ii", "");
    add_struct(x, 0, "Foo");
    add_taker(x, "takes", named(x, META_RUST_STRUCT, "Foo", x->programs[0].unique_crate_identifier));
    must_build(x);
    assert_false(type_of_taker(x, 0)->direct);
    assert_int_equal(type_of_taker(x, 0)->element->kind, BIND_OBJECT);
    teardown(x);
}

/* Exports () → Vec<Foo>, the first by way of a function that makes values of instances. */
struct givers {
    struct fixture *x;
    uint32_t wrap, maker, giver, other;
};

static uint32_t add_giver(struct fixture *x, const char *name) {
    const char *key = str_format(x->arena, "%s_0011223344556677", name).ptr;
    uint32_t f = add_func(x, key, "i", "");
    struct meta_type *foo = named(x, META_RUST_STRUCT, "Foo", x->programs[0].unique_crate_identifier);
    describe(x, key, function(x, NULL, NULL, wrap(x, META_VECTOR, foo)));
    add_export(x, 0, name);
    return f;
}

static struct givers with_givers(void) {
    struct givers g = {.x = with_class(128)};
    g.wrap = add_import(g.x, "__wbg_foo_new_0011223344556677", "i", "i");
    Str body = {"\0\0\x0B", 3};
    g.maker = wasm_add_func(&g.x->m, type_of(g.x, "ii", ""), body, STR("maker"));
    g.other = wasm_add_func(&g.x->m, type_of(g.x, "", ""), body, STR("other"));
    g.giver = add_giver(g.x, "give");
    make_call(g.x, g.maker, g.wrap);
    make_call(g.x, g.giver, g.maker);
    return g;
}

static void assert_gives(struct givers *g, bool direct) {
    must_build(g->x);
    assert_true(g->x->b.exports.items[0].sig.result.type->direct == direct);
    assert_int_equal(g->x->b.edits.taggings.len, direct);
    if (direct) {
        assert_int_equal(g->x->b.edits.taggings.items[0].caller, g->maker);
        assert_int_equal(g->x->b.edits.taggings.items[0].callee, g->wrap);
    }
    teardown(g->x);
}

static void test_results(void **state) {
    (void)state;
    struct givers g = with_givers();
    assert_gives(&g, true);
    g = with_givers(); /* another export that returns such an array */
    make_call(g.x, add_giver(g.x, "too"), g.maker);
    assert_gives(&g, true);
}

/* Anything else that could get to see an address. */
static void test_other_ways(void **state) {
    (void)state;
    struct givers g = with_givers(); /* a function that no export stands behind */
    make_call(g.x, g.other, g.maker);
    assert_gives(&g, false);
    g = with_givers(); /* an export that returns something else */
    make_call(g.x, add_func(g.x, "plain", "", ""), g.maker);
    assert_gives(&g, false);
    g = with_givers(); /* the export itself is called */
    make_call(g.x, g.other, g.giver);
    assert_gives(&g, false);
    g = with_givers(); /* it is exported itself */
    wasm_export_add(&g.x->m, STR("maker"), WASM_FUNC, g.maker);
    assert_gives(&g, false);
    g = with_givers(); /* it is in a table */
    struct wasm_elem elem = {.count = 1, .funcs = ARENA_NEW(g.x->arena, uint32_t)};
    elem.funcs[0] = g.maker;
    vec_push(g.x->arena, &g.x->m.elems, elem);
    assert_gives(&g, false);
}

/* Two calls: nobody knows which of them makes elements. */
static void test_two_ways(void **state) {
    (void)state;
    for (int which = 0; which < 3; which++) {
        struct givers g = with_givers();
        char *body = arena_alloc(g.x->arena, 6);
        uint32_t second = which == 0 ? g.maker : which == 1 ? g.wrap : g.other;
        memcpy(body, (const char[]){0, 0x10, (char)g.maker, 0x10, (char)second, 0x0B}, 6);
        make_call(g.x, g.other, g.wrap);
        g.x->m.funcs.items[g.giver].body = (Str){body, 6};
        assert_gives(&g, false);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_search),     cmocka_unit_test(test_search_ends),
        cmocka_unit_test(test_ambiguous),  cmocka_unit_test(test_described),
        cmocka_unit_test(test_no_import),  cmocka_unit_test(test_results),
        cmocka_unit_test(test_other_ways), cmocka_unit_test(test_two_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
