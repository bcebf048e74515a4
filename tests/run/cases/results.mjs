// Result as the result of exports, and the other ways in which Rust throws.

const MESSAGE = 'refused: é😀';

export function register(t) {
    const { w, host } = t;
    const point = (p) => t.ok(p instanceof w.Point && p.x === 3 && p.y === 4, 'the point');
    const points = (a) => t.ok(Array.isArray(a) && a.length === 1 && a[0] instanceof w.Point && a[0].x === 1, 'the points');

    /** Per suffix: the value of Ok, or a function that checks it. */
    const RESULTS = {
        unit: undefined,
        bool: true,
        i8: -8,
        i32: -2147483648,
        u32: 4294967295,
        i64: -(2n ** 63n),
        u64: 2n ** 64n - 1n,
        usize: 3000000000,
        f32: Math.fround(0.1),
        f64: 0.1,
        string: 'héllo',
        bytes: Uint8Array.of(1, 2, 255),
        doubles: Float64Array.of(0.5, -0.5),
        bigs: BigUint64Array.of(0n, 2n ** 64n - 1n),
        strings: ['a', ''],
        values: [null, 1],
        points,
        point,
        value: 'value',
        undefined: undefined,
    };
    const check = (result, expected) => (typeof expected === 'function' ? expected(result) : t.equal(result, expected));

    for (const [suffix, expected] of Object.entries(RESULTS)) {
        t.test(`Result of ${suffix} with JsError`, () => {
            const f = w[`res_${suffix}`];
            check(f(true), expected);
            const e = t.throws(() => f(false), Error, MESSAGE);
            t.equal(e.constructor, Error);
            check(f(true), expected);
        });
        t.test(`Result of ${suffix} with JsValue`, () => {
            const f = w[`resv_${suffix}`];
            check(f(true, 'unused'), expected);
            for (const thrown of [{}, 'text', 42, null, undefined, new RangeError('r'), Symbol.iterator]) {
                t.throwsValue(() => f(false, thrown), thrown);
            }
            check(f(true, undefined), expected);
        });
    }
    t.test('Result of an imported type', () => {
        const small = new host.Thing('small', 3);
        t.equal(w.res_thing(small, 3), small);
        t.throws(() => w.res_thing(small, 2), Error, 'too large');
    });
    t.test('a Rust error becomes a JsError', () => {
        t.equal(w.res_parse(' 42 '), 42);
        t.throws(() => w.res_parse('x'), Error, 'invalid digit found in string');
        t.throws(() => w.res_parse(''), Error, 'cannot parse integer from empty string');
    });
    t.test('errors with borrowed arguments, many times', () => {
        const reason = { reason: true };
        for (let i = 0; i < 2000; i++) t.throwsValue(() => w.res_borrowed(reason, i, 'text é', false), reason);
        t.equal(w.res_borrowed(null, undefined, '-', true), 'true-true');
        t.equal(w.res_borrowed(undefined, null, '-', true), 'false-false');
    });
    t.test('throw_str', () => {
        for (let i = 0; i < 200; i++) {
            const e = t.throws(() => w.throw_text(`thrown é ${i}`), Error, `thrown é ${i}`);
            t.equal(e.constructor, Error);
        }
        t.equal(w.res_i32(true), -2147483648, 'afterwards');
    });
    t.test('throw_val', () => {
        for (const v of [{}, undefined, null, 'text', 5n, new TypeError('x')]) t.throwsValue(() => w.throw_value(v), v);
    });
    t.test('JsError as a value', () => {
        const e = w.error_value('é');
        t.ok(e instanceof Error, 'an Error');
        t.equal(e.message, 'é');
        t.equal(e.name, 'Error');
    });
    t.test('expect_throw', () => {
        t.equal(w.expect_number(0.5), 0.5);
        t.throws(() => w.expect_number('x'), Error, /not a number/);
        t.equal(w.expect_number(1), 1, 'afterwards');
    });
    t.test('results of errors do not leak into later results', () => {
        for (let i = 0; i < 100; i++) {
            t.throws(() => w.res_string(false), Error, MESSAGE);
            t.equal(w.res_string(true), 'héllo');
            t.throws(() => w.res_bytes(false), Error, MESSAGE);
            t.equal(w.res_bytes(true), Uint8Array.of(1, 2, 255));
        }
    });
    t.test('structs of failed calls', () => {
        const alive = w.points_alive();
        for (let i = 0; i < 10; i++) t.throws(() => w.res_point(false), Error, MESSAGE);
        const p = w.res_point(true);
        t.equal(w.points_alive(), alive + 1);
        p.free();
        t.equal(w.points_alive(), alive);
    });
}
