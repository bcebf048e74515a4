#include "bind/identifier.h"
#include "js/arrays.h"
#include "js/convert.h"
#include "js/text.h"

/* The body of one exported function while it is written. */
struct export_body {
    struct js_gen *g;
    const struct bind_export *e;
    struct js_body body;
    Str leading[2]; /* the words of a callback: parameters in front of the others */
    Str *params;
    Str retptr;     /* local with the address of the result record; empty without one */
    Str top;        /* local with the height of the borrow stack; empty if nothing is borrowed */
    Str ret;        /* local with what the call gave */
    unsigned nrefs; /* references that the module's shim puts on the borrow stack */
    bool settles;   /* numbers are made first: see settles */
    Str *lists;     /* of the instances that a parameter, an array of them, takes; empty otherwise */
    struct buf args;
};

static const struct bind_signature *sig_of(const struct export_body *x) {
    return &x->e->sig;
}

/* Parameter names that hide nothing the body could use (docs/upstream/abi.md 15.10). */
static void name_params(struct export_body *x) {
    size_t n = sig_of(x)->nparams;
    x->params = ARENA_ARRAY(x->g->arena, n, Str);
    bind_param_names(x->g->arena, sig_of(x), x->params);
    for (size_t i = 0; i < n; i++)
        x->params[i] = js_names_new(&x->body.names, x->params[i]);
    for (size_t i = 0; x->e->member == BIND_INVOKE && i < 2; i++)
        x->leading[i] = js_local(&x->body, i ? "b" : "a");
}

static void write_params(const struct export_body *x, struct buf *out) {
    buf_byte(out, '(');
    if (x->e->member == BIND_INVOKE)
        buf_printf(out, "%.*s, %.*s%s", STR_ARG(x->leading[0]), STR_ARG(x->leading[1]),
                   sig_of(x)->nparams ? ", " : "");
    for (size_t i = 0; i < sig_of(x)->nparams; i++) {
        bool rest = sig_of(x)->variadic && i + 1 == sig_of(x)->nparams;
        buf_printf(out, "%s%s%.*s", i ? ", " : "", rest ? "..." : "", STR_ARG(x->params[i]));
    }
    buf_str(out, STR(") {\n"));
}

static void add_arg(struct export_body *x, Str arg) {
    buf_printf(&x->args, "%s%.*s", x->args.len ? ", " : "", STR_ARG(arg));
}

static void add_receiver(struct export_body *x) {
    if (x->e->member == BIND_INVOKE) {
        add_arg(x, x->leading[0]);
        add_arg(x, x->leading[1]);
        return;
    }
    if (!bind_leading_words(x->e))
        return;
    if (x->g->settings->debug)
        js_plain(&x->body, "if (this.__wbg_ptr === 0) throw new Error('Attempt to use a moved value');");
    add_arg(x, x->e->consumes ? STR("disown(this)") : STR("this.__wbg_ptr"));
}

static void count_borrows(struct export_body *x) {
    const struct bind_signature *sig = sig_of(x);
    bool borrows = false;
    for (size_t i = 0; i < sig->nparams; i++) {
        const struct bind_value *value = &sig->params[i].value;
        borrows |= js_is_borrowed(value);
        for (size_t w = 0; w < value->nwords; w++)
            x->nrefs += value->words[w].role == BIND_WORD_REF_BORROWED && x->g->surface->set_borrow_top.len;
    }
    if (borrows || x->nrefs)
        x->top = js_local(&x->body, "top");
}

/* Whether the conversion takes instances from their owners, or a handle. */
static bool takes_reference(const struct bind_value *value) {
    const struct bind_type *type = value->type;
    return (type->kind == BIND_OBJECT && type->access == BIND_OWNED) || type->direct ||
           (type->kind == BIND_VALUE && value->words[0].role == BIND_WORD_PLAIN);
}

