/* The interpreter on hand-assembled functions. Function 0 is the import that prints a word. */
#include "fixture.h"

#include "meta/interp.h"

#define I32 0x41
#define CALL 0x10
#define PRINT CALL, 0
#define GET 0x20
#define SET 0x21
#define TEE 0x22
#define NO_LOCALS 0
#define VOID 0x40
#define T_I32 0x7F
#define T_I64 0x7E

static bool run(struct fixture *f, uint32_t func, struct interp_result *result) {
    struct interp *interp = interp_new(&f->m);
    bool ok = interp_run(interp, func, result, &f->diag);
    if (ok)
        result->words = arena_copy(f->arena, result->words, result->nwords * sizeof *result->words);
    interp_free(interp);
    return ok;
}

static void assert_words(struct fixture *f, uint32_t func, const uint32_t *words, size_t n) {
    struct interp_result result;
    if (!run(f, func, &result)) {
        diag_print(&f->diag, stderr);
        fail();
    }
    assert_int_equal(result.nwords, n);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(result.words[i], words[i]);
}

#define PRINTS(f, func, ...)                                                                                 \
    assert_words(f, func, (const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / 4)

/* Runs one function with this body, expecting these words. */
#define BODY_PRINTS(body, ...)                                                                               \
    do {                                                                                                     \
        struct fixture *x = setup();                                                                         \
        add_describe(x);                                                                                     \
        add_memory(x, 1);                                                                                    \
        uint32_t func_ = add_func(x, "", "", body);                                                          \
        PRINTS(x, func_, __VA_ARGS__);                                                                       \
        teardown(x);                                                                                         \
    } while (0)

static void assert_body_fails(Str body, const char *reason) {
    struct fixture *f = setup();
    struct interp_result result;
    add_describe(f);
    add_memory(f, 1);
    uint32_t func = add_func(f, "", "", body);
    assert_false(run(f, func, &result));
    assert_mentions(f, reason);
    teardown(f);
}

static void straight_code(void **state) {
    (void)state;
    BODY_PRINTS(BODY(NO_LOCALS, I32, 7, PRINT, I32, 9, PRINT, END), 7, 9);
    BODY_PRINTS(BODY(1, 2, T_I32, I32, 5, TEE, 0, SET, 1, GET, 1, GET, 0, 0x6A, PRINT, END), 10);
    BODY_PRINTS(BODY(NO_LOCALS, I32, 1, I32, 2, I32, 0, 0x1B, PRINT, I32, 3, 0x1A, 0x01, END), 2);
    BODY_PRINTS(BODY(NO_LOCALS, I32, 1, PRINT, 0x0F, I32, 2, PRINT, END), 1);
    BODY_PRINTS(BODY(NO_LOCALS, I32, 1, I32, 2, I32, 1, 0x1C, 1, T_I32, PRINT, END), 1);
}

/* The sum of 10 … 1. */
static void loops(void **state) {
    (void)state;
    BODY_PRINTS(BODY(1, 2, T_I32, I32, 10, SET, 0, 0x03, VOID, GET, 1, GET, 0, 0x6A, SET, 1, GET, 0, I32, 1,
                     0x6B, TEE, 0, 0x0D, 0, END, GET, 1, PRINT, END),
                55);
    /* a branch out of two blocks from inside of a loop */
    BODY_PRINTS(BODY(1, 1, T_I32, 0x02, VOID, 0x03, VOID, GET, 0, I32, 1, 0x6A, TEE, 0, I32, 3, 0x46, 0x0D, 1,
                     0x0C, 0, END, I32, 99, PRINT, END, GET, 0, PRINT, END),
                3);
}

static void branches_carry_values(void **state) {
    (void)state;
    BODY_PRINTS(BODY(NO_LOCALS, 0x02, T_I32, I32, 1, I32, 2, I32, 3, 0x0C, 0, END, PRINT, END), 3);
    BODY_PRINTS(BODY(NO_LOCALS, I32, 1, 0x04, T_I32, I32, 5, 0x05, I32, 6, END, PRINT, END), 5);
    BODY_PRINTS(BODY(NO_LOCALS, I32, 0, 0x04, T_I32, I32, 5, 0x05, I32, 6, END, PRINT, END), 6);
    BODY_PRINTS(BODY(NO_LOCALS, I32, 0, 0x04, VOID, I32, 5, PRINT, END, I32, 6, PRINT, END), 6);
    BODY_PRINTS(BODY(NO_LOCALS, I32, 4, PRINT, 0x0C, 0, I32, 5, PRINT, END),
                4); /* to the function's own label */
}

static void blocks_with_parameters(void **state) {
    (void)state;
    struct fixture *f = setup();
    add_describe(f);
    uint8_t swap = (uint8_t)type_of(f, "ii", "ii");
    /* i32 i32 block(ii → ii) swaps through locals, leaves by a branch */
    uint32_t func = add_func(f, "", "",
                             BODY(1, 2, T_I32, I32, 1, I32, 2, 0x02, swap, SET, 0, SET, 1, I32, 77, GET, 0,
                                  GET, 1, 0x0C, 0, END, PRINT, PRINT, END));
    PRINTS(f, func, 1, 2);
    teardown(f);
}

static void br_table(void **state) {
    (void)state;
    struct fixture *f = setup();
    add_describe(f);
    uint32_t pick =
        add_func(f, "i", "",
                 BODY(NO_LOCALS, 0x02, VOID, 0x02, VOID, 0x02, VOID, GET, 0, 0x0E, 2, 0, 1, 2, END, I32, 10,
                      PRINT, 0x0F, END, I32, 20, PRINT, 0x0F, END, I32, 30, PRINT, END));
    uint8_t p = (uint8_t)pick;
    uint32_t func =
        add_func(f, "", "",
                 BODY(NO_LOCALS, I32, 0, CALL, p, I32, 1, CALL, p, I32, 2, CALL, p, I32, 0x7F, CALL, p, END));
    PRINTS(f, func, 10, 20, 30, 30);
    teardown(f);
}

/* Nothing throws, so handlers are passed by. */
static void exception_handling(void **state) {
    (void)state;
    BODY_PRINTS(BODY(NO_LOCALS, 0x02, VOID, 0x1F, VOID, 1, 2, 0, I32, 1, PRINT, END, I32, 2, PRINT, END, END),
                1, 2);
    BODY_PRINTS(BODY(NO_LOCALS, 0x06, VOID, I32, 1, PRINT, 0x19, I32, 2, PRINT, END, I32, 3, PRINT, END), 1,
                3);
    BODY_PRINTS(
        BODY(NO_LOCALS, 0x06, VOID, I32, 1, PRINT, 0x07, 0, I32, 2, PRINT, 0x19, END, I32, 3, PRINT, END), 1,
        3);
    BODY_PRINTS(BODY(NO_LOCALS, 0x06, VOID, 0x06, VOID, I32, 1, 0x0D, 1, 0x18, 0, I32, 2, PRINT, 0x19, END,
                     I32, 3, PRINT, END),
                3);
    assert_body_fails(BODY(NO_LOCALS, 0x08, 0, END), "an exception is thrown");
}

static void calls(void **state) {
    (void)state;
    struct fixture *f = setup();
    add_describe(f);
    uint8_t sub = (uint8_t)add_func(f, "ii", "i", BODY(NO_LOCALS, GET, 0, GET, 1, 0x6B, END));
    uint8_t tail = (uint8_t)add_func(f, "", "i", BODY(1, 3, T_I32, I32, 1, I32, 9, I32, 4, 0x12, sub, END));
    uint32_t func =
        add_func(f, "", "", BODY(NO_LOCALS, I32, 100 & 0x3F, CALL, tail, PRINT, PRINT, I32, 7, 0x12, 0, END));
    PRINTS(f, func, 5, 36, 7);
    teardown(f);
}

static void indirect_calls(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct interp_result result;
    add_describe(f);
    uint32_t funcs[2];
    funcs[0] = add_func(f, "", "i", BODY(NO_LOCALS, I32, 11, END));
    funcs[1] = add_func(f, "", "i", BODY(NO_LOCALS, I32, 22, END));
    add_table(f, 1, funcs, 2);
    uint8_t type = (uint8_t)type_of(f, "", "i"), other = (uint8_t)type_of(f, "", "I");
    uint32_t good = add_func(f, "", "", BODY(NO_LOCALS, I32, 2, 0x11, type, 0, PRINT, END));
    uint32_t empty = add_func(f, "", "", BODY(NO_LOCALS, I32, 0, 0x11, type, 0, PRINT, END));
    uint32_t outside = add_func(f, "", "", BODY(NO_LOCALS, I32, 3, 0x11, type, 0, PRINT, END));
    uint32_t wrong = add_func(f, "", "", BODY(NO_LOCALS, I32, 2, 0x11, other, 0, 0x1A, END));
    uint32_t set = add_func(
        f, "", "",
        BODY(NO_LOCALS, I32, 2, 0xD2, (uint8_t)funcs[0], 0x26, 0, I32, 2, 0x11, type, 0, PRINT, END));
    PRINTS(f, good, 22);
    PRINTS(f, set, 11);
    assert_false(run(f, empty, &result));
    assert_mentions(f, "empty table slot 0");
    f->diag.failed = false;
    assert_false(run(f, outside, &result));
    assert_mentions(f, "outside of a table");
    f->diag.failed = false;
    assert_false(run(f, wrong, &result));
    assert_mentions(f, "another type");
    teardown(f);
}

static void emscripten_trampolines(void **state) {
    (void)state;
    struct fixture *f = setup();
    add_describe(f);
    uint8_t invoke = (uint8_t)add_import(f, "env", "invoke_iii", "iii", "i");
    uint32_t sub = add_func(f, "ii", "i", BODY(NO_LOCALS, GET, 0, GET, 1, 0x6B, END));
    add_table(f, 5, &sub, 1);
    uint32_t func = add_func(f, "", "", BODY(NO_LOCALS, I32, 5, I32, 9, I32, 2, CALL, invoke, PRINT, END));
    PRINTS(f, func, 7);
    teardown(f);
}

static void skipped_calls(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct interp_result result;
    add_describe(f);
    uint8_t hostile = (uint8_t)add_import(f, "env", "hostile", "", "");
    uint8_t ctors = (uint8_t)add_func(f, "", "", BODY(NO_LOCALS, CALL, hostile, END));
    uint8_t profile = (uint8_t)add_func(f, "i", "i", BODY(NO_LOCALS, 0x00, END));
    uint32_t func =
        add_func(f, "", "",
                 BODY(NO_LOCALS, CALL, ctors, I32, 3, CALL, profile, 0x1A, I32, 1, PRINT, 0x12, ctors, END));
    f->m.funcs.items[profile].name = STR("__llvm_profile_init.5");
    assert_false(run(f, func, &result));
    assert_mentions(f, "`hostile` of module `env`");
    f->diag.failed = false;
    uint32_t list = add_func(f, "", "", BODY(NO_LOCALS, CALL, ctors, END));
    wasm_export_add(&f->m, STR("__wbindgen_skip_interpret_calls"), WASM_FUNC, list);
    PRINTS(f, func, 1);
    teardown(f);
}

static void markers_stop_the_run(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct interp_result result;
    add_describe(f);
    uint8_t cast = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_cast", "ii", "i");
    uint8_t closure = (uint8_t)add_import(f, PLACEHOLDER, "__wbindgen_describe_closure", "iii", "i");
    add_memory(f, 1);
    add_stack_pointer(f);
    /* moves the stack pointer, stores parameters of all types, prints, reaches the marker */
    Str body = BODY(NO_LOCALS, 0x23, 0, I32, 16, 0x6B, 0x24, 0, 0x23, 0, GET, 0, 0x39, 3, 0, 0x23, 0, GET, 1,
                    0x37, 3, 8, I32, 5, PRINT, I32, 0, I32, 0, CALL, cast, 0x00, END);
    uint32_t func = add_func(f, "FI", "i", body);
    uint32_t look = add_func(f, "", "", BODY(NO_LOCALS, 0x23, 0, PRINT, END));
    uint32_t make = add_func(f, "ii", "i", BODY(NO_LOCALS, I32, 1, I32, 2, I32, 3, CALL, closure, 0x00, END));
    struct interp *interp = interp_new(&f->m);
    assert_true(interp_run(interp, func, &result, &f->diag));
    assert_true(result.stopped);
    assert_int_equal(result.nwords, 1);
    assert_int_equal(result.words[0], 5);
    assert_true(interp_run(interp, look, &result, &f->diag)); /* the stack pointer is back */
    assert_false(result.stopped);
    assert_int_equal(result.words[0], 65536);
    assert_true(interp_run(interp, make, &result, &f->diag));
    assert_true(result.closure);
    assert_int_equal(result.closure_index, 3);
    interp_free(interp);
    teardown(f);
}

static void an_imported_stack_pointer_is_the_top_of_memory(void **state) {
    (void)state;
    static const struct wasm_import import = {{"env", 3}, {"__stack_pointer", 15}};
    struct fixture *f = setup();
    struct wasm_global global = {
        .def = WASM_IMPORTED, .valtype = WASM_I32, .is_mutable = true, .import = &import};
    add_describe(f);
    add_memory(f, 32);
    vec_push(f->arena, &f->m.globals, global);
    uint32_t func = add_func(f, "", "", BODY(NO_LOCALS, 0x23, 0, PRINT, END));
    PRINTS(f, func, 32 * 65536);
    teardown(f);
}

/* Addresses as LEB128: 0x1000 = 80 20 (i32.const 4096). */
#define AT_4094 I32, 0xFE, 0x1F
static void memory_accesses(void **state) {
    (void)state;
    /* over a page of the interpreter, unaligned */
    BODY_PRINTS(BODY(NO_LOCALS, AT_4094, I32, 0x81, 0x82, 0x84, 0x78, 0x36, 0, 0, AT_4094, 0x28, 0, 0, PRINT,
                     I32, 0, 0x2F, 0, 0x80, 0x20, PRINT, I32, 0, 0x2E, 0, 0x80, 0x20, PRINT, END),
                0xFF010101u, 0xFF01, 0xFFFFFF01u);
    BODY_PRINTS(BODY(NO_LOCALS, I32, 8, I32, 0x7F, 0x3A, 0, 0, I32, 8, 0x2C, 0, 0, PRINT, I32, 8, 0x2D, 0, 0,
                     PRINT, I32, 8, 0x30, 0, 0, 0xA7, PRINT, I32, 8, 0x31, 0, 0, 0xA7, PRINT, END),
                0xFFFFFFFFu, 0xFF, 0xFFFFFFFFu, 0xFF);
    BODY_PRINTS(BODY(NO_LOCALS, I32, 8, 0x42, 0x7E, 0x37, 3, 0, I32, 12, 0x28, 2, 0, PRINT, END),
                0xFFFFFFFFu);
}

static void memory_bounds(void **state) {
    (void)state;
    assert_body_fails(BODY(NO_LOCALS, I32, 0x7F, 0x28, 2, 0, PRINT, END), "outside of the memory");
    assert_body_fails(BODY(NO_LOCALS, I32, 0x7F, 0x28, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, PRINT, END),
                      "outside");
    assert_body_fails(BODY(NO_LOCALS, I32, 0x7C, I32, 0, 0x37, 3, 0, END), "outside of the memory"); /* -4 */
    struct fixture *f = setup();
    struct interp_result result;
    add_describe(f);
    uint32_t func = add_func(f, "", "", BODY(NO_LOCALS, I32, 4, 0x28, 2, 0, PRINT, END));
    assert_false(run(f, func, &result));
    assert_mentions(f, "a memory that does not exist");
    teardown(f);
}

static void data_segments_are_there(void **state) {
    (void)state;
    struct fixture *f = setup();
    add_describe(f);
    add_memory(f, 1);
    char bytes[8192];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i / 16);
    add_data(f, BODY(I32, 0xF0, 0x1F, END), (Str){bytes, sizeof bytes}); /* at 4080 */
    add_data(f, BODY(I32, 0xF1, 0x1F, END), STR("\x77"));                /* a later one wins */
    uint32_t func =
        add_func(f, "", "",
                 BODY(NO_LOCALS, I32, 0, 0x28, 0, 0xF0, 0x1F, PRINT, I32, 0, 0x2D, 0, 0x80, 0x20, PRINT, I32,
                      0, 0x2D, 0, 0xEF, 0x5F, PRINT, I32, 0, 0x2D, 0, 0xF0, 0x5F, PRINT, END));
    PRINTS(f, func, 0x00007700, 1, 0xFF, 0);
    teardown(f);
}

