/* Streams of words → type trees (docs/upstream/descriptors.md 5, 6, 9.6). Sticky: after the first failure
 * every read gives nothing and the reason stays. */
#include "meta/descriptor.h"

#define NOW META_NEWEST

enum { MAX_DEPTH = 64 };

/* What follows a constant. */
enum operands {
    LEAF,
    WRAPPER,
    CLAMP,
    SEQUENCE,
    NAMED,
    STRUCTURE,
    ENUMERATION,
    STRINGS,
    UNION,
    SIGNATURE,
    CLOSURE
};

/* The constants in the order of their numbers: a release numbers those that it has from 0. By enum meta_kind.
 */
static const struct constant {
    const char *name;
    enum operands operands;
    int since;
} constants[] = {
    [META_I8] = {"I8", LEAF, 84},
    [META_U8] = {"U8", LEAF, 84},
    [META_I16] = {"I16", LEAF, 84},
    [META_U16] = {"U16", LEAF, 84},
    [META_I32] = {"I32", LEAF, 84},
    [META_U32] = {"U32", LEAF, 84},
    [META_I64] = {"I64", LEAF, 84},
    [META_U64] = {"U64", LEAF, 84},
    [META_I64_AS_F64] = {"I64_AS_F64", LEAF, 119},
    [META_U64_AS_F64] = {"U64_AS_F64", LEAF, 119},
    [META_I128] = {"I128", LEAF, 96},
    [META_U128] = {"U128", LEAF, 96},
    [META_F32] = {"F32", LEAF, 84},
    [META_F64] = {"F64", LEAF, 84},
    [META_BOOLEAN] = {"BOOLEAN", LEAF, 84},
    [META_FUNCTION] = {"FUNCTION", SIGNATURE, 84},
    [META_CLOSURE] = {"CLOSURE", CLOSURE, 84},
    [META_CACHED_STRING] = {"CACHED_STRING", LEAF, 84},
    [META_STRING] = {"STRING", LEAF, 84},
    [META_REF] = {"REF", WRAPPER, 84},
    [META_REFMUT] = {"REFMUT", WRAPPER, 84},
    [META_LONGREF] = {"LONGREF", WRAPPER, 84},
    [META_SLICE] = {"SLICE", WRAPPER, 84},
    [META_VECTOR] = {"VECTOR", WRAPPER, 84},
    [META_EXTERNREF] = {"EXTERNREF", LEAF, 84},
    [META_NAMED_EXTERNREF] = {"NAMED_EXTERNREF", NAMED, 84},
    [META_ENUM] = {"ENUM", ENUMERATION, 84},
    [META_STRING_ENUM] = {"STRING_ENUM", STRINGS, 93},
    [META_DYNAMIC_UNION] = {"DYNAMIC_UNION", UNION, 121},
    [META_RUST_STRUCT] = {"RUST_STRUCT", STRUCTURE, 84},
    [META_CHAR] = {"CHAR", LEAF, 84},
    [META_OPTIONAL] = {"OPTIONAL", WRAPPER, 84},
    [META_RESULT] = {"RESULT", WRAPPER, 84},
    [META_UNIT] = {"UNIT", LEAF, 84},
    [META_CLAMPED] = {"CLAMPED", CLAMP, 84},
    [META_NONNULL] = {"NONNULL", LEAF, 92},
    [META_RAW_POINTER] = {"RAW_POINTER", LEAF, 119},
    [META_SEQ_MODE] = {"SEQ_MODE", SEQUENCE, 130},
    [META_NULLABLE] = {"NULLABLE", WRAPPER, 130},
};
enum { CONSTANTS = sizeof constants / sizeof *constants };

struct decoder {
    struct arena *arena;
    int release;
    const uint32_t *words;
    size_t len, at;
    int depth;
    Str reason; /* empty: no failure yet */
};

static void fail(struct decoder *d, const char *reason) {
    if (!d->reason.len)
        d->reason = str_format(d->arena, "%s at word %zu of %zu", reason, d->at, d->len);
}

static uint32_t next_word(struct decoder *d) {
    if (d->reason.len)
        return 0;
    if (d->at < d->len)
        return d->words[d->at++];
    fail(d, "the descriptor ends too early");
    return 0;
}

