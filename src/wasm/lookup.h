/* Questions about a module that several passes ask. */
#ifndef WASM_LOOKUP_H
#define WASM_LOOKUP_H

#include "wasm/module.h"

/* The shadow stack pointer global or WASM_NONE (docs/upstream/transforms.md 2), always a mutable i32 or i64:
 * by name `__stack_pointer`; else imported `env.__stack_pointer`; else the only (of two: the first) local one
 * with a non-zero initialiser. */
uint32_t wasm_stack_pointer(const struct wasm_module *m);

/* The single funcref table or WASM_NONE if there is none or more than one. */
uint32_t wasm_function_table(const struct wasm_module *m);

/* The function at an index of a table, from its active segments; WASM_NONE if null, empty or not known.
 * (docs/upstream/descriptors.md 4.7) */
uint32_t wasm_table_entry(const struct wasm_module *m, uint32_t table, uint32_t index);
/* An empty index for m->table_slots, which wasm_table_entry fills when it is first needed. */
struct wasm_table_slots *wasm_table_slots_new(struct arena *arena);
/* Empties that slot (split segments / null entries). Returns whether it was found. */
bool wasm_table_clear(struct wasm_module *m, uint32_t table, uint32_t index);

/* The function in slot `i` of a segment; WASM_NONE if it holds null or anything else. */
uint32_t wasm_elem_func(const struct wasm_elem *elem, uint32_t i);

/* Value of a constant expression over i32/i64.const, global.get, add, sub, mul. Imported globals count as 0.
 */
bool wasm_const_value(const struct wasm_module *m, Str expr, int64_t *out);

/* target_features custom section (docs/upstream/wire-format.md 10.2). `wasm_feature_listed`: prefix other
 * than '-'. */
bool wasm_feature_listed(const struct wasm_module *m, Str feature);
void wasm_feature_add(struct wasm_module *m, Str feature);

/* producers custom section: sets field/name to value (tool conventions, ProducersSection). Malformed content
 * stays as it is, with a warning. */
void wasm_producers_set(struct wasm_module *m, Str field, Str name, Str value, struct diag *diag);

#endif
