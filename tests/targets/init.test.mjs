// The init functions, in browsers: every kind of input, compared with upstream's.

import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { moduleOf, root } from '../cli/support.mjs';
import { bind, runFolder, upstreamOf, withBrowser, writePage } from './support.mjs';

const PROBE = join(root, 'tests/targets/init-probe.mjs');
const VERSION = '0.2.130';
const program = () => moduleOf('tests/targets/crate', VERSION, '--features', 'start');

const FRESH = {
    web: `let n = 0;
        const fresh = async () => {
            const w = await import(\`./x.js?\${n++}\`);
            return { init: w.default, initSync: w.initSync, use: () => [w.reverse('ab'), w.started()] };
        };`,
    // In a function of its own each time, since the global would be declared twice.
    'no-modules': `const text = await (await fetch('x.js')).text();
        const fresh = async () => {
            const w = new Function(\`\${text}; return wasm_bindgen;\`)();
            return { init: w, initSync: w.initSync, use: () => [w.reverse('ab'), w.started()] };
        };`,
};

async function probe(browser, folder, target) {
    copyFileSync(join(folder, 'x_bg.wasm'), join(folder, 'x.bin'));
    writePage(folder, PROBE, '', `${FRESH[target]}\nreturn fresh;`);
    return runFolder(browser, folder);
}

for (const kind of ['chromium', 'firefox'])
    for (const target of ['web', 'no-modules'])
        test(`${target}, ${kind}`, async (t) => {
            await withBrowser(kind, async (browser) => {
                const ours = await probe(browser, bind(t, program(), target), target);
                const theirs = await probe(browser, bind(t, program(), target, [], upstreamOf(VERSION)), target);
                assert.deepEqual(ours, theirs);
                for (const name of ['string', 'URL', 'Request', 'Response', 'Response itself', 'Uint8Array', 'ArrayBuffer', 'Module', 'promise of bytes', 'promise of a Module']) {
                    const works = { warnings: [], memory: true, works: ['ba', 1] };
                    assert.deepEqual(ours[`init, ${name}`], works, name);
                    assert.deepEqual(ours[`init, ${name}, alone`], { ...works, warnings: ['deprecated'] }, name);
                }
                for (const name of ['a second time', 'twice at once', 'again after a failure']) assert.deepEqual(ours[name].works, ['ba', 1], name);
                assert.equal(ours['init, wrong type'].warnings.length, 1);
                assert.match(ours['init, missing file'].thrown, /^Error: failed to fetch Wasm: 404 /);
                assert.equal(ours['init, rejected promise'].thrown, 'RangeError: mine');
                assert.equal(ours['init, nothing'].works?.[0], target === 'web' ? 'ba' : undefined, 'the script has no address here');
            });
        });

/** Loads the package by script element under several names, and initialises it with nothing. */
async function defaultPath(t, browser, target, flags, script, load) {
    const folder = bind(t, program(), target, flags);
    if (script !== 'x.js') copyFileSync(join(folder, 'x.js'), join(folder, script.replace(/\?.*/, '')));
    writeFileSync(join(folder, 'main.mjs'), `globalThis.pageResult = (async () => { ${load} })().then((v) => JSON.stringify(v), (e) => JSON.stringify(String(e.name)));\n`);
    writeFileSync(join(folder, 'index.html'), `<!doctype html>${target === 'web' ? '' : `<script src="${script}"></script>`}<script type="module" src="main.mjs"></script>\n`);
    return runFolder(browser, folder);
}

test('the default path, and what stands instead of it', async (t) => {
    await withBrowser('chromium', async (browser) => {
        const web = (call) => `const w = await import('./x.js'); await w.default(${call}); return w.reverse('ab');`;
        const script = (global, call) => `await ${global}(${call}); return ${global}.reverse('ab');`;
        assert.equal(await defaultPath(t, browser, 'web', [], 'x.js', web('')), 'ba');
        assert.equal(await defaultPath(t, browser, 'no-modules', [], 'x.js', script('wasm_bindgen', '')), 'ba');
        assert.equal(await defaultPath(t, browser, 'no-modules', [], 'x.js?v=1', script('wasm_bindgen', '')), 'ba');
        assert.equal(await defaultPath(t, browser, 'no-modules', ['--no-modules-global', 'my$Global'], 'x.js', script('my$Global', '')), 'ba');
        for (const target of ['web', 'no-modules']) {
            const make = target === 'web' ? web : (call) => script('wasm_bindgen', call);
            assert.equal(await defaultPath(t, browser, target, ['--omit-default-module-path'], 'x.js', make('')), 'TypeError');
            assert.equal(await defaultPath(t, browser, target, ['--omit-default-module-path'], 'x.js', make(`{ module_or_path: 'x_bg.wasm' }`)), 'ba');
        }
        const debug = await defaultPath(t, browser, 'no-modules', ['--debug'], 'x.js',
            `const before = wasm_bindgen.__wasm; const wasm = await wasm_bindgen(); return [before === undefined, wasm === wasm_bindgen.__wasm, Object.keys(wasm_bindgen).sort().join()];`);
        assert.deepEqual(debug, [true, true, 'Counter,__wasm,_delete,begin,copy,hypotenuse,initSync,refuse,reverse,started,sum']);
    });
});
