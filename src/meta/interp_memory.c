/* Linear memory, sparse: a page exists once something touched it, and then starts with what the active data
 * segments put there (specification 4.4.7, 4.5.4). memory.grow only moves the bound. */
#include "meta/interp_internal.h"

#define PAGE_SIZE ((uint64_t)1 << INTERP_PAGE_LOG2)
#define CHUNK_LOG2 22 /* one row of 1024 page pointers */
#define CHUNK_PAGES ((size_t)1 << (CHUNK_LOG2 - INTERP_PAGE_LOG2))
#define MOST ((uint64_t)16 << 30) /* bytes of a memory64 that can be addressed here */
#define CHUNKS ((size_t)(MOST >> CHUNK_LOG2))

static uint64_t least(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

static void init_memory(struct interp_memory *memory, const struct wasm_limits *limits) {
    uint64_t page = limits->has_page_size ? (uint64_t)1 << (limits->page_size_log2 & 31) : 65536;
    uint64_t most = limits->is64 ? MOST : (uint64_t)1 << 32;
    uint64_t max = limits->has_max ? least(limits->max, most / page) : most / page;
    memory->page_size = page;
    memory->is64 = limits->is64;
    memory->limit = max * page;
    memory->size = least(limits->min, most / page) * page;
    /* An imported memory may be larger than it has to be. */
    if (memory->size < 1 << 20)
        memory->size = 1 << 20;
}

static void init_offsets(struct interp *in) {
    struct wasm_module *m = in->m;
    int64_t offset;
    in->data_offsets = ARENA_ARRAY(in->arena, m->datas.len, uint64_t);
    for (size_t i = 0; i < m->datas.len; i++) {
        const struct wasm_data *data = &m->datas.items[i];
        bool known = data->mode == WASM_ACTIVE && data->memory < m->memories.len &&
                     wasm_const_value(m, data->offset, &offset);
        uint64_t mask = known && in->memories[data->memory].is64 ? UINT64_MAX : UINT32_MAX;
        in->data_offsets[i] = known ? (uint64_t)offset & mask : UINT64_MAX;
    }
}

void interp_memory_init(struct interp *in) {
    in->memories = ARENA_ARRAY(in->arena, in->m->memories.len, struct interp_memory);
    for (size_t i = 0; i < in->m->memories.len; i++)
        init_memory(&in->memories[i], &in->m->memories.items[i].limits);
    init_offsets(in);
}

/* Copies the part of a data segment that lies in the page at `base`. */
static void fill_page(uint8_t *page, uint64_t base, uint64_t offset, Str bytes) {
    uint64_t from = base > offset ? base - offset : 0, at = base > offset ? 0 : offset - base;
    if (from >= bytes.len || at >= PAGE_SIZE)
        return;
    memcpy(page + at, bytes.ptr + from, (size_t)least(bytes.len - from, PAGE_SIZE - at));
}

/* `size` bytes in whole pages, zero; NULL after a trap. */
static void *take_pages(struct interp *in, size_t size) {
    in->pages += size >> INTERP_PAGE_LOG2;
    if (in->pages <= INTERP_PAGES)
        return arena_alloc(in->arena, size);
    interp_trap(in, "more than %d pages of memory are touched", INTERP_PAGES);
    return NULL;
}

static uint8_t *new_page(struct interp *in, uint32_t memory, uint64_t base) {
    uint8_t *page = take_pages(in, PAGE_SIZE);
    if (!page)
        return NULL;
    for (size_t i = 0; i < in->m->datas.len; i++) {
        const struct wasm_data *data = &in->m->datas.items[i];
        if (in->data_offsets[i] != UINT64_MAX && data->memory == memory)
            fill_page(page, base, in->data_offsets[i], data->bytes);
    }
    interp_spend(in, in->m->datas.len / 8);
    return page;
}

/* The page of an address inside the memory; NULL after a trap. */
static uint8_t *find_page(struct interp *in, uint32_t memory, uint64_t address) {
    struct interp_memory *mem = &in->memories[memory];
    if (!mem->chunks && !(mem->chunks = take_pages(in, CHUNKS * sizeof *mem->chunks)))
        return NULL;
    uint8_t ***chunk = &mem->chunks[address >> CHUNK_LOG2];
    if (!*chunk && !(*chunk = take_pages(in, CHUNK_PAGES * sizeof **chunk)))
        return NULL;
    uint8_t **page = &(*chunk)[address >> INTERP_PAGE_LOG2 & (CHUNK_PAGES - 1)];
    if (!*page)
        *page = new_page(in, memory, address & ~(PAGE_SIZE - 1));
    return *page;
}

static bool in_bounds(struct interp *in, uint32_t memory, uint64_t address, uint64_t size) {
    if (memory >= in->m->memories.len) {
        interp_trap(in, "a memory that does not exist");
        return false;
    }
    uint64_t bound = in->memories[memory].size;
    if (size <= bound && address <= bound - size)
        return !in->reason.len;
    interp_trap(in, "an access outside of the memory, at address 0x%llx", (unsigned long long)address);
    return false;
}

uint64_t interp_load(struct interp *in, uint32_t memory, uint64_t address, unsigned size) {
    uint64_t value = 0;
    if (!in_bounds(in, memory, address, size))
        return 0;
    const uint8_t *page = NULL;
    for (unsigned i = 0; i < size; i++) {
        uint64_t at = (address + i) & (PAGE_SIZE - 1);
        if ((!page || at == 0) && !(page = find_page(in, memory, address + i)))
            return 0;
        value |= (uint64_t)page[at] << (8 * i);
    }
    return value;
}

void interp_store(struct interp *in, uint32_t memory, uint64_t address, unsigned size, uint64_t value) {
    if (!in_bounds(in, memory, address, size))
        return;
    uint8_t *page = NULL;
    for (unsigned i = 0; i < size; i++) {
        uint64_t at = (address + i) & (PAGE_SIZE - 1);
        if ((!page || at == 0) && !(page = find_page(in, memory, address + i)))
            return;
        page[at] = (uint8_t)(value >> (8 * i));
    }
}

/* Pops an address or size of a memory: 32 bits unless it is a memory64. */
static uint64_t pop_size(struct interp *in, uint32_t memory) {
    uint64_t value = interp_pop_u64(in);
    bool is64 = memory < in->m->memories.len && in->memories[memory].is64;
    return is64 ? value : (uint32_t)value;
}

uint64_t interp_address(struct interp *in, const struct wasm_op *op) {
    uint64_t base = pop_size(in, op->b), offset = (uint64_t)op->value;
    if (base > UINT64_MAX - offset)
        interp_trap(in, "an access outside of the memory");
    return base + offset;
}

/* Loads and stores by opcode: bytes in memory, whether the sign is extended, and to how many bits. */
static const struct access {
    uint8_t size, bits;
    bool is_signed;
} accesses[] = {
    [WASM_OP_I32_LOAD] = {4, 32, false},    [WASM_OP_I64_LOAD] = {8, 64, false},
    [WASM_OP_F32_LOAD] = {4, 32, false},    [WASM_OP_F64_LOAD] = {8, 64, false},
    [WASM_OP_I32_LOAD8_S] = {1, 32, true},  [WASM_OP_I32_LOAD8_U] = {1, 32, false},
    [WASM_OP_I32_LOAD16_S] = {2, 32, true}, [WASM_OP_I32_LOAD16_U] = {2, 32, false},
    [WASM_OP_I64_LOAD8_S] = {1, 64, true},  [WASM_OP_I64_LOAD8_U] = {1, 64, false},
    [WASM_OP_I64_LOAD16_S] = {2, 64, true}, [WASM_OP_I64_LOAD16_U] = {2, 64, false},
    [WASM_OP_I64_LOAD32_S] = {4, 64, true}, [WASM_OP_I64_LOAD32_U] = {4, 64, false},
    [WASM_OP_I32_STORE] = {4, 32, false},   [WASM_OP_I64_STORE] = {8, 64, false},
    [WASM_OP_F32_STORE] = {4, 32, false},   [WASM_OP_F64_STORE] = {8, 64, false},
    [WASM_OP_I32_STORE8] = {1, 32, false},  [WASM_OP_I32_STORE16] = {2, 32, false},
    [WASM_OP_I64_STORE8] = {1, 64, false},  [WASM_OP_I64_STORE16] = {2, 64, false},
    [WASM_OP_I64_STORE32] = {4, 64, false},
};

static uint64_t extend(uint64_t value, const struct access *access) {
    unsigned unused = 64 - 8U * access->size;
    if (access->is_signed)
        value = (uint64_t)((int64_t)(value << unused) >> unused);
    return access->bits == 32 ? (uint32_t)value : value;
}

static void run_access(struct interp *in, const struct wasm_op *op) {
    const struct access *access = &accesses[op->code];
    if (op->code < WASM_OP_I32_STORE) {
        uint64_t address = interp_address(in, op);
        interp_push_u64(in, extend(interp_load(in, op->b, address, access->size), access));
        return;
    }
    uint64_t value = interp_pop_u64(in);
    interp_store(in, op->b, interp_address(in, op), access->size, value);
}

static void run_size(struct interp *in, const struct wasm_op *op) {
    if (op->a >= in->m->memories.len) {
        interp_trap(in, "a memory that does not exist");
        return;
    }
    struct interp_memory *memory = &in->memories[op->a];
    uint64_t pages = memory->size / memory->page_size, failure = memory->is64 ? UINT64_MAX : UINT32_MAX;
    if (op->code == WASM_OP_MEMORY_GROW) {
        uint64_t more = pop_size(in, op->a);
        bool fits =
            memory->size <= memory->limit && more <= (memory->limit - memory->size) / memory->page_size;
        if (fits)
            memory->size += more * memory->page_size;
        pages = fits ? pages : failure;
    }
    interp_push_u64(in, pages);
}

/* Byte by byte, backwards if a forward copy would overwrite what is still to be read. */
static void run_copy(struct interp *in, const struct wasm_op *op) {
    uint32_t to_memory = op->a, from_memory = op->b;
    uint64_t size = pop_size(in, to_memory), from = pop_size(in, from_memory), to = pop_size(in, to_memory);
    if (!in_bounds(in, to_memory, to, size) || !in_bounds(in, from_memory, from, size))
        return;
    interp_spend(in, size);
    for (uint64_t i = 0; i < size && !in->reason.len; i++) {
        uint64_t at = to <= from ? i : size - 1 - i;
        interp_store(in, to_memory, to + at, 1, interp_load(in, from_memory, from + at, 1));
    }
}

static void run_fill(struct interp *in, const struct wasm_op *op) {
    uint64_t size = pop_size(in, op->a), value = interp_pop_u64(in), to = pop_size(in, op->a);
    if (!in_bounds(in, op->a, to, size))
        return;
    interp_spend(in, size);
    for (uint64_t i = 0; i < size && !in->reason.len; i++)
        interp_store(in, op->a, to + i, 1, value & 0xFF);
}

/* data.drop is ignored: a dropped segment could still be read, which only a trap would tell. */
static void run_init(struct interp *in, const struct wasm_op *op) {
    uint64_t size = interp_pop_u32(in), from = interp_pop_u32(in), to = pop_size(in, op->b);
    if (op->a >= in->m->datas.len || from > in->m->datas.items[op->a].bytes.len ||
        size > in->m->datas.items[op->a].bytes.len - from) {
        interp_trap(in, "outside of a data segment");
        return;
    }
    if (!in_bounds(in, op->b, to, size))
        return;
    interp_spend(in, size);
    for (uint64_t i = 0; i < size && !in->reason.len; i++)
        interp_store(in, op->b, to + i, 1, (uint8_t)in->m->datas.items[op->a].bytes.ptr[from + i]);
}

bool interp_memory_op(struct interp *in, const struct wasm_op *op) {
    if (op->code >= WASM_OP_I32_LOAD && op->code <= WASM_OP_I64_STORE32) {
        run_access(in, op);
        return true;
    }
    switch (op->code) {
    case WASM_OP_MEMORY_SIZE:
    case WASM_OP_MEMORY_GROW:
        run_size(in, op);
        return true;
    case WASM_OP_MEMORY_COPY:
        run_copy(in, op);
        return true;
    case WASM_OP_MEMORY_FILL:
        run_fill(in, op);
        return true;
    case WASM_OP_MEMORY_INIT:
        run_init(in, op);
        return true;
    case WASM_OP_DATA_DROP:
        return true;
    default:
        return false;
    }
}
