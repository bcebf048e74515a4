/* The runtime functions that copy arrays in and out. */
#ifndef JS_ARRAYS_H
#define JS_ARRAYS_H

#include "js/gen.h"

/* Names of functions, which are asked for: (array) → ptr, with the length in WASM_VECTOR_LEN; (ptr, len) →
 * live view or borrowed values; (ptr, len) → copy, the original freed. */
const char *js_array_pass(struct js_gen *g, const struct bind_type *array);
const char *js_array_get(struct js_gen *g, const struct bind_type *array);
const char *js_array_take(struct js_gen *g, const struct bind_type *array);

/* The element of an array of cells as one value with its words. */
struct bind_value js_array_cell(const struct bind_type *array, bool incoming);
/* Bytes of one word of such an element, which is also its alignment. */
unsigned js_array_cell_word(const struct bind_type *array);

#endif
