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

// The list of the instances, for words at `ptr` in the module: of each its slot, and once it is given the word. `kind` is that of their
// class, as `adopt` wants it. Marking them may run anything, of proxies; what is frozen cannot be marked.
// @fragment pass_instances(malloc, sloppy) needs elements, return_instances
function passInstances(array, kind) {
// @if sloppy
    'use strict';
// @end
    const objects = elementsOf(array), length = lengthOf(objects, 4);
    isPatient = true;
    const list = { objects, kind, slots: new Int32Array(length), length, marked: 0, given: 0, ptr: $malloc$(length * 4, 4) >>> 0 };
    try {
        for (const object of objects) {
            const ptr = object?.__wbg_ptr, slot = object?.[slotKey], held = owned[slot];
            if (!ptr || Math.abs(held) !== kind + ptr) {
                throw new Error('array contains a value of the wrong type');
            }
            object.__wbg_ptr = 0;
            list.slots[list.marked++] = slot;
        }
    } catch (error) {
        returnInstances(list);
        throw error;
    }
    return list;
}

// Takes from the marked instances what they own; the call that follows makes the module the owner. Nothing here runs user code. As with
// `disown`, registrations stay behind while they are not too many.
// @fragment give_instances(memory, taken)
function giveInstances(list) {
    if (list) {
        const { objects, kind, slots, length, ptr } = list;
        mostFreed = Math.max(mostFreed, 1e5 + length);
        const byToken = crowded();
        list.before = $taken$();
        for (let i = 0; i < length; i++) {
            const slot = slots[i], held = owned[slot];
            if (!held) {
                throw new Error('array contains a value of the wrong type');
            }
            list.given = i + 1;
            owned[slot] = 0;
            slots[i] = 0xC0000000 | Math.abs(held) - kind >>> 2;
            if (held > 0) {
                if (byToken && registry?.unregister(objects[i])) {
                    vacant.push(slot);
                } else {
                    freedCount++;
                }
            }
        }
        new Uint32Array($memory$.buffer, ptr, length).set(slots);
    }
}

// After an error: what the module has not taken goes back to the instances, in each of the call's arrays.
// @fragment return_instances(free, taken)
function returnInstances(...lists) {
    let taken;
    sortFresh();
    for (const list of lists) {
        if (!list) {
            continue;
        }
        const { objects, kind, slots, length, marked, given } = list;
        if (given < length) {
            $free$(list.ptr, length * 4, 4);
        }
        taken = taken ?? (given ? $taken$() - list.before >>> 0 : 0);
        for (let i = taken; i < marked; i++) {
            if (i < given) {
                adopt(objects[i], slots[i] << 2, kind);
            } else {
                objects[i].__wbg_ptr = Math.abs(owned[slots[i]]) - kind;
            }
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
