#include "bind/symbol.h"

#include "base/buf.h"

struct lower_range {
    uint32_t first, last, step;
    int32_t delta;
};

static const struct lower_range LOWER_RANGES[] = {
#define LOWER(first, last, step, delta) {first, last, step, delta},
#include "bind/lower.def"
#undef LOWER
};

static uint32_t lower_char(uint32_t c) {
    size_t low = 0, high = sizeof LOWER_RANGES / sizeof *LOWER_RANGES;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct lower_range *range = &LOWER_RANGES[middle];
        if (c < range->first)
            high = middle;
        else if (c > range->last)
            low = middle + 1;
        else
            return (c - range->first) % range->step ? c : (uint32_t)((int32_t)c + range->delta);
    }
    return c;
}

static void put_char(struct buf *out, uint32_t c) {
    char bytes[4];
    buf_bytes(out, bytes, str_encode_char(bytes, c));
}

static void put_lower(struct buf *out, uint32_t c) {
    if (c >= 'A' && c <= 'Z')
        c += 'a' - 'A';
    else if (c >= 0x80)
        c = lower_char(c);
    if (c == 0x130) { /* capital I with dot above: two characters */
        put_char(out, 'i');
        c = 0x307;
    }
    put_char(out, c);
}

static Str take(struct arena *arena, struct buf *buf) {
    Str text = buf_copy(arena, buf);
    buf_free(buf);
    return text;
}

Str bind_lower(struct arena *arena, Str s) {
    struct buf out = {0};
    for (size_t at = 0; at < s.len;)
        put_lower(&out, str_next_char(s, &at));
    return take(arena, &out);
}

static bool is_word(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

Str bind_sanitize(struct arena *arena, Str name) {
    struct buf out = {0};
    for (size_t at = 0; at < name.len;) {
        uint32_t c = str_next_char(name, &at);
        if (c != '[' && c != ']')
            put_char(&out, is_word(c) ? c : '_');
    }
    return take(arena, &out);
}

Str bind_qualified(struct arena *arena, const struct meta_str_list *ns, const char *separator, Str name) {
    if (!ns || !ns->len)
        return name;
    struct buf out = {0};
    for (size_t i = 0; i < ns->len; i++) {
        buf_str(&out, ns->items[i]);
        buf_str(&out, str_from(separator));
    }
    buf_str(&out, name);
    return take(arena, &out);
}

Str bind_export_symbol(struct arena *arena, int release, const struct meta_Export *export_) {
    Str name = export_->function.name;
    if (release >= 121)
        name = bind_sanitize(arena, name);
    if (!export_->class)
        return bind_qualified(arena, export_->js_namespace, release <= 113 ? "_" : "__", name);
    Str class = bind_lower(arena, *export_->class);
    Str symbol = str_format(arena, "%.*s_%.*s", STR_ARG(class), STR_ARG(name));
    return release >= 122 ? bind_qualified(arena, export_->js_namespace, "__", symbol) : symbol;
}

Str bind_class_symbol(struct arena *arena, int release, const struct meta_Struct *class) {
    return release >= 114 ? bind_qualified(arena, class->js_namespace, "__", class->name) : class->name;
}

Str bind_class_function(struct arena *arena, Str symbol, const char *what) {
    Str lower = bind_lower(arena, symbol);
    return str_format(arena, "__wbg_%.*s_%s", STR_ARG(lower), what);
}

Str bind_field_symbol(struct arena *arena, int release, Str symbol, const char *what, Str field) {
    Str lower = bind_lower(arena, symbol);
    Str name = release >= 121 ? bind_sanitize(arena, field) : field;
    return str_format(arena, "__wbg_%s_%.*s_%.*s", what, STR_ARG(lower), STR_ARG(name));
}

static Str crate_hash(const struct meta_Program *program) {
    Str id = program->unique_crate_identifier;
    size_t at = id.len;
    while (at && id.ptr[at - 1] != '-')
        at--;
    return str_slice(id, at, id.len);
}

Str bind_mangled(struct arena *arena, int release, const struct meta_Program *program, Str canonical) {
    if (release < 128)
        return canonical;
    return str_format(arena, "%.*s_%.*s", STR_ARG(canonical), STR_ARG(crate_hash(program)));
}
