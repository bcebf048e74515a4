#include "bind/identifier.h"
#include "js/gen.h"

/* Doc comments (JSDoc), with the types that the .d.ts has. */

static void put_line(struct buf *out, Str line) {
    bind_doc_line(out, "", line);
}

static void put_docs(const Str *docs, size_t ndocs, struct buf *out) {
    for (size_t i = 0; i < ndocs; i++)
        put_line(out, docs[i]);
}

void js_doc_lines(const Str *docs, size_t ndocs, struct buf *out) {
    if (!ndocs)
        return;
    buf_str(out, STR("/**\n"));
    put_docs(docs, ndocs, out);
    buf_str(out, STR(" */\n"));
}

static void put_param(struct js_gen *g, const struct bind_signature *sig, size_t i,
                      const struct bind_ts_param *ts, Str name, struct buf *out) {
    const struct bind_param *param = &sig->params[i];
    bool rest = sig->variadic && i + 1 == sig->nparams, optional = !rest && ts->omittable;
    put_line(out, str_format(g->arena, "@param {%s%.*s} %s%.*s%s%s%.*s", rest ? "..." : "", STR_ARG(ts->type),
                             optional ? "[" : "", STR_ARG(name), optional ? "]" : "",
                             param->description.len ? " - " : "", STR_ARG(param->description)));
}

static bool has_return_line(const struct bind_export *e) {
    bool valued = e->sig.result.type->kind != BIND_UNIT || e->sig.promise || e->sig.ts_return_override.len;
    return valued && e->member != BIND_CONSTRUCTOR && e->member != BIND_SETTER;
}

static void put_types(struct js_gen *g, const struct bind_export *e, const Str *params, struct buf *out) {
    struct bind_ts_param *types = ARENA_ARRAY(g->arena, e->sig.nparams, struct bind_ts_param);
    bind_ts_params(g->arena, &e->sig, types);
    for (size_t i = 0; i < e->sig.nparams; i++)
        put_param(g, &e->sig, i, &types[i], params[i], out);
    if (!has_return_line(e))
        return;
    Str type = bind_ts_result(g->arena, &e->sig);
    put_line(out, str_format(g->arena, "@returns {%.*s}%s%.*s", STR_ARG(type),
                             e->sig.return_description.len ? " " : "", STR_ARG(e->sig.return_description)));
}

void js_doc_export(struct js_gen *g, const struct bind_export *e, const Str *params, struct buf *out) {
    if (!e->ndocs && !(e->generate_jsdoc && (e->sig.nparams || has_return_line(e))))
        return;
    buf_str(out, STR("/**\n"));
    put_docs(e->docs, e->ndocs, out);
    if (e->generate_jsdoc)
        put_types(g, e, params, out);
    buf_str(out, STR(" */\n"));
}
