#include "js/gen.h"
#include "js/text.h"

/* Globals that the runtime and the glue use by name. */
static const char *const globals[] = {
    "Array",    "ArrayBuffer", "BigInt",   "DataView", "Error",   "FinalizationRegistry", "JSON",        "Math",
    "Number",   "Object",      "Promise",  "RangeError", "Request", "Response",           "String",      "Symbol",
    "URL",      "TextDecoder", "TypeError", "TextEncoder", "WebAssembly", "console",      "exports",     "fetch",
    "globalThis", "module",    "require",  "__dirname", "Int8Array", "Uint8Array",        "Uint8ClampedArray",
    "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "BigInt64Array", "BigUint64Array", "Float32Array",
    "Float64Array",
};

static struct js_module *find_module(struct js_gen *g, Str specifier) {
    for (vec_each(struct js_module, m, &g->modules))
        if (str_eq(m->specifier, specifier))
            return m;
    return vec_push(g->arena, &g->modules, (struct js_module){.specifier = specifier});
}

static Str imported_name(struct js_gen *g, Str specifier, Str name) {
    struct js_module *m = find_module(g, specifier);
    for (vec_each(struct js_imported, i, &m->names))
        if (str_eq(i->name, name))
            return i->local;
    Str local = js_names_new(&g->names, name);
    vec_push(g->arena, &m->names, (struct js_imported){name, local});
    return local;
}

void js_modules_collect(struct js_gen *g) {
    for (size_t i = 0; i < sizeof globals / sizeof *globals; i++)
        js_names_take(&g->names, str_from(globals[i]));
    for (size_t i = 0; js_fragment_names[i]; i++)
        js_names_take(&g->names, str_from(js_fragment_names[i]));
    for (vec_each(struct bind_import, i, &g->b->imports))
        if (!i->dead && i->origin.nnames && i->origin.place == BIND_GLOBAL)
            js_names_take(&g->names, i->origin.names[0]);
}

Str js_origin(struct js_gen *g, const struct bind_origin *origin, size_t n) {
    ASSERT(n && n <= origin->nnames);
    Str path = origin->names[0];
    if (origin->place == BIND_MODULE)
        path = imported_name(g, origin->module, path);
    else if (!js_is_identifier(path))
        path = js_member(g->arena, STR("globalThis"), path);
    for (size_t i = 1; i < n; i++)
        path = js_member(g->arena, path, origin->names[i]);
    return path;
}

static void write_names(const struct js_gen *g, const struct js_module *m, struct buf *out) {
    for (size_t i = 0; i < m->names.len; i++) {
        const struct js_imported *name = &m->names.items[i];
        buf_printf(out, "%s%.*s", i ? ", " : "", STR_ARG(js_key(g->arena, name->name)));
        if (!str_eq(name->name, name->local))
            buf_printf(out, "%s%.*s", g->esm ? " as " : ": ", STR_ARG(name->local));
    }
}

static void write_module(struct js_gen *g, const struct js_module *m, struct buf *out) {
    Str quoted = js_quote(g->arena, m->specifier);
    buf_str(out, g->esm ? STR("import { ") : STR("const { "));
    write_names(g, m, out);
    if (g->esm)
        buf_printf(out, " } from %.*s;\n", STR_ARG(quoted));
    else
        buf_printf(out, " } = require(%.*s);\n", STR_ARG(quoted));
}

/* In the order of specifiers, whatever the order of use. */
void js_modules_write(struct js_gen *g, struct buf *out) {
    Str last = {0};
    for (size_t n = 0; n < g->modules.len; n++) {
        const struct js_module *next = NULL;
        for (vec_each(struct js_module, m, &g->modules))
            if ((n == 0 || str_cmp(m->specifier, last) > 0) && (!next || str_cmp(m->specifier, next->specifier) < 0))
                next = m;
        write_module(g, next, out);
        last = next->specifier;
    }
}
