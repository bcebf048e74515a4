#include "js/text.h"

#include "bind/identifier.h"

static void escape_into(struct buf *out, Str text, char quote) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '\n')
            buf_str(out, STR("\\n"));
        else if (c == '\r')
            buf_str(out, STR("\\r"));
        else if (c == (unsigned char)quote || c == '\\' || (quote == '`' && c == '$'))
            buf_printf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            buf_printf(out, "\\x%02x", c);
        else
            buf_byte(out, c);
    }
}

static Str escape(struct arena *arena, Str text, char quote, bool with_quotes) {
    struct buf out = {0};
    if (with_quotes)
        buf_byte(&out, (uint8_t)quote);
    escape_into(&out, str_to_utf8(arena, text), quote);
    if (with_quotes)
        buf_byte(&out, (uint8_t)quote);
    Str copied = buf_copy(arena, &out);
    buf_free(&out);
    return copied;
}

Str js_quote(struct arena *arena, Str text) {
    return escape(arena, text, '"', true);
}

Str js_escape_single(struct arena *arena, Str text) {
    return escape(arena, text, '\'', false);
}

Str js_escape_double(struct arena *arena, Str text) {
    return escape(arena, text, '"', false);
}

Str js_escape_template(struct arena *arena, Str text) {
    return escape(arena, text, '`', false);
}

Str js_member(struct arena *arena, Str object, Str name) {
    if (bind_is_identifier(name))
        return str_format(arena, "%.*s.%.*s", STR_ARG(object), STR_ARG(name));
    Str quoted = js_quote(arena, name);
    return str_format(arena, "%.*s[%.*s]", STR_ARG(object), STR_ARG(quoted));
}

Str js_name(struct arena *arena, Str name) {
    return bind_is_identifier(name) ? name : js_quote(arena, name);
}

Str js_key(struct arena *arena, Str name) {
    return str_eq(name, STR("__proto__")) ? STR("[\"__proto__\"]") : js_name(arena, name);
}

Str js_path(struct arena *arena, Str object, Str name, bool optional) {
    const char *mark = optional ? "?" : "";
    if (bind_is_computed(name))
        return str_format(arena, "%.*s%s%.*s", STR_ARG(object), optional ? "?." : "", STR_ARG(name));
    for (size_t at = 0; at <= name.len;) {
        size_t end = at + str_find(str_slice(name, at, name.len), STR("."));
        Str part = str_slice(name, at, end);
        if (bind_is_identifier(part)) {
            object = str_format(arena, "%.*s%s.%.*s", STR_ARG(object), mark, STR_ARG(part));
        } else {
            Str quoted = js_quote(arena, part);
            object =
                str_format(arena, "%.*s%s[%.*s]", STR_ARG(object), optional ? "?." : "", STR_ARG(quoted));
        }
        at = end + 1;
    }
    return object;
}

Str js_member_key(struct arena *arena, Str name) {
    return bind_is_computed(name) ? name : js_key(arena, name);
}

static bool is_word_byte(char c) {
    return (unsigned char)c >= 0x80 || bind_is_identifier((Str){&c, 1}) || (c >= '0' && c <= '9');
}

bool js_mentions(Str text, Str word) {
    for (size_t from = 0; from < text.len;) {
        size_t at = from + str_find(str_slice(text, from, text.len), word), end = at + word.len;
        if (at >= text.len)
            return false;
        if ((at == 0 || !is_word_byte(text.ptr[at - 1])) && (end == text.len || !is_word_byte(text.ptr[end])))
            return true;
        from = at + 1;
    }
    return false;
}

static Str trim(Str s) {
    while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
        s = str_slice(s, 1, s.len);
    while (s.len && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\r'))
        s.len--;
    return s;
}

static bool is_one_of(char c, const char *set) {
    return c && strchr(set, c);
}

/* Whether the line closes what an earlier one opened: `}`, `});`, `} else {`. */
static bool closes(Str line) {
    return line.len && is_one_of(line.ptr[0], "})]");
}

static bool opens(Str line) {
    return line.len && is_one_of(line.ptr[line.len - 1], "{([");
}

void js_indent(Str text, struct buf *out) {
    size_t depth = 0;
    bool in_comment = false;
    for (size_t at = 0; at < text.len;) {
        size_t end = at + str_find(str_slice(text, at, text.len), STR("\n"));
        Str line = trim(str_slice(text, at, end));
        at = end + 1;
        in_comment |= str_starts(line, STR("/**"));
        depth -= depth && !in_comment && closes(line);
        if (line.len)
            buf_printf(out, "%*s%.*s", (int)depth * 4 + (in_comment && line.ptr[0] == '*'), "",
                       STR_ARG(line));
        buf_byte(out, '\n');
        depth += !in_comment && opens(line);
        in_comment &= !str_ends(line, STR("*/"));
    }
}
