#!/usr/bin/env bash
# Builds, into the cache, what the tests share and what takes long: Rust modules and upstream's tool. Usage: tests/prepare.sh modules | upstream
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build() {
    tools/build-module.sh "$@" >/dev/null
}

modules() {
    local version
    # The run-time suite, and what is compared besides; each version of `make test`.
    for version in 0.2.89 0.2.92 0.2.99 0.2.100 0.2.127 0.2.130; do
        node tests/run/run.mjs --version "$version" --prepare
    done
    for version in 0.2.92 0.2.130; do
        node tests/compare/compare.mjs --version "$version" --prepare
    done
    for version in 0.2.92 0.2.99 0.2.127 0.2.130; do
        build tests/run/crate-names "$version"
        build tests/arrays/crate "$version"
    done
    for version in 0.2.99 0.2.100 0.2.127 0.2.130; do
        build examples/million "$version"
        build examples/million "$version" --debug
    done
    for version in 0.2.99 0.2.127 0.2.130; do
        build tests/targets/crate "$version" --features start
        build tests/targets/crate "$version" --features inline,local,raw,start
        build tests/targets/crate "$version" --features start --debug
        build tests/targets/crate-npm "$version"
        build tests/run/crate "$version" --features options,scalars,slices,strings,structs,vectors,results,values,enums,wide
    done
    build tests/targets/crate 0.2.130 --features odd
    build tests/arrays/crate 0.2.130 --debug
    build tests/cli/tiny 0.2.127
    build bench/crossings 0.2.127
    build bench/crossings 0.2.130
    build bench/bigmodule 0.2.127
    build bench/bigmodule 0.2.127 --debug
}

upstream() {
    local version
    for version in 0.2.92 0.2.99 0.2.127 0.2.130; do
        tools/upstream-cli.sh "$version" >/dev/null
    done
}

case "${1:-}" in
modules) modules ;;
upstream) upstream ;;
*) echo "usage: $0 modules | upstream" >&2; exit 1 ;;
esac
