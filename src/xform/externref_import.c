#include "xform/code.h"
#include "xform/steps.h"

/* A shim in front of an import: it has the old type, so every reference to the import reaches it. */
struct import_shim {
    struct xform *x;
    const struct bind_import *import;
    struct xform_words params;
    enum bind_role result;
    uint32_t target; /* the import itself, with references */
    struct code code;
};

/* The parameters on the stack. The slot of an owned value is given up before the call, as the value is on the
 * stack by then; a call that throws leaks nothing. */
static void push_params(struct import_shim *s) {
    for (uint32_t p = 0; p < s->params.len; p++) {
        code_get(&s->code, p);
        if (s->params.roles[p] == BIND_WORD_PLAIN)
            continue;
        code_op1(&s->code, WASM_OP_TABLE_GET, s->x->runtime->table);
        if (s->params.roles[p] == BIND_WORD_REF_OWNED) {
            code_get(&s->code, p);
            code_call(&s->code, s->x->runtime->table_dealloc);
        }
    }
}

/* Taking a slot may grow memory, which detaches views of it: a result that may be such a view needs its slot
 * first. Otherwise the call comes first, so that an exception leaks no slot. */
static void call_for_reference(struct import_shim *s) {
    struct code *c = &s->code;
    uint32_t alloc = s->x->runtime->table_alloc, slot = code_local(c, WASM_I32);
    if (s->import->result_is_view) {
        code_call(c, alloc);
        code_tee(c, slot);
        push_params(s);
        code_call(c, s->target);
    } else {
        uint32_t value = code_local(c, WASM_EXTERNREF);
        push_params(s);
        code_call(c, s->target);
        code_set(c, value);
        code_call(c, alloc);
        code_tee(c, slot);
        code_get(c, value);
    }
    code_op1(c, WASM_OP_TABLE_SET, s->x->runtime->table);
    code_get(c, slot);
}

static void call_for_number(struct import_shim *s) {
    push_params(s);
    code_call(&s->code, s->target);
}

/* An object that was moved out of its JavaScript instance (the result is its address): its handle is used up.
 */
static void release_moved(struct import_shim *s) {
    struct code *c = &s->code;
    uint32_t address = code_local(c, WASM_I32);
    code_tee(c, address);
    code_op1(c, WASM_OP_IF, 0x40);
    code_get(c, 0);
    code_call(c, s->x->runtime->table_dealloc);
    code_op(c, WASM_OP_END);
    code_get(c, address);
}

static void put_shim(struct import_shim *s) {
    struct xform *x = s->x;
    uint32_t f = s->import->func, old_type = x->m->funcs.items[f].type;
    bool releases =
        s->import->release_if_moved && s->result == BIND_WORD_PLAIN && xform_func_is(x, f, "i", "i");
    uint32_t new_type = xform_ref_type(x, &s->params, f, s->result);
    s->target = wasm_func_move(x->m, f);
    x->m->funcs.items[s->target].type = new_type;
    code_begin(&s->code, x->arena, s->params.len);
    if (s->result == BIND_WORD_PLAIN)
        call_for_number(s);
    else
        call_for_reference(s);
    if (releases)
        release_moved(s);
    wasm_func_define(x->m, f, old_type, code_end(&s->code));
    x->m->funcs.items[f].name = str_format(x->arena, "%.*s externref shim", STR_ARG(s->import->wasm_name));
}

bool xform_import_shims(struct xform *x) {
    for (vec_each(struct bind_import, i, &x->b->imports)) {
        if (x->m->funcs.items[i->func].def != WASM_IMPORTED)
            continue;
        struct import_shim s = {.x = x, .import = i, .params = xform_params(x->arena, &i->sig, 0)};
        s.result = xform_result_role(&i->sig);
        if (!xform_has_refs(&s.params, &i->sig))
            continue;
        put_shim(&s);
        i->func = s.target;
    }
    return true;
}
