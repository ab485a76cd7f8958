/* Python's t[...]: basic items become a view, index tensors a gather on it.
 *
 * Step one walks the items over t's dims and leaves a view and, per dim of that
 * view, at most one index tensor (a mask becomes one per dim it covers). Step two
 * broadcasts the index tensors and turns each tuple of indices into one offset;
 * get and put then walk result, view and offsets together. The dims of the index
 * stand where the indexed dims stood when those are adjacent, first otherwise.
 */
#include "config.h"

#include "tensor/convert.h"
#include "tensor/copy.h"
#include "tensor/index.h"
#include "tensor/index_elements.h"
#include "tensor/iter.h"
#include "tensor/shapetext.h"
#include "tensor/view.h"

typedef struct Picked {
    Tensor *view;                  /* owned */
    Tensor *index[TENSOR_MAX_DIM]; /* per dim of view: int64, owned, or NULL */
} Picked;

static void picked_clear(Picked *p) {
    tensor_release(p->view);
    for (int i = 0; i < TENSOR_MAX_DIM; i++) tensor_release(p->index[i]);
}

static bool is_mask(const Tensor *t) {
    return t->dtype == DT_BOOL || t->dtype == DT_U8;
}

/* A 0-dim integer tensor selects like a number. */
static bool is_number(const IndexItem *it) {
    return it->kind == IDX_TENSOR && it->tensor->ndim == 0 && !is_mask(it->tensor) &&
           dtype_is_int((DType)it->tensor->dtype);
}

bool index_is_basic(int n, const IndexItem *items) {
    for (int i = 0; i < n; i++)
        if (items[i].kind == IDX_TENSOR && !is_number(&items[i])) return false;
    return true;
}

/* ---- step one: items ------------------------------------------------------- */

/* Dims of t that an item uses up. */
static int dims_used(const IndexItem *it) {
    if (it->kind == IDX_INT || it->kind == IDX_SLICE) return 1;
    if (it->kind != IDX_TENSOR) return 0;
    return is_mask(it->tensor) ? it->tensor->ndim : 1;
}

/* Puts the new view in place of the old one. */
static void replace_view(Picked *p, Tensor *v) {
    tensor_release(p->view);
    p->view = v;
}

static bool apply_int(Picked *p, int dim, int64_t at, int item, Err *err) {
    Tensor *v = NULL;
    int64_t size = p->view->shape[dim];
    if (at < -size || at >= size)
        return err_set(err, ERR_INDEX,
                       "index %lld is out of bounds for dimension %d with size %lld", (long long)at,
                       item, (long long)size);
    if (!tensor_select(p->view, dim, at, &v, err)) return false;
    replace_view(p, v);
    return true;
}

static bool apply_slice(Picked *p, int dim, const IndexItem *it, Err *err) {
    if (!it->has_start && !it->has_stop && it->step <= 1 && it->step >= 0) return true;
    Tensor *v = NULL;
    if (!tensor_slice(p->view, dim, it->has_start ? it->start : 0,
                      it->has_stop ? it->stop : INT64_MAX, it->step ? it->step : 1, &v, err))
        return false;
    replace_view(p, v);
    return true;
}

static bool apply_newaxis(Picked *p, int dim, Err *err) {
    Tensor *v = NULL;
    if (!tensor_unsqueeze(p->view, dim, &v, err)) return false;
    replace_view(p, v);
    return true;
}

/* One index tensor per dim that the mask covers, from its true positions. */
static bool apply_mask(Picked *p, int dim, const Tensor *mask, Err *err) {
    Tensor *places = NULL;
    for (int i = 0; i < mask->ndim; i++)
        if (mask->shape[i] != p->view->shape[dim + i])
            return err_set(err, ERR_INDEX,
                           "The shape of the mask %s at index %d does not match the shape of the "
                           "indexed tensor %s at index %d",
                           list_text(mask->ndim, mask->shape).text, i,
                           list_text(p->view->ndim, p->view->shape).text, dim + i);
    if (!tensor_nonzero(mask, &places, err)) return false;
    bool ok = true;
    for (int i = 0; ok && i < mask->ndim; i++)
        ok = tensor_select(places, 1, i, &p->index[dim + i], err);
    if (mask->ndim == 0) /* a scalar mask picks a new dim of size 1, or of size 0 */
        ok = apply_newaxis(p, dim, err) &&
             tensor_zeros(DT_I64, 1, places->shape, &p->index[dim], err);
    tensor_release(places);
    return ok;
}