static bool is_number(const struct bind_value *value) {
    return value->type->kind <= BIND_NONNULL && value->type->kind != BIND_CHAR;
}

/* Numbers are made before by the operation that the call would use, if something is taken, which would be
 * lost when that fails; and while references are on the borrow stack in name only, when no conversion may run
 * user code, which could come back with a call of its own. */
static bool settles(const struct export_body *x) {
    const struct bind_signature *sig = sig_of(x);
    bool needed = x->nrefs || x->e->consumes;
    for (size_t i = 0; i < sig->nparams; i++) {
        const struct bind_value *value = &sig->params[i].value;
        needed = needed || takes_reference(value) || bind_takes_memory(value->type);
    }
    return needed;
}

/* Refuses values without any effect; strings too if something has been allocated when they are converted. */
static void check_params(struct export_body *x) {
    const struct bind_signature *sig = sig_of(x);
    bool taken = false;
    for (size_t i = 0; i < sig->nparams; i++) {
        const struct bind_value *value = &sig->params[i].value;
        js_check_incoming(x->g, &x->body, value, x->params[i]);
        if (taken && value->type->kind == BIND_STRING)
            js_check_text(x->g, &x->body, value, x->params[i]);
        taken = taken || bind_takes_memory(value->type);
    }
}

/* Gives back what a parameter has taken so far, words being its pointer and length. */
static void give_back(struct export_body *x, const struct bind_type *type, const Str *words) {
    unsigned size = 1, align = 1;
    if (type->kind == BIND_ARRAY && !type->cells && !bind_array_class(type)) {
        js_line(&x->body, "if (%.*s) %.*s;", STR_ARG(words[0]), STR_ARG(js_array_take(x->g, type, words)));
        return;
    }
    if (type->kind == BIND_ARRAY)
        size = align = type->cells ? js_array_cell_word(type) : bind_element_size(type->element);
    js_line(&x->body, "if (%.*s) %.*s(%.*s, %.*s * %u, %u);", STR_ARG(words[0]),
            STR_ARG(js_wasm(x->g, x->g->surface->free)), STR_ARG(words[0]), STR_ARG(words[1]), size, align);
}

static void convert_param(struct export_body *x, size_t i, Str words[BIND_MAX_WORDS]) {
    const struct bind_value *value = &sig_of(x)->params[i].value;
    if (value->type->direct)
        js_instances(x->g, &x->body, value, x->params[i], "", x->lists[i], words);
    else
        js_incoming(x->g, &x->body, value, x->params[i], x->settles && is_number(value), words);
}

/* The conversions in a block that undoes them if one fails. */
static void convert_guarded(struct export_body *x, Str (*words)[BIND_MAX_WORDS]) {
    const struct bind_signature *sig = sig_of(x);
    size_t last = sig->nparams;
    x->body.is_guarded = true;
    js_plain(&x->body, "try {");
    for (size_t i = 0; i < sig->nparams; i++) {
        const struct bind_type *type = sig->params[i].value.type;
        convert_param(x, i, words[i]);
        last = bind_takes_memory(type) ? i : last;
    }
    js_plain(&x->body, "} catch (error) {");
    for (size_t i = 0; i < last; i++)
        if (bind_takes_memory(sig->params[i].value.type) && !sig->params[i].value.type->direct)
            give_back(x, sig->params[i].value.type, words[i]);
    js_plain(&x->body, "throw error;\n}");
    x->body.is_guarded = false;
}

/* Characters, wide integers and numbers that are settled refuse values when they are converted, and take
 * nothing: so they come first. */
static bool is_early(const struct export_body *x, const struct bind_value *value) {
    enum bind_kind kind = value->type->kind;
    return kind == BIND_CHAR || kind == BIND_I128 || kind == BIND_U128 || (x->settles && is_number(value));
}

/* Whether nothing but copying happens while the arguments are evaluated, so that it can be done there: what
 * fails then loses nothing. */
