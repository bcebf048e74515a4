// One sample of one row, taken in a process that does nothing else: nanoseconds per crossing.

import { once } from './rows.mjs';

const WARM_UP = 150; // milliseconds
const BATCH = 10;
const BATCHES = 20;

/** Lets the event loop turn: finalisers run, compilers hand in their code. A message, since timers are clamped. */
function turn() {
    return new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
            port1.close();
            done();
        };
        port2.postMessage(0);
    });
}

/** Runs batches of growing size until the engine had time to warm up; returns how many crossings make a batch. */
async function calibrate(w, row, clock) {
    let n = 64;
    for (let spent = 0; ; ) {
        const time = await once(w, row, n, clock);
        await turn();
        spent += time;
        if (time < BATCH) n *= 2;
        else if (spent > WARM_UP) return n;
    }
}

async function batches(w, row, clock) {
    const n = await calibrate(w, row, clock);
    const times = [];
    for (let i = 0; i < BATCHES; i++) {
        times.push(((await once(w, row, n, clock)) * 1e6) / n / (row.per ?? 1));
        await turn();
    }
    return times;
}

/** Few elements first, so that the code is compiled; then all of them. */
async function elements(w, row, clock) {
    for (let i = 0; i < 10; i++) {
        await once(w, row, 2_000, clock);
        await turn();
    }
    const times = [];
    for (let i = 0; i < (row.repeats ?? 1); i++) {
        times.push(((await once(w, row, row.elements, clock)) * 1e6) / row.elements);
        await turn();
    }
    return times;
}

/** {median, min} of the batches' nanoseconds per crossing, by a clock that tells milliseconds. */
export async function sample(w, row, clock) {
    const times = (await (row.elements ? elements : batches)(w, row, clock)).sort((a, b) => a - b);
    return { median: times[times.length >> 1], min: times[0] };
}
