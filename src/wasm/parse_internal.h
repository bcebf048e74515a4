/* What the files of the parser share. */
#ifndef WASM_PARSE_INTERNAL_H
#define WASM_PARSE_INTERNAL_H

#include "wasm/parse.h"
#include "wasm/reader.h"

/* Limits of the engines (WebAssembly JavaScript interface, "Implementation-defined limits"). */
enum {
    WASM_MAX_TYPES = 1000000,
    WASM_MAX_FUNCS = 1000000,
    WASM_MAX_IMPORTS = 1000000,
    WASM_MAX_EXPORTS = 1000000,
    WASM_MAX_GLOBALS = 1000000,
    WASM_MAX_TAGS = 1000000,
    WASM_MAX_TABLES = 100000,
    WASM_MAX_MEMORIES = 100000,
    WASM_MAX_DATAS = 100000,
    WASM_MAX_ELEMS = 1000000,
    WASM_MAX_VALUES = 1000, /* parameters or results of a function */
};

/* A section being read, and what earlier ones promised. */
struct wasm_section {
    struct wasm_module *m;
    struct wasm_reader r;
    const uint8_t *start;
    uint64_t offset;     /* of the content in the file */
    uint32_t nbodies;    /* functions declared by the function section that still lack a body */
    uint32_t first_func; /* id of the first function with a body */
    uint32_t data_count; /* if the module has that section */
};

/* Fails with a literal reason if the reader has not failed yet. */
static inline void wasm_section_fail(struct wasm_section *s, const char *reason) {
    wasm_reader_fail(&s->r, reason);
}

/* Readers of one section each; failure is in s->r. */
void wasm_parse_types(struct wasm_section *s);
void wasm_parse_imports(struct wasm_section *s);
void wasm_parse_functions(struct wasm_section *s);
void wasm_parse_tables(struct wasm_section *s);
void wasm_parse_memories(struct wasm_section *s);
void wasm_parse_tags(struct wasm_section *s);
void wasm_parse_globals(struct wasm_section *s);
void wasm_parse_exports(struct wasm_section *s);
void wasm_parse_start(struct wasm_section *s);
void wasm_parse_elems(struct wasm_section *s);
void wasm_parse_datas(struct wasm_section *s);
void wasm_parse_data_count(struct wasm_section *s);
void wasm_parse_code(struct wasm_section *s);

/* A constant expression up to and including its `end` (specification 3.4.13 plus extended constants); the
 * indices are checked later by wasm_check. */
Str wasm_parse_expr(struct wasm_section *s);

/* Whether every index outside the bodies names an entity; otherwise false with the reason in diag. */
bool wasm_check(const struct wasm_module *m, struct diag *diag);

#endif
