// What the Rust programs import: the object `globalThis.wbt` and a few plain globals. Put up before the bound package is
// loaded. Cases assign functions to `wbt` as they need them; `clear` takes those away again after each case.

/** The imported class of the Rust side. */
class Thing {
    static made = 0;

    constructor(name, size) {
        if (size < 0) throw new RangeError(`negative size of ${name}`);
        this.name = name;
        this.size = size;
        Thing.made++;
    }

    static make(size) {
        return new Thing('made', size);
    }

    static countAll() {
        return Thing.made;
    }

    describe() {
        return `Thing(${this.name})`;
    }

    plus(n) {
        return new Thing(`${this.name}+`, this.size + n);
    }

    merge(other, last) {
        return new Thing(this.name + other.name + last.name, this.size + other.size + last.size);
    }

    renamedMethod() {
        return this.size + 0.5;
    }

    get renamedGetter() {
        return -this.size;
    }

    fail(message) {
        throw new TypeError(`${message} from ${this.name}`);
    }

    get failing() {
        throw this;
    }
}

/** Puts the globals up; returns the host object and the function that clears it. */
export function installHost() {
    const deep = {
        factor: 3,
        nested(a) {
            return a * this.factor;
        },
        'with-dash'(a) {
            return a - this.factor;
        },
    };
    const host = { Thing, deep };
    const permanent = new Set(Object.keys(host));
    globalThis.wbt = host;
    globalThis.wbtPlain = (a) => a + 1;
    globalThis.wbtOther = (a) => a + 2;
    const clear = () => {
        for (const key of Object.keys(host)) {
            if (!permanent.has(key)) delete host[key];
        }
    };
    return { host, clear };
}
