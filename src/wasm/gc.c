#include "wasm/gc.h"

#include "wasm/lookup.h"
#include "wasm/scan.h"

/* What a work item is, beside enum wasm_kind. */
enum { ITEM_ELEM = WASM_KINDS, ITEM_DATA };

struct item {
    uint32_t kind, id;
};

/* Code that replaces direct calls of a function (wasm_func.inline_code): none, not seen yet, looked at. */
enum inlined { NOT_INLINE, INLINE, INLINE_WALKED };

/* What a call needs to know of a function, in one place: calls go to functions all over the module. */
struct callee {
    uint32_t target; /* function that it stands for */
    uint32_t uses : 30;
    uint32_t inlined : 2; /* enum inlined */
};
enum { MOST_USES = (1 << 30) - 1 };

struct gc {
    struct wasm_module *m;
    struct diag *diag;
    struct item *work; /* room for every entity once */
    size_t nwork;
    struct callee *callees;   /* by function */
    bool *walked;             /* by function: its body has been looked at */
    uint32_t *first_elem;     /* by table: its first active segment + 1, */
    uint32_t *next_elem;      /* and by segment the next one + 1; 0 = none */
    uint32_t len[WASM_KINDS]; /* number of entities */
    uint32_t func;            /* whose body is being looked at, or WASM_NONE */
    uint32_t sweep;           /* functions before have been looked at if they were live by then */
    bool failed;
};

static size_t kind_len(const struct wasm_module *m, uint32_t kind) {
    const size_t counts[WASM_KINDS] = {m->funcs.len, m->tables.len, m->memories.len, m->globals.len,
                                       m->tags.len};
    return counts[kind];
}

static void push(struct gc *gc, uint32_t kind, uint32_t id, bool *live) {
    if (*live)
        return;
    *live = true;
    gc->work[gc->nwork++] = (struct item){kind, id};
}

/* Marks a function that is no alias. */
static bool mark_func(struct gc *gc, uint32_t target) {
    struct callee *callee = &gc->callees[target];
    if (callee->uses == 0)
        push(gc, WASM_FUNC, target, &gc->m->live[WASM_FUNC][target]);
    if (callee->uses < MOST_USES)
        callee->uses++;
    return true;
}

/* Marks an entity; false if it does not exist. */
static bool mark(struct gc *gc, uint32_t kind, uint32_t id) {
    if (id >= gc->len[kind])
        return false;
    if (kind == WASM_FUNC)
        return mark_func(gc, gc->callees[id].target);
    push(gc, kind, id, &gc->m->live[kind][id]);
    return true;
}

static bool mark_elem(struct gc *gc, uint32_t id) {
    if (id >= gc->m->elems.len)
        return false;
    push(gc, ITEM_ELEM, id, &gc->m->live_elems[id]);
    return true;
}

static bool mark_data(struct gc *gc, uint32_t id) {
    if (id >= gc->m->datas.len)
        return false;
    push(gc, ITEM_DATA, id, &gc->m->live_datas[id]);
    return true;
}

static bool mark_type(struct gc *gc, uint32_t id) {
    if (id >= gc->m->types.len)
        return false;
    gc->m->live_types[id] = true;
    return true;
}

static void walk_code(struct gc *gc, Str code);

/* A direct call: of code that replaces it, or of the function. */
static bool mark_call(struct gc *gc, uint32_t id) {
    if (id >= gc->len[WASM_FUNC])
        return false;
    uint32_t target = gc->callees[id].target;
    struct callee *callee = &gc->callees[target];
    if (callee->inlined == NOT_INLINE)
        return mark_func(gc, target);
    if (callee->inlined == INLINE) {
        callee->inlined = INLINE_WALKED;
        walk_code(gc, *gc->m->funcs.items[target].inline_code);
    }
    return true;
}

/* Tags of the catch clauses of a try_table. */
static bool mark_catches(struct gc *gc, Str raw) {
    struct wasm_reader r = wasm_reader_of(raw);
    wasm_read_s33(&r);
    uint32_t count = wasm_read_u32(&r);
    for (uint32_t i = 0; i < count && !r.reason; i++) {
        uint8_t kind = wasm_read_byte(&r);
        if (kind < 2 && !mark(gc, WASM_TAG, wasm_read_u32(&r)))
            return false;
        wasm_read_u32(&r); /* label */
    }
    return true;
}

/* Also the function that is called in its place. */
static bool mark_memory(struct gc *gc, const struct wasm_op *op) {
    uint32_t func = wasm_growth_call(gc->m, gc->func, op->code, op->a);
    return mark(gc, WASM_MEMORY, op->a) && (func == WASM_NONE || mark_call(gc, func));
}

