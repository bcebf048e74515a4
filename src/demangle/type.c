/* Types. */
#include "demangle/internal.h"

Str demangle_basic_type(char tag) {
    static const char *const names['z' - 'a' + 1] = {
        ['a' - 'a'] = "i8",    ['b' - 'a'] = "bool", ['c' - 'a'] = "char", ['d' - 'a'] = "f64",
        ['e' - 'a'] = "str",   ['f' - 'a'] = "f32",  ['h' - 'a'] = "u8",   ['i' - 'a'] = "isize",
        ['j' - 'a'] = "usize", ['l' - 'a'] = "i32",  ['m' - 'a'] = "u32",  ['n' - 'a'] = "i128",
        ['o' - 'a'] = "u128",  ['p' - 'a'] = "_",    ['s' - 'a'] = "i16",  ['t' - 'a'] = "u16",
        ['u' - 'a'] = "()",    ['v' - 'a'] = "...",  ['x' - 'a'] = "i64",  ['y' - 'a'] = "u64",
        ['z' - 'a'] = "!",
    };
    return tag >= 'a' && tag <= 'z' ? str_from(names[tag - 'a']) : (Str){0};
}

void demangle_generic_arg(struct demangle_printer *p) {
    uint64_t lifetime;
    if (demangle_eat(p, 'L')) {
        if (demangle_take_integer(p, &lifetime))
            demangle_put_lifetime(p, lifetime);
    } else if (demangle_eat(p, 'K')) {
        demangle_constant(p, false);
    } else {
        demangle_type(p);
    }
}

/* Prints `part` inside a binder, `for<'a, 'b>` in front if it binds any. */
static void put_bound(struct demangle_printer *p, demangle_part *part) {
    uint64_t count, outer = p->bound;
    if (!demangle_take_tagged(p, 'G', &count))
        return;
    if (count && demangle_printing(p)) {
        PUT(p, "for<");
        for (uint64_t i = 0; i < count && demangle_printing(p); i++) {
            demangle_put(p, i ? STR(", ") : STR(""));
            p->bound++;
            demangle_put_lifetime(p, 1);
        }
        PUT(p, "> ");
    }
    part(p);
    p->bound = outer;
}

static void put_reference(struct demangle_printer *p, char tag) {
    uint64_t lifetime;
    PUT(p, "&");
    if (demangle_eat(p, 'L')) {
        if (!demangle_take_integer(p, &lifetime))
            return;
        if (lifetime) {
            demangle_put_lifetime(p, lifetime);
            PUT(p, " ");
        }
    }
    demangle_put(p, tag == 'R' ? STR("") : STR("mut "));
    demangle_type(p);
}

/* An array has a length, a slice none. */
static void put_array(struct demangle_printer *p, bool has_length) {
    PUT(p, "[");
    demangle_type(p);
    if (has_length) {
        PUT(p, "; ");
        demangle_constant(p, true);
    }
    PUT(p, "]");
}

static void put_tuple(struct demangle_printer *p) {
    PUT(p, "(");
    demangle_put(p, demangle_list(p, demangle_type) == 1 ? STR(",") : STR(""));
    PUT(p, ")");
}

/* The name of a calling convention, in which `_` stands for `-`. */
static void put_convention(struct demangle_printer *p, Str name) {
    PUT(p, "extern \"");
    for (size_t at = 0, end; at <= name.len; at = end + 1) {
        const char *found = memchr(name.ptr + at, '_', name.len - at);
        end = found ? (size_t)(found - name.ptr) : name.len;
        demangle_put(p, at ? STR("-") : STR(""));
        demangle_put(p, str_slice(name, at, end));
    }
    PUT(p, "\" ");
}

static bool take_convention(struct demangle_printer *p, Str *name) {
    struct demangle_ident ident;
    if (!demangle_eat(p, 'K'))
        return true;
    if (demangle_eat(p, 'C')) {
        *name = STR("C");
        return true;
    }
    if (!demangle_take_ident(p, &ident))
        return false;
    *name = ident.ascii;
    return (name->len && !ident.punycode.len) || demangle_fail(p, DEMANGLE_INVALID);
}

static void put_function(struct demangle_printer *p) {
    Str convention = {0};
    bool is_unsafe = demangle_eat(p, 'U');
    if (!take_convention(p, &convention))
        return;
    if (is_unsafe)
        PUT(p, "unsafe ");
    if (convention.len)
        put_convention(p, convention);
    PUT(p, "fn(");
    demangle_list(p, demangle_type);
    PUT(p, ")");
    if (!demangle_eat(p, 'u')) {
        PUT(p, " -> ");
        demangle_type(p);
    }
}

