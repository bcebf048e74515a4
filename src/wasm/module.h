/* A WebAssembly module in memory, cheap to read and to write.
 *
 * Function bodies stay byte slices of the input; there is no tree of instructions. Every entity has an *id*:
 * its place in the module's array. Ids never change: entities read from the input have their original index
 * as id, new ones (functions, imports, …) are appended. Operands in bodies, exports, segments, … are ids.
 * Only the emitter maps ids to the final indices (imports first, dead entities dropped), see wasm/emit.h.
 *
 * A function can therefore be replaced in place: after wasm_func_move(m, f) all existing references to f
 * reach whatever f is redefined as, while the new id returned has the old definition. */
#ifndef WASM_MODULE_H
#define WASM_MODULE_H

#include "base/diag.h"
#include "base/map.h"

#define WASM_NONE UINT32_MAX /* "no entity" */

/* Value types, specification 5.3. Typed function references and GC types are refused by the parser. */
enum wasm_valtype {
    WASM_I32 = 0x7F,
    WASM_I64 = 0x7E,
    WASM_F32 = 0x7D,
    WASM_F64 = 0x7C,
    WASM_V128 = 0x7B,
    WASM_FUNCREF = 0x70,
    WASM_EXTERNREF = 0x6F,
    WASM_EXNREF = 0x69,
};

static inline bool wasm_is_valtype(uint8_t byte) {
    return (byte >= WASM_V128 && byte <= WASM_I32) || byte == WASM_FUNCREF || byte == WASM_EXTERNREF ||
           byte == WASM_EXNREF;
}

/* Kinds of imports and exports, specification 5.5.5 / 5.5.10. */
enum wasm_kind { WASM_FUNC, WASM_TABLE, WASM_MEMORY, WASM_GLOBAL, WASM_TAG };
enum { WASM_KINDS = 5 };

struct wasm_functype {
    const uint8_t *params, *results; /* enum wasm_valtype, one byte each */
    uint32_t nparams, nresults;
};

struct wasm_import {
    Str module, name;
};

enum wasm_def {
    WASM_DEFINED,
    WASM_IMPORTED,
    WASM_ALIAS, /* functions only: every reference means another function */
};

struct wasm_func {
    uint8_t def;   /* enum wasm_def */
    bool is_new;   /* not from the input: no offset to report */
    uint32_t type; /* id in types; of an alias: unused */
    union {
        Str body; /* WASM_DEFINED: locals and instructions up to the final `end`, no size */
        const struct wasm_import *import; /* WASM_IMPORTED */
        uint32_t alias;                   /* WASM_ALIAS */
    };
    Str name;        /* from the name section, for people; empty = none */
    uint64_t offset; /* of the body in the input file, bytes */
    const Str
        *inline_code; /* not NULL: the emitter writes these instructions instead of a direct `call` of this
                         function (stack-neutral replacement; `return_call` becomes them + `return`) */
};

struct wasm_limits {
    uint64_t min, max;
    bool has_max, shared, is64;
    bool has_page_size;
    uint8_t page_size_log2;
};

struct wasm_table {
    uint8_t def, reftype;
    struct wasm_limits limits;
    const struct wasm_import *import;
    Str init; /* constant expression incl. end; empty = none */
    Str name;
};

struct wasm_memory {
    uint8_t def;
    struct wasm_limits limits; /* pages */
    const struct wasm_import *import;
    Str name;
};

struct wasm_global {
    uint8_t def, valtype;
    bool is_mutable;
    const struct wasm_import *import;
    Str init; /* constant expression incl. end */
    Str name;
};

struct wasm_tag {
    uint8_t def;
    uint32_t type;
    const struct wasm_import *import;
    Str name;
};

struct wasm_export {
    Str name;
    uint8_t kind; /* enum wasm_kind */
    uint32_t id;
};

enum wasm_segment_mode { WASM_ACTIVE, WASM_PASSIVE, WASM_DECLARED };

struct wasm_elem {
    uint8_t mode, reftype;
    uint32_t table;
    Str offset; /* active: constant expression incl. end */
    uint32_t count;
    uint32_t *funcs; /* function ids (WASM_NONE = null), or NULL if given by expressions */
    Str *exprs;      /* constant expressions incl. end, or NULL */
    Str name;
};

struct wasm_data {
    uint8_t mode;
    uint32_t memory;
    Str offset;
    Str bytes;
    Str name;
};

struct wasm_custom {
    Str name, bytes;
    uint8_t after; /* id of the last non-custom section before it; its place in the output */
    bool removed;
    bool unread; /* content was not loaded (a dropped section) */
    uint64_t offset, size;
};

