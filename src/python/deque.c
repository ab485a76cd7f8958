/* collections.deque: a ring of values, cheap at both ends, with an optional maximum. */
#include "config.h"

#include "python/python.h"
#include "value/callargs.h"
#include "value/iterators.h"
#include "value/number.h"
#include "value/seq.h"

typedef struct DequeObj {
    Obj head;
    Value *ring; /* cap slots, a power of two */
    int64_t first, count, cap;
    int64_t maxlen; /* -1: none */
    uint64_t state; /* counts changes: an iteration that sees another one fails */
} DequeObj;

typedef struct DequeIter {
    Obj head;
    Value deque;
    int64_t at, count;
    uint64_t state;
} DequeIter;

static DequeObj *deque_of(Value v) {
    return (DequeObj *)v.o;
}

static Value *slot(DequeObj *d, int64_t i) {
    return &d->ring[(d->first + i) & (d->cap - 1)];
}

static void grow(DequeObj *d) {
    int64_t cap = d->cap ? d->cap * 2 : 8;
    Value *ring = mem_alloc((size_t)cap * sizeof *ring);
    for (int64_t i = 0; i < d->count; i++) ring[i] = *slot(d, i);
    mem_free(d->ring);
    d->ring = ring;
    d->cap = cap;
    d->first = 0;
}

static Value take_first(DequeObj *d) {
    Value v = *slot(d, 0);
    d->first = (d->first + 1) & (d->cap - 1);
    d->count--;
    d->state++;
    return v;
}

static Value take_last(DequeObj *d) {
    d->state++;
    return *slot(d, --d->count);
}

/* Room for the ring that one more item makes necessary; the old one is still there. */
static bool admit_growth(const DequeObj *d, Err *err) {
    return d->count < d->cap || d->count == d->maxlen || seq_admit(2 * d->cap, "a deque", err);
}

/* Takes over v; what falls out at the other end is released last. */
static void push(DequeObj *d, Value v, bool left) {
    Value out = VALUE_UNSET;
    if (d->maxlen == 0) {
        value_release(v);
        return;
    }
    if (d->count == d->maxlen) out = left ? take_last(d) : take_first(d);
    if (d->count == d->cap) grow(d);
    if (left) {
        d->first = (d->first - 1) & (d->cap - 1);
        *slot(d, 0) = v;
    } else {
        *slot(d, d->count) = v;
    }
    d->count++;
    d->state++;
    value_release(out);
}

static void clear(DequeObj *d) {
    Value *ring = d->ring;
    int64_t first = d->first, count = d->count, cap = d->cap;
    d->ring = NULL;
    d->first = d->count = d->cap = 0;
    d->state++;
    for (int64_t i = 0; i < count; i++) value_release(ring[(first + i) & (cap - 1)]);
    mem_free(ring);
}

static bool extend(Interp *in, DequeObj *d, Value iterable, bool left, Err *err) {
    Value it, item;
    if (!value_iter(in, iterable, &it, err)) return false;
    bool ok;
    while ((ok = value_next(in, it, &item, err)) && item.tag != VT_UNSET) {
        ok = admit_growth(d, err);
        if (!ok) {
            value_release(item);
            break;
        }
        push(d, item, left);
    }
    value_release(it);
    return ok;
}

/* The items as a list, owned. */
static Value as_list(DequeObj *d) {
    Value list = list_new();
    list_reserve(list, d->count);
    for (int64_t i = 0; i < d->count; i++) list_push_take(list, value_retain(*slot(d, i)));
    return list;
}

static void refill(DequeObj *d, Value list) {
    clear(d);
    for (int64_t i = 0; i < list_count(list); i++)
        push(d, value_retain(list_items(list)[i]), false);
}

/* ---- slots ---------------------------------------------------------------------------------- */

static bool read_args(Interp *in, const CallArgs *args, Value *iterable, int64_t *maxlen,
                      Err *err) {
    static const char *const names[] = {"iterable", "maxlen"};
    Value p[2];
    if (!callargs_bind("deque", args, names, 2, 0, 0, p, err)) return false;
    *iterable = p[0];
    *maxlen = -1;
    if (p[1].tag == VT_UNSET || p[1].tag == VT_NONE) return true;
    if (!value_to_int(in, p[1], maxlen, err)) return false;
    return *maxlen >= 0 || err_set(err, ERR_VALUE, "maxlen must be non-negative");
}

