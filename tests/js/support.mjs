// Rendered fragments of src/js/runtime/, run on a memory that detaches every view whenever it can.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const BUILD = process.env.WASMBIND_BUILD ?? join(ROOT, 'build');
const RUNTIME = join(ROOT, 'src', 'js', 'runtime');
const FILES = readdirSync(RUNTIME).filter((f) => f.endsWith('.js')).map((f) => join(RUNTIME, f));

/** Names of all fragments. */
export const FRAGMENTS = [...readFileSync(join(BUILD, 'generated', 'js', 'runtime.h'), 'utf8').matchAll(/JS_FRAGMENT_(\w+),/g)].map((m) => m[1]);

const TEXTS = {
    memory: 'wasm.memory', malloc: 'wasm.malloc', realloc: 'wasm.realloc', free: 'wasm.free', exn_store: 'wasm.exn_store',
    table: 'wasm.table', table_alloc: 'wasm.table_alloc', table_dealloc: 'wasm.table_dealloc', drop_slice: 'wasm.drop_slice',
    start: 'wasm.start', set_borrow_top: 'wasm.set_borrow_top', handle_base: '128', statics_end: '132', wasm_file: 'x_bg.wasm',
    wasm_double: 'x_bg.wasm', wasm_template: 'x_bg.wasm', destroy_callback: 'wasm.destroy_callback', glue_double: 'x_bg.js',
    destroyers: "['free']", taken: 'wasm.taken',
};
const FLAGS = {
    externref: 0, has_realloc: 1, encode_test: 1, encode_never: 0, safari: 0, script: 0, default_path: 1, imported_memory: 0, has_start: 0,
    any_engine: 1, slow_encoder: 0, sloppy: 0, reads_texts: 1, keep_module: 0, keep_instance: 0, one_destroy: 0, keep_original: 0, debug: 0, raw: 0, shows_module: 0, wants_options: 1,
};

/** The text of fragments with everything they need. */
export function render(names, flags = {}) {
    const unknown = Object.keys(flags).find((name) => !(name in FLAGS || name in TEXTS));
    if (unknown) throw new Error(`no such flag: ${unknown}`);
    const values = Object.entries({ ...TEXTS, ...FLAGS, ...flags }).map(([name, value]) => `${name}=${Number.isInteger(value) ? Number(value) : typeof value === 'boolean' ? Number(value) : value}`);
    return execFileSync(join(BUILD, 'js2c'), ['--render', names.join(','), ...values, ...FILES], { encoding: 'utf8' });
}

/** Every combination of the flags of `choices` ({name: values}). */
export function combinations(choices) {
    return Object.entries(choices).reduce((all, [name, values]) => all.flatMap((one) => values.map((v) => ({ ...one, [name]: v }))), [{}]);
}

export const ENCODE_MODES = [{ encode_test: 1, encode_never: 0 }, { encode_test: 0, encode_never: 0 }, { encode_test: 0, encode_never: 1 }];

const GUARD = 0xA5;

/** A module's run-time support. Each call that may grow memory does, by no page, and now and then by one: all views are dead after. */
export class FakeModule {
    constructor() {
        this.memory = new WebAssembly.Memory({ initial: 1 });
        this.table = new WebAssembly.Table({ element: 'externref', initial: 132 }, null);
        this.blocks = new Map();
        this.top = 1024;
        this.calls = 0;
        this.freeSlots = [];
        for (const name of ['malloc', 'realloc', 'free', 'table_alloc', 'table_dealloc', 'drop_slice', 'exn_store']) this[name] = this[name].bind(this);
    }
    grow() {
        this.memory.grow(++this.calls % 16 === 0 ? 1 : 0);
    }
    bytes(ptr, len) {
        return new Uint8Array(this.memory.buffer, ptr, len);
    }
    malloc(size, align) {
        if (!Number.isInteger(size) || size < 0) throw new Error(`malloc(${size})`);
        this.grow();
        if (size === 0) return align;
        const ptr = Math.ceil(this.top / 16) * 16;
        this.top = ptr + size + 16;
        while (this.top > this.memory.buffer.byteLength) this.memory.grow(1);
        this.bytes(ptr, size + 16).fill(GUARD);
        this.blocks.set(ptr, { size, align });
        return ptr;
    }
    realloc(ptr, old, size, align) {
        const block = this.blocks.get(ptr);
        if (!block || block.size !== old || block.align !== align || !(size > 0)) throw new Error(`realloc(${ptr}, ${old}, ${size}, ${align})`);
        this.check(ptr);
        const moved = this.malloc(size, align);
        this.bytes(moved, Math.min(old, size)).set(this.bytes(ptr, Math.min(old, size)));
        this.bytes(ptr, old).fill(0xDD);
        this.blocks.delete(ptr);
        return moved;
    }
    free(ptr, size, align) {
        if (size === 0) return;
        const block = this.blocks.get(ptr);
        if (!block || block.size !== size || block.align !== align) throw new Error(`free(${ptr}, ${size}, ${align})`);
        this.check(ptr);
        this.bytes(ptr, size).fill(0xDD);
        this.blocks.delete(ptr);
    }
    /** Throws if something was written behind the block. */
    check(ptr) {
        const { size } = this.blocks.get(ptr);
        if (this.bytes(ptr + size, 16).some((b) => b !== GUARD)) throw new Error(`written beyond block ${ptr} of ${size} bytes`);
    }
    /** The content of a block that the module owns; it must have exactly this size and alignment. */
    owned(ptr, size, align) {
        if (size === 0) {
            if (ptr !== align) throw new Error(`empty block at ${ptr}`);
            return new Uint8Array(0);
        }
        const block = this.blocks.get(ptr);
        if (!block || block.size !== size || block.align !== align) throw new Error(`block ${ptr}: ${JSON.stringify(block)}, not ${size}, ${align}`);
        this.check(ptr);
        return this.bytes(ptr, size).slice();
    }
    put(bytes, align = 1) {
        const ptr = this.malloc(bytes.length, align);
        this.bytes(ptr, bytes.length).set(bytes);
        return ptr;
    }
    table_alloc() {
        this.grow();
        return this.freeSlots.pop() ?? this.table.grow(1);
    }
    table_dealloc(handle) {
        if (handle < 132) return;
        this.table.set(handle, null);
        this.freeSlots.push(handle);
    }
    drop_slice(ptr, len) {
        for (const handle of new Uint32Array(this.memory.buffer, ptr, len)) this.table_dealloc(handle);
    }
    exn_store(handle) {
        this.exception = handle;
    }
}

/** Runs rendered fragments over a module; returns an object with the functions and variables named in `names`. */
export function load(fragments, flags, names, wasm = new FakeModule()) {
    const getters = names.map((name) => `get ${name}() { return ${name}; }`).join(', ');
    return new Function('wasm', `'use strict';\n${render(fragments, flags)}\nreturn { wasm, ${getters} };`)(wasm);
}
