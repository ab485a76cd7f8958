/* torch.FloatTensor and its kin, one type per dtype, as older code has them: they make tensors of
 * data or of sizes, isinstance() tells the dtype by them and x.type() converts. Their instances are
 * torch.Tensor's.
 */
#include "config.h"

#include <string.h>

#include "tensorobj/tensorobj.h"
#include "tensorobj/args.h"
#include "tensorobj/types.h"
#include "tensor/copy.h"
#include "tensor/view.h"

static bool create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err);
static bool has_instance(const Type *self, Value v);

#define LEGACY(dt, word)                                                                           \
    [dt] = {.name = word "Tensor",                                                                 \
            .module = "torch",                                                                     \
            .doc = "Tensors of one dtype: makes them of data or of sizes, isinstance tells them.", \
            .create = create,                                                                      \
            .has_instance = has_instance}

static Type types[DT_COUNT] = {
    LEGACY(DT_BOOL, "Bool"),  LEGACY(DT_U8, "Byte"),          LEGACY(DT_I8, "Char"),
    LEGACY(DT_I16, "Short"),  LEGACY(DT_I32, "Int"),          LEGACY(DT_I64, "Long"),
    LEGACY(DT_F16, "Half"),   LEGACY(DT_BF16, "BFloat16"),    LEGACY(DT_F32, "Float"),
    LEGACY(DT_F64, "Double"), LEGACY(DT_C64, "ComplexFloat"),
};

const char *legacy_name(DType dt) {
    return types[dt].name;
}

bool legacy_dtype(Value v, DType *out) {
    if (!value_is(v, &type_type)) return false;
    for (int dt = 0; dt < DT_COUNT; dt++) {
        if ((Type *)v.o != &types[dt]) continue;
        *out = (DType)dt;
        return true;
    }
    return false;
}

static bool has_instance(const Type *self, Value v) {
    Tensor *t = value_tensor(v);
    return t && self == &types[t->dtype];
}

/* A tensor given as data must have the dtype already (but torch.Tensor takes any). */
static bool same_dtype(const char *name, const Tensor *t, DType dt, Err *err) {
    if (t->dtype == dt || !strcmp(name, "Tensor")) return true;
    err_set(err, ERR_TYPE, "%s(): expected a tensor of %s, got one of %s", name, dtype_name(dt),
            dtype_name((DType)t->dtype));
    return err_hint(err, "convert it: x.to(torch.%s)", dtype_name(dt));
}

static bool of_data(Interp *in, const char *name, DType dt, Value data, Value *out, Err *err) {
    Tensor *given = value_tensor(data), *plain = NULL, *t = NULL;
    if (value_is(data, &type_str)) return err_set(err, ERR_TYPE, "new(): invalid data type 'str'");
    if (!given && (data.tag == VT_NONE || value_is_number(data) || !value_type(data)->iter))
        return err_set(err, ERR_TYPE, "new(): data must be a sequence (got %s)",
                       data.tag == VT_NONE ? "NoneType" : value_type(data)->name);
    if (given && !same_dtype(name, given, dt, err)) return false;
    if (given && given->dtype == dt) {
        if (!tensor_alias(given, &t, err)) return false;
        return tensor_return(true, &t, out);
    }
    if (!tensor_of_data(in, data, DT_NONE, &plain, err)) return false;
    bool ok = tensor_cast(plain, dt, &t, err);
    tensor_release(plain);
    return tensor_return(ok, &t, out);
}

bool tensor_legacy(Interp *in, const char *name, DType dt, const CallArgs *args, Value *out,
                   Err *err) {
    Tensor *t = NULL;
    Dims d = {0};
    Value pos;
    bool size = args->npos == 0 && args->nkw == 1 && !strcmp(args->kwnames[0]->s, "size");
    if (args->nkw && !size)
        return err_set(err, ERR_TYPE, "torch.%s() takes no keyword but size, got %s", name,
                       args->kwnames[0]->s);
    bool sizes =
        size || args->npos != 1 || value_is(args->pos[0], &type_size) || args->pos[0].tag == VT_INT;
    if (!sizes) return of_data(in, name, dt, args->pos[0], out, err);
    pos = size ? tuple_of(1, args->kwvals) : tuple_of(args->npos, args->pos);
    bool ok = args->npos + args->nkw == 0
                  ? tensor_zeros(dt, 1, (int64_t[]){0}, &t, err)
                  : arg_dims(in, name, 0, pos, &d, err) && tensor_zeros(dt, d.n, d.d, &t, err);
    value_release(pos);
    return tensor_return(ok, &t, out);
}

static bool create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    return tensor_legacy(in, cls->name, (DType)(cls - types), args, out, err);
}

void tensor_legacy_install(Interp *in, Value module) {
    for (int dt = 0; dt < DT_COUNT; dt++)
        module_set_take(in, module, types[dt].name, type_value(&types[dt]));
}
