// What of a bound package can be seen without running it: its files, and the imports and exports of its module with their types.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signatures } from './signatures.mjs';

/** All files below a folder, as sorted relative paths. */
export function filesBelow(folder, prefix = '') {
    return readdirSync(join(folder, prefix), { withFileTypes: true })
        .flatMap((entry) => (entry.isDirectory() ? filesBelow(folder, `${prefix}${entry.name}/`) : [prefix + entry.name]))
        .sort();
}

/**
 * Whether an export of a bound module is no item of the program's: made by the tool or by the crate's machinery. Such names start
 * with two underscores, or belong to a closure: they begin with the mangled path of the function that calls it, or are those the
 * tools of their time gave to it.
 */
export function isInternal(name) {
    return /^(__|closure\d+_externref_shim|_dyn_core__|wasm_bindgen__(convert__closures|__convert|closure|__closure)|wasm_bindgen_?[\d_]*convert__closures)/.test(name);
}

/** The exports of a module as sorted lines `name kind`. */
export function exportsOf(bytes) {
    return WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name, kind }) => `${name} ${kind}`).sort();
}

/** Those of `lines` whose first word is not internal. */
export function withoutInternal(lines) {
    return lines.filter((line) => !isInternal(line.split(' ')[0]));
}

/** What NAME_bg.wasm.d.ts says: {name: type}. */
export function declaredRaw(file) {
    const text = readFileSync(file, 'utf8');
    const found = {};
    for (const [, name, type] of text.matchAll(/^(?:export|declare) const ([^\s:]+): (.*);$/gm)) found[name] = type;
    for (const [, local, name] of text.matchAll(/^export \{ (\S+) as "((?:[^"\\]|\\.)*)" \};$/gm)) {
        found[JSON.parse(`"${name}"`)] = found[local];
        delete found[local];
    }
    return found;
}

/** What it has to say of the module: {name: type}, parameters without their names. Globals have no declaration. */
export function expectedRaw(bytes) {
    const functions = signatures(bytes);
    const plain = { memory: 'WebAssembly.Memory', table: 'WebAssembly.Table', tag: 'WebAssembly.Tag' };
    const found = {};
    for (const { name, kind } of WebAssembly.Module.exports(new WebAssembly.Module(bytes))) {
        if (kind === 'function') found[name] = functions[name];
        else if (kind !== 'global') found[name] = plain[kind];
    }
    return found;
}
