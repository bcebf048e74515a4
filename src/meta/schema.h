/* schema.def as tables for the decoder and the dumper. Private to src/meta. */
#ifndef META_SCHEMA_H
#define META_SCHEMA_H

#include <stddef.h>

#include "base/diag.h"
#include "meta/programs.h"

/* How a field is encoded; the meaning is explained in schema.def. */
enum schema_kind {
    SCHEMA_NONE,
    SCHEMA_BOOL,
    SCHEMA_TRUE_BOOL,
    SCHEMA_BOOL_TAG,
    SCHEMA_U32,
    SCHEMA_STR,
    SCHEMA_OPT_STR,
    SCHEMA_LIST_STR,
    SCHEMA_OPT_LIST_STR,
    SCHEMA_LIST_NAME,
    SCHEMA_REC,
    SCHEMA_OPT_REC,
    SCHEMA_LIST_REC,
    SCHEMA_TAG,
    SCHEMA_KINDS,
};

/* A record of the wire format: SCHEMA_REC_Program, … */
enum schema_record_id {
    SCHEMA_REC_none,
#define STRUCT(Name) SCHEMA_REC_##Name,
#define ENUM(Name) SCHEMA_REC_##Name,
#define TAGS(Name) SCHEMA_REC_##Name,
#include "meta/schema.def"
    SCHEMA_RECORDS
};

/* A field of a struct or a variant of an enum; exists in the releases from … to. */
struct schema_field {
    const char *name; /* a trailing _ does not belong to the wire's name */
    enum schema_kind kind;
    enum schema_record_id sub;
    size_t offset; /* of the member in the C struct */
    int from, to;
};

struct schema_record {
    const char *name;
    bool is_enum; /* rows are variants; the tag is at offset 0, the enumerator = the row's index */
    size_t size;  /* of the C struct */
    const struct schema_field *fields;
    size_t nfields;
};

/* By enum schema_record_id. */
extern const struct schema_record schema_records[SCHEMA_RECORDS];

/* Sets version->release from the other two fields: the crate version decides, the schema string has to be one
 * of those that release can have. With `allow_unknown` the crate version alone decides, and the newest layout
 * is taken where that is not known either (docs/upstream/wire-format.md 1.3). */
bool schema_settle(struct meta_version *version, bool allow_unknown, struct diag *diag);

static inline bool schema_exists(const struct schema_field *field, int release) {
    return field->from <= release && release <= field->to;
}

#endif
