/* Control instructions, variables and constants (specification 4.4.2, 4.4.5, 4.4.8).
 *
 * Blocks are labels on a stack; where a block ends is looked up only when a branch needs it, in a table of
 * the function's blocks that is built once. No exception is ever thrown, so handlers are skipped. */
#include "meta/interp_internal.h"

static struct interp_frame *running(struct interp *in) {
    return &in->frames.items[in->frames.len - 1];
}

static bool opens_block(uint32_t code) {
    return code == WASM_OP_BLOCK || code == WASM_OP_LOOP || code == WASM_OP_IF || code == WASM_OP_TRY ||
           code == WASM_OP_TRY_TABLE;
}

/* Walks the body once. `open` is the innermost block not yet closed, + 1; the `end` of such a block names the
 * one around it in the same way. */
static struct interp_control *build_control(struct interp *in, Str code) {
    struct interp_control *control = ARENA_NEW(in->arena, struct interp_control);
    struct wasm_cursor cursor = {.code = code};
    struct wasm_op op;
    uint32_t open = 0;
    while (wasm_next(&cursor, &op)) {
        struct interp_block *inner = open ? &control->blocks.items[open - 1] : NULL;
        if (opens_block(op.code)) {
            vec_push(in->arena, &control->blocks,
                     (struct interp_block){.start = (uint32_t)op.at, .end = open});
            open = (uint32_t)control->blocks.len;
        } else if (op.code == WASM_OP_ELSE && inner) {
            inner->alternative = (uint32_t)cursor.at;
        } else if ((op.code == WASM_OP_END || op.code == WASM_OP_DELEGATE) && inner) {
            open = inner->end;
            inner->end = (uint32_t)cursor.at;
        }
    }
    while (open) {
        struct interp_block *unclosed = &control->blocks.items[open - 1];
        open = unclosed->end;
        unclosed->end = 0;
    }
    interp_spend(in, code.len / 8);
    return control;
}

/* The parts of the block that starts at `start` in the running function; NULL (and a trap) if it has no end.
 */
