// parse∘emit over real modules, release and debug, up to tens of megabytes; and the size of our output beside upstream's.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { build, cleanEnvironment, moduleOf, root, run, scratch, suiteOf } from '../cli/support.mjs';

const small = ['0.2.99', '0.2.100', '0.2.127', '0.2.130'].flatMap((version) =>
  [['examples/million', version], ['examples/million', version, '--debug'], ['suite', version]]);
const large = [['bench/bigmodule', '0.2.127'], ['bench/bigmodule', '0.2.127', '--debug']];

const find = (crate, version, ...flags) => (crate === 'suite' ? suiteOf('crate', version) : moduleOf(crate, version, ...flags));

for (const which of [...small, ...large])
  test(`parse and emit: ${which.join(' ')}`, (t) => {
    const folder = scratch(t), out = join(folder, 'out.wasm');
    const input = find(...which);
    execFileSync(join(build, 'roundtrip'), [input, folder]);
    assert.ok(WebAssembly.validate(readFileSync(out)), 'the output does not validate');
    assert.ok(statSync(out).size <= statSync(input).size);
  });

// Both tools with the same flags: their own defaults, and with names as they are.
const compared = ['0.2.99', '0.2.127', '0.2.130'].map((version) => ['examples/million', version]);
for (const which of [...compared, ['suite', '0.2.99'], ['tests/run/crate-js-sys', '0.2.99'], ['suite', '0.2.130'], ['bench/bigmodule', '0.2.127'], ['bench/bigmodule', '0.2.127', '--debug']])
  test(`output no larger than upstream's: ${which.join(' ')}`, (t) => {
    const input = find(...which);
    const upstream = execFileSync(join(root, 'tools/upstream-cli.sh'), [which[1]], { encoding: 'utf8' }).trim();
    const [ours, theirs] = [scratch(t), scratch(t)];
    for (const flags of [[], ['--no-demangle']]) {
      const args = (out) => [input, '--out-dir', out, '--out-name', 'x', '--target', 'web', ...flags];
      const result = run(args(ours));
      assert.equal(result.status, 0, result.stderr);
      assert.ok(WebAssembly.validate(readFileSync(join(ours, 'x_bg.wasm'))));
      execFileSync(upstream, args(theirs), { env: cleanEnvironment() });
      const [a, b] = [ours, theirs].map((folder) => statSync(join(folder, 'x_bg.wasm')).size);
      assert.ok(a <= b, `${flags}: ours ${a} bytes, upstream's ${b}`);
    }
  });
