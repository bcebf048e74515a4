#include "js/names.h"

#include "bind/identifier.h"

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

Str js_names_new(struct js_names *names, Str wanted) {
    Str base = bind_make_identifier(names->arena, wanted), name = base;
    for (unsigned n = 2; js_names_is_taken(names, name); n++)
        name = str_format(names->arena, "%.*s%u", STR_ARG(base), n);
    js_names_take(names, name);
    return name;
}
