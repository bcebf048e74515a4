// Writes the starting inputs of the fuzz targets into tests/fuzz/corpus/. Usage: node tests/fuzz/make-corpus.mjs
//
// Needs build/wasmbind. Everything is put together here: programs by src/meta/schema.def, for one release of each layout, in modules whose describe functions print
// words by the table of docs/upstream/descriptors.md 5. Inputs that made a target fail are added by hand, under other names.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { custom, header, leb, run, section, text, u32 } from '../cli/support.mjs';
import { hostileSymbols, legacySymbol, random, v0Symbol } from '../demangle/symbols.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const NEWEST = 130;

// schema.def: { records: name → [{ name, kind, sub, from, to }], schemas: [[text, from, to]] }.
function readSchema() {
  const records = new Map(), schemas = [];
  const number = (s) => s === 'NOW' ? Infinity : Number(s);
  for (const line of readFileSync(join(root, 'src/meta/schema.def'), 'utf8').split('\n')) {
    const row = /^([A-Z_]+)\((.*)\)$/.exec(line);
    if (!row) continue;
    const fields = row[2].split(',').map((s) => s.trim());
    if (row[1] === 'SCHEMA') schemas.push([fields[0].slice(1, -1), number(fields[1]), number(fields[2])]);
    if (['STRUCT', 'ENUM', 'TAGS'].includes(row[1])) records.set(fields[0], { what: row[1], rows: [] });
    if (row[1] === 'OLD_FIELD') fields.splice(1, 1);
    if (['FIELD', 'OLD_FIELD', 'VARIANT'].includes(row[1])) {
      const [owner, name, kind, sub, from, to] = fields;
      records.get(owner).rows.push({ name: name.replace(/_$/, ''), kind, sub, from: number(from), to: number(to) });
    }
  }
  return { records, schemas };
}
const { records, schemas } = readSchema();

// The bytes of a record: `value` has the members that are not false, 0, "", [] or absent; an enum is [variant, payload].
function encode(name, value, release) {
  const { what, rows } = records.get(name);
  const present = rows.filter((row) => row.from <= release && release <= row.to);
  if (what === 'STRUCT') return present.flatMap((row) => encodeField(row, value?.[row.name], release));
  const [variant, payload] = value ?? [present[0].name];
  const tag = present.findIndex((row) => row.name === variant);
  if (tag < 0) throw new Error(`${name} has no ${variant} in 0.2.${release}`);
  return [...leb(tag), ...encodeField(present[tag], payload, release)];
}

function encodeField({ kind, sub }, value, release) {
  const list = (values, item) => [...leb(values.length), ...values.flatMap(item)];
  switch (kind) {
    case 'NONE': return [];
    case 'BOOL': return [value ? 1 : 0];
    case 'TRUE_BOOL': return [value ?? true ? 1 : 0];
    case 'BOOL_TAG': return [value ? 1 : 0];
    case 'U32': return leb(value ?? 0);
    case 'STR': return text(value ?? '');
    case 'OPT_STR': return value === undefined ? [0] : [1, ...text(value)];
    case 'LIST_STR': return list(value ?? [], text);
    case 'OPT_LIST_STR': return value === undefined ? [0] : [1, ...list(value, text)];
    case 'REC': case 'TAG': return encode(sub, value, release);
    case 'OPT_REC': return value === undefined ? [0] : [1, ...encode(sub, value, release)];
    case 'LIST_REC': return list(value ?? [], (item) => encode(sub, item, release));
    case 'LIST_NAME': return list(value ?? [], (item) => text(item.name));
    default: throw new Error(kind);
  }
}

