// The tool that compiles fragments to C: what it refuses, and what comes out.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const JS2C = join(process.env.WASMBIND_BUILD ?? join(ROOT, 'build'), 'js2c');

let folder;
test.before(() => { folder = mkdtempSync(join(tmpdir(), 'wasmbind-js2c-')); });
test.after(() => rmSync(folder, { recursive: true }));

function run(...args) {
    const r = spawnSync(JS2C, args, { encoding: 'utf8' });
    if (r.error) throw r.error;
    return r;
}

function source(text) {
    const file = join(folder, 'f.js');
    writeFileSync(file, text);
    return file;
}

/** Compiles; returns {status, stderr, c, h}. */
function compile(text) {
    const r = run(join(folder, 'o.c'), join(folder, 'o.h'), source(text));
    return r.status === 0 ? { ...r, c: readFileSync(join(folder, 'o.c'), 'utf8'), h: readFileSync(join(folder, 'o.h'), 'utf8') } : r;
}

test('mistakes are refused, with file and line', () => {
    const mistakes = [
        ['// @fragment a\nx = $hole$;\n', /f\.js:2: error: hole `\$hole\$` is not declared by fragment `a`/],
        ['\n// @fragment a(hole)\nx = 1;\n', /f\.js:2: error: fragment `a` does not use its parameter `hole`/],
        ['// @fragment a\n// @if flag\n// @end\n', /f\.js:2: error: condition `flag` is not declared/],
        ['// @fragment a(x)\n// @if x\ny($x$);\n// @end\n', /used both as text and as a condition/],
        ['// @fragment a(x)\n// @if x\n', /an @if without @end/],
        ['// @fragment a\n// @else\n', /f\.js:2: error: @else without @if/],
        ['// @fragment a(x)\n// @if x\n// @else\n// @else\n// @end\n', /f\.js:4: error: @else without @if/],
        ['// @fragment a needs b\n', /f\.js:1: error: there is no fragment `b`/],
        ['// @fragment a\n// @needs b\n', /f\.js:2: error: there is no fragment `b`/],
        ['// @fragment a\n// @fi x\n', /f\.js:2: error: unknown or misplaced `\/\/ @fi x`/],
        ['// @fragment a\n// @each x = 1, 2 3\n', /group 2 of @each has 2 values for 1 variables/],
        ['// @fragment a\n// @fragment a\n', /fragment `a` exists already/],
        ['// @fragment a(x\n', /`\)` is missing/],
    ];
    for (const [text, message] of mistakes) {
        const r = compile(text);
        assert.equal(r.status, 1, text);
        assert.match(r.stderr, message);
    }
});

test('C comes out', () => {
    const { status, c, h } = compile('// @fragment one(hole, flag) needs two\n// gone\nfunction one() { return "\\\\" + $hole$; }\n// @if flag\nlet more, evenMore = 1;\n// @end\n\n// @fragment two\nclass Two {}\n');
    assert.equal(status, 0);
    assert.match(h, /JS_FRAGMENT_one,\n\s+JS_FRAGMENT_two,\n\s+JS_FRAGMENTS/);
    assert.match(c, /hole\(p, p->v->hole, "hole"\);/);
    assert.match(c, /if \(p->v->flag\) \{\n\s+put\(p, "let more/);
    assert.match(c, /need\(p, JS_FRAGMENT_two\);/);
    assert.doesNotMatch(c, /gone/);
    for (const name of ['one', 'more', 'Two']) assert.match(c, new RegExp(`^    "${name}",$`, 'm'));
});

test('fragments are printed with what they need, once, in the order of the files', () => {
    const file = source('// @fragment a needs c\na();\n// @fragment b\nb();\n// @fragment c(f) needs b\n// @if f\nc($t$);\n// @else\n// @needs d\n// @end\n// @fragment d needs b\nd();\n'.replace('c(f)', 'c(f, t)'));
    assert.equal(run('--render', 'a', 'f=1', 't=x', file).stdout, 'a();\nb();\nc(x);\n');
    assert.equal(run('--render', 'd,a', 'f=0', file).stdout, 'a();\nb();\nd();\n');
    const missing = run('--render', 'a', 'f=1', file);
    assert.equal(missing.status, 1);
    assert.match(missing.stderr, /f\.js:7: error: no value is given for `t`/);
    assert.equal(run('--render', 'none', file).status, 1);
});

test('families', () => {
    const file = source('// @fragment v needs w_$c$\n// @each c n = A 1, B 2\nlet v$c$ = $n$;\n// @fragment w\n// @each c = A, B\nlet w$c$;\n');
    assert.equal(run('--render', 'v_B', 'x=1', file).stdout, 'let vB = 2;\nlet wB;\n');
    assert.equal(run('--render', 'v_A', 'x=1', file).stdout, 'let vA = 1;\nlet wA;\n');
});
