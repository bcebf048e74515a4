/* The `__wasm_bindgen_unstable` section: bytes → plain structs (docs/upstream/wire-format.md 1–5).
 *
 * The structs are generated from schema.def: for every record `Foo` of the wire format a `struct meta_Foo`
 * whose members have the wire's names; `str` is Str; `[T]` is `struct { T *items; size_t len; }`; `?T` is a
 * pointer (NULL = absent); enums with payload are `struct { enum meta_X_tag tag; union … }`. A field that a
 * version does not have keeps the default of wire-format.md 4. */
#ifndef META_PROGRAMS_H
#define META_PROGRAMS_H

#include "base/buf.h"
#include "base/diag.h"
#include "meta/version.h"

#include "meta/schema_structs.h" /* the structs, by the preprocessor from schema.def */

struct meta_programs {
    struct meta_version version;
    struct meta_Program *items; /* one per macro expansion, in link order */
    size_t len;
    struct meta_version *versions; /* per item (all equal; for the dump) */
};

/* Decodes the content of all sections of that name, concatenated. Everything points into `section` or the
 * arena. Errors: corrupt data (entry number and offset), two versions mixed, an unknown schema string (names
 * it and the newest known) unless `allow_unknown_schema`, which tries the newest layout. A newer crate with a
 * known schema string is accepted. */
bool meta_decode(struct arena *arena, Str section, bool allow_unknown_schema, struct meta_programs *out,
                 struct diag *diag);

/* Prints every field that exists in the version, in wire order (the format is described in
 * tests/upstream/encoder/). */
void meta_dump(const struct meta_programs *programs, struct buf *out);

#endif
