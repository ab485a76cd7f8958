/* a[...] on arrays: the key is put into the words of a tensor's (arrays and lists as index
 * tensors, NumPy's scalars as ints), reversed slices by way of a flipped copy, and errors come
 * out in NumPy's words. */
#include "config.h"

#include <string.h>

#include "numpy/numpy.h"
#include "grad/ops.h"
#include "tensor/copy.h"

typedef struct NpKey {
    Value key; /* owned: the tuple that tensors understand */
    int64_t flip[TENSOR_MAX_DIM];
    int nflip;       /* axes that the key runs through backwards */
    bool all_ints;   /* names one element */
    bool has_arrays; /* an array or list of indices */
    const Tensor *mask;
} NpKey;

static bool bad_index(Err *err) {
    return err_set(err, ERR_INDEX,
                   "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and "
                   "integer or boolean arrays are valid indices");
}

/* ---- items of a key ------------------------------------------------------------------ */

/* An array or a list becomes a tensor of int64 or bool; *dims: how many axes it takes. */
static bool array_item(Interp *in, Value v, Value *out, int *dims, Err *err) {
    Tensor *t = NULL, *y = NULL;
    if (value_is(v, &type_range)) { /* counts as the list of its numbers */
        Value list;
        if (!seq_collect(in, v, &list, err)) return false;
        bool ok = array_item(in, list, out, dims, err);
        value_release(list);
        return ok;
    }
    if (!np_operand(in, v, &t, err)) return false;
    if (!t) return bad_index(err);
    DType dt = (DType)t->dtype;
    bool empty_list = !value_array(v) && tensor_numel(t) == 0, ok;
    if (dt != DT_BOOL && !dtype_is_int(dt) && !empty_list)
        ok = err_set(err, ERR_INDEX, "arrays used as indices must be of integer (or boolean) type");
    else
        ok = tensor_cast(t, dt == DT_BOOL ? DT_BOOL : DT_I64, &y, err);
    tensor_release(t);
    if (!ok) return false;
    *dims = y->dtype == DT_BOOL ? y->ndim : 1;
    if (y->ndim == 0 && y->dtype == DT_I64) {
        *out = value_int(tensor_get_i64(y, NULL));
        tensor_release(y);
    } else {
        *out = tensor_wrap_take(y);
    }
    return true;
}

/* What one item of the key is for a tensor, owned; slices with a negative step stay as they are. */
static bool read_item(Interp *in, Value v, Value *out, int *dims, Err *err) {
    *dims = 1;
    switch (v.tag) {
    case VT_INT:
        *out = v;
        return true;
    case VT_NONE:
    case VT_ELLIPSIS:
    case VT_BOOL:
        *dims = 0;
        *out = v;
        return true;
    case VT_OBJ:
        break;
    default:
        return bad_index(err);
    }
    if (value_is(v, &type_slice)) {
        *out = value_retain(v);
        return true;
    }
    Tensor *t = value_tensor(v);
    if (t) {
        *dims = t->dtype == DT_BOOL ? t->ndim : 1;
        *out = value_retain(v);
        return true;
    }
    if (value_is(v, &type_str)) return bad_index(err);
    return array_item(in, v, out, dims, err);
}

/* A slice that runs backwards, said of the flipped axis. */
static bool unreverse(Interp *in, NpKey *k, Value *item, int axis, int64_t size, Err *err) {
    const SliceObj *s = (SliceObj *)item->o;
    int64_t step, start, count;
    if (s->step.tag == VT_NONE || s->step.tag == VT_UNSET) return true;
    if (!value_to_int(in, s->step, &step, err)) return false;
    if (step == 0) return err_set(err, ERR_VALUE, "slice step cannot be zero");
    if (step > 0) return true;
    if (!slice_resolve(in, *item, size, &start, &step, &count, err)) return false;
    int64_t first = count ? size - 1 - start : 0;
    Value fixed = slice_new(
        value_int(first), value_int(count ? first + (count - 1) * -step + 1 : 0), value_int(-step));
    value_set_take(item, fixed);
    k->flip[k->nflip++] = axis;
    return true;
}

/* ---- the key against the array --------------------------------------------------------- */

static bool check_int(int64_t at, int axis, int64_t size, Err *err) {
    if (at >= -size && at < size) return true;
    return err_set(err, ERR_INDEX, "index %lld is out of bounds for axis %d with size %lld",
                   (long long)at, axis, (long long)size);
}

