/* Arrays of instances cross as the addresses of the instances, tagged, so that they are no handles
 * (docs/upstream/fast-paths.md 4). Functions in front of two imports understand them: that which takes the
 * address out of an instance, and that which gives up a handle. Nothing else ever sees them. */
#include "xform/code.h"
#include "xform/steps.h"

enum { NO_RESULT = 0x40 };

/* Pushes whether parameter 0 is a handle, as everything below the tag is. */
static void push_is_handle(struct code *c) {
    code_get(c, 0);
    code_const(c, WASM_I32, (int32_t)BIND_DIRECT_TAG);
    code_op(c, WASM_OP_I32_LT_U);
}

/* Puts a function in front of an import, which moves away: the body of `make`, given the import. */
static void put_in_front(struct xform *x, struct bind_import *import, const char *what,
                         void make(struct code *c, uint32_t import, uint32_t taken), uint32_t taken) {
    uint32_t f = import->func, type = x->m->funcs.items[f].type;
    struct code c;
    import->func = wasm_func_move(x->m, f);
    code_begin(&c, x->arena, 1);
    make(&c, import->func, taken);
    wasm_func_define(x->m, f, type, code_end(&c));
    x->m->funcs.items[f].name = str_format(x->arena, "%.*s %s", STR_ARG(import->wasm_name), what);
}

/* (i32 handle or tagged address) → address; counts the tagged ones. */
static void unwrap_body(struct code *c, uint32_t import, uint32_t taken) {
    push_is_handle(c);
    code_op1(c, WASM_OP_IF, NO_RESULT);
    code_get(c, 0);
    code_call(c, import);
    code_op(c, WASM_OP_RETURN);
    code_op(c, WASM_OP_END);
    code_op1(c, WASM_OP_GLOBAL_GET, taken);
    code_const(c, WASM_I32, 1);
    code_add(c, WASM_I32);
    code_op1(c, WASM_OP_GLOBAL_SET, taken);
    code_get(c, 0);
    code_const(c, WASM_I32, BIND_DIRECT_SHIFT);
    code_op(c, WASM_OP_I32_SHL);
}

/* (i32 handle or tagged address) → () */
static void drop_body(struct code *c, uint32_t import, uint32_t taken) {
    (void)taken;
    push_is_handle(c);
    code_op1(c, WASM_OP_IF, NO_RESULT);
    code_get(c, 0);
    code_call(c, import);
    code_op(c, WASM_OP_END);
}

static bool is_import(const struct xform *x, const struct bind_import *i, const char *results) {
    return x->m->funcs.items[i->func].def == WASM_IMPORTED && xform_func_is(x, i->func, "i", results);
}

static uint32_t add_count(struct xform *x) {
    const uint8_t i32 = WASM_I32;
    struct code c;
    uint32_t count =
        wasm_add_global(x->m, WASM_I32, true, code_constant(x->arena, WASM_I32, 0), STR("taken"));
    code_begin(&c, x->arena, 0);
    code_op1(&c, WASM_OP_GLOBAL_GET, count);
    x->runtime->taken =
        wasm_add_func(x->m, wasm_add_type(x->m, NULL, 0, &i32, 1), code_end(&c), STR("taken"));
    return count;
}

void xform_direct(struct xform *x) {
    uint32_t taken = WASM_NONE;
    for (vec_each(struct bind_import, i, &x->b->imports)) {
        if (!i->takes_direct || !is_import(x, i, "i"))
            continue;
        taken = taken == WASM_NONE ? add_count(x) : taken;
        put_in_front(x, i, "of addresses", unwrap_body, taken);
    }
    for (vec_each(struct bind_import, i, &x->b->imports))
        if (taken != WASM_NONE && i->intrinsic == BIND_INTRINSIC_object_drop_ref && is_import(x, i, ""))
            put_in_front(x, i, "but of addresses", drop_body, taken);
}
