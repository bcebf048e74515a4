#include "bind/identifier.h"
#include "dts/dts_internal.h"

static bool is_accessor(const struct bind_export *e) {
    return e->member == BIND_GETTER || e->member == BIND_SETTER;
}

/* The other half of an accessor, or NULL. */
static const struct bind_export *partner(const struct dts *d, const struct bind_export *e) {
    for (vec_each(struct bind_export, other, &d->b->exports))
        if (other->class == e->class && is_accessor(other) && other->member != e->member &&
            other->is_static == e->is_static && str_eq(other->name, e->name))
            return other;
    return NULL;
}

static Str setter_type(struct dts *d, const struct bind_export *setter) {
    const struct bind_param *param = &setter->sig.params[0];
    return param->ts_override.len ? param->ts_override : bind_ts_type(d->arena, &param->value);
}

/* A type that ends in undefined is written as an optional property. */
static void write_property(struct dts *d, const char *prefix, const struct bind_export *e, Str type) {
    static const Str NONE = {" | undefined", 12};
    bool optional = !prefix[0] && str_ends(type, NONE);
    buf_printf(d->out, "%s%s%s", d->indent, e->is_static ? "static " : "", prefix);
    dts_property(d->out, e->name);
    buf_printf(d->out, "%s: %.*s;\n", optional ? "?" : "",
               STR_ARG(str_slice(type, 0, type.len - (optional ? NONE.len : 0))));
}

static void write_setter(struct dts *d, const struct bind_export *setter) {
    buf_printf(d->out, "%s%sset ", d->indent, setter->is_static ? "static " : "");
    dts_property(d->out, setter->name);
    buf_printf(d->out, "(value: %.*s);\n", STR_ARG(setter_type(d, setter)));
}

/* A property where one type serves both directions, otherwise a getter and a setter. Written at the getter.
 */
static void write_accessor(struct dts *d, const struct bind_export *e) {
    const struct bind_export *other = partner(d, e);
    if (e->member == BIND_SETTER) {
        if (!other) {
            dts_docs(d, e->docs, e->ndocs, NULL);
            write_setter(d, e);
        }
        return;
    }
    Str type = bind_ts_result(d->arena, &e->sig);
    dts_docs(d, e->docs, e->ndocs, NULL);
    if (!other) {
        write_property(d, "readonly ", e, type);
    } else if (str_eq(type, setter_type(d, other))) {
        write_property(d, "", e, type);
    } else {
        buf_printf(d->out, "%s%sget ", d->indent, e->is_static ? "static " : "");
        dts_property(d->out, e->name);
        buf_printf(d->out, "(): %.*s;\n", STR_ARG(type));
        dts_docs(d, other->docs, other->ndocs, NULL);
        write_setter(d, other);
    }
}

static void write_method(struct dts *d, const struct bind_export *e) {
    dts_docs(d, e->docs, e->ndocs, &e->sig);
    buf_str(d->out, str_from(d->indent));
    if (e->member == BIND_CONSTRUCTOR) {
        buf_str(d->out, STR("constructor("));
        dts_params(d, &e->sig);
        buf_str(d->out, STR(");\n"));
        return;
    }
    if (e->is_static)
        buf_str(d->out, STR("static "));
    dts_property(d->out, e->name);
    buf_byte(d->out, '(');
    dts_params(d, &e->sig);
    buf_printf(d->out, "): %.*s;\n", STR_ARG(bind_ts_result(d->arena, &e->sig)));
}

void dts_class(struct dts *d, const struct bind_class *class) {
    if (!class->generate_ts)
        return;
    dts_docs(d, class->docs, class->ndocs, NULL);
    Str name = bind_class_identifier(d->arena, class);
    bool exported = !class->is_private && str_eq(name, class->name);
    buf_printf(d->out, "%sclass %.*s {\n", exported ? "export " : d->declare, STR_ARG(name));
    d->indent = "  ";
    if (!class->has_constructor)
        buf_str(d->out, STR("  private constructor();\n"));
    buf_str(d->out, STR("  free(): void;\n"));
    if (class->declares_dispose)
        buf_str(d->out, STR("  [Symbol.dispose](): void;\n"));
    if (class->is_inspectable)
        buf_str(d->out,
                STR("  /** Its fields as a plain object, for JSON.stringify. */\n  toJSON(): Object;\n"
                    "  toString(): string;\n"));
    for (vec_each(struct bind_export, e, &d->b->exports)) {
        if (e->class != class || !e->generate_ts)
            continue;
        if (is_accessor(e))
            write_accessor(d, e);
        else
            write_method(d, e);
    }
    d->indent = "";
    buf_str(d->out, STR("}\n"));
    if (!exported && !class->is_private)
        dts_export_as(d, name, class->name);
    bool in_namespace = d->declare[0] == '\0'; /* which has no export lists: all that it declares is seen */
    if (class->is_private && !in_namespace)
        buf_printf(d->out, "export type { %.*s };\n", STR_ARG(name));
}
