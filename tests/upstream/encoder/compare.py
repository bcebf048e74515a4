"""Compares what `wasmbind inspect --programs` prints with the expectations of expect.py.

Usage: compare.py WASMBIND NATIVE_DIR WASM_DIR

NATIVE_DIR: NNN.bin (content of the section) and NNN.expect, all entries in order.
WASM_DIR: NNN.wasm and NNN.expect; the module also has entries of other crates, and
the order is the linker's, so the entries of our crate are compared as a set.
A `*` in an expectation stands for any text within the string.
"""

import pathlib
import re
import subprocess
import sys

SECTION = b"__wasm_bindgen_unstable"
OURS = re.compile(r'^ *unique_crate_identifier "encoder-source-[0-9a-f]{16}"$', re.M)


def leb(n):
    out = b""
    while n > 0x7F:
        out += bytes([n & 0x7F | 0x80])
        n >>= 7
    return out + bytes([n])


def wrap(section):
    """The smallest module with that section."""
    body = leb(len(SECTION)) + SECTION + section
    return b"\0asm\x01\0\0\0\0" + leb(len(body)) + body


def inspect(wasmbind, path):
    done = subprocess.run([wasmbind, "inspect", "--programs", path], capture_output=True)
    if done.returncode != 0:
        raise ValueError("inspect failed: " + done.stderr.decode(errors="replace").strip())
    return done.stdout.decode()


def same_line(want, got):
    if "*" not in want:
        return want == got
    return re.fullmatch('[^"]*'.join(map(re.escape, want.split("*"))), got) is not None


def first_difference(want, got):
    """Index of the first line that differs, None if there is none."""
    for i, (w, g) in enumerate(zip(want, got)):
        if not same_line(w, g):
            return i
    return None if len(want) == len(got) else min(len(want), len(got))


def report(want, got, at):
    line = lambda lines: lines[at] if at < len(lines) else "(the end)"
    context = "".join("\n      " + text for text in want[max(0, at - 3) : at])
    return "line %d:%s\n    - %s\n    + %s" % (at + 1, context, line(want), line(got))


def compare_all(want, got):
    want, got = want.splitlines(), got.splitlines()
    at = first_difference(want, got)
    return [] if at is None else [report(want, got, at)]


def entries(text):
    """The entries as lists of lines, without their numbers."""
    return [part.splitlines()[1:] for part in re.split(r"^(?=entry )", text, flags=re.M) if part]


def compare_set(want, got):
    """Each entry of `want` must have one of our crate's in `got`, and none be left over."""
    left = [e for e in entries(got) if OURS.search("\n".join(e))]
    problems = []
    for number, entry in enumerate(entries(want)):
        found = next((e for e in left if first_difference(entry, e) is None), None)
        if found is not None:
            left.remove(found)
            continue
        near = max(left, key=lambda e: first_difference(entry, e) or 0, default=[])
        problems.append("entry %d is missing; nearest: %s" % (number, report(entry, near, first_difference(entry, near) or 0)))
    problems += ["not expected:\n" + "\n".join(e) for e in left]
    return problems


def check(wasmbind, expectation, module, compare):
    try:
        return compare(expectation.read_text(), inspect(wasmbind, module))
    except ValueError as error:
        return [str(error)]


def main(wasmbind, native, wasm):
    good = total = 0
    for folder, compare in ((native, compare_all), (wasm, compare_set)):
        for expectation in sorted(pathlib.Path(folder).glob("*.expect"), key=lambda p: int(p.stem)):
            module = expectation.with_suffix(".wasm")
            if compare is compare_all:
                module.write_bytes(wrap(expectation.with_suffix(".bin").read_bytes()))
            problems = check(wasmbind, expectation, module, compare)
            kind = "encoder" if compare is compare_all else "module"
            for problem in problems[:3]:
                print("0.2.%s %s: %s" % (expectation.stem, kind, problem))
            good += not problems
            total += 1
    print("metadata: %d of %d as upstream encodes it" % (good, total))
    return 0 if good == total and total > 0 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
