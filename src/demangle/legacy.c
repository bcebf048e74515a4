/* The legacy mangling: the parts of a path, each with its length in front, in the manner of C++. What
 * identifiers may not contain is written in dollar signs, and `..` stands for `::`. */
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

/* Where the text goes. There is room for all of a symbol; `stop` is where the size limit ends it. */
struct writer {
    char *p, *stop;
    bool full;
};

/* Whether a piece fits; it fits whole or ends the text. */
static bool fits(struct writer *w, size_t size) {
    if (size <= (size_t)(w->stop - w->p))
        return true;
    w->full = true;
    w->stop = w->p;
    return false;
}

static void put(struct writer *w, const char *text, size_t size) {
    if (fits(w, size)) {
        memcpy(w->p, text, size);
        w->p += size;
    }
}

static void put_char(struct writer *w, char c) {
    if (fits(w, 1))
        *w->p++ = c;
}

/* The character that letters stand for, or 0. */
static char unescape(char first, char second) {
    switch ((unsigned char)first << 8 | (unsigned char)second) {
    case 'S' << 8 | 'P':
        return '@';
    case 'B' << 8 | 'P':
        return '*';
    case 'R' << 8 | 'F':
        return '&';
    case 'L' << 8 | 'T':
        return '<';
    case 'G' << 8 | 'T':
        return '>';
    case 'L' << 8 | 'P':
        return '(';
    case 'R' << 8 | 'P':
        return ')';
    default:
        return 0;
    }
}

/* Prints the character with a number in lowercase hexadecimal, unless it is a control character. `p` is at
 * the dollar sign in front of `u`; returns the length up to the one behind, 0 if that is no such number. */
static size_t put_number(struct writer *w, const char *p, const char *end) {
    const char *digits = p + 2, *at = digits;
    uint32_t c = 0;
    for (; at < end && (is_digit(*at) || (*at >= 'a' && *at <= 'f')); at++) {
        c = c << 4 | (uint32_t)(is_digit(*at) ? *at - '0' : *at - 'a' + 10);
        if (c > 0x10FFFF)
            return 0;
    }
    bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    if (at == digits || at == end || *at != '$' || is_control || (c >= 0xD800 && c < 0xE000))
        return 0;
    char text[4];
    put(w, text, str_encode_char(text, c));
    return (size_t)(at - p) + 1;
}

/* Prints what starts at `p` with `$` or `.`, and returns its length; 0 if it means nothing. */
static size_t put_special(struct writer *w, const char *p, const char *end) {
    size_t size = (size_t)(end - p);
    if (*p == '.') {
        if (size < 2 || p[1] != '.') {
            put_char(w, '.');
            return 1;
        }
        put(w, "::", 2);
        return 2;
    }
    char c = size >= 4 && p[3] == '$' ? unescape(p[1], p[2]) : 0;
    if (c) {
        put_char(w, c);
        return 4;
    }
    if (size >= 3 && p[1] == 'C' && p[2] == '$') {
        put_char(w, ',');
        return 3;
    }
    return size >= 2 && p[1] == 'u' ? put_number(w, p, end) : 0;
}

/* Offset of the first `$` or `.` among eight bytes; 8 if there is none. */
static size_t find_special(const char *p) {
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t word;
    memcpy(&word, p, sizeof word);
    uint64_t dollars = word ^ (ones * '$'), dots = word ^ (ones * '.');
    /* A byte that is 0 gets its top bit; those above it in the word may, too. */
    uint64_t found = (((dollars - ones) & ~dollars) | ((dots - ones) & ~dots)) & tops;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return found ? (size_t)__builtin_ctzll(found) / 8 : 8;
#else
    size_t at = found ? 0 : 8;
    while (at < 8 && p[at] != '$' && p[at] != '.')
        at++;
    return at;
#endif
}

/* Prints what precedes the next `$` or `.` and returns its length. Eight bytes are copied at a time as long
 * as the symbol, which ends at `limit`, has them. */
static size_t put_plain(struct writer *w, const char *p, const char *end, const char *limit) {
    size_t size = (size_t)(end - p), n = 0, run = 8;
    while (n < size && run == 8 && (size_t)(limit - p) - n >= 8) {
        memcpy(w->p + n, p + n, 8);
        run = find_special(p + n);
        n += run;
    }
    for (; n < size && run == 8 && p[n] != '$' && p[n] != '.'; n++)
        w->p[n] = p[n];
    n = n < size ? n : size;
    if (fits(w, n))
        w->p += n;
    return n;
}

static void put_part(struct writer *w, const char *p, const char *end, const char *limit) {
    if (end - p > 1 && p[0] == '_' && p[1] == '$')
        p++;
    while (p < end) {
        size_t n = *p == '$' || *p == '.' ? put_special(w, p, end) : put_plain(w, p, end, limit);
        if (!n) { /* it means nothing: the rest as it stands */
            put(w, p, (size_t)(end - p));
            return;
        }
        p += n;
    }
}

static bool put_path(struct writer *w, Str s, size_t *end) {
    size_t at = 0, length;
    for (; at < s.len && s.ptr[at] != 'E'; at += length) {
        bool first = at == 0;
        if (!take_length(s, &at, &length))
            return false;
        if (!first)
            put(w, "::", 2);
        put_part(w, s.ptr + at, s.ptr + at + length, s.ptr + s.len);
    }
    *end = at;
    return at < s.len;
}

bool demangle_legacy(Str s, struct buf *out, Str *suffix) {
    /* At most twice as long: `::` for a part of one digit. Eight more, because whole words are copied. */
    size_t room = s.len * 2, end;
    char *text = buf_reserve(out, room + 8);
    if (!text)
        return false;
    struct writer w = {.p = text, .stop = text + (room < DEMANGLE_LIMIT ? room : DEMANGLE_LIMIT)};
    if (!put_path(&w, s, &end))
        return false;
    out->len += (size_t)(w.p - text);
    out->overflow = w.full;
    *suffix = str_slice(s, end + 1, s.len);
    return true;
}
