/* Readers of the type, import, function, table, memory, tag, global, export, start and code sections. */
#include "wasm/parse_internal.h"

static uint8_t read_valtype(struct wasm_section *s) {
    uint8_t type = wasm_read_byte(&s->r);
    if (!wasm_is_valtype(type))
        wasm_section_fail(
            s, "unsupported value type (typed references and garbage-collected types are not supported)");
    return type;
}

static uint8_t read_reftype(struct wasm_section *s) {
    uint8_t type = read_valtype(s);
    if (type >= WASM_V128)
        wasm_section_fail(s, "malformed reference type");
    return type;
}

static const uint8_t *read_valtypes(struct wasm_section *s, uint32_t *count) {
    *count = wasm_read_count(&s->r, 1, WASM_MAX_VALUES);
    const uint8_t *types = s->r.p;
    for (uint32_t i = 0; i < *count && !s->r.reason; i++)
        read_valtype(s);
    return types;
}

/* Specification 5.5.4; only function types. */
void wasm_parse_types(struct wasm_section *s) {
    struct wasm_module *m = s->m;
    uint32_t count = wasm_read_count(&s->r, 3, WASM_MAX_TYPES);
    vec_reserve(m->arena, &m->types, count);
    for (uint32_t i = 0; i < count && !s->r.reason; i++) {
        if (wasm_read_byte(&s->r) != 0x60)
            wasm_section_fail(s, "unsupported type form (only function types are supported)");
        struct wasm_functype type;
        type.params = read_valtypes(s, &type.nparams);
        type.results = read_valtypes(s, &type.nresults);
        vec_push(m->arena, &m->types, type);
    }
}

/* Specification 5.3.11: bit 0 maximum, bit 1 shared, bit 2 64-bit addresses, bit 3 page size (proposal). */
static struct wasm_limits read_limits(struct wasm_section *s, uint8_t allowed) {
    uint8_t flags = wasm_read_byte(&s->r);
    if (flags & ~allowed)
        wasm_section_fail(s, "malformed limits");
    struct wasm_limits limits = {
        .has_max = flags & 1, .shared = flags & 2, .is64 = flags & 4, .has_page_size = flags & 8};
    limits.min = limits.is64 ? wasm_read_u64(&s->r) : wasm_read_u32(&s->r);
    if (limits.has_max)
        limits.max = limits.is64 ? wasm_read_u64(&s->r) : wasm_read_u32(&s->r);
    if (limits.has_page_size) {
        uint32_t log2 = wasm_read_u32(&s->r);
        if (log2 > 16)
            wasm_section_fail(s, "malformed page size");
        limits.page_size_log2 = (uint8_t)log2;
    }
    return limits;
}

static uint32_t read_type_index(struct wasm_section *s) {
    uint32_t type = wasm_read_u32(&s->r);
    if (type >= s->m->types.len)
        wasm_section_fail(s, "type index out of range");
    return type;
}

static struct wasm_table read_table_type(struct wasm_section *s) {
    struct wasm_table table = {.reftype = read_reftype(s)};
    table.limits = read_limits(s, 1 | 4);
    return table;
}

static struct wasm_global read_global_type(struct wasm_section *s) {
    struct wasm_global global = {.valtype = read_valtype(s)};
    uint8_t mutability = wasm_read_byte(&s->r);
    if (mutability > 1)
        wasm_section_fail(s, "malformed mutability");
    global.is_mutable = mutability;
    return global;
}

static uint32_t read_tag_type(struct wasm_section *s) {
    if (wasm_read_byte(&s->r) != 0)
        wasm_section_fail(s, "malformed tag");
    return read_type_index(s);
}

/* Specification 5.5.5, one import behind its names. */
static void parse_import(struct wasm_section *s, const struct wasm_import *import) {
    struct wasm_module *m = s->m;
    switch (wasm_read_byte(&s->r)) {
    case WASM_FUNC: {
        struct wasm_func func = {.def = WASM_IMPORTED, .type = read_type_index(s), .import = import};
        vec_push(m->arena, &m->funcs, func);
        break;
    }
    case WASM_TABLE: {
        struct wasm_table table = read_table_type(s);
        table.def = WASM_IMPORTED;
        table.import = import;
        vec_push(m->arena, &m->tables, table);
        break;
    }
    case WASM_MEMORY: {
        struct wasm_memory memory = {WASM_IMPORTED, read_limits(s, 0x0F), import, {0}};
        vec_push(m->arena, &m->memories, memory);
        break;
    }
    case WASM_GLOBAL: {
        struct wasm_global global = read_global_type(s);
        global.def = WASM_IMPORTED;
        global.import = import;
        vec_push(m->arena, &m->globals, global);
        break;
    }
    case WASM_TAG: {
        struct wasm_tag tag = {WASM_IMPORTED, read_tag_type(s), import, {0}};
        vec_push(m->arena, &m->tags, tag);
        break;
    }
    default:
        wasm_section_fail(s, "unknown kind of import");
    }
}

