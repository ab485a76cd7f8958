/* The range type and its iterator. */
#include "config.h"

#include "value/range.h"

#include "value/callargs.h"
#include "value/ops.h"
#include "value/iterators.h"
#include "value/row.h"
#include "value/number.h"
#include "value/obj.h"

static RangeObj *range_of(Value v) {
    return (RangeObj *)v.o;
}

static int64_t range_length(int64_t start, int64_t stop, int64_t step) {
    uint64_t span, by = step < 0 ? 0 - (uint64_t)step : (uint64_t)step;
    if (step > 0 ? start >= stop : start <= stop) return 0;
    span = step > 0 ? (uint64_t)stop - (uint64_t)start : (uint64_t)start - (uint64_t)stop;
    uint64_t n = (span - 1) / by + 1;
    return n > INT64_MAX ? INT64_MAX : (int64_t)n;
}

Value range_new(int64_t start, int64_t stop, int64_t step) {
    RangeObj *r = obj_new(&type_range);
    r->start = start;
    r->stop = stop;
    r->step = step;
    r->count = range_length(start, stop, step);
    return value_obj(r);
}

Value range_iter_new(const RangeObj *r) {
    RangeIter *it = obj_new(&type_range_iter);
    it->next = r->start;
    it->step = r->step;
    it->left = r->count;
    return value_obj(it);
}

/* i < count, so the element fits. */
static Value range_at(const RangeObj *r, int64_t i) {
    return value_int((int64_t)((uint64_t)r->start + (uint64_t)i * (uint64_t)r->step));
}

static bool range_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    static const char *const names[] = {"start", "stop", "step"};
    Value p[3];
    int64_t n[3] = {0, 0, 1};
    if (!callargs_bind("range", args, names, 3, 1, 3, p, err)) return false;
    for (int i = 0; i < args->npos; i++)
        if (!value_to_int(in, p[i], &n[i], err)) return false;
    if (args->npos == 1) n[1] = n[0], n[0] = 0;
    if (n[2] == 0) return err_set(err, ERR_VALUE, "range() arg 3 must not be zero");
    *out = range_new(n[0], n[1], n[2]);
    return true;
}

static bool range_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    RangeObj *r = range_of(self);
    str_printf(out, "range(%lld, %lld", (long long)r->start, (long long)r->stop);
    if (r->step != 1) str_printf(out, ", %lld", (long long)r->step);
    str_addc(out, ')');
    return true;
}

static bool range_len(Interp *in, Value self, int64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = range_of(self)->count;
    return true;
}

/* Position of an int in the range, or -1. */
static int64_t range_find(const RangeObj *r, int64_t v) {
    if (r->count == 0) return -1;
    bool inside = r->step > 0 ? v >= r->start && v < r->stop : v <= r->start && v > r->stop;
    uint64_t off =
        r->step > 0 ? (uint64_t)v - (uint64_t)r->start : (uint64_t)r->start - (uint64_t)v;
    uint64_t by = r->step < 0 ? 0 - (uint64_t)r->step : (uint64_t)r->step;
    return inside && off % by == 0 ? (int64_t)(off / by) : -1;
}

/* An int equal to v, for floats such as 3.0; false when there is none. */
static bool equal_int(Value v, int64_t *i) {
    if (v.tag == VT_INT || v.tag == VT_BOOL) {
        *i = v.tag == VT_INT ? v.i : v.b;
        return true;
    }
    if (v.tag != VT_FLOAT || !(v.f >= -0x1p63 && v.f < 0x1p63)) return false;
    *i = (int64_t)v.f;
    return (double)*i == v.f;
}

static bool range_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    UNUSED(in), UNUSED(err);
    int64_t i;
    *out = equal_int(item, &i) && range_find(range_of(self), i) >= 0;
    return true;
}

/* The bounds are elements, too, one past the end included: no arithmetic on counts. */
static bool range_slice(Interp *in, const RangeObj *r, Value key, Value *out, Err *err) {
    int64_t start, stop, step;
    if (!slice_bounds(in, key, r->count, &start, &stop, &step, err)) return false;
    int64_t by = (int64_t)((uint64_t)r->step * (uint64_t)step);
    *out = range_new(range_at(r, start).i, range_at(r, stop).i, by);
    return true;
}

static bool range_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    RangeObj *r = range_of(self);
    int64_t i;
    bool is_index;
    if (value_is(key, &type_slice)) return range_slice(in, r, key, out, err);
    if (!index_try(in, key, &i, &is_index, err)) return false;
    if (!is_index)
        return err_set(err, ERR_TYPE, "range indices must be integers or slices, not %s",
                       value_type(key)->name);
    if (i < 0) i += r->count;
    if (i < 0 || i >= r->count) return err_set(err, ERR_INDEX, "range object index out of range");
    *out = range_at(r, i);
    return true;
}

