// A plot of nanoseconds per element over the size of the array, as SVG: a panel for each kind of row and runtime, both axes logarithmic.

const PANEL = { width: 300, height: 230, left: 46, right: 12, top: 30, bottom: 40 };
const LINES = [
    { version: '0.2.127', tool: 'upstream', colour: '#d9822b', dash: '' },
    { version: '0.2.130', tool: 'upstream', colour: '#b3261e', dash: '' },
    { version: '0.2.127', tool: 'ours', colour: '#3b82c4', dash: '' },
    { version: '0.2.130', tool: 'ours', colour: '#1b4f8a', dash: '4 3' },
];

const round = (value) => Math.round(value * 10) / 10;
const short = (n) => (n >= 1e6 ? `${n / 1e6} M` : n >= 1e3 ? `${n / 1e3} k` : `${n}`);
const decades = (from, to) => Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, i) => from * 10 ** i);

/** Whole decades around all values. */
function bounds(values) {
    return [10 ** Math.floor(Math.log10(Math.min(...values))), 10 ** Math.ceil(Math.log10(Math.max(...values)))];
}

function scale([low, high], from, to) {
    return (value) => round(from + (Math.log10(value / low) / Math.log10(high / low)) * (to - from));
}

function text(x, y, content, attributes = '') {
    return `<text x="${x}" y="${y}" ${attributes}>${content}</text>`;
}

function axes(x, y, sizes, times) {
    const parts = [];
    for (const time of decades(...times)) {
        parts.push(`<line class="grid" x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${y(time)}" y2="${y(time)}"/>`);
        parts.push(text(PANEL.left - 6, y(time) + 4, short(time), 'text-anchor="end"'));
    }
    for (const size of sizes) parts.push(text(x(size), PANEL.height - PANEL.bottom + 16, short(size), 'text-anchor="middle"'));
    return parts;
}

/** `cells`: judged cells of one kind and runtime, each with its row's `size`. */
function panel(title, cells, sizeBounds, timeBounds) {
    const sizes = [...new Set(cells.map((cell) => cell.size))].sort((a, b) => a - b);
    const x = scale(sizeBounds, PANEL.left, PANEL.width - PANEL.right);
    const y = scale(timeBounds, PANEL.height - PANEL.bottom, PANEL.top);
    const parts = [text(PANEL.left, 18, title, 'class="title"'), ...axes(x, y, sizes, timeBounds)];
    for (const line of LINES) {
        const points = cells
            .filter((cell) => cell.version === line.version)
            .sort((a, b) => a.size - b.size)
            .map((cell) => `${x(cell.size)},${y(cell[line.tool].value)}`);
        parts.push(`<polyline points="${points.join(' ')}" stroke="${line.colour}" stroke-dasharray="${line.dash}"/>`);
    }
    return parts.join('\n');
}

function legend(width) {
    return LINES.map((line, i) => {
        const left = 20 + (i * (width - 40)) / LINES.length;
        const stroke = `stroke="${line.colour}" stroke-dasharray="${line.dash}"`;
        return `<line x1="${left}" x2="${left + 26}" y1="14" y2="14" stroke-width="2" ${stroke}/>${text(left + 32, 18, `${line.tool}, crate ${line.version}`)}`;
    }).join('\n');
}

/** The document. `cells`: {runtime, version, kind, size, ours: {value}, upstream: {value}}. */
export function plot(cells) {
    const kinds = [...new Set(cells.map((cell) => cell.kind))], runtimes = [...new Set(cells.map((cell) => cell.runtime))];
    const times = bounds(cells.flatMap((cell) => [cell.ours.value, cell.upstream.value])), sizes = bounds(cells.map((cell) => cell.size));
    const [width, height] = [PANEL.width * runtimes.length, PANEL.height * kinds.length + 40];
    const panels = kinds.flatMap((kind, row) =>
        runtimes.map((runtime, column) => {
            const own = cells.filter((cell) => cell.kind === kind && cell.runtime === runtime);
            return `<g transform="translate(${column * PANEL.width} ${30 + row * PANEL.height})">\n${panel(`${runtime}: ${kind}`, own, sizes, times)}\n</g>`;
        }),
    );
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">
<style>.grid { stroke: #ddd; } .title { font-size: 13px; font-weight: bold; } polyline { fill: none; stroke-width: 2; }</style>
<rect width="${width}" height="${height}" fill="#fff"/>
${legend(width)}
${panels.join('\n')}
${text(width / 2, height - 6, 'elements of the array; upwards: nanoseconds per element', 'text-anchor="middle"')}
</svg>
`;
}