static void bulk_memory(void **state) {
    (void)state;
    /* fill 5 bytes at 16 with 7, copy to 18 over itself, grow */
    BODY_PRINTS(BODY(NO_LOCALS, I32, 16, I32, 7, I32, 3, 0xFC, 11, 0, I32, 16, I32, 1, 0x3A, 0, 0, I32, 17,
                     I32, 16, I32, 3, 0xFC, 10, 0, 0, I32, 16, 0x28, 0, 0, PRINT, I32, 20, 0x2D, 0, 0, PRINT,
                     END),
                0x07070101, 0);
    BODY_PRINTS(BODY(NO_LOCALS, 0x3F, 0, PRINT, I32, 2, 0x40, 0, PRINT, 0x3F, 0, PRINT, I32, 0x7F, 0x40, 0,
                     PRINT, END),
                16, 16, 18, UINT32_MAX);
    struct fixture *f = setup();
    add_describe(f);
    add_memory(f, 1);
    struct wasm_data passive = {.mode = WASM_PASSIVE, .bytes = STR("abcdef")};
    vec_push(f->arena, &f->m.datas, passive);
    uint32_t func = add_func(
        f, "", "",
        BODY(NO_LOCALS, I32, 8, I32, 1, I32, 4, 0xFC, 8, 0, 0, I32, 8, 0x28, 0, 0, PRINT, 0xFC, 9, 0, END));
    PRINTS(f, func, 0x65646362);
    teardown(f);
}

