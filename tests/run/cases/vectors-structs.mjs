// Arrays of exported structs: who owns their elements, in numbers, whatever is wrong with them.

const WRONG = 'array contains a value of the wrong type';

export function register(t) {
    const { w } = t;
    const make = (n) => Array.from({ length: n }, (_, i) => new w.Point(i, 0.5));
    const triangle = (n) => (n * (n - 1)) / 2;
    const alive = async (expected, what) => {
        for (let round = 0; round < 50 && w.points_alive() !== expected; round++) {
            await t.gc();
            await new Promise((resolve) => setTimeout(resolve, 10));
        }
        t.equal(w.points_alive(), expected, what);
    };

    t.test('none is left over', async () => {
        const before = w.points_alive();
        (() => {
            const lost = make(2000), taken = make(2000), back = w.make_points(2000);
            w.sum_points(taken);
            w.sum_points(back.slice(0, 1000));
            w.reverse_points(lost.slice(0, 500));
        })();
        await alive(before);
    });
    t.test('many elements', () => {
        const before = w.points_alive();
        for (const n of [0, 1, 2, 511, 512, 513, 3000]) {
            t.equal(w.sum_points(make(n)), triangle(n) + n / 2, `${n}`);
        }
        t.equal(w.points_alive(), before);
    });
    t.test('there and back', () => {
        const before = w.points_alive();
        const list = w.reverse_points(w.reverse_points(make(1000)));
        t.equal(list.length, 1000);
        t.equal(list.map((p) => p.x), Array.from({ length: 1000 }, (_, i) => i));
        t.equal(w.points_alive(), before + 1000);
        t.equal(w.sum_points(list), triangle(1000) + 500);
        t.equal(w.points_alive(), before);
    });
    t.test('elements that turns of the event loop have seen', async () => {
        const before = w.points_alive(), list = make(700);
        await new Promise((resolve) => setTimeout(resolve, 5));
        list.push(...make(3));
        t.equal(w.sum_points(list), triangle(700) + 3 + 351.5);
        t.equal(w.points_alive(), before);
        t.ok(list.every((p) => p.__wbg_ptr === 0));
    });
    t.test('other vectors and texts in the same call', () => {
        const before = w.points_alive();
        t.equal(w.zip_strings(['a', 'b'], make(2), 'é'), ['a=0,0.5é', 'b=1,0.5é']);
        const list = make(2);
        t.throws(() => w.zip_strings(null, list, '.'), TypeError);
        t.equal(w.points_alive(), before + 2);
        t.equal(w.zip_strings(['a', 'b'], list, '.'), ['a=0,0.5.', 'b=1,0.5.']);
        t.equal(w.points_alive(), before);
    });
    t.test('all or nothing', () => {
        const before = w.points_alive(), list = make(6), pointers = list.map((p) => p.__wbg_ptr);
        const freed = new w.Point(1, 2), moved = new w.Point(1, 2);
        freed.free();
        w.sum_points([moved]);
        for (const wrong of [null, undefined, 1, 'p', {}, freed, moved, list[0], new Date(), [list[5]]])
            for (const at of [0, 3, 6]) {
                t.throws(() => w.sum_points([...list.slice(0, at), wrong, ...list.slice(at), wrong]), Error, WRONG);
                t.equal(list.map((p) => p.__wbg_ptr), pointers);
            }
        const sparse = [...list];
        sparse[9] = list[0];
        t.throws(() => w.sum_points(sparse), Error, WRONG);
        t.equal(w.sum_points(list), 18);
        t.equal(w.points_alive(), before);
    });
    t.test('changed by a getter while it is read', () => {
        const before = w.points_alive(), list = make(6), pointers = list.map((p) => p.__wbg_ptr);
        for (const act of [(a) => { a.length = 2; }, (a) => a.shift(), (a) => a.reverse(), () => w.sum_points([list[0], 1]), () => { throw new Error(WRONG); }]) {
            const array = [...list];
            let done = false;
            Object.defineProperty(array, 3, { get() { if (!done) { done = true; act(array); } return list[3]; }, set() {} });
            t.throws(() => w.sum_points(array), Error, WRONG);
            t.equal(list.map((p) => p.__wbg_ptr), pointers);
        }
        t.equal(w.sum_points(list), 18);
        t.equal(w.points_alive(), before);
    });
    t.test('a text behind them that is none', () => {
        const before = w.points_alive(), list = make(2);
        t.throws(() => w.zip_strings(['a', 'b'], list, Symbol('no')), TypeError);
        t.equal(w.points_alive(), before + 2);
        t.equal(w.zip_strings(['a', 'b'], list, '.'), ['a=0,0.5.', 'b=1,0.5.']);
        t.equal(w.points_alive(), before);
    });
}
