/* torch.Generator. See types.h. */
#include "config.h"

#include "tensorobj/types.h"

#include <string.h>

#include "eval/native.h"
#include "tensorobj/args.h"

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
    .hash = obj_hash_identity,
};
