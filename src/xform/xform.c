#include "xform/xform.h"

#include "wasm/lookup.h"
#include "xform/steps.h"

static bool run(struct xform *x) {
    xform_clean_exports(x);
    xform_add_table(x);
    if (!xform_start(x) || !xform_local_imports(x) || !xform_externref(x) || !xform_multi_value(x))
        return false;
    xform_add_frame(x);
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
    struct xform x = {.m = m, .b = b, .settings = settings, .arena = arena, .surface = out, .diag = diag};
    x.table = x.borrow_top = x.frame = WASM_NONE;
    out->import_module =
        b->import_module.len ? b->import_module : str_format(arena, "./%.*s_bg.js", STR_ARG(settings->stem));
    /* Looked up first: a later step adds a mutable i32 global that the search could mistake for it. */
    x.stack_pointer = wasm_stack_pointer(m);
    map_init(&x.bound, arena);
    map_init(&x.shims, arena);
    bool ok = xform_check(&x) && run(&x);
    map_free(&x.bound);
    map_free(&x.shims);
    return ok;
}
