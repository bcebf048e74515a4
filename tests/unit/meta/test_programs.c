/* The metadata section: the worked example of docs/upstream/wire-format.md 11, and corrupt variants of it. */
#include "unit.h"

#include "meta/programs.h"

struct fixture {
    struct arena *arena;
    struct diag diag;
    struct meta_programs programs;
};

static struct fixture setup(void) {
    struct fixture f = {.arena = arena_new()};
    diag_init(&f.diag, f.arena);
    return f;
}

static void teardown(struct fixture *f) {
    arena_free(f->arena);
}

#define IDENT 0x12, 'c', '-', '0', '0', '1', '1', '2', '2', '3', '3', '4', '4', '5', '5', '6', '6', '7', '7'
#define NOTHING 0, 0, 0, 0, 0, 0 /* enums … inline_js */
#define HEAD 1, 0, 1, 3, ' ', 'h', 'i', 0

static const uint8_t blob_84[] = {HEAD,    2,     1, 'a', 1, 'b', 0, 3, 'a',
                                  'd',     'd',   1, 0,   1, 1,   0, 0, /* method_kind, start */
                                  NOTHING, IDENT, 0, 0};
static const uint8_t blob_127[] = {HEAD,    2,     1,   'a', 0, 0, 0, 1, 'b', 0, 0, 0, 0, 3,
                                   'a',     'd',   'd', 1,   1, 0, 0, 0, 0,   1, 1, 0, 0, /* ret …, start */
                                   NOTHING, IDENT, 0,   0};
static const uint8_t blob_128[] = {HEAD,    2,     1,   'a', 0, 0, 0, 1, 'b', 0, 0, 0, 0, 0,
                                   3,       'a',   'd', 'd', 1, 1, 0, 0, 0,   0, 1, 1, 0, 0, /* with jspi */
                                   NOTHING, IDENT, 0,   0};
static const uint8_t blob_130[] = {HEAD, 2, 1,       'a',   0,    0,    0,    1,    'b', 0,   0, 0, 0,
                                   0,    3, 'a',     'd',   'd',  1,    1,    0,    0,   0,   0, 1, 1,
                                   0,    0, NOTHING, IDENT, 0x81, 0x80, 0x80, 0x80, 0,   'c', 0, 0};

static const struct example {
    int release;
    const char *schema, *version;
    const uint8_t *blob;
    size_t size, documented;
} examples[] = {
    {84, "0.2.84", "0.2.84", blob_84, sizeof blob_84, 51},
    {127, "0.2.122", "0.2.127", blob_127, sizeof blob_127, 61},
    {128, "0.2.128", "0.2.128", blob_128, sizeof blob_128, 62},
    {130, "0.2.130", "0.2.130", blob_130, sizeof blob_130, 68},
};
enum { EXAMPLES = sizeof examples / sizeof *examples };

static void add_entry(struct buf *section, const char *schema, const char *version, const void *blob,
                      size_t size) {
    struct buf preface = {0};
    buf_printf(&preface, "{\"schema_version\":\"%s\",\"version\":\"%s\"}", schema, version);
    buf_u32le(section, (uint32_t)preface.len);
    buf_str(section, buf_view(&preface));
    buf_u32le(section, (uint32_t)size);
    buf_bytes(section, blob, size);
    buf_free(&preface);
}

/* The section in a block of its exact size, so that reading past its end is seen. */
static bool decode(struct fixture *f, const struct buf *section, bool allow_unknown) {
    char *exact = malloc(section->len ? section->len : 1);
    memcpy(exact, section->ptr, section->len);
    f->diag.failed = false;
    bool ok = meta_decode(f->arena, (Str){exact, section->len}, allow_unknown, &f->programs, &f->diag);
    if (ok) { /* strings point into the section: keep a copy that lives as long as the arena */
        Str kept = {arena_copy(f->arena, exact, section->len), section->len};
        ok = meta_decode(f->arena, kept, allow_unknown, &f->programs, &f->diag);
    }
    free(exact);
    return ok;
}

static bool decode_one(struct fixture *f, const char *schema, const char *version, const struct example *e,
                       bool allow_unknown) {
    struct buf section = {0};
    add_entry(&section, schema, version, e->blob, e->size);
    bool ok = decode(f, &section, allow_unknown);
    buf_free(&section);
    return ok;
}

static void assert_str(Str s, const char *expected) {
    assert_int_equal(s.len, strlen(expected));
    assert_memory_equal(s.ptr, expected, s.len);
}

