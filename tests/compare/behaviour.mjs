// What our output does beside what upstream's of the same version does: the run-time suite, case by case, and wrong arguments.
//
//   node tests/compare/behaviour.mjs --cli PATH --version 0.2.N [--every-target | --targets LIST] [--programs LIST] [--only PATTERN]
//
// Of each case: whether it passes, or else why not, and class and message of everything thrown in it. The checks of the cases pin the
// values. Of each exported function of one parameter, with values of every kind: the result, or class and message of what it throws.
// Exit status 0 if nothing differs but what the list `behaviour` of differences.json has, and everything that it has does. A package of
// theirs that does not load is one difference, which the list `output` has; ours has to pass all the same.
//
// Target nodejs in both reference modes; --every-target: the others as well, --targets: these alone, with externref on, each in the first
// runtime that it has (run/execute.mjs).

import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { bindModule, buildModule, checkMode } from '../run/bind.mjs';
import { ROOT } from '../run/env.mjs';
import { RUNTIMES, runCaseFiles } from '../run/execute.mjs';
import { featuresFor, programs, rustFlags } from '../run/programs.mjs';
import { holds, Listed, pattern, readTable } from './table.mjs';
import { answeredLike, targetsOf } from './targets.mjs';

const OPTIONS = {
    cli: { type: 'string' },
    version: { type: 'string' },
    'every-target': { type: 'boolean', default: false },
    targets: { type: 'string' },
    programs: { type: 'string' },
    only: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
};

/** Every package that is run: {target, runtime, program, externref, minor, files, wasm}. */
function jobsOf(options, minor) {
    const targets = options.targets?.split(',') ?? (options['every-target'] ? targetsOf(minor) : ['nodejs']);
    const places = targets.flatMap((target) => (target === 'nodejs' ? ['on', 'off'] : ['on']).map((externref) => [target, externref]));
    return places.flatMap(([target, externref]) =>
        programs(minor, undefined, target)
            .filter(({ crate }) => !options.programs || options.programs.split(',').includes(crate))
            .map((program) => ({
                ...{ target, runtime: RUNTIMES[target][0], program: program.crate, externref, minor, files: program.cases },
                wasm: buildModule(program.crate, options.version, featuresFor(program, answeredLike(target)), rustFlags(minor, externref, true)),
            })),
    );
}

/** Functions of one parameter: each type of the suite once. (tests/cli/debug.test.mjs has all of them, with --debug.) */
const TYPES = '^(show|opt_show|slice|vec|reverse|some)_|^(str_len|counter_value|counter_ref|Cloned|rest_numbers|rest_strings|value_tests)$|^echo_\\w+s$';

/** {call: outcome} of such functions of a package for Node, with arguments of every kind. */
async function wrongArguments(pkg) {
    const probe = join(ROOT, 'tests', 'compare', 'arguments-probe.cjs');
    const { stdout } = await promisify(execFile)(process.execPath, [probe, join(pkg, 'suite.js'), TYPES], { maxBuffer: 1 << 28, timeout: 300000 });
    return JSON.parse(stdout);
}

const REFUSED = 'package: refused';

/** What is wrong with a package that cannot be run: its tool refuses to make it, or it does not load, as every case file of it says. */
function unusable(seen) {
    if (seen[REFUSED]) return `refuses: ${seen[REFUSED].outcome}`;
    const [first] = Object.values(seen);
    return Object.keys(seen).every((name) => name.endsWith(': loading')) && first ? `does not load: ${first.outcome}` : null;
}

/** What one side does: {name: {outcome, threw}}. */
async function observe(job, folder, side, only) {
    mkdirSync(folder);
    const { wasm, target, runtime, externref, minor, files } = job;
    let pkg;
    try {
        pkg = bindModule({ folder, cli: job[side], upstream: side === 'theirs', wasm, target, externref, cliArgs: [] });
    } catch (e) {
        if (side === 'ours') throw e;
        return { [REFUSED]: { outcome: e.message, threw: [] } };
    }
    checkMode(pkg, externref);
    const seen = {};
    const facts = { target: answeredLike(target), minor, runtime: runtime === 'node-newest' ? 'node' : runtime, externref: externref === 'on', early: minor <= 95 };
    await runCaseFiles({ target, runtime, files, facts, only }, pkg, ({ results }) => {
        for (const { name, ok, message, threw } of results) seen[name] = { outcome: ok ? 'passes' : message, threw };
    });
    if (target !== 'nodejs' || job.program !== 'crate' || only || unusable(seen)) return seen;
    for (const [call, outcome] of Object.entries(await wrongArguments(pkg))) seen[`arguments: ${call}`] = { outcome, threw: [] };
    return seen;
}