static bool can_inline(const struct export_body *x) {
    const struct bind_signature *sig = sig_of(x);
    bool can = !x->e->consumes && !x->top.len && sig->how != BIND_RETURN_RECORD && !bind_may_abandon(sig);
    for (size_t i = 0; i < sig->nparams; i++) {
        const struct bind_value *value = &sig->params[i].value;
        can =
            can && !takes_reference(value) && (value->nwords < 3 || value->words[2].role != BIND_WORD_PLAIN);
    }
    return can;
}

/* First what can refuse a value, then what allocates; moves and borrows happen in the call itself. */
static void convert_params(struct export_body *x) {
    const struct bind_signature *sig = sig_of(x);
    Str(*words)[BIND_MAX_WORDS] = arena_alloc(x->g->arena, (sig->nparams + 1) * sizeof *words);
    count_borrows(x);
    x->settles = settles(x);
    check_params(x);
    if (sig->how == BIND_RETURN_RECORD)
        x->retptr = js_local(&x->body, "retptr");
    x->body.inlines_blocks = can_inline(x);
    if (x->retptr.len)
        add_arg(x, x->retptr);
    add_receiver(x);
    if (bind_may_abandon(sig))
        convert_guarded(x, words);
    else
        for (int early = 1; early >= 0; early--)
            for (size_t i = 0; i < sig->nparams; i++)
                if (is_early(x, &sig->params[i].value) == early)
                    convert_param(x, i, words[i]);
    for (size_t i = 0; i < sig->nparams; i++)
        for (size_t w = 0; w < sig->params[i].value.nwords; w++)
            add_arg(x, words[i][w]);
}

static unsigned frame_size(const struct bind_signature *sig) {
    return (sig->record_size + 15u) & ~15u;
}

/* What has to be undone after the call, also when it throws. */
static void open_frame(struct export_body *x) {
    if (x->top.len)
        js_plain(&x->body, "const %.*s = stack_pointer;", STR_ARG(x->top));
    if (x->retptr.len)
        js_plain(&x->body, "const %.*s = %.*s(-%u) >>> 0;", STR_ARG(x->retptr),
                 STR_ARG(js_wasm(x->g, x->g->surface->frame)), frame_size(sig_of(x)));
    if (x->nrefs)
        js_plain(&x->body, "stack_pointer = %.*s - %u;", STR_ARG(x->top), x->nrefs);
    if (x->top.len || x->retptr.len)
        js_plain(&x->body, "try {");
}

static void close_frame(struct export_body *x) {
    if (!x->top.len && !x->retptr.len)
        return;
    js_enter(&x->body, JS_FREE);
    if (x->nrefs) {
        js_want(x->g, JS_FRAGMENT_restore_borrows);
        js_plain(&x->body, "} catch (error) {\nrestoreBorrows(%.*s);\nthrow error;", STR_ARG(x->top));
    }
    js_plain(&x->body, "} finally {");
    if (x->retptr.len)
        js_plain(&x->body, "%.*s(%u);", STR_ARG(js_wasm(x->g, x->g->surface->frame)), frame_size(sig_of(x)));
    if (x->top.len)
        js_plain(&x->body, x->nrefs ? "stack_pointer = %.*s;" : "dropBorrowed(%.*s);", STR_ARG(x->top));
    js_plain(&x->body, "}");
}

/* Whether the function makes `this` the owner of what it returns. */
static bool is_constructor(const struct export_body *x) {
    const struct bind_type *type = sig_of(x)->result.type;
    return x->e->member == BIND_CONSTRUCTOR && type->kind == BIND_OBJECT && type->absent == BIND_ALWAYS;
}

