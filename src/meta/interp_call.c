/* Calls: what each function means to the interpreter, entering and leaving bodies. */
#include "meta/interp_internal.h"
#include "meta/section.h"

/* Imports of the placeholder module that have a meaning here (docs/upstream/descriptors.md 3). */
static const struct marker {
    Str name;
    enum interp_role role;
} markers[] = {
    {{"__wbindgen_describe", 19}, ROLE_DESCRIBE},
    {{"__wbindgen_describe_closure", 27}, ROLE_CLOSURE},
    {{"__wbindgen_describe_cast", 24}, ROLE_STOP},
    {{"__wbindgen_describe_generic_import", 34}, ROLE_STOP},
};

static enum interp_role import_role(const struct wasm_import *import) {
    if (str_eq(import->module, STR("env")) && str_starts(import->name, STR("invoke_")))
        return ROLE_INVOKE;
    if (str_eq(import->module, STR(META_PLACEHOLDER)))
        for (size_t i = 0; i < sizeof markers / sizeof *markers; i++)
            if (str_eq(import->name, markers[i].name))
                return markers[i].role;
    return ROLE_UNKNOWN;
}

/* Functions that start-up code calls: constructors, destructors, coverage
 * (docs/upstream/descriptors.md 4.5, 4.6). */
static bool skipped_by_name(Str name) {
    return str_eq(name, STR("__wasm_call_ctors")) || str_eq(name, STR("__wasm_call_dtors")) ||
           str_starts(name, STR("__llvm_profile_init")) ||
           str_starts(name, STR("__llvm_profile_register_function"));
}

/* The callees of the export that lists what to skip. */
static void skip_callees(struct interp *in, uint32_t func) {
    const struct wasm_func *f = &in->m->funcs.items[wasm_func_resolve(in->m, func)];
    struct wasm_cursor cursor = {.at = 0};
    struct wasm_op op;
    Str locals;
    uint32_t nlocals;
    if (f->def != WASM_DEFINED || !wasm_body_split(f->body, &locals, &cursor.code, &nlocals))
        return;
    while (wasm_next(&cursor, &op)) {
        if ((op.code != WASM_OP_CALL && op.code != WASM_OP_RETURN_CALL) || op.a >= in->m->funcs.len)
            continue;
        uint8_t *role = &in->roles[wasm_func_resolve(in->m, op.a)];
        if (*role == ROLE_RUN || *role == ROLE_UNKNOWN) /* never a marker */
            *role = ROLE_SKIP;
    }
}

void interp_find_roles(struct interp *in) {
    struct wasm_module *m = in->m;
    in->roles = ARENA_ARRAY(in->arena, m->funcs.len, uint8_t);
    for (size_t i = 0; i < m->funcs.len; i++) {
        const struct wasm_func *f = &m->funcs.items[i];
        if (f->def == WASM_IMPORTED)
            in->roles[i] = (uint8_t)import_role(f->import);
        else if (f->name.len > 16 && skipped_by_name(f->name))
            in->roles[i] = ROLE_SKIP;
    }
    const struct wasm_export *skip = wasm_export_find(m, STR("__wbindgen_skip_interpret_calls"));
    if (skip && skip->kind == WASM_FUNC)
        skip_callees(in, skip->id);
}

/* Room for `count` more values; they become zero locals. */
static void push_locals(struct interp *in, uint32_t count) {
    if (count > INTERP_STACK - in->stack.len) {
        interp_trap(in, "the value stack overflows");
        return;
    }
    vec_reserve(in->arena, &in->stack, count);
    if (count)
        memset(in->stack.items + in->stack.len, 0, count * sizeof *in->stack.items);
    in->stack.len += count;
}

void interp_enter(struct interp *in, uint32_t func) {
    const struct wasm_functype *type = wasm_func_type(in->m, func);
    struct interp_frame frame = {.func = func, .labels = in->labels.len, .nresults = type->nresults};
    Str locals;
    uint32_t nlocals;
    if (in->stack.len - in->floor < type->nparams)
        interp_trap(in, "the value stack is empty");
    else if (in->frames.len >= INTERP_DEPTH)
        interp_trap(in, "calls are nested more than %d deep", INTERP_DEPTH);
    else if (!wasm_body_split(in->m->funcs.items[func].body, &locals, &frame.cursor.code, &nlocals))
        interp_trap(in, "the body of function %u is malformed", func);
    if (in->reason.len)
        return;
    interp_spend(in, nlocals + locals.len);
    frame.locals = in->stack.len - type->nparams;
    push_locals(in, nlocals);
    frame.nlocals = type->nparams + nlocals;
    in->floor = frame.floor = in->stack.len;
    vec_push(in->arena, &in->frames, frame);
}

