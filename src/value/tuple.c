/* The tuple type. */
#include "config.h"

#include "value/callargs.h"
#include "value/ops.h"
#include "value/iterators.h"
#include "value/row.h"
#include "value/number.h"
#include "value/seq.h"

Value tuple_new(int64_t n) {
    TupleObj *t = obj_new_var(&type_tuple, sizeof *t + (size_t)n * sizeof(Value));
    t->count = n;
    for (int64_t i = 0; i < n; i++) t->items[i] = VALUE_UNSET;
    return value_obj(t);
}

Value tuple_of(int64_t n, const Value *borrowed) {
    Value t = tuple_new(n);
    for (int64_t i = 0; i < n; i++) tuple_items(t)[i] = value_retain(borrowed[i]);
    return t;
}

static void tuple_destroy(Obj *self) {
    TupleObj *t = (TupleObj *)self;
    for (int64_t i = 0; i < t->count; i++) value_release(t->items[i]);
}

static void tuple_traverse(Obj *self, GcVisit visit, void *ctx) {
    TupleObj *t = (TupleObj *)self;
    for (int64_t i = 0; i < t->count; i++)
        if (t->items[i].tag == VT_OBJ) visit(t->items[i].o, ctx);
}

static bool tuple_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    static const char *const names[] = {"iterable"};
    Value v, list;
    if (!callargs_bind("tuple", args, names, 1, 0, 1, &v, err)) return false;
    if (cls == &type_tuple && value_is(v, &type_tuple)) {
        *out = value_retain(v);
        return true;
    }
    if (v.tag == VT_UNSET)
        list = list_new();
    else if (!seq_collect(in, v, &list, err))
        return false;
    int64_t n = list_count(list);
    size_t head = MAX(cls->size, sizeof(TupleObj));
    TupleObj *t = obj_new_var(cls, head + (size_t)n * sizeof(Value));
    t->count = n;
    for (int64_t i = 0; i < n; i++) t->items[i] = value_retain(list_items(list)[i]);
    value_release(list);
    *out = value_obj(t);
    return true;
}

static bool tuple_repr(Interp *in, Value self, Str *out, Err *err) {
    bool again;
    if (!repr_enter(self.o, &again, err)) return false;
    if (again) {
        str_add(out, "(...)");
        return true;
    }
    str_addc(out, '(');
    bool ok = seq_repr_items(in, self, out, err);
    str_add(out, tuple_count(self) == 1 ? ",)" : ")");
    repr_leave();
    return ok;
}

/* The xxHash-like mix of CPython, so that hash((1, 2)) is the same number. */
static bool tuple_hash(Interp *in, Value self, uint64_t *out, Err *err) {
    const uint64_t p1 = 11400714785074694791u, p2 = 14029467366897019727u,
                   p5 = 2870177450012600261u;
    uint64_t acc = p5;
    if (!interp_stack_ok(in, err)) return false;
    for (int64_t i = 0; i < tuple_count(self); i++) {
        uint64_t lane;
        if (!value_hash(in, tuple_items(self)[i], &lane, err)) return false;
        acc += lane * p2;
        acc = (acc << 31 | acc >> 33) * p1;
    }
    acc += (uint64_t)tuple_count(self) ^ (p5 ^ 3527539u);
    *out = acc == UINT64_MAX ? 1546275796 : acc;
    return true;
}

static bool tuple_concat(Value a, Value b, Value *out, Err *err) {
    int64_t na = tuple_count(a), nb = tuple_count(b);
    if (!seq_admit(na + nb, "a tuple", err)) return false;
    *out = tuple_new(na + nb);
    for (int64_t i = 0; i < na; i++) tuple_items(*out)[i] = value_retain(tuple_items(a)[i]);
    for (int64_t i = 0; i < nb; i++) tuple_items(*out)[na + i] = value_retain(tuple_items(b)[i]);
    return true;
}

