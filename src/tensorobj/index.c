/* x[...] in all its forms: what stands between the brackets becomes a list of
 * IndexItems, which the op layer turns into views and gathers.
 */
#include "config.h"

#include "tensorobj/args.h"
#include "grad/ops.h"
#include "grad/tape.h"
#include "tensor/convert.h"

#define MAX_ITEMS (2 * TENSOR_MAX_DIM)

typedef struct Items {
    IndexItem at[MAX_ITEMS];
    Tensor *owned[MAX_ITEMS]; /* tensors made from lists, released at the end */
    int n, nowned;
} Items;

static void items_clear(Items *items) {
    for (int i = 0; i < items->nowned; i++) tensor_release(items->owned[i]);
}

/* ---- one item ------------------------------------------------------------------- */

static bool bound(Interp *in, Value v, bool *has, int64_t *out, Err *err) {
    *has = v.tag != VT_NONE && v.tag != VT_UNSET;
    if (!*has) return true;
    if (arg_int(in, "x_slice", 0, v, out, err)) return true;
    err_clear(err);
    return err_set(err, ERR_TYPE,
                   "slice indices must be integers or None or have an __index__ method");
}

static bool slice_item(Interp *in, const SliceObj *s, IndexItem *item, Err *err) {
    bool has_step;
    *item = (IndexItem){.kind = IDX_SLICE, .step = 1};
    if (!bound(in, s->start, &item->has_start, &item->start, err) ||
        !bound(in, s->stop, &item->has_stop, &item->stop, err) ||
        !bound(in, s->step, &has_step, &item->step, err)) {
        return false;
    }
    if (item->step > 0) return true;
    err_set(err, ERR_VALUE, "step must be greater than zero");
    return err_hint(err, "x.flip(dim) reverses");
}

/* A list of ints or bools (nested ones too) is an index tensor, made by torch.tensor. */
static bool list_item(Interp *in, Value v, Items *items, IndexItem *item, Err *err) {
    Value torch, t;
    bool ok;
    if (!interp_import(in, "torch", &torch, err)) return false;
    ok = value_call_method(in, torch, "tensor", &v, 1, &t, err);
    value_release(torch);
    if (!ok) return false;
    if (tensor_numel(value_tensor(t)) == 0) { /* [] selects nothing */
        Tensor *none = NULL;
        ok = tensor_empty(DT_I64, 1, (int64_t[]){0}, &none, err);
        items->owned[items->nowned] = none;
    } else {
        items->owned[items->nowned] = tensor_retain(value_tensor(t));
    }
    value_release(t);
    if (!ok) return false;
    *item = (IndexItem){.kind = IDX_TENSOR, .tensor = items->owned[items->nowned++]};
    return true;
}

static bool false_item(Items *items, IndexItem *item, Err *err) {
    Tensor *t = NULL;
    if (!tensor_scalar_i64(DT_BOOL, 0, &t, err)) return false;
    items->owned[items->nowned++] = t;
    *item = (IndexItem){.kind = IDX_TENSOR, .tensor = t};
    return true;
}

static bool tensor_item_index(Tensor *t, IndexItem *item, Err *err) {
    if (dtype_is_float((DType)t->dtype) || dtype_is_complex((DType)t->dtype)) {
        return err_set(err, ERR_INDEX,
                       "tensors used as indices must be long, byte or bool tensors");
    }
    if (t->ndim == 0 && t->dtype != DT_BOOL && t->dtype != DT_U8) {
        *item = (IndexItem){.kind = IDX_INT, .at = tensor_get_i64(t, NULL)};
    } else {
        *item = (IndexItem){.kind = IDX_TENSOR, .tensor = t};
    }
    return true;
}

