#include "bind/exports.h"

#include "bind/classes.h"
#include "bind/signature.h"
#include "bind/symbol.h"

/* What an error calls the export: `name`, `Class.name`. */
static Str export_title(const struct bind_context *cx, const struct bind_export *e) {
    if (e->member == BIND_CONSTRUCTOR)
        return str_format(cx->arena, "constructor of `%.*s`", STR_ARG(e->class->name));
    if (!e->class)
        return str_format(cx->arena, "export `%.*s`", STR_ARG(e->name));
    return str_format(cx->arena, "export `%.*s.%.*s`", STR_ARG(e->class->name), STR_ARG(e->name));
}

static bool fail_export(const struct bind_context *cx, const struct bind_export *e, Str why) {
    Str title = export_title(cx, e);
    return diag_fail(cx->diag, "%.*s, %.*s", STR_ARG(title), STR_ARG(why));
}

/* A constructor's result becomes `this`: only an instance of its class can. */
static bool constructor_fits(const struct bind_export *e) {
    const struct bind_type *result = e->sig.result.type;
    return e->member != BIND_CONSTRUCTOR ||
           (result->kind == BIND_OBJECT && result->absent == BIND_ALWAYS && result->class == e->class);
}

/* A getter has no parameter and a setter one in JavaScript, also where that is of type () in Rust, which has
 * no words. */
static bool accessor_fits(const struct bind_context *cx, const struct meta_signature *function,
                          struct bind_export *e) {
    struct bind_signature *sig = &e->sig;
    if (e->member == BIND_SETTER && sig->nparams == 0 && function->nargs == 1) {
        sig->params = ARENA_NEW(cx->arena, struct bind_param);
        const struct bind_type *unit = bind_type_simple(cx->arena, BIND_UNIT, BIND_OWNED);
        sig->params->value = bind_value_of(unit, true, cx->b->externref, true);
        sig->nparams = 1;
    }
    return (e->member != BIND_GETTER || sig->nparams == 0) &&
           (e->member != BIND_SETTER || (sig->nparams == 1 && !sig->variadic));
}

bool bind_add_export(struct bind_context *cx, Str mangled, const struct bind_export *shape,
                     const struct meta_signature *function, const struct meta_Function *record) {
    struct bind_export e = *shape;
    Str why;
    e.func = bind_find_export(cx, mangled);
    if (e.func == WASM_NONE)
        return fail_export(
            cx, &e,
            STR("the symbol is missing from the module's exports: perhaps several exports have its name"));
    if (!bind_signature_build(cx, function, record, true, &e.sig, &why) ||
        !bind_signature_matches(cx, &e.sig, bind_leading_words(&e), e.func, &why))
        return fail_export(cx, &e, why);
    if (!accessor_fits(cx, function, &e))
        return fail_export(cx, &e,
                           e.member == BIND_GETTER ? STR("a getter takes no arguments")
                                                   : STR("a setter takes exactly one argument"));
    if (!constructor_fits(&e))
        return fail_export(cx, &e, STR("a constructor must return its class: use a static method instead"));
    if (!bind_rename_export(cx, mangled, e.wasm_name))
        return false;
    vec_push(cx->arena, &cx->b->exports, e);
    return true;
}

/* Export.class finds its struct by different names in different releases. */
static struct bind_class *find_class(const struct bind_context *cx, const struct meta_Export *record) {
    Str name = *record->class;
    if (cx->release >= 122)
        name = bind_qualified(cx->arena, record->js_namespace, "__", name);
    return bind_class_find(cx, cx->program->unique_crate_identifier, name);
}

static void set_member(const struct meta_Export *record, struct bind_export *e) {
    const struct meta_MethodKind *kind = &record->method_kind;
    e->name = record->function.name;
    if (!record->class)
        return;
    if (kind->tag == META_MethodKind_Constructor) {
        e->member = BIND_CONSTRUCTOR;
        e->name = STR("constructor");
        return;
    }
    e->is_static = kind->Operation.is_static;
    e->consumes = record->consumed;
    e->member = BIND_METHOD;
    if (kind->Operation.kind.tag == META_OperationKind_Getter) {
        e->member = BIND_GETTER;
        e->name = kind->Operation.kind.Getter;
    } else if (kind->Operation.kind.tag == META_OperationKind_Setter) {
        e->member = BIND_SETTER;
        e->name = kind->Operation.kind.Setter;
    }
}

