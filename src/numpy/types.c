/* The types numpy.ndarray and numpy.float64, int64, ...: their text, truth, numbers and how an
 * attribute that is written in the dialect is found. See numpy.h. */
#include "config.h"

#include <string.h>

#include "numpy/numpy.h"
#include "eval/vm.h"
#include "grad/ops.h"
#include "repr/repr.h"
#include "tensor/copy.h"

static ArrayObj *array_of(Value v) {
    return (ArrayObj *)v.o;
}

static void array_destroy(Obj *self) {
    tensor_release(((ArrayObj *)self)->t);
}

/* ---- text ------------------------------------------------------------------------ */

static bool array_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    tensor_repr_numpy(out, array_of(self)->t, self.o->type == &type_ndarray);
    return true;
}

static bool array_str(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    tensor_repr_numpy(out, array_of(self)->t, false);
    return true;
}

static bool array_format(Interp *in, Value self, const char *spec, size_t n, Str *out, Err *err) {
    Value number;
    if (n == 0) return array_str(in, self, out, err);
    if (self.o->type == &type_ndarray) {
        err_set(err, ERR_TYPE, "unsupported format string passed to numpy.ndarray.__format__");
        return err_hint(err, "format one element, or np.set_printoptions(precision=...)");
    }
    if (!tensor_item(array_of(self)->t, &number, err)) return false;
    bool ok = value_format(in, number, spec, n, out, err);
    value_release(number);
    return ok;
}

/* ---- truth, hash, size --------------------------------------------------------------- */

static bool array_truth(Interp *in, Value self, bool *out, Err *err) {
    static const int64_t zeros[TENSOR_MAX_DIM];
    const Tensor *t = array_of(self)->t;
    int64_t n = tensor_numel(t);
    UNUSED(in);
    if (n > 1) {
        return err_set(err, ERR_VALUE,
                       "The truth value of an array with more than one element is ambiguous. Use "
                       "a.any() or a.all()");
    }
    *out = n == 1 && tensor_get_f64(t, zeros) != 0;
    return true;
}

static bool scalar_hash(Interp *in, Value self, uint64_t *out, Err *err) {
    Value number;
    if (!tensor_item(array_of(self)->t, &number, err)) return false;
    bool ok = value_hash(in, number, out, err);
    value_release(number);
    return ok;
}

static bool array_len(Interp *in, Value self, int64_t *out, Err *err) {
    const Tensor *t = array_of(self)->t;
    UNUSED(in);
    if (t->ndim == 0) return err_set(err, ERR_TYPE, "len() of unsized object");
    *out = t->shape[0];
    return true;
}

static bool array_contains(Interp *in, Value self, Value item, bool *out, Err *err) {
    Value eq;
    Tensor *any = NULL;
    if (!np_slot_binary(in, OP_EQ, self, item, &eq, err)) return false;
    Tensor *t = value_array(eq);
    bool ok = !t || op_any(t, 0, NULL, false, &any, err);
    if (ok) *out = any && tensor_get_i64(any, NULL) != 0;
    tensor_release(any);
    value_release(eq);
    return ok;
}

/* ---- attributes that the dialect defines --------------------------------------------------- */

/* The entry `name` of the dict `table` of module numpy, owned; UNSET when there is none. */
static bool member(Interp *in, const char *table, const StrObj *name, Value *out, Err *err) {
    Value np, dict;
    *out = VALUE_UNSET;
    if (!interp_import(in, "numpy", &np, err)) return false;
    if (module_get(np, table, &dict)) {
        if (value_is(dict, &type_dict)) *out = value_retain(dict_get_str(dict_of(dict), name));
        value_release(dict);
    }
    value_release(np);
    return true;
}

static bool array_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    Value f;
    type_ready(self.o->type);
    *out = VALUE_UNSET;
    if (type_find(self.o->type, name).tag != VT_UNSET) return true; /* a row of this file */
    if (!member(in, "_methods", name, &f, err)) return false;
    if (f.tag != VT_UNSET) {
        *out = method_new(f, self);
        value_release(f);
        return true;
    }
    if (!member(in, "_properties", name, &f, err)) return false;
    if (f.tag == VT_UNSET) return true;
    bool ok = value_call_pos(in, f, &self, 1, out, err);
    value_release(f);
    return ok;
}

/* a.shape = (2, 3) */
static bool array_setattr(Interp *in, Value self, StrObj *name, Value v, bool *done, Err *err) {
    Value reshaped;
    *done = true;
    if (strcmp(name->s, "shape") != 0 || v.tag == VT_UNSET || self.o->type != &type_ndarray) {
        return err_set(err, ERR_ATTRIBUTE, "attribute '%s' of '%s' objects is not writable",
                       name->s, value_type(self)->name);
    }
    if (!value_call_method(in, self, "reshape", &v, 1, &reshaped, err)) return false;
    tensor_release(array_of(self)->t);
    array_of(self)->t = tensor_retain(array_of(reshaped)->t);
    value_release(reshaped);
    return true;
}

