#include "bind/identifier.h"
#include "dts/dts_internal.h"

/* Enums: of numbers a TypeScript enum, of texts a union of literals. */

static void write_texts(struct dts *d, const struct bind_enum *e) {
    for (size_t i = 0; i < e->nconstants; i++) {
        buf_str(d->out, i ? STR(" | ") : STR(""));
        dts_quoted(d->out, e->constants[i].name);
    }
    buf_str(d->out, e->nconstants ? STR(";\n") : STR("never;\n"));
}

static void write_numbers(struct dts *d, const struct bind_enum *e) {
    d->indent = "  ";
    for (size_t i = 0; i < e->nconstants; i++) {
        const struct bind_constant *constant = &e->constants[i];
        dts_docs(d, constant->docs, constant->ndocs, NULL);
        buf_str(d->out, str_from(d->indent));
        dts_name(d->out, constant->name);
        buf_printf(d->out, " = %lld,\n", (long long)constant->value);
    }
    d->indent = "";
    buf_str(d->out, STR("}\n"));
}

static bool names_enum(const struct bind_type *type, const struct bind_enum *e) {
    return type && (type->enumeration == e || (type->element && type->element->enumeration == e));
}

static bool export_names_enum(const struct bind_export *export_, const struct bind_enum *e) {
    const struct bind_signature *sig = &export_->sig;
    for (size_t i = 0; i < sig->nparams; i++)
        if (!sig->params[i].ts_override.len && names_enum(sig->params[i].value.type, e))
            return true;
    return !sig->ts_return_override.len && names_enum(sig->promise ? sig->settled : sig->result.type, e);
}

/* Enums of texts that no declaration names are left out: crates bring them by the dozen. */
static bool is_declared(const struct dts *d, const struct bind_enum *e) {
    if (!e->generate_ts || !e->is_text || d->b->ts_unused_texts)
        return e->generate_ts;
    for (vec_each(struct bind_export, export_, &d->b->exports))
        if (export_->generate_ts && export_names_enum(export_, e))
            return true;
    return false;
}

void dts_enum(struct dts *d, const struct bind_enum *e) {
    if (!is_declared(d, e))
        return;
    Str name = bind_enum_identifier(d->arena, e);
    bool exported = !e->is_private && str_eq(name, e->name);
    dts_docs(d, e->docs, e->ndocs, NULL);
    buf_printf(d->out, "%s%s %.*s %s", exported ? "export " : d->declare, e->is_text ? "type" : "enum",
               STR_ARG(name), e->is_text ? "= " : "{\n");
    if (e->is_text)
        write_texts(d, e);
    else
        write_numbers(d, e);
    if (!exported && !e->is_private)
        dts_export_as(d, name, e->name);
}
