// A local module of the topic `shapes`.

export function localConcat(a, b) {
    return `${a}|${b}`;
}

export function localFail(v) {
    if (v < 0) throw new RangeError(`${v} < 0`);
    return v === 0 ? undefined : v;
}
