// Handles: JavaScript values that the module knows by number (docs/upstream/abi.md 4). Either slots of the externref table, which the
// module allocates, or of the array `heap`, whose free slots form a list beginning at `heap_next`.

// @fragment heap(handle_base)
const heap = new Array($handle_base$).fill(undefined);
heap.push(undefined, null, true, false);
let heap_next = heap.length;

// @fragment add_handle(externref, table, table_alloc)
// @if externref
function addHandle(value) {
    const handle = $table_alloc$();
    $table$.set(handle, value);
    return handle;
}
// @else
// @needs heap
function addHandle(value) {
    if (heap_next === heap.length) {
        heap.push(heap.length + 1);
    }
    const handle = heap_next;
    heap_next = heap[handle];
    heap[handle] = value;
    return handle;
}
// @end

// The handle was made before the value, which may be a view: nothing here grows memory.
// @fragment put_handle(table)
function putHandle(handle, value) {
    $table$.set(handle, value);
    return handle;
}

// @fragment get_handle(externref, table)
// @if externref
function getHandle(handle) {
    return $table$.get(handle);
}
// @else
// @needs heap
function getHandle(handle) {
    return heap[handle];
}
// @end

// @fragment drop_handle(externref, table_dealloc, statics_end)
// @if externref
function dropHandle(handle) {
    $table_dealloc$(handle);
}
// @else
// @needs heap
function dropHandle(handle) {
    if (handle >= $statics_end$) {
        heap[handle] = heap_next;
        heap_next = handle;
    }
}
// @end

// @fragment take_handle(externref, table, table_dealloc)
// @if externref
function takeHandle(handle) {
    const value = $table$.get(handle);
    $table_dealloc$(handle);
    return value;
}
// @else
// @needs get_handle, drop_handle
function takeHandle(handle) {
    const value = heap[handle];
    dropHandle(handle);
    return value;
}
// @end

// The borrow stack: handles that live during one call. It grows down; afterwards it goes back to where it was before the call.
// In table mode the module keeps it, but when an exception passes through, nobody there puts it back: so its height is known
// here, too.
// @fragment borrow_stack(handle_base)
let stack_pointer = $handle_base$;

// @fragment borrow needs heap, borrow_stack
function addBorrowed(value) {
    if (stack_pointer === 1) {
        throw new Error('out of js stack');
    }
    heap[--stack_pointer] = value;
    return stack_pointer;
}
function dropBorrowed(top) {
    while (stack_pointer < top) {
        heap[stack_pointer++] = undefined;
    }
}

// @fragment restore_borrows(set_borrow_top) needs borrow_stack
function restoreBorrows(top) {
    $set_borrow_top$(top);
}

// @fragment live_count(statics_end) needs heap
function liveHandleCount() {
    let free = 0;
    for (let next = heap_next; next < heap.length; next = heap[next]) {
        free += 1;
    }
    return heap.length - free - $statics_end$;
}

// Slots 0 and handle_base to handle_base + 3 have fixed values. That of handle_base + 1 is null, as slots are from the start.
// @fragment init_table(table, handle_base)
function initExternrefTable() {
    const table = $table$;
    table.set(0, undefined);
    table.set($handle_base$, undefined);
    table.set($handle_base$ + 2, true);
    table.set($handle_base$ + 3, false);
}

// What a thrown value becomes for a `catch` import: the module finds it after the call.
// @fragment store_exception(exn_store) needs add_handle
function storeException(error) {
    $exn_store$(addHandle(error));
}
