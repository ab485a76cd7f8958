/* Strings of the dialect, beyond what obj.h says: immutable UTF-8 with the number of
 * code points counted once. Offsets that the user sees are in code points; when
 * count == len the text is ASCII and both are the same.
 *
 *     Str s = STR_INIT;
 *     str_printf(&s, ...);
 *     *out = str_value_take(&s);       (s is empty again)
 */
#ifndef QKV_VALUE_STROBJ_H
#define QKV_VALUE_STROBJ_H

#include "value/row.h"
#include "value/obj.h"

extern Type type_str_iter;

uint64_t str_hash_bytes(const char *s, size_t n); /* never 0 */
static inline uint64_t str_hash(StrObj *s) {
    if (s->hash == 0) s->hash = str_hash_bytes(s->s, s->len);
    return s->hash;
}
static inline bool str_same(const StrObj *a, const StrObj *b) {
    if (a == b) return true;
    return a->len == b->len && memcmp(a->s, b->s, a->len) == 0;
}
static inline bool value_is_str(Value v) {
    return value_kind(v) == KIND_STR;
}

/* Code points; counted at the first call. */
int64_t str_count(StrObj *s);
static inline bool str_is_ascii(StrObj *s) {
    return str_count(s) == (int64_t)s->len;
}
/* Byte offset of code point `index` (0..count). */
size_t str_offset(StrObj *s, int64_t index);
/* Code point number at a byte offset. */
int64_t str_index_at(StrObj *s, size_t offset);

/* A str of n bytes to be filled in, NUL-terminated. */
StrObj *str_alloc(size_t n);
/* A str with the builder's text; the builder is emptied. */
Value str_value_take(Str *s);
/* As Python's repr: quotes chosen, control and unprintable characters escaped. */
void str_repr(Str *out, const char *s, size_t n);
bool str_printable(uint32_t cp); /* as str.isprintable */
/* Copies a repr with everything past ASCII escaped, as ascii() does. */
void str_ascii(Str *out, const char *s, size_t n);
/* Bytes [from, to) as a new str; the same object when that is all of s. */
Value str_slice_bytes(StrObj *s, size_t from, size_t to);

/* The parts between occurrences of sep (a run of whitespace when sep is NULL), at most
 * max_splits from the left; max_splits < 0: no limit. Returns an owned list. */
Value str_split(StrObj *s, StrObj *sep, int64_t max_splits);

extern const NativeRow str_methods[];

#endif
