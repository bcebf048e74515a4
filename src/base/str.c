#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>

Str str_from(const char *text) {
    return (Str){text, text ? strlen(text) : 0};
}

bool str_eq(Str a, Str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

int str_cmp(Str a, Str b) {
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(Str s, Str prefix) {
    return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(Str s, Str suffix) {
    return s.len >= suffix.len && str_eq(str_slice(s, s.len - suffix.len, s.len), suffix);
}

size_t str_find(Str s, Str needle) {
    for (size_t at = 0; at + needle.len <= s.len; at++)
        if (!needle.len || memcmp(s.ptr + at, needle.ptr, needle.len) == 0)
            return at;
    return s.len;
}

Str str_slice(Str s, size_t from, size_t to) {
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return (Str){s.ptr ? s.ptr + from : NULL, to - from};
}

Str str_copy(struct arena *arena, Str s) {
    return (Str){arena_copy(arena, s.ptr, s.len), s.len};
}

/* Bytes that most texts fit into, which then are formatted once. */
enum { USUAL_TEXT = 256 };

Str str_format(struct arena *arena, const char *format, ...) {
    char first[USUAL_TEXT];
    va_list args;
    va_start(args, format);
    size_t len = (size_t)vsnprintf(first, sizeof first, format, args);
    va_end(args);
    char *text = arena_alloc(arena, len + 1);
    if (len < sizeof first) {
        memcpy(text, first, len + 1);
        return (Str){text, len};
    }
    va_start(args, format);
    vsnprintf(text, len + 1, format, args);
    va_end(args);
    return (Str){text, len};
}

/* Length of the well-formed sequence at `at`, or 0. */
static size_t sequence_length(Str s, size_t at) {
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at, n = p[0] < 0x80   ? 1
                                  : p[0] < 0xC2 ? 0
                                  : p[0] < 0xE0 ? 2
                                  : p[0] < 0xF0 ? 3
                                  : p[0] < 0xF5 ? 4
                                                : 0;
    if (n == 0 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    /* Overlong forms, surrogates, and values above U+10FFFF show in the second byte. */
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF0 && p[1] < 0x90) ||
        (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return n;
}

/* Length of the run of ASCII bytes at `at`, rounded down to whole words. */
static size_t ascii_run(Str s, size_t at) {
    size_t from = at;
    for (uint64_t word; s.len - at >= sizeof word; at += sizeof word) {
        memcpy(&word, s.ptr + at, sizeof word);
        if (word & 0x8080808080808080u)
            break;
    }
    return at - from;
}

bool str_is_utf8(Str s) {
    for (size_t at = ascii_run(s, 0); at < s.len;) {
        size_t n = (unsigned char)s.ptr[at] < 0x80 ? 1 : sequence_length(s, at);
        if (!n)
            return false;
        at += n;
        if (n > 1)
            at += ascii_run(s, at);
    }
    return true;
}

uint32_t str_next_char(Str s, size_t *at) {
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    size_t n = sequence_length(s, *at);
    if (n <= 1) {
        *at += 1;
        return n ? p[0] : 0xFFFD;
    }
    uint32_t c = p[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (p[i] & 0x3F);
    *at += n;
    return c;
}

size_t str_encode_char(char out[4], uint32_t c) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    out[0] = (char)((0xF00u >> n & 0xFF) | c);
    return n;
}

Str str_to_utf8(struct arena *arena, Str s) {
    if (str_is_utf8(s))
        return s;
    char *out = arena_alloc(arena, s.len * 3 + 1);
    size_t len = 0;
    for (size_t at = 0; at < s.len;)
        len += str_encode_char(out + len, str_next_char(s, &at));
    return (Str){out, len};
}

/* A colon would end a scheme. */
static bool is_plain_in_url(Str path, size_t at) {
    unsigned char c = (unsigned char)path.ptr[at];
    return c >= 0x20 && c != 0x7F && !strchr("%?#\\:\"", c) && !(c == ' ' && at == 0);
}

Str str_to_url(struct arena *arena, Str path) {
    size_t escaped = 0, len = 0;
    for (size_t i = 0; i < path.len; i++)
        escaped += !is_plain_in_url(path, i);
    if (!escaped)
        return path;
    char *url = arena_alloc(arena, path.len + 2 * escaped + 1);
    for (size_t i = 0; i < path.len; i++) {
        if (is_plain_in_url(path, i))
            url[len++] = path.ptr[i];
        else
            len += (size_t)snprintf(url + len, 4, "%%%02X", (unsigned char)path.ptr[i]);
    }
    return (Str){url, len};
}
