/* Values and signatures: wasm words, their roles, and how results travel (docs/upstream/abi.md 2, 4.2, 11.1;
 * descriptors.md 11). */
#ifndef BIND_SIGNATURE_H
#define BIND_SIGNATURE_H

#include "bind/types.h"

/* One conversion. `externref`: the reference mode; `single`: the value may be the only wasm result or is a
 * parameter, so that a handle in it can become a reference. */
struct bind_value bind_value_of(const struct bind_type *type, bool incoming, bool externref, bool single);

/* Lays the result's words (exports that may fail: and the two of the error) out as a C struct and decides how
 * they travel. */
void bind_signature_layout(struct bind_signature *sig, bool is_export, bool multi_value);

/* Fills params, result, fallible and layout of an export's or import's signature. On failure *why says which
 * argument and why, e.g. "argument 2 `x`: closures are not supported yet". `record` gives names and
 * TypeScript overrides; it may be NULL. */
bool bind_signature_build(const struct bind_context *cx, const struct meta_signature *function,
                          const struct meta_Function *record, bool is_export, struct bind_signature *out,
                          Str *why);

/* Whether the signature (with so many i32 words in front) is the one of the wasm function; if not, *why says
 * so. The guard against a descriptor that does not belong to its function. */
bool bind_signature_matches(const struct bind_context *cx, const struct bind_signature *sig, unsigned leading,
                            uint32_t func, Str *why);

#endif
