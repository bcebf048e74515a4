// Bad input: a clear error, exit status 1, nothing half-written.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { build, custom, entry, filesBelow, header, metadata, moduleOf, run, scratch, section, sectionsOf, text, wasmbind } from './support.mjs';

function bind(t, bytes, ...flags) {
  const folder = scratch(t);
  writeFileSync(join(folder, 'in.wasm'), Buffer.from(bytes));
  const out = join(folder, 'out');
  mkdirSync(out);
  const result = run([join(folder, 'in.wasm'), '--out-dir', out, '--target', 'web', ...flags]);
  return { ...result, out, files: filesBelow(out) };
}

function refused(result, ...patterns) {
  assert.equal(result.signal, null);
  assert.equal(result.status, 1, result.stderr);
  assert.match(result.stderr, /^error: /);
  for (const pattern of patterns) assert.match(result.stderr, pattern);
  assert.equal(result.stdout, '');
  assert.ok(result.stderr.split('\n').length <= 25, 'more than a screen');
  assert.deepEqual(result.files, [], 'something was written');
}

// A type () → (), for imports and exports of functions.
const types = section(1, [1, 0x60, 0, 0]);
const importOf = (module, name) => section(2, [1, ...text(module), ...text(name), 0, 0]);
const oneFunction = [...section(3, [1, 0])];
const exportOf = (name) => section(7, [1, ...text(name), 0, 0]);
const emptyBody = section(10, [1, 2, 0, 0x0b]);

test('not wasm', (t) => {
  refused(bind(t, []), /in\.wasm/);
  refused(bind(t, Buffer.from('#!/bin/sh\necho hello\n')), /not a WebAssembly/i);
  refused(bind(t, Buffer.alloc(1000)), /not a WebAssembly/i);
});

test('a component, an unknown version', (t) => {
  refused(bind(t, [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 0]), /component/i);
  refused(bind(t, [0, 0x61, 0x73, 0x6d, 2, 0, 0, 0]), /version/i);
});

test('stripped modules are recognised', (t) => {
  refused(bind(t, [...header, ...types, ...importOf('__wbindgen_placeholder__', '__wbg_x')]), /stripped/, /__wbg_x/);
  refused(bind(t, [...header, ...types, ...oneFunction, ...exportOf('__wbindgen_describe_foo'), ...emptyBody]), /stripped/,
    /__wbindgen_describe_foo/);
});

test('a module that has nothing to do with wasm-bindgen is bound as it is', (t) => {
  const result = bind(t, [...header, ...types, ...oneFunction, ...exportOf('foo'), ...emptyBody]);
  assert.equal(result.status, 0, result.stderr);
  const module = new WebAssembly.Module(readFileSync(join(result.out, 'in_bg.wasm')));
  assert.deepEqual(WebAssembly.Module.exports(module), [{ name: 'foo', kind: 'function' }]);
});

test('custom sections nobody knows pass through', (t) => {
  const result = bind(t, [...header, ...custom('first', [1, 2]), ...types, ...custom('second', [3]), ...oneFunction, ...exportOf('foo'),
    ...emptyBody, ...custom('third', []), ...custom('.debug_info', [9])]);
  assert.equal(result.status, 0, result.stderr);
  const found = sectionsOf(join(result.out, 'in_bg.wasm')).filter(([id]) => id === 0).map(([, name]) => name);
  assert.deepEqual(found.filter((name) => name !== 'producers'), ['first', 'second', 'third']);
});

test('versions: mixed, unknown, newer with a known schema', (t) => {
  const known = entry('0.2.122', '0.2.127');
  assert.equal(bind(t, [...header, ...metadata(known)]).status, 0);
  refused(bind(t, [...header, ...metadata(known, entry('0.2.122', '0.2.126'))]), /0\.2\.127/, /0\.2\.126/);
  refused(bind(t, [...header, ...metadata(entry('9.9.9', '9.9.9'))]), /9\.9\.9/, /0\.2\.130/, /--allow-unknown-schema/);
  assert.equal(bind(t, [...header, ...metadata(entry('0.2.122', '0.2.999'))]).status, 0);
});

