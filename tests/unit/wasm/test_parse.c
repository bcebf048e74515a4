/* Reading modules: what is there, and what is refused with which words. */
#include "assemble.h"

/* Types ()→() and (i32)→i32, one import of each kind, one entity of each kind, exports, segments. */
static void sample(struct world *w) {
    section(w, 1, BYTES(2, 0x60, 0, 0, 0x60, 1, 0x7F, 1, 0x7F));
    section(w, 2,
            BYTES(5, 1, 'e', 1, 'f', 0, 0, 1, 'e', 1, 't', 1, 0x6F, 1, 2, 3, 1, 'e', 1, 'm', 2, 0, 1, 1, 'e',
                  1, 'g', 3, 0x7F, 0, 1, 'e', 1, 'x', 4, 0, 0));
    section(w, 3, BYTES(2, 0, 1));
    section(w, 4, BYTES(2, 0x70, 0, 4, 0x40, 0, 0x70, 0, 1, 0xD2, 1, 0x0B));
    section(w, 5, BYTES(1, 3, 1, 2));
    section(w, 13, BYTES(1, 0, 0));
    section(w, 6, BYTES(1, 0x7E, 1, 0x42, 5, 0x0B));
    section(w, 7, BYTES(2, 1, 'a', 0, 1, 1, 'b', 3, 1));
    section(w, 8, BYTES(1));
    section(w, 9, BYTES(3, 2, 1, 0x41, 1, 0x0B, 0, 2, 1, 2, 5, 0x70, 1, 0xD0, 0x70, 0x0B, 3, 0, 1, 2));
    section(w, 12, BYTES(2));
    code_section(w, 2, (Str[]){BYTES(0, 0x0B), BYTES(1, 1, 0x7F, 0x20, 0, 0x0B)});
    section(w, 11, BYTES(2, 0, 0x23, 0, 0x0B, 2, 'h', 'i', 1, 1, 'x'));
    custom(w, STR("mine"), STR("abc"));
}

static void all_sections(void **state) {
    struct world *w = *state;
    sample(w);
    must_parse(w);
    const struct wasm_module *m = &w->m;
    assert_int_equal(m->types.len, 2);
    assert_int_equal(m->types.items[1].nparams, 1);
    assert_int_equal(m->types.items[1].results[0], WASM_I32);
    assert_int_equal(m->funcs.len, 3);
    assert_int_equal(m->funcs.items[0].def, WASM_IMPORTED);
    assert_str(m->funcs.items[0].import->name, STR("f"));
    assert_str(m->funcs.items[2].body, BYTES(1, 1, 0x7F, 0x20, 0, 0x0B));
    assert_int_equal((uint8_t)w->input.ptr[m->funcs.items[2].offset], 1);
    assert_int_equal((uint8_t)w->input.ptr[m->funcs.items[2].offset + 3], 0x20);
    assert_int_equal(m->tables.len, 3);
    assert_int_equal(m->tables.items[0].reftype, WASM_EXTERNREF);
    assert_int_equal(m->tables.items[0].limits.max, 3);
    assert_str(m->tables.items[2].init, BYTES(0xD2, 1, 0x0B));
    assert_int_equal(m->memories.len, 2);
    assert_true(m->memories.items[1].limits.shared);
    assert_int_equal(m->globals.items[1].valtype, WASM_I64);
    assert_true(m->globals.items[1].is_mutable);
    assert_int_equal(m->tags.len, 2);
    assert_int_equal(m->exports.len, 2);
    assert_int_equal(m->start, 1);
    assert_int_equal(m->elems.len, 3);
    assert_int_equal(m->elems.items[0].funcs[1], 2);
    assert_int_equal(m->elems.items[1].mode, WASM_PASSIVE);
    assert_str(m->elems.items[1].exprs[0], BYTES(0xD0, 0x70, 0x0B));
    assert_int_equal(m->elems.items[2].mode, WASM_DECLARED);
    assert_int_equal(m->datas.items[1].mode, WASM_PASSIVE);
    assert_str(m->datas.items[0].bytes, STR("hi"));
    assert_str(wasm_custom_find(&w->m, STR("mine"))->bytes, STR("abc"));
}

static void same_bytes_again(void **state) {
    struct world *w = *state;
    sample(w);
    Str before = str_copy(w->arena, buf_view(&w->input));
    must_parse(w);
    must_emit(w);
    assert_str(buf_view(&w->input), before);
}

/* A prefix is a module itself where it ends between sections (and owes no bodies or data); everything else is
 * an error, and nothing crashes. */
static void every_prefix(void **state) {
    struct world *w = *state;
    sample(w);
    size_t len = w->input.len, good = 0;
    for (size_t n = 0; n < len; n++) {
        Str copy = str_copy(w->arena, str_slice(buf_view(&w->input), 0, n));
        struct diag diag;
        diag_init(&diag, w->arena);
        struct wasm_module m;
        bool parsed = wasm_parse(&m, w->arena, copy, (struct wasm_parse_options){0}, &diag);
        assert_int_equal(parsed, !diag.failed);
        good += parsed;
    }
    assert_int_equal(good, 4); /* the header; types; imports; all but the custom section */
}

static void every_byte_changed(void **state) {
    struct world *w = *state;
    sample(w);
    for (size_t at = 0; at < w->input.len; at++)
        for (unsigned bit = 0; bit < 8; bit++) {
            Str copy = str_copy(w->arena, buf_view(&w->input));
            ((char *)(uintptr_t)copy.ptr)[at] ^= (char)(1u << bit);
            struct diag diag;
            diag_init(&diag, w->arena);
            struct wasm_module m;
            struct buf out = {0};
            if (wasm_parse(&m, w->arena, copy, (struct wasm_parse_options){0}, &diag) &&
                wasm_gc(&m, NULL, 0, &diag))
                wasm_emit(&m, &out, &diag);
            buf_free(&out);
        }
}

