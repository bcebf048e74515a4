// What a program of tests/targets/crate does, as plain data: the same for every target and either tool.

/** What is thrown, as text. */
function thrown(body) {
    try {
        return { returned: body() };
    } catch (e) {
        return e instanceof Error ? `${e.name}: ${e.message}` : { value: e };
    }
}

export function probe(w) {
    const counter = new w.Counter(5);
    const seen = {
        keys: Object.keys(w).sort(),
        incremented: [counter.increment(), counter.increment()],
        hypotenuse: w.hypotenuse(3, 4),
        copied: w.copy({ a: [1, 'é'] }),
        copyFails: thrown(() => w.copy(() => 1)).split(':')[0],
        reversed: w.reverse('añ😀'),
        sum: w.sum([new w.Counter(1), new w.Counter(2), counter]),
        deleted: (w.delete ?? w._delete)(),
        refused: thrown(() => w.refuse()),
        wrongClass: thrown(() => w.sum([counter])),
        started: w.started(),
        className: w.Counter.name,
    };
    if (w.use_inline) Object.assign(seen, { inline: w.use_inline('é'), local: w.use_local(7), raw: w.use_raw(7) });
    return seen;
}
