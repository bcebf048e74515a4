#include "bind/signature.h"

#include "base/buf.h"

/* The wasm type of a value's words; of strings and arrays of the first two. */
static uint8_t word_type(const struct bind_type *type) {
    bool wide = type->absent == BIND_ABSENT_WORD;
    switch (type->kind) {
    case BIND_I64:
    case BIND_U64:
    case BIND_I128:
    case BIND_U128:
        return WASM_I64;
    case BIND_F64:
        return WASM_F64;
    case BIND_ENUM:
        return type->is_double ? WASM_F64 : WASM_I32;
    case BIND_F32:
        return wide ? WASM_F64 : WASM_F32;
    case BIND_I32:
    case BIND_U32:
    case BIND_POINTER:
        return wide ? WASM_F64 : WASM_I32;
    default:
        return WASM_I32;
    }
}

/* The table of abi.md 4.2. An optional value that comes in stays a handle: 0 must be told from a slot. */
static uint8_t value_role(const struct bind_type *type, bool incoming, bool externref, bool single) {
    if (!externref || !single || (incoming && type->absent != BIND_ALWAYS))
        return BIND_WORD_PLAIN;
    return type->access == BIND_OWNED ? BIND_WORD_REF_OWNED : BIND_WORD_REF_BORROWED;
}

static void push_word(struct bind_value *value, uint8_t type, uint8_t role) {
    ASSERT(value->nwords < BIND_MAX_WORDS);
    value->words[value->nwords++] = (struct bind_word){.type = type, .role = role};
}

struct bind_value bind_value_of(const struct bind_type *type, bool incoming, bool externref, bool single) {
    struct bind_value value = {.type = type, .incoming = incoming};
    if (type->absent == BIND_ABSENT_FLAG)
        push_word(&value, WASM_I32, BIND_WORD_PLAIN);
    switch (type->kind) {
    case BIND_UNIT:
        break;
    case BIND_STRING:
    case BIND_ARRAY:
    case BIND_CALLBACK:
        push_word(&value, WASM_I32, BIND_WORD_PLAIN);
        push_word(&value, WASM_I32, BIND_WORD_PLAIN);
        if (type->kind == BIND_ARRAY && incoming && type->access == BIND_BORROWED_MUT)
            push_word(&value, WASM_I32, externref ? BIND_WORD_REF_OWNED : BIND_WORD_PLAIN);
        break;
    case BIND_VALUE:
        push_word(&value, WASM_I32, value_role(type, incoming, externref, single));
        break;
    case BIND_I128:
    case BIND_U128:
        push_word(&value, WASM_I64, BIND_WORD_PLAIN);
        push_word(&value, WASM_I64, BIND_WORD_PLAIN);
        break;
    default:
        push_word(&value, word_type(type), BIND_WORD_PLAIN);
        break;
    }
    return value;
}

static uint16_t word_size(uint8_t type) {
    return type == WASM_I64 || type == WASM_F64 ? 8 : 4;
}

/* Places a word behind the record so far, at its natural alignment. */
static uint16_t place_word(uint16_t *end, uint8_t type) {
    uint16_t size = word_size(type);
    uint16_t at = (uint16_t)((*end + size - 1) / size * size);
    *end = (uint16_t)(at + size);
    return at;
}

void bind_signature_layout(struct bind_signature *sig, bool is_export, bool multi_value) {
    uint16_t end = 0;
    unsigned words = sig->result.nwords;
    for (unsigned i = 0; i < words; i++)
        sig->result.words[i].offset = place_word(&end, sig->result.words[i].type);
    if (sig->fallible) {
        sig->error_offset = place_word(&end, WASM_I32);
        sig->is_error_offset = place_word(&end, WASM_I32);
        words += 2;
    }
    if (words < 2) {
        sig->how = words ? BIND_RETURN_DIRECT : BIND_RETURN_NONE;
        return;
    }
    sig->how = is_export && multi_value ? BIND_RETURN_MULTI : BIND_RETURN_RECORD;
    sig->record_size = (uint16_t)((end + 7) / 8 * 8);
}

static const struct meta_FunctionArgumentData *argument_data(const struct meta_Function *record, size_t i) {
    return record && i < record->args.len ? &record->args.items[i] : NULL;
}

static void describe_param(const struct meta_FunctionArgumentData *data, struct bind_param *param) {
    if (!data)
        return;
    param->name = data->name;
    param->ts_optional = data->optional;
    if (data->ty_override)
        param->ts_override = *data->ty_override;
    if (data->desc)
        param->description = *data->desc;
}

static bool build_param(const struct bind_context *cx, const struct meta_type *type, bool incoming,
                        const struct meta_FunctionArgumentData *data, size_t place, struct bind_param *out,
                        Str *why) {
    const struct bind_type *made;
    describe_param(data, out);
    if (!bind_type_of(cx, type, incoming, &made, why)) {
        if (out->name.len)
            *why = str_format(cx->arena, "argument %zu `%.*s`: %.*s", place + 1, STR_ARG(out->name),
                              STR_ARG(*why));
        else
            *why = str_format(cx->arena, "argument %zu: %.*s", place + 1, STR_ARG(*why));
        return false;
    }
    out->value = bind_value_of(made, incoming, cx->b->externref, true);
    return true;
}

