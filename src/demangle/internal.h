/* What the files of this folder share. */
#ifndef DEMANGLE_INTERNAL_H
#define DEMANGLE_INTERNAL_H

#include "demangle/demangle.h"

/* legacy.c: prints the symbol into `out`; *suffix is what follows it. False if it is none (`out` then
 * undefined). */
bool demangle_legacy(Str symbol, struct buf *out, Str *suffix);
/* v0.c: the same. */
bool demangle_v0(Str symbol, struct buf *out, struct demangle_budget *budget, Str *suffix);

/* Deepest nesting of paths, types, constants and references back, as in the crate. */
enum { DEMANGLE_DEPTH = 500 };

enum demangle_error { DEMANGLE_OK, DEMANGLE_INVALID, DEMANGLE_TOO_DEEP };

/* Reads a v0 symbol and prints it at the same time. A mistake in the symbol does not end that: it is printed
 * as such, nothing is read any more, and whatever should have been read appears as `?`, so that the outline
 * stays visible. `take` functions return false then, and the caller returns at once. */
struct demangle_printer {
    Str symbol; /* behind the prefix; positions count from here */
    size_t next;
    unsigned depth;
    enum demangle_error error;
    struct buf *out; /* NULL: only read */
    uint64_t bound;  /* lifetimes that the binders around this place introduce */
    struct demangle_budget *budget;
};

/* An identifier: an ASCII part, and Punycode insertions (empty: none). */
struct demangle_ident {
    Str ascii, punycode;
};

/* printer.c: reading. */
bool demangle_ready(struct demangle_printer *p);
bool demangle_fail(struct demangle_printer *p, enum demangle_error error);
bool demangle_eat(struct demangle_printer *p, char c);
bool demangle_take(struct demangle_printer *p, char *c);
/* Base 62; with a tag: 0 if the tag is not next, else 1 more. */
bool demangle_take_integer(struct demangle_printer *p, uint64_t *value);
bool demangle_take_tagged(struct demangle_printer *p, char tag, uint64_t *value);
/* Lowercase hexadecimal digits up to `_`. */
bool demangle_take_hex(struct demangle_printer *p, Str *digits);
bool demangle_take_ident(struct demangle_printer *p, struct demangle_ident *ident);
/* One level deeper / back. */
bool demangle_enter(struct demangle_printer *p);
void demangle_leave(struct demangle_printer *p);
/* Follows a reference back, unless nothing is being printed (false). The caller prints what stands there,
 * then returns. */
struct demangle_place {
    size_t next, start;
    unsigned depth;
    enum demangle_error error;
};
bool demangle_jump(struct demangle_printer *p, struct demangle_place *from);
void demangle_return(struct demangle_printer *p, const struct demangle_place *from);

/* printer.c: printing. Each call is one piece: the size limit cuts between pieces. */
bool demangle_printing(const struct demangle_printer *p);
void demangle_put(struct demangle_printer *p, Str text);
void demangle_put_number(struct demangle_printer *p, uint64_t value);
void demangle_put_lifetime(struct demangle_printer *p, uint64_t index);
#define PUT(p, literal) demangle_put((p), STR(literal))
/* Prints elements up to `E`, separated by commas; returns how many. */
typedef void demangle_part(struct demangle_printer *p);
size_t demangle_list(struct demangle_printer *p, demangle_part *part);

/* ident.c */
void demangle_put_ident(struct demangle_printer *p, const struct demangle_ident *ident);
/* literal.c: a character or string in quotes; `c` is a scalar value. Escapes as Rust's `escape_debug`. */
void demangle_put_char(struct demangle_printer *p, uint32_t c);
/* Digits are the UTF-8 bytes; false if they are not well formed. */
bool demangle_put_string(struct demangle_printer *p, Str digits);
/* The value of hexadecimal digits; false if it needs more than 64 bits. */
bool demangle_hex_value(Str digits, uint64_t *value);

/* path.c, type.c, constant.c: `in_value` says that the place is an expression: `::<>`, and no braces. */
void demangle_path(struct demangle_printer *p, bool in_value);
void demangle_type(struct demangle_printer *p);
void demangle_generic_arg(struct demangle_printer *p);
void demangle_constant(struct demangle_printer *p, bool in_value);
/* The name of a type of one letter, or empty. */
Str demangle_basic_type(char tag);

#endif
