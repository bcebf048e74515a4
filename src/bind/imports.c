#include "bind/imports.h"

#include "bind/intrinsics.h"
#include "bind/origins.h"
#include "bind/signature.h"

Str bind_reason(struct arena *arena, Str title, Str why) {
    bool is_part = str_starts(why, STR("argument ")) || str_starts(why, STR("result: "));
    return str_format(arena, "%.*s%s%.*s", STR_ARG(title), is_part ? ", " : ": ", STR_ARG(why));
}

/* The path as in JavaScript: `console.log`. */
static Str import_title(const struct bind_context *cx, const struct meta_Import *record,
                        const struct bind_import *import) {
    Str path = import->member;
    if (import->origin.nnames) {
        Str last = import->origin.names[import->origin.nnames - 1];
        struct meta_str_list before = {import->origin.names, import->origin.nnames - 1};
        Str dotted = STR("");
        for (size_t i = 0; i < before.len; i++)
            dotted = str_format(cx->arena, "%.*s%.*s.", STR_ARG(dotted), STR_ARG(before.items[i]));
        path = str_format(cx->arena, "%.*s%.*s%s%.*s", STR_ARG(dotted), STR_ARG(last),
                          import->member.len ? "." : "", STR_ARG(import->member));
    }
    const struct meta_ImportModule *module = record->module;
    if (!module || module->tag != META_ImportModule_RawNamed || import->kind == BIND_IMPORT_INTRINSIC)
        return str_format(cx->arena, "import `%.*s`", STR_ARG(path));
    return str_format(cx->arena, "import `%.*s` from `%.*s`", STR_ARG(path), STR_ARG(module->RawNamed));
}

/* What each kind takes besides variable arguments: the least and the largest number of parameters. */
static const struct {
    enum bind_import_kind kind;
    size_t least, most;
    const char *what;
} ARITIES[] = {
    {BIND_IMPORT_METHOD, 1, SIZE_MAX, "a method"},
    {BIND_IMPORT_GETTER, 1, 1, "a getter"},
    {BIND_IMPORT_SETTER, 2, 2, "a setter"},
    {BIND_IMPORT_STATIC_GETTER, 0, 0, "a static getter"},
    {BIND_IMPORT_STATIC_SETTER, 1, 1, "a static setter"},
    {BIND_IMPORT_INDEX_GET, 2, 2, "an indexing getter"},
    {BIND_IMPORT_INDEX_SET, 3, 3, "an indexing setter"},
    {BIND_IMPORT_INDEX_DELETE, 2, 2, "an indexing deleter"},
};

static bool check_arity(const struct bind_context *cx, const struct bind_import *import, Str *why) {
    for (size_t i = 0; i < sizeof ARITIES / sizeof *ARITIES; i++) {
        if (ARITIES[i].kind != import->kind)
            continue;
        bool indexes = import->kind >= BIND_IMPORT_INDEX_GET && import->kind <= BIND_IMPORT_INDEX_DELETE;
        size_t n = import->sig.nparams + (indexes && import->is_static);
        if (n >= ARITIES[i].least && n <= ARITIES[i].most)
            return true;
        *why = str_format(cx->arena, "%s with %zu arguments does not exist", ARITIES[i].what,
                          import->sig.nparams);
        return false;
    }
    struct bind_signature raw;
    if (import->kind == BIND_IMPORT_INTRINSIC && bind_intrinsic_raw(cx, import->intrinsic, &raw) &&
        raw.nparams != import->sig.nparams) {
        *why = STR("the intrinsic has another number of arguments");
        return false;
    }
    return true;
}

