/* The records of the wire format as C structs, made from schema.def; see programs.h for the naming rules.
 *
 *   STR → Str, OPT_STR → const Str * (NULL = absent), LIST_STR → struct meta_str_list, OPT_LIST_STR → pointer
 * to one, REC → struct meta_Sub, OPT_REC → pointer to one, LIST_REC → struct meta_Sub_list { items, len },
 *   ENUM(X) → struct meta_X { enum meta_X_tag tag; union { one member per variant with payload, named as the
 * variant } }, TAGS(X) → enum meta_X. The enumerators of both are META_<X>_<Variant>; their values are ours,
 * not the wire's. The wire's `signed` is the member `signed_`. Up to 0.2.99 `arg_names` fills `args` (names
 * only). */
#ifndef META_SCHEMA_STRUCTS_H
#define META_SCHEMA_STRUCTS_H

#include "base/str.h"

struct meta_str_list {
    Str *items;
    size_t len;
};

/* clang-format off: pieces of declarations */

/* First pass: tags, and lists of structs. */
#define STRUCT(Name)                                                                                         \
    struct meta_##Name;                                                                                      \
    struct meta_##Name##_list {                                                                              \
        struct meta_##Name *items;                                                                           \
        size_t len;                                                                                          \
    };
#define ENUM(Name) enum meta_##Name##_tag {
#define END_ENUM(Name)                                                                                       \
    }                                                                                                        \
    ;
#define TAGS(Name) enum meta_##Name {
#define END_TAGS(Name)                                                                                       \
    }                                                                                                        \
    ;
#define VARIANT(Owner, Name, KIND, Sub, from, to) META_##Owner##_##Name,
#include "meta/schema.def"

/* Second pass: members by kind. */
#define META_MEMBER_BOOL(Sub, name) bool name;
#define META_MEMBER_TRUE_BOOL(Sub, name) bool name;
#define META_MEMBER_U32(Sub, name) uint32_t name;
#define META_MEMBER_STR(Sub, name) Str name;
#define META_MEMBER_OPT_STR(Sub, name) const Str *name;
#define META_MEMBER_LIST_STR(Sub, name) struct meta_str_list name;
#define META_MEMBER_OPT_LIST_STR(Sub, name) const struct meta_str_list *name;
#define META_MEMBER_REC(Sub, name) struct meta_##Sub name;
#define META_MEMBER_OPT_REC(Sub, name) const struct meta_##Sub *name;
#define META_MEMBER_LIST_REC(Sub, name) struct meta_##Sub##_list name;
#define META_MEMBER_TAG(Sub, name) enum meta_##Sub name;
#define META_MEMBER_NONE(Sub, name)

#define STRUCT(Name) struct meta_##Name {
#define END_STRUCT(Name)                                                                                     \
    }                                                                                                        \
    ;
#define FIELD(Owner, name, KIND, Sub, from, to) META_MEMBER_##KIND(Sub, name)
#define ENUM(Name)                                                                                           \
    struct meta_##Name {                                                                                     \
        enum meta_##Name##_tag tag;                                                                          \
        union {
#define END_ENUM(Name)                                                                                       \
    }                                                                                                        \
    ;                                                                                                        \
    }                                                                                                        \
    ;
/* Variants of a TAGS group have no payload, so they expand to nothing here. */
#define VARIANT(Owner, Name, KIND, Sub, from, to) META_MEMBER_##KIND(Sub, Name)
#include "meta/schema.def"

/* clang-format on */

#endif