/* Marks what a decoded instruction refers to; false if that does not exist. */
static bool mark_op(struct gc *gc, const struct wasm_op *op) {
    struct wasm_uses *uses = &gc->m->uses;
    switch ((enum wasm_imm)op->imm) {
    case WASM_IMM_BLOCK:
        uses->legacy_try |= op->code == WASM_OP_TRY;
        return !op->b || mark_type(gc, op->a);
    case WASM_IMM_TRY_TABLE:
        uses->try_table = true;
        return (!op->b || mark_type(gc, op->a)) && mark_catches(gc, op->raw);
    case WASM_IMM_FUNC:
        return op->code == WASM_OP_REF_FUNC ? mark(gc, WASM_FUNC, op->a) : mark_call(gc, op->a);
    case WASM_IMM_TYPE_TABLE:
        return mark_type(gc, op->a) && mark(gc, WASM_TABLE, op->b);
    case WASM_IMM_TAG:
        return mark(gc, WASM_TAG, op->a);
    case WASM_IMM_GLOBAL:
        return mark(gc, WASM_GLOBAL, op->a);
    case WASM_IMM_TABLE:
        return mark(gc, WASM_TABLE, op->a);
    case WASM_IMM_TABLE_TABLE:
        return mark(gc, WASM_TABLE, op->a) && mark(gc, WASM_TABLE, op->b);
    case WASM_IMM_ELEM_TABLE:
        return mark_elem(gc, op->a) && mark(gc, WASM_TABLE, op->b);
    case WASM_IMM_ELEM:
        return mark_elem(gc, op->a);
    case WASM_IMM_MEMORY:
        return mark_memory(gc, op);
    case WASM_IMM_MEMORY_MEMORY:
        return mark(gc, WASM_MEMORY, op->a) && mark(gc, WASM_MEMORY, op->b);
    case WASM_IMM_DATA_MEMORY:
        uses->bulk_data = true;
        return mark_data(gc, op->a) && mark(gc, WASM_MEMORY, op->b);
    case WASM_IMM_DATA:
        uses->bulk_data = true;
        return mark_data(gc, op->a);
    case WASM_IMM_MEMARG:
    case WASM_IMM_MEMARG_LANE:
        return mark(gc, WASM_MEMORY, op->b);
    case WASM_IMM_NONE:
    case WASM_IMM_LABEL:
    case WASM_IMM_BR_TABLE:
    case WASM_IMM_LOCAL:
    case WASM_IMM_I32:
    case WASM_IMM_I64:
    case WASM_IMM_F32:
    case WASM_IMM_F64:
    case WASM_IMM_LANE:
    case WASM_IMM_V128:
    case WASM_IMM_REFTYPE:
    case WASM_IMM_SELECT:
    case WASM_IMM_FENCE:
        return true;
    }
    return true;
}

/* Marks what the recorded instruction at `at` refers to; false if there is no such thing. */
static bool mark_record(struct gc *gc, Str code, enum wasm_record kind, size_t at) {
    const uint8_t *operand = (const uint8_t *)code.ptr + at + 1, *end = (const uint8_t *)code.ptr + code.len;
    uint32_t id;
    if (kind == WASM_RECORD_CALL)
        return wasm_leb_u32(operand, end, &id) && mark_call(gc, id);
    if (kind == WASM_RECORD_GLOBAL)
        return wasm_leb_u32(operand, end, &id) && mark(gc, WASM_GLOBAL, id);
    struct wasm_cursor cursor = {.code = code, .at = at};
    struct wasm_op op;
    return wasm_next(&cursor, &op) && mark_op(gc, &op);
}

/* Marks what scanned code refers to. */
static bool mark_code(struct gc *gc, Str code, const struct wasm_scan *scan, struct wasm_cursor *failure) {
    gc->m->uses.legacy_try |= scan->legacy_try;
    for (uint32_t i = 0; i < scan->count; i++) {
        enum wasm_record kind = wasm_record_kind(scan->records[i]);
        size_t at = wasm_record_at(scan->records[i]);
        if (kind < WASM_RECORD_REFERRING || mark_record(gc, code, kind, at))
            continue;
        *failure =
            (struct wasm_cursor){.code = code, .at = at, .failed = true, .reason = "index out of range"};
        return false;
    }
    return true;
}

/* Code of our own, or expressions, which the parser has checked. */
static void walk_code(struct gc *gc, Str code) {
    struct wasm_cursor cursor = {.code = code};
    for (struct wasm_op op; wasm_next(&cursor, &op);)
        ASSERT(mark_op(gc, &op));
    ASSERT(!cursor.failed);
}

/* Marks what a scanned body refers to. */
static bool mark_body(struct gc *gc, uint32_t id) {
    const struct wasm_scanned *scanned = wasm_scan_find(gc->m, id);
    struct wasm_cursor failure;
    gc->func = id;
    return mark_code(gc, scanned->code, &scanned->scan, &failure) ||
           wasm_body_fail(gc->m, id, &failure, gc->diag);
}

