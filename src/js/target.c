/* What the file or files look like, by target (bind/target.def). */
#include "js/gen.h"
#include "js/text.h"

enum { JS_FRAGMENT_none = JS_FRAGMENTS };

static const struct {
    int head, end; /* enum js_fragment */
} loaders[] = {
#define TARGET(id, word, syntax, flags, module, head, end)                                                   \
    [TARGET_##id] = {JS_FRAGMENT_##head, JS_FRAGMENT_##end},
#include "bind/target.def"
#undef TARGET
};

static void write_fragment(const struct js_gen *g, int fragment, struct buf *out) {
    if (fragment != JS_FRAGMENT_none)
        js_fragment_text((enum js_fragment)fragment, &g->values, out);
}

/* ---- functions that the module imports ---- */

Str js_import_head(struct js_gen *g, Str name) {
    if (!g->split)
        return str_format(g->arena, "%.*s: ", STR_ARG(js_key(g->arena, name)));
    g->import_local = js_names_new(&g->names, name);
    const char *prefix = str_eq(g->import_local, name) ? "export " : "";
    return str_format(g->arena, "%sfunction %.*s", prefix, STR_ARG(g->import_local));
}

void js_import_tail(struct js_gen *g, Str name, struct buf *out) {
    if (!g->split)
        buf_byte(out, ',');
    else if (!str_eq(g->import_local, name))
        buf_printf(out, "\nexport { %.*s as %.*s };", STR_ARG(g->import_local),
                   STR_ARG(js_name(g->arena, name)));
    buf_byte(out, '\n');
}

bool js_target_check(const struct js_gen *g) {
    const char *missing = NULL;
    if (g->values.keep_module && !(g->target->flags & TARGET_HAS_MODULE))
        missing = "module";
    if (g->values.keep_instance && !(g->target->flags & TARGET_HAS_INSTANCE))
        missing = "instance";
    return !missing || diag_fail(g->diag, "`wasm_bindgen::%s` is not possible with target `%s`", missing,
                                 g->target->word);
}

/* ---- files ---- */

static void write_types_comment(const struct js_gen *g, struct buf *out) {
    Str url = str_to_url(g->arena, g->settings->stem);
    if (g->settings->typescript)
        buf_printf(out, "/* @ts-self-types=\"./%.*s.d.ts\" */\n", STR_ARG(url));
}

/* The glue and what loads the module, in a scope of its own if it is no module; not yet indented. */
static void write_scoped(const struct js_gen *g, Str text, struct buf *out) {
    bool script = g->target->syntax == SYNTAX_SCRIPT;
    if (script)
        buf_printf(out, "let %.*s = (function(exports) {\n", STR_ARG(g->settings->global));
    buf_str(out, text);
    write_fragment(g, loaders[g->settings->target].end, out);
    if (!script)
        return;
    /* Not Object.assign: functions have properties like `name`, which cannot be assigned to. */
    buf_str(out,
            STR("return Object.defineProperties(__wbg_init, "
                "Object.getOwnPropertyDescriptors({ initSync, ...exports }));\n})({ __proto__: null });\n"));
}

static void write_glue(const struct js_gen *g, Str head, Str text, struct buf *out) {
    struct buf scoped = {0};
    size_t start = out->len;
    write_fragment(g, loaders[g->settings->target].head, out);
    buf_str(out, head);
    if (out->len > start)
        buf_byte(out, '\n');
    write_scoped(g, text, &scoped);
    js_indent(buf_view(&scoped), out);
    buf_free(&scoped);
}

/* The file that users import where the glue is another: it knows the .wasm, and hands its exports to the
 * glue. */
static void write_main(const struct js_gen *g, struct buf *out) {
    js_fragment_text(JS_FRAGMENT_main_split, &g->values, out);
    if (!g->exported.len)
        return;
    buf_str(out, STR("export {\n    "));
    for (size_t i = 0; i < g->exported.len; i++)
        buf_printf(out, "%s%.*s", i ? ", " : "", STR_ARG(js_name(g->arena, g->exported.items[i])));
    buf_printf(out, "\n} from \"./%.*s\";\n", STR_ARG(g->values.glue_double));
}

void js_target_write(const struct js_gen *g, Str head, Str text, struct js_files *files) {
    write_types_comment(g, &files->main);
    write_glue(g, head, text, g->split ? &files->glue : &files->main);
    if (g->split)
        write_main(g, &files->main);
}