const NOT_RUN = { outcome: 'is not run', threw: [] };

/** The differences of two observations: [{case, ours, theirs}], each once. What a case threw is compared as far as both sides came. */
function differences(ours, theirs) {
    const found = new Map();
    for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
        const [a, b] = [ours[name] ?? NOT_RUN, theirs[name] ?? NOT_RUN];
        const pairs = [[a.outcome, b.outcome], ...a.threw.slice(0, b.threw.length).map((text, i) => [text, b.threw[i]])];
        for (const [mine, other] of pairs.filter(([x, y]) => x !== y)) found.set(`${name}\0${mine}\0${other}`, { case: name, ours: mine, theirs: other });
    }
    return [...found.values()];
}

/** Whether a case fails with every tool, for a reason that the table has. */
function failsAnyway(name, job, crates) {
    return crates.some((entry) => !entry.post && holds(entry, job) && entry.cases.some((text) => pattern(text).test(name)));
}

/** Runs one job on both sides; returns its faults, apart from those that are in one of the lists. */
async function compareJob(job, root, options, lists, tally) {
    const folder = join(root, String(tally.jobs++));
    mkdirSync(folder);
    const [ours, theirs] = await Promise.all(['ours', 'theirs'].map((side) => observe(job, join(folder, side), side, options.only)));
    const { crates } = readTable();
    const broken = unusable(theirs);
    job.loads = !broken;
    const faults = broken ? [`theirs ${broken}`] : differences(ours, theirs);
    for (const [name, { outcome }] of Object.entries(ours)) {
        if (!name.startsWith('arguments: ') && outcome !== 'passes' && !failsAnyway(name, job, crates)) faults.push({ case: name, ours: outcome, theirs: 'ours must pass' });
    }
    tally.cases += Object.keys(ours).length;
    return faults.filter((fault) => !lists.some((listed) => listed.covers(job, fault)));
}

/** A fault for people. */
const textOf = (fault) => (typeof fault === 'string' ? fault : `${fault.case}\n        ours:   ${fault.ours}\n        theirs: ${fault.theirs}`);

async function main() {
    const { values: options } = parseArgs({ options: OPTIONS });
    if (!options.cli || !/^0\.2\.\d+$/.test(options.version ?? '')) throw new Error('--cli and --version are needed');
    const minor = Number(options.version.split('.')[2]);
    const theirs = execFileSync(join(ROOT, 'tools', 'upstream-cli.sh'), [options.version], { encoding: 'utf8' }).trim();
    const jobs = jobsOf(options, minor).map((job) => ({ ...job, ours: resolve(options.cli), theirs }));
    const lists = [new Listed('behaviour', jobs), new Listed('output', jobs, (fault) => /^theirs (does not load|refuses): /.test(fault))];
    const tally = { jobs: 0, cases: 0, failed: 0 };
    const fail = (text) => {
        tally.failed++;
        console.log(`FAIL  ${options.version} ${text}`);
    };
    const root = mkdtempSync(join(tmpdir(), 'wasmbind-behaviour-'));
    try {
        for (const job of jobs) {
            const faults = await compareJob(job, root, options, lists, tally);
            for (const f of faults) fail(`${job.target} externref ${job.externref} ${textOf(f)}`);
        }
    } finally {
        if (options.keep) console.log(`kept: ${root}`);
        else rmSync(root, { recursive: true, force: true });
    }
    const whole = !options.only && !options.programs && !options.targets;
    // What a package of theirs that does not load would do nobody knows.
    const seen = jobs.filter(({ program, loads }) => program === 'crate' && loads);
    const unused = [...lists[0].unused(seen), ...lists[1].unused(jobs)];
    for (const item of whole ? unused : []) fail(`listed in differences.json, but did not occur: ${JSON.stringify(item)}`);
    console.log(`${options.version}: ${tally.cases} cases and calls compared, ${tally.failed} faults, ${lists.reduce((sum, { count }) => sum + count, 0)} listed differences`);
    process.exitCode = tally.failed > 0 || tally.cases === 0 ? 1 : 0;
}

await main();
