#include "bind/types.h"

#include "bind/callbacks.h"
#include "bind/classes.h"
#include "bind/enums.h"

const struct bind_type bind_unit = {.kind = BIND_UNIT};

/* How None of a scalar is told from a value. */
enum option_form { OPTION_SMALL, OPTION_WIDE, OPTION_FLAG, OPTION_ZERO };

struct scalar {
    enum meta_kind descriptor;
    enum bind_kind kind;
    enum option_form option;
};

static const struct scalar SCALARS[] = {
    {META_I8, BIND_I8, OPTION_SMALL},
    {META_U8, BIND_U8, OPTION_SMALL},
    {META_I16, BIND_I16, OPTION_SMALL},
    {META_U16, BIND_U16, OPTION_SMALL},
    {META_I32, BIND_I32, OPTION_WIDE},
    {META_U32, BIND_U32, OPTION_WIDE},
    {META_I64, BIND_I64, OPTION_FLAG},
    {META_U64, BIND_U64, OPTION_FLAG},
    {META_I128, BIND_I128, OPTION_FLAG},
    {META_U128, BIND_U128, OPTION_FLAG},
    {META_F32, BIND_F32, OPTION_WIDE},
    {META_F64, BIND_F64, OPTION_FLAG},
    {META_BOOLEAN, BIND_BOOL, OPTION_SMALL},
    {META_CHAR, BIND_CHAR, OPTION_SMALL},
    {META_RAW_POINTER, BIND_POINTER, OPTION_WIDE},
    {META_NONNULL, BIND_NONNULL, OPTION_ZERO},
};

/* What is not implemented, as the subject of "… are not supported yet". */
static const struct {
    enum meta_kind descriptor;
    const char *what;
} MISSING[] = {
    {META_DYNAMIC_UNION, "dynamic unions"},
    {META_NULLABLE, "`Nullable` types"},
    {META_SEQ_MODE, "the attributes `slice` and `vec`"},
    {META_I64_AS_F64, "64-bit addresses"},
    {META_U64_AS_F64, "64-bit addresses"},
};

/* A descriptor without its wrappers. */
struct peeled {
    const struct meta_type *core;
    enum bind_access access;
    bool optional;
};

static const struct scalar *find_scalar(enum meta_kind kind) {
    for (size_t i = 0; i < sizeof SCALARS / sizeof *SCALARS; i++)
        if (SCALARS[i].descriptor == kind)
            return &SCALARS[i];
    return NULL;
}

static bool not_possible(const struct bind_context *cx, const struct meta_type *type, bool incoming,
                         Str *why) {
    Str text = meta_type_text(cx->arena, type);
    *why = str_format(cx->arena, "type `%.*s` cannot be %s", STR_ARG(text),
                      incoming ? "passed from JavaScript" : "passed to JavaScript");
    return false;
}

static bool missing(const struct bind_context *cx, const struct meta_type *type, bool incoming, Str *why) {
    for (size_t i = 0; i < sizeof MISSING / sizeof *MISSING; i++) {
        if (MISSING[i].descriptor == type->kind) {
            *why = str_format(cx->arena, "%s are not supported yet", MISSING[i].what);
            return false;
        }
    }
    return not_possible(cx, type, incoming, why);
}

const struct bind_type *bind_type_simple(struct arena *arena, enum bind_kind kind, enum bind_access access) {
    struct bind_type *type = ARENA_NEW(arena, struct bind_type);
    type->kind = kind;
    type->access = access;
    return type;
}

/* The attributes `slice` and `vec` (descriptors.md 6.8): accepts what changes nothing. */
enum { SEQ_VALUE = 3, SEQ_VEC = 4, SEQ_EXPLICIT = 8, SEQ_VIEW = 0, SEQ_COPY = 1 };