static void assert_mentions(const struct fixture *f, const char *text) {
    assert_true(f->diag.failed);
    if (str_find(f->diag.message, str_from(text)) == f->diag.message.len)
        fail_msg("'%.*s' does not mention '%s'", STR_ARG(f->diag.message), text);
}

static void worked_examples(void **state) {
    (void)state;
    for (size_t i = 0; i < EXAMPLES; i++) {
        const struct example *e = &examples[i];
        struct fixture f = setup();
        assert_int_equal(e->size, e->documented);
        assert_true(decode_one(&f, e->schema, e->version, e, false));
        assert_int_equal(f.programs.version.release, e->release);
        assert_int_equal(f.programs.len, 1);
        const struct meta_Program *p = &f.programs.items[0];
        assert_int_equal(p->exports.len, 1);
        const struct meta_Export *export = &p->exports.items[0];
        assert_null(export->class);
        assert_int_equal(export->comments.len, 1);
        assert_str(export->comments.items[0], " hi");
        assert_int_equal(export->function.args.len, 2);
        assert_str(export->function.args.items[0].name, "a");
        assert_str(export->function.args.items[1].name, "b");
        assert_str(export->function.name, "add");
        assert_true(export->function.generate_typescript);
        assert_true(export->function.generate_jsdoc); /* also where the release lacks it */
        assert_int_equal(export->method_kind.tag, META_MethodKind_Operation);
        assert_true(export->method_kind.Operation.is_static);
        assert_int_equal(export->method_kind.Operation.kind.tag, META_OperationKind_Regular);
        assert_int_equal(export->start, META_StartKind_None);
        assert_str(p->unique_crate_identifier, "c-0011223344556677");
        assert_str(p->module_path, e->release == 130 ? "c" : "");
        assert_null(p->package_json);
        teardown(&f);
    }
}

static void dump_text(void **state) {
    (void)state;
    static const char expected[] =
        "entry 0\n  schema_version \"0.2.122\"\n  version \"0.2.127\"\n  Program\n    exports [1]\n      "
        "Export\n"
        "        class none\n        comments [1]\n          \" hi\"\n        consumed false\n"
        "        function Function\n          args [2]\n            FunctionArgumentData\n"
        "              name \"a\"\n              ty_override none\n              optional false\n"
        "              desc none\n            FunctionArgumentData\n              name \"b\"\n"
        "              ty_override none\n              optional false\n              desc none\n"
        "          asyncness false\n          name \"add\"\n          generate_typescript true\n"
        "          generate_jsdoc true\n          variadic false\n          ret_ty_override none\n"
        "          ret_desc none\n        js_namespace none\n        method_kind Operation\n"
        "          is_static true\n          kind Regular\n        start None\n    enums [0]\n    imports "
        "[0]\n"
        "    structs [0]\n    typescript_custom_sections [0]\n    local_modules [0]\n    inline_js [0]\n"
        "    unique_crate_identifier \"c-0011223344556677\"\n    package_json none\n    linked_modules [0]\n";
    struct fixture f = setup();
    struct buf out = {0};
    assert_true(decode_one(&f, "0.2.122", "0.2.127", &examples[1], false));
    meta_dump(&f.programs, &out);
    assert_str(buf_view(&out), expected);
    buf_free(&out);
    teardown(&f);
}

static void dump_of_84_has_the_fields_of_84(void **state) {
    (void)state;
    struct fixture f = setup();
    struct buf out = {0};
    assert_true(decode_one(&f, "0.2.84", "0.2.84", &examples[0], false));
    meta_dump(&f.programs, &out);
    Str text = buf_view(&out);
    assert_true(str_find(text, STR("          arg_names [2]\n            \"a\"\n            \"b\"\n")) <
                text.len);
    assert_true(str_find(text, STR("        start false\n")) < text.len);
    assert_int_equal(str_find(text, STR("generate_jsdoc")), text.len);
    buf_free(&out);
    teardown(&f);
}

static void every_prefix_fails(void **state) {
    (void)state;
    for (size_t i = 0; i < EXAMPLES; i++) {
        struct buf section = {0};
        add_entry(&section, examples[i].schema, examples[i].version, examples[i].blob, examples[i].size);
        for (size_t len = 1; len < section.len; len++) {
            struct fixture f = setup();
            struct buf prefix = {.ptr = section.ptr, .len = len};
            assert_false(decode(&f, &prefix, false));
            assert_true(f.diag.failed);
            teardown(&f);
        }
        buf_free(&section);
    }
}

