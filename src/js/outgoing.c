#include "js/arrays.h"
#include "js/convert.h"

/* One value on its way out. */
struct outgoing {
    struct js_gen *g;
    const struct bind_value *value;
    const struct bind_type *type;
    const Str *words; /* of the value itself, behind the flag of an optional one */
};

static Str call(const struct outgoing *o, const char *function) {
    return str_format(o->g->arena, "%s(%.*s)", function, STR_ARG(o->words[0]));
}

static Str call2(const struct outgoing *o, const char *function) {
    return str_format(o->g->arena, "%s(%.*s, %.*s)", function, STR_ARG(o->words[0]), STR_ARG(o->words[1]));
}

static Str followed(const struct outgoing *o, const char *by) {
    return str_format(o->g->arena, "%.*s%s", STR_ARG(o->words[0]), by);
}

static Str string(const struct outgoing *o) {
    static const struct {
        enum js_fragment fragment;
        const char *name;
    } functions[2][2] = {
        {{JS_FRAGMENT_get_string, "textAt"}, {JS_FRAGMENT_take_string, "takeText"}},
        {{JS_FRAGMENT_get_cached_string, "cachedTextAt"}, {JS_FRAGMENT_take_cached_string, "takeCachedText"}},
    };
    bool owned = o->type->access == BIND_OWNED;
    o->g->values.reads_texts |= !o->g->failing;
    js_want(o->g, functions[o->type->cached][owned].fragment);
    return call2(o, functions[o->type->cached][owned].name);
}

static Str handle(const struct outgoing *o) {
    if (o->value->words[0].role != BIND_WORD_PLAIN)
        return o->words[0];
    bool owned = o->type->access == BIND_OWNED;
    js_want(o->g, owned ? JS_FRAGMENT_take_handle : JS_FRAGMENT_get_handle);
    return call(o, owned ? "takeHandle" : "getHandle");
}

static Str object(const struct outgoing *o) {
    return str_format(o->g->arena, "%.*s(%.*s)", STR_ARG(js_wrap(o->g, o->type->class)),
                      STR_ARG(o->words[0]));
}

static Str unsigned_word(const struct outgoing *o, size_t i) {
    return str_format(o->g->arena, "BigInt.asUintN(64, %.*s)", STR_ARG(o->words[i]));
}

/* Unsigned numbers arrive signed in their word, unless the word is a double. */
static Str number(const struct outgoing *o, bool is_double) {
    switch (o->type->kind) {
    case BIND_BOOL:
        return followed(o, " !== 0");
    case BIND_U32:
    case BIND_POINTER:
    case BIND_NONNULL:
        return is_double ? o->words[0] : followed(o, " >>> 0");
    case BIND_U64:
        return unsigned_word(o, 0);
    case BIND_I128:
    case BIND_U128:
        return str_format(o->g->arena, "%.*s | (%.*s << 64n)", STR_ARG(unsigned_word(o, 0)),
                          STR_ARG(o->type->kind == BIND_I128 ? o->words[1] : unsigned_word(o, 1)));
    case BIND_STRING_ENUM:
        return str_format(o->g->arena, "%.*s[%.*s]", STR_ARG(js_texts(o->g, o->type->enumeration)),
                          STR_ARG(o->words[0]));
    case BIND_CHAR:
        return call(o, "String.fromCodePoint");
    default:
        return o->words[0];
    }
}

/* A plain array; each element is made of the words of its cell. */
static Str cells(const struct outgoing *o) {
    const struct bind_value cell = js_array_cell(o->type, false);
    const char *accessor = js_word_accessor(&cell.words[0]);
    unsigned size = js_array_cell_word(o->type);
    Str words[2];
    for (unsigned i = 0; i < cell.nwords; i++)
        words[i] = str_format(o->g->arena, "data.get%s(at%s, true)", accessor, i ? " + 4" : "");
    js_want(o->g, JS_FRAGMENT_take_cells);
    return str_format(o->g->arena, "takeCells(%.*s, %.*s, %u, %u, (data, at) => %.*s)", STR_ARG(o->words[0]),
                      STR_ARG(o->words[1]), size * cell.nwords, size,
                      STR_ARG(js_outgoing(o->g, &cell, words).text));
}

static Str present(const struct outgoing *o) {
    size_t first = o->type->absent == BIND_ABSENT_FLAG;
    switch (o->type->kind) {
    case BIND_UNIT:
        return STR("undefined");
    case BIND_STRING:
        return string(o);
    case BIND_ARRAY:
        if (o->type->cells)
            return cells(o);
        return o->type->access == BIND_OWNED ? js_array_take(o->g, o->type, o->words)
                                             : js_array_get(o->g, o->type, o->words);
    case BIND_VALUE:
        return handle(o);
    case BIND_OBJECT:
        return object(o);
    case BIND_CALLBACK:
        return js_callback(o->g, o->type, o->words);
    default:
        return number(o, first == 0 && o->value->words[0].type == WASM_F64);
    }
}

/* The condition for "no value"; empty if the conversion gives undefined by itself, since handle 0 is
 * undefined. */
static Str absence(const struct outgoing *o) {
    struct arena *arena = o->g->arena;
    bool is_handle = o->type->kind == BIND_VALUE || (o->type->kind == BIND_STRING && o->type->cached);
    switch (o->type->absent) {
    case BIND_ABSENT_WORD:
        if (o->type->kind == BIND_STRING_ENUM)
            return (Str){0}; /* there is no text of that number */
        return str_format(arena, "%.*s === %lld", STR_ARG(o->words[0]), (long long)o->type->absent_word);
    case BIND_ABSENT_FLAG:
        return str_format(arena, "%.*s === 0", STR_ARG(o->words[-1]));
    case BIND_ABSENT_ZERO:
        return is_handle ? STR("") : str_format(arena, "%.*s === 0", STR_ARG(o->words[0]));
    case BIND_ALWAYS:
    default:
        return (Str){0};
    }
}

/* What the receiver owns is given back once it is read: memory always, a handle where the module keeps
 * them. Instances are registered for that, which runs nothing; but it is no harm to do it early. */
static bool enters_wasm(const struct js_gen *g, const struct bind_value *value) {
    const struct bind_type *type = value->type;
    switch (type->kind) {
    case BIND_STRING:
    case BIND_ARRAY:
        return type->access == BIND_OWNED || type->cells;
    case BIND_VALUE:
        return type->access == BIND_OWNED && value->words[0].role == BIND_WORD_PLAIN && g->b->externref;
    case BIND_OBJECT:
        return true;
    default:
        return false;
    }
}

struct js_outgoing js_outgoing(struct js_gen *g, const struct bind_value *value, const Str *words) {
    size_t first = value->type->absent == BIND_ABSENT_FLAG;
    struct outgoing o = {g, value, value->type, words + first};
    Str some = present(&o), none = absence(&o);
    if (none.len)
        some = str_format(g->arena, "%.*s ? undefined : %.*s", STR_ARG(none), STR_ARG(some));
    return (struct js_outgoing){some, bind_is_view(value->type), enters_wasm(g, value)};
}
