// Strings in and out (docs/upstream/abi.md 6, fast-paths.md 5).

// @fragment text_encoder(encode_test, encode_never)
const cachedTextEncoder = new TextEncoder();
// @if encode_test
if (!('encodeInto' in cachedTextEncoder)) {
    cachedTextEncoder.encodeInto = encodeIntoCopy;
}
// @end
// @if encode_test
// @needs encode_into_copy
// @end
// @if encode_never
cachedTextEncoder.encodeInto = encodeIntoCopy;
// @needs encode_into_copy
// @end

// What encodeInto does, for engines without it. `view` must have room for all of `arg`, unless its first bytes will do.
// @fragment encode_into_copy
function encodeIntoCopy(arg, view) {
    const bytes = cachedTextEncoder.encode(arg);
    if (bytes.length > view.length) {
        return { read: 0, written: 0 };
    }
    view.set(bytes);
    return { read: arg.length, written: bytes.length };
}

// A string object counts as its string. Anything else upstream would pass on unseen, and the module would read
// uninitialised memory; here it is an error (docs/differences.md).
// @fragment to_text(debug)
function toText(arg) {
// @if debug
    throw new Error(`expected a string argument, found ${typeof arg}`);
// @else
    if (arg instanceof String) {
        return String(arg);
    }
    throw new TypeError(`expected a string argument, found ${typeof arg}`);
// @end
}

// @fragment text_of needs to_text
function textOf(arg) {
    return typeof arg === 'string' ? arg : toText(arg);
}

// Copies a string into memory that the module will own; WASM_VECTOR_LEN is its length in bytes, and exactly that is allocated,
// because Rust frees with the length it is given. No view is held over malloc and realloc. A lone surrogate becomes U+FFFD.
// @fragment pass_string(malloc, realloc, has_realloc) needs vector_len, text_encoder, to_text, view_Uint8Array
function passStringToWasm(arg) {
    if (typeof arg !== 'string') {
        arg = toText(arg);
    }
    const length = arg.length;
// @if has_realloc
    // Text that begins with a character of three bytes is likely to go on like that.
    const wide = length >= 24 && arg.charCodeAt(0) >= 0x800;
    const room = wide ? length * 3 : length;
    let ptr = $malloc$(room, 1) >>> 0;
    let read = 0;
    let written = 0;
    if (length < 24) {
        const bytes = getUint8ArrayMemory();
        for (let code; read < length && (code = arg.charCodeAt(read)) < 0x80; read++) {
            bytes[ptr + read] = code;
        }
        written = read;
    } else {
        ({ read, written } = cachedTextEncoder.encodeInto(arg, getUint8ArrayMemory().subarray(ptr, ptr + room)));
    }
    let size = room;
    if (read !== length) {
        size = written + (length - read) * 3;
        ptr = $realloc$(ptr, room, size, 1) >>> 0;
        const rest = getUint8ArrayMemory().subarray(ptr + written, ptr + size);
        written += cachedTextEncoder.encodeInto(read === 0 ? arg : arg.slice(read), rest).written;
    }
    if (written !== size) {
        ptr = $realloc$(ptr, size, written, 1) >>> 0;
    }
    WASM_VECTOR_LEN = written;
// @else
    const bytes = cachedTextEncoder.encode(arg);
    const ptr = $malloc$(bytes.length, 1) >>> 0;
    getUint8ArrayMemory().set(bytes, ptr);
    WASM_VECTOR_LEN = bytes.length;
// @end
    return ptr;
}

// The result of an import: first the copy, which may grow memory, then the views.
// @fragment return_string needs pass_string, data_view
function returnString(retptr, text) {
    const ptr = passStringToWasm(text);
    const view = getDataViewMemory();
    view.setInt32(retptr >>> 0, ptr, true);
    view.setInt32((retptr >>> 0) + 4, WASM_VECTOR_LEN, true);
}

// @fragment text_decoder(safari)
let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
// @if safari
const MAX_DECODED_BYTES = 0x80000000 - 0x100000;
let decodedBytes = 0;
// @end

// Very short strings are put together from their characters: a decoder call costs as much as some ten of them.
// @fragment get_string(safari) needs text_decoder, view_Uint8Array
function getStringFromWasm(ptr, len) {
    const start = ptr >>> 0;
    const end = start + len;
    const bytes = getUint8ArrayMemory();
    if (len < 8) {
        let text = '';
        let at = start;
        for (let code; at < end && (code = bytes[at]) < 0x80; at++) {
            text += String.fromCharCode(code);
        }
        if (at === end) {
            return text;
        }
    }
// @if safari
    decodedBytes += len;
    if (decodedBytes >= MAX_DECODED_BYTES) {
        cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
        decodedBytes = len;
    }
// @end
    return cachedTextDecoder.decode(bytes.subarray(start, end));
}

// A string that the receiver owns: also freed.
// @fragment take_string(free) needs get_string
function takeStringFromWasm(ptr, len) {
    try {
        return getStringFromWasm(ptr, len);
    } finally {
        $free$(ptr, len, 1);
    }
}

// A string from Rust's cache of interned strings: pointer 0 means that `len` is a borrowed handle.
// @fragment get_cached_string needs get_handle, get_string
function getCachedStringFromWasm(ptr, len) {
    return ptr === 0 ? getHandle(len) : getStringFromWasm(ptr, len);
}

// @fragment take_cached_string needs get_handle, take_string
function takeCachedStringFromWasm(ptr, len) {
    return ptr === 0 ? getHandle(len) : takeStringFromWasm(ptr, len);
}
