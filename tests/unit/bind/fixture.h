/* Programs, descriptors and a module made by hand, bound with bind_build or piece by piece. */
#ifndef BIND_FIXTURE_H
#define BIND_FIXTURE_H

#include "unit.h"

#include "bind/build.h"
#include "bind/context.h"

struct fixture {
    struct arena *arena;
    struct wasm_module m;
    struct meta_Program programs[2];
    struct meta_programs all;
    struct meta_descriptors descriptors;
    struct settings settings;
    struct bindings b;
    struct diag diag;
    struct bind_context cx; /* for tests of single functions */
};

static inline struct fixture *setup(int release) {
    struct arena *arena = arena_new();
    struct fixture *x = ARENA_NEW(arena, struct fixture);
    x->arena = arena;
    x->m.arena = arena;
    x->m.start = WASM_NONE;
    diag_init(&x->diag, arena);
    map_init(&x->descriptors.described, arena);
    x->programs[0].unique_crate_identifier = STR("one-0011223344556677");
    x->programs[1].unique_crate_identifier = STR("two-8899aabbccddeeff");
    x->all = (struct meta_programs){.version = {.release = release}, .items = x->programs, .len = 2};
    x->cx = (struct bind_context){
        .m = &x->m,
        .arena = arena,
        .diag = &x->diag,
        .programs = &x->all,
        .descriptors = &x->descriptors,
        .settings = &x->settings,
        .b = &x->b,
        .release = release,
        .program = &x->programs[0],
    };
    map_init(&x->cx.classes, arena);
    map_init(&x->cx.enums, arena);
    return x;
}

static inline void teardown(struct fixture *x) {
    map_free(&x->descriptors.described);
    map_free(&x->cx.classes);
    map_free(&x->cx.enums);
    arena_free(x->arena);
}

static inline bool build(struct fixture *x) {
    return bind_build(&x->m, &x->all, &x->descriptors, &x->settings, x->arena, &x->b, &x->diag);
}

static inline void must_build(struct fixture *x) {
    bool ok = build(x);
    if (!ok)
        print_error("%.*s\n", STR_ARG(x->diag.message));
    assert_true(ok);
}

static inline void must_fail(struct fixture *x, const char *part) {
    assert_false(build(x));
    if (str_find(x->diag.message, str_from(part)) == x->diag.message.len)
        fail_msg("`%.*s` does not contain `%s`", STR_ARG(x->diag.message), part);
}

static inline void assert_str(Str actual, const char *expected) {
    if (!str_eq(actual, str_from(expected)))
        fail_msg("`%.*s` instead of `%s`", STR_ARG(actual), expected);
}

/* A function type of letters: i I f F = i32 i64 f32 f64. */
static inline uint32_t type_of(struct fixture *x, const char *params, const char *results) {
    static const char letters[] = "iIfF";
    static const uint8_t types[] = {WASM_I32, WASM_I64, WASM_F32, WASM_F64};
    uint8_t p[16], r[16];
    for (size_t i = 0; params[i]; i++)
        p[i] = types[strchr(letters, params[i]) - letters];
    for (size_t i = 0; results[i]; i++)
        r[i] = types[strchr(letters, results[i]) - letters];
    return wasm_add_type(&x->m, p, (uint32_t)strlen(params), r, (uint32_t)strlen(results));
}

static inline uint32_t add_func(struct fixture *x, const char *name, const char *params,
                                const char *results) {
    Str body = {"\0\0\x0B", 3}; /* unreachable */
    uint32_t f = wasm_add_func(&x->m, type_of(x, params, results), body, str_from(name));
    wasm_export_add(&x->m, str_from(name), WASM_FUNC, f);
    return f;
}

static inline uint32_t add_import(struct fixture *x, const char *name, const char *params,
                                  const char *results) {
    return wasm_add_func_import(&x->m, STR(META_PLACEHOLDER), str_from(name), type_of(x, params, results));
}

/* Type descriptors. */
static inline struct meta_type *kind_of(struct fixture *x, enum meta_kind kind) {
    struct meta_type *type = ARENA_NEW(x->arena, struct meta_type);
    type->kind = kind;
    return type;
}

static inline struct meta_type *wrap(struct fixture *x, enum meta_kind kind, struct meta_type *inner) {
    struct meta_type *type = kind_of(x, kind);
    type->inner = inner;
    return type;
}

static inline struct meta_type *named(struct fixture *x, enum meta_kind kind, const char *name, Str crate) {
    struct meta_type *type = kind_of(x, kind);
    type->name = str_from(name);
    type->crate = crate;
    return type;
}

/* FUNCTION with up to two arguments. */
static inline struct meta_type *function(struct fixture *x, struct meta_type *a, struct meta_type *b,
                                         struct meta_type *ret) {
    struct meta_type *type = kind_of(x, META_FUNCTION);
    type->function = ARENA_NEW(x->arena, struct meta_signature);
    type->function->args = ARENA_ARRAY(x->arena, 2, struct meta_type *);
    if (a)
        type->function->args[type->function->nargs++] = a;
    if (b)
        type->function->args[type->function->nargs++] = b;
    type->function->ret = type->function->inner_ret = ret;
    return type;
}

static inline void describe(struct fixture *x, const char *key, struct meta_type *type) {
    map_put(&x->descriptors.described, str_from(key), NULL)->value.ptr = type;
}

/* Records. */
static inline struct meta_Export *add_export(struct fixture *x, size_t program, const char *name) {
    struct meta_Export_list *list = &x->programs[program].exports;
    struct meta_Export *items = ARENA_ARRAY(x->arena, list->len + 1, struct meta_Export);
    if (list->len)
        memcpy(items, list->items, list->len * sizeof *items);
    list->items = items;
    struct meta_Export *made = &items[list->len++];
    made->function.name = str_from(name);
    made->method_kind.tag = META_MethodKind_Operation;
    return made;
}

static inline struct meta_Import *add_record(struct fixture *x, size_t program, const char *name,
                                             const char *shim) {
    struct meta_Import_list *list = &x->programs[program].imports;
    struct meta_Import *items = ARENA_ARRAY(x->arena, list->len + 1, struct meta_Import);
    if (list->len)
        memcpy(items, list->items, list->len * sizeof *items);
    list->items = items;
    struct meta_Import *made = &items[list->len++];
    made->kind.tag = META_ImportKind_Function;
    made->kind.Function.function.name = str_from(name);
    made->kind.Function.shim = str_from(shim);
    return made;
}

static inline struct meta_Struct *add_struct(struct fixture *x, size_t program, const char *name) {
    struct meta_Struct_list *list = &x->programs[program].structs;
    struct meta_Struct *items = ARENA_ARRAY(x->arena, list->len + 1, struct meta_Struct);
    if (list->len)
        memcpy(items, list->items, list->len * sizeof *items);
    list->items = items;
    struct meta_Struct *made = &items[list->len++];
    made->name = str_from(name);
    return made;
}

static inline const Str *opt_str(struct fixture *x, const char *text) {
    Str *made = ARENA_NEW(x->arena, Str);
    *made = str_from(text);
    return made;
}

static inline struct meta_str_list list_of(struct fixture *x, const char *a, const char *b) {
    struct meta_str_list list = {ARENA_ARRAY(x->arena, 2, Str), 0};
    list.items[list.len++] = str_from(a);
    if (b)
        list.items[list.len++] = str_from(b);
    return list;
}

#endif
