// The run-time suite: Rust programs, bound by a tool, executed in Node and in browsers; values compared.
//
//   node tests/run/run.mjs --cli PATH --version 0.2.N [options]
//
//   --externref on|off|auto            default auto; looked for in the output, too
//   --target T                         of the tool; default nodejs in Node, web in browsers
//   --runtime R                        node|node-newest|deno|chromium|firefox; default: the first that runs the target
//   --topics LIST                      files of cases/ by their first word, comma-separated; default all ("js-sys" and "futures" are crates of their own)
//   --only PATTERN                     of the cases, those whose name matches
//   --cli-args "WORDS"                 more arguments for the tool
//   --opt                              wasm-opt -O3 over the bound module
//   --post "COMMAND"                   then `COMMAND IN OUT` over it
//   --wasm FILE                        bind this module instead of building one (of the crate that the topics need)
//   --keep                             keep the bound packages and say where they are
//   --verbose                          one line per case, not only per failure
//
// Exit status 0 if every case passed, apart from those that known-upstream-faults.json says fail with upstream's own tool (or, very
// few, with upstream's own crates).

import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bindModule, buildModule, bundle, checkMode, isUpstream, optimise, postProcess } from './bind.mjs';
import { runPage, servePage, withBrowser } from './browser.mjs';
import { need, ROOT } from './env.mjs';
import { programs, rustFlags } from './programs.mjs';

const HERE = join(ROOT, 'tests', 'run');
const TIMEOUT = 300000;
/** Where the behaviour belongs to the tool, not to the crate, ours is that of upstream's newest. */
const OUR_BEHAVIOUR = 130;

const OPTIONS = {
    cli: { type: 'string' },
    version: { type: 'string' },
    externref: { type: 'string', default: 'auto' },
    target: { type: 'string' },
    runtime: { type: 'string' },
    topics: { type: 'string' },
    only: { type: 'string', default: '' },
    'cli-args': { type: 'string', default: '' },
    opt: { type: 'boolean', default: false },
    post: { type: 'string' },
    wasm: { type: 'string' },
    keep: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
};

/** Where the output for a target can run. For a bundler's browser there is webpack in between. */
const RUNTIMES = {
    nodejs: ['node', 'node-newest'],
    'experimental-nodejs-module': ['node', 'node-newest'],
    bundler: ['node-newest', 'chromium', 'firefox'],
    module: ['node-newest'],
    deno: ['deno'],
    web: ['chromium', 'firefox'],
    'no-modules': ['chromium', 'firefox'],
};

function usage(message) {
    process.stderr.write(`run.mjs: ${message}\n`);
    process.exit(2);
}

function readOptions() {
    const { values } = parseArgs({ options: OPTIONS });
    if (!values.cli || !values.version) usage('--cli and --version are needed');
    if (!/^0\.2\.\d+$/.test(values.version)) usage(`not a version: ${values.version}`);
    if (!['on', 'off', 'auto'].includes(values.externref)) usage(`--externref ${values.externref}`);
    values.target ??= ['chromium', 'firefox'].includes(values.runtime) ? 'web' : 'nodejs';
    if (!RUNTIMES[values.target]) usage(`--target ${values.target}`);
    values.runtime ??= RUNTIMES[values.target][0];
    if (!RUNTIMES[values.target].includes(values.runtime)) usage(`--runtime ${values.runtime} does not run --target ${values.target}`);
    return { ...values, cli: resolve(values.cli), minor: Number(values.version.split('.')[2]) };
}

/**
 * The faults of upstream's that matter here: a list of {why, from, until (minor versions), externref, runtimes, post, in, cases
 * (names, `*` for any text), skip, sometimes}. `in: "crate"`: a fault of upstream's Rust crates, with any tool; the others are
 * those of upstream's tool. `post`: only where the bound module is post-processed. `skip`: not run at all, because it damages the
 * program's memory. `sometimes`: a pass is not worth a note.
 */
