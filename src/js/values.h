/* What the holes and conditions of src/js/runtime/ stand for. tools/js2c.c turns `$memory$` into the field
 * `memory`. */
#ifndef JS_VALUES_H
#define JS_VALUES_H

#include "base/str.h"

struct js_values {
    /* Texts. The first group are expressions such as `wasm.memory`; unset (ptr NULL) if the output does not
     * export such a thing. */
#define RUNTIME(field, ...) Str field;
#include "bind/runtime.def"
#undef RUNTIME
    Str handle_base, statics_end; /* numbers */
    Str wasm_file;                /* `<stem>_bg.wasm`, as target_file has it, in a '…' literal */
    Str wasm_double;              /* the same in a "…" literal */
    Str wasm_template;            /* the same in a `…` literal */
    Str glue_double;              /* `<stem>_bg.js` in a "…" literal */
    Str destroyers;               /* names of the functions that free instances, an array literal */
    /* Conditions. */
    bool externref; /* handles live in the externref table, not in an array */
    bool has_realloc;
    bool encode_test, encode_never; /* --encode-into */
    bool safari;                    /* work around Safari's limit of 2 GiB per TextDecoder */
    bool slow_encoder;              /* encodeInto costs what it does in browsers */
    bool any_engine;                /* not only V8 or JavaScriptCore run the glue */
    bool reads_texts;               /* strings come out of the module that are no error messages */
    bool script;                    /* the glue is a script, not a module */
    bool sloppy;                    /* … or a CommonJS module: not strict by itself */
    bool default_path;              /* the init function knows where the .wasm is */
    bool imported_memory;
    bool has_start;
    bool keep_module, keep_instance; /* an intrinsic asks for them */
    bool one_destroy;                /* all callbacks are destroyed by the same function */
    bool keep_original;              /* an intrinsic looks into callbacks */
    bool raw;                        /* a key `__wasm`: the raw exports */
    bool wants_options;              /* the init function warns where it gets something else */
    bool shows_module;               /* … `__wbindgen_wasm_module` of the init function */
    bool debug;
};

#endif
