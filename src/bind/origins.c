#include "bind/origins.h"

#include <stdlib.h>

static size_t inline_offset(const struct bind_context *cx) {
    const struct map_entry *found = map_find(&cx->offsets, cx->program->unique_crate_identifier);
    return found ? found->value.num : 0;
}

static Str inline_path(const struct bind_context *cx, size_t index) {
    return str_format(cx->arena, "snippets/%.*s/inline%zu.js", STR_ARG(cx->program->unique_crate_identifier),
                      index + inline_offset(cx));
}

static Str local_path(const struct bind_context *cx, Str identifier) {
    return str_format(cx->arena, "snippets/%.*s", STR_ARG(identifier));
}

static bool set_module(const struct bind_context *cx, const struct meta_ImportModule *module,
                       struct bind_origin *out, Str *why) {
    out->place = BIND_MODULE;
    Str path;
    switch (module->tag) {
    case META_ImportModule_RawNamed:
        out->module = module->RawNamed;
        return true;
    case META_ImportModule_Named:
        path = local_path(cx, module->Named);
        break;
    case META_ImportModule_Inline:
    default:
        if (module->Inline >= cx->program->inline_js.len) {
            *why = STR("its record names an inline snippet that does not exist");
            return false;
        }
        path = inline_path(cx, module->Inline);
        break;
    }
    path = target_file(cx->arena, cx->settings->target, path);
    out->module = str_format(cx->arena, "./%.*s", STR_ARG(path));
    return true;
}

static void set_names(const struct bind_context *cx, const struct meta_str_list *ns, Str item,
                      struct bind_origin *out) {
    size_t segments = ns ? ns->len : 0;
    out->names = ARENA_ARRAY(cx->arena, segments + 1, Str);
    for (size_t i = 0; i < segments; i++)
        out->names[i] = ns->items[i];
    out->names[segments] = item;
    out->nnames = segments + 1;
}

/* A class of that name has prefixes: they hold for all its members, too. */
static bool set_prefixes(const struct bind_context *cx, Str item, struct bind_origin *out, Str *why) {
    const struct map_entry *found = map_find(&cx->prefixed, item);
    if (!found)
        return true;
    const struct meta_str_list *prefixes = found->value.ptr;
    out->prefixes = prefixes->items;
    out->nprefixes = prefixes->len;
    if (out->place == BIND_GLOBAL && out->nnames == 1)
        return true;
    *why = STR("vendor prefixes of items in a module or namespace are not supported");
    return false;
}

bool bind_origin_of(const struct bind_context *cx, const struct meta_Import *import, Str item,
                    struct bind_origin *out, Str *why) {
    *out = (struct bind_origin){.place = BIND_GLOBAL};
    set_names(cx, import->js_namespace, item, out);
    if (import->module && !set_module(cx, import->module, out, why))
        return false;
    return set_prefixes(cx, item, out, why);
}

void bind_note_prefixes(struct bind_context *cx) {
    for (size_t i = 0; i < cx->program->imports.len; i++) {
        struct meta_ImportKind *kind = &cx->program->imports.items[i].kind;
        if (kind->tag == META_ImportKind_Type && kind->Type.vendor_prefixes.len)
            map_put(&cx->prefixed, kind->Type.name, NULL)->value.ptr = &kind->Type.vendor_prefixes;
    }
}

/* Several programs list the same file; its content is then the same. */
static bool add_snippet(struct bind_context *cx, Str path, Str content) {
    bool added;
    struct map_entry *entry = map_put(&cx->files, path, &added);
    if (added) {
        entry->value.num = cx->b->snippets.len;
        vec_push(cx->arena, &cx->b->snippets, (struct bind_snippet){path, content});
        return true;
    }
    if (str_eq(cx->b->snippets.items[entry->value.num].content, content))
        return true;
    return diag_fail(cx->diag, "the local module `%.*s` is recorded with two different contents",
                     STR_ARG(path));
}

bool bind_add_files(struct bind_context *cx) {
    const struct meta_Program *program = cx->program;
    for (size_t i = 0; i < program->local_modules.len; i++) {
        const struct meta_LocalModule *module = &program->local_modules.items[i];
        if (!module->linked_module && !add_snippet(cx, local_path(cx, module->identifier), module->contents))
            return false;
    }
    for (size_t i = 0; i < program->inline_js.len; i++)
        if (!add_snippet(cx, inline_path(cx, i), program->inline_js.items[i]))
            return false;
    map_put(&cx->offsets, program->unique_crate_identifier, NULL)->value.num += program->inline_js.len;
    if (program->package_json)
        vec_push(cx->arena, &cx->b->npm_package_json, *program->package_json);
    return true;
}

static int by_bytes(const void *a, const void *b) {
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

/* Up to 0.2.106 in link order, then bytewise sorted (wire-format.md 9.6). */
void bind_add_typescript(struct bind_context *cx) {
    for (size_t p = 0; p < cx->programs->len; p++) {
        const struct meta_str_list *sections = &cx->programs->items[p].typescript_custom_sections;
        for (size_t i = 0; i < sections->len; i++)
            vec_push(cx->arena, &cx->b->ts_sections, sections->items[i]);
    }
    if (cx->release >= 107 && cx->b->ts_sections.len)
        qsort(cx->b->ts_sections.items, cx->b->ts_sections.len, sizeof(Str), by_bytes);
}
