/* The module random: CPython's generator and its ways of drawing, so that a seed gives the
 * same numbers. Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), 53-bit doubles from
 * two outputs, ints by rejection from the upper bits.
 *
 * The module's functions are the methods of one hidden Random, as in CPython. */
#include "config.h"

#include <math.h>

#include "base/mt19937.h"
#include "python/python.h"
#include "value/callargs.h"
#include "value/number.h"
#include "value/seq.h"
#include "value/strobj.h"

typedef struct RandomObj {
    Obj head;
    Mt19937 mt;
    double gauss_next; /* gauss makes two at a time */
    bool has_gauss;
} RandomObj;

static RandomObj *random_of(Value v) {
    return (RandomObj *)v.o;
}

static double uniform53(RandomObj *r) {
    uint32_t a = mt_next(&r->mt) >> 5, b = mt_next(&r->mt) >> 6;
    return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0);
}

static uint64_t random_bits(RandomObj *r, int k) {
    if (k == 0) return 0;
    if (k <= 32) return mt_next(&r->mt) >> (32 - k);
    uint64_t low = mt_next(&r->mt);
    return low | (uint64_t)(mt_next(&r->mt) >> (64 - k)) << 32;
}

/* Uniform in 0..n-1, n > 0: draws as many bits as n has until they are below it. */
static uint64_t below(RandomObj *r, uint64_t n) {
    int k = 64 - __builtin_clzll(n);
    uint64_t v;
    do v = random_bits(r, k);
    while (v >= n);
    return v;
}

/* ---- seeding -------------------------------------------------------------------------------- */

static void seed_u64(RandomObj *r, uint64_t v) {
    uint32_t key[2] = {(uint32_t)v, (uint32_t)(v >> 32)};
    mt_seed_array(&r->mt, key, key[1] ? 2 : 1);
    r->has_gauss = false;
}

/* An int seeds with its absolute value; None with the clock. CPython hashes a str with SHA-512,
 * which is not here. */
static bool seed_from(Interp *in, RandomObj *r, Value v, Err *err) {
    uint64_t h;
    if (v.tag == VT_NONE || v.tag == VT_UNSET) {
        seed_u64(r, (uint64_t)clock_ns());
        return true;
    }
    if (v.tag == VT_INT || v.tag == VT_BOOL) {
        int64_t i = v.tag == VT_INT ? v.i : v.b;
        seed_u64(r, i < 0 ? 0 - (uint64_t)i : (uint64_t)i);
        return true;
    }
    if (v.tag != VT_FLOAT) {
        err_set(err, ERR_TYPE, "a seed must be None, an int or a float here, not %s",
                value_type(v)->name);
        return err_hint(err, "seed with an int");
    }
    if (!value_hash(in, v, &h, err)) return false;
    seed_u64(r, h);
    return true;
}

static bool random_create(Interp *in, Type *cls, const CallArgs *args, Value *out, Err *err) {
    static const char *const names[] = {"x"};
    Value seed;
    if (!callargs_bind("Random", args, names, 1, 0, 1, &seed, err)) return false;
    RandomObj *r = obj_new(cls);
    if (!seed_from(in, r, seed, err)) {
        value_release(value_obj(r));
        return false;
    }
    *out = value_obj(r);
    return true;
}

static bool m_seed(Interp *in, Value *args, Value *out, Err *err) {
    *out = VALUE_NONE;
    return seed_from(in, random_of(args[0]), args[1], err);
}

/* (version, words, gauss_next), as much of CPython's tuple as code looks at. */
static bool m_getstate(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    RandomObj *r = random_of(args[0]);
    Value words = tuple_new(MT_N + 1);
    for (int i = 0; i < MT_N; i++) tuple_items(words)[i] = value_int(r->mt.state[i]);
    tuple_items(words)[MT_N] = value_int(MIN(r->mt.next, MT_N));
    Value gauss = r->has_gauss ? value_float(r->gauss_next) : VALUE_NONE;
    *out = tuple_new(3);
    tuple_items(*out)[0] = value_int(3);
    tuple_items(*out)[1] = words;
    tuple_items(*out)[2] = gauss;
    return true;
}

