// The same program for every target, by our tool and by upstream's of the same version: the same files, exports and results.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';

import { filesBelow, root } from '../cli/support.mjs';
import { addRaw, bind, programOf, runInBrowser, runOutside, TARGETS, upstreamOf, VERSIONS, withBrowser } from './support.mjs';

const PROBE = join(root, 'tests/targets/probe.mjs');
const OUTSIDE = ['bundler', 'nodejs', 'experimental-nodejs-module', 'deno', 'module'];
const INSIDE = ['web', 'no-modules', 'bundler'];

/** What upstream of that version emits differently (docs/differences.md). */
const hasTarget = (version, target) => version !== '0.2.99' || target !== 'module';
const filesOfUpstream = (version, target, files) =>
    version === '0.2.99' && target === 'experimental-nodejs-module' ? files.filter((f) => f !== 'x_bg.js') : files;

/** Exports that are the tool's own business; old tools let them out. */
const visible = ({ keys, ...rest }) => ({ ...rest, keys: keys.filter((key) => !key.startsWith('__')) });

/** The same, and of the tool's own exports those that users know (docs/differences.md). */
function check(ours, theirs) {
    assert.deepEqual(ours.keys.filter((key) => key.startsWith('__')), theirs.keys.filter((key) => /^__(wasm|wbindgen_wasm_module)$/.test(key)));
    assert.deepEqual(visible(ours), visible(theirs));
}

for (const version of VERSIONS)
    for (const target of TARGETS)
        test(`files: ${version}, ${target}`, (t) => {
            const ours = filesBelow(bind(t, programOf(version, target), target));
            if (!hasTarget(version, target)) return assert.deepEqual(ours.slice(-4), ['x.d.ts', 'x.js', 'x_bg.wasm', 'x_bg.wasm.d.ts']);
            const theirs = filesBelow(bind(t, programOf(version, target), target, [], upstreamOf(version)));
            assert.deepEqual(ours, filesOfUpstream(version, target, theirs));
        });

for (const version of VERSIONS)
    for (const target of OUTSIDE)
        test(`run: ${version}, ${target}`, (t) => {
            const packages = [[], ['--debug']].map((flags) => bind(t, programOf(version, target), target, flags));
            if (hasTarget(version, target)) packages.push(bind(t, programOf(version, target), target, [], upstreamOf(version)));
            const [ours, debug, theirs] = packages.map((folder) => (addRaw(folder), runOutside(folder, target, PROBE)));
            check(ours, theirs ?? ours);
            assert.ok(debug.keys.includes('__wasm'));
            assert.deepEqual(visible(debug), visible(ours));
            assert.equal(ours.started, 1);
            assert.equal(ours.raw, 21);
            assert.equal(ours.reversed, '😀ña');
        });

for (const kind of ['chromium', 'firefox'])
    for (const version of VERSIONS)
        test(`run: ${version}, ${kind}`, async (t) => {
            await withBrowser(kind, async (browser) => {
                for (const target of INSIDE) {
                    const packages = [bind(t, programOf(version, target), target), bind(t, programOf(version, target), target, [], upstreamOf(version))];
                    packages.forEach(addRaw);
                    const [ours, theirs] = [await runInBrowser(browser, packages[0], target, PROBE), await runInBrowser(browser, packages[1], target, PROBE)];
                    check(ours, theirs);
                    assert.equal(ours.hypotenuse, 5);
                    assert.equal(ours.started, 1);
                }
            });
        });