static void too_much_memory(void **state) {
    (void)state;
    /* touches a page in every 4 KiB of a memory that was grown to its limit */
    size_t before = arena_total();
    Str body = BODY(1, 1, T_I32, I32, 0xE0, 0xFF, 0x03, 0x40, 0, 0x1A, 0x03, VOID, GET, 0, I32, 1, 0x36, 2, 0,
                    GET, 0, I32, 0x80, 0x20, 0x6A, SET, 0, 0x0C, 0, END, END);
    assert_body_fails(body, "pages of memory");
    assert_int_equal(arena_total(), before);
}

/* Blocks in blocks, more than all frames together may have. */
static void too_many_blocks(void **state) {
    (void)state;
    struct buf body = {0};
    buf_byte(&body, NO_LOCALS);
    for (int i = 0; i < 150000; i++)
        buf_bytes(&body, (uint8_t[]){0x02, VOID}, 2);
    for (int i = 0; i < 150001; i++)
        buf_byte(&body, END);
    assert_body_fails(buf_view(&body), "blocks are nested");
    buf_free(&body);
}

/* What a memory needs by itself counts, however little of it is touched. */
static void too_many_memories(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct interp_result result;
    struct buf body = {0};
    add_describe(f);
    buf_byte(&body, NO_LOCALS);
    for (uint32_t i = 0; i < 2000; i++) {
        add_memory(f, 1);
        buf_bytes(&body, (uint8_t[]){I32, 0, I32, 0, 0x36, 0x42}, 6);
        buf_uleb(&body, i);
        buf_byte(&body, 0);
    }
    buf_byte(&body, END);
    uint32_t func = add_func(f, "", "", buf_view(&body));
    buf_free(&body);
    assert_false(run(f, func, &result));
    assert_mentions(f, "pages of memory");
    teardown(f);
}