function knownFaults(options, upstream, externref) {
    const table = JSON.parse(readFileSync(join(HERE, 'known-upstream-faults.json'), 'utf8'));
    const holds = (f) =>
        (upstream || f.in === 'crate') &&
        (f.from ?? 0) <= options.minor &&
        options.minor <= (f.until ?? Infinity) &&
        (f.externref === undefined || f.externref === (externref ? 'on' : 'off')) &&
        (f.runtimes === undefined || f.runtimes.includes(options.runtime)) &&
        (!f.post || options.post !== undefined);
    const pattern = (name) => new RegExp(`^${name.split('*').map((s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's');
    return table.filter(holds).map((f) => ({ ...f, patterns: f.cases.map(pattern) }));
}

/** How `fork` starts a program of a runtime that is no browser. */
function forkOptions(runtime) {
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
    if (runtime === 'deno') return { execPath: need('DENO'), execArgv: ['run', '--allow-all', '--no-lock', '--v8-flags=--expose-gc'], stdio };
    const execArgv = ['--expose-gc', '--disable-warning=ExperimentalWarning'];
    return { execPath: runtime === 'node' ? process.execPath : need('NODE_NEWEST'), execArgv, stdio };
}

/** Runs one case file in a child process. Resolves to {results, checks}; a child that dies is a failure of the case it was at. */
function runInNode(runtime, job) {
    return new Promise((done) => {
        const child = fork(join(HERE, 'node-child.mjs'), forkOptions(runtime));
        const results = [];
        let current = 'loading';
        let end;
        const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT);
        child.on('message', (m) => {
            if (m.started) current = m.started;
            if (m.result) results.push(m.result);
            if (m.done) end = m.done;
        });
        child.on('exit', (status, signal) => {
            clearTimeout(timer);
            const error = end ? end.error : `the process ended: ${signal ?? `status ${status}`}`;
            if (error) results.push({ name: `${job.topic}: ${current}`, ok: false, message: error });
            done({ results, checks: end?.checks ?? 0 });
        });
        child.send(job);
    });
}

/** A function that runs one case file in the chosen runtime, handed to `body`. */
async function withRuntime(options, pkg, body) {
    if (!['chromium', 'firefox'].includes(options.runtime)) {
        const common = { package: join(pkg, 'suite.js'), commonjs: options.target === 'nodejs' };
        return body(({ file, ...job }) => runInNode(options.runtime, { ...job, ...common, file: pathToFileURL(join(HERE, 'cases', file)).href }));
    }
    const server = await servePage({ '/': HERE, '/pkg/': pkg });
    try {
        return await withBrowser(
            options.runtime,
            (browser) =>
                body(async ({ file, topic, facts, only, skip }) => {
                    const query = new URLSearchParams({ target: options.target, case: file, topic, only, facts: JSON.stringify(facts), skip: JSON.stringify(skip) });
                    try {
                        return await runPage(browser, `${server.url}?${query}`, TIMEOUT);
                    } catch (e) {
                        return { results: [{ name: `${topic}: loading`, ok: false, message: e.message }], checks: 0 };
                    }
                }),
            { gc: true, timeout: TIMEOUT },
        );
    } finally {
        await server.close();
    }
}

/** Sorts one result into `tally` and prints it if it is worth a line. */
function account(result, faults, tally, verbose) {
    const fault = faults.find((f) => f.patterns.some((p) => p.test(result.name)));
    if (result.ok) {
        tally.passed++;
        if (fault && !fault.sometimes) tally.notes.push(`note: ${result.name} is listed as a fault of upstream's, but passed`);
        if (verbose) console.log(`ok    ${result.name}`);
    } else if (fault) {
        tally.known++;
        if (verbose) console.log(`known ${result.name}: ${result.message}`);
    } else {
        tally.failed++;
        console.log(`FAIL  ${result.name}: ${result.message}`);
    }
}

/** Finishes the bound package `pkg` and runs the program's cases. */
async function runPackage(options, upstream, program, pkg, tally) {
    if (options.opt) optimise(pkg);
    if (options.post) postProcess(pkg, options.post);
    if (options.target === 'bundler' && options.runtime !== 'node-newest') await bundle(pkg, 'suite', '/pkg/bundle/');
    const externref = checkMode(pkg, options.externref);
    const faults = knownFaults(options, upstream, externref);
    const skipped = faults.filter((f) => f.skip).flatMap((f) => f.cases);
    const runtime = options.runtime === 'node-newest' ? 'node' : options.runtime;
    const facts = { target: options.target, minor: options.minor, tool: upstream ? options.minor : OUR_BEHAVIOUR, runtime, externref };
    await withRuntime(options, pkg, async (runFile) => {
        for (const { file, topic } of program.cases) {
            const { results, checks } = await runFile({ file, topic, facts, only: options.only, skip: skipped });
            tally.checks += checks;
            for (const result of results) account(result, faults, tally, options.verbose);
        }
    });
    tally.skipped += skipped.length;
    tally.modes.add(externref ? 'externref' : 'heap');
}

/** Builds, binds and runs one program. */
async function runProgram(options, upstream, program, tally) {
    const features = options.target === 'bundler' && program.crate === 'crate' ? [...program.features, 'bundler'] : program.features;
    const wasm = options.wasm ? resolve(options.wasm) : buildModule(program.crate, options.version, features, rustFlags(options.minor, options.externref, upstream));
    const cliArgs = options['cli-args'].split(/\s+/).filter(Boolean);
    const folder = mkdtempSync(join(tmpdir(), 'wasmbind-run-'));
    try {
        const pkg = bindModule({ ...options, folder, upstream, wasm, cliArgs });
        if (['bundler', 'module'].includes(options.target)) writeFileSync(join(pkg, 'package.json'), '{ "type": "module" }\n');
        await runPackage(options, upstream, program, pkg, tally);
    } finally {
        if (options.keep) console.log(`kept: ${folder}`);
        else rmSync(folder, { recursive: true, force: true });
    }
}

async function main() {
    const options = readOptions();
    const upstream = isUpstream(options.cli);
    const tally = { passed: 0, failed: 0, known: 0, skipped: 0, checks: 0, notes: [], modes: new Set() };
    const chosen = programs(options.minor, options.topics?.split(','), options.target);
    if (options.wasm && chosen.length !== 1) usage('--wasm needs --topics of one crate');
    for (const program of chosen) await runProgram(options, upstream, program, tally);
    for (const note of tally.notes) console.log(note);
    const extras = [options.opt && 'wasm-opt', options.post && 'post-processed'].filter(Boolean);
    const what = [upstream ? "upstream's tool" : 'our tool', options.version, [...tally.modes].join('+'), options.target, options.runtime, ...extras].join(', ');
    const known = tally.known + tally.skipped > 0 ? `, ${tally.known} known faults of upstream's, ${tally.skipped} not run for that reason` : '';
    console.log(`${what}: ${tally.passed} passed, ${tally.failed} failed${known} (${tally.checks} checks)`);
    if (tally.passed === 0 && tally.failed === 0) usage('no case was run');
    process.exitCode = tally.failed > 0 ? 1 : 0;
}

await main();
