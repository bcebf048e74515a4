#include "wasm/lookup.h"
#include "xform/code.h"
#include "xform/steps.h"

/* The function that is exported in place of the one with handles. */
struct export_shim {
    struct xform *x;
    struct xform_words params;
    enum bind_role result;
    uint32_t target;
    uint32_t nborrowed, fp; /* values on the borrow stack; local: their lowest slot */
    uint32_t slot;          /* local, see scratch */
    struct code code;
};

static uint32_t count_borrowed(const struct xform_words *params) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < params->len; i++)
        n += params->roles[i] == BIND_WORD_REF_BORROWED;
    return n;
}

/* A local for handles; one is enough for all. */
static uint32_t scratch(struct export_shim *s) {
    if (s->slot == WASM_NONE)
        s->slot = code_local(&s->code, WASM_I32);
    return s->slot;
}

/* The borrow stack grows down from the reserved handles. Slot 0 is not part of it: it holds `undefined`. */
static void open_borrows(struct export_shim *s) {
    struct code *c = &s->code;
    if (s->nborrowed == 0)
        return;
    s->fp = code_local(c, WASM_I32);
    code_op1(c, WASM_OP_GLOBAL_GET, s->x->borrow_top);
    code_const(c, WASM_I32, s->nborrowed);
    code_sub(c, WASM_I32);
    code_tee(c, s->fp);
    code_const(c, WASM_I32, 1);
    code_op(c, WASM_OP_I32_LT_S);
    code_op1(c, WASM_OP_IF, 0x40);
    code_op(c, WASM_OP_UNREACHABLE);
    code_op(c, WASM_OP_END);
    code_get(c, s->fp);
    code_op1(c, WASM_OP_GLOBAL_SET, s->x->borrow_top);
}

/* The k-th slot from fp. */
static void push_slot(struct export_shim *s, uint32_t k) {
    code_get(&s->code, s->fp);
    if (k == 0)
        return;
    code_const(&s->code, WASM_I32, k);
    code_add(&s->code, WASM_I32);
}

/* Slots must not keep values alive, and the stack pointer goes back. */
static void close_borrows(struct export_shim *s, bool fill) {
    struct code *c = &s->code;
    if (s->nborrowed == 0)
        return;
    bool at_once = fill && s->nborrowed > 1;
    if (at_once) {
        code_get(c, s->fp);
        code_null(c);
        code_const(c, WASM_I32, s->nborrowed);
        code_op1(c, WASM_OP_TABLE_FILL, s->x->runtime->table);
    }
    for (uint32_t k = 0; !at_once && k < s->nborrowed; k++) {
        push_slot(s, k);
        code_null(c);
        code_op1(c, WASM_OP_TABLE_SET, s->x->runtime->table);
    }
    push_slot(s, s->nborrowed);
    code_op1(c, WASM_OP_GLOBAL_SET, s->x->borrow_top);
}

static void push_owned(struct export_shim *s, uint32_t p) {
    struct code *c = &s->code;
    code_call(c, s->x->runtime->table_alloc);
    code_tee(c, scratch(s));
    code_get(c, p);
    code_op1(c, WASM_OP_TABLE_SET, s->x->runtime->table);
    code_get(c, s->slot);
}

static void push_borrowed(struct export_shim *s, uint32_t p, uint32_t k) {
    push_slot(s, k);
    code_get(&s->code, p);
    code_op1(&s->code, WASM_OP_TABLE_SET, s->x->runtime->table);
    push_slot(s, k);
}

static void push_params(struct export_shim *s) {
    uint32_t k = 0;
    for (uint32_t p = 0; p < s->params.len; p++) {
        if (s->params.roles[p] == BIND_WORD_REF_OWNED)
            push_owned(s, p);
        else if (s->params.roles[p] == BIND_WORD_REF_BORROWED)
            push_borrowed(s, p, k++);
        else
            code_get(&s->code, p);
    }
}

/* The value of the handle on the stack, whose slot is given up. */
static void take_result(struct export_shim *s) {
    struct code *c = &s->code;
    code_tee(c, scratch(s));
    code_op1(c, WASM_OP_TABLE_GET, s->x->runtime->table);
    code_get(c, s->slot);
    code_call(c, s->x->runtime->table_dealloc);
}

static bool put_shim(struct xform *x, struct bind_export *e, bool fill) {
    struct export_shim s = {
        .x = x, .target = e->func, .slot = WASM_NONE, .result = xform_result_role(&e->sig)};
    s.params = xform_params(x->arena, &e->sig, bind_leading_words(e));
    if (!xform_has_refs(&s.params, &e->sig))
        return true;
    s.nborrowed = count_borrowed(&s.params);
    uint32_t type = xform_ref_type(x, &s.params, s.target, s.result);
    code_begin(&s.code, x->arena, s.params.len);
    open_borrows(&s);
    push_params(&s);
    code_call(&s.code, s.target);
    if (s.result != BIND_WORD_PLAIN)
        take_result(&s);
    close_borrows(&s, fill);
    return xform_put_in_front(x, e, type, code_end(&s.code), "externref shim");
}

/* A function, not the global itself: where the module is imported as an ECMAScript module, an exported global
 * is only its value. Liveness drops it unless the glue turns out to need it. */
static void add_set_borrow_top(struct xform *x) {
    struct code code;
    uint8_t param = WASM_I32;
    code_begin(&code, x->arena, 1);
    code_get(&code, 0);
    code_op1(&code, WASM_OP_GLOBAL_SET, x->borrow_top);
    x->runtime->set_borrow_top = wasm_add_func(x->m, wasm_add_type(x->m, &param, 1, NULL, 0), code_end(&code),
                                               str_from(bind_runtime_names.set_borrow_top));
}

bool xform_export_shims(struct xform *x) {
    bool fill = wasm_feature_listed(x->m, STR("bulk-memory"));
    add_set_borrow_top(x);
    for (vec_each(struct bind_export, e, &x->b->exports))
        if (!put_shim(x, e, fill))
            return false;
    for (vec_each(struct bind_callback *, callback, &x->b->callbacks))
        if (!put_shim(x, &(*callback)->target, fill))
            return false;
    return true;
}
