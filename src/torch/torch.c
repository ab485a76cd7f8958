/* Puts the torch modules together: gathers the topics' rows into the module's
 * table and Tensor's methods, and defines every module. See torch.h.
 */
#include "config.h"

#include "torch/torch.h"

#include <math.h>
#include <string.h>

#include "tensorobj/tensorobj.h"
#include "tensorobj/args.h"
#include "torch/autograd.h"
#include "tensorobj/types.h"
#include "value/obj.h"
#include "grad/ops.h"
#include "grad/tape.h"
#include "tensor/copy.h"

/* ---- tables --------------------------------------------------------------------- */

static const NativeRow *const tables[] = {
#define X(table) table,
    TORCH_TABLES(X)
#undef X
};

static size_t count_rows(unsigned bit) {
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        for (const NativeRow *r = tables[i]; r->sig; r++) n += (r->flags & bit) != 0;
    }
    return n;
}

/* The rows of all tables that have the bit, ended by a zero row; lives for ever. */
static const NativeRow *gather(unsigned bit) {
    NativeRow *rows = mem_zero(sizeof *rows * (count_rows(bit) + 1)), *to = rows;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        for (const NativeRow *r = tables[i]; r->sig; r++) {
            if (!(r->flags & bit)) continue;
            *to = *r;
            if (bit == TORCH_METHOD) to->flags &= ~(unsigned)NATIVE_OUT;
            to++;
        }
    }
    return rows;
}

const NativeRow *torch_methods(void) {
    static const NativeRow *rows;
    if (!rows) rows = gather(TORCH_METHOD);
    return rows;
}

/* ---- the module torch --------------------------------------------------------------- */

static void put_float(Interp *in, Value module, const char *name, double v) {
    module_set(in, module, name, value_float(v));
}

static bool torch_init(Interp *in, Value module, Err *err) {
    put_float(in, module, "inf", INFINITY);
    put_float(in, module, "nan", NAN);
    put_float(in, module, "pi", 3.14159265358979323846);
    put_float(in, module, "e", 2.71828182845904523536);
    module_set_take(in, module, "Tensor", type_value(&type_tensor));
    module_set_take(in, module, "__version__", torch_version_new("1.13.1"));
    module_set(in, module, "newaxis", VALUE_NONE);
    module_set(in, module, "contiguous_format", VALUE_NONE);
    module_set(in, module, "preserve_format", VALUE_NONE);
    torch_types_install(in, module);
    tensor_legacy_install(in, module);
    torch_autograd_install(in, module);
    UNUSED(err);
    return true;
}

/* ---- small modules ------------------------------------------------------------------- */

static bool do_is_available(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = value_bool(false);
    return true;
}

static bool do_device_count(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = value_int(0);
    return true;
}

static bool do_nothing(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = VALUE_NONE;
    return true;
}

static const NativeRow cuda_rows[] = {
    {"is_available() -> bool", do_is_available, 0, "False: qkv computes on the CPU.",
     ">>> torch.cuda.is_available()\nFalse"},
    {"device_count() -> int", do_device_count, 0, "0.", ">>> torch.cuda.device_count()\n0"},
    {"manual_seed(seed: int)", do_nothing, 0, "Accepted: there is no such generator.", NULL},
    {"manual_seed_all(seed: int)", do_nothing, 0, "Accepted: there is no such generator.",
     ">>> torch.cuda.manual_seed_all(0)"},
    {"empty_cache()", do_nothing, 0, "Nothing to empty.", NULL},
    {"synchronize(device=None)", do_nothing, 0, "Nothing to wait for.", NULL},
    {0},
};

static bool backends_init(Interp *in, Value module, Err *err) {
    static const char *const names[] = {"mps", "cudnn", "cuda"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        Value sub = interp_module_new(in, names[i]), f = native_new(in, &cuda_rows[0], names[i]);
        module_set(in, sub, "is_available", f);
        module_set(in, sub, "deterministic", value_bool(true));
        module_set(in, sub, "benchmark", value_bool(false));
        module_set(in, module, names[i], sub);
        value_release(f);
        value_release(sub);
    }
    UNUSED(err);
    return true;
}

static bool autograd_init(Interp *in, Value module, Err *err) {
    torch_autograd_install(in, module);
    UNUSED(err);
    return true;
}

static bool linalg_init(Interp *in, Value module, Err *err) {
    module_set_take(in, module, "LinAlgError", type_value(&exc_types[ERR_LINALG]));
    UNUSED(err);
    return true;
}

static bool torch_c_init(Interp *in, Value module, Err *err) {
    module_set_take(in, module, "_FunctionBase", type_value(&type_function_base));
    module_set_take(in, module, "_LinAlgError", type_value(&exc_types[ERR_LINALG]));
    UNUSED(err);
    return true;
}