// Descriptor constants: position among those the release has.
const CONSTANTS = `I8 U8 I16 U16 I32 U32 I64 U64 I64_AS_F64@119 U64_AS_F64@119 I128@96 U128@96 F32 F64 BOOLEAN FUNCTION CLOSURE CACHED_STRING STRING REF
  REFMUT LONGREF SLICE VECTOR EXTERNREF NAMED_EXTERNREF ENUM STRING_ENUM@93 DYNAMIC_UNION@121 RUST_STRUCT CHAR OPTIONAL RESULT UNIT CLAMPED NONNULL@92
  RAW_POINTER@119 SEQ_MODE@130 NULLABLE@130`.split(/\s+/).map((s) => s.split('@'));
function words(release, list) {
  const names = CONSTANTS.filter(([, since]) => release >= Number(since ?? 0)).map(([name]) => name);
  return list.flat(9).map((word) => {
    if (typeof word === 'number') return word;
    if (names.indexOf(word) < 0) throw new Error(`no ${word} in 0.2.${release}`);
    return names.indexOf(word);
  });
}
const name = (s) => [s.length, ...[...s].map((c) => c.codePointAt(0))];
const signature = (args, result) => ['FUNCTION', 0, args.length, ...args, result, result];

// A program with one item of many kinds, and what the module needs for it.
const CRATE = 'fuzz-0123456789abcdef';
function sample(release) {
  const fn = (n, args = [], more = {}) => ({ name: n, args: args.map((a) => ({ name: a })), generate_typescript: true, ...more });
  const exports = [
    { function: fn('add', ['a', 'b']), comments: [' adds'] },
    { function: fn('greet', ['name']) },
    { function: fn('new', ['x']), class: 'Point', method_kind: ['Constructor'] },
    { function: fn('norm'), class: 'Point', method_kind: ['Operation', { kind: ['Regular'] }] },
  ];
  const imports = [
    { js_namespace: ['console'], kind: ['Function', { shim: '__wbg_log_0123', function: fn('log', ['s']) }] },
    { module: ['Named', 'some-module'], kind: ['Function', { shim: '__wbg_pick_0123', catch: true, function: fn('pick', ['v']) }] },
    { module: ['Inline', 0], kind: ['Function', { shim: '__wbg_inl_0123', function: fn('inl') }] },
    { kind: ['Function', { shim: '__wbg_len_0123', structural: true, method: { class: 'Thing', kind: ['Operation', { kind: ['Getter', 'len'] }] }, function: fn('len', ['self']) }] },
    { kind: ['Type', { name: 'Thing', instanceof_shim: '__wbg_instanceof_Thing_0123' }] },
    { kind: ['Static', { name: 'DOC', shim: '__wbg_static_accessor_DOC_0123' }] },
  ];
  const program = {
    exports, imports,
    enums: [{ name: 'Color', variants: [{ name: 'Red' }, { name: 'Blue', value: 7 }], generate_typescript: true }],
    structs: [{ name: 'Point', fields: [{ name: 'x', generate_typescript: true }], generate_typescript: true }],
    typescript_custom_sections: ['export type X = 1;'], inline_js: ['export function inl() {}'], unique_crate_identifier: CRATE, module_path: 'fuzz',
  };
  const point = ['RUST_STRUCT', ...name('Point'), ...release >= 128 ? name(CRATE) : []];
  return {
    program,
    described: {
      add: signature(['I32', 'I32'], 'I32'), greet: signature([['REF', 'STRING']], 'STRING'), point_new: signature(['F64'], point),
      point_norm: signature([], 'F64'), __wbg_get_point_x: 'F64', __wbg_log_0123: signature([['REF', 'STRING']], 'UNIT'),
      __wbg_pick_0123: signature(['EXTERNREF'], ['OPTIONAL', 'EXTERNREF']), __wbg_inl_0123: signature([], 'UNIT'),
      __wbg_len_0123: signature([['REF', ['NAMED_EXTERNREF', ...name('Thing')]]], 'U32'), __wbg_static_accessor_DOC_0123: ['OPTIONAL', 'EXTERNREF'],
      __wbg_instanceof_Thing_0123: signature([['REF', 'EXTERNREF']], 'BOOLEAN'),
    },
    // Parameters and results: i = i32, d = f64.
    functions: { add: 'ii>i', greet: 'iii>', point_new: 'd>i', point_norm: 'i>d', __wbg_get_point_x: 'i>d', __wbg_set_point_x: 'id>', __wbg_point_free: 'ii>',
      __wbindgen_malloc: 'ii>i', __wbindgen_realloc: 'iiii>i', __wbindgen_free: 'iii>', __wbindgen_exn_store: 'i>', __externref_table_alloc: '>i', __externref_table_dealloc: 'i>' },
    imported: { __wbg_log_0123: 'ii>', __wbg_pick_0123: 'i>i', __wbg_inl_0123: '>', __wbg_len_0123: 'i>i', __wbg_static_accessor_DOC_0123: '>i', __wbg_instanceof_Thing_0123: 'i>i',
      __wbindgen_describe: 'i>', __wbindgen_throw: 'ii>', __wbindgen_object_drop_ref: 'i>' },
  };
}

