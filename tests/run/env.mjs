// The variables of tools/env.sh, for Node scripts that were started without sourcing it.

import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = ['WASMBIND_CACHE', 'WASMBIND_NODE_MODULES', 'CHROMIUM', 'FIREFOX', 'NODE_NEWEST', 'DENO'];

/** The root folder of the repository. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

let found;

/** {WASMBIND_CACHE, WASMBIND_NODE_MODULES, CHROMIUM, FIREFOX, NODE_NEWEST, DENO}; what is missing is an empty string. */
export function env() {
    if (!found) {
        const script = `. "$0/tools/env.sh"; for n in ${NAMES.join(' ')}; do eval "printf '%s\\n' \\"\\$$n\\""; done`;
        const lines = execFileSync('sh', ['-c', script, ROOT], { encoding: 'utf8' }).split('\n');
        found = Object.fromEntries(NAMES.map((name, i) => [name, lines[i]]));
    }
    return found;
}

/** The variable `name`, which must not be empty: a missing prerequisite is a failure. */
export function need(name) {
    const value = env()[name];
    if (!value) throw new Error(`${name} is not set and nothing was found for it; run tools/setup.sh`);
    return value;
}
