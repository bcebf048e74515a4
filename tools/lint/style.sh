#!/usr/bin/env bash
# Layout of the C sources. Usage: tools/lint/style.sh --check | --apply
set -euo pipefail
cd "$(dirname "$0")/../.."
format=$(command -v clang-format-19 || command -v clang-format) || { echo "style: clang-format is missing; run tools/setup.sh" >&2; exit 1; }
mapfile -t files < <(git ls-files --cached --others --exclude-standard -- 'src/**.[ch]' 'tools/**.c' 'tests/**.[ch]')
case "${1:---check}" in
--check) "$format" --dry-run -Werror "${files[@]}" ;;
--apply) "$format" -i "${files[@]}" ;;
*) echo "usage: $0 --check|--apply" >&2; exit 1 ;;
esac
