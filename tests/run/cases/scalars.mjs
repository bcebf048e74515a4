// Numbers and bool: what Rust got, what JavaScript gets back, edges of each range, and WebAssembly's own coercions.

const min = (bits) => -(2n ** BigInt(bits - 1));
const max = (bits) => 2n ** BigInt(bits - 1) - 1n;
const umax = (bits) => 2n ** BigInt(bits) - 1n;

/** Signed and unsigned types of up to 32 bits: values as numbers. */
const small = (values) => values.map(Number);

/** Per type: values that pass unchanged, and pairs of a JavaScript value and what Rust makes of it. */
const TYPES = {
    i8: { values: small([0, 1, -1, min(8), max(8)]), coerced: [[128, -128], [255, -1], [256, 0], [1.9, 1], [NaN, 0], [undefined, 0]] },
    u8: { values: small([0, 1, umax(8)]), coerced: [[256, 0], [-1, 255], [300.7, 44]] },
    i16: { values: small([0, -1, min(16), max(16)]), coerced: [[32768, -32768], [65536, 0]] },
    u16: { values: small([0, 1, umax(16)]), coerced: [[65536, 0], [-1, 65535]] },
    i32: { values: small([0, -1, min(32), max(32)]), coerced: [[2147483648, -2147483648], [4294967296, 0], ['7', 7], [true, 1], [null, 0]] },
    u32: { values: small([0, 1, 2147483648, 4000000000, umax(32)]), coerced: [[-1, 4294967295], [4294967296, 0], [Infinity, 0]] },
    isize: { values: small([0, -1, min(32), max(32)]), coerced: [[2147483648, -2147483648]] },
    usize: { values: small([0, 1, 2147483648, umax(32)]), coerced: [[-1, 4294967295]] },
    i64: { values: [0n, -1n, 1n, min(64), max(64), 2n ** 53n + 1n], coerced: [[2n ** 63n, min(64)], [-(2n ** 63n) - 1n, max(64)], [true, 1n], ['5', 5n]] },
    u64: { values: [0n, 1n, 2n ** 63n, umax(64), 2n ** 53n + 1n], coerced: [[-1n, umax(64)], [2n ** 64n, 0n]] },
    f32: { values: [0, -0, 1.5, -1.5, NaN, Infinity, -Infinity, Math.fround(3.4028234663852886e38), Math.fround(1e-45)], coerced: [[0.1, Math.fround(0.1)], [1e300, Infinity], ['2', 2], [undefined, NaN]] },
    f64: { values: [0, -0, 0.1, -1.5, NaN, Infinity, -Infinity, Number.MAX_VALUE, Number.MIN_VALUE, Number.MAX_SAFE_INTEGER], coerced: [['0.5', 0.5], [undefined, NaN], [null, 0]] },
    bool: { values: [true, false], coerced: [] },
};

/** The text Rust's `parse` reads as this value. */
function text(v) {
    if (Object.is(v, -0)) return '-0';
    return String(v);
}

/** The value that Rust's `{:?}` of type `type` spells. */
function value(type, debug) {
    if (type === 'bool') return debug === 'true';
    if (type === 'i64' || type === 'u64') return BigInt(debug);
    const number = { inf: Infinity, '-inf': -Infinity, NaN }[debug] ?? Number(debug);
    return type === 'f32' ? Math.fround(number) : number;
}

export function register(t) {
    const { w, host } = t;
    for (const [type, { values, coerced }] of Object.entries(TYPES)) {
        t.test(`${type} argument of an export`, () => {
            for (const v of values) t.equal(value(type, w[`show_${type}`](v)), v, `show_${type}(${text(v)})`);
        });
        t.test(`${type} result of an export`, () => {
            for (const v of values) t.equal(w[`make_${type}`](text(v)), v, `make_${type}`);
        });
        t.test(`${type} through an export and back`, () => {
            for (const v of values) t.equal(w[`echo_${type}`](v), v, `echo_${type}`);
        });
        t.test(`${type} argument and result of an import`, () => {
            for (const v of values) {
                let got;
                host[`take_${type}`] = (a) => {
                    got = a;
                    return v;
                };
                const back = w[`call_${type}`](text(values[0]));
                t.equal(got, values[0], `take_${type} got`);
                t.equal(value(type, back), v, `take_${type} returned`);
                w[`call_${type}`](text(v));
                t.equal(got, v, `take_${type} got`);
            }
        });
        if (coerced.length === 0) continue;
        t.test(`${type} coercions`, () => {
            for (const [v, expected] of coerced) {
                t.equal(value(type, w[`show_${type}`](v)), expected, `show_${type}(${text(v)})`);
                t.equal(w[`echo_${type}`](v), expected, `echo_${type}(${text(v)})`);
                host[`take_${type}`] = () => v;
                t.equal(value(type, w[`call_${type}`]('0')), expected, `take_${type} returned ${text(v)}`);
            }
        });
    }

    t.test('a number where a BigInt is needed, and the reverse', () => {
        t.throws(() => w.show_i64(1), TypeError);
        t.throws(() => w.show_u64(1), TypeError);
        t.throws(() => w.show_i32(1n), TypeError);
        t.throws(() => w.show_f64(1n), TypeError);
    });
    t.test('a symbol where a number is needed', () => {
        t.throws(() => w.show_i32(Symbol('s')), TypeError);
        t.throws(() => w.show_f64(Symbol('s')), TypeError);
    });
    t.test('an object is converted by its valueOf', () => {
        t.equal(w.show_i32({ valueOf: () => 41 }), '41');
        t.equal(w.show_f64({ valueOf: () => 0.25 }), '0.25');
        t.throwsValue(() => w.show_i32({ valueOf: () => { throw 'from valueOf'; } }), 'from valueOf');
        t.equal(w.show_i32(5), '5', 'afterwards');
    });
    t.test('mixed arguments of an export', () => {
        t.equal(w.mixed(255, 0.5, -1n, true, 1.5, 2n ** 64n - 1n, -2, 4294967295), '255 0.5 -1 true 1.5 18446744073709551615 -2 4294967295');
    });
    t.test('mixed arguments of an import', () => {
        let got;
        host.take_mixed = (...args) => {
            got = args;
            return -0;
        };
        t.equal(w.call_mixed(), -0);
        t.equal(got, [255, 0.1, -(2n ** 63n), true, 1.5, 2n ** 64n - 1n, -2, 4294967295]);
    });
    t.test('no arguments, no result', () => {
        let n = 0;
        host.take_nothing = (...args) => {
            n += 1 + args.length;
            return 'ignored';
        };
        t.equal(w.call_nothing(), undefined);
        t.equal(n, 1, 'calls');
    });
    t.test('missing and surplus arguments', () => {
        t.equal(w.show_i32(), '0', 'no argument');
        t.equal(w.show_i32(1, 2, 3), '1', 'three arguments');
        t.equal(w.show_f64(), 'NaN');
    });
    t.test('memory() is the memory of the module', () => {
        const memory = w.wasm_memory();
        t.ok(memory instanceof WebAssembly.Memory, 'a WebAssembly.Memory');
        t.equal(w.wasm_memory(), memory, 'always the same');
        const before = memory.buffer.byteLength;
        t.equal(w.grow(before / 65536), true);
        const after = memory.buffer.byteLength;
        t.ok(after > before, 'grown from inside');
        memory.grow(1);
        t.equal(memory.buffer.byteLength, after + 65536, 'grown from outside');
    });
}
