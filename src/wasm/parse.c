#include "wasm/parse.h"

#include "wasm/lookup.h"
#include "wasm/name.h"
#include "wasm/parse_internal.h"

/* Where the bytes come from: a file, or memory. */
struct source {
    struct file *file;
    Str bytes;
    uint64_t size;
};

/* The parser: position, and what earlier sections promised. */
struct parser {
    struct wasm_module *m;
    struct source source;
    struct wasm_parse_options options;
    struct diag *diag;
    uint64_t at;
    int last_rank; /* of the last section that was not custom */
    uint8_t last_id;
    struct wasm_section section;
};

/* Sections in the order they must appear in (specification 5.5.2); the row is the rank. */
static const struct section_row {
    uint8_t id;
    const char *name;
    void (*parse)(struct wasm_section *);
} sections[] = {
    {0, "custom", NULL},
    {1, "type", wasm_parse_types},
    {2, "import", wasm_parse_imports},
    {3, "function", wasm_parse_functions},
    {4, "table", wasm_parse_tables},
    {5, "memory", wasm_parse_memories},
    {13, "tag", wasm_parse_tags},
    {6, "global", wasm_parse_globals},
    {7, "export", wasm_parse_exports},
    {8, "start", wasm_parse_start},
    {9, "element", wasm_parse_elems},
    {12, "data count", wasm_parse_data_count},
    {10, "code", wasm_parse_code},
    {11, "data", wasm_parse_datas},
};
enum { NSECTIONS = sizeof sections / sizeof *sections };

static bool source_read(struct parser *p, uint64_t offset, size_t size, Str *out) {
    if (p->source.file)
        return file_read(p->source.file, p->m->arena, offset, size, out, p->diag);
    *out = str_slice(p->source.bytes, (size_t)offset, (size_t)offset + size);
    return true;
}

/* A short piece for a look ahead: at most `size` bytes, less at the end of the file. */
static bool source_peek(struct parser *p, uint64_t offset, size_t size, Str *out) {
    uint64_t left = p->source.size - offset;
    return source_read(p, offset, left < size ? (size_t)left : size, out);
}

/* Magic and version, specification 5.5.16; a component has another version and layer. */
static bool parse_preamble(struct parser *p) {
    static const char magic[4] = {0, 'a', 's', 'm'}, version[4] = {1, 0, 0, 0};
    Str head;
    if (!source_peek(p, 0, 8, &head))
        return false;
    if (head.len < 4 || memcmp(head.ptr, magic, 4) != 0)
        return diag_fail(p->diag, "not a WebAssembly module (it does not start with \"\\0asm\")");
    if (head.len < 8)
        return diag_fail(p->diag,
                         "truncated WebAssembly module: the file ends at offset 0x%zx, within the header",
                         head.len);
    if (head.ptr[6] == 1)
        return diag_fail(p->diag, "this is a WebAssembly component, not a core module");
    if (memcmp(head.ptr + 4, version, 4) != 0)
        return diag_fail(p->diag, "unsupported WebAssembly version 0x%02x%02x%02x%02x",
                         (unsigned char)head.ptr[7], (unsigned char)head.ptr[6], (unsigned char)head.ptr[5],
                         (unsigned char)head.ptr[4]);
    p->at = 8;
    return true;
}

/* Id, rank and extent of the section at p->at. */
struct header {
    int rank;
    uint64_t start, size; /* of the content */
};

static bool parse_header(struct parser *p, struct header *header) {
    Str head;
    if (!source_peek(p, p->at, 6, &head))
        return false;
    struct wasm_reader r = wasm_reader_of(head);
    uint8_t id = wasm_read_byte(&r);
    for (header->rank = NSECTIONS - 1; header->rank >= 0 && sections[header->rank].id != id;)
        header->rank--;
    if (header->rank < 0)
        return diag_fail(p->diag, "unknown section id %u at offset 0x%llx", id, (unsigned long long)p->at);
    const char *name = sections[header->rank].name;
    header->size = wasm_read_u32(&r);
    if (r.reason)
        return diag_fail(p->diag, "truncated or malformed size of the %s section at offset 0x%llx", name,
                         (unsigned long long)p->at);
    header->start = p->at + (uint64_t)(r.p - (const uint8_t *)head.ptr);
    if (header->size > p->source.size - header->start)
        return diag_fail(
            p->diag,
            "truncated WebAssembly module: the %s section at offset 0x%llx needs %llu bytes, %llu are left",
            name, (unsigned long long)p->at, (unsigned long long)header->size,
            (unsigned long long)(p->source.size - header->start));
    return true;
}

static bool section_error(struct parser *p, const struct header *header, const struct wasm_section *s) {
    return diag_fail(p->diag, "%s in the %s section at offset 0x%llx", s->r.reason,
                     sections[header->rank].name,
                     (unsigned long long)(s->offset + (uint64_t)(s->r.p - s->start)));
}

