// Readable names: ours against the Rust crate rustc-demangle, and name sections against upstream's.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { build, cleanEnvironment, moduleOf, root, run, scratch } from '../cli/support.mjs';
import { hostileSymbols, legacySymbol, mutate, random, v0Symbol } from './symbols.mjs';

// The names of functions in a name section: [index, name].
function functionNames(file) {
  const [content] = WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(file)), 'name');
  const bytes = Buffer.from(content);
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      value += (bytes[at] & 0x7f) * 2 ** shift;
      if (bytes[at++] < 0x80) return value;
    }
  };
  const names = [];
  while (at < bytes.length) {
    const id = bytes[at++], end = number() + at;
    for (let count = id === 1 ? number() : 0; count > 0; count--) {
      const index = number(), size = number();
      names.push([index, bytes.toString('utf8', at, at + size)]);
      at += size;
    }
    at = end;
  }
  return names;
}

const crate = execFileSync(join(root, 'tests/demangle/crate.sh'), { encoding: 'utf8' }).trim();

function demangleAll(program, symbols) {
  const result = spawnSync(program, { input: symbols.map((s) => s + '\n').join(''), maxBuffer: 2 ** 30 });
  if (result.error) throw result.error;
  assert.equal(result.status, 0, result.stderr.toString());
  const lines = result.stdout.toString('utf8').split('\n');
  assert.equal(lines.pop(), '');
  assert.equal(lines.length, symbols.length);
  return lines;
}

// Our names, after comparing each with the crate's. Returns how many are no symbols' own text.
function compare(symbols) {
  const [ours, theirs] = [join(build, 'demangle'), crate].map((program) => demangleAll(program, symbols));
  const short = (s) => s.length > 400 ? `${s.slice(0, 150)} … ${s.slice(-150)} (${s.length})` : s;
  symbols.forEach((symbol, i) => {
    if (ours[i] !== theirs[i]) assert.fail(`${short(symbol)}\n  ours:   ${short(ours[i])}\n  theirs: ${short(theirs[i])}`);
  });
  return symbols.filter((symbol, i) => symbol !== ours[i]).length;
}

for (const flags of [['--debug'], []])
  test(`every symbol of a large module ${flags.join(' ')}`, () => {
    const symbols = functionNames(moduleOf('bench/bigmodule', '0.2.127', ...flags)).map(([, name]) => name);
    assert.ok(symbols.filter((s) => s.startsWith('_R')).length > 200, 'hardly any symbols of the v0 mangling');
    assert.ok(compare(symbols) > (flags.length ? 40_000 : 4_000));
  });

test('symbols that ask for much', () => {
  assert.ok(compare(hostileSymbols()) > 80);
});

test('symbols by the grammar, and damaged ones', () => {
  const r = random(20250101);
  const real = functionNames(moduleOf('bench/bigmodule', '0.2.127')).map(([, name]) => name);
  const symbols = [];
  for (let i = 0; i < 6000; i++) {
    const v0 = v0Symbol(r, 2 + r.below(5)), legacy = legacySymbol(r);
    symbols.push(v0, mutate(r, v0), legacy, mutate(r, legacy), mutate(r, r.pick(real)));
  }
  assert.ok(compare(symbols) > 6000);
});

// Function names of a tool's output, mangled → readable, from two runs.
function namePairs(t, program, input) {
  const names = [['--no-demangle'], []].map((flags) => {
    const out = scratch(t);
    const result = run([input, '--out-dir', out, '--out-name', 'x', '--target', 'web', ...flags], { program });
    assert.equal(result.status, 0, result.stderr);
    return new Map(functionNames(join(out, 'x_bg.wasm')));
  });
  const pairs = new Map();
  for (const [index, mangled] of names[0]) pairs.set(mangled, [...pairs.get(mangled) ?? [], names[1].get(index)].sort());
  return pairs;
}

// From 0.2.106 on, equal names are numbered.
for (const [crateFolder, version, ...flags] of [['examples/million', '0.2.99', '--debug'], ['bench/bigmodule', '0.2.127'], ['examples/million', '0.2.130', '--debug']])
  test(`name section as upstream's, ${crateFolder} ${version}`, (t) => {
    const input = moduleOf(crateFolder, version, ...flags);
    const upstream = execFileSync(join(root, 'tools/upstream-cli.sh'), [version], { encoding: 'utf8', env: cleanEnvironment() }).trim();
    const theirs = namePairs(t, upstream, input), ours = namePairs(t, join(build, 'wasmbind'), input);
    let compared = 0, numbered = 0;
    for (const [mangled, readable] of ours) {
      const wanted = theirs.get(mangled);
      if (!wanted || wanted.length !== readable.length) continue; // one tool removes a function or adds a helper
      assert.deepEqual(readable, wanted, mangled);
      compared++;
      numbered += readable.filter((name) => /\[\d+\]$/.test(name)).length;
    }
    assert.ok(compared > 0.9 * theirs.size, `only ${compared} of ${theirs.size} names compared`);
    assert.equal(numbered > 0, version !== '0.2.99', `${numbered} names with a number`);
  });

test('no names at all with --remove-name-section', (t) => {
  const out = scratch(t);
  const result = run([moduleOf('tests/cli/tiny', '0.2.127'), '--out-dir', out, '--out-name', 'x', '--target', 'web', '--remove-name-section']);
  assert.equal(result.status, 0, result.stderr);
  assert.deepEqual(WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(join(out, 'x_bg.wasm'))), 'name'), []);
});
