/* Scans of function bodies, kept in the module. */
#include "wasm/scan.h"

/* A body under way. */
struct lane {
    struct wasm_scanner scanner;
    struct buf scratch;
    uint32_t func;
    bool active;
};

static bool start_body(const struct wasm_module *m, uint32_t func, bool all_memargs,
                       struct wasm_scanner *scanner, struct buf *scratch, struct diag *diag) {
    Str locals, code, body = m->funcs.items[func].body;
    uint32_t nlocals;
    if (!wasm_body_split(body, &locals, &code, &nlocals)) {
        struct wasm_cursor failure = {.code = body, .reason = "malformed local declarations"};
        return wasm_body_fail(m, func, &failure, diag);
    }
    if (code.len > WASM_SCAN_MAX) {
        struct wasm_cursor failure = {.code = code, .reason = "too much code"};
        return wasm_body_fail(m, func, &failure, diag);
    }
    wasm_scan_start(scanner, code, all_memargs, scratch);
    return true;
}

static bool finish_body(const struct wasm_module *m, uint32_t func, struct wasm_scanner *scanner,
                        struct wasm_scanned *scanned, struct diag *diag) {
    scanned->body = m->funcs.items[func].body.ptr;
    scanned->code = scanner->cursor.code;
    bool good = wasm_scan_finish(scanner, &scanned->scan);
    if (good && !scanned->scan.closed) {
        scanner->cursor.at = scanned->code.len;
        scanner->cursor.reason = "missing end";
        good = false;
    }
    return good || wasm_body_fail(m, func, &scanner->cursor, diag);
}

bool wasm_scan_body(const struct wasm_module *m, uint32_t func, bool all_memargs, struct buf *scratch,
                    struct wasm_scanned *scanned, struct diag *diag) {
    struct wasm_scanner scanner;
    return start_body(m, func, all_memargs, &scanner, scratch, diag) &&
           finish_body(m, func, &scanner, scanned, diag);
}

static void keep(struct wasm_module *m, uint32_t func, const struct wasm_scanned *scanned) {
    if (!m->scans)
        m->scans = ARENA_NEW(m->arena, struct wasm_scans);
    struct wasm_scans *scans = m->scans;
    if (func >= scans->len) {
        size_t len = m->funcs.len;
        struct wasm_scanned *grown = ARENA_ARRAY(m->arena, len, struct wasm_scanned);
        if (scans->len)
            memcpy(grown, scans->items, scans->len * sizeof *grown);
        *scans = (struct wasm_scans){grown, len};
    }
    const struct wasm_scan *scan = &scanned->scan;
    scans->items[func] = *scanned;
    if (scan->count)
        scans->items[func].scan.records =
            arena_copy(m->arena, scan->records, scan->count * sizeof *scan->records);
}

static bool finish_lane(struct wasm_module *m, struct lane *lane, const struct wasm_scan_feed *feed,
                        struct diag *diag) {
    struct wasm_scanned scanned;
    lane->active = false;
    if (!finish_body(m, lane->func, &lane->scanner, &scanned, diag))
        return false;
    keep(m, lane->func, &scanned);
    return feed->done(feed->context, lane->func);
}

static bool fill_lane(struct wasm_module *m, struct lane *lane, const struct wasm_scan_feed *feed,
                      struct diag *diag) {
    if (lane->active || !feed->next(feed->context, &lane->func))
        return true;
    lane->active = true;
    return start_body(m, lane->func, false, &lane->scanner, &lane->scratch, diag);
}

static size_t bytes_left(const struct lane *lane) {
    const struct wasm_scanner *s = &lane->scanner;
    return s->cursor.failed || s->at > s->len ? 0 : s->len - s->at;
}

/* The active lane that is nearest to its end; WASM_SCAN_LANES if none is active. */
static unsigned shortest(const struct lane lanes[WASM_SCAN_LANES]) {
    unsigned best = WASM_SCAN_LANES;
    for (unsigned i = 0; i < WASM_SCAN_LANES; i++)
        if (lanes[i].active && (best == WASM_SCAN_LANES || bytes_left(&lanes[i]) < bytes_left(&lanes[best])))
            best = i;
    return best;
}

static bool run_lanes(struct wasm_module *m, struct lane lanes[WASM_SCAN_LANES],
                      const struct wasm_scan_feed *feed, struct diag *diag) {
    struct wasm_scanner *scanners[WASM_SCAN_LANES];
    for (unsigned i = 0; i < WASM_SCAN_LANES; i++)
        scanners[i] = &lanes[i].scanner;
    for (;;) {
        unsigned active = 0;
        for (unsigned i = 0; i < WASM_SCAN_LANES; i++) {
            if (!fill_lane(m, &lanes[i], feed, diag))
                return false;
            active += lanes[i].active;
        }
        if (!active)
            return true;
        if (active == WASM_SCAN_LANES)
            wasm_scan_lanes(scanners);
        if (!finish_lane(m, &lanes[shortest(lanes)], feed, diag))
            return false;
    }
}

bool wasm_scan_bodies(struct wasm_module *m, const struct wasm_scan_feed *feed, struct diag *diag) {
    struct lane lanes[WASM_SCAN_LANES] = {0};
    bool good = run_lanes(m, lanes, feed, diag);
    for (unsigned i = 0; i < WASM_SCAN_LANES; i++)
        buf_free(&lanes[i].scratch);
    return good;
}
