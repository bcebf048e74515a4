/* The interpreter: set-up, value stack and run loop. */
#include "meta/interp_internal.h"

void interp_trap(struct interp *in, const char *format, ...) {
    if (in->reason.len)
        return;
    struct buf text = {.limit = 1024};
    va_list args;
    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    in->reason = text.len ? buf_copy(in->arena, &text) : STR("failed");
    buf_free(&text);
}

void interp_spend(struct interp *in, uint64_t amount) {
    if (amount <= (uint64_t)in->fuel) {
        in->fuel -= (int64_t)amount;
        return;
    }
    in->fuel = 0;
    interp_trap(in, "it does not come to an end (gave up after %d instructions)", INTERP_FUEL);
}

void interp_push(struct interp *in, union interp_value value) {
    if (in->stack.len >= INTERP_STACK)
        interp_trap(in, "the value stack overflows");
    else
        vec_push(in->arena, &in->stack, value);
}

union interp_value interp_pop(struct interp *in) {
    if (in->stack.len > in->floor)
        return in->stack.items[--in->stack.len];
    interp_trap(in, "the value stack is empty");
    return (union interp_value){.bytes = {0}};
}

/* A global's initial value: zero for imports and for what is not a constant we can tell. */
static union interp_value initial_value(const struct wasm_module *m, const struct wasm_global *global) {
    union interp_value value = {.bytes = {0}};
    int64_t number;
    struct wasm_op op;
    struct wasm_cursor cursor = {.code = global->init};
    if (global->def != WASM_DEFINED)
        return value;
    if (wasm_const_value(m, global->init, &number))
        value.u64 = global->valtype == WASM_I32 ? (uint32_t)number : (uint64_t)number;
    else if (wasm_next(&cursor, &op) && op.code == WASM_OP_V128_CONST)
        memcpy(value.bytes, op.raw.ptr, 16);
    else if (op.code == WASM_OP_F32_CONST || op.code == WASM_OP_F64_CONST)
        value.u64 = (uint64_t)op.value;
    else if (op.code == WASM_OP_REF_NULL || op.code == WASM_OP_REF_FUNC)
        value.u64 = op.code == WASM_OP_REF_NULL ? INTERP_NULL : op.a;
    return value;
}

/* An imported stack pointer starts at the top of memory (docs/upstream/descriptors.md 4.1). */
static void init_globals(struct interp *in) {
    struct wasm_module *m = in->m;
    uint32_t pointer = wasm_stack_pointer(m);
    in->globals = ARENA_ARRAY(in->arena, m->globals.len, union interp_value);
    in->initial_globals = ARENA_ARRAY(in->arena, m->globals.len, union interp_value);
    for (size_t i = 0; i < m->globals.len; i++)
        in->initial_globals[i] = initial_value(m, &m->globals.items[i]);
    if (pointer < m->globals.len && m->globals.items[pointer].def == WASM_IMPORTED && m->memories.len)
        in->initial_globals[pointer].u64 = in->memories[0].size;
}

/* An imported table may be larger than it has to be. */
static uint64_t table_size(const struct wasm_table *table) {
    return table->def == WASM_IMPORTED ? UINT32_MAX : table->limits.min;
}

struct interp *interp_new(struct wasm_module *m) {
    struct arena *own = arena_new();
    struct interp *in = ARENA_NEW(own, struct interp);
    in->m = m;
    in->arena = own;
    in->total_fuel = INTERP_TOTAL_FUEL;
    in->controls = ARENA_ARRAY(own, m->funcs.len, struct interp_control *);
    in->table_sizes = ARENA_ARRAY(own, m->tables.len, uint64_t);
    for (size_t i = 0; i < m->tables.len; i++)
        in->table_sizes[i] = table_size(&m->tables.items[i]);
    interp_memory_init(in);
    init_globals(in);
    interp_find_roles(in);
    return in;
}

void interp_free(struct interp *in) {
    if (in)
        arena_free(in->arena);
}

static void run_op(struct interp *in, const struct wasm_op *op) {
    static bool (*const families[])(struct interp *, const struct wasm_op *) = {
        interp_control_op, interp_memory_op, interp_integer_op, interp_float_op,
        interp_table_op,   interp_simd_op,   interp_atomic_op,
    };
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (families[i](in, op))
            return;
    interp_trap(in, "the instruction is not supported here");
}

/* Most instructions have no operand, an index, or a number. These are decoded here because
 * wasm_next, which knows all shapes, takes several times as long. */
enum short_form {
    OTHER,
    BARE,
    INDEX,
    SIGNED,
};

