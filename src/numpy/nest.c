/* Shape and dtype of nested data, then its elements; see nest.h. */
#include "config.h"

#include <string.h>

#include "numpy/nest.h"
#include "grad/ops.h"
#include "tensor/copy.h"

typedef struct NpNest {
    Interp *in;
    int ndim, ragged; /* ragged: the first dim where lengths differ; -1: none */
    int64_t shape[TENSOR_MAX_DIM];
    DType dt; /* DT_COUNT until an element was seen */
} NpNest;

static Tensor *array_part(Value v) {
    Tensor *t = value_tensor(v);
    return t ? t : value_array(v);
}

/* Items of a list or tuple, or the numbers of a range; *hold keeps them alive, UNSET: v has no
 * items. */
static bool parts(NpNest *n, Value v, Value *hold, Value **items, int64_t *count, Err *err) {
    *hold = VALUE_UNSET;
    if (seq_items(v, items, count)) {
        *hold = value_retain(v);
        return true;
    }
    if (!value_is(v, &type_range)) return true;
    return seq_collect(n->in, v, hold, err) && seq_items(*hold, items, count);
}

/* ---- shape and dtype ----------------------------------------------------------------- */

static void widen(NpNest *n, DType dt) {
    n->dt = n->dt == DT_COUNT ? dt : np_promote(n->dt, dt);
}

static bool leaf(NpNest *n, Value v, Err *err) {
    switch (v.tag) {
    case VT_BOOL:
        widen(n, DT_BOOL);
        return true;
    case VT_INT:
        widen(n, DT_I64);
        return true;
    case VT_FLOAT:
        widen(n, DT_F64);
        return true;
    default:
        break;
    }
    err_set(err, ERR_TYPE, "an array here holds numbers, not %s", value_type(v)->name);
    return err_hint(err, value_is(v, &type_str) ? "keep strings in a list" : "convert to numbers");
}

/* Notes what v is at depth dim; the first one seen at a depth says its size. */
static bool survey(NpNest *n, Value v, int dim, Err *err) {
    Value hold, *items;
    int64_t count = 0;
    const Tensor *t = array_part(v);
    int known = n->ndim;
    if (t) {
        if (dim + t->ndim > TENSOR_MAX_DIM) goto deep;
        widen(n, (DType)t->dtype);
        if (known < 0) {
            memcpy(n->shape + dim, t->shape, sizeof(int64_t) * t->ndim);
            n->ndim = dim + t->ndim;
            return true;
        }
        for (int d = 0; dim + d < known && d < t->ndim && n->ragged < 0; d++)
            if (n->shape[dim + d] != t->shape[d]) n->ragged = dim + d;
        if (dim + t->ndim != known && n->ragged < 0) n->ragged = MIN(dim + t->ndim, known);
        return true;
    }
    if (!parts(n, v, &hold, &items, &count, err)) return false;
    if (hold.tag == VT_UNSET) {
        if (known < 0) n->ndim = dim;
        if (known > dim && n->ragged < 0) n->ragged = dim;
        return leaf(n, v, err);
    }
    bool ok = dim < TENSOR_MAX_DIM;
    if (ok && known < 0)
        n->shape[dim] = count;
    else if (ok && (dim >= known || n->shape[dim] != count) && n->ragged < 0)
        n->ragged = dim;
    for (int64_t i = 0; ok && i < count; i++) ok = survey(n, items[i], dim + 1, err);
    if (count == 0 && n->ndim < 0) n->ndim = dim + 1;
    value_release(hold);
    if (ok || err->kind) return ok;
deep:
    return err_set(err, ERR_VALUE, "an array has at most %d dimensions here", TENSOR_MAX_DIM);
}

static bool ragged_error(const NpNest *n, Err *err) {
    Str shape = STR_INIT;
    np_shape_str(&shape, n->ragged, n->shape);
    err_set(err, ERR_VALUE,
            "setting an array element with a sequence. The requested array has an inhomogeneous "
            "shape after %d dimensions. The detected shape was %s + inhomogeneous part.",
            n->ragged, str_cstr(&shape));
    str_clear(&shape);
    return err_hint(err, "all rows must have the same length; pad the short ones");
}

/* ---- elements -------------------------------------------------------------------------- */

static bool fill(NpNest *n, Value v, Tensor *to, int dim, int64_t *index, Err *err) {
    Value hold, *items;
    int64_t count = 0, offset = to->offset;
    const Tensor *t = array_part(v);
    if (t) {
        for (int d = 0; d < dim; d++) offset += index[d] * to->stride[d];
        Tensor *place =
            tensor_view_raw(to, to->ndim - dim, to->shape + dim, to->stride + dim, offset);
        bool ok = tensor_copy_(place, t, err);
        tensor_release(place);
        return ok;
    }
    if (dim == to->ndim) {
        if (v.tag == VT_FLOAT)
            tensor_set_f64(to, index, v.f);
        else
            tensor_set_i64(to, index, v.tag == VT_BOOL ? v.b : v.i);
        return true;
    }
    if (!parts(n, v, &hold, &items, &count, err)) return false;
    bool ok = true;
    for (int64_t i = 0; ok && i < count; i++) {
        index[dim] = i;
        ok = fill(n, items[i], to, dim + 1, index, err);
    }
    value_release(hold);
    return ok;
}

bool np_from_nest(Interp *in, Value data, DType dt, Tensor **out, Err *err) {
    NpNest n = {.in = in, .ndim = -1, .ragged = -1, .dt = DT_COUNT};
    int64_t index[TENSOR_MAX_DIM] = {0};
    Tensor *t = NULL;
    if (!survey(&n, data, 0, err)) return false;
    if (n.ragged >= 0) return ragged_error(&n, err);
    if (dt == DT_COUNT) dt = n.dt == DT_COUNT ? DT_F64 : n.dt;
    if (!tensor_empty(dt, n.ndim, n.shape, &t, err)) return false;
    if (fill(&n, data, t, 0, index, err)) {
        t->st->version = 0; /* filling it was no write that the user made */
        *out = t;
        return true;
    }
    tensor_release(t);
    return false;
}