void wasm_parse_imports(struct wasm_section *s) {
    struct wasm_module *m = s->m;
    uint32_t count = wasm_read_count(&s->r, 4, WASM_MAX_IMPORTS);
    struct wasm_import *imports = ARENA_ARRAY(m->arena, count, struct wasm_import);
    for (uint32_t i = 0; i < count && !s->r.reason; i++) {
        imports[i].module = wasm_read_name(&s->r);
        imports[i].name = wasm_read_name(&s->r);
        parse_import(s, &imports[i]);
    }
}

void wasm_parse_functions(struct wasm_section *s) {
    struct wasm_module *m = s->m;
    uint32_t count = wasm_read_count(&s->r, 1, WASM_MAX_FUNCS);
    s->first_func = (uint32_t)m->funcs.len;
    s->nbodies = count;
    /* Room as well for the few that transforms add: growing would copy them all. */
    vec_reserve(m->arena, &m->funcs, count + count / 16 + 16);
    for (uint32_t i = 0; i < count && !s->r.reason; i++) {
        struct wasm_func func = {.def = WASM_DEFINED, .type = read_type_index(s)};
        vec_push(m->arena, &m->funcs, func);
    }
}

/* Specification 5.5.7; 0x40 0x00 announces an initialiser. */
void wasm_parse_tables(struct wasm_section *s) {
    struct wasm_module *m = s->m;
    uint32_t count = wasm_read_count(&s->r, 3, WASM_MAX_TABLES);
    for (uint32_t i = 0; i < count && !s->r.reason; i++) {
        bool has_init = wasm_left(&s->r) && *s->r.p == 0x40;
        if (has_init && (wasm_read_byte(&s->r), wasm_read_byte(&s->r) != 0))
            wasm_section_fail(s, "malformed table");
        struct wasm_table table = read_table_type(s);
        if (has_init)
            table.init = wasm_parse_expr(s);
        vec_push(m->arena, &m->tables, table);
    }
}

void wasm_parse_memories(struct wasm_section *s) {
    struct wasm_module *m = s->m;
    uint32_t count = wasm_read_count(&s->r, 2, WASM_MAX_MEMORIES);
    for (uint32_t i = 0; i < count && !s->r.reason; i++) {
        struct wasm_memory memory = {WASM_DEFINED, read_limits(s, 0x0F), NULL, {0}};
        vec_push(m->arena, &m->memories, memory);
    }
}

void wasm_parse_tags(struct wasm_section *s) {
    struct wasm_module *m = s->m;
    uint32_t count = wasm_read_count(&s->r, 2, WASM_MAX_TAGS);
    for (uint32_t i = 0; i < count && !s->r.reason; i++) {
        struct wasm_tag tag = {WASM_DEFINED, read_tag_type(s), NULL, {0}};
        vec_push(m->arena, &m->tags, tag);
    }
}

void wasm_parse_globals(struct wasm_section *s) {
    struct wasm_module *m = s->m;
    uint32_t count = wasm_read_count(&s->r, 4, WASM_MAX_GLOBALS);
    vec_reserve(m->arena, &m->globals, count);
    for (uint32_t i = 0; i < count && !s->r.reason; i++) {
        struct wasm_global global = read_global_type(s);
        global.init = wasm_parse_expr(s);
        vec_push(m->arena, &m->globals, global);
    }
}

/* Specification 5.5.10. Equal names are found by wasm_check. */
void wasm_parse_exports(struct wasm_section *s) {
    struct wasm_module *m = s->m;
    uint32_t count = wasm_read_count(&s->r, 3, WASM_MAX_EXPORTS);
    vec_reserve(m->arena, &m->exports, count);
    for (uint32_t i = 0; i < count && !s->r.reason; i++) {
        struct wasm_export export = {.name = wasm_read_name(&s->r)};
        export.kind = wasm_read_byte(&s->r);
        export.id = wasm_read_u32(&s->r);
        if (export.kind >= WASM_KINDS)
            wasm_section_fail(s, "unknown kind of export");
        vec_push(m->arena, &m->exports, export);
    }
}

void wasm_parse_start(struct wasm_section *s) {
    s->m->start = wasm_read_u32(&s->r);
}

/* Specification 5.5.13: bodies are only sliced. */
void wasm_parse_code(struct wasm_section *s) {
    struct wasm_module *m = s->m;
    uint32_t count = wasm_read_count(&s->r, 1, WASM_MAX_FUNCS);
    if (!s->r.reason && count && !s->nbodies)
        wasm_section_fail(s, "bodies of functions that no section before it declares");
    if (!s->r.reason && count != s->nbodies)
        wasm_section_fail(s, "as many bodies as declared functions expected");
    for (uint32_t i = 0; i < count && !s->r.reason; i++) {
        Str body = wasm_read_vector(&s->r);
        if (!s->r.reason && body.len < 2)
            wasm_section_fail(s, "empty function body");
        if (s->r.reason)
            return;
        struct wasm_func *func = &m->funcs.items[s->first_func + i];
        func->body = body;
        func->offset = s->offset + (uint64_t)((const uint8_t *)body.ptr - s->start);
    }
    s->nbodies = 0;
}
