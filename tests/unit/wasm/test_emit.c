/* Writing modules: liveness, minimal widths, aliases, replaced and moved functions. */
#include "assemble.h"

static Str body(const struct world *w, uint32_t func) {
    return w->m.funcs.items[func].body;
}

/* Import 0 is dead, import 1 live; 2 calls 1 and 4, 3 is dead, 4 is empty. Only 2 is exported. */
static void calls(struct world *w) {
    types(w);
    section(w, 2, BYTES(2, 1, 'e', 1, 'a', 0, 0, 1, 'e', 1, 'b', 0, 0));
    section(w, 3, BYTES(3, 0, 1, 0));
    section(w, 7, BYTES(1, 1, 'x', 0, 2));
    code_section(
        w, 3,
        (Str[]){BYTES(0, 0x10, PAD(1), 0x10, PAD(4), 0x0B), BYTES(0, 0x20, 0, 0x0B), BYTES(0, 0x01, 0x0B)});
}

static void dead_functions_go(void **state) {
    struct world *w = *state;
    calls(w);
    must_parse(w);
    must_gc(w);
    assert_false(wasm_is_live(&w->m, WASM_FUNC, 0));
    assert_false(wasm_is_live(&w->m, WASM_FUNC, 3));
    must_emit(w);
    assert_int_equal(w->m.funcs.len, 3);
    assert_str(w->m.funcs.items[0].import->name, STR("b"));
    assert_str(body(w, 1), BYTES(0, 0x10, 0, 0x10, 2, 0x0B));
    assert_str(body(w, 2), BYTES(0, 0x01, 0x0B));
    assert_int_equal(w->m.types.len, 1);
    assert_int_equal(w->m.exports.items[0].id, 1);
}

static void without_gc_everything_stays(void **state) {
    struct world *w = *state;
    calls(w);
    must_parse(w);
    must_emit(w);
    assert_int_equal(w->m.funcs.len, 5);
    assert_int_equal(w->m.types.len, 3);
    assert_str(body(w, 2), BYTES(0, 0x10, 1, 0x10, 4, 0x0B));
}

static void aliases(void **state) {
    struct world *w = *state;
    calls(w);
    must_parse(w);
    wasm_func_alias(&w->m, 4, 0);
    wasm_func_alias(&w->m, 1, 4);
    wasm_export_add(&w->m, STR("y"), WASM_FUNC, 4);
    must_gc(w);
    must_emit(w);
    assert_int_equal(w->m.funcs.len, 2);
    assert_str(w->m.funcs.items[0].import->name, STR("a"));
    assert_str(body(w, 1), BYTES(0, 0x10, 0, 0x10, 0, 0x0B));
    assert_int_equal(wasm_export_find(&w->m, STR("y"))->id, 0);
}

static void moved_function(void **state) {
    struct world *w = *state;
    calls(w);
    must_parse(w);
    uint32_t old = wasm_func_move(&w->m, 4);
    assert_int_equal(old, 5);
    wasm_func_define(&w->m, 4, 0, BYTES(0, 0x10, 5, 0x10, 5, 0x0B));
    must_gc(w);
    must_emit(w);
    assert_str(body(w, 1), BYTES(0, 0x10, 0, 0x10, 2, 0x0B));
    assert_str(body(w, 2), BYTES(0, 0x10, 3, 0x10, 3, 0x0B));
    assert_str(body(w, 3), BYTES(0, 0x01, 0x0B));
}

/* Direct calls become the code; other references still reach the function. */
static void replaced_calls(void **state) {
    struct world *w = *state;
    calls(w);
    must_parse(w);
    static const char code[] = {WASM_OP_NOP, WASM_OP_CALL, 0};
    static const Str inline_code = {code, sizeof code};
    w->m.funcs.items[1].inline_code = &inline_code;
    uint32_t tail = wasm_add_func(&w->m, 0, BYTES(0, 0x12, 1, 0x0B), STR("tail"));
    wasm_export_add(&w->m, STR("tail"), WASM_FUNC, tail);
    must_gc(w);
    assert_true(wasm_is_live(&w->m, WASM_FUNC, 0));
    assert_false(wasm_is_live(&w->m, WASM_FUNC, 1));
    must_emit(w);
    assert_str(w->m.funcs.items[0].import->name, STR("a"));
    assert_str(body(w, 1), BYTES(0, 0x01, 0x10, 0, 0x10, 2, 0x0B));
    assert_str(body(w, 3), BYTES(0, 0x01, 0x10, 0, 0x0F, 0x0B));
    wasm_export_add(&w->m, STR("z"), WASM_FUNC, 0);
}