test('metadata in several sections, one entry over two of them, thousands of empty ones', (t) => {
  const good = entry('0.2.122', '0.2.127');
  assert.equal(bind(t, [...header, ...metadata(good.slice(0, 40)), ...metadata(good.slice(40))]).status, 0);
  const many = Array.from({ length: 8000 }, () => metadata(good)).flat();
  assert.equal(bind(t, [...header, ...many]).status, 0);
});

test('corrupt metadata', (t) => {
  const good = entry('0.2.122', '0.2.127');
  for (let cut = 1; cut < good.length; cut++)
    refused(bind(t, [...header, ...metadata(good.slice(0, -cut))]), /__wasm_bindgen_unstable/);
  refused(bind(t, [...header, ...metadata([...good, 0])]), /__wasm_bindgen_unstable/);
});

test('an opcode nobody knows', (t) => {
  const result = bind(t, [...header, ...types, ...oneFunction, ...exportOf('foo'), ...section(10, [1, 3, 0, 0xff, 0x0b]),
    ...custom('name', [1, 6, 1, 0, 3, ...Buffer.from('abc')])]);
  refused(result, /0xff/i, /abc/, /offset/);
});

test('an unwritable folder, a file in the way', (t) => {
  const input = moduleOf('examples/million', '0.2.127');
  const folder = scratch(t);
  const attempt = (out) => run([input, '--out-dir', out, '--target', 'web', '--out-name', 'x']);
  writeFileSync(join(folder, 'file'), 'kept');
  for (const out of [join(folder, 'file'), join(folder, 'file/below'), '/proc/wasmbind-cannot-be-here']) {
    const result = attempt(out);
    assert.equal(result.status, 1);
    assert.match(result.stderr, /^error: /);
    assert.match(result.stderr, /cannot create/);
  }
  assert.equal(readFileSync(join(folder, 'file'), 'utf8'), 'kept');
  // A folder where one of the later files should go: the earlier ones must not appear either.
  mkdirSync(join(folder, 'out/x_bg.wasm.d.ts'), { recursive: true });
  const blocked = attempt(join(folder, 'out'));
  assert.equal(blocked.status, 1);
  assert.match(blocked.stderr, /in the way/);
  assert.deepEqual(filesBelow(join(folder, 'out')), []);
  // Nothing is unwritable for root: then it is somebody else who tries.
  const other = process.getuid() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  const [program, copy] = [join(folder, 'wasmbind'), join(folder, 'in.wasm')];
  copyFileSync(wasmbind, program);
  copyFileSync(input, copy);
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'locked'));
  chmodSync(join(folder, 'locked'), 0o555);
  for (const out of ['locked', 'locked/below']) {
    const [command, ...args] = [...other, program, copy, '--out-dir', join(folder, out), '--target', 'web'];
    const locked = spawnSync(command, args, { encoding: 'utf8' });
    refused({ ...locked, files: filesBelow(join(folder, 'locked')) }, /cannot create .*: Permission denied/);
  }
});

test('every prefix of a small real module: an error, or where it is itself a module a valid result', (t) => {
  const input = moduleOf('tests/cli/tiny', '0.2.127');
  const whole = readFileSync(input);
  const folder = scratch(t);
  const lengths = execFileSync(join(build, 'prefixes'), [input, folder], { encoding: 'utf8' }).split('\n').filter(Boolean).map(Number);
  for (const length of lengths) {
    assert.ok(WebAssembly.validate(whole.subarray(0, length)), `${length} bytes are no module, but were bound`);
    assert.ok(WebAssembly.validate(readFileSync(join(folder, String(length), 'out_bg.wasm'))), `${length} bytes gave an invalid module`);
  }
  // The header alone is a module; what lies between two sections is one only if it does not ask for the metadata behind it.
  assert.ok(lengths.includes(8));
  assert.ok(lengths.length < 20, `${lengths.length} prefixes were bound`);
  // The same through the program itself, at a few lengths.
  for (const length of [0, 1, 7, 8, 9, 100, whole.length >> 1, whole.length - 1]) {
    const result = bind(t, whole.subarray(0, length));
    if (lengths.includes(length)) assert.equal(result.status, 0, result.stderr);
    else refused(result);
  }
});

