// Closures that Rust or JavaScript owns: state, recursion, release in every order, collection.

import { DEAD, RECURSIVE } from './closures.mjs';

export function register(t) {
    const { w, host } = t;

    /** Makes a closure by the export `name`, checks that there is one more; returns it with the number by which Rust keeps it. */
    const own = (name, ...args) => {
        const [place, alive] = [w.next_kept(), w.closures_alive()];
        const f = w[name](...args);
        t.equal(typeof f, 'function', name);
        t.equal(w.closures_alive(), alive + 1, 'one more');
        return [f, place];
    };

    for (const name of ['own_adder', 'own_mut_adder']) {
        t.test(`${name}: state, release, use afterwards`, () => {
            const [f, place] = own(name);
            for (let i = 1; i <= 10; i++) t.equal(f(i), (i * (i + 1)) / 2);
            const alive = w.closures_alive();
            w.drop_kept(place);
            t.equal(w.closures_alive(), alive - 1, 'freed at once');
            for (let i = 0; i < 100; i++) t.throws(() => f(1), Error, DEAD);
            t.equal(w.closures_alive(), alive - 1, 'freed once');
        });
    }
    /** Collects garbage until `done()`, or for a while. */
    const collect = async (done) => {
        for (let round = 0; round < 30 && !done(); round++) {
            await t.gc();
            await new Promise((resolve) => setTimeout(resolve, 10));
        }
    };
    t.test('a function is the same whenever it is seen', () => {
        const seen = [];
        host.keep_ref = (f) => seen.push(f);
        w.pass_closure(false);
        w.pass_closure(true);
        t.ok(seen[0] !== seen[1], 'two closures');
    });
    t.test('passed by reference, then dropped', () => {
        let kept;
        host.keep_ref = (f) => {
            kept = f;
            f('inside');
        };
        const alive = w.closures_alive();
        w.pass_closure(false);
        t.equal(w.closures_alive(), alive);
        t.throws(() => kept('later'), Error, DEAD);
    });
    t.test('passed by reference, then forgotten', () => {
        let kept;
        host.keep_ref = (f) => {
            kept = f;
        };
        const alive = w.closures_alive();
        w.pass_closure(true);
        t.equal(w.closures_alive(), alive + 1);
        t.equal(kept('later'), undefined);
        kept('again');
    });
    t.test('given to JavaScript', () => {
        const alive = w.closures_alive();
        const f = w.give_closure();
        t.equal(w.closures_alive(), alive + 1);
        t.equal([f(), f(), f()], [1, 2, 3]);
        t.equal(w.closures_alive(), alive + 1);
    });
    t.test('collected when it is garbage', async () => {
        await collect(() => false); // what earlier cases have left behind
        const alive = w.closures_alive();
        (() => {
            for (let i = 0; i < 20; i++) w.give_closure()();
        })();
        t.equal(w.closures_alive(), alive + 20);
        await collect(() => w.closures_alive() === alive);
        t.equal(w.closures_alive(), alive);
    });
    t.test('not collected while Rust has it', async () => {
        const place = (() => own('own_adder')[1])();
        const alive = w.closures_alive();
        await collect(() => false);
        t.equal(w.closures_alive(), alive);
        w.drop_kept(place);
        t.equal(w.closures_alive(), alive - 1);
        await collect(() => false);
        t.equal(w.closures_alive(), alive - 1, 'freed once');
    });
    t.test('collected after Rust has dropped it', async () => {
        const alive = w.closures_alive();
        (() => {
            for (let i = 0; i < 20; i++) {
                const [f, place] = own('own_mut_adder');
                f(1);
                w.drop_kept(place);
            }
        })();
        await collect(() => false);
        t.equal(w.closures_alive(), alive);
    });
    t.test('Fn calls itself', () => {
        const [f, place] = own('own_recursive');
        host.reenter = f;
        t.equal(f(0), 1);
        t.equal(f(20), 21);
        w.drop_kept(place);
    });
    t.test('FnMut calls itself', () => {
        const [f, place] = own('own_mut_recursive');
        let inner;
        host.reenter = (depth) => {
            inner = t.thrown(() => f(depth));
            return 1000;
        };
        t.equal(f(0), 1);
        t.equal(f(5), 1000);
        t.ok(inner instanceof Error, 'an Error');
        t.equal(inner.message, RECURSIVE);
        t.equal(f(0), 3, 'goes on');
        host.reenter = f;
        t.throws(() => f(3), Error, RECURSIVE, 'through Rust');
        t.equal(f(0), 5, 'goes on');
        const alive = w.closures_alive();
        w.drop_kept(place);
        t.equal(w.closures_alive(), alive - 1);
    });
    for (const exclusive of [false, true]) {
        t.test(`drops itself while it runs (${exclusive ? 'FnMut' : 'Fn'})`, () => {
            const [f] = own('own_suicidal', exclusive);
            const alive = w.closures_alive();
            t.equal(f(), alive, 'alive while it runs');
            t.equal(w.closures_alive(), alive - 1, 'freed when it returns');
            t.throws(f, Error, DEAD);
            t.equal(w.closures_alive(), alive - 1, 'freed once');
        });
    }
    t.test('dropped by others while it runs, then an exception', () => {
        const [f, place] = own('own_throwing');
        const alive = w.closures_alive();
        host.may_fail = () => {
            w.drop_kept(place);
            t.equal(w.closures_alive(), alive, 'alive while it runs');
            throw 'thrown';
        };
        t.throwsValue(f, 'thrown');
        t.equal(w.closures_alive(), alive - 1);
        t.throws(f, Error, DEAD);
    });
    t.test('an exception leaves it as it was', () => {
        const [f, place] = own('own_throwing');
        host.may_fail = () => {
            throw 'thrown';
        };
        for (let i = 0; i < 100; i++) t.throwsValue(f, 'thrown');
        host.may_fail = () => {};
        t.equal(f(), 5);
        const alive = w.closures_alive();
        w.drop_kept(place);
        t.equal(w.closures_alive(), alive - 1);
    });
    t.test('strings, vectors, values, errors', () => {
        const [f, place] = own('own_complex');
        t.equal(f('é', [1, 2], true), 'é[1, 2]JsValue(true)');
        t.throwsValue(() => f('', Uint32Array.of(7), null), null);
        t.equal(f('x'.repeat(50000), [], 5), `${'x'.repeat(50000)}[]JsValue(5)`);
        t.equal(f('b', [], undefined), 'b[]JsValue(undefined)');
        w.drop_kept(place);
    });
    t.test('takes a reference', () => {
        const [f, place] = own('own_by_ref');
        t.equal([f('a'), f(1), f(undefined)], [true, false, false]);
        for (let i = 0; i < 2000; i++) f(i);
        w.drop_kept(place);
        t.throws(() => f('a'), Error, DEAD);
    });
    t.test('once', () => {
        const [f, place] = own('own_once');
        const alive = w.closures_alive();
        t.equal(f(7), 'once 7');
        t.equal(w.closures_alive(), alive - 1, 'what it captured is gone');
        t.throws(() => f(8), Error, 'FnOnce called more than once');
        w.drop_kept(place);
        t.throws(() => f(9), Error, DEAD);
        t.equal(w.closures_alive(), alive - 1);
    });
    t.test('once, never called', () => {
        const [f, place] = own('own_once');
        const alive = w.closures_alive();
        w.drop_kept(place);
        t.equal(w.closures_alive(), alive - 1);
        t.throws(() => f(1), Error, DEAD);
    });
    t.test('once, given to JavaScript', () => {
        const alive = w.closures_alive();
        const f = w.give_once();
        t.equal(w.closures_alive(), alive + 1);
        t.equal(f(5), 'given 5');
        t.equal(w.closures_alive(), alive);
        t.throws(() => f(6), Error, DEAD);
        t.equal(w.closures_alive(), alive);
    });
    t.test('many, freed in another order', () => {
        const [place, alive] = [w.next_kept(), w.closures_alive()];
        const all = w.own_many(300);
        t.equal(new Set(all).size, 300);
        let sum = 0;
        for (const [i, f] of all.entries()) t.equal(f(), (sum += i));
        for (let i = 299; i >= 0; i -= 2) w.drop_kept(place + i);
        t.equal(w.closures_alive(), alive + 150);
        for (const [i, f] of all.entries()) {
            if (i % 2) t.throws(f, Error, DEAD);
            else t.equal(f(), (sum += i));
        }
        for (let i = 0; i < 300; i += 2) w.drop_kept(place + i);
        t.equal(w.closures_alive(), alive);
    });
    t.test('made and dropped in Rust', () => {
        w.make_and_drop(10);
        const handles = w.handles_alive();
        t.equal(w.make_and_drop(2000), 0);
        t.equal(w.handles_alive(), handles, 'handles');
    });
    t.test('no state leaks into the arguments', () => {
        const [f, place] = own('own_adder');
        t.equal(f.length, 0);
        t.equal(f.call({ a: 1 }, 5), 5);
        t.equal(Reflect.apply(f, undefined, [1, 2, 3]), 6);
        t.throws(() => new f(), TypeError);
        w.drop_kept(place);
    });

    if (t.minor < 114) return;
    t.test('borrowed, shared', () => {
        let kept;
        host.scoped_ref = (f) => {
            kept = f;
            return f(1) + f(2);
        };
        t.equal(w.scoped_shared(), (11 + 13) * 1000 + 14 + 16);
        t.throws(() => kept(1), Error, DEAD);
    });
    t.test('borrowed, exclusive', () => {
        let kept;
        host.scoped_mut = (f) => {
            kept = f;
            f(3);
            f(4);
        };
        t.equal(w.scoped_exclusive(), 14);
        t.throws(() => kept(1), Error, DEAD);
    });
    t.test('an import that takes ownership', async () => {
        let kept;
        host.owned_closure = (f) => {
            kept = f;
        };
        await collect(() => false);
        const alive = w.closures_alive();
        w.pass_owned();
        t.equal(w.closures_alive(), alive + 1);
        t.equal([kept(1), kept(2)], [1, 3]);
        kept = undefined;
        await collect(() => w.closures_alive() === alive);
        t.equal(w.closures_alive(), alive);
    });
    t.test('an optional one', () => {
        const seen = [];
        host.optional_closure = (f) => seen.push(typeof f);
        w.pass_optional(true);
        w.pass_optional(false);
        t.equal(seen, ['function', 'undefined']);
    });
}
