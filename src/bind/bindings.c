#include "bind/bindings.h"

const struct bind_runtime_names bind_runtime_names = {
#define RUNTIME(field, kind, name, ...) .field = (name),
#include "bind/runtime.def"
#undef RUNTIME
};

bool bind_check_live(const struct bindings *b, struct diag *diag) {
    for (size_t i = 0; i < b->imports.len; i++) {
        const struct bind_import *import = &b->imports.items[i];
        if (!import->dead && import->unsupported.len)
            return diag_fail(diag, "%.*s", STR_ARG(import->unsupported));
    }
    return true;
}

unsigned bind_leading_words(const struct bind_export *e) {
    if (e->member == BIND_INVOKE)
        return 2;
    return (e->member == BIND_METHOD || e->member == BIND_GETTER || e->member == BIND_SETTER) &&
           !e->is_static;
}

/* Typed array classes by element; none for handles. */
static const struct number {
    enum bind_kind kind;
    uint32_t size;
    const char *array;
} NUMBERS[] = {
    {BIND_I8, 1, "Int8Array"},      {BIND_U8, 1, "Uint8Array"},      {BIND_I16, 2, "Int16Array"},
    {BIND_U16, 2, "Uint16Array"},   {BIND_I32, 4, "Int32Array"},     {BIND_U32, 4, "Uint32Array"},
    {BIND_I64, 8, "BigInt64Array"}, {BIND_U64, 8, "BigUint64Array"}, {BIND_F32, 4, "Float32Array"},
    {BIND_F64, 8, "Float64Array"},
};

static const struct number *find_number(enum bind_kind kind) {
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
        if (NUMBERS[i].kind == kind)
            return &NUMBERS[i];
    return NULL;
}

uint32_t bind_element_size(const struct bind_type *element) {
    const struct number *number = find_number(element->kind);
    return number ? number->size : 4;
}

const char *bind_array_class(const struct bind_type *array) {
    ASSERT(array->kind == BIND_ARRAY);
    const struct number *number = find_number(array->element->kind);
    return array->clamped ? "Uint8ClampedArray" : number ? number->array : NULL;
}

bool bind_is_view(const struct bind_type *type) {
    return type->kind == BIND_ARRAY && type->access != BIND_OWNED && bind_array_class(type);
}

bool bind_takes_memory(const struct bind_type *type) {
    return type->kind == BIND_STRING || type->kind == BIND_ARRAY;
}

bool bind_may_abandon(const struct bind_signature *sig) {
    bool taken = false;
    for (size_t i = 0; i < sig->nparams; i++) {
        const struct bind_type *type = sig->params[i].value.type;
        if (taken && type->kind == BIND_ARRAY)
            return true;
        taken = taken || bind_takes_memory(type);
    }
    return false;
}
