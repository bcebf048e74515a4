// Options, exit codes, file names, what --version says.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { build, filesBelow, moduleOf, run, scratch, sectionsOf, wasmbind } from './support.mjs';

const million = () => moduleOf('examples/million', '0.2.127');
const stem = 'x';
const usual = [`${stem}.d.ts`, `${stem}.js`, `${stem}_bg.wasm`, `${stem}_bg.wasm.d.ts`];

function refused(result, pattern) {
  assert.equal(result.status, 1, result.stderr);
  assert.match(result.stderr, /^error: /m);
  assert.match(result.stderr, pattern);
  assert.equal(result.stdout, '');
  assert.ok(result.stderr.split('\n').length <= 25, 'more than a screen');
}

test('the files are those of upstream, and success is quiet', (t) => {
  for (const target of ['web', 'nodejs']) {
    const out = scratch(t);
    const result = run([million(), '--out-dir', out, '--out-name', stem, '--target', target]);
    assert.equal(result.status, 0, result.stderr);
    assert.equal(result.stdout + result.stderr, '');
    assert.deepEqual(filesBelow(out), usual);
  }
});

test('options in any order, with space or equals sign; the stem is the input’s by default', (t) => {
  const orders = [
    (out) => [million(), '--out-dir', out, '--typescript', '--target', 'web'],
    (out) => ['--target=web', `--out-dir=${out}`, million()],
    (out) => ['--target', 'web', million(), '--out-dir', out, '--weak-refs'],
    (out) => [million(), '--web', `--out-dir=${out}`],
    (out) => ['--out-dir', join(out), '--target=web', '--', million()],
  ];
  for (const order of orders) {
    const out = scratch(t);
    const result = run(order(out));
    assert.equal(result.status, 0, result.stderr);
    assert.deepEqual(filesBelow(out), ['million.d.ts', 'million.js', 'million_bg.wasm', 'million_bg.wasm.d.ts']);
  }
});

test('the output folder is created with its parents; old files are replaced', (t) => {
  const out = join(scratch(t), 'a/b/c');
  assert.equal(run([million(), '--out-dir', out, '--target', 'web', '--out-name', stem]).status, 0);
  writeFileSync(join(out, 'x.js'), 'old');
  assert.equal(run([million(), '--out-dir', out, '--target', 'web', '--out-name', stem]).status, 0);
  assert.notEqual(readFileSync(join(out, 'x.js'), 'utf8'), 'old');
  assert.deepEqual(filesBelow(out), usual);
});

test('--no-typescript writes no declarations', (t) => {
  const out = scratch(t);
  assert.equal(run([million(), '--out-dir', out, '--target', 'nodejs', '--no-typescript', '--out-name', stem]).status, 0);
  assert.deepEqual(filesBelow(out), ['x.js', 'x_bg.wasm']);
});

test('the same input gives the same bytes', (t) => {
  const [a, b] = [scratch(t), scratch(t)];
  for (const out of [a, b]) assert.equal(run([million(), '--out-dir', out, '--target', 'web', '--out-name', stem]).status, 0);
  for (const file of usual) assert.deepEqual(readFileSync(join(a, file)), readFileSync(join(b, file)), file);
});

test('sections can be removed; the producer is named', (t) => {
  const out = scratch(t);
  const names = (...flags) => {
    const result = run([million(), '--out-dir', out, '--target', 'web', '--out-name', stem, ...flags]);
    assert.equal(result.status, 0, result.stderr);
    return sectionsOf(join(out, 'x_bg.wasm')).filter(([id]) => id === 0);
  };
  const all = names();
  assert.ok(all.some(([, name]) => name === 'name'));
  const producers = all.find(([, name]) => name === 'producers');
  assert.match(Buffer.from(producers[2]).toString('latin1'), /processed-by[\s\S]*wasm-bindgen.0\.2\.127/);
  assert.ok(!all.some(([, name]) => name.startsWith('__wasm_bindgen')));
  assert.ok(!names('--remove-name-section').some(([, name]) => name === 'name'));
  assert.ok(!names('--remove-producers-section').some(([, name]) => name === 'producers'));
});

test('reference mode: flags, variables, and which wins', (t) => {
  const out = scratch(t);
  const hasTable = (args, env = {}) => {
    const result = run([million(), '--out-dir', out, '--target', 'web', '--out-name', stem, ...args], { env });
    assert.equal(result.status, 0, result.stderr);
    const module = new WebAssembly.Module(readFileSync(join(out, 'x_bg.wasm')));
    const inside = sectionsOf(join(out, 'x_bg.wasm')).find(([id]) => id === 4)?.[2] ?? [];
    const exported = WebAssembly.Module.exports(module).some(({ name }) => name === '__wbindgen_externrefs');
    const table = [...inside].includes(0x6f);
    assert.ok(table || !exported);
    return table;
  };
  assert.equal(hasTable(['--externref=on']), true);
  assert.equal(hasTable(['--externref=off']), false);
  assert.equal(hasTable(['--externref', 'auto']), true, 'rustc of today switches reference types on');
  assert.equal(hasTable(['--reference-types']), true);
  assert.equal(hasTable(['--externref=off'], { WASM_BINDGEN_EXTERNREF: '1' }), false, 'an explicit flag wins');
  assert.equal(hasTable([], { WASM_BINDGEN_EXTERNREF: '0' }), true, 'any value means on');
  refused(run([million(), '--out-dir', out, '--target', 'web', '--externref=off', '--reference-types']), /--reference-types/);
});

