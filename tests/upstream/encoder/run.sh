#!/usr/bin/env bash
# Encodes crate/src/lib.rs with the attribute macro of upstream's own releases.
#
#   tests/upstream/encoder/run.sh OUTDIR [NNN...]        NNN: the release 0.2.NNN; default: all from 84 to 130
#
# For every release: OUTDIR/NNN.bin, the content of the section `__wasm_bindgen_unstable`, and OUTDIR/NNN.expect, what it
# must decode to (expect.py). Releases that do not exist on crates.io: 0.2.124, and 0.2.119 except for its `shared` crate.
# The encoded bytes are cached by the sources that they depend on. Needs `tools/setup.sh rust`, and crates.io once.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../../tools/env.sh"

[ $# -ge 1 ] || { echo "usage: run.sh OUTDIR [NNN...]" >&2; exit 1; }
[ -n "$WASMBIND_RUST" ] || { echo "encoder: no Rust toolchain; run tools/setup.sh rust" >&2; exit 1; }
out=$1
shift
versions=("$@")
[ $# -gt 0 ] || versions=({84..118} {120..123} {125..130})

key=$({
    "$RUSTC" -vV
    cat "$here"/{run.sh,tailor.py,macro/Cargo.toml,macro/src/lib.rs}
    find "$here/crate" -type f | LC_ALL=C sort | xargs cat
} | sha256sum | cut -c 1-16)
cache=$WASMBIND_CACHE/encoder
mkdir -p "$cache/$key" "$out"
# One run at a time: they share a target folder, where each release overwrites the macro of the one before.
exec 9>"$cache/lock"
flock 9

# Builds the macro against release $1 and lets rustc run it; writes $2.
encode() {
    local version=$1 result=$2 work=$cache/work features=()
    rm -rf "$work"
    cp -r "$here/macro" "$work"
    sed -i "s/@WASM_BINDGEN@/0.2.$version/" "$work/Cargo.toml"
    [ "$version" -lt 100 ] || features=(--features struct-marker)
    (cd "$work" && CARGO_TARGET_DIR=$cache/target "$CARGO" build --quiet -j2 "${features[@]}")
    python3 "$here/tailor.py" native "$version" <"$here/crate/src/lib.rs" >"$work/source.rs"
    printf 'encoder::run!();\n' |
        ENCODER_SOURCE=$work/source.rs ENCODER_OUT=$work/section.bin CARGO_CRATE_NAME=encoder_source \
            CARGO_MANIFEST_DIR=$here/crate CARGO_PKG_NAME=encoder-source CARGO_PKG_VERSION=0.1.0 \
            "$RUSTC" --edition 2021 --crate-type lib --crate-name unit --emit metadata -o "$work/unit.rmeta" \
            --extern "encoder=$cache/target/debug/libencoder.so" -
    mv "$work/section.bin" "$result"
}

for version in "${versions[@]}"; do
    [ -f "$cache/$key/$version.bin" ] || encode "$version" "$cache/$key/$version.bin" ||
        { echo "encoder: 0.2.$version failed" >&2; exit 1; }
    cp "$cache/$key/$version.bin" "$out/"
done
python3 "$here/expect.py" "$out" native "${versions[@]}"
