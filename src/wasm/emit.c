#include "wasm/emit.h"

#include "wasm/emit_internal.h"
#include "wasm/name.h"

enum { AHEAD = 4 };

struct wasm_size_slot wasm_size_open(struct buf *out, size_t estimate) {
    struct wasm_size_slot slot = {out->len, buf_uleb_size(estimate)};
    if (buf_reserve(out, slot.width))
        out->len += slot.width;
    return slot;
}

void wasm_size_close(struct buf *out, struct wasm_size_slot slot) {
    if (out->overflow)
        return;
    size_t from = slot.at + slot.width, size = out->len - from, width = buf_uleb_size(size);
    if (width != slot.width) {
        if (width > slot.width && !buf_reserve(out, width - slot.width))
            return;
        memmove(out->ptr + slot.at + width, out->ptr + from, size);
    }
    out->len = slot.at;
    buf_uleb(out, size);
    out->len += size;
}

/* Hands the file what has gathered. */
static void drain(struct wasm_emitter *e) {
    if (e->out->overflow)
        return;
    uint64_t drained = e->drained + e->out->len;
    bool good = drained <= UINT32_MAX && output_append(e->file, buf_view(e->out), e->diag);
    buf_clear(e->out);
    e->out->overflow = !good;
    e->drained = drained;
}

void wasm_drain(struct wasm_emitter *e) {
    if (e->file && e->out->len >= e->piece)
        drain(e);
}

void wasm_put_bytes(struct wasm_emitter *e, Str bytes) {
    if (!e->file || bytes.len < e->piece || e->out->overflow) {
        buf_str(e->out, bytes);
        wasm_drain(e);
        return;
    }
    drain(e);
    e->drained += bytes.len;
    e->out->overflow |= e->drained > UINT32_MAX || !output_append(e->file, bytes, e->diag);
}

struct wasm_span wasm_span_open(struct wasm_emitter *e, size_t estimate) {
    for (vec_each(struct wasm_span_size, known, &e->misjudged))
        if (known->number == e->spans)
            estimate = known->size;
    struct wasm_size_slot slot = wasm_size_open(e->out, estimate);
    return (struct wasm_span){e->drained + slot.at, slot.width, e->spans++};
}

void wasm_span_close(struct wasm_emitter *e, struct wasm_span span) {
    if (e->out->overflow)
        return;
    if (span.at >= e->drained) {
        wasm_size_close(e->out, (struct wasm_size_slot){(size_t)(span.at - e->drained), span.width});
        return;
    }
    struct wasm_span_size known = {span.number, e->drained + e->out->len - span.at - span.width};
    if (buf_uleb_size(known.size) != span.width) {
        vec_push(e->arena, &e->misjudged, known);
        e->again = true;
        return;
    }
    struct buf size = {0};
    buf_uleb(&size, known.size);
    e->out->overflow = !output_patch(e->file, span.at, buf_view(&size), e->diag);
    buf_free(&size);
}

uint32_t wasm_space_index(const struct wasm_space *space, uint32_t id) {
    return id < space->len ? space->index[id] : WASM_NONE;
}

static void emit_name(struct buf *out, Str name) {
    buf_uleb(out, name.len);
    buf_str(out, name);
}

static void emit_limits(struct buf *out, const struct wasm_limits *limits) {
    unsigned flags = (limits->has_max ? 1u : 0) | (limits->shared ? 2u : 0) | (limits->is64 ? 4u : 0) |
                     (limits->has_page_size ? 8u : 0);
    buf_byte(out, (uint8_t)flags);
    buf_uleb(out, limits->min);
    if (limits->has_max)
        buf_uleb(out, limits->max);
    if (limits->has_page_size)
        buf_uleb(out, limits->page_size_log2);
}

/* Type of an entity as in its import (specification 5.5.5) without the kind byte. */
static void emit_entity_type(struct wasm_emitter *e, enum wasm_kind kind, uint32_t id) {
    const struct wasm_module *m = e->m;
    struct buf *out = e->out;
    switch (kind) {
    case WASM_FUNC:
        buf_uleb(out, e->map.types.index[m->funcs.items[id].type]);
        break;
    case WASM_TABLE:
        buf_byte(out, m->tables.items[id].reftype);
        emit_limits(out, &m->tables.items[id].limits);
        break;
    case WASM_MEMORY:
        emit_limits(out, &m->memories.items[id].limits);
        break;
    case WASM_GLOBAL:
        buf_byte(out, m->globals.items[id].valtype);
        buf_byte(out, m->globals.items[id].is_mutable);
        break;
    case WASM_TAG:
        buf_byte(out, 0);
        buf_uleb(out, e->map.types.index[m->tags.items[id].type]);
        break;
    }
}

