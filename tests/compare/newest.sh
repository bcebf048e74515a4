#!/usr/bin/env bash
# Builds the run-time suite with the newest wasm-bindgen on the registry and runs it in Node. Usage: tests/compare/newest.sh WASMBIND
# A report: the status is 0 whatever it says, unless the registry cannot be asked.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. tools/env.sh

# What cargo itself takes for a crate that accepts any.
probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
mkdir "$probe/src"
: >"$probe/src/lib.rs"
printf '[package]\nname = "probe"\nversion = "0.0.0"\n[dependencies]\nwasm-bindgen = "0.2"\n' >"$probe/Cargo.toml"
(cd "$probe" && "$CARGO" generate-lockfile --quiet)
version=$(grep -A 1 '^name = "wasm-bindgen"$' "$probe/Cargo.lock" | sed -n 's/^version = "\(.*\)"$/\1/p')
[ -n "$version" ] || {
    echo "newest: the registry names no version of wasm-bindgen" >&2
    exit 1
}
echo "newest wasm-bindgen: $version"
for mode in on off; do
    node tests/run/run.mjs --cli "$1" --version "$version" --externref "$mode" || echo "newest: $version, externref $mode: FAILED"
done
