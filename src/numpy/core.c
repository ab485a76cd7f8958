/* The module numpy._core: what src/numpy/numpy.py needs of C. Between the two, arrays are
 * torch tensors and dtypes are torch's; numpy.py gives them NumPy's names. */
#include "config.h"

#include "numpy/numpy.h"

#include <string.h>

#include "numpy/nest.h"
#include "tensorobj/args.h"
#include "tensorobj/types.h"
#include "repr/repr.h"

static bool do_array(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *t;
    UNUSED(in);
    if (!ARG_TENSOR(0, &t)) return false;
    *out = array_wrap_take(tensor_retain(t));
    return true;
}

static bool do_wrap(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *t;
    UNUSED(in);
    if (!ARG_TENSOR(0, &t)) return false;
    *out = array_result_take(tensor_retain(t));
    return true;
}

static bool do_tensor(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *t = value_tensor(args[0]);
    if (t) {
        *out = value_retain(args[0]);
        return true;
    }
    if (!np_operand(in, args[0], &t, err)) return false;
    if (!t) return np_from_nest(in, args[0], DT_COUNT, &t, err) && tensor_return(true, &t, out);
    *out = tensor_wrap_take(t);
    return true;
}

static bool do_nest(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *t = NULL;
    DType dt;
    if (!ARG_DTYPE(1, &dt)) return false;
    return tensor_return(np_from_nest(in, args[0], dt, &t, err), &t, out);
}

static bool do_is_array(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_bool(value_array(args[0]) != NULL);
    return true;
}

/* sum(t, mask): `mask` has a bit per reduced dim; those stay with size 1. */
static bool do_sum(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *t, *y = NULL;
    int64_t mask;
    if (!ARG_TENSOR(0, &t) || !ARG_INT(1, &mask)) return false;
    if (mask < 0 || mask >> t->ndim)
        return err_set(err, ERR_VALUE, "the mask %lld names dimensions that a tensor of %d has not",
                       (long long)mask, t->ndim);
    return tensor_return(np_sum(t, (unsigned)mask, &y, err), &y, out);
}

static bool do_result_type(Interp *in, Value *args, Value *out, Err *err) {
    TensorList l;
    UNUSED(in);
    if (!ARG_TENSORS(0, &l)) return false;
    bool some = l.n > 0;
    if (some) *out = dtype_value(np_result_type(l.n, l.t));
    tensor_list_clear(&l);
    return some || err_set(err, ERR_VALUE, "at least one array or dtype is required");
}

static bool do_check_broadcast(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *a, *b;
    UNUSED(in);
    *out = VALUE_NONE;
    return ARG_TENSOR(0, &a) && ARG_TENSOR(1, &b) && np_broadcast_check(a, b, err);
}

static bool do_repr(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *t;
    Str text = STR_INIT;
    bool form;
    if (!ARG_TENSOR(0, &t) || !ARG_BOOL(1, &form)) return false;
    tensor_repr_numpy(&text, t, form);
    *out = str_value(str_cstr(&text), text.len);
    str_clear(&text);
    return true;
}

/* printoptions(precision, suppress, threshold, edgeitems, linewidth): sets what is not None. */
static bool do_printoptions(Interp *in, Value *args, Value *out, Err *err) {
    NpPrintOpts *o = np_print_opts();
    int64_t v[5] = {o->precision, o->suppress, o->threshold, o->edgeitems, o->linewidth};
    for (int i = 0; i < 5; i++)
        if (args[i].tag != VT_NONE && !ARG_INT(i, &v[i])) return false;
    *out = tuple_new(5);
    for (int i = 0; i < 5; i++) {
        if (v[i] < 0) v[i] = 0;
        tuple_items(*out)[i] = i == 1 ? value_bool(o->suppress)
                                      : value_int((int64_t[]){o->precision, 0, o->threshold,
                                                              o->edgeitems, o->linewidth}[i]);
    }
    *o = (NpPrintOpts){.precision = (int)MIN(v[0], 17),
                       .suppress = v[1] != 0,
                       .threshold = v[2],
                       .edgeitems = (int)MIN(v[3], INT32_MAX),
                       .linewidth = (int)MIN(v[4], INT32_MAX)};
    return true;
}

static const NativeRow core_module_rows[] = {
    {"array(t: Tensor)", do_array, 0, "The array on a tensor's storage.", NULL},
    {"wrap(t: Tensor)", do_wrap, 0, "A scalar when t has no dims, else an array.", NULL},
    {"tensor(a)", do_tensor, 0, "The tensor inside an array; numbers and lists become one.", NULL},
    {"nest(data, dtype: dtype = None)", do_nest, 0, "np.array's conversion.", NULL},
    {"is_array(v) -> bool", do_is_array, 0, "Is it an array or one of NumPy's scalars?", NULL},
    {"sum(t: Tensor, mask: int) -> Tensor", do_sum, 0, "Sums in NumPy's order.", NULL},
    {"result_type(ts)", do_result_type, 0, "NumPy's promotion.", NULL},
    {"check_broadcast(a: Tensor, b: Tensor)", do_check_broadcast, 0, "NumPy's error.", NULL},
    {"repr(t: Tensor, form: bool) -> str", do_repr, 0, "NumPy's text.", NULL},
    {"printoptions(precision=None, suppress=None, threshold=None, edgeitems=None, linewidth=None)",
     do_printoptions, 0, "Sets what is not None, answers what was set before.", NULL},
    {0},
};

static bool core_module_init(Interp *in, Value module, Err *err) {
    UNUSED(err);
    np_types_install(in, module);
    module_set_take(in, module, "bits", type_value(&type_np_bits));
    module_set_take(in, module, "pcg", type_value(&type_np_pcg));
    return true;
}

extern const ModuleText numpy_texts[];

void numpy_install(Interp *in) {
    static const ModuleDef defs[] = {{.name = "numpy._core",
                                      .rows = core_module_rows,
                                      .init = core_module_init,
                                      .doc = "The C half of numpy."},
                                     {0}};
    array_types_register(&type_ndarray, &type_np_generic);
    interp_modules_define(in, numpy_texts, defs);
}
