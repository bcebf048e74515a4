#include "fixture.h"

static struct bind_import *find(struct fixture *x, const char *wasm_name) {
    for (size_t i = 0; i < x->b.imports.len; i++)
        if (str_eq(x->b.imports.items[i].wasm_name, str_from(wasm_name)))
            return &x->b.imports.items[i];
    fail_msg("no import `%s`", wasm_name);
    return NULL;
}

static struct meta_type *unit_function(struct fixture *x) {
    return function(x, NULL, NULL, kind_of(x, META_UNIT));
}

static void test_function_of_namespace(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    uint32_t f = add_import(x, "shim", "ii", "");
    struct meta_str_list ns = list_of(x, "deep", "console");
    struct meta_Import *record = add_record(x, 0, "log", "shim");
    record->js_namespace = &ns;
    record->kind.Function.catch = true;
    describe(x, "shim", function(x, wrap(x, META_REF, kind_of(x, META_STRING)), NULL, kind_of(x, META_UNIT)));
    must_build(x);
    const struct bind_import *import = find(x, "shim");
    assert_int_equal(import->func, f);
    assert_int_equal(import->kind, BIND_IMPORT_FUNCTION);
    assert_true(import->catches);
    assert_int_equal(import->origin.place, BIND_GLOBAL);
    assert_int_equal(import->origin.nnames, 3);
    assert_str(import->origin.names[0], "deep");
    assert_str(import->origin.names[2], "log");
    teardown(x);
}

static void test_members(void **state) {
    (void)state;
    static const struct {
        enum meta_OperationKind_tag tag;
        bool is_static, structural;
        enum bind_import_kind kind;
        const char *member, *params;
    } rows[] = {
        {META_OperationKind_Regular, false, true, BIND_IMPORT_METHOD, "name", "i"},
        {META_OperationKind_Regular, true, true, BIND_IMPORT_STATIC_METHOD, "name", ""},
        {META_OperationKind_Getter, false, false, BIND_IMPORT_GETTER, "field", "i"},
        {META_OperationKind_Setter, true, true, BIND_IMPORT_STATIC_SETTER, "field", "i"},
        {META_OperationKind_IndexingGetter, false, true, BIND_IMPORT_INDEX_GET, "name", "ii"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = setup(127);
        add_import(x, "shim", rows[i].params, "");
        struct meta_Import *record = add_record(x, 0, "name", "shim");
        struct meta_MethodData *method = ARENA_NEW(x->arena, struct meta_MethodData);
        method->class = STR("Thing");
        method->kind.tag = META_MethodKind_Operation;
        method->kind.Operation.is_static = rows[i].is_static;
        method->kind.Operation.kind.tag = rows[i].tag;
        method->kind.Operation.kind.Getter = STR("field");
        record->kind.Function.method = method;
        record->kind.Function.structural = rows[i].structural;
        struct meta_type *value = wrap(x, META_REF, kind_of(x, META_EXTERNREF));
        size_t nparams = strlen(rows[i].params);
        describe(x, "shim",
                 function(x, nparams > 0 ? value : NULL, nparams > 1 ? value : NULL, kind_of(x, META_UNIT)));
        must_build(x);
        const struct bind_import *import = find(x, "shim");
        assert_str(import->unsupported, "");
        assert_int_equal(import->kind, rows[i].kind);
        assert_str(import->member, rows[i].member);
        assert_int_equal(import->structural, rows[i].structural);
        assert_str(import->origin.names[0], "Thing");
        teardown(x);
    }
}

/* docs/upstream/wire-format.md 9.2, 9.3 */
static void test_modules(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    struct meta_ImportModule modules[] = {
        {.tag = META_ImportModule_RawNamed, .RawNamed = STR("left-pad")},
        {.tag = META_ImportModule_Named, .Named = STR("one-0011223344556677/js/a.js")},
        {.tag = META_ImportModule_Inline, .Inline = 1},
    };
    static const char *const expected[] = {"left-pad", "./snippets/one-0011223344556677/js/a.js",
                                           "./snippets/one-0011223344556677/inline2.js"};
    static const char *const shims[] = {"s0", "s1", "s2"};
    x->programs[1].unique_crate_identifier = x->programs[0].unique_crate_identifier;
    x->programs[0].inline_js = list_of(x, "zero", NULL);
    x->programs[1].inline_js = list_of(x, "one", "two");
    for (size_t i = 0; i < 3; i++) {
        add_import(x, shims[i], "", "");
        add_record(x, 1, "f", shims[i])->module = &modules[i];
        describe(x, shims[i], unit_function(x));
    }
    must_build(x);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(find(x, shims[i])->origin.place, BIND_MODULE);
        assert_str(find(x, shims[i])->origin.module, expected[i]);
    }
    assert_int_equal(x->b.snippets.len, 3);
    assert_str(x->b.snippets.items[2].path, "snippets/one-0011223344556677/inline2.js");
    assert_str(x->b.snippets.items[2].content, "two");
    teardown(x);
}

