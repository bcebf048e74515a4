// Nanoseconds per crossing with our glue and with upstream's, around the very same module, in Node, Chromium and Firefox.
//
//   node bench/crossings.mjs --cli WASMBIND --launcher MEASURE --out RAW.json [options]
//
//   --runs N              samples of each row, tool, version and runtime (default 9)
//   --runtime LIST        node, chromium, firefox; default all
//   --version LIST        of wasm-bindgen; default 0.2.127,0.2.130
//   --set SET             crossings (rows.mjs) or arrays (arrays.mjs); default crossings
//   --row PATTERN         rows whose name matches the shell pattern; default all
//   --clock cpu           Node only: processor time for the clock, for a machine that is not idle
//
// Each sample has a process of its own. In browsers that is a page under a host name of its own, a site that shares no process with
// another; the browser itself is started afresh for every run through the rows, and for every sample of the row that measures memory.
// A run goes through all rows, both tools in turn, and the tool that goes first changes from run to run.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runPage, servePage, withBrowser } from '../tests/run/browser.mjs';
import { ROOT } from '../tests/run/env.mjs';
import { ARRAYS } from './arrays.mjs';
import { bind, build, environment, TOOLS, VERSIONS, writeRaw } from './packages.mjs';
import { ROWS } from './rows.mjs';

const RUNTIMES = ['node', 'chromium', 'firefox'];
const HERE = join(ROOT, 'bench');
const SETS = { crossings: ROWS, arrays: ARRAYS };
const MAX_SLOW = 3; // samples of the rows that take long and vary little

const { values: options } = parseArgs({
    options: {
        cli: { type: 'string' },
        launcher: { type: 'string' },
        out: { type: 'string' },
        runs: { type: 'string', default: '9' },
        runtime: { type: 'string', default: RUNTIMES.join() },
        version: { type: 'string', default: VERSIONS.join() },
        set: { type: 'string', default: 'crossings' },
        row: { type: 'string', default: '*' },
        clock: { type: 'string', default: 'wall' },
    },
});

/** The names of `all` in the comma-separated list; anything else there is an error. */
function choose(list, all) {
    const wanted = list.split(',');
    const unknown = wanted.find((name) => !all.includes(name));
    if (unknown !== undefined) throw new Error(`not one of ${all.join(', ')}: ${unknown}`);
    return wanted;
}

/** Rows whose name matches a pattern of the shell, in which `*` stands for anything. */
function chooseRows(pattern) {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    const all = SETS[choose(options.set, Object.keys(SETS))[0]];
    const rows = all.filter((row) => new RegExp(`^${escaped}$`).test(row.name));
    if (rows.length === 0) throw new Error(`no row is called ${pattern}: ${all.map((row) => row.name).join('; ')}`);
    return rows;
}

/** Runs `row` once in a Node of its own, under the launcher that tells its peak of memory. */
function inNode(folder, tool, row) {
    const result = join(folder, 'result.json');
    const args = [join(HERE, 'sample-node.mjs'), join(folder, tool, 'nodejs', 'crossings.js'), row.name, result, options.clock];
    const cost = JSON.parse(execFileSync(options.launcher, [process.execPath, ...args], { encoding: 'utf8' }));
    return { ...JSON.parse(readFileSync(result, 'utf8')), peak: cost.peak };
}

/** The largest peak of memory, in bytes, among the processes below `pid`. */
function peakBelow(pid) {
    const parents = new Map();
    const peaks = new Map();
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
        try {
            const status = readFileSync(`/proc/${name}/status`, 'utf8');
            parents.set(Number(name), Number(/^PPid:\s*(\d+)/m.exec(status)[1]));
            peaks.set(Number(name), Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0) * 1024);
        } catch {
            // It ended meanwhile.
        }
    }
    const isBelow = (id) => parents.has(id) && (parents.get(id) === pid || isBelow(parents.get(id)));
    return Math.max(0, ...[...peaks].filter(([id]) => isBelow(id)).map(([, peak]) => peak));
}

let pages = 0;

/** Runs `row` once in a page of its own. */
async function inPage(browser, server, version, tool, row) {
    const url = new URL(`bench/sample.html?package=/${version}/${tool}/web/crossings.js&row=${encodeURIComponent(row.name)}`, server.url);
    url.hostname = `page${pages++}.localhost`;
    return runPage(browser, url.href);
}

/** As `inPage`, in a browser of its own, and with the peak of memory of its largest process: the page's. */
function inBrowser(kind, server, version, tool, row) {
    return withBrowser(kind, async (browser) => {
        const sample = await inPage(browser, server, version, tool, row);
        return { ...sample, peak: peakBelow(browser.process().pid) };
    });
}

/** Calls `take(version, row, tool)` for every sample of one run and keeps what it returns. */
async function everySample(run, versions, rows, results, take) {
    const tools = run % 2 ? [...TOOLS].reverse() : TOOLS;
    for (const version of versions)
        for (const row of rows) for (const tool of tools) results.add(version, row, tool, await take(version, row, tool));
}

/** {runtime, version, row, ours: [sample…], upstream: [sample…]} of one runtime, in the order of their first sample. */
function collector(runtime, raw) {
    const cells = new Map();
    return {
        add(version, row, tool, sample) {
            const key = `${version} ${row.name}`;
            if (!cells.has(key)) {
                cells.set(key, { runtime, version, row: row.name, ours: [], upstream: [] });
                raw.push(cells.get(key));
            }
            cells.get(key)[tool].push(sample);
        },
    };
}

async function measure(runtime, folder, server, versions, rows, raw) {
    const runs = Number(options.runs);
    const results = collector(runtime, raw);
    const floods = rows.filter((row) => row.flood);
    const others = rows.filter((row) => !row.flood && !row.slow);
    const slow = rows.filter((row) => row.slow);
    for (let run = 0; run < runs; run++) {
        process.stderr.write(`${runtime}: run ${run + 1} of ${runs}, load ${loadavg()[0].toFixed(1)}\n`);
        const flooding = run < MAX_SLOW ? floods : [];
        const inTurn = run < MAX_SLOW ? [...others, ...slow] : others;
        if (runtime === 'node') {
            const take = async (version, row, tool) => inNode(join(folder, version), tool, row);
            await everySample(run, versions, [...inTurn, ...flooding], results, take);
            continue;
        }
        if (inTurn.length > 0)
            await withBrowser(runtime, (browser) =>
                everySample(run, versions, inTurn, results, (version, row, tool) => inPage(browser, server, version, tool, row)));
        await everySample(run, versions, flooding, results, (version, row, tool) => inBrowser(runtime, server, version, tool, row));
    }
}

async function main() {
    const runtimes = choose(options.runtime, RUNTIMES);
    const versions = choose(options.version, VERSIONS);
    const rows = chooseRows(options.row);
    choose(options.clock, runtimes.join() === 'node' ? ['wall', 'cpu'] : ['wall']);
    const folder = mkdtempSync(join(tmpdir(), 'wasmbind-crossings-'));
    const server = await servePage({ '/': folder, '/bench/': HERE });
    try {
        for (const version of versions)
            for (const target of ['nodejs', 'web']) bind(build('bench/crossings', version), version, target, join(folder, version), options.cli);
        const raw = { date: new Date().toISOString(), environment: environment(), clock: options.clock, runs: Number(options.runs), rows: [] };
        for (const runtime of runtimes) {
            await measure(runtime, folder, server, versions, rows, raw.rows);
            writeRaw(options.out, raw);
        }
    } finally {
        await server.close();
        rmSync(folder, { recursive: true, force: true });
    }
}

await main();
