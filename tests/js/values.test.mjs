// Checks, small conversions and the views themselves.

import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './support.mjs';

test('views are made once, and anew after memory grew', () => {
    const lib = load(['view_Uint8Array', 'view_Float64Array', 'data_view'], {}, ['memU8', 'memF64', 'memData']);
    for (const get of ['memU8', 'memF64', 'memData']) {
        const first = lib[get]();
        assert.equal(lib[get](), first, 'cached');
        lib.wasm.memory.grow(0);
        const second = lib[get]();
        assert.notEqual(second, first);
        assert.equal(second.buffer, lib.wasm.memory.buffer);
        assert.equal(lib[get](), second, 'cached again');
        lib.wasm.memory.grow(1);
        assert.equal(lib[get]().byteLength, lib.wasm.memory.buffer.byteLength);
    }
});

test('assertions', () => {
    const lib = load(['assert_class', 'assert_char', 'assert_non_null', 'assert_num', 'assert_bool', 'assert_bigint'], {},
        ['_assertClass', '_assertChar', '_assertNonNull', '_assertNum', '_assertBoolean', '_assertBigInt']);
    class Foo {}
    lib._assertClass(new Foo(), Foo);
    for (const bad of [{}, null, undefined, 1, Foo]) assert.throws(() => lib._assertClass(bad, Foo), { message: 'expected instance of Foo' });
    for (const good of [0, 0xD7FF, 0xE000, 0x10FFFF, undefined]) lib._assertChar(good);
    for (const bad of [0xD800, 0xDFFF, 0x110000]) assert.throws(() => lib._assertChar(bad), Error);
    lib._assertNonNull(1);
    for (const bad of [0, -0, '1', null, undefined, 1n]) assert.throws(() => lib._assertNonNull(bad), Error);
    lib._assertNum(1);
    lib._assertBoolean(false);
    lib._assertBigInt(1n);
    assert.throws(() => lib._assertNum('1'), { message: 'expected a number argument, found string' });
    assert.throws(() => lib._assertBoolean(1), { message: 'expected a boolean argument, found number' });
    assert.throws(() => lib._assertBigInt(1), { message: 'expected a bigint argument, found number' });
});

test('debugString', () => {
    const { debugString } = load(['debug_string'], {}, ['debugString']);
    const cycle = {};
    cycle.self = cycle;
    function named() {}
    const tagged = new Error('m');
    tagged[Symbol.toStringTag] = 'Odd';
    const pairs = [
        [1.5, '1.5'], [-0, '0'], [true, 'true'], [null, 'null'], [undefined, 'undefined'], ['a"b\n', '"a\\"b\\n"'], [12n, '12n'],
        [Symbol(), 'Symbol'], [Symbol(''), 'Symbol()'], [Symbol('d'), 'Symbol(d)'], [named, 'Function(named)'], [(() => () => 1)(), 'Function'],
        [[], '[]'], [[1, 'x', [null]], '[1, "x", [null]]'], [{ a: 1 }, 'Object({"a":1})'], [cycle, 'Object'], [new Date(0), 'Date'], [/x/, 'RegExp'],
        [tagged, `Error: m\n${tagged.stack}`], [Object.create(null), 'Object({})'], [new Map(), 'Map'],
        [{ get [Symbol.toStringTag]() { return ''; } }, '[object ]'],
    ];
    for (const [value, text] of pairs) assert.equal(debugString(value), text);
});

test('bodies of intrinsics', () => {
    const lib = load(['checked_div', 'try_into_number', 'closure_drop', 'panic_error', 'property_descriptor'], {},
        ['checkedDiv', 'tryIntoNumber', 'dropClosure', 'PanicError', 'getPropertyDescriptor']);
    assert.equal(lib.checkedDiv(6, 4), 1.5);
    assert.equal(lib.checkedDiv(6n, 4n), 1n);
    assert.ok(lib.checkedDiv(1n, 0n) instanceof RangeError);
    assert.throws(() => lib.checkedDiv(1n, 1), TypeError);
    assert.equal(lib.tryIntoNumber('12'), 12);
    assert.ok(lib.tryIntoNumber(1n) instanceof TypeError);
    const closure = Object.assign(() => 0, { original: { a: 5, cnt: 2 } });
    assert.equal(lib.dropClosure(closure), false);
    assert.equal(closure.original.a, 5);
    assert.equal(lib.dropClosure(closure), true);
    assert.equal(closure.original.a, 0);
    const panic = new lib.PanicError('m');
    assert.ok(panic instanceof Error);
    assert.equal(`${panic}`, 'PanicError: m');
    class Base { get x() { return this.y; } set x(v) { this.y = v; } }
    class Derived extends Base {}
    const object = new Derived();
    lib.getPropertyDescriptor(Derived.prototype, 'x').set.call(object, 3);
    assert.equal(lib.getPropertyDescriptor(Derived.prototype, 'x').get.call(object), 3);
});

test('logError copes with everything', () => {
    const { logError } = load(['log_error'], {}, ['logError']);
    const lines = [];
    const original = console.error;
    console.error = (...args) => lines.push(args.join(' '));
    try {
        logError(new Error('first'));
        logError({ toString() { throw new Error('no text'); } });
        logError('plain');
    } finally {
        console.error = original;
    }
    assert.match(lines[0], /`catch` threw an error: first\n\nStack:/);
    assert.match(lines[1], /<failed to stringify thrown value>/);
    assert.match(lines[2], /plain$/);
});
