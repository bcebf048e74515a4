// What a program of tests/targets/crate-npm does.

export const probe = (w) => [w.use_npm(5), w.constant()];
