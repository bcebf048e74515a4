/* Finds the functions that describe types, runs them, decodes what they print (docs/upstream/descriptors.md
 * 1-3, 9.2, 10). */
#include "meta/descriptor.h"
#include "meta/interp.h"
#include "meta/markers.h"
#include "meta/section.h"
#include "wasm/lookup.h"

#define PREFIX STR("__wbindgen_describe_")
#define SKIP_LIST STR("__wbindgen_skip_interpret_calls")
#define PLACEHOLDER STR(META_PLACEHOLDER)

struct describer {
    struct wasm_module *m;
    int release;
    struct interp *interp;
    struct meta_descriptors *out;
    bool *called;        /* by function: a marker it calls has been found */
    struct map imports;  /* of functions from the placeholder module, by name → function */
    struct map exports;  /* names of the exported functions that describe nothing */
    struct map groups;   /* words of a cast or generic import → index into out->casts */
    VEC(uint32_t) slots; /* table indices of the functions that described closures */
};

static bool fail_kind(const struct wasm_import *import, struct diag *diag) {
    return diag_fail(diag, "the import `%.*s` of module `%.*s` is not a function", STR_ARG(import->name),
                     STR_ARG(import->module));
}

/* Only functions may be imported from the placeholder module. */
static bool check_kinds(const struct wasm_module *m, struct diag *diag) {
#define CHECK(array, type)                                                                                   \
    for (size_t i = 0; i < m->array.len; i++) {                                                              \
        const struct type *entity = &m->array.items[i];                                                      \
        if (entity->def == WASM_IMPORTED && str_eq(entity->import->module, PLACEHOLDER))                     \
            return fail_kind(entity->import, diag);                                                          \
    }
    CHECK(tables, wasm_table)
    CHECK(memories, wasm_memory)
    CHECK(globals, wasm_global)
    CHECK(tags, wasm_tag)
#undef CHECK
    return true;
}

static bool same_type(const struct wasm_module *m, uint32_t f, uint32_t g) {
    const struct wasm_functype *a = wasm_func_type(m, f), *b = wasm_func_type(m, g);
    return a->nparams == b->nparams && a->nresults == b->nresults &&
           !memcmp(a->params, b->params, a->nparams) && !memcmp(a->results, b->results, a->nresults);
}

/* Code generation units may import the same name each on their own; the first one stands for all. */
static bool merge_imports(struct wasm_module *m, struct map *names, struct diag *diag) {
    for (uint32_t i = 0; i < m->funcs.len; i++) {
        const struct wasm_func *f = &m->funcs.items[i];
        bool added;
        if (f->def != WASM_IMPORTED || !str_eq(f->import->module, PLACEHOLDER))
            continue;
        struct map_entry *entry = map_put(names, f->import->name, &added);
        if (added)
            entry->value.num = i;
        else if (!same_type(m, (uint32_t)entry->value.num, i))
            return diag_fail(diag, "the import `%.*s` is declared with two different types",
                             STR_ARG(f->import->name));
        else
            wasm_func_alias(m, i, (uint32_t)entry->value.num);
    }
    return true;
}

static bool describe_export(struct describer *d, const struct wasm_export *export, struct diag *diag) {
    struct interp_result result;
    Str key = str_slice(export->name, PREFIX.len, export->name.len);
    if (!interp_run(d->interp, export->id, &result, diag))
        return false;
    if (result.stopped || result.closure)
        return diag_fail(diag, "it contains the marker of a conversion or closure");
    struct meta_type *type = meta_decode_type(d->m->arena, d->release, result.words, result.nwords, diag);
    if (type)
        map_put(&d->out->described, key, NULL)->value.ptr = type;
    return type != NULL;
}

static bool describes(const struct wasm_export *export) {
    return export->kind == WASM_FUNC && str_starts(export->name, PREFIX);
}

static void note_exports(struct describer *d) {
    for (vec_each(struct wasm_export, export, &d->m->exports))
        if (export->kind == WASM_FUNC && !describes(export))
            map_put(&d->exports, export->name, NULL);
}

/* A module that links web-sys describes thousands of functions of which it imports a few: the others are not
 * run, as nothing can ask for them. */
static bool is_wanted(const struct describer *d, const struct wasm_export *export) {
    Str key = str_slice(export->name, PREFIX.len, export->name.len);
    return map_find(&d->imports, key) || map_find(&d->exports, key);
}

static bool describe_exports(struct describer *d, struct diag *diag) {
    note_exports(d);
    for (size_t i = 0; i < d->m->exports.len; i++) {
        const struct wasm_export *export = &d->m->exports.items[i];
        if (describes(export) && is_wanted(d, export) && !describe_export(d, export, diag))
            return diag_context(diag, "reading the type descriptor of `%.*s`",
                                STR_ARG(str_slice(export->name, PREFIX.len, export->name.len)));
    }
    return true;
}

/* The group of these words, new if there is none yet. */
static struct meta_generic *find_group(struct describer *d, const struct interp_result *result,
                                       struct diag *diag) {
    bool added;
    Str bytes = {(const char *)result->words, result->nwords * sizeof *result->words};
    struct map_entry *entry = map_find(&d->groups, bytes);
    if (entry)
        return &d->out->casts.items[entry->value.num];
    struct meta_generic generic = {.nfuncs = 0};
    generic.type =
        meta_decode_generic(d->m->arena, d->release, result->words, result->nwords, &generic.key, diag);
    if (!generic.type)
        return NULL;
    entry = map_put(&d->groups, str_copy(d->m->arena, bytes), &added);
    entry->value.num = d->out->casts.len;
    return vec_push(d->m->arena, &d->out->casts, generic);
}

