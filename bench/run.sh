#!/usr/bin/env bash
# The benchmark behind `make bench`. Usage: bench/run.sh [runs]; raw figures go to build/bench/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../tools/env.sh"
out=$here/../build/bench
mkdir -p "$out"
cc -O2 -std=gnu17 -Wall -Wextra -o "$out/measure" "$here/measure.c"
"$NODE" "$here/tool.mjs" "$here/../build/wasmbind" "$out/measure" "$out/tool.json" "${1:-9}"
