#include <stdlib.h>

#include "js/gen.h"
#include "js/text.h"

/* Globals that the runtime and the glue use by name. */
static const char *const globals[] = {
    "Array",
    "ArrayBuffer",
    "BigInt",
    "DataView",
    "Error",
    "FinalizationRegistry",
    "JSON",
    "Math",
    "Number",
    "Object",
    "Promise",
    "RangeError",
    "Request",
    "Response",
    "String",
    "Symbol",
    "URL",
    "TextDecoder",
    "TypeError",
    "TextEncoder",
    "WebAssembly",
    "console",
    "exports",
    "fetch",
    "globalThis",
    "module",
    "require",
    "__dirname",
    "Int8Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "Int16Array",
    "Uint16Array",
    "Int32Array",
    "Uint32Array",
    "BigInt64Array",
    "BigUint64Array",
    "Float32Array",
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
            js_names_take(&g->names,
                          str_slice(i->origin.names[0], 0, str_find(i->origin.names[0], STR("."))));
}

/* A global's name may be a path itself. */
static Str global(const struct js_gen *g, Str name) {
    size_t first = str_find(name, STR("."));
    if (!js_is_identifier(str_slice(name, 0, first)))
        return js_member(g->arena, STR("globalThis"), name);
    return first < name.len
               ? js_path(g->arena, str_slice(name, 0, first), str_slice(name, first + 1, name.len), false)
               : name;
}

Str js_origin(struct js_gen *g, const struct bind_origin *origin, size_t n) {
    ASSERT(n && n <= origin->nnames);
    Str path = origin->place == BIND_MODULE ? imported_name(g, origin->module, origin->names[0])
                                            : global(g, origin->names[0]);
    for (size_t i = 1; i < n; i++)
        path = js_path(g->arena, path, origin->names[i], false);
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

static int by_specifier(const void *a, const void *b) {
    return str_cmp(((const struct js_module *)a)->specifier, ((const struct js_module *)b)->specifier);
}

/* In the order of specifiers, whatever the order of use. */
void js_modules_write(struct js_gen *g, struct buf *out) {
    if (g->modules.len)
        qsort(g->modules.items, g->modules.len, sizeof(*g->modules.items), by_specifier);
    for (vec_each(struct js_module, m, &g->modules))
        write_module(g, m, out);
}
