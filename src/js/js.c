#include "js/js.h"

#include <stdlib.h>

#include "js/exports.h"
#include "js/gen.h"
#include "js/text.h"

void js_want(struct js_gen *g, enum js_fragment fragment) {
    g->wanted[fragment] = true;
}

Str js_wasm(const struct js_gen *g, Str name) {
    ASSERT(name.len); /* bind_needs_* would have had it exported */
    return js_member(g->arena, STR("wasm"), name);
}

static Str reach(const struct js_gen *g, Str name) {
    return name.len ? js_wasm(g, name) : (Str){0};
}

static bool has_live_function(const struct bindings *b) {
    for (vec_each(struct bind_function *, function, &b->functions))
        if ((*function)->live)
            return true;
    return false;
}

static void set_values(struct js_gen *g) {
    const struct surface *s = g->surface;
    enum target target = g->settings->target;
    Str path = str_format(g->arena, "%.*s_bg.wasm", STR_ARG(g->settings->stem));
    Str file = target_file(g->arena, target, path);
    g->values = (struct js_values){
#define RUNTIME(field, ...) .field = reach(g, s->field),
#include "bind/runtime.def"
#undef RUNTIME
        .handle_base = str_format(g->arena, "%u", g->b->handle_base),
        .statics_end = str_format(g->arena, "%u", g->b->statics_end),
        .wasm_file = js_escape_single(g->arena, file),
        .wasm_double = js_escape_double(g->arena, file),
        .wasm_template = js_escape_template(g->arena, file),
        .glue_double =
            js_escape_double(g->arena, str_format(g->arena, "%.*s_bg.js", STR_ARG(g->settings->stem))),
        .destroyers = js_destroyers(g),
        .externref = g->b->externref,
        .has_realloc = s->realloc.len > 0,
        .encode_test =
            g->settings->encode_into == ENCODE_INTO_TEST && !target_has(target, TARGET_ENCODES_INTO),
        .encode_never = g->settings->encode_into == ENCODE_INTO_NEVER,
        .safari = target_has(target, TARGET_SAFARI),
        .slow_encoder = !target_has(target, TARGET_NODE) && target != TARGET_DENO,
        .any_engine = !target_has(target, TARGET_NODE),
        .script = g->target->syntax == SYNTAX_SCRIPT,
        .sloppy = g->target->syntax != SYNTAX_MODULE,
        .default_path = !g->settings->omit_default_module_path,
        .has_start = s->start.len > 0,
        .one_destroy = !has_live_function(g->b),
        .debug = g->settings->debug,
        .raw = g->b->shows_raw,
        .wants_options = g->b->wants_options,
        .shows_module = g->b->shows_module,
        .keep_module = g->b->shows_module,
    };
    for (vec_each(struct surface_item, item, &s->imports))
        g->values.imported_memory |= item->kind == WASM_MEMORY && !item->user;
}

static void name_classes(struct js_gen *g) {
    size_t n = g->b->classes.len;
    g->classes = ARENA_ARRAY(g->arena, n, Str);
    g->wraps = ARENA_ARRAY(g->arena, n, struct js_wrap);
    for (size_t i = 0; i < n; i++)
        g->classes[i] = js_names_new(&g->names, g->b->classes.items[i]->name);
}

/* Classes and functions, each in the order of their names. */

static int by_class_name(const void *a, const void *b) {
    const struct bind_class *const *first = a, *const *second = b;
    return str_cmp((*first)->name, (*second)->name);
}

static int by_export_name(const void *a, const void *b) {
    const struct bind_export *const *first = a, *const *second = b;
    return str_cmp((*first)->name, (*second)->name);
}

static const struct bind_class **sort_classes(const struct js_gen *g) {
    size_t n = g->b->classes.len;
    const struct bind_class **sorted = ARENA_ARRAY(g->arena, n, const struct bind_class *);
    for (size_t i = 0; i < n; i++)
        sorted[i] = g->b->classes.items[i];
    if (n)
        qsort(sorted, n, sizeof(*sorted), by_class_name);
    return sorted;
}

static void write_functions(struct js_gen *g, struct buf *out) {
    const struct bind_export **sorted = ARENA_ARRAY(g->arena, g->b->exports.len, const struct bind_export *);
    size_t n = 0;
    for (vec_each(struct bind_export, e, &g->b->exports))
        if (e->member == BIND_FUNCTION && !e->hidden)
            sorted[n++] = e;
    qsort(sorted, n, sizeof(*sorted), by_export_name);
    for (size_t i = 0; i < n; i++)
        js_export_function(g, sorted[i], out);
}

static void write_exports(struct js_gen *g, const struct bind_class **classes, struct buf *out) {
    for (size_t i = 0; i < g->b->classes.len; i++)
        js_class(g, classes[i], out);
    js_enums(g, out);
    write_functions(g, out);
}

/* The fragments asked for, with what they need. */
static void write_runtime(struct js_gen *g, struct buf *out) {
    if (g->b->classes.len)
        js_want(g, JS_FRAGMENT_finalization);
    bool done[JS_FRAGMENTS] = {0};
    for (bool again = true; again;) {
        again = false;
        for (int id = 0; id < JS_FRAGMENTS; id++)
            if (g->wanted[id] && !done[id]) {
                js_fragment_needs((enum js_fragment)id, &g->values, g->wanted);
                done[id] = again = true;
            }
    }
    for (int id = 0; id < JS_FRAGMENTS; id++)
        if (g->wanted[id]) {
            js_fragment_text((enum js_fragment)id, &g->values, out);
            buf_byte(out, '\n');
        }
}

/* `head` gets what has to come first in the file, `out` the rest. */
static bool write_all(struct js_gen *g, struct buf *head, struct buf *out) {
    set_values(g);
    js_names_init(&g->names, g->arena, NULL);
    js_modules_collect(g);
    name_classes(g);
    js_enums_name(g);
    js_callbacks_name(g);
    struct buf items = {0};
    const struct bind_class **classes = sort_classes(g);
    write_exports(g, classes, &items);
    js_callbacks_write(g, &items);
    bool ok = js_imports_write(g, head, &items) && js_modules_write(g, head) && js_target_check(g);
    js_wraps_write(g, classes, buf_view(&items), out);
    buf_free(&items);
    write_runtime(g, out);
    js_texts_write(g, out);
    js_names_free(&g->names);
    return ok;
}

bool js_generate(const struct bindings *b, const struct surface *surface, const struct settings *settings,
                 struct arena *arena, struct js_files *files, struct diag *diag) {
    const struct target_row *target = target_row(settings->target);
    struct js_gen g = {.b = b,
                       .surface = surface,
                       .settings = settings,
                       .arena = arena,
                       .diag = diag,
                       .target = target,
                       .esm = target->syntax == SYNTAX_MODULE,
                       .split = target->flags & TARGET_SPLIT};
    struct buf head = {0}, text = {0};
    bool ok = js_check_exports(b, settings, diag) && write_all(&g, &head, &text);
    if (ok)
        js_target_write(&g, buf_view(&head), buf_view(&text), files);
    buf_free(&head);
    buf_free(&text);
    return ok;
}
