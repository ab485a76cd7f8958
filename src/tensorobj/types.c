/* dtype, device, layout, Generator, Size, return_types, finfo, iinfo. */
#include "config.h"

#include "tensorobj/types.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "tensorobj/args.h"
#include "eval/native.h"
#include "eval/number.h"

/* Objects that live as long as the process start with this many references. */
#define IMMORTAL (1 << 30)

/* ---- dtype --------------------------------------------------------------------- */

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

static bool hash_identity(Interp *in, Value self, uint64_t *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = (uint64_t)(uintptr_t)self.o >> 4;
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
    .hash = hash_identity,
    .getattr = dtype_getattr,
};

/* ---- device and layout -------------------------------------------------------------- */

static Obj cpu;

Value device_cpu(void) {
    if (!cpu.type) cpu = (Obj){.refs = IMMORTAL, .type = &type_device};
    return value_retain(value_obj(&cpu));
}

bool device_check(Value v, Err *err) {
    const char *name;
    if (v.tag == VT_NONE || v.tag == VT_UNSET || value_is(v, &type_device)) return true;
    if (!value_is(v, &type_str)) {
        return err_set(err, ERR_TYPE, "a device is a string such as 'cpu', not %s",
                       value_type(v)->name);
    }
    name = str_of(v)->s;
    if (!strcmp(name, "cpu") || !strcmp(name, "cpu:0")) return true;
    if (str_starts(name, "cuda") || str_starts(name, "mps") || str_starts(name, "xpu")) {
        err_set(err, ERR_RUNTIME, "device '%s': qkv computes on the CPU only", name);
        return err_hint(err,
                        "write device='cpu', or 'cuda' if torch.cuda.is_available() else 'cpu'");
    }
    return err_set(err, ERR_RUNTIME, "Invalid device string: '%s'", name);
}

static bool device_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(cls);
    if (args->npos < 1 || args->npos > 2) {
        return err_set(err, ERR_TYPE, "device() takes the name of a device: torch.device('cpu')");
    }
    if (!device_check(args->pos[0], err)) return false;
    *out = device_cpu();
    return true;
}

static bool device_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    str_add(out, "device(type='cpu')");
    return true;
}

static bool device_str(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    str_add(out, "cpu");
    return true;
}

static bool device_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    if (!strcmp(name->s, "type"))
        *out = str_value_cstr("cpu");
    else if (!strcmp(name->s, "index"))
        *out = VALUE_NONE;
    return true;
}

Type type_device = {
    .name = "device",
    .module = "torch",
    .doc = "Where a tensor lives. qkv has torch.device('cpu').",
    .size = sizeof(Obj),
    .create = device_create,
    .repr = device_repr,
    .str = device_str,
    .hash = hash_identity,
    .getattr = device_getattr,
};

static bool layout_repr(Interp *in, Value self, Str *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    str_add(out, "torch.strided");
    return true;
}

Type type_layout = {.name = "layout", .module = "torch", .size = sizeof(Obj), .repr = layout_repr};

bool layout_check(Value v, Err *err) {
    if (v.tag == VT_NONE || v.tag == VT_UNSET || value_is(v, &type_layout)) return true;
    return err_set(err, ERR_TYPE, "layout must be torch.strided, not %s", value_type(v)->name);
}

bool pin_memory_check(Interp *in, Value v, Err *err) {
    bool pin = false;
    if (v.tag != VT_UNSET && !value_truth(in, v, &pin, err)) return false;
    return !pin || err_set(err, ERR_RUNTIME, "Pinned memory requires CUDA, which is not here: "
                                             "leave pin_memory out");
}

/* ---- Generator ----------------------------------------------------------------------- */

typedef struct GeneratorObj {
    Obj head;
    bool is_default; /* stands for rng_default(), and rng is unused */
    Rng rng;
} GeneratorObj;

Value generator_default(void) {
    static GeneratorObj *one;
    if (!one) {
        one = obj_new(&type_rng);
        one->is_default = true;
    }
    return value_retain(value_obj(one));
}

bool value_rng(Value v, Rng **out, Err *err) {
    *out = rng_default();
    if (v.tag == VT_NONE || v.tag == VT_UNSET) return true;
    if (!value_is(v, &type_rng)) {
        return err_set(err, ERR_TYPE, "generator must be a torch.Generator, not %s",
                       value_type(v)->name);
    }
    if (!((GeneratorObj *)v.o)->is_default) *out = &((GeneratorObj *)v.o)->rng;
    return true;
}

