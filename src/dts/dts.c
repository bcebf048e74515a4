#include "dts/dts.h"

#include "bind/identifier.h"
#include "dts/dts_internal.h"

/* ---- names ---- */

void dts_quoted(struct buf *out, Str text) {
    buf_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c < 0x20)
            buf_printf(out, "\\u%04x", c);
        else
            buf_byte(out, c);
    }
    buf_byte(out, '"');
}

/* Whether it is a number as `keyof` knows it, such as the name of a field of a tuple. */
static bool is_index(Str name) {
    bool digits = name.len > 0 && name.len <= 9;
    for (size_t i = 0; i < name.len && digits; i++)
        digits = name.ptr[i] >= '0' && name.ptr[i] <= '9';
    return digits && (name.len == 1 || name.ptr[0] != '0');
}

void dts_name(struct buf *out, Str name) {
    if (bind_is_identifier(name))
        buf_str(out, name);
    else
        dts_quoted(out, name);
}

/* A property name: as it is, computed like `[Symbol.iterator]`, or quoted. */
void dts_property(struct buf *out, Str name) {
    if (bind_is_computed(name) || is_index(name))
        buf_str(out, name);
    else
        dts_name(out, name);
}

void dts_export_as(struct dts *d, Str local, Str name) {
    buf_printf(d->out, "export { %.*s as ", STR_ARG(local));
    dts_name(d->out, name);
    buf_str(d->out, STR(" };\n"));
}

/* ---- comments ---- */

static bool has_descriptions(const struct bind_signature *sig) {
    for (size_t i = 0; sig && i < sig->nparams; i++)
        if (sig->params[i].description.len)
            return true;
    return sig && sig->return_description.len;
}

void dts_docs(struct dts *d, const Str *docs, size_t ndocs, const struct bind_signature *sig) {
    if (!ndocs && !has_descriptions(sig))
        return;
    size_t n = sig ? sig->nparams : 0;
    Str *names = ARENA_ARRAY(d->arena, n, Str);
    if (sig)
        bind_param_names(d->arena, sig, names);
    buf_printf(d->out, "%s/**\n", d->indent);
    for (size_t i = 0; i < ndocs; i++)
        bind_doc_line(d->out, d->indent, docs[i]);
    for (size_t i = 0; i < n; i++)
        if (sig->params[i].description.len)
            bind_doc_line(d->out, d->indent,
                          str_format(d->arena, "@param %.*s - %.*s", STR_ARG(names[i]),
                                     STR_ARG(sig->params[i].description)));
    if (sig && sig->return_description.len)
        bind_doc_line(d->out, d->indent,
                      str_format(d->arena, "@returns %.*s", STR_ARG(sig->return_description)));
    buf_printf(d->out, "%s */\n", d->indent);
}

/* ---- signatures ---- */

void dts_params(struct dts *d, const struct bind_signature *sig) {
    size_t n = sig->nparams;
    struct bind_ts_param *types = ARENA_ARRAY(d->arena, n, struct bind_ts_param);
    Str *names = ARENA_ARRAY(d->arena, n, Str);
    bind_ts_params(d->arena, sig, types);
    bind_param_names(d->arena, sig, names);
    for (size_t i = 0; i < n; i++) {
        bool rest = sig->variadic && i + 1 == n;
        buf_printf(d->out, "%s%s%.*s%s: %.*s", i ? ", " : "", rest ? "..." : "", STR_ARG(names[i]),
                   types[i].omittable && !rest ? "?" : "", STR_ARG(types[i].type));
    }
}

/* ---- the file ---- */

static void write_function(struct dts *d, const struct bind_export *export_) {
    bool plain = bind_is_declarable(export_->name);
    Str name = plain ? export_->name : str_format(d->arena, "__renamed%zu", ++d->renamed);
    Str result = bind_ts_result(d->arena, &export_->sig);
    dts_docs(d, export_->docs, export_->ndocs, &export_->sig);
    buf_printf(d->out, "%sfunction %.*s(", plain ? "export " : d->declare, STR_ARG(name));
    dts_params(d, &export_->sig);
    buf_printf(d->out, "): %.*s;\n", STR_ARG(result));
    if (!plain) /* a name no declaration can have */
        dts_export_as(d, name, export_->name);
}

