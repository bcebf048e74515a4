#!/usr/bin/env bash
# Builds the program of `crate/`, natively, in the cache; prints its path. Needs `tools/setup.sh rust`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../tools/env.sh"
[ -n "$WASMBIND_RUST" ] || { echo "$0: no Rust toolchain; run tools/setup.sh rust" >&2; exit 1; }
work=$WASMBIND_CACHE/demangle
mkdir -p "$work"
exec 9>"$work/lock"
flock 9
rm -rf "$work/crate"
cp -r "$here/crate" "$work/crate" # cargo writes a Cargo.lock beside the sources
(cd "$work/crate" && CARGO_TARGET_DIR=$work/target "$CARGO" build --quiet --release)
printf '%s\n' "$work/target/release/demangle-check"