static const struct wasm_import *import_of(const struct wasm_module *m, enum wasm_kind kind, uint32_t id) {
    switch (kind) {
    case WASM_FUNC:
        return m->funcs.items[id].import;
    case WASM_TABLE:
        return m->tables.items[id].import;
    case WASM_MEMORY:
        return m->memories.items[id].import;
    case WASM_GLOBAL:
        return m->globals.items[id].import;
    case WASM_TAG:
        return m->tags.items[id].import;
    }
    return NULL;
}

static bool emit_types(struct wasm_emitter *e) {
    const struct wasm_space *types = &e->map.types;
    buf_uleb(e->out, types->count);
    for (uint32_t i = 0; i < types->count; i++) {
        const struct wasm_functype *type = &e->m->types.items[types->order[i]];
        buf_byte(e->out, 0x60);
        buf_uleb(e->out, type->nparams);
        buf_bytes(e->out, type->params, type->nparams);
        buf_uleb(e->out, type->nresults);
        buf_bytes(e->out, type->results, type->nresults);
    }
    return true;
}

static uint32_t count_imports(const struct wasm_emitter *e) {
    uint32_t count = 0;
    for (int kind = 0; kind < WASM_KINDS; kind++)
        count += e->map.kind[kind].imported;
    return count;
}

static bool emit_imports(struct wasm_emitter *e) {
    buf_uleb(e->out, count_imports(e));
    for (int kind = 0; kind < WASM_KINDS; kind++) {
        const struct wasm_space *space = &e->map.kind[kind];
        for (uint32_t i = 0; i < space->imported; i++) {
            const struct wasm_import *import = import_of(e->m, (enum wasm_kind)kind, space->order[i]);
            emit_name(e->out, import->module);
            emit_name(e->out, import->name);
            buf_byte(e->out, (uint8_t)kind);
            emit_entity_type(e, (enum wasm_kind)kind, space->order[i]);
        }
    }
    return true;
}

static uint32_t count_defined(const struct wasm_emitter *e, enum wasm_kind kind) {
    return e->map.kind[kind].count - e->map.kind[kind].imported;
}

/* The types of the defined entities of a kind, without initialisers: function, memory and tag section. */
static void emit_defined(struct wasm_emitter *e, enum wasm_kind kind) {
    const struct wasm_space *space = &e->map.kind[kind];
    buf_uleb(e->out, count_defined(e, kind));
    for (uint32_t i = space->imported; i < space->count; i++)
        emit_entity_type(e, kind, space->order[i]);
}

static bool emit_functions(struct wasm_emitter *e) {
    emit_defined(e, WASM_FUNC);
    return true;
}

static bool emit_memories(struct wasm_emitter *e) {
    emit_defined(e, WASM_MEMORY);
    return true;
}

static bool emit_tags(struct wasm_emitter *e) {
    emit_defined(e, WASM_TAG);
    return true;
}

static bool emit_tables(struct wasm_emitter *e) {
    const struct wasm_space *space = &e->map.kind[WASM_TABLE];
    buf_uleb(e->out, count_defined(e, WASM_TABLE));
    for (uint32_t i = space->imported; i < space->count; i++) {
        Str init = e->m->tables.items[space->order[i]].init;
        if (init.len)
            buf_bytes(e->out, "\x40\x00", 2);
        emit_entity_type(e, WASM_TABLE, space->order[i]);
        if (!wasm_recode_expr(e, init))
            return false;
    }
    return true;
}

static bool emit_globals(struct wasm_emitter *e) {
    const struct wasm_space *space = &e->map.kind[WASM_GLOBAL];
    buf_uleb(e->out, count_defined(e, WASM_GLOBAL));
    for (uint32_t i = space->imported; i < space->count; i++) {
        emit_entity_type(e, WASM_GLOBAL, space->order[i]);
        if (!wasm_recode_expr(e, e->m->globals.items[space->order[i]].init))
            return false;
    }
    return true;
}

/* The index that stands for an entity, aliases resolved. */
static uint32_t index_of(const struct wasm_emitter *e, enum wasm_kind kind, uint32_t id) {
    if (kind == WASM_FUNC)
        id = wasm_func_resolve(e->m, id);
    uint32_t index = wasm_space_index(&e->map.kind[kind], id);
    ASSERT(index != WASM_NONE); /* roots of wasm_gc, which must run after the last change */
    return index;
}

