/* The name section. */
#include "assemble.h"
#include "wasm/name.h"

/* Function 0 is dead; 1 is exported. Global 1 is used by it. */
static void module(struct world *w) {
    section(w, 1, BYTES(1, 0x60, 0, 0));
    section(w, 3, BYTES(2, 0, 0));
    section(w, 6, BYTES(2, 0x7F, 0, 0x41, 0, 0x0B, 0x7F, 0, 0x41, 0, 0x0B));
    section(w, 7, BYTES(1, 1, 'f', 0, 1));
    code_section(w, 2, (Str[]){BYTES(0, 0x0B), BYTES(1, 1, 0x7F, 0x23, 1, 0x1A, 0x0B)});
}

static void names(struct world *w) {
    custom(w, STR("name"),
           BYTES(0, 2, 1, 'm',                               /* module */
                 1, 9, 2, 0, 2, 'd', 'f', 1, 2, 'l', 'f',    /* functions */
                 2, 11, 2, 0, 1, 0, 1, 'x', 1, 1, 0, 1, 'y', /* locals */
                 3, 6, 1, 1, 1, 0, 1, 'z',                   /* labels */
                 4, 4, 1, 0, 1, 't',                         /* types */
                 7, 7, 2, 0, 1, 'g', 1, 1, 'h',              /* globals */
                 10, 1, 0));                                 /* fields: not kept */
}

static void renumbered(void **state) {
    struct world *w = *state;
    module(w);
    names(w);
    must_parse(w);
    assert_int_equal(w->diag.warnings.len, 0);
    assert_str(w->m.module_name, STR("m"));
    assert_str(w->m.funcs.items[1].name, STR("lf"));
    assert_str(w->m.globals.items[0].name, STR("g"));
    must_gc(w);
    must_emit(w);
    assert_str(wasm_custom_find(&w->m, STR("name"))->bytes,
               BYTES(0, 2, 1, 'm', 1, 5, 1, 0, 2, 'l', 'f', 2, 6, 1, 0, 1, 0, 1, 'y', 3, 6, 1, 0, 1, 0, 1,
                     'z', 4, 4, 1, 0, 1, 't', 7, 4, 1, 0, 1, 'h'));
}

static void move_with_the_function(void **state) {
    struct world *w = *state;
    module(w);
    names(w);
    must_parse(w);
    assert_int_equal(wasm_func_move(&w->m, 1), 2);
    wasm_func_define(&w->m, 1, 0, BYTES(0, 0x10, 2, 0x0B));
    w->m.funcs.items[1].name = STR("new");
    must_gc(w);
    must_emit(w);
    assert_str(w->m.funcs.items[0].name, STR("new"));
    assert_str(w->m.funcs.items[1].name, STR("lf"));
    Str content = wasm_custom_find(&w->m, STR("name"))->bytes;
    assert_contains(content, "\2\6\1\1\1"); /* locals of function 1 */
}

/* Equal readable names are numbered in order of functions; other names take no part. */
static void demangled(void **state) {
    struct world *w = *state;
    section(w, 1, BYTES(1, 0x60, 0, 0));
    section(w, 3, BYTES(4, 0, 0, 0, 0));
    code_section(w, 4, (Str[]){BYTES(0, 0x0B), BYTES(0, 0x0B), BYTES(0, 0x0B), BYTES(0, 0x0B)});
    must_parse(w);
    const Str mangled[] = {STR("a"), STR("_ZN1aE"), STR("ZN1aE"), STR("_RC1a")};
    for (uint32_t i = 0; i < 4; i++)
        w->m.funcs.items[i].name = mangled[i];
    wasm_names_demangle(&w->m, true, &w->diag);
    assert_str(w->m.funcs.items[0].name, STR("a"));
    assert_str(w->m.funcs.items[1].name, STR("a"));
    assert_str(w->m.funcs.items[2].name, STR("a[1]"));
    assert_str(w->m.funcs.items[3].name, STR("a[2]"));
    w->m.funcs.items[2].name = mangled[2];
    wasm_names_demangle(&w->m, false, &w->diag);
    assert_str(w->m.funcs.items[2].name, STR("a"));
    assert_int_equal(w->diag.warnings.len, 0);
}

