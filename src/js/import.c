#include <stdlib.h>

#include "bind/identifier.h"
#include "js/convert.h"
#include "js/text.h"

/* One function of the object that satisfies the module's imports. */
struct import_body {
    struct js_gen *g;
    const struct bind_import *import;
    struct js_body body;
    Str *args;               /* JavaScript values, as expressions to be used once and in order */
    Str retptr;              /* address of the result record, signed; empty without one */
    Str *words;              /* names of the parameters */
    Str ret;                 /* local with what the expression gave */
    Str slot;                /* local with the handle for the result, if made before the call; else empty */
    Str *callbacks, *states; /* by parameter, of callbacks that are valid during the call only: name, state */
    size_t ncallbacks;
};

static bool is_passing_callback(const struct bind_type *type) {
    return type->kind == BIND_CALLBACK && type->life == BIND_LIFE_CALL;
}

/* Before anything can fail: what is opened here is closed in any case. */
static void open_callbacks(struct import_body *x) {
    const struct bind_signature *sig = &x->import->sig;
    const Str *words = x->words + (sig->how == BIND_RETURN_RECORD);
    x->callbacks = ARENA_ARRAY(x->g->arena, sig->nparams, Str);
    x->states = ARENA_ARRAY(x->g->arena, sig->nparams, Str);
    for (size_t i = 0; i < sig->nparams; i++) {
        const struct bind_value *value = &sig->params[i].value;
        if (is_passing_callback(value->type)) {
            x->callbacks[i] = js_callback_open(x->g, &x->body, value->type, words, &x->states[i]);
            x->ncallbacks++;
        }
        words += value->nwords;
    }
}

static void close_callbacks(struct import_body *x) {
    js_enter(&x->body, JS_FREE);
    js_plain(&x->body, "} finally {");
    for (size_t i = 0; i < x->import->sig.nparams; i++)
        if (x->states[i].len)
            js_plain(&x->body, "%.*s.a = 0;", STR_ARG(x->states[i]));
    js_plain(&x->body, "}");
}

/* Names and writes the parameters; nothing that the body names from outside is hidden by them. */
static void write_params(struct import_body *x, struct buf *out) {
    const struct bind_signature *sig = &x->import->sig;
    size_t n = sig->how == BIND_RETURN_RECORD;
    for (size_t i = 0; i < sig->nparams; i++)
        n += sig->params[i].value.nwords;
    x->words = ARENA_ARRAY(x->g->arena, n, Str);
    buf_byte(out, '(');
    for (size_t i = 0; i < n; i++) {
        x->words[i] = js_names_new(&x->body.names, str_format(x->g->arena, "arg%zu", i));
        buf_printf(out, "%s%.*s", i ? ", " : "", STR_ARG(x->words[i]));
    }
    buf_str(out, x->g->split ? STR(") {\n") : STR(") => {\n"));
}

/* A view among the arguments stays an expression, so that it is made in the call itself. Then what enters
 * wasm is evaluated before the call. */
static void order_args(struct import_body *x, struct js_outgoing *made, size_t n) {
    bool has_view = false;
    for (size_t i = 0; i < n; i++)
        has_view |= made[i].is_view;
    for (size_t i = 0; i < n; i++) {
        if (has_view && made[i].enters_wasm) {
            Str local = js_local(&x->body, "taken");
            js_line(&x->body, "const %.*s = %.*s;", STR_ARG(local), STR_ARG(made[i].text));
            made[i] = (struct js_outgoing){.text = local};
        }
        js_argument(&x->body, made[i].is_view, made[i].enters_wasm);
        x->args[i] = made[i].text;
    }
}

static void convert_args(struct import_body *x) {
    const struct bind_signature *sig = &x->import->sig;
    const Str *words = x->words + (sig->how == BIND_RETURN_RECORD);
    struct js_outgoing *made = ARENA_ARRAY(x->g->arena, sig->nparams, struct js_outgoing);
    x->args = ARENA_ARRAY(x->g->arena, sig->nparams, Str);
    for (size_t i = 0; i < sig->nparams; i++) {
        if (x->callbacks[i].len)
            made[i] = (struct js_outgoing){.text = x->callbacks[i]};
        else
            made[i] = js_outgoing(x->g, &sig->params[i].value, words);
        words += sig->params[i].value.nwords;
    }
    order_args(x, made, sig->nparams);
}