static bool generator_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    GeneratorObj *g;
    UNUSED(in);
    if (args->npos > 0 && !device_check(args->pos[0], err)) return false;
    g = obj_new(cls);
    rng_seed(&g->rng, 67280421310721u);
    *out = value_obj(g);
    return true;
}

static bool do_manual_seed(Interp *in, Value *args, Value *out, Err *err) {
    Rng *r;
    int64_t seed;
    if (!value_rng(args[0], &r, err) || !ARG_INT(1, &seed)) return false;
    rng_seed(r, (uint64_t)seed);
    *out = value_retain(args[0]);
    return true;
}

static bool do_initial_seed(Interp *in, Value *args, Value *out, Err *err) {
    Rng *r;
    UNUSED(in);
    if (!value_rng(args[0], &r, err)) return false;
    *out = value_int((int64_t)r->seed);
    return true;
}

static bool do_get_state(Interp *in, Value *args, Value *out, Err *err) {
    Rng *r;
    Tensor *t = NULL;
    UNUSED(in);
    return value_rng(args[0], &r, err) && tensor_return(rng_get_state(r, &t, err), &t, out);
}

static bool do_set_state(Interp *in, Value *args, Value *out, Err *err) {
    Rng *r;
    Tensor *state;
    UNUSED(in);
    if (!value_rng(args[0], &r, err) || !ARG_TENSOR(1, &state)) return false;
    if (!rng_set_state(r, state, err)) return false;
    *out = VALUE_NONE;
    return true;
}

static bool do_generator_seed(Interp *in, Value *args, Value *out, Err *err) {
    Rng *r;
    UNUSED(in);
    if (!value_rng(args[0], &r, err)) return false;
    rng_seed(r, ((uint64_t)clock_ns() * 0x9e3779b97f4a7c15u) >> 1);
    *out = value_int((int64_t)r->seed);
    return true;
}

static bool generator_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    UNUSED(in), UNUSED(self), UNUSED(err);
    if (!strcmp(name->s, "device")) *out = device_cpu();
    return true;
}

static const NativeRow generator_rows[] = {
    {"manual_seed(self, seed: int) -> Generator", do_manual_seed, NATIVE_MUTATES | NATIVE_RANDOM,
     "Restarts the sequence; the same seed gives PyTorch's CPU numbers.",
     ">>> g = torch.Generator().manual_seed(0)\n>>> torch.rand(2, generator=g)\n"
     "tensor([0.4963, 0.7682])"},
    {"initial_seed(self) -> int", do_initial_seed, 0, "The seed it was started with.",
     ">>> torch.Generator().manual_seed(7).initial_seed()\n7"},
    {"seed(self) -> int", do_generator_seed, NATIVE_MUTATES | NATIVE_TIME,
     "Restarts the sequence from the clock; the seed.", NULL},
    {"get_state(self) -> Tensor", do_get_state, 0, "The state as 5056 bytes.",
     ">>> torch.Generator().get_state().shape\ntorch.Size([5056])"},
    {"set_state(self, state: Tensor)", do_set_state, NATIVE_MUTATES,
     "Continues from a state that get_state gave.", NULL},
    {0},
};

Type type_rng = {
    .name = "Generator",
    .module = "torch._C",
    .doc = "A source of random numbers (mt19937) apart from the process's own.",
    .size = sizeof(GeneratorObj),
    .create = generator_create,
    .methods = generator_rows,
    .getattr = generator_getattr,
    .hash = hash_identity,
};

/* ---- Size: a tuple of ints with a repr and numel ----------------------------------------- */

static bool size_repr(Interp *in, Value self, Str *out, Err *err) {
    int64_t n = tuple_count(self);
    str_add(out, "torch.Size([");
    for (int64_t i = 0; i < n; i++) {
        if (i) str_add(out, ", ");
        if (!value_repr(in, tuple_items(self)[i], out, err)) return false;
    }
    str_add(out, "])");
    return true;
}

static TupleObj *size_alloc(Type *type, int64_t n) {
    TupleObj *t = obj_new_var(type, sizeof *t + sizeof(Value) * (size_t)n);
    t->count = n;
    return t;
}

