#include "meta/section.h"

static bool is_metadata(const struct wasm_custom *custom) {
    return !custom->removed && str_eq(custom->name, STR(META_SECTION));
}

/* The contents of all metadata sections one after the other; the sections are removed. */
static Str take_sections(struct wasm_module *m, struct arena *arena) {
    size_t size = 0, count = 0;
    Str only = {0};
    for (vec_each(struct wasm_custom, custom, &m->customs))
        if (is_metadata(custom)) {
            only = custom->bytes;
            size += custom->bytes.len;
            count++;
        }
    char *joined = count > 1 ? arena_alloc(arena, size) : NULL;
    size_t at = 0;
    for (vec_each(struct wasm_custom, custom, &m->customs))
        if (is_metadata(custom)) {
            if (count > 1)
                memcpy(joined + at, custom->bytes.ptr, custom->bytes.len);
            at += custom->bytes.len;
            custom->removed = true;
        }
    return count > 1 ? (Str){joined, size} : only;
}

static bool fail_stripped(struct diag *diag, Str does) {
    return diag_fail(diag,
                     "the module %.*s but has no `" META_SECTION
                     "` section: it was stripped after linking; bind it first, strip it afterwards",
                     STR_ARG(does));
}

/* A module that asks for the tool's services although the metadata is gone was stripped on the way. */
static bool check_not_stripped(const struct wasm_module *m, struct arena *arena, struct diag *diag) {
    for (vec_each(struct wasm_func, f, &m->funcs))
        if (f->def == WASM_IMPORTED && str_eq(f->import->module, STR(META_PLACEHOLDER)))
            return fail_stripped(diag, str_format(arena, "imports `%.*s` from `" META_PLACEHOLDER "`",
                                                  STR_ARG(f->import->name)));
    for (vec_each(struct wasm_export, e, &m->exports))
        if (str_starts(e->name, STR("__wbindgen_describe_")))
            return fail_stripped(diag, str_format(arena, "exports `%.*s`", STR_ARG(e->name)));
    return true;
}

bool meta_take(struct wasm_module *m, struct arena *arena, bool allow_unknown_schema,
               struct meta_programs *out, struct diag *diag) {
    if (wasm_custom_find(m, STR("__wasm_bindgen_emscripten_marker")))
        return diag_fail(diag, "modules built for emscripten are not supported yet");
    Str metadata = take_sections(m, arena);
    if (!metadata.len && !check_not_stripped(m, arena, diag))
        return false;
    return meta_decode(arena, metadata, allow_unknown_schema, out, diag) ||
           diag_context(diag, "reading the section `" META_SECTION "`");
}
