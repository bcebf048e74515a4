// Binds examples/million, built by several versions of the crate, with externref on and off, and runs it in Node, Chromium and Firefox.
// Usage: node demo.mjs WASMBIND [version…]
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runPage, servePage, withBrowser } from '../../tests/run/browser.mjs';
import { measure } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const cli = resolve(process.argv[2]);
const versions = process.argv.length > 3 ? process.argv.slice(3) : ['0.2.99', '0.2.100', '0.2.127', '0.2.130'];
const work = mkdtempSync(join(tmpdir(), 'wasmbind-million-'));
const require = createRequire(import.meta.url);

const page = `<!doctype html><meta charset="utf-8"><title>a million structs</title><script type="module">
import { measure } from './measure.mjs';
globalThis.pageResult = (async () => {
  const w = await import('./' + location.hash.slice(1) + '/million.js');
  await w.default();
  return measure(w);
})();
</script>`;

function bind(version, externref, target) {
  const wasm = execFileSync(join(root, 'tools/build-module.sh'), [here, version], { encoding: 'utf8' }).trim();
  const name = `${target}-${version}-${externref}`;
  execFileSync(cli, [wasm, '--out-dir', join(work, name), '--out-name', 'million', '--target', target, `--externref=${externref}`]);
  return name;
}

const configurations = versions.flatMap((version) => ['on', 'off'].map((externref) => ({ version, externref })));
const mib = (bytes) => (bytes / 1048576).toFixed(1).padStart(6);

function print(runtime, { version, externref }, rows) {
  for (const { n, make, pass, before, after } of rows)
    console.log(`${runtime.padEnd(9)} ${version.padEnd(8)} ${externref.padEnd(4)} ${String(n).padStart(9)}   ` +
      `${make.toFixed(0).padStart(8)} ${pass.toFixed(0).padStart(8)}   ${mib(before)} ${mib(after)}`);
}

async function inBrowser(kind) {
  const names = configurations.map(({ version, externref }) => bind(version, externref, 'web'));
  const server = await servePage(work);
  try {
    await withBrowser(kind, async (browser) => {
      for (const [i, name] of names.entries())
        print(kind, configurations[i], await runPage(browser, `${server.url}#${name}`));
    });
  } finally {
    await server.close();
  }
}

try {
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'index.html'), page);
  cpSync(join(here, 'measure.mjs'), join(work, 'measure.mjs'));
  console.log('1,000,000 exported structs in one call (wasm-bindgen issue 4352)\n');
  console.log('runtime   crate    refs  elements    make ns  pass ns   memory MiB before, after');
  for (const configuration of configurations) {
    const name = bind(configuration.version, configuration.externref, 'nodejs');
    print('node', configuration, measure(require(join(work, name, 'million.js'))));
  }
  await inBrowser('chromium');
  await inBrowser('firefox');
  console.log(`\nEvery sum was right: ${configurations.length} bindings in 3 runtimes.`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
