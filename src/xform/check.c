#include "xform/steps.h"

/* A glue module with an init function exports it as `default` (docs/upstream/transforms.md 16). */
static bool check_names(struct xform *x) {
    for (vec_each(struct bind_export, e, &x->b->exports))
        if (e->wasm_name.len == 0)
            return diag_fail(x->diag, "an exported function has an empty name");
    enum target target = x->settings->target;
    bool taken = target_has(target, TARGET_INIT) && target_row(target)->syntax == SYNTAX_MODULE;
    if (!taken || !wasm_export_find(x->m, STR("default")))
        return true;
    return diag_fail(x->diag,
                     "the module exports `default`, which target `%s` reserves for its own init function",
                     target_row(target)->word);
}

static bool check_memory(struct xform *x) {
    if (x->m->memories.len > 1)
        return diag_fail(x->diag, "the module has %zu memories; only one is supported", x->m->memories.len);
    if (x->m->memories.len == 1 && x->m->memories.items[0].limits.shared)
        return diag_fail(x->diag, "the module has a shared memory; threads are not supported yet");
    return true;
}

bool xform_check(struct xform *x) {
    return check_names(x) && check_memory(x);
}
