/* Readable function names. */
#include "base/map.h"
#include "demangle/demangle.h"
#include "wasm/name.h"

/* What all names may cost: real ones need some three times their own size, a single hostile one a million
 * bytes. */
enum { BUDGET_BASE = 32 * 1024 * 1024, BUDGET_FACTOR = 16 };

/* A readable name seen before: an open hash table, at most half full. */
struct seen {
    uint32_t hash, func; /* func: id of the first of that name, plus 1 */
    uint32_t again;      /* how many came after it */
};

struct demangler {
    struct wasm_module *m;
    struct demangle_budget budget;
    struct buf text;
    struct seen *seen; /* NULL: equal names get no numbers */
    uint32_t mask;
};

static struct demangle_budget budget_of(const struct wasm_module *m) {
    struct demangle_budget budget = {.left = BUDGET_BASE};
    for (size_t i = 0; i < m->funcs.len; i++)
        budget.left += m->funcs.items[i].name.len * BUDGET_FACTOR;
    return budget;
}

static void make_table(struct demangler *d) {
    uint32_t size = 16;
    while (size / 2 < d->m->funcs.len && size < UINT32_MAX / 2)
        size *= 2;
    d->mask = size - 1;
    d->seen = ARENA_ARRAY(d->m->arena, size, struct seen);
}

/* How many functions before this one have the name. */
static uint32_t count_before(struct demangler *d, uint32_t func, Str name) {
    uint32_t hash = (uint32_t)map_hash(name);
    struct seen *at = &d->seen[hash & d->mask];
    for (uint32_t i = hash; at->func; at = &d->seen[++i & d->mask])
        if (at->hash == hash && str_eq(d->m->funcs.items[at->func - 1].name, name))
            return ++at->again;
    *at = (struct seen){.hash = hash, .func = func + 1};
    return 0;
}

static void make_readable(struct demangler *d, uint32_t func) {
    Str *name = &d->m->funcs.items[func].name;
    if (!demangle_symbol(*name, &d->text, &d->budget))
        return;
    uint32_t before = d->seen ? count_before(d, func, buf_view(&d->text)) : 0;
    if (before)
        buf_printf(&d->text, "[%u]", before);
    *name = buf_copy(d->m->arena, &d->text);
}

void wasm_names_demangle(struct wasm_module *m, bool number, struct diag *diag) {
    struct demangler d = {.m = m, .budget = budget_of(m)};
    if (number)
        make_table(&d);
    for (uint32_t i = 0; i < m->funcs.len; i++)
        make_readable(&d, i);
    buf_free(&d.text);
    if (!d.budget.left)
        diag_warn(diag, "some names of functions would become very long; they stay mangled");
}
