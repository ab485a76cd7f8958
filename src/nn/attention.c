/* torch.nn.functional.scaled_dot_product_attention.
 *
 * Legend: B batch, H query heads, G key/value heads, T queries, S keys, D head size.
 */
#include "config.h"

#include <math.h>

#include "nn/nn.h"
#include "tensorobj/args.h"
#include "grad/ops.h"
#include "tensor/create.h"

typedef struct Sdpa {
    Tensor *q, *k, *v, *mask; /* borrowed */
    double scale, dropout;
    bool causal, gqa;
} Sdpa;

static bool sdpa_shapes(const Sdpa *a, Err *err) {
    const Tensor *q = a->q, *k = a->k, *v = a->v;
    Str sq = STR_INIT, sk = STR_INIT, sv = STR_INIT;
    const char *wrong = NULL;
    if (q->ndim < 2 || k->ndim < 2 || v->ndim < 2)
        wrong = "each needs at least 2 dims (T, D)";
    else if (q->shape[q->ndim - 1] != k->shape[k->ndim - 1])
        wrong = "query and key must have the same last size (D)";
    else if (k->shape[k->ndim - 2] != v->shape[v->ndim - 2])
        wrong = "key and value must have the same number of keys (S)";
    else if (a->gqa &&
             (q->ndim < 3 || k->ndim != q->ndim || v->ndim != q->ndim ||
              k->shape[k->ndim - 3] == 0 || q->shape[q->ndim - 3] % k->shape[k->ndim - 3] != 0))
        wrong = "with enable_gqa the heads of query must be a multiple of those of key and value";
    if (!wrong) return true;
    shape_str(&sq, q->ndim, q->shape);
    shape_str(&sk, k->ndim, k->shape);
    shape_str(&sv, v->ndim, v->shape);
    err_set(err, ERR_RUNTIME,
            "scaled_dot_product_attention: query is %s, key is %s, value is %s; %s", str_cstr(&sq),
            str_cstr(&sk), str_cstr(&sv), wrong);
    str_clear(&sq);
    str_clear(&sk);
    str_clear(&sv);
    return false;
}

/* C's name of a dtype, as PyTorch's messages have it. */
static const char *c_name(const Tensor *t) {
    static const char *const names[DT_COUNT] = {[DT_BOOL] = "bool",
                                                [DT_U8] = "unsigned char",
                                                [DT_I8] = "signed char",
                                                [DT_I16] = "short int",
                                                [DT_I32] = "int",
                                                [DT_I64] = "long int",
                                                [DT_F16] = "c10::Half",
                                                [DT_BF16] = "c10::BFloat16",
                                                [DT_F32] = "float",
                                                [DT_F64] = "double",
                                                [DT_C64] = "c10::complex<float>"};
    return names[t->dtype];
}

/* A mask of 0 and 1 as integers is neither hidden keys nor numbers to add. */
static bool mask_dtype(const Sdpa *a, Err *err) {
    DType dt = a->mask ? (DType)a->mask->dtype : DT_BOOL;
    if (dt == DT_BOOL || dt == DT_F32 || dt == (DType)a->q->dtype) return true;
    err_set(err, ERR_RUNTIME,
            "Expected attn_mask dtype to be bool or float or to match query dtype, but got "
            "attn_mask.dtype: %s and  query.dtype: %s instead.",
            c_name(a->mask), c_name(a->q));
    return err_hint(err, "mask.bool() hides what is 0");
}

/* The fused op keeps no scores; it takes heads as they are, where no dropout falls between softmax
 * and values. */
static bool fits_fused(const Sdpa *a) {
    const Tensor *const ts[] = {a->q, a->k, a->v};
    int ndim = a->q->ndim;
    if (a->dropout > 0 || a->scale == 0 || ndim > 4) return false;
    if (a->k->ndim != ndim || a->v->ndim != ndim) return false;
    for (int d = 0; d < ndim - 2; d++) {
        if (a->gqa && d == ndim - 3) continue;
        if (ts[1]->shape[d] != ts[0]->shape[d] || ts[2]->shape[d] != ts[0]->shape[d]) return false;
    }
    return dtype_is_float((DType)a->q->dtype) && a->q->dtype == a->k->dtype &&
           a->q->dtype == a->v->dtype;
}

static bool take(bool ok, Tensor **x, Tensor **y) {
    if (ok) {
        tensor_release(*x);
        *x = *y;
    }
    return ok;
}

/* Adds -inf where the mask says no: bool masks hide what is False, others are added. */
static bool add_mask(Tensor **s, Tensor *mask, Err *err) {
    Tensor *hide = NULL, *inf = NULL, *y = NULL;
    bool ok;
    if (mask->dtype != DT_BOOL) return take(op_add(*s, mask, 1, &y, err), s, &y);
    ok = op_logical_not(mask, &hide, err) && tensor_number_f64(-INFINITY, &inf, err) &&
         take(op_masked_fill(*s, hide, inf, &y, err), s, &y);
    tensor_release(hide);
    tensor_release(inf);
    return ok;
}