/* A live table makes its active segments live. */
static void walk_table(struct gc *gc, uint32_t id) {
    walk_code(gc, gc->m->tables.items[id].init);
    for (uint32_t elem = gc->first_elem[id]; elem; elem = gc->next_elem[elem - 1])
        mark_elem(gc, elem - 1);
}

static void walk_elem(struct gc *gc, uint32_t id) {
    const struct wasm_elem *elem = &gc->m->elems.items[id];
    if (elem->mode == WASM_DECLARED) /* merely declares; see keep_declared */
        return;
    walk_code(gc, elem->offset);
    if (elem->mode == WASM_ACTIVE)
        mark(gc, WASM_TABLE, elem->table);
    for (uint32_t i = 0; i < elem->count; i++) {
        if (elem->exprs)
            walk_code(gc, elem->exprs[i]);
        else if (elem->funcs[i] != WASM_NONE)
            mark(gc, WASM_FUNC, elem->funcs[i]);
    }
}

static void walk_data(struct gc *gc, uint32_t id) {
    const struct wasm_data *data = &gc->m->datas.items[id];
    walk_code(gc, data->offset);
    if (data->mode == WASM_ACTIVE)
        mark(gc, WASM_MEMORY, data->memory);
}

/* Everything but functions. */
static void walk_item(struct gc *gc, struct item item) {
    switch (item.kind) {
    case WASM_TABLE:
        walk_table(gc, item.id);
        break;
    case WASM_GLOBAL:
        walk_code(gc, gc->m->globals.items[item.id].init);
        break;
    case WASM_TAG:
        mark_type(gc, gc->m->tags.items[item.id].type);
        break;
    case ITEM_ELEM:
        walk_elem(gc, item.id);
        break;
    case ITEM_DATA:
        walk_data(gc, item.id);
        break;
    default:
        break;
    }
}

static void mark_roots(struct gc *gc, const uint32_t *roots, size_t nroots) {
    struct wasm_module *m = gc->m;
    for (vec_each(struct wasm_export, export, &m->exports))
        ASSERT(mark(gc, export->kind, export->id));
    if (m->start != WASM_NONE)
        mark(gc, WASM_FUNC, m->start);
    for (size_t i = 0; i < nroots; i++)
        ASSERT(mark(gc, WASM_FUNC, roots[i]));
    for (uint32_t i = 0; i < m->datas.len; i++)
        if (m->datas.items[i].mode == WASM_ACTIVE)
            mark_data(gc, i);
    for (uint32_t i = 0; i < m->elems.len; i++) { /* of an imported table: others see what it holds */
        const struct wasm_elem *elem = &m->elems.items[i];
        if (elem->mode == WASM_ACTIVE && m->tables.items[elem->table].def == WASM_IMPORTED)
            mark_elem(gc, i);
    }
}

/* The next live function to look at. First in the order of the code, which memory likes best, then those that
 * later ones made live, from the work list. */
static bool next_func(struct gc *gc, uint32_t *id) {
    const bool *live = gc->m->live[WASM_FUNC];
    for (; gc->sweep < gc->len[WASM_FUNC]; gc->sweep++)
        if (live[gc->sweep] && !gc->walked[gc->sweep]) {
            *id = gc->sweep++;
            return true;
        }
    while (gc->nwork) {
        struct item item = gc->work[--gc->nwork];
        if (item.kind != WASM_FUNC) {
            walk_item(gc, item);
        } else if (!gc->walked[item.id]) {
            *id = item.id;
            return true;
        }
    }
    return false;
}

static bool mark_scanned(void *context, uint32_t id) {
    return mark_body(context, id);
}

/* The next live function whose body must be scanned; others are done with at once. */
static bool next_to_scan(void *context, uint32_t *id) {
    struct gc *gc = context;
    while (!gc->failed && next_func(gc, id)) {
        const struct wasm_func *func = &gc->m->funcs.items[*id];
        gc->walked[*id] = true;
        mark_type(gc, func->type);
        if (func->def != WASM_DEFINED)
            continue;
        if (!wasm_scan_find(gc->m, *id))
            return true;
        gc->failed = !mark_body(gc, *id);
    }
    return false;
}

/* Of memory 0 only: what names another one is recorded. */
static bool uses_memory(Str code) {
    struct wasm_cursor cursor = {.code = code};
    for (struct wasm_op op; wasm_next(&cursor, &op);) {
        bool accesses = op.imm == WASM_IMM_MEMARG || op.imm == WASM_IMM_MEMARG_LANE;
        if ((accesses && op.b == 0) || (op.imm == WASM_IMM_MEMORY && op.a == 0))
            return true;
    }
    return false;
}

