// Headless Chromium and Firefox, and a small web server. Also used by the demo and the benchmark.

import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { need } from './env.mjs';

const TYPES = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8',
    '.json': 'application/json',
    '.css': 'text/css; charset=utf-8',
    '.wasm': 'application/wasm',
};

/** Cross-origin isolation: precise timers and shared memory. */
const HEADERS = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cache-Control': 'no-store',
};

const CHROMIUM_FLAGS = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
];

/** The file of a request path among the mounts {prefix: folder}, or null. The longest prefix wins. */
function resolve(mounts, path) {
    const prefixes = Object.keys(mounts).sort((a, b) => b.length - a.length);
    const prefix = prefixes.find((p) => path.startsWith(p));
    if (prefix === undefined) return null;
    const relative = normalize(`${sep}${path.slice(prefix.length)}`);
    const file = join(mounts[prefix], relative === sep ? 'index.html' : relative);
    return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

/**
 * Serves a folder, or several as {'/': folder, '/pkg/': folder}, on 127.0.0.1.
 * Returns {url, close}; `url` ends in `/`.
 */
export async function servePage(folders) {
    const mounts = typeof folders === 'string' ? { '/': folders } : folders;
    const server = createServer((request, response) => {
        const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
        const file = resolve(mounts, path);
        if (!file) {
            response.writeHead(path === '/favicon.ico' ? 204 : 404, HEADERS).end();
            return;
        }
        response.writeHead(200, { ...HEADERS, 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
        createReadStream(file).pipe(response);
    });
    await new Promise((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done));
    return {
        url: `http://127.0.0.1:${server.address().port}/`,
        close: () => {
            server.closeAllConnections();
            return new Promise((done) => server.close(done));
        },
    };
}

async function puppeteer() {
    const require = createRequire(join(need('WASMBIND_NODE_MODULES'), 'x.js'));
    return (await import(pathToFileURL(require.resolve('puppeteer-core')))).default;
}

function launchOptions(kind, profile, { gc, timeout, flags }) {
    const common = { headless: true, userDataDir: profile, protocolTimeout: timeout };
    if (kind === 'chromium') {
        const args = [...CHROMIUM_FLAGS, ...flags, ...(gc ? ['--js-flags=--expose-gc'] : [])];
        return { ...common, browser: 'chrome', executablePath: need('CHROMIUM'), args };
    }
    if (kind === 'firefox') {
        // Without this a page that is busy for ten seconds gets a "slow script" prompt.
        const extraPrefsFirefox = { 'dom.max_script_run_time': 0 };
        return { ...common, browser: 'firefox', protocol: 'webDriverBiDi', executablePath: need('FIREFOX'), extraPrefsFirefox };
    }
    throw new Error(`unknown browser: ${kind}`);
}

/**
 * Starts 'chromium' or 'firefox' with a fresh profile, calls `fn(browser)` with puppeteer's object and closes it again.
 * Options: `gc` (Chromium: `globalThis.gc`), `timeout` of each protocol call in milliseconds, `flags` (Chromium). Returns what `fn` returns.
 */
export async function withBrowser(kind, fn, { gc = false, timeout = 600000, flags = [] } = {}) {
    const profile = mkdtempSync(join(tmpdir(), `wasmbind-${kind}-`));
    try {
        const browser = await (await puppeteer()).launch(launchOptions(kind, profile, { gc, timeout, flags }));
        try {
            return await fn(browser);
        } finally {
            await browser.close();
        }
    } finally {
        rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
}

/**
 * Opens `url` in a new page and waits until its scripts have set `globalThis.pageResult` to a promise and that promise settles.
 * Returns the value; throws with the page's own errors and `globalThis.pageState` (text) if there is none.
 */
export async function runPage(browser, url, timeout = 600000) {
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (e) => errors.push(String(e?.message ?? e)));
    page.on('error', (e) => errors.push(`crash: ${e.message}`));
    let timer;
    try {
        await page.goto(url, { waitUntil: 'load', timeout });
        const expired = new Promise((_, failed) => {
            timer = setTimeout(() => failed(new Error(`no result after ${timeout / 1000} s`)), timeout);
        });
        return await Promise.race([page.evaluate(() => globalThis.pageResult), expired]);
    } catch (e) {
        const state = await Promise.race([
            page.evaluate(() => String(globalThis.pageState)).catch(() => 'gone'),
            new Promise((done) => setTimeout(done, 2000, 'busy')),
        ]);
        throw new Error([`${url}: ${e.message} (page: ${state})`, ...errors].join('\n  '));
    } finally {
        clearTimeout(timer);
        await page.close().catch(() => {});
    }
}
