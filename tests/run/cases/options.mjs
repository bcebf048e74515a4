// Option of numbers and bool: none as undefined and null, extreme values that must not be taken for none.

const INT = {
    i8: [0, -1, -128, 127],
    u8: [0, 1, 255],
    i16: [0, -1, -32768, 32767],
    u16: [0, 65535],
    i32: [0, -1, -2147483648, 2147483647],
    u32: [0, 1, 2147483648, 4294967295],
    isize: [0, -1, -2147483648, 2147483647],
    usize: [0, 2147483648, 4294967295],
    i64: [0n, -1n, -(2n ** 63n), 2n ** 63n - 1n],
    u64: [0n, 2n ** 63n, 2n ** 64n - 1n],
    f32: [0, -0, 0.5, NaN, Infinity, -Infinity, Math.fround(3.4028234663852886e38)],
    f64: [0, -0, 0.1, NaN, Infinity, -Infinity, Number.MAX_VALUE, 4294967297, Number.MAX_SAFE_INTEGER],
    bool: [true, false],
};

/** Values a user may pass that Rust must see as `Some` of something else. */
const COERCED = {
    i32: [[4294967297, '1'], [9007199254740991, '-1'], [1.5, '1'], [NaN, '0'], ['3', '3']],
    u32: [[4294967297, '1'], [9007199254740991, '4294967295'], [-1, '4294967295'], [2.9, '2']],
    isize: [[4294967297, '1'], [9007199254740991, '-1']],
    usize: [[4294967297, '1'], [-1, '4294967295']],
    i8: [[128, '-128'], [1.5, '1']],
    u16: [[65536, '0']],
    f32: [[4294967297, '4294967300.0'], [0.1, '0.1'], ['1.5', '1.5']],
    i64: [[2n ** 63n, '-9223372036854775808']],
    u64: [[-1n, '18446744073709551615']],
    bool: [[1, 'true'], ['', 'false'], ['x', 'true']],
};

const text = (v) => (Object.is(v, -0) ? '-0' : String(v));

/** The value in Rust's debug form of an option, undefined for none. */
function value(type, debug) {
    if (debug === 'None') return undefined;
    const inner = /^Some\((.*)\)$/.exec(debug)[1];
    if (type === 'bool') return inner === 'true';
    if (type === 'i64' || type === 'u64') return BigInt(inner);
    const number = { inf: Infinity, '-inf': -Infinity, NaN }[inner] ?? Number(inner);
    return type === 'f32' ? Math.fround(number) : number;
}

export function register(t) {
    const { w, host } = t;
    for (const [type, values] of Object.entries(INT)) {
        t.test(`Option<${type}> argument of an export`, () => {
            t.equal(w[`opt_show_${type}`](undefined), 'None', 'undefined');
            t.equal(w[`opt_show_${type}`](null), 'None', 'null');
            t.equal(w[`opt_show_${type}`](), 'None', 'absent');
            for (const v of values) t.equal(value(type, w[`opt_show_${type}`](v)), v, `opt_show_${type}(${text(v)})`);
        });
        t.test(`Option<${type}> result of an export`, () => {
            t.equal(w[`opt_make_${type}`]('None'), undefined);
            for (const v of values) t.equal(w[`opt_make_${type}`](text(v)), v);
        });
        t.test(`Option<${type}> argument and result of an import`, () => {
            let got;
            let next;
            host[`opt_take_${type}`] = (a) => {
                got = a;
                return next;
            };
            for (next of [undefined, null]) {
                got = 'nothing yet';
                t.equal(w[`opt_call_${type}`]('None'), 'None', `returned ${next}`);
                t.equal(got, undefined, 'argument');
            }
            for (next of values) {
                t.equal(value(type, w[`opt_call_${type}`](text(next))), next, 'returned');
                t.equal(got, next, 'argument');
            }
        });
    }
    for (const [type, pairs] of Object.entries(COERCED)) {
        t.test(`Option<${type}> coercions`, () => {
            for (const [v, expected] of pairs) {
                t.equal(w[`opt_show_${type}`](v), `Some(${expected})`, `opt_show_${type}(${text(v)})`);
                host[`opt_take_${type}`] = () => v;
                t.equal(w[`opt_call_${type}`]('None'), `Some(${expected})`, `opt_take_${type} returned ${text(v)}`);
            }
        });
    }
    t.test('options between other arguments', () => {
        t.equal(w.opt_mixed(4294967295, 0.5, 0.25, 2n ** 64n - 1n, true, -1), 'Some(4294967295) 0.5 Some(0.25) Some(18446744073709551615) true Some(-1)');
        t.equal(w.opt_mixed(undefined, 0.5, null, undefined, false, null), 'None 0.5 None None false None');
        t.equal(w.opt_mixed(0, 0, 0, 0n, true, 0), 'Some(0) 0.0 Some(0.0) Some(0) true Some(0)');
    });
    t.test('a wrong type inside an option', () => {
        t.throws(() => w.opt_show_i64(1), TypeError);
        t.throws(() => w.opt_show_f64(1n), TypeError);
    });
}
