/* Type descriptors: the words that a module's describe functions print → type trees
 * (docs/upstream/descriptors.md). */
#ifndef META_DESCRIPTOR_H
#define META_DESCRIPTOR_H

#include "base/diag.h"
#include "base/map.h"
#include "meta/version.h"
#include "wasm/module.h"

/* Constants of descriptors.md 5; the numbers differ by version, these do not. */
enum meta_kind {
    META_I8,
    META_U8,
    META_I16,
    META_U16,
    META_I32,
    META_U32,
    META_I64,
    META_U64,
    META_I64_AS_F64,
    META_U64_AS_F64,
    META_I128,
    META_U128,
    META_F32,
    META_F64,
    META_BOOLEAN,
    META_FUNCTION,
    META_CLOSURE,
    META_CACHED_STRING,
    META_STRING,
    META_REF,
    META_REFMUT,
    META_LONGREF,
    META_SLICE,
    META_VECTOR,
    META_EXTERNREF,
    META_NAMED_EXTERNREF,
    META_ENUM,
    META_STRING_ENUM,
    META_DYNAMIC_UNION,
    META_RUST_STRUCT,
    META_CHAR,
    META_OPTIONAL,
    META_RESULT,
    META_UNIT,
    META_CLAMPED,
    META_NONNULL,
    META_RAW_POINTER,
    META_SEQ_MODE,
    META_NULLABLE,
};

struct meta_type {
    enum meta_kind kind;
    bool clamped; /* META_U8 reached through CLAMPED; CLAMPED itself never appears in a tree */
    struct meta_type
        *inner;      /* REF … NULLABLE: what is wrapped. LONGREF is normalised away (descriptors.md 6.3) */
    Str name, crate; /* NAMED_EXTERNREF, RUST_STRUCT, ENUM, STRING_ENUM, DYNAMIC_UNION */
    uint32_t hole;   /* ENUM */
    uint32_t count;  /* STRING_ENUM, DYNAMIC_UNION */
    uint32_t module_hash;            /* 130: ENUM, STRING_ENUM, DYNAMIC_UNION */
    Str *variants;                   /* STRING_ENUM of 0.2.93 */
    struct meta_type **members;      /* DYNAMIC_UNION: count of them */
    uint32_t seq_mode;               /* SEQ_MODE */
    struct meta_signature *function; /* FUNCTION, CLOSURE */
    /* CLOSURE, all eras normalised: */
    bool is_mutable, owned;
    uint32_t dtor; /* table index up to 0.2.114; 0 = borrowed (0.2.109+) or export-based */
};

struct meta_signature {
    uint32_t shim; /* function table index of the invoke function, closures only */
    struct meta_type **args;
    size_t nargs;
    struct meta_type *ret, *inner_ret;
};

/* A function of the module that stands for a conversion, or for an instance of a generic import
 * (descriptors.md 10), or up to 0.2.101 for the making of a closure (9.2). */
struct meta_generic {
    Str key; /* empty: a cast; else the shim of the import record (128+) */
    struct meta_type
        *type;       /* META_FUNCTION (casts: one argument), or META_CLOSURE for a closure constructor */
    uint32_t *funcs; /* all functions with this key and descriptor, by id */
    size_t nfuncs;
};

struct meta_descriptors {
    struct map described;              /* KEY of the describe export (prefix removed) → struct meta_type * */
    VEC(struct meta_generic) casts;    /* casts and generic imports, grouped, in order of first function */
    VEC(struct meta_generic) closures; /* closure constructors up to 0.2.101; one func each */
};

/* Interprets the describe functions of what the module imports or exports, decodes what they printed, then
 * removes all of them (and `__wbindgen_skip_interpret_calls`) from the exports. For closure constructors up
 * to 0.2.101 the descriptor function's table slot is emptied. Casts are left in place: the caller redefines
 * the functions. Errors name the export or function, offset and opcode. Fuel: a bounded number of
 * instructions per function. On success the caller frees out->described with map_free. */
bool meta_describe(struct wasm_module *m, const struct meta_version *version, struct meta_descriptors *out,
                   struct diag *diag);

/* Decodes one stream of words (for tests and fuzzing). `words` must be used up exactly. */
struct meta_type *meta_decode_type(struct arena *arena, int release, const uint32_t *words, size_t nwords,
                                   struct diag *diag);

/* The same for the stream of a cast or generic import (docs/upstream/descriptors.md 10): from 0.2.128 on with
 * a key in front, which goes to *key (empty for casts). The type is a META_FUNCTION, of casts with one
 * argument. */
struct meta_type *meta_decode_generic(struct arena *arena, int release, const uint32_t *words, size_t nwords,
                                      Str *key, struct diag *diag);

/* Equal types (deep), as needed for grouping. */
bool meta_type_equal(const struct meta_type *a, const struct meta_type *b);

/* A type as text, for errors and inspect, e.g. "Option<Vec<f64>>". Depth-limited. */
Str meta_type_text(struct arena *arena, const struct meta_type *type);

#endif
