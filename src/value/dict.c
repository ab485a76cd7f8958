/* Compact hash table: entries stand in insertion order in one array, a power-of-two
 * index of entry numbers is probed linearly from the (mixed) hash. A deleted entry
 * keeps its place with an UNSET key until the next growth, so that an iteration over
 * entry numbers survives deletions; in the index its slot is filled by moving later
 * members of the run up, so that there are always empty slots to end a search.
 *
 * Equality of generic keys can run dialect code that changes this very table. A
 * lookup therefore notes `shape` before it compares and starts again when it moved.
 */
#include "config.h"

#include "value/dict.h"

#include "value/gc.h"

#include "value/ops.h"
#include "value/obj.h"
#include "value/strobj.h"
#include "tensor/tensor.h"

enum { CAP_MAX = 1 << 30 };

static uint32_t shape_next(void) {
    static uint32_t last;
    return ++last;
}

/* Python's hashes of ints are the ints; mixing keeps strided keys from clustering. */
static size_t slot_first(const Dict *d, uint64_t hash) {
    return (hash * 0x9E3779B97F4A7C15u) >> 32 & d->mask;
}

Dict *dict_new(void) {
    Dict *d = mem_zero(sizeof *d);
    d->shape = shape_next();
    return d;
}

void dict_free(Dict *d) {
    if (!d) return;
    dict_clear(d);
    mem_free(d);
}

size_t dict_count(const Dict *d) {
    return d->count;
}

void dict_clear(Dict *d) {
    DictEntry *entries = d->entries;
    size_t used = d->used;
    *d = (Dict){.shape = shape_next()};
    for (size_t i = 0; i < used; i++) {
        if (entries[i].key.tag == VT_UNSET) continue;
        value_release(entries[i].key);
        value_release(entries[i].v);
    }
    mem_free(entries);
}

static void index_put(Dict *d, uint64_t hash, size_t entry) {
    size_t slot = slot_first(d, hash);
    while (d->index[slot] != 0) slot = (slot + 1) & d->mask;
    d->index[slot] = (uint32_t)entry + 1;
}

/* Room for `want` live entries: compacts the array and builds the index anew. */
static void dict_rebuild(Dict *d, size_t want) {
    if (want > CAP_MAX) BUG("a dict of %zu entries", want);
    size_t slots = 8;
    while (slots * 2 / 3 < want) slots *= 2;
    size_t cap = slots * 2 / 3, n = 0;
    size_t bytes = cap * sizeof(DictEntry); /* the index stands behind the entries */
    DictEntry *entries = mem_alloc(bytes + slots * sizeof *d->index);
    for (size_t i = 0; i < d->used; i++)
        if (d->entries[i].key.tag != VT_UNSET) entries[n++] = d->entries[i];
    mem_free(d->entries);
    d->entries = entries;
    d->index = memset((char *)entries + bytes, 0, slots * sizeof *d->index);
    d->mask = slots - 1;
    d->used = n;
    d->cap = cap;
    for (size_t i = 0; i < n; i++) index_put(d, entries[i].hash, i);
}

static void entry_append_take(Dict *d, uint64_t hash, Value key, Value v) {
    /* Compacts when CPython does: an iteration that changes the keys then ends as there. */
    if (!d->index || d->used == d->cap) dict_rebuild(d, d->count < 3 ? 5 : d->count * 2);
    d->entries[d->used] = (DictEntry){key, v, hash};
    index_put(d, hash, d->used);
    d->used++;
    d->count++;
    d->shape = shape_next();
}

/* Empties a slot: a later member of the run moves into the hole unless that is before the
 * slot where its own search begins. */
static void index_remove(Dict *d, size_t hole) {
    for (size_t i = (hole + 1) & d->mask; d->index[i] != 0; i = (i + 1) & d->mask) {
        size_t home = slot_first(d, d->entries[d->index[i] - 1].hash);
        if (((i - home) & d->mask) < ((i - hole) & d->mask)) continue;
        d->index[hole] = d->index[i];
        hole = i;
    }
    d->index[hole] = 0;
}

static void entry_remove(Dict *d, size_t slot) {
    DictEntry *e = &d->entries[d->index[slot] - 1];
    Value key = e->key, v = e->v;
    index_remove(d, slot);
    e->key = VALUE_UNSET;
    e->v = VALUE_UNSET;
    d->count--;
    d->shape = shape_next();
    value_release(key);
    value_release(v);
}

