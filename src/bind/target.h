/* The targets: what kind of JavaScript is written, and how it gets at its .wasm. One row each in target.def.
 */
#ifndef BIND_TARGET_H
#define BIND_TARGET_H

#include "base/str.h"

enum target {
#define TARGET(id, ...) TARGET_##id,
#include "bind/target.def"
#undef TARGET
    TARGETS
};

enum target_syntax {
    SYNTAX_MODULE,   /* ECMAScript module: import, export */
    SYNTAX_COMMONJS, /* require, exports */
    SYNTAX_SCRIPT,   /* one global, whose properties are the exports; nothing can be imported */
};

enum target_flag {
    /* The glue stands in <stem>_bg.js, which the .wasm imports by itself; <stem>.js brings the two together.
     */
    TARGET_SPLIT = 1,
    TARGET_INIT = 2,           /* nothing is loaded before the user calls an init function */
    TARGET_NODE = 4,           /* only ever run by Node */
    TARGET_SAFARI = 8,         /* may meet Safari */
    TARGET_ENCODES_INTO = 16,  /* TextEncoder.encodeInto is there for certain */
    TARGET_TYPE_MODULE = 32,   /* package.json says that .js files are modules */
    TARGET_HAS_MODULE = 64,    /* the glue has the WebAssembly.Module at hand */
    TARGET_HAS_INSTANCE = 128, /* … and the WebAssembly.Instance */
    TARGET_URLS = 256,         /* files of the package are named by URLs, not by paths */
    TARGET_SHOWS_RAW = 512,    /* with crates up to 0.2.106 packages have a key `__wasm`: the raw exports */
};

struct target_row {
    const char *word; /* of --target */
    enum target_syntax syntax;
    unsigned flags;                /* enum target_flag */
    const char *old_import_module; /* empty: "./<stem>_bg.js" */
};

/* The row of a target; `target` is below TARGETS. */
const struct target_row *target_row(enum target target);
/* Whether the row has the flag. */
bool target_has(enum target target, enum target_flag flag);
/* How the glue names a file of the package: a URL, or the path itself for `require` and for bundlers, which
 * take specifiers for paths (seen with webpack 5). `path` is relative to the glue. */
Str target_file(struct arena *arena, enum target target, Str path);

#endif
