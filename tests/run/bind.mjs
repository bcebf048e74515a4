// From crate to bound package: build, bind, post-process, look into the result.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { need, ROOT } from './env.mjs';
import { hasExternrefTable, withoutFeature } from './wasm-scan.mjs';

/** What binaryen has to accept in a module of rustc's and to keep to in its own output. */
const OPT_FEATURES = ['mutable-globals', 'sign-ext', 'nontrapping-float-to-int', 'bulk-memory', 'bulk-memory-opt', 'reference-types', 'multivalue'];

/** Runs a program; throws with its whole output if it fails. */
function run(command, args, options = {}) {
    const r = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options });
    if (r.error) throw new Error(`${command}: ${r.error.message}`);
    if (r.status !== 0) throw new Error(`${command} ${args.join(' ')}: status ${r.status ?? r.signal}\n${r.stdout}${r.stderr}`);
    return r.stdout;
}

/** Builds a crate of this folder; returns the path of the .wasm. */
export function buildModule(crate, version, features, rustFlags) {
    const args = [join(ROOT, 'tests', 'run', crate), version];
    if (features.length > 0) args.push('--features', features.join(','));
    if (rustFlags) args.push('--rustflags', rustFlags);
    return run(join(ROOT, 'tools', 'build-module.sh'), args, { stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

/** Whether the tool at `cli` is upstream's: only ours has the option --externref. */
export function isUpstream(cli) {
    const r = spawnSync(cli, ['--help'], { encoding: 'utf8' });
    if (r.error) throw new Error(`${cli}: ${r.error.message}`);
    return !`${r.stdout}${r.stderr}`.includes('--externref');
}

/** The environment without the variables that steer a binder. */
function cleanEnvironment() {
    return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(WASM_BINDGEN_|WASMBIND_REPORT)/.test(name)));
}

/**
 * Binds `wasm` for `target` into `folder`/pkg, which it returns. Upstream's tool has no option for the externref mode: it goes by
 * an environment variable and by the module's own list of target features, so for `off` it gets a module that lists none.
 */
export function bindModule({ folder, cli, upstream, wasm, target, externref, cliArgs }) {
    const environment = cleanEnvironment();
    const args = ['--out-dir', join(folder, 'pkg'), '--out-name', 'suite', '--target', target, ...cliArgs];
    if (!upstream) args.push(`--externref=${externref}`);
    if (upstream && externref === 'on') environment.WASM_BINDGEN_EXTERNREF = '1';
    let input = wasm;
    if (upstream && externref === 'off') {
        input = join(folder, 'input.wasm');
        writeFileSync(input, withoutFeature(readFileSync(wasm), 'reference-types'));
    }
    mkdirSync(join(folder, 'pkg'));
    run(cli, [input, ...args], { env: environment });
    return join(folder, 'pkg');
}

/** Replaces the bound module by what `command` makes of it; `command` is called with the input's and the output's path. */
function replace(file, command) {
    const next = `${file}.next`;
    command(file, next);
    renameSync(next, file);
}

/** Optimises the bound module of the package of that stem with binaryen's wasm-opt. */
export function optimise(pkg, stem = 'suite') {
    const wasmOpt = join(need('WASMBIND_NODE_MODULES'), '.bin', 'wasm-opt');
    const flags = ['-O3', '--mvp-features', ...OPT_FEATURES.map((f) => `--enable-${f}`)];
    replace(join(pkg, `${stem}_bg.wasm`), (from, to) => run(wasmOpt, [from, '-o', to, ...flags]));
}

/** Runs the shell command `post` with IN and OUT on the bound module. */
export function postProcess(pkg, post, stem = 'suite') {
    replace(join(pkg, `${stem}_bg.wasm`), (from, to) => execFileSync('sh', ['-c', `${post} "$1" "$2"`, 'post', from, to], { stdio: 'inherit' }));
}

/** Has webpack make `pkg`/bundle/`stem`.js, an ECMAScript module, of a package for target bundler. `at` is the bundle's URL. */
export async function bundle(pkg, stem, at) {
    const require = createRequire(join(need('WASMBIND_NODE_MODULES'), 'x.js'));
    const stats = await promisify(require('webpack'))({
        mode: 'production',
        context: pkg,
        entry: `./${stem}.js`,
        experiments: { asyncWebAssembly: true, outputModule: true },
        output: { path: join(pkg, 'bundle'), publicPath: at, filename: `${stem}.js`, module: true, library: { type: 'module' } },
        performance: { hints: false },
        // Names of classes are seen by the program.
        optimization: { minimizer: [new (require('minimizer-webpack-plugin'))({ terserOptions: { keep_classnames: true, keep_fnames: true } })] },
    });
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ all: false, errors: true, warnings: true }));
}

/** Whether the bound module is in externref mode; throws if that is not the mode asked for, or if the module is not valid. */
export function checkMode(pkg, asked) {
    const bytes = readFileSync(join(pkg, 'suite_bg.wasm'));
    if (!WebAssembly.validate(bytes)) throw new Error(`${pkg}/suite_bg.wasm is not valid`);
    const module = new WebAssembly.Module(bytes);
    const table = hasExternrefTable(bytes);
    const start = WebAssembly.Module.imports(module).some((i) => i.name.includes('init_externref_table'));
    if (table !== start) throw new Error(`the bound module has ${table ? 'an' : 'no'} externref table but ${start ? 'an' : 'no'} import that fills it`);
    if (asked !== 'auto' && table !== (asked === 'on')) throw new Error(`--externref=${asked}, but the bound module has ${table ? 'an' : 'no'} externref table`);
    return table;
}
