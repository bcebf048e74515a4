// Exceptions that pass through wasm frames which hold borrowed values: what the frames held must be given up.

export function register(t) {
    const { w, host } = t;

    t.test('exceptions over borrowed values, many times', () => {
        const reason = {};
        host.recurse = (depth, v) => {
            if (depth === 0) throw reason;
            return w.call_recurse(depth - 1, v);
        };
        for (let i = 0; i < 300; i++) t.throwsValue(() => w.call_recurse(5, {}), reason, `round ${i}`);
        t.equal(w.call_recurse(3, undefined), 0, 'afterwards');
        t.equal([w.clone_value(null), w.clone_value(undefined), w.clone_value(true)], [null, undefined, true], 'reserved values');
    });
    t.test('exceptions of methods over borrowed objects, many times', () => {
        for (let i = 0; i < 2000; i++) t.throws(() => w.thing_plus({}, 1), TypeError, undefined, `round ${i}`);
        t.equal(w.thing_plus(new host.Thing('a', 1), 1).size, 3, 'afterwards');
    });
    t.test('an exception of a call that a number argument makes while it is converted, many times', () => {
        const reason = {};
        host.recurse = (depth, v) => {
            if (depth === 0) throw reason;
            return depth;
        };
        const depth = {
            valueOf() {
                t.throwsValue(() => w.call_recurse(0, {}), reason);
                return 7;
            },
        };
        for (let i = 0; i < 2000; i++) t.equal(w.call_recurse(depth, {}), 8, `round ${i}`);
    });
}