static const char *refused_feature(const struct meta_Export *record) {
    const struct meta_MethodKind *kind = &record->method_kind;
    if (record->js_namespace && record->js_namespace->len)
        return "namespaces of exports are not supported yet";
    if (record->function.jspi)
        return "`jspi` exports are not supported yet";
    if (kind->tag == META_MethodKind_Operation && kind->Operation.kind.tag == META_OperationKind_RegularThis)
        return "functions that receive `this` are not supported yet";
    return NULL;
}

static void note_start(struct bind_context *cx, const struct meta_Export *record, struct bind_export *e) {
    if (record->start == META_StartKind_None)
        return;
    e->start = true;
    e->hidden = record->start == META_StartKind_Private;
    cx->start_found = true;
}

/* The export's name in the output; of a class that was given a number it follows the class. */
static Str final_symbol(const struct bind_context *cx, const struct meta_Export *record, Str canonical,
                        const struct bind_class *class) {
    if (!class || cx->release < 128 || str_eq(class->name, *record->class))
        return canonical;
    struct meta_Export renamed = *record;
    renamed.class = &class->name;
    return bind_export_symbol(cx->arena, cx->release, &renamed);
}

static bool bind_one(struct bind_context *cx, const struct meta_Export *record) {
    Str canonical = bind_export_symbol(cx->arena, cx->release, record);
    Str mangled = bind_mangled(cx->arena, cx->release, cx->program, canonical);
    struct bind_class *class = record->class ? find_class(cx, record) : NULL;
    Str final = final_symbol(cx, record, canonical, class);
    const struct meta_type *type = bind_take_descriptor(cx, mangled);
    if (!type)
        return bind_rename_export(cx, mangled, final);
    struct bind_export e = {
        .class = class,
        .wasm_name = final,
        .docs = record->comments.items,
        .ndocs = record->comments.len,
        .generate_ts = record->function.generate_typescript,
        .generate_jsdoc = record->function.generate_jsdoc,
    };
    set_member(record, &e);
    if (record->class && !class)
        return diag_fail(cx->diag, "export `%.*s` belongs to the class `%.*s`, which no record defines",
                         STR_ARG(record->function.name), STR_ARG(*record->class));
    const char *refused = refused_feature(record);
    if (refused || type->kind != META_FUNCTION)
        return fail_export(cx, &e, refused ? str_from(refused) : STR("its descriptor is no function"));
    note_start(cx, record, &e);
    if (!bind_add_export(cx, mangled, &e, type->function, &record->function))
        return false;
    if (e.member == BIND_CONSTRUCTOR)
        class->has_constructor = true;
    if (e.start)
        vec_push(cx->arena, &cx->b->starts, bind_find_export(cx, mangled));
    return true;
}

bool bind_exports(struct bind_context *cx) {
    for (size_t i = 0; i < cx->program->exports.len; i++)
        if (!bind_one(cx, &cx->program->exports.items[i]))
            return false;
    return true;
}

static bool is_bound(const struct bind_context *cx, uint32_t func) {
    for (size_t i = 0; i < cx->b->exports.len; i++)
        if (cx->b->exports.items[i].func == func)
            return true;
    return false;
}

static bool is_main_type(const struct wasm_functype *type) {
    return type->nparams == 2 && type->params[0] == WASM_I32 && type->params[1] == WASM_I32 &&
           type->nresults == 1 && type->results[0] == WASM_I32;
}

/* 0.2.84 had no export to go by: the function's name. */
static uint32_t find_main_by_name(const struct bind_context *cx) {
    for (uint32_t id = 0; id < cx->m->funcs.len; id++)
        if (cx->m->funcs.items[id].def == WASM_DEFINED && str_eq(cx->m->funcs.items[id].name, STR("main")))
            return id;
    return WASM_NONE;
}

void bind_find_main(struct bind_context *cx) {
    cx->b->main_func = WASM_NONE;
    if (cx->start_found)
        return;
    uint32_t func = bind_find_export(cx, STR("main"));
    if (func == WASM_NONE && cx->release == 84)
        func = find_main_by_name(cx);
    if (func != WASM_NONE && is_main_type(wasm_func_type(cx->m, func)) && !is_bound(cx, func))
        cx->b->main_func = func;
}
