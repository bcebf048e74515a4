/* The decoder of the metadata section: a walk over the rows of schema.def (docs/upstream/wire-format.md 1,
 * 2).
 *
 * The reader is sticky: after the first failure it returns zeros and the place of that failure stays. Nesting
 * follows the records of the schema, which do not contain themselves, so recursion is bounded. */
#include "meta/programs.h"

#include "meta/schema.h"

struct reader {
    struct arena *arena;
    const uint8_t *at, *end;
    int release;
    const char *reason;                 /* NULL: no failure yet */
    const struct schema_record *record; /* being read */
    const struct schema_field *field;
    size_t smallest[SCHEMA_RECORDS]; /* fewest bytes a record takes in this release; 0 = not computed */
};

static uint32_t fail(struct reader *r, const char *reason) {
    if (!r->reason)
        r->reason = reason;
    return 0;
}

static size_t bytes_left(const struct reader *r) {
    return (size_t)(r->end - r->at);
}

static uint8_t read_byte(struct reader *r) {
    if (r->reason || r->at == r->end)
        return (uint8_t)fail(r, "the data ends too early");
    return *r->at++;
}

/* Unsigned LEB128 below 2^32 in at most five bytes; longer forms than needed are legal. */
static uint32_t read_u32(struct reader *r) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        uint8_t byte = read_byte(r);
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (!(byte & 0x80))
            return value > UINT32_MAX ? fail(r, "a number does not fit 32 bits") : (uint32_t)value;
    }
    return fail(r, "a number is longer than five bytes");
}

/* A count of elements of at least `smallest` bytes each. */
static size_t read_count(struct reader *r, size_t smallest) {
    size_t count = read_u32(r);
    if (count > bytes_left(r) / (smallest ? smallest : 1))
        return fail(r, "a count or length is larger than the data left");
    return count;
}

static Str read_text(struct reader *r) {
    size_t len = read_count(r, 1);
    Str text = {(const char *)r->at, len};
    if (r->reason)
        return (Str){"", 0};
    r->at += len;
    if (!str_is_utf8(text))
        fail(r, "a string is not UTF-8");
    return text;
}

static bool read_option(struct reader *r) {
    uint8_t byte = read_byte(r);
    if (byte > 1)
        fail(r, "the mark of an optional value is neither 0 nor 1");
    return byte == 1 && !r->reason;
}

static struct meta_str_list read_texts(struct reader *r) {
    struct meta_str_list list = {NULL, read_count(r, 1)};
    list.items = ARENA_ARRAY(r->arena, list.len, Str);
    for (size_t i = 0; i < list.len && !r->reason; i++)
        list.items[i] = read_text(r);
    return list;
}

/* Stores a list of any record: all list structs have this layout. */
static void store_list(void *member, void *items, size_t len) {
    struct {
        void *items;
        size_t len;
    } list = {items, len};
    _Static_assert(sizeof list == sizeof(struct meta_Export_list), "lists have one layout");
    memcpy(member, &list, sizeof list);
}

static void read_record(struct reader *r, enum schema_record_id id, char *out);

/* Fewest bytes of a record in this release: a string, number, list, option or bool takes at least one. */
static size_t smallest_record(struct reader *r, enum schema_record_id id) {
    const struct schema_record *record = &schema_records[id];
    size_t sum = 0;
    if (record->is_enum)
        return 1;
    if (r->smallest[id])
        return r->smallest[id];
    for (size_t i = 0; i < record->nfields; i++) {
        const struct schema_field *f = &record->fields[i];
        if (schema_exists(f, r->release))
            sum += f->kind == SCHEMA_REC ? smallest_record(r, f->sub) : 1;
    }
    return r->smallest[id] = sum;
}

static void read_none(struct reader *r, const struct schema_field *field, char *out) {
    (void)r, (void)field, (void)out;
}

static void read_bool(struct reader *r, const struct schema_field *field, char *out) {
    (void)field;
    bool value = read_byte(r) != 0;
    memcpy(out, &value, sizeof value);
}

static void read_bool_tag(struct reader *r, const struct schema_field *field, char *out) {
    (void)field;
    unsigned tag = read_byte(r) != 0;
    memcpy(out, &tag, sizeof tag);
}

static void read_number(struct reader *r, const struct schema_field *field, char *out) {
    (void)field;
    uint32_t value = read_u32(r);
    memcpy(out, &value, sizeof value);
}

static void read_str(struct reader *r, const struct schema_field *field, char *out) {
    (void)field;
    Str text = read_text(r);
    memcpy(out, &text, sizeof text);
}

