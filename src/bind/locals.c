#include "bind/locals.h"

/* The module whose imports work on the table of values; only the crate's allocator of its slots has any. */
#define TABLE_MODULE "__wbindgen_externref_xform__"
#define INIT_TABLE "__wbindgen_init_externref_table"

static const struct bind_internal INTERNAL[] = {
    {{"__wbindgen", 10}, true},
    {{"__externref", 11}, true},
    {{"__wbg_jspi_task_poll", 20}, false}, /* nothing calls it without JSPI */
};

void bind_internals(struct bind_context *cx) {
    for (size_t i = 0; i < sizeof INTERNAL / sizeof *INTERNAL; i++)
        vec_push(cx->arena, &cx->b->internal, INTERNAL[i]);
    cx->b->init_table_name = STR(INIT_TABLE);
    cx->b->init_table = bind_find_import(cx, STR(INIT_TABLE));
    if (cx->b->init_table == WASM_NONE)
        return;
    const struct wasm_functype *type = wasm_func_type(cx->m, cx->b->init_table);
    if (type->nparams || type->nresults)
        cx->b->init_table = WASM_NONE;
    else
        map_put(&cx->bound, STR(INIT_TABLE), NULL);
}

static const struct {
    const char *name;
    enum bind_local_kind kind;
} TABLE_IMPORTS[] = {
    {"__wbindgen_externref_table_grow", BIND_LOCAL_TABLE_GROW},
    {"__wbindgen_externref_table_set_null", BIND_LOCAL_TABLE_CLEAR},
    {"__wbindgen_externref_statics_end", BIND_LOCAL_STATICS_END},
};

/* Without JSPI no fiber can be the current one, and nobody spawns tasks in one. */
static const struct {
    enum bind_intrinsic intrinsic;
    enum bind_local_kind kind;
} JSPI[] = {
    {BIND_INTRINSIC_jspi_in_context, BIND_LOCAL_ZERO},
    {BIND_INTRINSIC_jspi_spawn_poll, BIND_LOCAL_TRAP},
    {BIND_INTRINSIC_jspi_spawn_first, BIND_LOCAL_TRAP},
};

static void add_local(struct bind_context *cx, uint32_t func, enum bind_local_kind kind) {
    vec_push(cx->arena, &cx->b->locals, (struct bind_local){func, kind});
}

static bool add_table_import(struct bind_context *cx, uint32_t func, Str name) {
    for (size_t i = 0; i < sizeof TABLE_IMPORTS / sizeof *TABLE_IMPORTS; i++)
        if (str_eq(name, str_from(TABLE_IMPORTS[i].name))) {
            add_local(cx, func, TABLE_IMPORTS[i].kind);
            return true;
        }
    return diag_fail(cx->diag, "import `%.*s` of module `" TABLE_MODULE "` is unknown", STR_ARG(name));
}

static void add_jspi(struct bind_context *cx, const struct bind_import *import) {
    for (size_t i = 0; import->kind == BIND_IMPORT_INTRINSIC && i < sizeof JSPI / sizeof *JSPI; i++)
        if (JSPI[i].intrinsic == import->intrinsic)
            add_local(cx, import->func, JSPI[i].kind);
}

bool bind_locals(struct bind_context *cx) {
    for (uint32_t f = 0; f < cx->m->funcs.len; f++) {
        const struct wasm_func *func = &cx->m->funcs.items[f];
        if (func->def == WASM_IMPORTED && str_eq(func->import->module, STR(TABLE_MODULE)) &&
            !add_table_import(cx, f, func->import->name))
            return false;
    }
    for (size_t i = 0; i < cx->b->imports.len; i++)
        add_jspi(cx, &cx->b->imports.items[i]);
    return true;
}
