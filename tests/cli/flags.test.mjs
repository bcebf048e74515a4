// What every option of upstream's tools does, next to their own output for the same module.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { filesBelow, moduleOf, root, run, scratch, sectionsOf, wasmbind } from './support.mjs';

const VERSIONS = ['0.2.99', '0.2.127', '0.2.130'];
const upstreamOf = (version) => execFileSync(join(root, 'tools/upstream-cli.sh'), [version], { encoding: 'utf8' }).trim();
const program = (version, ...flags) => moduleOf('tests/targets/crate', version, '--features', 'start', ...flags);

/** Binds with `flags` into a folder of its own; {out, stderr}. */
function bind(t, tool, wasm, ...flags) {
  const out = scratch(t);
  const result = run([wasm, '--out-dir', out, '--out-name', 'x', ...flags], { program: tool });
  assert.equal(result.status, 0, result.stderr);
  assert.equal(result.stdout, '');
  return { out, stderr: result.stderr };
}

const contents = (folder) => filesBelow(folder).map((file) => [file, readFileSync(join(folder, file)).toString('latin1')]);
const customs = (folder) => sectionsOf(join(folder, 'x_bg.wasm')).filter(([id]) => id === 0).map(([, name]) => name).sort();
const exportsOf = (folder) => WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(join(folder, 'x_bg.wasm')))).map(({ name }) => name);

/** Options that may still be refused. */
const UNFINISHED = ['omit-imports', 'split-linked-modules', 'split-debug-info', 'debug-info-url', 'experimental-reset-state-function',
  'force-enable-abort-handler', 'js-string-builtins', 'ts-typed-array-buffers'];
/** Options whose value has to be one of a few, or fits one target only. */
const VALUES = { target: 'web', 'encode-into': 'never', 'out-dir': null, 'out-name': 'y', 'no-modules-global': 'g', 'debug-info-url': 'x' };

for (const version of ['0.2.92', ...VERSIONS])
  test(`every option in the help of ${version} is known, and does something or says that it does not yet`, (t) => {
    const help = spawnSync(upstreamOf(version), ['--help'], { encoding: 'utf8' });
    const names = new Set([...`${help.stdout}${help.stderr}`.matchAll(/^\s*(?:-\w,? )?\s*--([a-z][a-z-]+)/gm)].map((m) => m[1]));
    for (const hidden of ['typescript', 'nodejs', 'web', 'no-modules', 'weak-refs', 'reference-types']) names.add(hidden);
    assert.ok(names.size >= 20, [...names].join());
    for (const name of names) {
      if (['help', 'version'].includes(name)) {
        assert.equal(run([`--${name}`]).status, 0);
        continue;
      }
      const args = [`--${name}`, ...(VALUES[name] ? [VALUES[name]] : [])];
      if (name === 'out-dir') args.length = 0;
      if (name === 'no-modules-global') args.push('--target', 'no-modules');
      const result = run([program('0.2.130'), '--out-dir', scratch(t), ...args]);
      if (UNFINISHED.includes(name)) {
        assert.equal(result.status, 1);
        assert.match(result.stderr, new RegExp(`^error: not implemented yet: --${name}$`, 'm'));
      } else {
        assert.equal(result.status, 0, `${name}: ${result.stderr}`);
        assert.equal(result.stderr.includes('error'), false, result.stderr);
      }
    }
  });

for (const version of VERSIONS)
  test(`sections: ${version}`, (t) => {
    for (const flags of [[], ['--remove-name-section'], ['--remove-producers-section'], ['--remove-name-section', '--remove-producers-section']])
      for (const wasm of [program(version), program(version, '--debug')]) {
        const ours = customs(bind(t, wasmbind, wasm, ...flags).out);
        assert.deepEqual(ours, customs(bind(t, upstreamOf(version), wasm, ...flags).out), flags.join(' '));
        assert.equal(ours.includes('name'), !flags.includes('--remove-name-section'));
        assert.equal(ours.includes('producers'), !flags.includes('--remove-producers-section'));
      }
  });

test('--keep-debug: a warning, and the sections are dropped', (t) => {
  const wasm = program('0.2.130', '--debug');
  assert.ok(sectionsOf(wasm).some(([, name]) => name.startsWith('.debug_')));
  const { out, stderr } = bind(t, wasmbind, wasm, '--keep-debug');
  assert.match(stderr, /^warning: .*--keep-debug/m);
  assert.deepEqual(customs(out), customs(bind(t, wasmbind, wasm).out));
});

