// Arrays of numbers in and out, while every call of the module detaches all views.

import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './support.mjs';

const CLASSES = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array, Float32Array, Float64Array];
/** The function that makes a view of memory of the class. */
const view = (C) => `mem${C.name.replace('Clamped', 'c').replace('Array', '').replace('Big', '').replace('Uint', 'U').replace('Int', 'I').replace('Float', 'F').replace(/c(\d+)/, '$1c')}`;
/** The function that passes an array of the class. */
const passer = (C) => view(C).replace('mem', 'pass');
const isBig = (C) => C.name.startsWith('Big');
const value = (C, x) => (isBig(C) ? BigInt(x) : x);

function pass(C) {
    return load([`pass_array_${C.name}`, `view_${C.name}`], {}, [passer(C), 'vectorLen']);
}

/** Passes and returns what arrived, as an array of the class. */
function arrived(lib, C, arg) {
    const ptr = lib[passer(C)](arg), len = lib.vectorLen;
    return new C(lib.wasm.owned(ptr, len * C.BYTES_PER_ELEMENT, C.BYTES_PER_ELEMENT).buffer);
}

for (const C of CLASSES) {
    const samples = [[], [1], [1, 2, 3], Array.from({ length: 40000 }, (_, i) => i % 100)].map((a) => a.map((x) => value(C, x)));

    test(`in: ${C.name} from typed and plain arrays`, () => {
        const lib = pass(C);
        for (const a of samples) {
            assert.deepEqual(arrived(lib, C, C.from(a)), C.from(a));
            assert.deepEqual(arrived(lib, C, a), C.from(a), 'plain array');
            assert.deepEqual(arrived(lib, C, C.from([...a, ...a]).subarray(a.length)), C.from(a), 'part of an array');
            assert.deepEqual(arrived(lib, C, { ...a, length: a.length }), C.from(a), 'array-like');
            assert.deepEqual(arrived(lib, C, new Set([...new Set(a)])), C.from([...new Set(a)]), 'iterable');
        }
    });

    test(`in: ${C.name} from user code that grows memory`, () => {
        const lib = pass(C);
        const grow = () => lib.wasm.grow();
        const getters = {};
        for (let i = 0; i < 5; i++) Object.defineProperty(getters, i, { get: () => (grow(), value(C, i)) });
        let lengths = 0;
        Object.defineProperty(getters, 'length', { get: () => (grow(), lengths++, 5) });
        const expected = C.from([0, 1, 2, 3, 4].map((x) => value(C, x)));
        assert.deepEqual(arrived(lib, C, getters), expected, 'getters');
        assert.equal(lengths, 1, 'the length is read once');
        const objects = [0, 1, 2, 3, 4].map((x) => ({ valueOf: () => (grow(), value(C, x)) }));
        assert.deepEqual(arrived(lib, C, objects), expected, 'valueOf');
        const many = Array.from({ length: 50 }, (_, i) => value(C, i));
        for (const growAt of [0, 1, 25, 49]) {
            const mixed = many.map((x, i) => (i === growAt ? { valueOf: () => (grow(), x) } : x));
            assert.deepEqual(arrived(lib, C, mixed), C.from(many), `growth at element ${growAt} of 50`);
        }
        assert.deepEqual(arrived(lib, C, many.map((x) => ({ valueOf: () => (grow(), x) }))), C.from(many), 'growth at each of 50');
        assert.deepEqual(arrived(lib, C, many.map((x) => ({ valueOf: () => x }))), C.from(many), 'no growth');
        const proxy = new Proxy([...expected], { get: (o, k) => (grow(), o[k]) });
        assert.deepEqual(arrived(lib, C, proxy), expected, 'proxy');
        const growing = [...expected];
        Object.defineProperty(growing, 1, { get: () => (growing.push(value(C, 9)), value(C, 1)) });
        const got = arrived(lib, C, growing);
        assert.deepEqual(got.slice(0, 5), expected, 'an array that gets longer');
    });

    test(`in: ${C.name} from a view of wasm memory`, () => {
        const lib = pass(C);
        const expected = C.from([3, 1, 2].map((x) => value(C, x)));
        const at = lib.wasm.put(new Uint8Array(expected.buffer), 8);
        for (let n = 0; n < 40; n++) assert.deepEqual(arrived(lib, C, new C(lib.wasm.memory.buffer, at, 3)), expected);
    });

    test(`in: ${C.name} that lies about its length`, () => {
        const lib = pass(C);
        for (const claimed of [2, 2000]) {
            const lying = Object.defineProperty(C.from({ length: 9 }, () => value(C, 1)), 'length', { value: claimed });
            assert.equal(arrived(lib, C, lying).length, 9, 'what it really has');
        }
        let asked = 0;
        const shrinking = new Proxy(Array.from({ length: 40 }, () => value(C, 7)), {
            get: (target, key) => (key === 'length' && asked++ ? 3 : target[key]),
        });
        const seven = value(C, 7), none = value(C, 0);
        for (const x of arrived(lib, C, shrinking)) assert.ok(x === seven || x === none, `${x} was never passed`);
        assert.ok(asked > 1);
    });

    test(`in: ${C.name} refuses what cannot be one`, () => {
        const lib = pass(C);
        const wrong = isBig(C) ? 1 : 1n;
        for (const bad of [null, undefined, new Set([wrong]), { 0: wrong, length: 1 }]) assert.throws(() => arrived(lib, C, bad), TypeError);
        assert.equal(lib.wasm.blocks.size, 0, 'nothing was allocated');
        for (const bad of [[wrong], [Symbol('s')], [{ valueOf: () => wrong }]]) assert.throws(() => arrived(lib, C, bad), TypeError);
        assert.throws(() => arrived(lib, C, new Proxy([], { get: () => 0xFFFFFFFF })), TypeError);
        assert.equal(lib.wasm.blocks.size, 0, 'still nothing');
    });
}

