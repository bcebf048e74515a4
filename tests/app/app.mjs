// A real application in a real browser: egui's demo, bound by our tool and by upstream's of the same version, drawn by Chromium. Ours must
// draw what upstream's draws.
//
//   node tests/app/app.mjs --cli build/wasmbind --version 0.2.127 [--debug] [--externref on|off|auto] [--keep FOLDER]
//     [--wasm FILE] [--opt] [--post COMMAND]
//
// --keep leaves the screenshots in FOLDER; --wasm takes a module that is there already; --opt and --post change our bound module as
// run/run.mjs does: wasm-opt -O3, or a command such as tools/chaos.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { optimise, postProcess } from '../run/bind.mjs';
import { servePage, withBrowser } from '../run/browser.mjs';
import { ROOT } from '../run/env.mjs';

const FOLDER = join(ROOT, 'tests', 'app');
/** A pixel counts as different if one of its channels differs by more than this of 255 (antialiasing). */
const CHANNEL_TOLERANCE = 24;
/** Share of the pixels that may differ. */
const PIXEL_TOLERANCE = 0.02;

const { values: options } = parseArgs({
    options: {
        cli: { type: 'string' },
        version: { type: 'string' },
        debug: { type: 'boolean', default: false },
        externref: { type: 'string', default: 'auto' },
        keep: { type: 'string' },
        wasm: { type: 'string' },
        opt: { type: 'boolean', default: false },
        post: { type: 'string' },
    },
});

const tool = (name, ...args) => execFileSync(join(ROOT, 'tools', name), args, { encoding: 'utf8' }).trim();

function bind(cli, wasm, out, args = []) {
    execFileSync(cli, [wasm, '--out-dir', out, '--out-name', 'egui_demo', '--target', 'web', ...args], { stdio: 'inherit' });
}

/** Draws the application of the package and returns a picture of its canvas. */
async function draw(browser, pkg) {
    const server = await servePage({ '/': FOLDER, '/pkg/': pkg });
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (e) => errors.push(String(e?.stack ?? e)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    try {
        await page.setViewport({ width: 1000, height: 700 });
        await page.goto(server.url, { waitUntil: 'load' });
        const result = await page.evaluate(() => globalThis.pageResult);
        const picture = await (await page.$('canvas')).screenshot({ encoding: 'base64' });
        if (result.panicked) throw new Error(`panicked: ${result.message}`);
        if (errors.length > 0) throw new Error(errors.join('\n'));
        return picture;
    } catch (e) {
        throw new Error([`${pkg}: ${e.message}`, ...errors].join('\n  '));
    } finally {
        await page.close();
        await server.close();
    }
}

/** Distinct colours of both pictures, and the share of their pixels that differ. Runs in the browser, which knows PNG. */
async function compare(browser, ours, theirs) {
    const page = await browser.newPage();
    try {
        return await page.evaluate(async (pictures, tolerance) => {
            const pixels = await Promise.all(pictures.map(async (picture) => {
                const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
                const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
                context.drawImage(image, 0, 0);
                return context.getImageData(0, 0, image.width, image.height).data;
            }));
            const colours = pixels.map((data) => new Set(new Uint32Array(data.buffer)).size);
            const [a, b] = pixels;
            if (a.length !== b.length) return { colours, differing: 1 };
            let differing = 0;
            for (let i = 0; i < a.length; i += 4)
                if (Math.max(...[0, 1, 2].map((k) => Math.abs(a[i + k] - b[i + k]))) > tolerance) differing++;
            return { colours, differing: differing / (a.length / 4) };
        }, [ours, theirs], CHANNEL_TOLERANCE);
    } finally {
        await page.close();
    }
}

const wasm = options.wasm ?? tool('build-module.sh', join(FOLDER, 'egui'), options.version, ...(options.debug ? ['--debug'] : []));
const folder = mkdtempSync(join(tmpdir(), 'wasmbind-app-'));
try {
    bind(options.cli, wasm, join(folder, 'ours'), [`--externref=${options.externref}`]);
    if (options.opt) optimise(join(folder, 'ours'), 'egui_demo');
    if (options.post) postProcess(join(folder, 'ours'), options.post, 'egui_demo');
    bind(tool('upstream-cli.sh', options.version), wasm, join(folder, 'upstream'));
    const flags = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
    const { ours, theirs, result } = await withBrowser('chromium', async (browser) => {
        const ours = await draw(browser, join(folder, 'ours'));
        const theirs = await draw(browser, join(folder, 'upstream'));
        return { ours, theirs, result: await compare(browser, ours, theirs) };
    }, { flags });
    if (options.keep) {
        mkdirSync(options.keep, { recursive: true });
        writeFileSync(join(options.keep, 'ours.png'), ours, 'base64');
        writeFileSync(join(options.keep, 'upstream.png'), theirs, 'base64');
    }
    const [mine, other] = result.colours;
    console.log(`egui demo, ${options.version}, ${options.debug ? 'debug' : 'release'}, externref ${options.externref}: ${mine} colours (upstream ${other}), ${(result.differing * 100).toFixed(2)} % of the pixels differ`);
    if (other < 100) throw new Error('upstream drew next to nothing: the comparison means nothing');
    if (mine < other || result.differing > PIXEL_TOLERANCE) process.exitCode = 1;
} finally {
    rmSync(folder, { recursive: true, force: true });
}
