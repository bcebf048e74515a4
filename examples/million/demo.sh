#!/usr/bin/env bash
# The demonstration behind `make demo`. Usage: examples/million/demo.sh WASMBIND [version…]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../tools/env.sh"
exec "$NODE" "$here/demo.mjs" "$@"
