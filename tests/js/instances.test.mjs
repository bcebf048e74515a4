// Arrays of instances that go to the module as addresses: all or nothing, whatever the array does while it is read, and nobody loses or
// owns anything twice. The module is a memory that detaches all views at every call.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { render } from './support.mjs';

const WRONG = 'array contains a value of the wrong type';

const RUNTIME = render(['finalization', 'pass_instances', 'give_instances', 'take_instances'], { sloppy: true, externref: 0, destroyers: "['free0', 'free1']" });

const PRELUDE = `
const assert = require('node:assert/strict');
const freed = [], blocks = new Map();
let top = 64, takenCount = 0, failAt = Infinity;
const memory = new WebAssembly.Memory({ initial: 1 });
const grow = () => memory.grow(top > memory.buffer.byteLength - 65536 ? 1 : 0);
const wasm = {
    memory,
    malloc(size) { grow(); const ptr = top; top += size + 8 & -8; blocks.set(ptr, size); return ptr | 0; },
    free(ptr, size) { grow(); assert.equal(blocks.get(ptr), size); blocks.delete(ptr); },
    taken() { return takenCount | 0; },
    free0(ptr) { grow(); if (!ptr) throw new Error('null pointer'); freed.push(ptr); },
    free1(ptr) { grow(); freed.push(ptr); },
    // What Rust does: takes the words one by one, fails at one of them, and frees the buffer.
    take(ptr, length, fails = Infinity) {
        grow();
        const got = [];
        for (const word of new Uint32Array(memory.buffer, ptr, length)) {
            assert.equal(word >>> 30, 3);
            takenCount++;
            got.push(word << 2 >>> 0);
            if (got.length > fails) throw new Error('borrowed');
        }
        this.free(ptr, length * 4);
        grow();
        return got;
    },
};
class A { constructor(ptr) { adopt(this, ptr, 0); } free() { wasm.free0(disown(this), 0); } }
class B { constructor(ptr) { adopt(this, ptr, 2 ** 32); } free() { wasm.free1(disown(this), 0); } }
function pass(array, { kind = 0, fails, later = () => {} } = {}) {
    let list;
    try {
        list = passInstances(array, kind);
        later();
        giveInstances(list);
        return wasm.take(list.ptr, list.length, fails);
    } catch (error) {
        returnInstances(list);
        throw error;
    }
}
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
const collect = async () => { for (let i = 0; i < 10; i++) { gc(); await turn(); } };
const addresses = (list) => list.map((one) => one.__wbg_ptr);
let next = 8;
const make = (count) => Array.from({ length: count }, () => new A(next += 8));
// Every instance made is freed once, by the module or by the collector, and no block is left.
async function settle(taken) {
    await collect();
    const all = [...freed, ...taken].sort((a, b) => a - b);
    assert.deepEqual(all, Array.from({ length: (next - 8) / 8 }, (_, i) => 16 + 8 * i));
    assert.equal(blocks.size, 0);
}
const WRONG = ${JSON.stringify(WRONG)};
const throwsWrong = (array, options) => assert.throws(() => pass(array, options), { name: 'Error', message: WRONG });
`;

function run(program, { tokens = false, megabytes = 256 } = {}) {
    const engine = tokens ? 'globalThis.InternalError = class extends Error {};\n' : '';
    const body = `${engine}${RUNTIME}${PRELUDE}(async () => { ${program} })();`;
    const child = spawnSync(process.execPath, ['--expose-gc', `--max-old-space-size=${megabytes}`, '-e', body], { encoding: 'utf8' });
    assert.equal(child.status, 0, child.stderr.slice(0, 3000));
}

// Instances fresh from the constructor, or registered with the collector's registry.
const AGES = { fresh: '', registered: 'await turn();' };