static bool m_setstate(Interp *in, Value *args, Value *out, Err *err) {
    Value *state, *words;
    int64_t n, nwords, w;
    if (!seq_items(args[1], &state, &n) || n != 3 || !seq_items(state[1], &words, &nwords) ||
        nwords != MT_N + 1)
        return err_set(err, ERR_VALUE, "state must be what getstate() gave");
    RandomObj *r = random_of(args[0]);
    for (int i = 0; i < MT_N; i++) {
        if (!value_to_int(in, words[i], &w, err)) return false;
        r->mt.state[i] = (uint32_t)w;
    }
    if (!value_to_int(in, words[MT_N], &w, err)) return false;
    if (w < 0 || w > MT_N) return err_set(err, ERR_VALUE, "invalid state");
    r->mt.next = (int)w;
    r->has_gauss = state[2].tag == VT_FLOAT;
    if (r->has_gauss) r->gauss_next = state[2].f;
    *out = VALUE_NONE;
    return true;
}

/* ---- ints
 * -------------------------------------------------------------------------------------------------
 */

static bool m_getrandbits(Interp *in, Value *args, Value *out, Err *err) {
    int64_t k;
    if (!value_to_int(in, args[1], &k, err)) return false;
    if (k < 0) return err_set(err, ERR_VALUE, "number of bits must be non-negative");
    if (k > 63) return int_overflow(err, "a number of %lld random bits", (long long)k);
    *out = value_int((int64_t)random_bits(random_of(args[0]), (int)k));
    return true;
}

static bool draw_range(RandomObj *r, int64_t start, int64_t stop, int64_t step, Value *out,
                       const char *what, Err *err) {
    if (step == 0) return err_set(err, ERR_VALUE, "zero step for randrange()");
    if (step > 0 ? start >= stop : start <= stop)
        return err_set(err, ERR_VALUE, "empty range for %s", what);
    uint64_t span = step > 0 ? (uint64_t)stop - (uint64_t)start : (uint64_t)start - (uint64_t)stop;
    uint64_t by = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
    uint64_t n = (span - 1) / by + 1;
    *out = value_int((int64_t)((uint64_t)start + below(r, n) * (uint64_t)step));
    return true;
}

static bool m_randrange(Interp *in, Value *args, Value *out, Err *err) {
    int64_t start, stop = 0, step = 1;
    char what[96];
    if (!value_to_int(in, args[1], &start, err) || !value_to_int(in, args[3], &step, err))
        return false;
    if (args[2].tag == VT_NONE) {
        if (start <= 0) return err_set(err, ERR_VALUE, "empty range for randrange()");
        return draw_range(random_of(args[0]), 0, start, 1, out, "randrange()", err);
    }
    if (!value_to_int(in, args[2], &stop, err)) return false;
    snprintf(what, sizeof what, "randrange() (%lld, %lld, %lld)", (long long)start, (long long)stop,
             (long long)(uint64_t)((uint64_t)stop - (uint64_t)start));
    return draw_range(random_of(args[0]), start, stop, step, out, what, err);
}

static bool m_randint(Interp *in, Value *args, Value *out, Err *err) {
    int64_t a, b;
    char what[96];
    if (!value_to_int(in, args[1], &a, err) || !value_to_int(in, args[2], &b, err)) return false;
    if (b == INT64_MAX) return int_overflow(err, "%lld + 1", (long long)b);
    snprintf(what, sizeof what, "randrange() (%lld, %lld, %lld)", (long long)a, (long long)b + 1,
             (long long)((uint64_t)b + 1 - (uint64_t)a));
    return draw_range(random_of(args[0]), a, b + 1, 1, out, what, err);
}

/* ---- sequences ------------------------------------------------------------------------------ */

static bool m_choice(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n;
    if (!value_len(in, args[1], &n, err)) return false;
    if (n == 0) return err_set(err, ERR_INDEX, "Cannot choose from an empty sequence");
    return value_getitem(in, args[1], value_int((int64_t)below(random_of(args[0]), (uint64_t)n)),
                         out, err);
}

