#!/usr/bin/env bash
# Builds a Rust crate for wasm32-unknown-unknown with one exact version of wasm-bindgen; prints the path of the .wasm.
#
#   tools/build-module.sh CRATE_DIR WASM_BINDGEN_VERSION [--debug] [--features LIST] [--rustflags "FLAGS"]
#
#   --debug      cargo's dev profile; without it `cargo build --release`
#   --features   handed to cargo
#   --rustflags  more flags for rustc, such as "-Ctarget-feature=+simd128"
#
# The crate's Cargo.toml names the version by placeholders, each replaced by an exact requirement (`=0.2.N`):
#
#   [dependencies]
#   wasm-bindgen = "@WASM_BINDGEN@"
#   js-sys = "@JS_SYS@"                              the versions released together with it
#   web-sys = "@WEB_SYS@"
#   wasm-bindgen-futures = "@WASM_BINDGEN_FUTURES@"
#   wasm-bindgen-test = "@WASM_BINDGEN_TEST@"
#
# ("=@WASM_BINDGEN@" is accepted too.) It needs `crate-type = ["cdylib"]` and no dependency by relative path. A crate is copied
# into the cache, so nothing is written beside its sources. Its Cargo.lock is resolved afresh and kept next to the result. The
# result, called as cargo calls it, has a folder of its own, and is built once per sources, version, flags and compiler.
# Needs `tools/setup.sh rust`.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/env.sh"

die() {
    printf 'build-module: %s\n' "$*" >&2
    exit 1
}

usage() {
    die "usage: build-module.sh CRATE_DIR WASM_BINDGEN_VERSION [--debug] [--features LIST] [--rustflags FLAGS]"
}

# Prints the names of the crate's source files in $1, sorted, one per line: all but what other tools leave there, and scripts, pages
# and texts that lie beside Cargo.toml (snippets of JavaScript may).
list_sources() {
    (cd "$1" && find . \( -name target -o -name node_modules -o -name pkg -o -name .git \) -prune -o \
        -path './*/*' -type f -print -o -path './*.mjs' -o -path './*.html' -o -path './*.md' -o -path './*.sh' -o \
        -path ./Cargo.lock -o -type f -print | LC_ALL=C sort)
}

# Replaces the placeholders in the Cargo.toml $1 for wasm-bindgen 0.2.$2.
substitute_versions() {
    sed -i -e "s/=\{0,1\}@WASM_BINDGEN@/=0.2.$2/" \
        -e "s/=\{0,1\}@JS_SYS@/=0.3.$(($2 - 23))/" \
        -e "s/=\{0,1\}@WEB_SYS@/=0.3.$(($2 - 23))/" \
        -e "s/=\{0,1\}@WASM_BINDGEN_FUTURES@/=0.4.$(($2 - 50))/" \
        -e "s/=\{0,1\}@WASM_BINDGEN_TEST@/=0.3.$(($2 - 50))/" "$1"
    grep -q "=0\.2\.$2\"" "$1" || die "$crate/Cargo.toml does not say wasm-bindgen = \"@WASM_BINDGEN@\""
}

# Copies the sources into the new folder $1 and sets the versions there.
copy_crate() {
    local file
    rm -rf "$1"
    mkdir -p "$1"
    while IFS= read -r file; do
        mkdir -p "$1/${file%/*}"
        cp "$crate/$file" "$1/$file"
    done < <(list_sources "$crate")
    substitute_versions "$1/Cargo.toml" "$patch"
}

# Builds the copied crate in the folder $1 and makes the folder $2 with the result. The target folder is shared between versions,
# which overwrite each other's NAME.wasm, so it is locked until the result is copied away.
build() {
    local built
    exec 9>"$CARGO_TARGET_DIR/wasmbind.lock"
    flock 9
    built=$(cd "$1" && CARGO_INCREMENTAL=0 RUSTFLAGS="--cap-lints=warn $rustflags" "$CARGO" build --quiet \
        --lib --target wasm32-unknown-unknown --message-format=json-render-diagnostics "${cargo_flags[@]}" |
        grep '"reason":"compiler-artifact"' | grep -o '"[^"]*\.wasm"' | tail -n 1 | tr -d '"') ||
        die "cargo could not build $crate with wasm-bindgen $version"
    rm -rf "$2.new"
    mkdir "$2.new"
    cp "$built" "$1/Cargo.lock" "$2.new/"
    flock -u 9
    mv "$2.new" "$2"
}

[ $# -ge 2 ] || usage
crate=$(cd "$1" 2>/dev/null && pwd) || die "no such folder: $1"
version=$2
shift 2
case $version in
0.2.*[!0-9]* | 0.2.) die "not a version of wasm-bindgen: $version" ;;
0.2.*) patch=${version#0.2.} ;;
*) die "not a version of wasm-bindgen: $version" ;;
esac

profile=release
features=
rustflags=
while [ $# -gt 0 ]; do
    case $1 in
    --debug) profile=debug ;;
    --features)
        [ $# -ge 2 ] || usage
        features=$2
        shift
        ;;
    --rustflags)
        [ $# -ge 2 ] || usage
        rustflags=$2
        shift
        ;;
    *) usage ;;
    esac
    shift
done
cargo_flags=()
[ "$profile" = debug ] || cargo_flags+=(--release)
[ -z "$features" ] || cargo_flags+=(--features "$features")

[ -f "$crate/Cargo.toml" ] || die "no Cargo.toml in $crate"
[ -n "$WASMBIND_RUST" ] || die "no Rust toolchain for wasm32-unknown-unknown; run tools/setup.sh rust"

hash=$({
    (cd "$crate" && list_sources . | tr '\n' '\0' | xargs -0 sha256sum)
    "$RUSTC" -vV
    printf '%s\n' "$version" "$profile" "$features" "$rustflags"
} | sha256sum | cut -c 1-16)
name=$(basename "$crate")-$version-$profile-$hash
result=$WASMBIND_CACHE/modules/$name

if [ ! -d "$result" ]; then
    mkdir -p "$WASMBIND_CACHE/modules/work" "$CARGO_TARGET_DIR"
    work=$WASMBIND_CACHE/modules/work/$name
    # Two runs that want the same module: the second waits, then finds it built.
    exec 8>"$work.building"
    flock 8
    if [ ! -d "$result" ]; then
        copy_crate "$work"
        build "$work" "$result"
    fi
fi
printf '%s\n' "$result"/*.wasm
