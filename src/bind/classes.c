#include "bind/classes.h"

#include "bind/definitions.h"
#include "bind/exports.h"
#include "bind/imports.h"
#include "bind/signature.h"
#include "bind/symbol.h"

/* The key of a class in cx->classes. */
static Str class_key(const struct bind_context *cx, Str crate, Str name) {
    return cx->release >= 128 ? str_format(cx->arena, "%.*s\n%.*s", STR_ARG(crate), STR_ARG(name)) : name;
}

struct bind_class *bind_class_find(const struct bind_context *cx, Str crate, Str name) {
    const struct map_entry *found = map_find(&cx->classes, class_key(cx, crate, name));
    return found ? found->value.ptr : NULL;
}

static bool refuse(const struct bind_context *cx, const struct meta_Struct *record) {
    const char *what = NULL;
    if (record->js_namespace && record->js_namespace->len)
        what = "namespaces of exports are";
    else if (record->extends || record->extends_js_class)
        what = "class inheritance (`extends`) is";
    if (!what)
        return true;
    return diag_fail(cx->diag, "class `%.*s`: %s not supported yet", STR_ARG(record->name), what);
}

/* One parameter, one result: the shape of the imports that wrap and unwrap. */
static void unary(const struct bind_context *cx, struct bind_import *import, const struct bind_type *param,
                  const struct bind_type *result) {
    struct bind_signature *sig = &import->sig;
    sig->params = ARENA_NEW(cx->arena, struct bind_param);
    sig->nparams = 1;
    sig->params->value = bind_value_of(param, false, cx->b->externref, true);
    sig->result = bind_value_of(result, true, cx->b->externref, true);
    bind_signature_layout(sig, false, false);
    Str why;
    if (!bind_signature_matches(cx, sig, false, import->func, &why))
        bind_give_up(
            import,
            bind_reason(cx->arena, str_format(cx->arena, "import `%.*s`", STR_ARG(import->wasm_name)), why));
}

/* Adds the import under its canonical name, following the class; under its own if another import has that
 * one. */
static struct bind_import *add_wrapper(struct bind_context *cx, const struct meta_Program *program,
                                       Str symbol, const struct bind_class *class, const char *what) {
    Str name = bind_mangled(cx->arena, cx->release, program, bind_class_function(cx->arena, symbol, what));
    uint32_t func = bind_find_import(cx, name);
    if (func == WASM_NONE || map_find(&cx->bound, name))
        return NULL;
    struct bind_import *import = bind_add_import(cx, name, func);
    import->class = class;
    Str canonical = bind_class_function(cx->arena, class->name, what);
    if (cx->release >= 128 && bind_find_import(cx, canonical) == WASM_NONE)
        import->wasm_name = canonical;
    return import;
}

/* The imports by which Rust turns an instance into a JavaScript value and back (intrinsics.md 6). */
static void bind_wrappers(struct bind_context *cx, const struct meta_Program *program, Str symbol,
                          const struct bind_class *class) {
    const struct bind_type *address = bind_type_simple(cx->arena, BIND_POINTER, BIND_OWNED);
    struct bind_import *wrap = add_wrapper(cx, program, symbol, class, "new");
    if (wrap) {
        wrap->kind = BIND_IMPORT_WRAP;
        unary(cx, wrap, address, bind_type_simple(cx->arena, BIND_VALUE, BIND_OWNED));
    }
    struct bind_import *unwrap = add_wrapper(cx, program, symbol, class, "unwrap");
    if (unwrap) {
        unwrap->kind = BIND_IMPORT_UNWRAP;
        unwrap->release_if_moved = cx->release <= 105;
        unary(cx, unwrap, bind_type_simple(cx->arena, BIND_VALUE, BIND_BORROWED), address);
    }
}

static void add_key(struct bind_context *cx, const struct meta_Program *program, Str name,
                    struct bind_class *class) {
    bool added;
    struct map_entry *entry =
        map_put(&cx->classes, class_key(cx, program->unique_crate_identifier, name), &added);
    if (added)
        entry->value.ptr = class;
}

