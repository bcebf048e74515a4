/* The whole program, from memory to memory: a module, then one byte that chooses target and switches. What
 * comes out can be read again. */
#include "fuzz.h"
#include "pipeline.h"
#include "wasm/emit.h"
#include "wasm/parse.h"

static struct settings choose(uint8_t choice) {
    return (struct settings){
        .input = STR("in.wasm"),
        .out_dir = STR("out"),
        .stem = STR("in"),
        .target = (enum target)(choice % (TARGET_MODULE + 1)),
        .externref = (enum toggle)(choice / 7 % 3),
        .multi_value = (enum toggle)(choice / 21 % 3),
        .debug = choice & 64,
        .demangle = !(choice & 128),
        .typescript = true,
        .allow_unknown_schema = choice & 32,
    };
}

static bool reread(struct arena *arena, Str bytes, struct diag *diag) {
    struct wasm_module m = {0};
    struct wasm_parse_options options = {.keep_debug = true};
    return wasm_parse(&m, arena, bytes, options, diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size)
        return 0;
    struct fuzz fuzz = fuzz_begin();
    struct settings settings = choose(data[size - 1]);
    struct pipeline p = {.settings = &settings};
    struct pipeline_products products = {0};
    struct outputs outputs;
    bool ok = pipeline_parse(&p, (Str){(const char *)data, size - 1}, fuzz.arena, &fuzz.diag) &&
              pipeline_convert(&p, fuzz.arena, &products, &outputs, &fuzz.diag);
    if (ok) {
        struct buf wasm = {0};
        ok = wasm_emit(&p.module, &wasm, &fuzz.diag);
        ASSERT(!ok || reread(fuzz.arena, buf_view(&wasm), &fuzz.diag));
        buf_free(&wasm);
        ASSERT(str_is_utf8(buf_view(&products.js.main)) && str_is_utf8(buf_view(&products.dts)));
    }
    pipeline_free(&products);
    fuzz_end(&fuzz, ok);
    return 0;
}
