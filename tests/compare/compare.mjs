// Our output beside that of upstream's tool of the same version: files, keys of the loaded packages, declarations, exports.
//
//   node tests/compare/compare.mjs --cli PATH --version 0.2.N [--externref on|off] [--targets LIST] [--programs LIST] [--keep]
//   node tests/compare/compare.mjs --version 0.2.N --prepare                 only builds the modules for that, and for behaviour.mjs
//
// Upstream's tool is that of tools/upstream-cli.sh. Exit status 0 if nothing differs but what differences.json lists, and
// everything that it lists does. Same values and errors are behaviour.mjs's business.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bindModule, buildModule, checkMode } from '../run/bind.mjs';
import { ROOT } from '../run/env.mjs';
import { featuresFor, programs, rustFlags, sinceFeatures } from '../run/programs.mjs';
import { addPair, comments, tsc } from './declarations.mjs';
import { declaredRaw, expectedRaw, exportsOf, filesBelow, isInternal, withoutInternal } from './package.mjs';
import { withoutNames } from './signatures.mjs';
import { Listed } from './table.mjs';
import { answeredLike, targetsOf } from './targets.mjs';

const NODE_FLAGS = ['--no-warnings', '--experimental-wasm-modules', '--experimental-vm-modules'];

const OPTIONS = {
    cli: { type: 'string' },
    version: { type: 'string' },
    externref: { type: 'string' },
    targets: { type: 'string' },
    programs: { type: 'string' },
    prepare: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
};

