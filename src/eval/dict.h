/* Insertion-ordered hash table from Value to Value: dicts, sets (values are
 * None), attributes, modules. Keys with str type and identity compare fast.
 *
 *     Dict *d = dict_new();
 *     dict_set_str(d, name, v);                   (StrObj key: cannot fail)
 *     for (size_t i = 0; dict_next(d, &i, &k, &v);) ...   (borrowed)
 *     dict_free(d);
 */
#ifndef QKV_DICT_H
#define QKV_DICT_H

#include "eval/value.h"

Dict *dict_new(void);
void dict_free(Dict *d);
size_t dict_count(const Dict *d);
/* Generic keys: hashing and equality may run dialect code, so they can fail. */
bool dict_get(Interp *in, Dict *d, Value key, Value *borrowed, Err *err); /* UNSET: absent */
bool dict_set(Interp *in, Dict *d, Value key, Value v, Err *err);         /* retains both */
bool dict_del(Interp *in, Dict *d, Value key, bool *was, Err *err);
/* String keys. */
Value dict_get_str(const Dict *d, const StrObj *key); /* borrowed; UNSET: absent */
Value dict_get_cstr(const Dict *d, const char *key);
void dict_set_str(Dict *d, StrObj *key, Value v);
void dict_set_cstr(Dict *d, const char *key, Value v);
bool dict_del_str(Dict *d, const StrObj *key);
/* Iteration in insertion order; *pos starts at 0. Deleting while iterating is safe. */
bool dict_next(const Dict *d, size_t *pos, Value *key, Value *v);
void dict_clear(Dict *d);
Dict *dict_copy(const Dict *d);
void dict_traverse(const Dict *d, GcVisit visit, void *ctx);
/* Changes whenever a key is added or removed: guards inline caches. */
uint32_t dict_shape(const Dict *d);

#endif
