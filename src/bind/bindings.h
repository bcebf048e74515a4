/* Bindings: what to glue, as plain data. Values crossing the boundary, and the items (exports, imports,
 * classes) they belong to. Knows neither Rust nor the wire format; `bind_build` (bind/build.h) fills it from
 * programs and descriptors, another producer may one day. Read by xform, js and dts.
 *
 * *incoming*: JavaScript → wasm (arguments of exports, results of imports). *outgoing*: wasm → JavaScript. */
#ifndef BIND_BINDINGS_H
#define BIND_BINDINGS_H

#include "base/buf.h"
#include "base/diag.h"
#include "bind/settings.h"
#include "wasm/module.h"

enum bind_kind {
    BIND_UNIT,
    BIND_BOOL,
    BIND_I8,
    BIND_U8,
    BIND_I16,
    BIND_U16,
    BIND_I32,
    BIND_U32,
    BIND_I64,
    BIND_U64,
    BIND_I128, /* two words, low and high */
    BIND_U128,
    BIND_F32,
    BIND_F64,
    BIND_CHAR,
    BIND_ENUM,        /* one of the numbers of `enumeration`; in a word of type i32 or, if is_double, f64 */
    BIND_POINTER,     /* address without an owner; unsigned number */
    BIND_NONNULL,     /* address, never 0 */
    BIND_STRING_ENUM, /* one of the texts of `enumeration`, as its index; the number of texts: any other text
                       */
    BIND_STRING,      /* (ptr, len in bytes), UTF-8 */
    BIND_ARRAY,       /* (ptr, len in elements) of `element` */
    BIND_VALUE,       /* any JavaScript value: externref or handle */
    BIND_OBJECT,      /* an instance of `class`: the address of its state */
    BIND_CALLBACK,    /* two words that a function of the module takes in front of its arguments; becomes a
                         JavaScript function that calls it. Parameters of imports only */
    /* Kinds of later issues: BIND_UNION. */
};

/* Who owns what the words point to. OWNED: the receiver. BORROWED: valid during the call only. */
enum bind_access { BIND_OWNED, BIND_BORROWED, BIND_BORROWED_MUT };

/* How "no value" (JavaScript undefined; incoming also null) is represented in the words (docs/upstream/abi.md
 * 5, descriptors.md 11.3). */
enum bind_absent {
    BIND_ALWAYS,      /* not optional */
    BIND_ABSENT_WORD, /* the only word equals absent_word (i32 16777215, or f64 4294967297 / 9007199254740991;
                         of enums a number that is none of theirs) */
    BIND_ABSENT_FLAG, /* an i32 word in front of the value's words: 0 absent, 1 present; the others then 0 */
    BIND_ABSENT_ZERO, /* the first word (ptr, handle) is 0 */
};

/* How long a callback may be called. Later calls fail in the module, which then gets 0 as first word. */
enum bind_life {
    BIND_LIFE_CALL,    /* during the import's call */
    BIND_LIFE_COUNTED, /* until the module gives it up and no call of it is active, or it is garbage; then it
                          is destroyed */
    BIND_LIFE_LENT,    /* until the module takes it back; never destroyed by the glue */
};

struct bind_type {
    enum bind_kind kind;
    enum bind_access access;
    enum bind_absent absent;
    int64_t absent_word; /* BIND_ABSENT_WORD: the number (exactly representable as f64) */
    bool is_double;      /* BIND_ENUM: the word is an f64 */
    bool cells;  /* BIND_ARRAY: each element is a cell that holds the words of its type; owned or lent, such a
                    buffer is made for the crossing and freed by the receiver (docs/upstream/descriptors.md
                    11.7) */
    bool direct; /* BIND_ARRAY of BIND_OBJECT: elements cross as the addresses of what they own, see
                    BIND_DIRECT_TAG, and not as handles; outgoing there may be both */
    bool clamped; /* BIND_ARRAY of U8: Uint8ClampedArray */
    bool cached;  /* BIND_STRING outgoing: ptr 0 means `len` is a borrowed handle */
    const struct bind_type
        *element; /* BIND_ARRAY: a number kind, BIND_VALUE, or BIND_OBJECT/BIND_STRING/BIND_ENUM (crossing as
                     handles); with `cells` any type of at most two words */
    const struct bind_class *class;      /* BIND_OBJECT; of an element that is a BIND_VALUE: what it may be */
    const struct bind_enum *enumeration; /* BIND_ENUM (may be NULL: any number), BIND_STRING_ENUM */
    Str ts;                              /* BIND_VALUE: TypeScript type text, empty = any */
    /* What declarations of older releases leave out (the glue accepts it all the same). */
    bool ts_without_null;           /* optional: null as an argument */
    bool ts_without_list;           /* BIND_ARRAY of numbers: a plain array as an argument */
    struct bind_callback *callback; /* BIND_CALLBACK: what it calls */
    enum bind_life life;
    bool exclusive; /* the callback must not be entered again while it runs: first word then 0 */
    struct bind_function *destroy; /* COUNTED: (first word, second word); NULL: runtime.destroy_callback */
};

