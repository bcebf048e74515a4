/* Who calls a function. */
#ifndef WASM_CALLERS_H
#define WASM_CALLERS_H

#include "base/vec.h"
#include "wasm/module.h"

struct wasm_caller {
    uint32_t func;
    uint32_t calls; /* direct calls and tail calls in its body; at least 1 */
};

struct wasm_callers {
    VEC(struct wasm_caller) items; /* ascending ids, in the module's arena */
};

/* All direct calls of the module, by the function that is called (aliases resolved). */
struct wasm_call_graph {
    const uint32_t *callers; /* a function for each call instruction that is in it */
    const uint32_t *first;   /* by id, and one more: those that call it are callers[first[id]] to
                                callers[first[id + 1] - 1] */
};

/* Scans all bodies; the scans stay with the module, so that liveness need not do it again. NULL (the reason
 * in diag) if one is malformed. In the module's arena. */
const struct wasm_call_graph *wasm_call_graph(struct wasm_module *m, struct diag *diag);

/* The functions of the module whose bodies have direct calls of one of `ids` (as they stand there: aliases
 * are ids of their own). Only bodies that contain the bytes of such a call are decoded, so the cost is a
 * search over the code. False if one of them is malformed. */
bool wasm_find_callers(struct wasm_module *m, const uint32_t *ids, size_t nids, struct wasm_callers *out,
                       struct diag *diag);

#endif
