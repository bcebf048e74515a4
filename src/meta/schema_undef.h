/* Ends one reading of schema.def: forgets the row macros. No include guard: meant to be included after each
 * reading. */
#undef SCHEMA
#undef STRUCT
#undef END_STRUCT
#undef FIELD
#undef OLD_FIELD
#undef ENUM
#undef END_ENUM
#undef TAGS
#undef END_TAGS
#undef VARIANT