/* An address in place of a handle: the tag, and the address (a multiple of 4) in the other bits. No handle is
 * so large (docs/upstream/fast-paths.md 4). */
#define BIND_DIRECT_TAG UINT32_C(0xC0000000)
enum { BIND_DIRECT_SHIFT = 2 };

/* What a word is for the externref transform. Always PLAIN in heap mode (a BIND_VALUE's plain word is a
 * handle). */
enum bind_role { BIND_WORD_PLAIN, BIND_WORD_REF_OWNED, BIND_WORD_REF_BORROWED };

struct bind_word {
    uint8_t type;    /* enum wasm_valtype in the module as read (refs: WASM_I32) */
    uint8_t role;    /* enum bind_role */
    uint16_t offset; /* in the result record, bytes; results only */
};

enum { BIND_MAX_WORDS = 4 };

/* A type with a direction: one conversion. */
struct bind_value {
    const struct bind_type *type;
    bool incoming;
    uint8_t nwords;
    struct bind_word words[BIND_MAX_WORDS];
};

struct bind_param {
    Str name; /* as declared; may be empty or no valid JavaScript identifier: js makes it one */
    struct bind_value value;
    Str ts_override;  /* replaces the computed TypeScript type; empty = none */
    bool ts_optional; /* unchecked optional: `name?: T` */
    Str description;  /* for JSDoc; empty = none */
};

/* How the result words travel. */
enum bind_return {
    BIND_RETURN_NONE,
    BIND_RETURN_DIRECT, /* one wasm result */
    BIND_RETURN_RECORD, /* first wasm parameter is the address of a record */
    BIND_RETURN_MULTI,  /* several wasm results (exports, multi-value on): a JavaScript array */
};

struct bind_signature {
    struct bind_param *params;
    size_t nparams;
    struct bind_value result; /* BIND_UNIT for none */
    bool fallible; /* exports: two more words in the record after the result's: error handle (owned, plain),
                      is_err */
    uint16_t error_offset, is_error_offset, record_size; /* bytes; record_size rounded up to 8, frame to 16 */
    enum bind_return how;
    bool variadic; /* the last parameter collects the rest */
    bool promise;  /* the result is a Promise of `settled` (TypeScript only) */
    const struct bind_type *settled;
    Str ts_return_override, return_description;
};

enum bind_member {
    BIND_FUNCTION, /* no class */
    BIND_CONSTRUCTOR,
    BIND_METHOD,
    BIND_GETTER,
    BIND_SETTER,
    BIND_INVOKE, /* target of a callback, whose two words come first; no class, no name */
};

struct bind_export {
    enum bind_member member;
    bool is_static;                 /* METHOD, GETTER, SETTER without receiver */
    bool consumes;                  /* the receiver is moved into the call */
    bool is_field;                  /* GETTER/SETTER made from a public field */
    bool start;                     /* also runs at instantiation */
    bool hidden;                    /* private start: run, not exported to JavaScript */
    const struct bind_class *class; /* NULL for FUNCTION */
    Str name;                       /* JavaScript name (property name of getters and setters) */
    Str wasm_name;                  /* name of the wasm export in the output */
    uint32_t func;                  /* id; the wrapped function once xform has run */
    struct bind_signature sig;      /* wasm params: [record], [receiver i32] or two words of a callback,
                                       words of the params */
    Str *docs;                      /* lines of the doc comment */
    size_t ndocs;
    bool generate_ts, generate_jsdoc;
};

