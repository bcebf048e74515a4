/* Bytes as a symbol. */
#include "demangle/demangle.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    enum { BUDGET = 4 * DEMANGLE_LIMIT };
    struct buf out = {0}, again = {0};
    struct demangle_budget budget = {.left = BUDGET}, same = budget;
    Str symbol = {(const char *)data, size};
    if (demangle_symbol(symbol, &out, &budget)) {
        ASSERT(out.len <= DEMANGLE_LIMIT + size + 64 && budget.left <= BUDGET - out.len);
        ASSERT(demangle_symbol(symbol, &again, &same));
        ASSERT(str_eq(buf_view(&out), buf_view(&again)) && str_is_utf8(buf_view(&out)));
    }
    buf_free(&out);
    buf_free(&again);
    return 0;
}