static bool tuple_repeat(Interp *in, Value a, Value b, Value *out, Err *err) {
    bool left = value_isinstance(a, &type_tuple), other;
    Value t = left ? a : b;
    int64_t times, n = tuple_count(t), total;
    if (!repeat_count(in, t, left ? b : a, left, &times, out, &other, err)) return false;
    if (other) return true;
    if (__builtin_mul_overflow(n, times, &total)) total = INT64_MAX;
    if (!seq_admit(total, "a tuple", err)) return false;
    *out = tuple_new(total);
    for (int64_t i = 0; i < total; i++) tuple_items(*out)[i] = value_retain(tuple_items(t)[i % n]);
    return true;
}

static bool tuple_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    bool ta = value_isinstance(a, &type_tuple), tb = value_isinstance(b, &type_tuple);
    *out = VALUE_NOTIMPL;
    if (op == OP_MUL) return tuple_repeat(in, a, b, out, err);
    if (op == OP_ADD && ta)
        return tb ? tuple_concat(a, b, out, err) : concat_other(in, a, b, out, err);
    if (ta && tb && op >= OP_EQ && op <= OP_GE) return seq_compare(in, op, a, b, out, err);
    return true;
}

static bool tuple_len(Interp *in, Value self, int64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = tuple_count(self);
    return true;
}

static bool tuple_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    int64_t n = tuple_count(self), i;
    bool is_index;
    if (value_is(key, &type_slice)) {
        int64_t start, step, count;
        if (!slice_resolve(in, key, n, &start, &step, &count, err)) return false;
        *out = tuple_new(count);
        for (int64_t k = 0; k < count; k++)
            tuple_items(*out)[k] = value_retain(tuple_items(self)[start + k * step]);
        return true;
    }
    if (!index_try(in, key, &i, &is_index, err)) return false;
    if (!is_index)
        return err_set(err, ERR_TYPE, "tuple indices must be integers or slices, not %s",
                       value_type(key)->name);
    if (i < 0) i += n;
    if (i < 0 || i >= n) return err_set(err, ERR_INDEX, "tuple index out of range");
    *out = value_retain(tuple_items(self)[i]);
    return true;
}

static bool tuple_iter(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = seq_iter_new(self);
    return true;
}

static bool tuple_count_method(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n;
    if (!seq_count_equal(in, args[0], args[1], &n, err)) return false;
    *out = value_int(n);
    return true;
}

static bool tuple_index(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n = tuple_count(args[0]), from = 0, to = n, at;
    if (!value_to_int(in, args[2], &from, err) || !value_to_int(in, args[3], &to, err))
        return false;
    if (from < 0) from = MAX(from + n, 0);
    if (to < 0) to = MAX(to + n, 0);
    if (!seq_find(in, args[0], args[1], from, to, &at, err)) return false;
    if (at < 0) return err_set(err, ERR_VALUE, "tuple.index(x): x not in tuple");
    *out = value_int(at);
    return true;
}

static const NativeRow tuple_methods[] = {
    {"count(self, value, /) -> int", tuple_count_method, 0, "How many items equal value.",
     ">>> (1, 2, 1).count(1)\n2"},
    {"index(self, value, start=0, stop=9223372036854775807, /) -> int", tuple_index, 0,
     "Position of the first item that equals value; ValueError when there is none.",
     ">>> ('q', 'k', 'v').index('k')\n1"},
    {0}};

Type type_tuple = {
    .name = "tuple",
    .kind = KIND_TUPLE,
    .doc = "tuple(iterable=()) -> tuple\n\nAn immutable sequence.",
    .methods = tuple_methods,
    .size = sizeof(TupleObj),
    .flags = TYPE_BASE | TYPE_GC,
    .destroy = tuple_destroy,
    .traverse = tuple_traverse,
    .create = tuple_create,
    .repr = tuple_repr,
    .hash = tuple_hash,
    .binary = tuple_binary,
    .len = tuple_len,
    .contains = seq_contains,
    .getitem = tuple_getitem,
    .iter = tuple_iter,
};