/* A record whose `free` is not in the module was not linked in: nothing can make an instance of it. */
static bool declare_class(struct bind_context *cx, const struct meta_Program *program,
                          const struct meta_Struct *record) {
    Str symbol = bind_class_symbol(cx->arena, cx->release, record);
    Str canonical = bind_class_function(cx->arena, symbol, "free");
    Str mangled = bind_mangled(cx->arena, cx->release, program, canonical);
    uint32_t free_func = bind_find_export(cx, mangled);
    if (free_func == WASM_NONE || bind_class_find(cx, program->unique_crate_identifier, symbol))
        return true;
    struct bind_class *class = ARENA_NEW(cx->arena, struct bind_class);
    if (!refuse(cx, record))
        return false;
    class->name = bind_definition_name(cx, record, record->name);
    class->docs = record->comments.items;
    class->ndocs = record->comments.len;
    bool same = str_eq(class->name, record->name);
    class->free_name = same ? canonical : bind_class_function(cx->arena, class->name, "free");
    class->free_func = free_func;
    class->free_delayed = cx->release >= 93;
    class->declares_dispose = cx->release >= 104;
    class->generate_ts = record->generate_typescript;
    class->is_private = record->private;
    class->is_inspectable = record->is_inspectable;
    class->sorts_properties = cx->release >= 107; /* docs/upstream/abi.md 8 */
    class->index = cx->b->classes.len;
    vec_push(cx->arena, &cx->b->classes, class);
    add_key(cx, program, symbol, class);
    bind_wrappers(cx, program, symbol, class);
    return bind_rename_export(cx, mangled, class->free_name);
}

/* Other names by which records of older releases call a class (wire-format.md 9.1). */
static void declare_aliases(struct bind_context *cx, const struct meta_Program *program,
                            const struct meta_Struct *record) {
    Str symbol = bind_class_symbol(cx->arena, cx->release, record);
    struct bind_class *class = bind_class_find(cx, program->unique_crate_identifier, symbol);
    if (!class || cx->release >= 128)
        return;
    if (record->rust_name.len)
        add_key(cx, program, record->rust_name, class);
    add_key(cx, program, record->name, class);
}

bool bind_classes_declare(struct bind_context *cx) {
    for (size_t p = 0; p < cx->programs->len; p++)
        for (size_t i = 0; i < cx->programs->items[p].structs.len; i++)
            if (!declare_class(cx, &cx->programs->items[p], &cx->programs->items[p].structs.items[i]))
                return false;
    for (size_t p = 0; p < cx->programs->len; p++)
        for (size_t i = 0; i < cx->programs->items[p].structs.len; i++)
            declare_aliases(cx, &cx->programs->items[p], &cx->programs->items[p].structs.items[i]);
    return true;
}

/* The getter or setter of a field; both are made from the getter's descriptor. */
static bool bind_accessor(struct bind_context *cx, const struct bind_class *class,
                          const struct meta_Struct *record, const struct meta_StructField *field,
                          struct meta_type *type, bool is_getter) {
    const char *what = is_getter ? "get" : "set";
    Str symbol = bind_class_symbol(cx->arena, cx->release, record);
    Str mangled = bind_mangled(cx->arena, cx->release, cx->program,
                               bind_field_symbol(cx->arena, cx->release, symbol, what, field->name));
    Str final = bind_field_symbol(
        cx->arena, cx->release, str_eq(class->name, record->name) ? symbol : class->name, what, field->name);
    struct meta_type unit = {.kind = META_UNIT};
    struct meta_signature function = {.args = &type, .nargs = !is_getter, .ret = is_getter ? type : &unit};
    struct bind_export accessor = {
        .member = is_getter ? BIND_GETTER : BIND_SETTER,
        .is_field = true,
        .class = class,
        .name = field->name,
        .wasm_name = final,
        .docs = field->comments.items,
        .ndocs = field->comments.len,
        .generate_ts = field->generate_typescript,
        .generate_jsdoc = field->generate_jsdoc,
    };
    return bind_add_export(cx, mangled, &accessor, &function, NULL);
}

static bool bind_field(struct bind_context *cx, const struct bind_class *class,
                       const struct meta_Struct *record, const struct meta_StructField *field) {
    Str symbol = bind_class_symbol(cx->arena, cx->release, record);
    Str getter = bind_field_symbol(cx->arena, cx->release, symbol, "get", field->name);
    const struct meta_type *type =
        bind_take_descriptor(cx, bind_mangled(cx->arena, cx->release, cx->program, getter));
    if (!type)
        return true;
    struct meta_type *shared = ARENA_NEW(cx->arena, struct meta_type);
    *shared = *type;
    return bind_accessor(cx, class, record, field, shared, true) &&
           (field->readonly || bind_accessor(cx, class, record, field, shared, false));
}

bool bind_classes_fields(struct bind_context *cx) {
    for (size_t i = 0; i < cx->program->structs.len; i++) {
        const struct meta_Struct *record = &cx->program->structs.items[i];
        const struct bind_class *class = bind_class_find(cx, cx->program->unique_crate_identifier,
                                                         bind_class_symbol(cx->arena, cx->release, record));
        for (size_t k = 0; class && k < record->fields.len; k++)
            if (!bind_field(cx, class, record, &record->fields.items[k]))
                return false;
    }
    return true;
}
