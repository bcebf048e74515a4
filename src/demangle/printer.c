/* Reading and printing the small parts that paths, types and constants are made of. */
#include "demangle/internal.h"

bool demangle_printing(const struct demangle_printer *p) {
    return p->out && !p->out->overflow;
}

void demangle_put(struct demangle_printer *p, Str text) {
    if (p->out)
        buf_str(p->out, text);
}

void demangle_put_number(struct demangle_printer *p, uint64_t value) {
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    demangle_put(p, (Str){digits + at, sizeof digits - at});
}

bool demangle_fail(struct demangle_printer *p, enum demangle_error error) {
    demangle_put(p, error == DEMANGLE_INVALID ? STR("{invalid syntax}") : STR("{recursion limit reached}"));
    p->error = error;
    return false;
}

bool demangle_ready(struct demangle_printer *p) {
    if (p->error)
        PUT(p, "?");
    return !p->error;
}

bool demangle_eat(struct demangle_printer *p, char c) {
    bool there = !p->error && p->next < p->symbol.len && p->symbol.ptr[p->next] == c;
    p->next += there;
    return there;
}

/* The next character, 0 at the end, which no symbol contains in a place where it means something. */
static char peek(const struct demangle_printer *p) {
    return p->next < p->symbol.len ? p->symbol.ptr[p->next] : 0;
}

bool demangle_take(struct demangle_printer *p, char *c) {
    if (!demangle_ready(p))
        return false;
    if (p->next >= p->symbol.len)
        return demangle_fail(p, DEMANGLE_INVALID);
    *c = p->symbol.ptr[p->next++];
    return true;
}

/* The value of a digit of base 10 + 26 + 26, or 62. */
static unsigned digit_62(char c) {
    return c >= '0' && c <= '9'   ? (unsigned)(c - '0')
           : c >= 'a' && c <= 'z' ? (unsigned)(c - 'a') + 10
           : c >= 'A' && c <= 'Z' ? (unsigned)(c - 'A') + 36
                                  : 62;
}

/* Adds 1 to the value; false if it does not fit. */
static bool increment(uint64_t *value) {
    return !__builtin_add_overflow(*value, (uint64_t)1, value);
}

static bool read_integer(struct demangle_printer *p, uint64_t *value) {
    *value = 0;
    if (demangle_eat(p, '_'))
        return true;
    while (!demangle_eat(p, '_')) {
        unsigned digit = digit_62(peek(p));
        if (digit == 62 || __builtin_mul_overflow(*value, (uint64_t)62, value) ||
            __builtin_add_overflow(*value, (uint64_t)digit, value))
            return false;
        p->next++;
    }
    return increment(value);
}

bool demangle_take_integer(struct demangle_printer *p, uint64_t *value) {
    return demangle_ready(p) && (read_integer(p, value) || demangle_fail(p, DEMANGLE_INVALID));
}

bool demangle_take_tagged(struct demangle_printer *p, char tag, uint64_t *value) {
    *value = 0;
    if (!demangle_ready(p))
        return false;
    if (!demangle_eat(p, tag))
        return true;
    return (read_integer(p, value) && increment(value)) || demangle_fail(p, DEMANGLE_INVALID);
}

bool demangle_take_hex(struct demangle_printer *p, Str *digits) {
    if (!demangle_ready(p))
        return false;
    size_t start = p->next;
    while ((peek(p) >= '0' && peek(p) <= '9') || (peek(p) >= 'a' && peek(p) <= 'f'))
        p->next++;
    *digits = str_slice(p->symbol, start, p->next);
    return demangle_eat(p, '_') || demangle_fail(p, DEMANGLE_INVALID);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* A decimal length without needless zeros; false if it is more than what follows. */
static bool read_length(struct demangle_printer *p, size_t *length) {
    if (!is_digit(peek(p)))
        return false;
    *length = (size_t)(p->symbol.ptr[p->next++] - '0');
    while (*length && is_digit(peek(p))) {
        *length = *length * 10 + (size_t)(p->symbol.ptr[p->next++] - '0');
        if (*length > p->symbol.len)
            return false;
    }
    demangle_eat(p, '_'); /* divides the length from an identifier that starts with a digit or `_` */
    return *length <= p->symbol.len - p->next;
}

bool demangle_take_ident(struct demangle_printer *p, struct demangle_ident *ident) {
    size_t length;
    if (!demangle_ready(p))
        return false;
    bool coded = demangle_eat(p, 'u');
    if (!read_length(p, &length))
        return demangle_fail(p, DEMANGLE_INVALID);
    *ident = (struct demangle_ident){.ascii = str_slice(p->symbol, p->next, p->next + length)};
    p->next += length;
    if (!coded)
        return true;
    size_t at = length;
    while (at && ident->ascii.ptr[at - 1] != '_')
        at--;
    ident->punycode = str_slice(ident->ascii, at, length);
    ident->ascii.len = at ? at - 1 : 0;
    return ident->punycode.len || demangle_fail(p, DEMANGLE_INVALID);
}

bool demangle_enter(struct demangle_printer *p) {
    return demangle_ready(p) && (++p->depth <= DEMANGLE_DEPTH || demangle_fail(p, DEMANGLE_TOO_DEEP));
}

void demangle_leave(struct demangle_printer *p) {
    if (!p->error)
        p->depth--;
}

bool demangle_jump(struct demangle_printer *p, struct demangle_place *from) {
    uint64_t target;
    size_t tag = p->next - 1;
    if (!demangle_take_integer(p, &target))
        return false;
    if (target >= tag)
        return demangle_fail(p, DEMANGLE_INVALID);
    if (p->depth >= DEMANGLE_DEPTH)
        return demangle_fail(p, DEMANGLE_TOO_DEEP);
    if (!demangle_printing(p))
        return false;
    *from = (struct demangle_place){p->next, (size_t)target, p->depth, p->error};
    p->next = (size_t)target;
    p->depth++;
    return true;
}

void demangle_return(struct demangle_printer *p, const struct demangle_place *from) {
    size_t cost = p->next - from->start + 1;
    if (cost > p->budget->left) {
        p->budget->left = 0;
        p->out->overflow = true; /* the rest is only read */
    } else {
        p->budget->left -= cost;
    }
    p->next = from->next;
    p->depth = from->depth;
    p->error = from->error;
}

void demangle_put_lifetime(struct demangle_printer *p, uint64_t index) {
    if (!demangle_printing(p))
        return;
    PUT(p, "'");
    if (!index) {
        PUT(p, "_");
    } else if (index > p->bound) {
        demangle_fail(p, DEMANGLE_INVALID);
    } else if (p->bound - index < 26) {
        char letter = (char)('a' + (char)(p->bound - index));
        demangle_put(p, (Str){&letter, 1});
    } else {
        PUT(p, "_");
        demangle_put_number(p, p->bound - index);
    }
}

size_t demangle_list(struct demangle_printer *p, demangle_part *part) {
    size_t count = 0;
    for (; !p->error && !demangle_eat(p, 'E'); count++) {
        if (count)
            PUT(p, ", ");
        part(p);
    }
    return count;
}