/* Moves the topmost `count` values down to `height`. */
static void lower_values(struct interp *in, size_t height, size_t count) {
    if (in->stack.len - in->floor < count) {
        interp_trap(in, "the value stack is empty");
        return;
    }
    if (count)
        memmove(in->stack.items + height, in->stack.items + in->stack.len - count,
                count * sizeof *in->stack.items);
    in->stack.len = height + count;
}

static void pop_frame(struct interp *in) {
    const struct interp_frame *frame = &in->frames.items[--in->frames.len];
    in->labels.len = frame->labels;
    in->floor = in->frames.len ? in->frames.items[in->frames.len - 1].floor : 0;
}

void interp_return(struct interp *in) {
    const struct interp_frame *frame = &in->frames.items[in->frames.len - 1];
    lower_values(in, frame->locals, frame->nresults);
    pop_frame(in);
}

/* Drops the arguments and makes zeros of the results. */
static void skip_call(struct interp *in, const struct wasm_functype *type) {
    for (uint32_t i = 0; i < type->nparams; i++)
        interp_pop(in);
    for (uint32_t i = 0; i < type->nresults; i++)
        interp_push_u64(in, 0);
}

static void describe_call(struct interp *in) {
    uint32_t word = interp_pop_u32(in);
    if (in->words.len >= INTERP_WORDS)
        interp_trap(in, "the descriptor is longer than %d words", INTERP_WORDS);
    else
        vec_push(in->arena, &in->words, word);
}

/* __wbindgen_describe_closure(a, b, d): all that matters is d, so the run can end. */
static void closure_call(struct interp *in) {
    in->closure_index = interp_pop_u32(in);
    in->closure = true;
}

static bool same_params(const struct wasm_functype *outer, const struct wasm_functype *inner) {
    return outer->nparams == inner->nparams + 1 && outer->nresults == inner->nresults &&
           memcmp(outer->params + 1, inner->params, inner->nparams) == 0;
}

/* Emscripten's env.invoke_*(index, arguments…): calls the table entry (docs/upstream/descriptors.md 4.4). */
static uint32_t invoke_target(struct interp *in, const struct wasm_functype *type) {
    uint32_t table = wasm_function_table(in->m);
    if (table == WASM_NONE || !type->nparams || in->stack.len - in->floor < type->nparams) {
        interp_trap(in, "a trampoline without a function table or index");
        return WASM_NONE;
    }
    size_t at = in->stack.len - type->nparams;
    uint64_t target = interp_table_get(in, table, (uint32_t)in->stack.items[at].u64);
    if (target >= in->m->funcs.len) {
        interp_trap(in, "a trampoline to an empty table slot");
        return WASM_NONE;
    }
    if (!same_params(type, wasm_func_type(in->m, (uint32_t)target))) {
        interp_trap(in, "a trampoline to a function of another type");
        return WASM_NONE;
    }
    memmove(in->stack.items + at, in->stack.items + at + 1, (type->nparams - 1) * sizeof *in->stack.items);
    in->stack.len--;
    return (uint32_t)target;
}

/* The functions that are not run; a tail call of one returns after it. */
static void special_call(struct interp *in, uint32_t func, enum interp_role role) {
    const struct wasm_func *f = &in->m->funcs.items[func];
    if (role == ROLE_SKIP)
        skip_call(in, wasm_func_type(in->m, func));
    else if (role == ROLE_DESCRIBE)
        describe_call(in);
    else if (role == ROLE_CLOSURE)
        closure_call(in);
    else if (role == ROLE_STOP)
        in->stopped = true;
    else
        interp_trap(
            in, "a call of the import `%.*s` of module `%.*s`, which has no meaning while describing types",
            STR_ARG(f->import->name), STR_ARG(f->import->module));
}

/* Gives up the running frame, leaving only the callee's arguments. */
static void drop_frame(struct interp *in, uint32_t nargs) {
    const struct interp_frame *frame = &in->frames.items[in->frames.len - 1];
    lower_values(in, frame->locals, nargs);
    pop_frame(in);
}

void interp_call(struct interp *in, uint32_t func, bool tail) {
    if (func >= in->m->funcs.len) {
        interp_trap(in, "a call of function %u, which does not exist", func);
        return;
    }
    func = wasm_func_resolve(in->m, func);
    if (in->roles[func] == ROLE_INVOKE)
        func = invoke_target(in, wasm_func_type(in->m, func));
    if (in->reason.len)
        return;
    func = wasm_func_resolve(in->m, func);
    enum interp_role role = (enum interp_role)in->roles[func];
    if (role != ROLE_RUN) {
        special_call(in, func, role);
        if (tail && !in->reason.len && !in->stopped && !in->closure)
            interp_return(in);
        return;
    }
    if (tail)
        drop_frame(in, wasm_func_type(in->m, func)->nparams);
    if (!in->reason.len)
        interp_enter(in, func);
}
