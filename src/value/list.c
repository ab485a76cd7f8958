/* The list type: slots. Its methods are in list_methods.c (see builtin_types.c). */
#include "config.h"

#include "base/memory.h"
#include "value/callargs.h"
#include "value/ops.h"
#include "value/iterators.h"
#include "value/row.h"
#include "value/number.h"
#include "value/seq.h"

static ListObj *list_obj(Value v) {
    return (ListObj *)v.o;
}

Value list_new(void) {
    return value_obj(obj_new(&type_list));
}

Value list_from(const Value *borrowed, int64_t n) {
    Value list = list_new();
    list_splice(list, 0, 0, borrowed, n);
    return list;
}

void list_reserve(Value list, int64_t n) {
    ListObj *l = list_obj(list);
    if (n <= l->cap) return;
    bool large = (size_t)l->cap * sizeof *l->items >= MEMORY_LARGE;
    int64_t cap = MAX(n, l->cap + (large ? l->cap / 8 : l->cap / 2));
    l->cap = MAX(cap, 4);
    l->items = mem_realloc(l->items, (size_t)l->cap * sizeof *l->items);
}

void list_push_take(Value list, Value item) {
    ListObj *l = list_obj(list);
    if (l->count == l->cap) list_reserve(list, l->count + 1);
    l->items[l->count++] = item;
}

/* The dropped items are released last: a destructor may look at the list. */
void list_splice(Value list, int64_t at, int64_t drop, const Value *items, int64_t n) {
    ListObj *l = list_obj(list);
    Value *gone = drop ? mem_alloc((size_t)drop * sizeof *gone) : NULL;
    if (drop) memcpy(gone, l->items + at, (size_t)drop * sizeof *gone);
    for (int64_t i = 0; i < n; i++) value_retain(items[i]);
    bool own = items == l->items && n; /* the items would move under the copy */
    Value *kept = own ? mem_alloc((size_t)n * sizeof *kept) : NULL;
    if (own) items = memcpy(kept, items, (size_t)n * sizeof *kept);
    list_reserve(list, l->count - drop + n);
    if (l->count > at + drop)
        memmove(l->items + at + n, l->items + at + drop,
                (size_t)(l->count - at - drop) * sizeof *l->items);
    if (n) memcpy(l->items + at, items, (size_t)n * sizeof *items);
    l->count += n - drop;
    for (int64_t i = 0; i < drop; i++) value_release(gone[i]);
    mem_free(kept);
    mem_free(gone);
}

bool list_extend(Interp *in, Value list, Value iterable, Err *err) {
    Value *items, it, item;
    int64_t n;
    if ((value_is(iterable, &type_list) || value_is(iterable, &type_tuple)) &&
        seq_items(iterable, &items, &n)) {
        if (!seq_admit(list_count(list) + n, "a list", err)) return false;
        list_splice(list, list_count(list), 0, items, n);
        return true;
    }
    if (value_is(iterable, &type_range) && /* sized before the first item is made */
        !seq_admit(((RangeObj *)iterable.o)->count, "a list", err))
        return false;
    if (!value_iter(in, iterable, &it, err)) return false;
    bool ok;
    while ((ok = value_next(in, it, &item, err)) && item.tag != VT_UNSET) {
        list_push_take(list, item);
        int64_t count = list_count(list);
        /* An endless iterator must end in an error: ask at every doubling. */
        if ((count & 0xfff) == 0 &&
            !(ok = interp_poll(in, err) &&
                   ((count & (count - 1)) || seq_admit(2 * count, "a list", err))))
            break;
    }
    value_release(it);
    return ok;
}

bool seq_collect(Interp *in, Value v, Value *list, Err *err) {
    Value made = list_new();
    if (!list_extend(in, made, v, err)) {
        value_release(made);
        return false;
    }
    *list = made;
    return true;
}

