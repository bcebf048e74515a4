// The program of wasm-bindgen issue 4352, the same in Node and in browsers: make n objects, pass them in one call, check the sum.

export const SIZES = [1, 1_000, 100_000, 1_000_000];

// What the sum of all fields must be: a = i, b = i / 2, c = 1 / 4.
const expected = (n) => ((n - 1) * n) / 2 + ((n - 1) * n) / 4 + n / 4;

function once(w, n) {
  const before = w.memory_bytes();
  const t0 = performance.now();
  const data = [];
  for (let i = 0; i < n; i++) data.push(new w.PartialTestData(i, i / 2, 0.25));
  const t1 = performance.now();
  const sum = w.process_data(data);
  const t2 = performance.now();
  if (sum !== expected(n)) throw new Error(`sum of ${n} objects is ${sum}, not ${expected(n)}`);
  return { n, make: ((t1 - t0) / n) * 1e6, pass: ((t2 - t1) / n) * 1e6, before, after: w.memory_bytes() };
}

// Nanoseconds per element to make and to pass them, bytes of wasm memory before and after. Small arrays are repeated and averaged.
export function measure(w) {
  return SIZES.map((n) => {
    const runs = [];
    for (let i = 0; i < Math.max(1, Math.min(1_000, 100_000 / n)); i++) runs.push(once(w, n));
    const mean = (key) => runs.reduce((total, run) => total + run[key], 0) / runs.length;
    return { n, make: mean('make'), pass: mean('pass'), before: runs[0].before, after: runs.at(-1).after };
  });
}
