// Whether two sets of declarations say the same: each is assignable to the other, checked by TypeScript in one run for many pairs.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { need } from '../run/env.mjs';

const FLAGS = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'esnext', '--module', 'esnext', '--moduleResolution', 'bundler',
    '--lib', 'esnext,dom', '--types', '', '--pretty', 'false'];

/** Runs TypeScript in `folder`; returns the lines of its output, which are the errors. */
export function tsc(folder, ...files) {
    const program = join(need('WASMBIND_NODE_MODULES'), 'typescript', 'bin', 'tsc');
    const result = spawnSync(process.execPath, [program, ...FLAGS, ...files], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (result.error) throw result.error;
    return `${result.stdout}${result.stderr}`.split('\n').filter(Boolean);
}

/** Declarations of target no-modules: of a script, not of a module. */
const SCRIPT = /^declare namespace wasm_bindgen\b/m;

/** The text without comments, so that a pattern finds declarations only. */
function withoutComments(text) {
    return text.replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/**
 * The exported names of a declaration file: {values: functions, classes, …, types: all that can stand for a type}. At the top level
 * of a declaration file everything is that has no `declare` of its own, unless the file has an export list.
 */
export function exportedNames(text) {
    const code = withoutComments(text);
    const values = new Set();
    const types = new Set();
    if (SCRIPT.test(code)) {
        for (const [, name] of code.matchAll(/^(?:declare )?(?:type|interface) (\w+)/gm)) types.add(name);
        return { values: values.add('wasm_bindgen'), types };
    }
    const sets = { class: [values, types], enum: [values, types], interface: [types], type: [types], function: [values], const: [values], let: [values] };
    const word = /^export (?:type )?\{/m.test(code) ? 'export (?:declare )?' : '(?:export (?:declare )?)?';
    const pattern = new RegExp(`^${word}(?:abstract )?(?:const (?=enum))?(${Object.keys(sets).join('|')}) ([\\w$]+)`, 'gm');
    for (const [, kind, name] of code.matchAll(pattern)) for (const set of sets[kind]) set.add(name);
    const onlyTypes = Object.fromEntries(Object.entries(sets).map(([kind, of]) => [kind, of.filter((set) => set === types)]));
    for (const [, type, list] of code.matchAll(/^export (type )?\{([^}]*)\}/gm)) for (const item of list.split(',')) addExported(item, code, type ? onlyTypes : sets);
    return { values, types };
}

/** Adds one item of an export list, `local as name`; what cannot be written behind a dot has no check of its own. */
function addExported(item, code, sets) {
    const [local, name = local] = item.trim().split(/\s+as\s+/);
    const kind = new RegExp(`\\b(${Object.keys(sets).join('|')}) ${local.replaceAll('$', '\\$')}\\b`).exec(code)?.[1];
    if (kind && /^[\w$]+$/.test(name)) for (const set of sets[kind]) set.add(name);
}

/**
 * The script declarations of target no-modules as a module: what they declare globally is exported. Others are left alone.
 */
export function asModule(text) {
    if (!SCRIPT.test(text)) return text;
    const { values, types } = exportedNames(text);
    return `${text}\nexport { ${[...values, ...types].join(', ')} };\n`;
}

/** TypeScript that does not compile unless the type expressions `a` and `b` are assignable both ways. `id` is free for names. */
function bothWays(id, what, a, b) {
    return [
        `// ${what}`,
        `declare let ours_${id}: ${a}; declare let theirs_${id}: ${b};`,
        `theirs_${id} = ours_${id}; // ours is not theirs: ${what}`,
        `ours_${id} = theirs_${id}; // theirs is not ours: ${what}`,
        '',
    ].join('\n');
}

/**
 * Methods are compared by their parameters both ways, and so are constructors: `Members` turns each into its parameters and result.
 * `Writable` are the names of the properties that can be set; assignability does not see `readonly`.
 */
const HELPERS = `
export type Members<T> = { [K in keyof T]: T[K] extends (...a: infer A) => infer R ? { parameters: A; result: R } : T[K] };
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export type Writable<T> = { [K in keyof T]-?: Same<{ [Q in K]: T[K] }, { -readonly [Q in K]: T[K] }> extends true ? K : never }[keyof T];
export type Public<T> = { [K in keyof T as K extends string ? (K extends PATTERN ? never : K) : K]: T[K] };
`;

/** Names of raw exports that belong to the tool or the machinery of the crate; a superset is isInternal of package.mjs. */
const INTERNAL = '`__${string}`';

/**
 * The checker of one pair: of NAME.d.ts (`a` and `b` its exported names) or of NAME_bg.wasm.d.ts. `internal` are names of raw
 * exports that need not agree.
 */
function checker(kind, names, internal) {
    const modules = `import * as ours from './ours_${kind}';\nimport * as theirs from './theirs_${kind}';\n`;
    const helpers = HELPERS.replace('PATTERN', [INTERNAL, ...internal.map((n) => JSON.stringify(n))].join(' | '));
    const parts = [modules, helpers];
    let id = 0;
    const pair = (what, make) => parts.push(bothWays(id++, what, make('ours'), make('theirs')));
    if (kind === 'wasm') {
        pair('raw exports', (side) => `Public<typeof ${side}>`);
        return parts.join('');
    }
    pair('all values', (side) => `typeof ${side}`);
    for (const name of names.values) pair(`value ${name}`, (side) => `(typeof ${side})[${JSON.stringify(name)}]`);
    for (const name of names.types) {
        if (name === 'InitOutput') {
            pair('InitOutput', (side) => `Public<${side}.InitOutput>`);
            continue;
        }
        pair(`type ${name}`, (side) => `${side}.${name}`);
        pair(`members of ${name}`, (side) => `Members<${side}.${name}>`);
        pair(`writable members of ${name}`, (side) => `Writable<${side}.${name}>`);
    }
    return parts.join('');
}

/** Names in both; those in one only are faults. */
function common(ours, theirs, faults, what) {
    for (const name of ours) if (!theirs.has(name)) faults.push(`only ours declares the ${what} ${name}`);
    for (const name of theirs) if (!ours.has(name)) faults.push(`only theirs declares the ${what} ${name}`);
    return [...ours].filter((name) => theirs.has(name)).sort();
}

/** InitOutput differs in internal members, so the two of init functions that return it are made the same by a stand-in. */
function withoutOutput(text) {
    return text.replace(/\): InitOutput;/g, '): unknown;').replace(/\): Promise<InitOutput>;/g, '): Promise<unknown>;');
}

