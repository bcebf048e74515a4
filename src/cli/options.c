#include "cli/options.h"

#include <getopt.h>
#include <stdlib.h>

#include "bind/identifier.h"

enum option_id {
    OPTION_NONE = 255, /* above every character getopt could return */
#define OPTION(name, argument, id, hidden, help) OPTION_##id,
#include "cli/options.def"
#undef OPTION
    OPTION_END,
};

enum { OPTION_COUNT = OPTION_END - OPTION_NONE - 1 };

static const struct {
    const char *name, *argument, *help;
    bool hidden;
} table[] = {
#define OPTION(name, argument, id, hidden, help) {name, argument, help, hidden},
#include "cli/options.def"
#undef OPTION
};

/* What was given, by option; values of options without argument are "". */
struct given {
    const char *value[OPTION_COUNT];
    Str input;
    bool has_input;
};

static const char *value_of(const struct given *given, enum option_id id) {
    return given->value[id - OPTION_NONE - 1];
}

void options_help(void) {
    puts("wasmbind: glue between WebAssembly modules made with wasm-bindgen and JavaScript\n\n"
         "usage: wasmbind INPUT.wasm --out-dir DIR [options]\n"
         "       wasmbind inspect --programs|--bindings INPUT.wasm\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (table[i].hidden)
            continue;
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", table[i].name, table[i].argument ? " " : "",
                 table[i].argument ? table[i].argument : "");
        printf("  %-36s %s\n", left, table[i].help);
    }
}

/* getopt_long completes abbreviated names; the tools this one replaces do not, so neither do we. */
static bool check_names(int argc, char **argv, struct diag *diag) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--", 2) != 0)
            continue;
        size_t length = strcspn(argv[i] + 2, "=");
        bool known = false, takes_value = false;
        for (size_t k = 0; k < OPTION_COUNT && !known; k++)
            if (strlen(table[k].name) == length && strncmp(table[k].name, argv[i] + 2, length) == 0) {
                known = true;
                takes_value = table[k].argument != NULL;
            }
        if (!known)
            return diag_fail(diag, "unexpected argument `%s`; --help lists the options", argv[i]);
        if (!takes_value || argv[i][2 + length] == '=')
            continue;
        if (i + 1 < argc && argv[i + 1][0] == '-' && argv[i + 1][1])
            return diag_fail(diag, "option `%s` needs a value; one that begins with `-` is given as `%s=%s`",
                             argv[i], argv[i], argv[i + 1]);
        i++;
    }
    return true;
}

static bool collect(struct given *given, int argc, char **argv, struct diag *diag) {
    struct option longs[OPTION_COUNT + 1] = {{0}};
    for (int i = 0; i < OPTION_COUNT; i++)
        longs[i] = (struct option){table[i].name, table[i].argument ? required_argument : no_argument, NULL,
                                   OPTION_NONE + 1 + i};
    if (!check_names(argc, argv, diag))
        return false;
    opterr = 0;
    optind = 0;
    for (int id; (id = getopt_long(argc, argv, ":hV", longs, NULL)) != -1;) {
        if (id == 'h' || id == 'V')
            id = id == 'h' ? OPTION_HELP : OPTION_VERSION;
        if (id == ':')
            return diag_fail(diag, "option `%s` needs a value", argv[optind - 1]);
        if (id == '?')
            return diag_fail(diag, "unexpected argument `%s`; --help lists the options", argv[optind - 1]);
        const char **slot = &given->value[id - OPTION_NONE - 1];
        if (*slot && id != OPTION_HELP && id != OPTION_VERSION)
            return diag_fail(diag, "option `--%s` is given twice", table[id - OPTION_NONE - 1].name);
        *slot = optarg ? optarg : "";
    }
    if (optind < argc) {
        given->input = str_from(argv[optind]);
        given->has_input = true;
    }
    if (optind + 1 < argc)
        return diag_fail(diag, "unexpected argument `%s`: there can be only one input", argv[optind + 1]);
    return true;
}

static bool choose(const char *option, const char *value, const char *const *words, int *out,
                   struct diag *diag) {
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], value) == 0) {
            *out = i;
            return true;
        }
    char list[256] = "";
    for (int i = 0; words[i]; i++)
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", i ? ", " : "", words[i]);
    return diag_fail(diag, "invalid value `%s` for `--%s`; possible values: %s", value, option, list);
}

