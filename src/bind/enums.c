#include "bind/enums.h"

#include "bind/definitions.h"
#include "bind/symbol.h"

/* The number that a descriptor of 0.2.130 says instead of the module's path: 32-bit FNV-1a
 * (descriptors.md 6.10). */
static uint32_t path_hash(Str path) {
    uint32_t hash = 0x811C9DC5;
    for (size_t i = 0; i < path.len; i++)
        hash = (hash ^ (uint8_t)path.ptr[i]) * 0x01000193u;
    return hash;
}

/* The key of an enum in cx->enums. */
static Str enum_key(const struct bind_context *cx, bool is_text, Str crate, uint32_t module, Str name) {
    const char *kind = is_text ? "text" : "number";
    if (cx->release >= 130)
        return str_format(cx->arena, "%s\n%.*s\n%x\n%.*s", kind, STR_ARG(crate), module, STR_ARG(name));
    if (cx->release >= 128 && !is_text)
        return str_format(cx->arena, "%s\n%.*s\n%.*s", kind, STR_ARG(crate), STR_ARG(name));
    return str_format(cx->arena, "%s\n%.*s", kind, STR_ARG(name));
}

static bool declare(struct bind_context *cx, const struct meta_Program *program, Str key_name,
                    struct bind_enum *one) {
    bool added;
    Str key = enum_key(cx, one->is_text, program->unique_crate_identifier, path_hash(program->module_path),
                       key_name);
    struct map_entry *entry = map_put(&cx->enums, key, &added);
    if (!added)
        return diag_fail(cx->diag, "enum `%.*s` is defined more than once", STR_ARG(key_name));
    entry->value.ptr = one;
    one->index = cx->b->enums.len;
    vec_push(cx->arena, &cx->b->enums, one);
    return true;
}

static bool refuse_namespace(const struct bind_context *cx, Str name, const struct meta_str_list *ns) {
    if (!ns || !ns->len)
        return true;
    return diag_fail(cx->diag, "enum `%.*s`: namespaces of exports are not supported yet", STR_ARG(name));
}

/* A discriminant as JavaScript knows it: up to 0.2.95 never negative. */
static int64_t number(const struct meta_Enum *record, uint32_t value) {
    return record->signed_ ? (int32_t)value : (int64_t)value;
}

static bool declare_numbers(struct bind_context *cx, const struct meta_Program *program,
                            const struct meta_Enum *record) {
    struct bind_enum *one = ARENA_NEW(cx->arena, struct bind_enum);
    one->name = bind_definition_name(cx, record, record->name);
    one->docs = record->comments.items;
    one->ndocs = record->comments.len;
    one->is_signed = record->signed_;
    one->generate_ts = record->generate_typescript;
    one->is_private = record->private;
    one->nconstants = record->variants.len;
    one->constants = ARENA_ARRAY(cx->arena, one->nconstants, struct bind_constant);
    for (size_t i = 0; i < one->nconstants; i++) {
        const struct meta_EnumVariant *variant = &record->variants.items[i];
        one->constants[i] = (struct bind_constant){variant->name, number(record, variant->value),
                                                   variant->comments.items, variant->comments.len};
    }
    return refuse_namespace(cx, record->name, record->js_namespace) &&
           declare(cx, program, record->name, one);
}

static void set_texts(const struct bind_context *cx, struct bind_enum *one, const Str *texts, size_t n) {
    one->nconstants = n;
    one->constants = ARENA_ARRAY(cx->arena, n, struct bind_constant);
    for (size_t i = 0; i < n; i++)
        one->constants[i] = (struct bind_constant){.name = texts[i], .value = (int64_t)i};
}

/* Up to 0.2.92 such an enum crosses as any value, and its record is empty; 0.2.93 has the texts in
 * descriptors. */
static bool declare_texts(struct bind_context *cx, const struct meta_Program *program,
                          const struct meta_StringEnum *record) {
    if (cx->release < 94)
        return true;
    struct bind_enum *one = ARENA_NEW(cx->arena, struct bind_enum);
    one->is_text = true;
    one->name = bind_definition_name(cx, record, record->name);
    one->docs = record->comments.items;
    one->ndocs = record->comments.len;
    one->generate_ts = record->generate_typescript || cx->release == 95;
    one->is_private = record->private;
    set_texts(cx, one, record->variant_values.items, record->variant_values.len);
    return refuse_namespace(cx, record->name, record->js_namespace) &&
           declare(cx, program, record->name, one);
}

static bool declare_program(struct bind_context *cx, const struct meta_Program *program) {
    for (size_t i = 0; i < program->enums.len; i++)
        if (!declare_numbers(cx, program, &program->enums.items[i]))
            return false;
    for (size_t i = 0; i < program->imports.len; i++) {
        const struct meta_ImportKind *kind = &program->imports.items[i].kind;
        if (kind->tag == META_ImportKind_Enum && !declare_texts(cx, program, &kind->Enum))
            return false;
    }
    return true;
}

bool bind_enums_declare(struct bind_context *cx) {
    for (size_t p = 0; p < cx->programs->len; p++)
        if (!declare_program(cx, &cx->programs->items[p]))
            return false;
    return true;
}

/* The enum that a descriptor of 0.2.93 spells out; the same for each of its descriptors. */
static struct bind_enum *spelled_out(const struct bind_context *cx, const struct meta_type *type) {
    for (size_t i = 0; i < cx->b->enums.len; i++)
        if (cx->b->enums.items[i]->is_text && str_eq(cx->b->enums.items[i]->name, type->name))
            return cx->b->enums.items[i];
    struct bind_enum *one = ARENA_NEW(cx->arena, struct bind_enum);
    one->is_text = one->generate_ts = true;
    one->name = type->name;
    set_texts(cx, one, type->variants, type->count);
    one->index = cx->b->enums.len;
    vec_push(cx->arena, &cx->b->enums, one);
    return one;
}

bool bind_enum_of(const struct bind_context *cx, const struct meta_type *type, struct bind_enum **out,
                  Str *why) {
    bool is_text = type->kind == META_STRING_ENUM;
    Str key = enum_key(cx, is_text, type->crate, type->module_hash, type->name);
    const struct map_entry *found = map_find(&cx->enums, key);
    *out = found ? found->value.ptr : type->variants ? spelled_out(cx, type) : NULL;
    if (!*out && type->name.len)
        *why =
            str_format(cx->arena, "the enum `%.*s` is not known: no record defines it", STR_ARG(type->name));
    else if (is_text && (!*out || (*out)->nconstants != type->count))
        *why = str_format(cx->arena, "the string enum `%.*s` has not as many texts as its record",
                          STR_ARG(type->name));
    else
        return true;
    return false;
}
