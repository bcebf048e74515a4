// Tables from the raw figures that a run of the benchmark leaves: tool.json, app.json, crossings.json, arrays.json, sizes.json (those that are there).
//
//   node bench/report.mjs FOLDER            prints them, with the goals that are missed
//   node bench/report.mjs --write           writes those of bench/results/ into README.md, bench/results/README.md and arrays.svg
//   node bench/report.mjs --check           status 1 if what is there is not what --write would write

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ARRAYS } from './arrays.mjs';
import { plot } from './plot.mjs';
import { ROWS } from './rows.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const README = join(HERE, '..', 'README.md');
const RESULTS = join(HERE, 'results');
const RUNTIMES = ['node', 'chromium', 'firefox'];
const NEWEST = '0.2.130';
const TOOL_GOAL = 25; // times less CPU
const SIZE_GOALS = { glue: 0.9, gzip: 0.9, wasm: 1 };
const TINY = 6; // nanoseconds, below which times are compared by their difference
const TINY_DIFFERENCE = 0.3;
const MIB = 1 << 20;

/** The rows of the short table. */
const SHORT = [
    'construct, retained', 'construct and free', 'Vec<Struct> in, per element', 'Vec<Struct> out, per element', 'method',
    'Vec<String> in, per element', '&[f64] in, 1,000', 'string in, 11 ASCII', 'string in, 100 ASCII', 'string in, 10,000 ASCII',
    'string out, 20', 'string out, 10,000', 'imported function, two ints', 'callback (Function.call1)', 'Option<f64> in and out',
];

