// One step further: options of strings, vectors, structs, imported types; setters, constructors, statics, instanceof.

export function register(t) {
    const { w, host } = t;
    const thing = (name, size) => new host.Thing(name, size);

    /** Per suffix: values that pass unchanged as `Some`. */
    const OPTIONS = {
        string: ['', 'a', 'é中😀', 'x'.repeat(100000)],
        bytes: [new Uint8Array(0), Uint8Array.of(0, 255)],
        doubles: [new Float64Array(0), Float64Array.of(NaN, -0)],
        bigs: [new BigInt64Array(0), BigInt64Array.of(-1n, 2n ** 63n - 1n)],
        strings: [[], ['', 'é'], Array.from({ length: 1000 }, (_, i) => `${i}`)],
        values: [[], [undefined, null, {}], Array.from({ length: 1000 }, (_, i) => i)],
        thing: [thing('a', 1), 'anything', 0, false, ''],
    };
    for (const [suffix, values] of Object.entries(OPTIONS)) {
        t.test(`Option of ${suffix}, export`, () => {
            for (const none of [undefined, null]) {
                t.equal(w[`some_${suffix}`](none), false);
                t.equal(w[`maybe_${suffix}`](none), undefined);
            }
            for (const v of values) {
                t.equal(w[`some_${suffix}`](v), true);
                t.equal(w[`maybe_${suffix}`](v), v);
            }
        });
        t.test(`Option of ${suffix}, import`, () => {
            let got;
            let next;
            host[`take_maybe_${suffix}`] = (v) => {
                got = v;
                return next;
            };
            for (next of [undefined, null]) {
                t.equal(w[`call_maybe_${suffix}`](undefined), undefined, 'result');
                t.equal(got, undefined, 'argument');
            }
            for (next of values) {
                t.equal(w[`call_maybe_${suffix}`](next), next, 'result');
                t.equal(got, next, 'argument');
            }
        });
    }
    t.test('Option of a struct, export', () => {
        t.equal([w.some_point(undefined), w.some_point(null)], [false, false]);
        t.equal(w.maybe_point(undefined), undefined);
        const p = new w.Point(3, 4);
        const back = w.maybe_point(p);
        t.ok(back instanceof w.Point && back.x === 3, 'the point');
        t.throws(() => p.x, Error, 'null pointer passed to rust', 'the moved object');
        t.throws(() => w.some_point({}), Error, 'expected instance of Point');
        t.equal(w.some_point(back), true);
    });
    t.test('Option of a struct, import', () => {
        let got;
        host.take_maybe_point = (p) => {
            got = p;
            return p;
        };
        t.equal(w.call_maybe_point(undefined), undefined);
        t.equal(got, undefined);
        t.equal(w.call_maybe_point(new w.Point(8, 0)).x, 8);
        host.take_maybe_point = () => null;
        t.equal(w.call_maybe_point(new w.Point(8, 0)), undefined);
        host.take_maybe_point = () => ({});
        t.throws(() => w.call_maybe_point(undefined), Error, 'expected instance of Point');
    });
    t.test('Option of a vector of structs', () => {
        const alive = w.points_alive();
        t.equal(w.some_points(null), false);
        t.equal(w.some_points([]), true);
        const back = w.maybe_points([new w.Point(1, 2), new w.Point(3, 4)]);
        t.equal(back.map((p) => p.x), [1, 3]);
        host.take_maybe_points = (v) => v?.reverse();
        t.equal(w.call_maybe_points(undefined), undefined);
        const reversed = w.call_maybe_points(back);
        t.equal(reversed.map((p) => p.x), [3, 1]);
        for (const p of reversed) p.free();
        t.equal(w.points_alive(), alive);
    });
    t.test('borrowed options as arguments of imports', () => {
        let got;
        host.take_maybe_str = (s) => (got = s);
        t.equal([w.call_maybe_str(undefined), got], [undefined, undefined]);
        t.equal([w.call_maybe_str('é'), got], ['é', 'é']);
        host.take_maybe_slice = (v) => {
            got = v?.slice();
        };
        w.call_maybe_slice(null);
        t.equal(got, undefined);
        w.call_maybe_slice([1, 2]);
        t.equal(got, Uint8Array.of(1, 2));
        host.take_maybe_thing_ref = (v) => {
            got = v;
            return v !== undefined;
        };
        const a = thing('a', 1);
        t.equal([w.call_maybe_thing_ref(a), got], [true, a]);
        t.equal([w.call_maybe_thing_ref(undefined), got], [false, undefined]);
    });
    t.test('several options in one call', () => {
        t.equal(w.maybe_mixed('é', 7, [1, 2], new w.Point(5, 0)), 'Some("é") 7 Some([1, 2]) Some(5)');
        t.equal(w.maybe_mixed(null, 7, undefined, null), 'None 7 None None');
        t.equal(w.maybe_mixed('', 0, [], undefined), 'Some("") 0 Some([]) None');
    });
    t.test('Result of an option', () => {
        t.equal(w.maybe_result(true, true), 'some');
        t.equal(w.maybe_result(true, false), undefined);
        t.throws(() => w.maybe_result(false, true), Error, 'neither');
    });

    t.test('constructor of an imported type', () => {
        const a = w.thing_new('é', 5);
        t.ok(a instanceof host.Thing, 'class');
        t.equal([a.name, a.size], ['é', 5]);
    });
    t.test('constructor that throws', () => {
        t.equal(w.thing_try_new('a', 1).size, 1);
        t.throws(() => w.thing_try_new('a', -1), RangeError, 'negative size of a');
    });
    t.test('static methods', () => {
        t.equal(w.thing_make(9).size, 9);
        const before = w.thing_count();
        w.thing_make(1);
        t.equal(w.thing_count(), before + 1);
    });
    t.test('setters', () => {
        const a = thing('a', 1);
        w.thing_set(a, 'é', 4294967295);
        t.equal([a.name, a.size], ['é', 4294967295]);
    });
    t.test('instanceof', () => {
        t.equal(w.is_thing(thing('a', 1)), true);
        for (const v of [undefined, null, 1, {}, 'x', host.Thing]) t.equal(w.is_thing(v), false);
        t.equal(w.thing_cast(thing('a', 6)), 6);
        const o = {};
        t.throwsValue(() => w.thing_cast(o), o);
    });
}
