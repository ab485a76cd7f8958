/* Random tensors. manual_seed(s), then any of these, gives PyTorch's CPU numbers. */
#include "config.h"

#include "torch/creation.h"
#include "torch/torch.h"
#include "tensorobj/args.h"
#include "tensorobj/types.h"
#include "grad/ops.h"
#include "grad/tape.h"
#include "tensor/create.h"

#define KEYS                                                                                       \
    "dtype: dtype = None, device=None, requires_grad: bool = False, generator=None, layout=None, " \
    "pin_memory: bool = False"

static bool options(Interp *in, const char *fn, Value *args, int first, DType dflt, Creation *o,
                    Rng **rng, Err *err) {
    return creation_options(in, fn, args, first, dflt, o, err) &&
           value_rng(args[first + 3], rng, err) && layout_check(args[first + 4], err) &&
           pin_memory_check(in, args[first + 5], err);
}

/* ---- the generator -------------------------------------------------------------- */

static bool do_manual_seed(Interp *in, Value *args, Value *out, Err *err) {
    int64_t seed;
    if (!ARG_INT(0, &seed)) return false;
    rng_seed(rng_default(), (uint64_t)seed);
    *out = generator_default();
    return true;
}

static bool do_seed(Interp *in, Value *args, Value *out, Err *err) {
    uint64_t seed = (uint64_t)clock_ns() * 0x9e3779b97f4a7c15u;
    UNUSED(in), UNUSED(args), UNUSED(err);
    rng_seed(rng_default(), seed >> 1);
    *out = value_int((int64_t)(seed >> 1));
    return true;
}

static bool do_initial_seed(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    *out = value_int((int64_t)rng_default()->seed);
    return true;
}

static bool do_get_rng_state(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *t = NULL;
    UNUSED(in), UNUSED(args);
    return tensor_return(rng_get_state(rng_default(), &t, err), &t, out);
}

static bool do_set_rng_state(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *state;
    UNUSED(in);
    if (!ARG_TENSOR(0, &state) || !rng_set_state(rng_default(), state, err)) return false;
    *out = VALUE_NONE;
    return true;
}

/* ---- fresh tensors ---------------------------------------------------------------- */

typedef bool (*DrawFn)(DType dt, int n, const int64_t *shape, Rng *r, Tensor **out, Err *err);

static bool draw(Interp *in, const char *fn, DrawFn how, Value *args, Value *out, Err *err) {
    Creation o;
    Rng *rng;
    Dims d;
    Tensor *t = NULL;
    Value size = args[1].tag != VT_NONE ? args[1] : args[0];
    return arg_dims(in, fn, 0, size, &d, err) &&
           options(in, fn, args, 2, dtype_default(), &o, &rng, err) &&
           creation_return(how(o.dt, d.n, d.d, rng, &t, err), &o, &t, out, err);
}

static bool do_rand(Interp *in, Value *args, Value *out, Err *err) {
    return draw(in, __func__, tensor_rand, args, out, err);
}

static bool do_randn(Interp *in, Value *args, Value *out, Err *err) {
    return draw(in, __func__, tensor_randn, args, out, err);
}

static bool fill_uniform(Tensor *t, const int64_t *bounds, Rng *rng, Err *err) {
    UNUSED(bounds);
    return tensor_uniform_(t, 0, 1, rng, err);
}

static bool fill_normal(Tensor *t, const int64_t *bounds, Rng *rng, Err *err) {
    UNUSED(bounds);
    return tensor_normal_(t, 0, 1, rng, err);
}

static bool fill_int(Tensor *t, const int64_t *bounds, Rng *rng, Err *err) {
    return tensor_random_(t, bounds[0], bounds[1], rng, err);
}

typedef bool (*FillFn)(Tensor *t, const int64_t *bounds, Rng *rng, Err *err);

/* Of x's shape and memory order: a transposed x is filled in the order that it lies in memory.
 * The keywords begin at args[at]. */
