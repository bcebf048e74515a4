// Strings in and out, while every call of the module detaches all views.

import assert from 'node:assert/strict';
import test from 'node:test';
import { combinations, ENCODE_MODES, FakeModule, load } from './support.mjs';

const encode = (text) => new TextEncoder().encode(text);
const wellFormed = (text) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(encode(text));

/** ASCII of every short length; others with the first odd character at every place around the limits of the algorithm. */
function* texts() {
    const ascii = 'The quick brown fox jumps over the lazy dog. '.repeat(8);
    for (let n = 0; n <= 66; n++) yield ascii.slice(0, n);
    for (const odd of ['é', '漢', '😀', '\uD800', '\uDC00', '\uDC00\uD800', '\u0000', '\u007F', '\u0080', '\uFEFF', '\uFFFF'])
        for (const n of [0, 1, 7, 18, 19, 20, 21, 63]) {
            yield ascii.slice(0, n) + odd;
            yield ascii.slice(0, n) + odd + 'end';
            yield odd.repeat(n + 1);
        }
    yield '漢字'.repeat(5000);
    yield ascii.repeat(3000) + 'ü' + ascii;
}

const FLAGS = combinations({ has_realloc: [0, 1], slow_encoder: [0, 1] }).flatMap((flags) => ENCODE_MODES.map((mode) => ({ ...flags, ...mode })));

test('in: the bytes are UTF-8 and the block has exactly their size', () => {
    for (const flags of FLAGS) {
        const lib = load(['pass_string'], flags, ['passText', 'vectorLen']);
        for (const text of texts()) {
            const ptr = lib.passText(text), len = lib.vectorLen;
            const bytes = encode(text);
            assert.equal(len, bytes.length, JSON.stringify(text.slice(0, 80)));
            assert.deepEqual(Buffer.from(lib.wasm.owned(ptr, len, 1)), Buffer.from(bytes));
        }
    }
});

test('in: an engine without encodeInto', () => {
    const original = TextEncoder.prototype.encodeInto;
    delete TextEncoder.prototype.encodeInto;
    try {
        const lib = load(['pass_string'], { encode_test: 1 }, ['passText', 'vectorLen']);
        for (const text of ['short', 'a text that is longer than twenty characters', 'mit Umlauten: äöü', '漢'.repeat(30)]) {
            const ptr = lib.passText(text);
            assert.deepEqual(Buffer.from(lib.wasm.owned(ptr, lib.vectorLen, 1)), Buffer.from(encode(text)));
        }
    } finally {
        TextEncoder.prototype.encodeInto = original;
    }
});

test('in: what is no string is refused before anything is allocated', () => {
    const lib = load(['pass_string'], {}, ['passText', 'vectorLen']);
    let ran = false;
    const lookalike = { get length() { ran = true; return 3; }, charCodeAt: () => 65, slice: () => 'A' };
    for (const value of [5, 5n, true, null, undefined, Symbol('x'), {}, ['a'], lookalike])
        assert.throws(() => lib.passText(value), /^TypeError: expected a string argument, found /);
    assert.equal(ran, false);
    assert.equal(lib.wasm.blocks.size, 0);
    const ptr = lib.passText(new String('object'));
    assert.deepEqual(Buffer.from(lib.wasm.owned(ptr, lib.vectorLen, 1)), Buffer.from('object'));
});

test('in: a failing allocation leaves nothing behind', () => {
    const wasm = new FakeModule();
    wasm.malloc = () => { throw new WebAssembly.RuntimeError('unreachable'); };
    const lib = load(['pass_string'], {}, ['passText'], wasm);
    assert.throws(() => lib.passText('text'), WebAssembly.RuntimeError);
});

test('out: borrowed and owned', () => {
    for (const safari of [0, 1]) {
        const lib = load(['get_string', 'take_string'], { safari }, ['textAt', 'takeText']);
        for (const text of texts()) {
            const bytes = encode(text), ptr = lib.wasm.put(bytes);
            lib.wasm.grow();
            assert.equal(lib.textAt(ptr, bytes.length), wellFormed(text));
            assert.equal(lib.takeText(ptr, bytes.length), wellFormed(text));
        }
        assert.equal(lib.wasm.blocks.size, 0, 'every block is freed');
    }
});

test('out: bytes that are no UTF-8, addresses above 2 GiB as the module passes them', () => {
    const lib = load(['get_string'], {}, ['textAt']);
    for (const bytes of [[0xFF], [0x61, 0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98]]) {
        const ptr = lib.wasm.put(new Uint8Array(bytes));
        assert.match(lib.textAt(ptr, bytes.length), /\uFFFD/);
    }
    assert.equal(lib.textAt(1, 0), '');
    assert.equal(lib.textAt(-8, 0), '');
});

test('out: the decoder is renewed before Safari gives up', () => {
    const made = [];
    const Original = globalThis.TextDecoder;
    globalThis.TextDecoder = class extends Original {
        constructor(...args) { super(...args); made.push(this); }
        decode() { return 'decoded'; }
    };
    try {
        const lib = load(['get_string'], { safari: 1 }, ['textAt']);
        assert.equal(made.length, 1);
        for (let n = 0; n < 10; n++) lib.textAt(0, 0x20000000);
        assert.equal(made.length, 4, 'a new one each time 0x7FF00000 bytes are reached');
    } finally {
        globalThis.TextDecoder = Original;
    }
});

test('cached strings', () => {
    for (const externref of [0, 1]) {
        const lib = load(['get_cached_string', 'take_cached_string', 'add_handle'], { externref }, ['cachedTextAt', 'takeCachedText', 'addHandle']);
        const handle = lib.addHandle('interned');
        assert.equal(lib.cachedTextAt(0, handle), 'interned');
        assert.equal(lib.takeCachedText(0, handle), 'interned');
        assert.equal(lib.cachedTextAt(0, handle), 'interned', 'the handle is only borrowed');
        const ptr = lib.wasm.put(encode('fresh'));
        assert.equal(lib.cachedTextAt(ptr, 5), 'fresh');
        assert.equal(lib.takeCachedText(ptr, 5), 'fresh');
        assert.equal(lib.wasm.blocks.size, 0);
    }
});
