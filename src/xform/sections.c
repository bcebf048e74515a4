#include "wasm/lookup.h"
#include "wasm/name.h"
#include "xform/steps.h"

static void remove_section(struct xform *x, Str name) {
    for (vec_each(struct wasm_custom, section, &x->m->customs))
        if (str_eq(section->name, name))
            section->removed = true;
}

/* Names of data segments, such as `.rodata`, tell nobody anything; upstream leaves them out, too. */
static void remove_data_names(struct xform *x) {
    for (vec_each(struct wasm_data, data, &x->m->datas))
        data->name = (Str){0};
}

void xform_names(struct xform *x) {
    if (x->settings->demangle && !x->settings->remove_name_section)
        wasm_names_demangle(x->m, x->b->number_names, x->diag);
}

void xform_sections(struct xform *x) {
    remove_data_names(x);
    if (x->settings->remove_name_section)
        wasm_names_remove(x->m);
    if (x->settings->remove_producers_section)
        remove_section(x, STR("producers"));
    else
        wasm_producers_set(x->m, STR("processed-by"), STR("wasm-bindgen"), x->settings->version, x->diag);
}
