#include "bind/identifier.h"
#include "js/gen.h"
#include "js/text.h"

/* The bodies of the intrinsics (docs/upstream/intrinsics.md 3): expressions, or statements where the result
 * is unit. @0, @1 are the arguments; `memory` … stand for what the module offers. */
struct intrinsic {
    const char *text;
    enum js_fragment fragment; /* JS_FRAGMENTS: none */
};

#define PLAIN(name, text) [BIND_INTRINSIC_##name] = {text, JS_FRAGMENTS}
#define HELPED(name, text, fragment) [BIND_INTRINSIC_##name] = {text, JS_FRAGMENT_##fragment}

static const struct intrinsic table[] = {
    PLAIN(jsval_eq, "@0 === @1"),
    PLAIN(jsval_loose_eq, "@0 == @1"),
    PLAIN(is_function, "typeof @0 === 'function'"),
    PLAIN(is_undefined, "@0 === undefined"),
    PLAIN(is_null, "@0 === null"),
    PLAIN(is_null_or_undefined, "@0 == null"),
    PLAIN(object_is_null_or_undefined, "@0 == null"),
    PLAIN(object_is_undefined, "@0 === undefined"),
    PLAIN(is_object, "typeof @0 === 'object' && @0 !== null"),
    PLAIN(is_symbol, "typeof @0 === 'symbol'"),
    PLAIN(is_string, "typeof @0 === 'string'"),
    PLAIN(is_bigint, "typeof @0 === 'bigint'"),
    PLAIN(is_array, "Array.isArray(@0)"),
    PLAIN(is_falsy, "!@0"),
    PLAIN(in, "@0 in @1"),
    PLAIN(lt, "@0 < @1"),
    PLAIN(le, "@0 <= @1"),
    PLAIN(gt, "@0 > @1"),
    PLAIN(ge, "@0 >= @1"),
    PLAIN(typeof, "typeof @0"),
    PLAIN(neg, "-@0"),
    PLAIN(bit_not, "~@0"),
    PLAIN(bit_and, "@0 & @1"),
    PLAIN(bit_or, "@0 | @1"),
    PLAIN(bit_xor, "@0 ^ @1"),
    PLAIN(shl, "@0 << @1"),
    PLAIN(shr, "@0 >> @1"),
    PLAIN(unsigned_shr, "@0 >>> @1"),
    PLAIN(add, "@0 + @1"),
    PLAIN(sub, "@0 - @1"),
    PLAIN(mul, "@0 * @1"),
    PLAIN(div, "@0 / @1"),
    PLAIN(rem, "@0 % @1"),
    PLAIN(pow, "@0 ** @1"),
    HELPED(checked_div, "checkedDiv(@0, @1)", checked_div),
    HELPED(try_into_number, "tryIntoNumber(@0)", try_into_number),
    PLAIN(as_number, "+@0"),
    PLAIN(number_get, "typeof @0 === 'number' ? @0 : undefined"),
    PLAIN(bigint_get_as_i64, "typeof @0 === 'bigint' ? @0 : undefined"),
    PLAIN(boolean_get, "typeof @0 === 'boolean' ? @0 : undefined"),
    PLAIN(string_get, "typeof @0 === 'string' ? @0 : undefined"),
    HELPED(debug_string, "debugString(@0)", debug_string),
    PLAIN(json_serialize, "JSON.stringify(@0 === undefined ? null : @0)"),
    HELPED(string_from_utf8_lossy, "textDecoder.decode(@0)", text_decoder),
    PLAIN(string_new, "@0"),
    PLAIN(number_new, "@0"),
    PLAIN(bigint_from_i64, "@0"),
    PLAIN(bigint_from_u64, "@0"),
    PLAIN(bigint_from_i128, "(@0 << 64n) | @1"),
    PLAIN(bigint_from_u128, "(@0 << 64n) | @1"),
    PLAIN(bigint_from_str, "BigInt(@0)"),
    PLAIN(symbol_named_new, "Symbol(@0)"),
    PLAIN(symbol_anonymous_new, "Symbol()"),
    PLAIN(error_new, "new Error(@0)"),
    PLAIN(json_parse, "JSON.parse(@0)"),
    PLAIN(array_new, "[]"),
    PLAIN(array_push, "@0.push(@1)"),
    PLAIN(object_clone_ref, "@0"),
    PLAIN(object_drop_ref, "@0"),
    HELPED(cb_drop, "dropClosure(@0)", closure_drop),
    HELPED(externref_heap_live_count, "liveHandleCount()", live_count),
    PLAIN(throw, "throw new Error(@0)"),
    PLAIN(rethrow, "throw @0"),
    HELPED(panic_error, "new PanicError(@0)", panic_error),
    PLAIN(copy_to_typed_array, "new Uint8Array(@1.buffer, @1.byteOffset, @1.byteLength).set(@0)"),
    PLAIN(memory, "@m"),
    PLAIN(exports, "wasm"),
    PLAIN(module, "wasmModule"),
    PLAIN(instance, "wasmInstance"),
    PLAIN(function_table, "@t"),
    PLAIN(uint8_array_new, "@0"),
    PLAIN(uint8_clamped_array_new, "@0"),
    PLAIN(uint16_array_new, "@0"),
    PLAIN(uint32_array_new, "@0"),
    PLAIN(biguint64_array_new, "@0"),
    PLAIN(int8_array_new, "@0"),
    PLAIN(int16_array_new, "@0"),
    PLAIN(int32_array_new, "@0"),
    PLAIN(bigint64_array_new, "@0"),
    PLAIN(float32_array_new, "@0"),
    PLAIN(float64_array_new, "@0"),
    [BIND_INTRINSIC_jspi_suspend] = {NULL, JS_FRAGMENTS},
};

