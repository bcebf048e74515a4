#include "js/arrays.h"
#include "js/convert.h"
#include "js/text.h"

/* One value on its way in. */
struct incoming {
    struct js_gen *g;
    struct js_body *body;
    const struct bind_value *value;
    const struct bind_type *type;
    Str name;
};

const char *js_word_accessor(const struct bind_word *word) {
    switch (word->type) {
    case WASM_I64:
        return "BigInt64";
    case WASM_F32:
        return "Float32";
    case WASM_F64:
        return "Float64";
    default:
        return "Int32";
    }
}

static bool is_optional(const struct incoming *in) {
    return in->type->absent != BIND_ALWAYS;
}

static bool is_big(enum bind_kind kind) {
    return kind >= BIND_I64 && kind <= BIND_U128;
}

/* `some`, or for an optional value `x == null ? none : some`. */
static Str or_none(const struct incoming *in, Str none, Str some) {
    if (!is_optional(in))
        return some;
    return str_format(in->g->arena, "%.*s == null ? %.*s : %.*s", STR_ARG(in->name), STR_ARG(none),
                      STR_ARG(some));
}

static Str call1(const struct incoming *in, const char *function) {
    return str_format(in->g->arena, "%s(%.*s)", function, STR_ARG(in->name));
}

static void check_class(const struct incoming *in) {
    Str class = in->g->classes[in->type->class->index];
    const char *only = is_optional(in) ? "if (" : "", *then = is_optional(in) ? " != null) " : "";
    Str subject = is_optional(in) ? in->name : (Str){"", 0};
    js_want(in->g, JS_FRAGMENT_assert_class);
    js_plain(in->body, "%s%.*s%s_assertClass(%.*s, %.*s);", only, STR_ARG(subject), then, STR_ARG(in->name),
             STR_ARG(class));
    if (in->g->settings->debug)
        js_plain(in->body,
                 "if (%s%.*s%s%.*s.__wbg_ptr === 0) throw new Error('Attempt to use a moved value');", "",
                 STR_ARG(subject), is_optional(in) ? " != null && " : "", STR_ARG(in->name));
}

/* Which values upstream's --debug checks instead of coercing them: floats only where they may be absent. */
static bool is_checked(const struct incoming *in) {
    switch (in->type->kind) {
    case BIND_F32:
    case BIND_F64:
    case BIND_NONNULL:
        return is_optional(in);
    case BIND_POINTER:
    case BIND_ENUM:
        return true;
    default:
        return in->type->kind != BIND_UNIT && in->type->kind <= BIND_U128;
    }
}

/* --debug: numbers, booleans and BigInts are checked, not coerced. */
static void check_scalar(const struct incoming *in) {
    static const struct {
        enum js_fragment fragment;
        const char *name;
    } checks[] = {{JS_FRAGMENT_assert_num, "_assertNum"},
                  {JS_FRAGMENT_assert_bool, "_assertBoolean"},
                  {JS_FRAGMENT_assert_bigint, "_assertBigInt"}};
    enum bind_kind kind = in->type->kind;
    if (!in->g->settings->debug || !is_checked(in))
        return;
    size_t i = kind == BIND_BOOL ? 1 : is_big(kind) ? 2 : 0;
    js_want(in->g, checks[i].fragment);
    if (is_optional(in)) {
        js_plain(in->body, "if (%.*s != null) %s(%.*s);", STR_ARG(in->name), checks[i].name,
                 STR_ARG(in->name));
    } else {
        js_plain(in->body, "%s(%.*s);", checks[i].name, STR_ARG(in->name));
    }
}