static bool apply_tensor(Picked *p, int dim, const Tensor *index, Err *err) {
    if (is_mask(index)) return apply_mask(p, dim, index, err);
    if (index->dtype != DT_I64)
        return err_set(err, ERR_INDEX,
                       "tensors used as indices must be long, byte or bool tensors");
    p->index[dim] = tensor_retain((Tensor *)index);
    return true;
}

/* Applies item number i at *dim of the view and moves *dim past what it made; rest: dims that an
 * ellipsis stands for. Errors name i as the dimension, as PyTorch's do. */
static bool apply_item(Picked *p, const IndexItem *it, int i, int *dim, int rest, Err *err) {
    if (is_number(it)) return apply_int(p, *dim, tensor_get_i64(it->tensor, NULL), i, err);
    switch (it->kind) {
    case IDX_INT:
        return apply_int(p, *dim, it->at, i, err);
    case IDX_SLICE:
        if (!apply_slice(p, *dim, it, err)) return false;
        break;
    case IDX_NEWAXIS:
        if (!apply_newaxis(p, *dim, err)) return false;
        break;
    case IDX_ELLIPSIS:
        *dim += rest;
        return true;
    case IDX_TENSOR:
        if (!apply_tensor(p, *dim, it->tensor, err)) return false;
        *dim += is_mask(it->tensor) ? MAX(it->tensor->ndim, 1) : 1;
        return true;
    }
    ++*dim;
    return true;
}

static bool pick(const Tensor *t, int n, const IndexItem *items, Picked *p, Err *err) {
    int used = 0, dim = 0, dots = 0;
    for (int i = 0; i < n; i++) {
        used += dims_used(&items[i]);
        dots += items[i].kind == IDX_ELLIPSIS;
    }
    if (dots > 1)
        return err_set(err, ERR_INDEX, "an index can only have a single ellipsis ('...')");
    if (t->ndim == 0 && n == 1 && (items[0].kind == IDX_INT || is_number(&items[0])))
        return err_set(err, ERR_INDEX,
                       "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or "
                       "`tensor.item<T>()` in C++ to convert a 0-dim tensor to a number");
    if (used > t->ndim)
        return err_set(err, ERR_INDEX, "too many indices for tensor of dimension %d", t->ndim);
    if (!tensor_alias(t, &p->view, err)) return false;
    for (int i = 0; i < n; i++)
        if (!apply_item(p, &items[i], i, &dim, t->ndim - used, err)) return false;
    return true;
}

/* ---- step two: offsets ----------------------------------------------------- */

/* The indexed part of a view, made ready to walk: `base` and `offsets` have the result's shape. */
typedef struct Target {
    Tensor *base;    /* the view, stride 0 in the index dims */
    Tensor *offsets; /* int64 bytes to add, stride 0 elsewhere */
} Target;

static void target_clear(Target *g) {
    tensor_release(g->base);
    tensor_release(g->offsets);
}

static COLD bool bad_index_shapes(const Picked *p, Err *err) {
    Str s = STR_INIT;
    for (int i = 0; i < p->view->ndim; i++)
        if (p->index[i])
            str_printf(&s, "%s%s", s.len ? ", " : "",
                       list_text(p->index[i]->ndim, p->index[i]->shape).text);
    err_set(err, ERR_INDEX,
            "shape mismatch: indexing tensors could not be broadcast together with shapes %s",
            str_cstr(&s));
    str_clear(&s);
    return false;
}

/* At least 1-dim: 0-dim indices were numbers. */
static bool index_shape(const Picked *p, int *ndim, int64_t *shape, Err *err) {
    *ndim = 0;
    Err mismatch = {0};
    for (int i = 0; i < p->view->ndim; i++) {
        const Tensor *x = p->index[i];
        if (!x || shape_broadcast(*ndim, shape, x->ndim, x->shape, ndim, shape, &mismatch))
            continue;
        err_clear(&mismatch);
        return bad_index_shapes(p, err);
    }
    return true;
}