static void call(struct export_body *x) {
    Str function = js_wasm(x->g, x->e->wasm_name), args = buf_copy(x->g->arena, &x->args);
    enum bind_return how = sig_of(x)->how;
    bool has_ret = how == BIND_RETURN_DIRECT || how == BIND_RETURN_MULTI;
    if (how == BIND_RETURN_DIRECT && is_constructor(x)) {
        js_call(&x->body, "adopt(this, %.*s(%.*s), %.*s);", STR_ARG(function), STR_ARG(args),
                STR_ARG(js_kind(x->g, x->e->class)));
        x->ret.len = 0;
    } else if (has_ret)
        js_call(&x->body, "const %.*s = %.*s(%.*s);", STR_ARG(x->ret), STR_ARG(function), STR_ARG(args));
    else
        js_call(&x->body, "%.*s(%.*s);", STR_ARG(function), STR_ARG(args));
}

static Str read_word(struct export_body *x, Str view, const struct bind_word *word, unsigned offset) {
    Str local = js_local(&x->body, "r");
    js_plain(&x->body, "const %.*s = %.*s.get%s(%.*s + %u, true);", STR_ARG(local), STR_ARG(view),
             js_word_accessor(word), STR_ARG(x->retptr), offset);
    return local;
}

/* All words are read before anything is made of them. words: the value's, then error and is_err. */
static void read_record(struct export_body *x, Str words[]) {
    const struct bind_signature *sig = sig_of(x);
    const struct bind_word handle = {.type = WASM_I32};
    Str view = js_local(&x->body, "view");
    js_want(x->g, JS_FRAGMENT_data_view);
    js_view(&x->body, view, "memData()");
    size_t n = sig->result.nwords;
    for (size_t i = 0; i < n; i++)
        words[i] = read_word(x, view, &sig->result.words[i], sig->result.words[i].offset);
    if (sig->fallible) {
        words[n] = read_word(x, view, &handle, sig->error_offset);
        words[n + 1] = read_word(x, view, &handle, sig->is_error_offset);
    }
    js_drop_views(&x->body);
}

static void read_words(struct export_body *x, Str words[]) {
    const struct bind_signature *sig = sig_of(x);
    size_t n = sig->result.nwords + (sig->fallible ? 2u : 0u);
    if (sig->how == BIND_RETURN_RECORD)
        read_record(x, words);
    for (size_t i = 0; i < n && sig->how == BIND_RETURN_MULTI; i++)
        words[i] = str_format(x->g->arena, "%.*s[%zu]", STR_ARG(x->ret), i);
    if (sig->how == BIND_RETURN_DIRECT)
        words[0] = x->ret;
}

static void result(struct export_body *x) {
    const struct bind_signature *sig = sig_of(x);
    const struct bind_type *type = sig->result.type;
    Str words[BIND_MAX_WORDS + 2];
    read_words(x, words);
    if (sig->fallible) {
        js_want(x->g, JS_FRAGMENT_take_handle);
        js_plain(&x->body, "if (%.*s) throw takeHandle(%.*s);", STR_ARG(words[sig->result.nwords + 1]),
                 STR_ARG(words[sig->result.nwords]));
    }
    if (is_constructor(x) && x->ret.len)
        js_plain(&x->body, "adopt(this, %.*s, %.*s);", STR_ARG(words[0]),
                 STR_ARG(js_kind(x->g, x->e->class)));
    else if (is_constructor(x))
        return;
    else if (type->kind != BIND_UNIT)
        js_line(&x->body, "return %.*s;", STR_ARG(js_outgoing(x->g, &sig->result, words).text));
}

/* "list, list0, …", empty without any. */
static Str list_names(const struct export_body *x) {
    Str names = {0};
    for (size_t i = 0; i < sig_of(x)->nparams; i++)
        if (x->lists[i].len)
            names = str_format(x->g->arena, "%.*s%s%.*s", STR_ARG(names), names.len ? ", " : "",
                               STR_ARG(x->lists[i]));
    return names;
}

