#include "base/buf.h"
#include "xform/steps.h"

/* Exports that bindings reach by name: never removed, and found without a search. The map's value is the
 * place in m->exports, which only grows after the clean-up. */
static void note_bound(struct xform *x) {
    for (vec_each(struct bind_export, e, &x->b->exports))
        map_put(&x->bound, e->wasm_name, NULL);
    for (vec_each(struct bind_class *, c, &x->b->classes))
        map_put(&x->bound, (*c)->free_name, NULL);
}

static bool is_one_of(Str name, const Str *list, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (str_eq(name, list[i]))
            return true;
    return false;
}

/* docs/upstream/transforms.md 10 */
static bool is_unwanted(const struct wasm_export *e, void *context) {
    const struct xform *x = context;
    const Str linker[] = {STR("__heap_base"), STR("__data_end"), STR("__indirect_function_table")};
    if (map_find(&x->bound, e->name))
        return false;
    for (vec_each(struct bind_internal, internal, &x->b->internal))
        if (internal->is_prefix ? str_starts(e->name, internal->name) : str_eq(e->name, internal->name))
            return true; /* exported again where the glue calls it */
    return !x->settings->keep_lld_exports && is_one_of(e->name, linker, 3);
}

void xform_clean_exports(struct xform *x) {
    note_bound(x);
    wasm_export_remove(x->m, is_unwanted, x);
    for (size_t i = 0; i < x->m->exports.len; i++) {
        struct map_entry *entry = map_find(&x->bound, x->m->exports.items[i].name);
        if (entry)
            entry->value.num = i + 1;
    }
}

static bool repoint(struct xform *x, Str name, uint32_t func) {
    struct map_entry *entry = map_find(&x->bound, name);
    if (!entry || entry->value.num == 0)
        return false;
    struct wasm_export *e = &x->m->exports.items[entry->value.num - 1];
    if (e->kind != WASM_FUNC)
        return false;
    e->id = func;
    return true;
}

static bool is_same(const struct xform *x, const struct wasm_export *e, enum wasm_kind kind, uint32_t id) {
    if (e->kind != kind)
        return false;
    return kind == WASM_FUNC ? wasm_func_resolve(x->m, e->id) == wasm_func_resolve(x->m, id) : e->id == id;
}

/* Letters, digits, _ and $: what the glue can write behind `wasm.` */
static bool is_plain(Str name) {
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
        if (!letter && (i == 0 || c < '0' || c > '9'))
            return false;
    }
    return name.len > 0;
}

Str xform_export(struct xform *x, Str name, enum wasm_kind kind, uint32_t id) {
    for (vec_each(struct wasm_export, e, &x->m->exports))
        if (is_same(x, e, kind, id) && is_plain(e->name))
            return e->name;
    return xform_export_as(x, name, kind, id);
}

/* The number behind `name` if `text` is that; SIZE_MAX if not, or if it is more than `most`. */
static size_t number_behind(Str text, Str name, size_t most) {
    if (!str_starts(text, name) || text.len == name.len)
        return SIZE_MAX;
    size_t number = 0;
    for (size_t i = name.len; i < text.len && number <= most; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return SIZE_MAX;
        number = number * 10 + (size_t)(text.ptr[i] - '0');
    }
    return number <= most ? number : SIZE_MAX;
}

/* The name with the least number from 2 on that is free. */
static Str numbered(struct xform *x, Str name) {
    size_t most = x->m->exports.len + 2, i = 2;
    bool *taken = ARENA_ARRAY(x->arena, most + 1, bool);
    for (vec_each(struct wasm_export, e, &x->m->exports)) {
        size_t number = number_behind(e->name, name, most);
        if (number != SIZE_MAX)
            taken[number] = true;
    }
    while (taken[i])
        i++;
    return str_format(x->arena, "%.*s%zu", STR_ARG(name), i);
}

Str xform_export_as(struct xform *x, Str name, enum wasm_kind kind, uint32_t id) {
    Str unique = wasm_export_find(x->m, name) ? numbered(x, name) : name;
    wasm_export_add(x->m, unique, kind, id);
    return unique;
}

/* Exports of one function often share the shim: the linker folds equal functions (for example those for
 * Vec<u32> and Vec<i32>). */
static uint32_t add_shim(struct xform *x, uint32_t type, Str body, Str name) {
    struct buf key = {0};
    buf_uleb(&key, type);
    buf_str(&key, body);
    bool added;
    struct map_entry *entry = map_put(&x->shims, buf_copy(x->arena, &key), &added);
    buf_free(&key);
    if (added)
        entry->value.num = wasm_add_func(x->m, type, body, name);
    return (uint32_t)entry->value.num;
}

bool xform_put_in_front(struct xform *x, struct bind_export *e, uint32_t type, Str body, const char *what) {
    bool is_export = e->member != BIND_INVOKE; /* targets of callbacks are exported when all is done */
    Str name = is_export ? e->wasm_name : STR("callback");
    e->func = add_shim(x, type, body, str_format(x->arena, "%.*s %s", STR_ARG(name), what));
    return !is_export || repoint(x, e->wasm_name, e->func) ||
           diag_fail(x->diag, "the module has no export `%.*s`", STR_ARG(e->wasm_name));
}