static bool choose_target(const struct given *given, struct settings *settings, struct diag *diag) {
    static const char *const words[] = {
#define TARGET(id, word, ...) word,
#include "bind/target.def"
#undef TARGET
        NULL};
    static const struct {
        enum option_id id;
        enum target target;
        const char *name;
    } shorts[] = {{OPTION_WEB, TARGET_WEB, "--web"},
                  {OPTION_NODEJS, TARGET_NODEJS, "--nodejs"},
                  {OPTION_NO_MODULES, TARGET_NO_MODULES, "--no-modules"},
                  {OPTION_BROWSER, TARGET_BUNDLER, "--browser"}};
    int target = TARGET_BUNDLER;
    const char *word = value_of(given, OPTION_TARGET);
    if (word && !choose("target", word, words, &target, diag))
        return false;
    /* That a bundler is for browsers only goes without saying, but could be said. */
    const char *first = word && target != TARGET_BUNDLER ? "--target" : NULL;
    for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++) {
        if (!value_of(given, shorts[i].id))
            continue;
        if (first)
            return diag_fail(diag, "`%s` cannot be used with `%s`", first, shorts[i].name);
        first = shorts[i].name;
        target = (int)shorts[i].target;
    }
    settings->target = (enum target)target;
    const char *global = value_of(given, OPTION_NO_MODULES_GLOBAL);
    settings->global = global ? str_from(global) : STR("wasm_bindgen");
    if (global && target_row(settings->target)->syntax != SYNTAX_SCRIPT)
        return diag_fail(diag, "`--no-modules-global` works only with `--target no-modules`");
    if (!bind_is_binding(settings->global))
        return diag_fail(diag, "`--no-modules-global`: `%s` is not a JavaScript identifier", global);
    return true;
}

/* Explicit flag, then environment (any value means on: docs/upstream/transforms.md 0), then auto. */
static bool choose_toggle(const struct given *given, enum option_id id, const char *const *environment,
                          enum toggle *out, struct diag *diag) {
    static const char *const words[] = {"auto", "on", "off", NULL};
    const char *value = value_of(given, id);
    int toggle = TOGGLE_AUTO;
    if (value && !choose(table[id - OPTION_NONE - 1].name, value, words, &toggle, diag))
        return false;
    for (; !value && *environment; environment++)
        if (getenv(*environment))
            toggle = TOGGLE_ON;
    *out = (enum toggle)toggle;
    return true;
}

static bool choose_transforms(const struct given *given, struct settings *settings, struct diag *diag) {
    static const char *const externref[] = {"WASM_BINDGEN_EXTERNREF", "WASM_BINDGEN_ANYREF", NULL};
    static const char *const multi_value[] = {"WASM_BINDGEN_MULTI_VALUE", NULL};
    if (!choose_toggle(given, OPTION_EXTERNREF, externref, &settings->externref, diag) ||
        !choose_toggle(given, OPTION_MULTI_VALUE, multi_value, &settings->multi_value, diag))
        return false;
    if (value_of(given, OPTION_REFERENCE_TYPES)) {
        if (value_of(given, OPTION_EXTERNREF) && settings->externref == TOGGLE_OFF)
            return diag_fail(diag, "`--externref=off` cannot be used with `--reference-types`");
        settings->externref = TOGGLE_ON;
    }
    return true;
}

/* A decimal number of at most `most`; `*at` moves behind it. */
static bool read_number(const char **at, uint32_t most, uint32_t *out) {
    const char *from = *at;
    *out = 0;
    for (; **at >= '0' && **at <= '9' && *out <= most; ++*at)
        *out = *out * 10 + (uint32_t)(**at - '0');
    return *at > from && *out <= most;
}

static bool choose_growth(const struct given *given, struct settings *settings, struct diag *diag) {
    uint32_t percent = GROWTH_PERCENT, mib = GROWTH_MIB;
    const char *value = value_of(given, OPTION_MEMORY_GROWTH), *at = value;
    if (value && strcmp(value, "exact") == 0)
        percent = 0;
    else if (value && (!read_number(&at, GROWTH_MOST_PERCENT, &percent) ||
                       (*at == ',' && (at++, !read_number(&at, GROWTH_MOST_MIB, &mib))) || *at))
        return diag_fail(diag,
                         "invalid value `%s` for `--memory-growth`; possible values: exact, PERCENT or "
                         "PERCENT,MIB (at most %d,%d), such as %d,%d",
                         value, GROWTH_MOST_PERCENT, GROWTH_MOST_MIB, GROWTH_PERCENT, GROWTH_MIB);
    settings->growth = (struct growth){.percent = percent, .max_pages = mib * GROWTH_PAGES_PER_MIB};
    return true;
}

