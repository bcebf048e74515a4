# Reads file names; complains about includes that go upward or sideways (docs/architecture.md, "Floors").
BEGIN {
    split("base:0 demangle:1 wasm:2 meta:3 bind:4 xform:5 js:6 dts:6 pipeline:7 cli:8 runner:8", floors, " ")
    for (i in floors) { split(floors[i], pair, ":"); floor[pair[1]] = pair[2] }
}
function folder_of(path, parts, n) {
    n = split(path, parts, "/")
    if (n == 1) { sub(/\.[ch]$/, "", parts[1]); return parts[1] }
    return parts[1]
}
{
    file = $0
    own = file; sub(/^src\//, "", own); own = folder_of(own)
    while ((getline line < file) > 0) {
        number[file]++
        if (line !~ /^[ \t]*#[ \t]*include[ \t]*"/) continue
        split(line, quoted, "\"")
        other = folder_of(quoted[2])
        if (!(other in floor)) { print file ": include of \"" quoted[2] "\": unknown folder"; bad = 1 }
        else if (other != own && floor[other] >= floor[own]) {
            print file ":" number[file] ": " own " (floor " floor[own] ") must not include " quoted[2]; bad = 1 }
        # js and dts see bindings and the surface, never wasm bytes.
        else if ((own == "js" || own == "dts") && (other == "meta" || (other == "wasm" && quoted[2] != "wasm/module.h"))) {
            print file ":" number[file] ": " own " must not see " quoted[2]; bad = 1 }
    }
    close(file)
}
END { exit bad }