function metadataOf(release, program = sample(release).program) {
  const [schema] = schemas.find(([, from, to]) => from <= release && release <= to);
  const preface = [...Buffer.from(`{"schema_version":"${schema}","version":"0.2.${release}"}`)];
  const bytes = encode('Program', program, release);
  return [...u32(preface.length), ...preface, ...u32(bytes.length), ...bytes];
}

// From 0.2.128 on, symbols of exports end in the hash of their crate.
const symbol = (n, release) => release < 128 || /_0123$|^__wbindgen|^__externref/.test(n) ? n : `${n}_${CRATE.split('-')[1]}`;

const TYPES = { i: 0x7f, l: 0x7e, f: 0x7d, d: 0x7c };
const list = (items) => [...leb(items.length), ...items.flat()];
const constant = (value) => {
  const bytes = [0x41];
  for (let more = true; more; value >>= 7) {
    more = !((value >> 7 === 0 && !(value & 0x40)) || (value >> 7 === -1 && value & 0x40));
    bytes.push((value & 0x7f) | (more ? 0x80 : 0));
  }
  return bytes;
};

// A module for such a sample: every import is called, so that it lives; functions of the wrong shape are not to be found in it.
function moduleOf(release, { program, described, functions, imported } = sample(release)) {
  const shapes = [...new Set(['>', ...Object.values(imported), ...Object.values(functions)])];
  const typeOf = (shape) => leb(shapes.indexOf(shape));
  const side = (letters) => list([...letters].map((c) => [TYPES[c]]));
  const importNames = Object.keys(imported);
  const describe = importNames.indexOf('__wbindgen_describe');
  const zero = { i: [0x41, 0], l: [0x42, 0], f: [0x43, 0, 0, 0, 0], d: [0x44, 0, 0, 0, 0, 0, 0, 0, 0] };
  const zeros = (letters) => [...letters].flatMap((c) => zero[c]);
  const callAll = importNames.filter((n) => n !== '__wbindgen_describe').flatMap((n) => {
    const [params, results] = imported[n].split('>');
    return [...zeros(params), 0x10, ...leb(importNames.indexOf(n)), ...[...results].map(() => 0x1a)];
  });
  const calls = callAll; // in the first function that is not internal
  const bodies = [], defined = [], exported = [];
  const add = (exportName, shape, code) => {
    exported.push([...text(exportName), 0, ...leb(importNames.length + defined.length)]);
    defined.push(typeOf(shape));
    const body = [0, ...code, 0x0b];
    bodies.push([...leb(body.length), ...body]);
  };
  for (const [n, shape] of Object.entries(functions)) add(symbol(n, release), shape, [...n.startsWith('__') ? [] : calls.splice(0), ...zeros(shape.split('>')[1])]);
  for (const [n, type] of Object.entries(described))
    add('__wbindgen_describe_' + symbol(n, release), '>', words(release, [type]).flatMap((word) => [...constant(word | 0), 0x10, ...leb(describe)]));
  return [...header,
    ...section(1, list(shapes.map((shape) => [0x60, ...side(shape.split('>')[0]), ...side(shape.split('>')[1])]))),
    ...section(2, list(importNames.map((n) => [...text('__wbindgen_placeholder__'), ...text(n), 0, ...typeOf(imported[n])]))),
    ...section(3, list(defined)),
    ...section(4, [2, 0x70, 1, 2, 2, 0x6f, 0, 64]),
    ...section(5, [1, 0, 17]),
    ...section(6, [1, 0x7f, 1, ...constant(1048576), 0x0b]),
    ...section(7, list([[...text('memory'), 2, 0], ...exported, [...text('__wbindgen_externrefs'), 1, 1]])),
    ...section(9, [1, 0, ...constant(1), 0x0b, 1, ...leb(importNames.length)]),
    ...section(10, list(bodies)),
    ...section(11, [1, 0, ...constant(1024), 0x0b, ...text('some data')]),
    ...custom('__wasm_bindgen_unstable', metadataOf(release, program)),
    ...custom('name', section(1, list([[0, ...text('_ZN1aE')], [1, ...text('_RC1a')]]))),
    ...custom('target_features', [2, 0x2b, ...text('reference-types'), 0x2b, ...text('multivalue')])];
}

