/* Characters and strings in generic arguments. */
#include <stdio.h>

#include "demangle/internal.h"

/* What Rust's `char::escape_debug` writes as `\u{…}` (Unicode 17): whatever is not to be seen, and marks that
 * join the character before them. Made by printing every character with it. */
static const struct {
    uint32_t first, last;
} escaped[] = {
#define R(first, last) {0x##first, 0x##last},
#include "demangle/escaped.def"
#undef R
};

static bool is_escaped(uint32_t c) {
    size_t low = 0, high = sizeof escaped / sizeof *escaped;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (escaped[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof escaped / sizeof *escaped && escaped[low].first <= c;
}

/* Character by character: that is how the crate meets the size limit. */
static void put_chars(struct demangle_printer *p, const char *text) {
    for (; *text; text++)
        demangle_put(p, (Str){text, 1});
}

static void put_code(struct demangle_printer *p, uint32_t c) {
    char text[16];
    snprintf(text, sizeof text, "\\u{%x}", (unsigned)c);
    put_chars(p, text);
}

/* The other kind of quotation mark needs no backslash. */
static void put_escaped(struct demangle_printer *p, uint32_t c, char quote) {
    static const char plain[] = "\t\r\n\\\"'", letters[] = "trn\\\"'";
    const char *found = c && c < 0x80 ? strchr(plain, (char)c) : NULL;
    char text[4] = {'\\', 0};
    if (!c) {
        put_chars(p, "\\0");
    } else if (found && !((c == '"' || c == '\'') && (char)c != quote)) {
        text[1] = letters[found - plain];
        put_chars(p, text);
    } else if (!found && is_escaped(c)) {
        put_code(p, c);
    } else {
        demangle_put(p, (Str){text, str_encode_char(text, c)});
    }
}

void demangle_put_char(struct demangle_printer *p, uint32_t c) {
    PUT(p, "'");
    put_escaped(p, c, '\'');
    PUT(p, "'");
}

static unsigned nibble(char c) {
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* The character at digit *at, which then stands behind it; false if that is not UTF-8. */
static bool take_char(Str digits, size_t *at, uint32_t *c) {
    char bytes[4];
    size_t n = 0, wanted = 1, start = 0;
    for (; n < wanted; n++, *at += 2) {
        if (digits.len - *at < 2)
            return false;
        unsigned byte = nibble(digits.ptr[*at]) << 4 | nibble(digits.ptr[*at + 1]);
        bytes[n] = (char)byte;
        if (n == 0)
            wanted = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    }
    if (!str_is_utf8((Str){bytes, n}))
        return false;
    *c = str_next_char((Str){bytes, n}, &start);
    return true;
}

bool demangle_put_string(struct demangle_printer *p, Str digits) {
    uint32_t c;
    for (size_t at = 0; at < digits.len;)
        if (!take_char(digits, &at, &c))
            return false;
    if (!demangle_printing(p))
        return true;
    PUT(p, "\"");
    for (size_t at = 0; at < digits.len && take_char(digits, &at, &c);)
        put_escaped(p, c, '"');
    PUT(p, "\"");
    return true;
}

bool demangle_hex_value(Str digits, uint64_t *value) {
    size_t zeros = 0;
    while (zeros < digits.len && digits.ptr[zeros] == '0')
        zeros++;
    *value = 0;
    if (digits.len - zeros > 16)
        return false;
    for (size_t i = zeros; i < digits.len; i++)
        *value = *value << 4 | nibble(digits.ptr[i]);
    return true;
}
