// node arguments-probe.cjs PACKAGE [PATTERN]: calls every exported function of one argument (whose name matches) with values of every kind;
// {call: outcome} as JSON.

const { Thing, ...host } = { Thing: class Thing {}, deep: { nested: (a) => a } };
globalThis.wbt = new Proxy({ Thing, ...host }, { get: (target, key) => target[key] ?? (typeof key === 'string' ? (...args) => args[0] : undefined) });
globalThis.wbtPlain = globalThis.wbtOther = (a) => a;
console.error = () => {};
// Instances that a trap left unusable must not be told of garbage.
delete globalThis.FinalizationRegistry;

const VALUES = { undefined, null: null, string: 'x', empty: '', int: 1, float: 1.5, negative: -1, bigint: 1n, true: true, object: {}, 'array of numbers': [1], 'array of strings': ['a'],
    'array of objects': [{}], function: () => 1, NaN, Uint8Array: new Uint8Array(2), Float64Array: new Float64Array(2), huge: 2 ** 40, symbol: Symbol.iterator };

const path = require.resolve(process.argv[2]);
const wanted = new RegExp(process.argv[3] ?? '');

/** Another instance, since a trap leaves one unusable. */
function fresh() {
    delete require.cache[path];
    return require(path);
}

function outcome(body) {
    try {
        const result = body();
        return ['number', 'string', 'boolean', 'bigint'].includes(typeof result) ? `${typeof result} ${String(result).slice(0, 60)}` : typeof result;
    } catch (e) {
        return e instanceof Error ? `${e.name}: ${e.message}` : `threw ${typeof e} ${String(e).slice(0, 80)}`;
    }
}

const outcomes = {};
const isClass = (f) => /^class\b/.test(Function.prototype.toString.call(f));
/** Those that would run for ever, or fill the memory, with a large number; what old tools export besides; what is known to differ. */
const SKIPPED = /^__|^value_(p|debug)|grow|memory|many|depth|recurse|fill|repeat|large|big_|make_and_drop/;
const first = fresh();
/** One argument: of several wrong ones, which is complained about is a matter of order. */
const isWanted = (name) => typeof first[name] === 'function' && first[name].length <= 1 && wanted.test(name) && !SKIPPED.test(name);
for (const name of Object.keys(first).filter(isWanted).sort()) {
    let w = fresh();
    for (const [label, value] of Object.entries(VALUES)) {
        const got = outcome(() => (isClass(w[name]) ? typeof new w[name](value) : w[name](value)));
        outcomes[`${name}(${label})`] = got;
        if (/^(RuntimeError|RangeError)/.test(got)) w = fresh();
    }
}
console.log(JSON.stringify(outcomes));
