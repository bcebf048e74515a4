#include "unit.h"

#include <sys/wait.h>
#include <unistd.h>

#include "js/body.h"

struct fixture {
    struct arena *arena;
    struct buf out;
    struct js_names scope;
    struct js_body body;
};

static int setup(void **state) {
    struct fixture *f = test_calloc(1, sizeof *f);
    f->arena = arena_new();
    js_names_init(&f->scope, f->arena, NULL);
    js_body_init(&f->body, f->arena, &f->out, &f->scope);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    js_names_free(&f->body.names);
    js_names_free(&f->scope);
    buf_free(&f->out);
    arena_free(f->arena);
    test_free(f);
    return 0;
}

/* Whether the generator aborts while it does this. */
static bool aborts(struct fixture *f, void (*violation)(struct js_body *)) {
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(2);
        violation(&f->body);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void view_before_the_call(struct js_body *b) {
    js_view(b, STR("v"), "memData()");
}

static void argument_that_enters_wasm_behind_a_view(struct js_body *b) {
    js_argument(b, false, true);
    js_argument(b, true, false);
    js_argument(b, false, false);
    js_argument(b, false, true);
}

static void argument_after_the_call(struct js_body *b) {
    js_call(b, "f();");
    js_argument(b, false, false);
}

static void view_used_in_an_expression(struct js_body *b) {
    js_call(b, "const ret = f();");
    js_view(b, STR("v"), "memData()");
    js_drop_views(b);
    js_line(b, "return g(ret,v);");
}

static void user_code_while_a_view_is_held(struct js_body *b) {
    js_call(b, "wasm.f(retptr);");
    js_view(b, STR("v"), "memData()");
    js_line(b, "const word = Number(ret);");
}

static void view_used_after_it_was_dropped(struct js_body *b) {
    js_call(b, "wasm.f(retptr);");
    js_view(b, STR("v"), "memData()");
    js_drop_views(b);
    js_line(b, "const r = v.getInt32(retptr, true);");
}

static void store_of_something_unevaluated(struct js_body *b) {
    js_call(b, "const ret = f();");
    js_store(b, "memData()", "Float64", STR("retptr"), 8, STR("isLikeNone(ret) ? 0 : ret"));
}

static void store_of_a_call(struct js_body *b) {
    js_call(b, "const ret = f();");
    js_store(b, "memData()", "Int32", STR("retptr"), 0, STR("addHandle(ret)"));
}

static void store_before_the_call(struct js_body *b) {
    js_store(b, "memData()", "Int32", STR("retptr"), 0, STR("word"));
}

static void two_calls(struct js_body *b) {
    js_call(b, "wasm.f();");
    js_call(b, "wasm.g();");
}

static void phase_backwards(struct js_body *b) {
    js_call(b, "wasm.f();");
    js_enter(b, JS_FREE);
    js_enter(b, JS_RESULT);
}

static void results_without_a_call(struct js_body *b) {
    js_enter(b, JS_RESULT);
}

static void end_without_a_call(struct js_body *b) {
    js_line(b, "const ptr = 0;");
    js_body_end(b);
}

static void violations_abort(void **state) {
    static void (*const violations[])(struct js_body *) = {
        view_before_the_call,
        argument_that_enters_wasm_behind_a_view,
        argument_after_the_call,
        view_used_in_an_expression,
        user_code_while_a_view_is_held,
        view_used_after_it_was_dropped,
        store_of_something_unevaluated,
        store_of_a_call,
        store_before_the_call,
        two_calls,
        phase_backwards,
        results_without_a_call,
        end_without_a_call,
    };
    for (size_t i = 0; i < sizeof violations / sizeof *violations; i++)
        if (!aborts(*state, violations[i]))
            fail_msg("violation %zu did not abort", i);
}

static void a_right_body(struct js_body *b) {
    js_line(b, "const ptr = passText(a);");
    js_argument(b, false, true);
    js_argument(b, true, false);
    js_argument(b, false, false);
    js_call(b, "const ret = f(%s, v, ptr);", "take()");
    js_line(b, "const word = Number(ret.vv);");
    js_store(b, "memData()", "Int32", STR("retptr"), 4, STR("word"));
    js_view(b, STR("view"), "memData()");
    js_plain(b, "const r = view.getInt32(retptr + 0, true);");
    js_drop_views(b);
    js_enter(b, JS_FREE);
    js_plain(b, "}");
    js_body_end(b);
}

static void what_is_right_passes(void **state) {
    struct fixture *f = *state;
    assert_false(aborts(f, a_right_body));
    a_right_body(&f->body);
    buf_byte(&f->out, 0);
    assert_string_equal(f->out.ptr, "const ptr = passText(a);\n"
                                    "const ret = f(take(), v, ptr);\n"
                                    "const word = Number(ret.vv);\n"
                                    "memData().setInt32((retptr >>> 0) + 4, word, true);\n"
                                    "const view = memData();\n"
                                    "const r = view.getInt32(retptr + 0, true);\n"
                                    "}\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(violations_abort, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_right_passes, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