/* Operations on a class: their kind and member. */
static bool set_operation(const struct meta_ImportFunction *record, const struct meta_Operation *op,
                          struct bind_import *out, Str *why) {
    static const enum bind_import_kind KINDS[][2] = {
        [META_OperationKind_Regular] = {BIND_IMPORT_METHOD, BIND_IMPORT_STATIC_METHOD},
        [META_OperationKind_Getter] = {BIND_IMPORT_GETTER, BIND_IMPORT_STATIC_GETTER},
        [META_OperationKind_Setter] = {BIND_IMPORT_SETTER, BIND_IMPORT_STATIC_SETTER},
        [META_OperationKind_IndexingGetter] = {BIND_IMPORT_INDEX_GET, BIND_IMPORT_INDEX_GET},
        [META_OperationKind_IndexingSetter] = {BIND_IMPORT_INDEX_SET, BIND_IMPORT_INDEX_SET},
        [META_OperationKind_IndexingDeleter] = {BIND_IMPORT_INDEX_DELETE, BIND_IMPORT_INDEX_DELETE},
        [META_OperationKind_RegularThis] = {BIND_IMPORT_FUNCTION, BIND_IMPORT_FUNCTION},
    };
    out->kind = KINDS[op->kind.tag][op->is_static];
    out->structural = record->structural;
    out->is_static = op->is_static;
    out->member = record->function.name;
    if (op->kind.tag == META_OperationKind_Getter)
        out->member = op->kind.Getter;
    else if (op->kind.tag == META_OperationKind_Setter)
        out->member = op->kind.Setter;
    if (out->kind != BIND_IMPORT_FUNCTION)
        return true;
    *why = STR("imports that receive `this` are not supported");
    return false;
}

/* Members looked up on the object itself never mention their class. */
static bool needs_origin(const struct bind_import *import) {
    switch (import->kind) {
    case BIND_IMPORT_METHOD:
    case BIND_IMPORT_GETTER:
    case BIND_IMPORT_SETTER:
        return !import->structural;
    case BIND_IMPORT_INDEX_GET:
    case BIND_IMPORT_INDEX_SET:
    case BIND_IMPORT_INDEX_DELETE:
        return import->is_static;
    default:
        return true;
    }
}

static bool is_intrinsic(const struct meta_Import *record) {
    return record->module && record->module->tag == META_ImportModule_RawNamed &&
           str_eq(record->module->RawNamed, STR(META_PLACEHOLDER)) && !record->kind.Function.method;
}

static bool set_intrinsic(const struct meta_ImportFunction *record, struct bind_import *out, Str *why) {
    out->kind = BIND_IMPORT_INTRINSIC;
    out->member = record->function.name;
    out->intrinsic = bind_intrinsic_named(record->function.name);
    *why = out->intrinsic == BIND_INTRINSIC_NONE ? STR("the intrinsic is not known: a newer crate?")
                                                 : bind_intrinsic_refused(out->intrinsic);
    return !why->len;
}

/* Everything about a function import that does not depend on its types. */
static bool set_shape(const struct bind_context *cx, const struct meta_Import *record,
                      struct bind_import *out, Str *why) {
    const struct meta_ImportFunction *function = &record->kind.Function;
    out->catches = function->catch;
    if (is_intrinsic(record))
        return set_intrinsic(function, out, why);
    bool fits = true;
    Str item = function->function.name;
    if (function->method) {
        item = function->method->class;
        out->kind = BIND_IMPORT_CONSTRUCTOR;
        if (function->method->kind.tag == META_MethodKind_Operation)
            fits = set_operation(function, &function->method->kind.Operation, out, why);
    }
    Str where = {0};
    bool found = bind_origin_of(cx, record, item, &out->origin, &where);
    if (!fits || found || !needs_origin(out))
        return fits;
    *why = where;
    return false;
}

/* What a constructor returns is no view of what it is given. */
static bool may_return_param(const struct bind_import *import) {
    bool calls = import->kind == BIND_IMPORT_FUNCTION || import->kind == BIND_IMPORT_METHOD ||
                 import->kind == BIND_IMPORT_STATIC_METHOD || import->kind == BIND_IMPORT_IDENTITY;
    for (size_t i = 0; calls && i < import->sig.nparams; i++)
        if (bind_is_view(import->sig.params[i].value.type))
            return true;
    return false;
}