/* Arrays: those written back to always, the others with --debug. */
static void check_array(const struct incoming *in) {
    struct js_gen *g = in->g;
    bool optional = is_optional(in);
    const char *class = bind_array_class(in->type);
    if (in->type->access == BIND_BORROWED_MUT && !optional) {
        js_want(g, JS_FRAGMENT_assert_typed_array);
        js_plain(in->body, "_assertTypedArray(%.*s, %u, '%s');", STR_ARG(in->name),
                 bind_element_size(in->type->element), class);
    } else if (g->settings->debug) {
        js_want(g, JS_FRAGMENT_assert_array);
        Str test = {0};
        if (optional)
            test = str_format(g->arena, "if (%.*s != null) ", STR_ARG(in->name));
        js_plain(in->body, "%.*s_assertArray(%.*s, 'an array%s%s');", STR_ARG(test), STR_ARG(in->name),
                 class ? " or " : "", class ? class : "");
    }
}

void js_check_incoming(struct js_gen *g, struct js_body *body, const struct bind_value *value, Str name) {
    struct incoming in = {g, body, value, value->type, name};
    const struct bind_type *type = value->type;
    if (type->kind == BIND_OBJECT)
        check_class(&in);
    else if (type->kind == BIND_NONNULL && !is_optional(&in)) {
        js_want(g, JS_FRAGMENT_assert_non_null);
        js_plain(body, "_assertNonNull(%.*s);", STR_ARG(name));
    } else if (type->kind == BIND_ARRAY) {
        check_array(&in);
    } else {
        check_scalar(&in);
    }
}

/* The place among the texts of an enum; of any other text the number behind the last. */
static Str text_index(const struct incoming *in) {
    const struct bind_enum *texts = in->type->enumeration;
    return str_format(in->g->arena, "(%.*s.indexOf(%.*s) + 1 || %zu) - 1", STR_ARG(js_texts(in->g, texts)),
                      STR_ARG(in->name), texts->nconstants + 1);
}

/* A value that is there, as the number that its word is. A present value must not look like the absent one,
 * hence the conversions of those that share a double. */
static Str present(const struct incoming *in) {
    struct arena *arena = in->g->arena;
    bool shares = in->type->absent == BIND_ABSENT_WORD && in->value->words[0].type == WASM_F64;
    switch (in->type->kind) {
    case BIND_BOOL:
        return is_optional(in) ? str_format(arena, "%.*s ? 1 : 0", STR_ARG(in->name)) : in->name;
    case BIND_I32:
        return shares ? str_format(arena, "%.*s >> 0", STR_ARG(in->name)) : in->name;
    case BIND_U32:
    case BIND_POINTER:
    case BIND_NONNULL:
        return shares ? str_format(arena, "%.*s >>> 0", STR_ARG(in->name)) : in->name;
    case BIND_F32:
        return shares ? call1(in, "Math.fround") : in->name;
    case BIND_CHAR:
        js_want(in->g, JS_FRAGMENT_char_code);
        return call1(in, "charCodeOf");
    case BIND_STRING_ENUM:
        return text_index(in);
    default:
        return in->name;
    }
}

static Str absent_number(const struct incoming *in) {
    if (in->type->absent == BIND_ABSENT_WORD)
        return str_format(in->g->arena, "%lld", (long long)in->type->absent_word);
    return is_big(in->type->kind) ? STR("0n") : STR("0");
}

/* The high word of a 128-bit integer refuses what is no BigInt, so it is made first. */
static void incoming_wide(const struct incoming *in, Str words[]) {
    Str high = js_local(in->body, "high");
    Str shifted = str_format(in->g->arena, "%.*s >> 64n", STR_ARG(in->name));
    js_line(in->body, "%s %.*s = %.*s;", js_const(in->body), STR_ARG(high),
            STR_ARG(or_none(in, STR("0n"), shifted)));
    words[0] = or_none(in, STR("0n"), in->name);
    words[1] = high;
}

