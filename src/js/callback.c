#include "js/convert.h"

/* Callbacks (docs/upstream/abi.md 9). Each target is a function of module scope, (a, b, arguments…) → result,
 * that converts as an exported function does; what the user gets is made from it and the two words. */

static Str target_name(const struct js_gen *g, const struct bind_type *type) {
    ASSERT(type->callback->live);
    return g->callbacks[type->callback->index];
}

void js_callbacks_name(struct js_gen *g) {
    g->callbacks = ARENA_ARRAY(g->arena, g->b->callbacks.len, Str);
    for (vec_each(struct bind_callback *, callback, &g->b->callbacks))
        if ((*callback)->live)
            g->callbacks[(*callback)->index] = js_names_new(&g->names, STR("callback"));
}

void js_callbacks_write(struct js_gen *g, struct buf *out) {
    for (vec_each(struct bind_callback *, callback, &g->b->callbacks)) {
        if (!(*callback)->live)
            continue;
        Str name = g->callbacks[(*callback)->index];
        js_export_member(g, &(*callback)->target, str_format(g->arena, "function %.*s", STR_ARG(name)), out);
        buf_byte(out, '\n');
    }
}

Str js_callback(struct js_gen *g, const struct bind_type *type, const Str *words) {
    static const struct {
        enum js_fragment fragment;
        const char *name;
    } makers[][2] = {
        [BIND_LIFE_COUNTED] = {{JS_FRAGMENT_counted_callback, "countedCallback"},
                               {JS_FRAGMENT_counted_exclusive_callback, "countedExclusiveCallback"}},
        [BIND_LIFE_LENT] = {{JS_FRAGMENT_lent_callback, "lentCallback"},
                            {JS_FRAGMENT_lent_exclusive_callback, "lentExclusiveCallback"}},
    };
    ASSERT(type->life != BIND_LIFE_CALL); /* that needs statements: js_callback_open */
    js_want(g, makers[type->life][type->exclusive].fragment);
    Str destroy = type->destroy ? js_wasm(g, type->destroy->wasm_name) : (Str){0};
    return str_format(g->arena, "%s(%.*s, %.*s, %.*s%s%.*s)", makers[type->life][type->exclusive].name,
                      STR_ARG(words[0]), STR_ARG(words[1]), STR_ARG(target_name(g, type)),
                      destroy.len ? ", " : "", STR_ARG(destroy));
}

/* The parameters, and behind the words of the state the same as arguments. */
static Str list_params(struct js_gen *g, struct js_body *body, size_t n) {
    struct buf text = {0};
    for (size_t i = 0; i < n; i++)
        buf_printf(&text, "%s%.*s", i ? ", " : "", STR_ARG(js_local(body, "v")));
    Str params = buf_copy(g->arena, &text);
    buf_free(&text);
    return params;
}

Str js_callback_open(struct js_gen *g, struct js_body *body, const struct bind_type *type, const Str *words,
                     Str *state) {
    *state = js_local(body, "state");
    Str name = js_local(body, "cb"), s = *state, target = target_name(g, type);
    Str params = list_params(g, body, type->callback->target.sig.nparams);
    const char *comma = params.len ? ", " : "";
    js_plain(body, "const %.*s = { a: %.*s, b: %.*s };", STR_ARG(s), STR_ARG(words[0]), STR_ARG(words[1]));
    if (!type->exclusive) {
        js_plain(body, "const %.*s = (%.*s) => %.*s(%.*s.a, %.*s.b%s%.*s);", STR_ARG(name), STR_ARG(params),
                 STR_ARG(target), STR_ARG(s), STR_ARG(s), comma, STR_ARG(params));
        return name;
    }
    Str a = js_local(body, "a");
    js_plain(body, "const %.*s = (%.*s) => {\nconst %.*s = %.*s.a;\n%.*s.a = 0;\ntry {", STR_ARG(name),
             STR_ARG(params), STR_ARG(a), STR_ARG(s), STR_ARG(s));
    js_plain(body, "return %.*s(%.*s, %.*s.b%s%.*s);", STR_ARG(target), STR_ARG(a), STR_ARG(s), comma,
             STR_ARG(params));
    js_plain(body, "} finally {\n%.*s.a = %.*s;\n}\n};", STR_ARG(s), STR_ARG(a));
    return name;
}
