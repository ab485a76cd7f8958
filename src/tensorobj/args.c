/* From Values to C for the torch bodies; see args.h. */
#include "config.h"

#include "tensorobj/args.h"

#include "tensorobj/array.h"

#include <string.h>

#include "tensorobj/types.h"
#include "value/complex.h"
#include "tensor/create.h"

const char *arg_fn_name(const char *func) {
    const char *underscore = strchr(func, '_');
    return underscore ? underscore + 1 : func;
}

bool arg_wrong(const char *fn, int i, const char *wanted, Value v, Err *err) {
    return err_set(err, ERR_TYPE, "%s(): argument %d must be %s, not %s", arg_fn_name(fn), i + 1,
                   wanted, v.tag == VT_NONE ? "None" : value_type(v)->name);
}

/* ---- tensors ---------------------------------------------------------------- */

bool arg_tensor(const char *fn, int i, Value v, Tensor **out, Err *err) {
    *out = value_tensor(v);
    if (*out) return true;
    arg_wrong(fn, i, "Tensor", v, err);
    if (value_is_number(v) || v.tag == VT_OBJ) err_hint(err, "torch.tensor(...) makes one");
    return false;
}

bool arg_tensor_or_none(const char *fn, int i, Value v, Tensor **out, Err *err) {
    *out = NULL;
    if (v.tag == VT_NONE || v.tag == VT_UNSET) return true;
    return arg_tensor(fn, i, v, out, err);
}

static bool complex_tensor(Value v, Tensor **out, Err *err) {
    float parts[2] = {(float)complex_of(v)->re, (float)complex_of(v)->im};
    return tensor_from(DT_C64, 0, NULL, parts, out, err);
}

bool value_operand(Value v, Tensor **out, Err *err) {
    Tensor *t = value_tensor(v);
    Value number;
    bool ok = true;
    *out = NULL;
    if (value_is_np_scalar(v)) { /* counts as the Python number */
        if (!tensor_item(value_array(v), &number, err)) return false;
        ok = value_operand(number, out, err);
        value_release(number);
        return ok;
    }
    if (!t) t = value_array(v);
    if (t) {
        *out = tensor_retain(t);
        return true;
    }
    switch (v.tag) {
    case VT_BOOL:
        ok = tensor_scalar_i64(DT_BOOL, v.b, out, err);
        break;
    case VT_INT:
        ok = tensor_scalar_i64(DT_I64, v.i, out, err);
        break;
    case VT_FLOAT:
        ok = tensor_scalar_f64(DT_F64, v.f, out, err);
        break;
    default:
        if (!value_is(v, &type_complex)) return true;
        ok = complex_tensor(v, out, err);
        break;
    }
    if (ok) (*out)->wrapped = true;
    return ok;
}

bool arg_operand(Interp *in, const char *fn, int i, Value v, Tensor **out, Err *err) {
    UNUSED(in);
    if (!value_operand(v, out, err)) return false;
    return *out ? true : arg_wrong(fn, i, "Tensor or Number", v, err);
}

bool arg_tensors(Interp *in, const char *fn, int i, Value v, TensorList *out, Err *err) {
    Value *items;
    int64_t n;
    *out = (TensorList){.hold = VALUE_UNSET};
    if (value_tensor(v)) return arg_wrong(fn, i, "tuple of Tensors", v, err);
    if (seq_items(v, &items, &n)) {
        out->hold = value_retain(v);
    } else {
        if (!seq_collect(in, v, &out->hold, err)) return false;
        seq_items(out->hold, &items, &n);
    }
    out->t = mem_alloc(sizeof *out->t * (size_t)(n ? n : 1));
    out->n = (int)n;
    for (int64_t k = 0; k < n; k++) {
        out->t[k] = value_tensor(items[k]);
        if (out->t[k]) continue;
        err_set(err, ERR_TYPE, "expected Tensor as element %d in argument %d, but got %s", (int)k,
                i, value_type(items[k])->name);
        tensor_list_clear(out);
        return false;
    }
    return true;
}

void tensor_list_clear(TensorList *l) {
    mem_free(l->t);
    value_release(l->hold);
    *l = (TensorList){.hold = VALUE_UNSET};
}

/* ---- numbers ------------------------------------------------------------------ */

