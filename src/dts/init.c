/* Declarations of the init functions (docs/upstream/features.md 2). */
#include "dts/dts_internal.h"

/* In a script the types are global, as the one name is that the functions hang on. */
static void write_types(struct dts *d, const struct surface *surface, const char *export_) {
    buf_printf(d->out,
               "\n%stype InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;\n\n"
               "%sinterface InitOutput {\n",
               export_, export_);
    for (vec_each(struct surface_item, item, &surface->exports)) {
        if (item->kind == WASM_GLOBAL)
            continue;
        buf_str(d->out, STR("  readonly "));
        dts_property(d->out, item->name);
        buf_str(d->out, STR(": "));
        dts_raw_type(d->out, item);
        buf_str(d->out, STR(";\n"));
    }
    buf_printf(d->out, "}\n\n%stype SyncInitInput = BufferSource | WebAssembly.Module;\n\n", export_);
}

static void write_sync(struct dts *d, const char *memory) {
    buf_printf(
        d->out,
        "/**\n"
        " * Instantiates the module from its bytes or from a compiled module, at once.\n"
        " *\n"
        " * @param module - `{ module }`; passing the input directly is deprecated.\n"
        " */\n"
        "export function initSync(module: { module: SyncInitInput%s } | SyncInitInput%s): InitOutput;\n",
        memory, memory);
}

static void write_async(struct dts *d, Str head, bool optional, const char *memory) {
    buf_printf(
        d->out,
        "/**\n"
        " * Loads and instantiates the module. Anything that is not bytes or a compiled module is fetched.\n"
        " *\n"
        " * @param module_or_path - `{ module_or_path }`; passing the input directly is deprecated.\n"
        " */\n"
        "%.*s(module_or_path%s: { module_or_path: InitInput | Promise<InitInput>%s } | "
        "InitInput | Promise<InitInput>%s): Promise<InitOutput>;\n",
        STR_ARG(head), optional ? "?" : "", memory, memory);
}

void dts_init(struct dts *d, const struct surface *surface, const struct settings *settings) {
    const char *memory = surface->memory_imported ? ", memory?: WebAssembly.Memory" : "";
    bool script = target_row(settings->target)->syntax == SYNTAX_SCRIPT;
    Str head = STR("export default function __wbg_init");
    write_types(d, surface, script ? "declare " : "export ");
    if (script) {
        head = str_format(d->arena, "declare function %.*s", STR_ARG(settings->global));
        buf_printf(d->out, "declare namespace %.*s {\n", STR_ARG(settings->global));
    }
    write_sync(d, memory);
    buf_str(d->out, script ? STR("}\n\n") : STR("\n"));
    write_async(d, head, !settings->omit_default_module_path, memory);
}
