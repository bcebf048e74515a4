// Registers and runs cases; the same file in Node and in browsers. A case module exports `register(t)`; `t` is a `Suite`.

const LIMIT = 200;

/** A short text for any value: class, length and the first elements of long ones, signs of zeros, suffixes of BigInts. */
export function show(v) {
    if (typeof v === 'string') {
        const text = JSON.stringify(v.length > LIMIT ? v.slice(0, LIMIT) : v);
        return v.length > LIMIT ? `${text}… (${v.length} code units)` : text;
    }
    if (typeof v === 'bigint') return `${v}n`;
    if (Object.is(v, -0)) return '-0';
    if (v instanceof Error) return `${v.name}(${JSON.stringify(v.message)})`;
    if (Array.isArray(v) || ArrayBuffer.isView(v)) {
        const head = Array.from(v.slice(0, 12), show).join(', ');
        return `${v.constructor.name}(${v.length})[${head}${v.length > 12 ? ', …' : ''}]`;
    }
    if (typeof v === 'object' && v !== null) return `${v.constructor?.name ?? 'object'}`;
    return String(v);
}

/** Why `a` is not the same as `b`, or null; arrays and typed arrays by class and elements, all else by Object.is. */
function difference(a, b) {
    const sequence = (v) => Array.isArray(v) || ArrayBuffer.isView(v);
    if (!sequence(a) || !sequence(b)) return Object.is(a, b) ? null : `got ${show(a)}, expected ${show(b)}`;
    if (a.constructor !== b.constructor || a.length !== b.length) return `got ${show(a)}, expected ${show(b)}`;
    for (let i = 0; i < a.length; i++) {
        const reason = difference(a[i], b[i]);
        if (reason) return `element ${i} of ${a.length}: ${reason}`;
    }
    return null;
}

export class Suite {
    /**
     * @param w the bound package; @param host the object of host.mjs; @param facts {target, minor, runtime, externref, early, gc}: crate version
     * 0.2.`minor`; `early`: host.mjs, forwarding; `gc` a function, maybe async, after some calls of which garbage has been collected
     */
    constructor(w, host, facts) {
        Object.assign(this, facts);
        this.w = w;
        this.host = host;
        this.cases = [];
        this.checks = 0;
        this.topic = '';
        /** What was thrown in the current case, in order, as text. */
        this.threw = [];
    }

    /** Adds the case `name`; `body` may be async. */
    test(name, body) {
        this.cases.push({ name: `${this.topic}: ${name}`, body });
    }

    /** Grows the memory, which detaches every view. (What the module's own code grows it by, it may have in hand: --memory-growth.) */
    grow(pages = 1) {
        return this.memory.grow(pages);
    }

    /** The module's memory, asked for once: glue that has lost its handles may give something else later. */
    get memory() {
        return (this.known ??= this.w.wasm_memory());
    }

    fail(message) {
        throw new Error(message);
    }

    /** Same class and elements of arrays; otherwise the very same value (NaN is NaN, -0 is not 0). */
    equal(actual, expected, what = '') {
        this.checks++;
        const reason = difference(actual, expected);
        if (reason) this.fail(what ? `${what}: ${reason}` : reason);
    }

    ok(condition, what) {
        this.checks++;
        if (!condition) this.fail(`not so: ${what}`);
    }

    /** `body` throws an object of class `type` whose message is `message` (a string, or a pattern); returns it. */
    throws(body, type, message, what = '') {
        const e = this.thrown(body, what);
        if (!(e instanceof type)) this.fail(`${what} threw ${show(e)}, expected a ${type.name}`);
        const fits = message === undefined || (typeof message === 'string' ? e.message === message : message.test(e.message));
        if (!fits) this.fail(`${what} threw ${show(e)}, expected the message ${String(message)}`);
        return e;
    }

    /** `body` throws exactly `value`. */
    throwsValue(body, value, what = '') {
        this.equal(this.thrown(body, what), value, `${what} thrown value`);
    }

    /** Notes something thrown that did not come through `thrown`; returns it. */
    saw(e) {
        this.threw.push(e instanceof Error ? `${e.constructor.name}: ${e.message}` : show(e));
        return e;
    }

    /** What `body` throws, whatever it is; a failure if nothing. */
    thrown(body, what = '') {
        this.checks++;
        let result;
        try {
            result = body();
        } catch (e) {
            return this.saw(e);
        }
        return this.fail(`${what} threw nothing but returned ${show(result)}`);
    }
}

/**
 * Runs the cases for which `wanted(name)` holds; calls `report({name, ok, message, where, threw})` after each and `started(name)`
 * before. `where`: the innermost lines of code, of a failure; `threw`: what was thrown in the case, in order.
 */
export async function runCases(suite, clear, wanted, started, report) {
    for (const { name, body } of suite.cases) {
        if (!wanted(name)) continue;
        started(name);
        suite.threw = [];
        let failure = { ok: true, message: '', where: '' };
        try {
            await body();
        } catch (e) {
            const where = e instanceof Error ? (e.stack ?? '').split('\n').slice(1, 4).map((l) => l.trim()).join(' < ') : '';
            failure = { ok: false, message: e instanceof Error ? e.message : show(e), where };
        }
        report({ name, ...failure, threw: suite.threw });
        clear();
    }
}
