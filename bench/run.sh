#!/usr/bin/env bash
# The benchmark behind `make bench`: the tool against upstream's on large modules and on an application, nanoseconds per crossing in three runtimes, and
# sizes. Raw figures go to build/bench/; `--keep` makes them those of the project (bench/results/, README.md). About two hours on an
# idle machine.
#
#   bench/run.sh [--keep] [--only PARTS] [--runs N] [option of crossings.mjs…]
#
#   --only PARTS     of tool, app, crossings, arrays, sizes; comma-separated, default all. Implied by options of crossings.mjs: --runtime LIST,
#                    --version LIST, --row PATTERN, --clock cpu, for example
#                        bench/run.sh --runtime node --row 'string*' --runs 9
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../tools/env.sh"

out=$here/../build/bench
wasmbind=$(cd "$here/.." && pwd)/build/wasmbind
parts=tool,app,crossings,arrays,sizes
runs=9
keep=
options=()
while [ $# -gt 0 ]; do
    case $1 in
    --keep) keep=1; shift; continue ;;
    --only) parts=$2 ;;
    --runs) runs=$2 ;;
    --*) parts=crossings; options+=("$1" "$2") ;;
    *) echo "bench: $1?" >&2; exit 2 ;;
    esac
    shift 2
done
if [ -n "$keep" ] && [ ${#options[@]} -gt 0 ]; then
    echo "bench: only full runs are kept" >&2
    exit 2
fi

mkdir -p "$out"
rm -f "$out"/*.json
cc -O2 -std=gnu17 -Wall -Wextra -o "$out/measure" "$here/measure.c"
for part in ${parts//,/ }; do
    case $part in
    tool) "$NODE" "$here/tool.mjs" "$wasmbind" "$out/measure" "$out/tool.json" "$runs" bench/bigmodule --no-demangle ;;
    app) "$NODE" "$here/tool.mjs" "$wasmbind" "$out/measure" "$out/app.json" "$runs" tests/app/egui ;;
    crossings) "$NODE" "$here/crossings.mjs" --cli "$wasmbind" --launcher "$out/measure" --out "$out/crossings.json" --runs "$runs" "${options[@]}" ;;
    arrays) "$NODE" "$here/crossings.mjs" --set arrays --cli "$wasmbind" --launcher "$out/measure" --out "$out/arrays.json" --runs "$runs" ;;
    sizes) "$NODE" "$here/sizes.mjs" --cli "$wasmbind" --out "$out/sizes.json" ;;
    *) echo "bench: there is no part $part" >&2; exit 2 ;;
    esac
done
"$NODE" "$here/report.mjs" "$out"
if [ -n "$keep" ]; then
    mkdir -p "$here/results"
    cp "$out"/*.json "$here/results/"
    "$NODE" "$here/report.mjs" --write
fi