static void refuse(struct world *w, const char *message) {
    assert_false(parse(w));
    assert_contains(w->diag.message, message);
    buf_clear(&w->input);
    diag_init(&w->diag, w->arena);
}

static void wrong_files(void **state) {
    struct world *w = *state;
    refuse(w, "not a WebAssembly module");
    buf_str(&w->input, STR("#!/bin/sh\n"));
    refuse(w, "not a WebAssembly module");
    buf_bytes(&w->input, "\0asm\1\0", 6);
    refuse(w, "truncated WebAssembly module: the file ends at offset 0x6");
    buf_bytes(&w->input, "\0asm\x0d\0\1\0", 8);
    refuse(w, "this is a WebAssembly component");
    buf_bytes(&w->input, "\0asm\2\0\0\0", 8);
    refuse(w, "unsupported WebAssembly version 0x00000002");
}

static void wrong_sections(void **state) {
    struct world *w = *state;
    section(w, 14, BYTES(0));
    refuse(w, "unknown section id 14 at offset 0x8");
    section(w, 3, BYTES(0));
    section(w, 1, BYTES(0));
    refuse(w, "type section at offset 0xb is out of order or there twice");
    section(w, 1, BYTES(0));
    section(w, 1, BYTES(0));
    refuse(w, "out of order or there twice");
    section(w, 1, BYTES(0, 0));
    refuse(w, "bytes left over in the type section at offset 0xb");
    section(w, 1, BYTES(0xFF, 0xFF, 0xFF, 0xFF, 0x0F));
    refuse(w, "count larger than what follows in the type section at offset 0xf");
    section(w, 1, BYTES(1, 0x5F, 0));
    refuse(w, "count larger");
    section(w, 1, BYTES(1, 0x5F, 0, 0));
    refuse(w, "only function types are supported");
    section(w, 1, BYTES(1, 0x60, 1, 0x64, 0, 0));
    refuse(w, "unsupported value type");
    section(w, 1, BYTES(1, 0x60, 0, 0));
    section(w, 3, BYTES(1, 1));
    refuse(w, "type index out of range in the function section");
    section(w, 1, BYTES(1, 0x60, 0, 0));
    section(w, 3, BYTES(1, 0));
    refuse(w, "1 functions have no body");
    section(w, 10, BYTES(1, 2, 0, WASM_OP_END));
    section(w, 3, BYTES(0));
    refuse(w, "bodies of functions that no section before it declares in the code section");
    section(w, 12, BYTES(1));
    refuse(w, "the data count section says 1, but there are 0");
}

static void wrong_indices(void **state) {
    struct world *w = *state;
    section(w, 7, BYTES(1, 1, 'a', 0, 0));
    refuse(w, "export `a` is number 0 of its kind, which does not exist");
    section(w, 5, BYTES(1, 0, 1));
    section(w, 7, BYTES(2, 1, 'a', 2, 0, 1, 'a', 2, 0));
    refuse(w, "two exports are called `a`");
    section(w, 8, BYTES(0));
    refuse(w, "start function 0 does not exist");
    section(w, 6, BYTES(1, 0x7F, 0, 0x23, 9, 0x0B));
    refuse(w, "global 9, which does not exist, is used by global 0");
    section(w, 9, BYTES(1, 0, 0x41, 0, 0x0B, 0));
    refuse(w, "element segment 0 is for table 0, which does not exist");
    section(w, 4, BYTES(1, 0x70, 0, 1));
    section(w, 9, BYTES(1, 0, 0x41, 0, 0x0B, 1, 0));
    refuse(w, "contains function 0, which does not exist");
    section(w, 11, BYTES(1, 0, 0x41, 0, 0x0B, 0));
    refuse(w, "data segment 0 is for memory 0, which does not exist");
    section(w, 6, BYTES(1, 0x7F, 0, 0x41, 0, 0x45, 0x0B));
    refuse(w, "not allowed in a constant expression");
    section(w, 6, BYTES(1, 0x7F, 0, 0x41, 0));
    refuse(w, "constant expression without end");
}

static void debug_sections_are_not_read(void **state) {
    struct world *w = *state;
    custom(w, STR(".debug_info"), STR("12345"));
    custom(w, STR("linking"), STR("123"));
    custom(w, STR("metadata.code.branch_hint"), STR("123"));
    must_parse(w);
    assert_int_equal(w->m.customs.len, 3);
    assert_null(wasm_custom_find(&w->m, STR("metadata.code.branch_hint")));
    assert_true(w->m.customs.items[0].unread && w->m.customs.items[0].size == 5);
    assert_null(wasm_custom_find(&w->m, STR(".debug_info")));
    struct wasm_parse_options keep = {.keep_debug = true};
    assert_true(wasm_parse(&w->m, w->arena, buf_view(&w->input), keep, &w->diag));
    assert_str(wasm_custom_find(&w->m, STR(".debug_info"))->bytes, STR("12345"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD_TEST(all_sections),       WORLD_TEST(same_bytes_again),
        WORLD_TEST(every_prefix),       WORLD_TEST(wrong_files),
        WORLD_TEST(wrong_sections),     WORLD_TEST(wrong_indices),
        WORLD_TEST(every_byte_changed), WORLD_TEST(debug_sections_are_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