static bool m_shuffle(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n;
    if (!value_is(args[1], &type_list)) {
        int64_t len;
        if (!value_len(in, args[1], &len, err)) return false;
        for (int64_t i = len - 1; i > 0; i--) {
            Value a = VALUE_UNSET, b = VALUE_UNSET;
            Value at = value_int(i),
                  to = value_int((int64_t)below(random_of(args[0]), (uint64_t)i + 1));
            bool ok = value_getitem(in, args[1], at, &a, err) &&
                      value_getitem(in, args[1], to, &b, err) &&
                      value_setitem(in, args[1], at, b, err) &&
                      value_setitem(in, args[1], to, a, err);
            value_release(a);
            value_release(b);
            if (!ok) return false;
        }
        *out = VALUE_NONE;
        return true;
    }
    Value *items = list_items(args[1]);
    n = list_count(args[1]);
    for (int64_t i = n - 1; i > 0; i--) {
        int64_t j = (int64_t)below(random_of(args[0]), (uint64_t)i + 1);
        Value held = items[i];
        items[i] = items[j];
        items[j] = held;
    }
    *out = VALUE_NONE;
    return true;
}

/* k distinct positions of n: from a shrinking pool, or for few of many by redrawing, exactly
 * where CPython changes between the two. */
static bool sample_positions(RandomObj *r, Interp *in, int64_t n, int64_t k, int64_t *at,
                             Err *err) {
    int64_t setsize = 21;
    if (k > 5) setsize += (int64_t)1 << (2 * (int)ceil(log((double)k * 3) / log(4)));
    if (n <= setsize) {
        int64_t *pool = mem_alloc((size_t)n * sizeof *pool);
        for (int64_t i = 0; i < n; i++) pool[i] = i;
        for (int64_t i = 0; i < k; i++) {
            int64_t j = (int64_t)below(r, (uint64_t)(n - i));
            at[i] = pool[j];
            pool[j] = pool[n - i - 1];
        }
        mem_free(pool);
        return true;
    }
    Dict *taken = dict_new();
    bool ok = true;
    for (int64_t i = 0; i < k && ok; i++) {
        Value seen = VALUE_NONE;
        while (ok && seen.tag != VT_UNSET) {
            at[i] = (int64_t)below(r, (uint64_t)n);
            ok = dict_get(in, taken, value_int(at[i]), &seen, err);
        }
        ok = ok && dict_set(in, taken, value_int(at[i]), VALUE_NONE, err);
    }
    dict_free(taken);
    return ok;
}

static bool m_sample(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n, k;
    if (!value_type(args[1])->getitem || value_isinstance(args[1], &type_dict))
        return err_set(err, ERR_TYPE,
                       "Population must be a sequence.  For dicts or sets, use "
                       "sorted(d).");
    if (!value_len(in, args[1], &n, err) || !value_to_int(in, args[2], &k, err)) return false;
    if (k < 0 || k > n)
        return err_set(err, ERR_VALUE, "Sample larger than population or is negative");
    if (!seq_admit(k, "a sample", err)) return false;
    int64_t *at = mem_alloc((size_t)MAX(k, 1) * sizeof *at);
    Value list = list_new();
    bool ok = sample_positions(random_of(args[0]), in, n, k, at, err);
    for (int64_t i = 0; ok && i < k; i++) {
        Value item;
        ok = value_getitem(in, args[1], value_int(at[i]), &item, err);
        if (ok) list_push_take(list, item);
    }
    mem_free(at);
    if (ok)
        *out = list;
    else
        value_release(list);
    return ok;
}

/* Running sums of weights as floats; *total is the last. */
static bool cumulate(Interp *in, Value weights, bool running, int64_t n, double *cum, Err *err) {
    Value list;
    double total = 0, w;
    if (!seq_collect(in, weights, &list, err)) return false;
    bool ok = list_count(list) == n ||
              err_set(err, ERR_VALUE, "The number of weights does not match the population");
    for (int64_t i = 0; ok && i < n; i++) {
        ok = value_to_float(in, list_items(list)[i], &w, err);
        total = running ? w : total + w;
        cum[i] = total;
    }
    value_release(list);
    if (ok && !(total > 0))
        ok = err_set(err, ERR_VALUE, "Total of weights must be greater than zero");
    if (ok && !isfinite(total)) ok = err_set(err, ERR_VALUE, "Total of weights must be finite");
    return ok;
}

