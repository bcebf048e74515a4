/* Small modules put together by hand, and what the tests of src/wasm do with them. */
#ifndef ASSEMBLE_H
#define ASSEMBLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "wasm/emit.h"
#include "wasm/gc.h"
#include "wasm/lookup.h"
#include "wasm/op.h"
#include "wasm/parse.h"

#define BYTES(...) ((Str){(const char *)(const uint8_t[]){__VA_ARGS__}, sizeof(const uint8_t[]){__VA_ARGS__}})
#define PAD(n) 0x80 | (n), 0x80, 0x80, 0x80, 0x00 /* padded to five bytes as linkers do */

/* A test's world: everything lives in one arena. */
struct world {
    struct arena *arena;
    struct diag diag;
    struct buf input, output;
    struct wasm_module m;
};

static inline int world_setup(void **state) {
    struct world *w = test_calloc(1, sizeof *w);
    w->arena = arena_new();
    diag_init(&w->diag, w->arena);
    *state = w;
    return 0;
}

static inline int world_teardown(void **state) {
    struct world *w = *state;
    buf_free(&w->input);
    buf_free(&w->output);
    arena_free(w->arena);
    test_free(w);
    return 0;
}

static inline void section(struct world *w, uint8_t id, Str content) {
    if (!w->input.len)
        buf_bytes(&w->input, "\0asm\1\0\0", 8);
    buf_byte(&w->input, id);
    buf_uleb(&w->input, content.len);
    buf_str(&w->input, content);
}

static inline void custom(struct world *w, Str name, Str content) {
    struct buf b = {0};
    buf_uleb(&b, name.len);
    buf_str(&b, name);
    buf_str(&b, content);
    section(w, 0, buf_view(&b));
    buf_free(&b);
}

/* Three types: nothing, i32 to i32, nothing to two i32. */
static inline void types(struct world *w) {
    section(w, 1, BYTES(3, 0x60, 0, 0, 0x60, 1, 0x7F, 1, 0x7F, 0x60, 0, 2, 0x7F, 0x7F));
}

/* The code section: one body per argument, each with its size. */
static inline void code_section(struct world *w, size_t count, const Str *bodies) {
    struct buf b = {0};
    buf_uleb(&b, count);
    for (size_t i = 0; i < count; i++) {
        buf_uleb(&b, bodies[i].len);
        buf_str(&b, bodies[i]);
    }
    section(w, 10, buf_view(&b));
    buf_free(&b);
}

static inline bool parse(struct world *w) {
    w->diag.failed = false;
    return wasm_parse(&w->m, w->arena, buf_view(&w->input), (struct wasm_parse_options){0}, &w->diag);
}

static inline void must_parse(struct world *w) {
    if (!parse(w))
        fail_msg("does not parse: %.*s", STR_ARG(w->diag.message));
}

static inline void must_gc(struct world *w) {
    if (!wasm_gc(&w->m, NULL, 0, &w->diag))
        fail_msg("gc: %.*s", STR_ARG(w->diag.message));
}

/* Emits the module and reads the result back into w->m. */
static inline void must_emit(struct world *w) {
    buf_clear(&w->output);
    if (!wasm_emit(&w->m, &w->output, &w->diag))
        fail_msg("emit: %.*s", STR_ARG(w->diag.message));
    struct buf swap = w->input;
    w->input = w->output;
    w->output = swap;
    must_parse(w);
}

static inline void assert_str(Str actual, Str expected) {
    if (!str_eq(actual, expected)) {
        print_error("actual (%zu bytes):", actual.len);
        for (size_t i = 0; i < actual.len; i++)
            print_error(" %02x", (unsigned char)actual.ptr[i]);
        print_error("\nexpected (%zu bytes):", expected.len);
        for (size_t i = 0; i < expected.len; i++)
            print_error(" %02x", (unsigned char)expected.ptr[i]);
        fail_msg("different bytes");
    }
}

static inline void assert_contains(Str text, const char *part) {
    if (str_find(text, str_from(part)) == text.len)
        fail_msg("\"%.*s\" does not contain \"%s\"", STR_ARG(text), part);
}

#define WORLD_TEST(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

#endif