static void array_dir(Interp *in, Value self, void (*offer)(void *ctx, const char *name),
                      void *ctx) {
    static const char *const tables[] = {"_methods", "_properties"};
    Value np, dict, k, v;
    Err err = {0};
    UNUSED(self);
    if (!interp_import(in, "numpy", &np, &err)) {
        err_clear(&err);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        if (!module_get(np, tables[i], &dict)) continue;
        for (size_t at = 0; value_is(dict, &type_dict) && dict_next(dict_of(dict), &at, &k, &v);)
            offer(ctx, str_of(k)->s);
        value_release(dict);
    }
    value_release(np);
}

/* ---- rows: what is asked for most ------------------------------------------------------------ */

#define SELF (((ArrayObj *)args[0].o)->t)
#define PROP(name, expr)                                                                           \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        UNUSED(in), UNUSED(err);                                                                   \
        *out = (expr);                                                                             \
        return true;                                                                               \
    }

static Value shape_tuple(const Tensor *t) {
    Value shape = tuple_new(t->ndim);
    for (int i = 0; i < t->ndim; i++) tuple_items(shape)[i] = value_int(t->shape[i]);
    return shape;
}

static Value stride_tuple(const Tensor *t) {
    int64_t size = (int64_t)dtype_size((DType)t->dtype);
    Value strides = tuple_new(t->ndim);
    for (int i = 0; i < t->ndim; i++) tuple_items(strides)[i] = value_int(t->stride[i] * size);
    return strides;
}

PROP(shape, shape_tuple(SELF))
PROP(strides, stride_tuple(SELF))
PROP(ndim, value_int(SELF->ndim))
PROP(size, value_int(tensor_numel(SELF)))
PROP(itemsize, value_int((int64_t)dtype_size((DType)SELF->dtype)))
PROP(nbytes, value_int(tensor_numel(SELF) * (int64_t)dtype_size((DType)SELF->dtype)))

static bool do_T(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x = SELF, *y = NULL;
    int64_t dims[TENSOR_MAX_DIM];
    UNUSED(in);
    for (int i = 0; i < x->ndim; i++) dims[i] = x->ndim - 1 - i;
    if (x->ndim == 0) {
        *out = value_retain(args[0]);
        return true;
    }
    if (!op_permute(x, x->ndim, dims, &y, err)) return false;
    *out = array_wrap_take(y);
    return true;
}

/* The one element as a Python number. */
static bool single(const Tensor *t, Value *out, Err *err) {
    if (tensor_numel(t) == 1) return tensor_item(t, out, err);
    return err_set(err, ERR_TYPE, "only size-1 arrays can be converted to Python scalars");
}

static bool do_float(Interp *in, Value *args, Value *out, Err *err) {
    double v;
    Value number;
    if (!single(SELF, &number, err)) return false;
    bool ok = value_to_float(in, number, &v, err);
    value_release(number);
    if (ok) *out = value_float(v);
    return ok;
}

static bool do_int(Interp *in, Value *args, Value *out, Err *err) {
    Value number, cls = type_value(&type_int);
    bool ok = single(SELF, &number, err);
    if (ok) {
        ok = value_call_pos(in, cls, &number, 1, out, err);
        value_release(number);
    }
    value_release(cls);
    return ok;
}

static bool do_index(Interp *in, Value *args, Value *out, Err *err) {
    const Tensor *t = SELF;
    UNUSED(in);
    if (t->ndim > 0 || !dtype_is_int((DType)t->dtype)) {
        if (args[0].o->type == &type_ndarray)
            return err_set(err, ERR_TYPE,
                           "only integer scalar arrays can be converted to a scalar index");
        return err_set(err, ERR_TYPE, "'%s' object cannot be interpreted as an integer",
                       value_type(args[0])->name);
    }
    return tensor_item(t, out, err);
}

static bool do_copy(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *y = NULL;
    UNUSED(in);
    if (!tensor_clone_contiguous(SELF, (DType)SELF->dtype, &y, err)) return false;
    *out = args[0].o->type == &type_ndarray ? array_wrap_take(y) : array_result_take(y);
    return true;
}

#define P NATIVE_PROPERTY
static const NativeRow array_rows[] = {
    {"shape(self) -> tuple", do_shape, P, "Sizes of the axes.",
     ">>> import numpy as np; np.zeros((2, 3)).shape\n(2, 3)"},
    {"strides(self) -> tuple", do_strides, P, "Bytes from one element to the next, per axis.",
     ">>> import numpy as np; np.zeros((2, 3)).strides\n(24, 8)"},
    {"ndim(self) -> int", do_ndim, P, "How many axes.",
     ">>> import numpy as np; np.zeros((2, 3)).ndim\n2"},
    {"size(self) -> int", do_size, P, "How many elements.",
     ">>> import numpy as np; np.zeros((2, 3)).size\n6"},
    {"itemsize(self) -> int", do_itemsize, P, "Bytes of one element.",
     ">>> import numpy as np; np.zeros(3).itemsize\n8"},
    {"nbytes(self) -> int", do_nbytes, P, "Bytes of all elements.",
     ">>> import numpy as np; np.zeros(3).nbytes\n24"},
    {"T(self) -> ndarray", do_T, P, "The axes in reverse order; a view.",
     ">>> import numpy as np; np.array([[1, 2], [3, 4]]).T\narray([[1, 3],\n       [2, 4]])"},
    {"__float__(self) -> float", do_float, 0, "float(a).", NULL},
    {"__int__(self) -> int", do_int, 0, "int(a): towards zero.", NULL},
    {"__index__(self) -> int", do_index, 0, "Use as an index.", NULL},
    {"__copy__(self) -> ndarray", do_copy, 0, "copy.copy(a).", NULL},
    {"__deepcopy__(self, memo=None) -> ndarray", do_copy, 0, "copy.deepcopy(a).", NULL},
    {0},
};

