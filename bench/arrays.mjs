// The rows of the benchmark of arrays: exported structs, in and out, at sizes from 10 to 5,000,000; and memory that grows while many are
// made. Rows are as in rows.mjs.

export const SIZES = [10, 100, 1_000, 10_000, 100_000, 1_000_000, 5_000_000];
/** From here on an array is passed once in a process: what the collector makes of it is part of it. */
const LARGE = 100_000;
/** Beyond it few processes have to do. */
const MANY = 1_000_000;

const triangle = (n) => ((n - 1) * n) / 2;

function points(w, n) {
    const made = [];
    for (let i = 0; i < n; i++) made.push(new w.Point(i, 1));
    return made;
}

const name = (what, size) => `${what}, ${size.toLocaleString('en')}`;

/** Passes n arrays of `size` elements, or, if it is large, one of n. */
function structsIn(size) {
    const row = { name: name('structs in', size), kind: 'structs in', size, slow: size > MANY, goals: size < 1_000 ? undefined : { v8: 0.1, firefox: 0.1 } };
    if (size >= LARGE)
        return {
            ...row,
            elements: size,
            before: points,
            run: (w, n, made) => w.points_in(made),
            check: (sum, n) => sum === triangle(n) + n,
        };
    return {
        ...row,
        per: size,
        before: (w, n) => Array.from({ length: n }, () => points(w, size)),
        run(w, n, arrays) {
            let sum = 0;
            for (const array of arrays) sum += w.points_in(array);
            return sum;
        },
        check: (sum, n) => sum === n * (triangle(size) + size),
    };
}

function structsOut(size) {
    const row = { name: name('structs out', size), kind: 'structs out', size, slow: size > MANY, goals: size === MANY ? { v8: 1 / 1.8, firefox: 1 / 1.8, '0.2.130': 1 / 6 } : undefined };
    const check = (made, n) => made.length === n && made[n - 1].plus(0) === n;
    if (size >= LARGE) return { ...row, elements: size, run: (w, n) => w.points_out(n), check };
    return {
        ...row,
        per: size,
        run(w, n) {
            let made;
            for (let i = 0; i < n; i++) made = w.points_out(size);
            return made;
        },
        check: (made) => check(made, size),
    };
}

/** Four times n objects, each lot dropped when it is made. */
const rounds = {
    name: 'construct, four rounds of 1,000,000',
    goals: { v8: 1 / 12, firefox: 1.05 },
    elements: 4_000_000,
    slow: true,
    run(w, n) {
        let sum = 0;
        for (let round = 0; round < 4; round++) {
            const made = points(w, n / 4);
            sum += made[made.length - 1].x;
        }
        return sum;
    },
    check: (sum, n) => sum === n - 4,
};

/** Instances that are older than the job that passes them: they were registered to be finalised, which is to be taken back. */
const earlier = (row) => ({ ...row, name: `${row.name}, made earlier`, kind: undefined, earlier: true });

export const ARRAYS = [...SIZES.map(structsIn), ...[1_000, MANY].map(structsIn).map(earlier), ...SIZES.map(structsOut), rounds];