/* A number of things that take at least one word each. */
static uint32_t next_count(struct decoder *d) {
    uint32_t count = next_word(d);
    if (count <= d->len - d->at)
        return count;
    fail(d, "a count is larger than the descriptor");
    return 0;
}

static bool next_flag(struct decoder *d) {
    uint32_t flag = next_word(d);
    if (flag > 1)
        fail(d, "a flag is neither 0 nor 1");
    return flag == 1;
}

/* descriptors.md 6.2: up to 0.2.126 the length counts bytes of UTF-8, then characters; one word per character
 * always. */
static Str next_name(struct decoder *d) {
    bool in_bytes = d->release < 127;
    size_t limit = in_bytes ? next_word(d) : next_count(d);
    if (limit > (d->len - d->at) * 4)
        fail(d, "a name is longer than the descriptor");
    if (d->reason.len)
        return (Str){"", 0};
    char *text = arena_alloc(d->arena, (in_bytes ? limit : limit * 4) + 4);
    size_t len = 0;
    for (size_t read = 0; (in_bytes ? len : read) < limit && !d->reason.len; read++) {
        uint32_t c = next_word(d);
        if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
            fail(d, "a name has something that is not a character");
        else
            len += str_encode_char(text + len, c);
        if (in_bytes && len > limit)
            fail(d, "a name does not have the length announced");
    }
    return (Str){text, len};
}

static struct meta_type *next_type(struct decoder *d, bool clamped);

/* Where a word must stand for a constant; false (and failed) if it does not. */
static bool next_constant(struct decoder *d, enum meta_kind *kind) {
    uint32_t word = next_word(d), number = 0;
    if (d->reason.len)
        return false;
    for (unsigned i = 0; i < CONSTANTS; i++)
        if (constants[i].since <= d->release && number++ == word) {
            *kind = (enum meta_kind)i;
            return true;
        }
    d->at--;
    fail(d, "an unknown type constant");
    return false;
}

static struct meta_type **next_types(struct decoder *d, size_t count) {
    struct meta_type **types = ARENA_ARRAY(d->arena, count, struct meta_type *);
    for (size_t i = 0; i < count; i++)
        types[i] = next_type(d, false);
    return types;
}

static struct meta_signature *next_signature(struct decoder *d) {
    struct meta_signature *s = ARENA_NEW(d->arena, struct meta_signature);
    s->shim = next_word(d);
    s->nargs = next_count(d);
    s->args = next_types(d, s->nargs);
    s->ret = next_type(d, false);
    s->inner_ret = next_type(d, false);
    return s;
}

/* CLAMPED is a flag on its way down to a U8; LONGREF is an owned handle or a REF (descriptors.md 6.3). */
static struct meta_type *next_wrapper(struct decoder *d, struct meta_type *type, bool clamped) {
    type->inner = next_type(d, clamped);
    if (type->kind != META_LONGREF)
        return type;
    if (type->inner->kind == META_EXTERNREF || type->inner->kind == META_NAMED_EXTERNREF)
        return type->inner;
    type->kind = META_REF;
    return type;
}

static void next_enumeration(struct decoder *d, struct meta_type *type) {
    if (d->release >= 88)
        type->name = next_name(d);
    type->hole = next_word(d);
    if (d->release >= 128)
        type->crate = next_name(d);
    if (d->release >= 130)
        type->module_hash = next_word(d);
}

static void next_strings(struct decoder *d, struct meta_type *type) {
    type->name = next_name(d);
    type->count = d->release == 93 ? next_count(d) : next_word(d);
    if (d->release == 93) {
        type->variants = ARENA_ARRAY(d->arena, type->count, Str);
        for (uint32_t i = 0; i < type->count; i++)
            type->variants[i] = next_name(d);
    }
    if (d->release >= 130) {
        type->crate = next_name(d);
        type->module_hash = next_word(d);
    }
}

static void next_union(struct decoder *d, struct meta_type *type) {
    type->name = next_name(d);
    if (d->release >= 130) {
        type->crate = next_name(d);
        type->module_hash = next_word(d);
    }
    type->count = next_count(d);
    type->members = next_types(d, type->count);
}