/* A blob cut or extended, with the length in front right. */
static void the_blob_must_be_used_up(void **state) {
    (void)state;
    for (size_t i = 0; i < EXAMPLES; i++)
        for (size_t size = 0; size <= examples[i].size + 1; size++) {
            struct fixture f = setup();
            uint8_t blob[128] = {0};
            memcpy(blob, examples[i].blob, examples[i].size);
            struct example cut = {.blob = blob, .size = size};
            assert_int_equal(decode_one(&f, examples[i].schema, examples[i].version, &cut, false),
                             size == examples[i].size);
            teardown(&f);
        }
}

/* Whatever a byte becomes: an answer, never a crash, and never more memory than the section is worth. */
static void flipped_bytes_do_no_harm(void **state) {
    (void)state;
    static const uint8_t values[] = {0x00, 0x01, 0x02, 0x7F, 0x80, 0xFF};
    size_t before = arena_total(), failures = 0;
    for (size_t i = 0; i < EXAMPLES; i++)
        for (size_t at = 0; at < examples[i].size; at++)
            for (size_t v = 0; v < sizeof values; v++) {
                struct fixture f = setup();
                uint8_t blob[128];
                memcpy(blob, examples[i].blob, examples[i].size);
                blob[at] = values[v];
                struct example changed = {.blob = blob, .size = examples[i].size};
                failures += !decode_one(&f, examples[i].schema, examples[i].version, &changed, false);
                assert_true(arena_total() - before < 256 * 1024);
                teardown(&f);
            }
    assert_true(failures > 500);
}

static void huge_counts_are_refused(void **state) {
    (void)state;
    static const uint8_t blob[] = {0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0, 0, 0};
    struct fixture f = setup();
    struct example e = {.blob = blob, .size = sizeof blob};
    assert_false(decode_one(&f, "0.2.130", "0.2.130", &e, false));
    assert_mentions(&f, "larger than the data left");
    assert_mentions(&f, "Program.exports");
    teardown(&f);
}

static void numbers_longer_than_five_bytes_are_refused(void **state) {
    (void)state;
    static const uint8_t long_form[] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x00};
    static const uint8_t too_large[] = {0x80, 0x80, 0x80, 0x80, 0x10};
    struct fixture f = setup();
    assert_false(
        decode_one(&f, "0.2.130", "0.2.130", &(struct example){.blob = long_form, .size = 6}, false));
    assert_mentions(&f, "five bytes");
    teardown(&f);
    f = setup();
    assert_false(
        decode_one(&f, "0.2.130", "0.2.130", &(struct example){.blob = too_large, .size = 5}, false));
    assert_mentions(&f, "32 bits");
    teardown(&f);
}

static void unknown_schema(void **state) {
    (void)state;
    struct fixture f = setup();
    assert_false(decode_one(&f, "0.2.131", "0.2.131", &examples[3], false));
    assert_mentions(&f, "0.2.131");
    assert_mentions(&f, "0.2.130");
    assert_mentions(&f, "--allow-unknown-schema");
    teardown(&f);
    f = setup();
    assert_true(decode_one(&f, "0.2.131", "0.2.131", &examples[3], true));
    assert_int_equal(f.programs.version.release, META_NEWEST);
    teardown(&f);
}

static void newer_crate_with_a_known_schema(void **state) {
    (void)state;
    struct fixture f = setup();
    assert_true(decode_one(&f, "0.2.130", "0.2.145 (abcdef)", &examples[3], false));
    assert_int_equal(f.programs.version.release, 130);
    assert_str(f.programs.version.text, "0.2.145 (abcdef)");
    teardown(&f);
    f = setup();
    assert_true(decode_one(&f, "0.2.122", "0.3.0", &examples[1], false));
    assert_int_equal(f.programs.version.release, 127);
    teardown(&f);
    f = setup();
    assert_true(decode_one(&f, "0.2.122", "0.2.124", &examples[1], false));
    assert_int_equal(f.programs.version.release, 124);
    teardown(&f);
}

static void contradicting_versions(void **state) {
    (void)state;
    struct fixture f = setup();
    assert_false(decode_one(&f, "0.2.130", "0.2.99", &examples[3], false));
    assert_mentions(&f, "do not belong together");
    teardown(&f);
}

static void two_versions(void **state) {
    (void)state;
    struct fixture f = setup();
    struct buf section = {0};
    add_entry(&section, "0.2.122", "0.2.127", blob_127, sizeof blob_127);
    add_entry(&section, "0.2.128", "0.2.128", blob_128, sizeof blob_128);
    assert_false(decode(&f, &section, false));
    assert_mentions(&f, "0.2.127");
    assert_mentions(&f, "0.2.128");
    buf_free(&section);
    teardown(&f);
}

