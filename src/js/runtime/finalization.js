// Instances of exported classes whose owner forgot them are freed when the engine collects them (docs/upstream/fast-paths.md 2).
//
// To register an object with a FinalizationRegistry is dear, and most objects do not outlive the job that made them: they are freed, or
// moved into the module. So new objects are first held in a list; those that are alive when it is full, or when the job is over, are
// registered, the others never meet the registry. In a program that passes arrays of instances the list is patient: a full one forgets
// those that are gone, and grows if most are alive. Nothing can be finalised before the job is over anyway.
//
// What an object owns stands in a slot, from the start, so that it may be sealed, copied or seen through a proxy afterwards: `owned` has
// the pointer, plus 2 to the power of 32 times the number of its class; negative while the object is in the list, 0 once it was freed or
// moved. One array of numbers costs the collector nothing, which a state object each would, and half as much a second array. The
// fraction in slot 0, which nobody has, makes the engine keep all of them as doubles. A slot is used again when neither list nor registry
// knows it.
//
// A registration with an unregister token costs V8 and JavaScriptCore several hundred nanoseconds, a hash table's work, when it is made
// and again when it is taken back; one without a token costs a fraction, but stays until the registry looks for it, in a turn of the
// event loop. So `freedCount` counts those that stay: beyond a limit, which is raised whenever the loop turns, objects are registered by
// tokens, and memory stays bounded in jobs that never yield. In SpiderMonkey, the only engine that has `InternalError`, tokens cost no
// more, and are always used.
// @fragment finalization(any_engine, sloppy, destroyers)
const slotKey = Symbol(), owned = [0.5], destroyers = $destroyers$, vacant = [], fresh = [], freshSlots = [];
let freshCount = 0, mostFresh = 512, isPatient, freedCount = 0, mostFreed = 1e5, awaitsTurn;
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

function crowded() {
    if (freedCount > mostFreed && !awaitsTurn) {
        awaitsTurn = true;
        globalThis.setTimeout?.(() => {
            awaitsTurn = false;
            mostFreed = freedCount + 1e5;
        });
    }
    return freedCount > mostFreed;
}

// Takes from the list what was freed or moved and, if `register`, everything else, which is registered.
function sortFresh(register) {
// @if any_engine
    const byToken = always || crowded();
// @else
    const byToken = crowded();
// @end
    let kept = 0;
    for (let i = 0; i < freshCount; i++) {
        const slot = freshSlots[i], held = owned[slot];
        if (!held) {
            vacant.push(slot);
        } else if (register) {
            owned[slot] = -held;
            registry?.register(fresh[i], slot, byToken ? fresh[i] : undefined);
        } else {
            fresh[kept] = fresh[i];
            freshSlots[kept++] = slot;
        }
    }
    freshCount = kept;
    mostFresh = Math.max(512, kept * 2);
    fresh.length = freshSlots.length = Math.min(fresh.length, mostFresh);
    fresh.fill(0, kept);
}

// Makes `object` the owner of what is at `ptr`; `kind` = 2 to the power of 32 times the number of its class. With the first of a job it
// is promised to register them.
function adopt(object, ptr, kind) {
    if (freshCount >= mostFresh) {
        sortFresh(!isPatient);
    } else if (!freshCount) {
        Promise.resolve(true).then(sortFresh);
    }
    const slot = object[slotKey] = vacant.length ? vacant.pop() : owned.length;
    owned[slot] = -kind - (object.__wbg_ptr = ptr >>> 0);
    freshSlots[freshCount] = slot;
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
