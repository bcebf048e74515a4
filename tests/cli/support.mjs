// What the command-line tests share: running the program, building modules, scratch folders.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { programs } from '../run/programs.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const build = resolve(root, process.env.WASMBIND_BUILD ?? 'build');
export const wasmbind = join(build, 'wasmbind');

// The environment without the variables that change what the program does.
export function cleanEnvironment(extra = {}) {
  const env = { ...process.env, ...extra };
  for (const name of ['WASM_BINDGEN_EXTERNREF', 'WASM_BINDGEN_ANYREF', 'WASM_BINDGEN_MULTI_VALUE', 'WASMBIND_REPORT_VERSION'])
    if (!(name in extra)) delete env[name];
  return env;
}

export function run(args, { env = {}, program = wasmbind, cwd = root } = {}) {
  const result = spawnSync(program, args, { env: cleanEnvironment(env), cwd, encoding: 'utf8' });
  if (result.error) throw result.error;
  return result;
}

// A folder that is removed when the test ends.
export function scratch(t) {
  const folder = mkdtempSync(join(tmpdir(), 'wasmbind-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const modules = new Map();
export function moduleOf(crate, version, ...flags) {
  const key = [crate, version, ...flags].join(' ');
  if (!modules.has(key))
    modules.set(key, execFileSync(join(root, 'tools/build-module.sh'), [join(root, crate), version, ...flags],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim());
  return modules.get(key);
}

// A crate of the run-time suite (tests/run) with all its topics.
export function suiteOf(crate, version) {
  const { features } = programs(Number(version.split('.')[2])).find((p) => p.crate === crate);
  return moduleOf(`tests/run/${crate}`, version, ...(features.length > 0 ? ['--features', features.join(',')] : []));
}

// All files below a folder, as sorted relative paths.
export function filesBelow(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) => entry.isDirectory() ? filesBelow(folder, prefix + entry.name + '/') : [prefix + entry.name])
    .sort();
}

export function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>>= 7;
  } while (value);
  return bytes;
}

export const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
export const section = (id, bytes) => [id, ...leb(bytes.length), ...bytes];
export const text = (s) => { const bytes = [...Buffer.from(s)]; return [...leb(bytes.length), ...bytes]; };
export const custom = (name, bytes) => section(0, [...text(name), ...bytes]);
export const u32 = (n) => [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24];

// An entry of the metadata section: preface and an empty Program (docs/upstream/wire-format.md 1.2) of 0.2.127.
export function entry(schema, version) {
  const preface = [...Buffer.from(`{"schema_version":"${schema}","version":"${version}"}`)];
  const program = [0, 0, 0, 0, 0, 0, 0, ...text('crate-0011223344556677'), 0, 0];
  return [...u32(preface.length), ...preface, ...u32(program.length), ...program];
}
export const metadata = (...entries) => custom('__wasm_bindgen_unstable', entries.flat());

// The sections of a module: [id, name of custom sections or '', payload].
export function sections(bytes) {
  const found = [];
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    const payload = bytes.subarray(at, at + size);
    const name = id === 0 ? Buffer.from(payload.subarray(1, 1 + payload[0])).toString() : '';
    found.push([id, name, payload]);
    at += size;
  }
  return found;
}

export const sectionsOf = (file) => sections(readFileSync(file));
