export function local_twice(v) {
    return 2 * v;
}

export class LocalClass {
    constructor(v) {
        this.v = v;
    }

    get doubled() {
        return 2 * this.v;
    }
}