/* First position whose running sum passes x, the last one at most. */
static int64_t pick(const double *cum, int64_t n, double x) {
    int64_t low = 0, high = n - 1;
    while (low < high) {
        int64_t mid = low + (high - low) / 2;
        if (x < cum[mid])
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

static bool m_choices(Interp *in, Value *args, Value *out, Err *err) {
    int64_t n, k;
    Value weights = args[2].tag != VT_NONE ? args[2] : args[3];
    if (!value_len(in, args[1], &n, err) || !value_to_int(in, args[4], &k, err)) return false;
    if (args[2].tag != VT_NONE && args[3].tag != VT_NONE)
        return err_set(err, ERR_TYPE, "Cannot specify both weights and cumulative weights");
    if (n == 0) return err_set(err, ERR_INDEX, "Cannot choose from an empty sequence");
    if (!seq_admit(k, "a list", err)) return false;
    double *cum = NULL;
    if (weights.tag != VT_NONE) {
        cum = mem_alloc((size_t)n * sizeof *cum);
        if (!cumulate(in, weights, args[2].tag == VT_NONE, n, cum, err)) {
            mem_free(cum);
            return false;
        }
    }
    Value list = list_new();
    bool ok = true;
    for (int64_t i = 0; ok && i < k; i++) {
        double u = uniform53(random_of(args[0]));
        int64_t at = cum ? pick(cum, n, u * cum[n - 1]) : (int64_t)floor(u * (double)n);
        Value item;
        ok = value_getitem(in, args[1], value_int(at), &item, err);
        if (ok) list_push_take(list, item);
    }
    mem_free(cum);
    if (ok)
        *out = list;
    else
        value_release(list);
    return ok;
}

/* ---- floats
 * ---------------------------------------------------------------------------------------------------
 */

static bool m_random(Interp *in, Value *args, Value *out, Err *err) {
    UNUSED(in), UNUSED(err);
    *out = value_float(uniform53(random_of(args[0])));
    return true;
}

static bool two(Interp *in, Value *args, double *a, double *b, Err *err) {
    return value_to_float(in, args[1], a, err) && value_to_float(in, args[2], b, err);
}

static bool m_uniform(Interp *in, Value *args, Value *out, Err *err) {
    double a, b;
    if (!two(in, args, &a, &b, err)) return false;
    *out = value_float(a + (b - a) * uniform53(random_of(args[0])));
    return true;
}

/* Box and Muller, two at a time: the second is kept for the next call. */
static bool m_gauss(Interp *in, Value *args, Value *out, Err *err) {
    double mu, sigma, z;
    if (!two(in, args, &mu, &sigma, err)) return false;
    RandomObj *r = random_of(args[0]);
    if (r->has_gauss) {
        z = r->gauss_next;
        r->has_gauss = false;
    } else {
        double angle = uniform53(r) * 2 * M_PI;
        double radius = sqrt(-2.0 * log(1.0 - uniform53(r)));
        z = cos(angle) * radius;
        r->gauss_next = sin(angle) * radius;
        r->has_gauss = true;
    }
    *out = value_float(mu + z * sigma);
    return true;
}

/* Kinderman and Monahan's ratio of uniforms. */
static bool m_normalvariate(Interp *in, Value *args, Value *out, Err *err) {
    const double magic = 4 * exp(-0.5) / sqrt(2.0);
    double mu, sigma, z;
    if (!two(in, args, &mu, &sigma, err)) return false;
    RandomObj *r = random_of(args[0]);
    for (;;) {
        double u = uniform53(r), v = 1.0 - uniform53(r);
        z = magic * (u - 0.5) / v;
        if (z * z / 4.0 <= -log(v)) break;
    }
    *out = value_float(mu + z * sigma);
    return true;
}

static bool m_expovariate(Interp *in, Value *args, Value *out, Err *err) {
    double rate;
    if (!value_to_float(in, args[1], &rate, err)) return false;
    if (rate == 0) return err_set(err, ERR_ZERODIV, "float division by zero");
    *out = value_float(-log(1.0 - uniform53(random_of(args[0]))) / rate);
    return true;
}

/* ---- the tables
 * --------------------------------------------------------------------------------------------------
 */

#define SEEDED ">>> import random; r = random.Random(0); r."

static const NativeRow random_methods[] = {
    {"seed(self, a=None, version=2)", m_seed, NATIVE_RANDOM,
     "Starts the generator from an int (the same numbers as CPython's), or from the clock.",
     ">>> import random; random.seed(0); random.random()\n0.8444218515250481"},
    {"getstate(self, /)", m_getstate, 0, "The generator's state, for setstate.",
     ">>> import random; s = random.getstate(); x = random.random()\n"
     ">>> random.setstate(s); random.random() == x\nTrue"},
    {"setstate(self, state, /)", m_setstate, NATIVE_RANDOM, "Goes back to a state.",
     SEEDED "setstate(r.getstate())"},
    {"random(self, /) -> float", m_random, NATIVE_RANDOM, "Uniform in [0, 1), 53 bits.",
     SEEDED "random()\n0.8444218515250481"},
    {"uniform(self, a, b) -> float", m_uniform, NATIVE_RANDOM, "Uniform between a and b.",
     SEEDED "uniform(0, 10)\n8.444218515250482"},
    {"getrandbits(self, k, /) -> int", m_getrandbits, NATIVE_RANDOM, "k random bits, k <= 63.",
     SEEDED "getrandbits(8)\n216"},
    {"randrange(self, start, stop=None, step=1) -> int", m_randrange, NATIVE_RANDOM,
     "An element of range(start, stop, step).", SEEDED "randrange(10)\n6"},
    {"randint(self, a, b) -> int", m_randint, NATIVE_RANDOM, "An int from a to b, both included.",
     SEEDED "randint(1, 6)\n4"},
    {"choice(self, seq)", m_choice, NATIVE_RANDOM, "One item of a sequence.",
     SEEDED "choice('qkv')\n'k'"},
    {"choices(self, population, weights=None, *, cum_weights=None, k=1)", m_choices, NATIVE_RANDOM,
     "k items drawn with replacement, weighted or not.",
     SEEDED "choices('qkv', k=4)\n['v', 'v', 'k', 'q']"},
    {"shuffle(self, x)", m_shuffle, NATIVE_RANDOM | NATIVE_MUTATES, "Shuffles a list in place.",
     ">>> import random; r = random.Random(0); a = [1, 2, 3, 4]; r.shuffle(a); a\n[3, 1, 2, 4]"},
    {"sample(self, population, k)", m_sample, NATIVE_RANDOM, "k items drawn without replacement.",
     SEEDED "sample(range(100), 3)\n[49, 97, 53]"},
    {"gauss(self, mu=0.0, sigma=1.0) -> float", m_gauss, NATIVE_RANDOM,
     "Normally distributed; two at a time.", SEEDED "gauss(0, 1)\n0.9417154046806644"},
    {"normalvariate(self, mu=0.0, sigma=1.0) -> float", m_normalvariate, NATIVE_RANDOM,
     "Normally distributed.", SEEDED "normalvariate(0, 1)\n-0.18386822109325826"},
    {"expovariate(self, lambd) -> float", m_expovariate, NATIVE_RANDOM,
     "Exponentially distributed with rate lambd.", SEEDED "expovariate(1)\n1.8606071110652234"},
    {0}};

Type type_random = {
    .name = "Random",
    .module = "random",
    .base = &type_object,
    .doc = "Random(x=None)\n\nA generator of its own.",
    .methods = random_methods,
    .size = sizeof(RandomObj),
    .flags = TYPE_BASE,
    .create = random_create,
};

bool random_init(Interp *in, Value module, Err *err) {
    Value cls = type_value(&type_random), hidden;
    module_set(in, module, "Random", cls);
    bool ok = value_call_pos(in, cls, NULL, 0, &hidden, err);
    value_release(cls);
    if (!ok) return false;
    for (const NativeRow *row = random_methods; ok && row->sig; row++) {
        Value bound;
        StrObj *name = str_intern(row->sig, native_name_len(row));
        ok = value_getattr(in, hidden, name, &bound, err);
        if (ok) {
            module_set(in, module, name->s, bound);
            value_release(bound);
        }
        value_release(value_obj(name));
    }
    value_release(hidden);
    return ok;
}