/* Reading a table is paid for by the number of slots that were changed: 1000 slots, 200,000 reads. */
static void changed_slots_cost_fuel(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct interp_result result;
    add_describe(f);
    uint32_t nothing = add_func(f, "", "", BODY(NO_LOCALS, END));
    add_table(f, 1, &nothing, 1);
    uint32_t func =
        add_func(f, "", "",
                 BODY(1, 1, T_I32, 0xD2, 0, I32, 0xE8, 0x07, 0xFC, 15, 0, 0x1A, I32, 0xC0, 0x9A, 0x0C, SET, 0,
                      0x03, VOID, I32, 1, 0x25, 0, 0x1A, GET, 0, I32, 1, 0x6B, TEE, 0, 0x0D, 0, END, END));
    assert_false(run(f, func, &result));
    assert_mentions(f, "does not come to an end");
    teardown(f);
}

/* memory.copy of gigabytes is paid for. */
static void bulk_operations_cost_fuel(void **state) {
    (void)state;
    assert_body_fails(BODY(NO_LOCALS, I32, 0xE0, 0xFF, 0x03, 0x40, 0, 0x1A, I32, 0, I32, 1, I32, 0x80, 0x80,
                           0x80, 0x80, 0x78, 0xFC, 11, 0, END),
                      "does not come to an end");
}