static bool item_read(Interp *in, Value v, Items *items, Err *err) {
    IndexItem *item = &items->at[items->n];
    Tensor *t;
    Value *seq;
    int64_t n;
    if (items->n == MAX_ITEMS) return err_set(err, ERR_INDEX, "too many indices");
    items->n++;
    switch (v.tag) {
    case VT_INT:
        *item = (IndexItem){.kind = IDX_INT, .at = v.i};
        return true;
    case VT_NONE:
        *item = (IndexItem){.kind = IDX_NEWAXIS};
        return true;
    case VT_ELLIPSIS:
        *item = (IndexItem){.kind = IDX_ELLIPSIS};
        return true;
    case VT_BOOL:
        if (!v.b) return false_item(items, item, err);
        *item = (IndexItem){.kind = IDX_NEWAXIS};
        return true;
    case VT_OBJ:
        break;
    default:
        return err_set(err, ERR_INDEX,
                       "only integers, slices (`:`), ellipsis (`...`), None and long or byte "
                       "Variables are valid indices (got %s)",
                       value_type(v)->name);
    }
    if (value_is(v, &type_slice)) return slice_item(in, (SliceObj *)v.o, item, err);
    t = value_tensor(v);
    if (t) return tensor_item_index(t, item, err);
    if (seq_items(v, &seq, &n) || value_is(v, &type_range)) {
        return list_item(in, v, items, item, err);
    }
    if (value_is(v, &type_str)) return err_set(err, ERR_TYPE, "new(): invalid data type 'str'");
    if (!arg_int(in, "x_index", 0, v, &item->at, err)) return false;
    item->kind = IDX_INT;
    return true;
}

static bool items_read(Interp *in, Value key, Items *items, Err *err) {
    bool ok = true;
    items->n = items->nowned = 0;
    if (value_isinstance(key, &type_tuple)) {
        for (int64_t i = 0; ok && i < tuple_count(key); i++) {
            ok = item_read(in, tuple_items(key)[i], items, err);
        }
    } else {
        ok = item_read(in, key, items, err);
    }
    if (!ok) items_clear(items);
    return ok;
}

/* Integers out of range are told with the dim as the user counts it, before views renumber dims. */
static bool items_check(const Tensor *x, const Items *items, Err *err) {
    int used = 0, dim = 0;
    for (int i = 0; i < items->n; i++) {
        const IndexItem *item = &items->at[i];
        if (item->kind == IDX_INT || item->kind == IDX_SLICE)
            used++;
        else if (item->kind == IDX_TENSOR)
            used += item->tensor->dtype == DT_BOOL ? item->tensor->ndim : 1;
    }
    if (used > x->ndim) return true; /* "too many indices" is the op's to say */
    for (int i = 0; i < items->n; i++) {
        const IndexItem *item = &items->at[i];
        if (item->kind == IDX_ELLIPSIS)
            dim += x->ndim - used;
        else if (item->kind == IDX_TENSOR)
            dim += item->tensor->dtype == DT_BOOL ? item->tensor->ndim : 1;
        else if (item->kind == IDX_SLICE)
            dim++;
        else if (item->kind == IDX_INT) {
            int64_t n = x->shape[dim];
            if (item->at < -n || item->at >= n) {
                return err_set(err, ERR_INDEX,
                               "index %lld is out of bounds for dimension %d with size %lld",
                               (long long)item->at, dim, (long long)n);
            }
            dim++;
        }
    }
    return true;
}

/* ---- slots -------------------------------------------------------------------------- */

bool tensor_slot_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    Tensor *x = ((TensorObj *)self.o)->t, *y = NULL;
    Items items;
    bool ok;
    if (key.tag == VT_INT && x->ndim == 0) {
        return err_set(err, ERR_INDEX,
                       "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or "
                       "`tensor.item<T>()` in C++ to convert a 0-dim tensor to a number");
    }
    if (key.tag == VT_INT && x->ndim > 0) { /* the common case needs no list */
        if (key.i < -x->shape[0] || key.i >= x->shape[0]) {
            return err_set(err, ERR_INDEX,
                           "index %lld is out of bounds for dimension 0 with size %lld",
                           (long long)key.i, (long long)x->shape[0]);
        }
        return tensor_return(op_select(x, 0, key.i, &y, err), &y, out);
    }
    if (!items_read(in, key, &items, err)) return false;
    ok = items_check(x, &items, err) && op_getitem(x, items.n, items.at, &y, err);
    items_clear(&items);
    return tensor_return(ok, &y, out);
}

/* What is assigned may have dimensions of size 1 in front that the place has not: they go. Owned,
 * replaced. */
