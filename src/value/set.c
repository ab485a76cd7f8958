/* The set table and the types set and frozenset. */
#include "config.h"

#include "value/set.h"

#include "value/callargs.h"
#include "value/ops.h"
#include "value/iterators.h"
#include "value/row.h"
#include "value/seq.h"
#include "tensor/tensor.h"

typedef struct SetEntry {
    Value key; /* UNSET: never used, or a dummy when hash is DUMMY */
    uint64_t hash;
} SetEntry;

typedef struct SetObj {
    Obj head;
    SetEntry *table;         /* mask + 1 entries */
    size_t mask, fill, used; /* fill counts dummies too */
    size_t finger;           /* where pop looks next */
    uint64_t changes;
} SetObj;

enum { LINEAR_PROBES = 9, PERTURB_SHIFT = 5, SIZE_MIN = 8 };
#define DUMMY UINT64_MAX /* no value hashes to -1 */

static SetObj *set_of(Value v) {
    return (SetObj *)v.o;
}

bool set_is(Value v) {
    return value_isinstance(v, &type_set) || value_isinstance(v, &type_frozenset);
}

int64_t set_count(Value set) {
    return (int64_t)set_of(set)->used;
}

static SetEntry *table_new(size_t size) {
    SetEntry *t = mem_zero(size * sizeof *t);
    _Static_assert(VT_UNSET == 0, "zeroed entries are unused");
    return t;
}

Value set_new(Type *type) {
    SetObj *s = obj_new(type);
    s->table = table_new(SIZE_MIN);
    s->mask = SIZE_MIN - 1;
    return value_obj(s);
}

/* ---- the table ------------------------------------------------------------------------------ */

/* The probe sequence: runs of neighbours, then jumps that use up the hash's upper bits. */
typedef struct Probe {
    size_t i, step, left, mask;
    uint64_t perturb;
} Probe;

static Probe probe_start(uint64_t hash, size_t mask) {
    size_t i = hash & mask;
    return (Probe){i, 0, i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0, mask, hash};
}

static void probe_next(Probe *p) {
    if (p->step < p->left) {
        p->step++;
        return;
    }
    p->perturb >>= PERTURB_SHIFT;
    p->i = (p->i * 5 + 1 + p->perturb) & p->mask;
    p->step = 0;
    p->left = p->i + LINEAR_PROBES <= p->mask ? LINEAR_PROBES : 0;
}

static bool entry_unused(const SetEntry *e) {
    return e->key.tag == VT_UNSET && e->hash != DUMMY;
}

static void insert_clean(SetEntry *table, size_t mask, Value key, uint64_t hash) {
    Probe p = probe_start(hash, mask);
    while (table[p.i + p.step].key.tag != VT_UNSET) probe_next(&p);
    table[p.i + p.step] = (SetEntry){key, hash};
}

static void set_resize(SetObj *s, size_t want) {
    size_t size = SIZE_MIN;
    while (size <= want) size *= 2;
    SetEntry *table = table_new(size);
    for (size_t i = 0; i <= s->mask; i++)
        if (s->table[i].key.tag != VT_UNSET)
            insert_clean(table, size - 1, s->table[i].key, s->table[i].hash);
    mem_free(s->table);
    s->table = table;
    s->mask = size - 1;
    s->fill = s->used;
    s->changes++;
}

/* The entry that holds key, or the unused one where the search ended; *dummy: the last dummy
 * on the way or NULL, which is where CPython would put a new key. */
static bool set_find(Interp *in, SetObj *s, Value key, uint64_t hash, SetEntry **at,
                     SetEntry **dummy, Err *err) {
again:;
    uint64_t changes = s->changes;
    *dummy = NULL;
    for (Probe p = probe_start(hash, s->mask);; probe_next(&p)) {
        SetEntry *e = &s->table[p.i + p.step];
        if (entry_unused(e)) {
            *at = e;
            return true;
        }
        if (e->key.tag == VT_UNSET) *dummy = e;
        if (e->hash != hash || e->key.tag == VT_UNSET) continue;
        bool same;
        Value other = value_retain(e->key);
        bool ok = value_same(in, other, key, &same, err);
        value_release(other);
        if (!ok) return false;
        if (s->changes != changes) goto again; /* __eq__ changed the set */
        if (!same) continue;
        *at = e;
        return true;
    }
}

