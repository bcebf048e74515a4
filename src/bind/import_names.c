#include "bind/import_names.h"

enum { HASH_DIGITS = 16 };

/* The name without `_` and hash; the whole name if it has none. */
static Str without_hash(Str name) {
    if (!str_starts(name, STR("__wbg_")) || name.len <= HASH_DIGITS + 7)
        return name;
    size_t end = name.len - HASH_DIGITS - 1;
    for (size_t i = end + 1; i < name.len; i++) {
        char c = name.ptr[i];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
            return name;
    }
    return name.ptr[end] == '_' ? str_slice(name, 0, end) : name;
}

/* How many imports would have each name. */
static void count_names(const struct bind_context *cx, struct map *counts) {
    for (vec_each(struct bind_import, i, &cx->b->imports)) {
        Str shortened = without_hash(i->wasm_name);
        map_put(counts, shortened, NULL)->value.num++;
        if (shortened.len != i->wasm_name.len)
            map_put(counts, i->wasm_name, NULL)->value.num++;
    }
}

void bind_shorten_import_names(struct bind_context *cx) {
    const struct settings *settings = cx->settings;
    if (settings->debug || settings->keep_debug || settings->keep_lld_exports)
        return;
    struct map counts;
    map_init(&counts, cx->arena);
    count_names(cx, &counts);
    for (vec_each(struct bind_import, i, &cx->b->imports)) {
        Str shortened = without_hash(i->wasm_name);
        if (map_find(&counts, shortened)->value.num == 1)
            i->wasm_name = shortened;
    }
    map_free(&counts);
}
