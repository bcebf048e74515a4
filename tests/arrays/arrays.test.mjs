// Arrays of exported structs in a real module, in both reference modes: which of them cross as addresses, that all of them arrive, and
// that nobody loses or owns one twice, whatever goes wrong; plain, under growth chaos, and after wasm-opt -O3.
//
// ARRAYS_VERSIONS: those of wasm-bindgen, comma-separated.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { optimise, postProcess } from '../run/bind.mjs';
import { ROOT } from '../run/env.mjs';

const VERSIONS = (process.env.ARRAYS_VERSIONS ?? '0.2.92,0.2.99,0.2.127,0.2.130').split(',');
const MILLION = 1_000_000;
const WRONG = { name: 'Error', message: 'array contains a value of the wrong type' };
const built = (name) => join(process.env.WASMBIND_BUILD ?? join(ROOT, 'build'), name);
const VARIANTS = { plain: () => {}, chaos: (out) => postProcess(out, built('chaos'), 'arrays'), 'wasm-opt': (out) => optimise(out, 'arrays') };
const folder = mkdtempSync(join(tmpdir(), 'wasmbind-arrays-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Waits for the collector to leave `count` instances. */
async function settle(w, count) {
    for (let round = 0; round < 50 && w.alive() !== count; round++) {
        globalThis.gc();
        await turn();
    }
    assert.equal(w.alive(), count);
}

function bind(version, mode, variant, profile) {
    const wasm = execFileSync(join(ROOT, 'tools', 'build-module.sh'), [join(ROOT, 'tests/arrays/crate'), version, ...(profile ? [profile] : [])], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
    const out = join(folder, `${version}-${mode}-${variant}${profile ?? ''}`);
    execFileSync(built('wasmbind'), [wasm, '--target', 'nodejs', `--externref=${mode}`, '--out-dir', out, '--out-name', 'arrays']);
    VARIANTS[variant](out);
    const file = join(out, 'arrays.js');
    return { w: createRequire(import.meta.url)(file), glue: readFileSync(file, 'utf8') };
}

/** The bodies of functions that are exported. */
const body = (glue, name) => new RegExp(`exports\\.${name} = function [^]*?\\n};\\n`).exec(glue)[0];

async function values(w, host) {
    for (const n of [0, 1, 5, 700, 5000]) {
        const before = w.alive(), made = w.plain(n);
        assert.ok(made.every((one, i) => one instanceof w.Plain && one.n === i));
        if (n === 700) await turn();
        const back = w.plain_back(made);
        assert.deepEqual(back.map((one) => one.n), Array.from({ length: n }, (_, i) => n - 1 - i));
        assert.ok(made.every((one) => one.__wbg_ptr === 0));
        assert.equal(w.alive(), before + n);
        assert.equal(w.plain_sum(back), (n * (n - 1)) / 2);
        assert.equal(w.alive(), before);
        for (const one of w.plain_maybe(n) ?? []) one.free();
        if (n) assert.equal(w.plain_sum(w.plain_result(n)), (n * (n - 1)) / 2);
        else assert.throws(() => w.plain_result(0), (error) => error === 'none');
        const texts = w.texts(n);
        assert.ok(texts.every((one, i) => one.text === 'é'.repeat(i % 50)));
        const length = texts.reduce((sum, _, i) => sum + 2 * (i % 50), 0);
        assert.equal(w.mixed(undefined, 'ü', texts), `-1 ü ${length}`);
        assert.equal(w.mixed([new w.Plain(3)], '', []), '3  0');
        for (const [name, Class, first] of [['seen', w.Seen, 77], ['helped', w.Helped, 88]]) {
            const list = w[name](n);
            assert.ok(host.seen instanceof Class);
            assert.equal(host.seen.n, first);
            assert.ok(list.every((one, i) => one instanceof Class && one.n === i));
            host.seen.free();
            for (const one of list) one.free();
        }
        const sent = w.sent(n);
        assert.deepEqual(sent.map((one) => one.n), Array.from({ length: n }, (_, i) => n - 1 - i));
        for (const one of sent) one.free();
        assert.equal(w.alive(), before);
    }
}

async function refused(w) {
    const before = w.alive(), plain = [1, 2].map((n) => new w.Plain(n)), texts = [new w.Text('a')];
    const pointers = () => [...plain, ...texts].map((one) => one.__wbg_ptr);
    const all = pointers();
    for (const [a, b] of [[plain, plain], [texts, texts], [[...plain, null], texts], [plain, [...texts, 1]], [[plain[0], plain[0]], texts], [plain, [, ...texts]]]) {
        assert.throws(() => w.mixed(a, '', b), WRONG);
        assert.deepEqual(pointers(), all);
    }
    assert.throws(() => w.mixed(plain, 1, texts), TypeError);
    assert.throws(() => w.mixed(plain, '', null), TypeError);
    assert.throws(() => w.mixed(plain, '', { get length() { throw new RangeError('no'); } }), RangeError);
    assert.deepEqual(pointers(), all);
    await turn();
    assert.throws(() => w.mixed(plain, '', plain), WRONG);
    assert.deepEqual(pointers(), all);
    assert.equal(w.alive(), before + 3);
    assert.equal(w.mixed(plain, 'x', texts), '3 x 1');
    assert.equal(w.alive(), before);
}

/** Rust throws at an element that is in use: those behind it are given back. */
async function inUse(w, host, waits) {
    const list = [1, 2, 3, 4].map((n) => new w.Plain(n)), pointers = list.map((one) => one.__wbg_ptr);
    if (waits) await turn();
    let error;
    host.during = () => {
        try {
            w.plain_sum(list);
        } catch (thrown) {
            error = thrown;
        }
    };
    assert.equal(list[2].borrow(), 3);
    assert.ok(error instanceof Error);
    assert.deepEqual(list.map((one, i) => one.__wbg_ptr === pointers[i]), [false, false, false, true]);
    const before = w.alive();
    assert.equal(w.plain_sum([list[3]]), 4);
    assert.equal(w.alive(), before - 1);
}

async function garbage(w) {
    const before = w.alive();
    (() => {
        const lost = w.plain(3000), made = Array.from({ length: 3000 }, (_, i) => new w.Plain(i));
        w.plain_back(made);
        w.plain_sum(lost.slice(0, 1000));
        assert.throws(() => w.plain_sum([...lost.slice(1000), null]), WRONG);
        w.texts(2000);
    })();
    await settle(w, before);
}

async function many(w) {
    const before = w.alive();
    const made = w.plain(MILLION);
    assert.equal(w.plain_sum(w.plain_back(made)), (MILLION * (MILLION - 1)) / 2);
    assert.equal(w.alive(), before);
}

const all = VERSIONS.flatMap((version) => ['on', 'off'].flatMap((mode) => Object.keys(VARIANTS).map((variant) => [version, mode, variant])));
for (const [version, mode, variant] of all)
    test(`${version}, externref ${mode}, ${variant}`, async () => {
        const host = { see: (value) => { host.seen = value; }, send: (list) => list.reverse(), during: () => host.during() };
        globalThis.arrays = { see: (value) => host.see(value), send: (list) => host.send(list), during: () => host.during() };
        const { w, glue } = bind(version, mode, variant);
        for (const name of ['plain_back', 'plain_sum', 'mixed']) assert.match(body(glue, name), /passInstances/, name);
        for (const name of ['plain', 'plain_back', 'plain_maybe', 'plain_result', 'texts']) assert.match(body(glue, name), /takeInstances/, name);
        for (const name of ['seen', 'helped', 'sent']) assert.doesNotMatch(body(glue, name), /takeInstances/, name);
        await values(w, host);
        await refused(w);
        await inUse(w, host, false);
        await inUse(w, host, true);
        await garbage(w);
        if (variant === 'plain') await many(w);
    });

test('a debug build', async () => {
    const host = {};
    globalThis.arrays = { see: (value) => { host.seen = value; }, send: (list) => list.reverse(), during: () => host.during() };
    const { w, glue } = bind(VERSIONS.at(-1), 'on', 'plain', '--debug');
    assert.match(body(glue, 'plain_sum'), /passInstances/);
    await values(w, host);
    await refused(w);
    await garbage(w);
});