/* CPython's growth, by which the order of iteration is the same. */
static size_t size_wanted(const SetObj *s) {
    return s->used > 50000 ? s->used * 2 : s->used * 4;
}

/* Room for the table that one more member makes necessary; the old one is still there. */
static bool admit_growth(const SetObj *s, Err *err) {
    return (s->fill + 1) * 5 < s->mask * 3 ||
           memory_admit(2 * size_wanted(s) * sizeof(SetEntry), "a set", err);
}

static bool add_hashed(Interp *in, SetObj *s, Value key, uint64_t hash, Err *err) {
    SetEntry *e, *dummy;
    if (!set_find(in, s, key, hash, &e, &dummy, err)) return false;
    if (e->key.tag != VT_UNSET) return true;
    if (UNLIKELY(!admit_growth(s, err))) return false;
    *(dummy ? dummy : e) = (SetEntry){value_retain(key), hash};
    s->used++;
    s->changes++;
    if (dummy) return true;
    s->fill++;
    if (s->fill * 5 >= s->mask * 3) set_resize(s, size_wanted(s));
    return true;
}

bool set_add(Interp *in, Value set, Value key, Err *err) {
    uint64_t hash;
    return value_hash(in, key, &hash, err) && add_hashed(in, set_of(set), key, hash, err);
}

bool set_has(Interp *in, Value set, Value key, bool *out, Err *err) {
    uint64_t hash;
    SetEntry *e, *dummy;
    if (!value_hash(in, key, &hash, err)) return false;
    if (!set_find(in, set_of(set), key, hash, &e, &dummy, err)) return false;
    *out = e->key.tag != VT_UNSET;
    return true;
}

static void entry_take(SetObj *s, SetEntry *e, Value *key) {
    *key = e->key;
    *e = (SetEntry){VALUE_UNSET, DUMMY};
    s->used--;
    s->changes++;
}

bool set_discard(Interp *in, Value set, Value key, bool *was, Err *err) {
    uint64_t hash;
    SetEntry *e, *dummy;
    Value gone;
    if (!value_hash(in, key, &hash, err)) return false;
    if (!set_find(in, set_of(set), key, hash, &e, &dummy, err)) return false;
    *was = e->key.tag != VT_UNSET;
    if (!*was) return true;
    entry_take(set_of(set), e, &gone);
    value_release(gone);
    return true;
}

bool set_next(Value set, size_t *pos, Value *key) {
    SetObj *s = set_of(set);
    while (*pos <= s->mask) {
        SetEntry *e = &s->table[(*pos)++];
        if (e->key.tag == VT_UNSET) continue;
        *key = e->key;
        return true;
    }
    return false;
}

bool set_pop(Value set, Value *out) {
    SetObj *s = set_of(set);
    if (s->used == 0) return false;
    size_t i = s->finger & s->mask;
    while (s->table[i].key.tag == VT_UNSET) i = i == s->mask ? 0 : i + 1;
    entry_take(s, &s->table[i], out);
    s->finger = i + 1;
    return true;
}

void set_clear(Value set) {
    SetObj *s = set_of(set);
    SetEntry *table = s->table;
    size_t mask = s->mask;
    s->table = table_new(SIZE_MIN);
    s->mask = SIZE_MIN - 1;
    s->fill = s->used = s->finger = 0;
    s->changes++;
    for (size_t i = 0; i <= mask; i++) value_release(table[i].key);
    mem_free(table);
}

void set_swap(Value a, Value b) {
    SetObj *x = set_of(a), *y = set_of(b), held = *x;
    x->table = y->table, x->mask = y->mask, x->fill = y->fill, x->used = y->used;
    y->table = held.table, y->mask = held.mask, y->fill = held.fill, y->used = held.used;
    x->changes++, y->changes++;
}

/* ---- whole sets ----------------------------------------------------------------------------- */