static bool emit_exports(struct wasm_emitter *e) {
    buf_uleb(e->out, e->m->exports.len);
    for (vec_each(struct wasm_export, export, &e->m->exports)) {
        emit_name(e->out, export->name);
        buf_byte(e->out, export->kind);
        buf_uleb(e->out, index_of(e, (enum wasm_kind) export->kind, export->id));
    }
    return true;
}

static bool emit_start(struct wasm_emitter *e) {
    buf_uleb(e->out, index_of(e, WASM_FUNC, e->m->start));
    return true;
}

static bool emit_data_count(struct wasm_emitter *e) {
    buf_uleb(e->out, e->map.datas.count);
    return true;
}

/* Functions are emitted in an order that memory does not see coming: what is needed soon is asked for. */
static void look_ahead(const struct wasm_emitter *e, uint32_t i) {
    const struct wasm_space *space = &e->map.kind[WASM_FUNC];
    const struct wasm_func *funcs = e->m->funcs.items;
    if (i + 2 * AHEAD >= space->count)
        return;
    wasm_scan_prefetch(e->m, space->order[i + 2 * AHEAD]);
    __builtin_prefetch(&funcs[space->order[i + 2 * AHEAD]]);
    const char *body = funcs[space->order[i + AHEAD]].body.ptr;
    __builtin_prefetch(body);
    __builtin_prefetch(body + 64);
    const struct wasm_scanned *scanned = wasm_scan_find(e->m, space->order[i + AHEAD]);
    if (scanned)
        __builtin_prefetch(scanned->scan.records);
}

static bool emit_code(struct wasm_emitter *e) {
    const struct wasm_space *space = &e->map.kind[WASM_FUNC];
    buf_uleb(e->out, count_defined(e, WASM_FUNC));
    for (uint32_t i = space->imported; i < space->count; i++) {
        look_ahead(e, i);
        struct wasm_size_slot slot = wasm_size_open(e->out, e->m->funcs.items[space->order[i]].body.len);
        if (!wasm_recode_body(e, space->order[i]))
            return false;
        wasm_size_close(e->out, slot);
        wasm_drain(e);
    }
    return true;
}

/* Bytes the code or data section will take, roughly: padding goes, indices stay. */
static size_t estimate_code(const struct wasm_emitter *e) {
    const struct wasm_space *space = &e->map.kind[WASM_FUNC];
    size_t size = 0;
    for (uint32_t i = space->imported; i < space->count; i++)
        size += e->m->funcs.items[space->order[i]].body.len + 2;
    return size;
}

static size_t estimate_datas(const struct wasm_emitter *e) {
    size_t size = 0;
    for (uint32_t i = 0; i < e->map.datas.count; i++)
        size += e->m->datas.items[e->map.datas.order[i]].bytes.len + 8;
    return size;
}

/* Whether a section has anything to say. */
static bool is_needed(const struct wasm_emitter *e, uint8_t id) {
    const struct wasm_module *m = e->m;
    switch (id) {
    case 1:
        return e->map.types.count;
    case 2:
        return count_imports(e);
    case 3:
    case 10:
        return count_defined(e, WASM_FUNC);
    case 4:
        return count_defined(e, WASM_TABLE);
    case 5:
        return count_defined(e, WASM_MEMORY);
    case 6:
        return count_defined(e, WASM_GLOBAL);
    case 7:
        return m->exports.len;
    case 8:
        return m->start != WASM_NONE;
    case 9:
        return e->map.elems.count;
    case 11:
        return e->map.datas.count;
    case 12:
        return m->live_datas ? m->uses.bulk_data : m->has_data_count;
    case 13:
        return count_defined(e, WASM_TAG);
    default:
        return false;
    }
}

/* In the order of specification 5.5.2. */
static const struct section_writer {
    uint8_t id;
    bool (*emit)(struct wasm_emitter *);
    size_t (*estimate)(const struct wasm_emitter *);
} writers[] = {
    {1, emit_types, NULL},
    {2, emit_imports, NULL},
    {3, emit_functions, NULL},
    {4, emit_tables, NULL},
    {5, emit_memories, NULL},
    {13, emit_tags, NULL},
    {6, emit_globals, NULL},
    {7, emit_exports, NULL},
    {8, emit_start, NULL},
    {9, wasm_emit_elems, NULL},
    {12, emit_data_count, NULL},
    {10, emit_code, estimate_code},
    {11, wasm_emit_datas, estimate_datas},
};