static void vectors(void **state) {
    (void)state;
    /* v128.load 16 → store 32; the halves of a constant; zero; xor */
    BODY_PRINTS(BODY(NO_LOCALS, I32, 16, 0x42, 0x7F, 0x37, 3, 0, I32, 32, I32, 16, 0xFD, 0, 0, 0, 0xFD, 11, 0,
                     0, I32, 36, 0x28, 0, 0, PRINT, I32, 40, 0x28, 0, 0, PRINT, END),
                0xFFFFFFFFu, 0);
    BODY_PRINTS(BODY(NO_LOCALS, I32, 0, 0xFD, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0xFD,
                     11, 0, 0, I32, 12, 0x28, 0, 0, PRINT, END),
                0x100F0E0D);
    BODY_PRINTS(BODY(NO_LOCALS, I32, 5, 0xFD, 17, I32, 3, 0xFD, 17, 0xFD, 0x51, 0xFD, 27, 2, PRINT, I32, 0,
                     0xFD, 15, 0xFD, 0x53, PRINT, END),
                6, 0);
}

static void atomics(void **state) {
    (void)state;
    BODY_PRINTS(BODY(NO_LOCALS, I32, 8, I32, 5, 0xFE, 0x17, 2, 0, I32, 8, I32, 3, 0xFE, 0x1E, 2, 0, PRINT,
                     I32, 8, I32, 8, I32, 40, 0xFE, 0x48, 2, 0, PRINT, I32, 8, 0xFE, 0x10, 2, 0, PRINT, 0xFE,
                     3, 0, END),
                5, 8, 40);
}

static void fuel(void **state) {
    (void)state;
    assert_body_fails(BODY(NO_LOCALS, 0x03, VOID, 0x0C, 0, END, END), "does not come to an end");
    assert_body_fails(BODY(NO_LOCALS, CALL, 1, END), "1000 deep");
    assert_body_fails(BODY(NO_LOCALS, 0x12, 1, END), "does not come to an end");
    assert_body_fails(BODY(NO_LOCALS, 0x03, VOID, I32, 0, 0x0C, 0, END, END), "does not come to an end");
    assert_body_fails(BODY(NO_LOCALS, 0x03, VOID, I32, 0, PRINT, 0x0C, 0, END, END),
                      "longer than 100000 words");
    assert_body_fails(BODY(1, 0xD0, 0x86, 0x03, T_I64, CALL, 1, END),
                      "value stack overflows"); /* 50,000 locals */
}

static void errors_name_the_place(void **state) {
    (void)state;
    struct fixture *f = setup();
    struct interp_result result;
    add_describe(f);
    uint32_t bad = add_func(f, "", "", BODY(NO_LOCALS, I32, 1, I32, 0, 0x6D, PRINT, END));
    f->m.funcs.items[bad].name = STR("divides");
    f->m.funcs.items[bad].offset = 0x1000;
    uint32_t func = add_func(f, "", "", BODY(NO_LOCALS, 0x01, CALL, (uint8_t)bad, END));
    assert_false(run(f, func, &result));
    assert_mentions(f, "division by zero");
    assert_mentions(f, "function 1 `divides` at offset 0x1005, instruction i32.div_s");
    teardown(f);
}

static void malformed_code(void **state) {
    (void)state;
    assert_body_fails(BODY(NO_LOCALS, 0x6A, END), "value stack is empty");
    assert_body_fails(BODY(NO_LOCALS, PRINT, END), "value stack is empty");
    assert_body_fails(BODY(NO_LOCALS, I32, 1, 0x02, T_I32, 0x0C, 0, END, END), "value stack is empty");
    assert_body_fails(BODY(NO_LOCALS, 0x0C, 1, END), "a label that does not exist");
    assert_body_fails(BODY(NO_LOCALS, GET, 0, END), "a local that does not exist");
    assert_body_fails(BODY(NO_LOCALS, 0x23, 0, END), "a global that does not exist");
    assert_body_fails(BODY(NO_LOCALS, CALL, 99, END), "function 99");
    assert_body_fails(BODY(NO_LOCALS, 0x02, 20, END, END), "a type that does not exist");
    assert_body_fails(BODY(NO_LOCALS, 0x02, VOID, 0x0C, 0), "without an end");
    assert_body_fails(BODY(NO_LOCALS, I32, 1, PRINT), "no end");
    assert_body_fails(BODY(NO_LOCALS, 0x05, END), "outside of a block");
    assert_body_fails(BODY(NO_LOCALS, I32, 0, 0x11, 0, 0, END), "outside of a table");
    assert_body_fails(BODY(NO_LOCALS, 0xFF, END), "unknown opcode");
    assert_body_fails(BODY(NO_LOCALS, I32), "");
    assert_body_fails(BODY(5), "malformed");
    assert_body_fails(BODY(NO_LOCALS, 0x00, END), "panics or traps");
    assert_body_fails(
        BODY(NO_LOCALS, 0xFD, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFD, 0x60, END),
        "not supported");
}

