// Shapes of imports: accessors, indexing, early binding, statics, classes, variable arguments, modules, `catch` with all results.

export function register(t) {
    const { w, host } = t;
    const { Shape, Square, Thing } = host;
    const Inner = host.deep.deeper.Inner;

    t.test('static accessors and odd names', () => {
        Shape.total = 5;
        t.equal(w.shape_statics(8), '5 8 dashed Shape');
        t.equal(Shape.total, 8);
        const s = new Shape(1);
        t.equal(w.shape_dashed(s, 'é'), 'first é 42');
        t.equal(s['dashed-name'], 'é');
    });
    t.test('accessors of options', () => {
        const s = new Shape(1);
        t.equal(w.shape_maybe(s, 0.5), undefined);
        t.equal([w.shape_maybe(s, undefined), s.maybe], [0.5, undefined]);
        s.maybe = null;
        t.equal(w.shape_maybe(s, -0), undefined);
        t.equal(s.maybe, -0);
    });
    t.test('accessors that throw', () => {
        const s = new Shape(1);
        t.equal(w.shape_fragile(s, 2), 3);
        t.throws(() => w.shape_fragile(s, 13), RangeError, 'thirteen');
        const negative = new Shape(-5);
        t.throwsValue(() => w.shape_fragile(negative, 1), negative);
    });
    t.test('indexing', () => {
        const s = new Shape(1);
        const value = { v: 1 };
        t.equal(w.shape_index(s, 'key é', value), [undefined, value, undefined]);
        t.ok(!('key é' in s), 'deleted');
        t.equal(w.shape_index_at([0.5, 1.5], 1, 2.5), 'Some(1.5) Some(2.5) None');
        t.equal(w.shape_index_at({}, 4294967295, 2.5), 'None Some(2.5) None');
        t.equal(w.shape_static_index('entry', 4294967295), [4294967295, undefined]);
        t.ok(!('entry' in Shape), 'deleted');
    });
    t.test('indexing that throws', () => {
        const s = new Shape(1);
        t.equal(w.shape_try_index(s, 'size'), 1);
        t.equal(w.shape_try_index(s, Symbol.iterator), undefined);
        const key = {
            toString() {
                throw s;
            },
        };
        t.throwsValue(() => w.shape_try_index(s, key), s);
        t.throws(() => w.shape_try_index(null, 'x'), TypeError);
        t.throws(() => w.shape_index(undefined, 'x', 1), TypeError);
    });
    t.test('early binding', () => {
        const s = new Shape(3);
        t.equal(w.shape_final(s, 4), '3 4 8');
        // The class's own members, whatever the object says.
        Object.defineProperty(s, 'size', { value: 'own' });
        s.area = () => 'own';
        t.equal(w.shape_final(s, 5), '4 5 10');
        t.equal(w.shape_final(new Square(2), 6), '2 6 12');
        t.throws(() => w.shape_final({}, 1), TypeError, undefined, 'not of the class');
    });
    t.test('early binding of static accessors', () => {
        t.equal(w.shape_final_total(31), 31);
        t.equal(Shape.total, 31);
    });
    t.test('constructors and inheritance', () => {
        t.ok(w.shape_new(1.5) instanceof Shape && w.shape_new(1.5).size === 1.5, 'a Shape');
        const square = w.square_new(2);
        t.ok(square instanceof Square, 'a Square');
        t.equal(w.square_corners(square), '4 2');
    });
    t.test('instanceof', () => {
        t.equal(w.classes_of(new Shape(1)), '100000');
        t.equal(w.classes_of(new Square(1)), '110001');
        t.equal(w.classes_of(new Inner(1)), '001000');
        t.equal(w.classes_of('text'), '000010');
        for (const v of [undefined, null, 0, {}, Shape, Object.create(null)]) t.equal(w.classes_of(v), '000000');
        const odd = new Proxy({}, {
            getPrototypeOf() {
                throw new Error('trap');
            },
        });
        t.equal(w.classes_of(odd), '000000', 'an instanceof that throws');
    });
    t.test('namespaces of several segments', () => t.equal(w.deep_class(4), '50 4'));
    t.test('vendor prefixes', () => t.equal(w.prefixed(4), '4 40 true'));

    t.test('variable arguments', () => {
        const a = { a: 1 };
        let got;
        host.spread_values = (...args) => {
            got = args;
            return `${args.length}`;
        };
        t.equal(w.call_spread_values(7, [a, null, undefined]), '4');
        t.equal(got, [7, a, null, undefined]);
        t.equal([w.call_spread_values(7, []), got.length], ['1', 1]);
        host.spread_numbers = Math.max;
        t.equal(w.call_spread_numbers(Float64Array.of(1, 9, -0.5)), 9);
        t.equal(w.call_spread_numbers([]), -Infinity);
        host.spread_owned = (...args) => args.join();
        t.equal(w.call_spread_owned('é', [1, 255]), 'é,1,255');
        host.spread_strings = (...args) => args.join('|');
        t.equal(w.call_spread_strings(['a', '', 'é']), 'a||é');
        t.equal(w.call_join(new Shape(4), [-1, 2147483647]), '4:-1,2147483647');
        t.equal(w.call_many([1, 2, 0.5]).size, 3.5);
        host.spread_values = (first, ...rest) => {
            t.grow();
            return `${rest}`;
        };
        t.equal(w.call_spread_values(0, [1, 2]), '1,2', 'while the memory grows');
    });

    t.test('statics', () => t.equal(w.statics(), [Shape, 77, 'plain static é']));
    if (t.minor >= 96) {
        t.test('statics that may be missing', () => {
            t.equal(w.young_statics(), [-0.5, host.SHAPE, undefined, undefined, true, 'é']);
        });
        t.test('a lazy static', () => {
            host.LAZY = { lazy: 1 };
            const first = w.lazy_static();
            t.equal(first, host.LAZY);
            host.LAZY = { lazy: 2 };
            t.equal(w.lazy_static(), first, 'read once');
        });
    }

    /** Per suffix: what the import returns, and what Rust makes of it. */
    const CAUGHT = {
        u8: [[255, '255']],
        i16: [[-32768, '-32768']],
        u32: [[4294967295, '4294967295']],
        f32: [[0.5, '0.5'], [NaN, 'NaN']],
        char: [['😀', "'😀'"]],
        opt_bool: [[undefined, 'None'], [false, 'Some(false)'], [true, 'Some(true)']],
        opt_u16: [[null, 'None'], [65535, 'Some(65535)'], [0, 'Some(0)']],
        opt_i32: [[null, 'None'], [-1, 'Some(-1)'], [-2147483648, 'Some(-2147483648)']],
        opt_f32: [[undefined, 'None'], [0.25, 'Some(0.25)']],
        opt_f64: [[undefined, 'None'], [-0, 'Some(-0.0)']],
        opt_u64: [[undefined, 'None'], [2n ** 64n - 1n, 'Some(18446744073709551615)']],
        opt_char: [[undefined, 'None'], ['é', "Some('é')"]],
        opt_string: [[undefined, 'None'], ['', 'Some("")'], ['é', 'Some("é")']],
        opt_numbers: [[null, 'None'], [[-1, 2], 'Some([-1, 2])'], [[], 'Some([])']],
        strings: [[['a', 'é'], '["a", "é"]'], [[], '[]']],
        numbers: [[[0.5, -0], '[0.5, -0.0]'], [Float64Array.of(1), '[1.0]']],
        opt_shape: [[undefined, 'None']],
    };
    for (const [suffix, pairs] of Object.entries(CAUGHT)) {
        t.test(`catch, ${suffix}`, () => {
            for (const [returned, told] of pairs) {
                host[`caught_${suffix}`] = () => returned;
                t.equal(w[`catch_${suffix}`](), told);
            }
            for (const thrown of [{ is: 'thrown' }, undefined, null, 5n]) {
                host[`caught_${suffix}`] = () => {
                    throw thrown;
                };
                t.equal(w[`catch_${suffix}`](), thrown);
            }
            host[`caught_${suffix}`] = () => pairs[0][0];
            t.equal(w[`catch_${suffix}`](), pairs[0][1], 'afterwards');
        });
    }
    t.test('catch, objects and lists of them', () => {
        const alive = w.points_alive();
        host.caught_point = host.caught_opt_point = () => new w.Point(6, 0.5);
        t.equal([w.catch_point(), w.catch_opt_point()], [6, 6]);
        host.caught_opt_point = () => null;
        t.equal(w.catch_opt_point(), undefined);
        host.caught_point = () => ({});
        t.throws(() => w.catch_point(), Error, 'expected instance of Point');
        t.equal(w.points_alive(), alive);
        host.caught_values = () => [1, null, t];
        t.equal(w.catch_values(), [1, null, t]);
        const things = [new Thing('a', 1), new Thing('b', 2)];
        host.caught_things = (v) => v.reverse();
        t.equal(w.catch_things(things), [things[1], things[0]]);
        host.caught_things = host.caught_values = () => {
            throw t;
        };
        t.throwsValue(() => w.catch_values(), t);
        t.throwsValue(() => w.catch_things(things), t);
    });

    t.test('an inline module', () => t.equal(w.inline_all(3), '18 true 3 default d inner 7 inline static'));
    t.test('a local module', () => {
        t.equal(w.local_all(5), 'é|5 Some(5)');
        t.equal(w.local_all(0), 'é|0 None');
        t.throws(() => w.local_all(-1), RangeError, '-1 < 0');
    });
}