static bool emit_section(struct wasm_emitter *e, const struct section_writer *writer) {
    if (!is_needed(e, writer->id))
        return true;
    buf_byte(e->out, writer->id);
    struct wasm_span span = wasm_span_open(e, writer->estimate ? writer->estimate(e) : 256);
    if (!writer->emit(e))
        return false;
    wasm_span_close(e, span);
    return true;
}

/* The custom sections that stood behind section `after`; the name section is written anew. */
static void emit_customs(struct wasm_emitter *e, uint8_t after) {
    for (vec_each(struct wasm_custom, custom, &e->m->customs)) {
        if (custom->removed || custom->after != after)
            continue;
        buf_byte(e->out, 0);
        struct wasm_span span = wasm_span_open(e, custom->name.len + 5 + custom->bytes.len);
        emit_name(e->out, custom->name);
        if (str_eq(custom->name, STR("name")))
            wasm_names_emit(e);
        else
            wasm_put_bytes(e, custom->bytes);
        wasm_span_close(e, span);
    }
}

static uint32_t *find_callees(const struct wasm_emitter *e) {
    const struct wasm_module *m = e->m;
    uint32_t *callee = ARENA_ARRAY(e->arena, m->funcs.len, uint32_t);
    for (uint32_t i = 0; i < m->funcs.len; i++) {
        uint32_t target = wasm_func_resolve(m, i);
        callee[i] = m->funcs.items[target].inline_code ? WASM_NONE : e->map.kind[WASM_FUNC].index[target];
    }
    return callee;
}

static size_t estimate_output(const struct wasm_emitter *e) {
    size_t size = estimate_code(e) + estimate_datas(e) + 65536;
    for (vec_each(struct wasm_custom, custom, &e->m->customs))
        size += custom->removed ? 0 : custom->bytes.len;
    return size;
}

/* Whether everything was written; a file that could not be has said so. */
static bool fits(const struct wasm_emitter *e) {
    return !e->out->overflow || diag_fail(e->diag, "the output would be larger than 4 GiB");
}

static bool emit_module(struct wasm_emitter *e) {
    e->spans = 0;
    e->again = false;
    buf_bytes(e->out, "\0asm\1\0\0", 8);
    emit_customs(e, 0);
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        if (!emit_section(e, &writers[i]))
            return false;
        emit_customs(e, writers[i].id);
    }
    return fits(e);
}

static void begin(struct wasm_emitter *e) {
    e->arena = arena_new();
    wasm_index_map_build(e->m, e->arena, &e->map);
    e->callee = find_callees(e);
    e->all_memargs = e->m->memories.len && e->map.kind[WASM_MEMORY].index[0] != 0;
}

static void end(struct wasm_emitter *e) {
    buf_free(&e->scratch);
    arena_free(e->arena);
}

bool wasm_emit(const struct wasm_module *m, struct buf *out, struct diag *diag) {
    struct wasm_emitter e = {.m = m, .out = out, .diag = diag};
    begin(&e);
    buf_reserve(out, estimate_output(&e));
    bool good = emit_module(&e);
    end(&e);
    return good;
}

/* Once, or again until no size was misjudged: once for every level of spans within spans, at most. */
static bool write_module(struct wasm_emitter *e) {
    while (emit_module(e)) {
        if (!e->again) {
            drain(e);
            return fits(e);
        }
        buf_clear(e->out);
        e->drained = 0;
        if (!output_restart(e->file, e->diag))
            return false;
    }
    return false;
}

/* What there is to know when the outputs are committed. */
struct job {
    const struct wasm_module *m;
    size_t piece;
};

static bool write_job(const void *user, struct output_file *file, struct diag *diag) {
    const struct job *job = user;
    struct buf out = {0};
    struct wasm_emitter e = {.m = job->m, .out = &out, .file = file, .piece = job->piece, .diag = diag};
    begin(&e);
    bool good = write_module(&e);
    end(&e);
    buf_free(&out);
    return good;
}

bool wasm_add_output(struct outputs *outputs, Str name, const struct wasm_module *m, size_t piece,
                     struct diag *diag) {
    struct job *job = ARENA_NEW(outputs->arena, struct job);
    *job = (struct job){m, piece};
    return outputs_add_written(outputs, name, write_job, job, diag);
}
