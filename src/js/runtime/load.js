// Loading the module, by target.

// @fragment load_node(wasm_template, has_start, start, keep_module, keep_instance, raw)
// @if keep_module
const wasmModule = new WebAssembly.Module(require('fs').readFileSync(`${__dirname}/$wasm_template$`));
const wasmInstance = new WebAssembly.Instance(wasmModule, __wbg_get_imports());
let wasm = wasmInstance.exports;
// @else
// @if keep_instance
const wasmInstance = new WebAssembly.Instance(new WebAssembly.Module(require('fs').readFileSync(`${__dirname}/$wasm_template$`)), __wbg_get_imports());
let wasm = wasmInstance.exports;
// @else
let wasm = new WebAssembly.Instance(new WebAssembly.Module(require('fs').readFileSync(`${__dirname}/$wasm_template$`)), __wbg_get_imports()).exports;
// @end
// @end
// @if raw
exports.__wasm = wasm;
// @end
// @if has_start
$start$();
// @end

// @fragment head_node_module
import { readFileSync } from 'node:fs';

// @fragment load_node_module(wasm_file, has_start, start, raw)
const wasmUrl = new URL('$wasm_file$', import.meta.url);
const wasmModule = new WebAssembly.Module(readFileSync(wasmUrl));
const wasmInstance = new WebAssembly.Instance(wasmModule, __wbg_get_imports());
let wasm = wasmInstance.exports;
// @if raw
export { wasm as __wasm };
// @end
// @if has_start
$start$();
// @end

// @fragment load_deno(wasm_file, has_start, start, raw)
const wasmUrl = new URL('$wasm_file$', import.meta.url);
const wasmInstantiated = await WebAssembly.instantiateStreaming(fetch(wasmUrl), __wbg_get_imports());
const wasmModule = wasmInstantiated.module;
const wasmInstance = wasmInstantiated.instance;
let wasm = wasmInstance.exports;
// @if raw
export { wasm as __wasm };
// @end
// @if has_start
$start$();
// @end

// The line is known to other tools (docs/upstream/integrations.md 6).
// @fragment head_source(wasm_double)
import source wasmModule from "./$wasm_double$";

// @fragment load_source(has_start, start, raw)
const wasmInstance = new WebAssembly.Instance(wasmModule, __wbg_get_imports());
let wasm = wasmInstance.exports;
// @if raw
export { wasm as __wasm };
// @end
// @if has_start
$start$();
// @end

// The glue beside a .wasm that imports it by itself …
// @fragment load_split
let wasm;
function __wbg_set_wasm(exports) {
    wasm = exports;
}
export { __wbg_set_wasm };

// … and the file that brings the two together.
// @fragment main_split(wasm_double, glue_double, has_start, start, raw)
import * as wasm from "./$wasm_double$";
import { __wbg_set_wasm } from "./$glue_double$";

__wbg_set_wasm(wasm);
// @if has_start
$start$();
// @end
// @if raw
export { wasm as __wasm };
// @end

// The names initSync, __wbg_init, __wbg_get_imports, wasm and wasm.__wbindgen_start are known to other tools
// (docs/upstream/integrations.md 5).
// @fragment load_web(wasm_file, default_path, script, raw, shows_module, has_start, start, imported_memory, keep_module, keep_instance, wants_options)
// @if script
// @if default_path
let script_src;
if (typeof document !== 'undefined' && document.currentScript && document.currentScript.src) {
    script_src = document.currentScript.src;
}
// @end
// @end
let wasm;
// @if keep_module
let wasmModule;
// @end
// @if keep_instance
let wasmInstance;
// @end
let initPromise;

