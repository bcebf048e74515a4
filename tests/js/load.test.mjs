// The init functions of the web target, run in Node with a fetch of our own.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { render } from './support.mjs';

// (module (memory (export "memory") 1) (func (export "start")))
const BYTES = Uint8Array.from(Buffer.from('0061736d0100000001040160000003020100050301000107120205737461727400000' + '66d656d6f727902000a040102000b', 'hex'));
// (module (import "e0" "m" (memory 1)) (export "m" (memory 0)))
const MEMORY_IMPORT = Uint8Array.from(Buffer.from('0061736d0100000002090102653001' + '6d020001070501016d0200', 'hex'));
// (module (import "e" "s" (func)) (export "start" (func 0)))
const START_IMPORT = Uint8Array.from(Buffer.from('0061736d0100000001040160000002070101650173000007090105' + '73746172740000', 'hex'));

let folder;
let files = 0;
test.before(() => { folder = mkdtempSync(join(tmpdir(), 'wasmbind-load-')); });
test.after(() => rmSync(folder, { recursive: true }));

/** A fresh glue module; `imports` is the body of __wbg_get_imports. */
async function open(flags = {}, imports = 'return {};') {
    const file = join(folder, `glue${++files}.mjs`);
    writeFileSync(file, `function __wbg_get_imports(memory) { ${imports} }\n${render(['load_web'], flags)}\nexport const current = () => wasm;\n`);
    return import(pathToFileURL(file));
}

/** Runs `body` with console.warn and fetch replaced; returns the warnings and what was fetched. */
async function watch(body, answer = () => new Response(BYTES, { headers: { 'Content-Type': 'application/wasm' } })) {
    const warnings = [], fetched = [];
    const original = { warn: console.warn, fetch: globalThis.fetch };
    console.warn = (...args) => warnings.push(args.join(' '));
    globalThis.fetch = async (what) => (fetched.push(what), answer(what));
    try {
        await body();
    } finally {
        console.warn = original.warn;
        globalThis.fetch = original.fetch;
    }
    return { warnings, fetched };
}

test('the test module is a module', () => assert.ok(WebAssembly.validate(BYTES)));

test('initSync takes bytes and modules, in an object or, deprecated, alone', async () => {
    for (const module of [BYTES, BYTES.buffer, new WebAssembly.Module(BYTES)]) {
        const modern = await open();
        let seen = await watch(() => assert.ok(modern.initSync({ module }).memory));
        assert.deepEqual(seen.warnings, []);
        assert.equal(modern.initSync({ module }), modern.current(), 'the second call changes nothing');
        const old = await open();
        seen = await watch(() => assert.ok(old.initSync(module).memory));
        assert.equal(seen.warnings.length, 1);
        assert.match(seen.warnings[0], /deprecated parameters; pass { module } instead/);
    }
    const lone = await open({ wants_options: false });
    assert.deepEqual((await watch(() => assert.ok(lone.initSync(BYTES).memory))).warnings, [], 'up to 0.2.92');
    const glue = await open();
    assert.throws(() => glue.initSync(), TypeError);
});

test('init takes whatever upstream takes', async () => {
    const url = new URL('https://example.org/x.wasm');
    const response = () => new Response(BYTES, { headers: { 'Content-Type': 'application/wasm' } });
    const inputs = [() => BYTES, () => new WebAssembly.Module(BYTES), () => 'x.wasm', () => url, () => new Request(url), response, async () => response(), async () => BYTES];
    for (const input of inputs)
        for (const wrap of [(x) => ({ module_or_path: x }), (x) => x]) {
            const glue = await open();
            const seen = await watch(async () => {
                const wasm = await glue.default(wrap(input()));
                assert.ok(wasm.memory instanceof WebAssembly.Memory);
                assert.equal(wasm, glue.current());
                assert.equal(await glue.default(), wasm, 'the second call changes nothing');
            });
            assert.equal(seen.warnings.length, wrap(1) === 1 ? 1 : 0);
        }
});

test('without arguments the file beside the glue is fetched', async () => {
    for (const argument of [[], [{}], [undefined]]) {
        const glue = await open();
        const seen = await watch(() => glue.default(...argument));
        assert.deepEqual(seen.fetched.map(String), [pathToFileURL(join(folder, 'x_bg.wasm')).href]);
        assert.deepEqual(seen.warnings, []);
    }
    const none = await open({ default_path: 0 });
    await assert.rejects(watch(() => none.default()), TypeError);
});

test('a wrong MIME type is a warning, a failed request an error', async () => {
    const answers = (status, type) => () => {
        const r = new Response(BYTES, { status, headers: { 'Content-Type': type } });
        return r;
    };
    const glue = await open();
    const seen = await watch(() => glue.default({ module_or_path: 'x' }), answers(200, 'text/html'));
    assert.equal(seen.warnings.length, 1);
    assert.match(seen.warnings[0], /faster if it were served as application\/wasm, not text\/html/);
    assert.ok(glue.current().memory);
    const missing = await open();
    await assert.rejects(watch(() => missing.default({ module_or_path: 'x' }), answers(404, 'text/html')));
    const broken = await open();
    await assert.rejects(watch(() => broken.default({ module_or_path: 'x' }), () => new Response('no wasm', { headers: { 'Content-Type': 'application/wasm' } })), WebAssembly.CompileError);
});

test('concurrent calls share one instance, and a failed one can be repeated', async () => {
    const glue = await open({}, 'globalThis.instances = (globalThis.instances ?? 0) + 1; return {};');
    globalThis.instances = 0;
    const seen = await watch(async () => {
        const [a, b, c] = await Promise.all([glue.default(), glue.default({ module_or_path: 'y' }), glue.default()]);
        assert.equal(a, b);
        assert.equal(a, c);
    });
    assert.equal(seen.fetched.length, 1);
    assert.equal(globalThis.instances, 1);
    const retried = await open();
    await assert.rejects(watch(() => retried.default({ module_or_path: Promise.reject(new Error('offline')) })), /offline/);
    await watch(() => retried.default());
    assert.ok(retried.current().memory);
});

test('initSync while init is under way', async () => {
    const glue = await open();
    await watch(async () => {
        const pending = glue.default();
        const wasm = glue.initSync({ module: BYTES });
        assert.equal(await pending, wasm);
    });
});

test('the start function runs once', async () => {
    globalThis.starts = 0;
    for (const has_start of [0, 1]) {
        const glue = await open({ has_start }, 'return { e: { s: () => { globalThis.starts += 1; } } };');
        await watch(() => Promise.all([glue.default({ module_or_path: START_IMPORT }), glue.default({ module_or_path: START_IMPORT })]));
        glue.initSync({ module: START_IMPORT });
        assert.equal(globalThis.starts, has_start);
    }
});

test('an imported memory can be given', async () => {
    assert.ok(WebAssembly.validate(MEMORY_IMPORT));
    for (const pass of [(glue, memory) => glue.default({ module_or_path: MEMORY_IMPORT, memory }), (glue, memory) => glue.default(MEMORY_IMPORT, memory),
        (glue, memory) => glue.initSync({ module: MEMORY_IMPORT, memory }), (glue, memory) => glue.initSync(MEMORY_IMPORT, memory)]) {
        const glue = await open({ imported_memory: 1 }, 'return { e0: { m: memory } };');
        const memory = new WebAssembly.Memory({ initial: 1 });
        await watch(() => pass(glue, memory));
        assert.equal(glue.current().m, memory);
    }
});
