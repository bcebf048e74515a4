"""Makes the source of one release out of crate/src/lib.rs (see its first comment).

Usage: tailor.py native|wasm NNN < lib.rs > tailored.rs
Left-out lines become empty, so that line numbers stay right.
"""

import re
import sys


def tailor(text, version, native):
    keep = True
    out = []
    for line in text.splitlines():
        marker = re.fullmatch(r"\s*//#(.*)", line)
        if marker:
            words = marker.group(1).split()
            keep = not words or in_range(words[0], version) and (native or "native" not in words)
        out.append(line if keep and not marker else "")
    return "\n".join(out) + "\n"


def in_range(text, version):
    low, high = text.split("..")
    return int(low or 0) <= version <= int(high or 999)


if __name__ == "__main__":
    sys.stdout.write(tailor(sys.stdin.read(), int(sys.argv[2]), sys.argv[1] == "native"))
