#include "bind/casts.h"

#include "bind/imports.h"
#include "bind/signature.h"

static bool same_types(const struct bind_context *cx, const struct meta_generic *group) {
    for (size_t i = 1; i < group->nfuncs; i++)
        if (cx->m->funcs.items[group->funcs[i]].type != cx->m->funcs.items[group->funcs[0]].type)
            return false;
    return true;
}

/* The first function becomes the import, the others stand for it. */
static void make_import(struct bind_context *cx, const struct meta_generic *group, Str name) {
    vec_push(cx->arena, &cx->b->edits.stubs, (struct bind_stub){group->funcs[0], name});
    for (size_t i = 1; i < group->nfuncs; i++)
        bind_alias(cx, group->funcs[i], group->funcs[0]);
}

static bool build_cast(const struct bind_context *cx, const struct meta_generic *group,
                       struct bind_import *out, Str *why) {
    if (!bind_signature_build(cx, group->type->function, NULL, false, &out->sig, why))
        return false;
    if (out->sig.nparams != 1) {
        *why = STR("a conversion has one argument");
        return false;
    }
    out->kind = BIND_IMPORT_IDENTITY;
    /* Taking a slot for the result may grow memory, which would detach a view (docs/upstream/detach.md 4.1).
     */
    out->result_is_view = bind_is_view(out->sig.params[0].value.type);
    if (out->sig.result.type->absent != BIND_ALWAYS)
        bind_slot_first(cx, out);
    return bind_signature_matches(cx, &out->sig, false, out->func, why);
}

static Str cast_title(const struct bind_context *cx, const struct meta_signature *function) {
    Str from = function->nargs ? meta_type_text(cx->arena, function->args[0]) : STR("()");
    Str to = meta_type_text(cx->arena, function->ret);
    return str_format(cx->arena, "conversion of `%.*s` to `%.*s`", STR_ARG(from), STR_ARG(to));
}

static void bind_cast(struct bind_context *cx, const struct meta_generic *group, Str name) {
    struct bind_import *import = bind_add_import(cx, name, group->funcs[0]);
    Str why;
    if (build_cast(cx, group, import, &why))
        return;
    bind_give_up(import, bind_reason(cx->arena, cast_title(cx, group->type->function), why));
}

static bool bind_group(struct bind_context *cx, const struct meta_generic *group, Str name) {
    if (group->type->kind != META_FUNCTION || !same_types(cx, group))
        return diag_fail(cx->diag, "the conversion functions `%.*s` do not fit their type descriptor",
                         STR_ARG(cx->m->funcs.items[group->funcs[0]].name));
    if (!group->key.len) {
        make_import(cx, group, name);
        bind_cast(cx, group, name);
        return true;
    }
    const struct map_entry *found = map_find(&cx->templates, group->key);
    if (!found)
        return diag_fail(cx->diag, "an instance of the generic import `%.*s` has no record",
                         STR_ARG(group->key));
    const struct bind_template *template = found->value.ptr;
    make_import(cx, group, name);
    cx->program = template->program;
    bind_import_function(cx, template->import, name, group->funcs[0], group->type->function);
    return true;
}

bool bind_casts(struct bind_context *cx) {
    const char *prefix = cx->release >= 128 ? "__wbindgen_generic_" : "__wbindgen_cast_";
    for (size_t i = 0; i < cx->descriptors->casts.len; i++) {
        Str name = str_format(cx->arena, "%s%016zx", prefix, i + 1);
        if (!bind_group(cx, &cx->descriptors->casts.items[i], name))
            return false;
    }
    return true;
}
