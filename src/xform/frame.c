#include "xform/code.h"
#include "xform/steps.h"

/* (n) → address: `stack_pointer += n`; negative n reserves. Made whenever it can be made: liveness drops it
 * unless the glue turns out to need it. */
void xform_add_frame(struct xform *x) {
    if (x->stack_pointer == WASM_NONE)
        return;
    uint8_t type = x->m->globals.items[x->stack_pointer].valtype;
    struct code c;
    code_begin(&c, x->arena, 1);
    code_op1(&c, WASM_OP_GLOBAL_GET, x->stack_pointer);
    code_get(&c, 0);
    code_add(&c, type);
    code_op1(&c, WASM_OP_GLOBAL_SET, x->stack_pointer);
    code_op1(&c, WASM_OP_GLOBAL_GET, x->stack_pointer);
    x->runtime->frame = wasm_add_func(x->m, wasm_add_type(x->m, &type, 1, &type, 1), code_end(&c),
                                      str_from(bind_runtime_names.frame));
}
