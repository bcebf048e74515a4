#include "js/text.h"

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

Str js_escape_template(struct arena *arena, Str text) {
    return escape(arena, text, '`', false);
}

static bool is_letter(uint32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    /* The blocks of symbols and punctuation are left out; a doubtful character only means that the name is
     * quoted. */
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x2C00) &&
           !(c >= 0x2E00 && c < 0x3040) && !(c >= 0xD800 && c < 0xF900) && !(c >= 0xFD3E && c < 0xFE70) &&
           c < 0xFF00;
}

bool js_is_identifier(Str text) {
    if (!text.len || !str_is_utf8(text))
        return false;
    for (size_t at = 0; at < text.len;) {
        bool first = at == 0;
        uint32_t c = str_next_char(text, &at);
        if (!is_letter(c) && (first || c < '0' || c > '9'))
            return false;
    }
    return true;
}

bool js_is_reserved(Str text) {
    static const char *const words[] = {
        "arguments", "await",     "break",      "case",    "catch",      "class",     "const",
        "continue",  "debugger",  "default",    "delete",  "do",         "else",      "enum",
        "eval",      "export",    "extends",    "false",   "finally",    "for",       "function",
        "if",        "import",    "in",         "null",    "instanceof", "interface", "let",
        "new",       "package",   "implements", "private", "public",     "return",    "protected",
        "static",    "super",     "switch",     "this",    "throw",      "true",      "try",
        "typeof",    "undefined", "var",        "void",    "while",      "with",      "yield",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(text, str_from(words[i])))
            return true;
    return false;
}

Str js_member(struct arena *arena, Str object, Str name) {
    if (js_is_identifier(name))
        return str_format(arena, "%.*s.%.*s", STR_ARG(object), STR_ARG(name));
    Str quoted = js_quote(arena, name);
    return str_format(arena, "%.*s[%.*s]", STR_ARG(object), STR_ARG(quoted));
}

Str js_key(struct arena *arena, Str name) {
    return js_is_identifier(name) ? name : js_quote(arena, name);
}

static bool is_computed(Str name) {
    return name.len >= 2 && name.ptr[0] == '[' && name.ptr[name.len - 1] == ']';
}

Str js_path(struct arena *arena, Str object, Str name, bool optional) {
    const char *mark = optional ? "?" : "";
    if (is_computed(name))
        return str_format(arena, "%.*s%s%.*s", STR_ARG(object), optional ? "?." : "", STR_ARG(name));
    for (size_t at = 0; at <= name.len;) {
        size_t end = at + str_find(str_slice(name, at, name.len), STR("."));
        Str part = str_slice(name, at, end);
        if (js_is_identifier(part)) {
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
    return is_computed(name) ? name : js_key(arena, name);
}

static bool is_word_byte(char c) {
    return is_letter((unsigned char)c) || (c >= '0' && c <= '9');
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
