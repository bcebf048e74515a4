/* The table of contents: one call per step, in order. */
#include "pipeline.h"

#include "base/file.h"
#include "bind/build.h"
#include "dts/dts.h"
#include "js/js.h"
#include "js/package.h"
#include "meta/descriptor.h"
#include "meta/section.h"
#include "wasm/emit.h"
#include "wasm/parse.h"
#include "xform/xform.h"

#define CANNOT_WRITE "failed to write the output to `%.*s`"

static bool read_module(struct pipeline *p, struct arena *arena, struct diag *diag) {
    struct file *file = file_open(arena, p->settings->input, diag);
    if (!file)
        return false;
    struct wasm_parse_options options = {.keep_debug = false};
    bool ok = wasm_read(&p->module, arena, file, options, diag);
    file_close(file);
    return ok;
}

static bool read_metadata(struct pipeline *p, struct arena *arena, struct diag *diag) {
    if (!meta_take(&p->module, arena, p->settings->allow_unknown_schema, &p->programs, diag))
        return false;
    /* The tool that fits the module is the one it would name as its processor: no machine-dependent answer
     * here. */
    p->settings->version =
        p->programs.len ? p->programs.version.text : str_format(arena, "0.2.%d", META_NEWEST);
    return true;
}

bool pipeline_read(struct pipeline *p, struct arena *arena, struct diag *diag) {
    if (read_module(p, arena, diag) && read_metadata(p, arena, diag))
        return true;
    return diag_context(diag, "failed to read `%.*s`", STR_ARG(p->settings->input));
}

bool pipeline_parse(struct pipeline *p, Str bytes, struct arena *arena, struct diag *diag) {
    struct wasm_parse_options options = {.keep_debug = false};
    return wasm_parse(&p->module, arena, bytes, options, diag) && read_metadata(p, arena, diag);
}

bool pipeline_bind(struct pipeline *p, struct arena *arena, struct bindings *bindings, struct diag *diag) {
    struct meta_descriptors descriptors = {0};
    bool ok = meta_describe(&p->module, &p->programs.version, &descriptors, diag);
    ok = ok && bind_build(&p->module, &p->programs, &descriptors, p->settings, arena, bindings, diag);
    map_free(&descriptors.described);
    return ok || diag_context(diag, "failed to bind `%.*s`", STR_ARG(p->settings->input));
}

static bool generate(struct pipeline *p, const struct bindings *bindings, const struct surface *surface,
                     struct arena *arena, struct pipeline_products *out, struct diag *diag) {
    if (!js_package(bindings, p->settings, arena, &out->package_json, diag) ||
        !js_generate(bindings, surface, p->settings, arena, &out->js, diag))
        return diag_context(diag, "failed to generate the output for `%.*s`", STR_ARG(p->settings->input));
    if (p->settings->typescript) {
        dts_generate(bindings, surface, p->settings, arena, &out->dts);
        dts_generate_wasm(surface, &out->wasm_dts);
    }
    return true;
}

static bool add_outputs(struct outputs *outputs, const struct pipeline *p, const struct bindings *bindings,
                        const struct pipeline_products *products, struct diag *diag) {
    const struct settings *settings = p->settings;
    Str wasm = str_format(outputs->arena, "%.*s_bg.wasm", STR_ARG(settings->stem));
    const struct {
        const char *suffix;
        const struct buf *content;
        bool wanted;
    } files[] = {
        {".js", &products->js.main, true},
        {"_bg.js", &products->js.glue, target_has(settings->target, TARGET_SPLIT)},
        {".d.ts", &products->dts, settings->typescript},
        {"_bg.wasm.d.ts", &products->wasm_dts, settings->typescript},
    };
    if (!wasm_add_output(outputs, wasm, &p->module, WASM_PIECE, diag))
        return false;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        Str name = str_format(outputs->arena, "%.*s%s", STR_ARG(settings->stem), files[i].suffix);
        if (files[i].wanted && !outputs_add(outputs, name, buf_view(files[i].content), diag))
            return false;
    }
    if (products->package_json.len &&
        !outputs_add(outputs, STR("package.json"), buf_view(&products->package_json), diag))
        return false;
    for (vec_each(struct bind_snippet, snippet, &bindings->snippets))
        if (!outputs_add(outputs, snippet->path, snippet->content, diag))
            return false;
    return true;
}

bool pipeline_convert(struct pipeline *p, struct arena *arena, struct pipeline_products *products,
                      struct outputs *outputs, struct diag *diag) {
    const struct settings *settings = p->settings;
    struct bindings bindings = {0};
    struct surface surface = {0};
    if (!pipeline_bind(p, arena, &bindings, diag))
        return false;
    if (!xform_run(&p->module, &bindings, settings, arena, &surface, diag))
        return diag_context(diag, "failed to transform `%.*s`", STR_ARG(settings->input));
    if (!generate(p, &bindings, &surface, arena, products, diag))
        return false;
    outputs_init(outputs, arena, settings->out_dir);
    return add_outputs(outputs, p, &bindings, products, diag) ||
           diag_context(diag, CANNOT_WRITE, STR_ARG(settings->out_dir));
}

void pipeline_free(struct pipeline_products *products) {
    struct buf *all[] = {&products->js.main, &products->js.glue, &products->dts, &products->wasm_dts,
                         &products->package_json};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_free(all[i]);
}

bool pipeline_run(struct settings *settings, struct arena *arena, struct diag *diag) {
    struct pipeline p = {.settings = settings};
    struct pipeline_products products = {0};
    struct outputs outputs;
    bool ok = pipeline_read(&p, arena, diag) && pipeline_convert(&p, arena, &products, &outputs, diag);
    if (ok && !outputs_commit(&outputs, diag))
        ok = diag_context(diag, CANNOT_WRITE, STR_ARG(settings->out_dir));
    pipeline_free(&products);
    return ok;
}
