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
//   --prepare                          only build what that runs
//   --keep                             keep the bound packages and say where they are
//   --verbose                          one line per case, not only per failure
//
// Exit status 0 if every case passed, apart from those that tests/compare/differences.json lists: with upstream's tool those of its
// list `behaviour`, with either tool the few of its list `crates`.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { holds, pattern, readTable } from '../compare/table.mjs';
import { bindModule, buildModule, checkMode, isUpstream, optimise, postProcess } from './bind.mjs';
import { RUNTIMES, runCaseFiles } from './execute.mjs';
import { featuresFor, programs, rustFlags } from './programs.mjs';

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
    prepare: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
};

function usage(message) {
    process.stderr.write(`run.mjs: ${message}\n`);
    process.exit(2);
}

function readOptions() {
    const { values } = parseArgs({ options: OPTIONS });
    if (!(values.cli || values.prepare) || !values.version) usage('--version is needed, and --cli without --prepare');
    if (!/^0\.2\.\d+$/.test(values.version)) usage(`not a version: ${values.version}`);
    if (!['on', 'off', 'auto'].includes(values.externref)) usage(`--externref ${values.externref}`);
    values.target ??= ['chromium', 'firefox'].includes(values.runtime) ? 'web' : 'nodejs';
    if (!RUNTIMES[values.target]) usage(`--target ${values.target}`);
    values.runtime ??= RUNTIMES[values.target][0];
    if (!RUNTIMES[values.target].includes(values.runtime)) usage(`--runtime ${values.runtime} does not run --target ${values.target}`);
    return { ...values, cli: resolve(values.cli ?? ''), minor: Number(values.version.split('.')[2]) };
}

/** The patterns of cases that may fail: [{pattern, sometimes}]. */
function knownFaults(options, upstream, externref) {
    const where = { ...options, externref: externref ? 'on' : 'off' };
    const { behaviour, crates } = readTable();
    const ofCrates = crates.filter((f) => holds(f, where) && (!f.post || options.post !== undefined));
    const ofTool = upstream ? behaviour.filter((f) => holds(f, where)).map((f) => ({ sometimes: true, cases: f.differences.map((d) => d.case) })) : [];
    return [...ofCrates, ...ofTool].flatMap(({ cases, sometimes }) => cases.map((name) => ({ pattern: pattern(name), sometimes })));
}

/** Sorts one result into `tally` and prints it if it is worth a line. */
function account(result, faults, tally, verbose) {
    const fault = faults.find((f) => f.pattern.test(result.name));
    if (result.ok) {
        tally.passed++;
        if (fault && !fault.sometimes) tally.notes.push(`note: ${result.name} is listed as a fault of upstream's, but passed`);
        if (verbose) console.log(`ok    ${result.name}`);
    } else if (fault) {
        tally.known++;
        if (verbose) console.log(`known ${result.name}: ${result.message}`);
    } else {
        tally.failed++;
        console.log(`FAIL  ${result.name}: ${result.message}${result.where ? `  [${result.where}]` : ''}`);
    }
}

/** Post-processes the bound package `pkg` and runs the program's cases. */
async function runPackage(options, upstream, program, pkg, tally) {
    if (options.opt) optimise(pkg);
    if (options.post) postProcess(pkg, options.post);
    const externref = checkMode(pkg, options.externref);
    const faults = knownFaults(options, upstream, externref);
    const { target, minor, runtime, only } = options;
    const facts = { target, minor, runtime: runtime === 'node-newest' ? 'node' : runtime, externref, early: upstream && minor <= 95 };
    await runCaseFiles({ target, runtime, files: program.cases, facts, only }, pkg, ({ results, checks }) => {
        tally.checks += checks;
        for (const result of results) account(result, faults, tally, options.verbose);
    });
    tally.modes.add(externref ? 'externref' : 'heap');
}

function build({ version, target, minor, externref }, program, upstream) {
    return buildModule(program.crate, version, featuresFor(program, target), rustFlags(minor, externref, upstream));
}

/** Builds, binds and runs one program. */
async function runProgram(options, upstream, program, tally) {
    const wasm = options.wasm ? resolve(options.wasm) : build(options, program, upstream);
    const cliArgs = options['cli-args'].split(/\s+/).filter(Boolean);
    const folder = mkdtempSync(join(tmpdir(), 'wasmbind-run-'));
    try {
        const pkg = bindModule({ ...options, folder, upstream, wasm, cliArgs });
        await runPackage(options, upstream, program, pkg, tally);
    } finally {
        if (options.keep) console.log(`kept: ${folder}`);
        else rmSync(folder, { recursive: true, force: true });
    }
}

async function main() {
    const options = readOptions();
    if (options.prepare) {
        for (const program of programs(options.minor, options.topics?.split(','), options.target)) build(options, program, false);
        return;
    }
    const upstream = isUpstream(options.cli);
    const tally = { passed: 0, failed: 0, known: 0, checks: 0, notes: [], modes: new Set() };
    const chosen = programs(options.minor, options.topics?.split(','), options.target);
    if (options.wasm && chosen.length !== 1) usage('--wasm needs --topics of one crate');
    for (const program of chosen) await runProgram(options, upstream, program, tally);
    for (const note of tally.notes) console.log(note);
    const extras = [options.opt && 'wasm-opt', options.post && 'post-processed'].filter(Boolean);
    const what = [upstream ? "upstream's tool" : 'our tool', options.version, [...tally.modes].join('+'), options.target, options.runtime, ...extras].join(', ');
    const known = tally.known > 0 ? `, ${tally.known} known faults of upstream's` : '';
    console.log(`${what}: ${tally.passed} passed, ${tally.failed} failed${known} (${tally.checks} checks)`);
    if (tally.passed === 0 && tally.failed === 0) usage('no case was run');
    process.exitCode = tally.failed > 0 ? 1 : 0;
}

await main();
