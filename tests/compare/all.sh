#!/usr/bin/env bash
# Compares our output with upstream's for every version that the suite covers. Usage: tests/compare/all.sh WASMBIND
# A version whose tool cannot be built here is named and counts as a failure.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

status=0
for version in 0.2.89 0.2.92 0.2.93 0.2.95 0.2.97 0.2.99 0.2.100 0.2.101 0.2.104 0.2.106 0.2.114 0.2.117 0.2.118 0.2.121 0.2.127 0.2.129 \
    0.2.130; do
    if tools/upstream-cli.sh "$version" >/dev/null; then
        node tests/compare/compare.mjs --cli "$1" --version "$version" || status=1
        ARRAYS_VERSIONS=$version WASMBIND_BUILD=$(dirname "$1") node --expose-gc --test tests/arrays/arrays.test.mjs || status=1
        node tests/compare/behaviour.mjs --cli "$1" --version "$version" --every-target || status=1
    else
        echo "$version: upstream's tool could not be built"
        status=1
    fi
done
exit $status