for (const tokens of [false, true])
    for (const [age, wait] of Object.entries(AGES)) {
        const both = (name, program) => test(`${name}; ${age}${tokens ? ', tokens' : ''}`, () => run(program.replaceAll('WAIT', wait), { tokens }));

        both('the module gets what the instances had', `
            let list = make(1000);
            WAIT
            const expected = addresses(list);
            const taken = pass(list);
            assert.deepEqual(taken, expected);
            assert.ok(addresses(list).every((ptr) => ptr === 0));
            throwsWrong([list[5]]);
            assert.deepEqual(pass([]), []);
            list = null;
            await settle(taken);`);

        both('one wrong element keeps all', `
            let list = make(20);
            const other = new B(4000);
            WAIT
            const dead = make(1)[0];
            const before = addresses(list);
            dead.free();
            const copy = Object.assign(Object.create(A.prototype), list[3]);
            for (const wrong of [null, undefined, 7, 'text', {}, new Date(), A, other, dead, list[0], list[19], { __wbg_ptr: 800 }, , Object.create(A.prototype)])
                for (const at of [0, 7, 20]) {
                    throwsWrong([...list.slice(0, at), wrong, ...list.slice(at), wrong]);
                    assert.deepEqual(addresses(list), before);
                }
            throwsWrong(Object.assign(new Array(3), [list[1]]));
            throwsWrong([list[3], copy]);
            assert.throws(() => pass(null), TypeError);
            assert.throws(() => pass({ length: -1 }), RangeError);
            assert.deepEqual(addresses(list), before);
            assert.equal(other.__wbg_ptr, 4000);
            assert.deepEqual(pass([other], { kind: 2 ** 32 }), [4000]);
            list.pop().free();
            list = null;
            await settle([]);`);

        both('an array that changes while it is read', `
            const list = make(10), spare = make(1)[0];
            WAIT
            const before = addresses(list), of = spare.__wbg_ptr;
            const trap = (act) => { const array = [...list]; let once = false; Object.defineProperty(array, 6, { get() { if (!once) { once = true; act(array); } return list[6]; }, set() {} }); return array; };
            for (const act of [(a) => { a.length = 3; }, (a) => { a.shift(); }, (a) => { a.reverse(); }, () => { throw new Error(WRONG); }, (a) => pass(a.slice(0, 3).concat(1))]) {
                throwsWrong(trap(act));
                assert.deepEqual(addresses(list), before);
                assert.equal(spare.__wbg_ptr, of);
            }
            const taken = pass(trap((a) => { a[2] = spare; a.push(spare); make(2000); }));
            assert.deepEqual(taken, before);
            assert.equal(spare.__wbg_ptr, of);
            const rest = make(3), first = rest[0].__wbg_ptr, third = rest[2].__wbg_ptr;
            WAIT
            throwsWrong([rest[0], rest[1], { get __wbg_ptr() { assert.throws(() => rest[0].free(), { message: 'null pointer' }); return 0; } }]);
            assert.equal(rest[0].__wbg_ptr, first);
            throwsWrong([rest[1], new Proxy(rest[2], { get(target, key) { if (key !== '__wbg_ptr' && target.__wbg_ptr) target.free(); return target[key]; } })]);
            assert.deepEqual([rest[1].__wbg_ptr > 0, rest[2].__wbg_ptr, freed.includes(third)], [true, 0, true]);
            spare.free();
            rest[0].free();
            rest[1].free();
            await settle(taken);`);

        both('proxies and things like arrays', `
            const list = make(6);
            WAIT
            const before = addresses(list);
            const got = pass({ length: '3', 0: list[0], 1: new Proxy(list[1], {}), 2: list[2] });
            got.push(...pass(new Proxy([list[3], list[4]], {})));
            assert.deepEqual(got, before.slice(0, 5));
            assert.deepEqual(addresses(list), [0, 0, 0, 0, 0, before[5]]);
            // Writing to it has no effect: found out before the module owns one address twice.
            const readonly = new Proxy(list[5], { set: () => true });
            throwsWrong([readonly, readonly]);
            assert.throws(() => pass([Object.freeze(make(1)[0])]), TypeError);
            list[5].free();
            await settle(got);`);

        both('a later argument is refused', `
            const list = make(5);
            WAIT
            const before = addresses(list);
            assert.throws(() => pass(list, { later() { make(1000); throw new RangeError('no'); } }), RangeError);
            assert.deepEqual(addresses(list), before);
            await turn();
            const taken = pass(list);
            assert.deepEqual(taken, before);
            await settle(taken);`);

        both('what the module does not come to stays', `
            const taken = [];
            for (let k = 0; k < 6; k++) {
                const list = make(5);
                WAIT
                const before = addresses(list);
                assert.throws(() => pass(list, { fails: k === 5 ? undefined : k, later() {} }) && (() => { throw new Error('borrowed'); })(), { message: 'borrowed' });
                blocks.clear(); // lost in the module
                assert.deepEqual(addresses(list), before.map((ptr, i) => i <= k ? 0 : ptr));
                taken.push(...before.slice(0, k + 1));
                if (k === 2) { taken.push(...pass(list.slice(3))); }
                if (k === 3) list[4].free();
            }
            await settle(taken);`);
    }

