#include <inttypes.h>
#include <stdlib.h>

#include "js/gen.h"
#include "js/text.h"

/* Exported classes (docs/upstream/abi.md 8). An instance holds the address of its state in `__wbg_ptr`; 0: it
 * was moved or freed. */

static const char frame_text[] = "__destroy_into_raw() {\n"
                                 "return disown(this);\n"
                                 "}\n"
                                 "free() {\n"
                                 "%2(disown(this)%3);\n"
                                 "}\n";

static const char wrap_text[] = "static __wrap(ptr) {\n"
                                "return adopt(Object.create(%1.prototype), ptr, %2);\n"
                                "}\n";

/* Appends the text with %1, %2, … replaced by the values. */
static void fill(struct buf *out, const char *text, const Str *values) {
    for (; *text; text++) {
        if (*text == '%')
            buf_str(out, values[*++text - '1']);
        else
            buf_byte(out, (uint8_t)*text);
    }
}

static Str member_head(struct js_gen *g, const struct bind_export *e) {
    static const char *const kinds[] = {[BIND_METHOD] = "", [BIND_GETTER] = "get ", [BIND_SETTER] = "set "};
    if (e->member == BIND_CONSTRUCTOR)
        return STR("constructor");
    return str_format(g->arena, "%s%s%.*s", e->is_static ? "static " : "", kinds[e->member],
                      STR_ARG(js_member_key(g->arena, e->name)));
}

static int by_wasm_name(const void *a, const void *b) {
    const struct bind_export *const *first = a, *const *second = b;
    return str_cmp((*first)->wasm_name, (*second)->wasm_name);
}

/* The getters of a class, static ones too; returns their number. */
static size_t getters(const struct js_gen *g, const struct bind_class *class,
                      const struct bind_export **out) {
    size_t n = 0;
    for (vec_each(struct bind_export, e, &g->b->exports))
        if (e->class == class && e->member == BIND_GETTER)
            out[n++] = e;
    if (class->sorts_properties)
        qsort(out, n, sizeof *out, by_wasm_name);
    return n;
}

/* #[wasm_bindgen(inspectable)]: the readable properties as a plain object. */
static void inspectable(struct js_gen *g, const struct bind_class *class, struct buf *out) {
    const struct bind_export **properties =
        ARENA_ARRAY(g->arena, g->b->exports.len, const struct bind_export *);
    size_t n = getters(g, class, properties);
    buf_str(out, STR("toJSON() {\nreturn {\n"));
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%.*s: %.*s,\n", STR_ARG(js_member_key(g->arena, properties[i]->name)),
                   STR_ARG(js_path(g->arena, STR("this"), properties[i]->name, false)));
    buf_str(out, STR("};\n}\ntoString() {\nreturn JSON.stringify(this);\n}\n"));
    if (!(g->target->flags & TARGET_NODE))
        return;
    Str inspect = g->esm ? js_modules_use(g, STR("util"), STR("inspect")) : STR("require('util').inspect");
    buf_printf(out,
               "[%.*s.custom]() {\n"
               "return Object.assign(Object.create({ constructor: this.constructor }), this.toJSON());\n}\n",
               STR_ARG(inspect));
}

static void members(struct js_gen *g, const struct bind_class *class, struct buf *out) {
    for (vec_each(struct bind_export, e, &g->b->exports))
        if (e->class == class && !e->hidden)
            js_export_member(g, e, member_head(g, e), out);
}

void js_class(struct js_gen *g, const struct bind_class *class, struct buf *out) {
    Str name = g->classes[class->index], free_function = js_wasm(g, class->free_name);
    Str prefix = class->is_private ? STR("") : js_export_prefix(g, name, class->name);
    js_doc_lines(class->docs, class->ndocs, out);
    buf_printf(out, "%.*sclass %.*s {\n", STR_ARG(prefix), STR_ARG(name));
    fill(out, frame_text, (Str[]){name, free_function, class->free_delayed ? STR(", 0") : STR("")});
    g->wraps[class->index].place = out->len;
    if (!class->has_constructor && g->settings->debug)
        buf_str(out, STR("constructor() {\nthrow new Error('cannot invoke `new` directly');\n}\n"));
    if (class->is_inspectable)
        inspectable(g, class, out);
    members(g, class, out);
    buf_printf(out, "}\nif (Symbol.dispose) %.*s.prototype[Symbol.dispose] = %.*s.prototype.free;\n",
               STR_ARG(name), STR_ARG(name));
    if (!class->is_private)
        js_export_suffix(g, name, class->name, out);
    buf_byte(out, '\n');
}

Str js_wrap(struct js_gen *g, const struct bind_class *class) {
    g->wraps[class->index].wanted = true;
    return str_format(g->arena, "%.*s.__wrap", STR_ARG(g->classes[class->index]));
}

/* In the order of their places, which is that of the sorted classes. */
/* Stays exact in a double together with an address: classes are far fewer than 2 to the power of 20. */
Str js_kind(const struct js_gen *g, const struct bind_class *class) {
    return str_format(g->arena, "%" PRIu64, (uint64_t)class->index << 32);
}

Str js_destroyers(const struct js_gen *g) {
    struct buf out = {0};
    for (vec_each(struct bind_class *, class, &g->b->classes))
        buf_printf(&out, "%s'%.*s'", out.len ? ", " : "[",
                   STR_ARG(js_escape_single(g->arena, (*class)->free_name)));
    buf_byte(&out, ']');
    Str text = buf_copy(g->arena, &out);
    buf_free(&out);
    return text;
}

void js_wraps_write(const struct js_gen *g, const struct bind_class *const *sorted, Str text,
                    struct buf *out) {
    size_t done = 0;
    for (size_t i = 0; i < g->b->classes.len; i++) {
        const struct js_wrap *wrap = &g->wraps[sorted[i]->index];
        if (!wrap->wanted)
            continue;
        buf_str(out, str_slice(text, done, wrap->place));
        fill(out, wrap_text, (Str[]){g->classes[sorted[i]->index], js_kind(g, sorted[i])});
        done = wrap->place;
    }
    buf_str(out, str_slice(text, done, text.len));
}
