// Imported functions and types: names, exceptions, values owned and borrowed, methods, getters.

export function register(t) {
    const { w, host } = t;
    const thing = (name, size) => new host.Thing(name, size);

    t.test('a plain function', () => t.equal(w.call_plain(41), 42));
    t.test('js_name', () => t.equal(w.call_renamed(40), 42));
    t.test('a nested namespace, with its `this`', () => t.equal(w.call_nested(14), 42));
    if (t.minor >= 93) t.test('a name that is no identifier', () => t.equal(w.call_dashed(45), 42));
    t.test('a namespace of the language', () => t.equal(w.call_hypot(3, 4), 5));
    t.test('functions are looked up at each call', () => {
        const before = host.deep.nested;
        const plain = globalThis.wbtPlain;
        try {
            host.deep.nested = (a) => a + 1000;
            t.equal(w.call_nested(1), 1001);
            globalThis.wbtPlain = (a) => a + 2000;
            t.equal(w.call_plain(1), 2001);
        } finally {
            host.deep.nested = before;
            globalThis.wbtPlain = plain;
        }
    });

    /** Per suffix of `call_try_*`: arguments, what the import returns, the text Rust makes of it. */
    const TRIES = {
        unit: [[], undefined, 'ok ()'],
        i32: [[7], -5, 'ok -5'],
        i64: [[7n], -(2n ** 63n), 'ok -9223372036854775808'],
        u64: [[2n ** 64n - 1n], 2n ** 64n - 1n, 'ok 18446744073709551615'],
        f64: [[0.5], -0, 'ok -0.0'],
        bool: [[true], true, 'ok true'],
        string: [['é'], 'ö', 'ok "ö"'],
        bytes: [[Uint8Array.of(1, 2)], Uint8Array.of(3), 'ok [3]'],
    };
    for (const [suffix, [args, returned, told]] of Object.entries(TRIES)) {
        t.test(`catch, result of ${suffix}`, () => {
            let got;
            host[`try_${suffix}`] = (...a) => {
                got = a.map((v) => (ArrayBuffer.isView(v) ? v.slice() : v));
                return returned;
            };
            t.equal(w[`call_try_${suffix}`](...args), told, 'Ok');
            t.equal(got, args, 'arguments');
            for (const thrown of [{ is: 'object' }, new TypeError('é'), 'text', 1.5, 7n, undefined, null, true, Symbol.iterator]) {
                host[`try_${suffix}`] = () => {
                    throw thrown;
                };
                t.equal(w[`call_try_${suffix}`](...args), thrown, 'Err');
            }
        });
    }
    t.test('catch, result of JsValue', () => {
        host.try_value = (v) => v;
        for (const v of [{}, undefined, null, 'x', 1, Symbol.iterator]) t.equal(w.call_try_value(v), v, 'Ok');
        host.try_value = (v) => {
            throw v;
        };
        for (const v of [{}, undefined, null, 'x', 1]) t.throwsValue(() => w.call_try_value(v), v);
    });
    t.test('catch, imported type', () => {
        const a = thing('a', 1);
        host.try_thing = (v) => v.plus(1);
        t.equal(w.call_try_thing(a).size, 2);
        host.try_thing = (v) => {
            throw v;
        };
        t.throwsValue(() => w.call_try_thing(a), a);
    });
    t.test('catch, no such function', () => {
        t.ok(t.saw(w.call_try_unit()) instanceof TypeError, 'a TypeError');
        t.ok(t.saw(w.call_try_string('x')) instanceof TypeError, 'a TypeError');
    });
    t.test('catch, a result that cannot be converted', () => {
        host.try_string = () => undefined;
        const e = t.saw(w.call_try_string('x'));
        t.ok(e instanceof TypeError, `a TypeError, not ${String(e)}`);
        t.equal(w.call_plain(1), 2, 'afterwards');
    });
    t.test('catch, many in one call', () => {
        host.try_i32 = (i) => {
            if (i % 3 === 1) throw i * 10;
            return i;
        };
        t.equal(w.call_try_many(7), '0,!10,2,3,!40,5,6');
        t.equal(w.call_try_many(2000).split(',').length, 2000);
    });
    t.test('an exception without catch reaches the caller', () => {
        const reason = new RangeError('from the import');
        host.may_throw = (v) => {
            if (v < 0) throw reason;
            return v + 1;
        };
        t.equal(w.call_may_throw(1), 2);
        for (let i = 0; i < 200; i++) t.throwsValue(() => w.call_may_throw(-1), reason);
        t.equal(w.call_may_throw(1), 2, 'afterwards');
    });
    t.test('an exception of a nested call', () => {
        host.may_throw = (v) => (v === 0 ? t.fail('innermost') : w.call_may_throw(v - 1));
        t.throws(() => w.call_may_throw(20), Error, 'innermost');
        host.may_throw = (v) => v;
        t.equal(w.call_may_throw(3), 3, 'afterwards');
    });

    const VALUES = [undefined, null, true, false, 0, -0, NaN, 1.5, '', 'é', 7n, {}, [], () => 1, Symbol('s'), /x/, new Date(0)];
    t.test('values by value, export', () => {
        for (const v of VALUES) t.equal(w.echo_value(v), v);
    });
    t.test('values by reference, export', () => {
        for (const v of VALUES) t.equal(w.clone_value(v), v);
    });
    t.test('values by value, import', () => {
        for (const v of VALUES) {
            let got;
            host.take_value = (a) => {
                got = a;
                return v;
            };
            t.equal(w.call_value('argument'), v, 'result');
            t.equal(got, 'argument');
            w.call_value(v);
            t.equal(got, v, 'argument');
        }
    });
    t.test('values by reference, import', () => {
        for (const v of VALUES) {
            let got;
            host.take_value_ref = (a) => {
                got = a;
                return a;
            };
            t.equal(w.call_value_ref(v), v, 'result');
            t.equal(got, v, 'argument');
        }
    });
    t.test('owned and borrowed values mixed', () => {
        let got;
        host.take_value_mix = (...args) => {
            got = args;
            return args[3];
        };
        const args = [{ a: 1 }, { b: 2 }, { c: 3 }, { d: 4 }];
        t.equal(w.call_value_mix(...args), args[2]);
        t.equal(got, [args[0], args[1], args[3], args[2]]);
        t.equal(w.call_value_mix(null, undefined, true, null), true);
        t.equal(got, [null, undefined, null, true]);
    });
    t.test('borrowed values, a hundred deep', () => {
        const o = {};
        host.recurse = (depth, v) => (depth === 0 ? Number(v === o) * 1000 : w.call_recurse(depth - 1, v));
        t.equal(w.call_recurse(99, o), 1100);
        t.equal(w.clone_value(o), o, 'afterwards');
    });
    t.test('a thousand clones at once', () => {
        const o = {};
        host.take_value_ref = (v) => v;
        t.equal(w.many_clones(o, 1000), o);
        t.equal(w.many_clones(null, 1000), null);
        t.equal(w.many_clones(o, 0), undefined);
    });
    t.test('a hundred thousand values', () => {
        for (let i = 0; i < 100000; i++) {
            if (w.echo_value(i) !== i) t.fail(`value ${i}`);
        }
        t.equal(w.echo_value('last'), 'last');
    });

    t.test('imported type, by value and by reference', () => {
        const a = thing('a', 1);
        t.equal(w.echo_thing(a), a);
        host.take_thing = (v) => v.plus(1);
        t.equal(w.call_thing(a).size, 2);
        host.take_thing_ref = (v) => v;
        t.equal(w.call_thing_ref(a), a);
        t.equal(w.echo_thing('anything'), 'anything', 'no check');
    });
    t.test('imported type, methods and getters', () => {
        const a = thing('é', 4294967295);
        t.equal(w.thing_describe(a), 'Thing(é)/é/4294967295');
        t.equal(w.thing_plus(thing('a', 1), 10).name, 'a++');
        t.equal(w.thing_plus(thing('a', 1), 10).size, 21);
        const m = w.thing_merge(thing('x', 1), thing('y', 2), thing('z', 3));
        t.equal([m.name, m.size], ['xyz', 6]);
        t.equal(w.thing_renamed(thing('a', 7)), 0.5);
    });
    t.test('imported type, structural', () => {
        const own = { name: 'n', size: 3, describe: () => 'own' };
        t.equal(w.thing_describe(own), 'own/n/3');
    });
    t.test('imported type, exceptions', () => {
        const a = thing('a', 1);
        const e = w.thing_fail(a, 'é');
        t.ok(e instanceof TypeError && e.message === 'é from a', String(e));
        t.equal(w.thing_failing(a), a, 'what a getter threw');
        t.throws(() => w.thing_plus({}, 1), TypeError, undefined, 'no such method');
        t.throws(() => w.thing_plus(undefined, 1), TypeError, undefined, 'no object');
        t.equal(w.thing_plus(a, 1).size, 3, 'afterwards');
    });
}
