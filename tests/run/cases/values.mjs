// What the crate does with a JsValue by itself: the intrinsics and casts.

const named = function namedFunction() {};

export function register(t) {
    const { w, host } = t;

    /** A value, the tests that hold, its typeof, what number/string/boolean it is in Rust. */
    const VALUES = [
        [undefined, 'undefined falsy', 'undefined', 'None None None'],
        [null, 'null falsy', 'object', 'None None None'],
        [true, 'truthy', 'boolean', 'None None Some(true)'],
        [false, 'falsy', 'boolean', 'None None Some(false)'],
        [0, 'falsy', 'number', 'Some(0.0) None None'],
        [-0, 'falsy', 'number', 'Some(-0.0) None None'],
        [NaN, 'falsy', 'number', 'Some(NaN) None None'],
        [1.5, 'truthy', 'number', 'Some(1.5) None None'],
        [Infinity, 'truthy', 'number', 'Some(inf) None None'],
        ['', 'string falsy', 'string', 'None Some("") None'],
        ['é😀', 'string truthy', 'string', 'None Some("é😀") None'],
        ['\ud800', 'string truthy', 'string', 'None Some("\ufffd") None'],
        [0n, 'bigint falsy', 'bigint', 'None None None'],
        [5n, 'bigint truthy', 'bigint', 'None None None'],
        [Symbol('s'), 'symbol truthy', 'symbol', 'None None None'],
        [{}, 'object truthy', 'object', 'None None None'],
        [[], 'object array truthy', 'object', 'None None None'],
        [() => 1, 'function truthy', 'function', 'None None None'],
        [class {}, 'function truthy', 'function', 'None None None'],
        [new String('s'), 'object truthy', 'object', 'None None None'],
        [new Number(1), 'object truthy', 'object', 'None None None'],
        [new Boolean(false), 'object truthy', 'object', 'None None None'],
    ];
    t.test('tests of a value', () => {
        for (const [v, held] of VALUES) t.equal(w.value_tests(v), held, String(v));
    });
    t.test('typeof', () => {
        for (const [v, , type] of VALUES) t.equal(w.value_typeof(v), type);
    });
    t.test('as_f64, as_string, as_bool', () => {
        for (const [v, , , read] of VALUES) t.equal(w.value_read(v), read, String(v));
    });

    t.test('debug format of primitives', () => {
        const pairs = [[undefined, 'undefined'], [null, 'null'], [true, 'true'], [1.5, '1.5'], [NaN, 'NaN'], ['é x', '"é x"'], [Symbol('d'), 'Symbol(d)'], [Symbol(), 'Symbol']];
        for (const [v, text] of pairs) t.equal(w.value_debug(v), `JsValue(${text})`);
        t.equal(w.value_debug(7n), 'JsValue(7n)');
        t.equal(w.value_debug('a"b\n'), 'JsValue("a\\"b\\n")');
    });
    t.test('debug format of objects', () => {
        t.equal(w.value_debug({ a: 1, b: 'é' }), 'JsValue(Object({"a":1,"b":"é"}))');
        t.equal(w.value_debug([1, 'x', null, [2]]), 'JsValue([1, "x", null, [2]])');
        t.equal(w.value_debug([]), 'JsValue([])');
        t.equal(w.value_debug(named), 'JsValue(Function(namedFunction))');
        t.equal(w.value_debug((() => () => 1)()), 'JsValue(Function)');
        t.equal(w.value_debug(new Date(0)), 'JsValue(Date)');
        t.equal(w.value_debug(/x/), 'JsValue(RegExp)');
        t.equal(w.value_debug(new Map()), 'JsValue(Map)');
    });
    t.test('debug format of errors and cycles', () => {
        const text = w.value_debug(new TypeError('the message'));
        t.ok(text.startsWith('JsValue(TypeError: the message\n'), text);
        const cycle = {};
        cycle.self = cycle;
        t.equal(w.value_debug(cycle), 'JsValue(Object)');
    });

    t.test('in', () => {
        t.equal(w.value_in('a', { a: undefined }), true);
        t.equal(w.value_in('b', { a: 1 }), false);
        t.equal(w.value_in(0, ['x']), true);
        t.throws(() => w.value_in('a', 'text'), TypeError);
    });
    t.test('comparisons', () => {
        const o = {};
        const pairs = [
            [1, 1, '110101'],
            [1, 2, '001100'],
            [2, 1, '000011'],
            ['1', 1, '010101'],
            [NaN, NaN, '000000'],
            [0, -0, '110101'],
            ['a', 'b', '001100'],
            [null, undefined, '010000'],
            [undefined, undefined, '110000'],
            [null, null, '110101'],
            [2n, 2, '010101'],
            [o, o, '110000'],
            [o, {}, '000000'],
        ];
        for (const [a, b, digits] of pairs) {
            const expected = typeof a === 'object' && a !== null ? digits.slice(0, 2) : digits;
            t.equal(w.value_compare(a, b).slice(0, expected.length), expected, `${String(a)} and ${String(b)}`);
        }
    });
    t.test('equality with Rust values', () => {
        t.equal(w.value_equals(1.5), 'true false false');
        t.equal(w.value_equals('text'), 'false true false');
        t.equal(w.value_equals(true), 'false false true');
        t.equal(w.value_equals(null), 'false false false');
    });
    t.test('binary operators', () => {
        const cases = [
            ['+', 1, 2, 3], ['+', 'a', 1, 'a1'], ['-', 5, 7, -2], ['*', 2n, 3n, 6n], ['/', 1, 0, Infinity], ['%', -5, 3, -2], ['**', 2, 10, 1024],
            ['&', 6, 3, 2], ['|', 6, 3, 7], ['^', 6, 3, 5], ['<<', 1, 31, -2147483648], ['>>', -8, 1, -4], ['>>>', -1, 0, 4294967295],
            ['checked /', 7n, 2n, 3n], ['checked /', 1, 4, 0.25],
        ];
        for (const [op, a, b, expected] of cases) t.equal(w.value_binary(op, a, b), expected, `${String(a)} ${op} ${String(b)}`);
    });
    t.test('operators that throw', () => {
        t.throws(() => w.value_binary('+', 1n, 1), TypeError);
        t.throws(() => w.value_binary('/', 1n, 0n), RangeError);
        t.throws(() => w.value_binary('>>>', 1n, 0n), TypeError);
        t.throws(() => w.value_unary('-', Symbol('s')), TypeError);
        t.equal(w.value_binary('+', 1, 1), 2, 'afterwards');
    });
    t.test('checked division gives the error as a value', () => {
        t.ok(t.saw(w.value_binary('checked /', 1n, 0n)) instanceof RangeError, 'a RangeError');
        t.throws(() => w.value_binary('checked /', 1n, 1), TypeError);
    });
    t.test('unary operators', () => {
        t.equal(w.value_unary('-', 5), -5);
        t.equal(w.value_unary('-', 5n), -5n);
        t.equal(w.value_unary('~', 5), -6);
        t.equal(w.value_unary('!', ''), true);
        t.equal(w.value_unary('!', {}), false);
        t.equal(w.value_unary('try +', 5), 5);
    });
    t.test('conversion to a number', () => {
        t.equal(w.value_unary('try +', '0x10'), 16);
        t.ok(t.saw(w.value_unary('try +', 5n)) instanceof TypeError, 'a BigInt gives the TypeError');
        t.ok(t.saw(w.value_unary('try +', Symbol('s'))) instanceof TypeError, 'a symbol too');
    });
    t.test('conversion to big integers', () => {
        t.equal(w.value_bigints(5n), 'Some(5) Some(5) Some(5) Some(5)');
        t.equal(w.value_bigints(-1n), 'Some(-1) None Some(-1) None');
        t.equal(w.value_bigints(2n ** 63n), 'None Some(9223372036854775808) Some(9223372036854775808) Some(9223372036854775808)');
        t.equal(w.value_bigints(2n ** 64n), 'None None Some(18446744073709551616) Some(18446744073709551616)');
        t.equal(w.value_bigints(-(2n ** 127n)), 'None None Some(-170141183460469231731687303715884105728) None');
        t.equal(w.value_bigints(2n ** 128n - 1n), 'None None None Some(340282366920938463463374607431768211455)');
        t.equal(w.value_bigints(2n ** 128n), 'None None None None');
        t.equal(w.value_bigints(5), 'None None None None');
        t.equal(w.value_bigints('5'), 'None None None None');
    });
    t.test('conversion to a string', () => {
        t.equal(w.value_string('é'), 'é');
        const o = {};
        t.throwsValue(() => w.value_string(o), o);
        t.throwsValue(() => w.value_string(undefined), undefined);
    });

    /** `value_make(kind)`, as JavaScript sees it. */
    const MADE = {
        undefined: undefined, null: null, true: true, false: false, from_bool: true,
        from_str: 'str é中😀\0', String: 'string', from_f64: -0.5, nan: NaN,
        u8: 255, i32: -2147483648, u32: 4294967295, f32: 0.5, usize: 4000000000, isize: -5,
        i64: -(2n ** 63n), u64: 2n ** 64n - 1n, i128: -(2n ** 127n), u128: 2n ** 128n - 1n, 'i128 -1': -1n,
        bigint: 123456789012345678901234567890n,
    };
    for (const [kind, expected] of Object.entries(MADE)) {
        t.test(`made in Rust: ${kind}`, () => t.equal(w.value_make(kind), expected));
    }
    t.test('made in Rust: symbols', () => {
        t.equal(w.value_make('symbol').toString(), 'Symbol(named)');
        t.equal(w.value_make('symbol anonymous').description, undefined);
    });
    t.test('cloned and dropped in Rust', () => {
        let total = 0;
        host.keep_value = (v) => {
            total += v;
        };
        w.value_pass(10000);
        t.equal(total, 49995000);
    });

    if (t.minor < 93) return;
    t.test('vectors as values', () => {
        t.equal(w.value_array('u8'), Uint8Array.of(0, 255));
        t.equal(w.value_array('i16'), Int16Array.of(-32768, 32767));
        t.equal(w.value_array('u32'), Uint32Array.of(4294967295));
        t.equal(w.value_array('i64'), BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n));
        t.equal(w.value_array('u64'), BigUint64Array.of(2n ** 64n - 1n));
        t.equal(w.value_array('f32'), Float32Array.of(0.5));
        t.equal(w.value_array('f64'), Float64Array.of(0.1, NaN));
        t.equal(w.value_array('empty'), Float64Array.of());
        t.equal(w.value_array('strings'), ['a', 'bé']);
        t.equal(w.value_array('values'), [null, 7]);
    });

    t.test('what the module consists of', () => {
        const exports = w.value_exports();
        t.equal(exports.memory, w.wasm_memory());
        t.equal(typeof exports.value_live, 'function');
        const table = w.value_table();
        t.ok(table instanceof WebAssembly.Table && table.length > 0, 'a table');
        if (t.target === 'bundler') return;
        if (t.minor >= 100) t.ok(w.value_module() instanceof WebAssembly.Module, 'a module');
        if (t.minor >= 121) {
            const instance = w.value_instance();
            t.ok(instance instanceof WebAssembly.Instance, 'an instance');
            t.equal(instance.exports, exports);
        }
    });
    // From 0.2.102 on a crate built for reference types counts the slots of its own table, whatever the tool makes of it.
    if (t.externref || t.minor < 102) t.test('how many values are held', () => {
        const o = {};
        const none = w.value_live(o, 0);
        t.equal([w.value_live(o, 1) - none, w.value_live(o, 500) - none, w.value_live(o, 0) - none], [1, 500, 0]);
    });
    if (t.minor >= 114) {
        t.test('null or undefined', () => {
            for (const v of [undefined, null]) t.equal(w.value_is_nullish(v), true);
            for (const v of [0, '', false, NaN, {}]) t.equal(w.value_is_nullish(v), false);
        });
    }
}