static bool is_number(const struct meta_type *type) {
    const struct scalar *scalar = find_scalar(type->kind);
    return scalar && scalar->kind >= BIND_I8 && scalar->kind <= BIND_F64 && scalar->kind != BIND_I128 &&
           scalar->kind != BIND_U128;
}

/* Whether the word says something about the type at all. */
static bool seq_mode_fits(const struct meta_type *mode) {
    const struct meta_type *type = mode->inner;
    while (type->kind == META_OPTIONAL || type->kind == META_NULLABLE || type->kind == META_SEQ_MODE)
        type = type->inner;
    bool is_slice = (type->kind == META_REF || type->kind == META_REFMUT) && type->inner->kind == META_SLICE;
    const struct meta_type *sequence = is_slice ? type->inner : type;
    if (!is_slice && type->kind != META_VECTOR)
        return false;
    return is_number(sequence->inner) && is_slice == !(mode->seq_mode & SEQ_VEC);
}

static bool seq_mode_is_plain(const struct meta_type *mode) {
    uint32_t normal = mode->seq_mode & SEQ_VEC ? SEQ_COPY : SEQ_VIEW;
    if (seq_mode_fits(mode))
        return (mode->seq_mode & SEQ_VALUE) == normal;
    return !(mode->seq_mode & SEQ_EXPLICIT);
}

/* Takes one wrapper off; false if the present one is none. *bad is set where wrappers are stacked impossibly.
 */
static bool peel_one(struct peeled *p, bool incoming, bool *bad) {
    switch (p->core->kind) {
    case META_OPTIONAL:
        *bad = p->optional || (incoming && p->access != BIND_OWNED);
        p->optional = true;
        break;
    case META_REF:
    case META_REFMUT:
        *bad = incoming && (p->access != BIND_OWNED || p->optional);
        if (p->access != BIND_BORROWED)
            p->access = p->core->kind == META_REF ? BIND_BORROWED : BIND_BORROWED_MUT;
        break;
    case META_SEQ_MODE:
        if (incoming || !seq_mode_is_plain(p->core))
            return false;
        break;
    default:
        return false;
    }
    p->core = p->core->inner;
    return !*bad;
}

static void set_scalar(const struct bind_context *cx, const struct scalar *scalar, bool optional,
                       struct bind_type *out) {
    enum { UNTIL_FLAG = 95, UNTIL_2_32 = 118 };
    out->kind = scalar->kind;
    if (!optional)
        return;
    if (scalar->option == OPTION_FLAG || (scalar->option == OPTION_WIDE && cx->release <= UNTIL_FLAG)) {
        out->absent = BIND_ABSENT_FLAG;
    } else if (scalar->option == OPTION_ZERO) {
        out->absent = BIND_ABSENT_ZERO;
    } else {
        out->absent = BIND_ABSENT_WORD;
        out->absent_word = scalar->option == OPTION_SMALL ? BIND_SMALL_ABSENT
                           : cx->release <= UNTIL_2_32    ? (INT64_C(1) << 32) + 1
                                                          : (INT64_C(1) << 53) - 1;
    }
}

/* Numbers of an enum stand for themselves, in a double from 0.2.130 on; the number for none is part of the
 * type (descriptors.md 6.4). Texts are counted, and two more numbers stand for any other text and for none
 * (6.5). */
static bool set_enum(const struct bind_context *cx, const struct meta_type *type, bool optional,
                     struct bind_type *out, Str *why) {
    bool is_text = type->kind == META_STRING_ENUM;
    *out = (struct bind_type){.kind = is_text ? BIND_STRING_ENUM : BIND_ENUM,
                              .is_double = !is_text && cx->release >= 130,
                              .absent = optional ? BIND_ABSENT_WORD : BIND_ALWAYS};
    struct bind_enum *found;
    if (!bind_enum_of(cx, type, &found, why))
        return false;
    out->enumeration = found;
    if (is_text)
        out->absent_word = (int64_t)type->count + 1;
    else
        out->absent_word = found && found->is_signed ? (int32_t)type->hole : (int64_t)type->hole;
    return true;
}

