// A sample in a browser. The query: `package` (URL of the package's JavaScript) and `row`; with `n`, all rows run once, with so many
// crossings or arrays.

import { ARRAYS } from './arrays.mjs';
import { installHost, once, ROWS } from './rows.mjs';
import { sample } from './sample.mjs';

async function main() {
    const query = new URLSearchParams(location.search);
    if (!crossOriginIsolated) throw new Error('clocks are coarse here: the page is not isolated');
    installHost();
    const w = await import(query.get('package'));
    await w.default();
    globalThis.pageState = query.get('row');
    if (query.has('n')) {
        const times = [];
        for (const row of [...ROWS, ...ARRAYS]) times.push(await once(w, row, Number(query.get('n'))));
        return times;
    }
    return sample(w, [...ROWS, ...ARRAYS].find((row) => row.name === query.get('row')));
}

globalThis.pageState = 'loading';
globalThis.pageResult = main();
