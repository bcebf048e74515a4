// As much of the binary format as the suite needs to look into a module: sections, tables, target features.

const EXTERNREF = 0x6f;
const PLUS = 0x2b;
const MINUS = 0x2d;

/** The unsigned LEB128 at `at`: [value, position after it]. */
function leb(bytes, at) {
    let value = 0;
    let scale = 1;
    for (;;) {
        const byte = bytes[at++];
        value += (byte & 0x7f) * scale;
        if (byte < 0x80) return [value, at];
        scale *= 128;
    }
}

function text(bytes, at) {
    const [length, start] = leb(bytes, at);
    return [new TextDecoder().decode(bytes.subarray(start, start + length)), start + length];
}

/** Every section as {id, name (of custom sections), start, end}; `start` is after the name. */
export function sections(bytes) {
    const found = [];
    for (let at = 8; at < bytes.length; ) {
        const id = bytes[at];
        let [size, start] = leb(bytes, at + 1);
        const end = start + size;
        let name = '';
        if (id === 0) [name, start] = text(bytes, start);
        found.push({ id, name, start, end });
        at = end;
    }
    return found;
}

/** Whether the module defines a table of externref. */
export function hasExternrefTable(bytes) {
    const section = sections(bytes).find((s) => s.id === 4);
    if (!section) return false;
    let [count, at] = leb(bytes, section.start);
    for (; count > 0; count--) {
        if (bytes[at] === EXTERNREF) return true;
        const [flags, limits] = leb(bytes, at + 1);
        at = leb(bytes, limits)[1];
        if (flags & 1) at = leb(bytes, at)[1];
    }
    return false;
}

/** The positions of the prefix bytes in target_features: {name: position}. */
function features(bytes) {
    const section = sections(bytes).find((s) => s.name === 'target_features');
    const found = {};
    if (!section) return found;
    let [count, at] = leb(bytes, section.start);
    for (; count > 0; count--) {
        const [name, next] = text(bytes, at + 1);
        found[name] = at;
        at = next;
    }
    return found;
}

/** A copy of the module that says it was built without the feature `name`. */
export function withoutFeature(bytes, name) {
    const copy = bytes.slice();
    const at = features(copy)[name];
    if (at !== undefined && copy[at] === PLUS) copy[at] = MINUS;
    return copy;
}