/* ---- the types ------------------------------------------------------------------------------ */

/* np.float32(x): numpy.py converts x. */
static bool scalar_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    Value np, pos[2] = {type_value(cls), value_float(0)};
    if (args->npos > 1 || args->nkw) {
        value_release(pos[0]);
        return err_set(err, ERR_TYPE, "%s() takes one value", cls->name);
    }
    if (args->npos) pos[1] = args->pos[0];
    bool ok = interp_import(in, "numpy", &np, err);
    if (ok) {
        ok = value_call_method(in, np, "_scalar", pos, 2, out, err);
        value_release(np);
    }
    value_release(pos[0]);
    return ok;
}

static bool array_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(cls), UNUSED(args), UNUSED(out);
    err_set(err, ERR_TYPE, "numpy.ndarray() is not called here");
    return err_hint(err, "np.zeros(shape), np.empty(shape) or np.array(data) make arrays");
}

#define ARRAY_SLOTS                                                                                \
    .size = sizeof(ArrayObj), .destroy = array_destroy, .repr = array_repr, .str = array_str,      \
    .format = array_format, .truth = array_truth, .binary = np_slot_binary,                        \
    .inplace = np_slot_inplace, .unary = np_slot_unary, .getattr = array_getattr,                  \
    .setattr = array_setattr, .dir = array_dir, .getitem = np_slot_getitem, .methods = array_rows

Type type_ndarray = {
    .name = "numpy.ndarray",
    .doc = "Numbers of one dtype with a shape, as NumPy has them; see help of its methods.",
    ARRAY_SLOTS,
    .create = array_create,
    .len = array_len,
    .contains = array_contains,
    .setitem = np_slot_setitem,
    .iter = np_slot_iter,
};

Type type_np_generic = {
    .name = "numpy.generic",
    .doc = "What the types of single numbers have in common.",
    ARRAY_SLOTS,
    .hash = scalar_hash,
};

#define X(kind, parent)                                                                            \
    static Type type_np_##kind = {.name = "numpy." #kind,                                          \
                                  .doc = "A kind of number, for isinstance and issubdtype.",       \
                                  .base = &type_np_##parent,                                       \
                                  ARRAY_SLOTS,                                                     \
                                  .hash = scalar_hash};
NP_KINDS(X)
#undef X
#define X(id, dt, parent)                                                                          \
    static Type type_np_##id = {.name = "numpy." #id,                                              \
                                .doc = "One number of this dtype.",                                \
                                .base = &type_np_##parent,                                         \
                                ARRAY_SLOTS,                                                       \
                                .create = scalar_create,                                           \
                                .hash = scalar_hash};
NP_SCALARS(X)
#undef X

static Type *const scalar_types[DT_COUNT] = {
#define X(id, dt, parent) [dt] = &type_np_##id,
    NP_SCALARS(X)
#undef X
};

static Value wrap_take(Type *type, Tensor *t) {
    ArrayObj *o = obj_new(type);
    o->t = t;
    return value_obj(o);
}

Value array_result_take(Tensor *t) {
    Type *type = t->ndim ? &type_ndarray : scalar_types[t->dtype];
    return wrap_take(type ? type : &type_ndarray, t);
}

/* The number that a scalar stands for; a complex one stays what it is. */
static bool scalar_number(Value v, Value *number) {
    Err err = {0};
    if (tensor_item(array_of(v)->t, number, &err) && number->tag != VT_OBJ) return true;
    if (!err.kind) value_release(*number);
    err_clear(&err);
    return false;
}

static void put_type(Interp *in, Value module, Type *t) {
    module_set_take(in, module, strrchr(t->name, '.') + 1, type_value(t));
}

void np_types_install(Interp *in, Value module) {
    type_np_float64.acts_as = &type_float;
    native_number_register(scalar_number);
    put_type(in, module, &type_ndarray);
    put_type(in, module, &type_np_generic);
#define X(kind, parent) put_type(in, module, &type_np_##kind);
    NP_KINDS(X)
#undef X
#define X(id, dt, parent)                                                                          \
    type_np_##id.flags |= TYPE_NUMBER;                                                             \
    put_type(in, module, &type_np_##id);
    NP_SCALARS(X)
#undef X
}
