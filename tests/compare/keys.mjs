// Prints, as JSON, the own enumerable keys of a bound package and of each object in it: what `Object.keys` shows a user.
//
//   node [flags] keys.mjs FOLDER TARGET MINOR      for crate version 0.2.MINOR
//
// Targets that Node can load are loaded; of the others (deno, module) the ES module is parsed and linked, which fixes its keys.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';

const [folder, target, minor] = process.argv.slice(2);
const script = join(folder, 'suite.js');
const wasm = () => new WebAssembly.Module(readFileSync(join(folder, 'suite_bg.wasm')));
/** The argument of initSync: an object only since 0.2.93. */
const input = () => (minor < 93 ? wasm() : { module: wasm() });

/** Anything that a program may import while it is loaded. */
const anything = new Proxy(class {}, { get: (object, key) => object[key] ?? anything });
for (const name of ['wbt', 'wbn', 'host']) globalThis[name] = anything;
for (const name of ['wbtPlain', 'wbtOther', 'ret', 'arg0', 'retptr', 'import0', 'memory', 'wasm', 'heap', 'getDataViewMemory', 'taken'])
    globalThis[name] = () => 0;
globalThis.value = class {};

async function importWeb() {
    const w = await import(pathToFileURL(script).href);
    w.initSync(input());
    return w;
}

function loadNoModules() {
    vm.runInThisContext(`${readFileSync(script, 'utf8')}\n;globalThis.loaded = wasm_bindgen;`);
    globalThis.loaded.initSync(input());
    return globalThis.loaded;
}

/** The namespace of an ES module whose imports may be anything. */
async function linkOnly() {
    const text = readFileSync(script, 'utf8').replace(/^import source /gm, 'import ');
    const module = new vm.SourceTextModule(text);
    await module.link((specifier) => stub(specifier, text));
    return module.namespace;
}

/** A module with every name that `text` imports from anywhere. */
function stub(specifier, text) {
    const names = new Set(['default']);
    for (const [, list] of text.matchAll(/import\s*\{([^}]*)\}/g))
        for (const item of list.split(',')) if (item.trim()) names.add(item.trim().split(/\s+as\s+/)[0].replace(/^"|"$/g, ''));
    return new vm.SyntheticModule([...names], () => {}, { identifier: specifier });
}

const LOADERS = {
    nodejs: () => createRequire(import.meta.url)(script),
    web: importWeb,
    'no-modules': loadNoModules,
    bundler: () => import(pathToFileURL(script).href),
    'experimental-nodejs-module': () => import(pathToFileURL(script).href),
    deno: linkOnly,
    module: linkOnly,
};

/** The keys, in order, of what the `toJSON` of an inspectable class gives, without an instance. */
function jsonKeys(prototype) {
    const text = String(prototype?.toJSON);
    if (!text.includes('this.') || text.includes('.__wbg_ptr')) return undefined; // none, or written in Rust
    return Object.keys(prototype.toJSON.call(new Proxy({}, { get: () => 0 })));
}

/** The keys of the package, and of what hangs off it: statics and prototypes of classes, members of enums and namespaces. */
function describe(w, linked) {
    const found = {};
    // Of a module that is only linked, Object.keys cannot be asked.
    for (const key of Reflect.ownKeys(w).filter((k) => typeof k === 'string' && (linked || Object.keys(w).includes(k)))) {
        let value;
        try {
            value = w[key];
        } catch {
            value = undefined; // linked only
        }
        found[key] = { type: typeof value };
        if (typeof value === 'object' && value) found[key].keys = Object.keys(value).sort();
        if (typeof value === 'function') {
            found[key].length = value.length;
            found[key].statics = Object.getOwnPropertyNames(value).filter((n) => !['length', 'name', 'prototype'].includes(n)).sort();
            found[key].members = Object.getOwnPropertyNames(value.prototype ?? {}).sort();
            found[key].json = jsonKeys(value.prototype);
        }
    }
    return found;
}

try {
    process.stdout.write(JSON.stringify({ keys: describe(await LOADERS[target](), LOADERS[target] === linkOnly) }));
} catch (e) {
    process.stdout.write(JSON.stringify({ error: `${e.name}: ${e.message}` }));
}
