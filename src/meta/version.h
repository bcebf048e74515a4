/* Which release of the producing crate wrote a module, and what depends on it. */
#ifndef META_VERSION_H
#define META_VERSION_H

#include "base/str.h"

/* Known releases: 0.2.84 … 0.2.130 (there is no 0.2.124). */
enum { META_OLDEST = 84, META_NEWEST = 130 };

struct meta_version {
    int release; /* N of 0.2.N, clamped to META_NEWEST for newer ones with a known layout */
    Str text;    /* as found, e.g. "0.2.95" or "0.2.95 (abcdef)" */
    Str schema;  /* schema_version as found */
};

/* Newest release of a schema string (docs/upstream/wire-format.md 7), or 0 if it is not known. */
int meta_schema_release(Str schema);

#endif