static bool check_array(const Tensor *x, const Tensor *index, int axis, Err *err) {
    if (index->dtype == DT_BOOL) {
        for (int d = 0; d < index->ndim; d++) {
            if (index->shape[d] == x->shape[axis + d]) continue;
            return err_set(err, ERR_INDEX,
                           "boolean index did not match indexed array along dimension %d; "
                           "dimension is %lld but corresponding boolean dimension is %lld",
                           axis + d, (long long)x->shape[axis + d], (long long)index->shape[d]);
        }
        return true;
    }
    Tensor *lo = NULL, *hi = NULL;
    bool ok = true;
    if (tensor_numel(index) == 0) return true;
    ok = op_min((Tensor *)index, &lo, err) && op_max((Tensor *)index, &hi, err) &&
         check_int(tensor_get_i64(lo, NULL), axis, x->shape[axis], err) &&
         check_int(tensor_get_i64(hi, NULL), axis, x->shape[axis], err);
    tensor_release(lo);
    tensor_release(hi);
    return ok;
}

static bool check_item(Interp *in, const Tensor *x, NpKey *k, Value *item, int axis, Err *err) {
    if (item->tag == VT_INT) return check_int(item->i, axis, x->shape[axis], err);
    if (value_is(*item, &type_slice)) return unreverse(in, k, item, axis, x->shape[axis], err);
    const Tensor *index = value_tensor(*item);
    return !index || check_array(x, index, axis, err);
}

static void key_clear(NpKey *k) {
    value_release(k->key);
}

static bool key_read(Interp *in, const Tensor *x, Value key, NpKey *k, Err *err) {
    bool tuple = value_isinstance(key, &type_tuple);
    int n = tuple ? (int)tuple_count(key) : 1, used = 0, dims[2 * TENSOR_MAX_DIM], axis = 0;
    if (n > (int)ARRAY_LEN(dims)) return err_set(err, ERR_INDEX, "too many indices for array");
    *k = (NpKey){.key = tuple_new(n), .all_ints = true};
    for (int i = 0; i < n; i++) tuple_items(k->key)[i] = VALUE_NONE;
    Value *items = tuple_items(k->key);
    for (int i = 0; i < n; i++) {
        if (!read_item(in, tuple ? tuple_items(key)[i] : key, &items[i], &dims[i], err)) goto fail;
        used += dims[i];
        k->all_ints &= items[i].tag == VT_INT;
        const Tensor *t = value_tensor(items[i]);
        if (t) k->has_arrays = true;
        if (t && t->dtype == DT_BOOL && n == 1) k->mask = t;
    }
    if (used > x->ndim) {
        err_set(err, ERR_INDEX,
                "too many indices for array: array is %d-dimensional, but %d were indexed", x->ndim,
                used);
        goto fail;
    }
    k->all_ints &= used == x->ndim;
    for (int i = 0; i < n; i++) {
        if (!check_item(in, x, k, &items[i], axis, err)) goto fail;
        axis += items[i].tag == VT_ELLIPSIS ? x->ndim - used : dims[i];
    }
    return true;
fail:
    key_clear(k);
    return false;
}

/* ---- slots ------------------------------------------------------------------------------- */

/* x with the axes flipped that the key takes backwards, as a value for the tensor's own slots. */
static bool source(Tensor *x, const NpKey *k, Value *out, Err *err) {
    Tensor *flipped = NULL;
    if (k->nflip == 0) {
        *out = tensor_wrap_take(tensor_retain(x));
        return true;
    }
    return tensor_return(op_flip(x, k->nflip, k->flip, &flipped, err), &flipped, out);
}

/* One element is a number of its own, not a view. */
static bool element_take(Tensor *t, Value *out, Err *err) {
    Tensor *copy = NULL;
    bool ok = tensor_clone(t, &copy, err);
    tensor_release(t);
    return array_return(ok, &copy, out);
}

bool np_slot_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    Tensor *x = ((ArrayObj *)self.o)->t, *y = NULL;
    NpKey k;
    Value from, got;
    if (self.o->type != &type_ndarray)
        return err_set(err, ERR_INDEX, "invalid index to scalar variable.");
    if (key.tag == VT_INT && x->ndim > 0) { /* the common case needs no list */
        if (!check_int(key.i, 0, x->shape[0], err) || !op_select(x, 0, key.i, &y, err))
            return false;
        if (y->ndim == 0) return element_take(y, out, err);
        *out = array_wrap_take(y);
        return true;
    }
    if (!key_read(in, x, key, &k, err)) return false;
    bool ok = source(x, &k, &from, err);
    if (ok) {
        ok = tensor_slot_getitem(in, from, k.key, &got, err);
        value_release(from);
    }
    if (ok) {
        y = tensor_retain(value_tensor(got));
        value_release(got);
        if (k.all_ints) {
            ok = element_take(y, out, err);
        } else {
            *out = array_wrap_take(y);
            ((ArrayObj *)out->o)->reversed = k.nflip && !k.has_arrays;
        }
    }
    key_clear(&k);
    return ok;
}

