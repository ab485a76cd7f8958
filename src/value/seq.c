/* Common ground of the container types. */
#include "config.h"

#include "value/seq.h"

#include "value/ops.h"
#include "value/number.h"
#include "value/strobj.h"
#include "tensor/tensor.h"

/* ---- guarded recursion ------------------------------------------------------------------- */

enum { NESTING_MAX = 1000 };

static struct {
    Obj *shown[NESTING_MAX]; /* containers whose repr is being made, outermost first */
    int depth;
} reprs;

bool repr_enter(Obj *o, bool *again, Err *err) {
    *again = false;
    for (int i = reprs.depth - 1; i >= 0 && !*again; i--) *again = reprs.shown[i] == o;
    if (*again) return true;
    if (reprs.depth == NESTING_MAX)
        return err_set(err, ERR_RECURSION,
                       "maximum recursion depth exceeded while getting the repr of an object");
    reprs.shown[reprs.depth++] = o;
    return true;
}

void repr_leave(void) {
    reprs.depth--;
}

/* ---- items ---------------------------------------------------------------------------------- */

bool seq_items(Value v, Value **items, int64_t *n) {
    if (value_kind(v) == KIND_TUPLE) {
        *items = tuple_items(v);
        *n = tuple_count(v);
        return true;
    }
    if (value_kind(v) == KIND_LIST) {
        *items = list_items(v);
        *n = list_count(v);
        return true;
    }
    return false;
}

/* Item i, owned; false past the end. */
static bool seq_at(Value seq, int64_t i, Value *out) {
    Value *items;
    int64_t n;
    if (!seq_items(seq, &items, &n) || i >= n) return false;
    *out = value_retain(items[i]);
    return true;
}

bool seq_repr_items(Interp *in, Value seq, Str *out, Err *err) {
    Value item;
    for (int64_t i = 0; seq_at(seq, i, &item); i++) {
        if (i) str_add(out, ", ");
        bool ok = value_repr(in, item, out, err);
        value_release(item);
        if (!ok) return false;
    }
    return true;
}

/* ---- comparing ------------------------------------------------------------------------------ */

bool value_same(Interp *in, Value a, Value b, bool *out, Err *err) {
    if (a.tag == b.tag) {
        if (a.tag == VT_OBJ && a.o == b.o) {
            *out = true;
            return true;
        }
        if (a.tag == VT_INT || a.tag == VT_FLOAT) {
            *out = a.tag == VT_INT ? a.i == b.i : a.f == b.f;
            return true;
        }
        if (value_is_exactly(a, KIND_STR) && value_is_exactly(b, KIND_STR)) {
            *out = str_same(str_of(a), str_of(b));
            return true;
        }
    }
    return value_equal(in, a, b, out, err);
}

/* The first position where the two differ, or the shorter length. */
static bool first_difference(Interp *in, Value a, Value b, int64_t *at, Err *err) {
    Value x, y, *xs, *ys;
    int64_t na, nb;
    *at = 0;
    if (!seq_items(a, &xs, &na) || !seq_items(b, &ys, &nb)) return true;
    /* Plain numbers run no code that could change the sequences. */
    while (*at < MIN(na, nb) && xs[*at].tag == VT_INT && ys[*at].tag == VT_INT) {
        if (xs[*at].i != ys[*at].i) return true;
        ++*at;
    }
    for (;; ++*at) {
        if (!seq_at(a, *at, &x)) return true;
        if (!seq_at(b, *at, &y)) {
            value_release(x);
            return true;
        }
        bool same, ok = value_same(in, x, y, &same, err);
        value_release(x);
        value_release(y);
        if (!ok) return false;
        if (!same) return true;
    }
}

