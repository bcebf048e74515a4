#!/usr/bin/env bash
# Holds `wasmbind inspect --programs` against upstream's own encoder.
#
#   tests/upstream/encoder/check.sh WASMBIND [NNN...]
#
# Each section that run.sh encodes is wrapped into a module and must decode to the values of the Rust source. Then the same
# for modules that rustc built from that source, of the releases in `modules` (those that NNN... names, if given). Status 1 on any
# difference.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
modules=(92 99 127 130)

[ $# -ge 1 ] || { echo "usage: check.sh WASMBIND [NNN...]" >&2; exit 1; }
wasmbind=$1
shift
if [ $# -gt 0 ]; then
    mapfile -t modules < <(printf '%s\n' "${modules[@]}" | grep -xF -f <(printf '%s\n' "$@"))
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/run.sh" "$work/native" "$@"

mkdir "$work/wasm"
for version in "${modules[@]}"; do
    crate=$work/encoder-$version
    cp -r "$here/crate" "$crate"
    python3 "$here/tailor.py" wasm "$version" <"$here/crate/src/lib.rs" >"$crate/src/lib.rs"
    module=$("$here/../../../tools/build-module.sh" "$crate" "0.2.$version")
    cp "$module" "$work/wasm/$version.wasm"
done
python3 "$here/expect.py" "$work/wasm" wasm "${modules[@]}"

python3 "$here/compare.py" "$wasmbind" "$work/native" "$work/wasm"
