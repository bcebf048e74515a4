// Checks and small conversions.

// @fragment assert_class
function _assertClass(instance, klass) {
    if (!(instance instanceof klass)) {
        throw new Error(`expected instance of ${klass.name}`);
    }
}

// @fragment assert_char
function _assertChar(code) {
    if (typeof code === 'number' && (code >= 0x110000 || (code >= 0xD800 && code < 0xE000))) {
        throw new Error(`expected a valid Unicode scalar value, found ${code}`);
    }
}

// The code point of a string's first character, which no lone surrogate has; of an empty string undefined.
// @fragment char_code needs assert_char
function charCodeOf(text) {
    const code = text.codePointAt(0);
    _assertChar(code);
    return code;
}

// @fragment assert_non_null
function _assertNonNull(value) {
    if (typeof value !== 'number' || value === 0) {
        throw new Error(`expected a number argument that is not 0, found ${value}`);
    }
}

// @fragment assert_num
function _assertNum(value) {
    if (typeof value !== 'number') {
        throw new Error(`expected a number argument, found ${typeof value}`);
    }
}

// @fragment assert_bool
function _assertBoolean(value) {
    if (typeof value !== 'boolean') {
        throw new Error(`expected a boolean argument, found ${typeof value}`);
    }
}

// @fragment assert_bigint
function _assertBigInt(value) {
    if (typeof value !== 'bigint') {
        throw new Error(`expected a bigint argument, found ${typeof value}`);
    }
}

// --debug: an import without `catch` threw.
// @fragment log_error
function logError(error) {
    let text;
    try {
        text = error instanceof Error ? `${error.message}\n\nStack:\n${error.stack}` : String(error);
    } catch (_) {
        text = '<failed to stringify thrown value>';
    }
    console.error('wasm-bindgen: imported JS function that was not marked as `catch` threw an error:', text);
}

// The accessors of a property, searched for along the prototype chain.
// @fragment property_descriptor
function getPropertyDescriptor(object, name) {
    for (; object; object = Object.getPrototypeOf(object)) {
        const descriptor = Object.getOwnPropertyDescriptor(object, name);
        if (descriptor) {
            return descriptor;
        }
    }
    return {};
}

// @fragment panic_error
class PanicError extends Error {}
Object.defineProperty(PanicError.prototype, 'name', { value: 'PanicError' });

// The text of any value for Rust's Debug (docs/upstream/intrinsics.md 5, the form since 0.2.130).
// @fragment debug_string
function debugString(value) {
    const type = typeof value;
    if (type === 'number' || type === 'boolean' || value === null || value === undefined) {
        return `${value}`;
    }
    if (type === 'string') {
        return JSON.stringify(value);
    }
    if (type === 'bigint') {
        return `${value}n`;
    }
    if (type === 'symbol') {
        return value.description === undefined ? 'Symbol' : `Symbol(${value.description})`;
    }
    if (type === 'function') {
        const name = value.name;
        return typeof name === 'string' && name.length > 0 ? `Function(${name})` : 'Function';
    }
    if (Array.isArray(value)) {
        return `[${Array.from(value, debugString).join(', ')}]`;
    }
    if (value instanceof Error) {
        return `${value.name}: ${value.message}\n${value.stack}`;
    }
    const text = Object.prototype.toString.call(value);
    const tag = /^\[object ([^\]]+)\]/.exec(text);
    if (tag === null) {
        return text;
    }
    if (tag[1] !== 'Object') {
        return tag[1];
    }
    try {
        return `Object(${JSON.stringify(value)})`;
    } catch (_) {
        return 'Object';
    }
}

// Intrinsics whose bodies are more than an expression (docs/upstream/intrinsics.md 3).

// @fragment checked_div
function checkedDiv(a, b) {
    try {
        return a / b;
    } catch (error) {
        if (error instanceof RangeError) {
            return error;
        }
        throw error;
    }
}

// @fragment try_into_number
function tryIntoNumber(value) {
    try {
        return +value;
    } catch (error) {
        return error;
    }
}

// @fragment closure_drop
function dropClosure(closure) {
    const state = closure.original;
    if (state.cnt-- === 1) {
        state.a = 0;
        return true;
    }
    return false;
}
