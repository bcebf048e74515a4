/* Identifiers, whose characters beyond ASCII are in Punycode (RFC 3492; without case, with `_` in place of
 * `-`). */
#include "demangle/internal.h"

/* Longest identifier that is decoded, in characters, as in the crate: longer ones are shown in their code. */
enum { MAX_CHARS = 128 };

/* RFC 3492 section 5. */
enum { BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700, INITIAL_BIAS = 72, INITIAL_N = 0x80 };

struct decoder {
    Str code;
    size_t at;
    uint64_t bias, damp;
};

static bool take_digit(struct decoder *d, uint64_t *digit) {
    char c = d->at < d->code.len ? d->code.ptr[d->at++] : 0;
    *digit = c >= 'a' && c <= 'z' ? (uint64_t)(c - 'a') : (uint64_t)(c - '0') + 26;
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* A generalised integer of variable length (section 3.3). */
static bool take_delta(struct decoder *d, uint64_t *delta) {
    uint64_t weight = 1, digit, term;
    *delta = 0;
    for (uint64_t k = BASE;; k += BASE) {
        uint64_t t = k <= d->bias + T_MIN ? T_MIN : k >= d->bias + T_MAX ? T_MAX : k - d->bias;
        if (!take_digit(d, &digit) || __builtin_mul_overflow(digit, weight, &term) ||
            __builtin_add_overflow(*delta, term, delta))
            return false;
        if (digit < t)
            return true;
        if (__builtin_mul_overflow(weight, BASE - t, &weight))
            return false;
    }
}

/* Section 6.1; `count` characters are there now. */
static void adapt(struct decoder *d, uint64_t delta, uint64_t count) {
    delta /= d->damp;
    d->damp = 2;
    delta += delta / count;
    uint64_t k = 0;
    for (; delta > (BASE - T_MIN) * T_MAX / 2; k += BASE)
        delta /= BASE - T_MIN;
    d->bias = k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

/* Section 6.2. Returns how many characters, 0 if that is no code or more than MAX_CHARS. */
static size_t decode(const struct demangle_ident *ident, uint32_t out[MAX_CHARS]) {
    struct decoder d = {.code = ident->punycode, .bias = INITIAL_BIAS, .damp = DAMP};
    size_t count = ident->ascii.len;
    if (count >= MAX_CHARS)
        return 0;
    for (size_t i = 0; i < count; i++)
        out[i] = (unsigned char)ident->ascii.ptr[i];
    uint64_t n = INITIAL_N, i = 0, delta;
    while (d.at < d.code.len) {
        if (count == MAX_CHARS || !take_delta(&d, &delta) || __builtin_add_overflow(i, delta, &i))
            return 0;
        count++;
        if (__builtin_add_overflow(n, i / count, &n) || n > 0x10FFFF || (n >= 0xD800 && n < 0xE000))
            return 0;
        i %= count;
        memmove(out + i + 1, out + i, (count - 1 - i) * sizeof *out);
        out[i++] = (uint32_t)n;
        adapt(&d, delta, count);
    }
    return count;
}

void demangle_put_ident(struct demangle_printer *p, const struct demangle_ident *ident) {
    uint32_t chars[MAX_CHARS];
    if (!ident->punycode.len || !demangle_printing(p)) {
        demangle_put(p, ident->ascii);
        return;
    }
    size_t count = decode(ident, chars);
    for (size_t i = 0; i < count; i++) {
        char text[4];
        demangle_put(p, (Str){text, str_encode_char(text, chars[i])});
    }
    if (count)
        return;
    PUT(p, "punycode{");
    if (ident->ascii.len) {
        demangle_put(p, ident->ascii);
        PUT(p, "-");
    }
    demangle_put(p, ident->punycode);
    PUT(p, "}");
}
