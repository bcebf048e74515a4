// Arrays of numbers and of handles (docs/upstream/abi.md 6, detach.md 4.2 and 4.3).

// Into memory that the module will own. The elements of a plain array go one by one: each is fetched and converted (either may run
// the module) before the view is. Of longer ones the engine copies all at once; if that ran something that grew memory, the copy is
// lost, which shows in the view's length, and is made again. What is neither that nor a typed array of a fitting class is copied into one first. Should `arg` be
// a view of wasm memory, malloc may detach it: then it is made anew. Nobody is trusted about a length: typed arrays have theirs taken
// from the engine, and the room of others is zeroed, since they may turn out shorter than they said.
// @fragment pass_bytes(malloc) needs vector_len, typed_length, view_$class$, pass_elements_$class$
// @each class = Int8Array, Uint8Array
function pass$class$ToWasm(arg) {
    if (!(ArrayBuffer.isView(arg) && arg.BYTES_PER_ELEMENT === 1)) {
        if (Array.isArray(arg)) {
            return pass$class$Elements(arg);
        }
        arg = $class$.from(arg);
    }
    const length = typedLength.call(arg);
    const offset = arg.byteOffset;
    const ptr = $malloc$(length, 1) >>> 0;
    const memory = get$class$Memory();
    memory.set(typedLength.call(arg) === length ? arg : new $class$(memory.buffer, offset, length), ptr);
    WASM_VECTOR_LEN = length;
    return ptr;
}

// @fragment typed_length
const typedLength = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length').get;

// @fragment pass_array(malloc) needs vector_len, typed_length, view_$class$, pass_elements_$class$
// @each class size shift = Int16Array 2 1, Uint16Array 2 1, Int32Array 4 2, Uint32Array 4 2, BigInt64Array 8 3, BigUint64Array 8 3, Float32Array 4 2, Float64Array 8 3
function pass$class$ToWasm(arg) {
    if (!(arg instanceof $class$)) {
        if (Array.isArray(arg)) {
            return pass$class$Elements(arg);
        }
        arg = $class$.from(arg);
    }
    const length = typedLength.call(arg);
    const offset = arg.byteOffset;
    const ptr = $malloc$(length * $size$, $size$) >>> 0;
    const memory = get$class$Memory();
    memory.set(typedLength.call(arg) === length ? arg : new $class$(memory.buffer, offset, length), ptr >>> $shift$);
    WASM_VECTOR_LEN = length;
    return ptr;
}

// @fragment pass_elements(malloc) needs vector_len, view_$class$, to_$kind$, length_of
// @each class size shift kind zero = Int8Array 1 0 number 0, Uint8Array 1 0 number 0, Int16Array 2 1 number 0, Uint16Array 2 1 number 0, Int32Array 4 2 number 0, Uint32Array 4 2 number 0, BigInt64Array 8 3 bigint 0n, BigUint64Array 8 3 bigint 0n, Float32Array 4 2 number 0, Float64Array 8 3 number 0
function pass$class$Elements(array) {
    const length = lengthOf(array, $size$);
    const ptr = $malloc$(length * $size$, $size$) >>> 0;
    const start = ptr >>> $shift$;
    let done = 0;
    if (length > 16) {
        const room = get$class$Memory().subarray(start, start + length);
        room.fill($zero$);
        room.set(array);
        done = room.length;
    }
    for (let i = done; i < length; i++) {
        const item = array[i];
        const value = typeof item === '$kind$' ? item : $kind$Of(item);
        get$class$Memory()[start + i] = value;
    }
    WASM_VECTOR_LEN = length;
    return ptr;
}

// @fragment to_number
function numberOf(item) {
    return +item;
}

// @fragment to_bigint
function bigintOf(item) {
    return BigInt.asIntN(64, item);
}

// The length of anything array-like, of elements of `size` bytes. Sizes reach the module modulo 2 to the power of 32.
// @fragment length_of
function lengthOf(array, size) {
    const length = Math.trunc(array.length);
    if (length < 0 || length * size > 0xFFFFFFFF) {
        throw new RangeError('array too long for wasm memory');
    }
    return length || 0;
}

// A live view, for a callee that uses it at once.
// @fragment get_array needs view_$class$
// @each class shift = Int8Array 0, Uint8Array 0, Uint8ClampedArray 0, Int16Array 1, Uint16Array 1, Int32Array 2, Uint32Array 2, BigInt64Array 3, BigUint64Array 3, Float32Array 2, Float64Array 3
function get$class$FromWasm(ptr, len) {
    const start = ptr >>> $shift$;
    return get$class$Memory().subarray(start, start + (len >>> 0));
}

// A copy of an array that the receiver owns, which is freed.
// @fragment take_array(free) needs view_$class$
// @each class shift size = Int8Array 0 1, Uint8Array 0 1, Uint8ClampedArray 0 1, Int16Array 1 2, Uint16Array 1 2, Int32Array 2 4, Uint32Array 2 4, BigInt64Array 3 8, BigUint64Array 3 8, Float32Array 2 4, Float64Array 3 8
function take$class$FromWasm(ptr, len) {
    const start = ptr >>> $shift$;
    const copy = get$class$Memory().slice(start, start + (len >>> 0));
    $free$(ptr, len * $size$, $size$);
    return copy;
}