static bool parse_section(struct parser *p, const struct header *header) {
    const struct section_row *row = &sections[header->rank];
    if (header->rank <= p->last_rank)
        return diag_fail(p->diag, "%s section at offset 0x%llx is out of order or there twice", row->name,
                         (unsigned long long)p->at);
    p->last_rank = header->rank;
    p->last_id = row->id;
    Str content;
    if (!source_read(p, header->start, (size_t)header->size, &content))
        return false;
    struct wasm_section *s = &p->section;
    s->r = wasm_reader_of(content);
    s->start = (const uint8_t *)content.ptr;
    s->offset = header->start;
    row->parse(s);
    if (!s->r.reason && wasm_left(&s->r))
        wasm_section_fail(s, "bytes left over");
    return s->r.reason ? section_error(p, header, s) : true;
}

/* Sections that describe code by position and are wrong once anything moves: DWARF, what linkers left over,
 * and notes on instructions (branch hints). */
static bool is_dropped(Str name, bool keep_debug) {
    if (str_starts(name, STR(".debug_")))
        return !keep_debug;
    return str_starts(name, STR("reloc.")) || str_eq(name, STR("linking")) ||
           str_starts(name, STR("metadata.code.")) || str_starts(name, STR("binaryen."));
}

/* The name of a custom section, reading no more than the name. */
static bool parse_custom_name(struct parser *p, const struct header *header, Str *name, size_t *used) {
    size_t wanted = header->size < 64 ? (size_t)header->size : 64;
    Str head;
    for (;; wanted = (size_t)header->size) {
        if (!source_read(p, header->start, wanted, &head))
            return false;
        struct wasm_reader r = wasm_reader_of(head);
        *name = wasm_read_name(&r);
        *used = (size_t)(r.p - (const uint8_t *)head.ptr);
        if (!r.reason)
            return true;
        if (wanted == header->size)
            return diag_fail(p->diag, "%s in the name of the custom section at offset 0x%llx", r.reason,
                             (unsigned long long)p->at);
    }
}

static bool parse_custom(struct parser *p, const struct header *header) {
    struct wasm_custom custom = {.after = p->last_id};
    size_t used;
    if (!parse_custom_name(p, header, &custom.name, &used))
        return false;
    custom.offset = header->start + used;
    custom.size = header->size - used;
    custom.unread = custom.removed = is_dropped(custom.name, p->options.keep_debug);
    if (!custom.unread && !source_read(p, custom.offset, (size_t)custom.size, &custom.bytes))
        return false;
    vec_push(p->m->arena, &p->m->customs, custom);
    return true;
}

static bool parse_sections(struct parser *p) {
    while (p->at < p->source.size) {
        struct header header = {0};
        if (!parse_header(p, &header))
            return false;
        if (!(header.rank ? parse_section(p, &header) : parse_custom(p, &header)))
            return false;
        p->at = header.start + header.size;
    }
    if (p->section.nbodies)
        return diag_fail(p->diag, "truncated WebAssembly module: %u functions have no body",
                         p->section.nbodies);
    if (p->m->has_data_count && p->section.data_count != p->m->datas.len)
        return diag_fail(p->diag, "the data count section says %u, but there are %zu data segments",
                         p->section.data_count, p->m->datas.len);
    return true;
}

/* Several are malformed; the first one counts, and the emitter writes one. */
static void drop_other_names(struct wasm_module *m, const struct wasm_custom *first) {
    for (vec_each(struct wasm_custom, custom, &m->customs))
        if (custom != first && str_eq(custom->name, first->name))
            custom->removed = true;
}

static bool parse_module(struct parser *p) {
    if (!parse_preamble(p) || !parse_sections(p) || !wasm_check(p->m, p->diag))
        return false;
    struct wasm_custom *names = wasm_custom_find(p->m, STR("name"));
    if (names) {
        wasm_names_parse(p->m, names->bytes, p->diag);
        drop_other_names(p->m, names);
    }
    return true;
}

static bool parse_source(struct wasm_module *m, struct arena *arena, struct source source,
                         struct wasm_parse_options options, struct diag *diag) {
    *m = (struct wasm_module){.arena = arena, .start = WASM_NONE, .table_slots = wasm_table_slots_new(arena)};
    struct parser p = {.m = m, .source = source, .options = options, .diag = diag, .section.m = m};
    return parse_module(&p);
}

bool wasm_read(struct wasm_module *m, struct arena *arena, struct file *file,
               struct wasm_parse_options options, struct diag *diag) {
    struct source source = {.file = file, .size = file_size(file)};
    return parse_source(m, arena, source, options, diag);
}

bool wasm_parse(struct wasm_module *m, struct arena *arena, Str bytes, struct wasm_parse_options options,
                struct diag *diag) {
    struct source source = {.bytes = bytes, .size = bytes.len};
    return parse_source(m, arena, source, options, diag);
}