struct bind_callback {
    struct bind_export target; /* wasm_name: empty unless live */
    bool live;                 /* set by the prune step: a live import takes it */
    size_t index;              /* place in bindings.callbacks */
};

/* A function of the module that the glue calls of its own. */
struct bind_function {
    uint32_t func;
    Str wasm_name; /* of its export in the output; set by the prune step if something live needs it */
    bool live;
};

struct bind_class {
    Str name; /* JavaScript name */
    Str *docs;
    size_t ndocs;
    Str free_name; /* wasm export */
    uint32_t free_func;
    bool free_delayed; /* free takes a second i32: 0 from free(), 1 from the finaliser */
    bool has_constructor;
    bool generate_ts, is_private, is_inspectable;
    bool sorts_properties; /* is_inspectable: toJSON lists getters by the names of their exports */
    bool declares_dispose; /* declarations have [Symbol.dispose] (the glue always has) */
    size_t index;          /* place in bindings.classes */
};

struct bind_constant {
    Str name;      /* of a string enum the text itself */
    int64_t value; /* its index there */
    Str *docs;
    size_t ndocs;
};

/* Named constants: numbers, which are an object of the glue, or texts, which only declarations name. */
struct bind_enum {
    Str name; /* JavaScript and TypeScript name */
    Str *docs;
    size_t ndocs;
    struct bind_constant *constants;
    size_t nconstants;
    bool is_text;
    bool is_signed; /* the numbers cross as signed words */
    bool generate_ts, is_private;
    size_t index; /* place in bindings.enums */
};

/* Where an imported item is found. */
enum bind_place { BIND_GLOBAL, BIND_MODULE };

struct bind_origin {
    enum bind_place place;
    Str module; /* BIND_MODULE: specifier to import from in the output */
    Str *names; /* path: namespace segments, then the item; of members: … then the class */
    size_t nnames;
    const Str *prefixes; /* where the item itself does not exist, the first of those called prefix + name */
    size_t nprefixes;    /* only for a GLOBAL of one name */
};

enum bind_import_kind {
    BIND_IMPORT_FUNCTION,      /* origin(args) */
    BIND_IMPORT_CONSTRUCTOR,   /* new origin(args) */
    BIND_IMPORT_METHOD,        /* args[0].member(rest); not structural: origin.prototype.member.call(args…) */
    BIND_IMPORT_STATIC_METHOD, /* origin.member(args) */
    BIND_IMPORT_GETTER,
    BIND_IMPORT_SETTER, /* args[0].member */
    BIND_IMPORT_STATIC_GETTER,
    BIND_IMPORT_STATIC_SETTER, /* origin.member */
    BIND_IMPORT_INDEX_GET,     /* args[0][args[1]] */
    BIND_IMPORT_INDEX_SET,
    BIND_IMPORT_INDEX_DELETE,
    BIND_IMPORT_INSTANCEOF, /* args[0] instanceof origin */
    BIND_IMPORT_STATIC,     /* the value of origin */
    BIND_IMPORT_TEXT,       /* a string constant: `member` */
    BIND_IMPORT_INTRINSIC,  /* `intrinsic` */
    BIND_IMPORT_IDENTITY,   /* converts args[0] and returns it (casts) */
    BIND_IMPORT_WRAP,       /* args[0]: address → instance of `class` */
    BIND_IMPORT_UNWRAP, /* args[0]: value → address, or 0 if it is no instance of `class` (moves the object)
                         */
    BIND_IMPORT_INIT_TABLE, /* fills the externref table; made by xform */
};

enum bind_intrinsic {
    BIND_INTRINSIC_NONE,
#define INTRINSIC(name, ...) BIND_INTRINSIC_##name,
#include "bind/intrinsics.def"
#undef INTRINSIC
};

