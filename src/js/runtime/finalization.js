// Instances of exported classes whose owner forgot them are freed when the engine collects them (docs/upstream/fast-paths.md 2).
//
// To register an object with a FinalizationRegistry is dear, and most objects are freed soon after they were made. So new objects are
// first held in a short list; those that are alive when it is full, or when the job that made them is over, are registered. An object
// that was freed or moved before has `__wbg_ptr` 0 and never meets a registry.

// @fragment finalization needs finalization_blocks, finalization_tokens
const FINALIZATION_YOUNG = 512;

function makeFinalization(free) {
    if (typeof FinalizationRegistry === 'undefined') {
        return { register: () => {}, unregister: () => {} };
    }
    // In SpiderMonkey, the only engine that has `InternalError`, registrations without a token cost no less.
    const old = typeof InternalError === 'undefined' ? finalizationInBlocks(free) : finalizationByTokens(free);
    const young = [];
    let count = 0;
    let scheduled = false;
    const flush = () => {
        for (let i = 0; i < count; i++) {
            const object = young[i];
            young[i] = null;
            if (object.__wbg_ptr !== 0) {
                old.register(object, object.__wbg_ptr);
            }
        }
        count = 0;
    };
    const schedule = () => {
        scheduled = true;
        Promise.resolve().then(() => {
            scheduled = false;
            flush();
        });
    };
    return {
        register: (object) => {
            if (count === FINALIZATION_YOUNG) {
                flush();
            } else if (!scheduled) {
                schedule();
            }
            young[count++] = object;
        },
        unregister: (object) => {
            const state = object[FINALIZATION_STATE];
            if (state !== undefined) {
                old.unregister(object, state);
            }
        },
    };
}

// What an object has once it is registered.
// @fragment finalization_state
const FINALIZATION_STATE = Symbol('finalization');

// @fragment finalization_tokens needs finalization_state
function finalizationByTokens(free) {
    const registry = new FinalizationRegistry(free);
    return {
        register: (object, ptr) => {
            object[FINALIZATION_STATE] = null;
            registry.register(object, ptr, object);
        },
        unregister: (object) => registry.unregister(object),
    };
}

// A registration with an unregister token costs V8 and JavaScriptCore several hundred nanoseconds, a hash table's work, when it is made
// and again when it is taken back; one without a token costs a fraction. But then a freed object's registration stays until its registry
// looks for it, in a turn of the event loop, or is garbage itself. Therefore registries are small and many: one for each block of
// registrations, left to the collector as soon as all objects of the block are freed.
//
// What is held for an object is { ptr, block }, with ptr 0 once it was freed; the object has it too. `full` keeps the blocks that have
// objects to be freed from being collected; the others are kept by nothing but their objects. `dead` counts the registrations of
// freed objects in blocks that are kept: if there are many (a loop that never yields and keeps an object now and then), further objects
// get tokens, so that memory stays bounded.
// @fragment finalization_blocks needs finalization_state, finalization_tokens
const FINALIZATION_BLOCK_SIZE = 4096;
const FINALIZATION_MAX_DEAD = 0x40000;

function finalizationInBlocks(free) {
    const full = new Set();
    const tokens = finalizationByTokens(free);
    let dead = 0;
    const collected = (state) => {
        const { ptr, block } = state;
        if (ptr !== 0) {
            settle(state);
        }
        if (block.registry !== null) {
            block.cells--;
            dead--;
        }
        if (ptr !== 0) {
            free(ptr);
        }
    };
    const open = () => ({ registry: new FinalizationRegistry(collected), room: FINALIZATION_BLOCK_SIZE, cells: 0, live: 0 });
    const drop = (block) => {
        full.delete(block);
        dead -= block.cells;
        block.registry = null;
    };
    let current = open();
    const settle = (state) => {
        const block = state.block;
        state.ptr = 0;
        dead++;
        if (--block.live === 0 && block !== current) {
            drop(block);
        }
    };
    const close = () => {
        const block = current;
        current = open();
        if (block.live === 0) {
            drop(block);
        } else {
            full.add(block);
        }
    };
    return {
        register: (object, ptr) => {
            if (dead > FINALIZATION_MAX_DEAD) {
                tokens.register(object, ptr);
                return;
            }
            if (current.room === 0) {
                close();
            }
            const block = current;
            const state = { ptr, block };
            object[FINALIZATION_STATE] = state;
            block.room--;
            block.cells++;
            block.live++;
            block.registry.register(object, state);
        },
        unregister: (object, state) => {
            if (state === null) {
                tokens.unregister(object);
            } else if (state.ptr !== 0) {
                settle(state);
            }
        },
    };
}
