// Instances of exported classes whose owner forgot them are freed when the engine collects them (docs/upstream/fast-paths.md 2).
//
// To register an object with a FinalizationRegistry is dear, and most objects are freed soon after they were made. So new objects are
// first held in a short list; those that are alive when it is full, or when the job that made them is over, are registered. An object
// that was freed or moved before never meets a registry.
//
// An object has its number from the start, so that it may be frozen, sealed, copied or seen through a proxy afterwards. `states` says by
// number what became of the object: its address as long as it is new, then what its registry holds: { ptr, number, block }, with ptr 0
// once it was freed; 0 if the number is vacant. Whoever lets go of an object must know its address.
// @fragment finalization needs finalization_blocks, finalization_tokens
const FINALIZATION_NUMBER = Symbol('finalization');
const FINALIZATION_YOUNG = 512;

function makeFinalization(free) {
    if (typeof FinalizationRegistry === 'undefined') {
        return { register: () => {}, unregister: () => {} };
    }
    const young = [];
    const states = [];
    const vacant = [];
    let count = 0;
    let scheduled = false;
    let old = null;
    const vacate = (number) => {
        states[number] = 0;
        vacant.push(number);
    };
    const collected = (number, ptr) => {
        vacate(number);
        free(ptr);
    };
    // In SpiderMonkey, the only engine that has `InternalError`, registrations without a token cost no less.
    const open = () => (typeof InternalError === 'undefined' ? finalizationInBlocks(collected) : finalizationByTokens(collected));
    const flush = () => {
        old = old === null ? open() : old;
        const length = count;
        count = 0;
        for (let i = 0; i < length; i++) {
            const object = young[i];
            const ptr = object.__wbg_ptr;
            const number = object[FINALIZATION_NUMBER];
            young[i] = null;
            if (ptr !== 0 && states[number] === ptr) {
                const state = { ptr, number, block: null };
                states[number] = state;
                old.register(object, state);
            }
        }
    };
    const schedule = () => {
        scheduled = true;
        Promise.resolve().then(() => {
            scheduled = false;
            flush();
        });
    };
    return {
        register: (object, ptr) => {
            if (count === FINALIZATION_YOUNG) {
                flush();
            } else if (!scheduled) {
                schedule();
            }
            const number = vacant.length > 0 ? vacant.pop() : states.length;
            states[number] = ptr;
            object[FINALIZATION_NUMBER] = number;
            young[count++] = object;
        },
        unregister: (object, ptr) => {
            const number = object[FINALIZATION_NUMBER];
            const state = states[number];
            if (ptr === 0 || state === undefined || state === 0) {
                return;
            }
            if (state === ptr) {
                vacate(number);
            } else if (state.ptr === ptr) {
                old.unregister(state);
                vacate(number);
            }
        },
    };
}

// @fragment finalization_tokens
function finalizationByTokens(collected) {
    const registry = new FinalizationRegistry((state) => collected(state.number, state.ptr));
    return {
        register: (object, state) => registry.register(object, state, state),
        unregister: (state) => registry.unregister(state),
    };
}

// A registration with an unregister token costs V8 and JavaScriptCore several hundred nanoseconds, a hash table's work, when it is made
// and again when it is taken back; one without a token costs a fraction. But then a freed object's registration stays until its registry
// looks for it, in a turn of the event loop, or is garbage itself. Therefore registries are small and many: one for each block of
// registrations. A block is kept by the states of its objects that are alive; once there are none it is left to the collector.
//
// `dead` counts the registrations of freed objects in blocks that are kept: if there are many (a loop that never yields and keeps an
// object now and then), further objects get tokens, so that memory stays bounded.
// @fragment finalization_blocks needs finalization_tokens
const FINALIZATION_BLOCK_SIZE = 4096;
const FINALIZATION_MAX_DEAD = 0x40000;

function finalizationInBlocks(collected) {
    let tokens = null;
    let dead = 0;
    const drop = (block) => {
        dead -= block.cells;
        block.registry = null;
    };
    const settle = (state) => {
        const block = state.block;
        state.ptr = 0;
        dead++;
        if (--block.live === 0 && block !== current) {
            drop(block);
        }
    };
    const reap = (state) => {
        const { ptr, number, block } = state;
        if (ptr !== 0) {
            settle(state);
        }
        if (block.registry !== null) {
            block.cells--;
            dead--;
        }
        if (ptr !== 0) {
            collected(number, ptr);
        }
    };
    const open = () => ({ registry: new FinalizationRegistry(reap), room: FINALIZATION_BLOCK_SIZE, cells: 0, live: 0 });
    let current = open();
    const close = () => {
        const block = current;
        current = open();
        if (block.live === 0) {
            drop(block);
        }
    };
    return {
        register: (object, state) => {
            if (dead > FINALIZATION_MAX_DEAD) {
                tokens = tokens === null ? finalizationByTokens(collected) : tokens;
                tokens.register(object, state);
                return;
            }
            if (current.room === 0) {
                close();
            }
            const block = current;
            state.block = block;
            block.room--;
            block.cells++;
            block.live++;
            block.registry.register(object, state);
        },
        unregister: (state) => {
            if (state.block === null) {
                tokens.unregister(state);
            } else {
                settle(state);
            }
        },
    };
}
