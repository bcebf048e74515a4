// Binding a program for a target with either tool, and running the package where it belongs.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { cleanEnvironment, moduleOf, root, run, scratch, wasmbind } from '../cli/support.mjs';
import { bundle } from '../run/bind.mjs';
import { runPage, servePage, withBrowser } from '../run/browser.mjs';
import { need } from '../run/env.mjs';

export const VERSIONS = ['0.2.99', '0.2.127', '0.2.130'];
export const TARGETS = ['bundler', 'web', 'no-modules', 'nodejs', 'experimental-nodejs-module', 'deno', 'module'];
/** What a target without modules can have. */
export const featuresOf = (target) => (target === 'no-modules' ? 'start' : 'inline,local,raw,start');

export const programOf = (version, target) => moduleOf('tests/targets/crate', version, '--features', featuresOf(target));

export function upstreamOf(version) {
    return execFileSync(join(root, 'tools/upstream-cli.sh'), [version], { encoding: 'utf8' }).trim();
}

/** Binds into a new folder, which it returns; `program` is the tool. */
export function bind(t, wasm, target, flags = [], program = wasmbind) {
    const out = scratch(t);
    const result = run([wasm, '--out-dir', out, '--out-name', 'x', '--target', target, ...flags], { program });
    assert.equal(result.status, 0, result.stderr);
    assert.equal(result.stdout, '');
    return out;
}

/** Adds what a program of tests/targets/crate needs besides its package. */
export function addRaw(folder) {
    writeFileSync(join(folder, 'raw.js'), 'export function raw_thrice(v) {\n    return 3 * v;\n}\n');
}

/** What a package that is loaded in no browser is run by: [program, arguments before the script]. */
function runner(target) {
    if (target === 'deno') return [need('DENO'), ['run', '--allow-read', '--no-lock']];
    if (target === 'bundler' || target === 'module') return [need('NODE_NEWEST'), ['--disable-warning=ExperimentalWarning']];
    return [process.execPath, ['--disable-warning=ExperimentalWarning']];
}

/**
 * Runs `probe` (a file that exports `probe(w)`) on the package in `folder`; returns what it gives, through JSON. `entry` is the file
 * that is imported, as an import names it.
 */
export function runOutside(folder, target, probe, entry = 'x.js') {
    const [program, args] = runner(target);
    const file = JSON.stringify(`./${entry}`);
    const load = target === 'nodejs' ? `createRequire(import.meta.url)(${file})` : `await import(${file})`;
    writeFileSync(join(folder, 'main.mjs'), `import { createRequire } from 'node:module';\nimport { probe } from ${JSON.stringify(pathToFileURL(probe).href)};\n` +
        `const w = ${load};\nconsole.log(JSON.stringify(await probe(w)));\n`);
    if (target === 'bundler' || target === 'module') writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
    const result = spawnSync(program, [...args, 'main.mjs'], { cwd: folder, encoding: 'utf8', env: cleanEnvironment() });
    assert.equal(result.status, 0, result.stderr);
    return JSON.parse(result.stdout);
}

/** The page that runs `probe` on what `load` (statements that end in `return w;`) makes of the package. */
function writePage(folder, probe, head, load) {
    mkdirSync(join(folder, 'probe'), { recursive: true });
    cpSync(probe, join(folder, 'probe/probe.mjs'));
    writeFileSync(join(folder, 'main.mjs'), `import { probe } from './probe/probe.mjs';\nasync function load() {\n${load}\n}\n` +
        `globalThis.pageResult = (async () => JSON.stringify(await probe(await load())))();\n`);
    writeFileSync(join(folder, 'index.html'), `<!doctype html><meta charset="utf-8">${head}<script type="module" src="main.mjs"></script>\n`);
}

const LOADS = {
    web: ['', `const w = await import('./x.js');\nawait w.default();\nreturn w;`],
    'no-modules': ['<script src="x.js"></script>', `await wasm_bindgen();\nreturn wasm_bindgen;`],
    bundler: ['', `return import('./bundle/x.js');`],
};

/** Serves `folder` and runs the page that is there; returns its result. */
export async function runFolder(browser, folder) {
    const server = await servePage(folder);
    try {
        return JSON.parse(await runPage(browser, server.url, 60000));
    } finally {
        await server.close();
    }
}

/** As runOutside, in a browser of `withBrowser`; target bundler goes through webpack. */
export async function runInBrowser(browser, folder, target, probe) {
    if (target === 'bundler') await bundle(folder, 'x', '/bundle/');
    writePage(folder, probe, ...LOADS[target]);
    return runFolder(browser, folder);
}

export { writePage, withBrowser };
