// Calls the init functions of targets web and no-modules with everything they take, in a browser; plain data out.

/** `fresh()` gives a package that is not yet initialised: {init, initSync, use}. */
export async function probe(fresh) {
    const url = new URL('x_bg.wasm', location.href).href;
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const inputs = {
        string: () => 'x_bg.wasm',
        URL: () => new URL(url),
        Request: () => new Request(url),
        Response: () => fetch(url).then((r) => r),
        'Response itself': async () => ({ now: await fetch(url) }),
        Uint8Array: () => bytes,
        ArrayBuffer: () => bytes.slice().buffer,
        DataView: () => new DataView(bytes.buffer),
        Module: () => new WebAssembly.Module(bytes),
        'promise of bytes': () => Promise.resolve(bytes),
        'promise of a Module': () => WebAssembly.compile(bytes),
        'wrong type': () => 'x.bin',
        'missing file': () => 'absent.wasm',
        'no wasm': () => 'index.html',
        'no bytes of wasm': () => new Uint8Array(8),
        null: () => null,
        number: () => 1,
        'rejected promise': () => Promise.reject(new RangeError('mine')),
    };
    const seen = {};
    for (const [name, make] of Object.entries(inputs)) {
        const given = await Promise.resolve(name.endsWith('itself') ? make() : { later: make });
        const input = () => ('now' in given ? given.now.clone() : given.later());
        seen[`init, ${name}`] = await attempt(fresh, ({ init }) => init({ module_or_path: input() }));
        seen[`init, ${name}, alone`] = await attempt(fresh, ({ init }) => init(input()));
        seen[`initSync, ${name}`] = await attempt(fresh, ({ initSync }) => initSync({ module: input() }));
        seen[`initSync, ${name}, alone`] = await attempt(fresh, ({ initSync }) => initSync(input()));
    }
    seen['init, empty object'] = await attempt(fresh, ({ init }) => init({}));
    seen['init, nothing'] = await attempt(fresh, ({ init }) => init());
    seen['init, undefined in an object'] = await attempt(fresh, ({ init }) => init({ module_or_path: undefined }));
    seen['initSync, nothing'] = await attempt(fresh, ({ initSync }) => initSync());
    seen['initSync, empty object'] = await attempt(fresh, ({ initSync }) => initSync({}));
    seen['a second time'] = await attempt(fresh, async ({ init, initSync }) => {
        const first = await init({ module_or_path: bytes });
        return (await init('absent.wasm')) === first && initSync({ module: new Uint8Array(1) }) === first ? first : null;
    });
    seen['twice at once'] = await attempt(fresh, async ({ init }) => {
        const [a, b] = await Promise.all([init({ module_or_path: url }), init({ module_or_path: bytes })]);
        return a === b ? a : null;
    });
    seen['again after a failure'] = await attempt(fresh, async ({ init }) => {
        await init({ module_or_path: 'absent.wasm' }).catch(() => {});
        return init({ module_or_path: url });
    });
    return seen;
}

/** What one way of initialising does: warnings, known by a word that either tool's has, and whether the package works then. */
async function attempt(fresh, body) {
    const warnings = [], original = console.warn, w = await fresh();
    console.warn = (text) => warnings.push(/deprecated|faster|slower/.exec(text)?.[0].replace('slower', 'faster') ?? text);
    try {
        const exports = await body(w);
        return { warnings, memory: exports?.memory instanceof WebAssembly.Memory, works: w.use() };
    } catch (e) {
        const own = /failed to fetch|mine/.test(e.message);
        return { warnings, thrown: own ? `${e.name}: ${e.message.replace(/http:\/\/[^/]*/, '')}` : e.name };
    } finally {
        console.warn = original;
    }
}
