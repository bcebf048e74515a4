#include "fixture.h"

#define ALLOC "call:__externref_table_alloc"
#define DEALLOC "call:__externref_table_dealloc"
#define TOP "borrow_top"
#define CHECK "i32.const:1 i32.lt_s if unreachable end" /* slot 0 holds undefined */

static uint32_t shim_of(struct fixture *x, const char *name) {
    uint32_t f = named(x, str_format(x->arena, "%s externref shim", name).ptr);
    assert_int_not_equal(f, WASM_NONE);
    return f;
}

static void test_table_and_feature(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    run_and_emit(x);
    assert_int_equal(x->out.tables.len, 1);
    assert_int_equal(x->out.tables.items[0].reftype, WASM_EXTERNREF);
    assert_int_equal(x->out.tables.items[0].limits.min, 1028);
    assert_false(x->out.tables.items[0].limits.has_max);
    assert_true(wasm_feature_listed(&x->out, STR("reference-types")));
    assert_string_equal(x->surface.table.ptr, "__wbindgen_externrefs");
    teardown(x);
}

static void test_import_owned_and_borrowed(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    uint32_t f = add_import(x, PLACEHOLDER, "foo", "iFi", "");
    bind_import_of(x, f, "oFb", "");
    add_caller(x, "go", &f, 1);
    run_and_emit(x);
    assert_string_equal(export_text(x, "go"), "i32.const:0 f64.const i32.const:0 call:foo externref shim");
    uint32_t shim = shim_of(x, "foo");
    assert_string_equal(type_text(x, shim), "iFi>");
    assert_string_equal(code_text(x, shim), "local.get:0 table.get local.get:0 " DEALLOC
                                            " local.get:1 local.get:2 table.get call:foo");
    assert_string_equal(type_text(x, named(x, "foo")), "eFe>");
    assert_int_equal(x->m.funcs.items[x->b.imports.items[0].func].def, WASM_IMPORTED);
    assert_false(x->b.imports.items[0].dead);
    teardown(x);
}

static void check_result(bool is_view, const char *expected) {
    struct fixture *x = setup(true);
    uint32_t f = add_import(x, PLACEHOLDER, "foo", "i", "i");
    bind_import_of(x, f, "i", "o")->result_is_view = is_view;
    add_caller(x, "go", &f, 1);
    run_and_emit(x);
    assert_string_equal(code_text(x, shim_of(x, "foo")), expected);
    assert_string_equal(type_text(x, named(x, "foo")), "i>e");
    teardown(x);
}

static void test_import_result(void **state) {
    (void)state;
    check_result(false,
                 "local.get:0 call:foo local.set:2 " ALLOC " local.tee:1 local.get:2 table.set local.get:1");
    /* Nothing between the call and the store may grow memory. */
    check_result(true, ALLOC " local.tee:1 local.get:0 call:foo table.set local.get:1");
}

static void test_import_release_if_moved(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    uint32_t f = add_import(x, PLACEHOLDER, "unwrap", "i", "i");
    struct bind_import *i = bind_import_of(x, f, "b", "i");
    i->kind = BIND_IMPORT_UNWRAP;
    i->release_if_moved = true;
    add_caller(x, "go", &f, 1);
    run_and_emit(x);
    assert_string_equal(code_text(x, shim_of(x, "unwrap")),
                        "local.get:0 table.get call:unwrap local.tee:1 if local.get:0 " DEALLOC
                        " end local.get:1");
    teardown(x);
}

/* Imports without values keep their type and get no shim; heap mode has none at all. */
static void test_import_plain(void **state) {
    (void)state;
    for (int externref = 0; externref < 2; externref++) {
        struct fixture *x = setup(externref);
        uint32_t f = add_import(x, PLACEHOLDER, "foo", "i", "i");
        bind_import_of(x, f, externref ? "i" : "o", externref ? "i" : "o");
        add_caller(x, "go", &f, 1);
        run_and_emit(x);
        assert_string_equal(export_text(x, "go"), "i32.const:0 call:foo drop");
        assert_int_equal(x->out.tables.len, externref);
        teardown(x);
    }
}

