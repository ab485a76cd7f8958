/* Settings and questions: set_printoptions, default dtype, type promotion,
 * is_tensor, broadcast_shapes, ...
 */
#include "config.h"

#include <string.h>

#include "torch/torch.h"
#include "tensorobj/args.h"
#include "tensorobj/types.h"
#include "repr/repr.h"

/* ---- printing ---------------------------------------------------------------------- */

static bool do_set_printoptions(Interp *in, Value *args, Value *out, Err *err) {
    enum { PRECISION, THRESHOLD, EDGEITEMS, LINEWIDTH, PROFILE, SCI_MODE };
    PrintOpts o = *print_opts();
    int64_t n;
    double threshold;
    bool sci;
    if (args[PROFILE].tag != VT_NONE) {
        const char *profile;
        if (!ARG_STR(PROFILE, &profile) || !print_opts_profile(&o, profile, err)) return false;
    }
    if (args[PRECISION].tag != VT_NONE) {
        if (!ARG_INT(PRECISION, &n)) return false;
        o.precision = (int)MAX(0, MIN(n, 20));
    }
    if (args[THRESHOLD].tag != VT_NONE) {
        if (!ARG_FLOAT(THRESHOLD, &threshold)) return false;
        o.threshold = threshold > 9e18 ? INT64_MAX : (int64_t)threshold;
    }
    if (args[EDGEITEMS].tag != VT_NONE) {
        if (!ARG_INT(EDGEITEMS, &n)) return false;
        o.edgeitems = (int)MAX(0, MIN(n, 1 << 20));
    }
    if (args[LINEWIDTH].tag != VT_NONE) {
        if (!ARG_INT(LINEWIDTH, &n)) return false;
        o.linewidth = (int)MAX(1, MIN(n, 1 << 20));
    }
    if (args[SCI_MODE].tag != VT_NONE) {
        if (!ARG_BOOL(SCI_MODE, &sci)) return false;
        o.sci_mode = sci;
    } else {
        o.sci_mode = -1;
    }
    *print_opts() = o;
    *out = VALUE_NONE;
    return true;
}

/* ---- dtypes --------------------------------------------------------------------------- */

static bool do_get_default_dtype(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = dtype_value(dtype_default());
    return true;
}

static bool do_set_default_dtype(Interp *in, Value *args, Value *out, Err *err) {
    DType dt;
    UNUSED(in);
    if (!ARG_DTYPE(0, &dt)) return false;
    if (dt == DT_NONE || !dtype_is_float(dt)) {
        return err_set(err, ERR_TYPE,
                       "only floating-point types are supported as the default type");
    }
    dtype_default_set(dt);
    *out = VALUE_NONE;
    return true;
}

static bool do_promote_types(Interp *in, Value *args, Value *out, Err *err) {
    DType a, b;
    UNUSED(in);
    if (!ARG_DTYPE(0, &a) || !ARG_DTYPE(1, &b)) return false;
    if (a == DT_NONE || b == DT_NONE) return arg_wrong(__func__, 0, "torch.dtype", args[0], err);
    *out = dtype_value(dtype_promote(a, b));
    return true;
}

static bool do_result_type(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *ts[2] = {NULL, NULL};
    if (!ARG_OPERAND(0, &ts[0])) return false;
    if (!ARG_OPERAND(1, &ts[1])) {
        tensor_release(ts[0]);
        return false;
    }
    *out = dtype_value(tensor_result_type(2, ts));
    tensor_release(ts[0]);
    tensor_release(ts[1]);
    return true;
}

/* ---- questions --------------------------------------------------------------------------- */

static bool do_is_tensor(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_bool(value_tensor(args[0]) != NULL);
    return true;
}

static bool do_broadcast_shapes(Interp *in, Value *args, Value *out, Err *err) {
    int n = 0;
    int64_t shape[TENSOR_MAX_DIM];
    for (int64_t i = 0; i < tuple_count(args[0]); i++) {
        Dims d;
        if (!arg_dims(in, __func__, (int)i, tuple_items(args[0])[i], &d, err) ||
            !shape_broadcast(n, shape, d.n, d.d, &n, shape, err)) {
            return false;
        }
    }
    *out = size_new(n, shape);
    return true;
}

static bool do_get_num_threads(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = value_int(1);
    return true;
}

static bool do_nothing(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = VALUE_NONE;
    return true;
}

#define F TORCH_FN

const NativeRow torch_misc_rows[] = {
    {"set_printoptions(precision: int = None, threshold: float = None, edgeitems: int = None, "
     "linewidth: int = None, profile: str = None, sci_mode: bool = None)",
     do_set_printoptions, F, "How tensors are printed; profile 'default', 'short' or 'full'.",
     ">>> torch.set_printoptions(precision=2)\n"
     ">>> torch.tensor([0.12345])\n"
     "tensor([0.12])\n"
     ">>> torch.set_printoptions(profile='default')"},
    {"get_default_dtype() -> dtype", do_get_default_dtype, F, "The dtype of new floats.",
     ">>> torch.get_default_dtype()\n"
     "torch.float32"},
    {"set_default_dtype(d: dtype)", do_set_default_dtype, F, "Sets the dtype of new floats.",
     ">>> torch.set_default_dtype(torch.float64)\n"
     ">>> torch.ones(1).dtype\n"
     "torch.float64\n"
     ">>> torch.set_default_dtype(torch.float32)"},
    {"promote_types(type1: dtype, type2: dtype) -> dtype", do_promote_types, F,
     "The smallest dtype that takes both.",
     ">>> torch.promote_types(torch.int64, torch.float32)\n"
     "torch.float32"},
    {"result_type(tensor1, tensor2) -> dtype", do_result_type, F,
     "The dtype of an operation on both.",
     ">>> torch.result_type(torch.tensor([1]), 1.5)\n"
     "torch.float32"},
    {"is_tensor(obj) -> bool", do_is_tensor, F, "Whether it is a tensor.",
     ">>> torch.is_tensor([1])\n"
     "False"},
    {"broadcast_shapes(*shapes) -> Size", do_broadcast_shapes, F,
     "The shape that all broadcast to.",
     ">>> torch.broadcast_shapes((3, 1), (2,))\n"
     "torch.Size([3, 2])"},
    {"get_num_threads() -> int", do_get_num_threads, F, "1: results do not depend on threads.",
     ">>> torch.get_num_threads()\n"
     "1"},
    {"set_num_threads(n: int)", do_nothing, F, "Accepted; qkv decides by itself.",
     ">>> torch.set_num_threads(1)"},
    {"use_deterministic_algorithms(mode: bool = True)", do_nothing, F, "Accepted; they always are.",
     ">>> torch.use_deterministic_algorithms(True)"},
    {"set_float32_matmul_precision(precision: str)", do_nothing, F, "Accepted; always float32.",
     ">>> torch.set_float32_matmul_precision('high')"},
    {0},
};
