/* Writing outputs: all of them or none. */
#include "folder.h"

#include <sys/stat.h>

#include "base/file.h"

/* Outputs for a folder of their own. */
struct commit {
    struct arena *arena;
    struct diag diag;
    Str folder;
    struct outputs outputs;
};

static int setup(void **state) {
    struct arena *arena = arena_new();
    struct commit *c = ARENA_NEW(arena, struct commit);
    c->arena = arena;
    diag_init(&c->diag, arena);
    c->folder = new_folder(arena);
    outputs_init(&c->outputs, arena, c->folder);
    *state = c;
    return 0;
}

/* By then the folder must be empty again. */
static int teardown(void **state) {
    struct commit *c = *state;
    int problem = rmdir(c->folder.ptr);
    arena_free(c->arena);
    return problem;
}

static void assert_fails(struct commit *c, const char *message) {
    assert_false(outputs_commit(&c->outputs, &c->diag));
    assert_true(str_find(c->diag.message, str_from(message)) < c->diag.message.len);
}

static bool fails(const void *user, struct output_file *file, struct diag *diag) {
    (void)user;
    return output_append(file, STR("half of it"), diag) && diag_fail(diag, "no more");
}

static void failures_leave_nothing(void **state) {
    struct commit *c = *state;
    assert_true(outputs_add(&c->outputs, STR("a"), STR("whole"), &c->diag));
    assert_true(outputs_add_written(&c->outputs, STR("b"), fails, NULL, &c->diag));
    assert_false(outputs_add(&c->outputs, STR("b"), STR(""), &c->diag));
    diag_init(&c->diag, c->arena);
    assert_fails(c, "no more");
}

/* Somebody makes a folder where the file is to go, once it was looked whether there is one. */
static bool gets_in_the_way(const void *user, struct output_file *file, struct diag *diag) {
    return mkdir(user, 0777) == 0 && output_append(file, STR("c"), diag);
}

static void what_was_there_comes_back(void **state) {
    struct commit *c = *state;
    Str old = str_format(c->arena, "%s/a", c->folder.ptr), content;
    Str blocked = str_format(c->arena, "%s/c", c->folder.ptr);
    assert_true(outputs_add(&c->outputs, STR("a"), STR("old"), &c->diag));
    assert_true(outputs_commit(&c->outputs, &c->diag));
    outputs_init(&c->outputs, c->arena, c->folder);
    assert_true(outputs_add(&c->outputs, STR("a"), STR("new"), &c->diag));
    assert_true(outputs_add(&c->outputs, STR("below/b"), STR("b"), &c->diag));
    assert_true(outputs_add_written(&c->outputs, STR("c"), gets_in_the_way, blocked.ptr, &c->diag));
    assert_fails(c, "cannot put");
    assert_true(file_read_all(c->arena, old, &content, &c->diag));
    assert_true(str_eq(content, STR("old")));
    assert_int_equal(unlink(old.ptr), 0);
    assert_int_equal(rmdir(blocked.ptr), 0); /* `below` is gone as well, or teardown fails */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(failures_leave_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_there_comes_back, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