static bool entry_is_str(const DictEntry *e, const StrObj *key) {
    if (e->key.tag != VT_OBJ) return false;
    if (e->key.o == &key->head) return true;
    return e->key.o->type == &type_str && str_same(str_of(e->key), key);
}

/* Slot of a str key, or -1. */
static int64_t find_str(const Dict *d, const StrObj *key, uint64_t hash) {
    if (d->count == 0) return -1;
    for (size_t slot = slot_first(d, hash);; slot = (slot + 1) & d->mask) {
        uint32_t at = d->index[slot];
        if (at == 0) return -1;
        const DictEntry *e = &d->entries[at - 1];
        if (e->hash == hash && entry_is_str(e, key)) return (int64_t)slot;
    }
}

/* Identity or a comparison that cannot run dialect code; -1 when it must be asked. */
static int keys_same_fast(Value a, Value b) {
    if (a.tag != VT_OBJ && a.tag == b.tag) {
        if (a.tag == VT_INT) return a.i == b.i;
        if (a.tag == VT_BOOL) return a.b == b.b;
        if (a.tag == VT_FLOAT) return a.f == b.f;
        return 1;
    }
    if (a.tag == VT_OBJ && b.tag == VT_OBJ) {
        if (a.o == b.o) return 1;
        if (a.o->type == &type_str && b.o->type == &type_str) return str_same(str_of(a), str_of(b));
    }
    return -1;
}

/* *slot = where the key stands, or -1. */
static bool find(Interp *in, Dict *d, Value key, uint64_t hash, int64_t *slot_out, Err *err) {
again:
    *slot_out = -1;
    if (d->count == 0) return true;
    for (size_t slot = slot_first(d, hash);; slot = (slot + 1) & d->mask) {
        uint32_t at = d->index[slot];
        if (at == 0) return true;
        if (d->entries[at - 1].hash != hash) continue;
        int same = keys_same_fast(d->entries[at - 1].key, key);
        if (same < 0) {
            uint32_t shape = d->shape;
            Value other = value_retain(d->entries[at - 1].key);
            bool equal = false, ok = value_equal(in, other, key, &equal, err);
            value_release(other);
            if (!ok) return false;
            if (d->shape != shape) goto again;
            same = equal;
        }
        if (same) {
            *slot_out = (int64_t)slot;
            return true;
        }
    }
}

static bool key_hash(Interp *in, Value key, uint64_t *hash, Err *err) {
    if (value_is(key, &type_str)) {
        *hash = str_hash(str_of(key));
        return true;
    }
    return value_hash(in, key, hash, err);
}

bool dict_get(Interp *in, Dict *d, Value key, Value *borrowed, Err *err) {
    uint64_t hash;
    int64_t slot;
    if (!key_hash(in, key, &hash, err) || !find(in, d, key, hash, &slot, err)) return false;
    *borrowed = slot < 0 ? VALUE_UNSET : d->entries[d->index[slot] - 1].v;
    return true;
}

/* The entries are copied: both tables are there for a while. */
static bool admit_growth(const Dict *d, Err *err) {
    if (d->count >= CAP_MAX / 4) return err_set(err, ERR_MEMORY, "the dict has too many entries");
    return memory_admit(d->count * 2 * (sizeof(DictEntry) + 2 * sizeof *d->index), "a dict", err);
}

bool dict_set(Interp *in, Dict *d, Value key, Value v, Err *err) {
    uint64_t hash;
    int64_t slot;
    if (!key_hash(in, key, &hash, err) || !find(in, d, key, hash, &slot, err)) return false;
    if (slot >= 0) {
        value_set_take(&d->entries[d->index[slot] - 1].v, value_retain(v));
        return true;
    }
    if (UNLIKELY(d->used == d->cap) && !admit_growth(d, err)) return false;
    entry_append_take(d, hash, value_retain(key), value_retain(v));
    return true;
}

bool dict_del(Interp *in, Dict *d, Value key, bool *was, Err *err) {
    uint64_t hash;
    int64_t slot;
    if (!key_hash(in, key, &hash, err) || !find(in, d, key, hash, &slot, err)) return false;
    *was = slot >= 0;
    if (slot >= 0) entry_remove(d, (size_t)slot);
    return true;
}

Value dict_get_str(const Dict *d, const StrObj *key) {
    int64_t slot = find_str(d, key, str_hash((StrObj *)key));
    return slot < 0 ? VALUE_UNSET : d->entries[d->index[slot] - 1].v;
}