static void list_destroy(Obj *self) {
    ListObj *l = (ListObj *)self;
    Value *items = l->items;
    int64_t n = l->count;
    l->items = NULL;
    l->count = l->cap = 0;
    for (int64_t i = 0; i < n; i++) value_release(items[i]);
    mem_free(items);
}

static void list_traverse(Obj *self, GcVisit visit, void *ctx) {
    ListObj *l = (ListObj *)self;
    for (int64_t i = 0; i < l->count; i++)
        if (l->items[i].tag == VT_OBJ) visit(l->items[i].o, ctx);
}

static bool list_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    static const char *const names[] = {"iterable"};
    Value v;
    if (!callargs_bind("list", args, names, 1, 0, 1, &v, err)) return false;
    Value list = value_obj(obj_new(cls));
    if (v.tag != VT_UNSET && !list_extend(in, list, v, err)) {
        value_release(list);
        return false;
    }
    *out = list;
    return true;
}

static bool list_init(Interp *in, Value self, const CallArgs *args, Err *err) {
    static const char *const names[] = {"iterable"};
    Value v;
    if (!callargs_bind("list", args, names, 1, 0, 1, &v, err)) return false;
    list_splice(self, 0, list_count(self), NULL, 0);
    return v.tag == VT_UNSET || list_extend(in, self, v, err);
}

static bool list_repr(Interp *in, Value self, Str *out, Err *err) {
    bool again;
    if (!repr_enter(self.o, &again, err)) return false;
    if (again) {
        str_add(out, "[...]");
        return true;
    }
    str_addc(out, '[');
    bool ok = seq_repr_items(in, self, out, err);
    str_addc(out, ']');
    repr_leave();
    return ok;
}

static bool list_concat(Value a, Value b, Value *out, Err *err) {
    if (!seq_admit(list_count(a) + list_count(b), "a list", err)) return false;
    *out = list_new();
    list_reserve(*out, list_count(a) + list_count(b));
    for (int64_t i = 0; i < list_count(a); i++)
        list_push_take(*out, value_retain(list_items(a)[i]));
    for (int64_t i = 0; i < list_count(b); i++)
        list_push_take(*out, value_retain(list_items(b)[i]));
    return true;
}

static bool list_repeat(Interp *in, Value a, Value b, Value *out, Err *err) {
    bool left = value_isinstance(a, &type_list), other;
    Value l = left ? a : b;
    int64_t times, n = list_count(l), total;
    if (!repeat_count(in, l, left ? b : a, left, &times, out, &other, err)) return false;
    if (other) return true;
    if (__builtin_mul_overflow(n, times, &total)) total = INT64_MAX;
    if (!seq_admit(total, "a list", err)) return false;
    *out = list_new();
    list_reserve(*out, total);
    for (int64_t i = 0; i < total; i++) list_items(*out)[i] = value_retain(list_items(l)[i % n]);
    list_obj(*out)->count = total;
    return true;
}

static bool list_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    bool la = value_isinstance(a, &type_list), lb = value_isinstance(b, &type_list);
    *out = VALUE_NOTIMPL;
    if (op == OP_MUL) return list_repeat(in, a, b, out, err);
    if (op == OP_ADD && la)
        return lb ? list_concat(a, b, out, err) : concat_other(in, a, b, out, err);
    if (la && lb && op >= OP_EQ && op <= OP_GE) return seq_compare(in, op, a, b, out, err);
    return true;
}

static bool list_inplace(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    *out = VALUE_NOTIMPL;
    if (op == OP_ADD) {
        if (!list_extend(in, a, b, err)) return false;
    } else if (op == OP_MUL && (b.tag == VT_INT || b.tag == VT_BOOL)) {
        Value all;
        if (!list_repeat(in, a, b, &all, err)) return false;
        list_splice(a, 0, list_count(a), list_items(all), list_count(all));
        value_release(all);
    } else {
        return true;
    }
    *out = value_retain(a);
    return true;
}

static bool list_len(Interp *in, Value self, int64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = list_count(self);
    return true;
}

