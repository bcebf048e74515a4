// --memory-growth: memory is obtained ahead, and the module gets the pages that it asked for, whoever else grows memory.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';

import { optimise } from '../run/bind.mjs';
import { need } from '../run/env.mjs';
import { entry, metadata, moduleOf, run, scratch } from './support.mjs';

/** Binds a module of a memory, `size` and `grow`; returns the path of the result. `memory`: its limits. */
function bindMemory(t, memory, ...flags) {
  const folder = scratch(t);
  const [wat, wasm] = ['m.wat', 'm.wasm'].map((name) => join(folder, name));
  writeFileSync(wat, `(module (memory (export "memory") ${memory})
    (func (export "size") (result i32) memory.size)
    (func (export "grow") (param i32) (result i32) local.get 0 memory.grow))`);
  execFileSync(join(need('WASMBIND_NODE_MODULES'), '.bin', 'wat2wasm'), [wat, '-o', wasm]);
  writeFileSync(wasm, Buffer.concat([readFileSync(wasm), Buffer.from(metadata(entry('0.2.122', '0.2.127')))]));
  const result = run([wasm, '--out-dir', join(folder, 'out'), '--target', 'nodejs', ...flags]);
  assert.equal(result.status, 0, result.stderr);
  return join(folder, 'out', 'm_bg.wasm');
}

const instantiate = (file) => new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file))).exports;
const pagesOf = ({ memory }) => memory.buffer.byteLength / 65536;
/** Numbers that look random: 0 ≤ x < 1. */
function* random(seed) {
  for (;;) yield (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** Grows at random, from inside and from outside; every page has one owner at most, and is there. */
function exercise(file, { max, percent, mib, seed }) {
  const w = instantiate(file), rolls = random(seed), roll = () => rolls.next().value;
  const owner = new Array(pagesOf(w)).fill('start');
  let growths = 0, asked = 0, hosts = 0, refused = 0;
  for (let i = 0; i < 400; i++) {
    const before = { real: pagesOf(w), size: w.size() };
    assert.ok(before.size <= before.real);
    if (roll() < 0.02) {
      const n = 1 + Math.floor(roll() * 3);
      if (before.real + n > max) continue;
      const first = w.memory.grow(n);
      for (let page = first; page < first + n; page++) owner[page] = 'host';
      hosts++;
      assert.equal(w.size(), first + n, 'what lies before the pages of the host is given up');
      continue;
    }
    const n = roll() < 0.1 ? 0 : roll() < 0.02 ? 70_000 : Math.floor(roll() ** 3 * 12);
    const first = w.grow(n), real = pagesOf(w);
    if (first < 0) {
      refused++;
      assert.equal(first, -1);
      assert.ok(before.size + n > max, `${n} more pages than ${before.size} would have fitted`);
      assert.deepEqual([real, w.size()], [before.real, before.size], 'a refusal changes nothing');
      continue;
    }
    assert.equal(first, before.size);
    assert.equal(w.size(), first + n);
    assert.ok(first + n <= real, 'every page is there');
    for (let page = first; page < first + n; page++) {
      assert.equal(owner[page], undefined, `page ${page}`);
      owner[page] = 'module';
    }
    const ahead = Math.min(Math.floor((before.real * percent) / 100), mib * 16);
    assert.ok(real === before.real || real - before.real <= Math.max(ahead, n), 'not more ahead than said');
    asked += n > 0;
    growths += real !== before.real;
  }
  return { growths, asked, hosts, refused };
}

for (const [name, flag, percent, mib] of [['by default', null, 25, 64], ['by a percentage', '50', 50, 64], ['with a limit', '200,1', 200, 1]])
  test(`memory is obtained ahead ${name}`, (t) => {
    for (const [limits, max] of [['1', 65536], ['1 900', 900]]) {
      const file = bindMemory(t, limits, ...(flag ? ['--memory-growth', flag] : []));
      const sum = { growths: 0, asked: 0, hosts: 0, refused: 0 };
      for (let seed = 1; seed <= 10; seed++) for (const [key, n] of Object.entries(exercise(file, { max, percent, mib, seed }))) sum[key] += n;
      assert.ok(sum.growths * 2 < sum.asked && sum.hosts > 50 && sum.refused > 20, JSON.stringify(sum));
      optimise(dirname(file), 'm');
      for (let seed = 1; seed <= 10; seed++) exercise(file, { max, percent, mib, seed });
    }
  });

test('all the memory that a maximum allows can be had', (t) => {
  const w = instantiate(bindMemory(t, '1 100'));
  for (let page = 1; page < 100; page++) assert.equal(w.grow(1), page);
  assert.equal(w.grow(1), -1);
  assert.equal(w.grow(0), 100);
});

test('exact growth keeps the instructions', (t) => {
  const steps = [1, 5, 0, 30, 1];
  for (const value of ['exact', '0']) {
    const w = instantiate(bindMemory(t, '1 900', '--memory-growth', value));
    for (const n of steps) {
      const real = pagesOf(w);
      assert.equal(w.grow(n), real);
      assert.equal(pagesOf(w), real + n);
      assert.equal(w.size(), real + n);
    }
  }
});

test('a module that never grows memory gets nothing', (t) => {
  const wasm = moduleOf('tests/cli/tiny', '0.2.130'), [ahead, exact] = [scratch(t), scratch(t)];
  assert.equal(run([wasm, '--out-dir', ahead]).status, 0);
  assert.equal(run([wasm, '--out-dir', exact, '--memory-growth', 'exact']).status, 0);
  const file = (folder) => readFileSync(join(folder, wasm.split('/').pop().replace('.wasm', '_bg.wasm')));
  assert.deepEqual(file(ahead), file(exact));
});

test('values that are no growth are refused', (t) => {
  const wasm = moduleOf('tests/cli/tiny', '0.2.130');
  for (const value of ['', 'fast', '25%', '25,', ',64', '-1', '1001', '25,4097', '25,64,1', '99999999999']) {
    const result = run([wasm, '--out-dir', scratch(t), `--memory-growth=${value}`]);
    assert.equal(result.status, 1, value);
    assert.match(result.stderr, /`--memory-growth`; possible values: exact, PERCENT or PERCENT,MIB/, value);
  }
});