static void add_feature_section(struct fixture *x, const char *name) {
    wasm_feature_add(&x->m, str_from(name));
}

static void check_export(bool bulk, const char *params, const char *result, const char *type,
                         const char *expected) {
    struct fixture *x = setup(true);
    char words[8] = "";
    for (size_t i = 0; params[i]; i++)
        words[i] = strchr("ob", params[i]) ? 'i' : params[i];
    uint32_t f = add_func(x, "bar", words, *result == 'o' ? "i" : result, true);
    bind_export_of(x, "bar", f, params, result);
    if (bulk)
        add_feature_section(x, "bulk-memory");
    run_and_emit(x);
    assert_string_equal(export_text(x, "bar"), expected);
    assert_string_equal(type_text(x, exported(x, "bar")), type);
    bool borrows = strchr(params, 'b') != NULL;
    assert_int_equal(x->surface.set_borrow_top.len > 0, borrows);
    if (borrows)
        assert_string_equal(export_text(x, "__wbindgen_set_borrow_top"), "local.get:0 global.set:" TOP);
    teardown(x);
}

static void test_export_owned_and_result(void **state) {
    (void)state;
    check_export(false, "oFo", "o", "eFe>e",
                 ALLOC " local.tee:3 local.get:0 table.set local.get:3 local.get:1 " ALLOC
                       " local.tee:3 local.get:2 table.set local.get:3 call:bar "
                       "local.tee:3 table.get local.get:3 " DEALLOC);
}

static void test_export_borrowed(void **state) {
    (void)state;
    check_export(false, "ib", "i", "ie>i",
                 "global.get:" TOP " i32.const:1 i32.sub local.tee:2 " CHECK " local.get:2 global.set:" TOP
                 " local.get:0 local.get:2 local.get:1 table.set local.get:2 call:bar "
                 "local.get:2 ref.null table.set local.get:2 i32.const:1 i32.add global.set:" TOP);
    const char *open =
        "global.get:" TOP " i32.const:2 i32.sub local.tee:2 " CHECK " local.get:2 global.set:" TOP
        " local.get:2 local.get:0 table.set local.get:2 "
        "local.get:2 i32.const:1 i32.add local.get:1 table.set local.get:2 i32.const:1 i32.add "
        "call:bar";
    const char *close = "local.get:2 i32.const:2 i32.add global.set:" TOP;
    char text[1024];
    snprintf(text, sizeof text, "%s local.get:2 ref.null i32.const:2 table.fill %s", open, close);
    check_export(true, "bb", "", "ee>", text);
    snprintf(text, sizeof text,
             "%s local.get:2 ref.null table.set local.get:2 i32.const:1 i32.add ref.null table.set %s", open,
             close);
    check_export(false, "bb", "", "ee>", text);
}

/* The receiver and the record's address come first and stay numbers. */
static void test_export_method_with_record(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    uint32_t f = add_func(x, "bar", "iii", "", true);
    struct bind_export *e = bind_export_of(x, "bar", f, "o", "");
    e->member = BIND_METHOD;
    e->sig.how = BIND_RETURN_RECORD;
    run_and_emit(x);
    assert_string_equal(type_text(x, exported(x, "bar")), "iie>");
    teardown(x);
}

static void test_reference_counting(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    uint32_t f[2] = {add_import(x, PLACEHOLDER, "__wbindgen_object_drop_ref", "i", ""),
                     add_import(x, PLACEHOLDER, "__wbindgen_object_clone_ref", "i", "i")};
    intrinsic_of(bind_import_of(x, f[0], "o", ""), BIND_INTRINSIC_object_drop_ref);
    intrinsic_of(bind_import_of(x, f[1], "b", "o"), BIND_INTRINSIC_object_clone_ref);
    add_caller(x, "go", f, 2);
    run_and_emit(x);
    assert_string_equal(export_text(x, "go"),
                        "i32.const:0 " DEALLOC " i32.const:0 call:__wbindgen_object_clone_ref drop");
    assert_string_equal(code_text(x, named(x, "__wbindgen_object_clone_ref")),
                        ALLOC " local.tee:1 local.get:0 table.get table.set local.get:1");
    assert_true(x->b.imports.items[0].dead);
    assert_true(x->b.imports.items[1].dead);
    assert_false(has_import(x, "__wbindgen_object_drop_ref"));
    teardown(x);
}

