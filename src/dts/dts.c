#include "dts/dts.h"

#include "dts/dts_internal.h"

/* ---- names ---- */

static bool is_identifier(Str name) {
    if (!name.len || (name.ptr[0] >= '0' && name.ptr[0] <= '9'))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                     c == '$';
        if (!plain && c < 0x80)
            return false;
    }
    return true;
}

/* Words that cannot name a parameter in TypeScript's strict mode. */
static bool is_reserved(Str name) {
    static const char *const words[] = {
        "arguments", "await",      "break",     "case",   "catch",    "class",  "const",      "continue",
        "debugger",  "default",    "delete",    "do",     "else",     "enum",   "eval",       "export",
        "extends",   "false",      "finally",   "for",    "function", "if",     "implements", "import",
        "in",        "instanceof", "interface", "let",    "new",      "null",   "package",    "private",
        "protected", "public",     "return",    "static", "super",    "switch", "this",       "throw",
        "true",      "try",        "typeof",    "var",    "void",     "while",  "with",       "yield"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(name, str_from(words[i])))
            return true;
    return false;
}

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

/* A property name: as it is, computed like `[Symbol.iterator]`, or quoted. */
void dts_property(struct buf *out, Str name) {
    if (is_identifier(name) || str_starts(name, STR("[Symbol.")))
        buf_str(out, name);
    else
        dts_quoted(out, name);
}

/* ---- comments ---- */

/* A doc comment. The text cannot end the comment early. */
static void write_line(struct dts *d, Str line) {
    buf_printf(d->out, "%s *", d->indent);
    for (size_t i = 0; i < line.len; i++) {
        bool ends = line.ptr[i] == '/' && i > 0 && line.ptr[i - 1] == '*';
        buf_str(d->out, ends ? STR("\\/") : str_slice(line, i, i + 1));
    }
    buf_byte(d->out, '\n');
}

static bool has_descriptions(const struct bind_signature *sig) {
    for (size_t i = 0; sig && i < sig->nparams; i++)
        if (sig->params[i].description.len)
            return true;
    return sig && sig->return_description.len;
}

void dts_docs(struct dts *d, const Str *docs, size_t ndocs, const struct bind_signature *sig) {
    if (!ndocs && !has_descriptions(sig))
        return;
    buf_printf(d->out, "%s/**\n", d->indent);
    for (size_t i = 0; i < ndocs; i++)
        write_line(d, docs[i]);
    for (size_t i = 0; sig && i < sig->nparams; i++)
        if (sig->params[i].description.len)
            write_line(d, str_format(d->arena, " @param %.*s - %.*s", STR_ARG(dts_param_name(d, sig, i)),
                                     STR_ARG(sig->params[i].description)));
    if (sig && sig->return_description.len)
        write_line(d, str_format(d->arena, " @returns %.*s", STR_ARG(sig->return_description)));
    buf_printf(d->out, "%s */\n", d->indent);
}

/* ---- signatures ---- */

Str dts_param_name(struct dts *d, const struct bind_signature *sig, size_t i) {
    Str name = sig->params[i].name;
    bool taken = false;
    for (size_t k = 0; k < i; k++)
        taken = taken || str_eq(sig->params[k].name, name);
    return is_identifier(name) && !is_reserved(name) && !taken ? name : str_format(d->arena, "arg%zu", i);
}

static bool may_be_left_out(const struct bind_param *param) {
    return param->ts_override.len ? param->ts_optional : param->value.type->absent != BIND_ALWAYS;
}

Str dts_type(struct dts *d, const struct bind_value *value) {
    return bind_ts_type(d->arena, value);
}

/* `name?: T` only behind the last parameter that must be given. */
static void write_param(struct dts *d, const struct bind_signature *sig, size_t i, bool trailing) {
    const struct bind_param *param = &sig->params[i];
    Str type = param->ts_override.len ? param->ts_override : dts_type(d, &param->value);
    bool rest = sig->variadic && i + 1 == sig->nparams;
    bool optional = trailing && !rest && may_be_left_out(param);
    if (optional && str_ends(type, STR(" | undefined")))
        type.len -= strlen(" | undefined");
    else if (!optional && param->ts_override.len && param->ts_optional)
        type = str_format(d->arena, "%.*s | undefined", STR_ARG(type));
    Str name = dts_param_name(d, sig, i);
    buf_printf(d->out, "%s%s%.*s%s: %.*s", i ? ", " : "", rest ? "..." : "", STR_ARG(name),
               optional ? "?" : "", STR_ARG(type));
}

void dts_params(struct dts *d, const struct bind_signature *sig) {
    size_t required = sig->nparams;
    while (required > 0 && may_be_left_out(&sig->params[required - 1]))
        required--;
    for (size_t i = 0; i < sig->nparams; i++)
        write_param(d, sig, i, i >= required);
}

Str dts_result(struct dts *d, const struct bind_signature *sig) {
    struct bind_value value = sig->result;
    if (sig->promise && sig->settled)
        value = (struct bind_value){.type = sig->settled};
    Str type = sig->ts_return_override.len ? sig->ts_return_override : dts_type(d, &value);
    return sig->promise && !sig->ts_return_override.len ? str_format(d->arena, "Promise<%.*s>", STR_ARG(type))
                                                        : type;
}

/* ---- the file ---- */

static void write_function(struct dts *d, const struct bind_export *export_) {
    dts_docs(d, export_->docs, export_->ndocs, &export_->sig);
    if (is_identifier(export_->name) && !is_reserved(export_->name)) {
        buf_printf(d->out, "export function %.*s(", STR_ARG(export_->name));
        dts_params(d, &export_->sig);
        buf_printf(d->out, "): %.*s;\n", STR_ARG(dts_result(d, &export_->sig)));
        return;
    }
    /* A name no declaration can have: declare it under another one. */
    size_t n = ++d->renamed;
    buf_printf(d->out, "declare function __renamed%zu(", n);
    dts_params(d, &export_->sig);
    buf_printf(d->out, "): %.*s;\nexport { __renamed%zu as ", STR_ARG(dts_result(d, &export_->sig)), n);
    if (is_identifier(export_->name))
        buf_str(d->out, export_->name);
    else
        dts_quoted(d->out, export_->name);
    buf_str(d->out, STR(" };\n"));
}

void dts_generate(const struct bindings *b, const struct surface *surface, const struct settings *settings,
                  struct arena *arena, struct buf *out) {
    struct dts d = {.b = b, .arena = arena, .out = out, .indent = ""};
    buf_str(out, STR("/* tslint:disable */\n/* eslint-disable */\n"));
    for (vec_each(Str, section, &b->ts_sections)) {
        buf_str(out, *section);
        buf_str(out, STR("\n\n"));
    }
    bool has_private = false;
    for (size_t i = 0; i < b->classes.len; i++) {
        has_private = has_private || b->classes.items[i]->is_private;
        dts_class(&d, b->classes.items[i]);
    }
    for (vec_each(struct bind_export, export_, &b->exports))
        if (!export_->class && !export_->hidden && export_->generate_ts)
            write_function(&d, export_);
    if (has_private)
        buf_str(out, STR("export {};\n"));
    if (settings->target == TARGET_WEB)
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
        bool plain = is_identifier(item->name) && !is_reserved(item->name);
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
