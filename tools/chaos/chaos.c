/* chaos [--any] IN.wasm OUT.wasm: rewrites a bound module so that every view of its memory goes stale as
 * often as it may.
 *
 * `memory.grow 0` detaches every view (docs/upstream/detach.md 6). It is put
 *   - around every exported function, for calls from JavaScript;
 *   - around malloc, realloc and __externref_table_alloc wherever they are called, found by export or by
 * name;
 *   - around every call of an imported function, with one exception below.
 * Every 256th time one real page is added, up to 256 pages more than the module asks for.
 *
 * The exception: a view that an import returned (a cast of a slice, `Uint8Array::view`) is valid until memory
 * grows, and that it does not grow before the view is used is the contract of the Rust program's author, not
 * of the glue. An import that returns a reference (externref; in a module without externref, any i32, which
 * may be a handle) is therefore not followed by growth, nor is the next call of an import, which may use the
 * view, preceded by any. Growth resumes after a call that returns no reference. Dropping a handle is no use.
 * Imports of the suite that return a handle as a number are known by name (`lent_back`, with old crates
 * without the underscore).
 * The slot for the returned reference is allocated by __externref_table_alloc: growth there is kept, because
 * whether that happens before or behind the call is the tool's doing (detach.md 4.1).
 *
 * A module in which no allocator is found (or, with a table of externref, no __externref_table_alloc) is
 * refused: growth inside of the module would be missing, and passing with such a module would mean little.
 * With --any it is taken all the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "wasm/emit.h"
#include "wasm/gc.h"
#include "wasm/op.h"
#include "wasm/parse.h"

enum { EVERY = 256, MORE_PAGES = 256 };

struct chaos {
    struct wasm_module m;
    struct arena *arena;
    uint32_t grow;    /* function ()->() that detaches the views */
    uint32_t pending; /* global: 1 = the last import may have returned a view that was not used yet */
    bool has_externref;
    bool any; /* --any */
    bool found_malloc, found_table_alloc;
    unsigned exports, imports, internals;
};

/* Functions that may grow memory, whoever calls them: whole names, and parts of (mangled) names. */
static const char *const internal_names[] = {"malloc", "realloc", "calloc"};
static const char *const internal_parts[] = {
    "__wbindgen_malloc", "__wbindgen_realloc", "__externref_table_alloc", "__rust_alloc", "__rust_realloc",
    "__rdl_alloc",       "__rdl_realloc"};

static bool contains(Str name, const char *part) {
    return str_find(name, str_from(part)) < name.len;
}

static bool is_internal_name(Str name) {
    for (size_t i = 0; i < sizeof internal_names / sizeof *internal_names; i++)
        if (str_eq(name, str_from(internal_names[i])))
            return true;
    for (size_t i = 0; i < sizeof internal_parts / sizeof *internal_parts; i++)
        if (contains(name, internal_parts[i]))
            return true;
    return false;
}

static void put_index(struct buf *b, uint8_t opcode, uint32_t id) {
    buf_byte(b, opcode);
    buf_uleb(b, id);
}

static void put_const(struct buf *b, bool is64, int64_t value) {
    buf_byte(b, is64 ? WASM_OP_I64_CONST : WASM_OP_I32_CONST);
    buf_sleb(b, value);
}

static Str take(struct chaos *c, struct buf *b) {
    Str bytes = buf_copy(c->arena, b);
    buf_free(b);
    return bytes;
}

static uint32_t add_counter(struct chaos *c, Str name) {
    static const char zero[] = {WASM_OP_I32_CONST, 0, WASM_OP_END};
    return wasm_add_global(&c->m, WASM_I32, true, (Str){zero, sizeof zero}, name);
}

