/* Compiles fragments of JavaScript into C (docs/architecture.md, "How JavaScript is emitted").
 *
 *     js2c OUT.c OUT.h FILE.js...                       write C: an enum of fragments and functions that emit
 * them js2c --render NAME[,NAME] key=value... FILE.js... print fragments and what they need, as they would be
 * emitted
 *
 * A fragment begins with a line `// @fragment name(param, param) needs other, other` and ends where the next
 * begins. Text before the first is ignored. Inside:
 *
 *     // @each var var = VALUE VALUE, VALUE VALUE   directly below: one fragment `name_VALUE` per group (its
 * first value)
 *     // @needs other, other                        more dependencies, under the conditions around the line
 *     // @if flag   // @else   // @end              conditions, whole lines, may nest
 *     $param$                                       a hole: the text of the parameter, or of an @each
 * variable
 *
 * Other whole-line comments are dropped. A parameter is a field of `struct js_values` (src/js/values.h): a
 * `Str` if it is used as a hole, a `bool` if it is used as a condition; a field that does not exist is a C
 * compile error. A hole nobody declared, or a parameter nobody uses, is an error of this program, with file
 * and line. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WORDS = 128, MAX_FRAGMENTS = 256, MAX_LINE = 1024, MAX_DEPTH = 8 };

struct words {
    char *at[MAX_WORDS];
    int len;
};

struct source_line {
    char *text;
    const char *file;
    int number;
};

struct fragment {
    char *name;
    const char *file;
    int line;
    struct words params, needs;
    bool is_hole[MAX_WORDS], is_flag[MAX_WORDS];
    struct words vars, values; /* of @each, this instance's */
    struct source_line *body;
    int body_len;
};

/* What an emitter does with the pieces of a fragment; `prefix` of the C output is the indentation. */
struct sink {
    FILE *out;
    bool render;     /* print JavaScript instead of C */
    bool needs_only; /* rendering: collect dependencies, print nothing */
    struct words keys, values;
};

static struct fragment fragments[MAX_FRAGMENTS];
static int fragments_len;
static bool required[MAX_FRAGMENTS];