static void incoming_scalar(const struct incoming *in, Str words[]) {
    bool has_flag = in->type->absent == BIND_ABSENT_FLAG;
    if (has_flag)
        words[0] = or_none(in, STR("0"), STR("1"));
    if (in->type->kind == BIND_I128 || in->type->kind == BIND_U128) {
        incoming_wide(in, words + has_flag);
    } else if (has_flag) {
        words[1] = or_none(in, absent_number(in), in->name);
    } else if (in->type->kind == BIND_CHAR) {
        words[0] = js_local(in->body, "code");
        js_line(in->body, "%s %.*s = %.*s;", js_const(in->body), STR_ARG(words[0]),
                STR_ARG(or_none(in, absent_number(in), present(in))));
    } else {
        words[0] = or_none(in, absent_number(in), present(in));
    }
}

/* Each element becomes one number; the conversion may run anything. */
static Str pass_cells(const struct incoming *in) {
    const struct bind_value cell = js_array_cell(in->type, true);
    struct incoming element = {in->g, in->body, &cell, cell.type, STR("value")};
    Str word = present(&element);
    js_want(in->g, JS_FRAGMENT_pass_cells);
    bool checks = in->g->settings->debug && cell.type->kind == BIND_ENUM;
    if (checks) {
        js_want(in->g, JS_FRAGMENT_assert_num);
        word = str_format(in->g->arena, "(_assertNum(value), %.*s)", STR_ARG(word));
    }
    bool converts = !str_eq(word, element.name);
    return str_format(in->g->arena, "passCells(%.*s, %u, (value) => %s%.*s)", STR_ARG(in->name),
                      js_array_cell_word(in->type), converts ? "" : "+", STR_ARG(word));
}

/* Pointer and length: the function that copies leaves the length behind. */
static void incoming_block(const struct incoming *in, Str words[]) {
    Str some;
    if (in->type->kind == BIND_STRING) {
        js_want(in->g, JS_FRAGMENT_pass_string);
        some = call1(in, "passText");
    } else if (in->type->cells) {
        some = pass_cells(in);
    } else {
        some = js_array_pass(in->g, in->type, in->name);
    }
    if (in->body->inlines_blocks) {
        words[0] = or_none(in, STR("0"), some);
        words[1] = STR("vectorLen");
        return;
    }
    Str ptr = js_local(in->body, "ptr"), len = js_local(in->body, "len");
    const char *declare = js_const(in->body);
    js_line(in->body, "%s %.*s = %.*s;", declare, STR_ARG(ptr), STR_ARG(or_none(in, STR("0"), some)));
    js_plain(in->body, "%s %.*s = vectorLen;", declare, STR_ARG(len));
    words[0] = ptr;
    words[1] = len;
}

void js_instances(struct js_gen *g, struct js_body *body, const struct bind_value *value, Str name,
                  const char *assign, Str list, Str words[BIND_MAX_WORDS]) {
    struct incoming in = {g, body, value, value->type, name};
    Str some = str_format(g->arena, "passInstances(%.*s, %.*s)", STR_ARG(name),
                          STR_ARG(js_kind(g, value->type->element->class)));
    js_want(g, JS_FRAGMENT_pass_instances);
    js_line(body, "%s%.*s = %.*s;", assign, STR_ARG(list), STR_ARG(or_none(&in, STR("undefined"), some)));
    for (int i = 0; i < 2; i++) {
        words[i] = js_member(g->arena, list, i ? STR("length") : STR("ptr"));
        if (is_optional(&in))
            words[i] = str_format(g->arena, "%.*s ? %.*s : 0", STR_ARG(list), STR_ARG(words[i]));
    }
}

void js_give_instances(struct js_gen *g, struct js_body *body, Str list) {
    js_want(g, JS_FRAGMENT_give_instances);
    js_line(body, "giveInstances(%.*s);", STR_ARG(list));
}

/* What an import returns: nothing can fail any more. */
static void incoming_instances(const struct incoming *in, Str words[]) {
    Str list = js_local(in->body, "list"), expressions[BIND_MAX_WORDS];
    js_instances(in->g, in->body, in->value, in->name, "const ", list, expressions);
    js_give_instances(in->g, in->body, list);
    for (int i = 0; i < 2; i++) {
        words[i] = js_local(in->body, i ? "len" : "ptr");
        js_plain(in->body, "const %.*s = %.*s;", STR_ARG(words[i]), STR_ARG(expressions[i]));
    }
}

