/* Shapes: their text, their arithmetic, single elements. */
#include "config.h"

#include "tensor/convert.h"
#include "tensor/shapetext.h"
#include "tensor/tensor.h"
#include "tensor/view.h"

int64_t tensor_numel(const Tensor *t) {
    int64_t n = 1;
    for (int i = 0; i < t->ndim; i++) n *= t->shape[i];
    return n;
}

/* As PyTorch: strides of size-1 dims do not matter, an empty tensor is contiguous. */
bool tensor_is_contiguous(const Tensor *t) {
    int64_t want = 1;
    bool ok = true;
    for (int i = t->ndim; i-- > 0;) {
        if (t->shape[i] == 0) return true;
        if (t->shape[i] == 1) continue;
        ok &= t->stride[i] == want;
        want *= t->shape[i];
    }
    return ok;
}

bool tensor_same_shape(const Tensor *a, const Tensor *b) {
    if (a->ndim != b->ndim) return false;
    for (int i = 0; i < a->ndim; i++)
        if (a->shape[i] != b->shape[i]) return false;
    return true;
}

void shape_str(Str *out, int ndim, const int64_t *shape) {
    str_addc(out, '(');
    for (int i = 0; i < ndim; i++) str_printf(out, i ? ", %lld" : "%lld", (long long)shape[i]);
    str_add(out, ndim == 1 ? ",)" : ")");
}

bool dim_wrap(int64_t dim, int ndim, int *out, Err *err) {
    int n = ndim ? ndim : 1; /* a 0-dim tensor takes dim 0 and -1 */
    if (UNLIKELY(dim < -n || dim >= n))
        return err_set(err, ERR_INDEX,
                       "Dimension out of range (expected to be in range of [%d, %d], but got %lld)",
                       -n, n - 1, (long long)dim);
    *out = (int)(dim < 0 ? dim + n : dim);
    return true;
}

bool shape_broadcast(int na, const int64_t *a, int nb, const int64_t *b, int *nout, int64_t *out,
                     Err *err) {
    int n = MAX(na, nb);
    for (int i = n; i-- > 0;) {
        int ia = i - (n - na), ib = i - (n - nb);
        int64_t sa = ia < 0 ? 1 : a[ia], sb = ib < 0 ? 1 : b[ib];
        if (UNLIKELY(sa != sb && sa != 1 && sb != 1))
            return err_set(err, ERR_RUNTIME,
                           "The size of tensor a (%lld) must match the size of tensor b (%lld) at "
                           "non-singleton dimension %d",
                           (long long)sa, (long long)sb, i);
        out[i] = sa == 1 ? sb : sa;
    }
    *nout = n;
    return true;
}

bool shape_check(int ndim, const int64_t *shape, Err *err) {
    int64_t n = 1;
    for (int i = 0; i < ndim; i++)
        if (UNLIKELY(__builtin_mul_overflow(n, MAX(shape[i], 1), &n) || n >= INT64_C(1) << 59))
            return err_set(err, ERR_RUNTIME, "numel: integer multiplication overflow");
    return true;
}

int64_t shape_contiguous_strides(int ndim, const int64_t *shape, int64_t *stride) {
    int64_t step = 1, numel = 1;
    for (int i = ndim; i-- > 0;) {
        stride[i] = step;
        step *= MAX(shape[i], 1);
        numel *= shape[i];
    }
    return numel;
}

/* ---- single elements ------------------------------------------------------- */

static char *element(const Tensor *t, const int64_t *index) {
    int64_t at = 0;
    if (index)
        for (int i = 0; i < t->ndim; i++) at += index[i] * t->stride[i];
    return (char *)tensor_data(t) + at * (int64_t)dtype_size((DType)t->dtype);
}

double tensor_get_f64(const Tensor *t, const int64_t *index) {
    double v;
    convert_load(DT_F64, (DType)t->dtype, 1, element(t, index), 0, &v);
    return v;
}

int64_t tensor_get_i64(const Tensor *t, const int64_t *index) {
    int64_t v;
    convert_load(DT_I64, (DType)t->dtype, 1, element(t, index), 0, &v);
    return v;
}

void tensor_set_f64(Tensor *t, const int64_t *index, double v) {
    convert_store((DType)t->dtype, DT_F64, 1, &v, element(t, index), 0);
}

void tensor_set_i64(Tensor *t, const int64_t *index, int64_t v) {
    convert_store((DType)t->dtype, DT_I64, 1, &v, element(t, index), 0);
}

/* ---- text for errors ------------------------------------------------------- */

ListText list_text(int n, const int64_t *values) {
    ListText s;
    size_t len = 0;
    s.text[len++] = '[';
    for (int i = 0; i < MIN(n, TENSOR_MAX_DIM); i++)
        len += (size_t)snprintf(s.text + len, sizeof s.text - len, i ? ", %lld" : "%lld",
                                (long long)values[i]);
    s.text[len++] = ']';
    s.text[len] = '\0';
    return s;
}