Value size_new(int n, const int64_t *shape) {
    TupleObj *t = size_alloc(&type_size, n);
    for (int i = 0; i < n; i++) t->items[i] = value_int(shape[i]);
    return value_obj(t);
}

/* Any number of ints, as PyTorch takes them: what has no __index__ is refused by its place. */
static bool size_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(cls);
    if (args->npos > 1 || args->nkw)
        return err_set(err, ERR_TYPE, "torch.Size() takes one sequence of ints");
    Value list = list_new();
    if (args->npos) {
        value_release(list);
        if (!seq_collect(in, args->pos[0], &list, err)) return false;
    }
    TupleObj *t = size_alloc(&type_size, list_count(list));
    bool ok = true;
    for (int64_t i = 0; i < t->count; i++) {
        Value item =
            i < list_count(list) ? list_items(list)[i] : VALUE_NONE; /* __index__ runs code */
        int64_t size = 0;
        bool is_index = false;
        ok = ok && index_try(in, item, &size, &is_index, err);
        if (ok && (!is_index || item.tag == VT_BOOL))
            ok = err_set(err, ERR_TYPE,
                         "torch.Size() takes an iterable of 'int' (item %lld is '%s')",
                         (long long)i, value_type(item)->name);
        t->items[i] = value_int(size);
    }
    value_release(list);
    *out = value_obj(t);
    if (!ok) value_release(*out);
    return ok;
}

/* Slices of a Size are Sizes, as in PyTorch. */
static bool size_getitem(Interp *in, Value self, Value key, Value *out, Err *err) {
    int64_t start, step, count;
    TupleObj *t;
    if (!value_is(key, &type_slice)) return type_tuple.getitem(in, self, key, out, err);
    if (!slice_resolve(in, key, tuple_count(self), &start, &step, &count, err)) return false;
    t = size_alloc(&type_size, count);
    for (int64_t i = 0; i < count; i++) {
        t->items[i] = value_retain(tuple_items(self)[start + i * step]);
    }
    *out = value_obj(t);
    return true;
}

/* Size + tuple is a Size. */
static bool size_binary(Interp *in, Op op, Value a, Value b, Value *out, Err *err) {
    TupleObj *t;
    int64_t n;
    if (op != OP_ADD || !value_is(a, &type_size) || !value_isinstance(b, &type_tuple)) {
        return type_tuple.binary(in, op, a, b, out, err);
    }
    n = tuple_count(a);
    t = size_alloc(&type_size, n + tuple_count(b));
    for (int64_t i = 0; i < t->count; i++) {
        t->items[i] = value_retain(i < n ? tuple_items(a)[i] : tuple_items(b)[i - n]);
    }
    *out = value_obj(t);
    return true;
}

static bool do_numel(Interp *in, Value *args, Value *out, Err *err) {
    int64_t product = 1;
    for (int64_t i = 0; i < tuple_count(args[0]); i++) {
        int64_t d;
        if (!value_to_int(in, tuple_items(args[0])[i], &d, err)) return false;
        if (__builtin_mul_overflow(product, d, &product))
            return err_set(err, ERR_RUNTIME, "numel: integer multiplication overflow");
    }
    *out = value_int(product);
    return true;
}

static const NativeRow size_rows[] = {
    {"numel(self) -> int", do_numel, 0, "The number of elements of a tensor of this shape.",
     ">>> torch.zeros(2, 3).shape.numel()\n6"},
    {0},
};

Type type_size;

/* ---- return_types: tuples whose fields have names ---------------------------------------- */

typedef struct ReturnObj {
    const ReturnKind *kind; /* behind the items, see return_kind */
} ReturnObj;

/* The kind stands after the last item, so that the tuple's own code works on it. */
static const ReturnKind *return_kind(Value v) {
    ReturnObj tail;
    memcpy(&tail, tuple_items(v) + tuple_count(v), sizeof tail);
    return tail.kind;
}

Value return_tuple_take(const ReturnKind *kind, const Value *items) {
    TupleObj *t =
        obj_new_var(&type_return, sizeof *t + sizeof(Value) * (size_t)kind->n + sizeof(ReturnObj));
    ReturnObj tail = {kind};
    t->count = kind->n;
    memcpy(t->items, items, sizeof *items * (size_t)kind->n);
    memcpy(t->items + kind->n, &tail, sizeof tail);
    return value_obj(t);
}

