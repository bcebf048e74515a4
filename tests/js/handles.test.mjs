// Handles, and arrays of them, in both modes.

import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './support.mjs';

const ALL = ['pass_handles', 'get_handles', 'take_handles', 'take_handle'];
const NAMES = ['passHandles', 'handlesAt', 'takeHandles', 'addHandle', 'getHandle', 'takeHandle', 'dropHandle', 'vectorLen'];

for (const externref of [0, 1]) {
    const mode = externref ? 'table' : 'heap';
    const open = () => {
        const lib = load(externref ? [...ALL, 'init_table'] : ALL, { externref }, externref ? [...NAMES, 'initExternrefTable'] : [...NAMES, 'heap']);
        if (externref) lib.initExternrefTable();
        return lib;
    };
    const handlesAt = (lib, ptr, len) => [...new Uint32Array(lib.wasm.owned(ptr, len * 4, 4).buffer)];

    test(`${mode}: add, get, take`, () => {
        const lib = open();
        const values = [undefined, null, 0, 'text', Symbol('s'), { a: 1 }, () => 1, NaN];
        const handles = values.map((v) => lib.addHandle(v));
        assert.equal(new Set(handles).size, handles.length);
        for (const h of handles) assert.ok(h >= 132);
        handles.forEach((h, i) => assert.equal(lib.getHandle(h), values[i]));
        handles.forEach((h, i) => assert.equal(lib.takeHandle(h), values[i]));
        const again = values.map((v) => lib.addHandle(v));
        assert.deepEqual([...again].sort(), [...handles].sort(), 'slots are used again');
    });

    test(`${mode}: fixed handles`, () => {
        const lib = open();
        for (let n = 0; n < 2; n++)
            [[128, undefined], [129, null], [130, true], [131, false], [0, undefined]].forEach(([h, v]) => assert.equal(lib.takeHandle(h), v, `handle ${h}`));
    });

    test(`${mode}: arrays in`, () => {
        const lib = open();
        for (const n of [0, 1, 127, 128, 129, 255, 256, 257, 5000]) {
            const array = Array.from({ length: n }, (_, i) => ({ i }));
            const ptr = lib.passHandles(array), len = lib.vectorLen;
            assert.equal(len, n);
            handlesAt(lib, ptr, n).forEach((h, i) => assert.equal(lib.getHandle(h), array[i]));
        }
    });

    test(`${mode}: arrays in, of user code that grows memory and arrays`, () => {
        const lib = open();
        const array = Array.from({ length: 6 }, (_, i) => ({ i }));
        const seen = { length: 0 };
        const proxy = new Proxy(array, {
            get(target, key) {
                lib.wasm.grow();
                if (key === 'length') seen.length++;
                if (key === '2') target.push('later');
                return target[key];
            },
        });
        const ptr = lib.passHandles(proxy), len = lib.vectorLen;
        assert.equal(len, 6);
        assert.equal(seen.length, 1, 'the length is read once');
        handlesAt(lib, ptr, 6).forEach((h, i) => assert.equal(lib.getHandle(h), array[i]));
        const shrinking = [1, 2, 3];
        Object.defineProperty(shrinking, 0, { get: () => ((shrinking.length = 1), 1) });
        const at = lib.passHandles(shrinking);
        assert.deepEqual(handlesAt(lib, at, 3).map((h) => lib.getHandle(h)), [1, undefined, undefined]);
    });

    test(`${mode}: strange lengths`, () => {
        const lib = open();
        const passed = (array) => (lib.passHandles(array), lib.vectorLen);
        assert.equal(passed({}), 0);
        assert.equal(passed({ 0: 'a', length: 1 }), 1);
        assert.equal(passed({ length: -1 }), 0);
        assert.throws(() => passed(null), TypeError);
    });

    test(`${mode}: arrays out`, () => {
        const lib = open();
        const values = Array.from({ length: 300 }, (_, i) => ({ i }));
        const handles = Uint32Array.from(values, (v) => lib.addHandle(v));
        const ptr = lib.wasm.put(new Uint8Array(handles.buffer), 4);
        lib.wasm.grow();
        assert.deepEqual(lib.handlesAt(ptr, 300), values);
        assert.equal(lib.getHandle(handles[0]), values[0], 'borrowed: the handles live on');
        const taken = lib.takeHandles(ptr, 300);
        assert.deepEqual(taken, values);
        assert.ok(Array.isArray(taken));
        assert.equal(lib.wasm.blocks.size, 0, 'the block is freed');
        const again = Array.from(values, (v) => lib.addHandle(v));
        assert.deepEqual([...again].sort((a, b) => a - b), [...handles].sort((a, b) => a - b), 'the slots are free');
    });

    test(`${mode}: a thrown value is kept for the module`, () => {
        const lib = load(['store_exception', 'get_handle'], { externref }, ['storeException', 'getHandle']);
        const error = new Error('x');
        lib.storeException(error);
        assert.equal(lib.getHandle(lib.wasm.exception), error);
    });
}

test('heap: the borrow stack', () => {
    const lib = load(['borrow'], {}, ['addBorrowed', 'dropBorrowed', 'stack_pointer', 'heap']);
    const top = lib.stack_pointer;
    assert.equal(top, 128);
    const first = lib.addBorrowed('a'), second = lib.addBorrowed('b');
    assert.deepEqual([lib.heap[first], lib.heap[second]], ['a', 'b']);
    lib.dropBorrowed(top);
    assert.equal(lib.stack_pointer, 128);
    assert.deepEqual([lib.heap[first], lib.heap[second]], [undefined, undefined]);
    lib.dropBorrowed(top);
    assert.deepEqual(lib.heap.slice(128, 132), [undefined, null, true, false]);
    for (let i = 0; i < 127; i++) lib.addBorrowed(i);
    assert.throws(() => lib.addBorrowed('too many'), /out of js stack/);
    assert.equal(lib.heap[0], undefined);
});

test('heap: the number of live handles', () => {
    const lib = load(['live_count', 'add_handle', 'take_handle'], {}, ['liveHandleCount', 'addHandle', 'takeHandle']);
    assert.equal(lib.liveHandleCount(), 0);
    const handles = [1, 2, 3].map((v) => lib.addHandle(v));
    assert.equal(lib.liveHandleCount(), 3);
    lib.takeHandle(handles[1]);
    assert.equal(lib.liveHandleCount(), 2);
});

test('table: the fixed slots', () => {
    for (const initial of [132, 200]) {
        const wasm = { table: new WebAssembly.Table({ element: 'externref', initial }, null) };
        load(['init_table'], { externref: 1 }, ['initExternrefTable'], wasm).initExternrefTable();
        assert.equal(wasm.table.length, initial);
        assert.deepEqual([0, 128, 129, 130, 131].map((i) => wasm.table.get(i)), [undefined, undefined, null, true, false]);
    }
});

test('table: the borrow stack after an exception', () => {
    const set = [];
    const wasm = { set_borrow_top: (top) => set.push(top) };
    load(['restore_borrows'], { externref: 1 }, ['restoreBorrows'], wasm).restoreBorrows(128);
    assert.deepEqual(set, [128]);
});