/* The arguments from `first` on, separated by commas; the last one of a variadic function is spread. */
static Str list_args(const struct import_body *x, size_t first) {
    struct buf text = {0};
    size_t n = x->import->sig.nparams;
    for (size_t i = first; i < n; i++)
        buf_printf(&text, "%s%s%.*s", i > first ? ", " : "",
                   x->import->sig.variadic && i + 1 == n ? "..." : "", STR_ARG(x->args[i]));
    Str copied = buf_copy(x->g->arena, &text);
    buf_free(&text);
    return copied;
}

static Str arg(const struct import_body *x, size_t i) {
    return i < x->import->sig.nparams ? x->args[i] : STR("undefined");
}

static Str origin(const struct import_body *x) {
    return js_origin(x->g, &x->import->origin, x->import->origin.nnames);
}

static Str call_of(const struct import_body *x, Str callee, size_t first) {
    return str_format(x->g->arena, "%.*s(%.*s)", STR_ARG(callee), STR_ARG(list_args(x, first)));
}

static Str method(const struct import_body *x) {
    struct arena *arena = x->g->arena;
    if (x->import->structural)
        return call_of(x, js_path(arena, arg(x, 0), x->import->member, false), 1);
    Str prototype = str_format(arena, "%.*s.prototype", STR_ARG(origin(x)));
    Str function = js_path(arena, prototype, x->import->member, false);
    return call_of(x, str_format(arena, "%.*s.call", STR_ARG(function)), 0);
}

/* Reads or writes a property; `owner` is the object, `proto` where a non-structural accessor is looked up. */
static Str property(const struct import_body *x, Str owner, const char *proto, size_t value_at, bool sets) {
    struct arena *arena = x->g->arena;
    Str name = x->import->member;
    if (x->import->structural) {
        Str place = js_path(arena, owner, name, false);
        return sets ? str_format(arena, "%.*s = %.*s", STR_ARG(place), STR_ARG(arg(x, value_at))) : place;
    }
    js_want(x->g, JS_FRAGMENT_property_descriptor);
    Str descriptor = str_format(arena, "getPropertyDescriptor(%.*s%s, %.*s)", STR_ARG(origin(x)), proto,
                                STR_ARG(js_quote(arena, name)));
    if (sets)
        return str_format(arena, "%.*s.set.call(%.*s, %.*s)", STR_ARG(descriptor), STR_ARG(owner),
                          STR_ARG(arg(x, value_at)));
    return str_format(arena, "%.*s.get.call(%.*s)", STR_ARG(descriptor), STR_ARG(owner));
}

/* The items of obj[key]; a static one has no object among its arguments. */
static Str indexed(const struct import_body *x, const char *prefix, bool sets) {
    bool is_static = x->import->is_static;
    Str object = is_static ? origin(x) : arg(x, 0);
    size_t key = is_static ? 0 : 1;
    Str place = str_format(x->g->arena, "%s%.*s[%.*s]", prefix, STR_ARG(object), STR_ARG(arg(x, key)));
    return sets ? str_format(x->g->arena, "%.*s = %.*s", STR_ARG(place), STR_ARG(arg(x, key + 1))) : place;
}

/* The value of an origin; of an optional one undefined if it does not exist. */
static Str static_value(const struct import_body *x) {
    const struct bind_origin *o = &x->import->origin;
    if (x->import->sig.result.type->absent == BIND_ALWAYS)
        return origin(x);
    Str first = js_origin(x->g, o, 1), path = first;
    for (size_t i = 1; i < o->nnames; i++)
        path = js_path(x->g->arena, path, o->names[i], true);
    return str_format(x->g->arena, "typeof %.*s === 'undefined' ? undefined : %.*s", STR_ARG(first),
                      STR_ARG(path));
}

static Str wrap(const struct import_body *x) {
    return str_format(x->g->arena, "%.*s(%.*s)", STR_ARG(js_wrap(x->g, x->import->class)),
                      STR_ARG(arg(x, 0)));
}

static Str unwrap(struct import_body *x) {
    Str value = arg(x, 0);
    if (!bind_is_identifier(value)) {
        value = js_local(&x->body, "value");
        js_line(&x->body, "const %.*s = %.*s;", STR_ARG(value), STR_ARG(arg(x, 0)));
    }
    return str_format(x->g->arena, "%.*s instanceof %.*s ? disown(%.*s) : 0", STR_ARG(value),
                      STR_ARG(x->g->classes[x->import->class->index]), STR_ARG(value));
}