struct bind_import {
    enum bind_import_kind kind;
    uint32_t func; /* id of the imported function (xform updates it when it puts a shim in front) */
    Str wasm_name; /* import name in the output */
    struct bind_origin origin;
    Str member; /* METHOD, GETTER, …: property name; TEXT: the string */
    bool structural;
    bool is_static;      /* INDEX_…: of origin instead of args[0], which then is the key */
    bool catches;        /* a thrown value goes to exn_store; the call returns a dummy */
    bool result_is_view; /* the result may be a view of wasm memory: nothing may grow memory between the
                            call and its use (docs/upstream/detach.md 4.1) */
    bool slot_first;     /* the same, and the result crosses as a handle: the glue makes it before the call */
    bool release_if_moved; /* UNWRAP up to crate 0.2.105: the argument's slot is released if the result is not
                              0 */
    bool takes_direct;     /* UNWRAP: of arrays that are `direct` the module hands tagged addresses to it */
    const struct bind_class *class;
    enum bind_intrinsic intrinsic;
    struct bind_signature sig; /* outgoing params, incoming result */
    bool dead;                 /* set by the prune step: no live code calls it */
    Str unsupported; /* not empty: what keeps it from being glued, a sentence; an error if it is live
                        (bind_check_live). The signature is then empty */
};

/* The module's run-time support by id (bind/runtime.def); WASM_NONE where the module has none. `bind` fills
 * in what the module exports, xform the rest. */
struct bind_runtime {
#define RUNTIME(field, ...) uint32_t field;
#include "bind/runtime.def"
#undef RUNTIME
    bool align; /* malloc, realloc, free take an alignment */
};

/* The names of its exports. */
struct bind_runtime_names {
#define RUNTIME(field, ...) const char *field;
#include "bind/runtime.def"
#undef RUNTIME
};
extern const struct bind_runtime_names bind_runtime_names;

/* What of it the glue calls; filled by bind_needs_* for live bindings. */
struct bind_needs {
#define RUNTIME(field, ...) bool field;
#include "bind/runtime.def"
#undef RUNTIME
};

/* Changes to the module that the bindings take as made: xform's first step makes them, in this order. */
struct bind_rename {
    uint32_t place; /* in the module's list of exports */
    Str name;       /* the function gets it as well if it was called like the export */
};
struct bind_stub {
    uint32_t func; /* a function whose body is dropped: it becomes an import that the glue provides */
    Str name;
};
struct bind_alias {
    uint32_t func, target; /* all that refers to `func` now refers to `target` */
};
/* In function `caller`, calls of the import `callee` go to a new one, which takes all parameters but the
 * last; it is that of bindings.imports.items[import], whose `func` is not valid before. */
struct bind_detour {
    uint32_t caller, callee, import;
};
/* In function `caller` the one call of `callee`, (address) → handle, becomes that address with the tag. */
struct bind_tagging {
    uint32_t caller, callee;
};
struct bind_edits {
    VEC(struct bind_rename)
    renames; /* each export once; afterwards they share their places in the order of
                the new names */
    VEC(struct bind_stub) stubs;
    VEC(struct bind_detour) detours;
    VEC(struct bind_tagging) taggings;
    VEC(struct bind_alias) aliases;
};

/* Imports that become functions of the module (docs/upstream/intrinsics.md 3.8, 3.9). */
enum bind_local_kind {
    BIND_LOCAL_TABLE_GROW,  /* (i32 n) → i32: the table of values grows by n empty slots; its former size */
    BIND_LOCAL_TABLE_CLEAR, /* (i32 slot) → (): empties a slot of it */
    BIND_LOCAL_STATICS_END, /* () → i32: bindings.statics_end */
    BIND_LOCAL_ZERO,        /* () → i32: 0 */
    BIND_LOCAL_TRAP,        /* any type: never called */
};
struct bind_local {
    uint32_t func;
    enum bind_local_kind kind;
};

/* Names of exports that only the tool is to see: they do not leave with the module. */
struct bind_internal {
    Str name;
    bool is_prefix;
};

struct bind_snippet {
    Str path; /* relative to the output folder, e.g. "snippets/foo-0123/inline0.js" */
    Str content;
};

