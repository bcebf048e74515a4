/* What the user asked for; filled by the command line, read by every later floor. */
#ifndef BIND_SETTINGS_H
#define BIND_SETTINGS_H

#include "bind/target.h"

/* Three-valued switches: `auto` follows the module (docs/upstream/transforms.md 0). */
enum toggle { TOGGLE_AUTO, TOGGLE_ON, TOGGLE_OFF };

enum encode_into { ENCODE_INTO_TEST, ENCODE_INTO_ALWAYS, ENCODE_INTO_NEVER };

/* Memory is obtained ahead by so many percent of its size, but at most so many pages; 0 percent = exactly
 * what the module asks for. */
struct growth {
    uint32_t percent, max_pages;
};
enum { GROWTH_PERCENT = 25, GROWTH_MIB = 64 }; /* without the option */
enum { GROWTH_MOST_PERCENT = 1000, GROWTH_MOST_MIB = 4096, GROWTH_PAGES_PER_MIB = 16 };

struct settings {
    Str input; /* path of the .wasm */
    Str out_dir;
    Str stem; /* of the output files: --out-name or the input's stem */
    enum target target;
    enum toggle externref, multi_value;
    enum encode_into encode_into;
    struct growth growth;
    bool debug;      /* assertions in the glue */
    bool typescript; /* write .d.ts files */
    bool demangle;
    bool keep_debug, keep_lld_exports;
    bool remove_name_section, remove_producers_section;
    bool omit_default_module_path;
    bool allow_unknown_schema;
    Str global;  /* TARGET_NO_MODULES: the name of the one global */
    Str version; /* what --version reports; goes into the producers section */
};

#endif
