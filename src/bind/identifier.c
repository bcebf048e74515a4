#include "bind/identifier.h"

static bool is_letter(uint32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    /* The blocks of symbols and punctuation are left out; a doubtful character only means that the name is
     * quoted. */
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x2C00) &&
           !(c >= 0x2E00 && c < 0x3040) && !(c >= 0xD800 && c < 0xF900) && !(c >= 0xFD3E && c < 0xFE70) &&
           c < 0xFF00;
}

bool bind_is_identifier(Str text) {
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

bool bind_is_reserved(Str text) {
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

bool bind_is_binding(Str text) {
    return bind_is_identifier(text) && !bind_is_reserved(text);
}

bool bind_is_declarable(Str text) {
    return bind_is_binding(text) && !str_eq(text, STR("Symbol"));
}

bool bind_is_computed(Str name) {
    return name.len >= 2 && name.ptr[0] == '[' && name.ptr[name.len - 1] == ']';
}

static bool is_ascii_word(char c) {
    return is_letter((unsigned char)c) && (unsigned char)c < 0x80;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

Str bind_make_identifier(struct arena *arena, Str text) {
    if (bind_is_reserved(text))
        return str_format(arena, "_%.*s", STR_ARG(text));
    if (bind_is_identifier(text))
        return text;
    char *made = arena_alloc(arena, text.len + 2);
    size_t len = 0;
    if (!text.len || is_digit(text.ptr[0]))
        made[len++] = '_';
    for (size_t i = 0; i < text.len; i++)
        made[len++] = is_ascii_word(text.ptr[i]) || is_digit(text.ptr[i]) ? text.ptr[i] : '_';
    return (Str){made, len};
}

static bool is_among(const Str *names, size_t n, Str name) {
    for (size_t i = 0; i < n; i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

void bind_param_names(struct arena *arena, const struct bind_signature *sig, Str *out) {
    for (size_t i = 0; i < sig->nparams; i++) {
        Str given = sig->params[i].name;
        Str base = given.len ? bind_make_identifier(arena, given) : str_format(arena, "arg%zu", i);
        out[i] = base;
        for (unsigned n = 2; is_among(out, i, out[i]); n++)
            out[i] = str_format(arena, "%.*s%u", STR_ARG(base), n);
    }
}

Str bind_class_identifier(struct arena *arena, const struct bind_class *class) {
    return bind_is_declarable(class->name) ? class->name : str_format(arena, "__class%zu", class->index);
}

Str bind_enum_identifier(struct arena *arena, const struct bind_enum *enumeration) {
    return bind_is_declarable(enumeration->name) ? enumeration->name
                                                 : str_format(arena, "__enum%zu", enumeration->index);
}

void bind_doc_line(struct buf *out, const char *indent, Str line) {
    bool spaced = !line.len || line.ptr[0] == ' ';
    buf_printf(out, "%s%s", indent, spaced ? " *" : " * ");
    for (size_t i = 0; i < line.len; i++) {
        bool ends = i && line.ptr[i - 1] == '*' && line.ptr[i] == '/';
        if (line.ptr[i] != '\n' && line.ptr[i] != '\r')
            buf_printf(out, "%s%c", ends ? "\\" : "", line.ptr[i]);
    }
    buf_byte(out, '\n');
}