// @if keep_module
function __wbg_finalize_init(instance, module) {
// @else
function __wbg_finalize_init(instance) {
// @end
    if (wasm === undefined) {
        wasm = instance.exports;
// @if keep_module
        wasmModule = module;
// @if shows_module
        __wbg_init.__wbindgen_wasm_module = module;
// @end
// @end
// @if keep_instance
        wasmInstance = instance;
// @end
// @if has_start
        $start$();
// @end
    }
    return wasm;
}

// Classes that not every engine and every kind of worker has.
function __wbg_is(value, name) {
    return globalThis[name] && value instanceof globalThis[name];
}

async function __wbg_load(module, imports) {
    if (__wbg_is(module, 'Response')) {
        if (!module.ok) {
            throw new Error(`failed to fetch Wasm: ${module.status} ${module.statusText} fetching '${module.url}'`);
        }
        const type = module.headers.get('Content-Type');
        if (type === 'application/wasm' && WebAssembly.instantiateStreaming) {
// @if keep_module
            return WebAssembly.instantiateStreaming(module, imports);
// @else
            return (await WebAssembly.instantiateStreaming(module, imports)).instance;
// @end
        }
        console.warn(`Wasm would start faster if it were served as application/wasm, not ${type}`);
        module = await module.arrayBuffer();
    }
    const result = await WebAssembly.instantiate(module, imports);
// @if keep_module
    return result.instance ? result : { instance: result, module };
// @else
    return result.instance || result;
// @end
}

// The options of an init function: an object made for them, or, as it once was, the first of them alone.
function __wbg_init_options(given, name) {
    if (given !== undefined && Object.getPrototypeOf(given) !== Object.prototype) {
// @if wants_options
        console.warn(`deprecated parameters; pass { ${name} } instead`);
// @end
        return { [name]: given };
    }
    return given || {};
}

// @if imported_memory
function initSync(module, memory) {
// @else
function initSync(module) {
// @end
    if (wasm !== undefined) {
        return wasm;
    }
    const options = __wbg_init_options(module, 'module');
// @if imported_memory
    const imports = __wbg_get_imports(options.memory || memory);
// @else
    const imports = __wbg_get_imports();
// @end
    module = options.module;
    module = module instanceof WebAssembly.Module ? module : new WebAssembly.Module(module);
// @if keep_module
    return __wbg_finalize_init(new WebAssembly.Instance(module, imports), module);
// @else
    return __wbg_finalize_init(new WebAssembly.Instance(module, imports));
// @end
}

// @if imported_memory
async function __wbg_start_init(given, memory) {
// @else
async function __wbg_start_init(given) {
// @end
    const options = __wbg_init_options(given, 'module_or_path');
    let module_or_path = options.module_or_path;
// @if default_path
// @if script
    if (module_or_path === undefined && script_src !== undefined) {
        module_or_path = script_src.replace(/\.js(?=[?#]|$)/, '_bg.wasm');
    }
// @else
    if (module_or_path === undefined) {
        module_or_path = new URL('$wasm_file$', import.meta.url);
    }
// @end
// @end
// @if imported_memory
    const imports = __wbg_get_imports(options.memory || memory);
// @else
    const imports = __wbg_get_imports();
// @end
    if (typeof module_or_path === 'string' || __wbg_is(module_or_path, 'Request') || __wbg_is(module_or_path, 'URL')) {
        module_or_path = fetch(module_or_path);
    }
// @if keep_module
    const { instance, module } = await __wbg_load(await module_or_path, imports);
    return __wbg_finalize_init(instance, module);
// @else
    return __wbg_finalize_init(await __wbg_load(await module_or_path, imports));
// @end
}

// @if imported_memory
async function __wbg_init(module_or_path, memory) {
    return wasm || (initPromise = initPromise || __wbg_start_init(module_or_path, memory).finally(() => {
// @else
async function __wbg_init(module_or_path) {
    return wasm || (initPromise = initPromise || __wbg_start_init(module_or_path).finally(() => {
// @end
        initPromise = undefined;
    }));
}

// @if script
// @if raw
Object.defineProperty(__wbg_init, '__wasm', { get: () => wasm, enumerable: true });
// @end
// @else
export { initSync, __wbg_init as default };
// @if raw
export { wasm as __wasm };
// @end
// @end
