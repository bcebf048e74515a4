// Arrays of numbers and of handles (docs/upstream/abi.md 6, detach.md 4.2 and 4.3).

// Into memory that the module will own. What is no such array is copied into one first, which may run anything. Should `arg` be a view
// of wasm memory, malloc may detach it: then it is made anew. Nobody is trusted about a length: the engine tells it. A function for each
// class, since constants are worth a fifth of the time of a short array.
// @fragment pass_array(malloc) needs vector_len, typed_length, typed_from
// @each class short size = Int8Array I8 1, Uint8Array U8 1, Uint8ClampedArray U8c 1, Int16Array I16 2, Uint16Array U16 2, Int32Array I32 4, Uint32Array U32 4, BigInt64Array I64 8, BigUint64Array U64 8, Float32Array F32 4, Float64Array F64 8
function pass$short$(arg) {
    if (!(arg instanceof $class$)) {
        arg = typedFrom(arg, $class$);
    }
    const length = typedLength.call(arg), offset = arg.byteOffset;
    const ptr = $malloc$(length * $size$, $size$) >>> 0, memory = mem$short$();
    memory.set(typedLength.call(arg) === length ? arg : new $class$(memory.buffer, offset, length), ptr / $size$);
    vectorLen = length;
    return ptr;
}

// @fragment typed_from
function typedFrom(arg, Class) {
    return Array.isArray(arg) || ArrayBuffer.isView(arg) ? new Class(arg) : Class.from(arg ?? arg.length);
}

// @fragment typed_length
const typedLength = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length').get;

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
// @fragment get_array
function arrayAt(ptr, len, memory) {
    const start = (ptr >>> 0) / memory.BYTES_PER_ELEMENT;
    return memory.subarray(start, start + (len >>> 0));
}

// A copy of an array that the receiver owns, which is freed.
// @fragment take_array(free)
function takeArray(ptr, len, memory) {
    const size = memory.BYTES_PER_ELEMENT;
    const start = (ptr >>> 0) / size;
    const copy = memory.slice(start, start + (len >>> 0));
    $free$(ptr, len * size, size);
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
// kept instead. A view's buffer is asked for once, which takes longer than to compare it.
// @fragment write_back_target needs view_Uint8Array
let targetView, targetBuffer;
function writeBackTarget(array) {
    const bytes = memU8();
    if (targetView !== bytes) {
        targetView = bytes;
        targetBuffer = bytes.buffer;
    }
    if (array === undefined || array === null || array.buffer !== targetBuffer) {
        return array;
    }
    return {
        get buffer() {
            return memU8().buffer;
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
    if (!fits || (arg[Symbol.toStringTag][0] === 'F') !== (expected[0] === 'F')) {
        throw new TypeError(`expected a typed array like ${expected}`);
    }
}
// @end

// An array of any values, as handles. The length is read once; each element is fetched (it may be a getter) and gets its handle
// (which may grow memory); at last comes the view. A hole stays one, which is stored as 0: the handle of undefined. Where there is no
// array at all, it is the length that is missed.
// @fragment pass_handles(malloc, memory) needs vector_len, add_handle
function passHandles(array) {
    const handles = [].map.call(array ?? array.length, addHandle);
    vectorLen = handles.length;
    const ptr = $malloc$(vectorLen * 4, 4) >>> 0;
    new Uint32Array($memory$.buffer, ptr, vectorLen).set(handles);
    return ptr;
}

// Neither reading nor taking a handle can grow memory, so one view serves the loop.
// @fragment get_handles(memory) needs get_handle
function handlesAt(ptr, len) {
    const result = [];
    for (const handle of new Uint32Array($memory$.buffer, ptr >>> 0, len)) {
        result.push(getHandle(handle));
    }
    return result;
}

// @fragment take_handles(externref, table, drop_slice, free, memory)
// @if externref
function takeHandles(ptr, len) {
    const result = [];
    for (const handle of new Uint32Array($memory$.buffer, ptr >>> 0, len)) {
        result.push($table$.get(handle));
    }
    $drop_slice$(ptr, len);
    $free$(ptr, len * 4, 4);
    return result;
}
// @else
// @needs take_handle
function takeHandles(ptr, len) {
    const result = [];
    for (const handle of new Uint32Array($memory$.buffer, ptr >>> 0, len)) {
        result.push(takeHandle(handle));
    }
    $free$(ptr, len * 4, 4);
    return result;
}
// @end

// An array of other values in cells (docs/upstream/descriptors.md 11.7), each of one number of `size` bytes: first the element is
// converted, which may run anything, then the view is made.
// @fragment pass_cells(malloc) needs vector_len, data_view, length_of
function passCells(array, size, convert) {
    const length = lengthOf(array, size);
    const ptr = $malloc$(length * size, size) >>> 0;
    for (let i = 0; i < length; i++) {
        const word = convert(array[i]);
        const view = memData();
        if (size === 8) {
            view.setFloat64(ptr + i * 8, word, true);
        } else {
            view.setInt32(ptr + i * 4, word, true);
        }
    }
    vectorLen = length;
    return ptr;
}

// What `read` makes of the words of a cell cannot enter wasm, so one view serves the loop. The buffer was made for this crossing.
// @fragment take_cells(free) needs data_view
function takeCells(ptr, len, size, align, read) {
    const start = ptr >>> 0;
    const view = memData();
    const result = [];
    for (let i = 0; i < len; i++) {
        result.push(read(view, start + i * size));
    }
    $free$(ptr, len * size, align);
    return result;
}
