#include "config.h"

#include "attn/shape.h"

#include "base/str.h"
#include "tensor/copy.h"
#include "tensor/view.h"

void attn_spread(const Tensor *t, int64_t *size, int64_t *stride) {
    for (int d = 0; d < 4; d++) {
        int at = d - (4 - t->ndim);
        size[d] = at < 0 ? 1 : t->shape[at];
        stride[d] = at < 0 || t->shape[at] == 1 ? 0 : t->stride[at];
    }
}

static bool misfit(const AttnArgs *a, const char *what, Err *err) {
    Str q = STR_INIT, k = STR_INIT, v = STR_INIT;
    shape_str(&q, a->q->ndim, a->q->shape);
    shape_str(&k, a->k->ndim, a->k->shape);
    shape_str(&v, a->v->ndim, a->v->shape);
    err_set(err, ERR_RUNTIME, "attention: %s; query is %s, key is %s, value is %s", what,
            str_cstr(&q), str_cstr(&k), str_cstr(&v));
    str_clear(&q);
    str_clear(&k);
    str_clear(&v);
    return false;
}

static bool check_types(const AttnArgs *a, Err *err) {
    const Tensor *all[3] = {a->q, a->k, a->v};
    for (int i = 0; i < 3; i++) {
        if (all[i]->ndim < 2 || all[i]->ndim > 4)
            return misfit(a, "operands have 2 to 4 dimensions", err);
        if (!dtype_is_float((DType)all[i]->dtype)) {
            err_set(err, ERR_RUNTIME, "attention: wanted floating-point operands, got torch.%s",
                    dtype_name((DType)all[i]->dtype));
            return err_hint(err, "convert with .float()");
        }
    }
    if (a->q->dtype == a->k->dtype && a->q->dtype == a->v->dtype) return true;
    err_set(err, ERR_RUNTIME,
            "attention: query, key and value must have one dtype, got torch.%s, torch.%s and "
            "torch.%s",
            dtype_name((DType)a->q->dtype), dtype_name((DType)a->k->dtype),
            dtype_name((DType)a->v->dtype));
    return err_hint(err, "convert with .to(query.dtype)");
}

bool attn_shape(const AttnArgs *a, AttnShape *z, Err *err) {
    if (!check_types(a, err)) return false;
    int64_t q[4], k[4], v[4], stride[4];
    attn_spread(a->q, q, stride);
    attn_spread(a->k, k, stride);
    attn_spread(a->v, v, stride);
    z->B = q[0], z->H = q[1], z->T = q[2], z->D = q[3];
    z->G = k[1], z->S = k[2], z->Dv = v[3];
    if (k[3] != z->D) return misfit(a, "query and key differ in their last size", err);
    if (v[2] != z->S) return misfit(a, "key and value differ in length", err);
    if (v[1] != z->G) return misfit(a, "key and value differ in heads", err);
    if ((k[0] != z->B && k[0] != 1) || (v[0] != z->B && v[0] != 1))
        return misfit(a, "batch sizes differ", err);
    if (z->G == 0 || z->H % z->G != 0) {
        if (z->H == 0) return true;
        misfit(a, "the query's heads are not a multiple of the key's", err);
        return err_hint(err, "each key head serves the same number of query heads");
    }
    return true;
}

bool attn_mask_spread(const Tensor *mask, DType compute, const int64_t shape[4], Tensor **out,
                      Err *err) {
    DType dt = (DType)mask->dtype;
    if (dt != DT_BOOL && !dtype_is_float(dt)) {
        err_set(err, ERR_RUNTIME, "attention: a mask is bool or floating, got torch.%s",
                dtype_name(dt));
        return err_hint(err, "compare it (mask != 0) so that True means: may attend");
    }
    Tensor *cast = NULL;
    if (!tensor_cast(mask, dt == DT_BOOL ? dt : compute, &cast, err)) return false;
    bool ok = tensor_expand(cast, 4, shape, out, err);
    tensor_release(cast);
    return ok || err_hint(err, "a mask broadcasts to (batch, heads, queries, keys)");
}
