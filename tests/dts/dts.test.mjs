// The declarations: they pass `tsc --strict`, say what the program does, and those of the wasm equal the module's own exports.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { moduleOf, run, scratch, suiteOf } from '../cli/support.mjs';
import { declaredRaw } from '../compare/package.mjs';
import { need } from '../run/env.mjs';

function bind(t, wasm, target, ...flags) {
  const out = scratch(t);
  const result = run([wasm, '--out-dir', out, '--out-name', 'x', '--target', target, ...flags]);
  assert.equal(result.status, 0, result.stderr);
  return out;
}

function tsc(folder, ...files) {
  const result = spawnSync(process.execPath, [join(need('WASMBIND_NODE_MODULES'), 'typescript/bin/tsc'), '--noEmit', '--strict',
    '--target', 'esnext', '--module', 'nodenext', '--lib', 'esnext,dom,esnext.disposable', ...files],
  { cwd: folder, encoding: 'utf8' });
  return result.stdout + result.stderr;
}

const cases = [['0.2.92', 'web', 'on'], ['0.2.99', 'nodejs', 'off'], ['0.2.127', 'web', 'off'], ['0.2.130', 'web', 'on'],
  ['0.2.130', 'nodejs', 'on']];

// All topics of the run-time suite. (tests/compare has other programs, and both tools' declarations side by side.)
for (const [version, target, mode] of cases)
  test(`tsc --strict: ${version}, ${target}, externref ${mode}`, (t) => {
    const folders = ['crate', 'crate-js-sys', 'crate-futures'].map((crate) => bind(t, suiteOf(crate, version), target, `--externref=${mode}`));
    assert.equal(tsc(folders[0], ...folders.flatMap((out) => [join(out, 'x.d.ts'), join(out, 'x_bg.wasm.d.ts')])), '');
    for (const out of folders) {
      const declared = Object.keys(declaredRaw(join(out, 'x_bg.wasm.d.ts'))).sort();
      const module = new WebAssembly.Module(readFileSync(join(out, 'x_bg.wasm')));
      const exported = WebAssembly.Module.exports(module).filter(({ kind }) => kind !== 'global').map(({ name }) => name).sort();
      assert.deepEqual(declared, exported);
    }
  });

test('right uses compile, wrong uses do not', (t) => {
  const out = bind(t, moduleOf('examples/million', '0.2.127'), 'web');
  writeFileSync(join(out, 'package.json'), '{ "type": "module" }');
  const use = (code) => {
    writeFileSync(join(out, 'use.mts'), `import init, { PartialTestData, process_data, initSync } from './x.js';\n${code}\n`);
    return tsc(out, 'use.mts');
  };
  assert.equal(use(`const out = await init(); const m: WebAssembly.Memory = out.memory;
    await init({ module_or_path: new URL('https://example.com/') }); initSync({ module: new Uint8Array() });
    using one = new PartialTestData(1, 2, 3); one.a = 4; const a: number = one.a; one.free();
    const sum: number = process_data([one]);`), '');
  for (const wrong of ['process_data(1);', 'process_data(["x"]);', 'new PartialTestData("1", 2, 3);', 'const s: string = process_data([]);',
    'new PartialTestData(1, 2, 3).d;', 'initSync();'])
    assert.match(use(wrong), /error TS\d+/, wrong);
});
