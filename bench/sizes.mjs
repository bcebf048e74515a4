// Bytes that a user downloads, with our tool and with upstream's: the glue after `esbuild --minify`, as it is and compressed, and the
// module.
//
//   node bench/sizes.mjs --cli WASMBIND --out RAW.json

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { need } from '../tests/run/env.mjs';
import { bind, build, environment, TOOLS, VERSIONS, writeRaw } from './packages.mjs';

/** Crates and their features. */
const CRATES = {
    'examples/million': '',
    'bench/crossings': '',
    'tests/run/crate': 'scalars,options,strings,slices,vectors,structs,results,imports,values',
    'tests/run/crate-js-sys': '',
};
const TARGETS = ['web', 'nodejs'];

const { values: options } = parseArgs({ options: { cli: { type: 'string' }, out: { type: 'string' } } });

/** {glue, gzip, wasm} of a package, in bytes. */
function sizes(folder) {
    const files = readdirSync(folder);
    const glue = files.find((name) => name.endsWith('.js'));
    const minified = execFileSync(join(need('WASMBIND_NODE_MODULES'), '.bin', 'esbuild'), ['--minify', join(folder, glue)]);
    const wasm = statSync(join(folder, files.find((name) => name.endsWith('_bg.wasm')))).size;
    return { glue: minified.length, gzip: gzipSync(minified, { level: 9 }).length, wasm };
}

const work = mkdtempSync(join(tmpdir(), 'wasmbind-sizes-'));
try {
    const rows = [];
    for (const version of VERSIONS)
        for (const [crate, features] of Object.entries(CRATES)) {
            const wasm = build(crate, version, features);
            const folder = join(work, version, basename(crate));
            for (const target of TARGETS) {
                bind(wasm, version, target, folder, options.cli);
                rows.push({ version, crate, target, ...Object.fromEntries(TOOLS.map((tool) => [tool, sizes(join(folder, tool, target))])) });
            }
        }
    writeRaw(options.out, { date: new Date().toISOString(), environment: environment(), rows });
} finally {
    rmSync(work, { recursive: true, force: true });
}
