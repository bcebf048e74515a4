/* What the conversions of a binding call in the module (docs/upstream/abi.md 4, 5, 6, 11). */
#include "bind/bindings.h"

/* Handles of the table that the glue itself makes or takes apart; in heap mode the glue has a heap of its
 * own. */
static void need_handle(struct bind_needs *needs, const struct bindings *b, bool incoming,
                        enum bind_access access) {
    if (!b->externref)
        return;
    needs->table = true;
    if (incoming)
        needs->table_alloc = true;
    else if (access == BIND_OWNED)
        needs->table_dealloc = true;
}

static void need_string(struct bind_needs *needs, const struct bindings *b, const struct bind_type *type,
                        bool incoming) {
    needs->memory = true;
    if (incoming) {
        needs->malloc = true;
        needs->realloc |= b->runtime.realloc != WASM_NONE;
    } else if (type->access == BIND_OWNED) {
        needs->free = true;
    }
    if (type->cached)
        need_handle(needs, b, false, BIND_BORROWED);
}

static void need_array(struct bind_needs *needs, const struct bindings *b, const struct bind_type *type,
                       bool incoming) {
    bool handles =
        !bind_array_class(type) && !type->direct && (!type->cells || type->element->kind == BIND_VALUE);
    needs->memory = true;
    if (type->direct && incoming)
        needs->taken = needs->free = true;
    else if (type->direct) /* some may be handles */
        need_handle(needs, b, false, BIND_OWNED);
    if (incoming)
        needs->malloc = true;
    else if (type->access == BIND_OWNED || type->cells)
        needs->free = true;
    if (!handles)
        return;
    /* Owned elements are read one by one, then dropped all at once. */
    need_handle(needs, b, incoming, incoming ? BIND_OWNED : BIND_BORROWED);
    needs->drop_slice |= b->externref && !incoming && type->access == BIND_OWNED && !type->cells;
}

static bool is_plain(const struct bind_value *value) {
    for (unsigned i = 0; i < value->nwords; i++)
        if (value->words[i].role != BIND_WORD_PLAIN)
            return false;
    return true;
}

static void need_value(struct bind_needs *needs, const struct bindings *b, const struct bind_value *value) {
    switch (value->type->kind) {
    case BIND_STRING:
        need_string(needs, b, value->type, value->incoming);
        break;
    case BIND_ARRAY:
        need_array(needs, b, value->type, value->incoming);
        break;
    case BIND_CALLBACK:
        needs->destroy_callback |= value->type->life == BIND_LIFE_COUNTED && !value->type->destroy;
        break;
    case BIND_VALUE:
        if (is_plain(value))
            need_handle(needs, b, value->incoming, value->type->access);
        break;
    default:
        break;
    }
}

static void need_signature(struct bind_needs *needs, const struct bindings *b,
                           const struct bind_signature *sig) {
    for (size_t i = 0; i < sig->nparams; i++)
        need_value(needs, b, &sig->params[i].value);
    need_value(needs, b, &sig->result);
    needs->memory |= sig->how == BIND_RETURN_RECORD;
}

/* As a reference: the module's shim then keeps a borrow stack. */
static bool is_borrowed(const struct bind_value *value) {
    for (unsigned i = 0; i < value->nwords; i++)
        if (value->words[i].role == BIND_WORD_REF_BORROWED)
            return true;
    return false;
}

/* To give back what was taken for parameters. */
static void need_release(struct bind_needs *needs, const struct bindings *b,
                         const struct bind_signature *sig) {
    needs->free = true;
    for (size_t i = 0; i < sig->nparams; i++) {
        struct bind_type type = *sig->params[i].value.type;
        type.access = BIND_OWNED;
        if (type.kind == BIND_ARRAY && !bind_array_class(&type) && !type.cells && !type.direct)
            need_array(needs, b, &type, false);
    }
}

void bind_needs_export(struct bind_needs *needs, const struct bindings *b,
                       const struct bind_export *export_) {
    if (export_->hidden)
        return;
    need_signature(needs, b, &export_->sig);
    if (bind_may_abandon(&export_->sig))
        need_release(needs, b, &export_->sig);
    needs->frame |= export_->sig.how == BIND_RETURN_RECORD;
    for (size_t i = 0; i < export_->sig.nparams; i++)
        needs->set_borrow_top |= is_borrowed(&export_->sig.params[i].value);
    if (export_->sig.fallible)
        need_handle(needs, b, false, BIND_OWNED);
}

static void need_intrinsic(struct bind_needs *needs, enum bind_intrinsic intrinsic) {
    needs->memory |= intrinsic == BIND_INTRINSIC_memory;
    needs->function_table |= intrinsic == BIND_INTRINSIC_function_table;
}

void bind_needs_import(struct bind_needs *needs, const struct bindings *b, const struct bind_import *import) {
    need_signature(needs, b, &import->sig);
    if (import->catches) {
        needs->exn_store = true;
        need_handle(needs, b, true, BIND_OWNED);
    }
    needs->table_dealloc |= import->slot_first;
    if (import->kind == BIND_IMPORT_INTRINSIC)
        need_intrinsic(needs, import->intrinsic);
}