static void read_opt_str(struct reader *r, const struct schema_field *field, char *out) {
    (void)field;
    if (!read_option(r))
        return;
    Str *text = ARENA_NEW(r->arena, Str);
    *text = read_text(r);
    memcpy(out, &text, sizeof text);
}

static void read_list_str(struct reader *r, const struct schema_field *field, char *out) {
    (void)field;
    struct meta_str_list list = read_texts(r);
    memcpy(out, &list, sizeof list);
}

static void read_opt_list_str(struct reader *r, const struct schema_field *field, char *out) {
    (void)field;
    if (!read_option(r))
        return;
    struct meta_str_list *list = ARENA_NEW(r->arena, struct meta_str_list);
    *list = read_texts(r);
    memcpy(out, &list, sizeof list);
}

/* Strings as records whose first field is a string. */
static void read_list_name(struct reader *r, const struct schema_field *field, char *out) {
    const struct schema_record *record = &schema_records[field->sub];
    struct meta_str_list list = read_texts(r);
    char *items = arena_array(r->arena, list.len, record->size);
    for (size_t i = 0; i < list.len; i++)
        memcpy(items + i * record->size + record->fields[0].offset, &list.items[i], sizeof(Str));
    store_list(out, items, list.len);
}

static void read_rec(struct reader *r, const struct schema_field *field, char *out) {
    read_record(r, field->sub, out);
}

static void read_opt_rec(struct reader *r, const struct schema_field *field, char *out) {
    if (!read_option(r))
        return;
    char *record = arena_alloc(r->arena, schema_records[field->sub].size);
    read_record(r, field->sub, record);
    memcpy(out, &record, sizeof record);
}

static void read_list_rec(struct reader *r, const struct schema_field *field, char *out) {
    size_t size = schema_records[field->sub].size;
    size_t len = read_count(r, smallest_record(r, field->sub));
    char *items = arena_array(r->arena, len, size);
    for (size_t i = 0; i < len && !r->reason; i++)
        read_record(r, field->sub, items + i * size);
    store_list(out, items, len);
}

static void (*const read_kind[SCHEMA_KINDS])(struct reader *, const struct schema_field *, char *) = {
    [SCHEMA_NONE] = read_none,
    [SCHEMA_BOOL] = read_bool,
    [SCHEMA_TRUE_BOOL] = read_bool,
    [SCHEMA_BOOL_TAG] = read_bool_tag,
    [SCHEMA_U32] = read_number,
    [SCHEMA_STR] = read_str,
    [SCHEMA_OPT_STR] = read_opt_str,
    [SCHEMA_LIST_STR] = read_list_str,
    [SCHEMA_OPT_LIST_STR] = read_opt_list_str,
    [SCHEMA_LIST_NAME] = read_list_name,
    [SCHEMA_REC] = read_rec,
    [SCHEMA_OPT_REC] = read_opt_rec,
    [SCHEMA_LIST_REC] = read_list_rec,
    [SCHEMA_TAG] = read_rec,
};

static void read_field(struct reader *r, const struct schema_record *record, const struct schema_field *field,
                       char *out) {
    if (r->reason)
        return;
    r->record = record;
    r->field = field;
    read_kind[field->kind](r, field, out + field->offset);
}

/* The tag byte counts the variants that the release has. */
static void read_variant(struct reader *r, const struct schema_record *record, char *out) {
    unsigned wire = read_byte(r);
    for (unsigned tag = 0; tag < record->nfields; tag++) {
        const struct schema_field *variant = &record->fields[tag];
        if (!schema_exists(variant, r->release) || wire-- != 0)
            continue;
        memcpy(out, &tag, sizeof tag);
        read_field(r, record, variant, out);
        return;
    }
    fail(r, "the tag of an enum is not known");
}

static void read_struct(struct reader *r, const struct schema_record *record, char *out) {
    const bool yes = true;
    for (size_t i = 0; i < record->nfields; i++) {
        const struct schema_field *field = &record->fields[i];
        if (schema_exists(field, r->release))
            read_field(r, record, field, out);
        else if (field->kind == SCHEMA_TRUE_BOOL)
            memcpy(out + field->offset, &yes, sizeof yes);
    }
}

static void read_record(struct reader *r, enum schema_record_id id, char *out) {
    const struct schema_record *record = &schema_records[id];
    if (record->is_enum)
        read_variant(r, record, out);
    else
        read_struct(r, record, out);
}