test('in: other classes are converted like their numbers', () => {
    assert.deepEqual(arrived(pass(Float64Array), Float64Array, Float32Array.of(0.5, 2)), Float64Array.of(0.5, 2));
    assert.deepEqual(arrived(pass(Uint8Array), Uint8Array, Uint16Array.of(1, 258)), Uint8Array.of(1, 2));
    assert.deepEqual(arrived(pass(Uint8Array), Uint8Array, Uint8ClampedArray.of(1, 255)), Uint8Array.of(1, 255));
    assert.deepEqual(arrived(pass(Uint8Array), Uint8Array, Int8Array.of(-1)), Uint8Array.of(255));
    assert.deepEqual(arrived(pass(Uint8Array), Uint8Array, Buffer.from('ab')), Uint8Array.of(97, 98));
    assert.deepEqual(arrived(pass(Int8Array), Int8Array, Uint8Array.of(255)), Int8Array.of(-1));
    assert.deepEqual(arrived(pass(BigInt64Array), BigInt64Array, BigUint64Array.of(2n ** 64n - 1n)), BigInt64Array.of(-1n));
    assert.deepEqual(arrived(pass(Uint32Array), Uint32Array, [-1, 2.5, '7']), Uint32Array.of(2 ** 32 - 1, 2, 7));
});

for (const C of [...CLASSES, Uint8ClampedArray])
    test(`out: ${C.name}`, () => {
        const lib = load(['get_array', 'take_array', `view_${C.name}`], {}, ['arrayAt', 'takeArray', view(C)]);
        for (const a of [[], [1, 2, 3], Array.from({ length: 20000 }, (_, i) => i % 100)]) {
            const content = C.from(a.map((x) => value(C, x)));
            const ptr = lib.wasm.put(new Uint8Array(content.buffer), C.BYTES_PER_ELEMENT);
            lib.wasm.grow();
            const live = lib.arrayAt(ptr, a.length, lib[view(C)]());
            assert.deepEqual(live, content);
            assert.equal(live.buffer, lib.wasm.memory.buffer, 'a view, not a copy');
            const copy = lib.takeArray(ptr, a.length, lib[view(C)]());
            assert.deepEqual(copy, content);
            assert.notEqual(copy.buffer, lib.wasm.memory.buffer, 'a copy');
        }
        assert.equal(lib.wasm.blocks.size, 0, 'every block is freed');
    });

test('typed arrays for writing back', () => {
    const { _assertTypedArray } = load(['assert_typed_array'], {}, ['_assertTypedArray']);
    _assertTypedArray(new Uint8Array(2), 1, 'Uint8Array');
    _assertTypedArray(new Uint8ClampedArray(2), 1, 'Uint8Array');
    _assertTypedArray(new Int32Array(2), 4, 'Uint32Array');
    _assertTypedArray(new Float64Array(2), 8, 'Float64Array');
    for (const bad of [[1], null, undefined, 5, new DataView(new ArrayBuffer(8)), new Uint16Array(1), new ArrayBuffer(8)])
        assert.throws(() => _assertTypedArray(bad, 1, 'Uint8Array'), TypeError);
    assert.throws(() => _assertTypedArray(new Int32Array(1), 4, 'Float32Array'), TypeError);
    assert.throws(() => _assertTypedArray(new BigInt64Array(1), 8, 'Float64Array'), TypeError);
});

test('a view of wasm memory is written back to wherever the memory is by then', () => {
    const { writeBackTarget, wasm } = load(['write_back_target'], {}, ['writeBackTarget']);
    const own = new Uint8Array(4);
    assert.equal(writeBackTarget(own), own);
    const ptr = wasm.put(new Uint8Array(8));
    const view = new Uint8Array(wasm.memory.buffer, ptr + 2, 3);
    const target = writeBackTarget(view);
    wasm.memory.grow(1);
    assert.equal(view.length, 0, 'detached');
    new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set([7, 8, 9]);
    assert.deepEqual([...wasm.bytes(ptr, 8)], [0, 0, 7, 8, 9, 0, 0, 0]);
});