static bool deque_init(Interp *in, Value self, const CallArgs *args, Err *err) {
    DequeObj *d = deque_of(self);
    Value iterable;
    int64_t maxlen;
    if (!read_args(in, args, &iterable, &maxlen, err)) return false;
    clear(d);
    d->maxlen = maxlen;
    return iterable.tag == VT_UNSET || extend(in, d, iterable, false, err);
}

static bool deque_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    Value v = value_obj(obj_new(cls));
    deque_of(v)->maxlen = -1;
    if (!deque_init(in, v, args, err)) {
        value_release(v);
        return false;
    }
    *out = v;
    return true;
}

static void deque_destroy(Obj *self) {
    clear((DequeObj *)self);
}

static void deque_traverse(Obj *self, GcVisit visit, void *ctx) {
    DequeObj *d = (DequeObj *)self;
    for (int64_t i = 0; i < d->count; i++)
        if (slot(d, i)->tag == VT_OBJ) visit(slot(d, i)->o, ctx);
}

static bool deque_repr(Interp *in, Value self, Str *out, Err *err) {
    bool again;
    if (!repr_enter(self.o, &again, err)) return false;
    if (again) {
        str_add(out, "[...]");
        return true;
    }
    DequeObj *d = deque_of(self);
    Value list = as_list(d);
    str_printf(out, "%s(", value_type(self)->name);
    bool ok = value_repr(in, list, out, err);
    if (d->maxlen >= 0) str_printf(out, ", maxlen=%lld", (long long)d->maxlen);
    str_addc(out, ')');
    value_release(list);
    repr_leave();
    return ok;
}

static bool deque_len(Interp *in, Value self, int64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = deque_of(self)->count;
    return true;
}

static bool index_of(Interp *in, Value self, Value key, int64_t *i, Err *err) {
    DequeObj *d = deque_of(self);
    bool is_index;
    if (!index_try(in, key, i, &is_index, err)) return false;
    if (!is_index)
        return err_set(err, ERR_TYPE, "sequence index must be integer, not '%s'",
                       value_type(key)->name);
    if (*i < 0) *i += d->count;
    return (*i >= 0 && *i < d->count) || err_set(err, ERR_INDEX, "deque index out of range");
}

static bool deque_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    int64_t i;
    if (!index_of(in, self, key, &i, err)) return false;
    *out = value_retain(*slot(deque_of(self), i));
    return true;
}

static bool deque_setitem(Interp *in, Value self, Value key, Value v, Err *err) {
    int64_t i;
    if (!index_of(in, self, key, &i, err)) return false;
    value_set_take(slot(deque_of(self), i), value_retain(v));
    return true;
}

/* In the middle a deque is changed by way of a list. */
static bool deque_delitem(Interp *in, Value self, Value key, Err *err) {
    int64_t i;
    if (!index_of(in, self, key, &i, err)) return false;
    Value list = as_list(deque_of(self));
    list_splice(list, i, 1, NULL, 0);
    refill(deque_of(self), list);
    value_release(list);
    return true;
}

static bool deque_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    bool da = value_isinstance(a, &type_deque), db = value_isinstance(b, &type_deque);
    *out = VALUE_NOTIMPL;
    if (!da || !db || (op != OP_ADD && (op < OP_EQ || op > OP_GE))) return true;
    Value x = as_list(deque_of(a)), y = as_list(deque_of(b));
    bool ok;
    if (op == OP_ADD) {
        Value made = value_obj(obj_new(&type_deque));
        deque_of(made)->maxlen = deque_of(a)->maxlen;
        ok = extend(in, deque_of(made), x, false, err) && extend(in, deque_of(made), y, false, err);
        if (ok)
            *out = made;
        else
            value_release(made);
    } else {
        ok = seq_compare(in, op, x, y, out, err);
    }
    value_release(x);
    value_release(y);
    return ok;
}

static Type type_deque_iter;

static bool deque_iter(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    DequeIter *it = obj_new(&type_deque_iter);
    it->deque = value_retain(self);
    it->count = deque_of(self)->count;
    it->state = deque_of(self)->state;
    *out = value_obj(it);
    return true;
}

static bool deque_iter_next(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in);
    DequeIter *it = (DequeIter *)self.o;
    DequeObj *d = deque_of(it->deque);
    if (d->state != it->state) {
        it->at = it->count = 0;
        return err_set(err, ERR_RUNTIME, "deque mutated during iteration");
    }
    *out = it->at < it->count ? value_retain(*slot(d, it->at++)) : VALUE_UNSET;
    return true;
}

static void deque_iter_destroy(Obj *self) {
    value_release(((DequeIter *)self)->deque);
}

static void deque_iter_traverse(Obj *self, GcVisit visit, void *ctx) {
    visit(((DequeIter *)self)->deque.o, ctx);
}

