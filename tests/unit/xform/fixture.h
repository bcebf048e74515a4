/* A small module with a run-time like that of a Rust module, built through the API; run through xform_run,
 * emitted and read back. Functions are checked as text: one word per instruction, functions by their names.
 */
#ifndef XFORM_FIXTURE_H
#define XFORM_FIXTURE_H

#include "unit.h"

#include "wasm/emit.h"
#include "wasm/lookup.h"
#include "wasm/op.h"
#include "wasm/parse.h"
#include "xform/code.h"
#include "xform/xform.h"

#define PLACEHOLDER STR("__wbindgen_placeholder__")

struct fixture {
    struct arena *arena;
    struct wasm_module m;   /* what xform_run changes */
    struct wasm_module out; /* what was emitted, read back */
    struct bindings b;
    struct settings settings;
    struct surface surface;
    struct diag diag;
};

/* The id of the type whose parameters and results have these letters: i I f F = i32 i64 f32 f64, e =
 * externref. */
static inline uint32_t type_of(struct fixture *x, const char *params, const char *results) {
    static const char letters[] = "iIfFe";
    static const uint8_t types[] = {WASM_I32, WASM_I64, WASM_F32, WASM_F64, WASM_EXTERNREF};
    uint8_t p[16], r[16];
    for (size_t i = 0; params[i]; i++)
        p[i] = types[strchr(letters, params[i]) - letters];
    for (size_t i = 0; results[i]; i++)
        r[i] = types[strchr(letters, results[i]) - letters];
    return wasm_add_type(&x->m, p, (uint32_t)strlen(params), r, (uint32_t)strlen(results));
}

static inline uint32_t add_import(struct fixture *x, Str module, const char *name, const char *params,
                                  const char *results) {
    return wasm_add_func_import(&x->m, module, str_from(name), type_of(x, params, results));
}

/* A function that traps; exported under its name if `exported`. */
static inline uint32_t add_func(struct fixture *x, const char *name, const char *params, const char *results,
                                bool exported) {
    struct code code;
    code_begin(&code, x->arena, (uint32_t)strlen(params));
    code_op(&code, WASM_OP_UNREACHABLE);
    uint32_t f = wasm_add_func(&x->m, type_of(x, params, results), code_end(&code), str_from(name));
    if (exported)
        wasm_export_add(&x->m, str_from(name), WASM_FUNC, f);
    return f;
}

static inline void push_zero(struct code *code, uint8_t type) {
    if (type == WASM_I32 || type == WASM_I64) {
        code_const(code, type, 0);
        return;
    }
    code_op(code, type == WASM_F32 ? WASM_OP_F32_CONST : WASM_OP_F64_CONST);
    buf_bytes(&code->ops, "\0\0\0\0\0\0\0\0", type == WASM_F32 ? 4 : 8);
}

/* An exported function ()→() that calls all of these imports with zeros and drops their results: keeps them
 * live. */
static inline uint32_t add_caller(struct fixture *x, const char *name, const uint32_t *callees, size_t n) {
    struct code code;
    code_begin(&code, x->arena, 0);
    for (size_t i = 0; i < n; i++) {
        const struct wasm_functype *type = wasm_func_type(&x->m, callees[i]);
        for (uint32_t p = 0; p < type->nparams; p++)
            push_zero(&code, type->params[p]);
        code_call(&code, callees[i]);
        for (uint32_t r = 0; r < type->nresults; r++)
            code_op(&code, WASM_OP_DROP);
    }
    uint32_t f = wasm_add_func(&x->m, type_of(x, "", ""), code_end(&code), str_from(name));
    wasm_export_add(&x->m, str_from(name), WASM_FUNC, f);
    return f;
}

static inline void add_run_time(struct fixture *x) {
    struct bind_runtime *r = &x->b.runtime;
    struct wasm_memory memory = {.def = WASM_DEFINED, .limits = {.min = 1}};
    vec_push(x->arena, &x->m.memories, memory);
    wasm_export_add(&x->m, STR("memory"), WASM_MEMORY, 0);
    r->malloc = add_func(x, "__wbindgen_malloc", "ii", "i", true);
    r->realloc = add_func(x, "__wbindgen_realloc", "iiii", "i", true);
    r->free = add_func(x, "__wbindgen_free", "iii", "", true);
    r->exn_store = add_func(x, "__wbindgen_exn_store", "i", "", true);
    r->table_alloc = add_func(x, "__externref_table_alloc", "", "i", true);
    r->table_dealloc = add_func(x, "__externref_table_dealloc", "i", "", true);
    r->drop_slice = add_func(x, "__externref_drop_slice", "ii", "", true);
    r->live_count = r->destroy_callback = WASM_NONE;
    r->align = true;
    wasm_add_global(&x->m, WASM_I32, true, code_constant(x->arena, WASM_I32, 65536), STR("__stack_pointer"));
}