static bool draw_like(Interp *in, const char *fn, FillFn fill, const int64_t *bounds, Value *args,
                      int at, Value *out, Err *err) {
    Creation o;
    Rng *rng;
    Tensor *x, *t = NULL;
    if (!arg_tensor(fn, 0, args[0], &x, err) ||
        !options(in, fn, args, at, (DType)x->dtype, &o, &rng, err) ||
        !tensor_empty_like(x, o.dt, &t, err)) {
        return false;
    }
    if (fill(t, bounds, rng, err)) return creation_return(true, &o, &t, out, err);
    tensor_release(t);
    return false;
}

static bool do_rand_like(Interp *in, Value *args, Value *out, Err *err) {
    return draw_like(in, __func__, fill_uniform, NULL, args, 1, out, err);
}

static bool do_randn_like(Interp *in, Value *args, Value *out, Err *err) {
    return draw_like(in, __func__, fill_normal, NULL, args, 1, out, err);
}

/* randint(high, size) and randint(low, high, size). */
static bool do_randint(Interp *in, Value *args, Value *out, Err *err) {
    Creation o;
    Rng *rng;
    Dims d;
    Tensor *t = NULL;
    Value *seq, low = args[0], high = args[1], size = args[2];
    int64_t lo, hi, n;
    if (size.tag == VT_NONE && seq_items(high, &seq, &n)) size = high, high = VALUE_NONE;
    if (high.tag == VT_NONE) high = low, low = value_int(0);
    if (!arg_int(in, __func__, 0, low, &lo, err) || !arg_int(in, __func__, 1, high, &hi, err)) {
        return false;
    }
    if (size.tag == VT_NONE) {
        return err_set(err, ERR_TYPE, "randint() needs a size: torch.randint(low, high, (2, 3))");
    }
    return arg_dims(in, __func__, 2, size, &d, err) &&
           options(in, __func__, args, 3, DT_I64, &o, &rng, err) &&
           creation_return(tensor_randint(lo, hi, o.dt, d.n, d.d, rng, &t, err), &o, &t, out, err);
}

static bool do_randint_like(Interp *in, Value *args, Value *out, Err *err) {
    int64_t bounds[2] = {0, 0};
    if (!ARG_INT(1, &bounds[1])) return false;
    if (args[2].tag != VT_NONE) {
        bounds[0] = bounds[1];
        if (!ARG_INT(2, &bounds[1])) return false;
    }
    return draw_like(in, __func__, fill_int, bounds, args, 3, out, err);
}

static bool do_randperm(Interp *in, Value *args, Value *out, Err *err) {
    Creation o;
    Rng *rng;
    Tensor *t = NULL;
    int64_t n;
    return ARG_INT(0, &n) && options(in, __func__, args, 1, DT_I64, &o, &rng, err) &&
           creation_return(tensor_randperm(n, o.dt, rng, &t, err), &o, &t, out, err);
}

/* normal(mean, std, size), mean and std numbers; or tensors without size. */
static bool do_normal(Interp *in, Value *args, Value *out, Err *err) {
    enum { MEAN, STD, SIZE, GENERATOR, DTYPE, DEVICE };
    Rng *rng;
    Tensor *mean = value_tensor(args[MEAN]), *std = value_tensor(args[STD]), *t = NULL;
    double m = 0, s = 1;
    DType dt;
    Dims d;
    if (!value_rng(args[GENERATOR], &rng, err) || !ARG_DTYPE(DTYPE, &dt) ||
        !device_check(args[DEVICE], err))
        return false;
    if (dt == DT_NONE) dt = dtype_default();
    if ((mean || std) && (args[SIZE].tag != VT_NONE || args[DTYPE].tag != VT_NONE))
        return err_set(err, ERR_TYPE,
                       "normal() of tensors takes neither size nor dtype: they are "
                       "the tensors'");
    if (!mean && !ARG_FLOAT(MEAN, &m)) return false;
    if (!std && !ARG_FLOAT(STD, &s)) return false;
    if (!mean && !std) {
        if (args[SIZE].tag == VT_NONE) {
            return err_set(err, ERR_TYPE, "normal() of two numbers needs a size");
        }
        return ARG_DIMS(SIZE, &d) && tensor_empty(dt, d.n, d.d, &t, err) &&
               filled_return(tensor_normal_(t, m, s, rng, err), &t, out);
    }
    Tensor *scaled = NULL, *factor = NULL, *shift = NULL;
    const Tensor *a = mean ? mean : std, *b = std ? std : mean;
    int ndim;
    int64_t shape[TENSOR_MAX_DIM];
    bool ok = shape_broadcast(a->ndim, a->shape, b->ndim, b->shape, &ndim, shape, err) &&
              tensor_randn((DType)a->dtype, ndim, shape, rng, &t, err) &&
              value_operand(args[MEAN], &shift, err) && value_operand(args[STD], &factor, err) &&
              op_mul(t, factor, &scaled, err);
    tensor_release(t);
    t = NULL;
    ok = ok && op_add(scaled, shift, 1, &t, err);
    tensor_release(scaled);
    tensor_release(factor);
    tensor_release(shift);
    return tensor_return(ok, &t, out);
}

