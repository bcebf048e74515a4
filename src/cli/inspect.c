#include "cli/inspect.h"

#include "bind/build.h"
#include "pipeline.h"

enum view { VIEW_NONE, VIEW_PROGRAMS, VIEW_BINDINGS };

static bool print(struct buf *text) {
    fwrite(text->ptr, 1, text->len, stdout);
    buf_free(text);
    return true;
}

static bool show_bindings(struct pipeline *p, struct arena *arena, struct diag *diag) {
    struct bindings bindings = {0};
    if (!pipeline_bind(p, arena, &bindings, diag))
        return false;
    struct buf text = {0};
    bind_dump(&bindings, &text);
    return print(&text);
}

bool inspect_run(struct arena *arena, int argc, char **argv, struct diag *diag) {
    enum view view = VIEW_NONE;
    struct settings settings = {0};
    for (int i = 1; i < argc; i++) {
        Str arg = str_from(argv[i]);
        if (str_eq(arg, STR("--programs")))
            view = VIEW_PROGRAMS;
        else if (str_eq(arg, STR("--bindings")))
            view = VIEW_BINDINGS;
        else if (str_eq(arg, STR("--allow-unknown-schema")))
            settings.allow_unknown_schema = true;
        else if (str_starts(arg, STR("-")) || settings.input.len)
            return diag_fail(diag, "unexpected argument `%s`", argv[i]);
        else
            settings.input = arg;
    }
    if (view == VIEW_NONE || !settings.input.len)
        return diag_fail(diag, "usage: wasmbind inspect --programs|--bindings INPUT.wasm");
    struct pipeline p = {.settings = &settings};
    if (!pipeline_read(&p, arena, diag))
        return false;
    if (view == VIEW_BINDINGS)
        return show_bindings(&p, arena, diag);
    struct buf text = {0};
    meta_dump(&p.programs, &text);
    return print(&text);
}