/* torch.cuda._initialized, which checkpoints of PyTorch's own look at. */
static bool cuda_init(Interp *in, Value module, Err *err) {
    UNUSED(err);
    module_set(in, module, "_initialized", value_bool(false));
    return true;
}

/* ---- checkers of annotations ------------------------------------------------------------ */

static bool check_tensor(Interp *in, Value v) {
    UNUSED(in);
    return value_tensor(v) != NULL;
}

static bool check_dtype(Interp *in, Value v) {
    DType dt;
    UNUSED(in);
    return value_dtype(v, &dt);
}

static bool check_str(Interp *in, Value v) {
    UNUSED(in);
    return value_isinstance(v, &type_str);
}

/* ---- out= --------------------------------------------------------------------------------- */

/* t takes y's values; another shape than y's is given up, as PyTorch resizes. */
static bool fill_out(Tensor *t, Tensor *y, Err *err) {
    Tensor *fresh = NULL;
    if (tensor_same_shape(t, y)) return op_copy_(t, y, err);
    if (!tensor_clone_contiguous(y, (DType)t->dtype, &fresh, err)) return false;
    Storage *old = t->st;
    t->st = fresh->st;
    fresh->st = old;
    t->ndim = fresh->ndim;
    t->offset = fresh->offset;
    memcpy(t->shape, fresh->shape, sizeof t->shape);
    memcpy(t->stride, fresh->stride, sizeof t->stride);
    tensor_release(fresh);
    return true;
}

static bool store_out(const char *name, Value to, Value result, Err *err) {
    Tensor *t = value_tensor(to), *y = value_tensor(result);
    if (!t) {
        return err_set(err, ERR_TYPE, "%s(): argument 'out' must be Tensor, not %s", name,
                       value_type(to)->name);
    }
    if (grad_requires(y) || grad_requires(t)) {
        err_set(err, ERR_RUNTIME,
                "%s(): functions with out=... arguments don't support automatic differentiation, "
                "but one of the arguments requires grad.",
                name);
        return err_hint(err, "write y = torch.%s(...), or with torch.no_grad():", name);
    }
    if (!dtype_cast_check((DType)y->dtype, (DType)t->dtype, err)) return false;
    return fill_out(t, y, err);
}

/* One tensor for one, or a tuple of them for values and indices. */
static bool torch_out(Interp *in, const char *name, Value to, Value *result, Err *err) {
    Value *items, *outs;
    int64_t n, nout;
    UNUSED(in);
    if (value_tensor(*result)) {
        if (!store_out(name, to, *result, err)) return false;
        value_set_take(result, value_retain(to));
        return true;
    }
    if (!seq_items(*result, &items, &n) || !seq_items(to, &outs, &nout) || n != nout) {
        return err_set(err, ERR_TYPE,
                       "%s(): argument 'out' must be a tuple of as many tensors as "
                       "there are results",
                       name);
    }
    for (int64_t i = 0; i < n; i++)
        if (!store_out(name, outs[i], items[i], err)) return false;
    return true;
}

/* ---- the modules -------------------------------------------------------------------------- */

extern const ModuleText torch_texts[];

static ModuleDef defs[] = {
    {.name = "torch",
     .init = torch_init,
     .doc = "Tensors and what is done with them, as in PyTorch."},
    {.name = "torch.autograd", .rows = autograd_rows, .init = autograd_init},
    {.name = "torch._C", .rows = torch_c_rows, .init = torch_c_init, .doc = "The C half."},
    {.name = "torch.cuda",
     .rows = cuda_rows,
     .init = cuda_init,
     .doc = "There is no GPU here; the questions work."},
    {.name = "torch.backends",
     .init = backends_init,
     .doc = "Whether back ends are there: none is."},
    {.name = "torch._node", .rows = tape_name_rows, .doc = "What the prelude tells the tape."},
    {.name = "torch.linalg",
     .rows = linalg_rows,
     .init = linalg_init,
     .doc = "Linear algebra: inv, solve, qr, svd, eigh, norms and the like."},
    {0},
};

void torch_install(Interp *in) {
    if (!defs[0].rows) {
        defs[0].rows = gather(TORCH_FN);
        type_tensor.methods = torch_methods();
        tensor_slots_install();
        interp_missing_names(torch_missing);
        native_out_register(torch_out);
        native_checker_register("Tensor", check_tensor, "Tensor");
        native_checker_register("dtype", check_dtype, "torch.dtype");
        native_checker_register("str", check_str, "str");
    }
    interp_modules_define(in, torch_texts, defs);
}
