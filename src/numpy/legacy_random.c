/* numpy.random's legacy generator, draw for draw: MT19937 seeded from one word, 53-bit uniforms,
 * the polar method for normals (the second one waits), ints by rejection under a mask.
 * src/numpy/numpy.random.py makes the functions of it. */
#include "config.h"

#include <math.h>

#include "numpy/draws.h"
#include "numpy/numpy.h"
#include "tensorobj/args.h"
#include "rng/rng.h"

typedef struct BitsObj {
    Obj head;
    Mt19937 mt;
    bool has_gauss;
    double gauss;
} BitsObj;

static BitsObj *bits_of(Value v) {
    return (BitsObj *)v.o;
}

/* ---- one draw ---------------------------------------------------------------------- */

static double draw_double(void *self) {
    BitsObj *b = self;
    uint32_t high = mt_next(&b->mt) >> 5, low = mt_next(&b->mt) >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
}

/* Marsaglia's polar method. */
static double draw_gauss(void *self) {
    BitsObj *b = self;
    double x, y, r;
    if (b->has_gauss) {
        b->has_gauss = false;
        return b->gauss;
    }
    do {
        x = 2.0 * draw_double(b) - 1.0;
        y = 2.0 * draw_double(b) - 1.0;
        r = x * x + y * y;
    } while (r >= 1.0 || r == 0.0);
    double f = sqrt(-2.0 * log(r) / r);
    b->gauss = f * x;
    b->has_gauss = true;
    return f * y;
}

/* Uniform in 0..max: draws as many bits as max has until they are not above it. */
static uint64_t draw_below(void *self, uint64_t max) {
    BitsObj *b = self;
    uint64_t mask = max, v;
    for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
    if (max == 0) return 0;
    do {
        v = mt_next(&b->mt);
        if (max > UINT32_MAX) v = v << 32 | mt_next(&b->mt);
        v &= mask;
    } while (v > max);
    return v;
}

/* ---- rows: n draws as a tensor ----------------------------------------------------------- */

static bool do_seed(Interp *in, Value *args, Value *out, Err *err) {
    int64_t seed;
    if (!ARG_INT(1, &seed)) return false;
    if (seed < 0 || seed > UINT32_MAX)
        return err_set(err, ERR_VALUE, "Seed must be between 0 and 2**32 - 1");
    mt_seed(&bits_of(args[0])->mt, (uint32_t)seed);
    bits_of(args[0])->has_gauss = false;
    *out = VALUE_NONE;
    return true;
}

static bool do_doubles(Interp *in, Value *args, Value *out, Err *err) {
    return draw_floats(in, __func__, args, draw_double, out, err);
}

static bool do_gauss(Interp *in, Value *args, Value *out, Err *err) {
    return draw_floats(in, __func__, args, draw_gauss, out, err);
}

static bool do_ints(Interp *in, Value *args, Value *out, Err *err) {
    return draw_ints(in, __func__, args, draw_below, out, err);
}

static bool do_order(Interp *in, Value *args, Value *out, Err *err) {
    return draw_order(in, __func__, args, draw_below, out, err);
}

static const NativeRow bits_rows[] = {
    {"seed(self, seed: int)", do_seed, NATIVE_RANDOM, "Starts from a seed.", NULL},
    {"doubles(self, n: int) -> Tensor", do_doubles, NATIVE_RANDOM, "Uniform in [0, 1).", NULL},
    {"gauss(self, n: int) -> Tensor", do_gauss, NATIVE_RANDOM, "Normal, mean 0, deviation 1.",
     NULL},
    {"ints(self, n: int, low: int, high: int) -> Tensor", do_ints, NATIVE_RANDOM,
     "low <= x < high.", NULL},
    {"order(self, n: int) -> Tensor", do_order, NATIVE_RANDOM, "0..n-1, shuffled.", NULL},
    {0},
};

static bool bits_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(args), UNUSED(err);
    BitsObj *b = obj_new(cls);
    mt_seed(&b->mt, (uint32_t)clock_ns());
    *out = value_obj(b);
    return true;
}

Type type_np_bits = {
    .name = "numpy.random.mtrand._bits",
    .doc = "The generator behind numpy.random.RandomState.",
    .size = sizeof(BitsObj),
    .create = bits_create,
    .methods = bits_rows,
};