static inline struct fixture *setup(bool externref) {
    struct arena *arena = arena_new();
    struct fixture *x = ARENA_NEW(arena, struct fixture);
    x->arena = x->m.arena = arena;
    x->m.start = WASM_NONE;
    diag_init(&x->diag, arena);
    x->b.main_func = WASM_NONE;
    x->b.externref = externref;
    x->b.handle_base = 1024;
    x->b.statics_end = 1028;
    x->b.glue_module = PLACEHOLDER;
    x->b.init_table = WASM_NONE;
    x->b.init_table_name = STR("init_table");
    vec_push(arena, &x->b.internal, (struct bind_internal){STR("__wbindgen"), true});
    vec_push(arena, &x->b.internal, (struct bind_internal){STR("__externref"), true});
    vec_push(arena, &x->b.internal, (struct bind_internal){STR("exactly"), false});
    x->settings.stem = STR("demo");
    x->settings.version = STR("0.2.127");
    x->settings.target = TARGET_NODEJS;
    add_run_time(x);
    struct wasm_custom names = {.name = STR("name"), .after = 11};
    vec_push(arena, &x->m.customs, names);
    return x;
}

static inline void teardown(struct fixture *x) {
    arena_free(x->arena);
}

static inline bool run(struct fixture *x) {
    return xform_run(&x->m, &x->b, &x->settings, x->arena, &x->surface, &x->diag);
}

/* Runs, emits, reads back; any failure is the test's. */
static inline void run_and_emit(struct fixture *x) {
    if (!run(x))
        diag_print(&x->diag, stderr);
    assert_false(x->diag.failed);
    struct buf bytes = {0};
    assert_true(wasm_emit(&x->m, &bytes, &x->diag));
    Str copy = buf_copy(x->arena, &bytes);
    buf_free(&bytes);
    bool read = wasm_parse(&x->out, x->arena, copy, (struct wasm_parse_options){0}, &x->diag);
    if (!read)
        diag_print(&x->diag, stderr);
    assert_true(read);
}

/* Runs and expects an error whose message contains the text. */
static inline void run_and_fail(struct fixture *x, const char *text) {
    assert_false(run(x));
    Str message = x->diag.message;
    if (str_find(message, str_from(text)) == message.len && strlen(text) > 0)
        fail_msg("message is: %.*s", STR_ARG(message));
}

static inline const char *op_text(uint32_t code) {
    switch (code) {
#define OP(number, name, text, imm)                                                                          \
    case number:                                                                                             \
        return text;
#include "wasm/opcode.def"
#undef OP
    }
    return "?";
}

static inline void print_func(const struct wasm_func *func, struct buf *out) {
    Str name = func->name.len || func->def != WASM_IMPORTED ? func->name : func->import->name;
    buf_printf(out, ":%.*s", STR_ARG(name));
}

static inline void print_op(const struct wasm_module *m, const struct wasm_op *op, struct buf *out) {
    buf_printf(out, "%s%s", out->len ? " " : "", op_text(op->code));
    switch ((enum wasm_imm)op->imm) {
    case WASM_IMM_FUNC:
        print_func(&m->funcs.items[op->a], out);
        break;
    case WASM_IMM_LOCAL:
        buf_printf(out, ":%u", op->a);
        break;
    case WASM_IMM_GLOBAL:
        buf_printf(out, ":%.*s", STR_ARG(m->globals.items[op->a].name));
        break;
    case WASM_IMM_I32:
    case WASM_IMM_I64:
    case WASM_IMM_MEMARG:
        buf_printf(out, ":%lld", (long long)op->value);
        break;
    default:
        break;
    }
}

/* The instructions of a function of the emitted module, without the final `end`. */
static inline const char *code_text(struct fixture *x, uint32_t f) {
    Str locals, code;
    uint32_t nlocals;
    struct buf out = {0};
    assert_int_equal(x->out.funcs.items[f].def, WASM_DEFINED);
    assert_true(wasm_body_split(x->out.funcs.items[f].body, &locals, &code, &nlocals));
    struct wasm_cursor cursor = {.code = str_slice(code, 0, code.len - 1)};
    struct wasm_op op;
    while (wasm_next(&cursor, &op))
        print_op(&x->out, &op, &out);
    assert_false(cursor.failed);
    Str text = buf_copy(x->arena, &out);
    buf_free(&out);
    return text.ptr;
}

