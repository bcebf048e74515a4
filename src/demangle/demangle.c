#include "demangle/internal.h"

/* LLVM renames what it imports from another unit of a thin LTO: `.llvm.` and a number. */
static Str without_llvm(Str s) {
    const Str mark = STR(".llvm.");
    size_t n = s.len;
    while (n && ((s.ptr[n - 1] >= 'A' && s.ptr[n - 1] <= 'F') ||
                 (s.ptr[n - 1] >= '0' && s.ptr[n - 1] <= '9') || s.ptr[n - 1] == '@'))
        n--;
    Str head = str_slice(s, 0, n);
    /* Only the first such mark counts, and no digits follow any but the last. */
    if (!str_ends(head, mark) || str_find(s, mark) != n - mark.len)
        return s;
    return str_slice(s, 0, n - mark.len);
}

/* What LLVM appends to symbols: words with periods in front, of printable ASCII without space. */
static bool is_suffix(Str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < 0x21 || s.ptr[i] > 0x7E)
            return false;
    return !s.len || s.ptr[0] == '.';
}

static bool is_ascii(Str s) {
    size_t at = 0;
    for (uint64_t word; s.len - at >= sizeof word; at += sizeof word) {
        memcpy(&word, s.ptr + at, sizeof word);
        if (word & 0x8080808080808080u)
            return false;
    }
    for (; at < s.len; at++)
        if (s.ptr[at] & 0x80)
            return false;
    return true;
}

/* Length of the prefix: `name` with `less` fewer, as many, or one more underscore; 0 if there is none.
 * Windows drops one, macOS adds one. */
static size_t prefix_length(Str s, Str name) {
    size_t under = 0;
    while (under < s.len && under < 3 && s.ptr[under] == '_')
        under++;
    return under <= 2 && str_starts(str_slice(s, under, s.len), name) ? under + name.len : 0;
}

static bool print(Str s, struct buf *out, struct demangle_budget *budget, Str *suffix) {
    size_t skip = prefix_length(s, STR("ZN"));
    if (skip)
        return demangle_legacy(str_slice(s, skip, s.len), out, suffix);
    skip = prefix_length(s, STR("R"));
    return skip && demangle_v0(str_slice(s, skip, s.len), out, budget, suffix);
}

bool demangle_symbol(Str symbol, struct buf *out, struct demangle_budget *budget) {
    Str s = without_llvm(symbol), suffix;
    buf_clear(out);
    if (!print(s, out, budget, &suffix) || !is_suffix(suffix) || !is_ascii(s))
        return false;
    if (out->overflow) {
        out->overflow = false;
        buf_str(out, STR("{size limit reached}"));
    }
    buf_str(out, suffix);
    bool affordable = out->len <= budget->left;
    budget->left -= affordable ? out->len : budget->left;
    return affordable;
}
