#include "fixture.h"

#include "wasm/lookup.h"

/* A table whose slots 1, 2, … hold these functions. */
static void add_table(struct fixture *x, const uint32_t *funcs, uint32_t count) {
    static const char offset[] = {0x41, 1, 0x0B}; /* i32.const 1 */
    uint32_t table = wasm_add_table(&x->m, WASM_FUNCREF, (struct wasm_limits){.min = 1 + count}, STR(""));
    struct wasm_elem elem = {.table = table, .reftype = WASM_FUNCREF, .count = count, .mode = WASM_ACTIVE};
    elem.offset = (Str){offset, sizeof offset};
    elem.funcs = arena_copy(x->arena, funcs, count * sizeof *funcs);
    vec_push(x->arena, &x->m.elems, elem);
    x->m.table_slots = wasm_table_slots_new(x->arena);
}

static struct meta_type *invoke(struct fixture *x, uint32_t slot, struct meta_type *arg,
                                struct meta_type *ret) {
    struct meta_type *type = function(x, arg, NULL, ret);
    type->function->shim = slot;
    return type;
}

static struct meta_type *closure(struct fixture *x, uint32_t slot, bool owned, uint32_t dtor) {
    struct meta_type *type = invoke(x, slot, kind_of(x, META_U32), kind_of(x, META_UNIT));
    type->kind = META_CLOSURE;
    type->owned = owned;
    type->is_mutable = true;
    type->dtor = dtor;
    return type;
}

/* The import `f` with one parameter of that type. */
static const struct bind_import *bind_one(struct fixture *x, struct meta_type *type) {
    add_import(x, "f", "ii", "");
    add_record(x, 0, "f", "f");
    describe(x, "f", function(x, type, NULL, kind_of(x, META_UNIT)));
    must_build(x);
    assert_int_equal(x->b.imports.len, 1);
    return &x->b.imports.items[0];
}

static void add_cast(struct fixture *x, struct meta_type *from) {
    uint32_t *func = ARENA_NEW(x->arena, uint32_t);
    *func = add_func(x, str_format(x->arena, "cast%zu", x->descriptors.casts.len).ptr, "ii", "i");
    vec_push(x->arena, &x->descriptors.casts,
             (struct meta_generic){
                 .type = function(x, from, NULL, kind_of(x, META_EXTERNREF)), .funcs = func, .nfuncs = 1});
}

