/* The legacy mangling: the parts of a path, each with its length in front, in the manner of C++. What identifiers may
 * not contain is written in dollar signs, and `..` stands for `::`. */
#include "demangle/internal.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Reads a length; false if there is none or it leaves nothing behind it. */
static bool take_length(Str s, size_t *at, size_t *length) {
    size_t i = *at, n = 0;
    while (i < s.len && is_digit(s.ptr[i])) {
        if (n > s.len)
            return false;
        n = n * 10 + (size_t)(s.ptr[i++] - '0');
    }
    bool good = i > *at && n < s.len - i;
    *at = i;
    *length = n;
    return good;
}

static const struct {
    char code[3];
    char text;
} escapes[] = {{"SP", '@'}, {"BP", '*'}, {"RF", '&'}, {"LT", '<'},
               {"GT", '>'}, {"LP", '('}, {"RP", ')'}, {"C", ','}};

/* `u` and the number of a character that is not a control character, in lowercase hexadecimal. */
static size_t unescape_number(Str code, char text[4]) {
    uint32_t c = 0;
    if (code.len < 2 || code.ptr[0] != 'u')
        return 0;
    for (size_t i = 1; i < code.len; i++) {
        char d = code.ptr[i];
        if (!is_digit(d) && (d < 'a' || d > 'f'))
            return 0;
        c = c << 4 | (uint32_t)(is_digit(d) ? d - '0' : d - 'a' + 10);
        if (c > 0x10FFFF)
            return 0;
    }
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xE000))
        return 0;
    return str_encode_char(text, c);
}

/* The character of what stands between dollar signs; returns its length in bytes, 0 if it means nothing. */
static size_t unescape(Str code, char text[4]) {
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
        if (code.len <= 2 && str_eq(code, str_from(escapes[i].code))) {
            text[0] = escapes[i].text;
            return 1;
        }
    return unescape_number(code, text);
}

/* Length of the run without `$` and `.`. */
static size_t plain_run(Str s, size_t at) {
    size_t from = at;
    while (at < s.len && s.ptr[at] != '$' && s.ptr[at] != '.')
        at++;
    return at - from;
}

/* Prints what starts at `at` with `$` or `.`, and returns its length; 0 if it means nothing. */
static size_t put_special(Str s, size_t at, struct buf *out) {
    if (s.ptr[at] == '.') {
        bool two = at + 1 < s.len && s.ptr[at + 1] == '.';
        buf_str(out, two ? STR("::") : STR("."));
        return two ? 2 : 1;
    }
    const char *close = memchr(s.ptr + at + 1, '$', s.len - at - 1);
    char text[4];
    size_t inside = close ? (size_t)(close - s.ptr) - at - 1 : 0;
    size_t n = unescape((Str){s.ptr + at + 1, inside}, text);
    buf_bytes(out, text, n);
    return n ? inside + 2 : 0;
}

static void put_part(Str part, struct buf *out) {
    size_t at = str_starts(part, STR("_$")) ? 1 : 0;
    while (at < part.len) {
        size_t n = plain_run(part, at);
        if (n)
            buf_bytes(out, part.ptr + at, n);
        else
            n = put_special(part, at, out);
        if (!n) { /* it means nothing: the rest as it stands */
            buf_bytes(out, part.ptr + at, part.len - at);
            return;
        }
        at += n;
    }
}

bool demangle_legacy(Str s, struct buf *out, Str *suffix) {
    size_t at = 0, length;
    for (bool first = true; at < s.len && s.ptr[at] != 'E'; first = false) {
        if (!take_length(s, &at, &length))
            return false;
        if (!first)
            buf_str(out, STR("::"));
        put_part(str_slice(s, at, at + length), out);
        at += length;
    }
    if (at >= s.len)
        return false;
    *suffix = str_slice(s, at + 1, s.len);
    return true;
}
