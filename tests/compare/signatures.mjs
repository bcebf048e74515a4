// TypeScript types of the functions that a module exports, from its binary: types, imports, functions and exports are read.

import { sections } from '../run/wasm-scan.mjs';

const VALUES = { 0x7f: 'number', 0x7e: 'bigint', 0x7d: 'number', 0x7c: 'number' };
const FUNCTION = 0;

/** A reader of one section. */
class Cursor {
    constructor(bytes, at) {
        Object.assign(this, { bytes, at });
    }

    byte() {
        return this.bytes[this.at++];
    }

    number() {
        let value = 0;
        for (let scale = 1; ; scale *= 128) {
            const byte = this.byte();
            value += (byte & 0x7f) * scale;
            if (byte < 0x80) return value;
        }
    }

    text() {
        const length = this.number();
        this.at += length;
        return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
    }

    list(read) {
        return Array.from({ length: this.number() }, () => read());
    }

    limits() {
        const flags = this.number();
        this.number();
        if (flags & 1) this.number();
    }

    /** A value type; a reference type other than its short form takes a heap type more. */
    value() {
        const code = this.byte();
        if (code === 0x63 || code === 0x64) this.number();
        return VALUES[code] ?? 'any';
    }

    functionType() {
        const form = this.byte();
        if (form !== 0x60) throw new Error(`a type of form ${form}`);
        return { params: this.list(() => this.value()), results: this.list(() => this.value()) };
    }

    /** The type index of an imported function, undefined for the other kinds. */
    import() {
        this.text();
        this.text();
        const kind = this.byte();
        if (kind === FUNCTION) return this.number();
        if (kind === 1) this.value();
        if (kind === 1 || kind === 2) this.limits();
        if (kind === 3) this.value();
        if (kind === 3 || kind === 4) this.byte();
        if (kind === 4) this.number();
        return undefined;
    }

    export() {
        return { name: this.text(), kind: this.byte(), index: this.number() };
    }
}

function describe({ params, results }) {
    const result = results.length === 0 ? 'void' : results.length === 1 ? results[0] : `[${results.join(', ')}]`;
    return `(${params.join(', ')}) => ${result}`;
}

/** {name: `(number, bigint) => void`} of the exported functions. */
export function signatures(bytes) {
    const all = sections(bytes);
    const read = (id, item) => {
        const section = all.find((s) => s.id === id);
        const cursor = section && new Cursor(bytes, section.start);
        return cursor ? cursor.list(() => item(cursor)) : [];
    };
    const types = read(1, (c) => c.functionType());
    const imported = read(2, (c) => c.import()).filter((t) => t !== undefined);
    const functions = [...imported, ...read(3, (c) => c.number())];
    const exported = read(7, (c) => c.export()).filter((e) => e.kind === FUNCTION);
    return Object.fromEntries(exported.map(({ name, index }) => [name, describe(types[functions[index]])]));
}

/** A type as the declarations write it, without the names of the parameters. */
export function withoutNames(type) {
    return type.replace(/^\((.*)\) =>/, (_, params) => `(${params.replace(/(^|, )\w+: /g, '$1')}) =>`);
}