/* One function with the given body, memory, table, two globals, a tag, all exported or used by it. */
static void one_function(struct world *w, Str code) {
    types(w);
    section(w, 3, BYTES(1, 0));
    section(w, 4, BYTES(2, 0x6F, 0, 1, 0x70, 0, 1));
    section(w, 5, BYTES(2, 0, 1, 0, 1));
    section(w, 13, BYTES(2, 0, 0, 0, 0));
    section(w, 6, BYTES(2, 0x7F, 1, 0x41, 0, 0x0B, 0x7F, 1, 0x41, PAD(1), 0x0B));
    section(w, 7, BYTES(1, 1, 'f', 0, 0));
    section(w, 9, BYTES(2, 1, 0, 0, 1, 0, 1, 0));
    section(w, 12, BYTES(2));
    code_section(w, 1, &code);
    section(w, 11, BYTES(2, 1, 1, 'a', 1, 1, 'b'));
}

static void recodes(struct world *w, Str from, Str to) {
    buf_clear(&w->input);
    one_function(w, from);
    must_parse(w);
    must_gc(w);
    must_emit(w);
    assert_str(body(w, 0), to);
    Str first = str_copy(w->arena, buf_view(&w->input));
    must_gc(w);
    must_emit(w);
    assert_str(buf_view(&w->input), first);
}

static void minimal_widths(void **state) {
    struct world *w = *state;
    recodes(w, BYTES(0, 0x41, PAD(1), 0x1A, 0x0B), BYTES(0, 0x41, 1, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0x41, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x1A, 0x0B), BYTES(0, 0x41, 0x7F, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0x41, 0xC0, 0x80, 0x00, 0x1A, 0x0B), BYTES(0, 0x41, 0xC0, 0x00, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0x41, 0x80, 0x80, 0x80, 0x80, 0x78, 0x1A, 0x0B),
            BYTES(0, 0x41, 0x80, 0x80, 0x80, 0x80, 0x78, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00, 0x1A, 0x0B),
            BYTES(0, 0x42, 0, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0x41, 0, 0x28, 2, PAD(4), 0x1A, 0x0B), BYTES(0, 0x41, 0, 0x28, 2, 4, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0x41, 0, 0x28, 0x82, 0, 4, 0x1A, 0x0B), BYTES(0, 0x41, 0, 0x28, 2, 4, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0x02, 0x40, 0x0C, 0x80, 0, 0x0B, 0x0B), BYTES(0, 0x02, 0x40, 0x0C, 0, 0x0B, 0x0B));
    recodes(w, BYTES(0, 0x41, 0, 0x0E, 0x81, 0, 0x80, 0, 0, 0x0B), BYTES(0, 0x41, 0, 0x0E, 1, 0, 0, 0x0B));
    recodes(w, BYTES(2, 1, 0x7F, 1, 0x7F, 0x20, PAD(1), 0x1A, 0x0B), BYTES(1, 2, 0x7F, 0x20, 1, 0x1A, 0x0B));
    recodes(w, BYTES(3, 1, 0x7F, 0, 0x7E, 1, 0x7F, 0x20, 1, 0x1A, 0x0B),
            BYTES(1, 2, 0x7F, 0x20, 1, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0x43, 0, 0, 0, 0, 0xFC, 0x80, 0, 0x1A, 0x0B),
            BYTES(0, 0x43, 0, 0, 0, 0, 0xFC, 0, 0x1A, 0x0B));
}

