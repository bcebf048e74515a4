// Binds the module of the benchmark with both tools.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../tests/run/env.mjs';

export const VERSIONS = ['0.2.127', '0.2.130'];
export const TOOLS = ['ours', 'upstream'];

const output = (program, args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
const script = (name, ...args) => output(join(ROOT, 'tools', name), args);

/** The path of the module of the crate `folder` (relative to the root) with wasm-bindgen of that version; further arguments for the script. */
export const build = (folder, version, features = '', ...more) =>
    script('build-module.sh', join(ROOT, folder), version, ...(features ? ['--features', features] : []), ...more);

/** The program of `tool` ('ours' or 'upstream') for modules of that version; `wasmbind` is ours. */
export const program = (tool, version, wasmbind) => (tool === 'ours' ? wasmbind : script('upstream-cli.sh', version));

/** Binds `wasm` with both tools for the target; the packages lie in `folder`/TOOL/TARGET. Both tools decide themselves about externref. */
export function bind(wasm, version, target, folder, wasmbind) {
    for (const tool of TOOLS) {
        const out = join(folder, tool, target);
        mkdirSync(out, { recursive: true });
        output(program(tool, version, wasmbind), [wasm, '--out-dir', out, '--target', target]);
    }
}

/** What was measured with what: programs and their versions. tools/env.sh has set the variables. */
export function environment() {
    const { CHROMIUM, FIREFOX, RUSTC } = process.env;
    const version = (command) => execFileSync(command, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0].trim();
    return {
        commit: output('git', ['-C', ROOT, 'describe', '--always', '--dirty']),
        node: process.version,
        chromium: version(CHROMIUM),
        firefox: version(FIREFOX),
        rustc: version(RUSTC),
        kernel: release(),
        processor: `${cpus()[0].model}, ${cpus().length} cores`,
    };
}

/** Writes raw figures, one row to the line, numbers to five digits. */
export function writeRaw(file, { rows, ...head }) {
    const round = (_, value) => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value);
    const lines = rows.map((row) => JSON.stringify(row, round));
    writeFileSync(file, `${JSON.stringify(head).slice(0, -1)},"rows":[\n${lines.join(',\n')}\n]}\n`);
}