static bool merge_set(Interp *in, SetObj *s, SetObj *other, Err *err) {
    if (s == other || other->used == 0) return true;
    if (!seq_admit((int64_t)other->used * 4, "a set", err)) return false;
    if ((s->fill + other->used) * 5 >= s->mask * 3) set_resize(s, (s->used + other->used) * 2);
    bool fresh = s->fill == 0;
    for (size_t i = 0; i <= other->mask; i++) {
        SetEntry e = other->table[i];
        if (e.key.tag == VT_UNSET) continue;
        if (fresh && s->mask == other->mask && other->fill == other->used)
            s->table[i] = (SetEntry){value_retain(e.key), e.hash};
        else if (fresh)
            insert_clean(s->table, s->mask, value_retain(e.key), e.hash);
        else if (!add_hashed(in, s, e.key, e.hash, err))
            return false;
    }
    if (fresh) s->fill = s->used = other->used;
    s->changes++;
    return true;
}

bool set_update(Interp *in, Value set, Value iterable, Err *err) {
    Value it, item;
    if (set_is(iterable)) return merge_set(in, set_of(set), set_of(iterable), err);
    if (value_is(iterable, &type_range) &&
        !seq_admit(((RangeObj *)iterable.o)->count, "a set", err))
        return false;
    if (!value_iter(in, iterable, &it, err)) return false;
    bool ok;
    while ((ok = value_next(in, it, &item, err)) && item.tag != VT_UNSET) {
        ok = set_add(in, set, item, err);
        value_release(item);
        if (!ok) break;
        size_t n = set_of(set)->used;
        if ((n & 0xfff) == 0 &&
            !(ok = interp_poll(in, err) && seq_admit((int64_t)n * 2, "a set", err)))
            break;
    }
    value_release(it);
    return ok;
}

static Type *set_kind(Value v) {
    return value_isinstance(v, &type_frozenset) ? &type_frozenset : &type_set;
}

/* Elements of `from` that are (keep) or are not in `other`, added to `to`. */
static bool add_filtered(Interp *in, Value to, Value from, Value other, bool keep, Err *err) {
    Value key;
    for (size_t i = 0; set_next(from, &i, &key);) {
        bool has;
        value_retain(key);
        bool ok = set_has(in, other, key, &has, err);
        if (ok && has == keep) ok = set_add(in, to, key, err);
        value_release(key);
        if (!ok) return false;
    }
    return true;
}

static bool toggle_all(Interp *in, Value to, Value from, Err *err) {
    Value key;
    for (size_t i = 0; set_next(from, &i, &key);) {
        bool was;
        value_retain(key);
        bool ok = set_discard(in, to, key, &was, err);
        if (ok && !was) ok = set_add(in, to, key, err);
        value_release(key);
        if (!ok) return false;
    }
    return true;
}

static bool discard_all(Interp *in, Value set, Value other, Err *err) {
    Value key;
    if (set.o == other.o) {
        set_clear(set);
        return true;
    }
    for (size_t i = 0; set_next(other, &i, &key);) {
        bool was;
        value_retain(key);
        bool ok = set_discard(in, set, key, &was, err);
        value_release(key);
        if (!ok) return false;
    }
    SetObj *s = set_of(set);
    if (s->fill - s->used > s->mask / 4) /* many dummies: sweep them out */
        set_resize(s, size_wanted(s));
    return true;
}

/* b as a set: itself, or made from any iterable; owned. */
static bool as_set(Interp *in, Value b, Value *out, Err *err) {
    if (set_is(b)) {
        *out = value_retain(b);
        return true;
    }
    *out = set_new(&type_set);
    if (set_update(in, *out, b, err)) return true;
    value_release(*out);
    return false;
}

