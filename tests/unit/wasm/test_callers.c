#include "unit.h"

#include "wasm/callers.h"
#include "wasm/op.h"

/* A module of an import (0), an alias of it (1), and functions () → () that call the ids of a list. */
struct fixture {
    struct arena *arena;
    struct wasm_module m;
    struct diag diag;
};

static uint32_t add_func(struct fixture *x, const char *body, size_t len) {
    uint32_t type = wasm_add_type(&x->m, NULL, 0, NULL, 0);
    return wasm_add_func(&x->m, type, (Str){body, len}, STR("f"));
}

#define ADD_FUNC(x, ...)                                                                                     \
    add_func(x, (const char[]){0, __VA_ARGS__, 0x0B}, sizeof((const char[]){0, __VA_ARGS__, 0x0B}))

static struct fixture *setup(void) {
    struct arena *arena = arena_new();
    struct fixture *x = ARENA_NEW(arena, struct fixture);
    x->arena = x->m.arena = arena;
    x->m.start = WASM_NONE;
    diag_init(&x->diag, arena);
    uint32_t type = wasm_add_type(&x->m, NULL, 0, NULL, 0);
    wasm_add_func_import(&x->m, STR("m"), STR("f"), type);
    wasm_add_func_import(&x->m, STR("m"), STR("f"), type);
    wasm_func_alias(&x->m, 1, 0);
    return x;
}

static void assert_callers(const struct wasm_call_graph *graph, uint32_t func, size_t n,
                           const uint32_t *expected) {
    assert_int_equal(graph->first[func + 1] - graph->first[func], n);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(graph->callers[graph->first[func] + i], expected[i]);
}

/* Each call counts, also of an alias and as a tail call; what only looks like a call in a constant does not.
 */
static void test_graph(void **state) {
    (void)state;
    struct fixture *x = setup();
    uint32_t twice = ADD_FUNC(x, 0x10, 0, 0x10, 1), chain = ADD_FUNC(x, 0x10, 2, 0x12, 0);
    uint32_t constant = ADD_FUNC(x, 0x41, 0x10, 0x1A, 0x42, (char)0x90, 0, 0x1A);
    uint32_t itself = ADD_FUNC(x, 0x10, 5, 0x01, 0x10, 0x2);
    const struct wasm_call_graph *graph = wasm_call_graph(&x->m, &x->diag);
    assert_non_null(graph);
    assert_callers(graph, 0, 3, (uint32_t[]){twice, twice, chain});
    assert_callers(graph, 1, 0, NULL);
    assert_callers(graph, twice, 2, (uint32_t[]){chain, itself});
    assert_callers(graph, chain, 0, NULL);
    assert_callers(graph, constant, 0, NULL);
    assert_callers(graph, itself, 1, (uint32_t[]){itself});
    arena_free(x->arena);
}

static void test_malformed(void **state) {
    (void)state;
    struct fixture *x = setup();
    ADD_FUNC(x, 0x10, (char)0xFF);
    assert_null(wasm_call_graph(&x->m, &x->diag));
    assert_true(x->diag.failed);
    arena_free(x->arena);
}

static void test_callers_of_few(void **state) {
    (void)state;
    struct fixture *x = setup();
    uint32_t twice = ADD_FUNC(x, 0x10, 0, 0x10, 1);
    ADD_FUNC(x, 0x10, 2);
    struct wasm_callers callers;
    assert_true(wasm_find_callers(&x->m, (uint32_t[]){0, 1}, 2, &callers, &x->diag));
    assert_int_equal(callers.items.len, 1);
    assert_int_equal(callers.items.items[0].func, twice);
    assert_int_equal(callers.items.items[0].calls, 2);
    assert_true(wasm_find_callers(&x->m, (uint32_t[]){1}, 1, &callers, &x->diag));
    assert_int_equal(callers.items.items[0].calls, 1);
    arena_free(x->arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_graph),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_callers_of_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