static inline uint32_t exported(struct fixture *x, const char *name) {
    const struct wasm_export *e = wasm_export_find(&x->out, str_from(name));
    if (!e)
        fail_msg("no export %s", name);
    return e->id;
}

static inline const char *export_text(struct fixture *x, const char *name) {
    return code_text(x, exported(x, name));
}

/* The function of that name in the emitted module, or WASM_NONE. */
static inline uint32_t named(struct fixture *x, const char *name) {
    for (uint32_t f = 0; f < x->out.funcs.len; f++)
        if (str_eq(x->out.funcs.items[f].name, str_from(name)))
            return f;
    return WASM_NONE;
}

/* "params>results" of a function of the emitted module, letters as for type_of. */
static inline const char *type_text(struct fixture *x, uint32_t f) {
    static const char letters[] = {
        [WASM_I32] = 'i', [WASM_I64] = 'I', [WASM_F32] = 'f', [WASM_F64] = 'F', [WASM_EXTERNREF] = 'e'};
    const struct wasm_functype *type = wasm_func_type(&x->out, f);
    struct buf out = {0};
    for (uint32_t i = 0; i < type->nparams; i++)
        buf_byte(&out, (uint8_t)letters[type->params[i]]);
    buf_byte(&out, '>');
    for (uint32_t i = 0; i < type->nresults; i++)
        buf_byte(&out, (uint8_t)letters[type->results[i]]);
    Str text = buf_copy(x->arena, &out);
    buf_free(&out);
    return text.ptr;
}

static inline bool has_import(struct fixture *x, const char *name) {
    for (vec_each(struct wasm_func, f, &x->out.funcs))
        if (f->def == WASM_IMPORTED && str_eq(f->import->name, str_from(name)))
            return true;
    return false;
}

/* A signature from letters: i I f F plain words, o b owned and borrowed references; result: one letter, ""
 * for none. */
static inline struct bind_value value_of(struct fixture *x, char letter) {
    static const char letters[] = "iIfFob";
    static const uint8_t types[] = {WASM_I32, WASM_I64, WASM_F32, WASM_F64, WASM_I32, WASM_I32};
    static const enum bind_kind kinds[] = {BIND_I32, BIND_I64, BIND_F32, BIND_F64, BIND_VALUE, BIND_VALUE};
    size_t k = (size_t)(strchr(letters, letter) - letters);
    struct bind_type *type = ARENA_NEW(x->arena, struct bind_type);
    type->kind = kinds[k];
    type->access = letter == 'b' ? BIND_BORROWED : BIND_OWNED;
    uint8_t role = letter == 'o'   ? BIND_WORD_REF_OWNED
                   : letter == 'b' ? BIND_WORD_REF_BORROWED
                                   : BIND_WORD_PLAIN;
    struct bind_value value = {.type = type, .nwords = 1};
    value.words[0] = (struct bind_word){.type = types[k], .role = x->b.externref ? role : BIND_WORD_PLAIN};
    return value;
}

static inline struct bind_signature sig_of(struct fixture *x, const char *params, const char *result) {
    static const struct bind_type unit = {.kind = BIND_UNIT};
    struct bind_signature sig = {
        .nparams = strlen(params), .how = BIND_RETURN_NONE, .result = {.type = &unit}};
    sig.params = ARENA_ARRAY(x->arena, sig.nparams, struct bind_param);
    for (size_t i = 0; i < sig.nparams; i++)
        sig.params[i].value = value_of(x, params[i]);
    if (*result) {
        sig.result = value_of(x, *result);
        sig.how = BIND_RETURN_DIRECT;
    }
    return sig;
}

static inline struct bind_import *bind_import_of(struct fixture *x, uint32_t func, const char *params,
                                                 const char *result) {
    struct bind_import i = {.kind = BIND_IMPORT_FUNCTION, .func = func, .sig = sig_of(x, params, result)};
    i.wasm_name = x->m.funcs.items[func].import->name;
    i.origin.names = ARENA_NEW(x->arena, Str);
    i.origin.names[0] = i.wasm_name;
    i.origin.nnames = 1;
    return vec_push(x->arena, &x->b.imports, i);
}

static inline struct bind_export *bind_export_of(struct fixture *x, const char *name, uint32_t func,
                                                 const char *params, const char *result) {
    struct bind_export e = {.member = BIND_FUNCTION, .name = str_from(name), .wasm_name = str_from(name)};
    e.func = func;
    e.sig = sig_of(x, params, result);
    return vec_push(x->arena, &x->b.exports, e);
}

static inline void intrinsic_of(struct bind_import *i, enum bind_intrinsic which) {
    i->kind = BIND_IMPORT_INTRINSIC;
    i->intrinsic = which;
}

#endif
