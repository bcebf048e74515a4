// The programs of the run-time suite and which of their features a version of the crate has.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './env.mjs';

/** The crate versions from which on there is more to test: features of the crate, `since93` and so on. */
const SINCE = [93, 96, 100, 107, 114, 121, 130];

/** Topics with a crate each, `crate-TOPIC`; the others are features of `crate`. */
const OWN_CRATE = ['js-sys', 'futures'];

/** `since93`, … for the version 0.2.`minor`. */
export function sinceFeatures(minor) {
    return SINCE.filter((since) => minor >= since).map((since) => `since${since}`);
}

/** The case files as {file, topic}; the topic of `structs-ownership.mjs` is `structs`, that of `js-sys.mjs` is `js-sys`. */
export function caseFiles() {
    const files = readdirSync(join(ROOT, 'tests', 'run', 'cases')).filter((f) => f.endsWith('.mjs')).sort();
    return files.map((file) => ({ file, topic: file === 'js-sys.mjs' ? 'js-sys' : file.replace(/[-.].*/, '') }));
}

/** Topics whose programs import JavaScript of their own, which a target refuses. */
const REFUSED = { 'no-modules': ['shapes'] };

/** The programs of the given topics (all that the target can have, if none are given) for 0.2.`minor`: a list of {crate, features, cases}. */
export function programs(minor, wanted, target) {
    const all = caseFiles().filter((c) => !(REFUSED[target] ?? []).includes(c.topic));
    const topics = wanted ?? [...new Set(all.map((c) => c.topic))];
    const unknown = topics.filter((topic) => !all.some((c) => c.topic === topic));
    if (unknown.length > 0) throw new Error(`no such topic: ${unknown.join(', ')}`);
    const chosen = all.filter((c) => topics.includes(c.topic));
    const features = [...topics.filter((topic) => !OWN_CRATE.includes(topic)).sort(), ...sinceFeatures(minor)];
    return [
        { crate: 'crate', features, cases: chosen.filter((c) => !OWN_CRATE.includes(c.topic)) },
        ...OWN_CRATE.map((topic) => ({ crate: `crate-${topic}`, features: [], cases: chosen.filter((c) => c.topic === topic) })),
    ].filter((p) => p.cases.length > 0);
}

/** The features of a program for a target: the suite has things that the output for bundlers has no answer for. */
export function featuresFor({ crate, features }, target) {
    return target === 'bundler' && crate === 'crate' ? [...features, 'bundler'] : features;
}

/**
 * Upstream's tool of 0.2.130 leaves an import of `__wbindgen_externref_statics_end` behind when it binds a module that was built
 * for reference types in heap mode, so it gets a crate that was built without them.
 */
export function rustFlags(minor, externref, upstream) {
    return upstream && externref === 'off' && minor >= 130 ? '-Ctarget-feature=-reference-types' : '';
}