static bool is_enum(const struct meta_type *type) {
    return type->kind == META_ENUM || type->kind == META_STRING_ENUM;
}

static Str value_ts(const struct meta_type *type) {
    return type->kind == META_NAMED_EXTERNREF ? type->name : (Str){0};
}

static bool set_class(const struct bind_context *cx, const struct meta_type *type, struct bind_type *out,
                      Str *why) {
    out->kind = BIND_OBJECT;
    out->class = bind_class_find(cx, type->crate, type->name);
    if (!out->class)
        *why =
            str_format(cx->arena, "the class `%.*s` is not known: no record defines it", STR_ARG(type->name));
    return out->class;
}

/* An element that crosses as a handle. Up to 0.2.127 vectors of classes carry only the name
 * (descriptors.md 6.7). */
static bool set_handle(const struct bind_context *cx, const struct meta_type *array, struct bind_type *out,
                       Str *why) {
    const struct meta_type *type = array->inner;
    if (type->kind == META_RUST_STRUCT)
        return set_class(cx, type, out, why);
    if (is_enum(type))
        return set_enum(cx, type, false, out, why);
    out->kind = BIND_VALUE;
    out->ts = value_ts(type);
    if (array->kind == META_VECTOR && str_eq(type->name, STR("string"))) {
        *out = (struct bind_type){.kind = BIND_STRING};
    } else if (array->kind == META_VECTOR && out->ts.len && cx->release <= 127) {
        const struct bind_class *class = bind_class_find(cx, (Str){0}, type->name);
        if (class)
            out->ts = class->name;
        out->class = class;
    }
    return true;
}

static bool is_handle(const struct meta_type *array) {
    enum meta_kind kind = array->inner->kind;
    return kind == META_EXTERNREF || kind == META_NAMED_EXTERNREF ||
           ((kind == META_RUST_STRUCT || kind == META_ENUM) && array->kind == META_VECTOR);
}

/* Elements that cross in cells (0.2.130+): descriptors.md 11.7. Texts and references only on the way out. */
static bool has_cells(const struct bind_context *cx, const struct meta_type *array, bool incoming) {
    const struct meta_type *element = array->inner;
    if (cx->release < 130 || (incoming && array->kind == META_SLICE))
        return false;
    if (element->kind == META_BOOLEAN || element->kind == META_CHAR || is_enum(element))
        return true;
    bool is_ref = element->kind == META_REF;
    element = is_ref ? element->inner : element;
    if (element->kind == META_STRING || element->kind == META_CACHED_STRING)
        return !incoming && (is_ref || array->kind == META_SLICE);
    return is_ref && !incoming && (element->kind == META_EXTERNREF || element->kind == META_NAMED_EXTERNREF);
}

/* What a cell holds is lent, also where the buffer is not. */
static bool set_cell(const struct bind_context *cx, const struct meta_type *type, bool incoming,
                     struct bind_type *out, Str *why) {
    const struct bind_type *made;
    if (!bind_type_of(cx, type, incoming, &made, why))
        return false;
    *out = *made;
    if (made->kind == BIND_STRING)
        out->access = BIND_BORROWED;
    return true;
}

static bool set_array(const struct bind_context *cx, const struct peeled *p, bool incoming,
                      struct bind_type *out, Str *why) {
    const struct meta_type *inner = p->core->inner;
    struct bind_type *element = ARENA_NEW(cx->arena, struct bind_type);
    out->kind = BIND_ARRAY;
    out->access = p->access;
    out->element = element;
    if (is_number(inner)) {
        element->kind = find_scalar(inner->kind)->kind;
        out->clamped = inner->clamped;
    } else if (has_cells(cx, p->core, incoming) && p->access != BIND_BORROWED_MUT) {
        out->cells = true;
        if (!set_cell(cx, inner, incoming, element, why))
            return false;
    } else if (!is_handle(p->core) ||
               (p->core->kind == META_SLICE && (incoming || p->access != BIND_BORROWED))) {
        Str text = meta_type_text(cx->arena, inner);
        *why = str_format(cx->arena, "arrays of `%.*s` are not supported yet", STR_ARG(text));
        return false;
    } else if (!set_handle(cx, p->core, element, why)) {
        return false;
    }
    if (p->optional)
        out->absent = BIND_ABSENT_ZERO;
    return true;
}