/* An integer or bool tensor of one element counts as an int. */
static bool tensor_as_int(Value v, int64_t *out) {
    Tensor *t = value_tensor(v);
    static const int64_t zeros[TENSOR_MAX_DIM];
    if (!t || dtype_is_float((DType)t->dtype) || dtype_is_complex((DType)t->dtype)) return false;
    if (tensor_numel(t) != 1) return false;
    *out = tensor_get_i64(t, zeros);
    return true;
}

bool arg_int(Interp *in, const char *fn, int i, Value v, int64_t *out, Err *err) {
    if (LIKELY(v.tag == VT_INT)) {
        *out = v.i;
        return true;
    }
    if (v.tag == VT_BOOL) {
        *out = v.b;
        return true;
    }
    if (tensor_as_int(v, out)) return true;
    if (v.tag == VT_OBJ && !value_tensor(v) && !value_is(v, &type_str)) {
        Err inner = {0};
        if (value_to_int(in, v, out, &inner)) return true;
        err_clear(&inner);
    }
    return arg_wrong(fn, i, "int", v, err);
}

bool arg_float(Interp *in, const char *fn, int i, Value v, double *out, Err *err) {
    static const int64_t zeros[TENSOR_MAX_DIM];
    Tensor *t;
    UNUSED(in);
    switch (v.tag) {
    case VT_FLOAT:
        *out = v.f;
        return true;
    case VT_INT:
        *out = (double)v.i;
        return true;
    case VT_BOOL:
        *out = v.b;
        return true;
    default:
        break;
    }
    t = value_tensor(v);
    if (!t || tensor_numel(t) != 1) return arg_wrong(fn, i, "Number", v, err);
    *out = tensor_get_f64(t, zeros);
    return true;
}

bool arg_bool(Interp *in, const char *fn, int i, Value v, bool *out, Err *err) {
    if (v.tag == VT_BOOL) {
        *out = v.b;
        return true;
    }
    if (v.tag == VT_NONE || v.tag == VT_UNSET) {
        *out = false;
        return true;
    }
    if (v.tag != VT_INT && !value_tensor(v)) return arg_wrong(fn, i, "bool", v, err);
    return value_truth(in, v, out, err);
}

bool arg_str(const char *fn, int i, Value v, const char **out, Err *err) {
    if (!value_is(v, &type_str)) return arg_wrong(fn, i, "str", v, err);
    *out = str_of(v)->s;
    return true;
}

bool arg_dtype(const char *fn, int i, Value v, DType *out, Err *err) {
    *out = DT_NONE;
    if (v.tag == VT_NONE || v.tag == VT_UNSET || value_dtype(v, out)) return true;
    arg_wrong(fn, i, "torch.dtype", v, err);
    return err_hint(err, "dtypes are written torch.float32, torch.int64, torch.bool");
}

/* ---- sizes and dims -------------------------------------------------------------- */

bool arg_dims(Interp *in, const char *fn, int i, Value v, Dims *out, Err *err) {
    Value *items;
    int64_t n;
    out->n = 0;
    if (v.tag == VT_NONE || v.tag == VT_UNSET) {
        out->n = -1;
        return true;
    }
    if (!seq_items(v, &items, &n)) {
        out->n = 1;
        return arg_int(in, fn, i, v, &out->d[0], err) ||
               (err_clear(err), arg_wrong(fn, i, "int or tuple of ints", v, err));
    }
    if (n == 1 && seq_items(items[0], &items, &n)) {
    } /* view((2, 3)) is view(2, 3) */
    if (n > TENSOR_MAX_DIM) {
        return err_set(err, ERR_RUNTIME, "%s(): %d dimensions, the most is %d", arg_fn_name(fn),
                       (int)n, TENSOR_MAX_DIM);
    }
    for (int64_t k = 0; k < n; k++) {
        Err inner = {0};
        if (arg_int(in, fn, i, items[k], &out->d[k], &inner)) continue;
        err_clear(&inner);
        return err_set(err, ERR_TYPE,
                       "%s(): argument %d must be tuple of ints, but found element of type %s at "
                       "pos %d",
                       arg_fn_name(fn), i + 1, value_type(items[k])->name, (int)k);
    }
    out->n = (int)n;
    return true;
}

/* ---- results ------------------------------------------------------------------------ */

Value tensors_tuple_take(int n, Tensor **ts) {
    Value tuple = tuple_new(n);
    for (int i = 0; i < n; i++) tuple_items(tuple)[i] = tensor_wrap_take(ts[i]);
    return tuple;
}
