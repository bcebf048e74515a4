// The targets that upstream's tool of a version has, and what of the suite they can do.

const SINCE = { nodejs: 0, web: 0, bundler: 0, 'no-modules': 0, 'experimental-nodejs-module': 93, deno: 0, module: 107 };

/** The targets of upstream's tool of 0.2.`minor`. */
export function targetsOf(minor) {
    return Object.keys(SINCE).filter((target) => SINCE[target] <= minor);
}

/** Target deno of upstream's has as little answer for some of the suite as target bundler. */
export const answeredLike = (target) => (target === 'deno' ? 'bundler' : target);