/* count += 1; memory.grow (count % EVERY == 0 && memory.size < limit) */
static void add_grow(struct chaos *c) {
    const struct wasm_limits *limits = &c->m.memories.items[0].limits;
    uint32_t count = add_counter(c, STR("chaos count"));
    struct buf b = {0};
    buf_byte(&b, 0); /* locals */
    put_index(&b, WASM_OP_GLOBAL_GET, count);
    put_const(&b, false, 1);
    buf_byte(&b, WASM_OP_I32_ADD);
    put_index(&b, WASM_OP_GLOBAL_SET, count);
    put_index(&b, WASM_OP_GLOBAL_GET, count);
    put_const(&b, false, EVERY - 1);
    buf_byte(&b, WASM_OP_I32_AND);
    buf_byte(&b, WASM_OP_I32_EQZ);
    put_index(&b, WASM_OP_MEMORY_SIZE, 0);
    put_const(&b, limits->is64, (int64_t)limits->min + MORE_PAGES);
    buf_byte(&b, limits->is64 ? WASM_OP_I64_LT_U : WASM_OP_I32_LT_U);
    buf_byte(&b, WASM_OP_I32_AND);
    if (limits->is64)
        buf_byte(&b, WASM_OP_I64_EXTEND_I32_U);
    put_index(&b, WASM_OP_MEMORY_GROW, 0);
    buf_byte(&b, WASM_OP_DROP);
    buf_byte(&b, WASM_OP_END);
    c->grow = wasm_add_func(&c->m, wasm_add_type(&c->m, NULL, 0, NULL, 0), take(c, &b), STR("chaos grow"));
}

static void put_pending(struct chaos *c, struct buf *b, bool value) {
    put_const(b, false, value);
    put_index(b, WASM_OP_GLOBAL_SET, c->pending);
}

static void put_call(struct chaos *c, struct buf *b, uint32_t func) {
    for (uint32_t i = 0; i < wasm_func_type(&c->m, func)->nparams; i++)
        put_index(b, WASM_OP_LOCAL_GET, i);
    put_index(b, WASM_OP_CALL, func);
}

/* grow; call; grow. With `from_js`, nothing that an import returned before is waiting to be used. */
static Str bracket(struct chaos *c, uint32_t func, bool from_js) {
    struct buf b = {0};
    buf_byte(&b, 0);
    if (from_js)
        put_pending(c, &b, false);
    put_index(&b, WASM_OP_CALL, c->grow);
    put_call(c, &b, func);
    if (from_js)
        put_pending(c, &b, false);
    put_index(&b, WASM_OP_CALL, c->grow);
    buf_byte(&b, WASM_OP_END);
    return take(c, &b);
}

static void wrap_exports(struct chaos *c) {
    for (size_t i = 0; i < c->m.exports.len; i++) {
        struct wasm_export *export = &c->m.exports.items[i];
        if (export->kind != WASM_FUNC)
            continue;
        uint32_t type = c->m.funcs.items[wasm_func_resolve(&c->m, export->id)].type;
        Str name = str_format(c->arena, "chaos export %.*s", STR_ARG(export->name));
        export->id = wasm_add_func(&c->m, type, bracket(c, export->id, true), name);
        c->exports++;
    }
}

/* Internal functions keep their id, so that all callers reach the bracket. */
static void wrap_internal(struct chaos *c, uint32_t func) {
    uint32_t type = c->m.funcs.items[func].type, old = wasm_func_move(&c->m, func);
    wasm_func_define(&c->m, func, type, bracket(c, old, false));
    c->internals++;
}

static bool note_internal(struct chaos *c, uint32_t func, Str name) {
    if (!is_internal_name(name))
        return false;
    bool defined = c->m.funcs.items[wasm_func_resolve(&c->m, func)].def == WASM_DEFINED;
    c->found_malloc |= defined && contains(name, "malloc");
    c->found_table_alloc |= defined && contains(name, "__externref_table_alloc");
    return true;
}

/* By export: before the exports get wrappers of their own. */
static bool *find_internals(struct chaos *c, size_t count) {
    bool *found = ARENA_ARRAY(c->arena, count, bool);
    for (size_t i = 0; i < count; i++)
        found[i] = note_internal(c, (uint32_t)i, c->m.funcs.items[i].name);
    for (size_t i = 0; i < c->m.exports.len; i++) {
        const struct wasm_export *export = &c->m.exports.items[i];
        if (export->kind == WASM_FUNC && note_internal(c, export->id, export->name))
            found[export->id] = true;
    }
    return found;
}

static bool may_return_view(const struct chaos *c, uint32_t func) {
    const struct wasm_functype *type = wasm_func_type(&c->m, func);
    Str name = c->m.funcs.items[func].import->name;
    if (contains(name, "lent_back") || contains(name, "lentback"))
        return true;
    for (uint32_t i = 0; i < type->nresults; i++)
        if (type->results[i] == WASM_EXTERNREF || (!c->has_externref && type->results[i] == WASM_I32))
            return true;
    return false;
}

