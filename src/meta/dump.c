/* The metadata as text: the wire's fields of the version found, in wire order, one per line. */
#include "meta/programs.h"
#include "meta/schema.h"

struct dumper {
    struct buf *out;
    int release;
};

static void indent(struct buf *out, int depth) {
    for (int i = 0; i < depth; i++)
        buf_bytes(out, "  ", 2);
}

static void quoted(struct buf *out, Str text) {
    buf_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = (uint8_t)text.ptr[i];
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c == '\n' || c == '\t')
            buf_str(out, c == '\n' ? STR("\\n") : STR("\\t"));
        else if (c < 0x20 || c == 0x7F)
            buf_printf(out, "\\x%02x", c);
        else
            buf_byte(out, c);
    }
    buf_byte(out, '"');
}

static void dump_struct(struct dumper *d, const struct schema_record *record, const char *at, int depth);

/* All functions below print what follows the field's name, up to the end of the last line of its value. */

static void dump_texts(struct dumper *d, const struct meta_str_list *list, int depth) {
    buf_printf(d->out, " [%zu]\n", list->len);
    for (size_t i = 0; i < list->len; i++) {
        indent(d->out, depth + 1);
        quoted(d->out, list->items[i]);
        buf_byte(d->out, '\n');
    }
}

static void dump_str(struct dumper *d, Str text) {
    buf_byte(d->out, ' ');
    quoted(d->out, text);
    buf_byte(d->out, '\n');
}

static uint32_t number_at(const char *at) {
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static void dump_variant(struct dumper *d, const struct schema_record *record, const char *at, int depth) {
    const struct schema_field *variant = &record->fields[number_at(at)];
    buf_printf(d->out, " %s", variant->name);
    if (variant->kind == SCHEMA_STR) {
        Str text;
        memcpy(&text, at + variant->offset, sizeof text);
        dump_str(d, text);
        return;
    }
    if (variant->kind == SCHEMA_U32)
        buf_printf(d->out, " %u", number_at(at + variant->offset));
    buf_byte(d->out, '\n');
    if (variant->kind == SCHEMA_REC)
        dump_struct(d, &schema_records[variant->sub], at + variant->offset, depth + 1);
}

static void dump_record(struct dumper *d, enum schema_record_id id, const char *at, int depth) {
    const struct schema_record *record = &schema_records[id];
    if (record->is_enum) {
        dump_variant(d, record, at, depth);
        return;
    }
    buf_printf(d->out, " %s\n", record->name);
    dump_struct(d, record, at, depth + 1);
}

static void dump_list(struct dumper *d, const struct schema_field *field, const char *at, int depth) {
    const struct schema_record *record = &schema_records[field->sub];
    const char *items;
    size_t len;
    memcpy(&items, at, sizeof items);
    memcpy(&len, at + sizeof items, sizeof len);
    buf_printf(d->out, " [%zu]\n", len);
    for (size_t i = 0; i < len; i++) {
        const char *item = items + i * record->size;
        indent(d->out, depth + 1);
        if (field->kind == SCHEMA_LIST_NAME) {
            Str name;
            memcpy(&name, item + record->fields[0].offset, sizeof name);
            quoted(d->out, name);
            buf_byte(d->out, '\n');
        } else {
            buf_printf(d->out, "%s\n", record->name);
            dump_struct(d, record, item, depth + 2);
        }
    }
}

/* A pointer member: absent, or what `kind` would be without the option. */
static void dump_option(struct dumper *d, const struct schema_field *field, const char *at, int depth) {
    const void *value;
    memcpy(&value, at, sizeof value);
    if (!value)
        buf_str(d->out, STR(" none\n"));
    else if (field->kind == SCHEMA_OPT_STR)
        dump_str(d, *(const Str *)value);
    else if (field->kind == SCHEMA_OPT_LIST_STR)
        dump_texts(d, value, depth);
    else
        dump_record(d, field->sub, value, depth);
}

static void dump_plain(struct dumper *d, const struct schema_field *field, const char *at, int depth) {
    Str text;
    struct meta_str_list list;
    bool flag;
    switch (field->kind) {
    case SCHEMA_BOOL:
    case SCHEMA_TRUE_BOOL:
        memcpy(&flag, at, sizeof flag);
        buf_str(d->out, flag ? STR(" true\n") : STR(" false\n"));
        break;
    case SCHEMA_BOOL_TAG:
        buf_str(d->out, number_at(at) ? STR(" true\n") : STR(" false\n"));
        break;
    case SCHEMA_U32:
        buf_printf(d->out, " %u\n", number_at(at));
        break;
    case SCHEMA_STR:
        memcpy(&text, at, sizeof text);
        dump_str(d, text);
        break;
    case SCHEMA_LIST_STR:
        memcpy(&list, at, sizeof list);
        dump_texts(d, &list, depth);
        break;
    default:
        dump_record(d, field->sub, at, depth);
    }
}

static void dump_struct(struct dumper *d, const struct schema_record *record, const char *at, int depth) {
    for (size_t i = 0; i < record->nfields; i++) {
        const struct schema_field *field = &record->fields[i];
        const char *member = at + field->offset;
        if (!schema_exists(field, d->release))
            continue;
        Str name = str_from(field->name);
        if (str_ends(name, STR("_")))
            name.len--;
        indent(d->out, depth);
        buf_str(d->out, name);
        if (field->kind == SCHEMA_LIST_REC || field->kind == SCHEMA_LIST_NAME)
            dump_list(d, field, member, depth);
        else if (field->kind == SCHEMA_OPT_STR || field->kind == SCHEMA_OPT_LIST_STR ||
                 field->kind == SCHEMA_OPT_REC)
            dump_option(d, field, member, depth);
        else
            dump_plain(d, field, member, depth);
    }
}

void meta_dump(const struct meta_programs *programs, struct buf *out) {
    for (size_t i = 0; i < programs->len; i++) {
        struct dumper d = {out, programs->versions[i].release};
        buf_printf(out, "entry %zu\n  schema_version", i);
        dump_str(&d, programs->versions[i].schema);
        buf_str(out, STR("  version"));
        dump_str(&d, programs->versions[i].text);
        buf_str(out, STR("  Program\n"));
        dump_struct(&d, &schema_records[SCHEMA_REC_Program], (const char *)&programs->items[i], 2);
    }
}