/* Arguments of type () have no words and no JavaScript counterpart. */
static bool build_params(const struct bind_context *cx, const struct meta_signature *function,
                         const struct meta_Function *record, bool incoming, struct bind_signature *out,
                         Str *why) {
    out->params = ARENA_ARRAY(cx->arena, function->nargs, struct bind_param);
    for (size_t i = 0; i < function->nargs; i++) {
        struct bind_param *param = &out->params[out->nparams];
        if (function->args[i]->kind == META_UNIT)
            continue;
        if (!build_param(cx, function->args[i], incoming, argument_data(record, i), i, param, why))
            return false;
        out->nparams++;
    }
    return true;
}

static bool build_result(const struct bind_context *cx, const struct meta_type *type, bool is_export,
                         struct bind_signature *out, Str *why) {
    const struct bind_type *made;
    if (is_export && type->kind == META_RESULT) {
        out->fallible = true;
        type = type->inner;
    }
    if (!bind_type_of(cx, type, !is_export, &made, why)) {
        *why = str_format(cx->arena, "result: %.*s", STR_ARG(*why));
        return false;
    }
    if (made->kind == BIND_CALLBACK) {
        *why = STR("result: a callback cannot be returned");
        return false;
    }
    out->result = bind_value_of(made, !is_export, cx->b->externref, !out->fallible);
    return true;
}

static void describe_result(const struct meta_Function *record, struct bind_signature *out) {
    if (!record)
        return;
    out->variadic = record->variadic && out->nparams;
    if (record->ret_ty_override)
        out->ts_return_override = *record->ret_ty_override;
    if (record->ret_desc)
        out->return_description = *record->ret_desc;
}

/* What an async export's promise settles to; for declarations only, so a type that is not implemented is just
 * unknown. */
static void settle(const struct bind_context *cx, const struct meta_signature *function,
                   struct bind_signature *out) {
    const struct meta_type *inner = function->inner_ret;
    if (inner && inner->kind == META_RESULT)
        inner = inner->inner;
    Str ignored;
    out->promise = true;
    if (!inner || !bind_type_of(cx, inner, false, &out->settled, &ignored))
        out->settled = NULL;
}

bool bind_signature_build(const struct bind_context *cx, const struct meta_signature *function,
                          const struct meta_Function *record, bool is_export, struct bind_signature *out,
                          Str *why) {
    *out = (struct bind_signature){0};
    if (!build_params(cx, function, record, is_export, out, why) ||
        !build_result(cx, function->ret, is_export, out, why))
        return false;
    describe_result(record, out);
    if (is_export && record && record->asyncness)
        settle(cx, function, out);
    bind_signature_layout(out, is_export, cx->b->multi_value);
    return true;
}

static bool type_is(const struct wasm_functype *type, uint32_t *at, uint8_t word) {
    return *at < type->nparams && type->params[(*at)++] == word;
}

static bool params_match(const struct bind_signature *sig, unsigned leading,
                         const struct wasm_functype *type) {
    uint32_t at = 0;
    unsigned record = sig->how == BIND_RETURN_RECORD || sig->how == BIND_RETURN_MULTI;
    for (unsigned i = 0; i < record + leading; i++)
        if (!type_is(type, &at, WASM_I32))
            return false;
    for (size_t i = 0; i < sig->nparams; i++)
        for (unsigned k = 0; k < sig->params[i].value.nwords; k++)
            if (!type_is(type, &at, sig->params[i].value.words[k].type))
                return false;
    return at == type->nparams;
}

static bool results_match(const struct bind_signature *sig, const struct wasm_functype *type) {
    if (sig->how != BIND_RETURN_DIRECT)
        return type->nresults == 0;
    return type->nresults == 1 && type->results[0] == sig->result.words[0].type;
}

const char *bind_word_name(uint8_t type) {
    switch (type) {
    case WASM_I32:
        return "i32";
    case WASM_I64:
        return "i64";
    case WASM_F32:
        return "f32";
    case WASM_F64:
        return "f64";
    default:
        return "ref";
    }
}

static Str functype_text(struct arena *arena, const struct wasm_functype *type) {
    struct buf out = {0};
    for (uint32_t i = 0; i < type->nparams; i++)
        buf_printf(&out, "%s%s", i ? ", " : "(", bind_word_name(type->params[i]));
    buf_printf(&out, "%s", type->nparams ? ") ->" : "() ->");
    for (uint32_t i = 0; i < type->nresults; i++)
        buf_printf(&out, " %s", bind_word_name(type->results[i]));
    Str text = buf_copy(arena, &out);
    buf_free(&out);
    return text;
}

bool bind_signature_matches(const struct bind_context *cx, const struct bind_signature *sig, unsigned leading,
                            uint32_t func, Str *why) {
    const struct wasm_functype *type = wasm_func_type(cx->m, func);
    if (params_match(sig, leading, type) && results_match(sig, type))
        return true;
    Str text = functype_text(cx->arena, type);
    *why = str_format(cx->arena, "its type descriptor does not fit the wasm function of type %.*s",
                      STR_ARG(text));
    return false;
}
