/* The steps of xform_run; private to this folder. Each is a file of its own, in the order they run. */
#ifndef XFORM_STEPS_H
#define XFORM_STEPS_H

#include "wasm/module.h"
#include "xform/xform.h"

/* What the steps share. */
struct xform {
    struct wasm_module *m;
    struct bindings *b;
    const struct settings *settings;
    struct arena *arena;
    struct surface *surface;
    struct diag *diag;
    uint32_t stack_pointer; /* global of the input's shadow stack, or WASM_NONE */
    uint32_t borrow_top;    /* externref mode: global, lowest table slot in use for borrowed values */
    struct bind_runtime
        *runtime;     /* of b; the steps add table and set_borrow_top (externref mode), and frame */
    struct map bound; /* exports that bindings mention: name → place in m->exports + 1 */
    struct map shims; /* functions put in front of exports: type and body → id */
};

/* edits.c: makes the changes that the bindings list. */
void xform_edits(struct xform *x);

/* check.c: refuses what no step can deal with. */
bool xform_check(struct xform *x);

/* start.c: gathers what has to run at instantiation in one function and exports it as surface.start
 * (docs/upstream/transforms.md 12, abi.md 3.2). */
bool xform_start(struct xform *x);

/* exports.c: removes what belongs to the tool and the linker (docs/upstream/transforms.md 10). */
void xform_clean_exports(struct xform *x);
/* Puts the function in front of an export or of what a callback calls; `name` says what it is, for the name
 * section. False (the reason in diag) if the module has no such export. */
bool xform_put_in_front(struct xform *x, struct bind_export *e, uint32_t type, Str body, const char *what);
/* Exports the entity and returns the name: that of an export it already has, if that is a plain identifier;
 * else `name`, with a number if taken. */
Str xform_export(struct xform *x, Str name, enum wasm_kind kind, uint32_t id);
/* The same, but always an export of its own. */
Str xform_export_as(struct xform *x, Str name, enum wasm_kind kind, uint32_t id);

/* local.c: imports that become functions of the module . After xform_add_table in
 * externref mode. */
bool xform_local_imports(struct xform *x);

/* direct.c: functions in front of imports for arrays of instances that cross without handles. Before
 * xform_externref. */
void xform_direct(struct xform *x);

/* externref.c: the table and the borrow stack's top; run-time imports that the table replaces; shims
 * (docs/upstream/transforms.md 4). Nothing in heap mode. */
void xform_add_table(struct xform *x);
bool xform_externref(struct xform *x);
/* externref_import.c / externref_export.c: shims between handles and references; those of exports also in
 * front of what callbacks call. */
bool xform_import_shims(struct xform *x);
bool xform_export_shims(struct xform *x);

/* multivalue.c: results through memory become several wasm results (docs/upstream/transforms.md 5). */
bool xform_multi_value(struct xform *x);

/* frame.c: the function that reserves space on the shadow stack, for results through memory. */
void xform_add_frame(struct xform *x);

/* growth.c: memory is obtained ahead, in larger steps than the module asks for (docs/upstream/fast-paths.md
 * 3). Liveness drops what it adds from modules that never grow memory. */
void xform_growth(struct xform *x);

/* imports.c: where the output's imports come from (docs/upstream/transforms.md 8, 11). */
void xform_rename_imports(struct xform *x);
/* The names of an import, in the arena. */
const struct wasm_import *xform_import(struct xform *x, Str module, Str name);

/* sections.c: custom sections (docs/upstream/transforms.md 14). Names first, before functions get a twin of
 * the same name. */
void xform_names(struct xform *x);
void xform_sections(struct xform *x);

/* needs.c: liveness, dead bindings, exports the glue needs. */
bool xform_liveness(struct xform *x);

/* surface.c: the outside of the finished module. */
void xform_describe(struct xform *x);

/* words.c: the wasm words of a signature, in the order of the wasm parameters. */
struct xform_words {
    uint8_t *roles; /* enum bind_role */
    uint32_t len;
};

/* `leading`: of bind_leading_words. */
struct xform_words xform_params(struct arena *arena, const struct bind_signature *sig, unsigned leading);
/* The role of the only wasm result; PLAIN if there is none or it goes through memory. */
enum bind_role xform_result_role(const struct bind_signature *sig);
/* Whether any word is a reference. */
bool xform_has_refs(const struct xform_words *params, const struct bind_signature *sig);
/* The type with references in place of their handles. */
uint32_t xform_ref_type(struct xform *x, const struct xform_words *params, uint32_t func,
                        enum bind_role result);

/* Whether a function has exactly that type; the texts have a letter per value: i = i32, I = i64. */
bool xform_func_is(const struct xform *x, uint32_t func, const char *params, const char *results);

#endif
