#include "xform/code.h"
#include "xform/steps.h"

static const struct bind_type unit = {.kind = BIND_UNIT};

/* The import that fills the first slots of the table; it has to run before anything that touches a handle. */
static uint32_t init_import(struct xform *x) {
    for (vec_each(struct bind_import, i, &x->b->imports))
        if (i->kind == BIND_IMPORT_INIT_TABLE)
            return i->func;
    uint32_t f = x->b->init_table;
    if (f == WASM_NONE)
        f = wasm_add_func_import(x->m, x->surface->import_module, x->b->init_table_name,
                                 wasm_add_type(x->m, NULL, 0, NULL, 0));
    x->m->funcs.items[f].name = (Str){0}; /* an import has its name already */
    struct bind_import import = {
        .kind = BIND_IMPORT_INIT_TABLE, .func = f, .wasm_name = x->b->init_table_name};
    import.sig.result = (struct bind_value){.type = &unit, .incoming = true};
    vec_push(x->arena, &x->b->imports, import);
    return f;
}

static bool add_main(struct xform *x, struct code *code) {
    const struct wasm_functype *type = wasm_func_type(x->m, x->b->main_func);
    for (uint32_t i = 0; i < type->nparams; i++) {
        if (type->params[i] != WASM_I32 && type->params[i] != WASM_I64)
            return diag_fail(x->diag, "`main` has an unexpected type");
        code_const(code, type->params[i], 0);
    }
    code_call(code, x->b->main_func);
    for (uint32_t i = 0; i < type->nresults; i++)
        code_op(code, WASM_OP_DROP);
    return true;
}

/* The functions without parameters that have to run, in order. False if one has another type. */
static bool collect(struct xform *x, uint32_t *calls, size_t *ncalls) {
    size_t n = 0;
    if (x->b->externref)
        calls[n++] = init_import(x);
    if (x->m->start != WASM_NONE)
        calls[n++] = x->m->start;
    for (vec_each(uint32_t, start, &x->b->starts))
        calls[n++] = *start;
    *ncalls = n;
    for (size_t i = 0; i < n; i++)
        if (!xform_func_is(x, calls[i], "", ""))
            return diag_fail(x->diag, "a start function takes parameters or returns a value");
    return true;
}

bool xform_start(struct xform *x) {
    uint32_t *calls = ARENA_ARRAY(x->arena, x->b->starts.len + 2, uint32_t);
    size_t ncalls;
    if (!collect(x, calls, &ncalls))
        return false;
    x->m->start = WASM_NONE;
    bool has_main = x->b->main_func != WASM_NONE;
    if (ncalls == 0 && !has_main)
        return true;
    uint32_t start = calls[0];
    if (ncalls + has_main > 1 || has_main) {
        struct code code;
        code_begin(&code, x->arena, 0);
        for (size_t i = 0; i < ncalls; i++)
            code_call(&code, calls[i]);
        bool ok = !has_main || add_main(x, &code);
        Str body = code_end(&code);
        if (!ok)
            return false;
        start = wasm_add_func(x->m, wasm_add_type(x->m, NULL, 0, NULL, 0), body,
                              str_from(bind_runtime_names.start));
    }
    /* Other tools call it by that name, so an export it has already does not do. */
    x->surface->start = xform_export_as(x, str_from(bind_runtime_names.start), WASM_FUNC, start);
    return true;
}