/* Takes a block: four bytes of length (little endian), then that many bytes. */
static bool take_block(Str section, size_t *at, Str *block) {
    if (section.len - *at < 4)
        return false;
    const uint8_t *p = (const uint8_t *)section.ptr + *at;
    size_t len = (size_t)p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 | (size_t)p[3] << 24;
    if (len > section.len - *at - 4)
        return false;
    *block = str_slice(section, *at + 4, *at + 4 + len);
    *at += 4 + len;
    return true;
}

/* The text between the needle and the next quote; the values of a preface are not escaped. */
static bool preface_value(Str preface, Str needle, Str *value) {
    size_t at = str_find(preface, needle);
    if (at == preface.len)
        return false;
    Str rest = str_slice(preface, at + needle.len, preface.len);
    size_t quote = str_find(rest, STR("\""));
    *value = str_slice(rest, 0, quote);
    return quote < rest.len;
}

static bool parse_preface(Str preface, struct meta_version *version, struct diag *diag) {
    if (str_is_utf8(preface) && str_starts(preface, STR("{")) && str_ends(preface, STR("}")) &&
        preface_value(preface, STR("\"schema_version\":\""), &version->schema) &&
        preface_value(preface, STR("\"version\":\""), &version->text))
        return true;
    return diag_fail(diag, "the preface does not name a version");
}

static bool decode_program(struct arena *arena, Str blob, int release, struct meta_Program *out,
                           struct diag *diag) {
    const uint8_t *start = (const uint8_t *)blob.ptr;
    struct reader r = {.arena = arena, .at = start, .end = start + blob.len, .release = release};
    read_record(&r, SCHEMA_REC_Program, (char *)out);
    size_t offset = (size_t)(r.at - start);
    if (r.reason) {
        Str field = str_from(r.field->name);
        if (str_ends(field, STR("_")))
            field.len--;
        return diag_fail(diag, "byte %zu of the record, in %s.%.*s (layout of 0.2.%d): %s", offset,
                         r.record->name, STR_ARG(field), release, r.reason);
    }
    if (r.at != r.end)
        return diag_fail(diag, "%zu bytes are left over after the record (layout of 0.2.%d)",
                         blob.len - offset, release);
    return true;
}

/* All entries must come from one version: Cargo links only one copy of the crate. */
static bool check_same(const struct meta_version *first, const struct meta_version *version,
                       struct diag *diag) {
    if (str_eq(first->text, version->text) && str_eq(first->schema, version->schema))
        return true;
    return diag_fail(
        diag,
        "the module was linked from code of two versions of wasm-bindgen: %.*s (schema %.*s) and %.*s "
        "(schema %.*s)",
        STR_ARG(first->text), STR_ARG(first->schema), STR_ARG(version->text), STR_ARG(version->schema));
}

struct decoder {
    struct arena *arena;
    Str section;
    size_t at;
    bool allow_unknown;
    struct meta_version version; /* of the first entry */
    VEC(struct meta_Program) programs;
    VEC(struct meta_version) versions;
};

static bool decode_entry(struct decoder *d, struct diag *diag) {
    struct meta_version version = {0};
    struct meta_Program program = {0};
    Str preface, blob;
    if (!take_block(d->section, &d->at, &preface) || !parse_preface(preface, &version, diag))
        return diag_fail(diag, "the preface runs past the end of the section");
    if (d->programs.len == 0 && !schema_settle(&version, d->allow_unknown, diag))
        return false;
    if (d->programs.len == 0)
        d->version = version;
    else if (!check_same(&d->version, &version, diag))
        return false;
    version.release = d->version.release;
    if (!take_block(d->section, &d->at, &blob))
        return diag_fail(diag, "the record runs past the end of the section");
    if (!decode_program(d->arena, blob, version.release, &program, diag))
        return false;
    vec_push(d->arena, &d->programs, program);
    vec_push(d->arena, &d->versions, version);
    return true;
}

bool meta_decode(struct arena *arena, Str section, bool allow_unknown_schema, struct meta_programs *out,
                 struct diag *diag) {
    struct decoder d = {.arena = arena, .section = section, .allow_unknown = allow_unknown_schema};
    d.version.release = META_NEWEST;
    while (d.at < section.len) {
        size_t start = d.at;
        if (!decode_entry(&d, diag))
            return diag_context(diag,
                                "reading entry %zu of the wasm-bindgen metadata, at byte %zu of its section",
                                d.programs.len, start);
    }
    *out = (struct meta_programs){d.version, d.programs.items, d.programs.len, d.versions.items};
    return true;
}