/* Around all of it: what an error keeps the module from taking stays with its instances. */
static void open_lists(struct export_body *x) {
    const struct bind_signature *sig = sig_of(x);
    x->lists = ARENA_ARRAY(x->g->arena, sig->nparams, Str);
    for (size_t i = 0; i < sig->nparams; i++)
        if (sig->params[i].value.type->direct)
            x->lists[i] = js_local(&x->body, "list");
    if (list_names(x).len)
        js_plain(&x->body, "let %.*s;\ntry {", STR_ARG(list_names(x)));
}

static void give_lists(struct export_body *x) {
    for (size_t i = 0; i < sig_of(x)->nparams; i++)
        if (x->lists[i].len)
            js_give_instances(x->g, &x->body, x->lists[i]);
}

static void close_lists(struct export_body *x) {
    if (!list_names(x).len)
        return;
    js_want(x->g, JS_FRAGMENT_return_instances);
    js_plain(&x->body, "} catch (error) {\nreturnInstances(%.*s);\nthrow error;\n}", STR_ARG(list_names(x)));
}

/* Writes the body behind `{`, with the parameters named. */
static void write_body(struct export_body *x) {
    open_lists(x);
    convert_params(x);
    give_lists(x);
    open_frame(x);
    call(x);
    result(x);
    close_frame(x);
    close_lists(x);
    js_body_end(&x->body);
    buf_free(&x->args);
}

static void begin(struct export_body *x, struct js_gen *g, const struct bind_export *e, struct buf *out) {
    *x = (struct export_body){.g = g, .e = e};
    js_body_init(&x->body, g->arena, out, &g->names);
    x->ret = js_local(&x->body, "ret");
    name_params(x);
}

void js_export_member(struct js_gen *g, const struct bind_export *e, Str head, struct buf *out) {
    struct export_body x;
    begin(&x, g, e, out);
    js_doc_export(g, e, x.params, out);
    buf_str(out, head);
    write_params(&x, out);
    write_body(&x);
    buf_str(out, STR("}\n"));
}

/* `export` stands before a declaration only where the name is the identifier itself. */
Str js_export_prefix(const struct js_gen *g, Str name, Str exported) {
    return g->esm && str_eq(name, exported) ? STR("export ") : STR("");
}

void js_export_suffix(struct js_gen *g, Str name, Str exported, struct buf *out) {
    vec_push(g->arena, &g->exported, exported);
    Str target = js_member(g->arena, STR("exports"), exported);
    if (g->esm && !str_eq(name, exported))
        buf_printf(out, "export { %.*s as %.*s };\n", STR_ARG(name), STR_ARG(js_name(g->arena, exported)));
    if (g->esm)
        return;
    if (str_eq(exported, STR("__proto__"))) /* an assignment would set the prototype */
        buf_printf(out, "Object.defineProperty(exports, '__proto__', { value: %.*s, enumerable: true });\n",
                   STR_ARG(name));
    else
        buf_printf(out, "%.*s = %.*s;\n", STR_ARG(target), STR_ARG(name));
}

/* The exported function is an expression where it need not be known by its name. */
static Str assignment(const struct js_gen *g, Str name, Str exported) {
    if (g->esm || str_eq(exported, STR("__proto__")))
        return (Str){0};
    Str target = js_member(g->arena, STR("exports"), exported);
    return str_format(g->arena, "%.*s = function %.*s", STR_ARG(target), STR_ARG(name));
}

void js_export_function(struct js_gen *g, const struct bind_export *e, struct buf *out) {
    Str name = js_names_new(&g->names, e->name), head = assignment(g, name, e->name);
    if (head.len) {
        js_export_member(g, e, head, out);
        out->len--;
        buf_str(out, STR(";\n\n"));
        vec_push(g->arena, &g->exported, e->name);
        return;
    }
    head =
        str_format(g->arena, "%.*sfunction %.*s", STR_ARG(js_export_prefix(g, name, e->name)), STR_ARG(name));
    js_export_member(g, e, head, out);
    js_export_suffix(g, name, e->name, out);
    buf_byte(out, '\n');
}