/* What the function evaluates (docs/upstream/abi.md 13). */
static bool expression(struct import_body *x, Str *out) {
    const struct bind_import *i = x->import;
    switch (i->kind) {
    case BIND_IMPORT_FUNCTION:
    case BIND_IMPORT_CONSTRUCTOR:
        *out = call_of(x, origin(x), 0);
        if (i->kind == BIND_IMPORT_CONSTRUCTOR)
            *out = str_format(x->g->arena, "new %.*s", STR_ARG(*out));
        return true;
    case BIND_IMPORT_METHOD:
        *out = method(x);
        return true;
    case BIND_IMPORT_STATIC_METHOD:
        *out = call_of(x, js_path(x->g->arena, origin(x), i->member, false), 0);
        return true;
    case BIND_IMPORT_GETTER:
        *out = property(x, arg(x, 0), ".prototype", 0, false);
        return true;
    case BIND_IMPORT_SETTER:
        *out = property(x, arg(x, 0), ".prototype", 1, true);
        return true;
    case BIND_IMPORT_STATIC_GETTER:
        *out = property(x, origin(x), "", 0, false);
        return true;
    case BIND_IMPORT_STATIC_SETTER:
        *out = property(x, origin(x), "", 0, true);
        return true;
    case BIND_IMPORT_INDEX_GET:
        *out = indexed(x, "", false);
        return true;
    case BIND_IMPORT_INDEX_SET:
        *out = indexed(x, "", true);
        return true;
    case BIND_IMPORT_INDEX_DELETE:
        *out = indexed(x, "delete ", false);
        return true;
    case BIND_IMPORT_INSTANCEOF:
        *out = str_format(x->g->arena, "%.*s instanceof %.*s", STR_ARG(arg(x, 0)), STR_ARG(origin(x)));
        return true;
    case BIND_IMPORT_STATIC:
        *out = static_value(x);
        return true;
    case BIND_IMPORT_TEXT:
        *out = js_quote(x->g->arena, i->member);
        return true;
    case BIND_IMPORT_INTRINSIC:
        return js_intrinsic(x->g, &x->body, i, x->args, out);
    case BIND_IMPORT_IDENTITY:
        *out = arg(x, 0);
        return true;
    case BIND_IMPORT_WRAP:
        *out = wrap(x);
        return true;
    case BIND_IMPORT_UNWRAP:
        *out = unwrap(x);
        return true;
    case BIND_IMPORT_INIT_TABLE:
        js_want(x->g, JS_FRAGMENT_init_table);
        *out = STR("initExternrefTable()");
        return true;
    default:
        return diag_fail(x->g->diag, "unknown kind of import");
    }
}

static void store_words(struct import_body *x, const Str *words) {
    const struct bind_value *result = &x->import->sig.result;
    js_want(x->g, JS_FRAGMENT_data_view);
    for (size_t i = 0; i < result->nwords; i++)
        js_store(&x->body, "memData()", js_word_accessor(&result->words[i]), x->retptr,
                 result->words[i].offset, words[i]);
}

/* Object found and moved: its handle is used up (docs/upstream/intrinsics.md 6). In table mode the module's
 * shim sees to it. */
static void release_moved(struct import_body *x) {
    if (!x->import->release_if_moved || x->import->sig.params[0].value.words[0].role != BIND_WORD_PLAIN ||
        x->g->b->externref)
        return;
    js_want(x->g, JS_FRAGMENT_drop_handle);
    js_plain(&x->body, "if (%.*s !== 0) dropHandle(%.*s);", STR_ARG(x->ret), STR_ARG(x->words[0]));
}

/* A string whose pointer and length are all that is returned, through memory. */
static bool returns_text(const struct import_body *x) {
    const struct bind_signature *sig = &x->import->sig;
    const struct bind_value *value = &sig->result;
    bool known = value->type->absent == BIND_ALWAYS || value->type->absent == BIND_ABSENT_ZERO;
    return sig->how == BIND_RETURN_RECORD && value->type->kind == BIND_STRING && known &&
           value->nwords == 2 && value->words[0].offset == 0 && value->words[1].offset == 4;
}

static void convert_result(struct import_body *x) {
    const struct bind_signature *sig = &x->import->sig;
    Str words[BIND_MAX_WORDS];
    bool in_record = sig->how == BIND_RETURN_RECORD;
    if (sig->result.type->kind == BIND_UNIT || returns_text(x))
        return;
    release_moved(x);
    js_check_incoming(x->g, &x->body, &sig->result, x->ret);
    js_incoming(x->g, &x->body, &sig->result, x->ret, in_record, words);
    if (in_record)
        store_words(x, words);
    else
        js_line(&x->body, "return %.*s;", STR_ARG(words[0]));
}

/* The result may be a view of memory, which making a handle could detach (docs/upstream/detach.md 4.1): so
 * the handle is made first, and given back if nothing comes to be stored there. */
