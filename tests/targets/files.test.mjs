// Files whose names mean something else in a URL: the glue finds them all the same; names that cannot be are refused.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { filesBelow, moduleOf, root, run, scratch } from '../cli/support.mjs';
import { bundle } from '../run/bind.mjs';
import { runFolder, runOutside, withBrowser, writePage } from './support.mjs';

const STEMS = ['50%25', 'why?', 'a#1', 'c:x', ' in front', '"double"', "'single'", '`${back}`', 'é ü', 'a.b', '..'];
const PROBE = join(root, 'tests/targets/files-probe.mjs');
const EXPECTED = [21, 'cba'];
const program = () => moduleOf('tests/targets/crate', '0.2.130', '--features', 'odd');

function bind(t, stem, target) {
    const out = scratch(t);
    const result = run([program(), '--out-dir', out, '--out-name', stem, '--target', target]);
    assert.equal(result.status, 0, result.stderr);
    const files = filesBelow(out).filter((file) => !file.startsWith('snippets/') && file !== 'package.json').sort();
    assert.deepEqual(files, ['.d.ts', '.js', '_bg.wasm', '_bg.wasm.d.ts', ...(target === 'bundler' ? ['_bg.js'] : [])].map((end) => stem + end).sort());
    return out;
}

/** The file as an import names it. */
const specifier = (stem, target) => (target === 'nodejs' ? `${stem}.js` : `${encodeURIComponent(stem)}.js`);

for (const target of ['nodejs', 'experimental-nodejs-module', 'deno', 'module'])
    test(`stems: ${target}`, (t) => {
        for (const stem of STEMS) assert.deepEqual(runOutside(bind(t, stem, target), target, PROBE, specifier(stem, target)), EXPECTED, stem);
    });

test('stems: web, and bundler through webpack', async (t) => {
    await withBrowser('chromium', async (browser) => {
        for (const stem of STEMS) {
            const folder = bind(t, stem, 'web');
            const file = JSON.stringify(`./${specifier(stem, 'web')}`);
            writePage(folder, PROBE, '', `const w = await import(${file});\nawait w.default();\nreturn w;`);
            assert.deepEqual(await runFolder(browser, folder), EXPECTED, stem);
        }
        // Specifiers are paths to webpack, apart from what follows a `?`.
        for (const stem of ['50%25', 'a#1', 'é ü']) {
            const folder = bind(t, stem, 'bundler');
            writeFileSync(join(folder, 'app.js'), `export * from ${JSON.stringify(`./${stem}.js`)};\n`);
            writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
            await bundle(folder, 'app', '/bundle/');
            writePage(folder, PROBE, '', `return import('./bundle/app.js');`);
            assert.deepEqual(await runFolder(browser, folder), EXPECTED, stem);
        }
    });
});

test('declarations are found from the glue', (t) => {
    for (const target of ['web', 'nodejs', 'bundler'])
        for (const stem of STEMS) {
            const out = bind(t, stem, target);
            const url = /^\/\* @ts-self-types="(.*)" \*\/\n/.exec(readFileSync(join(out, `${stem}.js`), 'utf8'))[1];
            assert.ok(!url.includes('"'));
            assert.equal(decodeURIComponent(new URL(url, 'https://example.com/pkg/').pathname), `/pkg/${stem}.d.ts`);
        }
});

test('stems that cannot be', (t) => {
    for (const [stem, why] of [['a/b', /path separator/], ['../x', /path separator/], ['a\\b', /path separator/], ['a\nb', /control character/], ['a\tb', /control character/], ['\x7f', /control character/]]) {
        const out = scratch(t);
        const result = run([program(), '--out-dir', out, '--out-name', stem]);
        assert.equal(result.status, 1);
        assert.match(result.stderr, why);
        assert.deepEqual(filesBelow(out), []);
    }
});