test('wrong command lines', (t) => {
  const out = scratch(t);
  const cases = [
    [[], /missing/],
    [[million()], /--out-dir/],
    [['--out-dir', out], /input .* missing/],
    [[million(), '--out-dir'], /needs a value/],
    [[million(), '--out-dir', out, '--frobnicate'], /--frobnicate/],
    [[million(), '--out-d', out], /--out-d/],
    [[million(), million(), '--out-dir', out], /only one input/],
    [[million(), '--out-dir', out, '--target', 'moon'], /possible values: bundler, web/],
    [[million(), '--out-dir', out, '--target', 'web', '--nodejs'], /cannot be used with/],
    [[million(), '--out-dir', out, '--typescript', '--no-typescript'], /cannot be used with/],
    [[million(), '--out-dir', out, '--target', 'web', '--no-modules-global', 'x'], /--no-modules-global/],
    [[million(), '--out-dir', out, '--target', 'web', '--externref=maybe'], /possible values: auto, on, off/],
    [[million(), '--out-dir', out, '--target', 'web', '--out-name', '../x'], /stem/],
    [[million(), '--out-dir', out, '--out-dir', out, '--target', 'web'], /twice/],
    [[join(out, 'absent.wasm'), '--out-dir', out, '--target', 'web'], /absent\.wasm/],
    [[out, '--out-dir', out, '--target', 'web'], /folder/],
  ];
  for (const [args, pattern] of cases) refused(run(args), pattern);
  assert.deepEqual(filesBelow(out), []);
});

test('--help', () => {
  const result = run(['--help']);
  assert.equal(result.status, 0);
  assert.match(result.stdout, /--out-dir DIR/);
  assert.equal(result.stderr, '');
});

test('--version: variable, folder name, file name, lock file, newest', (t) => {
  const folder = scratch(t);
  const version = (options = {}) => {
    const result = run(['--version'], { cwd: folder, ...options });
    assert.equal(result.status, 0);
    assert.match(result.stdout, /^wasm-bindgen \S+\n$/);
    return result.stdout.trim().split(' ')[1];
  };
  assert.equal(version(), '0.2.130');
  assert.equal(version({ program: join(build, 'wasm-bindgen') }), '0.2.130');
  const lock = (v) => `version = 4\n\n[[package]]\nname = "wasm-bindgen"\nversion = "${v}"\n\n[[package]]\nname = "zzz"\nversion = "9.9.9"\n`;
  writeFileSync(join(folder, 'Cargo.lock'), lock('0.2.99'));
  assert.equal(version(), '0.2.99');
  writeFileSync(join(folder, 'Cargo.lock'), lock('0.2.96').replaceAll('\n', '\r\n'));
  assert.equal(version(), '0.2.96', 'line ends of another system');
  writeFileSync(join(folder, 'Cargo.lock'), lock('0.2.131-alpha.1'));
  assert.equal(version(), '0.2.131-alpha.1');
  writeFileSync(join(folder, 'Cargo.lock'), lock('0.2.99'));
  mkdirSync(join(folder, 'sub/deep'), { recursive: true });
  assert.equal(version({ cwd: join(folder, 'sub/deep') }), '0.2.99', 'found upward');
  writeFileSync(join(folder, 'sub/Cargo.lock'), '[[package]]\nname = "other"\nversion = "1.0.0"\n');
  assert.equal(version({ cwd: join(folder, 'sub/deep') }), '0.2.99', 'a lock without the crate is passed over');
  const named = join(folder, 'wasm-bindgen-0.2.100');
  cpSync(wasmbind, named);
  assert.equal(version({ program: named }), '0.2.100');
  mkdirSync(join(folder, 'wasm-bindgen-0.2.101-x86_64-unknown-linux-musl'));
  const inFolder = join(folder, 'wasm-bindgen-0.2.101-x86_64-unknown-linux-musl/wasm-bindgen');
  symlinkSync(wasmbind, inFolder);
  assert.equal(version({ program: inFolder }), '0.2.101');
  assert.equal(version({ program: named, env: { WASMBIND_REPORT_VERSION: '0.2.42' } }), '0.2.42');
});
