/* The v0 mangling (RFC 2603, and what rustc added since): paths, and the symbol as a whole. */
#include <stdio.h>

#include "demangle/internal.h"

static void put_crate(struct demangle_printer *p) {
    struct demangle_ident name;
    uint64_t number;
    if (!demangle_take_tagged(p, 's', &number) || !demangle_take_ident(p, &name))
        return;
    demangle_put_ident(p, &name);
    if (number) {
        char hash[17];
        int n = snprintf(hash, sizeof hash, "%llx", (unsigned long long)number);
        PUT(p, "[");
        demangle_put(p, (Str){hash, (size_t)n});
        PUT(p, "]");
    }
}

/* Closures, shims and whatever else has no name of its own: `{closure#0}`. */
static void put_special_item(struct demangle_printer *p, char space, const struct demangle_ident *name,
                             uint64_t number) {
    PUT(p, "::{");
    demangle_put(p, space == 'C' ? STR("closure") : space == 'S' ? STR("shim") : (Str){&space, 1});
    if (name->ascii.len || name->punycode.len) {
        PUT(p, ":");
        demangle_put_ident(p, name);
    }
    PUT(p, "#");
    demangle_put_number(p, number);
    PUT(p, "}");
}

static void put_nested(struct demangle_printer *p, bool in_value) {
    struct demangle_ident name;
    uint64_t number;
    char space;
    if (!demangle_take(p, &space))
        return;
    bool special = space >= 'A' && space <= 'Z';
    if (!special && (space < 'a' || space > 'z')) {
        demangle_fail(p, DEMANGLE_INVALID);
        return;
    }
    demangle_path(p, in_value);
    if (p->error) /* what follows is to be `::?` */
        PUT(p, "::");
    if (!demangle_take_tagged(p, 's', &number) || !demangle_take_ident(p, &name))
        return;
    if (special) {
        put_special_item(p, space, &name, number);
    } else if (name.ascii.len || name.punycode.len) {
        PUT(p, "::");
        demangle_put_ident(p, &name);
    }
}

/* `<T>`, `<T as Trait>`. The path of the `impl` block itself is passed over. */
static bool put_impl(struct demangle_printer *p, char tag) {
    uint64_t number;
    if (tag != 'Y') {
        if (!demangle_take_tagged(p, 's', &number))
            return false;
        struct buf *out = p->out;
        p->out = NULL;
        demangle_path(p, false);
        p->out = out;
    }
    PUT(p, "<");
    demangle_type(p);
    if (tag != 'M') {
        PUT(p, " as ");
        demangle_path(p, false);
    }
    PUT(p, ">");
    return true;
}

static void put_generic(struct demangle_printer *p, bool in_value) {
    demangle_path(p, in_value);
    demangle_put(p, in_value ? STR("::") : STR(""));
    PUT(p, "<");
    demangle_list(p, demangle_generic_arg);
    PUT(p, ">");
}

static void put_path(struct demangle_printer *p, char tag, bool in_value) {
    struct demangle_place from;
    switch (tag) {
    case 'C':
        put_crate(p);
        break;
    case 'N':
        put_nested(p, in_value);
        break;
    case 'M':
    case 'X':
    case 'Y':
        put_impl(p, tag);
        break;
    case 'I':
        put_generic(p, in_value);
        break;
    case 'B':
        if (demangle_jump(p, &from)) {
            demangle_path(p, in_value);
            demangle_return(p, &from);
        }
        break;
    default:
        demangle_fail(p, DEMANGLE_INVALID);
    }
}

void demangle_path(struct demangle_printer *p, bool in_value) {
    char tag;
    if (!demangle_enter(p) || !demangle_take(p, &tag))
        return;
    put_path(p, tag, in_value);
    demangle_leave(p);
}

static bool is_upper(Str s, size_t at) {
    return at < s.len && s.ptr[at] >= 'A' && s.ptr[at] <= 'Z';
}

/* Reads the path, then that of the crate that asked for the instance, if there is one; false if they are no
 * paths. What references lead to is not looked at: mistakes there show in the print. */
static bool find_end(Str symbol, size_t *end) {
    struct demangle_printer reader = {.symbol = symbol};
    demangle_path(&reader, false);
    if (!reader.error && is_upper(symbol, reader.next))
        demangle_path(&reader, false);
    *end = reader.next;
    return !reader.error;
}

bool demangle_v0(Str symbol, struct buf *out, struct demangle_budget *budget, Str *suffix) {
    size_t end;
    if (!is_upper(symbol, 0) || !find_end(symbol, &end))
        return false;
    struct demangle_printer printer = {.symbol = symbol, .out = out, .budget = budget};
    size_t limit = out->limit;
    out->limit = DEMANGLE_LIMIT;
    demangle_path(&printer, true);
    out->limit = limit;
    *suffix = str_slice(symbol, end, symbol.len);
    return true;
}