static void test_local_modules(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    struct meta_LocalModule a = {.identifier = STR("one/a.js"), .contents = STR("a")}, other = a;
    struct meta_LocalModule linked[] = {
        a, {.identifier = STR("one/b.js"), .contents = STR("b"), .linked_module = true}};
    x->programs[0].local_modules.items = linked;
    x->programs[0].local_modules.len = 2;
    x->programs[1].local_modules.items = &other;
    x->programs[1].local_modules.len = 1;
    must_build(x);
    assert_int_equal(x->b.snippets.len, 1);
    assert_str(x->b.snippets.items[0].path, "snippets/one/a.js");
    other.contents = STR("different");
    must_fail(x, "two different contents");
    teardown(x);
}

/* One name, two imports: all references reach the first (docs/upstream/descriptors.md 1). */
static void test_duplicates(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    uint32_t first = add_import(x, "shim", "", ""), second = add_import(x, "shim", "", "");
    add_record(x, 0, "f", "shim");
    describe(x, "shim", unit_function(x));
    must_build(x);
    assert_int_equal(x->b.imports.len, 1);
    assert_int_equal(x->b.edits.aliases.items[0].func, second);
    assert_int_equal(x->b.edits.aliases.items[0].target, first);
    teardown(x);
}

/* docs/upstream/wire-format.md 9.5 */
static void test_unused_records(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    add_record(x, 0, "f", "not_imported");
    describe(x, "not_imported", unit_function(x));
    add_import(x, "no_descriptor", "", "");
    add_record(x, 0, "g", "no_descriptor");
    must_build(x);
    assert_int_equal(x->b.imports.len, 1);
    assert_str(x->b.imports.items[0].unsupported,
               "no binding for import `no_descriptor`: no record describes it");
    teardown(x);
}

/* An item that cannot be glued is an error only if it is live. */
static void test_live_and_dead(void **state) {
    (void)state;
    struct fixture *x = setup(127);
    add_import(x, "shim", "i", "");
    add_record(x, 0, "paint", "shim");
    describe(x, "shim", function(x, kind_of(x, META_DYNAMIC_UNION), NULL, kind_of(x, META_UNIT)));
    must_build(x);
    struct bind_import *import = find(x, "shim");
    assert_int_equal(import->sig.nparams, 0);
    import->dead = true;
    assert_true(bind_check_live(&x->b, &x->diag));
    import->dead = false;
    assert_false(bind_check_live(&x->b, &x->diag));
    assert_str(x->diag.message, "import `paint`, argument 1: dynamic unions are not supported yet");
    teardown(x);
}

/* The functions behind link_to! are named by what they link to. */
static void test_links(void **state) {
    (void)state;
    static const char *const messages[] = {
        "`link_to!` of `one-0011223344556677/worker.js` is not supported yet",
        "`link_to!(inline_js = …)` in the crate `one-0011223344556677` is not supported yet",
    };
    for (size_t i = 0; i < 2; i++) {
        struct fixture *x = setup(127);
        struct meta_LinkedModule link = {.link_function_name = STR("link")};
        link.module.tag = i ? META_ImportModule_Inline : META_ImportModule_Named;
        if (!i)
            link.module.Named = STR("one-0011223344556677/worker.js");
        x->programs[0].linked_modules = (struct meta_LinkedModule_list){.items = &link, .len = 1};
        add_import(x, "link", "", "i");
        must_build(x);
        assert_false(bind_check_live(&x->b, &x->diag));
        assert_str(x->diag.message, messages[i]);
        teardown(x);
    }
}

