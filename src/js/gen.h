/* What the files of this folder share while one glue file is made. */
#ifndef JS_GEN_H
#define JS_GEN_H

#include "js/body.h"
#include "js/js.h"
#include "js/runtime.h"
#include "js/values.h"
#include "xform/surface.h"

/* Something a module has: `import { name as local }`. */
struct js_imported {
    Str name, local;
    bool used; /* the others only keep their local name */
};

struct js_module {
    Str specifier;
    VEC(struct js_imported) names;
};

/* The function that makes an instance of a class from an address: part of the class if something wants it. */
struct js_wrap {
    size_t place; /* in the text of the exports */
    bool wanted;
};

struct js_gen {
    const struct bindings *b;
    const struct surface *surface;
    const struct settings *settings;
    struct arena *arena;
    struct diag *diag;
    struct js_values values;
    bool wanted[JS_FRAGMENTS]; /* asked for by the glue written so far */
    struct js_names names;     /* module scope */
    Str *classes;              /* identifiers, by bind_class.index */
    struct js_wrap *wraps;     /* by the same index */
    Str *enums;                /* identifiers, by bind_enum.index: of the object, or of the list of texts */
    bool *texts_wanted;        /* by the same index */
    Str *callbacks;            /* of the functions that call targets, by bind_callback.index */
    VEC(struct js_module) modules;
    const struct target_row *target;
    bool esm;          /* import/export rather than require/exports */
    bool split;        /* TARGET_SPLIT */
    bool failing;      /* what is being written only throws */
    VEC(Str) exported; /* by the names that users see */
    Str import_local;  /* split: module scope's name of the function being written */
};

/* Asks for a fragment of the runtime; what it needs comes along. */
void js_want(struct js_gen *g, enum js_fragment fragment);
/* `wasm.name` */
Str js_wasm(const struct js_gen *g, Str name);

/* module.c: how an imported item is reached, and the statements that import. */

/* Finds all names that come from outside, so that nothing in the module shadows them. To be called before any
 * other name is made. */
void js_modules_collect(struct js_gen *g);
/* The expression of an origin's first `n` names; n is at least 1. */
Str js_origin(struct js_gen *g, const struct bind_origin *origin, size_t n);
/* The statements, after everything that uses imported names. False (with the reason in diag) if the target
 * cannot import. */
bool js_modules_write(struct js_gen *g, struct buf *out);
/* The local name of what `specifier` exports as `name`; from now on it is imported. */
Str js_modules_use(struct js_gen *g, Str specifier, Str name);
/* Refuses imports from a module where the target knows none. */
bool js_modules_allowed(const struct js_gen *g, Str specifier);

/* import.c: the function `__wbg_get_imports`. */
/* Statements that import whole modules go to `head`. */
bool js_imports_write(struct js_gen *g, struct buf *head, struct buf *out);

/* export.c */

/* Writes a function, method or accessor: documentation, `head`, parameters, body. */
void js_export_member(struct js_gen *g, const struct bind_export *e, Str head, struct buf *out);
/* Writes an exported function that belongs to no class. */
void js_export_function(struct js_gen *g, const struct bind_export *e, struct buf *out);
/* The item that module scope calls `name` is exported as `exported`: what stands before its declaration, and
 * the line after it (either may be empty). Both are to be called, each once. */
Str js_export_prefix(const struct js_gen *g, Str name, Str exported);
void js_export_suffix(struct js_gen *g, Str name, Str exported, struct buf *out);

/* class.c */
void js_class(struct js_gen *g, const struct bind_class *class, struct buf *out);
/* The function that makes an instance from an address. */
Str js_wrap(struct js_gen *g, const struct bind_class *class);
/* What `adopt` wants to know of a class (runtime/finalization.js): a number. */
Str js_kind(const struct js_gen *g, const struct bind_class *class);
/* The names of the functions that free instances, by the numbers of their classes: an array of strings. */
Str js_destroyers(const struct js_gen *g);
/* Copies the text of the exports, with these functions where they are wanted. */
void js_wraps_write(const struct js_gen *g, const struct bind_class *const *sorted, Str text,
                    struct buf *out);

/* enum.c */
/* Gives every enum its identifier. */
void js_enums_name(struct js_gen *g);
/* The objects of the enums that JavaScript sees, in the order of their names. */
void js_enums(struct js_gen *g, struct buf *out);
/* The identifier of the list of an enum's texts, which is going to be written. */
Str js_texts(struct js_gen *g, const struct bind_enum *texts);
/* The lists asked for. */
void js_texts_write(const struct js_gen *g, struct buf *out);
/* callback.c: the functions that call the targets of callbacks. Names first, as imports mention them. */
void js_callbacks_name(struct js_gen *g);
void js_callbacks_write(struct js_gen *g, struct buf *out);

/* doc.c: JSDoc. */
void js_doc_export(struct js_gen *g, const struct bind_export *e, const Str *params, struct buf *out);
void js_doc_lines(const Str *docs, size_t ndocs, struct buf *out);

/* target.c: what depends on the target. */

/* Around a function that the module imports: what stands before its parameters, and behind its `}`. */
Str js_import_head(struct js_gen *g, Str name);
void js_import_tail(struct js_gen *g, Str name, struct buf *out);
/* Refuses intrinsics that the target has no answer for. */
bool js_target_check(const struct js_gen *g);
/* Puts the finished text of the glue into its file or files. */
void js_target_write(const struct js_gen *g, Str head, Str text, struct js_files *files);

/* intrinsic.c: the expression of an intrinsic with its arguments put in. False (with the reason in diag) if
 * it is not implemented. */
bool js_intrinsic(struct js_gen *g, struct js_body *body, const struct bind_import *import, Str *args,
                  Str *out);

#endif
