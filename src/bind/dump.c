/* Bindings as text: one line per item, a type with its words in brackets.
 *
 *   export function sum(data: array<f64> [i32 i32]) -> f64 [f64], wasm `sum`
 *
 * Roles of words: `ref` an owned reference, `&ref` a borrowed one; `@8` the offset in the result record. */
#include "bind/bindings.h"

static const char *const KIND_NAMES[] = {
    [BIND_UNIT] = "unit",       [BIND_BOOL] = "bool",
    [BIND_I8] = "i8",           [BIND_U8] = "u8",
    [BIND_I16] = "i16",         [BIND_U16] = "u16",
    [BIND_I32] = "i32",         [BIND_U32] = "u32",
    [BIND_I64] = "i64",         [BIND_U64] = "u64",
    [BIND_I128] = "i128",       [BIND_U128] = "u128",
    [BIND_F32] = "f32",         [BIND_F64] = "f64",
    [BIND_ENUM] = "enum",       [BIND_STRING_ENUM] = "string enum",
    [BIND_CHAR] = "char",       [BIND_POINTER] = "pointer",
    [BIND_NONNULL] = "nonnull", [BIND_STRING] = "string",
    [BIND_ARRAY] = "array",     [BIND_VALUE] = "value",
    [BIND_OBJECT] = "object",   [BIND_CALLBACK] = "callback",
};

static const char *const ACCESS_NAMES[] = {
    [BIND_OWNED] = "", [BIND_BORROWED] = "&", [BIND_BORROWED_MUT] = "&mut "};

static const char *const LIVES[] = {
    [BIND_LIFE_CALL] = "passing", [BIND_LIFE_COUNTED] = "counted", [BIND_LIFE_LENT] = "lent"};

static void dump_core(const struct bind_type *type, struct buf *out) {
    buf_printf(out, "%s%s%s", ACCESS_NAMES[type->access], type->clamped ? "clamped " : "",
               type->cached ? "cached " : "");
    if (type->kind == BIND_OBJECT)
        buf_str(out, type->class->name);
    else if (type->enumeration)
        buf_printf(out, "%s %.*s", KIND_NAMES[type->kind], STR_ARG(type->enumeration->name));
    else if (type->kind == BIND_CALLBACK)
        buf_printf(out, "%s%s callback %zu", type->exclusive ? "exclusive " : "", LIVES[type->life],
                   type->callback->index);
    else if (type->kind == BIND_VALUE && type->ts.len)
        buf_printf(out, "value `%.*s`", STR_ARG(type->ts));
    else
        buf_printf(out, "%s", KIND_NAMES[type->kind]);
}

static void dump_absent(const struct bind_type *type, struct buf *out) {
    if (type->absent == BIND_ABSENT_WORD)
        buf_printf(out, " or word %lld", (long long)type->absent_word);
    else if (type->absent != BIND_ALWAYS)
        buf_printf(out, " or %s", type->absent == BIND_ABSENT_FLAG ? "flag" : "zero");
}

static void dump_type(const struct bind_type *type, struct buf *out) {
    dump_core(type, out);
    if (type->kind == BIND_ARRAY) {
        buf_printf(out, type->cells ? " of cells<" : type->direct ? " of addresses<" : "<");
        dump_core(type->element, out);
        buf_printf(out, ">");
    }
    dump_absent(type, out);
}

static void dump_value(const struct bind_value *value, bool record, struct buf *out) {
    static const char *const ROLES[] = {
        [BIND_WORD_PLAIN] = NULL, [BIND_WORD_REF_OWNED] = "ref", [BIND_WORD_REF_BORROWED] = "&ref"};
    dump_type(value->type, out);
    for (unsigned i = 0; i < value->nwords; i++) {
        const struct bind_word *word = &value->words[i];
        buf_printf(out, "%s%s", i ? " " : " [",
                   ROLES[word->role] ? ROLES[word->role] : bind_word_name(word->type));
        if (record)
            buf_printf(out, "@%u", word->offset);
    }
    if (value->nwords)
        buf_printf(out, "]");
}

static void dump_signature(const struct bind_signature *sig, struct buf *out) {
    bool record = sig->how == BIND_RETURN_RECORD || sig->how == BIND_RETURN_MULTI;
    buf_printf(out, "(");
    for (size_t i = 0; i < sig->nparams; i++) {
        const struct bind_param *param = &sig->params[i];
        buf_printf(out, "%s%s", i ? ", " : "", sig->variadic && i + 1 == sig->nparams ? "..." : "");
        if (param->name.len)
            buf_printf(out, "%.*s: ", STR_ARG(param->name));
        dump_value(&param->value, false, out);
    }
    buf_printf(out, ") -> %s", sig->promise ? "promise of " : "");
    dump_value(&sig->result, record, out);
    if (sig->fallible)
        buf_printf(out, " or error@%u is_error@%u", sig->error_offset, sig->is_error_offset);
    if (record)
        buf_printf(out, " through %s of %u bytes", sig->how == BIND_RETURN_MULTI ? "results" : "record",
                   sig->record_size);
}

static void dump_class(const struct bind_class *class, struct buf *out) {
    buf_printf(out, "class %.*s, free `%.*s`%s%s%s%s\n", STR_ARG(class->name), STR_ARG(class->free_name),
               class->free_delayed ? " delayed" : "", class->has_constructor ? ", constructor" : "",
               class->is_private ? ", private" : "", class->is_inspectable ? ", inspectable" : "");
}

