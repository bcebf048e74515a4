/* What the files of the emitter share. */
#ifndef WASM_EMIT_INTERNAL_H
#define WASM_EMIT_INTERNAL_H

#include "wasm/emit.h"
#include "wasm/op.h"
#include "wasm/scan.h"

/* Ids and final indices of one index space. */
struct wasm_space {
    uint32_t *index; /* by id; WASM_NONE = not emitted */
    uint32_t *order; /* ids by index */
    uint32_t len;    /* ids */
    uint32_t count;  /* indices */
    uint32_t imported;
};

struct wasm_index_map {
    struct wasm_space kind[WASM_KINDS];
    struct wasm_space types, elems, datas;
};

/* The maps for what is live now, in the arena. */
void wasm_index_map_build(const struct wasm_module *m, struct arena *arena, struct wasm_index_map *map);

/* What a span turned out to hold, by its number, where the estimate led to another width. */
struct wasm_span_size {
    uint32_t number;
    uint64_t size;
};

/* The emitter. Errors go to diag at once. */
struct wasm_emitter {
    const struct wasm_module *m;
    struct buf *out;
    struct output_file *file; /* takes what `out` holds, a piece after the other; NULL: all stays in `out` */
    size_t piece;
    uint64_t drained; /* bytes the file has taken */
    struct diag *diag;
    struct arena *arena;
    struct wasm_index_map map;
    struct buf scratch; /* for wasm_scan */
    uint32_t *callee;   /* by function id: final index of what a direct call means; WASM_NONE = look closer */
    bool all_memargs;   /* memory 0 is not the final memory 0 */
    uint32_t spans;     /* opened so far */
    VEC(struct wasm_span_size) misjudged;
    bool again; /* a span was misjudged in this pass */
};

/* A place where a size will be written. */
struct wasm_size_slot {
    size_t at, width; /* of the reserved bytes */
};

/* Reserves room for the size of what follows, about `estimate` bytes; closing writes it, moving the content
 * if the width turns out different. */
struct wasm_size_slot wasm_size_open(struct buf *out, size_t estimate);
void wasm_size_close(struct buf *out, struct wasm_size_slot slot);

/* The same for content that may go to the file before it is complete: sections and their like. */
struct wasm_span {
    uint64_t at; /* in the module */
    size_t width;
    uint32_t number;
};
struct wasm_span wasm_span_open(struct wasm_emitter *e, size_t estimate);
void wasm_span_close(struct wasm_emitter *e, struct wasm_span span);
/* Gives the file what has gathered if that is a piece; to be called wherever no size slot is open. A failure
 * shows as overflow of `out`. */
void wasm_drain(struct wasm_emitter *e);
/* Appends bytes, many of them without a copy. */
void wasm_put_bytes(struct wasm_emitter *e, Str bytes);

/* Writes a constant expression with final indices, numbers in minimal width. */
bool wasm_recode_expr(struct wasm_emitter *e, Str expr);
/* The same for a body with its local declarations. */
bool wasm_recode_body(struct wasm_emitter *e, uint32_t func);

/* The contents of the element and data sections, with their counts. */
bool wasm_emit_elems(struct wasm_emitter *e);
bool wasm_emit_datas(struct wasm_emitter *e);
/* Into how many segments the emitter cuts an element segment (at null entries, where possible). */
uint32_t wasm_elem_pieces(const struct wasm_elem *elem);
uint32_t wasm_space_index(const struct wasm_space *space, uint32_t id);

#endif
