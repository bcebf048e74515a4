// Enums of numbers and of strings: their objects, every way across, values that are none of theirs.

/** {values by name, a number that is no value of it}. */
const NUMBERS = {
    plain: [{ A: 0, B: 1, C: 2 }, 17],
    holes: [{ Ten: 10, Zero: 0, One: 1, Three: 3 }, 9],
    original: [{ First: 0, Second: 1 }, 17],
    untyped: [{ Only: 7 }, 1],
};
const SINCE = {
    signed: [96, { Least: -2147483648, MinusOne: -1, Zero: 0, Most: 2147483647 }, 5],
    implicit: [96, { Low: -3, Next: -2, Five: 5, Six: 6 }, 4],
    hidden: [107, { Zero: 0, Four: 4 }, 3],
};
const OBJECTS = { plain: 'Plain', holes: 'Holes', original: 'RenamedEnum', untyped: 'Untyped', signed: 'Signed', implicit: 'Implicit' };
const TEXTS = { Low: 'low', Middle: 'in the middle', High: 'hé😀', Empty: '' };

export function register(t) {
    const { w, host } = t;

    /** The ways of `name`, whose values are `values` (by the name that Rust prints). */
    const ways = (name, values) => {
        const all = Object.entries(values);
        t.test(`${name}, export`, () => {
            for (const [text, v] of all) {
                t.equal(w[`show_${name}`](v), text);
                t.equal(w[`echo_${name}`](v), v);
            }
        });
        t.test(`Option of ${name}, export`, () => {
            for (const none of [undefined, null]) {
                t.equal(w[`some_${name}`](none), 'None');
                t.equal(w[`maybe_${name}`](none), undefined);
            }
            for (const [text, v] of all) {
                t.equal(w[`some_${name}`](v), `Some(${text})`);
                t.equal(w[`maybe_${name}`](v), v);
            }
        });
        t.test(`${name}, import`, () => {
            for (const [, v] of all) {
                let got;
                host[`take_${name}`] = (a) => {
                    got = a;
                    return v;
                };
                t.equal(w[`send_${name}`](all[0][1]), v);
                t.equal(got, all[0][1]);
                w[`send_${name}`](v);
                t.equal(got, v);
            }
        });
        t.test(`Option of ${name}, import`, () => {
            let got;
            let next;
            host[`mtake_${name}`] = (a) => {
                got = a;
                return next;
            };
            for (next of [undefined, null]) {
                t.equal(w[`msend_${name}`](null), undefined);
                t.equal(got, undefined);
            }
            for (const [, v] of all) {
                next = v;
                t.equal(w[`msend_${name}`](v), v);
                t.equal(got, v);
            }
        });
        t.test(`Result of ${name}`, () => {
            const [, v] = all[all.length - 1];
            t.equal(w[`result_${name}`](v, true), v);
            t.throwsValue(() => w[`result_${name}`](v, false), 'refused');
            host[`try_take_${name}`] = (a) => a;
            t.equal(w[`try_send_${name}`](v), v);
            host[`try_take_${name}`] = () => {
                throw t;
            };
            t.throwsValue(() => w[`try_send_${name}`](v), t);
        });
    };

    const numbers = { ...NUMBERS };
    for (const [name, [since, values, wrong]] of Object.entries(SINCE)) if (t.minor >= since) numbers[name] = [values, wrong];
    for (const [name, [values, wrong]] of Object.entries(numbers)) {
        ways(name, values);
        t.test(`${name}, numbers that are none of it`, () => {
            const bad = [wrong, 2147483646, ...(t.minor >= 130 ? ['x', NaN, 1.5] : [])];
            for (const v of bad) t.throws(() => w[`show_${name}`](v), Error, 'invalid enum value passed', String(v));
            host[`take_${name}`] = () => wrong;
            t.throws(() => w[`send_${name}`](Object.values(values)[0]), Error, 'invalid enum value passed');
        });
    }
    for (const [name, object] of Object.entries(OBJECTS)) {
        if (!numbers[name]) continue;
        t.test(`the object ${object}`, () => {
            const expected = Object.entries(numbers[name][0]).flatMap(([key, v]) => [[key, v], [String(v), key]]);
            t.equal(Object.keys(w[object]).sort(), expected.map(([key]) => key).sort());
            for (const [key, v] of expected) t.equal(w[object][key], v);
            t.ok(Object.isFrozen(w[object]), 'frozen');
        });
    }
    t.test('an enum that nothing uses', () => t.equal([w.Lonely.One, w.Lonely[1]], [1, 'One']));
    t.test('a private enum is not exported', () => t.equal(w.Hidden, undefined));
    t.test('numbers from 2^31 on', () => {
        t.equal([w.Large.Half, w.Large.Top, w.Large[4294967295]], [2147483648, 4294967295, 'Top']);
        t.equal([w.show_large(w.Large.Half), w.show_large(w.Large.Top), w.show_large(1)], ['Half', 'Top', 'Small']);
        t.equal([w.some_large(w.Large.Top), w.some_large(null)], ['Some(Top)', 'None']);
    });
    t.test('numbers from 2^31 on, out', () => {
        // A word of 32 bits comes out signed.
        const out = (v) => (t.minor >= 130 ? v : v | 0);
        for (const v of [1, 2147483648, 4294967295]) {
            t.equal(w.echo_large(v), out(v));
            t.equal(w.maybe_large(v), out(v));
            host.take_large = (a) => {
                t.equal(a, out(v));
                return v;
            };
            t.equal(w.send_large(v), out(v));
        }
    });

    if (t.minor >= 93) {
        ways('level', TEXTS);
        t.test('a string that is none of the enum', () => {
            for (const v of ['LOW', 'other', 5, {}, Symbol.iterator]) t.equal(w.show_level(v), '__Invalid', String(v));
            t.equal(w.some_level('other'), 'Some(__Invalid)');
            t.equal(w.show_level(undefined), '__Invalid');
            host.mtake_level = () => 'other';
            host.take_level = (v) => v;
            t.equal(w.send_level('low'), 'low');
        });
        t.test('fields of string enums', () => {
            const o = new w.HeldText('low', undefined);
            t.equal([o.level, o.maybe], ['low', undefined]);
            o.level = '';
            o.maybe = 'hé😀';
            t.equal([o.level, o.maybe], ['', 'hé😀']);
            o.maybe = null;
            t.equal(o.maybe, undefined);
            o.free();
        });
    }

    t.test('vectors of an enum', () => {
        const { A, B, C } = w.Plain;
        for (const v of [[], [C], [A, B, C, B, A], Array.from({ length: 1000 }, (_, i) => i % 3)]) {
            t.equal(w.echo_plains(v), v);
            t.equal(w.maybe_plains(v), v);
            host.take_plains = (a) => {
                t.equal(a, v, 'argument');
                return [...a].reverse();
            };
            t.equal(w.send_plains(v), [...v].reverse());
        }
        t.equal(w.show_plains([B, A]), '[B, A]');
        t.equal([w.maybe_plains(undefined), w.maybe_plains(null)], [undefined, undefined]);
        if (t.minor >= 96) t.equal(w.echo_signeds([-1, 0, 2147483647]), [-1, 0, 2147483647]);
    });
    t.test('vectors with a number that is none of the enum', () => {
        t.thrown(() => w.echo_plains([0, 17]));
        t.equal(w.echo_plains([0]), [0], 'afterwards');
    });
    t.test('enums as values', () => t.equal(w.enum_values(), [10, t.minor >= 96 ? 4294967295 : -1 >>> 0]));
    t.test('fields of enums', () => {
        const o = new w.Held(w.Plain.B, undefined);
        t.equal([o.plain, o.maybe, o.show(null)], [1, undefined, 'B None None']);
        o.plain = w.Plain.C;
        o.maybe = w.Holes.Ten;
        t.equal([o.plain, o.maybe, o.show(w.Plain.A)], [2, 10, 'C Some(Ten) Some(A)']);
        t.throws(() => (o.plain = 9), Error, 'invalid enum value passed');
        o.free();
    });

    if (t.minor < 130) return;
    const SEQUENCES = {
        bools: [[], [true], [false, true, true]],
        chars: [[], ['a', '😀', '\0', 'é']],
        cells: [[], [2, 0, 1]],
        signed_cells: [[], [-2147483648, 2147483647, 0, -1]],
        levels: [[], ['', 'hé😀', 'low']],
    };
    for (const [name, lists] of Object.entries(SEQUENCES)) {
        t.test(`sequence of ${name}`, () => {
            for (const none of [undefined, null]) t.equal(w[`maybe_${name}`](none), undefined);
            for (const v of [...lists, Array.from({ length: 500 }, (_, i) => lists[1][i % lists[1].length])]) {
                t.equal(w[`echo_${name}`](v), v);
                t.equal(w[`maybe_${name}`](v), v);
                host[`take_${name}`] = (a) => {
                    t.equal(a, v, 'argument');
                    return a;
                };
                t.equal(w[`send_${name}`](v), v);
                host[`borrow_${name}`] = host[`mborrow_${name}`] = (a) => a;
                t.equal(w[`lend_${name}`](v), v);
                t.equal(w[`mlend_${name}`](v), v);
            }
            host[`mborrow_${name}`] = (a) => a;
            t.equal(w[`mlend_${name}`](undefined), undefined);
        });
    }
    t.test('sequences with values that are refused', () => {
        t.throws(() => w.echo_chars(['a', '\ud800']), Error, /Unicode scalar/);
        t.throws(() => w.echo_cells([0, 17]), Error, 'invalid enum value passed');
        t.equal(w.echo_chars(['a']), ['a'], 'afterwards');
    });
    t.test('sequences of borrowed strings', () => {
        for (const v of [[], ['a', '', 'é😀'], Array.from({ length: 1000 }, (_, i) => `${i}`)]) {
            host.borrow_strs = host.borrow_strings = host.take_strs = (a) => a;
            t.equal(w.lend_strs(v), v);
            t.equal(w.lend_strings(v), v);
            t.equal(w.give_strs(v), v);
        }
    });
    t.test('borrowed numbers', () => {
        host.borrow_numbers = (...a) => a;
        t.equal(w.lend_scalars(4294967295, -0.5, true, '😀', 2n ** 64n - 1n), [4294967295, -0.5, true, '😀', 2n ** 64n - 1n]);
        t.equal(w.lend_scalars(0, 0, false, 'a', null), [0, 0, false, 'a', undefined]);
    });
}
