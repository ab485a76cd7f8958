/* Random numbers against PyTorch's CPU generator (tests/refs/rng.txt, made by rng.py
 * beside it), bit for bit; and the laws that no reference is needed for.
 */
#include "config.h"

#include <math.h>

#include "check_tap.h"
#include "rng/rng.h"

static uint64_t fnv(const void *data, size_t n) {
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < n; i++) h = (h ^ ((const uint8_t *)data)[i]) * 0x100000001b3u;
    return h;
}

static DType dtype_of(const char *tag) {
    static const char *const tags[DT_COUNT] = {"bool", "u8",   "i8",  "i16", "i32", "i64",
                                               "f16",  "bf16", "f32", "f64", "c64"};
    for (int i = 0; i < DT_COUNT; i++)
        if (strcmp(tags[i], tag) == 0) return (DType)i;
    ck_abort_msg("no dtype %s", tag);
}

static Tensor *empty(DType dt, int64_t n) {
    Err err = {0};
    Tensor *t = NULL;
    ck_assert(tensor_empty(dt, 1, &n, &t, &err));
    return t;
}

/* rng.py's weights(). */
static Tensor *weights(DType dt, int64_t n) {
    Tensor *t = empty(dt, n);
    for (int64_t i = 0; i < n; i++) tensor_set_f64(t, &i, (double)((i * 7 + 3) % 11) / 16);
    return t;
}

typedef struct Line {
    char dist[32], tag[8];
    long long n;
    double a, b;
    long long ia, ib;
    unsigned long long hash;
    int at; /* where the elements' bits begin */
} Line;

static Tensor *draw(const Line *l) {
    Rng *r = rng_default();
    Err err = {0};
    DType dt = dtype_of(l->tag);
    bool multi = strncmp(l->dist, "multinomial", 11) == 0;
    Tensor *t = multi ? NULL : empty(dt, l->n), *w = NULL;
    bool ok = false;
    if (strcmp(l->dist, "rand") == 0) ok = tensor_uniform_(t, 0, 1, r, &err);
    if (strcmp(l->dist, "randn") == 0) ok = tensor_normal_(t, 0, 1, r, &err);
    if (strcmp(l->dist, "uniform") == 0) ok = tensor_uniform_(t, l->a, l->b, r, &err);
    if (strcmp(l->dist, "normal") == 0) ok = tensor_normal_(t, l->a, l->b, r, &err);
    if (strcmp(l->dist, "randint") == 0) ok = tensor_random_(t, l->ia, l->ib, r, &err);
    if (strcmp(l->dist, "bernoulli") == 0) ok = tensor_bernoulli_(t, l->a, r, &err);
    if (strcmp(l->dist, "exponential") == 0) ok = tensor_exponential_(t, l->a, r, &err);
    if (strcmp(l->dist, "bernoulli_p") == 0) {
        w = weights(dt, l->n);
        ok = tensor_bernoulli_p_(t, w, r, &err);
    }
    if (strcmp(l->dist, "randperm") == 0) {
        tensor_release(t);
        ok = tensor_randperm(l->n, dt, r, &t, &err);
    }
    if (multi) {
        w = weights(l->ib == 64 ? DT_F64 : DT_F32, l->ia);
        ok = tensor_multinomial(w, l->n, strcmp(l->dist, "multinomial_r") == 0, r, &t, &err);
    }
    ck_assert_msg(ok, "%s: %s", l->dist, err.msg ? err.msg : "unknown distribution");
    tensor_release(w);
    return t;
}

static void check_state(const char *line) {
    Err err = {0};
    Tensor *t = NULL;
    ck_assert(rng_get_state(rng_default(), &t, &err));
    uint64_t got = fnv(tensor_data(t), (size_t)tensor_numel(t));
    ck_assert_msg(got == strtoull(line + 6, NULL, 16), "state differs");
    tensor_release(t);
}

