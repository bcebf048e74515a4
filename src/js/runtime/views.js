// Views of wasm memory. A view lives until memory grows: then it is detached and its length is 0, whatever the engine
// (docs/upstream/detach.md 1). So the accessors test a typed array's own length, and for the DataView, which has none, that of a
// typed array made at the same moment. (V8 compiles `length` to a load, `byteLength` to a call that costs ten times as much.)
// Callers use the result at once and keep it never.

// @fragment view(memory)
// @each class = Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array, Float32Array, Float64Array
let cached$class$Memory = new $class$(0);
function get$class$Memory() {
    if (cached$class$Memory.length === 0) {
        cached$class$Memory = new $class$($memory$.buffer);
    }
    return cached$class$Memory;
}

// @fragment data_view(memory)
let cachedDataViewMemory;
let cachedDataViewBytes = new Uint8Array(0);
function getDataViewMemory() {
    if (cachedDataViewBytes.length === 0) {
        const buffer = $memory$.buffer;
        cachedDataViewBytes = new Uint8Array(buffer);
        cachedDataViewMemory = new DataView(buffer);
    }
    return cachedDataViewMemory;
}

// The second result of the pass… functions; to be read directly after the call.
// @fragment vector_len
let WASM_VECTOR_LEN = 0;
