// The tool itself against upstream's of the same version on large modules: CPU, wall, peak memory.
// Usage: node tool.mjs WASMBIND MEASURE RAW.json RUNS CRATE [option of the tools…]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment, writeRaw } from './packages.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [wasmbind, launcher, rawFile, runsText, crate, ...flags] = process.argv.slice(2);
const runs = Number(runsText);
const script = (name, ...args) => execFileSync(join(root, 'tools', name), args, { encoding: 'utf8' }).trim();
const work = mkdtempSync(join(tmpdir(), 'wasmbind-bench-'));

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values) => `${Math.min(...values).toFixed(3)}–${Math.max(...values).toFixed(3)}`;
const least = (values) => Math.min(...values);

function once(program, wasm, out) {
  return JSON.parse(execFileSync(launcher, [program, wasm, '--out-dir', out, '--target', 'web', ...flags], { encoding: 'utf8' }));
}

// One process per run, the tools in turn, the order alternating.
function compare(wasm, upstream) {
  const samples = { ours: [], upstream: [] };
  const tools = [['ours', wasmbind], ['upstream', upstream]];
  for (let i = 0; i < runs; i++)
    for (const [name, program] of i % 2 ? [tools[1], tools[0]] : tools) samples[name].push(once(program, wasm, join(work, name)));
  return samples;
}

const outputOf = (name, wasm) => statSync(join(work, name, wasm.split('/').pop().replace(/\.wasm$/, '_bg.wasm'))).size;

function report(label, wasm, samples) {
  const of = (name, key) => samples[name].map((sample) => sample[key]);
  const ratio = (key) => (median(of('upstream', key)) / median(of('ours', key))).toFixed(1);
  const mib = (bytes) => (bytes / 1048576).toFixed(1);
  const read = median(of('ours', 'read')), output = outputOf('ours', wasm), peak = median(of('ours', 'peak'));
  console.log(`${label}: ${mib(statSync(wasm).size)} MiB`);
  for (const key of ['cpu', 'wall'])
    console.log(`  ${key.padEnd(5)} s    ours ${median(of('ours', key)).toFixed(3)} (${spread(of('ours', key))})  upstream ` +
      `${median(of('upstream', key)).toFixed(3)} (${spread(of('upstream', key))})  ratio ${ratio(key)}` +
      `, of the best ${(least(of('upstream', key)) / least(of('ours', key))).toFixed(1)}`);
  console.log(`  peak  MiB  ours ${mib(peak)}  upstream ${mib(median(of('upstream', 'peak')))}  ratio ${ratio('peak')}; ` +
    `ours above read + output: ${mib(peak - read - output)} (read ${mib(read)}, output ${mib(output)})`);
  console.log(`  _bg.wasm   ours ${output}  upstream ${outputOf('upstream', wasm)}  ratio ${(output / outputOf('upstream', wasm)).toFixed(4)}`);
}

try {
  const raw = { date: new Date().toISOString(), environment: environment(), runs, rows: [] };
  for (const version of ['0.2.127', '0.2.130']) {
    const upstream = script('upstream-cli.sh', version);
    for (const profile of ['release', 'debug']) {
      const wasm = script('build-module.sh', join(root, crate), version, ...(profile === 'debug' ? ['--debug'] : []));
      const samples = compare(wasm, upstream);
      report(`${crate} ${version} ${profile}`, wasm, samples);
      raw.rows.push({ crate, version, profile, input: statSync(wasm).size, output: outputOf('ours', wasm), upstreamOutput: outputOf('upstream', wasm), ...samples });
    }
  }
  writeRaw(rawFile, raw);
} finally {
  rmSync(work, { recursive: true, force: true });
}
