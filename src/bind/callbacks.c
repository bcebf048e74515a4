#include "bind/callbacks.h"

#include "bind/imports.h"
#include "bind/signature.h"
#include "wasm/lookup.h"

/* The innermost reference decides whether the callback may be entered again while it runs. */
static const struct meta_type *strip_references(const struct meta_type *type, bool *exclusive) {
    *exclusive = false;
    for (; type->kind == META_REF || type->kind == META_REFMUT; type = type->inner)
        *exclusive = type->kind == META_REFMUT;
    return type;
}

bool bind_is_callback(const struct meta_type *type) {
    bool ignored;
    enum meta_kind kind = strip_references(type, &ignored)->kind;
    return kind == META_FUNCTION || kind == META_CLOSURE;
}

static uint32_t table_entry(const struct bind_context *cx, uint32_t index) {
    uint32_t table = wasm_function_table(cx->m);
    return table == WASM_NONE ? WASM_NONE : wasm_table_entry(cx->m, table, index);
}

static bool same_signature(const struct meta_signature *a, const struct meta_signature *b) {
    if (a->nargs != b->nargs || !meta_type_equal(a->ret, b->ret))
        return false;
    for (size_t i = 0; i < a->nargs; i++)
        if (!meta_type_equal(a->args[i], b->args[i]))
            return false;
    return true;
}

/* All that bindings.callbacks points to are of this kind. */
struct known_callback {
    struct bind_callback callback;
    const struct meta_signature *function;
};

/* One function may be the target of several signatures: the linker folds equal code. */
static struct bind_callback *find_callback(const struct bind_context *cx, uint32_t func,
                                           const struct meta_signature *function) {
    for (size_t i = 0; i < cx->b->callbacks.len; i++) {
        struct known_callback *known = (struct known_callback *)cx->b->callbacks.items[i];
        if (known->callback.target.func == func && same_signature(known->function, function))
            return &known->callback;
    }
    return NULL;
}

static struct bind_callback *add_callback(const struct bind_context *cx, uint32_t func,
                                          const struct meta_signature *function, Str *why) {
    struct known_callback *known = ARENA_NEW(cx->arena, struct known_callback);
    struct bind_callback *made = &known->callback;
    known->function = function;
    made->target = (struct bind_export){.member = BIND_INVOKE, .func = func};
    if (!bind_signature_build(cx, function, NULL, true, &made->target.sig, why)) {
        *why = str_format(cx->arena, "the callback's %.*s", STR_ARG(*why));
        return NULL;
    }
    if (!bind_signature_matches(cx, &made->target.sig, bind_leading_words(&made->target), func, why))
        return NULL;
    made->index = cx->b->callbacks.len;
    vec_push(cx->arena, &cx->b->callbacks, made);
    return made;
}

/* Up to 0.2.114 each type has a function (a, b) of its own that frees what the callback consists of. */
static struct bind_function *find_destroy(const struct bind_context *cx, uint32_t index, Str *why) {
    uint32_t func = table_entry(cx, index);
    const struct wasm_functype *type = func == WASM_NONE ? NULL : wasm_func_type(cx->m, func);
    if (!type || type->nparams != 2 || type->params[0] != WASM_I32 || type->params[1] != WASM_I32 ||
        type->nresults) {
        *why = STR("its destructor is missing from the function table or has another type");
        return NULL;
    }
    for (size_t i = 0; i < cx->b->functions.len; i++)
        if (cx->b->functions.items[i]->func == func)
            return cx->b->functions.items[i];
    struct bind_function *made = ARENA_NEW(cx->arena, struct bind_function);
    made->func = func;
    vec_push(cx->arena, &cx->b->functions, made);
    return made;
}

static bool set_life(const struct bind_context *cx, const struct meta_type *closure, struct bind_type *out,
                     Str *why) {
    out->exclusive = closure->is_mutable;
    out->life = closure->owned ? BIND_LIFE_COUNTED : BIND_LIFE_LENT;
    if (!closure->owned || cx->release >= 115)
        return true;
    out->destroy = find_destroy(cx, closure->dtor, why);
    return out->destroy;
}

bool bind_callback_type(const struct bind_context *cx, const struct meta_type *type, struct bind_type *out,
                        Str *why) {
    bool exclusive;
    const struct meta_type *core = strip_references(type, &exclusive);
    *out = (struct bind_type){.kind = BIND_CALLBACK, .life = BIND_LIFE_CALL, .exclusive = exclusive};
    if (core->kind == META_CLOSURE && !set_life(cx, core, out, why))
        return false;
    uint32_t func = table_entry(cx, core->function->shim);
    if (func == WASM_NONE) {
        *why = STR("the callback's function is missing from the function table");
        return false;
    }
    out->callback = find_callback(cx, func, core->function);
    if (!out->callback)
        out->callback = add_callback(cx, func, core->function, why);
    return out->callback;
}

#define MARKER "__wbindgen_describe_closure"

/* (a, b, table index of the descriptor) → handle */
static bool check_marker(const struct bind_context *cx, uint32_t marker) {
    const struct wasm_functype *type = marker == WASM_NONE ? NULL : wasm_func_type(cx->m, marker);
    if (type && type->nparams == 3 && type->params[0] == WASM_I32 && type->params[1] == WASM_I32 &&
        type->params[2] == WASM_I32 && type->nresults == 1 && type->results[0] == WASM_I32)
        return true;
    return diag_fail(cx->diag, "the import `" MARKER "` has an unexpected type");
}

static bool build_maker(const struct bind_context *cx, const struct meta_type *closure,
                        struct bind_signature *sig, Str *why) {
    static struct meta_type value = {.kind = META_EXTERNREF};
    struct meta_type *copy = ARENA_NEW(cx->arena, struct meta_type);
    *copy = *closure;
    struct meta_signature function = {.args = &copy, .nargs = 1, .ret = &value, .inner_ret = &value};
    return bind_signature_build(cx, &function, NULL, false, sig, why);
}

static void bind_maker(struct bind_context *cx, const struct meta_generic *maker, uint32_t marker) {
    uint32_t caller = maker->funcs[0];
    Str name = str_format(cx->arena, "__wbindgen_closure_wrapper%u", caller), why;
    struct bind_import *import = bind_add_import(cx, name, marker);
    struct bind_detour detour = {caller, marker, (uint32_t)(cx->b->imports.len - 1)};
    vec_push(cx->arena, &cx->b->edits.detours, detour);
    import->kind = BIND_IMPORT_IDENTITY;
    if (!build_maker(cx, maker->type, &import->sig, &why)) {
        Str title = str_format(cx->arena, "closure `%.*s`", STR_ARG(meta_type_text(cx->arena, maker->type)));
        bind_give_up(import, bind_reason(cx->arena, title, why));
    }
}

bool bind_callback_makers(struct bind_context *cx) {
    uint32_t marker = bind_find_import(cx, STR(MARKER));
    if (cx->descriptors->closures.len && !check_marker(cx, marker))
        return false;
    for (size_t i = 0; i < cx->descriptors->closures.len; i++)
        bind_maker(cx, &cx->descriptors->closures.items[i], marker);
    return true;
}
