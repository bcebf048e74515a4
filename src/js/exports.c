#include "js/exports.h"

#include "base/map.h"

/* Notes an exported name; false if it is taken already. */
static bool note(struct map *seen, Str name, Str what, struct diag *diag) {
    bool added;
    struct map_entry *entry = map_put(seen, name, &added);
    if (added) {
        Str *kept = ARENA_NEW(seen->arena, Str);
        *kept = what;
        entry->value.ptr = kept;
        return true;
    }
    const Str *other = entry->value.ptr;
    return diag_fail(diag, "the export `%.*s` would be both %.*s and %.*s", STR_ARG(name), STR_ARG(*other),
                     STR_ARG(what));
}

static bool note_all(struct map *seen, const struct bindings *b, struct diag *diag) {
    for (size_t i = 0; i < b->classes.len; i++)
        if (!b->classes.items[i]->is_private && !note(seen, b->classes.items[i]->name, STR("a class"), diag))
            return false;
    for (size_t i = 0; i < b->enums.len; i++)
        if (!b->enums.items[i]->is_text && !b->enums.items[i]->is_private &&
            !note(seen, b->enums.items[i]->name, STR("an enum"), diag))
            return false;
    for (vec_each(struct bind_export, e, &b->exports))
        if (e->member == BIND_FUNCTION && !e->hidden && !note(seen, e->name, STR("a function"), diag))
            return false;
    return true;
}

/* What the glue file of a target exports by itself. */
static bool note_own(struct map *seen, const struct bindings *b, const struct settings *settings,
                     struct diag *diag) {
    enum target target = settings->target;
    bool ok = true;
    if (b->shows_raw)
        ok = note(seen, STR("__wasm"), STR("the module's own exports"), diag);
    if (target_has(target, TARGET_INIT)) {
        bool is_module = target_row(target)->syntax == SYNTAX_MODULE;
        Str what = str_format(seen->arena, "the init function of target `%s`", target_row(target)->word);
        ok = ok && (!is_module || note(seen, STR("default"), what, diag)) &&
             note(seen, STR("initSync"), what, diag);
    }
    if (!target_has(target, TARGET_SPLIT))
        return ok;
    ok =
        ok && note(seen, STR("__wbg_set_wasm"), STR("the function that is given the module's exports"), diag);
    for (vec_each(struct bind_import, i, &b->imports))
        ok = ok && (i->dead || note(seen, i->wasm_name, STR("a function that the module imports"), diag));
    return ok;
}

static bool check_names(const struct bindings *b, const struct settings *settings, struct diag *diag) {
    struct arena *arena = arena_new();
    struct map seen;
    map_init(&seen, arena);
    bool ok = note_own(&seen, b, settings, diag) && note_all(&seen, b, diag);
    map_free(&seen);
    arena_free(arena);
    return ok;
}

/* Names that the language keeps for itself (ECMA-262, Static Semantics: Early Errors of class elements). */
static bool check_member(const struct bind_export *e, struct diag *diag) {
    const char *name = e->is_static ? "prototype" : "constructor";
    if (e->member == BIND_CONSTRUCTOR || !e->class || !str_eq(e->name, str_from(name)))
        return true;
    return diag_fail(diag, "class `%.*s`: a %smember cannot be called `%s`", STR_ARG(e->class->name),
                     e->is_static ? "static " : "", name);
}

bool js_check_exports(const struct bindings *b, const struct settings *settings, struct diag *diag) {
    struct arena *arena = arena_new();
    bool *constructed = ARENA_ARRAY(arena, b->classes.len, bool), ok = true;
    for (vec_each(struct bind_export, e, &b->exports)) {
        ok = ok && check_member(e, diag);
        if (!ok || e->member != BIND_CONSTRUCTOR)
            continue;
        if (constructed[e->class->index])
            ok = diag_fail(diag, "class `%.*s`: it has more than one constructor", STR_ARG(e->class->name));
        constructed[e->class->index] = true;
    }
    arena_free(arena);
    return ok && check_names(b, settings, diag);
}
