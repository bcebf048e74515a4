// Runs the case files of the suite on a bound package, outside browsers and inside.

import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bind.mjs';
import { runPage, servePage, withBrowser } from './browser.mjs';
import { need, ROOT } from './env.mjs';

const HERE = join(ROOT, 'tests', 'run');
/** In milliseconds: in a browser for a case file, outside for one case. */
const TIMEOUT = 300000;

/** Where the output for a target can run. For a bundler's browser there is webpack in between. */
export const RUNTIMES = {
    nodejs: ['node', 'node-newest'],
    'experimental-nodejs-module': ['node', 'node-newest'],
    bundler: ['node-newest', 'chromium', 'firefox'],
    module: ['node-newest'],
    deno: ['deno'],
    web: ['chromium', 'firefox'],
    'no-modules': ['chromium', 'firefox'],
};

/** How `fork` starts a program of a runtime that is no browser. */
function forkOptions(runtime) {
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
    if (runtime === 'deno') return { execPath: need('DENO'), execArgv: ['run', '--allow-all', '--no-lock', '--v8-flags=--expose-gc'], stdio };
    const execArgv = ['--expose-gc', '--disable-warning=ExperimentalWarning'];
    return { execPath: runtime === 'node' ? process.execPath : need('NODE_NEWEST'), execArgv, stdio };
}

/** Runs one case file in a child process. Resolves to {results, checks, died}; a child that dies is a failure of the case it was at. */
function runOnce(runtime, job) {
    return new Promise((done) => {
        const child = fork(join(HERE, 'node-child.mjs'), forkOptions(runtime));
        const results = [];
        let current = `${job.topic}: loading`;
        let end;
        const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT);
        child.on('message', (m) => {
            timer.refresh();
            if (m.started) current = m.started;
            if (m.result) results.push(m.result);
            if (m.done) end = m.done;
        });
        child.on('exit', (status, signal) => {
            clearTimeout(timer);
            const error = end ? end.error : `the process ended: ${signal ?? `status ${status}`}`;
            if (error) results.push({ name: current, ok: false, message: error, where: end?.where, threw: [] });
            done({ results, checks: end?.checks ?? 0, died: !end });
        });
        child.send(job);
    });
}

/** The same, in as many child processes as it takes: after a death, another for the cases that are left. */
async function runInNode(runtime, job) {
    const all = { results: [], checks: 0 };
    for (;;) {
        const { results, checks, died } = await runOnce(runtime, { ...job, done: all.results.map(({ name }) => name) });
        all.results.push(...results);
        all.checks += checks;
        if (!died || results.at(-1).name.endsWith(': loading')) return all;
    }
}

/** Does to the bound package what its runtime needs besides. */
async function finish({ target, runtime }, pkg) {
    if (['bundler', 'module'].includes(target)) writeFileSync(join(pkg, 'package.json'), '{ "type": "module" }\n');
    if (target === 'bundler' && runtime !== 'node-newest') await bundle(pkg, 'suite', '/pkg/bundle/');
}

/**
 * Runs the cases of a package in the folder `pkg`. `job`: {target, runtime, files: [{file, topic}], facts (harness.mjs), only (a
 * pattern of case names)}. Calls `report({results, checks})` after each file; a result is {name, ok, message, threw}.
 */
export async function runCaseFiles(job, pkg, report) {
    await finish(job, pkg);
    const { target, runtime, files, facts, only } = job;
    if (!['chromium', 'firefox'].includes(runtime)) {
        const common = { package: join(pkg, 'suite.js'), commonjs: target === 'nodejs', facts, only };
        for (const { file, topic } of files) report(await runInNode(runtime, { ...common, topic, file: pathToFileURL(join(HERE, 'cases', file)).href }));
        return;
    }
    const server = await servePage({ '/': HERE, '/pkg/': pkg });
    const inPage = async (browser) => {
        for (const { file, topic } of files) {
            const query = new URLSearchParams({ target, case: file, topic, only, facts: JSON.stringify(facts) });
            try {
                report(await runPage(browser, `${server.url}?${query}`, TIMEOUT));
            } catch (e) {
                report({ results: [{ name: `${topic}: loading`, ok: false, message: e.message, threw: [] }], checks: 0 });
            }
        }
    };
    try {
        await withBrowser(runtime, inPage, { gc: true, timeout: TIMEOUT });
    } finally {
        await server.close();
    }
}
