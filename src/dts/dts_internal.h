/* Shared by the parts of dts/. */
#ifndef DTS_DTS_INTERNAL_H
#define DTS_DTS_INTERNAL_H

#include "dts/dts.h"

struct dts {
    const struct bindings *b;
    struct arena *arena;
    struct buf *out;
    const char *indent;
    const char *declare; /* what stands before a declaration that is not exported: "declare ", or nothing
                            where that is said already */
    size_t renamed;      /* declarations written under a made-up name so far */
};

/* Text between double quotes, escaped. */
void dts_quoted(struct buf *out, Str text);
/* A property name as TypeScript takes it in an interface or class. */
void dts_property(struct buf *out, Str name);
/* A name of an export or a constant: as it is, or quoted. */
void dts_name(struct buf *out, Str name);
/* `export { local as name };` */
void dts_export_as(struct dts *d, Str local, Str name);
/* A doc comment with @param and @returns lines where there are descriptions; nothing if there is no text. */
void dts_docs(struct dts *d, const Str *docs, size_t ndocs, const struct bind_signature *sig);
/* The parameter list without parentheses. */
void dts_params(struct dts *d, const struct bind_signature *sig);
/* The type of a raw export; writes nothing and returns false for globals. */
bool dts_raw_type(struct buf *out, const struct surface_item *item);

/* One enum, unless it has no declaration (enum.c). */
void dts_enum(struct dts *d, const struct bind_enum *e);
/* One class with its members (class.c). */
void dts_class(struct dts *d, const struct bind_class *class);
/* The init functions of targets that have some (init.c). */
void dts_init(struct dts *d, const struct surface *surface, const struct settings *settings);

#endif
