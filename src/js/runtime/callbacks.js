// Callbacks: functions that call the module with two words in front of their arguments (docs/upstream/abi.md 9). `state` holds the
// words; with 0 as first word the module refuses the call, so that is what a callback has that must not be called any more.

// @fragment destroy_callback(one_destroy, destroy_callback)
function destroyCallback(state) {
    const a = state.a;
    if (a !== 0) {
        state.a = 0;
        // @if one_destroy
        $destroy_callback$(a, state.b);
        // @else
        state.destroy(a, state.b);
        // @end
    }
}

// @fragment callback_finalization needs destroy_callback
const callbackFinalization = typeof FinalizationRegistry === 'undefined'
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(destroyCallback);

// `cnt` counts the calls that are going on, and the module while it has not given the callback up; at 0 it is destroyed. Of a callback
// that is garbage the collector says so.
// @fragment keep_callback(keep_original) needs callback_finalization
function releaseCallback(state) {
    if (--state.cnt === 0) {
        destroyCallback(state);
        callbackFinalization.unregister(state);
    }
}
function keepCallback(callback, state) {
    // @if keep_original
    callback.original = state;
    // @end
    callback._wbg_cb_unref = () => releaseCallback(state);
    callbackFinalization.register(callback, state, state);
    return callback;
}

// @fragment counted_callback(one_destroy) needs keep_callback
// @if one_destroy
function countedCallback(a, b, call) {
    const state = { a, b, cnt: 1 };
// @else
function countedCallback(a, b, call, destroy) {
    const state = { a, b, cnt: 1, destroy };
// @end
    const real = (...args) => {
        state.cnt++;
        try {
            return call(state.a, state.b, ...args);
        } finally {
            releaseCallback(state);
        }
    };
    return keepCallback(real, state);
}

// One that must not be entered again while it runs.
// @fragment counted_exclusive_callback(one_destroy) needs keep_callback
// @if one_destroy
function countedExclusiveCallback(a, b, call) {
    const state = { a, b, cnt: 1 };
// @else
function countedExclusiveCallback(a, b, call, destroy) {
    const state = { a, b, cnt: 1, destroy };
// @end
    const real = (...args) => {
        const a = state.a;
        state.cnt++;
        state.a = 0;
        try {
            return call(a, state.b, ...args);
        } finally {
            state.a = a;
            releaseCallback(state);
        }
    };
    return keepCallback(real, state);
}

// The module takes these back itself; nothing is destroyed here.
// @fragment lent_callback
function lentCallback(a, b, call) {
    const state = { a, b };
    const real = (...args) => call(state.a, state.b, ...args);
    real._wbg_cb_unref = () => {
        state.a = 0;
    };
    return real;
}

// @fragment lent_exclusive_callback
function lentExclusiveCallback(a, b, call) {
    const state = { a, b };
    let taken = false;
    const real = (...args) => {
        const a = state.a;
        state.a = 0;
        try {
            return call(a, state.b, ...args);
        } finally {
            state.a = taken ? 0 : a;
        }
    };
    real._wbg_cb_unref = () => {
        taken = true;
        state.a = 0;
    };
    return real;
}
