/* The custom sections `target_features` and `producers` (WebAssembly tool conventions). */
#include "base/buf.h"
#include "wasm/lookup.h"
#include "wasm/reader.h"

enum { AFTER_DATA = 11 };

static struct wasm_custom *find_or_add(struct wasm_module *m, Str name) {
    struct wasm_custom *custom = wasm_custom_find(m, name);
    if (custom)
        return custom;
    static const char zero[1] = {0};
    return vec_push(m->arena, &m->customs,
                    (struct wasm_custom){.name = name, .bytes = {zero, 1}, .after = AFTER_DATA});
}

/* Calls for every listed feature until one matches: its prefix, or 0 if it is not listed. *at = offset of the
 * prefix. */
static char find_feature(Str section, Str feature, size_t *at) {
    struct wasm_reader r = wasm_reader_of(section);
    uint32_t count = wasm_read_count(&r, 2, UINT32_MAX);
    for (uint32_t i = 0; i < count && !r.reason; i++) {
        *at = (size_t)(r.p - (const uint8_t *)section.ptr);
        char prefix = (char)wasm_read_byte(&r);
        if (str_eq(wasm_read_vector(&r), feature) && !r.reason)
            return prefix;
    }
    return 0;
}

bool wasm_feature_listed(const struct wasm_module *m, Str feature) {
    const struct wasm_custom *custom = wasm_custom_find(m, STR("target_features"));
    size_t at;
    char prefix = custom ? find_feature(custom->bytes, feature, &at) : 0;
    return prefix != 0 && prefix != '-';
}

void wasm_feature_add(struct wasm_module *m, Str feature) {
    struct wasm_custom *custom = find_or_add(m, STR("target_features"));
    size_t at;
    char prefix = find_feature(custom->bytes, feature, &at);
    if (prefix && prefix != '-')
        return;
    struct buf out = {0};
    if (prefix) {
        buf_str(&out, custom->bytes);
        out.ptr[at] = '+';
    } else {
        struct wasm_reader r = wasm_reader_of(custom->bytes);
        buf_uleb(&out, (uint64_t)wasm_read_u32(&r) + 1);
        buf_bytes(&out, r.p, wasm_left(&r));
        buf_byte(&out, '+');
        buf_uleb(&out, feature.len);
        buf_str(&out, feature);
    }
    custom->bytes = buf_copy(m->arena, &out);
    buf_free(&out);
}

static void put_name(struct buf *out, Str name) {
    buf_uleb(out, name.len);
    buf_str(out, name);
}

/* One field: its values, of which the one of `name` is set or (if `mine`) added. */
static void copy_values(struct wasm_reader *r, bool mine, Str name, Str value, struct buf *out) {
    uint32_t count = wasm_read_count(r, 2, UINT32_MAX);
    struct wasm_reader ahead = *r;
    bool found = false;
    for (uint32_t i = 0; i < count && mine; i++) {
        found |= str_eq(wasm_read_vector(&ahead), name);
        wasm_read_vector(&ahead);
    }
    buf_uleb(out, (uint64_t)count + (mine && !found));
    for (uint32_t i = 0; i < count && !r->reason; i++) {
        Str old_name = wasm_read_vector(r), old_value = wasm_read_vector(r);
        put_name(out, old_name);
        put_name(out, mine && str_eq(old_name, name) ? value : old_value);
    }
    if (mine && !found) {
        put_name(out, name);
        put_name(out, value);
    }
}

/* The section's content with the value set, to `out`. */
static bool rewrite_producers(Str content, Str field, Str name, Str value, struct buf *out,
                              const char **reason) {
    struct wasm_reader r = wasm_reader_of(content);
    uint32_t count = wasm_read_count(&r, 2, UINT32_MAX);
    struct wasm_reader ahead = r;
    bool found = false;
    for (uint32_t i = 0; i < count && !ahead.reason; i++) {
        found |= str_eq(wasm_read_vector(&ahead), field);
        uint32_t values = wasm_read_count(&ahead, 2, UINT32_MAX);
        for (uint32_t k = 0; k < 2 * (uint64_t)values && !ahead.reason; k++)
            wasm_read_vector(&ahead);
    }
    buf_uleb(out, (uint64_t)count + !found);
    for (uint32_t i = 0; i < count && !r.reason; i++) {
        Str old_field = wasm_read_vector(&r);
        put_name(out, old_field);
        copy_values(&r, str_eq(old_field, field), name, value, out);
    }
    if (!found) {
        put_name(out, field);
        buf_byte(out, 1);
        put_name(out, name);
        put_name(out, value);
    }
    if (!r.reason && wasm_left(&r))
        wasm_reader_fail(&r, "bytes left over");
    *reason = r.reason;
    return !r.reason;
}

void wasm_producers_set(struct wasm_module *m, Str field, Str name, Str value, struct diag *diag) {
    struct wasm_custom *custom = find_or_add(m, STR("producers"));
    struct buf out = {0};
    const char *reason;
    if (rewrite_producers(custom->bytes, field, name, value, &out, &reason))
        custom->bytes = buf_copy(m->arena, &out);
    else
        diag_warn(diag, "the producers section is malformed (%s); it stays as it is", reason);
    buf_free(&out);
}