void bind_slot_first(const struct bind_context *cx, struct bind_import *import) {
    struct bind_value *result = &import->sig.result;
    if (!cx->b->externref || result->type->kind != BIND_VALUE || !may_return_param(import))
        return;
    import->slot_first = true;
    result->words[0].role = BIND_WORD_PLAIN;
}

static bool set_signature(const struct bind_context *cx, const struct meta_Import *record,
                          const struct meta_signature *signature, struct bind_import *out, Str *why) {
    static struct meta_type promise = {.kind = META_EXTERNREF};
    const struct meta_ImportFunction *function = &record->kind.Function;
    struct meta_signature actual = *signature;
    if (function->suspending) {
        *why = STR("suspending imports are not supported yet");
        return false;
    }
    if (function->function.asyncness)
        actual.ret = &promise; /* docs/upstream/descriptors.md 8: what crosses is always the promise */
    if (!bind_signature_build(cx, &actual, &function->function, false, &out->sig, why))
        return false;
    out->sig.variadic = function->variadic && out->sig.nparams;
    bind_slot_first(cx, out);
    return check_arity(cx, out, why) && bind_signature_matches(cx, &out->sig, false, out->func, why);
}

void bind_give_up(struct bind_import *import, Str reason) {
    import->unsupported = reason;
    import->kind = BIND_IMPORT_FUNCTION;
    import->intrinsic = BIND_INTRINSIC_NONE;
    import->sig = (struct bind_signature){.result = {.type = &bind_unit, .incoming = true}};
}

void bind_import_function(struct bind_context *cx, const struct meta_Import *record, Str name, uint32_t func,
                          const struct meta_signature *signature) {
    struct bind_import *import = bind_add_import(cx, name, func);
    Str why;
    bool fits = set_shape(cx, record, import, &why);
    if (fits && set_signature(cx, record, signature, import, &why))
        return;
    bind_give_up(import, bind_reason(cx->arena, import_title(cx, record, import), why));
}

static bool bind_function(struct bind_context *cx, const struct meta_Import *record) {
    const struct meta_ImportFunction *function = &record->kind.Function;
    if (function->generic_per_mono) {
        struct bind_template *template = ARENA_NEW(cx->arena, struct bind_template);
        *template = (struct bind_template){cx->program, record};
        bool added;
        struct map_entry *entry = map_put(&cx->templates, function->shim, &added);
        if (added)
            entry->value.ptr = template;
        bind_take_descriptor(cx, function->shim);
        return true;
    }
    uint32_t func = bind_find_import(cx, function->shim);
    const struct meta_type *type = func == WASM_NONE ? NULL : bind_take_descriptor(cx, function->shim);
    if (!type)
        return true;
    if (type->kind != META_FUNCTION)
        return diag_fail(cx->diag, "the descriptor of import `%.*s` is no function", STR_ARG(function->shim));
    bind_import_function(cx, record, function->shim, func, type->function);
    return true;
}

static void bind_fixed(struct bind_context *cx, const struct meta_Import *record, struct bind_import *import,
                       Str item, const struct meta_signature *signature) {
    Str why;
    if (import->kind != BIND_IMPORT_TEXT && !bind_origin_of(cx, record, item, &import->origin, &why))
        bind_give_up(import, bind_reason(cx->arena, import_title(cx, record, import), why));
    else if (!bind_signature_build(cx, signature, NULL, false, &import->sig, &why) ||
             !bind_signature_matches(cx, &import->sig, false, import->func, &why))
        bind_give_up(import, bind_reason(cx->arena, import_title(cx, record, import), why));
}

static void bind_static(struct bind_context *cx, const struct meta_Import *record) {
    const struct meta_ImportStatic *item = &record->kind.Static;
    uint32_t func = bind_find_import(cx, item->shim);
    const struct meta_type *type = func == WASM_NONE ? NULL : bind_take_descriptor(cx, item->shim);
    if (!type)
        return;
    struct meta_type result = *type;
    struct bind_import *import = bind_add_import(cx, item->shim, func);
    import->kind = BIND_IMPORT_STATIC;
    bind_fixed(cx, record, import, item->name, &(struct meta_signature){.ret = &result});
}

