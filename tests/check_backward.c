/* Gradients of attention against the same sums in double, and their independence of threads. */
#include "config.h"

#include "check_tap.h"

#include <math.h>

#include "attn/backward.h"
#include "attn/lanes.h"
#include "attn/pool.h"
#include "base/isa.h"
#include "check_kernel.h"

typedef struct Grads {
    double *dq, *dk, *dv;
} Grads;

typedef struct Result {
    AttnOut o;
    Tensor *dout, *dq, *dk, *dv;
} Result;

static float at(const Tensor *t, int64_t b, int64_t h, int64_t n, int64_t d) {
    const float *x = tensor_data(t);
    return x[b * t->stride[0] + h * t->stride[1] + n * t->stride[2] + d * t->stride[3]];
}

/* One query's part of every gradient: p its probabilities. */
static void add_row(const Problem *x, const Tensor *dout, int64_t b, int64_t h, int64_t t,
                    const double *p, double *dp, Grads *g) {
    int64_t H = x->q->shape[1], T = x->q->shape[2], D = x->q->shape[3], G = x->k->shape[1];
    int64_t S = x->k->shape[2], Dv = x->v->shape[3], kv = h / (H / G);
    double scale = x->a.scale != 0 ? x->a.scale : 1 / sqrt((double)D), delta = 0;
    for (int64_t j = 0; j < S; j++) {
        dp[j] = 0;
        for (int64_t d = 0; d < Dv; d++) {
            double go = (double)at(dout, b, h, t, d);
            dp[j] += go * (double)at(x->v, b, kv, j, d);
            g->dv[((b * G + kv) * S + j) * Dv + d] += p[j] * go;
        }
        delta += p[j] * dp[j];
    }
    for (int64_t j = 0; j < S; j++)
        for (int64_t d = 0; d < D; d++) {
            double ds = scale * p[j] * (dp[j] - delta);
            g->dq[((b * H + h) * T + t) * D + d] += ds * (double)at(x->k, b, kv, j, d);
            g->dk[((b * G + kv) * S + j) * D + d] += ds * (double)at(x->q, b, h, t, d);
        }
}

static Grads reference(const Problem *x, const Tensor *dout) {
    int64_t S = x->k->shape[2];
    Grads g = {mem_zero(sizeof(double) * (size_t)tensor_numel(x->q)),
               mem_zero(sizeof(double) * (size_t)tensor_numel(x->k)),
               mem_zero(sizeof(double) * (size_t)tensor_numel(x->v))};
    double *p = mem_alloc(sizeof *p * (size_t)S * 2);
    for (int64_t b = 0; b < x->q->shape[0]; b++)
        for (int64_t h = 0; h < x->q->shape[1]; h++)
            for (int64_t t = 0; t < x->q->shape[2]; t++) {
                reference_weights(x, b, h, t, p);
                add_row(x, dout, b, h, t, p, p + S, &g);
            }
    mem_free(p);
    return g;
}

static Result differentiate(Problem *p) {
    Result r = {0};
    Err err = {0};
    p->a.want_lse = true;
    ck_assert_msg(attn_kernel_find("tiled")->run(&p->a, &r.o, &err), "%s: %s", p->text, err.msg);
    ck_assert(tensor_empty(DT_F32, r.o.out->ndim, r.o.out->shape, &r.dout, &err));
    float *x = tensor_data(r.dout);
    for (int64_t i = 0; i < tensor_numel(r.dout); i++) x[i] = (float)sin(1.7 * (double)i);
    ck_assert_msg(attn_backward(&p->a, r.o.out, r.o.lse, r.dout, &r.dq, &r.dk, &r.dv, &err),
                  "%s: %s", p->text, err.msg);
    return r;
}

static void result_clear(Result *r) {
    attn_out_clear(&r->o);
    tensor_release(r->dout);
    tensor_release(r->dq);
    tensor_release(r->dk);
    tensor_release(r->dv);
}

static const Sizes shapes[] = {
    {1, 1, 1, 1, 1, 1, 1},       {1, 2, 1, 33, 70, 17, 40}, {2, 4, 2, 65, 63, 16, 5},
    {1, 1, 1, 130, 130, 64, 64}, {1, 3, 3, 5, 90, 70, 100}, {1, 2, 1, 530, 90, 8, 12},
};

static const char *const width_names[] = {"avx512", "avx2", "sse2"};

/* Sums over up to 1060 queries of products near 1: 2e-5 is five times their rounding. Larger scores
 * round more, as in check_kernel.c. */
