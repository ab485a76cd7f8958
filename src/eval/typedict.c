/* What a type keeps: readiness, the mro, class attributes and their cache. */
#include "config.h"

#include "eval/class.h"

/* ---- readiness ------------------------------------------------------------------------------ */

/* The row's method becomes an attribute; where there is one of its name, only with `over`. */
static void list_method(Type *t, const NativeRow *row, bool over) {
    StrObj *name = str_intern(row->sig, native_name_len(row));
    if (over || dict_get_str(t->attrs, name).tag == VT_UNSET) {
        Value f = native_method_new(row, t);
        dict_set_str(t->attrs, name, f);
        value_release(f);
    }
    value_release(value_obj(name));
}

/* A method for each slot that t has, of its own or copied from its base. */
static void list_slots(Type *t) {
    typedef void (*AnyFn)(void);
    if (t->kind == KIND_TYPE) return;
    for (const SlotRow *r = slot_rows; r->row.sig; r++) {
        AnyFn fn;
        memcpy(&fn, (const char *)t + r->slot, sizeof fn);
        if (fn) list_method(t, &r->row, false);
    }
}

static Type *type_of_types; /* type_type, whose slots stand above this file */

void typedict_install(Type *meta) {
    type_of_types = meta;
}

void type_ready(Type *t) {
    if (t->flags & TYPE_READY) return;
    t->flags |= TYPE_READY;
    t->head.type = type_of_types;
    t->head.refs = 1;
    if (!t->base && t != &type_object) t->base = &type_object;
    int n = 0;
    for (Type *b = t; b; b = b->base) {
        type_ready(b);
        n++;
    }
    t->mro = mem_alloc((size_t)n * sizeof *t->mro);
    for (Type *b = t; b; b = b->base) t->mro[t->nmro++] = b;
    if (!t->attrs) t->attrs = dict_new();
    for (const NativeRow *r = t->methods; r && r->sig; r++) list_method(t, r, true);
    list_slots(t);
}

Value type_value(Type *t) {
    type_ready(t);
    t->head.refs++;
    return value_obj(t);
}

/* ---- class attributes ----------------------------------------------------------------------- */

/* One entry per (type, name), right as long as no class has changed since. */
typedef struct CacheEntry {
    const Type *type;
    StrObj *name; /* counted, so that its address stays its own */
    Value v;      /* borrowed from the class */
    uint32_t epoch;
} CacheEntry;

enum { CACHE_SIZE = 2048 };
static CacheEntry cache[CACHE_SIZE];
static uint32_t epoch = 1;

void type_changed(void) {
    if (++epoch == 0) type_cache_clear();
}

void type_cache_clear(void) {
    for (int i = 0; i < CACHE_SIZE; i++) {
        if (cache[i].name) value_release(value_obj(cache[i].name));
        cache[i] = (CacheEntry){0};
    }
    epoch = 1;
}

Value type_own(Type *t, StrObj *name) {
    type_ready(t);
    return t->attrs ? dict_get_str(t->attrs, name) : VALUE_UNSET;
}

static Value find_uncached(Type *t, StrObj *name) {
    type_ready(t);
    for (int i = 0; i < t->nmro; i++) {
        Value v = type_own(t->mro[i], name);
        if (v.tag != VT_UNSET) return v;
    }
    return VALUE_UNSET;
}

Value type_find(Type *t, StrObj *name) {
    size_t slot = (((uintptr_t)t >> 4) * 31 + ((uintptr_t)name >> 4)) % CACHE_SIZE;
    CacheEntry *e = &cache[slot];
    if (LIKELY(e->type == t && e->name == name && e->epoch == epoch)) return e->v;
    Value v = find_uncached(t, name);
    if (!name->interned) return v;
    StrObj *old = e->name;
    *e = (CacheEntry){t, name, v, epoch};
    name->head.refs++;
    if (old) value_release(value_obj(old));
    return v;
}
