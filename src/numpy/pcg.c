/* numpy.random.default_rng, draw for draw: PCG64 (O'Neill 2014, XSL-RR 128/64) seeded through
 * NumPy's SeedSequence, normals by the ziggurat (Marsaglia and Tsang 2000; 256 strips), ints by
 * Lemire's multiplication (2019). The rows have the names of legacy_random.c's, so that
 * numpy.random.py draws from either. */
#include "config.h"

#include <math.h>

#include "numpy/draws.h"
#include "numpy/numpy.h"
#include "tensorobj/args.h"
#include "value/callargs.h"

__extension__ typedef unsigned __int128 U128;

typedef struct PcgObj {
    Obj head;
    U128 state, inc;
    bool has_half; /* the upper half of a word waits: 32-bit draws take two from one */
    uint32_t half;
} PcgObj;

static PcgObj *pcg_of(Value v) {
    return (PcgObj *)v.o;
}

/* ---- SeedSequence: an integer's words, mixed into four, and words drawn from those ------- */

enum { POOL = 4 };

static uint32_t hash_mix(uint32_t value, uint32_t *constant, uint32_t factor) {
    value ^= *constant;
    *constant *= factor;
    value *= *constant;
    return value ^ value >> 16;
}

static uint32_t mix(uint32_t x, uint32_t y) {
    uint32_t r = 0xca01f9ddu * x - 0x4973f715u * y;
    return r ^ r >> 16;
}

static void seed_words(uint64_t seed, uint64_t out[POOL]) {
    const uint32_t mult_a = 0x931e8875u, mult_b = 0x58f38dedu;
    uint32_t pool[POOL], c = 0x43b0d7e5u, entropy[POOL] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    for (int i = 0; i < POOL; i++) pool[i] = hash_mix(entropy[i], &c, mult_a);
    for (int from = 0; from < POOL; from++)
        for (int to = 0; to < POOL; to++)
            if (from != to) pool[to] = mix(pool[to], hash_mix(pool[from], &c, mult_a));
    c = 0x8b51f9ddu;
    for (int i = 0; i < POOL; i++) {
        uint64_t low = hash_mix(pool[2 * i % POOL], &c, mult_b);
        out[i] = low | (uint64_t)hash_mix(pool[(2 * i + 1) % POOL], &c, mult_b) << 32;
    }
}

/* ---- PCG64 ----------------------------------------------------------------------------------- */

static void step(PcgObj *p) {
    const U128 factor = (U128)0x2360ed051fc65da4u << 64 | 0x4385df649fccf645u;
    p->state = p->state * factor + p->inc;
}

static uint64_t next64(PcgObj *p) {
    step(p);
    uint64_t x = (uint64_t)(p->state >> 64) ^ (uint64_t)p->state;
    int turn = (int)(p->state >> 122);
    return x >> turn | x << (-turn & 63);
}

static uint32_t next32(PcgObj *p) {
    if (p->has_half) {
        p->has_half = false;
        return p->half;
    }
    uint64_t x = next64(p);
    p->has_half = true;
    p->half = (uint32_t)(x >> 32);
    return (uint32_t)x;
}

static void pcg_seed(PcgObj *p, uint64_t seed) {
    uint64_t w[POOL];
    seed_words(seed, w);
    p->state = 0;
    p->inc = ((U128)w[2] << 64 | w[3]) << 1 | 1;
    step(p);
    p->state += (U128)w[0] << 64 | w[1];
    step(p);
    p->has_half = false;
}

static double draw_double(void *self) {
    PcgObj *p = self;
    return (double)(next64(p) >> 11) / 9007199254740992.0;
}

/* ---- ints in 0..max ------------------------------------------------------------------------- */

static uint64_t draw_below(void *self, uint64_t max) {
    PcgObj *p = self;
    if (max == 0) return 0;
    if (max < UINT32_MAX) {
        uint32_t n = (uint32_t)max + 1, reject = (UINT32_MAX - (uint32_t)max) % n;
        uint64_t m;
        do m = (uint64_t)next32(p) * n;
        while ((uint32_t)m < reject);
        return m >> 32;
    }
    if (max == UINT32_MAX) return next32(p);
    if (max == UINT64_MAX) return next64(p);
    uint64_t n = max + 1, reject = (UINT64_MAX - max) % n;
    U128 m;
    do m = (U128)next64(p) * n;
    while ((uint64_t)m < reject);
    return (uint64_t)(m >> 64);
}

/* The other way, that shuffles take: as many bits as max has until they are not above it. */
static uint64_t draw_masked(void *self, uint64_t max) {
    PcgObj *p = self;
    uint64_t mask = max, v;
    for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
    if (max == 0) return 0;
    do v = (max > UINT32_MAX ? next64(p) : next32(p)) & mask;
    while (v > max);
    return v;
}

/* ---- normals: strips of equal area under exp(-x^2 / 2), the lowest one with the tail -------- */

enum { STRIPS = 256 };
static const double tail_from = 3.6541528853610088, strip_area = 0.0049286732339746519,
                    mantissas = 4503599627370496.0; /* 2^52 */

static struct Ziggurat {
    bool made;
    uint64_t inside[STRIPS]; /* below it, a mantissa is inside its strip for certain */
    double width[STRIPS];    /* of a mantissa's unit */
    double height[STRIPS];
} zig;

/* exp(-x^2 / 2), correctly rounded. NumPy's table was made once in double precision; where it was
 * made, the height of strip 38 came out one unit higher. */
