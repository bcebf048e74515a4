#!/usr/bin/env bash
# Builds upstream's command line tool (crate wasm-bindgen-cli) of one version, for comparing with; prints the path of `wasm-bindgen`.
#
#   tools/upstream-cli.sh VERSION          for example 0.2.99
#
# Built once, into the cache, from crates.io, with the versions that its own Cargo.lock names; with the newest fitting ones where the
# registry has not (or no longer) every version that the lock names. `wasm-bindgen-test-runner` and
# `wasm2es6js` are beside the printed program. Needs `tools/setup.sh rust`.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/env.sh"

die() {
    printf 'upstream-cli: %s\n' "$*" >&2
    exit 1
}

# Runs cargo install with the further options "$@".
install() {
    RUSTFLAGS=--cap-lints=warn CARGO_TARGET_DIR="$WASMBIND_CACHE/upstream/target" "$CARGO" install \
        --quiet --force --root "$root" --version "=$version" "$@" wasm-bindgen-cli
}

[ $# -eq 1 ] || die "usage: upstream-cli.sh VERSION"
version=$1
case $version in
'' | *[!0-9.]*) die "not a version: $version" ;;
esac

root=$WASMBIND_CACHE/upstream/$version
if [ ! -f "$root/complete" ]; then
    [ -n "$WASMBIND_RUST" ] || die "no Rust toolchain; run tools/setup.sh rust"
    mkdir -p "$WASMBIND_CACHE/upstream"
    exec 9>"$WASMBIND_CACHE/upstream/lock"
    flock 9
    log=$WASMBIND_CACHE/upstream/$version.log
    if [ ! -f "$root/complete" ]; then
        install --locked >"$log" 2>&1 || install >>"$log" 2>&1 || {
            tail -n 15 "$log" >&2
            die "cargo could not install wasm-bindgen-cli $version (whole output: $log)"
        }
        touch "$root/complete"
    fi
fi
printf '%s\n' "$root/bin/wasm-bindgen"
