// Names that clash with those of the glue, and names that JavaScript does not have: the output is right; or the tool refuses them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';

import { filesBelow, moduleOf, run, scratch } from '../cli/support.mjs';
import { need } from '../run/env.mjs';

const CRATE = 'tests/run/crate-names';

function tryBind(t, wasm, target, ...flags) {
    const out = scratch(t);
    return { out, ...run([wasm, '--out-dir', out, '--out-name', 'x', '--target', target, ...flags]) };
}

/** The folder of the bound package; its JavaScript is one that Node takes, its declarations are some that TypeScript takes. */
function bind(t, wasm, target, ...flags) {
    const { out, status, stderr } = tryBind(t, wasm, target, ...flags);
    assert.equal(status, 0, stderr);
    const script = join(out, target === 'web' ? 'x.mjs' : 'x.js');
    if (target === 'web') copyFileSync(join(out, 'x.js'), script);
    if (['bundler', 'module', 'deno', 'web'].includes(target)) writeFileSync(join(out, 'package.json'), '{ "type": "module" }');
    for (const file of filesBelow(out).filter((f) => /\.m?js$/.test(f))) {
        const check = spawnSync(target === 'module' ? need('NODE_NEWEST') : process.execPath, ['--check', join(out, file)], { encoding: 'utf8' });
        assert.equal(check.status, 0, check.stderr);
    }
    const tsc = spawnSync(process.execPath, [join(need('WASMBIND_NODE_MODULES'), 'typescript/bin/tsc'), '--noEmit', '--strict', '--target',
        'esnext', '--module', 'nodenext', '--lib', 'esnext,dom,esnext.disposable', 'x.d.ts', 'x_bg.wasm.d.ts'], { cwd: out, encoding: 'utf8' });
    assert.equal(tsc.stdout + tsc.stderr, '');
    return script;
}

/** The package, loaded. */
async function load(script, target) {
    if (target === 'nodejs') return createRequire(import.meta.url)(script);
    if (target === 'experimental-nodejs-module') return import(pathToFileURL(script).href);
    const w = target === 'web' ? await import(pathToFileURL(script).href) : new Function(`${readFileSync(script, 'utf8')}\nreturn wasm_bindgen;`)();
    w.initSync({ module: readFileSync(script.replace(/x\.m?js$/, 'x_bg.wasm')) });
    return w;
}

/** What the crate imports, as globals that stay, since calls look them up. */
const GLOBALS = {
    ret: (v) => v + 1,
    arg0: (v) => v + 0.5,
    retptr: (v) => `retptr ${v}`,
    import0: (v) => `${v}${v}`,
    memory: (v) => v + 2,
    wasm: (v) => v + 3,
    heap: (v) => [v],
    memData: (v) => v + 4,
    taken: (lent, text) => lent.length + text.length,
    wbn: Object.defineProperty({}, '__proto__', { value: (v) => v + 5 }),
    value: class {},
};

function checkCalls(w) {
    assert.deepEqual(w.call_all(10), [11, 'Some(10.5)', 'retptr 10', 'xx', 12, 13, [10], 14, 7, 15, true]);
    assert.equal(w.documented(1, 2, 3), 6);
    assert.equal(w.FooFinalization(), 7);
    assert.equal(w.takeHandle('a', 1), 'aSome(1)');
    assert.equal(w.takeHandle(), undefined);
    assert.equal(w.Symbol(1), 9);
    const own = Object.getOwnPropertyDescriptor(w, '__proto__');
    assert.equal(own.value(1), 4);
    const foo = new w.Foo();
    foo.__proto__ = 9;
    const plain = foo.toJSON();
    assert.equal(Object.getPrototypeOf(plain), Object.prototype);
    assert.equal(Object.getOwnPropertyDescriptor(plain, '__proto__').value, 9);
    assert.equal(plain.field, 6);
    const one = new w.undefined(1);
    assert.equal(one.add(one).__proto__, 2);
    foo[Symbol.dispose]();
    assert.throws(() => foo.toJSON());
}

function checkYounger(w) {
    assert.equal(w['not-an-identifier'](1), 3);
    const one = new w.undefined(1);
    assert.equal(one['a method'](new w.undefined(4)).__proto__, 5);
    assert.equal(+one, 1);
    assert.equal(new w.Foo().toJSON()['a field'], 6);
    const unit = new w.Unit();
    assert.equal(unit.unit, undefined);
    unit.unit = undefined;
    unit.nothing = undefined;
    assert.equal(unit.calls, 1);
}

Object.assign(globalThis, GLOBALS);
for (const [version, ...features] of [['0.2.130', '--features', 'unit'], ['0.2.99']])
    for (const target of ['web', 'nodejs', 'no-modules', 'experimental-nodejs-module'])
        for (const mode of ['on', 'off'])
            test(`hostile names: ${version}, ${target}, externref ${mode}`, async (t) => {
                const script = bind(t, moduleOf(CRATE, version, ...features), target, `--externref=${mode}`);
                const w = await load(script, target);
                checkCalls(w);
                if (features.length) checkYounger(w);
            });

test('hostile names: the syntax of the other targets', (t) => {
    for (const target of ['bundler', 'deno', 'module']) bind(t, moduleOf(CRATE, '0.2.130', '--features', 'younger'), target);
});

test('doc comments end where they should', (t) => {
    const script = bind(t, moduleOf(CRATE, '0.2.99'), 'nodejs');
    for (const file of [script, script.replace(/\.js$/, '.d.ts')]) {
        const text = readFileSync(file, 'utf8');
        for (const line of [' * Ends the comment *\\/ or does it?', ' * / a line that begins with a slash', ' * /'])
            assert.ok(text.split('\n').includes(line), `${file}: ${line}`);
    }
});

// Declarations keep the name where the glue's own is another, as upstream's do (seen with 0.2.130).
test('types of parameters: one that is overridden, optional ones before and behind it', (t) => {
    const script = bind(t, moduleOf(CRATE, '0.2.130', '--features', 'unit'), 'nodejs');
    const declared = readFileSync(script.replace(/\.js$/, '.d.ts'), 'utf8');
    assert.ok(declared.includes('function overridden(first: number | null | undefined, second: 1 | 2, wasm?: number | null): number;'), declared);
    const text = readFileSync(script, 'utf8');
    for (const line of [' * @param {number | null | undefined} first', ' * @param {1 | 2} second', ' * @param {number | null} [wasm2] - the last one'])
        assert.ok(text.includes(line), line);
});

const ALL = ['bundler', 'web', 'no-modules', 'nodejs', 'experimental-nodejs-module', 'deno', 'module'];
for (const [feature, targets, message] of [
    ['init-sync', ['web', 'no-modules'], /`initSync` would be both the init function of target `(web|no-modules)` and a function/],
    ['default-export', ['web'], /`default`/],
    ['two-constructors', ALL, /class `Foo`: it has more than one constructor/],
    ['constructor-method', ALL, /class `Foo`: a member cannot be called `constructor`/],
    ['static-prototype', ALL, /class `Foo`: a static member cannot be called `prototype`/],
    ['class-and-function', ALL, /`Foo` would be both a class and a function/],
    ['setter-of-two', ALL, /`Foo\.two`, a setter takes exactly one argument/],
])
    test(`refused: ${feature}`, (t) => {
        const wasm = moduleOf(CRATE, '0.2.130', '--features', feature);
        for (const target of ALL) {
            const { status, stderr } = tryBind(t, wasm, target);
            assert.equal(status === 0, !targets.includes(target), stderr);
            if (status) assert.match(stderr, message);
        }
    });
