#include "xform/steps.h"

struct xform_words xform_params(struct arena *arena, const struct bind_signature *sig, unsigned leading) {
    size_t n = 1 + leading;
    for (size_t p = 0; p < sig->nparams; p++)
        n += sig->params[p].value.nwords;
    struct xform_words w = {ARENA_ARRAY(arena, n, uint8_t), 0};
    if (sig->how == BIND_RETURN_RECORD || sig->how == BIND_RETURN_MULTI)
        w.len++;
    w.len += leading;
    for (size_t p = 0; p < sig->nparams; p++) {
        const struct bind_value *value = &sig->params[p].value;
        for (uint8_t i = 0; i < value->nwords; i++)
            w.roles[w.len++] = value->words[i].role;
    }
    return w;
}

enum bind_role xform_result_role(const struct bind_signature *sig) {
    if (sig->how != BIND_RETURN_DIRECT || sig->result.nwords == 0)
        return BIND_WORD_PLAIN;
    return (enum bind_role)sig->result.words[0].role;
}

bool xform_has_refs(const struct xform_words *params, const struct bind_signature *sig) {
    for (uint32_t i = 0; i < params->len; i++)
        if (params->roles[i] != BIND_WORD_PLAIN)
            return true;
    return xform_result_role(sig) != BIND_WORD_PLAIN;
}

uint32_t xform_ref_type(struct xform *x, const struct xform_words *params, uint32_t func,
                        enum bind_role result) {
    const struct wasm_functype *old = wasm_func_type(x->m, func);
    ASSERT(old->nparams == params->len && old->nresults <= 1); /* bind_build has checked that */
    uint8_t *types = ARENA_ARRAY(x->arena, params->len + 1, uint8_t);
    for (uint32_t i = 0; i < params->len; i++)
        types[i] = params->roles[i] == BIND_WORD_PLAIN ? old->params[i] : WASM_EXTERNREF;
    uint8_t *results = ARENA_ARRAY(x->arena, old->nresults + 1, uint8_t);
    for (uint32_t i = 0; i < old->nresults; i++)
        results[i] = result == BIND_WORD_PLAIN ? old->results[i] : WASM_EXTERNREF;
    return wasm_add_type(x->m, types, params->len, results, old->nresults);
}

static bool types_are(const uint8_t *types, uint32_t len, const char *letters) {
    if (strlen(letters) != len)
        return false;
    for (uint32_t i = 0; i < len; i++)
        if (types[i] != (letters[i] == 'i' ? WASM_I32 : WASM_I64))
            return false;
    return true;
}

bool xform_func_is(const struct xform *x, uint32_t func, const char *params, const char *results) {
    const struct wasm_functype *type = wasm_func_type(x->m, func);
    return types_are(type->params, type->nparams, params) &&
           types_are(type->results, type->nresults, results);
}
