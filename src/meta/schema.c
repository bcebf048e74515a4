/* The tables made from schema.def, and which layout a module has. */
#include "meta/schema.h"

#define NOW META_NEWEST

/* One array of rows per record. A variant's payload offset depends on whether it has one. */
#define OFFSET_NONE(Owner, Name) 0
#define OFFSET_STR(Owner, Name) offsetof(struct meta_##Owner, Name)
#define OFFSET_U32(Owner, Name) offsetof(struct meta_##Owner, Name)
#define OFFSET_REC(Owner, Name) offsetof(struct meta_##Owner, Name)

/* clang-format off: pieces of declarations */
#define STRUCT(Name) static const struct schema_field fields_##Name[] = {
#define ENUM(Name) static const struct schema_field fields_##Name[] = {
#define TAGS(Name) static const struct schema_field fields_##Name[] = {
#define END_STRUCT(Name)                                                                                     \
    }                                                                                                        \
    ;
#define END_ENUM(Name)                                                                                       \
    }                                                                                                        \
    ;
#define END_TAGS(Name)                                                                                       \
    }                                                                                                        \
    ;
#define FIELD(Owner, name, KIND, Sub, from, to)                                                              \
    {#name, SCHEMA_##KIND, SCHEMA_REC_##Sub, offsetof(struct meta_##Owner, name), from, to},
#define OLD_FIELD(Owner, name, member, KIND, Sub, from, to)                                                  \
    {#name, SCHEMA_##KIND, SCHEMA_REC_##Sub, offsetof(struct meta_##Owner, member), from, to},
#define VARIANT(Owner, Name, KIND, Sub, from, to)                                                            \
    {#Name, SCHEMA_##KIND, SCHEMA_REC_##Sub, OFFSET_##KIND(Owner, Name), from, to},
#include "meta/schema.def"
/* clang-format on */

#define ROWS(Name) fields_##Name, sizeof fields_##Name / sizeof *fields_##Name
#define STRUCT(Name) [SCHEMA_REC_##Name] = {#Name, false, sizeof(struct meta_##Name), ROWS(Name)},
#define ENUM(Name) [SCHEMA_REC_##Name] = {#Name, true, sizeof(struct meta_##Name), ROWS(Name)},
#define TAGS(Name) [SCHEMA_REC_##Name] = {#Name, true, sizeof(enum meta_##Name), ROWS(Name)},
const struct schema_record schema_records[SCHEMA_RECORDS] = {
#include "meta/schema.def"
};

/* Tags are stored as `unsigned`, which is what the compiler makes of these enums. */
_Static_assert(sizeof(enum meta_StartKind) == sizeof(unsigned) &&
                   sizeof(enum meta_ImportKind_tag) == sizeof(unsigned),
               "enums of the schema have the size of unsigned");

struct schema_version {
    Str text;
    int from, to;
};

#define SCHEMA(text, from, to) {{text, sizeof text - 1}, from, to},
static const struct schema_version schemas[] = {
#include "meta/schema.def"
};
enum { SCHEMAS = sizeof schemas / sizeof *schemas };

static const struct schema_version *find_schema(Str text) {
    for (size_t i = 0; i < SCHEMAS; i++)
        if (str_eq(schemas[i].text, text))
            return &schemas[i];
    return NULL;
}

int meta_schema_release(Str schema) {
    const struct schema_version *found = find_schema(schema);
    return found ? found->to : 0;
}

/* N of "0.2.N…", or 0 if the text does not start so. */
static int parse_release(Str text) {
    if (!str_starts(text, STR("0.2.")))
        return 0;
    int release = 0;
    for (size_t i = 4; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9' && release < 100000; i++)
        release = release * 10 + (text.ptr[i] - '0');
    return release;
}

static bool fail_unknown(const struct meta_version *version, struct diag *diag) {
    return diag_fail(
        diag,
        "the module was built with wasm-bindgen %.*s, whose metadata format (schema %.*s) is not known; the "
        "newest known crate is 0.2.%d (schema %.*s). The flag --allow-unknown-schema tries its layout",
        STR_ARG(version->text), STR_ARG(version->schema), META_NEWEST, STR_ARG(schemas[SCHEMAS - 1].text));
}

bool schema_settle(struct meta_version *version, bool allow_unknown, struct diag *diag) {
    const struct schema_version *schema = find_schema(version->schema);
    int release = parse_release(version->text);
    bool listed = release >= META_OLDEST && release <= META_NEWEST;
    if (!schema && !allow_unknown)
        return fail_unknown(version, diag);
    if (schema && listed && !allow_unknown && (release < schema->from || release > schema->to))
        return diag_fail(
            diag,
            "the module's metadata says crate version %.*s and schema %.*s, which do not belong together",
            STR_ARG(version->text), STR_ARG(version->schema));
    version->release = listed ? release : schema ? schema->to : META_NEWEST;
    return true;
}