static bool do_bernoulli(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *p, *t = NULL;
    Rng *rng;
    double prob;
    bool ok;
    if (!ARG_TENSOR(0, &p) || !value_rng(args[2], &rng, err)) return false;
    if (!tensor_empty((DType)p->dtype, p->ndim, p->shape, &t, err)) return false;
    if (args[1].tag == VT_NONE)
        ok = tensor_bernoulli_p_(t, p, rng, err);
    else
        ok = ARG_FLOAT(1, &prob) && tensor_bernoulli_(t, prob, rng, err);
    return filled_return(ok, &t, out);
}

static bool do_multinomial(Interp *in, Value *args, Value *out, Err *err) {
    enum { INPUT, NUM_SAMPLES, REPLACEMENT, GENERATOR };
    Tensor *p, *t = NULL;
    Rng *rng;
    int64_t n;
    bool replacement;
    return ARG_TENSOR(INPUT, &p) && ARG_INT(NUM_SAMPLES, &n) &&
           ARG_BOOL(REPLACEMENT, &replacement) && value_rng(args[GENERATOR], &rng, err) &&
           tensor_return(tensor_multinomial(p, n, replacement, rng, &t, err), &t, out);
}

/* ---- in place ------------------------------------------------------------------------- */

/* Before a write that is no op: to autograd it is a fill, which a leaf that requires grad refuses
 * and after which no gradient flows to what was there. */
static bool overwritten(Tensor *x, Err *err) {
    return !x->requires_grad || op_zero_(x, err);
}

/* With the process's generator they are ops, so that autograd sees the write. */
#define FILL2(name, op, direct)                                                                    \
    static bool do_##name(Interp *in, Value *args, Value *out, Err *err) {                         \
        Tensor *x;                                                                                 \
        double a, b;                                                                               \
        Rng *rng;                                                                                  \
        if (!ARG_TENSOR(0, &x) || !ARG_FLOAT(1, &a) || !ARG_FLOAT(2, &b) ||                        \
            !value_rng(args[3], &rng, err)) {                                                      \
            return false;                                                                          \
        }                                                                                          \
        if (rng == rng_default() ? !op(x, a, b, err)                                               \
                                 : !overwritten(x, err) || !direct(x, a, b, rng, err)) {           \
            return false;                                                                          \
        }                                                                                          \
        *out = value_retain(args[0]);                                                              \
        return true;                                                                               \
    }
FILL2(normal_, op_normal_, tensor_normal_)
FILL2(uniform_, op_uniform_, tensor_uniform_)

static bool do_bernoulli_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x, *p = value_tensor(args[1]);
    double prob;
    Rng *rng;
    if (!ARG_TENSOR(0, &x) || !value_rng(args[2], &rng, err)) return false;
    if (!overwritten(x, err)) return false;
    if (p ? !tensor_bernoulli_p_(x, p, rng, err)
          : !ARG_FLOAT(1, &prob) || !tensor_bernoulli_(x, prob, rng, err)) {
        return false;
    }
    *out = value_retain(args[0]);
    return true;
}