struct bindings {
    VEC(struct bind_export) exports; /* in order of declaration */
    VEC(struct bind_import) imports;
    VEC(struct bind_class *) classes;
    VEC(struct bind_enum *) enums;
    VEC(struct bind_callback *) callbacks;
    VEC(struct bind_function *) functions;
    VEC(uint32_t) starts; /* functions to run at instantiation, in order (`main` wrapped) */
    uint32_t main_func;   /* (i32, i32) → i32 run as main, or WASM_NONE */
    VEC(Str) ts_sections; /* custom TypeScript, in output order */
    VEC(struct bind_snippet) snippets;
    VEC(Str) npm_package_json; /* paths of package.json files of crates that import modules; may repeat */
    struct bind_runtime runtime;
    bool externref; /* reference mode decided for this run */
    bool multi_value;
    bool shows_raw;       /* the package has a key `__wasm` */
    bool wants_options;   /* the init function is to get its options in an object */
    bool shows_module;    /* the init function has a property `__wbindgen_wasm_module` */
    uint32_t handle_base; /* first reserved handle: 128 or 1024 (undefined, null, true, false follow) */
    uint32_t statics_end; /* first dynamic handle: handle_base + 4 */
    Str glue_module;      /* what the input's imports that the glue provides name as their module */
    bool number_names;    /* equal readable names of functions get a number */
    Str import_module;    /* what they name in the output; empty: "./<stem>_bg.js" */
    Str init_table_name;  /* import name of the function that fills the table of values */
    uint32_t init_table;  /* that import, if the input has it (a function without parameters and results), or
                             WASM_NONE */
    struct bind_edits edits;
    VEC(struct bind_local) locals;
    VEC(struct bind_internal) internal;
    bool ts_unused_texts;   /* enums of texts are declared even if no export names them */
    bool flat_package_json; /* npm dependencies are the whole package.json, not its field `dependencies` */
};

/* Number of wasm parameters between the record's address and the words of the first parameter. */
unsigned bind_leading_words(const struct bind_export *e);

/* Whether the conversion of a parameter can fail after an earlier one has taken memory, which then has to be
 * given back: lists are converted by code that the caller may have written. */
bool bind_may_abandon(const struct bind_signature *sig);
/* Whether an incoming value is copied into memory that the module will own. */
bool bind_takes_memory(const struct bind_type *type);

/* Adds what the conversions of a live export, callback target or import need. */
void bind_needs_export(struct bind_needs *needs, const struct bindings *b, const struct bind_export *export_);
void bind_needs_import(struct bind_needs *needs, const struct bindings *b, const struct bind_import *import);

/* Whether every import that is not dead can be glued; the error names the first one that cannot. To be asked
 * after pruning. */
bool bind_check_live(const struct bindings *b, struct diag *diag);

/* "i32", "i64", "f32", "f64"; "ref" for everything else. For messages and dumps. */
const char *bind_word_name(uint8_t valtype);
/* Bytes of an element of BIND_ARRAY in wasm memory: of a number, else of a handle. */
uint32_t bind_element_size(const struct bind_type *element);
/* The JavaScript typed array class of a number element, e.g. "Float64Array"; NULL for handles and cells. */
const char *bind_array_class(const struct bind_type *array);
/* Numbers that the module lends arrive as a view of wasm memory; everything else is copied. */
bool bind_is_view(const struct bind_type *type);
/* TypeScript type of a value as upstream writes it: incoming optional numbers are "number | null |
 * undefined", … */
Str bind_ts_type(struct arena *arena, const struct bind_value *value);
/* A parameter in a TypeScript declaration: `name: type` or `name?: type`. The name is the caller's business.
 */
struct bind_ts_param {
    Str type;
    bool omittable; /* write the `?` */
};
/* The parameters of an export as upstream declares them: trailing optional ones may be left out and are then
 * `T | null`, overrides are taken as they are. `out` has room for sig->nparams. A variadic last parameter
 * gets no `...` here. */
void bind_ts_params(struct arena *arena, const struct bind_signature *sig, struct bind_ts_param *out);
/* The result: override, "void", "Promise<T>". */
Str bind_ts_result(struct arena *arena, const struct bind_signature *sig);
/* Text for people, `wasmbind inspect --bindings`. */
void bind_dump(const struct bindings *b, struct buf *out);

#endif