static void open_slot(struct import_body *x) {
    if (!x->import->slot_first)
        return;
    x->slot = js_local(&x->body, "slot");
    js_line(&x->body, "const %.*s = %.*s();\ntry {", STR_ARG(x->slot),
            STR_ARG(js_wasm(x->g, x->g->surface->table_alloc)));
}

static void fill_slot(struct import_body *x) {
    struct arena *arena = x->g->arena;
    Str some = str_format(arena, "putHandle(%.*s, %.*s)", STR_ARG(x->slot), STR_ARG(x->ret));
    js_want(x->g, JS_FRAGMENT_put_handle);
    js_want(x->g, JS_FRAGMENT_drop_handle);
    if (x->import->sig.result.type->absent != BIND_ALWAYS) {
        js_line(&x->body, "if (%.*s != null) return %.*s;", STR_ARG(x->ret), STR_ARG(some));
        js_line(&x->body, "dropHandle(%.*s);\nreturn 0;", STR_ARG(x->slot));
    } else {
        js_line(&x->body, "return %.*s;", STR_ARG(some));
    }
    js_line(&x->body, "} catch (error) {\ndropHandle(%.*s);\nthrow error;\n}", STR_ARG(x->slot));
}

static void evaluate(struct import_body *x, Str value) {
    if (x->import->kind == BIND_IMPORT_INSTANCEOF) {
        js_plain(&x->body, "let %.*s;\ntry {", STR_ARG(x->ret));
        js_call(&x->body, "%.*s = %.*s;", STR_ARG(x->ret), STR_ARG(value));
        js_plain(&x->body, "} catch (_) {\n%.*s = false;\n}", STR_ARG(x->ret));
    } else if (returns_text(x)) {
        bool optional = x->import->sig.result.type->absent != BIND_ALWAYS;
        js_want(x->g, optional ? JS_FRAGMENT_return_optional_string : JS_FRAGMENT_return_string);
        js_call(&x->body, "return%sText(%.*s, %.*s);", optional ? "Optional" : "", STR_ARG(x->retptr),
                STR_ARG(value));
    } else if (x->import->sig.result.type->kind == BIND_UNIT) {
        js_call(&x->body, "%.*s;", STR_ARG(value));
    } else {
        js_call(&x->body, "const %.*s = %.*s;", STR_ARG(x->ret), STR_ARG(value));
    }
}

/* Whether JavaScript that is not ours runs in the function. */
static bool runs_user_code(const struct bind_import *i) {
    return i->kind <= BIND_IMPORT_STATIC;
}

/* `catch`: the thrown value is kept for the module, and any value of the right type returned. */
static void close_try(struct import_body *x, bool logs) {
    const struct bind_signature *sig = &x->import->sig;
    bool big = sig->how == BIND_RETURN_DIRECT && sig->result.words[0].type == WASM_I64 &&
               sig->result.words[0].role == BIND_WORD_PLAIN;
    js_want(x->g, logs ? JS_FRAGMENT_log_error : JS_FRAGMENT_store_exception);
    js_plain(&x->body, "} catch (error) {");
    js_plain(&x->body, logs ? "logError(error);\nthrow error;" : "storeException(error);");
    if (big && !logs)
        js_plain(&x->body, "return 0n;");
}

static bool write_body(struct import_body *x) {
    bool logs = x->g->settings->debug && !x->import->catches && runs_user_code(x->import);
    Str value;
    if (x->import->sig.how == BIND_RETURN_RECORD)
        x->retptr = x->words[0];
    open_callbacks(x);
    if (x->import->catches || logs || x->ncallbacks)
        js_plain(&x->body, "try {");
    open_slot(x);
    x->g->failing = x->import->intrinsic == BIND_INTRINSIC_throw;
    convert_args(x);
    x->g->failing = false;
    if (!expression(x, &value))
        return false;
    evaluate(x, value);
    if (x->slot.len)
        fill_slot(x);
    else
        convert_result(x);
    if (x->import->catches || logs)
        close_try(x, logs);
    if (x->ncallbacks)
        close_callbacks(x);
    else if (x->import->catches || logs)
        js_plain(&x->body, "}");
    js_body_end(&x->body);
    return true;
}

static bool write_import(struct js_gen *g, const struct bind_import *import, struct buf *out) {
    if (import->kind == BIND_IMPORT_INIT_TABLE && !g->split) {
        js_want(g, JS_FRAGMENT_init_table);
        buf_printf(out, "%.*s: initExternrefTable,\n", STR_ARG(js_key(g->arena, import->wasm_name)));
        return true;
    }
    struct import_body x = {.g = g, .import = import};
    buf_str(out, js_import_head(g, import->wasm_name));
    js_body_init(&x.body, g->arena, out, &g->names);
    write_params(&x, out);
    x.ret = js_local(&x.body, "ret");
    if (!write_body(&x))
        return diag_context(g->diag, "writing the glue of import `%.*s`", STR_ARG(import->wasm_name));
    buf_byte(out, '}');
    js_import_tail(g, import->wasm_name, out);
    return true;
}

