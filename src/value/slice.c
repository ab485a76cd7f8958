/* The slice type. */
#include "config.h"

#include "value/callargs.h"
#include "value/ops.h"
#include "value/row.h"
#include "value/number.h"
#include "value/range.h"

static SliceObj *slice_of(Value v) {
    return (SliceObj *)v.o;
}

Value slice_new(Value start, Value stop, Value step) {
    SliceObj *s = obj_new(&type_slice);
    s->start = value_retain(start);
    s->stop = value_retain(stop);
    s->step = value_retain(step);
    return value_obj(s);
}

static void slice_destroy(Obj *self) {
    SliceObj *s = (SliceObj *)self;
    value_release(s->start);
    value_release(s->stop);
    value_release(s->step);
}

static void slice_traverse(Obj *self, GcVisit visit, void *ctx) {
    SliceObj *s = (SliceObj *)self;
    if (s->start.tag == VT_OBJ) visit(s->start.o, ctx);
    if (s->stop.tag == VT_OBJ) visit(s->stop.o, ctx);
    if (s->step.tag == VT_OBJ) visit(s->step.o, ctx);
}

static bool part_int(Interp *in, Value v, int64_t deflt, int64_t *out, Err *err) {
    bool is_index;
    *out = deflt;
    if (v.tag == VT_NONE) return true;
    if (!index_try(in, v, out, &is_index, err)) return false;
    if (is_index) return true;
    return err_set(err, ERR_TYPE,
                   "slice indices must be integers or None or have an __index__ method");
}

/* A bound as a position in lo..hi; negative ones count from the end. */
static int64_t clamp_bound(int64_t i, int64_t len, int64_t lo, int64_t hi) {
    if (i < 0) i = i < -len ? lo : i + len;
    return i < lo ? lo : i > hi ? hi : i;
}

bool slice_bounds(Interp *in, Value slice, int64_t len, int64_t *start, int64_t *stop,
                  int64_t *step, Err *err) {
    SliceObj *s = slice_of(slice);
    int64_t by, from, to;
    if (!part_int(in, s->step, 1, &by, err)) return false;
    if (by == 0) return err_set(err, ERR_VALUE, "slice step cannot be zero");
    if (by == INT64_MIN) by = -INT64_MAX;
    int64_t lo = by < 0 ? -1 : 0, hi = by < 0 ? len - 1 : len;
    if (!part_int(in, s->start, 0, &from, err) || !part_int(in, s->stop, 0, &to, err)) return false;
    *start = s->start.tag == VT_NONE ? (by < 0 ? hi : lo) : clamp_bound(from, len, lo, hi);
    *stop = s->stop.tag == VT_NONE ? (by < 0 ? lo : hi) : clamp_bound(to, len, lo, hi);
    *step = by;
    return true;
}

bool slice_resolve(Interp *in, Value slice, int64_t len, int64_t *start, int64_t *step,
                   int64_t *count, Err *err) {
    int64_t stop;
    if (!slice_bounds(in, slice, len, start, &stop, step, err)) return false;
    if (*step > 0)
        *count = stop > *start ? (stop - *start - 1) / *step + 1 : 0;
    else
        *count = *start > stop ? (*start - stop - 1) / -*step + 1 : 0;
    return true;
}

static bool slice_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(cls);
    static const char *const names[] = {"start", "stop", "step"};
    Value p[3];
    if (!callargs_bind("slice", args, names, 3, 1, 3, p, err)) return false;
    if (args->npos == 1)
        *out = slice_new(VALUE_NONE, p[0], VALUE_NONE);
    else
        *out = slice_new(p[0], p[1], args->npos == 3 ? p[2] : VALUE_NONE);
    return true;
}

static bool slice_repr(Interp *in, Value self, Str *out, Err *err) {
    SliceObj *s = slice_of(self);
    str_add(out, "slice(");
    if (!value_repr(in, s->start, out, err)) return false;
    str_add(out, ", ");
    if (!value_repr(in, s->stop, out, err)) return false;
    str_add(out, ", ");
    if (!value_repr(in, s->step, out, err)) return false;
    str_addc(out, ')');
    return true;
}

static bool slice_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    *out = VALUE_NOTIMPL;
    if ((op != OP_EQ && op != OP_NE) || !value_is(a, &type_slice) || !value_is(b, &type_slice))
        return true;
    SliceObj *x = slice_of(a), *y = slice_of(b);
    bool same = true;
    if (!value_equal(in, x->start, y->start, &same, err)) return false;
    if (same && !value_equal(in, x->stop, y->stop, &same, err)) return false;
    if (same && !value_equal(in, x->step, y->step, &same, err)) return false;
    *out = value_bool(same == (op == OP_EQ));
    return true;
}

static bool slice_start(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_retain(slice_of(args[0])->start);
    return true;
}

static bool slice_stop(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_retain(slice_of(args[0])->stop);
    return true;
}

static bool slice_step(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_retain(slice_of(args[0])->step);
    return true;
}

static bool slice_indices(Interp *in, Value *args, Value *out, Err *err) {
    int64_t len, start, stop, step;
    if (!value_to_int(in, args[1], &len, err)) return false;
    if (len < 0) return err_set(err, ERR_VALUE, "length should not be negative");
    if (!slice_bounds(in, args[0], len, &start, &stop, &step, err)) return false;
    *out = tuple_of(3, (Value[]){value_int(start), value_int(stop), value_int(step)});
    return true;
}

static const NativeRow slice_methods[] = {
    {"start(self, /)", slice_start, NATIVE_PROPERTY, "First bound or None.",
     ">>> slice(1, 5).start\n1"},
    {"stop(self, /)", slice_stop, NATIVE_PROPERTY, "Second bound or None.",
     ">>> slice(1, 5).stop\n5"},
    {"step(self, /)", slice_step, NATIVE_PROPERTY, "Step or None.",
     ">>> print(slice(1, 5).step)\nNone"},
    {"indices(self, length: int, /)", slice_indices, 0,
     "start, stop and step for a sequence of that length, as range() takes them.",
     ">>> slice(None, None, -1).indices(4)\n(3, -1, -1)"},
    {0}};

Type type_slice = {
    .name = "slice",
    .doc = "slice(stop), slice(start, stop[, step])\n\nWhat a[start:stop:step] passes on.",
    .methods = slice_methods,
    .size = sizeof(SliceObj),
    .flags = TYPE_GC,
    .destroy = slice_destroy,
    .traverse = slice_traverse,
    .create = slice_create,
    .repr = slice_repr,
    .binary = slice_binary,
};
