#include "js/names.h"

#include "js/text.h"

void js_names_init(struct js_names *names, struct arena *arena, const struct js_names *outer) {
    *names = (struct js_names){.arena = arena, .outer = outer};
    map_init(&names->taken, arena);
}

void js_names_free(struct js_names *names) {
    map_free(&names->taken);
}

void js_names_take(struct js_names *names, Str name) {
    map_put(&names->taken, name, NULL);
}

bool js_names_is_taken(const struct js_names *names, Str name) {
    for (; names; names = names->outer)
        if (map_find(&names->taken, name))
            return true;
    return false;
}

/* The text with everything that cannot be part of an identifier replaced. */
static Str make_identifier(struct arena *arena, Str wanted) {
    if (js_is_identifier(wanted))
        return wanted;
    char *made = arena_alloc(arena, wanted.len + 2);
    size_t len = 0;
    if (!wanted.len || (wanted.ptr[0] >= '0' && wanted.ptr[0] <= '9'))
        made[len++] = '_';
    for (size_t i = 0; i < wanted.len; i++)
        made[len++] =
            js_is_identifier((Str){&wanted.ptr[i], 1}) || (wanted.ptr[i] >= '0' && wanted.ptr[i] <= '9')
                ? wanted.ptr[i]
                : '_';
    return (Str){made, len};
}

Str js_names_new(struct js_names *names, Str wanted) {
    Str base = make_identifier(names->arena, wanted);
    if (js_is_reserved(base))
        base = str_format(names->arena, "_%.*s", STR_ARG(base));
    Str name = base;
    for (unsigned n = 2; js_names_is_taken(names, name); n++)
        name = str_format(names->arena, "%.*s%u", STR_ARG(base), n);
    js_names_take(names, name);
    return name;
}
