#include "js/package.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/map.h"

struct dependency {
    Str name, version; /* JSON string literals */
    Str from;          /* the file that asks for it */
};

struct package {
    struct arena *arena;
    struct diag *diag;
    struct map files, seen; /* paths; name → place in all + 1 */
    VEC(struct dependency) all;
};

/* The value as JSON text, in the arena. */
static Str literal(struct arena *arena, const json_t *value) {
    size_t size = json_dumpb(value, NULL, 0, JSON_ENCODE_ANY);
    char *text = arena_alloc(arena, size + 1);
    ASSERT(json_dumpb(value, text, size, JSON_ENCODE_ANY) == size);
    return (Str){text, size};
}

static bool add_dependency(struct package *p, Str from, const char *key, const json_t *value) {
    if (!json_is_string(value))
        return diag_fail(p->diag, "`%.*s`: the version of `%s` is not a string", STR_ARG(from), key);
    bool added;
    struct map_entry *entry = map_put(&p->seen, str_copy(p->arena, str_from(key)), &added);
    if (!added)
        return diag_fail(p->diag, "two package.json files ask for the npm package `%s`: `%.*s` and `%.*s`",
                         key, STR_ARG(p->all.items[entry->value.num - 1].from), STR_ARG(from));
    json_t *name = json_string(key);
    ASSERT(name);
    vec_push(p->arena, &p->all, (struct dependency){literal(p->arena, name), literal(p->arena, value), from});
    json_decref(name);
    entry->value.num = p->all.len;
    return true;
}

static bool add_dependencies(struct package *p, Str from, json_t *root) {
    if (!json_is_object(root))
        return diag_fail(p->diag, "`%.*s` is not a JSON object", STR_ARG(from));
    json_t *dependencies = json_object_get(root, "dependencies");
    if (dependencies && !json_is_object(dependencies))
        return diag_fail(p->diag, "`%.*s`: `dependencies` is not a JSON object", STR_ARG(from));
    const char *key;
    json_t *value;
    json_object_foreach(dependencies, key, value) if (!add_dependency(p, from, key, value)) return false;
    return true;
}

static bool add_file(struct package *p, Str from) {
    Str text;
    bool added;
    map_put(&p->files, from, &added);
    if (!added)
        return true;
    if (!file_read_all(p->arena, from, &text, p->diag))
        return diag_context(p->diag, "reading the npm dependencies of a crate");
    json_error_t error;
    json_t *root = json_loadb(text.ptr, text.len, 0, &error);
    if (!root)
        return diag_fail(p->diag, "`%.*s` is not JSON: %s (line %d)", STR_ARG(from), error.text, error.line);
    bool ok = add_dependencies(p, from, root);
    json_decref(root);
    return ok;
}

static int by_name(const void *a, const void *b) {
    return str_cmp(((const struct dependency *)a)->name, ((const struct dependency *)b)->name);
}

static void write_dependencies(const struct package *p, const char *indent, struct buf *out) {
    if (p->all.len)
        qsort(p->all.items, p->all.len, sizeof(*p->all.items), by_name);
    buf_byte(out, '{');
    for (size_t i = 0; i < p->all.len; i++)
        buf_printf(out, "%s\n%s  %.*s: %.*s", i ? "," : "", indent, STR_ARG(p->all.items[i].name),
                   STR_ARG(p->all.items[i].version));
    if (p->all.len)
        buf_printf(out, "\n%s", indent);
    buf_byte(out, '}');
}

static void write_package(const struct package *p, bool flat, bool module, struct buf *out) {
    if (flat && !module) {
        write_dependencies(p, "", out);
    } else {
        buf_printf(out, "{\n%s  \"dependencies\": ", module ? "  \"type\": \"module\",\n" : "");
        write_dependencies(p, "  ", out);
        buf_str(out, STR("\n}"));
    }
    buf_byte(out, '\n');
}

bool js_package(const struct bindings *b, const struct settings *settings, struct arena *arena,
                struct buf *out, struct diag *diag) {
    bool module = target_has(settings->target, TARGET_TYPE_MODULE), ok = true;
    if (b->npm_package_json.len && target_row(settings->target)->syntax == SYNTAX_SCRIPT)
        return diag_fail(diag, "npm packages, asked for in `%.*s`, are not possible with target `%s`",
                         STR_ARG(b->npm_package_json.items[0]), target_row(settings->target)->word);
    struct package p = {.arena = arena, .diag = diag};
    map_init(&p.seen, arena);
    map_init(&p.files, arena);
    for (vec_each(Str, path, &b->npm_package_json))
        ok = ok && add_file(&p, *path);
    if (ok && (p.all.len || module))
        write_package(&p, b->flat_package_json, module, out);
    map_free(&p.seen);
    map_free(&p.files);
    return ok;
}