static bool range_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = VALUE_NOTIMPL;
    if ((op != OP_EQ && op != OP_NE) || !value_is(a, &type_range) || !value_is(b, &type_range))
        return true;
    RangeObj *x = range_of(a), *y = range_of(b);
    bool same = x->count == y->count && (x->count == 0 || x->start == y->start) &&
                (x->count < 2 || x->step == y->step);
    *out = value_bool(same == (op == OP_EQ));
    return true;
}

static bool range_hash(Interp *in, Value self, uint64_t *out, Err *err) {
    RangeObj *r = range_of(self);
    Value t = tuple_of(3, (Value[]){value_int(r->count), VALUE_NONE, VALUE_NONE});
    if (r->count) tuple_items(t)[1] = value_int(r->start);
    if (r->count > 1) tuple_items(t)[2] = value_int(r->step);
    bool ok = value_hash(in, t, out, err);
    value_release(t);
    return ok;
}

static bool range_iter(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = range_iter_new(range_of(self));
    return true;
}

static bool range_iter_next(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    RangeIter *it = (RangeIter *)self.o;
    if (it->left == 0) {
        *out = VALUE_UNSET;
        return true;
    }
    it->left--;
    *out = value_int(it->next);
    it->next = (int64_t)((uint64_t)it->next + (uint64_t)it->step);
    return true;
}

static bool range_reversed(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    RangeObj *r = range_of(args[0]);
    RangeIter *it = obj_new(&type_range_iter);
    it->next = range_at(r, r->count - 1).i;
    it->step = (int64_t)(0 - (uint64_t)r->step);
    it->left = r->count;
    *out = value_obj(it);
    return true;
}

static bool range_field(Value *args, size_t offset, Value *out) {
    int64_t v;
    memcpy(&v, (char *)args[0].o + offset, sizeof v);
    *out = value_int(v);
    return true;
}

static bool range_start(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    return range_field(args, offsetof(RangeObj, start), out);
}

static bool range_stop(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    return range_field(args, offsetof(RangeObj, stop), out);
}

static bool range_step(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    return range_field(args, offsetof(RangeObj, step), out);
}

static bool range_index(Interp *in, Value *args, Value *out, Err *err) {
    int64_t i, at = -1;
    if (equal_int(args[1], &i)) at = range_find(range_of(args[0]), i);
    if (at >= 0) {
        *out = value_int(at);
        return true;
    }
    Str text = STR_INIT;
    if (value_repr(in, args[1], &text, err))
        err_set(err, ERR_VALUE, "%s is not in range", str_cstr(&text));
    str_clear(&text);
    return false;
}

static bool range_count(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    int64_t i;
    *out = value_int(equal_int(args[1], &i) && range_find(range_of(args[0]), i) >= 0);
    return true;
}

static const NativeRow range_methods[] = {
    {"start(self, /) -> int", range_start, NATIVE_PROPERTY, "The first number.",
     ">>> range(2, 9).start\n2"},
    {"stop(self, /) -> int", range_stop, NATIVE_PROPERTY, "The bound that is not reached.",
     ">>> range(2, 9).stop\n9"},
    {"step(self, /) -> int", range_step, NATIVE_PROPERTY, "The distance between two numbers.",
     ">>> range(2, 9).step\n1"},
    {"index(self, value, /) -> int", range_index, 0,
     "Position of value; ValueError when it is not in the range.",
     ">>> range(2, 9, 2).index(6)\n2"},
    {"count(self, value, /) -> int", range_count, 0, "1 when value is in the range, else 0.",
     ">>> range(2, 9, 2).count(6)\n1"},
    {"__reversed__(self, /)", range_reversed, 0, "What reversed() iterates.",
     ">>> list(reversed(range(3)))\n[2, 1, 0]"},
    {0}};

Type type_range = {
    .name = "range",
    .doc = "range(stop), range(start, stop[, step])\n\nThe ints from start up to, not including, "
           "stop.",
    .methods = range_methods,
    .size = sizeof(RangeObj),
    .create = range_create,
    .repr = range_repr,
    .hash = range_hash,
    .binary = range_binary,
    .len = range_len,
    .contains = range_contains,
    .getitem = range_getitem,
    .iter = range_iter,
};

Type type_range_iter = {
    .name = "range_iterator",
    .size = sizeof(RangeIter),
    .iter = iter_self,
    .next = range_iter_next,
};