/** The same of arrays. */
const SHORT_ARRAYS = ['structs in, 10', 'structs in, 1,000', 'structs in, 1,000,000', 'structs out, 1,000', 'structs out, 1,000,000', 'construct, four rounds of 1,000,000'];

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const rowOf = (cell) => [...ROWS, ...ARRAYS].find((row) => row.name === cell.row);
const number = (value) => (value >= 1000 ? Math.round(value).toLocaleString('en') : value >= 100 ? value.toFixed(0) : value.toFixed(1));
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** {value, low, high} of one tool's samples: the median of the processes' medians, and their spread. */
function times(samples) {
    const values = samples.map((sample) => sample.median);
    return { value: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/** Adds what follows from the samples: times, ratio, and whether the goal is met. */
function judge(cell) {
    const [ours, upstream] = [times(cell.ours), times(cell.upstream)];
    const ratio = ours.value / upstream.value;
    const goals = rowOf(cell)?.goals;
    const goal = goals?.[cell.version] ?? goals?.[cell.runtime === 'firefox' ? 'firefox' : 'v8'] ?? 1.05;
    const isTiny = upstream.value < TINY && ours.value - upstream.value <= TINY_DIFFERENCE;
    const judged = { ...cell, ours, upstream, ratio, goal, met: ratio <= goal || isTiny };
    if (goals?.peak === undefined) return judged;
    const peak = (samples) => median(samples.map((sample) => sample.peak));
    const peaks = { ours: peak(cell.ours), upstream: peak(cell.upstream) };
    return { ...judged, peaks, met: judged.met && peaks.ours - peaks.upstream <= goals.peak };
}

const mark = (met, text) => (met ? text : `**${text}**`);
const spread = ({ value, low, high }) => `${number(value)} (${number(low)}–${number(high)})`;

/** Every time of one runtime and version. */
function crossingsTable(cells, runtime, version) {
    const rows = cells
        .filter((cell) => cell.runtime === runtime && cell.version === version)
        .map((cell) => [cell.row, spread(cell.ours), spread(cell.upstream), mark(cell.met, cell.ratio.toFixed(2)), `≤ ${Number(cell.goal.toFixed(3))}`]);
    return table(['crossing', 'ours, ns', 'upstream, ns', 'ratio', 'goal'], rows);
}

/** Ratios of some rows, a column for each runtime. */
function shortTable(cells, names) {
    const rows = names.map((name) => {
        const columns = RUNTIMES.map((runtime) => {
            const cell = cells.find((c) => c.row === name && c.runtime === runtime && c.version === NEWEST);
            return cell ? `${number(cell.ours.value)} / ${number(cell.upstream.value)} = ${mark(cell.met, cell.ratio.toFixed(2))}` : '–';
        });
        return [name, ...columns];
    });
    return table(['crossing, ns', ...RUNTIMES.map((name) => `${name[0].toUpperCase()}${name.slice(1)}`)], rows);
}

/** The peaks of memory of the row that floods the collector. */
function peakTable(cells) {
    const rows = cells
        .filter((cell) => cell.peaks)
        .map((cell) => [cell.runtime, cell.version, ...['ours', 'upstream'].map((tool) => (cell.peaks[tool] / MIB).toFixed(0))]);
    return table(['runtime', 'crate', 'ours, MiB', 'upstream, MiB'], rows);
}

function sizesTable(sizes) {
    const rows = sizes.rows.map((row) => [
        row.crate,
        row.version,
        row.target,
        ...Object.entries(SIZE_GOALS).map(([key, goal]) => {
            const ratio = row.ours[key] / row.upstream[key];
            return `${row.ours[key]} / ${row.upstream[key]} = ${mark(ratio <= goal, ratio.toFixed(2))}`;
        }),
    ]);
    return table(['crate', 'version', 'target', 'glue, minified', 'glue, compressed', '`_bg.wasm`'], rows);
}

const toolMedian = (row, name, key) => median(row[name].map((sample) => sample[key]));
const toolRatio = (row) => toolMedian(row, 'upstream', 'cpu') / toolMedian(row, 'ours', 'cpu');

function toolTable(tool) {
    const rows = tool.rows.map((row) => {
        const peaks = ['upstream', 'ours'].map((name) => (toolMedian(row, name, 'peak') / MIB).toFixed(0));
        const [upstream, ours] = ['upstream', 'ours'].map((name) => toolMedian(row, name, 'cpu'));
        return [row.version, row.profile, upstream.toFixed(2), ours.toFixed(3), mark(toolRatio(row) >= TOOL_GOAL, toolRatio(row).toFixed(0)), ...peaks];
    });
    return table(['crate', 'module', 'CPU s, upstream', 'ours', 'times less', 'peak MiB, upstream', 'ours'], rows);
}

const toolRows = ({ tool, app }) => [...(tool?.rows.map((row) => ({ crate: 'bigmodule', ...row })) ?? []), ...(app?.rows ?? [])];

/** The goals that are missed, a line each. */
function missed({ cells, arrayCells, sizes, tool, app }) {
    const lines = [...cells, ...arrayCells]
        .filter((cell) => !cell.met)
        .map((cell) => `${cell.runtime}, ${cell.version}: ${cell.row}: ${cell.ratio.toFixed(2)}, goal ${Number(cell.goal.toFixed(3))}` +
            (cell.peaks ? `, memory ${((cell.peaks.ours - cell.peaks.upstream) / MIB).toFixed(0)} MiB more, goal 96` : ''));
    for (const row of sizes?.rows ?? [])
        for (const [key, goal] of Object.entries(SIZE_GOALS)) {
            const ratio = row.ours[key] / row.upstream[key];
            if (ratio > goal) lines.push(`${row.crate}, ${row.version}, ${row.target}: ${key}: ${ratio.toFixed(3)}, goal ${goal}`);
        }
    for (const row of toolRows({ tool, app }))
        if (toolRatio(row) < TOOL_GOAL)
            lines.push(`the tool on ${row.crate}, ${row.version}, ${row.profile}: ${toolRatio(row).toFixed(1)} times less CPU, goal ${TOOL_GOAL}`);
    return lines;
}

function load(folder) {
    const read = (name) => (existsSync(join(folder, name)) ? JSON.parse(readFileSync(join(folder, name), 'utf8')) : undefined);
    const found = { tool: read('tool.json'), app: read('app.json'), crossings: read('crossings.json'), arrays: read('arrays.json'), sizes: read('sizes.json') };
    return { ...found, cells: (found.crossings?.rows ?? []).map(judge), arrayCells: (found.arrays?.rows ?? []).map(judge) };
}

function describe(name, part) {
    const details = Object.entries(part.environment).map(([key, value]) => `${key} ${value}`);
    return `${name}: ${part.date.slice(0, 10)}; ${details.join('; ')}${part.runs ? `; ${part.runs} runs` : ''}.`;
}

/** Everything, as a document. */
function fullReport(results) {
    const { tool, app, crossings, arrays, sizes, cells, arrayCells } = results;
    const parts = ['# Results of the last full run', '',
        'Written by `bench/report.mjs` from the raw figures beside it. Times are medians of the processes’ medians, in parentheses the least',
        'and the greatest of them; a ratio in bold misses its goal. Times of a few nanoseconds also meet it within 0.3 ns of upstream’s.', ''];
    if (crossings) parts.push(describe('Crossings', crossings), '');
    if (arrays) parts.push(describe('Arrays', arrays), '');
    if (sizes) parts.push(describe('Sizes', sizes), '');
    if (tool) parts.push(describe('Tool', tool), '');
    if (app) parts.push(describe('Application', app), '');
    const lines = missed(results);
    parts.push('## Goals missed', '', ...(lines.length ? lines.map((line) => `* ${line}`) : ['None.']), '');
    if (crossings) {
        for (const { runtime, version } of new Map(cells.map((cell) => [`${cell.runtime} ${cell.version}`, cell])).values())
            parts.push(`## ${runtime}, ${version}`, '', crossingsTable(cells, runtime, version), '');
        if (cells.some((cell) => cell.peaks)) parts.push('## Peak memory of 50 million objects, made and freed in one turn', '', peakTable(cells), '');
    }
    if (arrays) {
        parts.push('## Arrays of exported structs', '', '![nanoseconds per element over the size of the array](arrays.svg)', '');
        for (const { runtime, version } of new Map(arrayCells.map((cell) => [`${cell.runtime} ${cell.version}`, cell])).values())
            parts.push(`### Arrays: ${runtime}, ${version}`, '', crossingsTable(arrayCells, runtime, version), '');
    }
    if (sizes) parts.push('## Sizes in bytes, ours / upstream', '', sizesTable(sizes), '');
    if (tool) parts.push('## The tool', '', toolTable(tool), '');
    if (app) parts.push("## The tool on an application (egui's demo)", '', toolTable(app), '');
    return parts.join('\n');
}

/** README.md's sections between `<!-- figures: NAME -->` and `<!-- end -->`. */
function readmeSections(results) {
    const { tool, app, cells, arrayCells, sizes } = results;
    const sections = {};
    if (tool) sections.tool = toolTable(tool);
    if (app) sections.app = toolTable(app);
    if (cells.length) sections.crossings = shortTable(cells, SHORT);
    if (arrayCells.length) sections.arrays = shortTable(arrayCells, SHORT_ARRAYS);
    const lines = missed(results);
    if (cells.length && sizes) sections.missed = `${lines.length} of ${cells.length + arrayCells.length + 3 * sizes.rows.length + toolRows(results).length} goals are missed${lines.length ? '' : '.'}` +
        `${lines.length ? '; [bench/results](bench/results/README.md) lists them.' : ''}`;
    return sections;
}

/** {path: text} of what --write writes. */
function documents() {
    const results = load(RESULTS);
    let readme = readFileSync(README, 'utf8');
    for (const [name, text] of Object.entries(readmeSections(results))) {
        const section = new RegExp(`( *)<!-- figures: ${name} -->\\n[^]*?<!-- end -->`);
        if (!section.test(readme)) throw new Error(`README.md has no section for the figures of ${name}`);
        const indented = (indent) => text.split('\n').map((line) => indent + line).join('\n');
        readme = readme.replace(section, (_, indent) => `${indent}<!-- figures: ${name} -->\n${indented(indent)}\n${indent}<!-- end -->`);
    }
    const plotted = results.arrayCells.map((cell) => ({ ...cell, ...rowOf(cell) })).filter((cell) => cell.size);
    const drawn = plotted.length ? { [join(RESULTS, 'arrays.svg')]: plot(plotted) } : {};
    return { [README]: readme, [join(RESULTS, 'README.md')]: fullReport(results), ...drawn };
}

const [argument] = process.argv.slice(2);
if (argument === '--write') {
    for (const [path, text] of Object.entries(documents())) writeFileSync(path, text);
} else if (argument === '--check') {
    for (const [path, text] of Object.entries(documents()))
        if (readFileSync(path, 'utf8') !== text) {
            console.error(`${path} does not agree with the figures in bench/results: run node bench/report.mjs --write`);
            process.exitCode = 1;
        }
} else if (argument) {
    console.log(fullReport(load(argument)));
} else {
    console.error('usage: report.mjs FOLDER | --write | --check');
    process.exitCode = 2;
}
