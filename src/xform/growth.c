#include "xform/code.h"
#include "xform/steps.h"

/* The module's own count: of the pages that memory really has, the last `ahead` ones have not been handed
 * out, if it still has the size `known`, which it got here. Otherwise the host has grown it meanwhile: then
 * those pages do not lie at the end, and are given up. */
struct count {
    uint32_t ahead, known; /* globals, i32 */
};

enum { PAGE_LOG2 = 16, NO_RESULT = 0x40 };

static uint32_t add_count(struct xform *x, Str name) {
    return wasm_add_global(x->m, WASM_I32, true, code_constant(x->arena, WASM_I32, 0), name);
}

/* Pushes whether the host has grown memory; memory.size is in the local. */
static void push_host_grew(struct code *c, const struct count *count, uint32_t real) {
    code_get(c, real);
    code_op1(c, WASM_OP_GLOBAL_GET, count->known);
    code_op(c, WASM_OP_I32_NE);
}

/* () → pages handed out. */
static Str size_body(struct xform *x, const struct count *count) {
    struct code c;
    code_begin(&c, x->arena, 0);
    uint32_t real = code_local(&c, WASM_I32);
    code_op1(&c, WASM_OP_MEMORY_SIZE, 0);
    code_tee(&c, real);
    code_const(&c, WASM_I32, 0);
    code_op1(&c, WASM_OP_GLOBAL_GET, count->ahead);
    push_host_grew(&c, count, real);
    code_op(&c, WASM_OP_SELECT);
    code_sub(&c, WASM_I32);
    return code_end(&c);
}

/* Pushes the larger or the smaller of two locals, as the comparison `op` says. */
static void push_either(struct code *c, uint32_t op, uint32_t a, uint32_t b) {
    code_get(c, a);
    code_get(c, b);
    code_get(c, a);
    code_get(c, b);
    code_op(c, op);
    code_op(c, WASM_OP_SELECT);
}

/* Begins `if`: memory cannot grow by so many pages. */
static void if_cannot_grow(struct code *c, uint32_t pages) {
    code_get(c, pages);
    code_op1(c, WASM_OP_MEMORY_GROW, 0);
    code_const(c, WASM_I32, -1);
    code_op(c, WASM_OP_I32_EQ);
    code_op1(c, WASM_OP_IF, NO_RESULT);
}

/* Obtains the pages that are missing for `n`, and more if there are more; returns −1 from the function if
 * there are not so many. Sizes are at most 65,536 pages, so that their percentage fits. */
static void obtain(struct code *c, const struct count *count, const struct growth *growth, uint32_t n,
                   uint32_t real) {
    uint32_t missing = code_local(c, WASM_I32), step = code_local(c, WASM_I32),
             most = code_local(c, WASM_I32);
    code_get(c, n);
    code_op1(c, WASM_OP_GLOBAL_GET, count->ahead);
    code_sub(c, WASM_I32);
    code_set(c, missing);
    code_get(c, real);
    code_const(c, WASM_I32, growth->percent);
    code_op(c, WASM_OP_I32_MUL);
    code_const(c, WASM_I32, 100);
    code_op(c, WASM_OP_I32_DIV_U);
    code_set(c, step);
    code_const(c, WASM_I32, growth->max_pages);
    code_set(c, most);
    push_either(c, WASM_OP_I32_LT_U, step, most);
    code_set(c, step);
    push_either(c, WASM_OP_I32_GT_U, step, missing);
    code_set(c, step);
    if_cannot_grow(c, step);
    if_cannot_grow(c, missing);
    code_const(c, WASM_I32, -1);
    code_op(c, WASM_OP_RETURN);
    code_op(c, WASM_OP_END);
    code_get(c, missing);
    code_set(c, step);
    code_op(c, WASM_OP_END);
    code_op1(c, WASM_OP_GLOBAL_GET, count->ahead);
    code_get(c, step);
    code_add(c, WASM_I32);
    code_op1(c, WASM_OP_GLOBAL_SET, count->ahead);
}

/* (n) → pages handed out before, and n more of them now; −1 if there are not so many. */
static Str grow_body(struct xform *x, const struct count *count) {
    struct code c;
    code_begin(&c, x->arena, 1);
    uint32_t n = 0, real = code_local(&c, WASM_I32);
    code_op1(&c, WASM_OP_MEMORY_SIZE, 0);
    code_set(&c, real);
    push_host_grew(&c, count, real);
    code_op1(&c, WASM_OP_IF, NO_RESULT);
    code_const(&c, WASM_I32, 0);
    code_op1(&c, WASM_OP_GLOBAL_SET, count->ahead);
    code_op(&c, WASM_OP_END);
    code_get(&c, n);
    code_op1(&c, WASM_OP_GLOBAL_GET, count->ahead);
    code_op(&c, WASM_OP_I32_GT_U);
    code_op1(&c, WASM_OP_IF, NO_RESULT);
    obtain(&c, count, &x->settings->growth, n, real);
    code_op(&c, WASM_OP_END);
    code_op1(&c, WASM_OP_MEMORY_SIZE, 0);
    code_tee(&c, real);
    code_op1(&c, WASM_OP_GLOBAL_SET, count->known);
    code_get(&c, real);
    code_op1(&c, WASM_OP_GLOBAL_GET, count->ahead);
    code_sub(&c, WASM_I32);
    code_op1(&c, WASM_OP_GLOBAL_GET, count->ahead);
    code_get(&c, n);
    code_sub(&c, WASM_I32);
    code_op1(&c, WASM_OP_GLOBAL_SET, count->ahead);
    return code_end(&c);
}

/* Other threads would need their own count, and 64-bit memories other instructions. */
static bool is_usual(const struct wasm_module *m) {
    if (m->memories.len == 0)
        return false;
    const struct wasm_limits *limits = &m->memories.items[0].limits;
    return !limits->shared && !limits->is64 &&
           (!limits->has_page_size || limits->page_size_log2 == PAGE_LOG2);
}

void xform_growth(struct xform *x) {
    if (!x->settings->growth.percent || !is_usual(x->m))
        return;
    const uint8_t i32 = WASM_I32;
    struct count count = {add_count(x, STR("pages_ahead")), add_count(x, STR("pages_known"))};
    struct wasm_growth *growth = ARENA_NEW(x->arena, struct wasm_growth);
    growth->size =
        wasm_add_func(x->m, wasm_add_type(x->m, NULL, 0, &i32, 1), size_body(x, &count), STR("memory_size"));
    growth->grow =
        wasm_add_func(x->m, wasm_add_type(x->m, &i32, 1, &i32, 1), grow_body(x, &count), STR("memory_grow"));
    x->m->growth = growth;
}
