#include "cli/version.h"

#include <stdlib.h>

#include "base/file.h"
#include "meta/version.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Length of "N.N.N" at the start of s, or 0. */
static size_t version_length(Str s) {
    size_t at = 0;
    for (int part = 0; part < 3; part++) {
        size_t from = at;
        while (at < s.len && is_digit(s.ptr[at]))
            at++;
        if (at == from || (part < 2 && (at >= s.len || s.ptr[at++] != '.')))
            return 0;
    }
    return at;
}

Str version_in_name(Str component) {
    static const Str prefixes[] = {{"wasm-bindgen-cli-", 17}, {"wasm-bindgen-", 13}};
    for (size_t i = 0; i < 2; i++) {
        if (!str_starts(component, prefixes[i]))
            continue;
        Str rest = str_slice(component, prefixes[i].len, component.len);
        size_t length = version_length(rest);
        if (length && (length == rest.len || rest.ptr[length] == '-'))
            return str_slice(rest, 0, length);
    }
    return STR("");
}

/* The next line of *text without its end, `\n` or `\r\n`; *text goes on behind it. */
static Str take_line(Str *text) {
    size_t end = str_find(*text, STR("\n"));
    Str line = str_slice(*text, 0, end);
    *text = str_slice(*text, end + 1, text->len);
    return str_ends(line, STR("\r")) ? str_slice(line, 0, line.len - 1) : line;
}

Str version_in_lock(Str lock) {
    bool inside = false;
    while (lock.len) {
        Str line = take_line(&lock);
        if (str_eq(line, STR("[[package]]")))
            inside = false;
        else if (str_eq(line, STR("name = \"wasm-bindgen\"")))
            inside = true;
        else if (inside && str_starts(line, STR("version = \"")) && str_ends(line, STR("\"")))
            return str_slice(line, strlen("version = \""), line.len - 1);
    }
    return STR("");
}

/* The last component of a path, which is cut off. */
static Str pop_component(Str *path) {
    size_t from = path->len;
    while (from > 0 && path->ptr[from - 1] != '/')
        from--;
    Str component = str_slice(*path, from, path->len);
    path->len = from > 0 ? from - 1 : 0;
    return component;
}

static Str from_path(Str path) {
    Str version = version_in_name(pop_component(&path));
    return version.len ? version : version_in_name(pop_component(&path));
}

static Str from_lock(struct arena *arena) {
    Str folder = file_working_directory(arena);
    for (;;) {
        Str path = str_format(arena, "%.*s/Cargo.lock", STR_ARG(folder)), lock;
        struct diag ignored;
        diag_init(&ignored, arena);
        if (file_exists(arena, path) && file_read_all(arena, path, &lock, &ignored)) {
            Str version = version_in_lock(lock);
            if (version.len)
                return version;
        }
        if (!folder.len)
            return STR("");
        pop_component(&folder);
    }
}

Str version_report(struct arena *arena, const char *program) {
    const char *wanted = getenv("WASMBIND_REPORT_VERSION");
    if (wanted && *wanted)
        return str_from(wanted);
    Str version = from_path(str_from(program));
    if (!version.len)
        version = from_path(file_own_path(arena));
    if (!version.len)
        version = from_lock(arena);
    return version.len ? version : str_format(arena, "0.2.%d", META_NEWEST);
}