static bool drop_leading_ones(Tensor **y, Err *err) {
    int ones = 0, n = (*y)->ndim;
    Tensor *view = NULL;
    while (ones < n && (*y)->shape[ones] == 1) ones++;
    if (n < 2 || ones == 0) return true;
    if (!op_reshape(*y, n - ones, (*y)->shape + ones, &view, err)) return false;
    tensor_release(*y);
    *y = view;
    return true;
}

bool tensor_slot_setitem(Interp *in, Value self, Value key, Value v, Err *err) {
    Tensor *x = ((TensorObj *)self.o)->t, *y = NULL;
    Items items;
    bool ok;
    if (!value_operand(v, &y, err)) return false;
    if (!y) {
        Value *seq, torch, t;
        int64_t n;
        if (!seq_items(v, &seq, &n)) {
            return err_set(err, ERR_TYPE, "can't assign a %s to a torch.%s", value_type(v)->name,
                           "FloatTensor");
        }
        if (!interp_import(in, "torch", &torch, err)) return false;
        ok = value_call_method(in, torch, "tensor", &v, 1, &t, err);
        value_release(torch);
        if (!ok) return false;
        y = tensor_retain(value_tensor(t));
        value_release(t);
    }
    ok = items_read(in, key, &items, err);
    if (ok) {
        ok = drop_leading_ones(&y, err) && items_check(x, &items, err) &&
             (!y->wrapped || number_fits((DType)x->dtype, y, err)) &&
             op_setitem(x, items.n, items.at, y, err);
        items_clear(&items);
    }
    tensor_release(y);
    return ok;
}

bool tensor_slot_len(Interp *in, Value self, int64_t *out, Err *err) {
    Tensor *x = ((TensorObj *)self.o)->t;
    UNUSED(in);
    if (x->ndim == 0) return err_set(err, ERR_TYPE, "len() of a 0-d tensor");
    *out = x->shape[0];
    return true;
}

/* ---- iteration: the slices of dim 0, made as they are asked for; where a gradient is recorded
 * all at once, for one node of the graph ------------------------------------------------------ */

typedef struct TensorIter {
    Obj head;
    Tensor *t, **pieces; /* pieces: NULL, or those from `next` on, owned */
    int64_t next;
} TensorIter;

static void iter_destroy(Obj *self) {
    TensorIter *it = (TensorIter *)self;
    for (int64_t i = it->next; it->pieces && i < it->t->shape[0]; i++)
        tensor_release(it->pieces[i]);
    mem_free(it->pieces);
    tensor_release(it->t);
}

static bool iter_self(Interp *in, Value self, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_retain(self);
    return true;
}

static bool iter_next(Interp *in, Value self, Value *out, Err *err) {
    TensorIter *it = (TensorIter *)self.o;
    Tensor *y = NULL;
    UNUSED(in);
    *out = VALUE_UNSET;
    if (it->next >= it->t->shape[0]) return true;
    if (it->pieces) return tensor_return(true, &it->pieces[it->next++], out);
    return tensor_return(op_select(it->t, 0, it->next++, &y, err), &y, out);
}

static Type type_tensor_iter = {
    .name = "tensor_iterator",
    .size = sizeof(TensorIter),
    .destroy = iter_destroy,
    .iter = iter_self,
    .next = iter_next,
};

bool tensor_slot_iter(Interp *in, Value self, Value *out, Err *err) {
    Tensor *x = ((TensorObj *)self.o)->t;
    TensorIter *it;
    Tensor **pieces = NULL;
    UNUSED(in);
    if (x->ndim == 0) return err_set(err, ERR_TYPE, "iteration over a 0-d tensor");
    if (x->requires_grad && x->shape[0] > 0 && grad_enabled()) {
        pieces = mem_alloc(sizeof(Tensor *) * (size_t)x->shape[0]);
        if (!op_unbind(x, 0, pieces, err)) {
            mem_free(pieces);
            return false;
        }
    }
    it = obj_new(&type_tensor_iter);
    it->t = tensor_retain(x);
    it->pieces = pieces;
    *out = value_obj(it);
    return true;
}
