// Instances of exported classes whose owner forgot them are freed when the engine collects them (docs/upstream/fast-paths.md 2).
//
// To register an object with a FinalizationRegistry is dear, and most objects are freed soon after they were made. So new objects are
// first held in a short list; those that are alive when it is full, or when the job that made them is over, are registered. An object
// that was freed or moved before never meets the registry.
//
// What an object owns stands in a slot, from the start, so that it may be sealed, copied or seen through a proxy afterwards: `owned` has
// the pointer, plus 2 to the power of 32 times the number of its class; negative while the object is in the list, 0 once it was freed or
// moved. One array of numbers costs the collector nothing, which a state object each would, and half as much a second array. The
// fraction in slot 0, which nobody has, makes the engine keep all of them as doubles. A slot is used again when neither list nor registry
// knows it.
//
// A registration with an unregister token costs V8 and JavaScriptCore several hundred nanoseconds, a hash table's work, when it is made
// and again when it is taken back; one without a token costs a fraction, but stays until the registry looks for it, in a turn of the
// event loop. So `freedCount` counts those that stay: beyond a limit, in a loop that never yields, objects are registered by tokens,
// and memory stays bounded. In SpiderMonkey, the only engine that has `InternalError`, tokens cost no more, and are always used.
// @fragment finalization(any_engine, sloppy, destroyers)
const slotKey = Symbol(), owned = [0.5], destroyers = $destroyers$, vacant = [], fresh = [];
let freshCount = 0, freedCount = 0, mostFreed = 1e5;
// @if any_engine
const always = globalThis.InternalError;
// @end
const registry = globalThis.FinalizationRegistry && new FinalizationRegistry((slot) => {
    const held = owned[slot];
    owned[slot] = 0;
    vacant.push(slot);
    if (held) {
        wasm[destroyers[held / 0x100000000 >>> 0]](held >>> 0, 1);
    } else {
        freedCount--;
    }
});
function registerFresh() {
    while (freshCount) {
        const object = fresh[--freshCount], slot = object[slotKey], held = -owned[slot];
        fresh[freshCount] = 0;
        if (held) {
            owned[slot] = held;
// @if any_engine
            registry?.register(object, slot, always || freedCount > mostFreed ? object : undefined);
// @else
            registry?.register(object, slot, freedCount > mostFreed ? object : undefined);
// @end
        } else {
            vacant.push(slot);
        }
    }
}

// Makes `object` the owner of what is at `ptr`; `kind` = 2 to the power of 32 times the number of its class. The list is empty here, and the promise of registering made, once in a job at most.
function adopt(object, ptr, kind) {
    if (freshCount > 511) {
        registerFresh();
    } else if (!freshCount) {
        Promise.resolve().then(registerFresh);
    }
    const slot = object[slotKey] = vacant.length ? vacant.pop() : owned.length;
    owned[slot] = -kind - (object.__wbg_ptr = ptr >>> 0);
    return fresh[freshCount++] = object;
}

// Takes from `object` what it owns, and returns where that is. A second time there is nothing, and the slot may be another's. What is
// frozen cannot be taken from: that is an error, also in scripts.
function disown(object) {
// @if sloppy
    'use strict';
// @end
    const ptr = object.__wbg_ptr, slot = object[slotKey], held = ptr && owned[slot];
    object.__wbg_ptr = 0;
    if (held) {
        owned[slot] = 0;
        if (held > 0) {
            if (!registry || registry.unregister(object)) {
                vacant.push(slot);
            } else {
                freedCount++;
            }
        }
    }
    return ptr;
}
