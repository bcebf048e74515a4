/* Readable names for the symbols that rustc makes, in both manglings: legacy (`_ZN…17h<hash>E`) and v0
 * (`_R…`, rustc's RFC 2603).
 *
 * The text is what the Rust crate rustc-demangle 0.1.28 prints with `{}`, hashes included, since that is what
 * upstream puts into the name section (docs/upstream/transforms.md 14); tests/demangle compares the two. */
#ifndef DEMANGLE_DEMANGLE_H
#define DEMANGLE_DEMANGLE_H

#include "base/buf.h"

/* Longest readable name, as in the crate; what is longer is cut there and ends in `{size limit reached}`. */
enum { DEMANGLE_LIMIT = 1000000 };

/* What a number of symbols may cost together: bytes printed, and bytes read again because a symbol refers
 * back to a part of itself. A symbol of some hundred bytes can ask for a million, so the sum needs a bound of
 * its own. */
struct demangle_budget {
    size_t left;
};

/* Puts the readable form of `symbol` in place of what `out` holds. False (`out` undefined) if it is not a
 * Rust symbol or if it costs more than is left of the budget, of which nothing is left then. Time is linear
 * in the symbol and the budget spent. */
bool demangle_symbol(Str symbol, struct buf *out, struct demangle_budget *budget);

#endif