/* Scans do not tell who loads from memory 0 and stores there, since it is live as a rule: exported, or filled
 * with data. Where it is not, or does not exist, live code is looked at for that. */
static bool walk_memory(struct gc *gc) {
    const struct wasm_module *m = gc->m;
    if (m->memories.len && m->live[WASM_MEMORY][0])
        return true;
    for (uint32_t i = 0; i < gc->len[WASM_FUNC]; i++) {
        const struct wasm_scanned *scanned = gc->walked[i] ? wasm_scan_find(m, i) : NULL;
        if (scanned && uses_memory(scanned->code))
            return mark(gc, WASM_MEMORY, 0) ||
                   diag_fail(gc->diag, "the code uses a memory, but the module has none");
    }
    return true;
}

static bool walk_all(struct gc *gc) {
    struct wasm_scan_feed feed = {next_to_scan, mark_scanned, gc};
    for (size_t i = 0; i < gc->nwork; i++) /* tables bring most functions */
        walk_item(gc, gc->work[i]);
    gc->nwork = 0; /* next_func finds the functions by itself */
    do {
        if (!wasm_scan_bodies(gc->m, &feed, gc->diag) || gc->failed || !walk_memory(gc))
            return false;
    } while (gc->nwork);
    return true;
}

/* A declared segment stays while it lists a live function; the emitter leaves out the others. */
static void keep_declared(struct gc *gc) {
    struct wasm_module *m = gc->m;
    for (uint32_t i = 0; i < m->elems.len; i++) {
        const struct wasm_elem *elem = &m->elems.items[i];
        for (uint32_t k = 0; elem->mode == WASM_DECLARED && k < elem->count && !m->live_elems[i]; k++) {
            uint32_t func = wasm_elem_func(elem, k);
            m->live_elems[i] = func != WASM_NONE && m->live[WASM_FUNC][gc->callees[func].target];
        }
    }
}

static void reset_liveness(struct wasm_module *m) {
    for (uint32_t kind = 0; kind < WASM_KINDS; kind++) {
        m->live_len[kind] = (uint32_t)kind_len(m, kind);
        m->live[kind] = ARENA_ARRAY(m->arena, m->live_len[kind], bool);
    }
    m->live_elems_len = (uint32_t)m->elems.len;
    m->live_datas_len = (uint32_t)m->datas.len;
    m->live_types_len = (uint32_t)m->types.len;
    m->live_elems = ARENA_ARRAY(m->arena, m->elems.len, bool);
    m->live_datas = ARENA_ARRAY(m->arena, m->datas.len, bool);
    m->live_types = ARENA_ARRAY(m->arena, m->types.len, bool);
    m->func_uses = ARENA_ARRAY(m->arena, m->funcs.len, uint32_t);
    m->uses = (struct wasm_uses){0};
}

static void prepare(struct gc *gc, struct arena *scratch) {
    const struct wasm_module *m = gc->m;
    size_t entities = m->elems.len + m->datas.len;
    for (uint32_t kind = 0; kind < WASM_KINDS; kind++) {
        gc->len[kind] = m->live_len[kind];
        entities += gc->len[kind];
    }
    gc->work = ARENA_ARRAY(scratch, entities, struct item);
    gc->callees = ARENA_ARRAY(scratch, m->funcs.len, struct callee);
    for (uint32_t i = 0; i < m->funcs.len; i++)
        gc->callees[i] = (struct callee){.target = wasm_func_resolve(m, i),
                                         .inlined = m->funcs.items[i].inline_code ? INLINE : NOT_INLINE};
    gc->walked = ARENA_ARRAY(scratch, m->funcs.len, bool);
    gc->first_elem = ARENA_ARRAY(scratch, m->tables.len, uint32_t);
    gc->next_elem = ARENA_ARRAY(scratch, m->elems.len, uint32_t);
    for (uint32_t i = 0; i < m->elems.len; i++) {
        const struct wasm_elem *elem = &m->elems.items[i];
        if (elem->mode != WASM_ACTIVE)
            continue;
        gc->next_elem[i] = gc->first_elem[elem->table];
        gc->first_elem[elem->table] = i + 1;
    }
}

bool wasm_gc(struct wasm_module *m, const uint32_t *roots, size_t nroots, struct diag *diag) {
    struct gc gc = {.m = m, .diag = diag, .func = WASM_NONE};
    reset_liveness(m);
    struct arena *scratch = arena_new();
    prepare(&gc, scratch);
    mark_roots(&gc, roots, nroots);
    bool good = walk_all(&gc);
    for (uint32_t i = 0; i < m->funcs.len; i++)
        m->func_uses[i] = gc.callees[i].uses;
    if (good)
        keep_declared(&gc);
    arena_free(scratch);
    return good;
}