/* A value as it crosses in the present mode: itself, or a handle. */
static Str as_handle(const struct incoming *in, const struct bind_word *word, bool borrowed) {
    if (word->role != BIND_WORD_PLAIN)
        return in->name;
    ASSERT(!borrowed || !in->g->b->externref);
    js_want(in->g, borrowed ? JS_FRAGMENT_borrow : JS_FRAGMENT_add_handle);
    return or_none(in, STR("0"), call1(in, borrowed ? "addBorrowed" : "addHandle"));
}

static Str incoming_object(const struct incoming *in) {
    bool owned = in->type->access == BIND_OWNED;
    Str address = owned ? call1(in, "disown") : str_format(in->g->arena, "%.*s.__wbg_ptr", STR_ARG(in->name));
    return or_none(in, STR("0"), address);
}

/* Where the module writes back to it is found before anything can grow memory. */
static void incoming_array(const struct incoming *in, Str words[]) {
    struct incoming target = *in;
    if (in->value->nwords == 3) {
        target.name = js_local(in->body, "target");
        js_want(in->g, JS_FRAGMENT_write_back_target);
        js_plain(in->body, "%s %.*s = writeBackTarget(%.*s);", js_const(in->body), STR_ARG(target.name),
                 STR_ARG(in->name));
    }
    incoming_block(in, words);
    if (in->value->nwords == 3)
        words[2] = as_handle(&target, &in->value->words[2], false);
}

/* Turns words into names of numbers, by the coercion that the store or the call would make: later none may
 * run. */
static void make_plain(const struct incoming *in, Str words[]) {
    bool block = in->type->kind == BIND_STRING || in->type->kind == BIND_ARRAY;
    for (size_t i = block ? 2 : 0; i < in->value->nwords; i++) { /* ptr and len are numbers already */
        Str local = js_local(in->body, "word");
        bool big = in->value->words[i].type == WASM_I64;
        js_line(in->body, "%s %.*s = %s(%.*s);", js_const(in->body), STR_ARG(local),
                big ? "BigInt.asIntN" : "+",
                STR_ARG(big ? str_format(in->g->arena, "64, %.*s", STR_ARG(words[i])) : words[i]));
        words[i] = local;
    }
}

bool js_is_borrowed(const struct bind_value *value) {
    return value->type->kind == BIND_VALUE && value->type->access != BIND_OWNED && value->incoming &&
           value->words[0].role == BIND_WORD_PLAIN;
}

void js_check_text(struct js_gen *g, struct js_body *body, const struct bind_value *value, Str name) {
    struct incoming in = {g, body, value, value->type, name};
    js_want(g, JS_FRAGMENT_text_of);
    js_line(body, "%.*s = %.*s;", STR_ARG(name),
            STR_ARG(or_none(&in, STR("undefined"), call1(&in, "textOf"))));
}

void js_incoming(struct js_gen *g, struct js_body *body, const struct bind_value *value, Str name, bool plain,
                 Str words[BIND_MAX_WORDS]) {
    struct incoming in = {g, body, value, value->type, name};
    switch (value->type->kind) {
    case BIND_UNIT:
        return;
    case BIND_STRING:
    case BIND_ARRAY:
        if (value->type->direct)
            incoming_instances(&in, words);
        else
            incoming_array(&in, words);
        break;
    case BIND_VALUE:
        words[0] = as_handle(&in, &value->words[0], js_is_borrowed(value));
        break;
    case BIND_OBJECT:
        words[0] = incoming_object(&in);
        break;
    default:
        incoming_scalar(&in, words);
    }
    if (plain)
        make_plain(&in, words);
}
