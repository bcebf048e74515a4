/* What the files of the interpreter share. Private to src/meta/interp*.c.
 *
 * The interpreter does not rely on validation: every pop, local, label and index is checked, so that a
 * malformed module ends in an error. Failure is sticky: interp_trap records the first reason, and the run
 * loop stops after the instruction. */
#ifndef META_INTERP_INTERNAL_H
#define META_INTERP_INTERNAL_H

#include "base/buf.h"
#include "base/vec.h"
#include "meta/interp.h"
#include "wasm/lookup.h"
#include "wasm/op.h"

enum {
    INTERP_FUEL = 10 * 1000 * 1000, /* instructions of one run */
    INTERP_DEPTH = 1000,            /* nested calls */
    INTERP_STACK = 1024 * 1024,     /* values of all frames together */
    INTERP_LABELS = 100 * 1000,     /* blocks that may be open in all frames together */
    INTERP_WORDS = 100 * 1000,      /* words one run may print */
    INTERP_PAGES = 16 * 1024,       /* 4 KiB pages that all memories may materialise: 64 MiB */
    INTERP_PAGE_LOG2 = 12,
    INTERP_SLOTS = 1024, /* table slots that may be changed */
};
#define INTERP_TOTAL_FUEL ((int64_t)200 * 1000 * 1000) /* instructions of all runs */
#define INTERP_NULL UINT64_MAX                         /* a null reference in a value */

/* A value of any type. i32 and f32 occupy the low half, the rest is zero; v128 as its bytes in memory order.
 */
union interp_value {
    uint64_t u64;
    uint8_t bytes[16];
};

/* A block that has been entered. */
struct interp_label {
    size_t start;   /* offset of the block's opcode in the code */
    size_t height;  /* of the value stack below the block's parameters */
    uint32_t arity; /* values that a branch carries */
    bool is_loop;
};

struct interp_frame {
    uint32_t func;
    struct wasm_cursor cursor;
    size_t locals;  /* first local in the value stack */
    size_t nlocals; /* with parameters */
    size_t floor;   /* operands live at and above this height */
    size_t labels;  /* labels of callers */
    uint32_t nresults;
};

/* Where the parts of a function's blocks are, in order of their start; built at the first branch. */
struct interp_block {
    uint32_t start, alternative /* behind `else`, or 0 */, end /* behind `end` or `delegate`, or 0 */;
};
struct interp_control {
    VEC(struct interp_block) blocks;
};

struct interp_memory {
    uint64_t size, limit; /* bytes now and at most */
    uint64_t page_size;
    bool is64;
    uint8_t ***chunks; /* [address >> 22][address >> 12 & 1023]; NULL = never touched */
};

/* A table slot that a run changed, or elements that it added. */
struct interp_slot {
    uint32_t table;
    uint64_t index, value;
};

/* What a call of a function does. */
enum interp_role {
    ROLE_RUN,
    ROLE_SKIP,
    ROLE_DESCRIBE,
    ROLE_CLOSURE,
    ROLE_STOP,
    ROLE_INVOKE,
    ROLE_UNKNOWN,
};

struct interp {
    struct wasm_module *m;
    struct arena *arena; /* everything below; freed by interp_free */
    uint8_t *roles;      /* enum interp_role by function id */
    union interp_value *globals, *initial_globals;
    struct interp_memory *memories;
    struct interp_control **controls; /* by function id; NULL = not built */
    uint64_t *data_offsets;           /* of active data segments; UINT64_MAX = not known */
    size_t pages;                     /* materialised, and what finds them, in pages */
    VEC(struct interp_slot) slots;
    uint64_t *table_sizes;
    VEC(union interp_value) stack;
    VEC(struct interp_frame) frames;
    VEC(struct interp_label) labels;
    VEC(uint32_t) words;
    int64_t fuel, total_fuel;
    size_t floor;          /* of the running frame */
    bool stopped, closure; /* a marker was called: the run ends */
    uint32_t closure_index;
    Str reason; /* empty: nothing failed */
};

/* Records why the run fails (the first reason wins). */
void interp_trap(struct interp *in, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Pays for work that is more than one instruction; traps when the fuel is used up. */
void interp_spend(struct interp *in, uint64_t amount);

/* The value stack of the running frame. Popping below its floor traps and gives zero. */
void interp_push(struct interp *in, union interp_value value);
union interp_value interp_pop(struct interp *in);

static inline void interp_push_u64(struct interp *in, uint64_t value) {
    union interp_value wide = {.bytes = {0}};
    wide.u64 = value;
    interp_push(in, wide);
}
static inline uint64_t interp_pop_u64(struct interp *in) {
    return interp_pop(in).u64;
}
static inline uint32_t interp_pop_u32(struct interp *in) {
    return (uint32_t)interp_pop(in).u64;
}

/* interp_call.c */
void interp_find_roles(struct interp *in);
/* Calls a function id with the arguments on the stack; `tail` replaces the running frame. */
void interp_call(struct interp *in, uint32_t func, bool tail);
/* Enters a function's body. */
void interp_enter(struct interp *in, uint32_t func);
/* Leaves the running function: its results move to where its locals were. */
void interp_return(struct interp *in);

/* interp_control.c: one instruction each; false if the opcode is none of theirs. */
bool interp_control_op(struct interp *in, const struct wasm_op *op);
/* interp_memory.c, also atomics */
bool interp_memory_op(struct interp *in, const struct wasm_op *op);
bool interp_atomic_op(struct interp *in, const struct wasm_op *op);
/* interp_table.c */
bool interp_table_op(struct interp *in, const struct wasm_op *op);
uint64_t interp_table_get(struct interp *in, uint32_t table, uint64_t index);
/* interp_integer.c, interp_float.c, interp_simd.c */
bool interp_integer_op(struct interp *in, const struct wasm_op *op);
bool interp_float_op(struct interp *in, const struct wasm_op *op);
bool interp_simd_op(struct interp *in, const struct wasm_op *op);

/* Memory. Addresses are absolute; an access outside traps and reads zero. At most 8 bytes, little endian. */
void interp_memory_init(struct interp *in);
uint64_t interp_load(struct interp *in, uint32_t memory, uint64_t address, unsigned size);
void interp_store(struct interp *in, uint32_t memory, uint64_t address, unsigned size, uint64_t value);
/* Pops the address of an access and adds the instruction's offset. */
uint64_t interp_address(struct interp *in, const struct wasm_op *op);

#endif
