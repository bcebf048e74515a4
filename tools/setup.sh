#!/usr/bin/env bash
# Installs whatever building and testing needs and this machine lacks.
#
#   tools/setup.sh [COMPONENT…]      build | rust | browsers | npm; all of them by default
#
#   build     C compilers, CMake, libraries, node, style and lint tools   (Debian packages)
#   rust      a Rust toolchain with a standard library for wasm32-unknown-unknown: the user's where it has one, otherwise
#             Debian's rustc-web, for which the library is built once from Debian's package of Rust's sources
#   browsers  Chromium and Firefox                                        (Debian packages)
#   npm       the packages of tools/npm/, in the cache (see tools/env.sh)
#
# Says one line per thing that it installs and nothing when there is nothing to do. Only `apt-get` and copying the Rust library
# into /usr/lib need root: they go through sudo when run by anybody else. Output of the installers: $WASMBIND_CACHE/setup.log
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/env.sh"
log=$WASMBIND_CACHE/setup.log

# Debian package and how to see that what it brings is there, from whatever source:
# cmd:PROGRAM, hdr:C-HEADER, rt:RUN-TIME-LIBRARY-OF-CLANG-19, file:PATH, rustc:PATH.
build_packages='
gcc                   cmd:gcc
libc6-dev             hdr:stdio.h
make                  cmd:make
cmake                 cmd:cmake
ninja-build           cmd:ninja
pkg-config            cmd:pkg-config
libjansson-dev        hdr:jansson.h
uthash-dev            hdr:uthash.h
libcmocka-dev         hdr:cmocka.h
libcurl4-openssl-dev  hdr:curl/curl.h
clang-19              cmd:clang-19
clang-format-19       cmd:clang-format-19
libclang-rt-19-dev    rt:libclang_rt.fuzzer*.a
cppcheck              cmd:cppcheck
universal-ctags       cmd:ctags
nodejs                cmd:node
python3               cmd:python3
npm                   cmd:npm
'
browser_packages='
chromium     cmd:chromium
firefox-esr  cmd:firefox-esr
'
rust_packages='
rustc-web     rustc:/usr/bin/rustc
cargo-web     file:/usr/bin/cargo
rust-web-src  file:/usr/lib/rustlib/src/rust/library/std/Cargo.toml
lld-19        file:/usr/lib/llvm-19/bin/wasm-ld
gcc           cmd:gcc
'

die() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

say() {
    printf 'setup: %s\n' "$*" >&2
}

# Runs "$@" with its output in the log; on failure shows the log's end and gives up, naming $1.
logged() {
    local what=$1
    shift
    printf '\n$ %s\n' "$*" >>"$log"
    if ! "$@" >>"$log" 2>&1; then
        tail -n 15 "$log" >&2
        die "$what failed (whole output: $log)"
    fi
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "needs root, and there is no sudo" >&2
        return 1
    fi
}

# Whether what the probe $1 stands for is there.
present() {
    local what=${1#*:}
    case $1 in
    cmd:*) command -v "$what" >/dev/null ;;
    hdr:*) printf '#include <%s>\n' "$what" | gcc -E - >/dev/null 2>&1 ;;
    rt:*) compgen -G "$(clang-19 -print-resource-dir 2>/dev/null)/lib/*/$what" >/dev/null ;;
    file:*) [ -e "$what" ] ;;
    rustc:*) wasmbind_rustc_is_new "$what" ;;
    *) die "no such probe: $1" ;;
    esac
}

