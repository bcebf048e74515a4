// Closures that are valid during one call: what they take and return, exceptions, recursion, use afterwards.

/** What a closure says that must not be called; Fn of older crates leaves out the recursion. */
export const DEAD = /^closure invoked (recursively or )?after being dropped$/;
/** What a FnMut says. */
export const RECURSIVE = 'closure invoked recursively or after being dropped';

export function register(t) {
    const { w, host } = t;

    t.test('no arguments', () => {
        host.with_plain = (f) => {
            t.equal(f.length, 0, 'length');
            t.equal(f(), undefined);
            f(1, 2, 3);
        };
        t.equal(w.lend_plain(), 2);
    });
    t.test('numbers, booleans and characters', () => {
        host.with_numbers = (f) => {
            t.equal(f.length, 6, 'length');
            t.equal(f(255, -5, 2n ** 40n, 0.5, true, 'A'), 255 - 5 + 2 ** 40 + 0.5 + 1 + 65);
            t.equal(f(256, '7', 2n ** 64n, -0, 0, '\u{1F600}'), 7 + 0x1f600, 'as exported functions convert');
            t.equal(f(undefined, null, 0n, 1.5, false, '\0'), 1.5);
            t.throws(() => f(0, 0, 1, 0, 0, 'a'), TypeError);
            t.throws(() => f(0, 0, 0n, 0, 0, '\u{D800}'), Error, /expected a valid Unicode scalar value, found/);
            return f;
        };
        const f = w.lend_to_all();
        t.throws(() => f(0, 0, 0n, 0, 0, 'a'), Error, DEAD, 'after the call');
    });
    t.test('unsigned results', () => {
        host.with_unsigned = (f) => f(2 ** 32 - 2);
        t.equal(w.lend_unsigned(), 2 ** 32 - 1);
        host.with_unsigned = (f) => f(-1);
        t.equal(w.lend_unsigned(), 0);
    });
    t.test('options', () => {
        host.with_options = (f) => {
            t.equal(f(undefined, null), undefined);
            t.equal(f(2 ** 32 - 1, 4.5, 'é'), BigInt(2 ** 32 - 1 + 4 + 2));
            t.equal(f(0), 0n);
            return f(undefined, undefined, '');
        };
        t.equal(w.lend_options(), 0n);
    });
    t.test('strings', () => {
        host.with_text = (f) => f(f('a') + f('é\u{1F600}'.repeat(1000)));
        t.equal(w.lend_text(), `<<a><${'é\u{1F600}'.repeat(1000)}>>`);
    });
    t.test('vectors', () => {
        host.with_bytes = (f) => {
            t.equal(f([], []), new Uint16Array(0));
            return f(Uint8Array.of(1, 2, 255), [3.5, 70000]);
        };
        t.equal(w.lend_bytes(), Uint16Array.of(1, 2, 255, 3, 65535));
    });
    t.test('values', () => {
        const [a, b] = [{}, Symbol('b')];
        host.with_value = (f) => {
            t.equal(f(a, b), a);
            t.equal(f(undefined, b), b);
            t.equal(f(null, b), null);
            t.equal(f(undefined, undefined), undefined);
            for (let i = 0; i < 2000; i++) t.equal(f(i, 0), i);
            return f(undefined, b);
        };
        t.equal(w.lend_value(), b);
    });
    t.test('borrowed values', () => {
        const a = { a: 1 };
        host.with_value_ref = (f) => {
            for (const v of [a, undefined, null, 'text', 1n]) t.equal(f(v), v);
            for (let i = 0; i < 2000; i++) t.equal(f(i), i);
            return f(a);
        };
        t.equal(w.lend_value_ref(), a);
    });
    t.test('imported objects', () => {
        const [big, small] = [new host.Thing('big', 10), new host.Thing('small', 1)];
        host.with_thing = (f) => {
            t.equal(f(small), undefined);
            return f(big);
        };
        t.equal(w.lend_thing(), big);
    });
    t.test('exported objects', () => {
        host.with_point = (f) => {
            const p = new w.Point(1, 1.5);
            const q = f(p);
            t.ok(q instanceof w.Point && q !== p, 'a new Point');
            t.throws(() => f(p), Error, /null pointer|moved/, 'a moved one');
            t.throws(() => f({}), Error, 'expected instance of Point');
            return f(q);
        };
        const p = w.lend_point();
        t.equal(p.x, 3);
        t.equal(p.y, 6);
        p.free();
        t.equal(w.points_alive(), 0);
    });
    t.test('exported objects, borrowed', () => {
        const p = new w.Point(42, 0);
        host.with_point_ref = (f) => f(p) + f(p);
        t.equal(w.lend_point_ref(), 84);
        host.with_point_ref = (f) => f({});
        t.throws(() => w.lend_point_ref(), Error, 'expected instance of Point');
        p.free();
    });
    t.test('results', () => {
        host.with_result = (f) => {
            t.equal(f(1), 2 ** 31 + 1);
            t.throwsValue(() => f(-1), 'negative: -1');
            for (let i = 1; i < 1000; i++) t.throwsValue(() => f(-i), `negative: ${-i}`);
            return f(0);
        };
        t.equal(w.lend_result(), 2 ** 31);
        host.with_result = (f) => f(-7);
        t.throwsValue(() => w.lend_result(), 'negative: -7', 'through the import');
        host.with_result_text = (f) => {
            t.throwsValue(() => f(-3), -3);
            return f(5);
        };
        t.equal(w.lend_result_text(), 'number 5');
    });
    t.test('seven arguments', () => {
        host.with_seven = (f) => {
            t.equal(f.length, 7);
            return f(1, 2, 3, 4, 5, 6, 7);
        };
        t.equal(w.lend_seven(), 7654321);
        host.with_seven = (f) => f(1, 2);
        t.equal(w.lend_seven(), 21, 'missing arguments');
    });
    t.test('FnMut changes what it captured', () => {
        const seen = [];
        host.with_counter = (f) => {
            t.equal(f.length, 1);
            for (let i = 1; i <= 10; i++) seen.push(f(i));
        };
        t.equal(w.lend_counter(), 55);
        t.equal(seen, [1, 3, 6, 10, 15, 21, 28, 36, 45, 55]);
    });
    t.test('FnMut is refused while it runs, and goes on afterwards', () => {
        let f, inner;
        host.with_counter = (closure) => {
            f = closure;
            f(99);
            f(1);
        };
        host.may_fail = () => {
            inner = t.thrown(() => f(5));
            t.throws(() => f(6), Error, DEAD);
        };
        t.equal(w.lend_counter(), 100);
        t.ok(inner instanceof Error, 'an Error');
        t.equal(inner.message, RECURSIVE);
    });
    t.test('FnMut with an exception goes on afterwards', () => {
        const thrown = { is: 'thrown' };
        host.may_fail = () => {
            throw thrown;
        };
        host.with_counter = (f) => {
            f(1);
            t.throwsValue(() => f(99), thrown);
            f(2);
        };
        t.equal(w.lend_counter(), 102);
    });
    t.test('FnMut of a reference', () => {
        host.with_counter_text = (f) => f('a') + f('b') + f(1);
        t.equal(w.lend_counter_text(), 'aa+ba+b+=3');
    });
    t.test('Fn may be called while it runs', () => {
        host.with_plain = (f) => {
            f();
            host.with_plain = (g) => {
                g();
                f();
            };
            t.equal(w.lend_plain(), 1, 'inner');
            f();
        };
        t.equal(w.lend_plain(), 3, 'outer');
    });
    t.test('two closures among other arguments', () => {
        const kept = [];
        host.with_two = (a, text, b, c) => {
            t.equal(text, 'text');
            t.equal(c, 7);
            a(5);
            t.equal(b(), 5);
            a(-2);
            kept.push(a, b);
        };
        t.equal(w.lend_two(), -10);
        t.throws(() => kept[0](1), Error, DEAD);
        t.throws(() => kept[1](), Error, DEAD);
    });
    t.test('after the call', () => {
        let f;
        host.with_plain = (closure) => {
            f = closure;
        };
        t.equal(w.lend_plain(), 0);
        for (let i = 0; i < 100; i++) t.throws(f, Error, DEAD);
    });
    t.test('after a call that threw', () => {
        let f;
        host.with_plain = (closure) => {
            f = closure;
            throw new RangeError('no');
        };
        t.throws(w.lend_plain, RangeError, 'no');
        t.throws(f, Error, DEAD);
    });
    t.test('catch', () => {
        let f;
        host.with_catch = (closure) => {
            (f = closure)();
            f();
            return 2.5;
        };
        t.equal(w.lend_catch(), 'ok 2.5 after 2');
        t.throws(f, Error, DEAD);
        host.with_catch = (closure) => {
            (f = closure)();
            throw 'thrown';
        };
        t.equal(w.lend_catch(), 'error thrown after 1');
        t.throws(f, Error, DEAD);
    });
    t.test('catch, result of i64', () => {
        host.with_catch_i64 = (f) => {
            f();
            return 5n;
        };
        t.equal(w.lend_catch_i64(), 'ok 5');
        host.with_catch_i64 = () => {
            throw 'thrown';
        };
        t.equal(w.lend_catch_i64(), 'error thrown');
    });
    t.test('a method takes one', () => {
        const thing = new host.Thing('thing', 1);
        thing.each = (f) => [1, 'two', {}].forEach(f);
        t.equal(w.lend_to_method(thing), 3);
    });
    t.test('asynchronous use', async () => {
        let promise;
        host.with_plain = (f) => {
            promise = Promise.resolve().then(f);
        };
        t.equal(w.lend_plain(), 0);
        let error;
        await promise.catch((e) => (error = e));
        t.ok(DEAD.test(error?.message), `refused: ${error}`);
    });
    t.test('memory grows inside', () => {
        host.with_view = (bytes, f) => {
            const sum = bytes.reduce((a, b) => a + b, 0);
            f(100);
            return sum;
        };
        t.equal(w.lend_view(100), 4950);
        host.with_text = (f) => {
            const text = f('x'.repeat(100000));
            t.grow();
            return f(text);
        };
        t.equal(w.lend_text(), `<<${'x'.repeat(100000)}>>`);
        host.with_value_ref = (f) => {
            t.grow();
            return f('after');
        };
        t.equal(w.lend_value_ref(), 'after');
    });
    t.test('no handles are left', () => {
        const round = () => {
            host.with_value = (f) => f({}, {});
            w.lend_value();
            host.with_value_ref = (f) => f({});
            w.lend_value_ref();
            host.with_result = (f) => t.thrown(() => f(-1));
            w.lend_result();
            host.with_plain = (f) => {
                f();
                throw {};
            };
            t.thrown(w.lend_plain);
        };
        round();
        const before = w.handles_alive();
        for (let i = 0; i < 50; i++) round();
        t.equal(w.handles_alive(), before);
    });
}