/* A path whose `<…>` stays open, for bindings of associated types; true if there is one. */
static bool put_open_path(struct demangle_printer *p) {
    struct demangle_place from;
    if (demangle_eat(p, 'B')) {
        bool open = false;
        if (demangle_jump(p, &from)) {
            open = put_open_path(p);
            demangle_return(p, &from);
        }
        return open;
    }
    bool generic = demangle_eat(p, 'I');
    demangle_path(p, false);
    if (generic) {
        PUT(p, "<");
        demangle_list(p, demangle_generic_arg);
    }
    return generic;
}

static void put_trait(struct demangle_printer *p) {
    struct demangle_ident name;
    bool open = put_open_path(p);
    for (; demangle_eat(p, 'p'); open = true) {
        demangle_put(p, open ? STR(", ") : STR("<"));
        if (!demangle_take_ident(p, &name))
            return;
        demangle_put_ident(p, &name);
        PUT(p, " = ");
        if (demangle_eat(p, 'K'))
            demangle_constant(p, false);
        else
            demangle_type(p);
    }
    demangle_put(p, open ? STR(">") : STR(""));
}

static void put_traits(struct demangle_printer *p) {
    for (size_t count = 0; !p->error && !demangle_eat(p, 'E'); count++) {
        demangle_put(p, count ? STR(" + ") : STR(""));
        put_trait(p);
    }
}

static void put_object(struct demangle_printer *p) {
    uint64_t lifetime;
    PUT(p, "dyn ");
    put_bound(p, put_traits);
    if (!demangle_eat(p, 'L')) {
        demangle_fail(p, DEMANGLE_INVALID);
    } else if (demangle_take_integer(p, &lifetime) && lifetime) {
        PUT(p, " + ");
        demangle_put_lifetime(p, lifetime);
    }
}

static void put_pattern(struct demangle_printer *p);

/* One pattern or another. */
static void put_alternatives(struct demangle_printer *p) {
    if (!demangle_enter(p))
        return;
    put_pattern(p);
    while (!demangle_eat(p, 'E')) {
        if (p->error) {
            demangle_fail(p, DEMANGLE_INVALID);
            return;
        }
        PUT(p, " | ");
        put_pattern(p);
    }
    demangle_leave(p);
}

/* Which values a pattern type has. */
static void put_pattern(struct demangle_printer *p) {
    char tag;
    if (!demangle_take(p, &tag))
        return;
    if (tag == 'R') {
        demangle_constant(p, false);
        PUT(p, "..=");
        demangle_constant(p, false);
    } else if (tag == 'O') {
        put_alternatives(p);
    } else if (tag == 'N') {
        PUT(p, "!null");
    } else {
        demangle_fail(p, DEMANGLE_INVALID);
    }
}

static void put_back_reference(struct demangle_printer *p) {
    struct demangle_place from;
    if (demangle_jump(p, &from)) {
        demangle_type(p);
        demangle_return(p, &from);
    }
}

static void put_type(struct demangle_printer *p, char tag) {
    switch (tag) {
    case 'R':
    case 'Q':
        put_reference(p, tag);
        break;
    case 'P':
    case 'O':
        PUT(p, "*");
        demangle_put(p, tag == 'P' ? STR("const ") : STR("mut "));
        demangle_type(p);
        break;
    case 'A':
    case 'S':
        put_array(p, tag == 'A');
        break;
    case 'T':
        put_tuple(p);
        break;
    case 'F':
        put_bound(p, put_function);
        break;
    case 'D':
        put_object(p);
        break;
    case 'B':
        put_back_reference(p);
        break;
    case 'W':
        demangle_type(p);
        PUT(p, " is ");
        put_pattern(p);
        break;
    default:
        p->next--;
        demangle_path(p, false);
    }
}

void demangle_type(struct demangle_printer *p) {
    char tag;
    if (demangle_eat(p, 'w')) /* a parameter that takes several arguments; not stable yet */
        PUT(p, "#[splat] ");
    if (!demangle_take(p, &tag))
        return;
    Str basic = demangle_basic_type(tag);
    if (basic.len) {
        demangle_put(p, basic);
    } else if (demangle_enter(p)) {
        put_type(p, tag);
        demangle_leave(p);
    }
}