static void check_draw(const char *text) {
    Line l = {0};
    char a[40], b[40];
    ck_assert_int_eq(
        sscanf(text, "%31s %7s %lld %39s %39s %llx%n", l.dist, l.tag, &l.n, a, b, &l.hash, &l.at),
        6);
    l.a = strtod(a, NULL);
    l.b = strtod(b, NULL);
    l.ia = strtoll(a, NULL, 10);
    l.ib = strtoll(b, NULL, 10);
    Tensor *t = draw(&l);
    size_t size = dtype_size((DType)t->dtype);
    char *p = (char *)text + l.at;
    for (int64_t i = 0; i < MIN(l.n, 4); i++) {
        uint64_t want = strtoull(p, &p, 16), got = 0;
        memcpy(&got, (char *)tensor_data(t) + (size_t)i * size, size);
        ck_assert_msg(want == got, "element %lld: wanted bits %llx, got %llx in %s", (long long)i,
                      (unsigned long long)want, (unsigned long long)got, text);
    }
    ck_assert_int_eq(tensor_numel(t), l.n);
    uint64_t hash = fnv(tensor_data(t), (size_t)l.n * size);
    ck_assert_msg(hash == l.hash, "the hash differs in %s", text);
    tensor_release(t);
}

START_TEST(draws_as_torch)
{
    Str path = STR_INIT;
    const char *top = getenv("abs_top_srcdir");
    str_printf(&path, "%s/tests/refs/rng.txt", top ? top : ".");
    FILE *f = fopen(str_cstr(&path), "r");
    ck_assert_msg(f != NULL, "cannot open %s", str_cstr(&path));
    char *line = NULL;
    size_t cap = 0;
    int lines = 0;
    for (; getline(&line, &cap, f) >= 0; lines++) {
        if (strncmp(line, "seed ", 5) == 0)
            rng_seed(rng_default(), strtoull(line + 5, NULL, 10));
        else if (strncmp(line, "state ", 6) == 0)
            check_state(line);
        else
            check_draw(line);
    }
    ck_assert_int_ge(lines, 3000);
    free(line);
    fclose(f);
    str_clear(&path);
}
END_TEST

/* torch.manual_seed(5); torch.empty(2, 3).t().uniform_() fills the memory in its own order. */
START_TEST(memory_order)
{
    Err err = {0};
    Rng *r = rng_default();
    Tensor *plain = empty(DT_F32, 6), *base = empty(DT_F32, 6);
    Tensor *t = tensor_view_raw(base, 2, (int64_t[]){3, 2}, (int64_t[]){1, 3}, 0);
    rng_seed(r, 5);
    ck_assert(tensor_uniform_(plain, 0, 1, r, &err));
    rng_seed(r, 5);
    uint32_t version = base->st->version;
    ck_assert(tensor_uniform_(t, 0, 1, r, &err));
    ck_assert(base->st->version != version);
    ck_assert_mem_eq(tensor_data(plain), tensor_data(base), 6 * sizeof(float));
    tensor_release(t);
    tensor_release(base);
    tensor_release(plain);
}
END_TEST

START_TEST(state_round_trip)
{
    Err err = {0};
    Rng *r = rng_default();
    Tensor *state = NULL, *x = empty(DT_F64, 5), *y = empty(DT_F64, 5);
    rng_seed(r, 9);
    rng_normal(r); /* leaves half a pair waiting */
    ck_assert(rng_get_state(r, &state, &err));
    ck_assert(tensor_normal_(x, 0, 1, r, &err));
    rng_seed(r, 10);
    ck_assert(rng_set_state(r, state, &err));
    ck_assert(tensor_normal_(y, 0, 1, r, &err));
    ck_assert_mem_eq(tensor_data(x), tensor_data(y), 5 * sizeof(double));
    ck_assert(!rng_set_state(r, x, &err));
    ck_assert_int_eq(err.kind, ERR_TYPE);
    err_clear(&err);
    tensor_release(state);
    tensor_release(x);
    tensor_release(y);
}
END_TEST