/* Flags that parse but whose work is still to be done. */
static bool refuse_unfinished(const struct given *given, const struct settings *settings, struct diag *diag) {
    static const enum option_id unfinished[] = {OPTION_OMIT_IMPORTS,         OPTION_SPLIT_LINKED_MODULES,
                                                OPTION_SPLIT_DEBUG_INFO,     OPTION_DEBUG_INFO_URL,
                                                OPTION_RESET_STATE_FUNCTION, OPTION_FORCE_ABORT_HANDLER,
                                                OPTION_JS_STRING_BUILTINS,   OPTION_TS_TYPED_ARRAY_BUFFERS};
    for (size_t i = 0; i < sizeof unfinished / sizeof *unfinished; i++)
        if (value_of(given, unfinished[i]))
            return diag_fail(diag, "not implemented yet: --%s", table[unfinished[i] - OPTION_NONE - 1].name);
    if (settings->keep_debug)
        diag_warn(diag, "--keep-debug is not implemented yet: debug sections are dropped");
    return true;
}

static Str stem_of(Str path) {
    size_t from = path.len;
    while (from > 0 && path.ptr[from - 1] != '/')
        from--;
    size_t to = path.len;
    for (size_t at = path.len; at > from + 1; at--)
        if (path.ptr[at - 1] == '.') {
            to = at - 1;
            break;
        }
    return str_slice(path, from, to);
}

/* Control characters are in no URL and break lines of the glue. */
static bool check_stem(Str stem, struct diag *diag) {
    const char *why = NULL;
    for (size_t i = 0; i < stem.len; i++) {
        unsigned char c = (unsigned char)stem.ptr[i];
        if (c < 0x20 || c == 0x7F)
            why = "it contains a control character";
        else if (c == '/' || c == '\\')
            why = "it contains a path separator";
    }
    if (!str_is_utf8(stem))
        why = "it is not UTF-8";
    return !why || diag_fail(diag, "`%.*s` cannot be the stem of file names: %s", STR_ARG(stem), why);
}

static bool fill_paths(const struct given *given, struct settings *settings, struct diag *diag) {
    if (!given->has_input)
        return diag_fail(diag, "the input .wasm is missing; usage: wasmbind INPUT.wasm --out-dir DIR");
    if (!value_of(given, OPTION_OUT_DIR))
        return diag_fail(diag, "`--out-dir DIR` is missing");
    settings->input = given->input;
    settings->out_dir = str_from(value_of(given, OPTION_OUT_DIR));
    const char *name = value_of(given, OPTION_OUT_NAME);
    settings->stem = name ? str_from(name) : stem_of(given->input);
    if (!settings->out_dir.len || !settings->stem.len)
        return diag_fail(diag, "`--out-dir` and `--out-name` must not be empty");
    return check_stem(settings->stem, diag);
}

static bool fill(const struct given *given, struct settings *settings, struct diag *diag) {
    static const char *const encode_into[] = {"test", "always", "never", NULL};
    int how = ENCODE_INTO_TEST;
    const char *value = value_of(given, OPTION_ENCODE_INTO);
    if (value && !choose("encode-into", value, encode_into, &how, diag))
        return false;
    if (value_of(given, OPTION_TYPESCRIPT) && value_of(given, OPTION_NO_TYPESCRIPT))
        return diag_fail(diag, "`--typescript` cannot be used with `--no-typescript`");
    settings->encode_into = (enum encode_into)how;
    settings->typescript = !value_of(given, OPTION_NO_TYPESCRIPT);
    settings->debug = value_of(given, OPTION_DEBUG);
    settings->demangle = !value_of(given, OPTION_NO_DEMANGLE);
    settings->keep_debug = value_of(given, OPTION_KEEP_DEBUG);
    settings->keep_lld_exports = value_of(given, OPTION_KEEP_LLD_EXPORTS);
    settings->remove_name_section = value_of(given, OPTION_REMOVE_NAME_SECTION);
    settings->remove_producers_section = value_of(given, OPTION_REMOVE_PRODUCERS_SECTION);
    settings->omit_default_module_path = value_of(given, OPTION_OMIT_DEFAULT_MODULE_PATH);
    settings->allow_unknown_schema = value_of(given, OPTION_ALLOW_UNKNOWN_SCHEMA);
    return choose_target(given, settings, diag) && choose_transforms(given, settings, diag) &&
           choose_growth(given, settings, diag) && fill_paths(given, settings, diag) &&
           refuse_unfinished(given, settings, diag);
}

bool options_parse(struct arena *arena, int argc, char **argv, struct settings *settings,
                   enum options_action *action, struct diag *diag) {
    (void)arena;
    struct given given = {.has_input = false};
    *settings = (struct settings){0};
    *action = OPTIONS_RUN;
    if (!collect(&given, argc, argv, diag))
        return false;
    if (value_of(&given, OPTION_HELP) || value_of(&given, OPTION_VERSION)) {
        *action = value_of(&given, OPTION_HELP) ? OPTIONS_HELP : OPTIONS_VERSION;
        return true;
    }
    return fill(&given, settings, diag);
}
