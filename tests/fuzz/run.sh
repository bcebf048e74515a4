#!/usr/bin/env bash
# Fuzzes each target for a time, under AddressSanitizer and UBSan, on one core. Usage: tests/fuzz/run.sh [SECONDS [TARGET…]]
#
# Starts from the checked-in corpus, from what earlier runs found (build-fuzz/found/), and for whole modules from small real ones, built here. An
# input that fails is kept as build-fuzz/TARGET-…, and the exit status is 1: mend the cause and put the input into tests/fuzz/corpus/TARGET/.
# Limits per input: 10 seconds, 1 GiB.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

seconds=${1:-180}
[ $# -lt 1 ] || shift
targets=("$@")
[ $# -gt 0 ] || targets=(parse meta descriptor demangle pipeline)

clang=$(command -v clang-19 || command -v clang) || { echo "fuzz: clang is missing; run tools/setup.sh" >&2; exit 1; }
cmake -G Ninja -S . -B build-fuzz -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_COMPILER="$clang" -DWASMBIND_ASAN=ON -DWASMBIND_FUZZ=ON >/dev/null
cmake --build build-fuzz --target fuzzers

# A module for the whole program ends in a byte that chooses the switches.
real_modules() {
    local version
    mkdir -p build-fuzz/real/parse build-fuzz/real/pipeline
    for version in 0.2.99 0.2.127 0.2.130; do
        cp "$(tools/build-module.sh tests/cli/tiny "$version")" "build-fuzz/real/parse/tiny-$version"
        { cat "build-fuzz/real/parse/tiny-$version" && printf '\1'; } >"build-fuzz/real/pipeline/tiny-$version"
        { cat "$(tools/build-module.sh tests/targets/crate "$version")" && printf '\1'; } >"build-fuzz/real/pipeline/targets-$version"
    done
}
real_modules

symbolizer=$(command -v llvm-symbolizer-19 || command -v llvm-symbolizer || true)
export ASAN_OPTIONS=external_symbolizer_path=$symbolizer UBSAN_OPTIONS=print_stacktrace=1:external_symbolizer_path=$symbolizer

status=0
options=()
for target in "${targets[@]}"; do
    mkdir -p "build-fuzz/found/$target"
    folders=("build-fuzz/found/$target" "tests/fuzz/corpus/$target")
    [ ! -d "build-fuzz/real/$target" ] || folders+=("build-fuzz/real/$target")
    [ ! -f "tests/fuzz/$target.dict" ] || options=(-dict="tests/fuzz/$target.dict")
    echo "== $target, $seconds s"
    nice -n 10 "build-fuzz/tests/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 \
        -print_final_stats=1 -artifact_prefix="build-fuzz/$target-" "${options[@]}" "${folders[@]}" >"build-fuzz/$target.log" 2>&1 || status=1
    tail -n 12 "build-fuzz/$target.log" | grep -E 'ERROR|SUMMARY|Test unit|exec_per_sec|number_of_executed|peak_rss' || tail -n 5 "build-fuzz/$target.log"
    options=()
done
exit "$status"
