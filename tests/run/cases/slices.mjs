// Slices, vectors and boxed slices of numbers.

const ARRAYS = {
    i8: Int8Array,
    u8: Uint8Array,
    i16: Int16Array,
    u16: Uint16Array,
    i32: Int32Array,
    u32: Uint32Array,
    i64: BigInt64Array,
    u64: BigUint64Array,
    isize: Int32Array,
    usize: Uint32Array,
    f32: Float32Array,
    f64: Float64Array,
};

/** The edge values of an array class. */
function edges(Class) {
    const bits = BigInt(Class.BYTES_PER_ELEMENT * 8);
    if (Class === Float32Array || Class === Float64Array) return Class.of(0, -0, 0.1, NaN, Infinity, -Infinity, 1e-45);
    const big = [0n, 1n, -1n, 2n ** (bits - 1n) - 1n, -(2n ** (bits - 1n)), 2n ** bits - 1n];
    return Class.from(bits === 64n ? big : big.map(Number));
}

/** `n` different values. */
function ramp(Class, n) {
    const a = new Class(n);
    const big = typeof a[0] === 'bigint' || Class === BigInt64Array || Class === BigUint64Array;
    for (let i = 0; i < n; i++) a[i] = big ? BigInt(i) * 1234567890123n : i * 7;
    return a;
}

