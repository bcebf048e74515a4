// Strings in and out (docs/upstream/abi.md 6, fast-paths.md 5).

// What encodeInto does is done here for engines without it. `view` must have room for all of `arg`, unless its first bytes will do.
// @fragment text_encoder(encode_test, encode_never)
const textEncoder = new TextEncoder();
// @if encode_test
// @needs encode_into_copy
if (!textEncoder.encodeInto) {
    textEncoder.encodeInto = encodeIntoCopy;
}
// @end
// @if encode_never
textEncoder.encodeInto = encodeIntoCopy;
// @needs encode_into_copy
// @end

// @fragment encode_into_copy
function encodeIntoCopy(arg, view) {
    const bytes = textEncoder.encode(arg);
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

// Copies a string into memory that the module will own; vectorLen is its length in bytes, and exactly that is allocated,
// because Rust frees with the length it is given. Short texts are copied by a loop: encodeInto costs as much as 150 characters of it in
// browsers, 24 elsewhere (docs/upstream/fast-paths.md 5). No view is held over malloc and realloc. A lone surrogate becomes U+FFFD.
// @fragment pass_string(malloc, realloc, has_realloc, slow_encoder) needs vector_len, text_encoder, to_text, view_Uint8Array
function passText(arg) {
    if (typeof arg !== 'string') {
        arg = toText(arg);
    }
// @if has_realloc
    const length = arg.length;
    // Text that begins with a character of several bytes is likely to go on like that.
    let room = arg.charCodeAt(0) >= 0x80 ? length * 3 : length;
    let ptr = $malloc$(room, 1) >>> 0;
    let read = 0;
// @if slow_encoder
    if (length < 150) {
// @else
    if (length < 24) {
// @end
        const bytes = memU8();
        for (let code; read < length && (code = arg.charCodeAt(read)) < 0x80; read++) {
            bytes[ptr + read] = code;
        }
    }
    let written = read;
    let full = written > 0;
    while (read < length) {
        if (full) {
            ptr = $realloc$(ptr, room, room = written + (length - read) * 3, 1) >>> 0;
        }
        const result = textEncoder.encodeInto(arg.slice(read), memU8().subarray(ptr + written, ptr + room));
        read += result.read;
        written += result.written;
        full = true;
    }
    if (written < room) {
        ptr = $realloc$(ptr, room, written, 1) >>> 0;
    }
    vectorLen = written;
// @else
    const bytes = textEncoder.encode(arg);
    const ptr = $malloc$(bytes.length, 1) >>> 0;
    memU8().set(bytes, ptr);
    vectorLen = bytes.length;
// @end
    return ptr;
}

// The result of an import: first the copy, which may grow memory, then the view.
// @fragment return_string needs pass_string, view_Uint32Array
function returnText(retptr, text) {
    const ptr = passText(text);
    const words = memU32();
    words[retptr >>>= 2] = ptr;
    words[retptr + 1] = vectorLen;
}

// @fragment return_optional_string needs return_string
function returnOptionalText(retptr, text) {
    if (text == null) {
        memU32()[retptr >>> 2] = 0;
    } else {
        returnText(retptr, text);
    }
}

// @fragment text_decoder(safari)
// @if safari
let textDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
let decodedBytes = 0;
// @else
const textDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
// @end

// Safari's decoders refuse to go on after 2 GiB. Very short strings are put together from their characters: a decoder call costs as much
// as some ten of them. Where the module reads no strings but its error messages, `reads_texts` is off.
// @fragment get_string(safari, reads_texts, memory)
// @if reads_texts
// @needs text_decoder, view_Uint8Array
function textAt(ptr, len) {
    ptr >>>= 0;
    const end = ptr + len;
    const bytes = memU8();
    if (len < 8) {
        let text = '';
        let at = ptr;
        while (at < end && bytes[at] < 0x80) {
            text += String.fromCharCode(bytes[at++]);
        }
        if (at === end) {
            return text;
        }
    }
// @if safari
    decodedBytes += len;
    if (decodedBytes >= 0x7FF00000) {
        textDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
        decodedBytes = len;
    }
// @end
    return textDecoder.decode(bytes.subarray(ptr, end));
}
// @else
function textAt(ptr, len) {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array($memory$.buffer, ptr >>> 0, len));
}
// @end

// A string that the receiver owns: also freed.
// @fragment take_string(free) needs get_string
function takeText(ptr, len) {
    try {
        return textAt(ptr, len);
    } finally {
        $free$(ptr, len, 1);
    }
}

// A string from Rust's cache of interned strings: pointer 0 means that `len` is a borrowed handle.
// @fragment get_cached_string needs get_handle, get_string
function cachedTextAt(ptr, len) {
    return ptr === 0 ? getHandle(len) : textAt(ptr, len);
}

// @fragment take_cached_string needs get_handle, take_string
function takeCachedText(ptr, len) {
    return ptr === 0 ? getHandle(len) : takeText(ptr, len);
}
