// Futures: asynchronous exports and imports, promises awaited in Rust, tasks, what is freed when.

export function register(t) {
    const { w, host } = t;
    const turn = () => new Promise((resolve) => setTimeout(resolve));
    /** What a promise was rejected with. */
    const rejection = async (promise) => {
        t.ok(promise instanceof Promise, 'a promise');
        let error;
        let rejected = false;
        await promise.catch((e) => {
            rejected = true;
            error = e;
        });
        t.ok(rejected, 'rejected');
        return error;
    };

    t.test('results', async () => {
        t.ok(w.nothing() instanceof Promise, 'a promise');
        t.equal(await w.nothing(), undefined);
        t.equal(await w.number(2 ** 32 - 1), 0);
        t.equal(await w.number(2 ** 32 - 2), 2 ** 32 - 1);
        t.equal(await w.text('é\u{1F600}'), '<é\u{1F600}>');
        t.equal(await w.option(undefined), undefined);
        t.equal(await w.option(1.5), 3);
    });
    t.test('arguments live as long as the future', async () => {
        const seen = [];
        host.note = (text) => seen.push(text);
        const long = 'x'.repeat(10000);
        const all = [w.text_ref('a'), w.text_ref(long), w.bytes([1, 2, 255])];
        const object = {};
        all.push(w.value_ref(object), w.value_ref(undefined));
        w.grow(100);
        t.equal(await Promise.all(all), ['<a>', `<${long}>`, Uint16Array.of(2, 4, 510), object, undefined]);
        t.equal(seen, ['begins', 'begins']);
    });
    t.test('Ok and Err', async () => {
        t.equal(await w.result(5), 'number 5');
        t.equal(await rejection(w.result(-5)), -5);
        for (let i = 0; i < 100; i++) t.equal(await rejection(w.result(-1)), -1);
    });
    t.test('promises awaited', async () => {
        t.equal(await w.settle(Promise.resolve('now')), 'ok now');
        t.equal(await w.settle(turn().then(() => 'later')), 'ok later');
        t.equal(await w.settle(Promise.reject('no')), 'error no');
        t.equal(
            await w.settle(
                turn().then(() => {
                    throw 'later no';
                }),
            ),
            'error later no',
        );
        t.equal(await w.settle(Promise.resolve(7)), 'ok JsValue(7)');
    });
    t.test('promises made by hand', async () => {
        const alive = w.futures_alive();
        const object = {};
        const promises = [Promise.resolve(object), Promise.resolve(0), Promise.reject(object)].map(w.settle_by_hand);
        t.equal(w.futures_alive(), alive + 3);
        const settled = await Promise.allSettled(promises);
        t.equal(settled.map((s) => s.status), ['fulfilled', 'rejected', 'rejected']);
        t.equal([settled[0].value, settled[1].reason, settled[2].reason], [object, 0, object]);
        await turn();
        t.equal(w.futures_alive(), alive);
    });
    t.test('one after the other', async () => {
        host.promise_of = (n) => (n % 2 ? turn().then(() => n) : Promise.resolve(n));
        t.equal(await w.sum(0), 0);
        t.equal(await w.sum(100), 4950);
    });
    t.test('all at once', async () => {
        const alive = w.futures_alive();
        const resolvers = [];
        host.promise_of = () => new Promise((resolve) => resolvers.push(resolve));
        const gathered = w.gather(50);
        await turn();
        t.equal(resolvers.length, 50);
        t.equal(w.futures_alive(), alive + 50);
        for (let i = 49; i >= 0; i--) resolvers[i](i);
        t.equal(await gathered, Array.from({ length: 50 }, (_, i) => 49 - i));
        await turn();
        t.equal(w.futures_alive(), alive);
    });
    t.test('tasks', async () => {
        const seen = [];
        host.note = (text) => seen.push(text);
        w.spawn(['a', 'b']);
        t.equal(seen, ['spawned']);
        await turn();
        t.equal(seen, ['spawned', 'a begins', 'b begins', 'a ends', 'b ends']);
    });
    t.test('asynchronous imports', async () => {
        const calls = [];
        host.import_value = (n) => Promise.resolve(n * 2);
        host.import_result = (text) => turn().then(() => `${text}!`);
        host.import_unit = () => turn().then(() => calls.push('unit'));
        t.equal(await w.call_imports(21), 'JsValue(42) Ok(JsValue("text!"))');
        t.equal(calls, ['unit']);
        host.import_result = () => Promise.reject(null);
        t.equal(await w.call_imports(1), 'JsValue(2) Err(JsValue(null))');
        host.import_result = async () => {
            throw 5;
        };
        t.equal(await w.call_imports(1), 'JsValue(2) Err(JsValue(5))');
        host.import_value = () => ({ then: (...handlers) => Promise.resolve('no promise').then(...handlers) });
        t.equal(await w.call_imports(1), 'JsValue("no promise") Err(JsValue(5))');
    });
    t.test('methods', async () => {
        host.promise_of = (n) => turn().then(() => n);
        const m = new w.Machine(5);
        t.equal(await Promise.all([m.read(), m.read()]), [5, 5], 'shared');
        t.equal(await m.advance(3), 8);
        t.equal(await m.advance(1), 9);
        t.equal(await m.read(), 9);
        t.equal(await m.finish(), 9);
        const other = await w.Machine.open(3);
        t.ok(other instanceof w.Machine, 'an object');
        t.equal(await other.read(), 3);
        other.free();
    });
    t.test('handles and memory in the long run', async () => {
        host.promise_of = (n) => Promise.resolve(n);
        const round = async () => {
            await w.text('x'.repeat(1000));
            await w.sum(20);
            await rejection(w.result(-1));
            await w.settle(Promise.reject({}));
            await turn();
        };
        await round();
        await round();
        const before = w.handles_alive();
        for (let i = 0; i < 30; i++) await round();
        // Crates up to 0.2.104 leave a handle per dropped closure behind.
        if (t.minor < 102 || t.minor > 104) t.equal(w.handles_alive(), before);
        else t.ok(w.handles_alive() >= before, 'no less');
    });
}
