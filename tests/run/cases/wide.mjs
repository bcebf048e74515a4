// 128-bit integers and char, alone, as options, results and fields.

const INTEGERS = {
    i128: [0n, 1n, -1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, -(2n ** 64n), -(2n ** 64n) - 1n, 2n ** 127n - 1n, -(2n ** 127n), 0x0123456789abcdeffedcba9876543210n],
    u128: [0n, 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, 2n ** 127n, 2n ** 128n - 1n, 0xf123456789abcdeffedcba9876543210n],
};
/** What Rust's parser takes and its debug form shows, by character. */
const CHARS = { a: "'a'", 'é': "'é'", '中': "'中'", '😀': "'😀'", '\u{10ffff}': "'\\u{10ffff}'", '\ud7ff': "'\\u{d7ff}'", '\ue000': "'\\u{e000}'", '\0': "'\\0'" };

export function register(t) {
    const { w, host } = t;
    for (const [type, values] of Object.entries(t.minor >= 96 ? INTEGERS : {})) {
        t.test(`${type}, export`, () => {
            for (const v of values) {
                t.equal(w[`show_${type}`](v), String(v));
                t.equal(w[`make_${type}`](String(v)), v);
            }
        });
        t.test(`${type}, import`, () => {
            for (const v of values) {
                let got;
                host[`take_${type}`] = (a) => {
                    got = a;
                    return v;
                };
                t.equal(w[`call_${type}`](String(values[1])), String(v), 'result');
                t.equal(got, values[1], 'argument');
                w[`call_${type}`](String(v));
                t.equal(got, v, 'argument');
            }
        });
        t.test(`${type} wraps`, () => {
            const wrap = type === 'i128' ? BigInt.asIntN : BigInt.asUintN;
            for (const v of [2n ** 127n, 2n ** 128n, 2n ** 200n + 7n, -(2n ** 128n) - 3n, -1n]) t.equal(w[`show_${type}`](v), String(wrap(128, v)));
        });
        t.test(`Option<${type}>, export`, () => {
            for (const none of [undefined, null]) t.equal(w[`opt_show_${type}`](none), 'None');
            t.equal(w[`opt_make_${type}`]('None'), undefined);
            for (const v of values) {
                t.equal(w[`opt_show_${type}`](v), `Some(${v})`);
                t.equal(w[`opt_make_${type}`](String(v)), v);
            }
        });
        t.test(`Option<${type}>, import`, () => {
            let got;
            let next;
            host[`opt_take_${type}`] = (a) => {
                got = a;
                return next;
            };
            for (next of [undefined, null]) {
                t.equal(w[`opt_call_${type}`]('None'), 'None');
                t.equal(got, undefined);
            }
            for (next of values) {
                t.equal(w[`opt_call_${type}`](String(next)), `Some(${next})`);
                t.equal(got, next);
            }
        });
        t.test(`${type} of a wrong type`, () => {
            for (const v of [1, undefined, 'x', Symbol.iterator]) t.throws(() => w[`show_${type}`](v), TypeError, undefined, String(v));
            for (const v of [1, 'x']) t.throws(() => w[`opt_show_${type}`](v), TypeError, undefined, String(v));
            t.equal(w[`show_${type}`](7n), '7', 'afterwards');
        });
    }
    if (t.minor >= 96) {
        t.test('128-bit integers between other arguments', () => {
            t.equal(w.wide_mixed(-1n, 'é', 2n ** 128n - 1n, 2n ** 64n - 1n, -(2n ** 127n), 255), `-1 é Some(${2n ** 128n - 1n}) ${2n ** 64n - 1n} Some(${-(2n ** 127n)}) 255`);
            t.equal(w.wide_mixed(0n, '', null, 0n, undefined, 0), '0  None 0 None 0');
        });
        t.test('Result of a 128-bit integer', () => {
            t.equal(w.result_u128(true), 2n ** 128n - 1n);
            t.throwsValue(() => w.result_u128(false), null);
        });
        t.test('catch, 128-bit integers', () => {
            host.try_i128 = (v) => -v;
            t.equal(w.call_try_i128(-(2n ** 90n)), 2n ** 90n);
            host.try_opt_u128 = (v) => v;
            t.equal(w.call_try_opt_u128(undefined), 'None');
            t.equal(w.call_try_opt_u128(2n ** 128n - 1n), `Some(${2n ** 128n - 1n})`);
            const e = { is: 'thrown' };
            host.try_i128 = host.try_opt_u128 = () => {
                throw e;
            };
            t.throwsValue(() => w.call_try_i128(1n), e);
            t.throwsValue(() => w.call_try_opt_u128(1n), e);
        });
        t.test('128-bit fields', () => {
            const o = new w.Wide(-5n, 2n ** 100n, null);
            t.equal([o.signed, o.unsigned, o.maybe], [-5n, 2n ** 100n, undefined]);
            o.maybe = -(2n ** 100n);
            o.unsigned = -1n;
            o.signed = 2n ** 100n;
            t.equal([o.signed, o.unsigned, o.maybe, o.sum()], [2n ** 100n, 2n ** 128n - 1n, -(2n ** 100n), 0n]);
            o.free();
        });
        t.test('128-bit integers as values', () => {
            t.equal(w.wide_values(-(2n ** 127n), 2n ** 128n - 1n), [-(2n ** 127n), 2n ** 128n - 1n]);
            for (const v of [0n, -1n, 2n ** 127n - 1n, -(2n ** 127n)]) t.equal(w.wide_back(v), v);
            for (const v of [0n, 2n ** 128n - 1n]) t.equal(w.wide_back_unsigned(v), v);
            for (const v of [2n ** 127n, -(2n ** 127n) - 1n, 1, 'x']) t.equal(w.wide_back(v), undefined);
            for (const v of [2n ** 128n, -1n, 1, null]) t.equal(w.wide_back_unsigned(v), undefined);
        });
    }

    t.test('char, export', () => {
        for (const [c, debug] of Object.entries(CHARS)) {
            t.equal(w.show_char(c), debug);
            t.equal(w.make_char(c), c);
        }
    });
    t.test('char: the first of several, none of an empty string', () => {
        t.equal(w.show_char('xyz'), "'x'");
        t.equal(w.show_char('😀y'), "'😀'");
        t.equal(w.show_char(''), "'\\0'");
    });
    if (t.minor >= 92) {
        t.test('char: a lone surrogate is refused', () => {
            for (const c of ['\ud800', '\udfff', '\ude00\ud83d']) {
                const message = new RegExp(`^expected a valid Unicode scalar value, found ${c.codePointAt(0)}$`);
                t.throws(() => w.show_char(c), Error, message);
                t.throws(() => w.opt_show_char(c), Error, message);
                host.take_char = () => c;
                t.throws(() => w.call_char('a'), Error, message);
                host.opt_take_char = () => c;
                t.throws(() => w.opt_call_char('a'), Error, message);
            }
            t.equal(w.show_char('a'), "'a'", 'afterwards');
        });
    }
    t.test('char of a wrong type', () => {
        for (const v of [undefined, null, 5, {}]) t.throws(() => w.show_char(v), TypeError, undefined, String(v));
        for (const v of [5, {}]) t.throws(() => w.opt_show_char(v), TypeError, undefined, String(v));
    });
    t.test('char, import', () => {
        for (const [c, debug] of Object.entries(CHARS)) {
            let got;
            host.take_char = (a) => {
                got = a;
                return c;
            };
            t.equal(w.call_char('q'), debug);
            t.equal(got, 'q');
            w.call_char(c);
            t.equal(got, c);
        }
    });
    t.test('Option<char>', () => {
        for (const none of [undefined, null]) t.equal(w.opt_show_char(none), 'None');
        t.equal(w.opt_make_char('None'), undefined);
        let got;
        let next;
        host.opt_take_char = (a) => {
            got = a;
            return next;
        };
        for (next of [undefined, null]) {
            t.equal(w.opt_call_char('None'), 'None');
            t.equal(got, undefined);
        }
        for (const [c, debug] of Object.entries(CHARS)) {
            t.equal(w.opt_show_char(c), `Some(${debug})`);
            t.equal(w.opt_make_char(c), c);
            next = c;
            t.equal(w.opt_call_char(c), `Some(${debug})`);
            t.equal(got, c);
        }
    });
    t.test('Result of a char', () => {
        t.equal(w.result_char(true), '😀');
        t.throwsValue(() => w.result_char(false), 'no char');
        t.equal([w.result_opt_char(0), w.result_opt_char(1)], [undefined, '\u{10ffff}']);
        t.throws(() => w.result_opt_char(2), Error, 'no char');
    });
    t.test('fields of char and options', () => {
        const o = new w.Fields('é', undefined, false);
        t.equal([o.letter, o.maybe_letter, o.maybe_flag], ['é', undefined, false]);
        o.letter = '😀';
        o.maybe_letter = '中';
        o.maybe_flag = null;
        t.equal([o.letter, o.maybe_letter, o.maybe_flag], ['😀', '中', undefined]);
        o.maybe_letter = undefined;
        o.maybe_flag = true;
        t.equal([o.letter, o.maybe_letter, o.maybe_flag], ['😀', undefined, true]);
        o.free();
    });
}
