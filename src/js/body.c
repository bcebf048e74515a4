#include "js/body.h"

#include "bind/identifier.h"
#include "js/text.h"

void js_body_init(struct js_body *b, struct arena *arena, struct buf *out, const struct js_names *outer) {
    *b = (struct js_body){.arena = arena, .out = out, .phase = JS_CONVERT};
    js_names_init(&b->names, arena, outer);
}

void js_body_end(struct js_body *b) {
    ASSERT(b->phase >= JS_RESULT);
    js_names_free(&b->names);
}

void js_enter(struct js_body *b, enum js_phase phase) {
    ASSERT(phase > b->phase && b->phase >= JS_RESULT); /* nobody passes over the call */
    b->phase = phase;
}

/* Appends the statement; it must not mention a view that is no longer valid. */
static void put(struct js_body *b, const char *format, va_list args) {
    size_t start = b->out->len;
    buf_vprintf(b->out, format, args);
    buf_byte(b->out, '\n');
    Str text = str_slice(buf_view(b->out), start, b->out->len);
    for (vec_each(Str, name, &b->dead))
        ASSERT(!js_mentions(text, *name)); /* a view held over a call */
}

void js_line(struct js_body *b, const char *format, ...) {
    ASSERT(b->held.len == 0); /* this could grow memory */
    va_list args;
    va_start(args, format);
    put(b, format, args);
    va_end(args);
}

void js_plain(struct js_body *b, const char *format, ...) {
    va_list args;
    va_start(args, format);
    put(b, format, args);
    va_end(args);
}

void js_view(struct js_body *b, Str name, const char *format, ...) {
    ASSERT(b->phase >= JS_RESULT);
    buf_printf(b->out, "const %.*s = ", STR_ARG(name));
    va_list args;
    va_start(args, format);
    put(b, format, args);
    va_end(args);
    b->out->len--;
    buf_str(b->out, STR(";\n"));
    vec_push(b->arena, &b->held, name);
}

void js_drop_views(struct js_body *b) {
    for (vec_each(Str, name, &b->held))
        vec_push(b->arena, &b->dead, *name);
    b->held.len = 0;
}

void js_argument(struct js_body *b, bool is_view, bool enters_wasm) {
    ASSERT(b->phase == JS_CONVERT && !(is_view && enters_wasm));
    ASSERT(!enters_wasm || !b->call_has_view); /* it could grow memory */
    b->call_has_view |= is_view;
}

void js_call(struct js_body *b, const char *format, ...) {
    ASSERT(b->phase < JS_CALL);
    b->phase = JS_CALL;
    va_list args;
    va_start(args, format);
    put(b, format, args);
    va_end(args);
    b->phase = JS_RESULT;
}

static bool is_atom(Str value) {
    for (size_t i = 0; i < value.len; i++)
        if (!(bind_is_identifier((Str){&value.ptr[i], 1}) || (value.ptr[i] >= '0' && value.ptr[i] <= '9')))
            return false;
    return value.len > 0;
}

void js_store(struct js_body *b, const char *view, const char *accessor, Str address, unsigned offset,
              Str value) {
    ASSERT(b->phase == JS_RESULT && is_atom(address) && is_atom(value));
    if (offset)
        js_plain(b, "%s.set%s((%.*s >>> 0) + %u, %.*s, true);", view, accessor, STR_ARG(address), offset,
                 STR_ARG(value));
    else
        js_plain(b, "%s.set%s(%.*s >>> 0, %.*s, true);", view, accessor, STR_ARG(address), STR_ARG(value));
}

Str js_local(struct js_body *b, const char *wanted) {
    return js_names_new(&b->names, str_from(wanted));
}

const char *js_const(const struct js_body *b) {
    return b->is_guarded ? "var" : "const";
}