static void test_live_count(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    x->b.runtime.live_count = add_func(x, "__externref_heap_live_count", "", "i", true);
    uint32_t f = add_import(x, PLACEHOLDER, "__wbindgen_externref_heap_live_count", "", "i");
    intrinsic_of(bind_import_of(x, f, "", "i"), BIND_INTRINSIC_externref_heap_live_count);
    add_caller(x, "go", &f, 1);
    run_and_emit(x);
    assert_string_equal(export_text(x, "go"), "call:__externref_heap_live_count drop");
    teardown(x);
}

/* A module that exports the very import that is to be replaced by that export. */
static void test_export_of_own_import(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    uint32_t f = add_import(x, PLACEHOLDER, "__wbindgen_object_drop_ref", "i", "");
    x->b.runtime.table_dealloc = f;
    intrinsic_of(bind_import_of(x, f, "o", ""), BIND_INTRINSIC_object_drop_ref);
    add_caller(x, "go", &f, 1);
    run_and_emit(x);
    teardown(x);
}

/* What a callback calls gets the same shim, and is exported only if something live takes the callback. */
static void test_callback(void **state) {
    (void)state;
    for (int live = 0; live < 2; live++) {
        struct fixture *x = setup(true);
        struct bind_callback *callback = ARENA_NEW(x->arena, struct bind_callback);
        callback->target.member = BIND_INVOKE;
        callback->target.func = add_func(x, "invoke", "iii", "", false);
        callback->target.sig = sig_of(x, "b", "");
        vec_push(x->arena, &x->b.callbacks, callback);
        struct bind_type *type = ARENA_NEW(x->arena, struct bind_type);
        *type = (struct bind_type){.kind = BIND_CALLBACK, .callback = callback};
        uint32_t f = add_import(x, PLACEHOLDER, "foo", "ii", "");
        struct bind_value *value = &bind_import_of(x, f, "i", "")->sig.params[0].value;
        *value = (struct bind_value){.type = type, .nwords = 2};
        value->words[0].type = value->words[1].type = WASM_I32;
        if (live)
            add_caller(x, "go", &f, 1);
        run_and_emit(x);
        assert_int_equal(callback->live, live);
        assert_int_equal(callback->target.wasm_name.len > 0, live);
        assert_int_equal(x->surface.set_borrow_top.len > 0, live);
        if (live)
            assert_string_equal(type_text(x, exported(x, callback->target.wasm_name.ptr)), "iie>");
        teardown(x);
    }
}

static void test_missing_slab(void **state) {
    (void)state;
    struct fixture *x = setup(true);
    x->b.runtime.table_alloc = WASM_NONE;
    run_and_fail(x, "__externref_table_alloc");
    teardown(x);
    x = setup(true);
    x->b.runtime.table_dealloc = x->b.runtime.malloc;
    run_and_fail(x, "unexpected type");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_and_feature),
        cmocka_unit_test(test_import_owned_and_borrowed),
        cmocka_unit_test(test_import_result),
        cmocka_unit_test(test_import_release_if_moved),
        cmocka_unit_test(test_import_plain),
        cmocka_unit_test(test_export_owned_and_result),
        cmocka_unit_test(test_export_borrowed),
        cmocka_unit_test(test_export_method_with_record),
        cmocka_unit_test(test_reference_counting),
        cmocka_unit_test(test_live_count),
        cmocka_unit_test(test_export_of_own_import),
        cmocka_unit_test(test_missing_slab),
        cmocka_unit_test(test_callback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