/* sums[k] += bytes that index tensor number `ordinal`, over dim d, moves place k by. */
static bool add_offsets(const Tensor *view, int d, int ordinal, const Tensor *index, Tensor *sums,
                        Err *err) {
    Iter it;
    int64_t size = view->shape[d], step = view->stride[d];
    step *= (int64_t)dtype_size((DType)view->dtype);
    iter_over(&it, sums->ndim, sums->shape, 2, (const Tensor *[]){sums, index});
    for (bool more = iter_start(&it); more; more = iter_next(&it))
        for (int64_t i = 0; i < it.n; i++) {
            int64_t at = *(int64_t *)(void *)(it.ptr[1] + i * it.step[1]);
            if (at < -size || at >= size)
                return err_set(err, ERR_INDEX,
                               "index %lld is out of bounds for dimension %d with size %lld",
                               (long long)at, ordinal, (long long)size);
            *(int64_t *)(void *)(it.ptr[0] + i * it.step[0]) += (at < 0 ? at + size : at) * step;
        }
    return iter_finish(&it, err);
}

/* Where the index dims go in the result: before which of the dims that stay. */
static int index_position(const Picked *p) {
    int first = -1, last = -1, count = 0;
    for (int i = 0; i < p->view->ndim; i++)
        if (p->index[i]) {
            if (first < 0) first = i;
            last = i;
            count++;
        }
    return last - first + 1 == count ? first : 0;
}

static bool aim(const Picked *p, Target *g, Err *err) {
    const Tensor *v = p->view;
    int64_t ishape[TENSOR_MAX_DIM], shape[TENSOR_MAX_DIM], base[TENSOR_MAX_DIM],
        move[TENSOR_MAX_DIM];
    int ni, n = 0, ordinal = 0, stay = 0, place = index_position(p);
    Tensor *sums = NULL;
    if (!index_shape(p, &ni, ishape, err) || !tensor_zeros(DT_I64, ni, ishape, &sums, err))
        return false;
    for (int i = 0; i < v->ndim; i++) {
        stay += !p->index[i];
        if (p->index[i] && !add_offsets(v, i, ordinal++, p->index[i], sums, err)) goto fail;
    }
    if (stay + ni > TENSOR_MAX_DIM) {
        err_set(err, ERR_RUNTIME, "a tensor has at most %d dimensions", TENSOR_MAX_DIM);
        goto fail;
    }
    for (int i = 0, kept = 0; i <= v->ndim; i++) {
        if (kept == place && n == kept) /* not inserted yet */
            for (int k = 0; k < ni; k++, n++) {
                shape[n] = ishape[k];
                base[n] = 0;
                move[n] = sums->stride[k];
            }
        if (i == v->ndim || p->index[i]) continue;
        shape[n] = v->shape[i];
        base[n] = v->stride[i];
        move[n++] = 0;
        kept++;
    }
    g->base = tensor_view_raw(v, n, shape, base, v->offset);
    g->offsets = tensor_view_raw(sums, n, shape, move, 0);
    tensor_release(sums);
    return true;
fail:
    tensor_release(sums);
    return false;
}

/* Runs along which the offset stands still move as rows, others element by element. */
static bool move_elements(Iter *it, DType dt, bool put, bool add, Err *err) {
    int64_t size = (int64_t)dtype_size(dt);
    for (bool more = iter_start(it); more; more = iter_next(it)) {
        bool row = it->step[2] == 0;
        int64_t runs = row ? 1 : it->n, length = row ? it->n : 1;
        for (int64_t i = 0; i < runs; i++) {
            char *outer = it->ptr[0] + i * it->step[0];
            char *inner =
                it->ptr[1] + i * it->step[1] + *(int64_t *)(void *)(it->ptr[2] + i * it->step[2]);
            if (add)
                combine_strided(COMBINE_ADD, dt, length, inner, it->step[1], outer, it->step[0]);
            else if (!row)
                copy_element(put ? inner : outer, put ? outer : inner, (size_t)size);
            else if (put)
                convert_strided(dt, dt, length, outer, it->step[0], inner, it->step[1]);
            else
                convert_strided(dt, dt, length, inner, it->step[1], outer, it->step[0]);
        }
    }
    return iter_finish(it, err);
}

/* ---- get and put ----------------------------------------------------------- */

bool tensor_index_get(const Tensor *t, int n, const IndexItem *items, Tensor **out, Err *err) {
    Picked p = {0};
    Target g = {0};
    Iter it;
    Tensor *r = NULL;
    bool ok = false;
    if (!pick(t, n, items, &p, err)) goto out;
    if (index_is_basic(n, items)) {
        *out = p.view;
        p.view = NULL;
        ok = true;
        goto out;
    }
    if (!aim(&p, &g, err)) goto out;
    if (!tensor_empty((DType)t->dtype, g.base->ndim, g.base->shape, &r, err)) goto out;
    iter_over(&it, r->ndim, r->shape, 3, (const Tensor *[]){r, g.base, g.offsets});
    if (!move_elements(&it, (DType)t->dtype, false, false, err)) goto out;
    *out = r;
    r = NULL;
    ok = true;
out:
    picked_clear(&p);
    target_clear(&g);
    tensor_release(r);
    return ok;
}

