/* Names of a module's symbols, as the macro of each release made them (docs/upstream/descriptors.md 12). */
#ifndef BIND_SYMBOL_H
#define BIND_SYMBOL_H

#include "base/str.h"
#include "meta/programs.h"

/* Lower-cased character by character, with the full Unicode mapping; well-formed UTF-8 assumed. */
Str bind_lower(struct arena *arena, Str s);

/* `san` of descriptors.md 12: the part of a symbol that stands for a JavaScript name (0.2.121+). */
Str bind_sanitize(struct arena *arena, Str name);

/* Namespace segments and name joined by `separator`; the name alone without (or with an empty) namespace. */
Str bind_qualified(struct arena *arena, const struct meta_str_list *ns, const char *separator, Str name);

/* The canonical export name of a function or method (12.1), without the suffix of 0.2.128+. */
Str bind_export_symbol(struct arena *arena, int release, const struct meta_Export *export_);

/* The name of a class in its symbols, "S" of 12.2: not lower-cased. */
Str bind_class_symbol(struct arena *arena, int release, const struct meta_Struct *class);

/* `__wbg_<class>_free`, `__wbg_<class>_new` … ; `what` = "free", "new", "unwrap". */
Str bind_class_function(struct arena *arena, Str symbol, const char *what);

/* `__wbg_get_<class>_<field>`; `what` = "get" or "set". */
Str bind_field_symbol(struct arena *arena, int release, Str symbol, const char *what, Str field);

/* The symbol as it stands in a module: from 0.2.128 on with `_` and the crate's hash (12.0). */
Str bind_mangled(struct arena *arena, int release, const struct meta_Program *program, Str canonical);

#endif