/* Which side is walked and which is copied decides the order of the result: as in CPython. */
bool set_operate(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    Value other, made = set_new(set_kind(a));
    if (!as_set(in, b, &other, err)) {
        value_release(made);
        return false;
    }
    bool ok = true, swap = set_count(other) > set_count(a);
    if (op == OP_OR)
        ok = set_update(in, made, a, err) && set_update(in, made, other, err);
    else if (op == OP_AND)
        ok = add_filtered(in, made, swap ? a : other, swap ? other : a, true, err);
    else if (op == OP_SUB && set_count(a) / 4 > set_count(other))
        ok = set_update(in, made, a, err) && discard_all(in, made, other, err);
    else if (op == OP_SUB)
        ok = add_filtered(in, made, a, other, false, err);
    else
        ok = set_update(in, made, other, err) && toggle_all(in, made, a, err);
    value_release(other);
    if (ok)
        *out = made;
    else
        value_release(made);
    return ok;
}

bool set_subset(Interp *in, Value a, Value b, bool *out, Err *err) {
    Value key;
    *out = set_count(a) <= set_count(b);
    for (size_t i = 0; *out && set_next(a, &i, &key);) {
        value_retain(key);
        bool ok = set_has(in, b, key, out, err);
        value_release(key);
        if (!ok) return false;
    }
    return true;
}

/* ---- slots ---------------------------------------------------------------------------------- */

static void set_destroy(Obj *self) {
    SetObj *s = (SetObj *)self;
    SetEntry *table = s->table;
    s->table = NULL;
    for (size_t i = 0; table && i <= s->mask; i++) value_release(table[i].key);
    mem_free(table);
}

static void set_traverse(Obj *self, GcVisit visit, void *ctx) {
    SetObj *s = (SetObj *)self;
    for (size_t i = 0; s->table && i <= s->mask; i++)
        if (s->table[i].key.tag == VT_OBJ) visit(s->table[i].key.o, ctx);
}

static bool set_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    static const char *const names[] = {"iterable"};
    Value v;
    bool frozen = cls == &type_frozenset;
    if (!callargs_bind(frozen ? "frozenset" : "set", args, names, 1, 0, 1, &v, err)) return false;
    if (frozen && value_is(v, &type_frozenset)) {
        *out = value_retain(v);
        return true;
    }
    Value made = set_new(cls);
    if (v.tag != VT_UNSET && !set_update(in, made, v, err)) {
        value_release(made);
        return false;
    }
    *out = made;
    return true;
}

static bool set_init(Interp *in, Value self, const CallArgs *args, Err *err) {
    static const char *const names[] = {"iterable"};
    Value v;
    if (!callargs_bind("set", args, names, 1, 0, 1, &v, err)) return false;
    set_clear(self);
    return v.tag == VT_UNSET || set_update(in, self, v, err);
}

static bool set_repr(Interp *in, Value self, Str *out, Err *err) {
    bool again, plain = value_is(self, &type_set);
    const char *name = value_type(self)->name;
    if (set_count(self) == 0) {
        str_printf(out, "%s()", name);
        return true;
    }
    if (!repr_enter(self.o, &again, err)) return false;
    if (again) {
        str_printf(out, "%s(...)", name);
        return true;
    }
    Value list;
    bool ok = seq_collect(in, self, &list, err);
    if (ok) {
        str_printf(out, plain ? "{" : "%s({", name);
        ok = seq_repr_items(in, list, out, err);
        str_add(out, plain ? "}" : "})");
        value_release(list);
    }
    repr_leave();
    return ok;
}

/* Independent of the order: xor of the elements' scattered hashes. */
static bool frozenset_hash(Interp *in, Value self, uint64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    SetObj *s = set_of(self);
    uint64_t h = 0;
    for (size_t i = 0; i <= s->mask; i++) {
        const SetEntry *e = &s->table[i];
        if (e->key.tag != VT_UNSET) h ^= ((e->hash ^ 89869747u) ^ (e->hash << 16)) * 3644798167u;
    }
    h ^= (s->used + 1) * 1927868237u;
    h ^= (h >> 11) ^ (h >> 25);
    h = h * 69069u + 907133923u;
    *out = h == UINT64_MAX ? 590923713u : h;
    return true;
}