static int by_name(const void *a, const void *b) {
    const struct bind_import *const *first = a, *const *second = b;
    return str_cmp((*first)->wasm_name, (*second)->wasm_name);
}

/* The live imports in the order of their names. */
static bool write_imports(struct js_gen *g, struct buf *out) {
    const struct bind_import **sorted = ARENA_ARRAY(g->arena, g->b->imports.len, const struct bind_import *);
    size_t n = 0;
    for (vec_each(struct bind_import, i, &g->b->imports))
        if (!i->dead)
            sorted[n++] = i;
    qsort(sorted, n, sizeof(*sorted), by_name);
    for (size_t i = 0; i < n; i++)
        if (!write_import(g, sorted[i], out))
            return false;
    return true;
}

/* A memory that the glue makes, unless the user gives one. */
static void write_memory(struct js_gen *g, const struct surface_item *item, Str given, struct buf *out) {
    Str name = g->split ? js_names_new(&g->names, item->name) : js_key(g->arena, item->name);
    buf_printf(out, g->split ? "const %.*s = " : "%.*s: %.*s || ", STR_ARG(name), STR_ARG(given));
    buf_printf(out, "new WebAssembly.Memory({ initial: %llu", (unsigned long long)item->limits.min);
    if (item->limits.has_max)
        buf_printf(out, ", maximum: %llu", (unsigned long long)item->limits.max);
    buf_printf(out, "%s })%s\n", item->limits.shared ? ", shared: true" : "", g->split ? ";" : ",");
    if (g->split)
        buf_printf(out, "export { %.*s as %.*s };\n", STR_ARG(name), STR_ARG(js_name(g->arena, item->name)));
}

static void write_memories(struct js_gen *g, Str given, struct buf *out) {
    for (vec_each(struct surface_item, item, &g->surface->imports))
        if (item->kind == WASM_MEMORY && !item->user)
            write_memory(g, item, given, out);
}

/* The key of a module, which as a rule is no identifier. */
static Str quoted_key(const struct js_gen *g, Str module) {
    return str_eq(module, STR("__proto__")) ? js_key(g->arena, module) : js_quote(g->arena, module);
}

static bool write_user_module(struct js_gen *g, Str module, struct buf *out, struct buf *head) {
    Str local = js_names_new(&g->names, STR("import1")), quoted = js_quote(g->arena, module);
    buf_printf(head, g->esm ? "import * as %.*s from %.*s;\n" : "const %.*s = require(%.*s);\n",
               STR_ARG(local), STR_ARG(quoted));
    buf_printf(out, "%.*s: %.*s,\n", STR_ARG(quoted_key(g, module)), STR_ARG(local));
    return js_modules_allowed(g, module);
}

/* Modules that the tool knows nothing of are imported whole. */
static bool write_user_modules(struct js_gen *g, struct buf *out, struct buf *head) {
    struct map seen;
    map_init(&seen, g->arena);
    bool ok = true;
    for (vec_each(struct surface_item, item, &g->surface->imports)) {
        bool added = false;
        if (item->user)
            map_put(&seen, item->module, &added);
        ok = ok && (!added || write_user_module(g, item->module, out, head));
    }
    map_free(&seen);
    return ok;
}

bool js_imports_write(struct js_gen *g, struct buf *head, struct buf *out) {
    if (g->split) { /* the .wasm imports each by itself */
        bool ok = write_imports(g, out);
        write_memories(g, (Str){0}, out);
        return ok;
    }
    Str object = js_names_new(&g->names, STR("import0")), memory = js_names_new(&g->names, STR("memory"));
    buf_printf(out, "function __wbg_get_imports(%.*s) {\nconst %.*s = {\n",
               STR_ARG(g->values.imported_memory ? memory : STR("")), STR_ARG(object));
    if (!write_imports(g, out))
        return false;
    write_memories(g, memory, out);
    Str module = quoted_key(g, g->surface->import_module);
    buf_printf(out, "};\nreturn {\n%.*s: %.*s,\n", STR_ARG(module), STR_ARG(object));
    bool ok = write_user_modules(g, out, head);
    buf_str(out, STR("};\n}\n\n"));
    return ok;
}