static void mapped_indices(void **state) {
    struct world *w = *state;
    recodes(w, BYTES(0, 0x23, PAD(1), 0x24, 1, 0x0B), BYTES(0, 0x23, 0, 0x24, 0, 0x0B));
    recodes(w, BYTES(0, 0x02, 2, 0x00, 0x0B, 0x1A, 0x1A, 0x0B),
            BYTES(0, 0x02, 1, 0x00, 0x0B, 0x1A, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0x41, 0, 0x11, 0, 1, 0x0B), BYTES(0, 0x41, 0, 0x11, 0, 0, 0x0B));
    recodes(w, BYTES(0, 0xFC, 16, 1, 0x1A, 0x0B), BYTES(0, 0xFC, 16, 0, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0xFC, 13, 1, 0xFC, 9, 1, 0x0B), BYTES(0, 0xFC, 13, 0, 0xFC, 9, 0, 0x0B));
    recodes(w, BYTES(0, 0x08, 1, 0x0B), BYTES(0, 0x08, 0, 0x0B));
    recodes(w, BYTES(0, 0x06, 0x40, 0x07, 1, 0x09, 0, 0x0B, 0x0B),
            BYTES(0, 0x06, 0x40, 0x07, 0, 0x09, 0, 0x0B, 0x0B));
    must_gc(w);
    assert_true(w->m.uses.legacy_try && !w->m.uses.try_table);
    recodes(w, BYTES(0, 0x02, 0x40, 0x1F, 0x40, 2, 0, 1, 0, 2, 0, 0x0B, 0x0B, 0x0B),
            BYTES(0, 0x02, 0x40, 0x1F, 0x40, 2, 0, 0, 0, 2, 0, 0x0B, 0x0B, 0x0B));
    must_gc(w);
    assert_true(w->m.uses.try_table && !w->m.uses.legacy_try);
    recodes(w, BYTES(0, 0xD2, 0, 0x1A, 0x0B), BYTES(0, 0xD2, 0, 0x1A, 0x0B));
}

/* Memory 0 is dead, memory 1 becomes memory 0. */
static void memories(void **state) {
    struct world *w = *state;
    recodes(w, BYTES(0, 0x41, 0, 0x28, 0x42, 1, 4, 0x1A, 0x0B), BYTES(0, 0x41, 0, 0x28, 2, 4, 0x1A, 0x0B));
    assert_int_equal(w->m.memories.len, 1);
    recodes(w, BYTES(0, 0x3F, 0, 0x1A, 0x3F, 1, 0x1A, 0x0B), BYTES(0, 0x3F, 0, 0x1A, 0x3F, 1, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0x41, 0, 0x28, 2, 4, 0x1A, 0x41, 0, 0x28, 0x42, 1, 4, 0x1A, 0x0B),
            BYTES(0, 0x41, 0, 0x28, 2, 4, 0x1A, 0x41, 0, 0x28, 0x42, 1, 4, 0x1A, 0x0B));
    recodes(w, BYTES(0, 0x0B), BYTES(0, 0x0B));
    assert_int_equal(w->m.memories.len, 0);
}

/* Long runs between changes, of every length around the block copy. */
static void long_runs(void **state) {
    struct world *w = *state;
    for (size_t run = 0; run < 70; run++) {
        struct buf from = {0}, to = {0};
        buf_byte(&from, 0);
        buf_byte(&to, 0);
        for (int i = 0; i < 4; i++) {
            buf_str(&from, BYTES(0x10, PAD(0)));
            buf_str(&to, BYTES(0x10, 0));
            for (size_t k = 0; k < run; k++) {
                buf_byte(&from, 0x01);
                buf_byte(&to, 0x01);
            }
        }
        buf_byte(&from, 0x0B);
        buf_byte(&to, 0x0B);
        recodes(w, buf_view(&from), buf_view(&to));
        buf_free(&from);
        buf_free(&to);
    }
}

static void refuse_body(struct world *w, Str code, const char *message) {
    buf_clear(&w->input);
    one_function(w, code);
    must_parse(w);
    assert_false(wasm_gc(&w->m, NULL, 0, &w->diag));
    assert_contains(w->diag.message, message);
    diag_init(&w->diag, w->arena);
    must_parse(w);
    buf_clear(&w->output);
    wasm_emit(&w->m, &w->output, &w->diag);
    diag_init(&w->diag, w->arena);
}