/* Operand and result types by letter as in type_of; floats by their bits. */
static const struct numeric {
    uint32_t code;
    char type, result;
    uint64_t a, b, expected;
} numerics[] = {
    {WASM_OP_I32_ADD, 'i', 'i', 0xFFFFFFFF, 2, 1},
    {WASM_OP_I32_SUB, 'i', 'i', 0, 1, 0xFFFFFFFF},
    {WASM_OP_I32_MUL, 'i', 'i', 0x10000, 0x10001, 0x10000},
    {WASM_OP_I32_DIV_S, 'i', 'i', 0xFFFFFFF9, 2, 0xFFFFFFFD},
    {WASM_OP_I32_DIV_U, 'i', 'i', 0xFFFFFFF9, 2, 0x7FFFFFFC},
    {WASM_OP_I32_REM_S, 'i', 'i', 0xFFFFFFF9, 2, 0xFFFFFFFF},
    {WASM_OP_I32_REM_S, 'i', 'i', 0x80000000, 0xFFFFFFFF, 0},
    {WASM_OP_I32_REM_U, 'i', 'i', 0xFFFFFFF9, 10, 9},
    {WASM_OP_I32_AND, 'i', 'i', 12, 10, 8},
    {WASM_OP_I32_OR, 'i', 'i', 12, 10, 14},
    {WASM_OP_I32_XOR, 'i', 'i', 12, 10, 6},
    {WASM_OP_I32_SHL, 'i', 'i', 3, 33, 6},
    {WASM_OP_I32_SHR_S, 'i', 'i', 0x80000000, 31, 0xFFFFFFFF},
    {WASM_OP_I32_SHR_U, 'i', 'i', 0x80000000, 31, 1},
    {WASM_OP_I32_ROTL, 'i', 'i', 0x80000001, 1, 3},
    {WASM_OP_I32_ROTR, 'i', 'i', 3, 1, 0x80000001},
    {WASM_OP_I32_ROTR, 'i', 'i', 3, 32, 3},
    {WASM_OP_I32_EQ, 'i', 'i', 5, 5, 1},
    {WASM_OP_I32_NE, 'i', 'i', 5, 5, 0},
    {WASM_OP_I32_LT_S, 'i', 'i', 0xFFFFFFFF, 0, 1},
    {WASM_OP_I32_LT_U, 'i', 'i', 0xFFFFFFFF, 0, 0},
    {WASM_OP_I32_GT_S, 'i', 'i', 1, 0xFFFFFFFF, 1},
    {WASM_OP_I32_GT_U, 'i', 'i', 1, 0xFFFFFFFF, 0},
    {WASM_OP_I32_LE_S, 'i', 'i', 4, 4, 1},
    {WASM_OP_I32_LE_U, 'i', 'i', 5, 4, 0},
    {WASM_OP_I32_GE_S, 'i', 'i', 0xFFFFFFFF, 0, 0},
    {WASM_OP_I32_GE_U, 'i', 'i', 0xFFFFFFFF, 0, 1},
    {WASM_OP_I64_ADD, 'I', 'I', UINT64_MAX, 2, 1},
    {WASM_OP_I64_SUB, 'I', 'I', 0, 1, UINT64_MAX},
    {WASM_OP_I64_MUL, 'I', 'I', 1ull << 33, 3, 3ull << 33},
    {WASM_OP_I64_DIV_S, 'I', 'I', (uint64_t)-7, 2, (uint64_t)-3},
    {WASM_OP_I64_DIV_U, 'I', 'I', UINT64_MAX, 2, INT64_MAX},
    {WASM_OP_I64_REM_S, 'I', 'I', (uint64_t)INT64_MIN, UINT64_MAX, 0},
    {WASM_OP_I64_REM_U, 'I', 'I', UINT64_MAX, 10, 5},
    {WASM_OP_I64_SHL, 'I', 'I', 1, 65, 2},
    {WASM_OP_I64_SHR_S, 'I', 'I', 1ull << 63, 63, UINT64_MAX},
    {WASM_OP_I64_SHR_U, 'I', 'I', 1ull << 63, 63, 1},
    {WASM_OP_I64_ROTL, 'I', 'I', (1ull << 63) | 1, 1, 3},
    {WASM_OP_I64_LT_S, 'I', 'i', UINT64_MAX, 0, 1},
    {WASM_OP_I64_LT_U, 'I', 'i', UINT64_MAX, 0, 0},
    {WASM_OP_I64_GE_U, 'I', 'i', UINT64_MAX, 0, 1},
    {WASM_OP_F64_ADD, 'F', 'F', 0x3FF8000000000000, 0x4000000000000000, 0x400C000000000000},
    {WASM_OP_F64_SUB, 'F', 'F', 0x4000000000000000, 0x3FF8000000000000, 0x3FE0000000000000},
    {WASM_OP_F64_MUL, 'F', 'F', 0x4000000000000000, 0x3FF8000000000000, 0x4008000000000000},
    {WASM_OP_F64_DIV, 'F', 'F', 0x3FF0000000000000, 0x4000000000000000, 0x3FE0000000000000},
    {WASM_OP_F64_MIN, 'F', 'F', 0x8000000000000000, 0, 0x8000000000000000},
    {WASM_OP_F64_MAX, 'F', 'F', 0x8000000000000000, 0, 0},
    {WASM_OP_F64_LT, 'F', 'i', 0x3FF0000000000000, 0x4000000000000000, 1},
    {WASM_OP_F64_COPYSIGN, 'F', 'F', 0x4000000000000000, 0x8000000000000000, 0xC000000000000000},
    {WASM_OP_F32_ADD, 'f', 'f', 0x3FC00000, 0x40000000, 0x40600000},
    {WASM_OP_F32_MUL, 'f', 'f', 0x3FC00000, 0x40000000, 0x40400000},
    {WASM_OP_F32_GE, 'f', 'i', 0x3FC00000, 0x40000000, 0},
};

