/* Conversions of values at the border (docs/upstream/abi.md 5 to 8). */
#ifndef JS_CONVERT_H
#define JS_CONVERT_H

#include "js/gen.h"

/* Statements that refuse a JavaScript value of a wrong type, without any other effect; `name` is an
 * identifier. */
void js_check_incoming(struct js_gen *g, struct js_body *body, const struct bind_value *value, Str name);

/* The same for a string, which is not checked there: conversion checks it, too late for what has been
 * converted before. */
void js_check_text(struct js_gen *g, struct js_body *body, const struct bind_value *value, Str name);

/* JavaScript → wasm: statements, then the value's words as expressions. Expressions that allocate or move
 * something are to be used once, in order. `plain`: the words have to be names of numbers or BigInts, fit to
 * be stored in memory, or to be passed without running user code. */
void js_incoming(struct js_gen *g, struct js_body *body, const struct bind_value *value, Str name, bool plain,
                 Str words[BIND_MAX_WORDS]);

/* The same for an array whose elements are `direct`: `assign` = what stands in front of the list of
 * instances, `list` its name. They own what they did until statements of js_give_instances follow, after all
 * that may fail. */
void js_instances(struct js_gen *g, struct js_body *body, const struct bind_value *value, Str name,
                  const char *assign, Str list, Str words[BIND_MAX_WORDS]);
void js_give_instances(struct js_gen *g, struct js_body *body, Str list);

/* Whether the value is put on the borrow stack, which must be cleared after the call. */
bool js_is_borrowed(const struct bind_value *value);

/* A converted value: an expression to be evaluated once. */
struct js_outgoing {
    Str text;
    bool is_view;     /* a view of wasm memory */
    bool enters_wasm; /* calls the module (to free something), which could grow memory */
};

/* wasm → JavaScript: an expression of the words, which are names or simple accesses such as `ret[0]`. */
struct js_outgoing js_outgoing(struct js_gen *g, const struct bind_value *value, const Str *words);

/* callback.c */

/* The expression of a callback that outlives the call. */
Str js_callback(struct js_gen *g, const struct bind_type *type, const Str *words);
/* Statements that make a callback for the duration of one call; its name. Setting the field `a` of *state to
 * 0 switches it off. */
Str js_callback_open(struct js_gen *g, struct js_body *body, const struct bind_type *type, const Str *words,
                     Str *state);

/* The end of the DataView method that reads or writes a word, e.g. "Int32". */
const char *js_word_accessor(const struct bind_word *word);

#endif
