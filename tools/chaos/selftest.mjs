// Checks where tools/chaos detaches views and where it must not: node selftest.mjs PATH-OF-CHAOS
// Needs the npm package wabt in $WASMBIND_NODE_MODULES (tools/env.sh).
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const chaos = process.argv[2];
const modules = process.env.WASMBIND_NODE_MODULES;
if (!chaos || !modules) {
    console.error('usage: WASMBIND_NODE_MODULES=… node selftest.mjs PATH-OF-CHAOS');
    process.exit(2);
}
const wabt = await createRequire(join(modules, 'x.js'))('wabt')();

// One export per order of events; `make` returns a view, `use` is given it, `look` is a crossing without references.
// `ref` is externref, or i32 for a module that knows handles only.
const source = (ref, table) => `(module
    (import "m" "make" (func $make (result ${ref})))
    (import "m" "use" (func $use (param ${ref})))
    (import "m" "look" (func $look))
    (import "m" "pair" (func $pair (result i64 f64)))
    (import "m" "__wbindgen_object_drop_ref" (func $drop (param i32)))
    (memory (export "memory") 1)
    ${table}
    (func $malloc (export "__wbindgen_malloc") (param i32) (result i32) local.get 0)
    (func $__externref_table_alloc (result i32) i32.const 7)
    (func (export "nothing"))
    (func (export "add") (param i32 i64) (result i64 f32) local.get 1 f32.const 0.5)
    (func (export "look") call $look call $look)
    (func (export "pair") (result i64 f64) call $pair)
    (func (export "make_use") call $make call $use call $look)
    (func (export "make_drop_use") call $make i32.const 0 call $drop call $use)
    (func (export "make_malloc_use") call $make i32.const 5 call $malloc drop call $use)
    (func (export "make_alloc_use") call $make call $__externref_table_alloc drop call $use)
    (func (export "make_look_look") call $make drop call $look call $look)
    (func (export "unused") call $make drop))`;

function build(wat) {
    const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
    try {
        const module = wabt.parseWat('test.wat', wat, { reference_types: true, multi_value: true });
        const input = join(folder, 'in.wasm'), output = join(folder, 'out.wasm');
        writeFileSync(input, module.toBinary({ write_debug_names: true }).buffer);
        const report = execFileSync(chaos, [input, output], { encoding: 'utf8' });
        assert.equal(report, 'bracketed: 11 exports, 4 imports, 2 internal functions\n');
        return new WebAssembly.Module(readFileSync(output));
    } finally {
        rmSync(folder, { recursive: true });
    }
}

function check(mode, ref, table) {
    let view, given, wasm;
    const seen = [];
    const fresh = () => (view = new Uint8Array(wasm.memory.buffer));
    const note = (name) => seen.push(name + (view.byteLength ? '' : ' stale'));
    const imports = {
        make() { note('make'); given = fresh(); return ref === 'i32' ? 1 : given; },
        use(value) { note('use'); assert.equal(value, ref === 'i32' ? 1 : given); },
        look() { note('look'); fresh(); },
        pair() { note('pair'); fresh(); return [1n, 2]; },
        __wbindgen_object_drop_ref() { note('drop'); },
    };
    wasm = new WebAssembly.Instance(build(source(ref, table)), { m: imports }).exports;
    const run = (name, expected, ...args) => {
        seen.length = 0;
        fresh();
        const result = wasm[name](...args);
        note('end');
        assert.deepEqual(seen, expected, `${mode}: ${name}`);
        return result;
    };
    run('nothing', ['end stale']);
    assert.deepEqual(run('add', ['end stale'], 1, 2n), [2n, 0.5]);
    assert.equal(run('__wbindgen_malloc', ['end stale'], 3), 3);
    run('look', ['look stale', 'look stale', 'end stale']);
    assert.deepEqual(run('pair', ['pair stale', 'end stale']), [1n, 2]);
    run('make_use', ['make stale', 'use', 'look stale', 'end stale']);
    run('make_drop_use', ['make stale', 'drop', 'use', 'end stale']);
    run('make_malloc_use', ['make stale', 'use stale', 'end stale']);
    run('make_alloc_use', ['make stale', 'use stale', 'end stale']);
    run('make_look_look', ['make stale', 'look', 'look stale', 'end stale']);
    run('unused', ['make stale', 'end stale']);
    run('look', ['look stale', 'look stale', 'end stale']);
    for (let i = 0; i < 100000; i++)
        wasm.nothing();
    assert.equal(wasm.memory.buffer.byteLength, 257 * 65536, `${mode}: real pages`);
}

// A module whose allocators cannot be found is refused, unless one says so.
function refuse(what, wat) {
    const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
    try {
        const input = join(folder, 'in.wasm'), output = join(folder, 'out.wasm');
        const module = wabt.parseWat('test.wat', wat, { reference_types: true });
        writeFileSync(input, module.toBinary({ write_debug_names: true }).buffer);
        const { status, stderr } = spawnSync(chaos, [input, output], { encoding: 'utf8' });
        assert.equal(status, 1, what);
        assert.match(stderr, what);
        execFileSync(chaos, ['--any', input, output]);
        new WebAssembly.Module(readFileSync(output));
    } finally {
        rmSync(folder, { recursive: true });
    }
}

refuse(/no function whose name says malloc/, '(module (memory 1) (func $allocate (export "f")))');
refuse(/__externref_table_alloc/, '(module (memory 1) (table 1 externref) (func $malloc (export "f")))');
check('externref', 'externref', '(table 1 externref)');
check('heap', 'i32', '');
console.log('chaos: ok');
