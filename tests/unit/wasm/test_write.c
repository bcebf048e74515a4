/* Emitting into a file piece by piece: the bytes that emitting into memory gives. */
#include "assemble.h"
#include "folder.h"

#include <unistd.h>

static Str written(struct world *w, size_t piece) {
    Str folder = new_folder(w->arena), path = str_format(w->arena, "%s/out.wasm", folder.ptr), bytes;
    struct outputs outputs;
    outputs_init(&outputs, w->arena, folder);
    assert_true(wasm_add_output(&outputs, STR("out.wasm"), &w->m, piece, &w->diag));
    assert_true(outputs_commit(&outputs, &w->diag));
    assert_true(file_read_all(w->arena, path, &bytes, &w->diag));
    assert_int_equal(unlink(path.ptr), 0);
    assert_int_equal(rmdir(folder.ptr), 0); /* nothing else was left there */
    return bytes;
}

static void same_in_pieces(struct world *w) {
    must_parse(w);
    buf_clear(&w->output);
    assert_true(wasm_emit(&w->m, &w->output, &w->diag));
    static const size_t pieces[] = {1, 2, 50, 100, 130, 1000, 100000};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        assert_str(written(w, pieces[i]), buf_view(&w->output));
}

/* `count` functions, and data of `size` bytes. */
static void module(struct world *w, size_t count, const Str *bodies, size_t size) {
    types(w);
    struct buf b = {0};
    buf_uleb(&b, count);
    for (size_t i = 0; i < count; i++)
        buf_byte(&b, 0);
    section(w, 3, buf_view(&b));
    section(w, 5, BYTES(1, 0, 1));
    section(w, 7, BYTES(1, 1, 'm', 2, 0));
    code_section(w, count, bodies);
    buf_clear(&b);
    buf_bytes(&b, "\1\0\x41\0\x0B", 5);
    buf_uleb(&b, size);
    for (size_t i = 0; i < size; i++)
        buf_byte(&b, (uint8_t)i);
    section(w, 11, buf_view(&b));
    buf_free(&b);
}

static void names(struct world *w, size_t count, size_t length) {
    struct buf map = {0}, all = {0};
    buf_uleb(&map, count);
    for (size_t i = 0; i < count; i++) {
        buf_uleb(&map, i);
        buf_uleb(&map, length);
        for (size_t k = 0; k < length; k++)
            buf_byte(&map, 'a');
    }
    buf_byte(&all, 1);
    buf_uleb(&all, map.len);
    buf_str(&all, buf_view(&map));
    custom(w, STR("name"), buf_view(&all));
    buf_free(&map);
    buf_free(&all);
}

static void ordinary(void **state) {
    struct world *w = *state;
    Str body = BYTES(0, 0x01, 0x01, 0x0B), bodies[20];
    for (size_t i = 0; i < 20; i++)
        bodies[i] = body;
    module(w, 20, bodies, 300);
    custom(w, STR("other"), STR("something that is passed on as it is, whatever the size of the pieces"));
    names(w, 20, 9);
    same_in_pieces(w);
}

/* The section's own size takes one byte, where the padding of the input promises two; of every count around
 * the border. */
static void shorter_than_guessed(void **state) {
    struct world *w = *state;
    Str body = BYTES(0, 0x10, PAD(0), 0x01, 0x0B), bodies[30];
    for (size_t count = 8; count <= 30; count++) {
        for (size_t i = 0; i < count; i++)
            bodies[i] = body;
        buf_clear(&w->input);
        module(w, count, bodies, 1);
        names(w, count, count);
        same_in_pieces(w);
    }
}

/* A name map that is followed by garbage, or whose numbers are padded: less is written than was read. */
static void spans_within_spans(void **state) {
    struct world *w = *state;
    Str bodies[1] = {BYTES(0, 0x0B)};
    for (size_t pad = 90; pad < 140; pad++) {
        buf_clear(&w->input);
        module(w, 1, bodies, 1);
        struct buf all = {0};
        buf_bytes(&all, "\1\4\1\0\1f", 6);
        buf_byte(&all, 2); /* locals of function 0 */
        struct buf map = {0};
        buf_bytes(&map, "\1\0\2\0", 4);
        buf_uleb(&map, pad - 8);
        for (size_t i = 0; i < pad - 8; i++)
            buf_byte(&map, 'x');
        buf_bytes(&map, "\x81\x80\x80\x80\0\x81\x80\x80\x80\0y", 11);
        buf_uleb(&all, map.len);
        buf_str(&all, buf_view(&map));
        custom(w, STR("name"), buf_view(&all));
        same_in_pieces(w);
        buf_free(&all);
        buf_free(&map);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD_TEST(ordinary),
        WORLD_TEST(shorter_than_guessed),
        WORLD_TEST(spans_within_spans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