static void malformed_bodies(void **state) {
    struct world *w = *state;
    refuse_body(w, BYTES(0, 0x01, 0xFB, 0, 0, 0, 0x0B), "unknown opcode 0xfb at offset 0x");
    refuse_body(w, BYTES(0, 0x01, 0xFB, 0, 0, 0, 0x0B), " in function 0");
    refuse_body(w, BYTES(0, 0x27, 0x0B), "unknown opcode 0x27");
    refuse_body(w, BYTES(0, 0xFD, 0x9A, 0x01, 0x0B), "unknown opcode 0xfd 0x9a");
    refuse_body(w, BYTES(0, 0x10, 7, 0x0B), "index out of range in call (opcode 0x10)");
    refuse_body(w, BYTES(0, 0x23, 7, 0x0B), "index out of range in global.get");
    refuse_body(w, BYTES(0, 0x11, 9, 0, 0x0B), "index out of range in call_indirect");
    refuse_body(w, BYTES(0, 0x02, 9, 0x0B, 0x0B), "index out of range in block");
    refuse_body(w, BYTES(0, 0x28, 0x42, 7, 0, 0x0B), "index out of range in i32.load");
    refuse_body(w, BYTES(0, 0x01), "missing end");
    refuse_body(w, BYTES(0, 0x41, 0x0B), "missing end");
    refuse_body(w, BYTES(0, 0x44, 0x0B, 0x0B, 0x0B), "unexpected end");
    refuse_body(w, BYTES(0, 0x41, 0x80, 0x80), "unexpected end in i32.const");
    refuse_body(w, BYTES(7, 0x0B), "malformed local declarations");
}

static void named_in_messages(void **state) {
    struct world *w = *state;
    one_function(w, BYTES(0, 0xFB, 0x0B));
    custom(w, STR("name"), BYTES(1, 6, 1, 0, 3, 'f', 'o', 'o'));
    must_parse(w);
    assert_false(wasm_gc(&w->m, NULL, 0, &w->diag));
    assert_contains(w->diag.message, "in function `foo` (index 0)");
}

/* Table 0 with slots 1 to 4; only exported tables keep their segments. */
static void table(struct world *w) {
    types(w);
    section(w, 3, BYTES(4, 0, 0, 0, 0));
    section(w, 4, BYTES(1, 0x70, 0, 8));
    section(w, 7, BYTES(1, 1, 't', 1, 0));
    section(w, 9, BYTES(1, 0, 0x41, 1, 0x0B, 4, 0, 1, 2, 3));
    Str nop = BYTES(0, 0x01, 0x0B), none = BYTES(0, 0x0B);
    code_section(w, 4, (Str[]){none, nop, none, nop});
}

static void cleared_table_slots(void **state) {
    struct world *w = *state;
    table(w);
    must_parse(w);
    assert_int_equal(wasm_table_entry(&w->m, 0, 2), 1);
    assert_true(wasm_table_clear(&w->m, 0, 2));
    assert_true(wasm_table_clear(&w->m, 0, 4));
    assert_false(wasm_table_clear(&w->m, 0, 5));
    assert_int_equal(wasm_table_entry(&w->m, 0, 2), WASM_NONE);
    must_gc(w);
    must_emit(w);
    assert_int_equal(w->m.funcs.len, 2);
    assert_int_equal(w->m.elems.len, 2);
    assert_int_equal(wasm_table_entry(&w->m, 0, 1), 0);
    assert_int_equal(wasm_table_entry(&w->m, 0, 2), WASM_NONE);
    assert_int_equal(wasm_table_entry(&w->m, 0, 3), 1);
    wasm_table_clear(&w->m, 0, 1);
    wasm_table_clear(&w->m, 0, 3);
    must_gc(w);
    must_emit(w);
    assert_int_equal(w->m.elems.len, 0);
    assert_int_equal(w->m.funcs.len, 0);
    assert_int_equal(w->m.tables.len, 1);
}

static void dead_tables_drop_their_segments(void **state) {
    struct world *w = *state;
    table(w);
    must_parse(w);
    w->m.exports.len = 0;
    must_gc(w);
    must_emit(w);
    assert_int_equal(w->m.funcs.len + w->m.tables.len + w->m.elems.len + w->m.types.len, 0);
}