static size_t count_uses(const char *text, size_t arg) {
    size_t n = 0;
    for (; *text; text++)
        n += text[0] == '@' && text[1] == (char)('0' + arg);
    return n;
}

/* A name or one call: it binds tighter than any operator around it. */
static bool is_simple(Str expression) {
    int depth = 0;
    for (size_t i = 0; i < expression.len; i++) {
        char c = expression.ptr[i];
        depth += (c == '(') - (c == ')');
        if (c == ' ' && depth == 0)
            return false;
    }
    return true;
}

/* Arguments that would be evaluated twice, or torn apart, become constants. */
static void hoist(struct js_body *body, const char *text, const struct bind_import *import, Str *args) {
    for (size_t i = 0; i < import->sig.nparams; i++) {
        bool twice = count_uses(text, i) > 1 && !bind_is_identifier(args[i]);
        if (!twice && is_simple(args[i]))
            continue;
        Str local = js_local(body, "value");
        js_line(body, "const %.*s = %.*s;", STR_ARG(local), STR_ARG(args[i]));
        args[i] = local;
    }
}

static void fill(const struct js_gen *g, const char *text, const struct bind_import *import, const Str *args,
                 struct buf *out) {
    for (; *text; text++) {
        if (*text != '@') {
            buf_byte(out, (uint8_t)*text);
            continue;
        }
        text++;
        if (*text == 'm')
            buf_str(out, js_wasm(g, g->surface->memory));
        else if (*text == 't')
            buf_str(out, js_wasm(g, g->surface->function_table));
        else if ((size_t)(*text - '0') < import->sig.nparams)
            buf_str(out, args[*text - '0']);
        else
            buf_str(out, STR("undefined"));
    }
}

bool js_intrinsic(struct js_gen *g, struct js_body *body, const struct bind_import *import, Str *args,
                  Str *out) {
    const struct intrinsic *i = &table[import->intrinsic];
    if ((size_t)import->intrinsic >= sizeof table / sizeof *table || !i->text)
        return diag_fail(g->diag, "the intrinsic `%.*s` is not implemented yet", STR_ARG(import->wasm_name));
    if (i->fragment != JS_FRAGMENTS)
        js_want(g, i->fragment);
    g->values.keep_module |= import->intrinsic == BIND_INTRINSIC_module;
    g->values.keep_original |= import->intrinsic == BIND_INTRINSIC_cb_drop;
    g->values.keep_instance |= import->intrinsic == BIND_INTRINSIC_instance;
    hoist(body, i->text, import, args);
    struct buf text = {0};
    fill(g, i->text, import, args, &text);
    *out = buf_copy(g->arena, &text);
    buf_free(&text);
    return true;
}