function write(target, file, bytes) {
  const folder = join(root, 'tests/fuzz/corpus', target);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), Buffer.from(bytes));
}

const releases = [84, 92, 93, 95, 99, 100, 105, 106, 114, 118, 121, 127, 129, NEWEST];
releases.forEach((release, i) => {
  write('meta', `sample-${release}`, metadataOf(release));
  const module = moduleOf(release);
  write('parse', `sample-${release}`, module);
  write('pipeline', `sample-${release}`, [...module, (i * 29) & 255]);
});

// Every kind of value, as argument and as result of exports and imports. How many wasm words it takes depends on the release: whatever the program
// accepts is taken.
const values = (release) => [
  'U8', 'I32', 'U32', 'I64', 'U64', 'F32', 'F64', 'BOOLEAN', 'CHAR', 'STRING', 'EXTERNREF', ['NAMED_EXTERNREF', ...name('Thing')], ['VECTOR', 'U8'], ['VECTOR', 'F64'],
  ['VECTOR', 'EXTERNREF'], ['VECTOR', 'STRING'], ['REF', ['SLICE', 'I16']], ['REFMUT', ['SLICE', 'U32']], ['CLAMPED', ['VECTOR', 'U8']], ['OPTIONAL', 'I32'], ['OPTIONAL', 'U8'],
  ['OPTIONAL', 'I64'], ['OPTIONAL', 'F64'], ['OPTIONAL', 'BOOLEAN'], ['OPTIONAL', 'CHAR'], ['OPTIONAL', 'STRING'], ['OPTIONAL', 'EXTERNREF'], ['OPTIONAL', ['VECTOR', 'U8']],
  ['RESULT', 'UNIT'], ['RESULT', 'I32'], ['RESULT', 'STRING'], ['REF', 'EXTERNREF'], ['REF', 'STRING'], 'UNIT', ['ENUM', ...name('Color'), 3],
  ...release >= 96 ? ['I128', ['OPTIONAL', 'U128']] : [], ...release >= 92 ? ['NONNULL'] : [], ...release >= 119 ? ['I64_AS_F64', 'RAW_POINTER'] : [],
  ...release >= 130 ? [['NULLABLE', 'STRING']] : [], ['REF', ['CLOSURE', 0, 0, 0, 1, 'I32', 'UNIT', 'UNIT']],
];
const ARGUMENTS = ['i', 'ii', 'iii', 'd', 'f', 'l', 'id', 'il', 'if', 'ill', 'll', 'iiii', ''];
const RESULTS = ['>', '>i', 'i>', '>d', '>f', '>l', '>ii', '>iii'];

