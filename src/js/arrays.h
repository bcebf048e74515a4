/* The runtime functions that copy arrays in and out. */
#ifndef JS_ARRAYS_H
#define JS_ARRAYS_H

#include "js/gen.h"

/* Expressions: the address of a copy for the module, whose length is in vectorLen … */
Str js_array_pass(struct js_gen *g, const struct bind_type *array, Str value);
/* … a live view, or borrowed values; words are address and length … */
Str js_array_get(struct js_gen *g, const struct bind_type *array, const Str *words);
/* … and a copy, the original freed. */
Str js_array_take(struct js_gen *g, const struct bind_type *array, const Str *words);

/* The element of an array of cells as one value with its words. */
struct bind_value js_array_cell(const struct bind_type *array, bool incoming);
/* Bytes of one word of such an element, which is also its alignment. */
unsigned js_array_cell_word(const struct bind_type *array);

#endif