static const struct numeric conversions[] = {
    {WASM_OP_I32_EQZ, 'i', 'i', 0, 0, 1},
    {WASM_OP_I32_CLZ, 'i', 'i', 1, 0, 31},
    {WASM_OP_I32_CLZ, 'i', 'i', 0, 0, 32},
    {WASM_OP_I32_CTZ, 'i', 'i', 8, 0, 3},
    {WASM_OP_I32_POPCNT, 'i', 'i', 0xF0F0, 0, 8},
    {WASM_OP_I32_EXTEND8_S, 'i', 'i', 0x180, 0, 0xFFFFFF80},
    {WASM_OP_I32_EXTEND16_S, 'i', 'i', 0x18000, 0, 0xFFFF8000},
    {WASM_OP_I64_EQZ, 'I', 'i', 1ull << 40, 0, 0},
    {WASM_OP_I64_CLZ, 'I', 'I', 1, 0, 63},
    {WASM_OP_I64_CTZ, 'I', 'I', 0, 0, 64},
    {WASM_OP_I64_POPCNT, 'I', 'I', UINT64_MAX, 0, 64},
    {WASM_OP_I64_EXTEND32_S, 'I', 'I', 0x80000000, 0, 0xFFFFFFFF80000000},
    {WASM_OP_I32_WRAP_I64, 'I', 'i', 0x1234567890, 0, 0x34567890},
    {WASM_OP_I64_EXTEND_I32_S, 'i', 'I', 0x80000000, 0, 0xFFFFFFFF80000000},
    {WASM_OP_I64_EXTEND_I32_U, 'i', 'I', 0x80000000, 0, 0x80000000},
    {WASM_OP_I32_TRUNC_F64_S, 'F', 'i', 0xBFF8000000000000, 0, 0xFFFFFFFF},
    {WASM_OP_I32_TRUNC_F64_U, 'F', 'i', 0x41E0000000000000, 0, 0x80000000},
    {WASM_OP_I64_TRUNC_F32_S, 'f', 'I', 0xC0000000, 0, (uint64_t)-2},
    {WASM_OP_I32_TRUNC_SAT_F32_U, 'f', 'i', 0xC0000000, 0, 0},
    {WASM_OP_I32_TRUNC_SAT_F64_S, 'F', 'i', 0x7FF0000000000000, 0, 0x7FFFFFFF},
    {WASM_OP_I64_TRUNC_SAT_F64_S, 'F', 'I', 0xFFF0000000000000, 0, 1ull << 63},
    {WASM_OP_I64_TRUNC_SAT_F64_U, 'F', 'I', 0x7FF8000000000000, 0, 0},
    {WASM_OP_F64_CONVERT_I32_S, 'i', 'F', 0xFFFFFFFF, 0, 0xBFF0000000000000},
    {WASM_OP_F64_CONVERT_I32_U, 'i', 'F', 0x80000000, 0, 0x41E0000000000000},
    {WASM_OP_F64_CONVERT_I64_U, 'I', 'F', 1ull << 63, 0, 0x43E0000000000000},
    {WASM_OP_F32_CONVERT_I32_S, 'i', 'f', 2, 0, 0x40000000},
    {WASM_OP_F32_DEMOTE_F64, 'F', 'f', 0x3FF8000000000000, 0, 0x3FC00000},
    {WASM_OP_F64_PROMOTE_F32, 'f', 'F', 0x3FC00000, 0, 0x3FF8000000000000},
    {WASM_OP_I64_REINTERPRET_F64, 'F', 'I', 0x3FF8000000000000, 0, 0x3FF8000000000000},
    {WASM_OP_F64_NEG, 'F', 'F', 0x3FF8000000000000, 0, 0xBFF8000000000000},
    {WASM_OP_F64_ABS, 'F', 'F', 0xBFF8000000000000, 0, 0x3FF8000000000000},
    {WASM_OP_F64_NEAREST, 'F', 'F', 0x4004000000000000, 0, 0x4000000000000000}, /* 2.5 → 2 */
    {WASM_OP_F64_FLOOR, 'F', 'F', 0xBFF8000000000000, 0, 0xC000000000000000},
    {WASM_OP_F32_SQRT, 'f', 'f', 0x40800000, 0, 0x40000000},
};

static void emit_const(struct buf *code, char type, uint64_t value) {
    bool is_float = type == 'f' || type == 'F';
    buf_byte(code, type == 'i' ? 0x41 : type == 'I' ? 0x42 : type == 'f' ? 0x43 : 0x44);
    if (!is_float)
        buf_sleb(code, type == 'i' ? (int32_t)(uint32_t)value : (int64_t)value);
    for (unsigned i = 0; is_float && i < (type == 'f' ? 4 : 8); i++)
        buf_byte(code, (uint8_t)(value >> (8 * i)));
}

