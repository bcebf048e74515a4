// The harness itself: growth chaos must break glue that is known to hold a view over a crossing, and only that.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';

import { build, cleanEnvironment, moduleOf, root, scratch, wasmbind } from '../cli/support.mjs';
import { env } from '../run/env.mjs';

const require = createRequire(import.meta.url);

// Binds the million structs built by crate 0.2.99, in externref mode, lets chaos at the module, passes ten structs.
function tenStructs(t, program, flags = [], chaosFlags = []) {
  const out = scratch(t);
  execFileSync(program, [moduleOf('examples/million', '0.2.99'), '--out-dir', out, '--out-name', 'm', '--target', 'nodejs', ...flags],
    { env: cleanEnvironment({ WASM_BINDGEN_EXTERNREF: '1' }) });
  const wasm = join(out, 'm_bg.wasm');
  execFileSync(join(build, 'chaos'), [...chaosFlags, wasm, wasm + '.chaos'], { stdio: ['ignore', 'ignore', 'inherit'] });
  renameSync(wasm + '.chaos', wasm);
  const w = require(join(out, 'm.js'));
  return () => w.process_data(Array.from({ length: 10 }, (_, i) => new w.PartialTestData(i, 1, 2)));
}

test("upstream 0.2.99's glue fails on ten structs", (t) => {
  const upstream = execFileSync(join(root, 'tools/upstream-cli.sh'), ['0.2.99'], { encoding: 'utf8' }).trim();
  assert.throws(tenStructs(t, upstream), /detached/);
});

test('ours does not, externref on and off', (t) => {
  // There is a table, but nothing allocates slots of it, as arrays of structs cross without.
  assert.equal(tenStructs(t, wasmbind, ['--externref=on'], ['--any'])(), 75);
  assert.equal(tenStructs(t, wasmbind, ['--externref=off'])(), 75);
});

test('views are detached where they should be, and not where it is the user’s contract', () => {
  execFileSync(process.execPath, [join(root, 'tools/chaos/selftest.mjs'), join(build, 'chaos')],
    { env: { ...process.env, ...env() }, stdio: ['ignore', 'ignore', 'inherit'] });
});