/* A declared segment keeps what is live and does not make live. */
static void declared_segments(void **state) {
    struct world *w = *state;
    types(w);
    section(w, 3, BYTES(3, 0, 0, 0));
    section(w, 7, BYTES(1, 1, 'f', 0, 0));
    section(w, 9, BYTES(1, 3, 0, 2, 1, 2));
    Str none = BYTES(0, 0x0B);
    code_section(w, 3, (Str[]){BYTES(0, 0xD2, 2, 0x1A, 0x0B), none, none});
    must_parse(w);
    must_gc(w);
    must_emit(w);
    assert_int_equal(w->m.funcs.len, 2);
    assert_int_equal(w->m.elems.items[0].count, 1);
    assert_int_equal(w->m.elems.items[0].funcs[0], 1);
    assert_str(body(w, 0), BYTES(0, 0xD2, 1, 0x1A, 0x0B));
}

static void custom_sections_keep_their_place(void **state) {
    struct world *w = *state;
    custom(w, STR("first"), STR("1"));
    types(w);
    custom(w, STR("second"), STR("2"));
    section(w, 5, BYTES(1, 0, 1));
    custom(w, STR("third"), STR("3"));
    custom(w, STR("fourth"), STR("4"));
    Str before = str_copy(w->arena, buf_view(&w->input));
    must_parse(w);
    must_emit(w);
    assert_str(buf_view(&w->input), before);
    wasm_custom_find(&w->m, STR("second"))->removed = true;
    must_emit(w);
    assert_null(wasm_custom_find(&w->m, STR("second")));
    assert_int_equal(wasm_custom_find(&w->m, STR("third"))->after, 5);
}

/* Whoever provides a table may call what the module puts into it. */
static void imported_tables_keep_their_segments(void **state) {
    struct world *w = *state;
    types(w);
    section(w, 2, BYTES(2, 1, 'e', 1, 't', 1, 0x70, 0, 4, 1, 'e', 1, 'u', 1, 0x70, 0, 4));
    section(w, 3, BYTES(2, 0, 0));
    section(w, 9, BYTES(1, 2, 1, 0x41, 2, 0x0B, 0, 1, 1));
    code_section(w, 2, (Str[]){BYTES(0, 0x0B), BYTES(0, 0x01, 0x0B)});
    must_parse(w);
    must_gc(w);
    must_emit(w);
    assert_int_equal(w->m.tables.len, 1);
    assert_str(w->m.tables.items[0].import->name, STR("u"));
    assert_int_equal(w->m.elems.len, 1);
    assert_int_equal(w->m.funcs.len, 1);
    assert_str(body(w, 0), BYTES(0, 0x01, 0x0B));
}

/* Equal types are one, those read from a file included; many cost no more than few. */
static void types_are_shared(void **state) {
    struct world *w = *state;
    enum { COUNT = 60000, LEN = 16 };
    uint8_t values[LEN];
    types(w);
    must_parse(w);
    for (uint32_t round = 0; round < 2; round++) {
        assert_int_equal(wasm_add_type(&w->m, NULL, 0, NULL, 0), 0);
        assert_int_equal(wasm_add_type(&w->m, (uint8_t[]){0x7F}, 1, (uint8_t[]){0x7F}, 1), 1);
        assert_int_equal(wasm_add_type(&w->m, NULL, 0, (uint8_t[]){0x7F, 0x7F}, 2), 2);
        for (uint32_t i = 0; i < COUNT; i++) {
            for (uint32_t bit = 0; bit < LEN; bit++)
                values[bit] = i >> bit & 1 ? WASM_I32 : WASM_F64;
            assert_int_equal(wasm_add_type(&w->m, values, i % LEN, values + i % LEN, LEN - i % LEN), 3 + i);
        }
    }
    assert_int_equal(w->m.types.len, 3 + COUNT);
}