/* ---- methods -------------------------------------------------------------------------------- */

static bool done(Value *out) {
    *out = VALUE_NONE;
    return true;
}

static bool m_append(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    if (!admit_growth(deque_of(args[0]), err)) return false;
    push(deque_of(args[0]), value_retain(args[1]), false);
    return done(out);
}

static bool m_appendleft(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    if (!admit_growth(deque_of(args[0]), err)) return false;
    push(deque_of(args[0]), value_retain(args[1]), true);
    return done(out);
}

static bool m_pop(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    if (deque_of(args[0])->count == 0) return err_set(err, ERR_INDEX, "pop from an empty deque");
    *out = take_last(deque_of(args[0]));
    return true;
}

static bool m_popleft(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    if (deque_of(args[0])->count == 0) return err_set(err, ERR_INDEX, "pop from an empty deque");
    *out = take_first(deque_of(args[0]));
    return true;
}

/* A deque that is extended by itself must not chase its own end. */
static bool extend_by(Interp *in, Value *args, bool left, Value *out, Err *err) {
    Value items;
    if (!seq_collect(in, args[1], &items, err)) return false;
    bool ok = extend(in, deque_of(args[0]), items, left, err);
    value_release(items);
    return ok && done(out);
}

static bool m_extend(Interp *in, Value *args, Value *out, Err *err) {
    return extend_by(in, args, false, out, err);
}

static bool m_extendleft(Interp *in, Value *args, Value *out, Err *err) {
    return extend_by(in, args, true, out, err);
}

static bool m_rotate(Interp *in, Value *args, Value *out, Err *err) {
    DequeObj *d = deque_of(args[0]);
    int64_t n;
    if (!value_to_int(in, args[1], &n, err)) return false;
    if (d->count == 0) return done(out);
    n = ((n % d->count) + d->count) % d->count;
    int64_t limit = d->maxlen;
    d->maxlen = -1;
    for (int64_t i = 0; i < n; i++) push(d, take_last(d), true);
    d->maxlen = limit;
    return done(out);
}

static bool m_clear(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    clear(deque_of(args[0]));
    return done(out);
}

static bool m_copy(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in);
    DequeObj *d = deque_of(args[0]);
    if (!seq_admit(d->cap, "a deque", err)) return false;
    Value made = value_obj(obj_new(&type_deque));
    deque_of(made)->maxlen = d->maxlen;
    for (int64_t i = 0; i < d->count; i++) push(deque_of(made), value_retain(*slot(d, i)), false);
    *out = made;
    return true;
}

static bool m_reverse(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    DequeObj *d = deque_of(args[0]);
    for (int64_t i = 0, j = d->count - 1; i < j; i++, j--) {
        Value held = *slot(d, i);
        *slot(d, i) = *slot(d, j);
        *slot(d, j) = held;
    }
    return done(out);
}

static bool m_count(Interp *in, Value *args, Value *out, Err *err) {
    Value list = as_list(deque_of(args[0]));
    int64_t n;
    bool ok = seq_count_equal(in, list, args[1], &n, err);
    value_release(list);
    if (ok) *out = value_int(n);
    return ok;
}

static bool find(Interp *in, Value *args, int64_t *at, Err *err) {
    Value list = as_list(deque_of(args[0]));
    bool ok = seq_find(in, list, args[1], 0, INT64_MAX, at, err);
    value_release(list);
    return ok;
}

static bool m_index(Interp *in, Value *args, Value *out, Err *err) {
    int64_t at;
    if (!find(in, args, &at, err)) return false;
    if (at >= 0) {
        *out = value_int(at);
        return true;
    }
    Str text = STR_INIT;
    if (value_repr(in, args[1], &text, err))
        err_set(err, ERR_VALUE, "%s is not in deque", str_cstr(&text));
    str_clear(&text);
    return false;
}

static bool m_remove(Interp *in, Value *args, Value *out, Err *err) {
    int64_t at;
    if (!find(in, args, &at, err)) return false;
    if (at < 0) return err_set(err, ERR_VALUE, "deque.remove(x): x not in deque");
    return deque_delitem(in, args[0], value_int(at), err) && done(out);
}

static bool m_insert(Interp *in, Value *args, Value *out, Err *err) {
    DequeObj *d = deque_of(args[0]);
    int64_t i;
    if (!value_to_int(in, args[1], &i, err)) return false;
    if (d->count == d->maxlen) return err_set(err, ERR_INDEX, "deque already at its maximum size");
    if (i < 0) i = MAX(i + d->count, 0);
    Value list = as_list(d);
    list_splice(list, MIN(i, d->count), 0, &args[2], 1);
    refill(d, list);
    value_release(list);
    return done(out);
}

