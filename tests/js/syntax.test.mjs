// Every fragment under every combination of flags is JavaScript, and does nothing that is forbidden.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import vm from 'node:vm';
import { combinations, ENCODE_MODES, FRAGMENTS, render } from './support.mjs';

const LOADERS = FRAGMENTS.filter((name) => /^(load|head|main)_/.test(name));
const HELPERS = FRAGMENTS.filter((name) => !LOADERS.includes(name));
const HELPER_FLAGS = combinations({ externref: [0, 1], has_realloc: [0, 1], safari: [0, 1] }).flatMap((flags) => ENCODE_MODES.map((mode) => ({ ...flags, ...mode })));
const WEB_FLAGS = combinations({ script: [0, 1], raw: [0, 1], shows_module: [0, 1], default_path: [0, 1], has_start: [0, 1], imported_memory: [0, 1], keep_module: [0, 1], keep_instance: [0, 1] });

function checkForbidden(text) {
    assert.doesNotMatch(text, /\beval\b|new Function|\bdocument\.write|setTimeout\(/);
    assert.doesNotMatch(text, /\.detached\b/);
    assert.doesNotMatch(text, /\$\w+\$/, 'a hole is left');
    assert.doesNotMatch(text, /\/\/ @/, 'a directive is left');
    // The memory's buffer is fetched in accessors, behind the test for a detached view, or for a view that lasts for one expression.
    for (const line of text.split('\n'))
        if (line.includes('wasm.memory'))
            assert.match(line, /^ {4}return (\w+)\.length === 0 \? \1 = new \w+\(wasm\.memory\.buffer\) : \1;$|^[^=]*( = Array\.from)?\(?new Uint\w+\(wasm\.memory\.buffer, ptr( >>> 0)?, \w+\)[).,]/);
}

test('there are fragments', () => assert.ok(HELPERS.length > 60));

test('helpers, one by one: each brings what it needs', () => {
    for (const externref of [0, 1])
        for (const name of HELPERS) {
            const text = render([name], { externref });
            new vm.Script(text);
            checkForbidden(text);
            const declared = new Set([...text.matchAll(/^(?:async )?(?:function|let|const|class) (\w+)/gm)].map((m) => m[1]));
            for (const [, used] of text.matchAll(/(?<![.\w])((?:get|take|pass|add|drop|encode|is|to|_assert|restore)[A-Z]\w*)\(/g))
                assert.ok(declared.has(used), `${name}: ${used} is not declared`);
        }
});

test('all helpers together, every combination of flags', () => {
    for (const flags of HELPER_FLAGS) {
        const text = render(HELPERS, flags);
        new vm.Script(`'use strict';\n${text}`, { filename: JSON.stringify(flags) });
        checkForbidden(text);
        const names = [...text.matchAll(/^(?:async )?(?:function|let|const|class) (\w+)/gm)].map((m) => m[1]);
        assert.equal(new Set(names).size, names.length, 'declared twice');
    }
});

test('the loader of Node', () => {
    for (const flags of combinations({ has_start: [0, 1], raw: [0, 1] })) {
        const text = render(['load_node'], flags);
        new vm.Script(text);
        assert.match(text, /require\('fs'\)\.readFileSync\(`\$\{__dirname\}\/x_bg\.wasm`\)/);
        assert.equal(text.includes('wasm.start();'), flags.has_start === 1);
        assert.equal(text.includes('exports.__wasm'), flags.raw === 1);
    }
});

/** A loader of an ECMAScript module, with what stands at the file's head. */
function checkModule(t, names, flags, rewrite = (text) => text) {
    const folder = mkdtempSync(join(tmpdir(), 'wasmbind-js-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const text = render(names, flags);
    assert.doesNotMatch(text, /\beval\b|new Function|\$\w+\$/);
    assert.equal(text.includes('wasm.start();'), flags.has_start === 1);
    assert.equal(text.includes('export { wasm as __wasm };'), flags.raw === 1);
    const file = join(folder, 'loader.mjs');
    writeFileSync(file, rewrite(text));
    execFileSync(process.execPath, ['--check', file]);
    return text;
}

test('the loaders of modules', (t) => {
    for (const flags of combinations({ has_start: [0, 1], raw: [0, 1] })) {
        checkModule(t, ['head_node_module', 'load_node_module'], flags);
        checkModule(t, ['load_deno'], flags);
        checkModule(t, ['main_split'], flags);
        // Node 20 does not know the syntax.
        const text = checkModule(t, ['head_source', 'load_source'], flags, (text) => text.replace('import source ', 'import '));
        assert.match(text, /^import source wasmModule from "\.\/x_bg\.wasm";$/m, 'the line that other tools look for');
    }
    assert.match(render(['load_split']), /^export \{ __wbg_set_wasm \};$/m);
});

test('the loader of the web and of scripts', (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'wasmbind-js-'));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const flags of WEB_FLAGS) {
        const text = render(['load_web'], flags);
        assert.doesNotMatch(text, /\beval\b|new Function|\$\w+\$/);
        const module = !flags.script;
        assert.equal(text.includes("new URL('x_bg.wasm', import.meta.url)"), flags.default_path === 1 && module);
        assert.equal(text.includes('script_src'), flags.default_path === 1 && !module);
        assert.equal(/^export \{ initSync, __wbg_init as default \};$/m.test(text), module);
        assert.equal(/import\.meta|^export/m.test(text), module);
        assert.equal(text.includes('__wasm'), flags.raw === 1);
        assert.match(text, /^let wasm;$/m);
        const file = join(folder, 'loader.mjs');
        writeFileSync(file, text);
        execFileSync(process.execPath, ['--check', file]);
    }
});