// Runs a shell command with the program as $1 and a small module as $2, in a folder of its own.
function shell(t, command) {
  const folder = scratch(t);
  writeFileSync(join(folder, 'in.wasm'), Buffer.from([...header, ...types, ...oneFunction, ...exportOf('foo'), ...emptyBody]));
  const result = spawnSync('bash', ['-c', command, 'bash', wasmbind, 'in.wasm'], { cwd: folder, encoding: 'utf8' });
  return { ...result, files: filesBelow(folder).filter((file) => file !== 'in.wasm') };
}

test('input from a pipe is read, endless input is refused', (t) => {
  assert.deepEqual(shell(t, 'cat "$2" | "$1" /dev/stdin --out-dir out --out-name in --target web').files,
    ['out/in.d.ts', 'out/in.js', 'out/in_bg.wasm', 'out/in_bg.wasm.d.ts']);
  refused(shell(t, '"$1" /dev/zero --out-dir out --target web'), /not a WebAssembly/i);
  refused(shell(t, '"$1" . --out-dir out --target web'), /folder/);
});

test('a limit on file sizes or memory is an error, and nothing is left behind', (t) => {
  const large = [...header, ...custom('x', Array(300000).fill(65))];
  const folder = scratch(t);
  writeFileSync(join(folder, 'in.wasm'), Buffer.from(large));
  const limited = (limit) => {
    const result = spawnSync('bash', ['-c', `ulimit ${limit}; exec "$1" in.wasm --out-dir out --target web`, 'bash', wasmbind], { cwd: folder, encoding: 'utf8' });
    return { ...result, files: filesBelow(folder).filter((file) => file !== 'in.wasm') };
  };
  refused(limited('-f 20'), /too large/i);
  if (process.env.WASMBIND_BUILD?.includes('asan')) return;
  refused(limited('-v 4000'), /out of memory|memory/i);
  for (let size = 2500; size < 6000; size += 100) // wherever it ends
    assert.ok([0, 4].includes(limited(`-v ${size}`).files.length));
});

test('a signal that is ignored changes nothing', (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, 'in.wasm'), Buffer.from([...header, ...custom('x', Array(20000000).fill(65))]));
  const nohup = spawnSync('bash', ['-c', `trap '' HUP; "$1" in.wasm --out-dir out --target web & while kill -HUP $! 2>/dev/null; do :; done; wait $!`, 'bash', wasmbind], { cwd: folder, encoding: 'utf8' });
  assert.equal(nohup.status, 0, nohup.stderr);
  assert.equal(filesBelow(join(folder, 'out')).length, 4);
});

test('an interrupted run leaves all files or none', async (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, 'in.wasm'), Buffer.from([...header, ...custom('x', Array(20000000).fill(65))]));
  const signals = ['TERM', 'INT', 'HUP', 'QUIT', 'ALRM', 'XCPU', 'USR1', 'PIPE', 'VTALRM', 'USR2'];
  for (let wait = 0; wait < 40; wait += 2) {
    spawnSync('timeout', ['-s', signals[(wait / 2) % signals.length], String(wait / 1000 + 0.001), wasmbind, 'in.wasm', '--out-dir', 'out', '--target', 'web'], { cwd: folder });
    const files = filesBelow(folder).filter((file) => file !== 'in.wasm');
    assert.ok(files.length === 0 || files.length === 4, files.join(' '));
  }
});

test('names in messages cannot steer a terminal', (t) => {
  refused(bind(t, [...header, ...types, ...importOf('__wbindgen_placeholder__', '\x1b]0;evil\x07\n\nerror: fake')]), /^(?![^]*\x1b)(?![^]*\x07)(?![^]*\nerror:)/);
});