static void several_entries(void **state) {
    (void)state;
    struct fixture f = setup();
    struct buf section = {0};
    for (int i = 0; i < 3; i++)
        add_entry(&section, "0.2.130", "0.2.130", blob_130, sizeof blob_130);
    assert_true(decode(&f, &section, false));
    assert_int_equal(f.programs.len, 3);
    buf_free(&section);
    teardown(&f);
}

static void empty_section(void **state) {
    (void)state;
    struct fixture f = setup();
    assert_true(meta_decode(f.arena, STR(""), false, &f.programs, &f.diag));
    assert_int_equal(f.programs.len, 0);
    teardown(&f);
}

static void strings_must_be_utf8(void **state) {
    (void)state;
    struct fixture f = setup();
    uint8_t blob[sizeof blob_130];
    memcpy(blob, blob_130, sizeof blob);
    blob[4] = 0xFF; /* in the comment */
    assert_false(
        decode_one(&f, "0.2.130", "0.2.130", &(struct example){.blob = blob, .size = sizeof blob}, false));
    assert_mentions(&f, "UTF-8");
    assert_mentions(&f, "Export.comments");
    teardown(&f);
}

/* Tags count the variants of the release: Type is 2 up to 0.2.92, 3 from 0.2.93. */
static void tags_by_release(void **state) {
    (void)state;
    static const uint8_t type_92[] = {0, 0, 1, 0, 0, 2, 1, 'T', 1, 's', 0, 0, 0, 0, 0, IDENT, 0, 0};
    static const uint8_t type_93[] = {0, 0, 1, 0, 0, 3, 1, 'T', 1, 's', 0, 0, 0, 0, 0, IDENT, 0, 0};
    static const uint8_t enum_92[] = {0, 0, 1, 0, 0, 3, 0, 0, 0, 0, IDENT, 0, 0};
    struct fixture f = setup();
    assert_true(decode_one(&f, "0.2.92", "0.2.92", &(struct example){.blob = type_92, .size = sizeof type_92},
                           false));
    assert_int_equal(f.programs.items[0].imports.items[0].kind.tag, META_ImportKind_Type);
    assert_true(f.programs.items[0].imports.items[0].generate_typescript);
    assert_true(decode_one(&f, "0.2.93", "0.2.93", &(struct example){.blob = type_93, .size = sizeof type_93},
                           false));
    assert_int_equal(f.programs.items[0].imports.items[0].kind.tag, META_ImportKind_Type);
    assert_true(decode_one(&f, "0.2.92", "0.2.92", &(struct example){.blob = enum_92, .size = sizeof enum_92},
                           false));
    assert_int_equal(f.programs.items[0].imports.items[0].kind.tag, META_ImportKind_Enum);
    assert_false(decode_one(&f, "0.2.93", "0.2.93",
                            &(struct example){.blob = enum_92, .size = sizeof enum_92}, false));
    teardown(&f);
}

/* docs/upstream/wire-format.md 7, release by release. */
static void schema_of_every_release(void **state) {
    (void)state;
    static const int first[] = {84,  85,  87,  88,  92,  93,  94,  95,  96,  100, 101, 102,
                                105, 106, 107, 114, 115, 118, 119, 121, 122, 128, 130};
    static const int last[] = {84,  86,  87,  91,  92,  93,  94,  95,  98,  100, 101, 104,
                               105, 106, 113, 114, 117, 118, 120, 121, 127, 129, 130};
    struct fixture f = setup();
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        assert_int_equal(meta_schema_release(str_format(f.arena, "0.2.%d", first[i])), last[i]);
    assert_int_equal(meta_schema_release(STR("0.2.98")), 99);
    assert_int_equal(meta_schema_release(STR("0.2.99")), 0);
    assert_int_equal(meta_schema_release(STR("")), 0);
    teardown(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_examples),
        cmocka_unit_test(dump_text),
        cmocka_unit_test(dump_of_84_has_the_fields_of_84),
        cmocka_unit_test(every_prefix_fails),
        cmocka_unit_test(the_blob_must_be_used_up),
        cmocka_unit_test(flipped_bytes_do_no_harm),
        cmocka_unit_test(huge_counts_are_refused),
        cmocka_unit_test(numbers_longer_than_five_bytes_are_refused),
        cmocka_unit_test(unknown_schema),
        cmocka_unit_test(newer_crate_with_a_known_schema),
        cmocka_unit_test(contradicting_versions),
        cmocka_unit_test(two_versions),
        cmocka_unit_test(several_entries),
        cmocka_unit_test(empty_section),
        cmocka_unit_test(strings_must_be_utf8),
        cmocka_unit_test(tags_by_release),
        cmocka_unit_test(schema_of_every_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
