/* Reads symbols, one per line, and prints what our demangler makes of each; lines that are no Rust symbol
 * stay. */
#include <stdio.h>
#include <stdlib.h>

#include "demangle/demangle.h"

int main(void) {
    struct buf out = {0};
    char *line = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;) {
        Str symbol = {line, (size_t)n - (line[n - 1] == '\n')};
        struct demangle_budget budget = {.left = SIZE_MAX};
        Str shown = demangle_symbol(symbol, &out, &budget) ? buf_view(&out) : symbol;
        fwrite(shown.ptr, 1, shown.len, stdout);
        putchar('\n');
    }
    free(line);
    buf_free(&out);
    return ferror(stdin) || fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
