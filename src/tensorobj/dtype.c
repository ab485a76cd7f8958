/* dtypes, and finfo and iinfo, which say what they can hold. See types.h. */
#include "config.h"

#include "tensorobj/types.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "eval/native.h"

typedef struct DTypeObj {
    Obj head;
    DType dt;
} DTypeObj;

static DTypeObj dtypes[DT_COUNT];

Value dtype_value(DType dt) {
    DTypeObj *o = &dtypes[dt];
    if (!o->head.type) {
        o->head = (Obj){.refs = IMMORTAL, .type = &type_dtype};
        o->dt = dt;
    }
    return value_retain(value_obj(o));
}

bool value_dtype(Value v, DType *out) {
    if (value_is(v, &type_dtype)) {
        *out = ((DTypeObj *)v.o)->dt;
    } else if (v.tag != VT_OBJ) {
        return false;
    } else if ((Type *)v.o == &type_float) {
        *out = DT_F64;
    } else if ((Type *)v.o == &type_int) {
        *out = DT_I64;
    } else if ((Type *)v.o == &type_bool) {
        *out = DT_BOOL;
    } else {
        return false;
    }
    return true;
}

static bool dtype_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(err);
    str_printf(out, "torch.%s", dtype_name(((DTypeObj *)self.o)->dt));
    return true;
}

static bool dtype_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    DType dt = ((DTypeObj *)self.o)->dt;
    UNUSED(in), UNUSED(err);
    if (!strcmp(name->s, "is_floating_point"))
        *out = value_bool(dtype_is_float(dt));
    else if (!strcmp(name->s, "is_complex"))
        *out = value_bool(dtype_is_complex(dt));
    else if (!strcmp(name->s, "is_signed"))
        *out = value_bool(dt != DT_BOOL && dt != DT_U8);
    else if (!strcmp(name->s, "itemsize"))
        *out = value_int((int64_t)dtype_size(dt));
    return true;
}

Type type_dtype = {
    .name = "dtype",
    .module = "torch",
    .doc = "The kind of number that a tensor holds: torch.float32, torch.int64, torch.bool ...",
    .size = sizeof(DTypeObj),
    .repr = dtype_repr,
    .hash = obj_hash_identity,
    .getattr = dtype_getattr,
};

/* ---- finfo and iinfo ----------------------------------------------------------------------- */

typedef struct InfoObj {
    Obj head;
    DType dt;
} InfoObj;

typedef struct FloatFacts {
    int bits;
    double eps, max, tiny;
} FloatFacts;

static FloatFacts float_facts(DType dt) {
    switch (dt) {
    case DT_F16:
        return (FloatFacts){16, 0x1p-10, 65504.0, 0x1p-14};
    case DT_BF16:
        return (FloatFacts){16, 0x1p-7, 0x1.fep127, 0x1p-126};
    case DT_F64:
        return (FloatFacts){64, DBL_EPSILON, DBL_MAX, DBL_MIN};
    default:
        return (FloatFacts){32, FLT_EPSILON, FLT_MAX, FLT_MIN};
    }
}

static bool info_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    DType dt = dtype_default();
    InfoObj *o;
    UNUSED(in);
    if (args->npos > 1 || args->nkw || (args->npos && !value_dtype(args->pos[0], &dt))) {
        return err_set(err, ERR_TYPE, "torch.%s() takes a dtype, such as torch.%s", cls->name,
                       cls == &type_finfo ? "float32" : "int64");
    }
    if (cls == &type_finfo && !dtype_is_float(dt)) {
        return err_set(err, ERR_TYPE,
                       "torch.finfo() requires a floating point input type. Use torch.iinfo to "
                       "handle 'torch.finfo'");
    }
    if (cls == &type_iinfo && !dtype_is_int(dt)) {
        return err_set(err, ERR_TYPE,
                       "torch.iinfo() requires an integer input type. Use "
                       "torch.finfo to handle 'torch.iinfo'");
    }
    o = obj_new(cls);
    o->dt = dt;
    *out = value_obj(o);
    return true;
}

static bool finfo_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    DType dt = ((InfoObj *)self.o)->dt;
    FloatFacts f = float_facts(dt);
    UNUSED(in), UNUSED(err);
    if (!strcmp(name->s, "max"))
        *out = value_float(f.max);
    else if (!strcmp(name->s, "min"))
        *out = value_float(-f.max);
    else if (!strcmp(name->s, "eps"))
        *out = value_float(f.eps);
    else if (!strcmp(name->s, "tiny"))
        *out = value_float(f.tiny);
    else if (!strcmp(name->s, "smallest_normal"))
        *out = value_float(f.tiny);
    else if (!strcmp(name->s, "resolution"))
        *out = value_float(pow(10, floor(log10(f.eps)) + 1));
    else if (!strcmp(name->s, "bits"))
        *out = value_int(f.bits);
    else if (!strcmp(name->s, "dtype"))
        *out = str_value_cstr(dtype_name(dt));
    return true;
}

static bool finfo_repr(Interp *in, Value self, Str *out, Err *err) {
    DType dt = ((InfoObj *)self.o)->dt;
    FloatFacts f = float_facts(dt);
    UNUSED(in), UNUSED(err);
    str_printf(out,
               "finfo(resolution=%g, min=%g, max=%g, eps=%g, smallest_normal=%g, tiny=%g, "
               "dtype=%s)",
               pow(10, floor(log10(f.eps)) + 1), -f.max, f.max, f.eps, f.tiny, f.tiny,
               dtype_name(dt));
    return true;
}

static int64_t int_max(DType dt) {
    if (dt == DT_U8) return 255;
    return INT64_MAX >> (64 - 8 * (int)dtype_size(dt));
}

static bool iinfo_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    DType dt = ((InfoObj *)self.o)->dt;
    UNUSED(in), UNUSED(err);
    if (!strcmp(name->s, "max"))
        *out = value_int(int_max(dt));
    else if (!strcmp(name->s, "min"))
        *out = value_int(dt == DT_U8 ? 0 : -int_max(dt) - 1);
    else if (!strcmp(name->s, "bits"))
        *out = value_int(8 * (int64_t)dtype_size(dt));
    else if (!strcmp(name->s, "dtype"))
        *out = str_value_cstr(dtype_name(dt));
    return true;
}

static bool iinfo_repr(Interp *in, Value self, Str *out, Err *err) {
    DType dt = ((InfoObj *)self.o)->dt;
    UNUSED(in), UNUSED(err);
    str_printf(out, "iinfo(min=%g, max=%g, dtype=%s)",
               dt == DT_U8 ? 0.0 : (double)(-int_max(dt) - 1), (double)int_max(dt), dtype_name(dt));
    return true;
}

Type type_finfo = {
    .name = "finfo",
    .module = "torch",
    .doc = "Limits of a floating dtype: max, min, eps, tiny, bits.",
    .size = sizeof(InfoObj),
    .create = info_create,
    .repr = finfo_repr,
    .getattr = finfo_getattr,
};

Type type_iinfo = {
    .name = "iinfo",
    .module = "torch",
    .doc = "Limits of an integer dtype: max, min, bits.",
    .size = sizeof(InfoObj),
    .create = info_create,
    .repr = iinfo_repr,
    .getattr = iinfo_getattr,
};
