// Vectors of handles: strings, values, imported types, exported structs, at the sizes where tables and buffers grow.

const SIZES = [0, 1, 2, 127, 128, 129, 255, 256, 257, 1000, 5000];
const LARGE = 200000;

const times = (n, f) => Array.from({ length: n }, (_, i) => f(i));
/** 0 + 1 + … + (n - 1) */
const sum = (n) => (n * Math.max(n - 1, 0)) / 2;

export function register(t) {
    const { w, host } = t;
    const thing = (i) => new host.Thing(`t${i}`, i);

    const strings = (n) => {
        const a = times(n, (i) => `é${i}`);
        t.equal(w.echo_strings(a), a, 'there and back');
        t.equal(w.join_strings(a), a.map((s) => `${s};`).join(''), 'as Rust sees them');
        t.equal(w.make_strings(n), times(n, (i) => `s${i}`), 'made in Rust');
    };
    const importStrings = (n) => {
        let got;
        host.take_strings = (v) => {
            got = v;
            return v.map((s) => `${s}!`);
        };
        t.equal(w.call_strings(n), times(n, (i) => `s${i}!;`).join(''), 'result');
        t.equal(got, times(n, (i) => `s${i}`), 'argument');
    };
    const values = (n) => {
        const a = times(n, (i) => [i, `v${i}`, { i }, undefined, null, i % 2 === 0, BigInt(i)][i % 7]);
        t.equal(w.echo_values(a), a, 'Vec there and back');
        t.equal(w.echo_value_box(a), a, 'Box there and back');
        t.equal(w.sum_values(times(n, (i) => i)), sum(n), 'as Rust sees them');
        t.equal(w.double_values(a), a.flatMap((v) => [v, v]), 'cloned in Rust');
        t.equal(w.make_values(n), times(n, (i) => i), 'made in Rust');
    };
    const importValues = (n) => {
        let got;
        host.take_values = (v) => {
            got = v;
            return v.map((x) => x + 1);
        };
        t.equal(w.call_values(n), sum(n) + n, 'result');
        t.equal(got, times(n, (i) => i), 'argument');
        const a = times(n, (i) => ({ i }));
        host.take_value_box = (v) => v.reverse();
        t.equal(w.call_value_box(a), a.slice().reverse(), 'Box');
    };
    const things = (n) => {
        const a = times(n, thing);
        t.equal(w.reverse_things(a), a.slice().reverse(), 'there and back');
        t.equal(w.sum_things(a), sum(n), 'as Rust sees them');
        host.take_things = (v) => [...v, thing(1000)];
        t.equal(w.call_things(a), sum(n) + 1000, 'through an import');
    };
    const points = (n) => {
        const alive = w.points_alive();
        const a = times(n, (i) => new w.Point(i, 0.25));
        t.equal(w.points_alive(), alive + n, 'alive after construction');
        t.equal(w.sum_points(a), sum(n) + n * 0.25, 'sum');
        t.equal(w.points_alive(), alive, 'alive after the call took them');
        const made = w.make_points(n);
        t.equal(made.length, n);
        t.ok(made.every((p, i) => p instanceof w.Point && p.x === i && p.y === 0.5), 'objects made in Rust');
        const back = w.reverse_points(made);
        t.ok(back.length === n && back.every((p, i) => p instanceof w.Point && p.x === n - 1 - i), 'there and back');
        for (const p of back) p.free();
        t.equal(w.points_alive(), alive, 'alive after free');
    };
    const importPoints = (n) => {
        const alive = w.points_alive();
        let good;
        host.take_points = (v) => {
            good = v.length === n && v.every((p, i) => p instanceof w.Point && p.x === i && p.y === 0.5);
            for (const p of v) p.y = 1;
            return v;
        };
        t.equal(w.call_points(n), sum(n) + n, 'result');
        t.ok(good, 'argument');
        t.equal(w.points_alive(), alive, 'alive afterwards');
    };

    const KINDS = { 'Vec<String>': strings, 'Vec<String>, import': importStrings, 'Vec<JsValue>': values, 'Vec<JsValue>, import': importValues, 'Vec<imported>': things, 'Vec<struct>': points, 'Vec<struct>, import': importPoints };
    for (const [kind, f] of Object.entries(KINDS)) {
        for (const n of SIZES) t.test(`${kind}, ${n} elements`, () => f(n));
        t.test(`${kind}, ${LARGE} elements`, () => f(LARGE));
    }

    t.test('strings of every kind', () => {
        const a = ['', 'é', '中'.repeat(10000), '\0', '😀', 'a'.repeat(1 << 20)];
        t.equal(w.echo_strings(a), a);
        t.equal(w.join_strings(['\ud800', 'x\udc00']), '\ufffd;x\ufffd;', 'lone surrogates');
    });
    t.test('array-likes and arrays with holes', () => {
        t.equal(w.echo_values({ length: 2, 0: 'a', 1: 'b' }), ['a', 'b']);
        t.equal(w.echo_values([1, , 3]), [1, undefined, 3]);
        t.equal(w.echo_values('ab'), ['a', 'b']);
        t.equal(w.echo_values(Float64Array.of(0.5, 1.5)), [0.5, 1.5]);
    });
    t.test('the same object many times', () => {
        const o = {};
        t.equal(w.double_values(times(300, () => o)), times(600, () => o));
    });
    t.test('reserved values', () => {
        const a = [undefined, null, true, false, undefined, null, true, false];
        t.equal(w.echo_values(a), a);
        t.equal(w.double_values(a.slice(0, 4)), [undefined, undefined, null, null, true, true, false, false]);
    });
    t.test('a vector of strings with something else in it', () => {
        for (const wrong of [1, null, undefined, {}, new String('s')]) {
            t.throws(() => w.join_strings(['a', wrong]), Error, 'array contains a value of the wrong type');
        }
        t.equal(w.join_strings(['a']), 'a;', 'afterwards');
    });
    t.test('a vector of structs with something else in it', () => {
        for (const wrong of [1, null, undefined, {}, 'p', Object.create(null)]) {
            const p = new w.Point(1, 2);
            t.throws(() => w.sum_points([p, wrong]), Error, 'array contains a value of the wrong type');
        }
        t.equal(w.sum_points([new w.Point(1, 2)]), 3, 'afterwards');
    });
    t.test('a vector of structs one of which is freed', () => {
        const p = new w.Point(1, 2);
        p.free();
        t.throws(() => w.sum_points([p]), Error, 'array contains a value of the wrong type');
    });
    t.test('the same struct twice in a vector', () => {
        const p = new w.Point(1, 2);
        t.throws(() => w.sum_points([p, p]), Error, 'array contains a value of the wrong type');
    });
    t.test('elements of a vector of structs are moved', () => {
        const p = new w.Point(1, 2);
        w.sum_points([p]);
        t.throws(() => p.x, Error, 'null pointer passed to rust');
    });
    t.test('imported types are not checked', () => {
        const a = [1, 'x', null];
        t.equal(w.reverse_things(a), [null, 'x', 1]);
    });
    t.test('two vectors and a string', () => {
        t.equal(w.zip_strings(['a', 'b'], [new w.Point(1, 2), new w.Point(3, 4.5)], '.'), ['a=1,2.', 'b=3,4.5.']);
    });
    t.test('an array that throws while it is read', () => {
        const bad = Object.defineProperty({ length: 3, 0: 'a' }, 1, {
            get() {
                throw 'no';
            },
        });
        t.throwsValue(() => w.join_strings(bad), 'no');
        t.equal(w.join_strings(['a']), 'a;', 'afterwards');
    });
    t.test('an import that throws with handles alive', () => {
        const reason = {};
        host.take_values = () => {
            throw reason;
        };
        t.throwsValue(() => w.call_values(300), reason);
        t.equal(w.make_values(3), [0, 1, 2], 'afterwards');
    });
    t.test('something without a length', () => {
        t.throws(() => w.echo_values(undefined), TypeError);
        t.equal(w.echo_values([1]), [1], 'afterwards');
    });
}
