// Instances of exported classes whose owner forgot them are freed when the engine collects them (docs/upstream/fast-paths.md 2).
//
// To register an object with a FinalizationRegistry is dear, and most objects are freed soon after they were made. So new objects are
// first held in a short list; those that are alive when it is full, or when the job that made them is over, are registered. An object
// that was freed or moved before never meets the registry.
//
// An object has its state from the start, so that it may be sealed, copied or seen through a proxy afterwards: { ptr, free }, with ptr 0
// once it was freed, and the `object` as long as it is new. The registry holds the state, never the object.
//
// A registration with an unregister token costs V8 and JavaScriptCore several hundred nanoseconds, a hash table's work, when it is made
// and again when it is taken back; one without a token costs a fraction, but stays until the registry looks for it, in a turn of the
// event loop. So `freedStates` counts those that stay: beyond a limit, in a loop that never yields, objects are registered by tokens,
// and memory stays bounded. In SpiderMonkey, the only engine that has `InternalError`, tokens cost no more: there the count begins
// beyond the limit.
// @fragment finalization(any_engine)
const instanceState = Symbol();
// @if any_engine
let freedStates = typeof InternalError === 'undefined' ? 0 : 1 / 0;
// @else
let freedStates = 0;
// @end
let newStates = [];
const instanceRegistry = typeof FinalizationRegistry === 'undefined' ? { register() {}, unregister() {} } : new FinalizationRegistry((state) => {
    if (state.ptr) {
        state.free(state.ptr, 1);
    } else {
        freedStates--;
    }
});
function registerNew() {
    for (const state of newStates) {
        if (state.ptr) {
            instanceRegistry.register(state.object, state, freedStates > 1e5 ? state : undefined);
        }
        state.object = 0;
    }
    newStates = [];
}

// Makes `object` the owner of what is at `ptr`. The list is empty here, and the promise of registering made, once in a job at most.
function adopt(object, ptr, free) {
    const state = { ptr: object.__wbg_ptr = ptr >>> 0, free, object };
    object[instanceState] = state;
    if (newStates.length > 511) {
        registerNew();
    } else if (newStates.length === 0) {
        queueMicrotask(registerNew);
    }
    newStates.push(state);
    return object;
}

// Takes from `object` what it owns, and returns where that is.
function disown(object) {
    const ptr = object.__wbg_ptr;
    const state = object[instanceState];
    object.__wbg_ptr = 0;
    if (state && state.ptr) {
        state.ptr = 0;
        if (!state.object && !instanceRegistry.unregister(state)) {
            freedStates++;
        }
    }
    return ptr;
}