static void test_passing(void **state) {
    (void)state;
    static const struct {
        enum meta_kind outer, inner;
        bool exclusive;
    } rows[] = {{META_REF, META_REF, false}, {META_REFMUT, META_REFMUT, true}, {META_REF, META_REFMUT, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = setup(110);
        uint32_t target = add_func(x, "invoke", "iiF", "i");
        add_table(x, &target, 1);
        struct meta_type *core = invoke(x, 1, kind_of(x, META_F64), kind_of(x, META_U8));
        const struct bind_import *import = bind_one(x, wrap(x, rows[i].outer, wrap(x, rows[i].inner, core)));
        assert_int_equal(import->unsupported.len, 0);
        const struct bind_type *type = import->sig.params[0].value.type;
        assert_int_equal(type->kind, BIND_CALLBACK);
        assert_int_equal(type->life, BIND_LIFE_CALL);
        assert_int_equal(type->exclusive, rows[i].exclusive);
        const struct bind_export *e = &type->callback->target;
        assert_int_equal(e->func, target);
        assert_int_equal(e->member, BIND_INVOKE);
        assert_int_equal(bind_leading_words(e), 2);
        assert_true(e->sig.params[0].value.incoming);
        assert_false(e->sig.result.incoming);
        teardown(x);
    }
}

/* docs/upstream/descriptors.md 9.6 */
static void test_owned(void **state) {
    (void)state;
    static const struct {
        int release;
        bool owned;
        uint32_t dtor;
        enum bind_life life;
        bool own_destroy;
    } rows[] = {{102, true, 2, BIND_LIFE_COUNTED, true},
                {114, true, 2, BIND_LIFE_COUNTED, true},
                {114, false, 0, BIND_LIFE_LENT, false},
                {115, true, 0, BIND_LIFE_COUNTED, false},
                {130, false, 0, BIND_LIFE_LENT, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = setup(rows[i].release);
        uint32_t funcs[] = {add_func(x, "invoke", "iii", ""), add_func(x, "dtor", "ii", "")};
        add_table(x, funcs, 2);
        add_cast(x, closure(x, 1, rows[i].owned, rows[i].dtor));
        must_build(x);
        const struct bind_import *import = &x->b.imports.items[0];
        assert_int_equal(import->kind, BIND_IMPORT_IDENTITY);
        const struct bind_type *type = import->sig.params[0].value.type;
        assert_int_equal(type->life, rows[i].life);
        assert_true(type->exclusive);
        assert_int_equal(type->destroy != NULL, rows[i].own_destroy);
        if (type->destroy)
            assert_int_equal(type->destroy->func, funcs[1]);
        teardown(x);
    }
}

static void test_shared_targets(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    uint32_t target = add_func(x, "invoke", "iii", "");
    add_table(x, &target, 1);
    add_cast(x, closure(x, 1, true, 0));
    add_cast(x, closure(x, 1, false, 0));
    struct meta_type *folded = closure(x, 1, true, 0);
    folded->function->args[0] = kind_of(x, META_I32);
    add_cast(x, folded);
    must_build(x);
    assert_int_equal(x->b.imports.len, 3);
    assert_int_equal(x->b.callbacks.len, 2); /* by signature */
    assert_ptr_equal(x->b.imports.items[0].sig.params[0].value.type->callback,
                     x->b.imports.items[1].sig.params[0].value.type->callback);
    teardown(x);
}

static void test_misfits(void **state) {
    (void)state;
    static const struct {
        uint32_t slot, dtor;
        const char *params, *part;
    } rows[] = {{7, 2, "iii", "missing from the function table"},
                {1, 9, "iii", "its destructor is missing"},
                {1, 1, "iii", "its destructor is missing"},
                {1, 2, "iif", "does not fit the wasm function"},
                {1, 2, "i", "does not fit the wasm function"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture *x = setup(104);
        uint32_t funcs[] = {add_func(x, "invoke", rows[i].params, ""), add_func(x, "dtor", "ii", "")};
        add_table(x, funcs, 2);
        add_cast(x, closure(x, rows[i].slot, true, rows[i].dtor));
        must_build(x);
        Str why = x->b.imports.items[0].unsupported;
        if (str_find(why, str_from(rows[i].part)) == why.len)
            fail_msg("row %zu: `%.*s`", i, STR_ARG(why));
        teardown(x);
    }
}

/* docs/upstream/descriptors.md 9.2 */
static void test_makers(void **state) {
    (void)state;
    struct fixture *x = setup(99);
    uint32_t marker = add_import(x, "__wbindgen_describe_closure", "iii", "i");
    uint32_t funcs[] = {add_func(x, "invoke", "iii", ""), add_func(x, "dtor", "ii", "")};
    uint32_t caller = add_func(x, "make", "ii", "i");
    add_table(x, funcs, 2);
    vec_push(x->arena, &x->descriptors.closures,
             (struct meta_generic){.type = closure(x, 1, true, 2), .funcs = &caller, .nfuncs = 1});
    must_build(x);
    assert_int_equal(x->b.edits.detours.len, 1);
    const struct bind_detour *detour = &x->b.edits.detours.items[0];
    assert_int_equal(detour->caller, caller);
    assert_int_equal(detour->callee, marker);
    const struct bind_import *import = &x->b.imports.items[detour->import];
    assert_str(import->wasm_name, str_format(x->arena, "__wbindgen_closure_wrapper%u", caller).ptr);
    assert_int_equal(import->kind, BIND_IMPORT_IDENTITY);
    assert_int_equal(import->sig.nparams, 1);
    assert_int_equal(import->sig.params[0].value.type->life, BIND_LIFE_COUNTED);
    teardown(x);
}

static void test_marker_of_another_type(void **state) {
    (void)state;
    struct fixture *x = setup(99);
    add_import(x, "__wbindgen_describe_closure", "ii", "i");
    uint32_t caller = add_func(x, "make", "ii", "i");
    vec_push(x->arena, &x->descriptors.closures,
             (struct meta_generic){.type = closure(x, 1, true, 2), .funcs = &caller, .nfuncs = 1});
    must_fail(x, "`__wbindgen_describe_closure` has an unexpected type");
    teardown(x);
}

static void test_only_out_of_imports(void **state) {
    (void)state;
    struct fixture *x = setup(130);
    uint32_t target = add_func(x, "invoke", "iii", "");
    add_table(x, &target, 1);
    struct meta_type *core = invoke(x, 1, kind_of(x, META_U32), kind_of(x, META_UNIT));
    add_func(x, "g_0011223344556677", "", "i");
    add_export(x, 0, "g");
    describe(x, "g_0011223344556677", function(x, NULL, NULL, wrap(x, META_REF, core)));
    must_fail(x, "a callback cannot be returned");
    teardown(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_passing),
        cmocka_unit_test(test_owned),
        cmocka_unit_test(test_shared_targets),
        cmocka_unit_test(test_misfits),
        cmocka_unit_test(test_makers),
        cmocka_unit_test(test_marker_of_another_type),
        cmocka_unit_test(test_only_out_of_imports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
