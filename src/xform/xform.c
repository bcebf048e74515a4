#include "xform/xform.h"

#include "wasm/lookup.h"
#include "xform/steps.h"

static bool run(struct xform *x) {
    xform_edits(x);
    if (!xform_check(x))
        return false;
    xform_names(x);
    xform_clean_exports(x);
    xform_add_table(x);
    xform_direct(x);
    if (!xform_start(x) || !xform_local_imports(x) || !xform_externref(x) || !xform_multi_value(x))
        return false;
    xform_add_frame(x);
    xform_growth(x);
    xform_rename_imports(x);
    xform_sections(x);
    if (!xform_liveness(x))
        return false;
    xform_describe(x);
    return true;
}

bool xform_run(struct wasm_module *m, struct bindings *b, const struct settings *settings,
               struct arena *arena, struct surface *out, struct diag *diag) {
    *out = (struct surface){0};
    struct xform x = {.m = m,
                      .b = b,
                      .settings = settings,
                      .arena = arena,
                      .surface = out,
                      .diag = diag,
                      .runtime = &b->runtime};
    out->import_module =
        b->import_module.len ? b->import_module : str_format(arena, "./%.*s_bg.js", STR_ARG(settings->stem));
    /* Looked up first: a later step adds a mutable i32 global that the search could mistake for it. */
    x.stack_pointer = wasm_stack_pointer(m);
    x.runtime->memory = m->memories.len > 0 ? 0 : WASM_NONE;
    x.runtime->function_table = wasm_function_table(m);
    x.runtime->table = x.borrow_top = x.runtime->frame = x.runtime->taken = WASM_NONE;
    map_init(&x.bound, arena);
    map_init(&x.shims, arena);
    bool ok = run(&x);
    map_free(&x.bound);
    map_free(&x.shims);
    return ok;
}