/* Stores the result at 0 and prints both halves. */
static void check_numeric(const struct numeric *n, bool two) {
    struct fixture *f = setup();
    struct buf code = {0};
    static const char letters[] = "iIfF";
    static const uint8_t stores[] = {0x36, 0x37, 0x38, 0x39};
    buf_byte(&code, NO_LOCALS);
    emit_const(&code, 'i', 0);
    emit_const(&code, n->type, n->a);
    if (two)
        emit_const(&code, n->type, n->b);
    if (n->code >> 16) {
        buf_byte(&code, (uint8_t)(n->code >> 16));
        buf_uleb(&code, n->code & 0xFFFF);
    } else {
        buf_byte(&code, (uint8_t)n->code);
    }
    buf_byte(&code, stores[strchr(letters, n->result) - letters]);
    buf_str(&code, BODY(0, 0, I32, 0, 0x28, 0, 0, PRINT, I32, 4, 0x28, 0, 0, PRINT, END));
    add_describe(f);
    add_memory(f, 1);
    uint32_t func = add_func(f, "", "", buf_view(&code));
    struct interp_result result;
    if (!run(f, func, &result))
        diag_print(&f->diag, stderr);
    assert_false(f->diag.failed);
    uint64_t value = result.words[0] | (uint64_t)result.words[1] << 32;
    if (value != n->expected)
        fail_msg("%s gave 0x%llx", wasm_op_text(n->code), (unsigned long long)value);
    buf_free(&code);
    teardown(f);
}

static void numbers(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof numerics / sizeof *numerics; i++)
        check_numeric(&numerics[i], true);
    for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++)
        check_numeric(&conversions[i], false);
    assert_body_fails(BODY(NO_LOCALS, I32, 0x80, 0x80, 0x80, 0x80, 0x78, I32, 0x7F, 0x6D, PRINT, END),
                      "division overflows");
    assert_body_fails(BODY(NO_LOCALS, 0x43, 0, 0, 0xC0, 0x7F, 0xA8, PRINT, END),
                      "does not fit the integer"); /* NaN */
}

/* Every one-byte change of a body that uses much: an answer, no crash (run with the sanitizers). */
static void changed_bodies_do_no_harm(void **state) {
    (void)state;
    static const uint8_t body[] = {
        1,   2,    T_I32, 0x02, T_I32, I32,   5,    TEE,  0,  0x04, T_I32, GET, 0,     0x05, I32,  6,
        END, I32,  1,     0x0D, 0,     I32,   2,    0x0E, 1,  0,    0,     END, PRINT, I32,  16,   I32,
        8,   I32,  4,     0xFC, 10,    0,     0,    I32,  1,  0x11, 0,     0,   0x23,  0,    0x24, 0,
        I32, 0,    0x42,  3,    0x37,  3,     0,    0xFD, 12, 1,    2,     3,   4,     5,    6,    7,
        8,   9,    10,    11,   12,    13,    14,   15,   16, 0x1A, I32,   0,   0x28,  2,    0,    CALL,
        1,   0x1A, 0xD0,  0x70, 0xD1,  PRINT, 0x1F, VOID, 0,  END,  END,
    };
    size_t answers = 0, runs = 0;
    for (size_t at = 1; at < sizeof body; at++)
        for (unsigned value = 0; value < 256; value += 3) {
            struct fixture *f = setup();
            struct interp_result result;
            uint8_t changed[sizeof body];
            memcpy(changed, body, sizeof body);
            changed[at] = (uint8_t)value;
            add_describe(f);
            add_memory(f, 1);
            add_stack_pointer(f);
            uint32_t square = add_func(f, "i", "i", BODY(NO_LOCALS, GET, 0, GET, 0, 0x6C, END));
            uint32_t nothing = add_func(f, "i", "", BODY(NO_LOCALS, END));
            add_table(f, 1, &nothing, 1);
            (void)square;
            uint32_t func = add_func(f, "", "", (Str){(const char *)changed, sizeof changed});
            answers += run(f, func, &result);
            runs++;
            teardown(f);
        }
    assert_true(answers > 0 && answers < runs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(straight_code),
        cmocka_unit_test(loops),
        cmocka_unit_test(branches_carry_values),
        cmocka_unit_test(blocks_with_parameters),
        cmocka_unit_test(br_table),
        cmocka_unit_test(exception_handling),
        cmocka_unit_test(calls),
        cmocka_unit_test(indirect_calls),
        cmocka_unit_test(emscripten_trampolines),
        cmocka_unit_test(skipped_calls),
        cmocka_unit_test(markers_stop_the_run),
        cmocka_unit_test(an_imported_stack_pointer_is_the_top_of_memory),
        cmocka_unit_test(memory_accesses),
        cmocka_unit_test(memory_bounds),
        cmocka_unit_test(data_segments_are_there),
        cmocka_unit_test(bulk_memory),
        cmocka_unit_test(too_much_memory),
        cmocka_unit_test(too_many_blocks),
        cmocka_unit_test(too_many_memories),
        cmocka_unit_test(changed_slots_cost_fuel),
        cmocka_unit_test(bulk_operations_cost_fuel),
        cmocka_unit_test(vectors),
        cmocka_unit_test(atomics),
        cmocka_unit_test(fuel),
        cmocka_unit_test(errors_name_the_place),
        cmocka_unit_test(malformed_code),
        cmocka_unit_test(numbers),
        cmocka_unit_test(changed_bodies_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