/* An int key as an index into the list; `past` words what is out of range. */
static bool list_index(Interp *in, Value self, Value key, const char *past, int64_t *i, Err *err) {
    bool is_index;
    if (!index_try(in, key, i, &is_index, err)) return false;
    if (!is_index)
        return err_set(err, ERR_TYPE, "list indices must be integers or slices, not %s",
                       value_type(key)->name);
    if (*i < 0) *i += list_count(self);
    if (*i < 0 || *i >= list_count(self)) return err_set(err, ERR_INDEX, "%s out of range", past);
    return true;
}

static bool list_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    int64_t i;
    if (value_is(key, &type_slice)) {
        int64_t start, step, count;
        if (!slice_resolve(in, key, list_count(self), &start, &step, &count, err)) return false;
        if (step == 1) {
            *out = list_from(list_items(self) + start, count);
            return true;
        }
        *out = list_new();
        list_reserve(*out, count);
        for (int64_t k = 0; k < count; k++)
            list_push_take(*out, value_retain(list_items(self)[start + k * step]));
        return true;
    }
    if (!list_index(in, self, key, "list index", &i, err)) return false;
    *out = value_retain(list_items(self)[i]);
    return true;
}

static bool list_assign_slice(Interp *in, Value self, Value key, Value v, Err *err) {
    int64_t start, step, count;
    Value items;
    Type *tv = value_type(v);
    if (!tv->iter && !tv->getitem) return err_set(err, ERR_TYPE, "can only assign an iterable");
    if (!seq_collect(in, v, &items, err)) return false;
    bool ok = slice_resolve(in, key, list_count(self), &start, &step, &count, err);
    if (ok && step == 1) {
        list_splice(self, start, count, list_items(items), list_count(items));
    } else if (ok && list_count(items) != count) {
        ok = err_set(err, ERR_VALUE,
                     "attempt to assign sequence of size %lld to extended slice of size %lld",
                     (long long)list_count(items), (long long)count);
    } else if (ok) {
        for (int64_t k = 0; k < count; k++)
            value_set_take(&list_items(self)[start + k * step], value_retain(list_items(items)[k]));
    }
    value_release(items);
    return ok;
}

static bool list_setitem(Interp *in, Value self, Value key, Value v, Err *err) {
    int64_t i;
    if (value_is(key, &type_slice)) return list_assign_slice(in, self, key, v, err);
    if (!list_index(in, self, key, "list assignment index", &i, err)) return false;
    value_set_take(&list_items(self)[i], value_retain(v));
    return true;
}

static bool list_delitem(Interp *in, Value self, Value key, Err *err) {
    int64_t i, start, step, count;
    if (!value_is(key, &type_slice)) {
        if (!list_index(in, self, key, "list assignment index", &i, err)) return false;
        list_splice(self, i, 1, NULL, 0);
        return true;
    }
    if (!slice_resolve(in, key, list_count(self), &start, &step, &count, err)) return false;
    if (step == 1 || count == 0) {
        list_splice(self, start, count, NULL, 0);
        return true;
    }
    if (step < 0) start += (count - 1) * step, step = -step;
    for (int64_t k = count - 1; k >= 0; k--) list_splice(self, start + k * step, 1, NULL, 0);
    return true;
}

static bool list_iter(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = seq_iter_new(self);
    return true;
}

Type type_list = {
    .name = "list",
    .kind = KIND_LIST,
    .doc = "list(iterable=()) -> list\n\nA sequence that can be changed.",
    .size = sizeof(ListObj),
    .flags = TYPE_BASE | TYPE_GC,
    .destroy = list_destroy,
    .traverse = list_traverse,
    .create = list_create,
    .init = list_init,
    .repr = list_repr,
    .binary = list_binary,
    .inplace = list_inplace,
    .len = list_len,
    .contains = seq_contains,
    .getitem = list_getitem,
    .setitem = list_setitem,
    .delitem = list_delitem,
    .iter = list_iter,
};
