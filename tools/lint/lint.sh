#!/usr/bin/env bash
# All static checks. Usage: tools/lint/lint.sh [check…]; default: all of them. Exit status 1 if any finds something.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1

sources() { git ls-files --cached --others --exclude-standard -- 'src/**.[ch]' 'tools/**.c' 'tests/**.[ch]'; }
core() { git ls-files --cached --others --exclude-standard -- 'src/**.[ch]'; }

need() {
    command -v "$1" >/dev/null || { echo "lint: $1 is missing; run tools/setup.sh" >&2; exit 1; }
}

# Includes go downward only, and the names that crates give to things are data above bind (docs/architecture.md).
check_floors() {
    local found
    found=$(core | grep '^src/xform/' | xargs grep -nE '__wb|__externref|_placeholder_')
    [ -z "$found" ] || { echo "names of crates:"; echo "$found"; return 1; }
    core | awk -f tools/lint/floors.awk
}

# No function above 80 lines, 95 % within 40, no file above 800 lines. Tables may be long: lines that are part of a
# `case` or an initialiser do not count as code that must be read at once, so such functions are listed in long-functions.txt.
check_lengths() {
    need ctags
    core | xargs wc -l | awk '$2 != "total" && $1 > 800 { print $2 ": " $1 " lines, 800 allowed"; bad = 1 } END { exit bad }' || return 1
    core | grep '\.c$' | xargs ctags -x --c-kinds=f --_xformat='%{end} %n %N %F' |
        awk 'FNR == NR { allowed[$1] = 1; next }
             { n = $1 - $2 + 1; count[n]++; total++; if (n > longest) longest = n }
             n > 80 && !($3 in allowed) { print $4 ":" $2 ": function " $3 " has " n " lines, 80 allowed"; bad = 1 }
             END { for (n = 1; n <= 40; n++) short += count[n]
                   if (short < 0.95 * total) { printf "only %.1f %% of %d functions within 40 lines\n", 100 * short / total, total; bad = 1 }
                   exit bad }' tools/lint/long-functions.txt -
}

# Raw memory and unbounded string functions only in src/base; exit only in main and where memory ends.
check_banned() {
    local found
    found=$(core | grep -v '^src/base/' | xargs grep -nE '\b(malloc|calloc|realloc|free|strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|gets|alloca)\([^)]' |
        grep -vE '^[^:]*:[0-9]*: *(/?\*|//)')
    found+=$(core | grep -vE '^src/(cli/main|base/arena)\.c' | xargs grep -nE '\b(exit|_Exit|quick_exit)\(' | grep -vE '^[^:]*:[0-9]*: *(/?\*|//)')
    [ -z "$found" ] || { echo "banned calls:"; echo "$found"; return 1; }
}

check_format() { tools/lint/style.sh --check; }

check_cppcheck() {
    need cppcheck
    core | grep '\.c$' | xargs cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr -Isrc -Ibuild/generated \
        --suppress=missingIncludeSystem --suppress=preprocessorErrorDirective --error-exitcode=1 -j2
}

# The other compiler must like it too.
check_clang() {
    local clang
    clang=$(command -v clang-19 || command -v clang) || { echo "lint: clang is missing; run tools/setup.sh" >&2; return 1; }
    core | grep '\.c$' | xargs "$clang" -fsyntax-only -std=c17 -D_GNU_SOURCE -Isrc -Ibuild/generated -Wall -Wextra -Wpedantic -Wshadow \
        -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Werror
}

check_scripts() {
    local bad=0
    while read -r script; do bash -n "$script" || bad=1; done < <(git ls-files --cached --others --exclude-standard -- '*.sh' .ci/run)
    while read -r script; do node --check "$script" || bad=1; done < <(git ls-files --cached --others --exclude-standard -- 'tests/**.mjs' 'bench/**.mjs' 'examples/**.mjs')
    return "$bad"
}

# Words that must not stay, and paths of one machine.
check_words() {
    ! git grep -nIwE 'TODO|FIXME|XXX|HACK' -- src tools tests ':!tools/lint/lint.sh' ':!*package-lock.json' && ! git grep -nIE '(^|[^A-Za-z_])/(work|root)/' -- . ':!tools/lint/lint.sh'
}

status=0
checks=("$@")
[ $# -gt 0 ] || checks=(floors lengths banned format clang cppcheck scripts words)
for check in "${checks[@]}"; do
    if "check_$check"; then echo "lint $check: ok"; else echo "lint $check: FAILED"; status=1; fi
done
exit "$status"
