// Every row of the benchmarks of crossings and arrays, small: the results must be right with either tool's glue, in each runtime. Nothing is timed.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ARRAYS } from '../../bench/arrays.mjs';
import { bind, build, TOOLS, VERSIONS } from '../../bench/packages.mjs';
import { installHost, once, ROWS } from '../../bench/rows.mjs';
import { runPage, servePage, withBrowser } from '../run/browser.mjs';
import { ROOT } from '../run/env.mjs';

const CROSSINGS = 40;
const wasmbind = join(process.env.WASMBIND_BUILD ?? join(ROOT, 'build'), 'wasmbind');
const folder = mkdtempSync(join(tmpdir(), 'wasmbind-rows-'));

before(() => {
    for (const version of VERSIONS)
        for (const target of ['nodejs', 'web']) bind(build('bench/crossings', version), version, target, join(folder, version), wasmbind);
});
after(() => rmSync(folder, { recursive: true, force: true }));

for (const version of VERSIONS)
    for (const tool of TOOLS)
        test(`node, ${version}, ${tool}`, async () => {
            installHost();
            const w = createRequire(import.meta.url)(join(folder, version, tool, 'nodejs', 'crossings.js'));
            for (const row of [...ROWS, ...ARRAYS]) await once(w, row, CROSSINGS);
        });

test('a wrong result is noticed', async () => {
    const row = ROWS.find((r) => r.name === 'two ints in, int out');
    await assert.rejects(once({ add: () => 1 }, row, CROSSINGS), /wrong result/);
});

for (const runtime of ['chromium', 'firefox'])
    test(runtime, async () => {
        const server = await servePage({ '/': folder, '/bench/': join(ROOT, 'bench') });
        try {
            await withBrowser(runtime, async (browser) => {
                for (const version of VERSIONS)
                    for (const tool of TOOLS) {
                        const url = `${server.url}bench/sample.html?package=/${version}/${tool}/web/crossings.js&row=all&n=${CROSSINGS}`;
                        assert.equal((await runPage(browser, url)).length, ROWS.length + ARRAYS.length);
                    }
            });
        } finally {
            await server.close();
        }
    });