/* random_() of int64: all 63 bits, which no [low, high) of int64 says. */
static void random_63_bits(Tensor *x, Rng *rng) {
    int64_t index[TENSOR_MAX_DIM] = {0};
    for (int64_t i = tensor_numel(x); i > 0; i--) {
        tensor_set_i64(x, index, (int64_t)(rng_u64(rng) & INT64_MAX));
        for (int d = x->ndim - 1; d >= 0 && ++index[d] == x->shape[d]; d--) index[d] = 0;
    }
    x->st->version++;
}

static bool do_random_(Interp *in, Value *args, Value *out, Err *err) {
    enum { SELF, LOW, TO, GENERATOR };
    Tensor *x;
    int64_t from = 0, to;
    Rng *rng;
    if (!ARG_TENSOR(SELF, &x) || !value_rng(args[GENERATOR], &rng, err)) return false;
    if (args[LOW].tag == VT_NONE) {
        to = x->dtype == DT_F32 ? (1 << 24) + 1 : x->dtype == DT_BOOL ? 2 : INT64_MAX;
    } else if (args[TO].tag == VT_NONE) {
        if (!ARG_INT(LOW, &to)) return false;
    } else if (!ARG_INT(LOW, &from) || !ARG_INT(TO, &to)) {
        return false;
    }
    if (!overwritten(x, err)) return false;
    if (x->dtype == DT_I64 && args[LOW].tag == VT_NONE)
        random_63_bits(x, rng);
    else if (!tensor_random_(x, from, to, rng, err))
        return false;
    *out = value_retain(args[SELF]);
    return true;
}

static bool do_exponential_(Interp *in, Value *args, Value *out, Err *err) {
    Tensor *x;
    double lambda;
    Rng *rng;
    if (!ARG_TENSOR(0, &x) || !ARG_FLOAT(1, &lambda) || !value_rng(args[2], &rng, err)) {
        return false;
    }
    if (!overwritten(x, err) || !tensor_exponential_(x, lambda, rng, err)) return false;
    *out = value_retain(args[0]);
    return true;
}

#define F (TORCH_FN | NATIVE_RANDOM)
#define FO (F | NATIVE_OUT)
#define BO (FO | TORCH_METHOD)
#define MM (TORCH_METHOD | NATIVE_MUTATES | NATIVE_RANDOM)
#define SEED ">>> _ = torch.manual_seed(0)\n"

