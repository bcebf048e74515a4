// Attributes of exports: statics, accessors, fields, `start`, variable arguments.

export function register(t) {
    const { w, host } = t;

    t.test('start runs once, and is exported', () => {
        const before = w.started();
        t.ok(before >= 1, 'it has run');
        w.begin();
        t.equal(w.started(), before + 1);
    });
    t.test('types with names of their own', () => {
        const pair = [1, 'a'];
        t.equal(w.echo_pair(pair), pair);
        const f = (n) => `${n}`;
        t.equal(w.echo_function(f), f);
        t.equal([w.echo_function(undefined), w.echo_function(null)], [undefined, undefined]);
        t.equal(w.echo_pairs([pair, pair]), [pair, pair]);
        t.equal(w.echo_functions([f]), [f]);
    });

    t.test('static members', () => {
        const { Members } = w;
        Members.level = 9;
        t.equal(Members.level, 9);
        t.equal(Members.readOnly, 'static');
        t.throws(() => (Members.readOnly = 'x'), TypeError);
        t.equal(Members.makeTwo(3, undefined).map((m) => m.n), [3, undefined]);
        t.equal(Members.makeTwo(3, 4).map((m) => m.n), [3, 4]);
        t.equal(Members.maybe(0), undefined);
        t.equal(Members.maybe(1).n, 1);
        t.equal(Members.fallible(2).n, 2);
        t.throws(() => Members.fallible(0), Error, 'zero');
        t.ok(!('level' in new Members(1)), 'not on the instance');
    });
    t.test('members of instances', () => {
        const m = new w.Members(1);
        t.equal([m.n, `${m}`], [1, 'Members(1)']);
        m.n = 6;
        t.equal(m.n, 6);
        t.throws(() => (m.n = undefined), Error, 'no number');
        m.doubled = 8;
        t.equal([m.n, m.doubled], [16, undefined]);
        const other = m.add(1).add(2);
        t.equal(other.n, 19);
        t.throws(() => m.n, Error, 'null pointer passed to rust');
        other.free();
    });
    t.test('fields that are cloned', () => {
        const c = new w.Cloned('é');
        t.equal([c.text, c.maybe_text, c.value, c.thing, c.fixed, c.otherName, c.hidden], ['é', undefined, null, undefined, 'fixed', -7, undefined]);
        t.equal([c.list, c.maybe_list], [Float64Array.of(0.5), undefined]);
        const thing = new host.Thing('a', 1);
        const symbol = Symbol('s');
        Object.assign(c, { text: '', maybe_text: 'm', list: [1, 2], maybe_list: new Uint8Array(3), value: symbol, thing });
        t.equal([c.text, c.maybe_text, c.value, c.thing], ['', 'm', symbol, thing]);
        t.equal([c.list, c.maybe_list], [Float64Array.of(1, 2), new Uint8Array(3)]);
        Object.assign(c, { maybe_text: null, maybe_list: undefined, thing: undefined });
        t.equal([c.maybe_text, c.maybe_list, c.thing], [undefined, undefined, undefined]);
        t.throws(() => (c.fixed = 'x'), TypeError, undefined, 'readonly');
        t.throws(() => (c.otherName = 1), TypeError, undefined, 'readonly');
        c.free();
    });
    t.test('inspectable', () => {
        const i = new w.Inspected();
        t.equal(JSON.stringify(i), '{"a":-1,"b":0.5,"both":0.5}');
        t.equal(`${i}`, '{"a":-1,"b":0.5,"both":0.5}');
        i.b = undefined;
        t.equal(JSON.stringify(i), '{"a":-1,"both":0}');
        i.free();
    });
    t.test('what has no declaration works as well', () => t.equal(w.undeclared(5).v, 5));

    t.test('variable arguments', () => {
        t.equal(w.rest_values(7), [7]);
        t.equal(w.rest_values(7, null, t, 'x'), [7, null, t, 'x']);
        t.equal(w.rest_values.length, 1);
        t.equal([Math.abs(w.rest_numbers()), w.rest_numbers(1), w.rest_numbers(1, 2, 0.5)], [0, 1, 3.5]);
        t.equal([w.rest_strings(), w.rest_strings('a', 'é')], ['', 'a+é']);
        t.equal(w.rest_value(1, 'b', t), [1, 'b', t]);
        t.equal(w.rest_value(), []);
    });
    t.test('nothing is lost if a later argument is refused', () => {
        const b = new w.Members(1);
        const e = new w.Members(2);
        const good = ['a', b, 'c', [], e];
        for (const [at, bad] of [[1, {}], [2, 5], [2, '\ud800'], [3, null], [4, 'x']]) {
            if (at === 2 && bad !== 5 && t.minor < 92) continue;
            const args = good.with ? good.with(at, bad) : good.map((v, i) => (i === at ? bad : v));
            t.thrown(() => w.three_owned(...args), `argument ${at}`);
        }
        for (const bad of [5n, Symbol('number')]) t.thrown(() => b.add(bad), 'of a method that takes its object');
        t.equal(w.three_owned(...good), 'a 1 c 0 2');
    });
    t.test('memory is given back if a later argument is refused', () => {
        const b = new w.Members(1);
        const big = 'x'.repeat(1 << 20);
        const list = {
            length: 1,
            get 0() {
                throw t;
            },
        };
        const pages = w.wasm_memory().buffer.byteLength;
        for (let i = 0; i < 100; i++) {
            t.throwsValue(() => w.three_owned(big, b, 'c', list, b), t);
            t.thrown(() => w.three_owned(big, b, 5, [], b));
            t.thrown(() => w.two_strings(big, 5));
            t.thrown(() => w.str_repeat(big, 5n));
            t.throwsValue(() => w.many_lists(big, [1, 2, 3], ['a', {}, big], list), t);
        }
        t.ok(w.wasm_memory().buffer.byteLength < pages + (16 << 20), `memory grew from ${pages} to ${w.wasm_memory().buffer.byteLength}`);
        t.equal(w.many_lists('a', [0.5], ['b'], undefined), 'a [0.5] 1 None');
        t.equal([w.two_strings('a', 'é'), w.two_strings('a', undefined)], ['aé', 'a']);
        b.free();
    });
    if (t.minor >= 100) {
        t.test('described parameters', () => t.equal([w.described('a'), w.described('b'), w.described('a', 0)], [1, 2, 2]));
    }
    if (t.minor >= 114) {
        t.test('described optional parameters', () => t.equal([w.described_optional(), w.described_optional(2)], [undefined, 2]));
    }
    if (t.minor >= 107) {
        t.test('a private class', () => {
            t.equal(w.Concealed, undefined);
            const c = w.concealed(6);
            t.equal(c.v, 6);
            c.free();
        });
    }
}
