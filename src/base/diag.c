#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>

#define FORMAT_INTO(target, arena, format)                                                                   \
    do {                                                                                                     \
        va_list args, again;                                                                                 \
        va_start(args, format);                                                                              \
        va_copy(again, args);                                                                                \
        int len = vsnprintf(NULL, 0, format, args);                                                          \
        char *text = arena_alloc(arena, (size_t)len + 1);                                                    \
        vsnprintf(text, (size_t)len + 1, format, again);                                                     \
        va_end(again);                                                                                       \
        va_end(args);                                                                                        \
        hide_controls(text);                                                                                 \
        (target) = (Str){text, (size_t)len};                                                                 \
    } while (0)

/* Names of the input are part of messages: they must not steer a terminal or look like lines of ours. */
static void hide_controls(char *text) {
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F)
            *text = '?';
}

void diag_init(struct diag *diag, struct arena *arena) {
    *diag = (struct diag){.arena = arena};
}

bool diag_fail(struct diag *diag, const char *format, ...) {
    if (diag->failed)
        return false;
    diag->failed = true;
    FORMAT_INTO(diag->message, diag->arena, format);
    return false;
}

bool diag_context(struct diag *diag, const char *format, ...) {
    Str context;
    FORMAT_INTO(context, diag->arena, format);
    vec_push(diag->arena, &diag->contexts, context);
    return false;
}

void diag_warn(struct diag *diag, const char *format, ...) {
    Str warning;
    FORMAT_INTO(warning, diag->arena, format);
    vec_push(diag->arena, &diag->warnings, warning);
}

static void print_error(const struct diag *diag, FILE *out) {
    size_t n = diag->contexts.len;
    Str first = n ? diag->contexts.items[n - 1] : diag->message;
    fprintf(out, "error: %.*s\n", STR_ARG(first));
    if (!n)
        return;
    fputs("\nCaused by:\n", out);
    for (size_t i = 1; i < n; i++)
        fprintf(out, "    %zu: %.*s\n", i - 1, STR_ARG(diag->contexts.items[n - 1 - i]));
    fprintf(out, "    %zu: %.*s\n", n - 1, STR_ARG(diag->message));
}

void diag_print(const struct diag *diag, FILE *out) {
    if (diag->failed)
        print_error(diag, out);
    for (vec_each(Str, warning, &diag->warnings))
        fprintf(out, "warning: %.*s\n", STR_ARG(*warning));
}

void diag_abort(const char *file, int line, const char *what) {
    base_clean();
    fprintf(stderr, "wasmbind: internal error at %s:%d: %s\n", file, line, what);
    abort();
}