# Installs those of the packages in the table $1 whose probe fails.
install_packages() {
    local package probe
    local -a missing=() probes=()
    while read -r package probe; do
        if [ -n "$package" ] && ! present "$probe"; then
            missing+=("$package")
            probes+=("$probe")
        fi
    done <<<"$1"
    [ ${#missing[@]} -gt 0 ] || return 0

    command -v apt-get >/dev/null || die "missing, and there is no apt-get to install it: ${missing[*]}"
    say "installing ${missing[*]}"
    logged "apt-get update" as_root apt-get update -qq -o DPkg::Lock::Timeout=600
    logged "installing ${missing[*]}" as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends --no-remove -o DPkg::Lock::Timeout=600 "${missing[@]}"
    hash -r
    for probe in "${probes[@]}"; do
        present "$probe" || die "still missing after installing ${missing[*]}: $probe"
    done
}

# Whether the chosen rustc can really use its library for wasm32 (one left by an older rustc is refused by the compiler).
wasm32_library_works() {
    [ -n "$WASMBIND_RUST" ] || return 1
    local out status=0
    out=$(mktemp -d)
    printf 'pub fn f() -> Vec<u8> { std::vec::Vec::new() }\n' |
        "$RUSTC" --target wasm32-unknown-unknown --crate-type lib --emit metadata -o "$out/probe.rmeta" - >>"$log" 2>&1 ||
        status=1
    rm -r "$out"
    return $status
}

# Builds Rust's standard library for wasm32 from Debian's package of its sources, into rustc-web's own folder.
build_wasm32_library() {
    local work libdir
    say "building Rust's standard library for wasm32-unknown-unknown (a minute)"
    work=$(mktemp -d "$WASMBIND_CACHE/std.XXXXXX")
    mkdir "$work/src"
    : >"$work/src/lib.rs"
    printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n' >"$work/Cargo.toml"
    logged "building Rust's standard library" env -C "$work" -u RUSTFLAGS -u RUSTC_WRAPPER RUSTC_BOOTSTRAP=1 \
        RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc CARGO_TARGET_DIR="$work/target" \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=/usr/lib/llvm-19/bin/wasm-ld \
        /usr/bin/cargo build --release -Zbuild-std=std,panic_abort,panic_unwind,test,proc_macro --target wasm32-unknown-unknown
    rm "$work"/target/wasm32-unknown-unknown/release/deps/libempty-*
    libdir=$(/usr/bin/rustc --print target-libdir --target wasm32-unknown-unknown)
    logged "copying Rust's standard library" as_root mkdir -p "$libdir"
    logged "copying Rust's standard library" as_root find "$libdir" -name '*.rlib' -delete
    logged "copying Rust's standard library" \
        as_root cp "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib "$libdir/"
    rm -r "$work"
}

setup_build() {
    install_packages "$build_packages"
}

setup_browsers() {
    install_packages "$browser_packages"
}

setup_rust() {
    if [ "$WASMBIND_RUST" = user ] && wasm32_library_works; then
        return 0
    fi
    unset RUSTC RUSTDOC CARGO
    install_packages "$rust_packages"
    wasmbind_choose_rust
    if ! wasm32_library_works; then
        build_wasm32_library
        wasmbind_choose_rust
        wasm32_library_works || die "rustc cannot use the standard library that was built for wasm32 (see $log)"
    fi
}

# Installs the npm packages, exactly as locked, when the lock is not the one last installed.
setup_npm() {
    local folder=$WASMBIND_CACHE/npm wanted
    install_packages $'nodejs cmd:node\nnpm cmd:npm'
    wanted=$(cat "$here/npm/package.json" "$here/npm/package-lock.json" | sha256sum)
    if [ "$(cat "$folder/installed" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    say "installing npm packages"
    mkdir -p "$folder"
    rm -f "$folder/installed"
    cp "$here/npm/package.json" "$here/npm/package-lock.json" "$folder/"
    logged "npm ci" npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-update-notifier
    printf '%s\n' "$wanted" >"$folder/installed"
}

main() {
    local component
    local -a components=("$@")
    [ $# -gt 0 ] || components=(build rust browsers npm)
    for component in "${components[@]}"; do
        case $component in
        build | rust | browsers | npm) ;;
        *) die "no component is called '$component' (build, rust, browsers, npm)" ;;
        esac
    done

    mkdir -p "$WASMBIND_CACHE"
    exec 9>"$WASMBIND_CACHE/setup.lock"
    flock 9
    : >"$log"
    for component in "${components[@]}"; do
        "setup_$component"
    done
}

main "$@"
