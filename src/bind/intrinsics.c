#include "bind/intrinsics.h"

#include "bind/signature.h"

static const struct {
    const char *name, *raw;
} INTRINSICS[] = {
    {"", ""},
#define INTRINSIC(name, raw) {#name, raw},
#include "bind/intrinsics.def"
#undef INTRINSIC
};

enum { INTRINSIC_COUNT = sizeof INTRINSICS / sizeof *INTRINSICS };

#define PREFIX "__wbindgen_"

enum bind_intrinsic bind_intrinsic_named(Str name) {
    if (!str_starts(name, STR(PREFIX)))
        return BIND_INTRINSIC_NONE;
    Str rest = str_slice(name, sizeof PREFIX - 1, name.len);
    for (size_t i = 1; i < INTRINSIC_COUNT; i++)
        if (str_eq(rest, str_from(INTRINSICS[i].name)))
            return (enum bind_intrinsic)i;
    return BIND_INTRINSIC_NONE;
}

/* The letters of intrinsics.def. */
static const struct letter {
    char letter;
    struct bind_type type;
} LETTERS[] = {
    {'r', {.kind = BIND_VALUE, .access = BIND_BORROWED}},
    {'o', {.kind = BIND_VALUE}},
    {'b', {.kind = BIND_BOOL}},
    {'s', {.kind = BIND_STRING, .access = BIND_BORROWED}},
    {'i', {.kind = BIND_U32}},
    {'I', {.kind = BIND_I64}},
    {'U', {.kind = BIND_U64}},
    {'f', {.kind = BIND_F64}},
    {'n', {.kind = BIND_F64, .absent = BIND_ABSENT_FLAG}},
    {'g', {.kind = BIND_I64, .absent = BIND_ABSENT_FLAG}},
    {'t', {.kind = BIND_STRING, .absent = BIND_ABSENT_ZERO}},
    {'S', {.kind = BIND_STRING}},
    {'v', {.kind = BIND_UNIT}},
    {'2', {.kind = BIND_BOOL, .absent = BIND_ABSENT_WORD, .absent_word = 2}},
    {'c',
     {.kind = BIND_ARRAY, .access = BIND_BORROWED, .element = &(const struct bind_type){.kind = BIND_U8}}},
};

static const struct bind_type *letter_type(char letter) {
    size_t i = 0;
    while (LETTERS[i].letter != letter) {
        i++;
        ASSERT(i < sizeof LETTERS / sizeof *LETTERS); /* a letter intrinsics.def does not explain */
    }
    return &LETTERS[i].type;
}

/* The vectors that become typed arrays. */
static const struct vector {
    const char *raw;
    struct bind_type type;
} VECTORS[] = {
#define VECTOR(text, number, is_clamped)                                                                     \
    {                                                                                                        \
        text, {                                                                                              \
            .kind = BIND_ARRAY, .clamped = is_clamped, .element = &(const struct bind_type) {                \
                .kind = number                                                                               \
            }                                                                                                \
        }                                                                                                    \
    }
    VECTOR("u8", BIND_U8, false),   VECTOR("c8", BIND_U8, true),    VECTOR("u16", BIND_U16, false),
    VECTOR("u32", BIND_U32, false), VECTOR("u64", BIND_U64, false), VECTOR("i8", BIND_I8, false),
    VECTOR("i16", BIND_I16, false), VECTOR("i32", BIND_I32, false), VECTOR("i64", BIND_I64, false),
    VECTOR("f32", BIND_F32, false), VECTOR("f64", BIND_F64, false),
#undef VECTOR
};

static const struct bind_type *vector_type(const char *raw) {
    for (size_t i = 0; i < sizeof VECTORS / sizeof *VECTORS; i++)
        if (strcmp(VECTORS[i].raw, raw) == 0)
            return &VECTORS[i].type;
    return NULL;
}

static void add_param(const struct bind_context *cx, struct bind_signature *sig,
                      const struct bind_type *type) {
    sig->params[sig->nparams++].value = bind_value_of(type, false, cx->b->externref, true);
}

bool bind_intrinsic_raw(const struct bind_context *cx, enum bind_intrinsic intrinsic,
                        struct bind_signature *out) {
    const char *raw = INTRINSICS[intrinsic].raw;
    const char *result = strchr(raw, '>');
    const struct bind_type *vector = vector_type(raw);
    if (!result && !vector)
        return false;
    *out = (struct bind_signature){.params = ARENA_ARRAY(cx->arena, strlen(raw), struct bind_param)};
    for (const char *p = raw; result && p < result; p++)
        add_param(cx, out, letter_type(*p));
    if (vector)
        add_param(cx, out, vector);
    out->result = bind_value_of(letter_type(vector ? 'o' : result[1]), true, cx->b->externref, true);
    bind_signature_layout(out, false, false);
    return true;
}

Str bind_intrinsic_refused(enum bind_intrinsic intrinsic) {
    switch (intrinsic) {
    case BIND_INTRINSIC_jspi_suspend:
        return STR("suspending imports are not supported yet");
    case BIND_INTRINSIC_reinit:
        return STR("`schedule_reinit` is not supported yet");
    default:
        return (Str){0};
    }
}

static void bind_leftover(struct bind_context *cx, Str name, uint32_t func) {
    struct bind_import *import = bind_add_import(cx, name, func);
    struct bind_signature sig;
    Str why = STR("no record describes it");
    enum bind_intrinsic intrinsic = bind_intrinsic_named(name);
    if (intrinsic != BIND_INTRINSIC_NONE && bind_intrinsic_raw(cx, intrinsic, &sig)) {
        why = bind_intrinsic_refused(intrinsic);
        if (!why.len && bind_signature_matches(cx, &sig, false, func, &why)) {
            import->kind = BIND_IMPORT_INTRINSIC;
            import->intrinsic = intrinsic;
            import->sig = sig;
            return;
        }
    } else if (str_eq(name, STR("__wbindgen_describe_closure"))) {
        why = STR("a closure is made in a way that is not known");
    }
    import->unsupported =
        str_format(cx->arena, "no binding for import `%.*s`: %.*s", STR_ARG(name), STR_ARG(why));
}

void bind_leftovers(struct bind_context *cx) {
    for (const struct map_entry *e = cx->imports.first; e; e = e->next)
        if (!map_find(&cx->bound, e->key))
            bind_leftover(cx, e->key, (uint32_t)e->value.num);
}