Value dict_get_cstr(const Dict *d, const char *key) {
    if (d->count == 0) return VALUE_UNSET;
    size_t n = strlen(key);
    uint64_t hash = str_hash_bytes(key, n);
    for (size_t slot = slot_first(d, hash);; slot = (slot + 1) & d->mask) {
        uint32_t at = d->index[slot];
        if (at == 0) return VALUE_UNSET;
        const DictEntry *e = &d->entries[at - 1];
        if (e->hash == hash && value_is(e->key, &type_str) && str_of(e->key)->len == n &&
            memcmp(str_of(e->key)->s, key, n) == 0)
            return e->v;
    }
}

Value *dict_slot_str(const Dict *d, const StrObj *key, uint32_t *hint) {
    int64_t slot = find_str(d, key, str_hash((StrObj *)key));
    if (slot < 0) return NULL;
    *hint = d->index[slot] - 1;
    return &d->entries[*hint].v;
}

void dict_set_str(Dict *d, StrObj *key, Value v) {
    uint64_t hash = str_hash(key);
    int64_t slot = find_str(d, key, hash);
    if (slot >= 0)
        value_set_take(&d->entries[d->index[slot] - 1].v, value_retain(v));
    else
        entry_append_take(d, hash, value_retain(value_obj(key)), value_retain(v));
}

void dict_set_cstr(Dict *d, const char *key, Value v) {
    StrObj *s = str_intern(key, strlen(key));
    dict_set_str(d, s, v);
    value_release(value_obj(s));
}

bool dict_del_str(Dict *d, const StrObj *key) {
    int64_t slot = find_str(d, key, str_hash((StrObj *)key));
    if (slot >= 0) entry_remove(d, (size_t)slot);
    return slot >= 0;
}

bool dict_next(const Dict *d, size_t *pos, Value *key, Value *v) {
    while (*pos < d->used) {
        const DictEntry *e = &d->entries[(*pos)++];
        if (e->key.tag == VT_UNSET) continue;
        if (key) *key = e->key;
        if (v) *v = e->v;
        return true;
    }
    return false;
}

bool dict_prev(const Dict *d, size_t *pos, Value *key, Value *v) {
    if (*pos > d->used) *pos = d->used;
    while (*pos > 0) {
        const DictEntry *e = &d->entries[--*pos];
        if (e->key.tag == VT_UNSET) continue;
        if (key) *key = e->key;
        if (v) *v = e->v;
        return true;
    }
    return false;
}

bool dict_last(Dict *d, Value *key, Value *v) {
    size_t pos = SIZE_MAX;
    bool any = dict_prev(d, &pos, key, v);
    d->used = any ? pos + 1 : 0; /* what was deleted at the end is given back */
    return any;
}

Dict *dict_copy(const Dict *d) {
    Dict *copy = dict_new();
    if (d->count == 0) return copy;
    dict_rebuild(copy, d->count);
    for (size_t i = 0; i < d->used; i++) {
        const DictEntry *e = &d->entries[i];
        if (e->key.tag == VT_UNSET) continue;
        entry_append_take(copy, e->hash, value_retain(e->key), value_retain(e->v));
    }
    return copy;
}

void dict_traverse(const Dict *d, GcVisit visit, void *ctx) {
    for (size_t i = 0; i < d->used; i++) {
        const DictEntry *e = &d->entries[i];
        if (e->key.tag == VT_OBJ) visit(e->key.o, ctx);
        if (e->key.tag != VT_UNSET && e->v.tag == VT_OBJ) visit(e->v.o, ctx);
    }
}

bool dict_del_cstr(Dict *d, const char *key) {
    StrObj *name = str_intern(key, strlen(key));
    bool was = dict_del_str(d, name);
    value_release(value_obj(name));
    return was;
}

void dict_offer(const Dict *d, void (*offer)(void *ctx, const char *name), void *ctx) {
    Value k, v;
    for (size_t i = 0; d && dict_next(d, &i, &k, &v);)
        if (value_is(k, &type_str)) offer(ctx, str_of(k)->s);
}

/* ---- attributes ------------------------------------------------------------------------- */

Dict *obj_dict(Obj *o, bool make) {
    if (!o->type->dict_offset) return NULL;
    Dict **d = (Dict **)((char *)o + o->type->dict_offset);
    if (!*d && make) {
        *d = dict_new();
        gc_track(o);
    }
    return *d;
}
