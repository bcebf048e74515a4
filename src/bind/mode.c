#include "bind/mode.h"

#include <limits.h>

#include "wasm/lookup.h"

static void find_runtime(struct bind_context *cx) {
    struct bind_runtime *r = &cx->b->runtime;
    const struct {
        const char *name;
        int first, last;
        uint32_t *out;
    } all[] = {
#define RUNTIME(field, kind, name, first, last) {name, first, last, &r->field},
#include "bind/runtime.def"
#undef RUNTIME
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bool exported = all[i].first && cx->release >= all[i].first && cx->release <= all[i].last;
        *all[i].out = exported ? bind_find_export(cx, str_from(all[i].name)) : WASM_NONE;
    }
    r->align = cx->release >= 87;
}

/* Whether the module's list of features decides (docs/upstream/transforms.md 0). */
static bool lists(const struct bind_context *cx, Str feature) {
    return cx->release >= 94 && wasm_feature_listed(cx->m, feature);
}

/* What the module was built for. A stripped section tells nothing; from 0.2.102 on the exports do. */
static bool wants_externref(const struct bind_context *cx) {
    if (lists(cx, STR("reference-types")))
        return true;
    return cx->release >= 102 && cx->b->runtime.table_alloc != WASM_NONE &&
           !wasm_custom_find(cx->m, STR("target_features"));
}

static bool decide_externref(struct bind_context *cx) {
    const struct bind_runtime *r = &cx->b->runtime;
    bool possible = r->table_alloc != WASM_NONE && r->table_dealloc != WASM_NONE;
    if (cx->settings->externref == TOGGLE_ON && !possible)
        return diag_fail(
            cx->diag,
            "reference types were asked for, but the module does not export `%s`: its crates were "
            "compiled without the feature reference-types",
            r->table_alloc == WASM_NONE ? bind_runtime_names.table_alloc : bind_runtime_names.table_dealloc);
    cx->b->externref = cx->settings->externref == TOGGLE_ON ||
                       (cx->settings->externref == TOGGLE_AUTO && possible && wants_externref(cx));
    return true;
}

/* What packages show of the module. Target deno began with 0.2.93 (seen in upstream's output of 0.2.92 and
 * 0.2.99). */
static void decide_raw_keys(struct bind_context *cx) {
    enum target target = cx->settings->target;
    bool old = cx->release <= 106 && (target != TARGET_DENO || cx->release >= 93);
    cx->b->shows_raw = cx->settings->debug || (old && target_has(target, TARGET_SHOWS_RAW));
    cx->b->shows_module = cx->release <= 106 && target_has(target, TARGET_INIT);
}

bool bind_decide_mode(struct bind_context *cx) {
    cx->b->wants_options = cx->release >= 93; /* docs/upstream/integrations.md 3 */
    find_runtime(cx);
    decide_raw_keys(cx);
    cx->b->handle_base = cx->release <= 108 ? 128 : 1024;
    cx->b->statics_end = cx->b->handle_base + 4;
    cx->b->ts_unused_texts = cx->release <= 95;
    cx->b->glue_module = STR(META_PLACEHOLDER);
    cx->b->multi_value = cx->settings->multi_value == TOGGLE_ON ||
                         (cx->settings->multi_value == TOGGLE_AUTO && lists(cx, STR("multivalue")));
    return decide_externref(cx);
}
