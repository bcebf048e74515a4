// Shows the table of differences in docs/differences.md, between its markers.
//
//   node tests/compare/document.mjs            fails if the file does not show the table as it is
//   node tests/compare/document.mjs --write    writes it

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run/env.mjs';
import { readTable } from './table.mjs';

const FILE = join(ROOT, 'docs', 'differences.md');
const BEGIN = '<!-- table: tests/compare/document.mjs --write -->';
const END = '<!-- end -->';

/** A cell: code that no reader of Markdown changes. */
function code(text) {
    const marked = text.replace(/\n/g, '\\n').replace(/\|/g, '\\|');
    return marked.includes('`') ? `\`\` ${marked} \`\`` : `\`${marked}\``;
}

/** Where an entry holds, in words. */
function where({ from, until, externref, targets, programs, runtimes, post }) {
    const versions = from && until ? `0.2.${from} to 0.2.${until}` : from ? `from 0.2.${from}` : until ? `up to 0.2.${until}` : 'all';
    const parts = [versions, externref && `externref ${externref}`, targets?.join(', '), programs?.join(', '), runtimes?.join(', '), post && 'under growth chaos'];
    return parts.filter(Boolean).join('; ');
}

/** The reason, with the fault of upstream's that it is, and why it may not occur. */
function reason({ why, fault, sometimes }) {
    return [why, fault && `(docs/upstream/abi.md 15.${fault})`, sometimes && `Not always: ${sometimes}.`].filter(Boolean).join(' ').replace(/\|/g, '\\|');
}

function row(...cells) {
    return `| ${cells.join(' | ')} |`;
}

function table(head, rows) {
    return [row(...head), row(...head.map(() => '---')), ...rows].join('\n');
}

function text() {
    const { output, behaviour, crates } = readTable();
    return [
        'Versions are those of the crate; `*` stands for any text.',
        '### Output',
        table(['Where', 'What the comparison says', 'Why'], output.map((e) => row(where(e), e.faults.map(code).join('<br>'), reason(e)))),
        '### Behaviour',
        table(['Where', 'Case or call', 'wasmbind', 'Upstream', 'Why'],
            behaviour.flatMap((e) => e.differences.map((d, i) => row(where(e), code(d.case), code(d.ours), code(d.theirs), i === 0 ? reason(e) : 'the same')))),
        '### Cases that fail with either tool',
        table(['Where', 'Case', 'Why'], crates.map((e) => row(where(e), e.cases.map(code).join('<br>'), reason(e)))),
    ].join('\n\n');
}

const shown = readFileSync(FILE, 'utf8');
const [start, end] = [shown.indexOf(BEGIN), shown.indexOf(END)];
if (start < 0 || end < start) throw new Error(`${FILE} lacks the markers`);
const current = `${shown.slice(0, start)}${BEGIN}\n\n${text()}\n\n${shown.slice(end)}`;
if (process.argv.includes('--write')) writeFileSync(FILE, current);
else if (current !== shown) {
    console.error('docs/differences.md does not show tests/compare/differences.json as it is: run tests/compare/document.mjs --write');
    process.exitCode = 1;
}
