#include <stdlib.h>

#include "bind/identifier.h"
#include "js/gen.h"
#include "js/text.h"

/* Enums: of numbers, an object that maps names to numbers and back; of texts, a list that values are places
 * in (docs/upstream/abi.md 5). */

void js_enums_name(struct js_gen *g) {
    size_t n = g->b->enums.len;
    g->enums = ARENA_ARRAY(g->arena, n, Str);
    g->texts_wanted = ARENA_ARRAY(g->arena, n, bool);
    for (size_t i = 0; i < n; i++) {
        const struct bind_enum *e = g->b->enums.items[i];
        Str wanted = e->is_text ? str_format(g->arena, "%.*sTexts", STR_ARG(e->name)) : e->name;
        if (e->is_text || !e->is_private)
            g->enums[i] = js_names_new(&g->names, wanted);
    }
}

/* The numbers as a type, behind what the program says. */
static void write_docs(struct js_gen *g, const struct bind_enum *e, struct buf *out) {
    struct buf type = {0};
    for (size_t i = 0; i < e->nconstants; i++)
        buf_printf(&type, "%s%lld", i ? " | " : "", (long long)e->constants[i].value);
    buf_str(out, STR("/**\n"));
    for (size_t i = 0; i < e->ndocs; i++)
        bind_doc_line(out, "", e->docs[i]);
    if (type.len)
        bind_doc_line(out, "", str_format(g->arena, "@enum {%.*s}", STR_ARG(buf_view(&type))));
    buf_str(out, STR(" */\n"));
    buf_free(&type);
}

static void write_enum(struct js_gen *g, const struct bind_enum *e, struct buf *out) {
    Str name = g->enums[e->index];
    write_docs(g, e, out);
    buf_printf(out, "%.*sconst %.*s = Object.freeze({\n", STR_ARG(js_export_prefix(g, name, e->name)),
               STR_ARG(name));
    for (size_t i = 0; i < e->nconstants; i++) {
        const struct bind_constant *constant = &e->constants[i];
        js_doc_lines(constant->docs, constant->ndocs, out);
        buf_printf(out, "%.*s: %lld, \"%lld\": %.*s,\n", STR_ARG(js_key(g->arena, constant->name)),
                   (long long)constant->value, (long long)constant->value,
                   STR_ARG(js_quote(g->arena, constant->name)));
    }
    buf_str(out, STR("});\n"));
    js_export_suffix(g, name, e->name, out);
    buf_byte(out, '\n');
}

static int by_name(const void *a, const void *b) {
    const struct bind_enum *const *first = a, *const *second = b;
    return str_cmp((*first)->name, (*second)->name);
}

void js_enums(struct js_gen *g, struct buf *out) {
    size_t n = 0;
    const struct bind_enum **sorted = ARENA_ARRAY(g->arena, g->b->enums.len, const struct bind_enum *);
    for (size_t i = 0; i < g->b->enums.len; i++)
        if (!g->b->enums.items[i]->is_text && !g->b->enums.items[i]->is_private)
            sorted[n++] = g->b->enums.items[i];
    qsort(sorted, n, sizeof(*sorted), by_name);
    for (size_t i = 0; i < n; i++)
        write_enum(g, sorted[i], out);
}

Str js_texts(struct js_gen *g, const struct bind_enum *texts) {
    g->texts_wanted[texts->index] = true;
    return g->enums[texts->index];
}

void js_texts_write(const struct js_gen *g, struct buf *out) {
    for (size_t i = 0; i < g->b->enums.len; i++) {
        const struct bind_enum *e = g->b->enums.items[i];
        if (!g->texts_wanted[i])
            continue;
        buf_printf(out, "const %.*s = [", STR_ARG(g->enums[i]));
        for (size_t k = 0; k < e->nconstants; k++)
            buf_printf(out, "%s%.*s", k ? ", " : "", STR_ARG(js_quote(g->arena, e->constants[k].name)));
        buf_str(out, STR("];\n"));
    }
}