static void require_constant(struct decoder *d, enum meta_kind required, const char *reason) {
    enum meta_kind kind;
    if (next_constant(d, &kind) && kind != required)
        fail(d, reason);
}

/* descriptors.md 9.6: up to 0.2.100 invoke index, dtor index, REF or REFMUT; up to 0.2.114 dtor index (from
 * 0.2.109 on 0 = borrowed) and mutable flag; then owned and mutable flags. The FUNCTION follows; its shim is
 * the invoke index except in the first form. */
static void next_closure(struct decoder *d, struct meta_type *type) {
    uint32_t invoke = 0;
    enum meta_kind reference = META_REF;
    if (d->release <= 100) {
        invoke = next_word(d);
        type->dtor = next_word(d);
        if (next_constant(d, &reference) && reference != META_REF && reference != META_REFMUT)
            fail(d, "a closure is neither shared nor mutable");
        type->is_mutable = reference == META_REFMUT;
        type->owned = true;
    } else if (d->release <= 114) {
        type->dtor = next_word(d);
        type->is_mutable = next_flag(d);
        type->owned = d->release < 109 || type->dtor != 0;
    } else {
        type->owned = next_flag(d);
        type->is_mutable = next_flag(d);
    }
    require_constant(d, META_FUNCTION, "a closure without a function");
    type->function = next_signature(d);
    if (d->release <= 100)
        type->function->shim = invoke;
}

static struct meta_type *next_operands(struct decoder *d, struct meta_type *type, bool clamped) {
    switch (constants[type->kind].operands) {
    case LEAF:
        type->clamped = clamped && type->kind == META_U8;
        break;
    case WRAPPER:
        return next_wrapper(d, type, clamped);
    case CLAMP:
        return next_type(d, true);
    case SEQUENCE:
        type->seq_mode = next_word(d);
        return next_wrapper(d, type, clamped);
    case NAMED:
        type->name = next_name(d);
        break;
    case STRUCTURE:
        type->name = next_name(d);
        if (d->release >= 128)
            type->crate = next_name(d);
        break;
    case ENUMERATION:
        next_enumeration(d, type);
        break;
    case STRINGS:
        next_strings(d, type);
        break;
    case UNION:
        next_union(d, type);
        break;
    case SIGNATURE:
        type->function = next_signature(d);
        break;
    case CLOSURE:
        next_closure(d, type);
        break;
    }
    return type;
}

/* Never NULL, also after a failure. */
static struct meta_type *next_type(struct decoder *d, bool clamped) {
    static struct meta_type nothing = {.kind = META_UNIT};
    enum meta_kind kind;
    if (d->depth == MAX_DEPTH)
        fail(d, "the descriptor is nested too deeply");
    if (!next_constant(d, &kind))
        return &nothing;
    struct meta_type *type = ARENA_NEW(d->arena, struct meta_type);
    type->kind = kind;
    d->depth++;
    type = next_operands(d, type, clamped);
    d->depth--;
    return type;
}

static struct meta_type *finish(struct decoder *d, struct meta_type *type, struct diag *diag) {
    if (!d->reason.len && d->at != d->len)
        fail(d, "words are left over behind the descriptor");
    if (!d->reason.len)
        return type;
    diag_fail(diag, "%.*s (constants of 0.2.%d)", STR_ARG(d->reason), d->release);
    return NULL;
}

struct meta_type *meta_decode_type(struct arena *arena, int release, const uint32_t *words, size_t nwords,
                                   struct diag *diag) {
    struct decoder d = {.arena = arena, .release = release, .words = words, .len = nwords};
    struct meta_type *type = next_type(&d, false);
    return finish(&d, type, diag);
}

struct meta_type *meta_decode_generic(struct arena *arena, int release, const uint32_t *words, size_t nwords,
                                      Str *key, struct diag *diag) {
    struct decoder d = {.arena = arena, .release = release, .words = words, .len = nwords};
    *key = release >= 128 ? next_name(&d) : (Str){"", 0};
    struct meta_type *type = next_type(&d, false);
    if (type->kind != META_FUNCTION)
        fail(&d, "a conversion that is not described as a function");
    else if (!key->len && type->function->nargs != 1)
        fail(&d, "a conversion without exactly one argument");
    return finish(&d, type, diag);
}