/* CPython 3.11: random.seed(42); random.getrandbits(32) three times. */
START_TEST(array_seed)
{
    Mt19937 mt;
    uint32_t key = 42;
    mt_seed_array(&mt, &key, 1);
    ck_assert_uint_eq(mt_next(&mt), 2746317213u);
    ck_assert_uint_eq(mt_next(&mt), 478163327u);
    ck_assert_uint_eq(mt_next(&mt), 107420369u);
}
END_TEST

START_TEST(moments)
{
    Err err = {0};
    rng_seed(rng_default(), 1);
    int64_t n = 100001;
    Tensor *t = empty(DT_F32, n);
    ck_assert(tensor_normal_(t, 2, 3, rng_default(), &err));
    double sum = 0, sq = 0;
    for (int64_t i = 0; i < n; i++) {
        double v = ((float *)tensor_data(t))[i];
        sum += v;
        sq += v * v;
    }
    double mean = sum / (double)n, var = sq / (double)n - mean * mean;
    ck_assert_double_eq_tol(mean, 2, 0.05);
    ck_assert_double_eq_tol(var, 9, 0.15);
    tensor_release(t);
}
END_TEST

static void expect(bool ok, Err *err, ErrKind kind, const char *words) {
    ck_assert(!ok);
    ck_assert_int_eq(err->kind, kind);
    ck_assert_msg(strstr(err->msg, words) != NULL, "wanted \"%s\" in \"%s\"", words, err->msg);
    err_clear(err);
}

START_TEST(errors)
{
    Err err = {0};
    Rng *r = rng_default();
    Tensor *f = empty(DT_F32, 4), *i = empty(DT_I64, 4), *u8 = empty(DT_U8, 4), *out = NULL;
    for (int64_t j = 0; j < 4; j++) tensor_set_f64(f, &j, j == 2 ? -1 : 1);
    expect(tensor_multinomial(f, 1, false, r, &out, &err), &err, ERR_RUNTIME,
           "probability tensor contains either `inf`, `nan` or element < 0");
    expect(tensor_bernoulli_p_(f, f, r, &err), &err, ERR_RUNTIME,
           "p to be in [0, 1], but got p=-1");
    for (int64_t j = 0; j < 4; j++) tensor_set_f64(f, &j, 0);
    expect(tensor_multinomial(f, 1, true, r, &out, &err), &err, ERR_RUNTIME,
           "invalid multinomial distribution (sum of probabilities <= 0)");
    expect(tensor_multinomial(f, 5, false, r, &out, &err), &err, ERR_RUNTIME,
           "cannot sample n_sample > prob_dist.size(-1) samples without replacement");
    expect(tensor_uniform_(f, 2, 1, r, &err), &err, ERR_RUNTIME, "found from=2 > to=1");
    expect(tensor_normal_(f, 0, -1, r, &err), &err, ERR_RUNTIME, "std >= 0.0, but found std -1");
    expect(tensor_normal_(i, 0, 1, r, &err), &err, ERR_RUNTIME,
           "\"normal_kernel_cpu\" not implemented for 'Long'");
    expect(tensor_random_(u8, 0, 300, r, &err), &err, ERR_RUNTIME, "to - 1 is out of bounds");
    expect(tensor_random_(i, 3, 3, r, &err), &err, ERR_RUNTIME, "but got from=3 >= to=3");
    expect(tensor_bernoulli_(f, 1.5, r, &err), &err, ERR_RUNTIME, "but got p=1.5");
    ck_assert(out == NULL);
    tensor_release(f);
    tensor_release(i);
    tensor_release(u8);
}
END_TEST

int main(void) {
    Suite *s = suite_create("tensor_rng");
    TCase *tc = tcase_create("rng");
    tcase_add_test(tc, draws_as_torch);
    tcase_add_test(tc, memory_order);
    tcase_add_test(tc, state_round_trip);
    tcase_add_test(tc, array_seed);
    tcase_add_test(tc, moments);
    tcase_add_test(tc, errors);
    suite_add_tcase(s, tc);
    return check_tap(s);
}