for (const version of VERSIONS)
  test(`--keep-lld-exports: ${version}`, (t) => {
    const linker = ['__heap_base', '__data_end', '__indirect_function_table'];
    // Some of them keep their name as part of the run-time support, so the exports that are the tool's own are left out.
    const visible = (folder) => exportsOf(folder).filter((name) => linker.includes(name) || !name.startsWith('__')).sort();
    for (const flags of [[], ['--keep-lld-exports']]) {
      const ours = visible(bind(t, wasmbind, program(version), ...flags).out);
      assert.deepEqual(ours, visible(bind(t, upstreamOf(version), program(version), ...flags).out));
      assert.equal(ours.includes('__heap_base'), flags.length > 0);
    }
  });

for (const version of VERSIONS)
  test(`--no-typescript: ${version}`, (t) => {
    for (const target of ['bundler', 'web', 'no-modules', 'nodejs']) {
      const { out } = bind(t, wasmbind, program(version), '--target', target, '--no-typescript');
      assert.deepEqual(filesBelow(out), filesBelow(bind(t, upstreamOf(version), program(version), '--target', target, '--no-typescript').out));
      assert.equal(filesBelow(out).some((file) => file.endsWith('.d.ts')), false);
      assert.ok(!readFileSync(join(out, 'x.js'), 'utf8').includes('@ts-self-types'));
    }
  });

test('options that are another spelling, or the default', (t) => {
  const wasm = program('0.2.130');
  const same = (a, b) => assert.deepEqual(contents(bind(t, wasmbind, wasm, ...a).out), contents(bind(t, wasmbind, wasm, ...b).out), a.join(' '));
  same(['--web'], ['--target', 'web']);
  same(['--nodejs'], ['--target', 'nodejs']);
  same(['--no-modules'], ['--target', 'no-modules']);
  same(['--browser'], ['--target', 'bundler']);
  same(['--target', 'bundler', '--browser'], []);
  same(['--typescript'], []);
  same(['--weak-refs'], []);
  same(['--reference-types'], ['--externref=on']);
  same(['--encode-into', 'test'], []);
  same(['--no-modules-global', 'wasm_bindgen', '--target', 'no-modules'], ['--target', 'no-modules']);
  for (const [first, second] of [['web', '--browser'], ['nodejs', '--web'], ['web', '--web']])
    assert.match(run([wasm, '--out-dir', scratch(t), '--target', first, second]).stderr, /^error: .*cannot be used with/);
});

test('--no-modules-global takes an identifier', (t) => {
  for (const name of ['a.b', '1', 'class', ''])
    assert.match(run([program('0.2.130'), '--out-dir', scratch(t), '--target', 'no-modules', '--no-modules-global', name]).stderr, /^error: .*not a JavaScript identifier/);
});

