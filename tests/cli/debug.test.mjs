// --debug: every exported function of the run-time suite's program with values of every kind, our glue beside upstream's.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import test from 'node:test';

import { moduleOf, root, run, scratch, wasmbind } from './support.mjs';

const TOPICS = 'options,scalars,slices,strings,structs,vectors,results,values,enums,wide';
const upstreamOf = (version) => execFileSync(join(root, 'tools/upstream-cli.sh'), [version], { encoding: 'utf8' }).trim();

function outcomes(t, tool, version) {
  const out = scratch(t);
  const result = run([moduleOf('tests/run/crate', version, '--features', TOPICS), '--out-dir', out, '--out-name', 'x', '--target', 'nodejs', '--debug'], { program: tool });
  assert.equal(result.status, 0, result.stderr);
  return JSON.parse(execFileSync(process.execPath, [join(root, 'tests/compare/arguments-probe.cjs'), join(out, 'x.js')], { encoding: 'utf8', maxBuffer: 1 << 26, timeout: 120000 }));
}

/** Where both fail, but the engine says it in other words: the elements get there another way, or a variable has another name. */
const engineWords = (text) => text.replace(/^TypeError: (Cannot convert .* to a BigInt|Cannot mix BigInt and other types.*)$/, 'TypeError: no BigInt').replace(/\w+\.codePointAt/, 'codePointAt');
/** What only upstream's 0.2.130 checks, though not for arrays of enums, and ours for every crate (docs/differences.md). */
const OF_ENUMS = /^\w*plains\(/;
const YOUNG = /^Error: expected (an array|(Big)?(Ui|I)nt\w*Array|Float\w*Array)/;

for (const version of ['0.2.99', '0.2.127', '0.2.130'])
  test(`wrong arguments, ${version}`, (t) => {
    const ours = outcomes(t, wasmbind, version), theirs = outcomes(t, upstreamOf(version), version);
    assert.deepEqual(Object.keys(ours), Object.keys(theirs));
    assert.ok(Object.keys(ours).length > 2000, `${Object.keys(ours).length} calls`);
    const different = [];
    for (const [call, got] of Object.entries(ours))
      if (engineWords(got) !== engineWords(theirs[call]) && !(YOUNG.test(got) && (version !== '0.2.130' || OF_ENUMS.test(call)))) different.push(`${call}: ours ${got}, theirs ${theirs[call]}`);
    assert.deepEqual(different, []);
    for (const pattern of [/^Error: expected a number argument/, /^Error: expected a bigint argument/, /^Error: expected a boolean argument/, /^Error: expected a string argument/, /^Error: expected instance of/, YOUNG])
      assert.ok(Object.values(ours).some((got) => pattern.test(got)), String(pattern));
  });