/* A short symbol may ask for a million bytes: a thousand of them get a hundred or so, and the rest a warning.
 */
static void demangled_within_bounds(void **state) {
    struct world *w = *state;
    static const char doubling[] =
        "_RIC1cTuuETB3_B3_ETB7_B7_ETBf_Bf_ETBn_Bn_ETBv_Bv_ETBD_BD_ETBL_BL_ETBT_BT_ETB11_B11_ETB19_B"
        "19_ETB1j_B1j_ETB1t_B1t_ETB1D_B1D_ETB1N_B1N_ETB1X_B1X_ETB27_B27_ETB2h_B2h_EE";
    enum { FUNCS = 1000 };
    section(w, 1, BYTES(1, 0x60, 0, 0));
    must_parse(w);
    for (uint32_t i = 0; i < FUNCS; i++)
        wasm_add_func(&w->m, 0, BYTES(0, 0x0B), str_from(doubling));
    size_t before = arena_total();
    wasm_names_demangle(&w->m, true, &w->diag);
    assert_true(w->m.funcs.items[0].name.len > 500000);
    assert_str(w->m.funcs.items[FUNCS - 1].name, str_from(doubling));
    assert_int_equal(w->diag.warnings.len, 1);
    assert_true(arena_total() - before < (size_t)64 << 20);
}

static void removed(void **state) {
    struct world *w = *state;
    module(w);
    names(w);
    must_parse(w);
    wasm_names_remove(&w->m);
    must_emit(w);
    assert_null(wasm_custom_find(&w->m, STR("name")));
    assert_int_equal(w->m.funcs.items[1].name.len, 0);
}

static void malformed_is_a_warning(void **state) {
    struct world *w = *state;
    module(w);
    custom(w, STR("name"), BYTES(1, 5, 1, 0, 2, 'o', 'k', 1, 9, 1));
    must_parse(w);
    assert_int_equal(w->diag.warnings.len, 1);
    assert_str(w->m.funcs.items[0].name, STR("ok"));
}

static void ids_out_of_range_are_dropped(void **state) {
    struct world *w = *state;
    module(w);
    custom(w, STR("name"), BYTES(1, 5, 1, 9, 2, 'n', 'o', 4, 4, 1, 9, 1, 't', 2, 6, 1, 9, 1, 0, 1, 'x'));
    must_parse(w);
    must_emit(w);
    assert_int_equal(wasm_custom_find(&w->m, STR("name"))->bytes.len, 0);
}

/* Only the first one counts, as with engines; the output has one. */
static void a_second_section_is_dropped(void **state) {
    struct world *w = *state;
    section(w, 1, BYTES(1, 0x60, 0, 0));
    section(w, 2, BYTES(1, 1, 'e', 1, 'a', 0, 0));
    custom(w, STR("name"), BYTES(1, 4, 1, 0, 1, 'x'));
    custom(w, STR("name"), BYTES(1, 4, 1, 0, 1, 'y'));
    custom(w, STR("name"), BYTES(1, 4, 1, 0, 1, 'z'));
    must_parse(w);
    must_emit(w);
    assert_int_equal(w->m.customs.len, 1);
    assert_str(w->m.funcs.items[0].name, STR("x"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD_TEST(renumbered),
        WORLD_TEST(move_with_the_function),
        WORLD_TEST(demangled),
        WORLD_TEST(demangled_within_bounds),
        WORLD_TEST(removed),
        WORLD_TEST(malformed_is_a_warning),
        WORLD_TEST(a_second_section_is_dropped),
        WORLD_TEST(ids_out_of_range_are_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
