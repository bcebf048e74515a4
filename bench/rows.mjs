// The rows of the benchmark of crossings: what is measured, the same in Node and in browsers, with either tool's glue.
//
// A row: `name`; `run(w, n, input)` crosses n times and returns something that depends on every crossing; `check(result, n)` says
// whether that is right; `before(w, n)` makes the input, untimed, in the same job, or with `earlier` in a job before. `elements`: run once with so many elements in a process that has seen
// few before, since how the garbage collector copes with them is part of it; otherwise batches are repeated. `goals` are bounds on our time
// divided by upstream's: {v8, firefox}; without them both are 1.05.

const ASCII = 'The quick brown fox jumps over the lazy dog, and the dog sleeps on as if nothing at all had happened to it this morning.';

/** Sixteen texts of `length` characters, taken from all over `source`, none of them a slice or a rope. */
function texts(source, length) {
    const long = source.repeat(Math.ceil((length + 16) / source.length));
    const flat = (text) => new TextDecoder().decode(new TextEncoder().encode(text));
    return Array.from({ length: 16 }, (_, i) => flat(long.slice(i, i + length)));
}

function points(w, n) {
    const made = [];
    for (let i = 0; i < n; i++) made.push(new w.Point(i, 1));
    return made;
}

/** The sum of 0, 1, …, n - 1. */
const triangle = (n) => ((n - 1) * n) / 2;

const structs = [
    {
        name: 'construct, retained',
        goals: { v8: 0.5, firefox: 1.05 },
        elements: 100_000,
        repeats: 6,
        run: (w, n) => points(w, n),
        check: (made, n) => made.length === n && made[n - 1].x === n - 1,
    },
    {
        name: 'construct and free',
        run(w, n) {
            let sum = 0;
            for (let i = 0; i < n; i++) {
                const point = new w.Point(i, 1);
                sum = (sum + point.__wbg_ptr) | 0;
                point.free();
            }
            return sum;
        },
        check: (sum) => sum !== 0,
    },
    {
        name: 'Vec<Struct> in, per element',
        elements: 1_000_000,
        before: points,
        run: (w, n, made) => w.points_in(made),
        check: (sum, n) => sum === triangle(n) + n,
    },
    {
        name: 'Vec<Struct> out, per element',
        elements: 1_000_000,
        run: (w, n) => w.points_out(n),
        check: (made, n) => made.length === n && made[n - 1].plus(0) === n,
    },
    {
        name: 'method',
        before: (w) => new w.Point(1, 2),
        run(w, n, point) {
            let sum = 0;
            for (let i = 0; i < n; i++) sum = (sum + point.plus(i & 7)) | 0;
            point.free();
            return sum;
        },
        check: (sum, n) => sum === 3 * n + 28 * (n / 8),
    },
    {
        name: 'getter',
        before: (w) => new w.Point(1, 2),
        run(w, n, point) {
            let sum = 0;
            for (let i = 0; i < n; i++) sum = (sum + point.x) | 0;
            point.free();
            return sum;
        },
        check: (sum, n) => sum === n,
    },
    {
        name: 'setter',
        before: (w) => new w.Point(1, 2),
        run(w, n, point) {
            for (let i = 0; i < n; i++) point.x = i;
            const last = point.x;
            point.free();
            return last;
        },
        check: (last, n) => last === n - 1,
    },
];

const vectors = [
    {
        name: 'Vec<String> in, per element',
        per: 1_000,
        before: () => Array.from({ length: 1_000 }, (_, i) => texts(ASCII, 11)[i % 16]),
        run(w, n, strings) {
            let sum = 0;
            for (let i = 0; i < n; i++) sum += w.strings_in(strings);
            return sum;
        },
        check: (sum, n) => sum === n * 11_000,
    },
    {
        name: 'Vec<String> out, per element',
        per: 1_000,
        run(w, n) {
            let sum = 0;
            for (let i = 0; i < n; i++) sum += w.strings_out(1_000)[i % 1_000].length;
            return sum;
        },
        check: (sum, n) => sum === n * 11,
    },
    {
        name: 'Vec<ImportedType> in, per element',
        per: 1_000,
        before: () => Array.from({ length: 1_000 }, () => new globalThis.crossings.Thing()),
        run(w, n, things) {
            let sum = 0;
            for (let i = 0; i < n; i++) sum += w.things_in(things);
            return sum;
        },
        check: (sum, n) => sum === n * 1_000,
    },
    {
        name: '&[f64] in, 1,000',
        before: () => Float64Array.from({ length: 1_000 }, (_, i) => i),
        run(w, n, numbers) {
            let sum = 0;
            for (let i = 0; i < n; i++) {
                numbers[0] = i;
                sum += w.numbers_in(numbers);
            }
            return sum;
        },
        check: (sum, n) => sum === triangle(n) + n * 999,
    },
    {
        name: '&mut [f64] in place, 1,000',
        before: () => new Float64Array(1_000),
        run(w, n, numbers) {
            for (let i = 0; i < n; i++) w.numbers_in_place(numbers);
            return numbers[0];
        },
        check: (first, n) => first === n,
    },
    {
        name: 'Vec<f64> out, 1,000',
        run(w, n) {
            let sum = 0;
            for (let i = 0; i < n; i++) sum += w.numbers_out(1_000, i)[0];
            return sum;
        },
        check: (sum, n) => sum === triangle(n),
    },
];