static void new_entities(void **state) {
    struct world *w = *state;
    types(w);
    must_parse(w);
    uint8_t i32 = WASM_I32;
    uint32_t type = wasm_add_type(&w->m, &i32, 1, &i32, 1);
    assert_int_equal(type, 1);
    assert_int_equal(wasm_add_type(&w->m, NULL, 0, &i32, 1), 3);
    uint32_t f = wasm_add_func(&w->m, type, BYTES(0, 0x20, 0, 0x10, 1, 0x23, 0, 0x6A, 0x0B), STR("f"));
    uint32_t import = wasm_add_func_import(&w->m, STR("env"), STR("g"), type);
    uint32_t global = wasm_add_global(&w->m, WASM_I32, true, BYTES(0x41, 0, 0x0B), STR("g"));
    uint32_t table = wasm_add_table(&w->m, WASM_EXTERNREF, (struct wasm_limits){.min = 128}, STR("t"));
    uint32_t tag = wasm_add_tag_import(&w->m, STR("env"), STR("tag"), 0);
    wasm_export_add(&w->m, STR("f"), WASM_FUNC, f);
    wasm_export_add(&w->m, STR("t"), WASM_TABLE, table);
    wasm_export_add(&w->m, STR("x"), WASM_TAG, tag);
    assert_int_equal(import, 1);
    assert_int_equal(global, 0);
    must_gc(w);
    must_emit(w);
    assert_str(body(w, 1), BYTES(0, 0x20, 0, 0x10, 0, 0x23, 0, 0x6A, 0x0B));
    assert_int_equal(w->m.tables.items[0].limits.min, 128);
    assert_int_equal(w->m.tags.items[0].def, WASM_IMPORTED);
    assert_int_equal(w->m.types.len, 2);
}

static void put_call(struct buf *b, uint32_t func) {
    buf_byte(b, WASM_OP_CALL);
    buf_uleb(b, func);
}

/* More functions than one byte can number: the most used come first, otherwise the order stays. */
static void used_functions_get_short_indices(void **state) {
    struct world *w = *state;
    enum { COUNT = 300, LAST = COUNT - 1 };
    struct buf functions = {0}, caller = {0};
    Str bodies[COUNT], nop = BYTES(0, WASM_OP_NOP, WASM_OP_END);
    Str last = BYTES(0, WASM_OP_NOP, WASM_OP_NOP, WASM_OP_END);
    buf_uleb(&functions, COUNT);
    buf_byte(&caller, 0);
    for (uint32_t i = 0; i < COUNT; i++) {
        buf_byte(&functions, 0);
        bodies[i] = nop;
        put_call(&caller, i);
    }
    for (int i = 0; i < 5; i++)
        put_call(&caller, LAST);
    buf_byte(&caller, WASM_OP_END);
    bodies[0] = buf_view(&caller);
    bodies[LAST] = last;
    types(w);
    section(w, 3, buf_view(&functions));
    section(w, 7, BYTES(1, 1, 'f', 0, 0));
    code_section(w, COUNT, bodies);
    must_parse(w);
    must_gc(w);
    must_emit(w);
    uint32_t at = 0;
    while (body(w, at).len != 4)
        at++;
    assert_int_equal(at, 127);
    assert_int_equal(w->m.exports.items[0].id, 0);
    Str first = str_copy(w->arena, buf_view(&w->input));
    must_gc(w);
    must_emit(w);
    assert_str(buf_view(&w->input), first);
    buf_free(&functions);
    buf_free(&caller);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD_TEST(dead_functions_go),
        WORLD_TEST(without_gc_everything_stays),
        WORLD_TEST(aliases),
        WORLD_TEST(moved_function),
        WORLD_TEST(replaced_calls),
        WORLD_TEST(minimal_widths),
        WORLD_TEST(mapped_indices),
        WORLD_TEST(memories),
        WORLD_TEST(long_runs),
        WORLD_TEST(malformed_bodies),
        WORLD_TEST(named_in_messages),
        WORLD_TEST(cleared_table_slots),
        WORLD_TEST(declared_segments),
        WORLD_TEST(dead_tables_drop_their_segments),
        WORLD_TEST(imported_tables_keep_their_segments),
        WORLD_TEST(types_are_shared),
        WORLD_TEST(new_entities),
        WORLD_TEST(used_functions_get_short_indices),
        WORLD_TEST(custom_sections_keep_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
