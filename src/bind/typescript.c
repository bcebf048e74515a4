/* TypeScript types of values, as upstream's tool of the release writes them (docs/upstream/abi.md 5, 6). */
#include "bind/identifier.h"

static Str scalar_type(struct arena *arena, const struct bind_type *type) {
    switch (type->kind) {
    case BIND_UNIT:
        return STR("void");
    case BIND_BOOL:
        return STR("boolean");
    case BIND_I64:
    case BIND_U64:
    case BIND_I128:
    case BIND_U128:
        return STR("bigint");
    case BIND_ENUM:
    case BIND_STRING_ENUM:
        return type->enumeration ? bind_enum_identifier(arena, type->enumeration) : STR("number");
    case BIND_CHAR:
    case BIND_STRING:
        return STR("string");
    case BIND_VALUE:
        return type->ts.len ? type->ts : STR("any");
    case BIND_OBJECT:
        return bind_class_identifier(arena, type->class);
    default:
        return STR("number");
    }
}

/* Arguments are copied into wasm memory, which works as well for a plain array; clamping would not. */
static Str array_type(struct arena *arena, const struct bind_type *type, bool incoming) {
    const char *class = bind_array_class(type);
    Str element = scalar_type(arena, type->element);
    if (!class)
        return str_format(arena, bind_is_identifier(element) ? "%.*s[]" : "(%.*s)[]", STR_ARG(element));
    if (incoming && !type->clamped && !type->ts_without_list && type->access != BIND_BORROWED_MUT)
        return str_format(arena, "%s | %.*s[]", class, STR_ARG(element));
    return str_from(class);
}

/* The type without its "no value". */
static Str present_type(struct arena *arena, const struct bind_type *type, bool incoming) {
    return type->kind == BIND_ARRAY ? array_type(arena, type, incoming) : scalar_type(arena, type);
}

Str bind_ts_type(struct arena *arena, const struct bind_value *value) {
    Str present = present_type(arena, value->type, value->incoming);
    if (value->type->absent == BIND_ALWAYS)
        return present;
    bool takes_null = value->incoming && !value->type->ts_without_null;
    return str_format(arena, "%.*s | %sundefined", STR_ARG(present), takes_null ? "null | " : "");
}

/* One parameter; *omittable says whether all parameters behind it may be left out, and becomes that for the
 * next one before. */
static struct bind_ts_param ts_param(struct arena *arena, const struct bind_param *param, bool *omittable) {
    struct bind_ts_param out = {0};
    if (param->ts_override.len) {
        *omittable = false;
        out.omittable = param->ts_optional;
        out.type = param->ts_override;
    } else if (*omittable && param->value.type->absent != BIND_ALWAYS) {
        Str present = present_type(arena, param->value.type, true);
        out.omittable = true;
        out.type = present;
        if (!param->value.type->ts_without_null)
            out.type = str_format(arena, "%.*s | null", STR_ARG(present));
    } else {
        *omittable = false;
        out.type = bind_ts_type(arena, &param->value);
    }
    return out;
}

/* The arguments that a rest parameter collects are a plain array, whatever they are copied into. */
static Str rest_type(struct arena *arena, const struct bind_param *param) {
    const struct bind_type *type = param->value.type;
    Str element = scalar_type(arena, type->element);
    return str_format(arena, "%.*s[]", STR_ARG(element));
}

void bind_ts_params(struct arena *arena, const struct bind_signature *sig, struct bind_ts_param *out) {
    bool omittable = true;
    for (size_t i = sig->nparams; i > 0; i--) {
        const struct bind_param *param = &sig->params[i - 1];
        bool is_rest = sig->variadic && i == sig->nparams && !param->ts_override.len;
        out[i - 1] = ts_param(arena, param, &omittable);
        if (is_rest && param->value.type->kind == BIND_ARRAY && bind_array_class(param->value.type))
            out[i - 1].type = rest_type(arena, param);
    }
}

/* An async export's promise settles to `settled`; unknown types are `any`. */
static Str result_type(struct arena *arena, const struct bind_signature *sig) {
    if (sig->ts_return_override.len)
        return sig->ts_return_override;
    if (!sig->promise)
        return bind_ts_type(arena, &sig->result);
    if (!sig->settled)
        return STR("any");
    return bind_ts_type(arena, &(struct bind_value){.type = sig->settled});
}

Str bind_ts_result(struct arena *arena, const struct bind_signature *sig) {
    Str type = result_type(arena, sig);
    return sig->promise ? str_format(arena, "Promise<%.*s>", STR_ARG(type)) : type;
}
