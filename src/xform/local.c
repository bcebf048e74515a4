#include "xform/code.h"
#include "xform/steps.h"

typedef Str make_body(const struct xform *x, struct code *code);

/* (i32 n) → i32: grows the table by n null slots; its former size, or −1. */
static Str grow_body(const struct xform *x, struct code *code) {
    code_null(code);
    code_get(code, 0);
    code_op1(code, WASM_OP_TABLE_GROW, x->runtime->table);
    return code_end(code);
}

/* (i32 slot) → () */
static Str set_null_body(const struct xform *x, struct code *code) {
    code_get(code, 0);
    code_null(code);
    code_op1(code, WASM_OP_TABLE_SET, x->runtime->table);
    return code_end(code);
}

static Str statics_end_body(const struct xform *x, struct code *code) {
    code_const(code, WASM_I32, x->b->statics_end);
    return code_end(code);
}

static Str unreachable_body(const struct xform *x, struct code *code) {
    (void)x;
    code_op(code, WASM_OP_UNREACHABLE);
    return code_end(code);
}

static Str zero_body(const struct xform *x, struct code *code) {
    (void)x;
    code_const(code, WASM_I32, 0);
    return code_end(code);
}

static void define(struct xform *x, uint32_t f, make_body *make) {
    struct code code;
    uint32_t type = x->m->funcs.items[f].type;
    code_begin(&code, x->arena, x->m->types.items[type].nparams);
    wasm_func_define(x->m, f, type, make(x, &code));
}

/* Direct calls get the instructions themselves. */
static void set_inline(struct xform *x, uint32_t f, Str instructions) {
    Str *code = ARENA_NEW(x->arena, Str);
    *code = instructions;
    x->m->funcs.items[f].inline_code = code;
}

static void inline_statics_end(struct xform *x, uint32_t f) {
    struct code code;
    code_begin(&code, x->arena, 0);
    code_const(&code, WASM_I32, x->b->statics_end);
    set_inline(x, f, code_inline(&code));
}

static void inline_set_null(struct xform *x, uint32_t f) {
    struct code code;
    code_begin(&code, x->arena, 1);
    code_null(&code);
    code_op1(&code, WASM_OP_TABLE_SET, x->runtime->table);
    set_inline(x, f, code_inline(&code));
}

/* By kind. Without a table nothing live calls the first two; should they survive all the same, they trap
 * instead of keeping the module from being instantiated. */
static const struct local {
    const char *params, *results; /* NULL: any */
    const char *shown;            /* in the name section, in place of a long mangled name; NULL: as it is */
    make_body *table_body, *heap_body;
    void (*inlined)(struct xform *x, uint32_t f);
    bool inline_in_heap_mode;
} locals[] = {
    [BIND_LOCAL_TABLE_GROW] = {"i", "i", "grow", grow_body, unreachable_body, NULL, false},
    [BIND_LOCAL_TABLE_CLEAR] = {"i", "", "set_null", set_null_body, unreachable_body, inline_set_null, false},
    [BIND_LOCAL_STATICS_END] = {"", "i", "statics_end", statics_end_body, statics_end_body,
                                inline_statics_end, true},
    [BIND_LOCAL_ZERO] = {"", "i", NULL, zero_body, zero_body, NULL, false},
    [BIND_LOCAL_TRAP] = {NULL, NULL, NULL, unreachable_body, unreachable_body, NULL, false},
};

static bool define_local(struct xform *x, uint32_t f, const struct local *local) {
    if (local->params && !xform_func_is(x, f, local->params, local->results))
        return diag_fail(x->diag, "import `%.*s` has another type than is known",
                         STR_ARG(x->m->funcs.items[f].import->name));
    define(x, f, x->b->externref ? local->table_body : local->heap_body);
    if (local->shown)
        x->m->funcs.items[f].name = str_from(local->shown);
    if (local->inlined && (x->b->externref || local->inline_in_heap_mode))
        local->inlined(x, f);
    return true;
}

bool xform_local_imports(struct xform *x) {
    for (vec_each(struct bind_local, local, &x->b->locals))
        if (x->m->funcs.items[local->func].def == WASM_IMPORTED &&
            !define_local(x, local->func, &locals[local->kind]))
            return false;
    return true;
}