bool seq_compare(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    Value *items, x, y;
    int64_t na, nb, at;
    if (!seq_items(a, &items, &na) || !seq_items(b, &items, &nb)) BUG("not sequences");
    if (!interp_stack_ok(in, err)) return false;
    if ((op == OP_EQ || op == OP_NE) && na != nb) {
        *out = value_bool(op == OP_NE);
        return true;
    }
    if (!first_difference(in, a, b, &at, err)) return false;
    if (seq_at(a, at, &x)) {
        if (seq_at(b, at, &y)) {
            bool ok = true;
            if (op == OP_EQ || op == OP_NE)
                *out = value_bool(op == OP_NE);
            else if (x.tag == VT_INT && y.tag == VT_INT)
                ok = int_binary(op, x.i, y.i, out, err);
            else if (x.tag == VT_FLOAT && y.tag == VT_FLOAT)
                ok = float_binary(op, x.f, y.f, out, err);
            else
                ok = value_binary(in, op, x, y, out, err);
            value_release(x);
            value_release(y);
            return ok;
        }
        value_release(x);
    }
    seq_items(a, &items, &na);
    seq_items(b, &items, &nb);
    return int_binary(op, na, nb, out, err);
}

bool seq_find(Interp *in, Value seq, Value v, int64_t from, int64_t to, int64_t *at, Err *err) {
    Value item;
    *at = -1;
    for (int64_t i = from; i < to && seq_at(seq, i, &item); i++) {
        bool same, ok = value_same(in, item, v, &same, err);
        value_release(item);
        if (!ok) return false;
        if (same) {
            *at = i;
            return true;
        }
    }
    return true;
}

bool seq_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    int64_t at;
    if (!seq_find(in, self, item, 0, INT64_MAX, &at, err)) return false;
    *out = at >= 0;
    return true;
}

bool seq_count_equal(Interp *in, Value seq, Value v, int64_t *n, Err *err) {
    Value item;
    *n = 0;
    for (int64_t i = 0; seq_at(seq, i, &item); i++) {
        bool same, ok = value_same(in, item, v, &same, err);
        value_release(item);
        if (!ok) return false;
        *n += same;
    }
    return true;
}

/* ---- sizes and operators -------------------------------------------------------------------- */

bool seq_admit(int64_t n, const char *what, Err *err) {
    size_t bytes;
    if (n < 4096) return true;
    if (!size_mul((size_t)n, sizeof(Value), &bytes))
        return err_set(err, ERR_MEMORY, "%s of %lld items does not fit in memory", what,
                       (long long)n);
    return memory_admit(bytes, what, err);
}

bool concat_other(Interp *in, Value a, Value b, Value *out, Err *err) {
    Type *tb = value_type(b);
    *out = VALUE_NOTIMPL;
    if (tb->binary && tb->binary != value_type(a)->binary) {
        if (!tb->binary(in, OP_ADD, a, b, out, err)) return false;
        if (out->tag != VT_NOTIMPL) return true;
    }
    const char *name = value_type(a)->name;
    err_set(err, ERR_TYPE, "can only concatenate %s (not \"%s\") to %s", name, tb->name, name);
    if (!value_is_str(a)) return false;
    return err_hint(err, "turn the other one into text with str(...), or use an f-string");
}

bool repeat_count(Interp *in, Value seq, Value v, bool seq_left, int64_t *times, Value *out,
                  bool *other, Err *err) {
    Type *tv = value_type(v);
    bool is_index;
    static const Obj *asked; /* a sequence that is asked for its own product may come back here */
    *other = false;
    if (seq_left && v.tag == VT_OBJ && v.o != asked && tv->binary &&
        tv->binary != value_type(seq)->binary) {
        const Obj *outer = asked;
        asked = v.o;
        bool ok = tv->binary(in, OP_MUL, seq, v, out, err);
        asked = outer;
        if (!ok) return false;
        *other = out->tag != VT_NOTIMPL;
        if (*other) return true;
    }
    if (!index_try(in, v, times, &is_index, err)) return false;
    if (!is_index && !seq_left && (value_is_str(v) || seq_items(v, &(Value *){0}, &(int64_t){0}))) {
        *out = VALUE_NOTIMPL; /* two sequences: the left one has complained or will */
        *other = true;
        return true;
    }
    if (!is_index)
        return err_set(err, ERR_TYPE, "can't multiply sequence by non-int of type '%s'", tv->name);
    if (*times < 0) *times = 0;
    return true;
}