const empty = () => ({ program: { exports: [], imports: [], unique_crate_identifier: CRATE, module_path: 'fuzz', enums: [{ name: 'Color', variants: [{ name: 'Red' }] }] }, described: {},
  functions: Object.fromEntries(Object.entries(sample(127).functions).filter(([n]) => n.startsWith('__wbindgen') || n.startsWith('__ext'))),
  imported: { __wbindgen_describe: 'i>' } });

// Adds a function with that value; `shape` are the words that the value adds to those of ().
function addFunction(to, i, isImport, args, result, shape) {
  const symbolName = isImport ? `__wbg_f${i}_0123` : `f${i}`;
  const described = { name: `f${i}`, args: args.map(() => ({ name: 'x' })), generate_typescript: true };
  if (isImport) to.program.imports.push({ kind: ['Function', { shim: symbolName, function: described }] });
  else to.program.exports.push({ function: described });
  to.described[symbolName] = signature(args, result);
  (isImport ? to.imported : to.functions)[symbolName] = shape;
}

let last; // what the program said
const folder = mkdtempSync(join(tmpdir(), 'wasmbind-corpus-'));
function binds(module) {
  writeFileSync(join(folder, 'in.wasm'), Buffer.from(module));
  const result = run([join(folder, 'in.wasm'), '--out-dir', join(folder, 'out'), '--target', 'web']);
  if (result.status !== 0) last = result.stderr;
  return result.status === 0;
}

for (const release of [92, 99, 114, 121, 127, NEWEST]) {
  const all = empty();
  let found = 0;
  for (const value of values(release))
    for (const isImport of [false, true])
      for (const isResult of [false, true]) {
        const arguments_ = isResult ? [] : [value], result = isResult ? value : 'UNIT';
        const shape = (isResult ? RESULTS : ARGUMENTS.map((a) => a + '>')).find((candidate) => {
          const alone = empty();
          addFunction(alone, 0, isImport, arguments_, result, candidate);
          if (isImport) alone.functions.f = '>';
          return binds(moduleOf(release, alone));
        });
        if (shape !== undefined) addFunction(all, found++, isImport, arguments_, result, shape);
      }
  const module = moduleOf(release, all);
  if (found < 80 || !binds(module)) throw new Error(`0.2.${release}: only ${found} kinds of value, or not all together: ${last}`);
  console.log(`0.2.${release}: ${found} of ${4 * values(release).length} kinds of value`);
  write('pipeline', `values-${release}`, [...module, 1]);
}
rmSync(folder, { recursive: true });

// Words of one type each, by release.
const types = (release) => [
  'I8', 'UNIT', signature([['REF', 'STRING'], ['OPTIONAL', 'F32']], 'UNIT'), ['VECTOR', 'U8'], ['CLAMPED', ['REF', ['SLICE', 'U8']]], ['RESULT', 'EXTERNREF'],
  ['NAMED_EXTERNREF', ...name('Thing')], ['RUST_STRUCT', ...name('Point')], ['ENUM', ...name('E'), 3], ...release >= 93 ? [['OPTIONAL', 'NONNULL']] : [],
  ...release >= 121 ? [['DYNAMIC_UNION', ...name('U'), 2, 'U8', 'STRING']] : [], ...release >= 130 ? [['NULLABLE', 'CHAR'], ['SEQ_MODE', 1, 'U8']] : [],
  ['REF', ['CLOSURE', 1, 2, 0, 3, ...signature(['I32'], 'UNIT')]],
];
for (const release of [84, 99, 127, 130])
  types(release).forEach((type, i) => write('descriptor', `type-${release}-${i}`, [release - 84, ...words(release, [type]).flatMap((w) => u32(w))]));

const r = random(7);
hostileSymbols().filter((s) => s.length > 2 && s.length < 300).forEach((symbol, i) => write('demangle', `hostile-${i}`, [...Buffer.from(symbol)]));
for (let i = 0; i < 30; i++) write('demangle', `random-${i}`, [...Buffer.from(i % 3 ? v0Symbol(r, 4) : legacySymbol(r))]);