_Noreturn static void fail(const char *file, int line, const char *format, ...) {
    va_list args;
    va_start(args, format);
    if (file)
        fprintf(stderr, "%s:%d: ", file, line);
    fputs("error: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static char *copy(const char *text, size_t len) {
    char *made = malloc(len + 1);
    if (!made)
        fail(NULL, 0, "out of memory");
    memcpy(made, text, len);
    made[len] = '\0';
    return made;
}

static bool is_word_char(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static int find_word(const struct words *words, const char *text, size_t len) {
    for (int i = 0; i < words->len; i++)
        if (strlen(words->at[i]) == len && memcmp(words->at[i], text, len) == 0)
            return i;
    return -1;
}

static void add_word(struct words *words, char *word, const char *file, int line) {
    if (words->len == MAX_WORDS)
        fail(file, line, "more than %d words in a list", MAX_WORDS);
    words->at[words->len++] = word;
}

/* Adds the words of a list up to one of the characters in `until`; commas and blanks separate. Returns where
 * it stopped. */
static const char *read_words(struct words *words, const char *p, const char *until, const char *file,
                              int line) {
    for (;;) {
        p += strspn(p, " ,");
        if (!*p || strchr(until, *p))
            return p;
        size_t len = strcspn(p, " ,)");
        if (len == 0)
            fail(file, line, "cannot read the list at `%s`", p);
        add_word(words, copy(p, len), file, line);
        p += len;
    }
}

/* The text behind `// @keyword`, or NULL if the line is something else. */
static const char *directive(const char *line, const char *keyword) {
    line += strspn(line, " \t");
    if (strncmp(line, "// @", 4) != 0 || strncmp(line + 4, keyword, strlen(keyword)) != 0)
        return NULL;
    line += 4 + strlen(keyword);
    return is_word_char(*line) ? NULL : line + strspn(line, " ");
}

static bool is_comment(const char *line) {
    line += strspn(line, " \t");
    return strncmp(line, "//", 2) == 0;
}

/* ---- reading ---- */

static struct fragment *new_fragment(void) {
    if (fragments_len == MAX_FRAGMENTS)
        fail(NULL, 0, "more than %d fragments", MAX_FRAGMENTS);
    return &fragments[fragments_len++];
}

static struct fragment *read_header(const char *p, const char *file, int line) {
    struct fragment *f = new_fragment();
    size_t len = 0;
    while (is_word_char(p[len]))
        len++;
    f->name = copy(p, len);
    f->file = file;
    f->line = line;
    p += len;
    if (len == 0)
        fail(file, line, "a fragment needs a name");
    if (*p == '(') {
        p = read_words(&f->params, p + 1, ")", file, line);
        if (*p++ != ')')
            fail(file, line, "`)` is missing");
    }
    p += strspn(p, " ");
    if (strncmp(p, "needs ", 6) == 0)
        p = read_words(&f->needs, p + 6, "", file, line);
    if (*p)
        fail(file, line, "cannot read `%s`", p);
    return f;
}

static void add_line(struct fragment *f, char *text, const char *file, int number) {
    f->body = realloc(f->body, sizeof *f->body * (size_t)(f->body_len + 1));
    if (!f->body)
        fail(NULL, 0, "out of memory");
    f->body[f->body_len++] = (struct source_line){text, file, number};
}

static void read_file(const char *file) {
    FILE *in = fopen(file, "r");
    if (!in)
        fail(NULL, 0, "cannot open %s", file);
    char text[MAX_LINE];
    struct fragment *f = NULL;
    for (int line = 1; fgets(text, sizeof text, in); line++) {
        size_t len = strcspn(text, "\n");
        if (!text[len])
            fail(file, line, "line too long or without end");
        text[len] = '\0';
        const char *header = directive(text, "fragment");
        if (header)
            f = read_header(header, file, line);
        else if (f && len)
            add_line(f, copy(text, len), file, line);
    }
    fclose(in);
}

/* Replaces a fragment that begins with @each by its instances, from the last place on. */
static void expand_each(int at) {
    struct fragment family = fragments[at];
    const char *p = family.body_len ? directive(family.body[0].text, "each") : NULL;
    if (!p)
        return;
    int line = family.body[0].number;
    struct words vars = {0}, values = {0};
    p = read_words(&vars, p, "=", family.file, line);
    if (*p++ != '=' || vars.len == 0)
        fail(family.file, line, "@each needs variables, `=` and values");
    bool more = true;
    for (int n = 0; more; n++) {
        values = (struct words){0};
        size_t len = strcspn(p, ",");
        more = p[len] == ',';
        read_words(&values, copy(p, len), "", family.file, line);
        p += len + more;
        if (values.len != vars.len)
            fail(family.file, line, "group %d of @each has %d values for %d variables", n + 1, values.len,
                 vars.len);
        struct fragment *f = n ? new_fragment() : &fragments[at];
        *f = family;
        f->body++;
        f->body_len--;
        f->vars = vars;
        f->values = values;
        char name[MAX_LINE];
        snprintf(name, sizeof name, "%s_%s", family.name, values.at[0]);
        f->name = copy(name, strlen(name));
    }
}

/* ---- walking a fragment ---- */

static int find_fragment(const char *name, const struct source_line *at) {
    for (int i = 0; i < fragments_len; i++)
        if (strcmp(fragments[i].name, name) == 0)
            return i;
    fail(at->file, at->number, "there is no fragment `%s`", name);
}

/* The text with @each variables put in. */
static char *substitute(const struct fragment *f, const char *text) {
    char out[MAX_LINE];
    size_t len = 0;
    while (*text) {
        size_t word = 0;
        while (*text == '$' && is_word_char(text[1 + word]))
            word++;
        int var = word && text[1 + word] == '$' ? find_word(&f->vars, text + 1, word) : -1;
        const char *piece = var >= 0 ? f->values.at[var] : text;
        size_t size = var >= 0 ? strlen(piece) : 1;
        if (len + size >= sizeof out)
            fail(f->file, f->line, "line too long");
        memcpy(out + len, piece, size);
        len += size;
        text += var >= 0 ? word + 2 : 1;
    }
    return copy(out, len);
}

static const char *rendered(const struct sink *sink, const char *name, size_t len,
                            const struct source_line *at) {
    int i = find_word(&sink->keys, name, len);
    if (i < 0)
        fail(at->file, at->number, "no value is given for `%.*s`", (int)len, name);
    return sink->values.at[i];
}

static void put_text(const struct sink *sink, const char *text, size_t len) {
    if (sink->render) {
        if (!sink->needs_only)
            fwrite(text, 1, len, sink->out);
        return;
    }
    if (len == 0)
        return;
    fputs("    put(p, \"", sink->out);
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\n')
            fputs("\\n", sink->out);
        else
            fprintf(sink->out, text[i] == '"' || text[i] == '\\' ? "\\%c" : "%c", text[i]);
    }
    fputs("\");\n", sink->out);
}

static void put_hole(const struct sink *sink, struct fragment *f, const char *name, size_t len,
                     const struct source_line *at) {
    int param = find_word(&f->params, name, len);
    if (param < 0)
        fail(at->file, at->number, "hole `$%.*s$` is not declared by fragment `%s`", (int)len, name, f->name);
    f->is_hole[param] = true;
    if (!sink->render)
        fprintf(sink->out, "    hole(p, p->v->%.*s, \"%.*s\");\n", (int)len, name, (int)len, name);
    else if (!sink->needs_only)
        fputs(rendered(sink, name, len, at), sink->out);
}

static void put_line(const struct sink *sink, struct fragment *f, const struct source_line *line) {
    char *text = substitute(f, line->text), *start = text;
    for (char *p = text; *p; p++) {
        size_t word = 0;
        while (*p == '$' && is_word_char(p[1 + word]))
            word++;
        if (!word || p[1 + word] != '$')
            continue;
        put_text(sink, start, (size_t)(p - start));
        put_hole(sink, f, p + 1, word, line);
        p += word + 1;
        start = p + 1;
    }
    size_t len = strlen(start);
    start = copy(start, len + 1);
    start[len] = '\n';
    put_text(sink, start, len + 1);
}

static void put_needs(const struct sink *sink, const struct fragment *f, const struct words *needs,
                      const struct source_line *at) {
    for (int i = 0; i < needs->len; i++) {
        const char *name = substitute(f, needs->at[i]);
        int id = find_fragment(name, at);
        if (sink->render)
            required[id] = true;
        else
            fprintf(sink->out, "    need(p, JS_FRAGMENT_%s);\n", name);
    }
}

/* Opens a condition; returns whether lines below it count (always for C, which gets an `if`). */
static bool open_condition(const struct sink *sink, struct fragment *f, const char *flag,
                           const struct source_line *at) {
    int param = find_word(&f->params, flag, strlen(flag));
    if (param < 0)
        fail(at->file, at->number, "condition `%s` is not declared by fragment `%s`", flag, f->name);
    f->is_flag[param] = true;
    if (sink->render)
        return strcmp(rendered(sink, flag, strlen(flag), at), "1") == 0;
    fprintf(sink->out, "    if (p->v->%s) {\n", flag);
    return true;
}

static void put_c(const struct sink *sink, const char *text) {
    if (!sink->render)
        fputs(text, sink->out);
}

struct conditions {
    bool on[MAX_DEPTH], had_else[MAX_DEPTH];
    int depth;
};

static bool is_on(const struct conditions *c) {
    for (int i = 0; i < c->depth; i++)
        if (!c->on[i])
            return false;
    return true;
}

/* Handles @if, @else, @end; false if the line is none of them. */
static bool walk_condition(const struct sink *sink, struct fragment *f, const struct source_line *line,
                           struct conditions *c) {
    const char *flag = directive(line->text, "if");
    if (flag) {
        if (c->depth == MAX_DEPTH)
            fail(line->file, line->number, "conditions nest too deep");
        c->on[c->depth] = open_condition(sink, f, flag, line);
        c->had_else[c->depth++] = false;
        return true;
    }
    bool is_else = directive(line->text, "else"), is_end = directive(line->text, "end");
    if (!is_else && !is_end)
        return false;
    if (c->depth == 0 || (is_else && c->had_else[c->depth - 1]))
        fail(line->file, line->number, "@%s without @if", is_else ? "else" : "end");
    if (is_end)
        c->depth--;
    else if (sink->render)
        c->on[c->depth - 1] = !c->on[c->depth - 1];
    if (is_else)
        c->had_else[c->depth - 1] = true;
    put_c(sink, is_else ? "    } else {\n" : "    }\n");
    return true;
}

static void walk(const struct sink *sink, struct fragment *f) {
    struct conditions conditions = {0};
    struct source_line header = {f->name, f->file, f->line};
    put_needs(sink, f, &f->needs, &header);
    for (int i = 0; i < f->body_len; i++) {
        struct source_line *line = &f->body[i];
        struct words needs = {0};
        if (walk_condition(sink, f, line, &conditions) || !is_on(&conditions))
            continue;
        const char *list = directive(line->text, "needs");
        if (list) {
            read_words(&needs, list, "", line->file, line->number);
            put_needs(sink, f, &needs, line);
        } else if (directive(line->text, "each") ||
                   strncmp(line->text + strspn(line->text, " "), "// @", 4) == 0) {
            fail(line->file, line->number, "unknown or misplaced `%s`", line->text);
        } else if (!is_comment(line->text)) {
            put_line(sink, f, line);
        }
    }
    if (conditions.depth)
        fail(f->file, f->line, "fragment `%s` has an @if without @end", f->name);
}

/* ---- output ---- */

static void check_params(const struct fragment *f) {
    for (int i = 0; i < f->params.len; i++) {
        if (!f->is_hole[i] && !f->is_flag[i])
            fail(f->file, f->line, "fragment `%s` does not use its parameter `%s`", f->name, f->params.at[i]);
        if (f->is_hole[i] && f->is_flag[i])
            fail(f->file, f->line, "`%s` is used both as text and as a condition", f->params.at[i]);
    }
}

/* Prints the identifiers that the fragment declares at column 0. */
static void put_names(FILE *out, const struct fragment *f) {
    static const char *const starts[] = {"function ", "async function ", "let ", "const ", "class "};
    for (int i = 0; i < f->body_len; i++)
        for (size_t k = 0; k < sizeof starts / sizeof *starts; k++) {
            const char *text = substitute(f, f->body[i].text);
            if (strncmp(text, starts[k], strlen(starts[k])) != 0)
                continue;
            for (text += strlen(starts[k]); is_word_char(*text); text += strspn(text, ", ")) {
                size_t len = 0;
                while (is_word_char(text[len]))
                    len++;
                fprintf(out, "    \"%.*s\",\n", (int)len, text);
                text += len;
                if (k != 2)
                    break;
            }
        }
}

static const char *const c_start =
    "/* Made by tools/js2c.c from src/js/runtime/. */\n"
    "#include \"js/runtime.h\"\n\n#include \"base/buf.h\"\n#include \"base/diag.h\"\n#include "
    "\"js/values.h\"\n\n"
    "struct pass {\n    const struct js_values *v;\n    struct buf *out;\n    bool *set;\n};\n\n"
    "static void put(const struct pass *p, const char *text) {\n    if (p->out)\n        buf_str(p->out, "
    "str_from(text));\n}\n\n"
    "static void hole(const struct pass *p, Str text, const char *name) {\n    if (!p->out)\n        "
    "return;\n"
    "    if (!text.ptr)\n        diag_abort(__FILE__, __LINE__, name);\n    buf_str(p->out, text);\n}\n\n"
    "static void need(const struct pass *p, enum js_fragment id) {\n    if (p->set)\n        p->set[id] = "
    "true;\n}\n\n";

static const char *const c_end =
    "void js_fragment_needs(enum js_fragment id, const struct js_values *v, bool set[JS_FRAGMENTS]) {\n"
    "    functions[id](&(struct pass){v, NULL, set});\n}\n\n"
    "void js_fragment_text(enum js_fragment id, const struct js_values *v, struct buf *out) {\n"
    "    functions[id](&(struct pass){v, out, NULL});\n}\n";

static const char *const h_end =
    "    JS_FRAGMENTS\n};\n\n"
    "/* Marks what the fragment needs. */\n"
    "void js_fragment_needs(enum js_fragment id, const struct js_values *v, bool set[JS_FRAGMENTS]);\n"
    "/* Appends the fragment; a hole whose value is not set aborts. */\n"
    "void js_fragment_text(enum js_fragment id, const struct js_values *v, struct buf *out);\n"
    "/* The identifiers that fragments declare at module level; NULL at the end. */\n"
    "extern const char *const js_fragment_names[];\n\n#endif\n";

static FILE *open_output(const char *path) {
    FILE *out = fopen(path, "w");
    if (!out)
        fail(NULL, 0, "cannot write %s", path);
    return out;
}

static void write_c(const char *path) {
    FILE *out = open_output(path);
    struct sink sink = {.out = out};
    fputs(c_start, out);
    for (int i = 0; i < fragments_len; i++) {
        fprintf(out, "static void fragment_%s(const struct pass *p) {\n", fragments[i].name);
        walk(&sink, &fragments[i]);
        check_params(&fragments[i]);
        fputs("    (void)p;\n}\n\n", out);
    }
    fputs("static void (*const functions[JS_FRAGMENTS])(const struct pass *) = {\n", out);
    for (int i = 0; i < fragments_len; i++)
        fprintf(out, "    fragment_%s,\n", fragments[i].name);
    fputs("};\n\nconst char *const js_fragment_names[] = {\n", out);
    for (int i = 0; i < fragments_len; i++)
        put_names(out, &fragments[i]);
    fprintf(out, "    NULL,\n};\n\n%s", c_end);
    if (fclose(out) != 0)
        fail(NULL, 0, "cannot write %s", path);
}

static void write_h(const char *path) {
    FILE *out = open_output(path);
    fputs("/* Made by tools/js2c.c from src/js/runtime/. */\n#ifndef JS_RUNTIME_H\n#define JS_RUNTIME_H\n\n"
          "#include <stdbool.h>\n\nstruct buf;\nstruct js_values;\n\nenum js_fragment {\n",
          out);
    for (int i = 0; i < fragments_len; i++)
        fprintf(out, "    JS_FRAGMENT_%s,\n", fragments[i].name);
    fputs(h_end, out);
    if (fclose(out) != 0)
        fail(NULL, 0, "cannot write %s", path);
}

/* Prints the named fragments with everything they need, in the fixed order. */
static void render(const char *names, struct sink *sink) {
    struct words wanted = {0};
    struct source_line at = {NULL, "--render", 0};
    bool done[MAX_FRAGMENTS] = {0};
    read_words(&wanted, names, "", "--render", 0);
    for (int i = 0; i < wanted.len; i++)
        required[find_fragment(wanted.at[i], &at)] = true;
    sink->needs_only = true;
    for (bool again = true; again;) {
        again = false;
        for (int i = 0; i < fragments_len; i++)
            if (required[i] && !done[i]) {
                walk(sink, &fragments[i]);
                done[i] = again = true;
            }
    }
    sink->needs_only = false;
    for (int i = 0; i < fragments_len; i++)
        if (required[i])
            walk(sink, &fragments[i]);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void read_all(char **files, int len) {
    qsort(files, (size_t)len, sizeof *files, by_name);
    for (int i = 0; i < len; i++)
        read_file(files[i]);
    for (int i = 0, n = fragments_len; i < n; i++)
        expand_each(i);
    for (int i = 0; i < fragments_len; i++)
        for (int k = 0; k < i; k++)
            if (strcmp(fragments[k].name, fragments[i].name) == 0)
                fail(fragments[i].file, fragments[i].line, "fragment `%s` exists already", fragments[i].name);
}

static int render_main(int argc, char **argv) {
    struct sink sink = {.out = stdout, .render = true};
    char **files = argv + 3;
    for (; files < argv + argc && strchr(*files, '='); files++) {
        size_t len = strcspn(*files, "=");
        add_word(&sink.keys, copy(*files, len), NULL, 0);
        add_word(&sink.values, *files + len + 1, NULL, 0);
    }
    read_all(files, (int)(argv + argc - files));
    render(argv[2], &sink);
    return 0;
}

int main(int argc, char **argv) {
    if (argc > 3 && strcmp(argv[1], "--render") == 0)
        return render_main(argc, argv);
    if (argc < 4)
        fail(NULL, 0, "usage: js2c OUT.c OUT.h FILE.js... | js2c --render NAME key=value... FILE.js...");
    read_all(argv + 3, argc - 3);
    write_c(argv[1]);
    write_h(argv[2]);
    return 0;
}