const NativeRow torch_random_rows[] = {
    {"manual_seed(seed: int) -> Generator", do_manual_seed, F,
     "Starts the generator; the same seed gives the same numbers, and PyTorch's CPU ones.",
     ">>> _ = torch.manual_seed(123)\n"
     ">>> torch.rand(2, 3)\n"
     "tensor([[0.2961, 0.5166, 0.2517],\n"
     "        [0.6886, 0.0740, 0.8665]])"},
    {"seed() -> int", do_seed, F | NATIVE_TIME, "Starts the generator from the clock.", NULL},
    {"initial_seed() -> int", do_initial_seed, TORCH_FN, "The seed in use.",
     SEED ">>> torch.initial_seed()\n"
          "0"},
    {"get_rng_state() -> Tensor", do_get_rng_state, TORCH_FN, "The generator's state as bytes.",
     ">>> torch.get_rng_state().shape\n"
     "torch.Size([5056])"},
    {"set_rng_state(new_state: Tensor)", do_set_rng_state, F, "Continues from a saved state.",
     ">>> s = torch.get_rng_state()\n"
     ">>> a = torch.rand(2)\n"
     ">>> torch.set_rng_state(s)\n"
     ">>> torch.equal(a, torch.rand(2))\n"
     "True"},
    {"rand(*sizes, size=None, " KEYS ") -> Tensor", do_rand, FO, "Uniform in [0, 1).",
     SEED ">>> torch.rand(3)\n"
          "tensor([0.4963, 0.7682, 0.0885])"},
    {"randn(*sizes, size=None, " KEYS ") -> Tensor", do_randn, FO, "Normal, mean 0, variance 1.",
     SEED ">>> torch.randn(2, 2)\n"
          "tensor([[ 1.5410, -0.2934],\n"
          "        [-2.1788,  0.5684]])"},
    {"rand_like(input: Tensor, " KEYS ", memory_format=None) -> Tensor", do_rand_like, F,
     "rand in input's shape and dtype.",
     SEED ">>> torch.rand_like(torch.zeros(2))\n"
          "tensor([0.4963, 0.7682])"},
    {"randn_like(input: Tensor, " KEYS ", memory_format=None) -> Tensor", do_randn_like, F,
     "randn in input's shape and dtype.",
     SEED ">>> torch.randn_like(torch.zeros(2))\n"
          "tensor([ 1.5410, -0.2934])"},
    {"randint(low=0, high=None, size=None, " KEYS ") -> Tensor", do_randint, FO,
     "Integers from low (0) up to high, high not included.",
     SEED ">>> torch.randint(0, 10, (5,))\n"
          "tensor([4, 9, 3, 0, 3])"},
    {"randint_like(input: Tensor, low: int, high: int = None, " KEYS ") -> Tensor", do_randint_like,
     F, "randint in input's shape and dtype.",
     SEED ">>> torch.randint_like(torch.zeros(3), 10)\n"
          "tensor([4., 9., 3.])"},
    {"randperm(n: int, " KEYS ") -> Tensor", do_randperm, FO, "0..n-1 in random order.",
     SEED ">>> torch.randperm(5)\n"
          "tensor([4, 0, 1, 3, 2])"},
    {"normal(mean=0.0, std=1.0, size=None, *, generator=None, dtype: dtype = None, device=None) -> "
     "Tensor",
     do_normal, FO, "Normal with mean and standard deviation, numbers or tensors.",
     SEED ">>> torch.normal(0.0, 2.0, (3,))\n"
          "tensor([ 3.0820, -0.5869, -4.3576])"},
    {"bernoulli(input: Tensor, p: float = None, generator=None) -> Tensor", do_bernoulli, BO,
     "1 with the probability that input (or p) says, else 0.",
     SEED ">>> torch.bernoulli(torch.full((4,), 0.5))\n"
          "tensor([1., 0., 1., 1.])"},
    {"multinomial(input: Tensor, num_samples: int, replacement: bool = False, *, generator=None) "
     "-> Tensor",
     do_multinomial, BO, "Draws places with the weights in input's last dim; int64.",
     SEED ">>> torch.multinomial(torch.tensor([0., 1., 9.]), 2)\n"
          "tensor([2, 1])"},
    {"normal_(self, mean: float = 0.0, std: float = 1.0, *, generator=None) -> Tensor", do_normal_,
     MM, "Overwrites with normal numbers.",
     SEED ">>> torch.empty(3).normal_()\n"
          "tensor([ 1.5410, -0.2934, -2.1788])"},
    {"uniform_(self, a: float = 0.0, b: float = 1.0, *, generator=None) -> Tensor", do_uniform_, MM,
     "Overwrites with uniform numbers in [a, b).",
     SEED ">>> torch.empty(3).uniform_(-1, 1)\n"
          "tensor([-0.0075,  0.5364, -0.8230])"},
    {"bernoulli_(self, p=0.5, *, generator=None) -> Tensor", do_bernoulli_, MM,
     "Overwrites with 0 and 1.",
     SEED ">>> torch.empty(4).bernoulli_(0.5)\n"
          "tensor([0., 0., 1., 0.])"},
    {"random_(self, low: int = None, to: int = None, *, generator=None) -> Tensor", do_random_, MM,
     "Overwrites with integers in [low, to).",
     SEED ">>> torch.empty(4).random_(10)\n"
          "tensor([4., 9., 3., 0.])"},
    {"exponential_(self, lambd: float = 1.0, *, generator=None) -> Tensor", do_exponential_, MM,
     "Overwrites with exponential numbers.",
     SEED ">>> torch.empty(2).exponential_()\n"
          "tensor([3.5083, 1.2304])"},
    {0},
};
