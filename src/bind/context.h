/* What the files of bind/ share while bindings are being built. Not for other folders. */
#ifndef BIND_CONTEXT_H
#define BIND_CONTEXT_H

#include "bind/build.h"
#include "meta/section.h"

/* The record of a generic import (0.2.128+), looked up by the key of its instances. */
struct bind_template {
    const struct meta_Program *program;
    const struct meta_Import *import;
};

/* The structs and enums of one name; see bind/definitions.h. */
struct bind_definition {
    const struct meta_Program *program;
    const void *record;
    int kind;
    bool is_private, settled;
    Str name; /* in JavaScript */
    struct bind_definition *next;
};

struct bind_context {
    const struct wasm_module *m;
    struct arena *arena;
    struct diag *diag;
    const struct meta_programs *programs;
    const struct meta_descriptors *descriptors;
    const struct settings *settings;
    struct bindings *b;
    int release;                        /* N of 0.2.N */
    const struct meta_Program *program; /* the one being worked on */

    struct map exports;   /* name → place in m->exports (functions only) */
    struct map imports;   /* name in the placeholder module → function id */
    struct map bound;     /* names of imports that have a binding */
    struct map used;      /* keys of descriptors already taken: the first record wins */
    struct map classes;   /* identity → struct bind_class *; see bind_class_find */
    struct map enums;     /* identity → struct bind_enum *; see bind_enum_of */
    struct map names;     /* name → struct bind_definition *, of all records; and names given to them */
    struct map files;     /* path of a snippet → place in b->snippets */
    struct map offsets;   /* crate → inline snippets of its earlier programs */
    struct map templates; /* shim → struct bind_template * */
    struct map prefixed;  /* imported types with vendor prefixes → struct meta_str_list * */
    struct map renamed;   /* exports of the module that get another name */
    bool start_found;
};

/* Fills the maps of exports and imports; imports of one name become one. */
bool bind_context_init(struct bind_context *cx);

/* Gives back what the maps hold outside the arena. */
void bind_context_done(struct bind_context *cx);

/* The descriptor of a key, once; NULL if there is none or it was taken. */
const struct meta_type *bind_take_descriptor(struct bind_context *cx, Str key);

/* The id of an exported function or WASM_NONE. */
uint32_t bind_find_export(const struct bind_context *cx, Str name);

/* The id of a placeholder import or WASM_NONE. */
uint32_t bind_find_import(const struct bind_context *cx, Str name);

/* Notes that the export gets its canonical name, by which it can be found from now on; nothing if there is no
 * such export. A name that another function export has is an error (docs/upstream/descriptors.md 12.0). */
bool bind_rename_export(struct bind_context *cx, Str from, Str to);

/* Notes that all that refers to one function is to refer to another. */
void bind_alias(struct bind_context *cx, uint32_t func, uint32_t target);

/* Adds a binding for an import of the placeholder module, and marks the name as bound. `func` and `wasm_name`
 * are filled in; the rest, with an empty signature, is the caller's. */
struct bind_import *bind_add_import(struct bind_context *cx, Str name, uint32_t func);

#endif
