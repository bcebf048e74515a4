// Runs the cases of one topic in a browser. The query: `target`, `case` (a file in cases/), `topic`, `facts` (JSON), `only` (a
// pattern of case names).

import { runCases, Suite } from './harness.mjs';
import { forwarding, installHost } from './host.mjs';

/** Makes garbage until a browser without `gc()` has reason enough to collect it. */
async function pressure() {
    for (let i = 0; i < 20; i++) {
        const garbage = Array.from({ length: 20000 }, (_, n) => ({ n, buffer: new Uint8Array(64) }));
        if (garbage.length === 0) throw new Error('never');
        await new Promise((resolve) => setTimeout(resolve, 0));
    }
}

/** Defines the global of target no-modules. */
function loadScript(src) {
    const script = Object.assign(document.createElement('script'), { src });
    return new Promise((done, failed) => {
        script.addEventListener('load', done);
        script.addEventListener('error', () => failed(new Error(`${src} does not load`)));
        document.head.append(script);
    });
}

/** The package, ready for use. */
async function load(target) {
    if (target === 'bundler') return import('/pkg/bundle/suite.js');
    if (target === 'no-modules') {
        await loadScript('/pkg/suite.js');
        await wasm_bindgen();
        return wasm_bindgen;
    }
    const w = await import('/pkg/suite.js');
    await w.default();
    return w;
}

async function main() {
    const query = new URLSearchParams(location.search);
    const { host, clear } = installHost();
    const facts = JSON.parse(query.get('facts'));
    if (facts.early) globalThis.wbt = forwarding(host);
    const w = await load(query.get('target'));
    globalThis.wbt = host;
    const suite = new Suite(w, host, { ...facts, gc: globalThis.gc ?? pressure });
    suite.topic = query.get('topic');
    (await import(`/cases/${query.get('case')}`)).register(suite);
    const only = new RegExp(query.get('only') ?? '');
    const results = [];
    const wanted = (name) => only.test(name);
    await runCases(suite, clear, wanted, (name) => (globalThis.pageState = name), (r) => results.push(r));
    return { results, checks: suite.checks };
}

globalThis.pageState = 'loading';
globalThis.pageResult = main();