static bool return_repr(Interp *in, Value self, Str *out, Err *err) {
    const ReturnKind *kind = return_kind(self);
    str_printf(out, "torch.return_types.%s(", kind->name);
    for (int i = 0; i < kind->n; i++) {
        str_printf(out, "%s\n%s=", i ? "," : "", kind->fields[i]);
        if (!value_repr(in, tuple_items(self)[i], out, err)) return false;
    }
    str_addc(out, ')');
    return true;
}

/* copy.deepcopy of each field under the same memo. */
static bool return_deepcopy(Interp *in, Value *args, Value *out, Err *err) {
    const ReturnKind *kind = return_kind(args[0]);
    Value copy, items[ARRAY_LEN(kind->fields)];
    int n = 0;
    if (!interp_import(in, "copy", &copy, err)) return false;
    for (; n < kind->n; n++) {
        Value pos[] = {tuple_items(args[0])[n], args[1]};
        if (!value_call_method(in, copy, "deepcopy", pos, 2, &items[n], err)) break;
    }
    value_release(copy);
    if (n == kind->n) {
        *out = return_tuple_take(kind, items);
        return true;
    }
    for (int i = 0; i < n; i++) value_release(items[i]);
    return false;
}

static const NativeRow return_rows[] = {
    {"__deepcopy__(self, memo)", return_deepcopy, 0, "For copy.deepcopy.", NULL},
    {0},
};

static bool return_getattr(Interp *in, Value self, StrObj *name, Value *out, Err *err) {
    const ReturnKind *kind = return_kind(self);
    UNUSED(in), UNUSED(err);
    for (int i = 0; i < kind->n; i++) {
        if (!strcmp(name->s, kind->fields[i])) *out = value_retain(tuple_items(self)[i]);
    }
    return true;
}

Type type_return;

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

/* ---- the module's constants ------------------------------------------------------------------ */

static void put(Interp *in, Value module, const char *name, Value taken) {
    module_set(in, module, name, taken);
    value_release(taken);
}

/* A type that is a tuple but for the slots that are set afterwards. */
static void tuple_like(Type *t, const char *name) {
    *t = type_tuple;
    t->name = name;
    t->module = "torch";
    t->base = &type_tuple;
    t->attrs = NULL;
    t->methods = NULL;
    t->create = NULL;
    t->mro = NULL;
    t->nmro = 0;
    t->flags &= ~(unsigned)(TYPE_READY | TYPE_BASE);
    t->str = NULL;
}

static void install_tuples(void) {
    if (type_size.name) return;
    type_ready(&type_tuple);
    tuple_like(&type_size, "Size");
    type_size.methods = size_rows;
    type_size.doc = "The shape of a tensor: a tuple of ints.";
    type_size.create = size_create;
    type_size.repr = size_repr;
    type_size.getitem = size_getitem;
    type_size.binary = size_binary;
    tuple_like(&type_return, "return_types");
    type_return.doc = "Several results with names, such as (values, indices).";
    type_return.methods = return_rows;
    type_return.repr = return_repr;
    type_return.getattr = return_getattr;
}

void torch_types_install(Interp *in, Value module) {
    static const struct {
        const char *name;
        DType dt;
    } aliases[] = {{"float", DT_F32}, {"double", DT_F64}, {"half", DT_F16},  {"long", DT_I64},
                   {"int", DT_I32},   {"short", DT_I16},  {"cfloat", DT_C64}};
    static const struct {
        const char *name;
        Type *type;
    } types[] = {{"dtype", &type_dtype},   {"device", &type_device}, {"Size", &type_size},
                 {"Generator", &type_rng}, {"finfo", &type_finfo},   {"iinfo", &type_iinfo},
                 {"layout", &type_layout}};
    static Obj strided;

    install_tuples();
    for (int dt = 0; dt < DT_COUNT; dt++) {
        put(in, module, dtype_name((DType)dt), dtype_value((DType)dt));
    }
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
        put(in, module, aliases[i].name, dtype_value(aliases[i].dt));
    }
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        put(in, module, types[i].name, type_value(types[i].type));
    }
    put(in, module, "default_generator", generator_default());
    strided = (Obj){.refs = IMMORTAL, .type = &type_layout};
    module_set(in, module, "strided", value_obj(&strided));
}
