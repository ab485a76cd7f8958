/* Insertion-ordered hash table from Value to Value: dicts, sets (values are
 * None), attributes, modules. Keys with str type and identity compare fast.
 *
 *     Dict *d = dict_new();
 *     dict_set_str(d, name, v);                   (StrObj key: cannot fail)
 *     for (size_t i = 0; dict_next(d, &i, &k, &v);) ...   (borrowed)
 *     dict_free(d);
 */
#ifndef QKV_VALUE_DICT_H
#define QKV_VALUE_DICT_H

#include "value/value.h"

/* The layout is public for the inline caches of the VM; only dict.c writes it. */
typedef struct DictEntry {
    Value key; /* UNSET: a hole that a deletion left */
    Value v;
    uint64_t hash;
} DictEntry;
struct Dict {
    DictEntry *entries; /* in insertion order */
    size_t used;        /* entries filled, holes included */
    size_t count;       /* live entries */
    size_t cap;         /* of entries */
    uint32_t *index;    /* open-addressed table of entry numbers + 1; NULL while small */
    size_t mask;
    uint32_t shape; /* changes whenever a key is added or removed */
};

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
bool dict_del_cstr(Dict *d, const char *key);
/* The slot of an interned key, or NULL; *hint becomes the entry's number. Valid until the
 * dict changes shape. */
Value *dict_slot_str(const Dict *d, const StrObj *key, uint32_t *hint);
/* The same, trying the entry that the last lookup from this place in the code found. */
static inline Value *dict_slot_hint(const Dict *d, const StrObj *key, uint32_t *hint) {
    if (LIKELY(*hint < d->used)) {
        DictEntry *e = &d->entries[*hint];
        if (LIKELY(e->key.tag == VT_OBJ && e->key.o == (const Obj *)key)) return &e->v;
    }
    return dict_slot_str(d, key, hint);
}
/* Iteration in insertion order; *pos starts at 0. Deleting while iterating is safe. */
bool dict_next(const Dict *d, size_t *pos, Value *key, Value *v);
/* Backwards: *pos starts at SIZE_MAX. */
bool dict_prev(const Dict *d, size_t *pos, Value *key, Value *v);
/* The newest entry, borrowed; false when empty. */
bool dict_last(Dict *d, Value *key, Value *v);
/* Its keys that are str, in order; d may be NULL. */
void dict_offer(const Dict *d, void (*offer)(void *ctx, const char *name), void *ctx);
void dict_clear(Dict *d);
Dict *dict_copy(const Dict *d);
void dict_traverse(const Dict *d, GcVisit visit, void *ctx);

#endif