test('--omit-default-module-path', (t) => {
  for (const version of VERSIONS)
    for (const target of ['web', 'no-modules'])
      for (const flags of [[], ['--omit-default-module-path']]) {
        const knows = (tool) => /_bg\.wasm['"]/.test(readFileSync(join(bind(t, tool, program(version), '--target', target, ...flags).out, 'x.js'), 'utf8'));
        assert.equal(knows(wasmbind), !flags.length);
        assert.equal(knows(upstreamOf(version)), !flags.length);
      }
});

test('--no-modules-global', (t) => {
  for (const tool of [wasmbind, upstreamOf('0.2.130')]) {
    const { out } = bind(t, tool, program('0.2.130'), '--target', 'no-modules', '--no-modules-global', 'my$Global');
    const text = readFileSync(join(out, 'x.js'), 'utf8');
    assert.deepEqual(new Function(`${text}\nreturn [typeof my$Global, typeof wasm_bindgen];`)(), ['function', 'undefined']);
    assert.match(readFileSync(join(out, 'x.d.ts'), 'utf8'), /^declare namespace my\$Global \{$/m);
  }
});

test('--reference-types, for a module that does not ask for them', (t) => {
  const wasm = moduleOf('tests/run/crate', '0.2.92');
  const hasTable = (tool, ...flags) => {
    const tables = sectionsOf(join(bind(t, tool, wasm, '--target', 'web', ...flags).out, 'x_bg.wasm')).find(([id]) => id === 4)?.[2] ?? [];
    return [...tables].includes(0x6f);
  };
  for (const tool of [wasmbind, upstreamOf('0.2.92')]) {
    assert.equal(hasTable(tool), false);
    assert.equal(hasTable(tool, '--reference-types'), true);
  }
});

/** What passing a string does where TextEncoder has `encodeInto` (counted) or has not. */
function encode(folder, has) {
  writeFileSync(join(folder, 'main.cjs'), `
    let calls = 0;
    const original = TextEncoder.prototype.encodeInto;
    ${has ? 'TextEncoder.prototype.encodeInto = function (...args) { calls++; return original.apply(this, args); };' : 'delete TextEncoder.prototype.encodeInto;'}
    const w = require('./x.js');
    let result;
    try { result = w.reverse('añ'.repeat(50)) === 'ña'.repeat(50); } catch (e) { result = e.name; }
    console.log(JSON.stringify([result, calls > 0]));`);
  return JSON.parse(execFileSync(process.execPath, ['main.cjs'], { cwd: folder, encoding: 'utf8' }));
}

for (const version of VERSIONS)
  test(`--encode-into: ${version}`, (t) => {
    for (const how of ['test', 'always', 'never']) {
      const outcome = (tool) => {
        const { out } = bind(t, tool, program(version), '--target', 'nodejs', '--encode-into', how);
        return [encode(out, true), encode(out, false)];
      };
      const ours = outcome(wasmbind);
      assert.deepEqual(ours, outcome(upstreamOf(version)), how);
      assert.deepEqual(ours[0], [true, how !== 'never']);
      assert.equal(ours[1][0], how === 'always' ? 'TypeError' : true);
    }
  });

/** Command lines of other tools, verbatim (docs/upstream/integrations.md); W the module, D the folder. */
const CALLERS = {
  'wasm-pack': ['W --out-dir D --typescript --target web --out-name x', 'W --out-dir D --no-typescript --weak-refs --reference-types --target bundler --out-name x --debug --no-demangle --keep-debug --omit-default-module-path',
    'W --out-dir D --typescript --nodejs --out-name x'],
  trunk: ['--target=web --out-dir=D --out-name=x W', '--target=no-modules --out-dir=D --out-name=x W --keep-debug --no-demangle --reference-types --weak-refs --no-typescript'],
  'cargo-leptos': ['--target=web --keep-lld-exports --no-demangle --debug --keep-debug --out-name=x --out-dir=D W'],
  dioxus: ['--target web --debug --no-demangle --keep-debug --remove-name-section --remove-producers-section --keep-lld-exports --out-name x --no-typescript --out-dir D W'],
  'worker-build': ['W --out-dir D --no-typescript --target module --out-name x --debug --no-demangle --keep-debug --omit-default-module-path', 'W --out-dir D --no-typescript --target bundler --out-name x'],
  bevy: ['--no-typescript --out-name x --out-dir D --target web W'],
};

for (const [caller, lines] of Object.entries(CALLERS))
  test(`called as by ${caller}`, (t) => {
    for (const line of lines) {
      const out = join(scratch(t), 'deep/pkg');
      mkdirSync(out, { recursive: true });
      const result = run(line.split(' ').map((word) => word.replace(/^W$/, program('0.2.130')).replace(/^(--out-dir=)?D$/, `$1${out}`)));
      assert.equal(result.status, 0, result.stderr);
      assert.equal(result.stdout, '');
      const files = ['x.js', 'x_bg.wasm', ...(line.includes('bundler') ? ['x_bg.js'] : []), ...(line.includes('--no-typescript') ? [] : ['x.d.ts', 'x_bg.wasm.d.ts'])];
      assert.deepEqual(filesBelow(out), files.sort());
    }
  });

test('what other tools look for in the text', (t) => {
  const wasm = moduleOf('tests/targets/crate', '0.2.130', '--features', 'inline,local,raw,start');
  const names = ['Counter', '_delete', 'begin', 'copy', 'hypotenuse', 'refuse', 'reverse', 'started', 'sum', 'use_inline', 'use_local', 'use_raw'];
  // worker-build reads line by line.
  const lines = readFileSync(join(bind(t, wasmbind, wasm, '--target', 'module').out, 'x.js'), 'utf8').split('\n');
  const scraped = lines.flatMap((line) => /^export function (.*?)\(/.exec(line)?.[1] ?? /^export class (.*?) \{/.exec(line)?.[1] ?? /^export \{.* as (.*) \}/.exec(line)?.[1] ?? []);
  assert.deepEqual(scraped.sort(), names);
  assert.ok(lines.includes('import source wasmModule from "./x_bg.wasm";'));
  // dioxus appends code that uses these names.
  const web = readFileSync(join(bind(t, wasmbind, wasm, '--target', 'web').out, 'x.js'), 'utf8');
  for (const pattern of [/^let wasm;$/m, /^function initSync\(/m, /^async function __wbg_init\(/m, /^function __wbg_get_imports\(/m, /wasm\.__wbindgen_start\(\);/, /new URL\('x_bg\.wasm', import\.meta\.url\)/])
    assert.match(web, pattern);
  assert.doesNotMatch(web, /export \{[^}]*__wbg_get_imports/);
});