// --debug: what a value is, for messages; of an object its class.
// @fragment kind_of
function kindOf(value) {
    if (value === null) {
        return 'null';
    }
    return typeof value === 'object' ? Object.prototype.toString.call(value).slice(8, -1) : typeof value;
}

// --debug: an array or something like it, as the youngest tool of upstream demands; `expected` says what for.
// @fragment assert_array needs kind_of
function _assertArray(arg, expected) {
    if (typeof arg !== 'object' || arg === null || typeof arg.length !== 'number') {
        throw new Error(`expected ${expected}, found ${kindOf(arg)}`);
    }
}

// What the module writes back to, by a call that comes when it has run: a view of its own memory may be detached by then, so its place is
// kept instead.
// @fragment write_back_target needs view_Uint8Array
function writeBackTarget(array) {
    if (array === undefined || array === null || array.buffer !== getUint8ArrayMemory().buffer) {
        return array;
    }
    return {
        get buffer() {
            return getUint8ArrayMemory().buffer;
        },
        byteOffset: array.byteOffset,
        byteLength: array.byteLength,
    };
}

// Checks an array that the module will write back to, byte by byte: only a typed array with elements of the right size and kind can be.
// @fragment assert_typed_array(debug)
// @if debug
// @needs kind_of
function _assertTypedArray(arg, size, expected) {
    const found = kindOf(arg);
    const fits = ArrayBuffer.isView(arg) && arg.BYTES_PER_ELEMENT === size;
    if (!fits || found.startsWith('Float') !== expected.startsWith('Float')) {
        throw new Error(`expected ${expected}, found ${found}`);
    }
}
// @else
function _assertTypedArray(arg, size, expected) {
    const fits = ArrayBuffer.isView(arg) && arg.BYTES_PER_ELEMENT === size;
    if (!fits || arg[Symbol.toStringTag].startsWith('Float') !== expected.startsWith('Float')) {
        throw new TypeError(`expected a typed array like ${expected}`);
    }
}
// @end

// An array of any values, as handles. The length is read once; for each element first the element (it may be a getter), then its
// handle (which may grow memory), then the view.
// @fragment pass_handles(malloc) needs vector_len, add_handle, view_Uint32Array, length_of
function passArrayJsValueToWasm(array) {
    const length = lengthOf(array, 4);
    const ptr = $malloc$(length * 4, 4) >>> 0;
    const start = ptr >>> 2;
    for (let i = 0; i < length; i++) {
        const handle = addHandle(array[i]);
        getUint32ArrayMemory()[start + i] = handle;
    }
    WASM_VECTOR_LEN = length;
    return ptr;
}

// Neither reading nor taking a handle can grow memory, so one view serves the loop.
// @fragment get_handles needs get_handle, view_Uint32Array
function getArrayJsValueFromWasm(ptr, len) {
    const start = ptr >>> 2;
    const handles = getUint32ArrayMemory();
    const result = [];
    for (let i = 0; i < len; i++) {
        result.push(getHandle(handles[start + i]));
    }
    return result;
}

// @fragment take_handles(externref, drop_slice, free) needs view_Uint32Array
// @if externref
// @needs get_handles
function takeArrayJsValueFromWasm(ptr, len) {
    const result = getArrayJsValueFromWasm(ptr, len);
    $drop_slice$(ptr, len);
    $free$(ptr, len * 4, 4);
    return result;
}
// @else
// @needs take_handle
function takeArrayJsValueFromWasm(ptr, len) {
    const start = ptr >>> 2;
    const handles = getUint32ArrayMemory();
    const result = [];
    for (let i = 0; i < len; i++) {
        result.push(takeHandle(handles[start + i]));
    }
    $free$(ptr, len * 4, 4);
    return result;
}
// @end

// An array of other values in cells (docs/upstream/descriptors.md 11.7), each of one number of `size` bytes: first the element is
// converted, which may run anything, then the view is made.
// @fragment pass_cells(malloc) needs vector_len, data_view, length_of
function passCellsToWasm(array, size, convert) {
    const length = lengthOf(array, size);
    const ptr = $malloc$(length * size, size) >>> 0;
    for (let i = 0; i < length; i++) {
        const word = convert(array[i]);
        const view = getDataViewMemory();
        if (size === 8) {
            view.setFloat64(ptr + i * 8, word, true);
        } else {
            view.setInt32(ptr + i * 4, word, true);
        }
    }
    WASM_VECTOR_LEN = length;
    return ptr;
}

// What `read` makes of the words of a cell cannot enter wasm, so one view serves the loop. The buffer was made for this crossing.
// @fragment take_cells(free) needs data_view
function takeCellsFromWasm(ptr, len, size, align, read) {
    const start = ptr >>> 0;
    const view = getDataViewMemory();
    const result = [];
    for (let i = 0; i < len; i++) {
        result.push(read(view, start + i * size));
    }
    $free$(ptr, len * size, align);
    return result;
}
