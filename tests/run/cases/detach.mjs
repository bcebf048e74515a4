// User code that runs in the middle of a conversion and grows the memory, which detaches every view of it.

export function register(t) {
    const { w, host } = t;
    const grow = () => t.grow();
    /** An array-like or array of `n` elements `f(i)`, each read through a getter that grows the memory first. */
    const growing = (n, f, target = []) => {
        for (let i = 0; i < n; i++) {
            Object.defineProperty(target, i, { enumerable: true, configurable: true, get: () => (grow(), f(i)) });
        }
        target.length = n;
        return target;
    };

    // First, while little memory is free.
    t.test('an import is lent a slice and returns the view: its handle takes memory', () => {
        host.sum_of_bytes = (bytes) => bytes.reduce((a, b) => a + b, 0);
        host.lent_back = host.lent_back_maybe = host.lent_back_or_thrown = (lent) => lent;
        for (const [how, n] of [[1, t.externref ? 70000 : 1000], [0, 1000], [2, 1000]]) t.equal(w.call_lent_back(how, n).findIndex((sum) => sum !== 6), -1, `returned ${how}`);
        host.lent_back_maybe = () => undefined;
        t.equal(w.call_lent_back(1, 2), Float64Array.of(-1, -1));
        host.lent_back = host.lent_back_or_thrown = () => {
            throw new Error('thrown');
        };
        t.equal(w.call_lent_back(2, 2), Float64Array.of(-2, -2));
        t.throws(() => w.call_lent_back(0, 1), Error, 'thrown');
    });
    t.test('an element getter of a numeric slice grows the memory', () => {
        t.equal(w.slice_u8(growing(4, (i) => i + 1)), Uint8Array.of(4, 3, 2, 1));
        t.equal(w.vec_f64(growing(3, (i) => i + 0.5)), Float64Array.of(2.5, 1.5, 0.5));
        t.equal(w.vec_u64(growing(2, (i) => BigInt(i) + 1n, {})), BigUint64Array.of(2n, 1n));
    });
    t.test('the valueOf of an element grows the memory', () => {
        const element = (v) => ({ valueOf: () => (grow(), v) });
        t.equal(w.vec_i32([element(1), element(2), 3]), Int32Array.of(3, 2, 1));
    });
    t.test('a view on wasm memory as argument, while Rust allocates a lot', () => {
        const size = 3000000;
        const at = t.grow(Math.ceil(size / 65536)) * 65536;
        const view = new Uint8Array(w.wasm_memory().buffer, at, size);
        view.fill(5);
        const result = w.slice_u8(view);
        t.equal(result.length, size);
        t.ok(result.every((b) => b === 5), 'every byte');
    });
    t.test('an element getter of a vector of values grows the memory', () => {
        t.equal(w.echo_values(growing(5, (i) => `v${i}`)), ['v0', 'v1', 'v2', 'v3', 'v4']);
        t.equal(w.join_strings(growing(3, (i) => `é${i}`)), 'é0;é1;é2;');
    });
    t.test('a proxy as a vector of values', () => {
        const proxy = new Proxy(['a', 'b', 'c'], {
            get(target, key) {
                grow();
                return target[key];
            },
        });
        t.equal(w.echo_values(proxy), ['a', 'b', 'c']);
    });
    t.test('an element getter of a vector of structs grows the memory', () => {
        t.equal(w.sum_points(growing(4, (i) => new w.Point(i, 0.5))), 8);
    });
    t.test('the length getter of an array-like grows the memory', () => {
        const like = { 0: 7, 1: 8, get length() { return grow(), 2; } };
        t.equal(w.vec_u8(like), Uint8Array.of(8, 7));
        t.equal(w.echo_values(like), [7, 8]);
    });
    t.test('the result of an import is converted by a valueOf that grows the memory', () => {
        host.grow_f64 = (v) => ({ valueOf: () => (grow(), v) });
        t.equal(w.call_grow_f64(0.5), 'Some(0.5)');
        host.grow_i64 = (v) => ({ valueOf: () => (grow(), BigInt(v)) });
        t.equal(w.call_grow_i64(7), 'Some(7)');
        host.opt_take_u32 = () => ({ valueOf: () => (grow(), 4294967295) });
        t.equal(w.opt_call_u32('None'), 'Some(4294967295)');
    });
    t.test('an import that grows the memory before it returns', () => {
        host.grow_f64 = (v) => (grow(), v);
        t.equal(w.call_grow_f64(0.25), 'Some(0.25)');
        host.grow_string = (v) => (grow(), `${v}é`.repeat(1000));
        t.equal(w.call_grow_string('x'), 'xé'.repeat(1000));
        host.grow_bytes = (v) => (grow(), new Uint8Array(v.length).fill(9));
        t.equal(w.call_grow_bytes('four'), Uint8Array.of(9, 9, 9, 9));
    });
    t.test('an argument whose conversion grows the memory, after others', () => {
        const number = { valueOf: () => (grow(), 5) };
        t.equal(w.opt_mixed(number, number, number, 7n, true, number), 'Some(5) 5.0 Some(5.0) Some(7) true Some(5)');
    });
    t.test('the callee of a &mut slice grows the memory', () => {
        const a = new Uint8Array(1000);
        const before = t.memory.buffer;
        w.grow_and_fill(a, before.byteLength / 65536);
        t.equal(before.byteLength, 0, 'views are detached');
        t.equal(a, new Uint8Array(1000).fill(7));
    });
    t.test('an import that keeps growing while handles are made', () => {
        host.take_values = (v) => {
            for (let i = 0; i < 20; i++) grow();
            return v.map((x) => x * 2);
        };
        t.equal(w.call_values(300), 300 * 299);
    });
    t.test('Rust allocates past the end of the memory', () => {
        const before = w.wasm_memory().buffer.byteLength;
        const result = w.blocks(200, 100000);
        t.ok(w.wasm_memory().buffer.byteLength > before, 'the memory has grown');
        t.equal(result, new Uint8Array(100000).fill(199));
        t.equal(w.slice_u8([1, 2]), Uint8Array.of(2, 1), 'afterwards');
    });
    t.test('long arguments that make the memory grow', () => {
        for (let i = 0; i < 4; i++) {
            const n = 2000000 + i * 500000;
            const a = new Float64Array(n).fill(0.5);
            t.equal(w.sum_f64(a), n / 2);
        }
    });
    t.test('an import is lent a slice and given something that is freed', () => {
        host.lend_bytes = (lent, taken) => `${lent.length} ${lent.join()} ${taken}`;
        t.equal(w.call_lend_bytes(3, 'grün'), '3 1,2,3 grün');
        host.lend_numbers = (lent, taken) => `${lent.length} ${lent.join()} ${taken.join()}`;
        t.equal(w.call_lend_numbers(2, 'abc'), '2 1.5,2.5 abc,ABC');
        host.lend_mutable = (lent, taken) => {
            lent.set([7, 8, 9]);
            return `${taken.join()}`;
        };
        t.equal(w.call_lend_mutable(4, 'AB'), '65,66 [7, 8, 9, -1]');
        const o = {};
        host.lend_last = (first, taken, lent, last) => `${first === o} ${taken} ${lent.join()} ${last === o}`;
        t.equal(w.call_lend_last(2, 'text', o), 'true text 1000,2000 true');
    });
}
