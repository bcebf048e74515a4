/* The one walk over code that decodes every instruction: finds what refers to entities or is not in minimal
 * width. Liveness (gc.c), rewriting (recode.c) and the search for calls (callers.c) then visit only those
 * places. Internal to src/wasm. */
#ifndef WASM_SCAN_H
#define WASM_SCAN_H

#include "base/buf.h"
#include "wasm/fast.h"
#include "wasm/op.h"

/* A record: what there is (below, low 3 bits), and where in the code (29 bits). */
enum wasm_record {
    WASM_RECORD_I32,       /* i32.const of five bytes or padded */
    WASM_RECORD_MEMARG,    /* memory 0, one byte of alignment, offset of five bytes or padded */
    WASM_RECORD_REFERRING, /* from here on what refers to an entity: */
    WASM_RECORD_CALL = WASM_RECORD_REFERRING, /* call, return_call: opcode, function id as one LEB128 */
    WASM_RECORD_GLOBAL,                       /* global.get, global.set: likewise */
    WASM_RECORD_GENERIC,                      /* anything, see wasm_next */
};
enum { WASM_RECORD_BITS = 3, WASM_SCAN_MAX = 1 << 29 }; /* bytes of code; engines run a fraction of that */

static inline enum wasm_record wasm_record_kind(uint32_t record) {
    return record & ((1u << WASM_RECORD_BITS) - 1);
}

static inline size_t wasm_record_at(uint32_t record) {
    return record >> WASM_RECORD_BITS;
}

struct wasm_scan {
    const uint32_t *records;
    uint32_t count;
    bool legacy_try; /* contains `try` */
    bool closed;     /* the last instruction is `end` */
};

/* The walk over one piece of code; `at` moves. */
struct wasm_scanner {
    const uint8_t *code;
    size_t len, at;
    size_t last;       /* start of the last instruction, if it is short */
    uint32_t *records; /* where the next one goes */
    uint32_t *first;
    struct wasm_cursor cursor;
    bool all_memargs, legacy_try;
};

/* Starts at the beginning of the code, of at most WASM_SCAN_MAX bytes. The records will be in `scratch`,
 * until its next use. With `all_memargs` every access to memory 0 is recorded (for modules where memory 0
 * gets another index). */
void wasm_scan_start(struct wasm_scanner *s, Str code, bool all_memargs, struct buf *scratch);
/* Goes on to the end. On failure false; s->cursor then stands at the instruction. */
bool wasm_scan_finish(struct wasm_scanner *s, struct wasm_scan *scan);
/* Walks all lanes until one of them has failed or is nearly through. Independent walks overlap in the
 * processor. */
enum { WASM_SCAN_LANES = 2 };
void wasm_scan_lanes(struct wasm_scanner *const lanes[WASM_SCAN_LANES]);

/* A scanned body, kept in the module. */
struct wasm_scanned {
    const char *body; /* it is valid for the body that starts there */
    Str code;
    struct wasm_scan scan;
};

/* Scans by function id. */
struct wasm_scans {
    struct wasm_scanned *items;
    size_t len;
};

/* The scan of a function's body if there is one. */
static inline const struct wasm_scanned *wasm_scan_find(const struct wasm_module *m, uint32_t func) {
    const struct wasm_scans *scans = m->scans;
    if (!scans || func >= scans->len || scans->items[func].body != m->funcs.items[func].body.ptr)
        return NULL;
    return scans->items[func].body ? &scans->items[func] : NULL;
}
/* Asks for its memory ahead of that. */
static inline void wasm_scan_prefetch(const struct wasm_module *m, uint32_t func) {
    if (m->scans && func < m->scans->len)
        __builtin_prefetch(&m->scans->items[func]);
}
/* Scans a body and checks that it ends as it must; reports a failure. */
bool wasm_scan_body(const struct wasm_module *m, uint32_t func, bool all_memargs, struct buf *scratch,
                    struct wasm_scanned *scanned, struct diag *diag);

/* Bodies one after the other: `next` names a function with a body (false = no more), `done` gets each of them
 * once its scan is kept in the module (false = stop). Several are under way at a time. */
struct wasm_scan_feed {
    bool (*next)(void *context, uint32_t *func);
    bool (*done)(void *context, uint32_t func);
    void *context;
};
/* False if a body is malformed, or `done` returned false. */
bool wasm_scan_bodies(struct wasm_module *m, const struct wasm_scan_feed *feed, struct diag *diag);

#endif