test('two arrays in one call: what is left of the second goes back', () => run(`
    const one = make(3), two = make(3), lost = addresses(one);
    const before = addresses(two);
    let a, b, c, d;
    try {
        a = passInstances(one, 0);
        b = passInstances(two, 0);
        giveInstances(a);
        giveInstances(b);
        wasm.take(a.ptr, a.length);
        assert.throws(() => wasm.take(b.ptr, b.length, 0));
        throw new Error('x');
    } catch (error) {
        assert.equal(error.message, 'x');
        returnInstances(a, b);
    }
    blocks.clear();
    assert.deepEqual(addresses(one), [0, 0, 0]);
    assert.deepEqual(addresses(two), [0, ...before.slice(1)]);
    try {
        c = passInstances(two.slice(1), 0);
        d = passInstances([two[1]], 0);
    } catch (error) {
        assert.equal(error.message, WRONG);
        returnInstances(c, d);
    }
    assert.deepEqual(addresses(two), [0, ...before.slice(1)]);
    two.length = 0;
    a = b = c = d = null;
    await settle([...lost, before[0]]);`));

for (const tokens of [false, true])
    test(`memory is bounded in a loop that never yields${tokens ? ', tokens' : ''}`, () => run(`
        let count = 0;
        for (let i = 0; i < 400; i++) {
            next = 8;
            count += pass(make(5000)).length;
        }
        assert.equal(count, 2000000);
        assert.equal(blocks.size, 0);`, { tokens, megabytes: 64 }));

test('results: instances are made of addresses, what is a handle is taken', () => run(`
    const buffer = (words) => { const ptr = wasm.malloc(words.length * 4); new Uint32Array(memory.buffer, ptr, words.length).set(words); return ptr; };
    const tag = (ptr) => (0xC0000000 | ptr >>> 2) >>> 0;
    const handle = heap.push('a value') - 1;
    const made = takeInstances(buffer([tag(16), tag(0xfffffff8), handle, tag(24)]), 4, A, 0);
    assert.deepEqual(made.map((one) => one.__wbg_ptr ?? one), [16, 0xfffffff8, 'a value', 24]);
    assert.ok(made[0] instanceof A && made[3] instanceof A);
    made[1].free();
    assert.deepEqual(freed.splice(0), [0xfffffff8]);
    assert.deepEqual(takeInstances(buffer([]), 0, A, 0), []);
    let other = takeInstances(buffer([tag(32)]), 1, B, 2 ** 32);
    assert.ok(other[0] instanceof B);
    assert.deepEqual(pass(other, { kind: 2 ** 32 }), [32]);
    next = 24;
    made.length = 0;
    await settle([]);`));

test('no registry at all', () => {
    const body = `delete globalThis.FinalizationRegistry; ${RUNTIME}${PRELUDE}
        (async () => { const list = make(600); await turn(); const taken = pass(list); list.length = 0; assert.equal(pass(make(3)).length + taken.length, 603); assert.ok(owned.length < 605); })();`;
    const child = spawnSync(process.execPath, ['--expose-gc', '-e', body], { encoding: 'utf8' });
    assert.equal(child.status, 0, child.stderr.slice(0, 2000));
});
