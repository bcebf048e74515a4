#include "js/arrays.h"

struct array_functions {
    const char *class;
    enum js_fragment pass, get, take;
    const char *pass_name, *get_name, *take_name;
};

#define FUNCTIONS(class, family, pass_class)                                                                 \
    {#class,                                                                                                 \
     JS_FRAGMENT_##family##_##pass_class,                                                                    \
     JS_FRAGMENT_get_array_##class,                                                                          \
     JS_FRAGMENT_take_array_##class,                                                                         \
     "pass" #pass_class "ToWasm",                                                                            \
     "get" #class "FromWasm",                                                                                \
     "take" #class "FromWasm"}

/* Elements are coerced as upstream does it, so clamped arrays come in like unclamped ones. */
static const struct array_functions table[] = {
    FUNCTIONS(Int8Array, pass_bytes, Int8Array),
    FUNCTIONS(Uint8Array, pass_bytes, Uint8Array),
    FUNCTIONS(Uint8ClampedArray, pass_bytes, Uint8Array),
    FUNCTIONS(Int16Array, pass_array, Int16Array),
    FUNCTIONS(Uint16Array, pass_array, Uint16Array),
    FUNCTIONS(Int32Array, pass_array, Int32Array),
    FUNCTIONS(Uint32Array, pass_array, Uint32Array),
    FUNCTIONS(BigInt64Array, pass_array, BigInt64Array),
    FUNCTIONS(BigUint64Array, pass_array, BigUint64Array),
    FUNCTIONS(Float32Array, pass_array, Float32Array),
    FUNCTIONS(Float64Array, pass_array, Float64Array),
    {"", JS_FRAGMENT_pass_handles, JS_FRAGMENT_get_handles, JS_FRAGMENT_take_handles,
     "passArrayJsValueToWasm", "getArrayJsValueFromWasm", "takeArrayJsValueFromWasm"},
};

static const struct array_functions *find(const struct bind_type *array) {
    const char *class = bind_array_class(array);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_eq(str_from(class ? class : ""), str_from(table[i].class)))
            return &table[i];
    diag_abort(__FILE__, __LINE__, "an array class without functions");
}

const char *js_array_pass(struct js_gen *g, const struct bind_type *array) {
    js_want(g, find(array)->pass);
    return find(array)->pass_name;
}

const char *js_array_get(struct js_gen *g, const struct bind_type *array) {
    js_want(g, find(array)->get);
    return find(array)->get_name;
}

const char *js_array_take(struct js_gen *g, const struct bind_type *array) {
    js_want(g, find(array)->take);
    return find(array)->take_name;
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