/* What the bodies use; filled by wasm_gc (live bodies only). */
struct wasm_uses {
    bool try_table, legacy_try, bulk_data; /* memory.init or data.drop: needs the data count section */
};

/* What code calls in place of memory.size and memory.grow of memory 0; these two functions themselves keep
 * the instructions. */
struct wasm_growth {
    uint32_t size, grow; /* functions of their types: () → i32, (i32) → i32 */
};

struct wasm_module {
    struct arena *arena;
    VEC(struct wasm_functype) types;
    VEC(struct wasm_func) funcs;
    VEC(struct wasm_table) tables;
    VEC(struct wasm_memory) memories;
    VEC(struct wasm_global) globals;
    VEC(struct wasm_tag) tags;
    VEC(struct wasm_export) exports;
    VEC(struct wasm_elem) elems;
    VEC(struct wasm_data) datas;
    VEC(struct wasm_custom) customs;
    uint32_t start;                   /* function id or WASM_NONE */
    const struct wasm_growth *growth; /* NULL: the instructions stay */
    bool has_data_count;
    struct wasm_names
        *names;      /* the rest of the name section (locals, labels, …), names.c's own; may be NULL */
    Str module_name; /* name section subsection 0 */
    /* Liveness by id, all NULL until wasm_gc: then only live entities are emitted. */
    bool *live[WASM_KINDS];
    bool *live_elems, *live_datas, *live_types;
    uint32_t live_len[WASM_KINDS], live_elems_len, live_datas_len,
        live_types_len;                   /* newer entities are live */
    struct wasm_table_slots *table_slots; /* index of the active element segments, lookup.h's own; NULL in
                                             a module that no parser made */
    struct wasm_type_index *type_index;   /* finds equal types, wasm_add_type's own; may be NULL */
    struct wasm_scans *scans;             /* what was found out about bodies (wasm/scan.h); may be NULL */
    uint32_t *func_uses; /* references to each function (live bodies), live_len[WASM_FUNC] of them */
    struct wasm_uses uses;
};

/* New entities. Each returns the id. Types are shared (equal types have one id). */
uint32_t wasm_add_type(struct wasm_module *m, const uint8_t *params, uint32_t nparams, const uint8_t *results,
                       uint32_t nresults);
uint32_t wasm_add_func(struct wasm_module *m, uint32_t type, Str body, Str name);
uint32_t wasm_add_func_import(struct wasm_module *m, Str module, Str name, uint32_t type);
uint32_t wasm_add_global(struct wasm_module *m, enum wasm_valtype type, bool is_mutable, Str init, Str name);
uint32_t wasm_add_table(struct wasm_module *m, enum wasm_valtype reftype, struct wasm_limits limits,
                        Str name);
uint32_t wasm_add_tag_import(struct wasm_module *m, Str module, Str name, uint32_t type);

/* Moves the definition of function f to a new id (returned), with its inline_code and local names; f must be
 * redefined by the caller at once. Both have the name afterwards. */
uint32_t wasm_func_move(struct wasm_module *m, uint32_t f);
/* Redefines f. */
void wasm_func_define(struct wasm_module *m, uint32_t f, uint32_t type, Str body);
void wasm_func_alias(struct wasm_module *m, uint32_t f, uint32_t to);
/* The function that f stands for (follows aliases). */
uint32_t wasm_func_resolve(const struct wasm_module *m, uint32_t f);
const struct wasm_functype *wasm_func_type(const struct wasm_module *m, uint32_t f);

/* Exports by name. wasm_export_find: NULL if there is none. Adding a name that exists is an ASSERT. */
struct wasm_export *wasm_export_find(struct wasm_module *m, Str name);
void wasm_export_add(struct wasm_module *m, Str name, enum wasm_kind kind, uint32_t id);
/* Removes all exports for which `drop` says so, keeping the order of the others. */
void wasm_export_remove(struct wasm_module *m, bool (*drop)(const struct wasm_export *, void *),
                        void *context);

/* The function that code of function `func` calls in place of the instruction, WASM_NONE if it stays. */
uint32_t wasm_growth_call(const struct wasm_module *m, uint32_t func, uint32_t opcode, uint32_t memory);

/* Custom sections by name; NULL if there is none (or it is removed). */
struct wasm_custom *wasm_custom_find(const struct wasm_module *m, Str name);

/* Whether the emitter will write the entity: all are live before the first wasm_gc, and those added after it.
 */
bool wasm_is_live(const struct wasm_module *m, enum wasm_kind kind, uint32_t id);

#endif