static const struct interp_block *find_block(struct interp *in, size_t start) {
    const struct interp_frame *frame = running(in);
    struct interp_control **control = &in->controls[frame->func];
    if (!*control)
        *control = build_control(in, frame->cursor.code);
    size_t low = 0, high = (*control)->blocks.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((*control)->blocks.items[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    const struct interp_block *block = low < (*control)->blocks.len ? &(*control)->blocks.items[low] : NULL;
    if (block && block->start == start && block->end)
        return block;
    interp_trap(in, "a block without an end");
    return NULL;
}

/* Numbers of parameters and results of a block type. */
static bool block_type(struct interp *in, const struct wasm_op *op, uint32_t *nparams, uint32_t *nresults) {
    *nparams = 0;
    *nresults = op->a != 0x40;
    if (!op->b)
        return true;
    if (op->a >= in->m->types.len) {
        interp_trap(in, "a block of a type that does not exist");
        return false;
    }
    *nparams = in->m->types.items[op->a].nparams;
    *nresults = in->m->types.items[op->a].nresults;
    return true;
}

static void enter_block(struct interp *in, const struct wasm_op *op) {
    uint32_t nparams, nresults;
    if (!block_type(in, op, &nparams, &nresults))
        return;
    if (in->stack.len - in->floor < nparams) {
        interp_trap(in, "the value stack is empty");
        return;
    }
    bool is_loop = op->code == WASM_OP_LOOP;
    struct interp_label label = {op->at, in->stack.len - nparams, is_loop ? nparams : nresults, is_loop};
    if (in->labels.len >= INTERP_LABELS)
        interp_trap(in, "blocks are nested more than %d deep", INTERP_LABELS);
    else
        vec_push(in->arena, &in->labels, label);
}

static void run_if(struct interp *in, const struct wasm_op *op) {
    if (interp_pop_u32(in)) {
        enter_block(in, op);
        return;
    }
    const struct interp_block *block = find_block(in, op->at);
    if (!block)
        return;
    running(in)->cursor.at = block->alternative ? block->alternative : block->end;
    if (block->alternative)
        enter_block(in, op);
}

/* `else`, `catch`: the end of what came before; goes on behind the whole block. */
static void leave_part(struct interp *in) {
    if (in->labels.len == running(in)->labels) {
        interp_trap(in, "outside of a block");
        return;
    }
    const struct interp_block *block = find_block(in, in->labels.items[in->labels.len - 1].start);
    if (!block)
        return;
    running(in)->cursor.at = block->end;
    in->labels.len--;
}

static void run_end(struct interp *in) {
    if (in->labels.len == running(in)->labels)
        interp_return(in);
    else
        in->labels.len--;
}

/* A loop's label survives a branch to it. */
static void branch_to(struct interp *in, size_t target) {
    const struct interp_label *label = &in->labels.items[target];
    struct interp_frame *frame = running(in);
    const struct interp_block *block = label->is_loop ? NULL : find_block(in, label->start);
    if (!label->is_loop && !block)
        return;
    if (in->stack.len < label->height + label->arity) {
        interp_trap(in, "the value stack is empty");
        return;
    }
    if (label->arity)
        memmove(in->stack.items + label->height, in->stack.items + in->stack.len - label->arity,
                label->arity * sizeof *in->stack.items);
    in->stack.len = label->height + label->arity;
    in->labels.len = target + label->is_loop;
    if (block) {
        frame->cursor.at = block->end;
        return;
    }
    struct wasm_op loop;
    frame->cursor.at = label->start;
    wasm_next(&frame->cursor, &loop);
}

static void branch(struct interp *in, uint32_t depth) {
    size_t open = in->labels.len - running(in)->labels;
    if (depth == open)
        interp_return(in);
    else if (depth > open)
        interp_trap(in, "a branch to a label that does not exist");
    else
        branch_to(in, in->labels.len - 1 - depth);
}

/* The index-th number of a vector of LEB128 numbers behind its count; the last one for a too large index. */
static uint32_t pick_label(const struct wasm_op *op, uint32_t index) {
    const uint8_t *p = (const uint8_t *)op->raw.ptr;
    uint32_t chosen = index < op->a ? index : op->a, value = 0;
    for (uint32_t i = 0; i <= chosen + 1; i++) {
        value = 0;
        for (unsigned shift = 0;; shift += 7) {
            value |= (uint32_t)(*p & 0x7F) << (shift & 31);
            if (!(*p++ & 0x80))
                break;
        }
    }
    return value;
}

static void run_select(struct interp *in) {
    uint32_t condition = interp_pop_u32(in);
    union interp_value second = interp_pop(in), first = interp_pop(in);
    interp_push(in, condition ? first : second);
}

static void run_indirect(struct interp *in, const struct wasm_op *op, bool tail) {
    uint32_t index = interp_pop_u32(in);
    uint64_t target = interp_table_get(in, op->b, index);
    if (in->reason.len)
        return;
    if (target >= in->m->funcs.len || op->a >= in->m->types.len) {
        interp_trap(in, "an indirect call through the empty table slot %u", index);
        return;
    }
    const struct wasm_functype *wanted = &in->m->types.items[op->a];
    const struct wasm_functype *type = wasm_func_type(in->m, (uint32_t)target);
    if (type->nparams != wanted->nparams || type->nresults != wanted->nresults ||
        memcmp(type->params, wanted->params, type->nparams) ||
        memcmp(type->results, wanted->results, type->nresults))
        interp_trap(in, "an indirect call of a function of another type");
    else
        interp_call(in, (uint32_t)target, tail);
}

static void run_local(struct interp *in, const struct wasm_op *op) {
    const struct interp_frame *frame = running(in);
    if (op->a >= frame->nlocals) {
        interp_trap(in, "a local that does not exist");
        return;
    }
    size_t at = frame->locals + op->a;
    if (op->code == WASM_OP_LOCAL_GET) {
        interp_push(in, in->stack.items[at]);
        return;
    }
    union interp_value value = interp_pop(in);
    in->stack.items[at] = value;
    if (op->code == WASM_OP_LOCAL_TEE)
        interp_push(in, value);
}

static void run_global(struct interp *in, const struct wasm_op *op) {
    if (op->a >= in->m->globals.len)
        interp_trap(in, "a global that does not exist");
    else if (op->code == WASM_OP_GLOBAL_GET)
        interp_push(in, in->globals[op->a]);
    else
        in->globals[op->a] = interp_pop(in);
}

static bool variable_op(struct interp *in, const struct wasm_op *op) {
    switch (op->code) {
    case WASM_OP_LOCAL_GET:
    case WASM_OP_LOCAL_SET:
    case WASM_OP_LOCAL_TEE:
        run_local(in, op);
        return true;
    case WASM_OP_GLOBAL_GET:
    case WASM_OP_GLOBAL_SET:
        run_global(in, op);
        return true;
    case WASM_OP_I32_CONST:
        interp_push_u64(in, (uint32_t)op->value);
        return true;
    case WASM_OP_I64_CONST:
    case WASM_OP_F32_CONST:
    case WASM_OP_F64_CONST:
        interp_push_u64(in, (uint64_t)op->value);
        return true;
    case WASM_OP_DROP:
        interp_pop(in);
        return true;
    case WASM_OP_SELECT:
    case WASM_OP_SELECT_T:
        run_select(in);
        return true;
    default:
        return false;
    }
}

static bool branch_op(struct interp *in, const struct wasm_op *op) {
    switch (op->code) {
    case WASM_OP_BR:
        branch(in, op->a);
        return true;
    case WASM_OP_BR_IF:
        if (interp_pop_u32(in))
            branch(in, op->a);
        return true;
    case WASM_OP_BR_TABLE:
        branch(in, pick_label(op, interp_pop_u32(in)));
        return true;
    case WASM_OP_RETURN:
        interp_return(in);
        return true;
    case WASM_OP_CALL:
    case WASM_OP_RETURN_CALL:
        interp_call(in, op->a, op->code == WASM_OP_RETURN_CALL);
        return true;
    case WASM_OP_CALL_INDIRECT:
    case WASM_OP_RETURN_CALL_INDIRECT:
        run_indirect(in, op, op->code == WASM_OP_RETURN_CALL_INDIRECT);
        return true;
    default:
        return false;
    }
}

bool interp_control_op(struct interp *in, const struct wasm_op *op) {
    switch (op->code) {
    case WASM_OP_NOP:
        return true;
    case WASM_OP_BLOCK:
    case WASM_OP_LOOP:
    case WASM_OP_TRY:
    case WASM_OP_TRY_TABLE:
        enter_block(in, op);
        return true;
    case WASM_OP_IF:
        run_if(in, op);
        return true;
    case WASM_OP_ELSE:
    case WASM_OP_CATCH:
    case WASM_OP_CATCH_ALL:
        leave_part(in);
        return true;
    case WASM_OP_END:
    case WASM_OP_DELEGATE:
        run_end(in);
        return true;
    case WASM_OP_UNREACHABLE:
        interp_trap(in, "the code panics or traps");
        return true;
    case WASM_OP_THROW:
    case WASM_OP_THROW_REF:
    case WASM_OP_RETHROW:
        interp_trap(in, "an exception is thrown");
        return true;
    default:
        return variable_op(in, op) || branch_op(in, op);
    }
}