export function register(t) {
    const { w, host } = t;
    // Asked for once: a call of the module may grow the memory, and the arrays looked at here are views of it.
    const memory = w.wasm_memory();
    const insideMemory = (a) => a.buffer === memory.buffer;

    for (const [type, Class] of Object.entries(ARRAYS)) {
        const samples = [new Class(0), edges(Class).slice(0, 1), edges(Class), ramp(Class, 10000)];
        for (const [kind, f] of [['&[T]', w[`slice_${type}`]], ['Vec<T>', w[`vec_${type}`]], ['Box<[T]>', w[`boxed_${type}`]]]) {
            t.test(`${kind} of ${type}, export`, () => {
                for (const a of samples) {
                    const before = a.slice();
                    const result = f(a);
                    t.equal(result, a.slice().reverse(), `${a.length} elements`);
                    t.ok(!insideMemory(result), 'the result is a copy');
                    t.equal(a, before, 'the argument is untouched');
                    t.equal(f(Array.from(a)), a.slice().reverse(), `plain array of ${a.length}`);
                }
            });
        }
        t.test(`&mut [T] of ${type}, export`, () => {
            for (const a of samples) {
                const copy = a.slice();
                t.equal(w[`reverse_${type}`](copy), undefined);
                t.equal(copy, a.slice().reverse(), `${a.length} elements`);
            }
        });
        t.test(`&[T] of ${type} as argument, Vec<T> as result of an import`, () => {
            for (const a of samples) {
                let got;
                let view;
                host[`take_slice_${type}`] = (v) => {
                    got = v.slice();
                    view = insideMemory(v);
                    return a;
                };
                t.equal(w[`relay_${type}`](a), a, 'result');
                t.equal(got, a, 'argument');
                t.ok(view || a.length === 0, 'the argument is a view on wasm memory');
            }
        });
        t.test(`Vec<T> of ${type} as argument, Box<[T]> as result of an import`, () => {
            for (const a of samples) {
                let got;
                host[`take_vec_${type}`] = (v) => {
                    got = v;
                    return Array.from(a);
                };
                t.equal(w[`give_${type}`](a), a, 'result');
                t.equal(got, a, 'argument');
                t.ok(!insideMemory(got), 'the argument is a copy');
            }
        });
        t.test(`&mut [T] of ${type}, import`, () => {
            for (const a of samples) {
                host[`take_mut_${type}`] = (v) => {
                    v.reverse();
                };
                t.equal(w[`fill_${type}`](a), a.slice().reverse(), `${a.length} elements`);
            }
        });
    }

    t.test('another element type: JavaScript converts', () => {
        t.equal(w.vec_u8([256, -1, 1.9, '7', NaN]), Uint8Array.of(0, 7, 1, 255, 0));
        t.equal(w.vec_i32(Float64Array.of(1.5, -2.5, 4294967295)), Int32Array.of(-1, -2, 1));
        t.equal(w.vec_f32(Float64Array.of(0.1)), Float32Array.of(0.1));
        t.equal(w.slice_u64(BigInt64Array.of(-1n)), BigUint64Array.of(2n ** 64n - 1n));
        t.equal(w.slice_i64([2n ** 63n]), BigInt64Array.of(-(2n ** 63n)));
    });
    t.test('elements that cannot be converted', () => {
        t.throws(() => w.vec_u8([1n]), TypeError);
        t.throws(() => w.vec_i64([1]), TypeError);
        t.throws(() => w.vec_f64([Symbol('s')]), TypeError);
        t.throws(() => w.vec_u64(Uint8Array.of(1)), TypeError);
        t.equal(w.vec_u8([1]), Uint8Array.of(1), 'afterwards');
    });
    t.test('holes and missing elements', () => {
        t.equal(w.vec_u32([1, , 3]), Uint32Array.of(3, 0, 1));
        const result = w.vec_f64([1, undefined]);
        t.equal(result, Float64Array.of(NaN, 1));
    });
    t.test('an array-like', () => {
        t.equal(w.vec_u16({ length: 3, 0: 5, 1: 6, 2: 7 }), Uint16Array.of(7, 6, 5));
        t.equal(w.vec_u16({ length: 0 }), Uint16Array.of());
    });
    t.test('an array-like with getters', () => {
        const order = [];
        const get = (i) => ({ enumerable: true, get: () => (order.push(i), i * 10) });
        const like = Object.defineProperties({ length: 3 }, { 0: get(0), 1: get(1), 2: get(2) });
        t.equal(w.slice_i32(like), Int32Array.of(20, 10, 0));
        t.equal(order, [0, 1, 2], 'each read once, in order');
    });
    t.test('part of a larger buffer', () => {
        const all = Uint32Array.from({ length: 100 }, (_, i) => i);
        t.equal(w.vec_u32(all.subarray(10, 13)), Uint32Array.of(12, 11, 10));
        const part = all.subarray(50, 53);
        w.reverse_u32(part);
        t.equal(all.slice(49, 54), Uint32Array.of(49, 52, 51, 50, 53), 'only the part is written');
    });
    t.test('a view on wasm memory itself', () => {
        const { buffer } = w.wasm_memory();
        const view = new Uint8Array(buffer, 1024, 64);
        const copy = view.slice();
        t.equal(w.slice_u8(view), copy.slice().reverse());
        t.equal(w.vec_u8(new Uint8Array(w.wasm_memory().buffer, 1024, 64)), copy.slice().reverse());
    });
    t.test('a borrowed view given back as the result of an import', () => {
        host.take_slice_u32 = (v) => v.subarray(1);
        t.equal(w.relay_u32([1, 2, 3]), Uint32Array.of(2, 3));
    });
    t.test('two &mut slices and one & slice in one call', () => {
        const a = Uint8Array.of(1, 2, 3);
        const b = Uint8Array.of(7, 8, 9, 10);
        w.swap_slices(a, [100], b);
        t.equal(a, Uint8Array.of(107, 8, 9));
        t.equal(b, Uint8Array.of(1, 2, 3, 10));
    });
    t.test('&mut of a class of the same element size', () => {
        const a = Int8Array.of(-1, 2);
        w.reverse_u8(a);
        t.equal(a, Int8Array.of(2, -1));
        const c = Uint8ClampedArray.of(9, 8);
        w.reverse_u8(c);
        t.equal(c, Uint8ClampedArray.of(8, 9));
    });
    t.test('a million numbers', () => {
        const n = 1000000;
        const result = w.count_up(n);
        t.equal(result.length, n);
        t.equal(result[n - 1], n - 1);
        t.equal(w.sum_f64(Float64Array.from(result)), (n * (n - 1)) / 2);
    });
    t.test('something without a length', () => {
        t.throws(() => w.slice_u8(undefined), TypeError);
        t.throws(() => w.slice_u8(null), TypeError);
        t.equal(w.slice_u8([1]), Uint8Array.of(1), 'afterwards');
    });
}
