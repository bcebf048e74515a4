// Arrays of instances go to the module as the addresses of what they own, tagged so that none can be taken for a handle
// (docs/upstream/fast-paths.md 4; bind/bindings.h, BIND_DIRECT_TAG): nothing is called for each of them. It is all or nothing: until
// nothing can fail any more, instances are only marked as moved, by their pointer, and own what they did: `owned` says what that is,
// whatever user code does in between.

// Every element is read once, whatever the array is.
// @fragment elements needs length_of
function elementsOf(array) {
    if (Array.isArray(array) && Object.getPrototypeOf(array) === Array.prototype) {
        return array.slice();
    }
    const elements = [], length = lengthOf(array, 4);
    for (let i = 0; i < length; i++) {
        elements.push(array[i]);
    }
    return elements;
}

// The list of the instances: what becomes of them in words, at `ptr` in the module, and their slots, negative where no registration
// stays behind: of those still to be registered, and where it is taken back because too many stay already, as `disown` does. `kind` is that
// of their class, as `adopt` wants it. Marking them may run anything, of proxies; what is frozen cannot be marked.
// @fragment pass_instances(malloc, sloppy) needs elements, return_instances
function passInstances(array, kind) {
// @if sloppy
    'use strict';
// @end
    const objects = elementsOf(array), length = lengthOf(objects, 4), slots = new Int32Array(length);
    const list = { objects, kind, slots, words: new Uint32Array(length), length, marked: 0, given: 0, ptr: $malloc$(length * 4, 4) >>> 0 };
    mostFreed = Math.max(mostFreed, 1e5 + length);
    const crowded = freedCount > mostFreed;
    let i = 0;
    try {
        for (; i < length; i++) {
            const object = objects[i], ptr = object?.__wbg_ptr, slot = object?.[slotKey], held = owned[slot];
            if (!ptr || (held !== kind + ptr && held !== -kind - ptr)) {
                throw new Error('array contains a value of the wrong type');
            }
            object.__wbg_ptr = 0;
            slots[i] = crowded && owned[slot] > 0 && registry && registry.unregister(object) ? ~slot : slot;
        }
    } catch (error) {
        list.marked = i;
        returnInstances(list);
        throw error;
    }
    list.marked = i;
    return list;
}

// Takes from the marked instances what they own; the call that follows makes the module the owner. Nothing here runs user code.
// @fragment give_instances(memory, taken)
function giveInstances(list) {
    if (list) {
        const { kind, slots, words, length, ptr } = list;
        list.before = $taken$();
        for (let i = 0; i < length; i++) {
            const slot = slots[i] < 0 ? ~slots[i] : slots[i], held = owned[slot];
            if (!held) {
                throw new Error('array contains a value of the wrong type');
            }
            list.given = i + 1;
            owned[slot] = 0;
            words[i] = 0xC0000000 | (held < 0 ? -held : held) - kind >>> 2;
            if (held < 0) {
                slots[i] = ~slot;
            } else if (slots[i] < 0) {
                vacant.push(slot);
            } else {
                freedCount++;
            }
        }
        new Uint32Array($memory$.buffer, ptr, length).set(words);
    }
}

// After an error: what the module has not taken goes back to the instances, in each of the call's arrays.
// @fragment return_instances(free, taken)
function returnInstances(...lists) {
    let taken;
    for (const list of lists) {
        if (!list) {
            continue;
        }
        const { objects, kind, slots, words, length, marked, given } = list;
        if (given < length) {
            $free$(list.ptr, length * 4, 4);
        }
        taken = taken ?? (given ? $taken$() - list.before >>> 0 : 0);
        for (let i = taken; i < marked; i++) {
            const object = objects[i], stays = slots[i] >= 0, slot = stays ? slots[i] : ~slots[i];
            const held = i < given ? kind + (words[i] << 2 >>> 0) : Math.abs(owned[slot]);
            if (i < given && stays) {
                owned[slot] = held;
                freedCount--;
            } else if (i < given && fresh.includes(object)) {
                owned[slot] = -held;
            } else if (i < given) {
                adopt(object, held - kind, kind);
            } else if (!stays && owned[slot] > 0) {
                registry.register(object, slot, object);
            }
            object.__wbg_ptr = held - kind;
        }
        taken = Math.max(0, taken - length);
    }
}

// Results: of an element that is no handle the instance is made here. The words are copied first: to take a handle calls the module.
// @fragment take_instances(memory, free) needs take_handle
function takeInstances(ptr, len, Class, kind) {
    const result = [];
    for (const word of new Uint32Array($memory$.buffer, ptr >>> 0, len).slice()) {
        result.push(word < 0xC0000000 ? takeHandle(word) : adopt(Object.create(Class.prototype), word << 2, kind));
    }
    $free$(ptr, len * 4, 4);
    return result;
}
