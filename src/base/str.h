/* A borrowed slice of bytes, usually UTF-8 text. Passed by value; never owns what it points to. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

typedef struct {
    const char *ptr;
    size_t len;
} Str;

/* A Str of a string literal; for printf: "%.*s", STR_ARG(s). */
#define STR(literal) ((Str){(literal), sizeof(literal) - 1})
#define STR_ARG(s) (int)(s).len, (s).ptr

/* The slice of a NUL-terminated string. NULL gives the empty slice. */
Str str_from(const char *text);

bool str_eq(Str a, Str b);
/* Orders bytewise, shorter first: <0, 0, >0 (as memcmp). */
int str_cmp(Str a, Str b);
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);

/* Offset of the first occurrence, or s.len if there is none. */
size_t str_find(Str s, Str needle);

/* s[from, to), both clamped to the length. */
Str str_slice(Str s, size_t from, size_t to);

/* A copy in the arena, NUL-terminated after its last byte. */
Str str_copy(struct arena *arena, Str s);

/* printf into the arena. */
Str str_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7). */
bool str_is_utf8(Str s);

/* Decodes the scalar value at *at (well-formed UTF-8 assumed) and moves *at behind it. */
uint32_t str_next_char(Str s, size_t *at);

/* Writes the UTF-8 form of a scalar value to out; returns its length in bytes, 1 to 4. */
size_t str_encode_char(char out[4], uint32_t c);

/* A well-formed copy: invalid sequences become U+FFFD. The slice itself if nothing is wrong. */
Str str_to_utf8(struct arena *arena, Str s);

/* A relative path, its parts separated by `/`, as a relative URL: bytes that mean something else there are
 * escaped (URL standard, relative-URL-with-fragment string; control characters are dropped by its parser,
 * spaces at the start as well). */
Str str_to_url(struct arena *arena, Str path);

#endif
