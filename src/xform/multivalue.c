#include "wasm/lookup.h"
#include "xform/code.h"
#include "xform/steps.h"

/* A result word and its place in the record. */
struct field {
    uint8_t type; /* enum wasm_valtype */
    uint16_t offset;
};

enum { MAX_FIELDS = BIND_MAX_WORDS + 2 };

static uint32_t list_fields(const struct bind_signature *sig, struct field *fields) {
    uint32_t n = 0;
    for (; n < sig->result.nwords; n++)
        fields[n] = (struct field){sig->result.words[n].type, sig->result.words[n].offset};
    if (sig->fallible) {
        fields[n++] = (struct field){WASM_I32, sig->error_offset};
        fields[n++] = (struct field){WASM_I32, sig->is_error_offset};
    }
    return n;
}

/* `stack_pointer += bytes`, from the value in local fp. */
static void move_stack(const struct xform *x, struct code *c, uint32_t fp, uint8_t type, uint32_t bytes) {
    code_get(c, fp);
    code_const(c, type, bytes);
    code_add(c, type);
    code_op1(c, WASM_OP_GLOBAL_SET, x->stack_pointer);
}

/* The wrapper reserves the record on the shadow stack and returns its fields. Not undone if the call throws
 * (docs/upstream/transforms.md 5). */
static Str wrapper_body(struct xform *x, const struct bind_export *e, const struct field *fields,
                        uint32_t nfields, uint32_t nparams) {
    struct code c;
    uint8_t type = x->m->globals.items[x->stack_pointer].valtype;
    uint32_t size = (e->sig.record_size + 15U) & ~15U;
    code_begin(&c, x->arena, nparams);
    uint32_t fp = code_local(&c, type);
    code_op1(&c, WASM_OP_GLOBAL_GET, x->stack_pointer);
    code_const(&c, type, size);
    code_sub(&c, type);
    code_tee(&c, fp);
    code_op1(&c, WASM_OP_GLOBAL_SET, x->stack_pointer);
    code_get(&c, fp);
    for (uint32_t p = 0; p < nparams; p++)
        code_get(&c, p);
    code_call(&c, e->func);
    for (uint32_t i = 0; i < nfields; i++) {
        code_get(&c, fp);
        code_load(&c, fields[i].type, fields[i].offset);
    }
    move_stack(x, &c, fp, type, size);
    return code_end(&c);
}

static bool wrap(struct xform *x, struct bind_export *e) {
    struct field fields[MAX_FIELDS];
    uint8_t results[MAX_FIELDS];
    uint32_t nfields = list_fields(&e->sig, fields);
    for (uint32_t i = 0; i < nfields; i++)
        results[i] = fields[i].type;
    const struct wasm_functype *old = wasm_func_type(x->m, e->func);
    uint32_t type = wasm_add_type(x->m, old->params + 1, old->nparams - 1, results, nfields);
    Str body = wrapper_body(x, e, fields, nfields, old->nparams - 1);
    return xform_put_in_front(x, e, type, body, "multivalue shim");
}

static const char *what(const struct bind_export *e) {
    return e->member == BIND_INVOKE ? "callback" : "export";
}

static bool check_stack_pointer(struct xform *x, const struct bind_export *e) {
    if (x->stack_pointer == WASM_NONE)
        return diag_fail(x->diag,
                         "%s `%.*s` returns through memory, but the module's stack pointer was not found",
                         what(e), STR_ARG(e->wasm_name));
    uint8_t type = x->m->globals.items[x->stack_pointer].valtype;
    if (wasm_func_type(x->m, e->func)->params[0] != type)
        return diag_fail(x->diag, "the result record of %s `%.*s` is not addressed like the stack", what(e),
                         STR_ARG(e->wasm_name));
    return true;
}

/* *any: something returns several values now. */
static bool return_several(struct xform *x, struct bind_export *e, bool *any) {
    if (e->sig.how != BIND_RETURN_MULTI)
        return true;
    *any = true;
    return check_stack_pointer(x, e) && wrap(x, e);
}

bool xform_multi_value(struct xform *x) {
    bool any = false;
    for (vec_each(struct bind_export, e, &x->b->exports))
        if (!return_several(x, e, &any))
            return false;
    for (vec_each(struct bind_callback *, callback, &x->b->callbacks))
        if (!return_several(x, &(*callback)->target, &any))
            return false;
    if (any)
        wasm_feature_add(x->m, STR("multivalue"));
    return true;
}
