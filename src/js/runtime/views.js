// Views of wasm memory. A view lives until memory grows: then it is detached and its length is 0, whatever the engine
// (docs/upstream/detach.md 1). So the accessors test a typed array's own length, and a DataView, which has none, belongs to
// the typed array of bytes it was made with. (V8 compiles `length` to a load, `byteLength` to a call that costs ten times as much.)
// Callers use the result at once and keep it never.

// @fragment view(memory)
// @each class short = Int8Array I8, Uint8Array U8, Uint8ClampedArray U8c, Int16Array I16, Uint16Array U16, Int32Array I32, Uint32Array U32, BigInt64Array I64, BigUint64Array U64, Float32Array F32, Float64Array F64
let view$short$ = new $class$(0);
function mem$short$() {
    return view$short$.length === 0 ? view$short$ = new $class$($memory$.buffer) : view$short$;
}

// @fragment data_view needs view_Uint8Array
let viewData;
let viewDataU8;
function memData() {
    const bytes = memU8();
    if (viewDataU8 !== bytes) {
        viewDataU8 = bytes;
        viewData = new DataView(bytes.buffer);
    }
    return viewData;
}

// The second result of the pass… functions; to be read directly after the call.
// @fragment vector_len
let vectorLen = 0;