static bool set_object(const struct bind_context *cx, const struct peeled *p, bool incoming,
                       struct bind_type *out, Str *why) {
    if (p->access != BIND_OWNED && (!incoming || p->optional))
        return not_possible(cx, p->core, incoming, why);
    out->access = p->access;
    if (p->optional)
        out->absent = BIND_ABSENT_ZERO;
    return set_class(cx, p->core, out, why);
}

static bool set_core(const struct bind_context *cx, const struct peeled *p, bool incoming,
                     struct bind_type *out, Str *why) {
    const struct scalar *scalar = find_scalar(p->core->kind);
    if (scalar && (!incoming || p->access == BIND_OWNED)) {
        set_scalar(cx, scalar, p->optional, out); /* borrowed scalars cross by copy: abi.md 5 */
        return true;
    }
    switch (p->core->kind) {
    case META_STRING:
    case META_CACHED_STRING:
        *out = (struct bind_type){.kind = BIND_STRING,
                                  .access = p->access == BIND_OWNED ? BIND_OWNED : BIND_BORROWED,
                                  .cached = !incoming && p->core->kind == META_CACHED_STRING,
                                  .absent = p->optional ? BIND_ABSENT_ZERO : BIND_ALWAYS};
        return true;
    case META_EXTERNREF:
    case META_NAMED_EXTERNREF:
        *out = (struct bind_type){.kind = BIND_VALUE,
                                  .access = p->access == BIND_OWNED ? BIND_OWNED : BIND_BORROWED,
                                  .ts = value_ts(p->core),
                                  .absent = p->optional ? BIND_ABSENT_ZERO : BIND_ALWAYS};
        return true;
    case META_ENUM:
    case META_STRING_ENUM:
        if (!incoming || p->access == BIND_OWNED)
            return set_enum(cx, p->core, p->optional, out, why);
        break;
    case META_RUST_STRUCT:
        return set_object(cx, p, incoming, out, why);
    case META_SLICE:
        if (p->access != BIND_OWNED)
            return set_array(cx, p, incoming, out, why);
        break;
    case META_VECTOR:
        if (p->access == BIND_OWNED)
            return set_array(cx, p, incoming, out, why);
        *why = STR("the attribute `slice_to_array` is not supported yet");
        return false;
    case META_UNIT:
        if (!p->optional && p->access == BIND_OWNED)
            return true;
        break;
    default:
        break;
    }
    return missing(cx, p->core, incoming, why);
}

bool bind_type_of(const struct bind_context *cx, const struct meta_type *type, bool incoming,
                  const struct bind_type **out, Str *why) {
    struct peeled p = {.core = type};
    bool bad = false;
    if (bind_is_callback(type)) {
        struct bind_type *callback = ARENA_NEW(cx->arena, struct bind_type);
        *out = callback;
        return incoming ? not_possible(cx, type, incoming, why) : bind_callback_type(cx, type, callback, why);
    }
    while (peel_one(&p, incoming, &bad))
        continue;
    if (bad)
        return not_possible(cx, type, incoming, why);
    struct bind_type *made = ARENA_NEW(cx->arena, struct bind_type);
    *out = made;
    if (!set_core(cx, &p, incoming, made, why))
        return false;
    made->ts_without_null = cx->release < 100;
    made->ts_without_list = cx->release < 130;
    return true;
}
