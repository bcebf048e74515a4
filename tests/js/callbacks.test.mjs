// Callbacks: counting, release, collection; what the module is called with.

import assert from 'node:assert/strict';
import test from 'node:test';
import { load } from './support.mjs';

const NAMES = ['countedCallback', 'countedExclusiveCallback', 'lentCallback', 'lentExclusiveCallback'];

/** A module that notes calls and destructions; `body` runs inside the call. */
function open(one_destroy, keep_original = 0) {
    const log = [];
    const wasm = { destroy_callback: (a, b) => log.push(`destroy ${a} ${b}`) };
    const lib = load(['counted_callback', 'counted_exclusive_callback', 'lent_callback', 'lent_exclusive_callback'], { one_destroy, keep_original }, NAMES, wasm);
    const destroy = one_destroy ? [] : [wasm.destroy_callback];
    const target = { body: () => 'result' };
    const call = (a, b, ...args) => {
        log.push(`call ${a} ${b} ${args}`);
        return target.body(...args);
    };
    return { log, target, make: (name) => lib[name](8, 9, call, ...(name.startsWith('counted') ? destroy : [])) };
}

for (const one of [0, 1]) {
    const how = one ? 'one destructor' : 'own destructors';
    for (const name of ['countedCallback', 'countedExclusiveCallback']) {
        test(`${name}, ${how}: call, release`, () => {
            const { log, make } = open(one);
            const f = make(name);
            assert.equal(f(1, 'x'), 'result');
            f._wbg_cb_unref();
            f();
            f();
            assert.deepEqual(log, ['call 8 9 1,x', 'destroy 8 9', 'call 0 9 ', 'call 0 9 ']);
        });
        test(`${name}, ${how}: released inside`, () => {
            const { log, target, make } = open(one);
            const f = make(name);
            target.body = () => {
                f._wbg_cb_unref();
                log.push('inside');
                throw 'thrown';
            };
            assert.throws(f, (e) => e === 'thrown');
            assert.deepEqual(log, ['call 8 9 ', 'inside', 'destroy 8 9']);
        });
    }
}

test('the module looks into it', () => {
    const { log, make } = open(0, 1);
    const f = make('countedCallback');
    assert.equal(f.original.cnt, 1);
    f.original.cnt = 0;
    f.original.a = 0;
    assert.deepEqual(log, []);
});

test('nobody else does', () => {
    assert.deepEqual(Object.keys(open(1).make('countedCallback')), ['_wbg_cb_unref']);
});

test('the destructor runs once, with the callback switched off', () => {
    const log = [];
    let f;
    const wasm = {
        destroy_callback: (a) => {
            log.push(a);
            f();
        },
    };
    f = load(['counted_callback'], { one_destroy: 1 }, NAMES.slice(0, 1), wasm).countedCallback(8, 9, (a) => log.push(a));
    f._wbg_cb_unref();
    assert.deepEqual(log, [8, 0]);
});

for (const [name, inner] of [['countedCallback', 8], ['countedExclusiveCallback', 0], ['lentCallback', 8], ['lentExclusiveCallback', 0]]) {
    test(`${name}: entered again`, () => {
        const { log, target, make } = open(1);
        const f = make(name);
        target.body = (n) => n > 0 && f(n - 1);
        f(2);
        f(0);
        assert.deepEqual(log, ['call 8 9 2', `call ${inner} 9 1`, `call ${inner} 9 0`, 'call 8 9 0']);
    });
}

for (const name of ['lentCallback', 'lentExclusiveCallback']) {
    test(`${name}: taken back`, () => {
        const { log, target, make } = open(1);
        const f = make(name);
        f(1);
        target.body = () => f._wbg_cb_unref();
        f(2);
        target.body = () => 0;
        f(3);
        assert.deepEqual(log, ['call 8 9 1', 'call 8 9 2', 'call 0 9 3']);
    });
}
