// Exported structs: construction, methods, fields, conversions by value and by reference.

export function register(t) {
    const { w, host } = t;

    t.test('constructor and class', () => {
        const c = new w.Counter('é', 7);
        t.ok(c instanceof w.Counter, 'instanceof');
        t.equal(Object.getPrototypeOf(c), w.Counter.prototype);
        t.equal(w.Counter.name, 'Counter');
        t.equal(c.count, 7);
        t.equal(c.label, 'é');
        c.free();
    });
    t.test('fields of numbers', () => {
        const c = new w.Counter('c', 1);
        for (const v of [0, 4294967295, 5]) {
            c.count = v;
            t.equal(c.count, v);
            t.equal(c.read(), v, 'as Rust sees it');
        }
        c.count = -1;
        t.equal(c.count, 4294967295, 'coerced');
        for (const v of [0.1, -0, NaN]) {
            c.step = v;
            t.equal(c.step, v);
        }
        c.on = false;
        t.equal(c.on, false);
        c.big = 2n ** 64n - 1n;
        t.equal(c.big, 2n ** 64n - 1n);
        c.free();
    });
    t.test('field of an option', () => {
        const c = new w.Counter('c', 1);
        t.equal(c.maybe, undefined);
        c.maybe = -1;
        t.equal(c.maybe, -1);
        c.maybe = null;
        t.equal(c.maybe, undefined);
        c.free();
    });
    t.test('fields of strings, vectors and values are cloned', () => {
        const c = new w.Counter('first', 1);
        c.label = 'zweite é';
        t.equal(c.label, 'zweite é');
        t.equal(c.label, 'zweite é', 'twice');
        t.equal(c.bytes, Uint8Array.of(1, 2, 3));
        c.bytes = [9];
        const b = c.bytes;
        b[0] = 1;
        t.equal(c.bytes, Uint8Array.of(9));
        const o = {};
        t.equal(c.value, undefined);
        c.value = o;
        t.equal(c.value, o);
        t.equal(c.value, o, 'twice');
        c.free();
    });
    t.test('field of another struct is a copy', () => {
        const c = new w.Counter('c', 1);
        const inner = c.inner;
        t.ok(inner instanceof w.Inner, 'class');
        inner.n = 6;
        t.equal(c.inner.n, 5, 'the original');
        c.inner = inner;
        t.equal(c.inner.n, 6, 'assigned');
        t.throws(() => inner.n, Error, 'null pointer passed to rust', 'the assigned object');
        t.throws(() => { c.inner = {}; }, Error, 'expected instance of Inner');
        c.free();
    });
    t.test('readonly field', () => {
        const c = new w.Counter('c', 1);
        const d = new w.Counter('d', 1);
        t.ok(d.id === c.id + 1, 'ids count up');
        t.throws(() => { c.id = 5; }, TypeError);
        c.free();
        d.free();
    });
    t.test('renamed, skipped and private fields', () => {
        const c = new w.Counter('c', 1);
        t.equal(c.camelCase, -1);
        c.camelCase = 127;
        t.equal(c.camelCase, 127);
        t.ok(!('snake_case' in c) && !('hidden' in c), 'no Rust names');
        c.free();
    });
    t.test('methods', () => {
        const c = new w.Counter('c', 1);
        t.equal(c.increment(4), 5);
        t.equal(c.read(), 5);
        t.equal(c.describeIt('>> é '), '>> é c=5');
        t.ok(!('describe' in c), 'no Rust name');
        c.free();
    });
    t.test('getter and setter methods', () => {
        const c = new w.Counter('label é', 3);
        t.equal(c.twice, 6);
        c.twice = 20;
        t.equal(c.count, 10);
        t.equal(c.upperLabel, 'LABEL É');
        c.free();
    });
    t.test('static methods', () => {
        t.equal(w.Counter.add(2147483647, 1), -2147483648);
        const z = w.Counter.zero();
        t.ok(z instanceof w.Counter && z.label === 'zero', 'made by a static method');
        z.free();
    });
    t.test('by value', () => {
        const c = new w.Counter('c', 9);
        const drops = w.counter_drops();
        t.equal(w.counter_value(c), 9);
        t.equal(w.counter_drops(), drops + 1, 'dropped');
    });
    t.test('by reference', () => {
        const c = new w.Counter('ref', 9);
        const drops = w.counter_drops();
        t.equal(w.counter_ref(c), 'ref');
        w.counter_mut(c, 77);
        t.equal(c.count, 77);
        t.equal(w.counter_drops(), drops, 'nothing dropped');
        c.free();
    });
    t.test('several structs in one call', () => {
        const [a, b, c] = [1, 2, 3].map((n) => new w.Counter(`${n}`, n));
        t.equal(w.counter_two(a, b, c), 3);
        t.equal(c.count, 3);
        t.throws(() => b.count, Error, 'null pointer passed to rust', 'the one given by value');
        t.equal(a.count, 1);
        a.free();
        c.free();
    });
    t.test('results', () => {
        const c = w.counter_make('made', 4294967295);
        t.ok(c instanceof w.Counter, 'class');
        t.equal(c.count, 4294967295);
        c.free();
        const v = w.counter_as_value(3);
        t.ok(v instanceof w.Counter, 'as a JsValue');
        t.equal(v.count, 3);
        v.free();
    });
    t.test('through an import', () => {
        let was;
        host.take_counter = (c) => {
            was = c instanceof w.Counter && c.label;
            c.count += 1;
            return c;
        };
        t.equal(w.counter_call('imp', 5), 'imp=6');
        t.equal(was, 'imp');
    });
    t.test('an import that returns another object', () => {
        const other = new w.Counter('other', 50);
        host.take_counter = (c) => {
            c.free();
            return other;
        };
        t.equal(w.counter_call('imp', 5), 'other=50');
        t.throws(() => other.count, Error, 'null pointer passed to rust');
    });
    t.test('an import that returns something else', () => {
        host.take_counter = () => ({});
        t.throws(() => w.counter_call('imp', 5), Error, 'expected instance of Counter');
        t.equal(w.Counter.add(1, 2), 3, 'afterwards');
    });
    t.test('self by value: another struct comes back', () => {
        const c = new w.Counter('old', 4);
        const d = c.renamed('new');
        t.equal(d.describeIt(''), 'new=4');
        t.throws(() => c.read(), Error, 'null pointer passed to rust');
        d.free();
    });
    t.test('two objects in one method', () => {
        const a = new w.Counter('a', 1);
        const b = new w.Counter('b', 2);
        a.swap(b);
        t.equal([a.count, b.count], [2, 1]);
        t.equal(a.same(a), true);
        t.equal(a.same(b), false);
        t.equal(a.absorb(b), 3);
        t.throws(() => b.count, Error, 'null pointer passed to rust');
        a.free();
    });
    t.test('js_name of a struct', () => {
        t.ok(!('Original' in w), 'no Rust name');
        const r = new w.Renamed(-3);
        t.equal(r.get(), -3);
        t.equal(w.renamed_value(r), -3);
        t.throws(() => w.renamed_value({}), Error, 'expected instance of Renamed');
    });
    t.test('no constructor', () => {
        const o = w.opaque_make(12);
        t.equal(w.opaque_get(o), 12);
        t.ok(o instanceof w.Opaque, 'class');
        o.free();
    });
    t.test('a constructor that fails', () => {
        t.equal(new w.Even(4).n, 4);
        t.throws(() => new w.Even(3), Error, 'odd');
        t.equal(new w.Even(8).half().n, 4);
        t.throws(() => new w.Even(6).half(), Error, 'odd');
    });
    t.test('a subclass', () => {
        class More extends w.Counter {
            extra() {
                return this.count + 1;
            }
        }
        const m = new More('m', 5);
        t.equal(m.extra(), 6);
        t.equal(m.read(), 5);
        t.ok(m instanceof w.Counter, 'instanceof');
        t.equal(w.counter_ref(m), 'm');
        m.free();
    });
    t.test('ten thousand objects', () => {
        const drops = w.counter_drops();
        const all = Array.from({ length: 10000 }, (_, i) => new w.Counter('x', i));
        t.equal(all.reduce((n, c) => n + c.count, 0), 49995000);
        for (const c of all) c.free();
        t.equal(w.counter_drops(), drops + 10000);
    });
}