const stringIn = (name, source, length, bytes, goals) => ({
    name: `string in, ${name}`,
    goals,
    before: () => texts(source, length),
    run(w, n, strings) {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += w.string_in(strings[i & 15]);
        return sum;
    },
    check: (sum, n) => sum === n * bytes,
});

const stringOut = (length) => ({
    name: `string out, ${length.toLocaleString('en')}`,
    goals: { v8: 1, firefox: 1 },
    run(w, n) {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += w.string_out(length).length;
        return sum;
    },
    check: (sum, n) => sum === n * length,
});

const LONG = { v8: 0.4, firefox: 1.05 };

const strings = [
    stringIn('11 ASCII', ASCII, 11, 11),
    stringIn('100 ASCII', ASCII, 100, 100, LONG),
    stringIn('10,000 ASCII', ASCII, 10_000, 10_000, LONG),
    stringIn('11 Latin-1', 'éàüñößçêîøåáíóúâ', 11, 22),
    stringIn('100 CJK', '天地玄黄宇宙洪荒日月盈昃辰宿列张', 100, 300),
    stringOut(5),
    stringOut(20),
    stringOut(100),
    stringOut(10_000),
];

const small = [
    {
        name: 'two ints in, int out',
        run(w, n) {
            let sum = 0;
            for (let i = 0; i < n; i++) sum = w.add(sum, i & 7);
            return sum;
        },
        check: (sum, n) => sum === 28 * (n / 8),
    },
    {
        name: 'imported function, two ints',
        run: (w, n) => w.call_sum(n, 1),
        check: (sum, n) => sum === 1 + 28 * (n / 8),
    },
    {
        name: 'imported function, string in and out',
        run: (w, n) => w.call_next(n, 'a text of 20 letters'),
        check: (text) => text === 'a text of 20 letters',
    },
    {
        name: 'callback (Function.call1)',
        before: () => ({ calls: 0 }),
        run(w, n, state) {
            const calls = w.call_back(n, (value) => {
                state.calls += value;
            }, 1);
            return [calls, state.calls];
        },
        check: ([calls, seen], n) => calls === n && seen === n,
    },
    {
        name: 'Option<f64> in and out',
        run(w, n) {
            let sum = 0;
            for (let i = 0; i < n; i++) sum += w.optional(i & 3 ? i + 0.5 : undefined) === undefined ? 1 : 0;
            return sum;
        },
        check: (sum, n) => sum === n / 4,
    },
    {
        name: 'Result<i32, JsError>, ok',
        run(w, n) {
            let sum = 0;
            for (let i = 0; i < n; i++) sum = (sum + w.fallible(i & 7)) | 0;
            return sum;
        },
        check: (sum, n) => sum === n + 28 * (n / 8),
    },
    {
        name: 'Result<i32, JsError>, err',
        run(w, n) {
            let sum = 0;
            for (let i = 0; i < n; i++) {
                try {
                    w.fallible(-1);
                } catch (e) {
                    sum += e.message.length;
                }
            }
            return sum;
        },
        check: (sum, n) => sum === n * 8,
    },
];

/** Not a time but a peak of memory is what counts here: goal, within so many bytes of upstream's. */
const FLOOD = {
    ...structs[1],
    name: '50 million construct and free in one turn',
    elements: 50_000_000,
    flood: true,
    goals: { v8: 1.05, firefox: 1.05, peak: 96 << 20 },
};

export const ROWS = [...structs, ...vectors, ...strings, ...small, FLOOD];

/** What the module imports. */
export function installHost() {
    class Thing {}
    globalThis.crossings = { Thing, sum: (a, b) => a + b, next: (text) => text };
}

/**
 * Runs the row once with n crossings (elements); throws if the result is wrong. Returns milliseconds of the clock, to the end of the job:
 * what glue puts off until then counts.
 */
export async function once(w, row, n, clock = () => performance.now()) {
    const input = row.before?.(w, n);
    if (row.earlier) await null;
    const start = clock();
    const result = row.run(w, n, input);
    await null;
    const end = clock();
    if (!row.check(result, n)) throw new Error(`${row.name}: wrong result of ${n}: ${result}`);
    return end - start;
}
