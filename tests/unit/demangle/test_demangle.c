/* Readable names of Rust symbols. That they equal the crate's is checked by tests/demangle; here is what each
 * part of the manglings means, and what the budget does. */
#include "unit.h"

#include "demangle/demangle.h"

static struct buf out;

/* The readable form, or NULL. Good until the next call. */
static const char *shown(const char *symbol) {
    struct demangle_budget budget = {.left = 10 * DEMANGLE_LIMIT};
    if (!demangle_symbol(str_from(symbol), &out, &budget))
        return NULL;
    buf_byte(&out, 0);
    return out.ptr;
}

#define SHOWS(symbol, text) assert_string_equal(shown(symbol), text)
#define SHOWS_NOT(symbol) assert_null(shown(symbol))
/* As a type argument of the crate `c`. */
#define TYPE(type, text) SHOWS("_RIC1c" type "E", "c::<" text ">")

static void legacy(void **state) {
    (void)state;
    SHOWS("_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE",
          "core::fmt::Write::write_fmt::h0123456789abcdef");
    SHOWS("_ZN29_$LT$A$u20$as$u20$b..c..D$GT$1fE", "<A as b::c::D>::f");
    SHOWS("_ZN57_$RF$$BP$$LP$$RP$$C$$SP$$u7b$$u7b$$u1f600$$u7d$.x$bad$..yE",
          "&*(),@{{\xF0\x9F\x98\x80}.x$bad$..y"); /* what follows a meaningless one stays */
    SHOWS("ZN1aE", "a");
    SHOWS("__ZN1aE", "a");
    SHOWS("_ZN1aE.llvm.1234567890ABCDEF", "a");
    SHOWS("_ZN1aE.cold", "a.cold");
    SHOWS_NOT("_ZN1aEx");
    SHOWS_NOT("_ZN2aE");
    SHOWS_NOT("_ZN99999999999999999999999999aE");
    SHOWS_NOT("_ZNa");
    SHOWS_NOT("_ZN2\xC3\xA9"
              "E");
    SHOWS_NOT("main");
}

static void paths(void **state) {
    (void)state;
    SHOWS("_RNvCs123_1c1f", "c[f85]::f");
    SHOWS("_RNCNvC1c1fs_0", "c::f::{closure#1}");
    SHOWS("_RNSNvC1c1f6vtable", "c::f::{shim:vtable#0}");
    SHOWS("_RNvMC1cNtC1c1S1f", "<c::S>::f");
    SHOWS("_RNvXC1cNtC1c1SNtC1d1T1f", "<c::S as d::T>::f");
    SHOWS("_RINvC1c1fmKj5_L_E", "c::f::<u32, 5usize, '_>");
    SHOWS("_RNvNtC1c1ms_1f", "c::m::f");
    SHOWS("_RNvCu4zzzz1f", "punycode{zzzz}::f");
    SHOWS("_RNvCu10mnchen_3ya1f", "m\xC3\xBCnchen::f");
    SHOWS("_RNvC1c1fC1d", "c::f");
    SHOWS("_RNvC1c1f.llvm.12@3", "c::f");
    SHOWS("_RINvC1c1fB2_E", "c::f::<c>");
    SHOWS_NOT("_RNvC1c1fx");
    SHOWS_NOT("_RNvC1c2f");
    SHOWS_NOT("_RB_");
}

static void types(void **state) {
    (void)state;
    TYPE("RhQeOuPz", "&u8, &mut str, *mut (), *const !");
    TYPE("ThTmEuE", "(u8, (u32,), ())");
    TYPE("ShAhj4_", "[u8], [u8; 4usize]");
    TYPE("FUKCiEu", "unsafe extern \"C\" fn(isize)");
    TYPE("FK9rust_callEh", "extern \"rust-call\" fn() -> u8");
    TYPE("FG_RL0_hEu", "for<'a> fn(&'a u8)");
}

static void objects(void **state) {
    (void)state;
    TYPE("DNtC1d1Tp1AmEL_", "dyn d::T<A = u32>");
    TYPE("DINtC1d1ThEp1AmNtC1d4SendEL_", "dyn d::T<u8, A = u32> + d::Send");
    TYPE("RDG_NtC1d1TEL0_", "&dyn for<'a> d::T + '{invalid syntax}");
    TYPE("WmORm1_m2_NE", "u32 is 1u32..=2u32 | !null");
}

static void constants(void **state) {
    (void)state;
    TYPE("Kb1_Kan2a_Ko10000000000000000_", "true, -42i8, 0x10000000000000000u128");
    TYPE("Kc27_Kc22_Kc301_Kce9_", "'\\'', '\"', '\\u{301}', '\xC3\xA9'");
    TYPE("KRe2722_Ke61_", "\"'\\\"\", {*\"a\"}");
    TYPE("KTh1_EKAh1_h2_E", "{(1u8,)}, {[1u8, 2u8]}");
    TYPE("KVNtC1c1SUKVNtC1c1STh1_E", "{c::S}, {c::S(1u8)}");
    TYPE("KVNtC1c1SS1ah1_E", "{c::S { a: 1u8 }}");
    SHOWS_NOT("_RIC1cKb2_E");
    SHOWS_NOT("_RIC1cKcd800_E");
    SHOWS_NOT("_RIC1cKReff_E");
}

/* What a reference leads to is looked at only when it is printed. */
static void mistakes_show(void **state) {
    (void)state;
    SHOWS("_RINvC1c1xB3_E", "c::x::<{invalid syntax}>");
}

static void depth_and_size(void **state) {
    (void)state;
    char symbol[2100] = "_RIC1c";
    memset(symbol + 6, 'R', 2000);
    strcpy(symbol + 2006, "uE");
    SHOWS_NOT(symbol);
    memmove(symbol + 6 + 490, "uE", 3);
    assert_int_equal(strlen(shown(symbol)), strlen("c::<()>") + 490);
    /* The second element is the first twice. */
    SHOWS("_RIC1cTuuETB3_B3_ETB3_B3_EE", "c::<((), ()), (((), ()), ((), ())), (((), ()), ((), ()))>");
}

static void the_budget_ends(void **state) {
    (void)state;
    struct demangle_budget budget = {.left = 20};
    assert_true(demangle_symbol(STR("_ZN3abc4defgE"), &out, &budget));
    assert_int_equal(budget.left, 20 - strlen("abc::defg"));
    assert_false(demangle_symbol(STR("_ZN8abcdefgh4defgE"), &out, &budget));
    assert_int_equal(budget.left, 0);
}

static int done(void **state) {
    (void)state;
    buf_free(&out);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(legacy),         cmocka_unit_test(paths),           cmocka_unit_test(types),
        cmocka_unit_test(objects),        cmocka_unit_test(constants),       cmocka_unit_test(mistakes_show),
        cmocka_unit_test(depth_and_size), cmocka_unit_test(the_budget_ends),
    };
    return cmocka_run_group_tests(tests, NULL, done);
}