static double density(double x, int strip) {
    double f = (double)expl(-0.5 * x * x);
    return strip == 38 ? nextafter(f, 1) : f;
}

static void make_ziggurat(void) {
    double x = tail_from, f = density(x, STRIPS - 1);
    zig.inside[0] = (uint64_t)(x * f / strip_area * mantissas);
    zig.width[0] = strip_area / f / mantissas;
    zig.height[0] = 1;
    zig.width[STRIPS - 1] = x / mantissas;
    zig.height[STRIPS - 1] = f;
    for (int i = STRIPS - 2; i > 0; i--) {
        double narrower = sqrt(-2 * (double)logl(strip_area / x + f));
        zig.inside[i + 1] = (uint64_t)(narrower / x * mantissas);
        x = narrower;
        f = density(x, i);
        zig.width[i] = x / mantissas;
        zig.height[i] = f;
    }
    zig.inside[1] = 0;
    zig.made = true;
}

/* Beyond tail_from; the factor is 1 / tail_from. */
static double draw_tail(PcgObj *p, bool negative) {
    for (;;) {
        double x = -0.27366123732975828 * log1p(-draw_double(p)), y = -log1p(-draw_double(p));
        if (y + y > x * x) return negative ? -(tail_from + x) : tail_from + x;
    }
}

static double draw_gauss(void *self) {
    PcgObj *p = self;
    if (!zig.made) make_ziggurat();
    for (;;) {
        uint64_t r = next64(p), mantissa = r >> 9 & 0x000fffffffffffffu;
        int strip = r & 0xff;
        double x = (double)mantissa * zig.width[strip];
        if (r >> 8 & 1) x = -x;
        if (mantissa < zig.inside[strip]) return x;
        if (strip == 0) return draw_tail(p, mantissa >> 8 & 1);
        double over = zig.height[strip - 1] - zig.height[strip];
        if (over * draw_double(p) + zig.height[strip] < exp(-0.5 * x * x)) return x;
    }
}

/* ---- rows ----------------------------------------------------------------------------------- */

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
    return draw_order(in, __func__, args, draw_masked, out, err);
}

/* k distinct numbers below n, in random order: Floyd's way, or for many of a large n the end of a
 * shuffled range. */
static bool do_distinct(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n, k;
    Tensor *range = NULL, *t = NULL, *seen = NULL;
    PcgObj *p = pcg_of(args[0]);
    if (!ARG_INT(1, &n) || !ARG_INT(2, &k)) return false;
    if (k < 0 || k > n)
        return err_set(err, ERR_VALUE,
                       "Cannot take a larger sample than population when 'replace=False'");
    bool tail = n > 10000 && k > n / 50;
    bool ok =
        tensor_empty(DT_I64, 1, &k, &t, err) && (tail ? tensor_empty(DT_I64, 1, &n, &range, err)
                                                      : tensor_zeros(DT_BOOL, 1, &n, &seen, err));
    if (!ok) {
        tensor_release(t);
        return false;
    }
    int64_t *x = tensor_data(t);
    if (tail) {
        int64_t *all = tensor_data(range);
        for (int64_t i = 0; i < n; i++) all[i] = i;
        draw_shuffle(p, draw_below, all, n, MAX(n - k, 1));
        for (int64_t i = 0; i < k; i++) x[i] = all[n - k + i];
    } else {
        bool *taken = tensor_data(seen);
        for (int64_t j = n - k; j < n; j++) {
            int64_t v = (int64_t)draw_below(p, (uint64_t)j);
            if (taken[v]) v = j;
            taken[v] = true;
            x[j - n + k] = v;
        }
        draw_shuffle(p, draw_below, x, k, 1);
    }
    tensor_release(range);
    tensor_release(seen);
    *out = tensor_wrap_take(t);
    return true;
}

static const NativeRow pcg_rows[] = {
    {"doubles(self, n: int) -> Tensor", do_doubles, NATIVE_RANDOM, "Uniform in [0, 1).", NULL},
    {"gauss(self, n: int) -> Tensor", do_gauss, NATIVE_RANDOM, "Normal, mean 0, deviation 1.",
     NULL},
    {"ints(self, n: int, low: int, high: int) -> Tensor", do_ints, NATIVE_RANDOM,
     "low <= x < high.", NULL},
    {"order(self, n: int) -> Tensor", do_order, NATIVE_RANDOM, "0..n-1, shuffled.", NULL},
    {"distinct(self, n: int, k: int) -> Tensor", do_distinct, NATIVE_RANDOM,
     "k of 0..n-1, each once.", NULL},
    {0},
};

static bool pcg_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    static const char *const names[] = {"seed"};
    Value seed;
    int64_t s = clock_ns();
    if (!callargs_bind("PCG64", args, names, 1, 0, 1, &seed, err)) return false;
    if (seed.tag != VT_UNSET && seed.tag != VT_NONE && !value_to_int(in, seed, &s, err))
        return false;
    if (s < 0) return err_set(err, ERR_VALUE, "expected non-negative integer");
    PcgObj *p = obj_new(cls);
    pcg_seed(p, (uint64_t)s);
    *out = value_obj(p);
    return true;
}

Type type_np_pcg = {
    .name = "numpy.random._pcg64.PCG64",
    .doc = "The generator behind numpy.random.default_rng.",
    .size = sizeof(PcgObj),
    .create = pcg_create,
    .methods = pcg_rows,
};
