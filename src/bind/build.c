#include "bind/build.h"

#include "bind/callbacks.h"
#include "bind/casts.h"
#include "bind/classes.h"
#include "bind/context.h"
#include "bind/definitions.h"
#include "bind/direct.h"
#include "bind/enums.h"
#include "bind/exports.h"
#include "bind/import_names.h"
#include "bind/imports.h"
#include "bind/intrinsics.h"
#include "bind/locals.h"
#include "bind/mode.h"
#include "bind/origins.h"

/* Builds of Rust that need more than the glue of today. */
static bool check_module(const struct bind_context *cx) {
    for (size_t i = 0; i < cx->m->memories.len; i++)
        if (cx->m->memories.items[i].limits.is64)
            return diag_fail(cx->diag, "the module has a 64-bit memory (wasm64), which is not supported yet");
    return true;
}

/* In the order of upstream, which matters where the first record wins (docs/upstream/wire-format.md 9.6). */
static bool bind_program(struct bind_context *cx, const struct meta_Program *program) {
    cx->program = program;
    return bind_exports(cx) && bind_imports(cx) && bind_classes_fields(cx) && bind_add_files(cx);
}

static bool bind_programs(struct bind_context *cx) {
    for (size_t p = 0; p < cx->programs->len; p++)
        if (!bind_program(cx, &cx->programs->items[p]))
            return false;
    return true;
}

/* Up to 0.2.106 the name depended on the target (docs/upstream/transforms.md 11); who instantiates such a
 * module by hand knows it. */
static void choose_shape(const struct bind_context *cx) {
    enum target target = cx->settings->target;
    bool old = cx->release <= 106 && cx->programs->len;
    cx->b->import_module = str_from(old ? target_row(target)->old_import_module : "");
    cx->b->flat_package_json = cx->release < 94;
}

static bool build_all(struct bind_context *cx) {
    if (!check_module(cx) || !bind_context_init(cx) || !bind_decide_mode(cx) ||
        !bind_definitions_settle(cx) || !bind_enums_declare(cx) || !bind_classes_declare(cx) ||
        !bind_programs(cx) || !bind_callback_makers(cx) || !bind_casts(cx))
        return false;
    bind_internals(cx);
    bind_leftovers(cx);
    if (!bind_locals(cx) || !bind_direct(cx))
        return false;
    bind_shorten_import_names(cx);
    bind_find_main(cx);
    bind_add_typescript(cx);
    cx->b->number_names = cx->release >= 106;
    choose_shape(cx);
    return true;
}

bool bind_build(const struct wasm_module *m, const struct meta_programs *programs,
                const struct meta_descriptors *descriptors, const struct settings *settings,
                struct arena *arena, struct bindings *out, struct diag *diag) {
    struct bind_context cx = {
        .m = m,
        .arena = arena,
        .diag = diag,
        .programs = programs,
        .descriptors = descriptors,
        .settings = settings,
        .b = out,
        .release = programs->len ? programs->version.release : META_NEWEST,
    };
    *out = (struct bindings){0};
    bool ok = build_all(&cx);
    bind_context_done(&cx);
    return ok;
}