/* Adds a function; the array's capacity is the next power of two. */
static void add_func(struct arena *arena, struct meta_generic *generic, uint32_t func) {
    if ((generic->nfuncs & (generic->nfuncs - 1)) == 0) {
        uint32_t *funcs = ARENA_ARRAY(arena, generic->nfuncs ? generic->nfuncs * 2 : 1, uint32_t);
        if (generic->nfuncs)
            memcpy(funcs, generic->funcs, generic->nfuncs * sizeof *funcs);
        generic->funcs = funcs;
    }
    generic->funcs[generic->nfuncs++] = func;
}

static bool describe_cast(struct describer *d, uint32_t func, struct diag *diag) {
    struct interp_result result;
    if (!interp_run(d->interp, func, &result, diag))
        return false;
    if (!result.stopped)
        return diag_fail(diag, "it ends without reaching its marker");
    struct meta_generic *generic = find_group(d, &result, diag);
    if (!generic)
        return false;
    if (generic->nfuncs && !same_type(d->m, generic->funcs[0], func))
        return diag_fail(diag, "functions %u and %u describe the same types and differ in type",
                         generic->funcs[0], func);
    add_func(d->m->arena, generic, func);
    return true;
}

/* Up to 0.2.101: the constructor tells the table index of a function that prints the closure's type. */
static bool describe_closure(struct describer *d, uint32_t func, struct diag *diag) {
    struct interp_result result;
    struct meta_generic closure = {.nfuncs = 0};
    uint32_t table = wasm_function_table(d->m);
    if (!interp_run(d->interp, func, &result, diag))
        return false;
    if (!result.closure)
        return diag_fail(diag, "it ends without reaching its marker");
    uint32_t index = result.closure_index;
    uint32_t describe = table == WASM_NONE ? WASM_NONE : wasm_table_entry(d->m, table, index);
    if (describe == WASM_NONE)
        return diag_fail(diag, "no function is at index %u of the function table", index);
    if (!interp_run(d->interp, describe, &result, diag))
        return false;
    closure.type = meta_decode_type(d->m->arena, d->release, result.words, result.nwords, diag);
    if (!closure.type)
        return false;
    if (closure.type->kind != META_CLOSURE)
        return diag_fail(diag, "a closure is not described as one");
    add_func(d->m->arena, &closure, func);
    vec_push(d->m->arena, &d->out->closures, closure);
    vec_push(d->m->arena, &d->slots, index);
    return true;
}

/* Only when all constructors were read: several may name one slot. */
static void clear_slots(struct describer *d) {
    uint32_t table = wasm_function_table(d->m);
    for (vec_each(uint32_t, slot, &d->slots))
        wasm_table_clear(d->m, table, *slot);
}

/* A function stands for one conversion or closure. */
static bool note_caller(struct describer *d, uint32_t func, struct diag *diag) {
    if (d->called[func])
        return diag_fail(diag, "it contains more than one marker call");
    return d->called[func] = true;
}

static bool describe_callers(struct describer *d, Str marker,
                             bool (*describe)(struct describer *, uint32_t, struct diag *),
                             struct diag *diag) {
    struct meta_callers callers;
    if (!meta_find_callers(d->m, PLACEHOLDER, marker, &callers, diag))
        return false;
    for (vec_each(uint32_t, func, &callers.funcs))
        if (!note_caller(d, *func, diag) || !describe(d, *func, diag)) {
            Str name = d->m->funcs.items[*func].name;
            return diag_context(diag, "reading the types of function %u%s%.*s%s, which calls `%.*s`", *func,
                                name.len ? " `" : "", STR_ARG(name), name.len ? "`" : "", STR_ARG(marker));
        }
    return true;
}

static bool is_descriptor(const struct wasm_export *export, void *context) {
    (void)context;
    return describes(export) || (export->kind == WASM_FUNC && str_eq(export->name, SKIP_LIST));
}

static bool describe_all(struct describer *d, struct diag *diag) {
    return merge_imports(d->m, &d->imports, diag) && describe_exports(d, diag) &&
           describe_callers(d, STR("__wbindgen_describe_closure"), describe_closure, diag) &&
           describe_callers(d, STR("__wbindgen_describe_cast"), describe_cast, diag) &&
           describe_callers(d, STR("__wbindgen_describe_generic_import"), describe_cast, diag);
}

bool meta_describe(struct wasm_module *m, const struct meta_version *version, struct meta_descriptors *out,
                   struct diag *diag) {
    *out = (struct meta_descriptors){.described = {.arena = m->arena}};
    map_init(&out->described, m->arena);
    if (!check_kinds(m, diag))
        return false;
    struct describer d = {.m = m, .release = version->release, .out = out};
    d.interp = interp_new(m);
    d.called = ARENA_ARRAY(m->arena, m->funcs.len, bool);
    struct map *maps[] = {&d.imports, &d.exports, &d.groups};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        map_init(maps[i], m->arena);
    bool ok = d.interp && describe_all(&d, diag);
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        map_free(maps[i]);
    interp_free(d.interp);
    if (!ok) {
        map_free(&out->described);
        return false;
    }
    clear_slots(&d);
    wasm_export_remove(m, is_descriptor, NULL);
    return true;
}