static bool set_compare(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    bool yes;
    if (op == OP_GE || op == OP_GT) {
        Value held = a;
        a = b, b = held;
        op = op == OP_GE ? OP_LE : OP_LT;
    }
    if (!set_subset(in, a, b, &yes, err)) return false;
    bool same_size = set_count(a) == set_count(b);
    if (op == OP_EQ || op == OP_NE) yes = (yes && same_size) == (op == OP_EQ);
    if (op == OP_LT) yes = yes && !same_size;
    *out = value_bool(yes);
    return true;
}

static bool set_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    *out = VALUE_NOTIMPL;
    if (!set_is(a) || !set_is(b)) return true;
    if (op == OP_OR || op == OP_AND || op == OP_SUB || op == OP_XOR)
        return set_operate(in, op, a, b, out, err);
    return op >= OP_EQ && op <= OP_GE ? set_compare(in, op, a, b, out, err) : true;
}

bool set_operate_into(Interp *in, Op op, Value set, Value b, Err *err) {
    Value other, made;
    if (op == OP_OR) return set_update(in, set, b, err);
    if (op == OP_AND) {
        if (!set_operate(in, op, set, b, &made, err)) return false;
        set_swap(set, made);
        value_release(made);
        return true;
    }
    if (op == OP_XOR && set.o == b.o) {
        set_clear(set);
        return true;
    }
    if (!as_set(in, b, &other, err)) return false;
    bool ok = op == OP_SUB ? discard_all(in, set, other, err) : toggle_all(in, set, other, err);
    value_release(other);
    return ok;
}

static bool set_inplace(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    *out = VALUE_NOTIMPL;
    if (!set_is(b) || (op != OP_OR && op != OP_AND && op != OP_SUB && op != OP_XOR)) return true;
    if (!set_operate_into(in, op, a, b, err)) return false;
    *out = value_retain(a);
    return true;
}

static bool set_len(Interp *in, Value self, int64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = set_count(self);
    return true;
}

static bool set_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    return set_has(in, self, item, out, err);
}

typedef struct SetIter {
    Obj head;
    Value set;
    size_t pos;
    int64_t count;
} SetIter;

static bool set_iter(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    SetIter *it = obj_new(&type_set_iter);
    it->set = value_retain(self);
    it->count = set_count(self);
    *out = value_obj(it);
    return true;
}

static bool set_iter_next(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in);
    SetIter *it = (SetIter *)self.o;
    Value key;
    *out = VALUE_UNSET;
    if (it->set.tag == VT_UNSET) return true;
    if (set_count(it->set) != it->count) {
        it->count = -1;
        return err_set(err, ERR_RUNTIME, "Set changed size during iteration");
    }
    if (set_next(it->set, &it->pos, &key))
        *out = value_retain(key);
    else
        value_set_take(&it->set, VALUE_UNSET);
    return true;
}

static void set_iter_destroy(Obj *self) {
    value_release(((SetIter *)self)->set);
}

static void set_iter_traverse(Obj *self, GcVisit visit, void *ctx) {
    Value set = ((SetIter *)self)->set;
    if (set.tag == VT_OBJ) visit(set.o, ctx);
}

Type type_set_iter = {
    .name = "set_iterator",
    .size = sizeof(SetIter),
    .flags = TYPE_GC,
    .destroy = set_iter_destroy,
    .traverse = set_iter_traverse,
    .iter = iter_self,
    .next = set_iter_next,
};

#define SET_SLOTS                                                                                  \
    .size = sizeof(SetObj), .flags = TYPE_BASE | TYPE_GC, .destroy = set_destroy,                  \
    .traverse = set_traverse, .create = set_create, .repr = set_repr, .binary = set_binary,        \
    .len = set_len, .contains = set_contains, .iter = set_iter

Type type_set = {
    .name = "set",
    .doc = "set(iterable=()) -> set\n\nDistinct hashable items, without an order to rely on.",
    SET_SLOTS,
    .init = set_init,
    .inplace = set_inplace,
};

Type type_frozenset = {
    .name = "frozenset",
    .doc = "frozenset(iterable=()) -> frozenset\n\nA set that cannot change, and so can be a key.",
    SET_SLOTS,
    .hash = frozenset_hash,
};
