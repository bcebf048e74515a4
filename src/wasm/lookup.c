#include "wasm/lookup.h"

#include "wasm/op.h"

enum { MAX_STACK = 64, MAX_GLOBAL_CHAIN = 16, MAX_GLOBALS_READ = 16 };

/* Bounds of one evaluation: length of a chain of globals, and how many are read in all. */
struct bounds {
    unsigned depth, reads;
};

static bool evaluate(const struct wasm_module *m, Str expr, struct bounds *bounds, int64_t *out);

static bool global_value(const struct wasm_module *m, uint32_t id, struct bounds *bounds, int64_t *out) {
    if (id >= m->globals.len)
        return false;
    const struct wasm_global *global = &m->globals.items[id];
    *out = 0;
    if (global->def == WASM_IMPORTED)
        return true;
    if (bounds->depth == MAX_GLOBAL_CHAIN || bounds->reads++ == MAX_GLOBALS_READ)
        return false;
    bounds->depth++;
    bool good = evaluate(m, global->init, bounds, out);
    bounds->depth--;
    return good;
}

/* add, sub, mul of both widths, in wrapping arithmetic. */
static bool arithmetic(uint32_t code, uint64_t a, uint64_t b, int64_t *out) {
    switch (code) {
    case WASM_OP_I32_ADD:
    case WASM_OP_I64_ADD:
        a += b;
        break;
    case WASM_OP_I32_SUB:
    case WASM_OP_I64_SUB:
        a -= b;
        break;
    case WASM_OP_I32_MUL:
    case WASM_OP_I64_MUL:
        a *= b;
        break;
    default:
        return false;
    }
    bool narrow = code == WASM_OP_I32_ADD || code == WASM_OP_I32_SUB || code == WASM_OP_I32_MUL;
    *out = narrow ? (int32_t)(uint32_t)a : (int64_t)a;
    return true;
}

static bool evaluate(const struct wasm_module *m, Str expr, struct bounds *bounds, int64_t *out) {
    int64_t stack[MAX_STACK];
    size_t n = 0;
    struct wasm_cursor cursor = {.code = expr};
    for (struct wasm_op op; wasm_next(&cursor, &op);) {
        if (op.code == WASM_OP_END)
            break;
        if (n == MAX_STACK)
            return false;
        if (op.code == WASM_OP_I32_CONST || op.code == WASM_OP_I64_CONST) {
            stack[n++] = op.value;
        } else if (op.code == WASM_OP_GLOBAL_GET) {
            if (!global_value(m, op.a, bounds, &stack[n++]))
                return false;
        } else {
            if (n < 2 || !arithmetic(op.code, (uint64_t)stack[n - 2], (uint64_t)stack[n - 1], &stack[n - 2]))
                return false;
            n--;
        }
    }
    if (cursor.failed || n != 1)
        return false;
    *out = stack[0];
    return true;
}

bool wasm_const_value(const struct wasm_module *m, Str expr, int64_t *out) {
    struct bounds bounds = {0};
    return evaluate(m, expr, &bounds, out);
}

/* What code that moves a stack pointer can be written for. */
static bool is_mutable_integer(const struct wasm_global *global) {
    return global->is_mutable && (global->valtype == WASM_I32 || global->valtype == WASM_I64);
}

static bool could_be_stack_pointer(const struct wasm_module *m, const struct wasm_global *global) {
    int64_t value;
    return global->def == WASM_DEFINED && is_mutable_integer(global) &&
           wasm_const_value(m, global->init, &value) && value != 0;
}

uint32_t wasm_stack_pointer(const struct wasm_module *m) {
    uint32_t candidates = 0, first = WASM_NONE;
    for (uint32_t i = 0; i < m->globals.len; i++)
        if (is_mutable_integer(&m->globals.items[i]) &&
            str_eq(m->globals.items[i].name, STR("__stack_pointer")))
            return i;
    for (uint32_t i = 0; i < m->globals.len; i++) {
        const struct wasm_global *global = &m->globals.items[i];
        if (global->def == WASM_IMPORTED && is_mutable_integer(global) &&
            str_eq(global->import->module, STR("env")) &&
            str_eq(global->import->name, STR("__stack_pointer")))
            return i;
        if (could_be_stack_pointer(m, global) && candidates++ == 0)
            first = i;
    }
    return candidates <= 2 ? first : WASM_NONE;
}

uint32_t wasm_function_table(const struct wasm_module *m) {
    uint32_t found = WASM_NONE;
    for (uint32_t i = 0; i < m->tables.len; i++) {
        if (m->tables.items[i].reftype != WASM_FUNCREF)
            continue;
        if (found != WASM_NONE)
            return WASM_NONE;
        found = i;
    }
    return found;
}

uint32_t wasm_elem_func(const struct wasm_elem *elem, uint32_t i) {
    if (elem->funcs)
        return elem->funcs[i];
    struct wasm_cursor cursor = {.code = elem->exprs[i]};
    struct wasm_op op;
    return wasm_next(&cursor, &op) && op.code == WASM_OP_REF_FUNC ? op.a : WASM_NONE;
}
