/* Type trees compared, and as text for people. Trees are at most as deep as the decoder allows. */
#include "base/buf.h"
#include "meta/descriptor.h"

static bool types_equal(struct meta_type *const *a, struct meta_type *const *b, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!meta_type_equal(a[i], b[i]))
            return false;
    return true;
}

static bool names_equal(const Str *a, const Str *b, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!str_eq(a[i], b[i]))
            return false;
    return true;
}

static bool signatures_equal(const struct meta_signature *a, const struct meta_signature *b) {
    return a->shim == b->shim && a->nargs == b->nargs && types_equal(a->args, b->args, a->nargs) &&
           meta_type_equal(a->ret, b->ret) && meta_type_equal(a->inner_ret, b->inner_ret);
}

/* Members that a kind does not use are zero in both. */
static bool same_numbers(const struct meta_type *a, const struct meta_type *b) {
    return a->kind == b->kind && a->clamped == b->clamped && a->hole == b->hole && a->count == b->count &&
           a->module_hash == b->module_hash && a->seq_mode == b->seq_mode && a->is_mutable == b->is_mutable &&
           a->owned == b->owned && a->dtor == b->dtor;
}

static bool same_shape(const struct meta_type *a, const struct meta_type *b) {
    return !a->inner == !b->inner && !a->function == !b->function && !a->members == !b->members &&
           !a->variants == !b->variants;
}

bool meta_type_equal(const struct meta_type *a, const struct meta_type *b) {
    if (!same_numbers(a, b) || !same_shape(a, b) || !str_eq(a->name, b->name) || !str_eq(a->crate, b->crate))
        return false;
    if (a->inner && !meta_type_equal(a->inner, b->inner))
        return false;
    if (a->function && !signatures_equal(a->function, b->function))
        return false;
    return (!a->members || types_equal(a->members, b->members, a->count)) &&
           (!a->variants || names_equal(a->variants, b->variants, a->count));
}

/* By kind; with $ for the inner type, @ for the name. */
static const char *const patterns[] = {
    [META_I8] = "i8",
    [META_U8] = "u8",
    [META_I16] = "i16",
    [META_U16] = "u16",
    [META_I32] = "i32",
    [META_U32] = "u32",
    [META_I64] = "i64",
    [META_U64] = "u64",
    [META_I64_AS_F64] = "isize",
    [META_U64_AS_F64] = "usize",
    [META_I128] = "i128",
    [META_U128] = "u128",
    [META_F32] = "f32",
    [META_F64] = "f64",
    [META_BOOLEAN] = "bool",
    [META_FUNCTION] = "fn",
    [META_CLOSURE] = "Closure",
    [META_CACHED_STRING] = "CachedString",
    [META_STRING] = "String",
    [META_REF] = "&$",
    [META_REFMUT] = "&mut $",
    [META_LONGREF] = "&$",
    [META_SLICE] = "[$]",
    [META_VECTOR] = "Vec<$>",
    [META_EXTERNREF] = "JsValue",
    [META_NAMED_EXTERNREF] = "JsValue as @",
    [META_ENUM] = "enum @",
    [META_STRING_ENUM] = "string enum @",
    [META_DYNAMIC_UNION] = "union @",
    [META_RUST_STRUCT] = "struct @",
    [META_CHAR] = "char",
    [META_OPTIONAL] = "Option<$>",
    [META_RESULT] = "Result<$>",
    [META_UNIT] = "()",
    [META_CLAMPED] = "Clamped<$>",
    [META_NONNULL] = "NonNull",
    [META_RAW_POINTER] = "pointer",
    [META_SEQ_MODE] = "SeqMode<$>",
    [META_NULLABLE] = "Nullable<$>",
};

static void print_type(struct buf *out, const struct meta_type *type, int depth);

static void print_signature(struct buf *out, const struct meta_signature *s, int depth) {
    buf_byte(out, '(');
    for (size_t i = 0; i < s->nargs; i++) {
        buf_str(out, i ? STR(", ") : STR(""));
        print_type(out, s->args[i], depth);
    }
    buf_byte(out, ')');
    if (s->ret->kind != META_UNIT) {
        buf_str(out, STR(" -> "));
        print_type(out, s->ret, depth);
    }
}

/* A closure's flags: what descriptors.md 9 makes of its words. */
static void print_closure(struct buf *out, const struct meta_type *type) {
    buf_str(out, type->owned ? STR("<") : STR("<borrowed "));
    buf_str(out, type->is_mutable ? STR("FnMut>") : STR("Fn>"));
}

static void print_type(struct buf *out, const struct meta_type *type, int depth) {
    if (depth > 100) {
        buf_str(out, STR("…"));
        return;
    }
    if (type->clamped)
        buf_str(out, STR("clamped "));
    for (const char *p = patterns[type->kind]; *p; p++) {
        if (*p == '$')
            print_type(out, type->inner, depth + 1);
        else if (*p == '@')
            buf_str(out, type->name);
        else
            buf_byte(out, (uint8_t)*p);
    }
    if (type->kind == META_CLOSURE)
        print_closure(out, type);
    if (type->function)
        print_signature(out, type->function, depth + 1);
}

Str meta_type_text(struct arena *arena, const struct meta_type *type) {
    struct buf out = {.limit = 4096};
    print_type(&out, type, 0);
    Str text = out.overflow ? STR("a very long type") : buf_copy(arena, &out);
    buf_free(&out);
    return text;
}
