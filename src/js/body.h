/* The statement builder: the body of one function, written in phases so that no view of wasm memory can go
 * stale (docs/architecture.md, Glue; docs/upstream/detach.md 5).
 *
 *     CONVERT   arguments become words or values; anything may run, so no view may be held
 *     CALL      the one call; views that are its arguments are made in it, after everything that enters wasm
 *     RESULT    results are read and converted; views are taken afresh, and held over plain built-ins only
 *     FREE      memory is given back; user code no longer runs
 *
 * A statement that breaks these rules is a bug of the generator: the builder aborts. */
#ifndef JS_BODY_H
#define JS_BODY_H

#include "base/buf.h"
#include "base/diag.h"
#include "js/names.h"

enum js_phase { JS_CONVERT, JS_CALL, JS_RESULT, JS_FREE };

struct js_body {
    struct arena *arena;
    struct buf *out;
    struct js_names names; /* of parameters and locals */
    enum js_phase phase;
    bool call_has_view;  /* an argument noted so far is a view */
    bool inlines_blocks; /* the words of what is copied are expressions, to be used once and in order */
    bool is_guarded;     /* the conversions stand in a block whose constants are used outside */
    VEC(Str) held, dead; /* names of constants that are views */
};

/* Begins a body in phase CONVERT; statements are appended to `out`. `outer` is the scope around. */
void js_body_init(struct js_body *b, struct arena *arena, struct buf *out, const struct js_names *outer);
/* Aborts if a view would outlive the body. */
void js_body_end(struct js_body *b);

/* Goes on to a later phase behind the call. */
void js_enter(struct js_body *b, enum js_phase phase);

/* A statement that may run anything: wasm, user code. Not allowed while a view is held. */
void js_line(struct js_body *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A statement of plain built-ins on plain data (it cannot grow memory), or punctuation such as `try {`. */
void js_plain(struct js_body *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* `const name = <view>;` Allowed in RESULT and FREE. */
void js_view(struct js_body *b, Str name, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Lets go of the views that are held: no later statement may mention them. */
void js_drop_views(struct js_body *b);
/* Notes one argument that the text of the call is going to contain, in the order of evaluation: whether it
 * is a view of wasm memory, or enters wasm (which could grow memory). Nothing may enter wasm behind a view.
 */
void js_argument(struct js_body *b, bool is_view, bool enters_wasm);
/* The call, once, in CONVERT; afterwards the phase is RESULT. */
void js_call(struct js_body *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* `view.setACCESSOR(address + offset, value, true)` on a fresh view, e.g. of "Int32"; value must be a name or
 * a number, so that nothing is evaluated between. RESULT only. `view` is the expression of the view, e.g.
 * "memData()". `address` may be negative: it is made unsigned here. */
void js_store(struct js_body *b, const char *view, const char *accessor, Str address, unsigned offset,
              Str value);

/* How a constant of the conversions is declared: "const", or in a guarded block "var". */
const char *js_const(const struct js_body *b);

/* A new local name. */
Str js_local(struct js_body *b, const char *wanted);

#endif
