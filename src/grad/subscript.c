/* t[items] and t[items] = value. Numbers, slices, None and ... become a chain of views;
 * tensors among the items collect into one advanced index over the dims that the views
 * left, as PyTorch splits the work (so the grad_fn of t[0] is a select's). */
#include "config.h"

#include "grad/ops.h"

#include "tensor/index.h"

/* What the items come to: a view of t and, when there were tensors, one index per
 * leading dim of the view (NULL: whole). */
typedef struct Subscript {
    Tensor *view; /* owned; t itself (+1) when the items change nothing */
    int n;
    Tensor *idx[TENSOR_MAX_DIM]; /* borrowed */
    bool advanced;
} Subscript;

/* Dims of t that an item uses up. */
static int dims_used(const IndexItem *item) {
    switch (item->kind) {
    case IDX_INT:
    case IDX_SLICE:
        return 1;
    case IDX_TENSOR:
        return item->tensor->dtype == DT_BOOL || item->tensor->dtype == DT_U8 ? item->tensor->ndim
                                                                              : 1;
    default:
        return 0;
    }
}

/* A 0-dim integer tensor selects like a number. */
static bool as_number(const IndexItem *item, int64_t *at) {
    if (item->kind == IDX_INT) {
        *at = item->at;
        return true;
    }
    if (item->kind != IDX_TENSOR || item->tensor->ndim != 0) return false;
    if (!dtype_is_int((DType)item->tensor->dtype) || item->tensor->dtype == DT_U8) return false;
    *at = tensor_get_i64(item->tensor, NULL);
    return true;
}

static bool apply_slice(Tensor **view, int dim, const IndexItem *item, Err *err) {
    Tensor *next = NULL;
    int64_t start = item->has_start ? item->start : 0;
    int64_t stop = item->has_stop ? item->stop : INT64_MAX, step = item->step ? item->step : 1;
    if (!op_slice(*view, dim, start, stop, step, &next, err)) return false;
    tensor_release(*view);
    *view = next;
    return true;
}

static bool too_many(const Tensor *t, Err *err) {
    err_set(err, ERR_INDEX, "too many indices for tensor of dimension %d", t->ndim);
    Str shape = STR_INIT;
    shape_str(&shape, t->ndim, t->shape);
    err_hint(err, "its shape is %s", str_cstr(&shape));
    str_clear(&shape);
    return false;
}

/* Notes a tensor index for dim `dim` of the view; *covered counts the dims that have one. */
static bool add_index(Subscript *s, int dim, int *covered, Tensor *index, int used, Err *err) {
    while (*covered < dim && s->n < TENSOR_MAX_DIM) {
        s->idx[s->n++] = NULL;
        ++*covered;
    }
    if (s->n == TENSOR_MAX_DIM) return too_many(s->view, err);
    s->idx[s->n++] = index;
    *covered += used;
    s->advanced = true;
    return true;
}

static bool subscript_init(Subscript *s, Tensor *t, int n, const IndexItem *items, Err *err) {
    int used = 0, dim = 0, covered = 0;
    bool ellipsis = false, ok = true;
    *s = (Subscript){.view = tensor_retain(t)};
    for (int i = 0; i < n; i++) {
        used += dims_used(&items[i]);
        if (items[i].kind == IDX_ELLIPSIS && ellipsis)
            ok = err_set(err, ERR_INDEX, "an index can only have a single ellipsis ('...')");
        ellipsis |= items[i].kind == IDX_ELLIPSIS;
    }
    if (used > t->ndim) ok = too_many(t, err);
    for (int i = 0; ok && i < n; i++) {
        const IndexItem *item = &items[i];
        Tensor *next = NULL;
        int64_t at;
        if (as_number(item, &at)) {
            ok = op_select(s->view, dim, at, &next, err);
        } else if (item->kind == IDX_SLICE) {
            ok = apply_slice(&s->view, dim++, item, err);
        } else if (item->kind == IDX_NEWAXIS) {
            ok = op_unsqueeze(s->view, dim++, &next, err);
        } else if (item->kind == IDX_ELLIPSIS) {
            dim += t->ndim - used;
        } else {
            int takes = dims_used(item);
            ok = add_index(s, dim, &covered, item->tensor, takes, err);
            dim += takes;
        }
        if (!next) continue;
        tensor_release(s->view);
        s->view = next;
    }
    if (!ok) tensor_release(s->view);
    return ok;
}

bool op_getitem(Tensor *x, int n, const IndexItem *items, Tensor **out, Err *err) {
    Subscript s;
    if (!subscript_init(&s, x, n, items, err)) return false;
    if (!s.advanced && s.view != x) {
        *out = s.view;
        return true;
    }
    bool ok = s.advanced ? op_index(s.view, s.n, s.idx, out, err) : op_alias(x, out, err);
    tensor_release(s.view);
    return ok;
}

/* value without its leading dims of size 1: t[0] = w[None] works. */
static bool drop_leading(Tensor *value, Tensor **out, Err *err) {
    int lead = 0;
    while (lead < value->ndim && value->shape[lead] == 1) lead++;
    if (lead == 0) {
        *out = tensor_retain(value);
        return true;
    }
    return op_view(value, value->ndim - lead, value->shape + lead, out, err);
}

static bool assign(Subscript *s, Tensor *value, Err *err) {
    bool same = tensor_same_shape(s->view, value);
    Tensor *fitted = NULL;
    if (!s->advanced && same) return op_copy_(s->view, value, err);
    if (!s->advanced &&
        value->ndim == 0) { /* flags[0]: PyTorch wraps a number into a tensor here */
        OpCall fill = CALL2(fill, s->view, value, .flags = {true});
        return op_inplace(fill, err);
    }
    if (!drop_leading(value, &fitted, err)) return false;
    if (s->advanced) {
        bool ok = op_index_put_(s->view, s->n, s->idx, fitted, false, err);
        tensor_release(fitted);
        return ok;
    }
    Tensor *wide = NULL;
    bool ok = op_expand(fitted, s->view->ndim, s->view->shape, &wide, err) &&
              op_copy_(s->view, wide, err);
    tensor_release(wide);
    tensor_release(fitted);
    return ok;
}

bool op_setitem(Tensor *x, int n, const IndexItem *items, Tensor *value, Err *err) {
    Subscript s;
    if (!subscript_init(&s, x, n, items, err)) return false;
    bool ok = assign(&s, value, err);
    tensor_release(s.view);
    return ok;
}
