// The checked-in table of differences, differences.json.
//
// It has a list `output` (what compare.mjs sees) and a list `behaviour` (what behaviour.mjs sees). An entry says `why`, where it
// holds (`from`, `until`: minor versions; `externref`, `targets`, `programs`, `runtimes`), and what differs.

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

/** The entries of one list that hold in any of the places `where`, and which of them were met. */
export class Listed {
    constructor(list, where) {
        this.entries = readTable()[list]
            .filter((entry) => where.some((w) => holds(entry, w)))
            .map((entry) => ({ entry, patterns: entry.faults.map((text) => ({ text, pattern: pattern(text), met: false })) }));
        this.count = 0;
    }

    /** Whether the table lists the fault; notes that it was met. */
    covers(where, fault) {
        for (const { entry, patterns } of this.entries) {
            const hit = holds(entry, where) && patterns.find((p) => p.pattern.test(fault));
            if (!hit) continue;
            hit.met = true;
            this.count++;
            return true;
        }
        return false;
    }

    /** The listed faults that were not met. */
    unused() {
        return this.entries.flatMap(({ patterns }) => patterns.filter((p) => !p.met).map((p) => p.text));
    }
}
