#include <stdlib.h>

#include "bind/identifier.h"
#include "js/gen.h"
#include "js/text.h"

/* Globals that the runtime and the glue use by name. */
static const char *const globals[] = {
    "Array",         "ArrayBuffer",  "BigInt",     "DataView",    "Error",         "FinalizationRegistry",
    "InternalError", "JSON",         "Math",       "Number",      "Object",        "Promise",
    "RangeError",    "Request",      "Response",   "Set",         "String",        "Symbol",
    "URL",           "TextDecoder",  "TypeError",  "TextEncoder", "WebAssembly",   "console",
    "document",      "exports",      "fetch",      "globalThis",  "module",        "queueMicrotask",
    "readFileSync",  "require",      "__dirname",  "Int8Array",   "Uint8Array",    "Uint8ClampedArray",
    "Int16Array",    "Uint16Array",  "Int32Array", "Uint32Array", "BigInt64Array", "BigUint64Array",
    "Float32Array",  "Float64Array",
};

static struct js_module *find_module(struct js_gen *g, Str specifier) {
    for (vec_each(struct js_module, m, &g->modules))
        if (str_eq(m->specifier, specifier))
            return m;
    return vec_push(g->arena, &g->modules, (struct js_module){.specifier = specifier});
}

/* Its place among the imported names, which it gets if it has none yet. */
static struct js_imported *imported(struct js_gen *g, Str specifier, Str name) {
    struct js_module *m = find_module(g, specifier);
    for (vec_each(struct js_imported, i, &m->names))
        if (str_eq(i->name, name))
            return i;
    Str local = js_names_new(&g->names, name);
    return vec_push(g->arena, &m->names, (struct js_imported){name, local, false});
}

static Str root_of(Str path) {
    return str_slice(path, 0, str_find(path, STR(".")));
}

/* Globals first: they cannot be called otherwise. */
void js_modules_collect(struct js_gen *g) {
    for (size_t i = 0; i < sizeof globals / sizeof *globals; i++)
        js_names_take(&g->names, str_from(globals[i]));
    for (size_t i = 0; js_fragment_names[i]; i++)
        js_names_take(&g->names, str_from(js_fragment_names[i]));
    js_names_take(&g->names, STR("__wbg_get_imports"));
    for (vec_each(struct bind_import, i, &g->b->imports))
        if (!i->dead && i->origin.nnames && i->origin.place == BIND_GLOBAL)
            js_names_take(&g->names, root_of(i->origin.names[0]));
    for (vec_each(struct bind_import, i, &g->b->imports))
        if (!i->dead && i->origin.nnames && i->origin.place == BIND_MODULE)
            imported(g, i->origin.module, i->origin.names[0]);
}

/* Whether a name of the glue itself hides the global of that name. */
static bool is_hidden(Str root) {
    for (size_t i = 0; js_fragment_names[i]; i++)
        if (str_eq(root, str_from(js_fragment_names[i])))
            return true;
    return str_eq(root, STR("__wbg_get_imports"));
}

/* A global's name may be a path itself. */
static Str global(const struct js_gen *g, Str name) {
    Str root = root_of(name), path = root;
    if (!bind_is_identifier(root))
        return js_member(g->arena, STR("globalThis"), name);
    if (is_hidden(root))
        path = js_member(g->arena, STR("globalThis"), root);
    return root.len < name.len ? js_path(g->arena, path, str_slice(name, root.len + 1, name.len), false)
                               : path;
}

Str js_modules_use(struct js_gen *g, Str specifier, Str name) {
    struct js_imported *found = imported(g, specifier, name);
    found->used = true;
    return found->local;
}

/* The item or, where that does not exist, the first of its prefixed names that does. */
static Str prefixed(struct js_gen *g, const struct bind_origin *origin) {
    Str text = STR("undefined");
    for (size_t i = origin->nprefixes + 1; i > 0; i--) {
        Str prefix = i > 1 ? origin->prefixes[i - 2] : STR("");
        Str name = str_format(g->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(origin->names[0]));
        Str item = global(g, name);
        text = str_format(g->arena, "typeof %.*s !== 'undefined' ? %.*s : %.*s", STR_ARG(item), STR_ARG(item),
                          STR_ARG(text));
    }
    return str_format(g->arena, "(%.*s)", STR_ARG(text));
}

Str js_origin(struct js_gen *g, const struct bind_origin *origin, size_t n) {
    ASSERT(n && n <= origin->nnames);
    if (origin->nprefixes)
        return prefixed(g, origin);
    Str path = origin->place == BIND_MODULE ? js_modules_use(g, origin->module, origin->names[0])
                                            : global(g, origin->names[0]);
    for (size_t i = 1; i < n; i++)
        path = js_path(g->arena, path, origin->names[i], false);
    return path;
}

static size_t write_names(const struct js_gen *g, const struct js_module *m, struct buf *out) {
    size_t n = 0;
    for (vec_each(struct js_imported, name, &m->names)) {
        if (!name->used)
            continue;
        buf_printf(out, "%s%.*s", n++ ? ", " : "", STR_ARG(js_name(g->arena, name->name)));
        if (!str_eq(name->name, name->local))
            buf_printf(out, "%s%.*s", g->esm ? " as " : ": ", STR_ARG(name->local));
    }
    return n;
}

bool js_modules_allowed(const struct js_gen *g, Str specifier) {
    if (g->target->syntax != SYNTAX_SCRIPT)
        return true;
    return diag_fail(g->diag, "importing from `%.*s` is not possible with target `%s`", STR_ARG(specifier),
                     g->target->word);
}

static bool write_module(struct js_gen *g, const struct js_module *m, struct buf *out) {
    Str quoted = js_quote(g->arena, m->specifier);
    struct buf names = {0};
    bool is_used = write_names(g, m, &names), ok = !is_used || js_modules_allowed(g, m->specifier);
    if (is_used)
        buf_printf(out, g->esm ? "import { %.*s } from %.*s;\n" : "const { %.*s } = require(%.*s);\n",
                   STR_ARG(buf_view(&names)), STR_ARG(quoted));
    buf_free(&names);
    return ok;
}

static int by_specifier(const void *a, const void *b) {
    return str_cmp(((const struct js_module *)a)->specifier, ((const struct js_module *)b)->specifier);
}

/* In the order of specifiers, whatever the order of use. */
bool js_modules_write(struct js_gen *g, struct buf *out) {
    if (g->modules.len)
        qsort(g->modules.items, g->modules.len, sizeof(*g->modules.items), by_specifier);
    bool ok = true;
    for (vec_each(struct js_module, m, &g->modules))
        ok = ok && write_module(g, m, out);
    return ok;
}
