// The checked-in table of differences, differences.json, in three lists:
//
//   output      what compare.mjs sees; `faults`: patterns of what it says. What begins with "theirs does not load: " or
//               "theirs refuses: " is the difference that behaviour.mjs sees as well
//   behaviour   what behaviour.mjs sees; `differences`: patterns {case, ours, theirs} of a case of the run-time suite, or of a call with
//               wrong arguments, and what was observed with either tool
//   crates      `cases` of the run-time suite that fail with any tool, since the crate itself is at fault; `post`: only where the bound
//               module is post-processed
//
// An entry says `why`, where it holds (`from`, `until`: minor versions; `externref`, `targets`, `programs`, `runtimes`), and what
// differs. Each pattern must be met in each version where it holds, unless the entry says why that may not be so: `sometimes`. Where
// the reason is a fault that docs/upstream/abi.md 15 has, `fault` gives its number. docs/differences.md shows the table.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run/env.mjs';

export const TABLE = join(ROOT, 'tests', 'compare', 'differences.json');

export function readTable() {
    return JSON.parse(readFileSync(TABLE, 'utf8'));
}

/** A pattern in which `*` stands for any text. */
export function pattern(text) {
    return new RegExp(`^${text.split('*').map((s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's');
}

/** Whether an entry holds for {minor, externref, target, program, runtime}. */
export function holds(entry, where) {
    const among = (list, item) => list === undefined || item === undefined || list.includes(item);
    return (
        (entry.from ?? 0) <= where.minor &&
        where.minor <= (entry.until ?? Infinity) &&
        (entry.externref === undefined || entry.externref === where.externref) &&
        among(entry.targets, where.target) &&
        among(entry.programs, where.program) &&
        among(entry.runtimes, where.runtime)
    );
}

/** A listed difference as a list of patterns, one for each of its parts. */
const patternsOf = (listed) => (typeof listed === 'string' ? [listed] : [listed.case, listed.ours, listed.theirs]).map(pattern);

/** What was found, in the same order. */
const partsOf = (found) => (typeof found === 'string' ? [found] : [found.case, found.ours, found.theirs]);

/** The entries of one list that hold in any of the places `where`, and which of them were met; only those listed differences that `wanted` takes. */
export class Listed {
    constructor(list, where, wanted = () => true) {
        this.entries = readTable()[list]
            .filter((entry) => where.some((w) => holds(entry, w)))
            .map((entry) => ({
                entry,
                items: (entry.faults ?? entry.differences).filter(wanted).map((listed) => ({ listed, patterns: patternsOf(listed), met: false })),
            }));
        this.count = 0;
    }

    /** Whether the table lists what was found; notes that it was met. */
    covers(where, found) {
        const parts = partsOf(found);
        let covered = false;
        for (const { entry, items } of this.entries) {
            if (!holds(entry, where)) continue;
            for (const item of items.filter(({ patterns }) => patterns.length === parts.length && patterns.every((p, i) => p.test(parts[i])))) item.met = covered = true;
        }
        if (covered) this.count++;
        return covered;
    }

    /** The listed differences that were not met, though they should have been: of the entries that hold in any of the places `where`. */
    unused(where) {
        const due = this.entries.filter(({ entry }) => !entry.sometimes && where.some((w) => holds(entry, w)));
        return due.flatMap(({ items }) => items.filter((p) => !p.met).map(({ listed }) => listed));
    }
}
