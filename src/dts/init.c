/* Declarations of the init functions of target web (docs/upstream/features.md 2). */
#include "dts/dts_internal.h"

static void write_output_type(struct dts *d, const struct surface *surface) {
    buf_str(
        d->out,
        STR("\nexport type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;\n\n"
            "export interface InitOutput {\n"));
    for (vec_each(struct surface_item, item, &surface->exports)) {
        if (item->kind == WASM_GLOBAL)
            continue;
        buf_str(d->out, STR("  readonly "));
        dts_property(d->out, item->name);
        buf_str(d->out, STR(": "));
        dts_raw_type(d->out, item);
        buf_str(d->out, STR(";\n"));
    }
    buf_str(d->out, STR("}\n\nexport type SyncInitInput = BufferSource | WebAssembly.Module;\n\n"));
}

void dts_init(struct dts *d, const struct surface *surface, const struct settings *settings) {
    const char *memory = surface->memory_imported ? ", memory?: WebAssembly.Memory" : "";
    write_output_type(d, surface);
    buf_printf(
        d->out,
        "/**\n"
        " * Instantiates the module from its bytes or from a compiled module, at once.\n"
        " *\n"
        " * @param module - `{ module }`; passing the input directly is deprecated.\n"
        " */\n"
        "export function initSync(module: { module: SyncInitInput%s } | SyncInitInput%s): InitOutput;\n\n",
        memory, memory);
    buf_printf(
        d->out,
        "/**\n"
        " * Loads and instantiates the module. Anything that is not bytes or a compiled module is fetched.\n"
        " *\n"
        " * @param module_or_path - `{ module_or_path }`; passing the input directly is deprecated.\n"
        " */\n"
        "export default function __wbg_init(module_or_path%s: { module_or_path: InitInput | "
        "Promise<InitInput>%s } | "
        "InitInput | Promise<InitInput>%s): Promise<InitOutput>;\n",
        settings->omit_default_module_path ? "" : "?", memory, memory);
}
