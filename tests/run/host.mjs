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

/** The class of the topic `shapes`; `total` is an accessor, `#size` shows whether a method got a real one. */
class Shape {
    static #total = 5;
    #size;
    maybe = undefined;
    'dashed-name' = 'first';

    constructor(...sizes) {
        this.#size = sizes.length > 1 ? sizes.reduce((a, b) => a + b) : sizes[0];
    }

    static get total() {
        return Shape.#total;
    }

    static set total(v) {
        Shape.#total = v;
    }

    static 'static-dashed'() {
        return `dashed ${this.name}`;
    }

    get size() {
        return this.#size;
    }

    set size(v) {
        this.#size = v;
    }

    get fragile() {
        if (this.#size < 0) throw this;
        return this.#size;
    }

    set fragile(v) {
        if (v === 13) throw new RangeError('thirteen');
        this.#size += v;
    }

    area(by) {
        return this.#size * by;
    }

    join(...rest) {
        return `${this.#size}:${rest.join(',')}`;
    }

    'dashed-method'(v) {
        return v + 1;
    }
}

class Square extends Shape {
    corners() {
        return 4;
    }
}

class Inner {
    constructor(v) {
        this.v = v;
    }

    static of(v) {
        return new this(v * 10);
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
        deeper: { Inner },
        'static-dashed': 77,
    };
    const host = { Thing, Shape, Square, deep, OLD_STATIC: Shape, NUMBER: -0.5, SHAPE: new Shape(99), PRESENT: 'é' };
    const permanent = new Set(Object.keys(host));
    globalThis.wbt = host;
    globalThis.wbtPlain = (a) => a + 1;
    globalThis.wbtOther = (a) => a + 2;
    globalThis.wbtStatic = 'plain static é';
    globalThis.webkitWbtPrefixed = Inner;
    const clear = () => {
        for (const key of Object.keys(host)) {
            if (!permanent.has(key)) delete host[key];
        }
    };
    return { host, clear };
}

/**
 * The host object for a package that looks functions up when it is loaded (upstream's up to 0.2.95), before a case assigns them: what is not
 * there is a function that calls what is there later. For none, the message is that of a call.
 */
export function forwarding(host) {
    const later = (wbt, name) => (...args) => {
        if (wbt[name] === undefined) throw new TypeError(`wbt.${name} is not a function`);
        return wbt[name](...args);
    };
    return new Proxy(host, { get: (wbt, name) => (name in wbt || typeof name !== 'string' ? wbt[name] : later(wbt, name)) });
}