static void test_fixed_shapes(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    add_import(x, "static", "", "i");
    add_import(x, "text", "", "i");
    add_import(x, "is", "i", "i");
    struct meta_Import *record = add_record(x, 0, "", "");
    record->kind.tag = META_ImportKind_Static;
    record->kind.Static = (struct meta_ImportStatic){.name = STR("window"), .shim = STR("static")};
    record = add_record(x, 0, "", "");
    record->kind.tag = META_ImportKind_String;
    record->kind.String = (struct meta_ImportString){.shim = STR("text"), .string = STR("hello")};
    record = add_record(x, 0, "", "");
    record->kind.tag = META_ImportKind_Type;
    record->kind.Type = (struct meta_ImportType){.name = STR("Node"), .instanceof_shim = STR("is")};
    describe(x, "static", wrap(x, META_OPTIONAL, kind_of(x, META_EXTERNREF)));
    must_build(x);
    assert_int_equal(find(x, "static")->kind, BIND_IMPORT_STATIC);
    assert_int_equal(find(x, "static")->sig.result.type->absent, BIND_ABSENT_ZERO);
    assert_int_equal(find(x, "text")->kind, BIND_IMPORT_TEXT);
    assert_str(find(x, "text")->member, "hello");
    assert_int_equal(find(x, "is")->kind, BIND_IMPORT_INSTANCEOF);
    assert_str(find(x, "is")->origin.names[0], "Node");
    assert_int_equal(find(x, "is")->sig.params[0].value.type->access, BIND_BORROWED);
    teardown(x);
}

static void test_async(void **state) {
    (void)state;
    struct fixture *x = setup(126);
    add_import(x, "shim", "", "i");
    add_record(x, 0, "later", "shim")->kind.Function.function.asyncness = true;
    describe(x, "shim", function(x, NULL, NULL, kind_of(x, META_STRING)));
    must_build(x);
    assert_str(find(x, "shim")->unsupported, "");
    assert_int_equal(find(x, "shim")->sig.result.type->kind, BIND_VALUE);
    teardown(x);
}

static void test_vendor_prefixes(void **state) {
    (void)state;
    struct fixture *x = setup(126);
    add_import(x, "is", "i", "i");
    struct meta_Import *record = add_record(x, 0, "", "");
    record->kind.tag = META_ImportKind_Type;
    record->kind.Type = (struct meta_ImportType){.name = STR("AudioContext"),
                                                 .instanceof_shim = STR("is"),
                                                 .vendor_prefixes = list_of(x, "webkit", NULL)};
    must_build(x);
    assert_int_equal(find(x, "is")->origin.nprefixes, 1);
    assert_str(find(x, "is")->origin.prefixes[0], "webkit");
    teardown(x);
}

static void test_reexport(void **state) {
    (void)state;
    struct fixture *x = setup(126);
    add_record(x, 0, "f", "shim")->reexport = opt_str(x, "g");
    must_fail(x, "re-export `g`");
    teardown(x);
}

static void test_typescript_sections(void **state) {
    (void)state;
    for (int release = 106; release <= 107; release++) {
        struct fixture *x = setup(release);
        x->programs[0].typescript_custom_sections = list_of(x, "type B = 1;", "type C = 1;");
        x->programs[1].typescript_custom_sections = list_of(x, "type A = 1;", NULL);
        must_build(x);
        assert_int_equal(x->b.ts_sections.len, 3);
        assert_str(x->b.ts_sections.items[0], release == 106 ? "type B = 1;" : "type A = 1;");
        assert_str(x->b.ts_sections.items[2], release == 106 ? "type A = 1;" : "type C = 1;");
        teardown(x);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_function_of_namespace),
        cmocka_unit_test(test_members),
        cmocka_unit_test(test_modules),
        cmocka_unit_test(test_local_modules),
        cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_unused_records),
        cmocka_unit_test(test_live_and_dead),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_fixed_shapes),
        cmocka_unit_test(test_async),
        cmocka_unit_test(test_vendor_prefixes),
        cmocka_unit_test(test_reexport),
        cmocka_unit_test(test_typescript_sections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