static void dump_export(const struct bind_export *e, struct buf *out) {
    static const char *const MEMBERS[] = {
        [BIND_FUNCTION] = "function", [BIND_CONSTRUCTOR] = "constructor", [BIND_METHOD] = "method",
        [BIND_GETTER] = "getter",     [BIND_SETTER] = "setter",
    };
    buf_printf(out, "export %s%s%s%s%s ", e->hidden ? "hidden " : "", e->start ? "start " : "",
               e->is_static ? "static " : "", e->is_field ? "field " : "", MEMBERS[e->member]);
    if (e->class)
        buf_printf(out, "%.*s.", STR_ARG(e->class->name));
    buf_str(out, e->name);
    dump_signature(&e->sig, out);
    buf_printf(out, "%s, wasm `%.*s`\n", e->consumes ? ", consumes" : "", STR_ARG(e->wasm_name));
}

static void dump_callback(const struct bind_callback *callback, struct buf *out) {
    buf_printf(out, "callback %zu", callback->index);
    dump_signature(&callback->target.sig, out);
    buf_byte(out, '\n');
}

static void dump_origin(const struct bind_origin *origin, struct buf *out) {
    for (size_t i = 0; i < origin->nnames; i++)
        buf_printf(out, "%s%.*s", i ? "." : "", STR_ARG(origin->names[i]));
    if (origin->place == BIND_MODULE)
        buf_printf(out, " from \"%.*s\"", STR_ARG(origin->module));
}

static const char *const INTRINSIC_NAMES[] = {
    "",
#define INTRINSIC(name, raw) #name,
#include "bind/intrinsics.def"
#undef INTRINSIC
};

static void dump_target(const struct bind_import *import, struct buf *out) {
    dump_origin(&import->origin, out);
    if (import->kind == BIND_IMPORT_INTRINSIC)
        buf_printf(out, "%s", INTRINSIC_NAMES[import->intrinsic]);
    else if (import->kind == BIND_IMPORT_TEXT)
        buf_printf(out, "\"%.*s\"", STR_ARG(import->member));
    else if (import->member.len)
        buf_printf(out, "%s%.*s", import->origin.nnames ? " ." : ".", STR_ARG(import->member));
    if (import->class)
        buf_str(out, import->class->name);
}

static void dump_import(const struct bind_import *import, struct buf *out) {
    static const char *const KINDS[] = {
        [BIND_IMPORT_FUNCTION] = "function",
        [BIND_IMPORT_CONSTRUCTOR] = "constructor",
        [BIND_IMPORT_METHOD] = "method",
        [BIND_IMPORT_STATIC_METHOD] = "static method",
        [BIND_IMPORT_GETTER] = "getter",
        [BIND_IMPORT_SETTER] = "setter",
        [BIND_IMPORT_STATIC_GETTER] = "static getter",
        [BIND_IMPORT_STATIC_SETTER] = "static setter",
        [BIND_IMPORT_INDEX_GET] = "index get",
        [BIND_IMPORT_INDEX_SET] = "index set",
        [BIND_IMPORT_INDEX_DELETE] = "index delete",
        [BIND_IMPORT_INSTANCEOF] = "instanceof",
        [BIND_IMPORT_STATIC] = "static",
        [BIND_IMPORT_TEXT] = "text",
        [BIND_IMPORT_INTRINSIC] = "intrinsic",
        [BIND_IMPORT_IDENTITY] = "conversion",
        [BIND_IMPORT_WRAP] = "wrap",
        [BIND_IMPORT_UNWRAP] = "unwrap",
        [BIND_IMPORT_INIT_TABLE] = "init table",
    };
    buf_printf(out, "import %s", import->dead ? "dead " : "");
    if (import->unsupported.len) {
        buf_printf(out, "unsupported: %.*s, wasm `%.*s`\n", STR_ARG(import->unsupported),
                   STR_ARG(import->wasm_name));
        return;
    }
    buf_printf(out, "%s%s%s ", import->structural ? "structural " : "", import->catches ? "catching " : "",
               KINDS[import->kind]);
    dump_target(import, out);
    dump_signature(&import->sig, out);
    buf_printf(out, "%s%s, wasm `%.*s`\n",
               import->slot_first       ? ", handle before the call"
               : import->result_is_view ? ", result is a view"
                                        : "",
               import->release_if_moved ? ", releases what it moves" : "", STR_ARG(import->wasm_name));
}

void bind_dump(const struct bindings *b, struct buf *out) {
    buf_printf(out, "mode %s, multi-value %s, handles from %u, first dynamic %u\n",
               b->externref ? "externref" : "heap", b->multi_value ? "on" : "off", b->handle_base,
               b->statics_end);
    for (size_t i = 0; i < b->classes.len; i++)
        dump_class(b->classes.items[i], out);
    for (size_t i = 0; i < b->exports.len; i++)
        dump_export(&b->exports.items[i], out);
    for (size_t i = 0; i < b->callbacks.len; i++)
        dump_callback(b->callbacks.items[i], out);
    for (size_t i = 0; i < b->imports.len; i++)
        dump_import(&b->imports.items[i], out);
    for (size_t i = 0; i < b->snippets.len; i++)
        buf_printf(out, "snippet %.*s, %zu bytes\n", STR_ARG(b->snippets.items[i].path),
                   b->snippets.items[i].content.len);
    for (size_t i = 0; i < b->ts_sections.len; i++)
        buf_printf(out, "typescript section, %zu bytes\n", b->ts_sections.items[i].len);
    if (b->main_func != WASM_NONE)
        buf_printf(out, "main\n");
}
