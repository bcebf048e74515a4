#include "unit.h"

#include "bind/identifier.h"
#include "js/text.h"

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

#define EQUAL(str, expected) assert_string_equal(str_copy(arena, (str)).ptr, (expected))

static void quoting(void **state) {
    (void)state;
    EQUAL(js_quote(arena, STR("plain")), "\"plain\"");
    EQUAL(js_quote(arena, STR("a\"b\\c\n\r\x01'`$")), "\"a\\\"b\\\\c\\n\\r\\x01'`$\"");
    EQUAL(js_quote(arena, STR("é")), "\"é\"");
    EQUAL(js_quote(arena, STR("\xFF")), "\"\uFFFD\"");
    EQUAL(js_escape_single(arena, STR("it's")), "it\\'s");
    EQUAL(js_escape_template(arena, STR("`${x}`")), "\\`\\${x}\\`");
}

static void accesses(void **state) {
    (void)state;
    EQUAL(js_member(arena, STR("wasm"), STR("foo")), "wasm.foo");
    EQUAL(js_member(arena, STR("wasm"), STR("default")), "wasm.default");
    EQUAL(js_member(arena, STR("wasm"), STR("a.b")), "wasm[\"a.b\"]");
    EQUAL(js_path(arena, STR("Uint8Array"), STR("prototype.set.call"), false),
          "Uint8Array.prototype.set.call");
    EQUAL(js_path(arena, STR("o"), STR("with-dash"), false), "o[\"with-dash\"]");
    EQUAL(js_path(arena, STR("o"), STR("[Symbol.iterator]"), false), "o[Symbol.iterator]");
    EQUAL(js_path(arena, STR("o"), STR("a.b-c"), true), "o?.a?.[\"b-c\"]");
    EQUAL(js_key(arena, STR("a")), "a");
    EQUAL(js_key(arena, STR("1")), "\"1\"");
    EQUAL(js_key(arena, STR("[x]")), "\"[x]\"");
    EQUAL(js_member_key(arena, STR("[Symbol.iterator]")), "[Symbol.iterator]");
}

static void identifiers(void **state) {
    (void)state;
    assert_true(bind_is_identifier(STR("_a$1")));
    assert_true(bind_is_identifier(STR("ñandú")));
    assert_false(bind_is_identifier(STR("")));
    assert_false(bind_is_identifier(STR("1a")));
    assert_false(bind_is_identifier(STR("a b")));
    assert_false(bind_is_identifier(STR("a\u2192b")));
    assert_false(bind_is_identifier(STR("\xC3")));
    assert_true(bind_is_reserved(STR("await")));
    assert_false(bind_is_reserved(STR("awaits")));
}

static void mentions(void **state) {
    (void)state;
    assert_true(js_mentions(STR("f(view)"), STR("view")));
    assert_true(js_mentions(STR("view"), STR("view")));
    assert_true(js_mentions(STR("preview view.x"), STR("view")));
    assert_false(js_mentions(STR("preview view2 _view"), STR("view")));
}

static void check_indent(const char *text, const char *expected) {
    struct buf out = {0};
    js_indent(str_from(text), &out);
    assert_int_equal(out.len, strlen(expected));
    assert_memory_equal(out.ptr, expected, out.len);
    buf_free(&out);
}

static void indentation(void **state) {
    (void)state;
    check_indent("function f() {\nif (a) {\nb();\n} else {\nc();\n}\n}\n",
                 "function f() {\n    if (a) {\n        b();\n    } else {\n        c();\n    }\n}\n");
    check_indent("const o = {\nf: function() {\nx({\na,\n});\n},\n};\n",
                 "const o = {\n    f: function() {\n        x({\n            a,\n        });\n    },\n};\n");
    check_indent("class A {\n/**\n * Opens {\n * @param {x} y\n */\nf() {\n}\n}\n",
                 "class A {\n    /**\n     * Opens {\n     * @param {x} y\n     */\n    f() {\n    }\n}\n");
    check_indent("  a;  \n\n}\nb;\n", "a;\n\n}\nb;\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(quoting, setup, teardown),
        cmocka_unit_test_setup_teardown(accesses, setup, teardown),
        cmocka_unit_test_setup_teardown(identifiers, setup, teardown),
        cmocka_unit_test_setup_teardown(mentions, setup, teardown),
        cmocka_unit_test_setup_teardown(indentation, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
