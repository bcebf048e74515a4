#include "xform/code.h"
#include "xform/steps.h"

typedef Str make_body(const struct xform *x, struct code *code);

/* (i32 n) → i32: grows the table by n null slots; its former size, or −1. */
static Str grow_body(const struct xform *x, struct code *code) {
    code_null(code);
    code_get(code, 0);
    code_op1(code, WASM_OP_TABLE_GROW, x->table);
    return code_end(code);
}

/* (i32 slot) → () */
static Str set_null_body(const struct xform *x, struct code *code) {
    code_get(code, 0);
    code_null(code);
    code_op1(code, WASM_OP_TABLE_SET, x->table);
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
    code_op1(&code, WASM_OP_TABLE_SET, x->table);
    set_inline(x, f, code_inline(&code));
}

/* Imports of the externref module. Without a table nothing live calls the first two; should they survive
 * all the same, they trap instead of keeping the module from being instantiated. */
static const struct local_import {
    const char *name, *params, *results;
    const char *shown; /* in the name section, in place of a long mangled name */
    make_body *table_body, *heap_body;
    void (*inlined)(struct xform *x, uint32_t f);
    bool inline_in_heap_mode;
} externref_module[] = {
    {"__wbindgen_externref_table_grow", "i", "i", "grow", grow_body, unreachable_body, NULL, false},
    {"__wbindgen_externref_table_set_null", "i", "", "set_null", set_null_body, unreachable_body,
     inline_set_null, false},
    {"__wbindgen_externref_statics_end", "", "i", "statics_end", statics_end_body, statics_end_body,
     inline_statics_end, true},
};

static const struct local_import *find_local(Str name) {
    for (size_t i = 0; i < sizeof externref_module / sizeof *externref_module; i++)
        if (str_eq(name, str_from(externref_module[i].name)))
            return &externref_module[i];
    return NULL;
}

static bool define_local(struct xform *x, uint32_t f, Str name) {
    const struct local_import *local = find_local(name);
    if (!local || !xform_func_is(x, f, local->params, local->results))
        return diag_fail(
            x->diag, "import `%.*s` of module `" XFORM_EXTERNREF_MODULE "` is unknown or has another type",
            STR_ARG(name));
    define(x, f, x->b->externref ? local->table_body : local->heap_body);
    x->m->funcs.items[f].name = str_from(local->shown);
    if (local->inlined && (x->b->externref || local->inline_in_heap_mode))
        local->inlined(x, f);
    return true;
}

/* Without a JSPI export no fiber can be the current one, and nobody spawns tasks in one. */
static void define_jspi(struct xform *x, const struct bind_import *i) {
    if (i->intrinsic == BIND_INTRINSIC_jspi_in_context && xform_func_is(x, i->func, "", "i"))
        define(x, i->func, zero_body);
    else if (i->intrinsic == BIND_INTRINSIC_jspi_spawn_poll ||
             i->intrinsic == BIND_INTRINSIC_jspi_spawn_first)
        define(x, i->func, unreachable_body);
}

bool xform_local_imports(struct xform *x) {
    for (uint32_t f = 0; f < x->m->funcs.len; f++) {
        const struct wasm_func *func = &x->m->funcs.items[f];
        if (func->def == WASM_IMPORTED && str_eq(func->import->module, STR(XFORM_EXTERNREF_MODULE)) &&
            !define_local(x, f, func->import->name))
            return false;
    }
    for (vec_each(struct bind_import, i, &x->b->imports))
        if (i->kind == BIND_IMPORT_INTRINSIC && x->m->funcs.items[i->func].def == WASM_IMPORTED)
            define_jspi(x, i);
    return true;
}