static const uint8_t short_forms[256] = {
    [WASM_OP_NOP] = BARE,         [WASM_OP_END] = BARE,         [WASM_OP_BR] = INDEX,
    [WASM_OP_BR_IF] = INDEX,      [WASM_OP_RETURN] = BARE,      [WASM_OP_CALL] = INDEX,
    [WASM_OP_DROP] = BARE,        [WASM_OP_LOCAL_GET] = INDEX,  [WASM_OP_LOCAL_SET] = INDEX,
    [WASM_OP_LOCAL_TEE] = INDEX,  [WASM_OP_GLOBAL_GET] = INDEX, [WASM_OP_GLOBAL_SET] = INDEX,
    [WASM_OP_I32_CONST] = SIGNED, [WASM_OP_I32_ADD] = BARE,     [WASM_OP_I32_SUB] = BARE,
};

static bool next_short(struct wasm_cursor *cursor, struct wasm_op *op) {
    const uint8_t *p = (const uint8_t *)cursor->code.ptr + cursor->at;
    if (cursor->code.len - cursor->at < 6 || short_forms[*p] == OTHER)
        return false;
    uint64_t number = 0;
    unsigned bytes = 0;
    if (short_forms[*p] != BARE) {
        do { /* up to five bytes: linkers write indices so */
            number |= (uint64_t)(p[bytes + 1] & 0x7F) << (7 * bytes);
        } while (p[++bytes] >= 0x80 && bytes < 5);
    }
    if (bytes && p[bytes] >= 0x80)
        return false;
    *op = (struct wasm_op){.code = *p, .at = cursor->at, .a = (uint32_t)number};
    if (short_forms[*p] == SIGNED)
        op->value = (int64_t)(number << (64 - 7 * bytes)) >> (64 - 7 * bytes);
    cursor->at += 1 + bytes;
    return true;
}

/* One instruction; its place is left in *func and *op for the error message. */
static void step(struct interp *in, uint32_t *func, struct wasm_op *op) {
    struct interp_frame *frame = &in->frames.items[in->frames.len - 1];
    *func = frame->func;
    if (!next_short(&frame->cursor, op) && !wasm_next(&frame->cursor, op)) {
        *op = (struct wasm_op){.code = UINT32_MAX, .at = frame->cursor.at};
        interp_trap(in, "%s", frame->cursor.reason ? frame->cursor.reason : "the body has no end");
        return;
    }
    interp_spend(in, 1 + op->raw.len / 16);
    if (!in->reason.len)
        run_op(in, op);
}

static bool report(struct interp *in, uint32_t func, const struct wasm_op *op, struct diag *diag) {
    const struct wasm_func *f = &in->m->funcs.items[func];
    const char *text = op->code == UINT32_MAX ? NULL : wasm_op_text(op->code);
    Str locals, code = {NULL, 0}, name = f->name;
    uint32_t nlocals;
    bool placed = f->def == WASM_DEFINED && wasm_body_split(f->body, &locals, &code, &nlocals);
    uint64_t offset = f->offset + (placed ? (uint64_t)(code.ptr - f->body.ptr) : 0) + op->at;
    diag_fail(diag, "%.*s", STR_ARG(in->reason));
    return diag_context(diag, "interpreting function %u%s%.*s%s at offset 0x%llx%s%s", func,
                        name.len ? " `" : "", STR_ARG(name), name.len ? "`" : "", (unsigned long long)offset,
                        text ? ", instruction " : "", text ? text : "");
}

/* Globals start afresh, which also restores the stack pointer of a run that stopped midway. */
static void start_run(struct interp *in) {
    in->stack.len = in->frames.len = in->labels.len = in->words.len = in->floor = 0;
    in->stopped = in->closure = false;
    in->reason = (Str){"", 0};
    in->fuel = in->total_fuel < INTERP_FUEL ? in->total_fuel : INTERP_FUEL;
    in->total_fuel -= in->fuel;
    if (in->m->globals.len)
        memcpy(in->globals, in->initial_globals, in->m->globals.len * sizeof *in->globals);
}

bool interp_run(struct interp *in, uint32_t func, struct interp_result *out, struct diag *diag) {
    struct wasm_op op = {.code = UINT32_MAX};
    uint32_t at = func = wasm_func_resolve(in->m, func);
    start_run(in);
    const struct wasm_functype *type = wasm_func_type(in->m, func);
    for (uint32_t i = 0; i < type->nparams; i++)
        interp_push_u64(in, 0);
    if (in->m->funcs.items[func].def != WASM_DEFINED)
        interp_trap(in, "it is imported");
    else
        interp_enter(in, func);
    while (in->frames.len && !in->reason.len && !in->stopped && !in->closure)
        step(in, &at, &op);
    in->total_fuel += in->fuel;
    if (in->reason.len)
        return report(in, at, &op, diag);
    *out =
        (struct interp_result){in->words.items, in->words.len, in->stopped, in->closure, in->closure_index};
    return true;
}