/** The programs to bind: {name, crate, features}. */
function chosenPrograms(minor) {
    const suite = programs(minor).map(({ crate, features }) => ({ crate, features }));
    const since = sinceFeatures(minor).filter((f) => /^since(93|100)$/.test(f));
    const declarations = '../compare/declarations';
    return [
        ...suite,
        { crate: declarations, features: since },
        { crate: declarations, features: ['futures', 'closures', ...since], name: 'declarations-async' },
    ].map((p) => ({ name: p.crate.replace(/.*\//, ''), ...p }));
}

/** The keys of a bound package in a process of its own: {keys} or {error}. */
function keysOf(pkg, target, minor) {
    const result = spawnSync(process.execPath, [...NODE_FLAGS, join(ROOT, 'tests', 'compare', 'keys.mjs'), pkg, target, String(minor)], { encoding: 'utf8', timeout: 60000 });
    if (result.stdout === '') return { error: `the process ended: ${result.stderr.trim().split('\n').slice(0, 8).join(' / ')}` };
    return JSON.parse(result.stdout);
}

/** Lines only one of two lists has, as faults. */
function compareLists(what, ours, theirs, faults) {
    for (const item of ours) if (!theirs.includes(item)) faults.push(`${what}: only ours has ${item}`);
    for (const item of theirs) if (!ours.includes(item)) faults.push(`${what}: only theirs has ${item}`);
}

/** What a user sees of each key, as text; names of the machinery are left out. */
function visible(keys) {
    const show = (names) => names.filter((n) => !n.startsWith('__')).join(' ');
    return Object.entries(keys).map(([key, { type, keys: own, length, statics, members, json }]) => {
        const parts = [`\`${key}\` ${type}`];
        if (own) parts.push(`{${own.filter((n) => key !== '__wasm' || !isInternal(n)).join(' ')}}`);
        if (length !== undefined && key !== 'default') parts.push(`(${length}) static {${show(statics)}} members {${show(members)}}`);
        if (json) parts.push(`toJSON {${json.join(' ')}}`);
        return parts.join(' ');
    });
}

function compareKeys(folder, { target, minor }, faults) {
    const [ours, theirs] = ['ours', 'theirs'].map((side) => keysOf(join(folder, side, 'pkg'), target, minor));
    if (ours.error) faults.push(`ours does not load: ${ours.error}`);
    if (theirs.error) faults.push(`theirs does not load: ${theirs.error}`);
    if (ours.error || theirs.error) return;
    compareLists('Object.keys', Object.keys(ours.keys), Object.keys(theirs.keys), faults);
    const both = (keys) => Object.fromEntries(Object.entries(keys).filter(([k]) => k in ours.keys && k in theirs.keys));
    compareLists('value', visible(both(ours.keys)), visible(both(theirs.keys)), faults);
}

function compareModules(ours, theirs, faults) {
    const [a, b] = [ours, theirs].map((pkg) => readFileSync(join(pkg, 'suite_bg.wasm')));
    compareLists('WebAssembly.Module.exports', withoutInternal(exportsOf(a)), withoutInternal(exportsOf(b)), faults);
    const declared = Object.entries(declaredRaw(join(ours, 'suite_bg.wasm.d.ts'))).map(([name, type]) => `${name}: ${withoutNames(type)}`);
    const expected = Object.entries(expectedRaw(a)).map(([name, type]) => `${name}: ${type}`);
    compareLists('our _bg.wasm.d.ts (ours) and our module (theirs)', declared, expected, faults);
    return [a, b].flatMap((bytes) => WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map((e) => e.name)).filter(isInternal);
}

/** Binds one program with one tool for one target; returns why that is not possible, or nothing. */
function bindSide(job, folder, side) {
    mkdirSync(join(folder, side));
    const type = moduleType(job.target);
    if (type) writeFileSync(join(folder, side, 'package.json'), `{"type":"${type}"}\n`);
    const { wasm, target, externref } = job;
    try {
        bindModule({ folder: join(folder, side), cli: job[side], upstream: side === 'theirs', wasm, target, externref, cliArgs: [] });
    } catch (e) {
        return `${side} refuses: ${e.message}`;
    }
    return null;
}

/**
 * Binds one program with both tools for one target and compares what needs no TypeScript. Returns whether there is a pair: both
 * tools may say that the program is not possible with the target (snippets in a script, …).
 */
function comparePair(job, folder, faults) {
    const refusals = ['ours', 'theirs'].map((side) => bindSide(job, folder, side)).filter(Boolean);
    const isFair = (text) => /importing from|not possible|only supported/.test(text) && !text.includes('panicked');
    faults.push(...refusals.filter((text) => refusals.length === 1 || !isFair(text)));
    if (refusals.length > 0) return false;
    const [ours, theirs] = [join(folder, 'ours', 'pkg'), join(folder, 'theirs', 'pkg')];
    for (const pkg of [ours, theirs]) checkMode(pkg, job.externref);
    compareLists('files', filesBelow(ours), filesBelow(theirs), faults);
    compareKeys(folder, job, faults);
    const internal = compareModules(ours, theirs, faults);
    const texts = [ours, theirs].map((pkg) => comments(readFileSync(join(pkg, 'suite.d.ts'), 'utf8')));
    compareLists('comments', texts[0], texts[1], faults);
    const pair = addPair(join(folder, 'ts'), ours, theirs, { internal: [...new Set(internal)], minor: job.minor });
    faults.push(...pair.faults);
    job.checks = pair.files;
    return true;
}

/** The `type` that package.json has to give; with none, Node looks into each file, and snippets of target nodejs are ES modules. */
function moduleType(target) {
    return target === 'nodejs' || target === 'no-modules' ? null : 'module';
}

/** All jobs of one version: {target, program, externref, wasm, …}. */
function jobsOf(options, minor) {
    const modes = options.externref ? [options.externref] : ['on', 'off'];
    const targets = options.targets?.split(',') ?? targetsOf(minor);
    const wanted = chosenPrograms(minor).filter((p) => !options.programs || options.programs.split(',').includes(p.name));
    const ours = resolve(options.cli ?? '');
    const theirs = options.prepare ? null : execFileSync(join(ROOT, 'tools', 'upstream-cli.sh'), [options.version], { encoding: 'utf8' }).trim();
    return modes.flatMap((externref) =>
        wanted.flatMap((program) => {
            const build = (target) => buildModule(program.crate, options.version, featuresFor(program, answeredLike(target)), rustFlags(minor, externref, true));
            return targets.map((target) => ({ target, program: program.name, externref, wasm: build(target), minor, ours, theirs }));
        }),
    );
}

/** The errors that TypeScript finds in the pairs' files, as {id, file, row, code, message}. */
function typeErrors(root, jobs) {
    const files = jobs.flatMap((job) => job.checks.map((file) => `${job.id}/ts/${file}`));
    const lines = files.length > 0 ? tsc(root, ...files) : [];
    return lines.flatMap((line, i) => {
        if (line.startsWith(' ')) return []; // more about the error before
        let last = i;
        while (lines[last + 1]?.startsWith(' ')) last++;
        const found = /^(\d+)\/ts\/([\w.]+)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(line);
        if (!found) throw new Error(`tsc: ${line}`);
        const message = lines[last] === line ? found[5] : `${found[5]} … ${lines[last].trim()}`;
        return [{ id: Number(found[1]), file: found[2], row: Number(found[3]), code: found[4], message }];
    });
}

/** What an error says: of a checker, what its line shows; of declarations, the line. */
function explain(root, { id, file, row, code, message }) {
    const line = readFileSync(join(root, String(id), 'ts', file), 'utf8').split('\n')[row - 1];
    const what = file.startsWith('check') && line.includes('// ') ? line.replace(/.*\/\/ /, '') : `${file}: \`${line.trim()}\``;
    return `${what}: ${code}: ${message.replace(/import\("[^"]*\/(\w+)"\)/g, '$1')}`;
}

/** Runs TypeScript over all pairs at once. Where a file cannot be parsed it says nothing else, so those pairs are taken out. */
function compareDeclarations(root, jobs) {
    let bound = jobs.filter((job) => job.bound);
    for (;;) {
        const errors = typeErrors(root, bound);
        const unreadable = new Set(errors.filter(({ code }) => /^TS1\d\d\d$/.test(code)).map(({ id }) => id));
        for (const error of errors)
            if (unreadable.size === 0 || unreadable.has(error.id)) jobs[error.id].faults.push(explain(root, error));
        if (unreadable.size === 0) return;
        bound = bound.filter((job) => !unreadable.has(job.id));
    }
}

function main() {
    const { values: options } = parseArgs({ options: OPTIONS });
    if (!(options.cli || options.prepare) || !/^0\.2\.\d+$/.test(options.version ?? '')) throw new Error('--version is needed, and --cli without --prepare');
    const minor = Number(options.version.split('.')[2]);
    const root = mkdtempSync(join(tmpdir(), 'wasmbind-compare-'));
    try {
        const jobs = jobsOf(options, minor).map((job, id) => ({ ...job, id, faults: [], bound: false }));
        if (options.prepare) return;
        for (const job of jobs) {
            const folder = join(root, String(job.id));
            mkdirSync(folder);
            try {
                job.bound = comparePair(job, folder, job.faults);
            } catch (e) {
                job.faults.push(e.message);
            }
        }
        compareDeclarations(root, jobs);
        report(options, jobs);
    } finally {
        if (options.keep) console.log(`kept: ${root}`);
        else rmSync(root, { recursive: true, force: true });
    }
}

function report(options, jobs) {
    const listed = new Listed('output', jobs);
    let failed = 0;
    for (const job of jobs) {
        for (const fault of job.faults) {
            // No table excuses a package of ours that does not load.
            if (!fault.startsWith('ours does not load') && listed.covers(job, fault)) continue;
            failed++;
            console.log(`FAIL  ${options.version} ${job.target} externref ${job.externref} ${job.program}: ${fault}`);
        }
    }
    const whole = !options.programs && !options.targets && !options.externref;
    for (const entry of whole ? listed.unused(jobs) : []) {
        failed++;
        console.log(`FAIL  listed in differences.json, but did not occur: ${entry}`);
    }
    const pairs = jobs.filter((job) => job.bound).length;
    const refused = jobs.filter((job) => !job.bound).map((job) => `${job.target}/${job.program}`);
    if (refused.length > 0) console.log(`refused by a tool: ${[...new Set(refused)].join(', ')}`);
    console.log(`${options.version}: ${pairs} pairs of packages compared, ${failed} faults, ${listed.count} listed differences`);
    process.exitCode = failed > 0 || pairs === 0 ? 1 : 0;
}

main();
