/* A small module put together by hand: bodies are bytes (locals, instructions, `end`). Imports come first. */
#ifndef META_FIXTURE_H
#define META_FIXTURE_H

#include "unit.h"

#include "base/buf.h"
#include "wasm/lookup.h"
#include "wasm/op.h"

struct fixture {
    struct arena *arena;
    struct diag diag;
    struct wasm_module m;
};

#define PLACEHOLDER "__wbindgen_placeholder__"
#define END 0x0B

/* A slice of the bytes given. */
#define BODY(...)                                                                                            \
    ((Str){(const char *)(const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})})

static inline struct fixture *setup(void) {
    struct arena *arena = arena_new();
    struct fixture *f = ARENA_NEW(arena, struct fixture);
    f->arena = f->m.arena = arena;
    f->m.start = WASM_NONE;
    f->m.table_slots = wasm_table_slots_new(arena);
    diag_init(&f->diag, arena);
    return f;
}

static inline void teardown(struct fixture *f) {
    arena_free(f->arena);
}

/* A type from letters: i I f F v = i32 i64 f32 f64 v128. */
static inline uint32_t type_of(struct fixture *f, const char *params, const char *results) {
    static const char letters[] = "iIfFv";
    static const uint8_t types[] = {WASM_I32, WASM_I64, WASM_F32, WASM_F64, WASM_V128};
    uint8_t p[16], r[16];
    for (size_t i = 0; params[i]; i++)
        p[i] = types[strchr(letters, params[i]) - letters];
    for (size_t i = 0; results[i]; i++)
        r[i] = types[strchr(letters, results[i]) - letters];
    return wasm_add_type(&f->m, p, (uint32_t)strlen(params), r, (uint32_t)strlen(results));
}

static inline uint32_t add_import(struct fixture *f, const char *module, const char *name, const char *params,
                                  const char *results) {
    return wasm_add_func_import(&f->m, str_from(module), str_from(name), type_of(f, params, results));
}

/* The import that prints a word; by convention function 0. */
static inline uint32_t add_describe(struct fixture *f) {
    return add_import(f, PLACEHOLDER, "__wbindgen_describe", "i", "");
}

static inline uint32_t add_func(struct fixture *f, const char *params, const char *results, Str body) {
    return wasm_add_func(&f->m, type_of(f, params, results), str_copy(f->arena, body), STR(""));
}

static inline void add_memory(struct fixture *f, uint64_t pages) {
    struct wasm_memory memory = {.def = WASM_DEFINED, .limits = {.min = pages}};
    vec_push(f->arena, &f->m.memories, memory);
}

static inline void add_data(struct fixture *f, Str offset, Str bytes) {
    struct wasm_data data = {.offset = str_copy(f->arena, offset), .bytes = str_copy(f->arena, bytes)};
    vec_push(f->arena, &f->m.datas, data);
}

/* A function table whose slots from `at` on hold the functions. */
static inline void add_table(struct fixture *f, uint8_t at, const uint32_t *funcs, uint32_t count) {
    struct wasm_limits limits = {.min = at + count};
    uint32_t table = wasm_add_table(&f->m, WASM_FUNCREF, limits, STR(""));
    struct wasm_elem elem = {.table = table, .reftype = WASM_FUNCREF, .count = count};
    elem.offset = str_copy(f->arena, BODY(WASM_OP_I32_CONST, at, END));
    elem.funcs = arena_copy(f->arena, funcs, count * sizeof *funcs);
    vec_push(f->arena, &f->m.elems, elem);
}

static inline uint32_t add_stack_pointer(struct fixture *f) {
    return wasm_add_global(&f->m, WASM_I32, true, STR("\x41\x80\x80\x04\x0B"),
                           STR("__stack_pointer")); /* 65536 */
}

static inline void assert_mentions(const struct fixture *f, const char *text) {
    Str words = str_from(text), message = f->diag.message;
    bool found = str_find(message, words) < message.len;
    for (vec_each(const Str, context, &f->diag.contexts))
        found = found || str_find(*context, words) < context->len;
    if (!f->diag.failed || !found) {
        diag_print(&f->diag, stderr);
        fail_msg("the error does not mention '%s'", text);
    }
}

#endif