/** The oldest release whose tool tells the types of raw exports apart; before, each value was a number to it. */
const RAW_TYPES_SINCE = 96;

/** Raw exports as the tools of the release wrote them. */
function rawOfItsTime(text, minor) {
    if (minor >= RAW_TYPES_SINCE) return text;
    return text.replace(/^.*\) => .*$/gm, (line) => line.replace(/\b(bigint|any)\b/g, 'number'));
}

/**
 * Adds a pair to the folder: `ours` and `theirs` are folders of bound packages. Returns {faults, files}: faults that show without
 * TypeScript, and the files to hand to it.
 */
export function addPair(folder, ours, theirs, { internal, minor }) {
    const faults = [];
    mkdirSync(folder, { recursive: true });
    const texts = {};
    for (const [side, from] of [['ours', ours], ['theirs', theirs]]) {
        texts[side] = asModule(readFileSync(join(from, 'suite.d.ts'), 'utf8'));
        const time = side === 'ours' ? minor : Infinity;
        const [, before, members, after] = /^([^]*interface InitOutput \{)([^]*?\n\s*\})([^]*)$/.exec(texts[side]) ?? [];
        if (members) texts[side] = `${before}${rawOfItsTime(members, time)}${after}`;
        writeFileSync(join(folder, `${side}_js.d.ts`), withoutOutput(texts[side]));
        writeFileSync(join(folder, `${side}_wasm.d.ts`), rawOfItsTime(readFileSync(join(from, 'suite_bg.wasm.d.ts'), 'utf8'), time));
    }
    const [a, b] = [exportedNames(texts.ours), exportedNames(texts.theirs)];
    const names = {
        values: common(a.values, b.values, faults, 'value'),
        types: common(a.types, b.types, faults, 'type'),
    };
    writeFileSync(join(folder, 'check_js.ts'), checker('js', names, internal));
    writeFileSync(join(folder, 'check_wasm.ts'), checker('wasm', names, internal));
    return { faults, files: ['check_js.ts', 'check_wasm.ts'] };
}

/**
 * The texts of documentation comments, white space made equal, up to their tags, whose form changed from version to version. Without
 * those that are the tool's own: of the init functions and of `inspectable`.
 */
export function comments(text) {
    const comment = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*(.*)/g;
    const own = /^(?:export )?(?:default |declare )*function (?:initSync|__wbg_init|init|wasm_bindgen)\b|^to(?:JSON|String)\(\)/;
    const plain = (body) => body.replace(/^\s*\* ?/gm, '').replace(/^@(?:param|returns) [^]*/m, '').replace(/\s+/g, ' ').trim();
    return [...text.matchAll(comment)].filter((m) => !own.test(m[2])).map((m) => plain(m[1])).filter(Boolean).sort();
}
