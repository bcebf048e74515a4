export function odd_half(v) {
    return v / 2;
}
