// The second program: js-sys and web-sys are linked, most of what they describe is not there.

export function register(t) {
    const { w } = t;

    t.test('arrays', () => {
        t.equal(w.array_of(5), [0, 1, 2, 3, 4]);
        t.equal(w.array_of(0), []);
        t.equal(w.array_of(2000).length, 2000);
        t.equal(w.array_len(['a', 'b']), 2);
    });
    t.test('Reflect', () => {
        const o = { a: 1 };
        t.equal(w.reflect_get(o, 'a'), 1);
        t.equal(w.reflect_get(o, 'b'), undefined);
        t.equal(w.reflect_set(o, 'é', o), true);
        t.equal(o['é'], o);
        t.equal(w.reflect_set(Object.freeze({}), 'x', 1), false);
        t.throws(() => w.reflect_get(1, 'a'), TypeError);
        t.throws(() => w.reflect_set(undefined, 'a', 1), TypeError);
    });
    t.test('Object.keys', () => t.equal(w.object_keys({ x: 1, y: 2 }), ['x', 'y']));
    t.test('typed arrays', () => {
        t.equal(w.bytes(0), new Uint8Array(0));
        t.equal(w.bytes(256), Uint8Array.from({ length: 256 }, (_, i) => i));
        const large = w.bytes(3000000);
        t.equal(large.length, 3000000);
        t.equal(large[2999999], 2999999 & 255);
        t.equal(w.bytes_sum(Uint8Array.of(1, 2, 255)), 258);
        t.equal(w.bytes_sum(new Uint8Array(1000000).fill(1)), 1000000);
    });
    t.test('Date.now', () => {
        const before = Date.now();
        const now = w.date_now();
        t.ok(before - 1 <= now && now <= Date.now() + 1, `${now} is now`);
    });
    t.test('Math.floor', () => t.equal(w.math_floor(-1.5), -2));
    t.test('a promise as a value', async () => {
        const p = Promise.resolve(5);
        t.equal(w.promise_echo(p), p);
        t.equal(await w.promise_echo(p), 5);
    });
    t.test('JsString', () => t.equal(w.js_string_len('é😀'), 3));
    t.test('web-sys Headers', () => {
        t.equal(w.header('x-name', 'first'), 'first, second');
        t.throws(() => w.header('not a name', 'x'), TypeError);
    });
    t.test('web-sys Url', () => {
        t.equal(w.url_host('https://example.org:8080/x'), 'example.org:8080');
        t.throws(() => w.url_host('nonsense'), TypeError);
    });
}
