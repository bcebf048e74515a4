#include "bind/definitions.h"

/* Kinds in the order that upstream numbers them in. */
enum { KIND_VALUE, KIND_TEXT };

static struct bind_definition *note(struct bind_context *cx, const struct meta_Program *program, int kind,
                                    const void *record, Str name, bool is_private) {
    struct bind_definition *definition = ARENA_NEW(cx->arena, struct bind_definition);
    struct map_entry *entry = map_put(&cx->names, name, NULL);
    *definition = (struct bind_definition){.program = program,
                                           .record = record,
                                           .kind = kind,
                                           .is_private = is_private,
                                           .name = name,
                                           .next = entry->value.ptr};
    entry->value.ptr = definition;
    return definition;
}

static void note_program(struct bind_context *cx, const struct meta_Program *program) {
    for (size_t i = 0; i < program->structs.len; i++) {
        const struct meta_Struct *record = &program->structs.items[i];
        note(cx, program, KIND_VALUE, record, record->name, record->private);
    }
    for (size_t i = 0; i < program->enums.len; i++) {
        const struct meta_Enum *record = &program->enums.items[i];
        note(cx, program, KIND_VALUE, record, record->name, record->private);
    }
    for (size_t i = 0; cx->release >= 130 && i < program->imports.len; i++) {
        const struct meta_ImportKind *kind = &program->imports.items[i].kind;
        if (kind->tag == META_ImportKind_Enum)
            note(cx, program, KIND_TEXT, &kind->Enum, kind->Enum.name, kind->Enum.private);
    }
}

/* Crate, then module, then kind. */
static int compare(const struct bind_definition *a, const struct bind_definition *b) {
    int order = str_cmp(a->program->unique_crate_identifier, b->program->unique_crate_identifier);
    if (!order)
        order = str_cmp(a->program->module_path, b->program->module_path);
    return order ? order : a->kind - b->kind;
}

/* How the other definitions of a name stand to one. */
struct namesakes {
    bool is_public;    /* there is a public one */
    bool is_contested; /* a public one of the same kind */
    size_t earlier;    /* private ones that sort before */
};

static struct namesakes find_namesakes(const struct bind_definition *all, const struct bind_definition *one) {
    struct namesakes found = {0};
    for (const struct bind_definition *d = all; d; d = d->next) {
        int order = compare(d, one);
        found.is_public |= order && !d->is_private;
        found.is_contested |= order && !d->is_private && d->kind == one->kind;
        found.earlier += order < 0 && d->is_private;
    }
    return found;
}

/* A free name for the private definition; those before it have theirs already. */
static Str number_name(struct bind_context *cx, Str name) {
    Str numbered = name;
    for (unsigned n = 2; map_find(&cx->names, numbered); n++)
        numbered = str_format(cx->arena, "%.*s%u", STR_ARG(name), n);
    map_put(&cx->names, numbered, NULL);
    return numbered;
}

static bool settle_one(struct bind_context *cx, const struct bind_definition *all,
                       struct bind_definition *one) {
    struct namesakes others = find_namesakes(all, one);
    if (!one->is_private && others.is_contested)
        return diag_fail(cx->diag, "`%.*s` is exported by more than one crate", STR_ARG(one->name));
    if (one->is_private && (others.is_public || others.earlier))
        one->name = number_name(cx, one->name);
    one->settled = true;
    return true;
}

/* The first in order that has no name yet; NULL if all have. */
static struct bind_definition *next_unsettled(struct bind_definition *all) {
    struct bind_definition *first = NULL;
    for (struct bind_definition *d = all; d; d = d->next)
        if (!d->settled && (!first || compare(d, first) < 0))
            first = d;
    return first;
}

bool bind_definitions_settle(struct bind_context *cx) {
    for (size_t p = 0; p < cx->programs->len; p++)
        note_program(cx, &cx->programs->items[p]);
    if (cx->release < 128)
        return true;
    for (struct map_entry *entry = cx->names.first; entry; entry = entry->next)
        for (struct bind_definition *d; (d = next_unsettled(entry->value.ptr));)
            if (!settle_one(cx, entry->value.ptr, d))
                return false;
    return true;
}

Str bind_definition_name(const struct bind_context *cx, const void *record, Str name) {
    const struct map_entry *entry = map_find(&cx->names, name);
    for (const struct bind_definition *d = entry ? entry->value.ptr : NULL; d; d = d->next)
        if (d->record == record)
            return d->name;
    return name;
}