/* What the program exports. */
static void write_exports(struct dts *d) {
    bool has_private = false;
    for (vec_each(Str, section, &d->b->ts_sections)) {
        buf_str(d->out, *section);
        buf_str(d->out, STR("\n\n"));
    }
    for (size_t i = 0; i < d->b->enums.len; i++) {
        has_private = has_private || d->b->enums.items[i]->is_private;
        dts_enum(d, d->b->enums.items[i]);
    }
    for (size_t i = 0; i < d->b->classes.len; i++) {
        has_private = has_private || d->b->classes.items[i]->is_private;
        dts_class(d, d->b->classes.items[i]);
    }
    for (vec_each(struct bind_export, export_, &d->b->exports))
        if (!export_->class && !export_->hidden && export_->generate_ts)
            write_function(d, export_);
    if (has_private)
        buf_str(d->out, STR("export {};\n"));
}

/* The exports of a script are properties of its global. */
static void write_namespace(struct dts *d, Str global) {
    struct buf inner = {0}, *out = d->out;
    d->out = &inner;
    write_exports(d);
    d->out = out;
    buf_printf(out, "declare namespace %.*s {\n", STR_ARG(global));
    Str text = buf_view(&inner);
    for (size_t at = 0; at < text.len;) {
        size_t end = at + str_find(str_slice(text, at, text.len), STR("\n"));
        Str line = str_slice(text, at, end);
        buf_printf(out, "%s%.*s\n", line.len ? "  " : "", STR_ARG(line));
        at = end + 1;
    }
    buf_str(out, STR("}\n"));
    buf_free(&inner);
}

void dts_generate(const struct bindings *b, const struct surface *surface, const struct settings *settings,
                  struct arena *arena, struct buf *out) {
    bool script = target_row(settings->target)->syntax == SYNTAX_SCRIPT;
    struct dts d = {.b = b, .arena = arena, .out = out, .indent = "", .declare = script ? "" : "declare "};
    buf_str(out, STR("/* tslint:disable */\n/* eslint-disable */\n"));
    if (script)
        write_namespace(&d, settings->global);
    else
        write_exports(&d);
    if (target_has(settings->target, TARGET_INIT))
        dts_init(&d, surface, settings);
}

/* ---- raw exports ---- */

static const char *raw_type(uint8_t valtype) {
    switch (valtype) {
    case WASM_I64:
        return "bigint";
    case WASM_I32:
    case WASM_F32:
    case WASM_F64:
        return "number";
    default:
        return "any";
    }
}

/* a, b, … z, a1, b1, … */
static void write_raw_signature(struct buf *out, const struct wasm_functype *type, const char *arrow) {
    buf_byte(out, '(');
    for (uint32_t i = 0; i < type->nparams; i++) {
        buf_printf(out, "%s%c", i ? ", " : "", 'a' + (int)(i % 26));
        if (i >= 26)
            buf_printf(out, "%u", i / 26);
        buf_printf(out, ": %s", raw_type(type->params[i]));
    }
    buf_printf(out, ")%s", arrow);
    if (type->nresults == 1)
        buf_str(out, str_from(raw_type(type->results[0])));
    else if (!type->nresults)
        buf_str(out, STR("void"));
    for (uint32_t i = 0; type->nresults > 1 && i < type->nresults; i++)
        buf_printf(out, "%s%s%s", i ? ", " : "[", raw_type(type->results[i]),
                   i + 1 == type->nresults ? "]" : "");
}

/* The TypeScript type of a raw export; false for globals, which have none. */
bool dts_raw_type(struct buf *out, const struct surface_item *item) {
    if (item->kind == WASM_FUNC)
        write_raw_signature(out, &item->type, " => ");
    else if (item->kind == WASM_MEMORY)
        buf_str(out, STR("WebAssembly.Memory"));
    else if (item->kind == WASM_TABLE)
        buf_str(out, STR("WebAssembly.Table"));
    else if (item->kind == WASM_TAG)
        buf_str(out, STR("WebAssembly.Tag"));
    return item->kind != WASM_GLOBAL;
}

void dts_generate_wasm(const struct surface *surface, struct buf *out) {
    size_t renamed = 0;
    buf_str(out, STR("/* tslint:disable */\n/* eslint-disable */\n"));
    for (vec_each(struct surface_item, item, &surface->exports)) {
        if (item->kind == WASM_GLOBAL)
            continue;
        bool plain = bind_is_binding(item->name);
        if (plain)
            buf_printf(out, "export const %.*s: ", STR_ARG(item->name));
        else
            buf_printf(out, "declare const __renamed%zu: ", ++renamed);
        dts_raw_type(out, item);
        buf_str(out, STR(";\n"));
        if (plain)
            continue;
        buf_printf(out, "export { __renamed%zu as ", renamed);
        dts_quoted(out, item->name);
        buf_str(out, STR(" };\n"));
    }
}
