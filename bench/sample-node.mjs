// A sample in Node: node sample-node.mjs PACKAGE.js ROW RESULT.json [cpu]
//
// `cpu` takes the processor time of the whole process for the clock, which is of use on a machine that has other things to do.

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ARRAYS } from './arrays.mjs';
import { installHost, ROWS } from './rows.mjs';
import { sample } from './sample.mjs';

const [file, name, out, kind] = process.argv.slice(2);
const clock = kind === 'cpu' ? () => Object.values(process.cpuUsage()).reduce((a, b) => a + b) / 1000 : undefined;
installHost();
const w = createRequire(import.meta.url)(file);
writeFileSync(out, JSON.stringify(await sample(w, [...ROWS, ...ARRAYS].find((row) => row.name === name), clock)));