static bool m_maxlen(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    int64_t n = deque_of(args[0])->maxlen;
    *out = n < 0 ? VALUE_NONE : value_int(n);
    return true;
}

#define D ">>> from collections import deque; d = deque([1, 2, 3]); "

static const NativeRow deque_methods[] = {
    {"append(self, x, /)", m_append, NATIVE_MUTATES, "Adds x at the right end.",
     D "d.append(4); d\ndeque([1, 2, 3, 4])"},
    {"appendleft(self, x, /)", m_appendleft, NATIVE_MUTATES, "Adds x at the left end.",
     D "d.appendleft(0); d\ndeque([0, 1, 2, 3])"},
    {"pop(self, /)", m_pop, NATIVE_MUTATES, "Removes the rightmost item and returns it.",
     D "d.pop(), d\n(3, deque([1, 2]))"},
    {"popleft(self, /)", m_popleft, NATIVE_MUTATES, "Removes the leftmost item and returns it.",
     D "d.popleft(), d\n(1, deque([2, 3]))"},
    {"extend(self, iterable, /)", m_extend, NATIVE_MUTATES, "Adds every item at the right end.",
     ">>> from collections import deque; d = deque(maxlen=2); d.extend([1, 2, 3]); d\n"
     "deque([2, 3], maxlen=2)"},
    {"extendleft(self, iterable, /)", m_extendleft, NATIVE_MUTATES,
     "Adds the items at the left end one by one, which turns them around.",
     D "d.extendleft('ab'); d\ndeque(['b', 'a', 1, 2, 3])"},
    {"rotate(self, n=1, /)", m_rotate, NATIVE_MUTATES, "Moves n items from the right to the left.",
     D "d.rotate(); d\ndeque([3, 1, 2])"},
    {"clear(self, /)", m_clear, NATIVE_MUTATES, "Removes every item.", D "d.clear(); d\ndeque([])"},
    {"copy(self, /)", m_copy, 0, "A new deque with the same items.", D "d.copy() == d\nTrue"},
    {"reverse(self, /)", m_reverse, NATIVE_MUTATES, "Reverses in place.",
     D "d.reverse(); d\ndeque([3, 2, 1])"},
    {"count(self, x, /) -> int", m_count, 0, "How many items equal x.", D "d.count(2)\n1"},
    {"index(self, x, /) -> int", m_index, 0, "Position of the first item that equals x.",
     D "d.index(3)\n2"},
    {"remove(self, x, /)", m_remove, NATIVE_MUTATES, "Removes the first item that equals x.",
     D "d.remove(2); d\ndeque([1, 3])"},
    {"insert(self, i, x, /)", m_insert, NATIVE_MUTATES, "Puts x before item i.",
     D "d.insert(1, 9); d\ndeque([1, 9, 2, 3])"},
    {"maxlen(self, /)", m_maxlen, NATIVE_PROPERTY, "The maximum size or None.",
     ">>> from collections import deque; deque([1, 2], maxlen=2).maxlen\n2"},
    {"__copy__(self, /)", m_copy, 0, "What copy.copy calls.",
     D "import copy; copy.copy(d)\ndeque([1, 2, 3])"},
    {0}};

Type type_deque = {
    .name = "deque",
    .module = "collections",
    .base = &type_object,
    .doc = "deque(iterable=(), maxlen=None)\n\nA sequence that is cheap to change at both ends.",
    .methods = deque_methods,
    .size = sizeof(DequeObj),
    .flags = TYPE_BASE | TYPE_GC,
    .destroy = deque_destroy,
    .traverse = deque_traverse,
    .create = deque_create,
    .init = deque_init,
    .repr = deque_repr,
    .binary = deque_binary,
    .len = deque_len,
    .getitem = deque_getitem,
    .setitem = deque_setitem,
    .delitem = deque_delitem,
    .iter = deque_iter,
};

static Type type_deque_iter = {
    .name = "_collections._deque_iterator",
    .base = &type_object,
    .size = sizeof(DequeIter),
    .flags = TYPE_GC,
    .destroy = deque_iter_destroy,
    .traverse = deque_iter_traverse,
    .iter = iter_self,
    .next = deque_iter_next,
};

bool collections_init(Interp *in, Value module, Err *err) {
    UNUSED(err);
    Value t = type_value(&type_deque);
    module_set(in, module, "deque", t);
    value_release(t);
    return true;
}