/* if (!pending) grow; call; then pending = 1, or pending = 0 and grow. */
static Str import_body(struct chaos *c, uint32_t func) {
    struct buf b = {0};
    buf_byte(&b, 0);
    put_index(&b, WASM_OP_GLOBAL_GET, c->pending);
    buf_byte(&b, WASM_OP_I32_EQZ);
    buf_bytes(&b, (uint8_t[]){WASM_OP_IF, 0x40}, 2);
    put_index(&b, WASM_OP_CALL, c->grow);
    buf_byte(&b, WASM_OP_END);
    put_call(c, &b, func);
    bool view = may_return_view(c, func);
    put_pending(c, &b, view);
    if (!view)
        put_index(&b, WASM_OP_CALL, c->grow);
    buf_byte(&b, WASM_OP_END);
    return take(c, &b);
}

static void wrap_import(struct chaos *c, uint32_t func) {
    if (contains(c->m.funcs.items[func].import->name, "object_drop_ref"))
        return;
    uint32_t type = c->m.funcs.items[func].type, old = wasm_func_move(&c->m, func);
    wasm_func_define(&c->m, func, type, import_body(c, old));
    c->imports++;
}

static bool has_externref(const struct wasm_module *m) {
    for (vec_each(struct wasm_table, table, &m->tables))
        if (table->reftype == WASM_EXTERNREF)
            return true;
    return false;
}

static bool check_internals(const struct chaos *c, struct diag *diag) {
    if (c->any)
        return true;
    if (!c->found_malloc)
        return diag_fail(diag, "the module has no function whose name says malloc (--any does without)");
    if (c->has_externref && !c->found_table_alloc)
        return diag_fail(diag, "the module has a table of externref, but no function that is called "
                               "__externref_table_alloc (--any does without)");
    return true;
}

static bool rewrite(struct chaos *c, struct diag *diag) {
    if (!c->m.memories.len)
        return diag_fail(diag, "the module has no memory");
    c->has_externref = has_externref(&c->m);
    size_t count = c->m.funcs.len;
    bool *internal = find_internals(c, count);
    if (!check_internals(c, diag))
        return false;
    c->pending = add_counter(c, STR("chaos pending"));
    add_grow(c);
    for (uint32_t i = 0; i < count; i++) {
        if (c->m.funcs.items[i].def == WASM_IMPORTED)
            wrap_import(c, i);
        else if (internal[i])
            wrap_internal(c, i);
    }
    wrap_exports(c);
    return wasm_gc(&c->m, NULL, 0, diag);
}

static bool write_file(const char *path, const struct buf *out, struct diag *diag) {
    FILE *file = fopen(path, "wb");
    bool good = file && fwrite(out->ptr, 1, out->len, file) == out->len;
    if (file && fclose(file) != 0)
        good = false;
    return good || diag_fail(diag, "cannot write %s", path);
}

static bool run(struct chaos *c, char **argv, struct diag *diag) {
    Str bytes;
    struct buf out = {0};
    bool good = file_read_all(c->arena, str_from(argv[1]), &bytes, diag) &&
                wasm_parse(&c->m, c->arena, bytes, (struct wasm_parse_options){0}, diag) &&
                rewrite(c, diag) && wasm_emit(&c->m, &out, diag) && write_file(argv[2], &out, diag);
    buf_free(&out);
    return good;
}

int main(int argc, char **argv) {
    bool any = argc == 4 && strcmp(argv[1], "--any") == 0;
    if (argc != 3 && !any) {
        fputs("usage: chaos [--any] IN.wasm OUT.wasm\n", stderr);
        return 2;
    }
    struct chaos c = {.arena = arena_new(), .any = any};
    struct diag diag;
    diag_init(&diag, c.arena);
    bool good = run(&c, argv + any, &diag);
    diag_print(&diag, stderr);
    if (good)
        printf("bracketed: %u exports, %u imports, %u internal functions\n", c.exports, c.imports,
               c.internals);
    arena_free(c.arena);
    return good ? 0 : 1;
}
