/* Constants as generic arguments. */
#include "demangle/internal.h"

static void put_uint(struct demangle_printer *p, char type) {
    Str digits;
    uint64_t value;
    if (!demangle_take_hex(p, &digits))
        return;
    if (demangle_hex_value(digits, &value)) {
        demangle_put_number(p, value);
    } else {
        PUT(p, "0x");
        demangle_put(p, digits);
    }
    demangle_put(p, demangle_basic_type(type));
}

static void put_int(struct demangle_printer *p, char type) {
    if (demangle_eat(p, 'n'))
        PUT(p, "-");
    put_uint(p, type);
}

/* False: the constant ends here, mistaken. */
static bool put_bool(struct demangle_printer *p) {
    Str digits;
    uint64_t value;
    if (!demangle_take_hex(p, &digits))
        return false;
    if (!demangle_hex_value(digits, &value) || value > 1)
        return demangle_fail(p, DEMANGLE_INVALID);
    demangle_put(p, value ? STR("true") : STR("false"));
    return true;
}

static bool put_char(struct demangle_printer *p) {
    Str digits;
    uint64_t value;
    if (!demangle_take_hex(p, &digits))
        return false;
    if (!demangle_hex_value(digits, &value) || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        return demangle_fail(p, DEMANGLE_INVALID);
    demangle_put_char(p, (uint32_t)value);
    return true;
}

static void put_string(struct demangle_printer *p) {
    Str digits;
    if (demangle_take_hex(p, &digits) && !demangle_put_string(p, digits))
        demangle_fail(p, DEMANGLE_INVALID);
}

static void put_element(struct demangle_printer *p) {
    demangle_constant(p, true);
}

static void put_field(struct demangle_printer *p) {
    struct demangle_ident name;
    uint64_t number;
    if (!demangle_take_tagged(p, 's', &number) || !demangle_take_ident(p, &name))
        return;
    demangle_put_ident(p, &name);
    PUT(p, ": ");
    demangle_constant(p, true);
}

/* The value of a struct or of an enum's variant. */
static bool put_aggregate(struct demangle_printer *p) {
    char kind;
    demangle_path(p, true);
    if (!demangle_take(p, &kind))
        return false;
    if (kind == 'T') {
        PUT(p, "(");
        demangle_list(p, put_element);
        PUT(p, ")");
    } else if (kind == 'S') {
        PUT(p, " { ");
        demangle_list(p, put_field);
        PUT(p, " }");
    }
    return kind == 'T' || kind == 'S' || kind == 'U' || demangle_fail(p, DEMANGLE_INVALID);
}

/* Constants that are written as expressions, in braces where a type could stand. */
static bool put_expression(struct demangle_printer *p, char tag) {
    switch (tag) {
    case 'e': /* of type str, while a literal is a &str */
        PUT(p, "*");
        put_string(p);
        return true;
    case 'R':
    case 'Q':
        PUT(p, "&");
        demangle_put(p, tag == 'R' ? STR("") : STR("mut "));
        demangle_constant(p, true);
        return true;
    case 'A':
        PUT(p, "[");
        demangle_list(p, put_element);
        PUT(p, "]");
        return true;
    case 'T':
        PUT(p, "(");
        demangle_put(p, demangle_list(p, put_element) == 1 ? STR(",") : STR(""));
        PUT(p, ")");
        return true;
    default:
        return put_aggregate(p);
    }
}

static bool put_back_reference(struct demangle_printer *p, bool in_value) {
    struct demangle_place from;
    if (demangle_jump(p, &from)) {
        demangle_constant(p, in_value);
        demangle_return(p, &from);
    }
    return true;
}

static bool put_constant(struct demangle_printer *p, char tag, bool in_value) {
    bool good;
    switch (tag) {
    case 'p':
        PUT(p, "_");
        return true;
    case 'h':
    case 't':
    case 'm':
    case 'y':
    case 'o':
    case 'j':
        put_uint(p, tag);
        return true;
    case 'a':
    case 's':
    case 'l':
    case 'x':
    case 'n':
    case 'i':
        put_int(p, tag);
        return true;
    case 'b':
        return put_bool(p);
    case 'c':
        return put_char(p);
    case 'B':
        return put_back_reference(p, in_value);
    case 'e':
    case 'R':
    case 'Q':
    case 'A':
    case 'T':
    case 'V':
        if (tag == 'R' && demangle_eat(p, 'e')) { /* a reference to a str is just the literal */
            put_string(p);
            return true;
        }
        if (!in_value)
            PUT(p, "{");
        good = put_expression(p, tag);
        if (!in_value && good)
            PUT(p, "}");
        return good;
    default:
        return demangle_fail(p, DEMANGLE_INVALID);
    }
}

void demangle_constant(struct demangle_printer *p, bool in_value) {
    char tag;
    if (demangle_take(p, &tag) && demangle_enter(p) && put_constant(p, tag, in_value))
        demangle_leave(p);
}