/* The value does not fit where the key points. */
static bool value_error(Interp *in, Value from, const NpKey *k, const Tensor *v, Err *err) {
    Value place;
    Str have = STR_INIT, want = STR_INIT;
    err_clear(err);
    if (!tensor_slot_getitem(in, from, k->key, &place, err)) return false;
    const Tensor *p = value_tensor(place);
    np_shape_str(&have, v->ndim, v->shape);
    np_shape_str(&want, p->ndim, p->shape);
    if (k->mask && v->ndim == 1)
        err_set(err, ERR_VALUE,
                "NumPy boolean array indexing assignment cannot assign %lld input values to the "
                "%lld output values where the mask is true",
                (long long)v->shape[0], (long long)p->shape[0]);
    else if (k->has_arrays)
        err_set(err, ERR_VALUE,
                "shape mismatch: value array of shape %s could not be broadcast to indexing result "
                "of shape %s",
                str_cstr(&have), str_cstr(&want));
    else
        err_set(err, ERR_VALUE, "could not broadcast input array from shape %s into shape %s",
                str_cstr(&have), str_cstr(&want));
    str_clear(&have);
    str_clear(&want);
    value_release(place);
    return false;
}

/* Through a flipped copy the values go back to x. */
static bool put_back(Tensor *x, Value from, const NpKey *k, Err *err) {
    Tensor *y = NULL;
    if (k->nflip == 0) return true;
    bool ok = op_flip(value_tensor(from), k->nflip, k->flip, &y, err) && op_copy_(x, y, err);
    tensor_release(y);
    return ok;
}

static bool assign(Interp *in, Tensor *x, const NpKey *k, const Tensor *v, Err *err) {
    Tensor *cast = NULL;
    Value from, value;
    if (!tensor_cast(v, (DType)x->dtype, &cast, err)) return false;
    value = tensor_wrap_take(cast);
    bool ok = source(x, k, &from, err);
    if (ok) {
        ok = tensor_slot_setitem(in, from, k->key, value, err);
        if (!ok && (err->kind == ERR_RUNTIME || err->kind == ERR_INDEX))
            value_error(in, from, k, v, err);
        ok = ok && put_back(x, from, k, err);
        value_release(from);
    }
    value_release(value);
    return ok;
}

bool np_slot_setitem(Interp *in, Value self, Value key, Value v, Err *err) {
    ArrayObj *a = (ArrayObj *)self.o;
    Tensor *value = NULL;
    NpKey k;
    if (a->reversed) {
        err_set(err, ERR_VALUE, "assignment destination is read-only");
        return err_hint(err,
                        "a slice with a negative step is a copy in qkv; assign to the array it "
                        "was taken from, or .copy() it first");
    }
    if (value_tensor(v))
        value = tensor_retain(value_tensor(v));
    else if (!np_operand(in, v, &value, err))
        return false;
    if (!value) {
        return err_set(err, ERR_TYPE,
                       "float() argument must be a string or a real number, not '%s'",
                       value_type(v)->name);
    }
    bool ok = key_read(in, a->t, key, &k, err);
    if (ok) {
        ok = assign(in, a->t, &k, value, err);
        key_clear(&k);
    }
    tensor_release(value);
    return ok;
}

/* ---- iteration: along axis 0 ---------------------------------------------------------------- */

typedef struct ArrayIter {
    Obj head;
    Tensor *t;
    int64_t next;
} ArrayIter;

static void iter_destroy(Obj *self) {
    tensor_release(((ArrayIter *)self)->t);
}

static bool iter_self(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_retain(self);
    return true;
}

static bool iter_next(Interp *in, Value self, Value *out, Err *err) {
    ArrayIter *it = (ArrayIter *)self.o;
    Tensor *y = NULL;
    UNUSED(in);
    *out = VALUE_UNSET;
    if (it->next >= it->t->shape[0]) return true;
    if (!op_select(it->t, 0, it->next++, &y, err)) return false;
    if (y->ndim == 0) return element_take(y, out, err);
    *out = array_wrap_take(y);
    return true;
}

static Type type_array_iter = {
    .name = "iterator",
    .size = sizeof(ArrayIter),
    .destroy = iter_destroy,
    .iter = iter_self,
    .next = iter_next,
};

bool np_slot_iter(Interp *in, Value self, Value *out, Err *err) {
    Tensor *x = ((ArrayObj *)self.o)->t;
    UNUSED(in);
    if (x->ndim == 0) return err_set(err, ERR_TYPE, "iteration over a 0-d array");
    ArrayIter *it = obj_new(&type_array_iter);
    it->t = tensor_retain(x);
    *out = value_obj(it);
    return true;
}