static void bind_text(struct bind_context *cx, const struct meta_Import *record) {
    static struct meta_type value = {.kind = META_EXTERNREF};
    const struct meta_ImportString *item = &record->kind.String;
    uint32_t func = bind_find_import(cx, item->shim);
    if (func == WASM_NONE || map_find(&cx->bound, item->shim))
        return;
    struct bind_import *import = bind_add_import(cx, item->shim, func);
    import->kind = BIND_IMPORT_TEXT;
    import->member = item->string;
    bind_fixed(cx, record, import, (Str){0}, &(struct meta_signature){.ret = &value});
}

static void bind_instanceof(struct bind_context *cx, const struct meta_Import *record) {
    static struct meta_type value = {.kind = META_EXTERNREF}, boolean = {.kind = META_BOOLEAN};
    static struct meta_type borrowed = {.kind = META_REF, .inner = &value};
    static struct meta_type *args[] = {&borrowed};
    const struct meta_ImportType *item = &record->kind.Type;
    uint32_t func = bind_find_import(cx, item->instanceof_shim);
    if (func == WASM_NONE || map_find(&cx->bound, item->instanceof_shim))
        return;
    struct bind_import *import = bind_add_import(cx, item->instanceof_shim, func);
    import->kind = BIND_IMPORT_INSTANCEOF;
    bind_fixed(cx, record, import, item->name,
               &(struct meta_signature){.args = args, .nargs = 1, .ret = &boolean});
}

static bool bind_one(struct bind_context *cx, const struct meta_Import *record) {
    if (record->reexport)
        return diag_fail(cx->diag, "the re-export `%.*s` of an import is not supported yet",
                         STR_ARG(*record->reexport));
    switch (record->kind.tag) {
    case META_ImportKind_Function:
        return bind_function(cx, record);
    case META_ImportKind_Static:
        bind_static(cx, record);
        return true;
    case META_ImportKind_String:
        bind_text(cx, record);
        return true;
    case META_ImportKind_Type:
        bind_instanceof(cx, record);
        return true;
    case META_ImportKind_Enum:
    case META_ImportKind_DynamicUnion:
    default:
        return true; /* matter only where a type names them */
    }
}

/* What the source says, as far as the metadata keeps it. */
static Str link_text(struct bind_context *cx, const struct meta_ImportModule *module) {
    if (module->tag == META_ImportModule_Inline)
        return str_format(cx->arena, "`link_to!(inline_js = …)` in the crate `%.*s`",
                          STR_ARG(cx->program->unique_crate_identifier));
    Str path = module->tag == META_ImportModule_Named ? module->Named : module->RawNamed;
    return str_format(cx->arena, "`link_to!` of `%.*s`", STR_ARG(path));
}

/* A link function returns the URL of a module: not implemented, so only an error if it is called. */
static void bind_links(struct bind_context *cx) {
    for (size_t i = 0; i < cx->program->linked_modules.len; i++) {
        const struct meta_LinkedModule *link = &cx->program->linked_modules.items[i];
        uint32_t func = bind_find_import(cx, link->link_function_name);
        if (func == WASM_NONE || map_find(&cx->bound, link->link_function_name))
            continue;
        Str text = link_text(cx, &link->module);
        bind_add_import(cx, link->link_function_name, func)->unsupported =
            str_format(cx->arena, "%.*s is not supported yet", STR_ARG(text));
    }
}

bool bind_imports(struct bind_context *cx) {
    bind_note_prefixes(cx);
    bind_links(cx);
    for (size_t i = 0; i < cx->program->imports.len; i++)
        if (!bind_one(cx, &cx->program->imports.items[i]))
            return false;
    return true;
}
