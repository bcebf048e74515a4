// What a package of tests/targets/crate, feature odd, computes.
export function probe(w) {
    return [w.use_odd(42), w.reverse('abc')];
}