/* A mask broadcasts to the scores, never the scores to it. */
static bool add_given(Tensor **s, Tensor *mask, Err *err) {
    Tensor *m = NULL;
    bool ok = op_expand(mask, (*s)->ndim, (*s)->shape, &m, err) && add_mask(s, m, err);
    tensor_release(m);
    return ok;
}

static bool add_causal(Tensor **s, Err *err) {
    int n = (*s)->ndim;
    int64_t shape[2] = {(*s)->shape[n - 2], (*s)->shape[n - 1]};
    Tensor *ones = NULL, *tri = NULL;
    bool ok = tensor_full_i64(DT_BOOL, 2, shape, 1, &ones, err) && op_tril(ones, 0, &tri, err) &&
              add_mask(s, tri, err);
    tensor_release(ones);
    tensor_release(tri);
    return ok;
}

/* One key/value head for every query head. */
static bool share_heads(Tensor *x, int64_t heads, Tensor **out, Err *err) {
    int64_t dim = x->ndim - 3;
    Tensor *times = NULL;
    bool ok = tensor_scalar_i64(DT_I64, heads / x->shape[dim], &times, err) &&
              op_repeat_interleave(x, times, &dim, out, err);
    tensor_release(times);
    return ok;
}

/* softmax(q kᵀ · scale + mask) v, step by step as the documentation writes it. */
static bool sdpa_composed(const Sdpa *a, Tensor **out, Err *err) {
    Tensor *k = tensor_retain(a->k), *v = tensor_retain(a->v), *kt = NULL, *s = NULL, *y = NULL,
           *scale = NULL;
    bool ok = true;
    if (a->gqa) {
        int64_t heads = a->q->shape[a->q->ndim - 3];
        ok = take(share_heads(k, heads, &y, err), &k, &y) &&
             take(share_heads(v, heads, &y, err), &v, &y);
    }
    ok = ok && op_transpose(k, -2, -1, &kt, err) && op_matmul(a->q, kt, &s, err) &&
         tensor_number_f64(a->scale, &scale, err) && take(op_mul(s, scale, &y, err), &s, &y) &&
         (!a->causal || add_causal(&s, err)) && (!a->mask || add_given(&s, a->mask, err)) &&
         take(op_softmax(s, -1, &y, err), &s, &y) &&
         (a->dropout == 0 || take(op_dropout(s, a->dropout, &y, err), &s, &y)) &&
         op_matmul(s, v, out, err);
    tensor_release(k);
    tensor_release(v);
    tensor_release(kt);
    tensor_release(s);
    tensor_release(scale);
    return ok;
}

static bool do_scaled_dot_product_attention(Interp *in, Value *args, Value *out, Err *err) {
    enum { QUERY, KEY, VALUE, ATTN_MASK, DROPOUT_P, IS_CAUSAL, SCALE, ENABLE_GQA };
    Sdpa a = {0};
    Tensor *y = NULL;
    if (!ARG_TENSOR(QUERY, &a.q) || !ARG_TENSOR(KEY, &a.k) || !ARG_TENSOR(VALUE, &a.v) ||
        !arg_tensor_or_none(__func__, ATTN_MASK, args[ATTN_MASK], &a.mask, err) ||
        !ARG_FLOAT(DROPOUT_P, &a.dropout) || !ARG_BOOL(IS_CAUSAL, &a.causal) ||
        !ARG_BOOL(ENABLE_GQA, &a.gqa) || !sdpa_shapes(&a, err) || !mask_dtype(&a, err)) {
        return false;
    }
    a.scale = 1 / sqrt((double)a.q->shape[a.q->ndim - 1]);
    if (args[SCALE].tag != VT_NONE && !ARG_FLOAT(SCALE, &a.scale)) return false;
    if (a.causal && a.mask) {
        return err_set(err, ERR_RUNTIME,
                       "scaled_dot_product_attention: Explicit attn_mask should "
                       "not be set when is_causal=True");
    }
    if (fits_fused(&a)) {
        return tensor_return(op_sdpa(a.q, a.k, a.v, a.mask, a.scale, a.causal, &y, err), &y, out);
    }
    return tensor_return(sdpa_composed(&a, &y, err), &y, out);
}

const NativeRow nn_attention_rows[] = {
    {"scaled_dot_product_attention(query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor = "
     "None, dropout_p: float = 0.0, is_causal: bool = False, scale: float = None, enable_gqa: bool "
     "= False) -> Tensor",
     do_scaled_dot_product_attention, NATIVE_RANDOM,
     "softmax(q kᵀ · scale + mask) v: query (..., T, D), key (..., S, D), value (..., S, Dv), "
     "scale "
     "1/√D unless given. A bool mask is True where attention is allowed, another is added to the "
     "scores. is_causal: query i sees keys 0..i (top-left). Vaswani et al. 2017, eq. 1.",
     ">>> q = torch.tensor([[1., 0.], [0., 1.]])\n"
     ">>> F.scaled_dot_product_attention(q, q, q, is_causal=True)\n"
     "tensor([[1.0000, 0.0000],\n        [0.3302, 0.6698]])"},
    {0},
};