static void hold(Problem *p, const Grads *g, double most) {
    for (size_t w = 0; w < ARRAY_LEN(width_names); w++) {
        setenv("QKV_SIMD", width_names[w], 1);
        isa_reset();
        Result r = differentiate(p);
        double q = furthest(r.dq, g->dq), k = furthest(r.dk, g->dk), v = furthest(r.dv, g->dv);
        double bound = 2e-5 * fmax(1, most / 8);
        ck_assert_msg(q <= bound && k <= bound && v <= bound, "%s (%s): dq %.3g dk %.3g dv %.3g",
                      p->text, attn_simd_name(), q, k, v);
        result_clear(&r);
    }
}

START_TEST(test_gradients)
{
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
        Problem p;
        problem_make(&shapes[i], (Pattern)_i, i % 2 == 1, 7 * i + 1, &p);
        Result r = differentiate(&p);
        Grads g = reference(&p, r.dout);
        hold(&p, &g, verdict(&p, &r.o).most);
        mem_free(g.dq);
        mem_free(g.dk);
        mem_free(g.dv);
        result_clear(&r);
        problem_clear(&p);
    }
}
END_TEST

START_TEST(test_threads_do_not_matter)
{
    /* key heads for all threads; one whose queries are cut into slices */
    static const Sizes z[] = {{2, 4, 2, 150, 150, 24, 24}, {1, 2, 1, 600, 150, 24, 24}};
    Problem p;
    problem_make(&z[_i], CAUSAL, false, 5, &p);
    Result one = differentiate(&p);
    attn_threads_set(3);
    Result many = differentiate(&p);
    attn_threads_set(1);
    ck_assert_mem_eq(tensor_data(one.dk), tensor_data(many.dk),
                     sizeof(float) * (size_t)tensor_numel(one.dk));
    ck_assert_mem_eq(tensor_data(one.dq), tensor_data(many.dq),
                     sizeof(float) * (size_t)tensor_numel(one.dq));
    result_clear(&one);
    result_clear(&many);
    problem_clear(&p);
}
END_TEST

/* Keys and values of batch 1 serve both batches: their gradient is the sum of the two. */
START_TEST(test_shared_batch_is_summed)
{
    static const Sizes z = {2, 2, 2, 40, 50, 12, 20};
    Problem p;
    problem_make(&z, DENSE, false, 2, &p);
    for (int64_t i = 0; i < z.G * z.S * z.D; i++)
        ((float *)tensor_data(p.k))[z.G * z.S * z.D + i] = ((float *)tensor_data(p.k))[i];
    Result both = differentiate(&p);
    Tensor *k = tensor_view_raw(p.k, 4, (int64_t[]){1, z.G, z.S, z.D}, p.k->stride, 0);
    p.a.k = k;
    Result shared = differentiate(&p);
    const float *sum = tensor_data(shared.dk), *parts = tensor_data(both.dk);
    for (int64_t i = 0; i < z.G * z.S * z.D; i++)
        ck_assert_float_eq_tol(sum[i], parts[i] + parts[z.G * z.S * z.D + i], 1e-5f);
    result_clear(&both);
    result_clear(&shared);
    tensor_release(k);
    problem_clear(&p);
}
END_TEST

START_TEST(test_wrong_sizes)
{
    static const Sizes z = {1, 1, 1, 4, 4, 4, 4};
    Problem p;
    Err err = {0};
    Tensor *dq = NULL;
    problem_make(&z, DENSE, false, 2, &p);
    Result r = differentiate(&p);
    ck_assert(!attn_backward(&p.a, r.o.out, r.dout, r.dout, &dq, NULL, NULL, &err));
    ck_assert_str_eq(err.msg, "attention backward: lse must be float32 with 4 elements, got "
                              "torch.float32 with 16");
    ck_assert_ptr_null(dq);
    err_clear(&err);
    result_clear(&r);
    problem_clear(&p);
}
END_TEST

int main(void) {
    Suite *s = suite_create("backward");
    TCase *c = tcase_create("gradients");
    tcase_set_timeout(c, 120);
    tcase_add_loop_test(c, test_gradients, 0, PATTERN_COUNT);
    tcase_add_loop_test(c, test_threads_do_not_matter, 0, 2);
    tcase_add_test(c, test_shared_batch_is_summed);
    tcase_add_test(c, test_wrong_sizes);
    suite_add_tcase(s, c);
    return check_tap(s);
}
