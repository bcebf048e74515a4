#include "bind/target.h"

static const struct target_row rows[] = {
#define TARGET(id, word, syntax, flags, module, ...) {word, SYNTAX_##syntax, flags, module},
#include "bind/target.def"
#undef TARGET
};

const struct target_row *target_row(enum target target) {
    return &rows[target];
}

bool target_has(enum target target, enum target_flag flag) {
    return (rows[target].flags & flag) != 0;
}

Str target_file(struct arena *arena, enum target target, Str path) {
    return target_has(target, TARGET_URLS) ? str_to_url(arena, path) : path;
}
