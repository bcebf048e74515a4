// What a program imports from modules: npm packages, and what target no-modules refuses.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { moduleOf, root, run, scratch } from '../cli/support.mjs';
import { bundle } from '../run/bind.mjs';
import { bind, programOf, runFolder, runOutside, TARGETS, upstreamOf, VERSIONS, withBrowser } from './support.mjs';

const npm = (version) => moduleOf('tests/targets/crate-npm', version);

/** Puts the packages where Node, Deno and webpack look for them. */
function install(folder) {
    const put = (name, text) => {
        const at = join(folder, 'node_modules', name);
        mkdirSync(at, { recursive: true });
        writeFileSync(join(at, 'package.json'), `{ "name": "${name}", "version": "1.0.0", "type": "module", "exports": "./index.js" }`);
        writeFileSync(join(at, 'index.js'), text);
    };
    put('targets-dependency', `export const dependency_name = () => 'installed';\nexport default (v) => v + 1;\n`);
    put('@targets/other', `const v = () => 'the constant';\nexport { v as 'a constant' };\n`);
}

for (const version of VERSIONS)
    test(`package.json: ${version}`, (t) => {
        for (const target of TARGETS.filter((x) => x !== 'no-modules')) {
            const read = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
            const ours = read(bind(t, npm(version), target));
            const dependencies = { '@targets/other': 'file:../"quoted" é', 'targets-dependency': '^1.0.0' };
            assert.deepEqual(ours, target === 'experimental-nodejs-module' ? { type: 'module', dependencies } : { dependencies });
            if (version === '0.2.99' && target === 'module') continue; // it had no such target
            assert.deepEqual(ours, read(bind(t, npm(version), target, [], upstreamOf(version))));
        }
        assert.equal(existsSync(join(bind(t, programOf(version, 'bundler'), 'bundler'), 'package.json')), false, 'nobody asks for packages');
    });

test('package.json of crates before 0.2.94: the dependencies alone', (t) => {
    const wasm = npm('0.2.92');
    assert.deepEqual(JSON.parse(readFileSync(join(bind(t, wasm, 'bundler'), 'package.json'), 'utf8')), {
        '@targets/other': 'file:../"quoted" é',
        'targets-dependency': '^1.0.0',
    });
});

const PROBE = join(root, 'tests/targets/npm-probe.mjs');
for (const target of ['bundler', 'nodejs', 'experimental-nodejs-module', 'deno', 'module'])
    test(`npm packages are found: ${target}`, (t) => {
        const folder = bind(t, npm('0.2.130'), target);
        install(folder);
        assert.deepEqual(runOutside(folder, target, PROBE), ['installed 6', 'the constant']);
    });

test('npm packages are found: bundler, through webpack, which sees which exports are used', async (t) => {
    const folder = bind(t, npm('0.2.130'), 'bundler');
    install(folder);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "sideEffects": ["./x.js", "./snippets/*"] }');
    writeFileSync(join(folder, 'app.js'), `import { use_npm } from './x.js';\nexport const answer = JSON.stringify(use_npm(5));\n`);
    await bundle(folder, 'app', '/bundle/');
    const text = readFileSync(join(folder, 'bundle/app.js'), 'utf8');
    assert.ok(text.includes('use_npm') && !/\.constant\(\)/.test(text), 'the other function is gone');
    writeFileSync(join(folder, 'index.html'), '<!doctype html><script>pageResult = import("/bundle/app.js").then((app) => app.answer);</script>\n');
    await withBrowser('chromium', async (browser) => assert.equal(await runFolder(browser, folder), 'installed 6'));
});

function refused(t, wasm, target, pattern, flags = []) {
    const out = scratch(t);
    const result = run([wasm, '--out-dir', join(out, 'pkg'), '--target', target, ...flags]);
    assert.equal(result.status, 1);
    assert.match(result.stderr, /^error: /);
    assert.match(result.stderr, pattern);
    assert.equal(existsSync(join(out, 'pkg')), false, 'something was written');
}

test('target no-modules imports nothing', (t) => {
    const feature = (name) => moduleOf('tests/targets/crate', '0.2.130', '--features', name);
    refused(t, feature('local'), 'no-modules', /`\.\/snippets\/targets-[0-9a-f]+\/js\/local\.js` is not possible with target `no-modules`/);
    refused(t, feature('inline'), 'no-modules', /inline0\.js` is not possible with target `no-modules`/);
    refused(t, feature('raw'), 'no-modules', /`\.\/raw\.js` is not possible with target `no-modules`/);
    refused(t, npm('0.2.130'), 'no-modules', /npm packages, asked for in `.*package\.json`, are not possible with target `no-modules`/);
});

test('a package.json that is none', (t) => {
    const file = /"(\/[^"]*package\.json)"/.exec(run(['inspect', '--programs', npm('0.2.130')]).stdout)[1];
    const bytes = readFileSync(npm('0.2.130'));
    const at = bytes.indexOf(file);
    const folder = scratch(t);
    for (const [text, pattern] of [[null, /reading the npm dependencies/], ['[]', /is not a JSON object/], ['{', /is not JSON/], ['{"dependencies":[]}', /`dependencies` is not/],
        ['{"dependencies":{"x":1}}', /version of `x` is not a string/]]) {
        const other = join(folder, 'p').padEnd(file.length, 'x');
        if (text !== null) writeFileSync(other, text);
        const changed = Buffer.from(bytes);
        changed.write(other, at);
        writeFileSync(join(folder, 'changed.wasm'), changed);
        refused(t, join(folder, 'changed.wasm'), 'bundler', pattern);
    }
});
