#include "js/arrays.h"

struct array_view {
    const char *class;
    enum js_fragment view_fragment, pass_fragment;
    const char *view, *pass;
};

#define VIEW(class, short)                                                                                   \
    {#class, JS_FRAGMENT_view_##class, JS_FRAGMENT_pass_array_##class, "mem" #short, "pass" #short}

static const struct array_view views[] = {
    VIEW(Int8Array, I8),     VIEW(Uint8Array, U8),     VIEW(Uint8ClampedArray, U8c),
    VIEW(Int16Array, I16),   VIEW(Uint16Array, U16),   VIEW(Int32Array, I32),
    VIEW(Uint32Array, U32),  VIEW(BigInt64Array, I64), VIEW(BigUint64Array, U64),
    VIEW(Float32Array, F32), VIEW(Float64Array, F64),
};

/* What stands for the array's class where its elements are numbers, else NULL. */
static const struct array_view *find_view(struct js_gen *g, const struct bind_type *array) {
    const char *class = bind_array_class(array);
    for (size_t i = 0; class && i < sizeof views / sizeof *views; i++)
        if (strcmp(class, views[i].class) == 0) {
            js_want(g, views[i].view_fragment);
            return &views[i];
        }
    ASSERT(!class);
    return NULL;
}

Str js_array_pass(struct js_gen *g, const struct bind_type *array, Str value) {
    const struct array_view *numbers = find_view(g, array);
    js_want(g, numbers ? numbers->pass_fragment : JS_FRAGMENT_pass_handles);
    return str_format(g->arena, "%s(%.*s)", numbers ? numbers->pass : "passHandles", STR_ARG(value));
}

/* `name`Array(ptr, len, view) of numbers, or `handles`(ptr, len). */
static Str read(struct js_gen *g, const struct bind_type *array, const char *numbers, const char *handles,
                const Str *words) {
    const struct array_view *found = find_view(g, array);
    return str_format(g->arena, "%s(%.*s, %.*s%s%s%s)", found ? numbers : handles, STR_ARG(words[0]),
                      STR_ARG(words[1]), found ? ", " : "", found ? found->view : "", found ? "()" : "");
}

Str js_array_get(struct js_gen *g, const struct bind_type *array, const Str *words) {
    js_want(g, bind_array_class(array) ? JS_FRAGMENT_get_array : JS_FRAGMENT_get_handles);
    return read(g, array, "arrayAt", "handlesAt", words);
}

Str js_array_take(struct js_gen *g, const struct bind_type *array, const Str *words) {
    if (array->direct) {
        const struct bind_class *class = array->element->class;
        js_want(g, JS_FRAGMENT_take_instances);
        return str_format(g->arena, "takeInstances(%.*s, %.*s, %.*s, %.*s)", STR_ARG(words[0]),
                          STR_ARG(words[1]), STR_ARG(g->classes[class->index]), STR_ARG(js_kind(g, class)));
    }
    js_want(g, bind_array_class(array) ? JS_FRAGMENT_take_array : JS_FRAGMENT_take_handles);
    return read(g, array, "takeArray", "takeHandles", words);
}

struct bind_value js_array_cell(const struct bind_type *array, bool incoming) {
    const struct bind_type *element = array->element;
    uint8_t type = element->is_double ? WASM_F64 : WASM_I32;
    uint8_t nwords = element->kind == BIND_STRING ? 2 : 1;
    return (struct bind_value){.type = element,
                               .incoming = incoming,
                               .nwords = nwords,
                               .words = {{.type = type}, {.type = type, .offset = 4}}};
}

unsigned js_array_cell_word(const struct bind_type *array) {
    return array->element->is_double ? 8 : 4;
}