/* value in the shape of the target: leading dims of size 1 may be too many, as in PyTorch. */
static bool fit_value(const Tensor *value, int ndim, const int64_t *shape, Tensor **out, Err *err) {
    Tensor *v = NULL;
    int drop = 0;
    while (value->ndim - drop > ndim && value->shape[drop] == 1) drop++;
    v = tensor_view_raw(value, value->ndim - drop, value->shape + drop, value->stride + drop,
                        value->offset);
    bool ok = tensor_expand(v, ndim, shape, out, err);
    tensor_release(v);
    return ok;
}

static bool put_basic(Tensor *view, const Tensor *value, bool accumulate, Err *err) {
    Tensor *v = NULL, *own = NULL;
    Iter it;
    bool ok = fit_value(value, view->ndim, view->shape, &v, err);
    if (ok && accumulate) {
        ok = tensor_cast(v, (DType)view->dtype, &own, err);
        view->st->version++;
        if (ok) {
            iter_over(&it, view->ndim, view->shape, 2, (const Tensor *[]){view, own});
            for (bool more = iter_start(&it); more; more = iter_next(&it))
                combine_strided(COMBINE_ADD, (DType)view->dtype, it.n, it.ptr[0], it.step[0],
                                it.ptr[1], it.step[1]);
            ok = iter_finish(&it, err);
        }
    } else if (ok) {
        ok = tensor_copy_(view, v, err);
    }
    tensor_release(v);
    tensor_release(own);
    return ok;
}

/* PyTorch converts numbers and what a single mask is filled with, nothing else. */
static bool check_put_dtype(const Tensor *t, int n, const IndexItem *items, const Tensor *value,
                            bool accumulate, Err *err) {
    bool fill = n == 1 && is_mask(items[0].tensor) && tensor_numel(value) == 1 && !accumulate;
    if (value->dtype == t->dtype || value->wrapped || fill) return true;
    err_set(err, ERR_RUNTIME,
            "Index put requires the source and destination dtypes match, got %s for the "
            "destination and %s for the source.",
            dtype_class_name((DType)t->dtype), dtype_class_name((DType)value->dtype));
    return err_hint(err, "convert the value first, with .to(torch.%s)",
                    dtype_name((DType)t->dtype));
}

static bool put_indexed(const Picked *p, const Tensor *value, bool accumulate, Err *err) {
    Target g = {0};
    Tensor *own = NULL, *v = NULL;
    Iter it;
    Err fit = {0};
    DType dt = (DType)p->view->dtype;
    bool ok = false;
    if (!aim(p, &g, err)) return false;
    bool shared = value->st == p->view->st;
    if (!(shared ? tensor_clone_contiguous(value, dt, &own, err)
                 : tensor_cast(value, dt, &own, err)))
        goto out;
    if (!fit_value(own, g.base->ndim, g.base->shape, &v, &fit)) {
        err_clear(&fit);
        err_set(err, ERR_RUNTIME,
                "shape mismatch: value tensor of shape %s cannot be broadcast to indexing result "
                "of shape %s",
                list_text(value->ndim, value->shape).text,
                list_text(g.base->ndim, g.base->shape).text);
        goto out;
    }
    iter_over(&it, v->ndim, v->shape, 3, (const Tensor *[]){v, g.base, g.offsets});
    p->view->st->version++;
    ok = move_elements(&it, dt, true, accumulate, err);
out:
    target_clear(&g);
    tensor_release(own);
    tensor_release(v);
    return ok;
}

bool tensor_index_put_(Tensor *t, int n, const IndexItem *items, const Tensor *value,
                       bool accumulate, Err *err) {
    Picked p = {0};
    bool ok = pick(t, n, items, &p, err);
    if (ok && index_is_basic(n, items))
        ok = put_basic(p.view, value, accumulate, err);
    else if (ok)
        ok = check_put_dtype(t, n, items, value, accumulate, err) &&
             put_indexed(&p, value, accumulate, err);
    picked_clear(&p);
    return ok;
}
