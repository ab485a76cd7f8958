/* Every kernel, without its weights and with them, x pattern x vector width against sums in
 * double, over random shapes and strides. The bound is 1e-6 for |V| <= 1 at the usual scale of
 * 1/sqrt(D): float32 accumulation over a few hundred keys stays under half of it. A larger scale
 * makes scores, and with them their rounding, larger in proportion, as does a bias by distance: a
 * score of 8 is rounded twice (scaled, biased) by 8 * 2^-24, which is the bound; it follows. */
#include "config.h"

#include "check_tap.h"

#include <math.h>

#include "attn/lanes.h"
#include "attn/pool.h"
#include "base/isa.h"
#include "check_kernel.h"

#define BOUND 1e-6

static void use_width(const char *name) {
    if (name)
        setenv("QKV_SIMD", name, 1);
    else
        unsetenv("QKV_SIMD");
    isa_reset();
}

/* Whether a run's results are within the bound of the answer: weights are there where they were
 * asked for, and right. */
static bool is_right(Problem *p, const AttnOut *o, Verdict *v) {
    *v = verdict(p, o);
    double bound = BOUND * fmax(v->most / 8, fmax(1, p->a.scale * sqrt((double)p->q->shape[3])));
    return v->out <= bound && v->lse <= 4 * bound && v->weights <= bound && v->tallies &&
           (o->weights != NULL) == p->a.want_weights;
}

/* Runs one kernel on one problem where it supports it; fails the test with what is off. */
static void hold(const AttnKernel *k, Problem *p) {
    if (!k->supports(&p->a)) return;
    Err err = {0};
    AttnOut o = {0};
    Verdict v;
    ck_assert_msg(k->run(&p->a, &o, &err), "%s, %s: %s", k->name, p->text, err.msg);
    ck_assert_msg(is_right(p, &o, &v),
                  "%s (%s), %s: out %.3g lse %.3g weights %.3g%s tallies %s (dead %d, alive %d)",
                  k->name, attn_simd_name(), p->text, v.out, v.lse, v.weights,
                  o.weights ? "" : " (none)", v.tallies ? "right" : "wrong", (int)o.dead_rows,
                  (int)o.scores_kept);
    attn_out_clear(&o);
}

/* Every kernel of the table, without weights and with them. */
static void hold_all(const Sizes *z, Pattern pattern, bool odd, uint64_t seed) {
    Problem p;
    problem_make(z, pattern, odd, seed, &p);
    for (int i = 0; i < 2 * attn_kernel_count; i++) {
        p.a.want_weights = i % 2 == 1;
        hold(&attn_kernels[i / 2], &p);
    }
    problem_clear(&p);
}

/* A kernel whose weights are twice what they are is found out, and one that gives none. */
START_TEST(test_wrong_weights_are_seen)
{
    static const Sizes z = {1, 2, 1, 9, 12, 8, 8};
    for (int i = 0; i < attn_kernel_count; i++) {
        Problem p;
        AttnOut o = {0};
        Err err = {0};
        Verdict v;
        problem_make(&z, CAUSAL, false, 3, &p);
        p.a.want_weights = true;
        if (attn_kernels[i].supports(&p.a)) {
            ck_assert(attn_kernels[i].run(&p.a, &o, &err));
            ck_assert(is_right(&p, &o, &v));
            float *w = tensor_data(o.weights);
            for (int64_t k = 0; k < tensor_numel(o.weights); k++) w[k] *= 2;
            ck_assert(!is_right(&p, &o, &v));
            tensor_release(o.weights);
            o.weights = NULL;
            ck_assert(!is_right(&p, &o, &v));
        }
        attn_out_clear(&o);
        problem_clear(&p);
    }
}
END_TEST

static const Sizes shapes[] = {
    {1, 1, 1, 1, 1, 1, 1},        {1, 1, 1, 6, 6, 8, 8},       {2, 4, 2, 5, 9, 3, 7},
    {1, 2, 1, 32, 32, 17, 33},    {1, 1, 1, 64, 64, 64, 64},   {1, 2, 2, 65, 63, 16, 5},
    {2, 1, 1, 130, 201, 24, 40},  {1, 6, 2, 3, 150, 32, 32},   {1, 4, 1, 1, 259, 80, 96},
    {1, 8, 2, 1, 77, 9, 12},      {1, 1, 1, 200, 90, 96, 128}, {1, 1, 1, 7, 300, 257, 200},
    {1, 1, 1, 40, 100, 512, 512}, {1, 2, 1, 2, 2500, 20, 36},
};

static const char *const width_names[] = {"avx512", "avx2", "sse2"};

START_TEST(test_patterns)
{
    use_width(width_names[_i / PATTERN_COUNT]);
    Pattern pattern = (Pattern)(_i % PATTERN_COUNT);
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
        hold_all(&shapes[i], pattern, i % 2 == 1, 10 * i + (size_t)_i);
}
END_TEST

START_TEST(test_random_shapes)
{
    use_width(width_names[_i]);
    uint64_t x = 88172645463325252u + (uint64_t)_i;
    for (int round = 0; round < 60; round++) {
        int64_t r[7];
        for (int i = 0; i < 7; i++) {
            x ^= x << 13, x ^= x >> 7, x ^= x << 17;
            r[i] = (int64_t)(x >> 33);
        }
        Sizes z = {1 + r[0] % 2, 0, 1 + r[1] % 2, 1 + r[2] % 140, 1 + r[3] % 140, 1 + r[4] % 70,
                   1 + r[5] % 70};
        if (round % 12 == 0) z.D = 1 + r[4] % 512, z.Dv = 1 + r[5] % 512;
        z.H = z.G * (1 + r[6] % 3);
        hold_all(&z, (Pattern)(r[6] % PATTERN_COUNT), r[6] % 2 == 0, (uint64_t)round);
    }
}
END_TEST

/* Forcing a width gives that one, or the next that the processor has. */
START_TEST(test_width_is_forced)
{
    use_width("plain");
    ck_assert_str_eq(attn_simd_name(), "sse2");
    use_width("avx2");
    ck_assert_int_le(attn_lanes()->width, 8);
    use_width("nonsense");
    const AttnLanes *w = attn_lanes();
    use_width(NULL);
    ck_assert_ptr_eq(w, attn_lanes());
}
END_TEST

/* Bit for bit the same whatever the number of threads. */
START_TEST(test_threads_do_not_matter)
{
    /* many blocks; few queries whose keys are cut into parts */
    static const Sizes sizes[] = {{2, 4, 2, 300, 300, 32, 32}, {1, 2, 1, 1, 3000, 32, 32}};
    Err err = {0};
    for (int i = 0; i < 2 * PATTERN_COUNT; i++) {
        Problem p;
        AttnOut one = {0}, many = {0};
        problem_make(&sizes[i / PATTERN_COUNT], (Pattern)(i % PATTERN_COUNT), false, 4, &p);
        attn_threads_set(1);
        ck_assert(attn_run(&p.a, &one, &err));
        attn_threads_set(5);
        ck_assert(attn_run(&p.a, &many, &err));
        ck_assert_mem_eq(tensor_data(one.out), tensor_data(many.out),
                         sizeof(float) * (size_t)tensor_numel(one.out));
        ck_assert_int_eq(one.dead_rows, many.dead_rows);
        ck_assert_int_eq(one.scores_kept, many.scores_kept);
        attn_out_clear(&one);
        attn_out_clear(&many);
        problem_clear(&p);
    }
    attn_threads_set(1);
    pool_stop();
}
END_TEST

START_TEST(test_interrupt_stops)
{
    static const Sizes z = {1, 2, 2, 200, 200, 32, 32};
    Problem p;
    AttnOut o = {0};
    problem_make(&z, DENSE, false, 1, &p);
    for (int threads = 1; threads <= 3; threads += 2) {
        Err err = {0};
        attn_threads_set(threads);
        interrupt_pending = 1;
        ck_assert(!attn_run(&p.a, &o, &err));
        ck_assert_int_eq(err.kind, ERR_INTERRUPT);
        ck_assert_ptr_null(o.out);
        ck_assert_int_eq(interrupt_pending, 0);
        err_clear(&err);
    }
    attn_threads_set(1);
    pool_stop();
    problem_clear(&p);
}
END_TEST

/* Scores in the thousands and a finfo.min bias: the running maximum keeps them finite. */
START_TEST(test_large_scores)
{
    static const Sizes z = {1, 1, 1, 70, 130, 16, 16};
    for (int i = 0; i < 3; i++) {
        Problem p;
        AttnOut o = {0};
        Err err = {0};
        use_width(width_names[i]);
        problem_make(&z, BIAS, false, 2, &p);
        float *bias = tensor_data(p.mask);
        for (int64_t j = 0; j < z.S; j++) bias[j] = -3.4028234663852886e38f; /* query 0 */
        p.a.scale = 1000;
        ck_assert(attn_kernel_find("tiled")->run(&p.a, &o, &err));
        const float *out = tensor_data(o.out);
        double mean = 0;
        for (int64_t j = 0; j < z.S; j++) mean += (double)((float *)tensor_data(p.v))[j * z.Dv];
        ck_assert_double_eq_tol((double)out[0], mean / (double)z.S, BOUND);
        for (int64_t j = 0; j < z.T * z.Dv; j++) ck_assert(isfinite(out[j]));
        ck_assert_int_eq(o.dead_rows, 0);
        attn_out_clear(&o);
        problem_clear(&p);
    }
}
END_TEST

/* nan in one key reaches every query that sees it and no other. */
START_TEST(test_nan_spreads)
{
    static const Sizes z = {1, 1, 1, 100, 100, 16, 16};
    for (int i = 0; i < 3; i++) {
        Problem p;
        AttnOut o = {0};
        Err err = {0};
        use_width(width_names[i]);
        problem_make(&z, CAUSAL, false, 1, &p);
        ((float *)tensor_data(p.k))[80 * z.D] = NAN;
        ck_assert(attn_kernel_find("tiled")->run(&p.a, &o, &err));
        const float *out = tensor_data(o.out);
        for (int64_t t = 0; t < z.T; t++) ck_assert_int_eq(isnan(out[t * z.Dv]) != 0, t >= 80);
        attn_out_clear(&o);
        problem_clear(&p);
    }
}
END_TEST

static const char *chosen_for(Sizes z, bool weights, bool f64) {
    Problem p;
    problem_make(&z, DENSE, false, 1, &p);
    p.a.want_weights = weights;
    p.a.f64 = f64;
    const char *name = attn_kernel_choose(&p.a)->name;
    problem_clear(&p);
    return name;
}

START_TEST(test_choice)
{
    ck_assert_str_eq(chosen_for((Sizes){1, 1, 1, 6, 6, 8, 8}, true, false), "narrow");
    ck_assert_str_eq(chosen_for((Sizes){1, 1, 1, 6, 6, 8, 8}, true, true), "naive");
    ck_assert_str_eq(chosen_for((Sizes){1, 1, 1, 200, 200, 8, 8}, true, false), "naive");
    ck_assert_str_eq(chosen_for((Sizes){1, 1, 1, 200, 200, 8, 8}, false, false), "tiled");
    ck_assert_str_eq(chosen_for((Sizes){1, 4, 1, 1, 200, 8, 8}, false, false), "decode");
    ck_assert_ptr_null(attn_kernel_find("fastest"));
}
END_TEST

START_TEST(test_refusal_says_why)
{
    Sizes z = {1, 1, 1, 40, 40, 8, 8};
    Problem p;
    AttnOut o = {0};
    Err err = {0};
    problem_make(&z, DENSE, false, 1, &p);
    p.a.want_weights = true;
    ck_assert(!attn_kernel_find("tiled")->run(&p.a, &o, &err));
    ck_assert_str_eq(err.msg,
                     "attention: kernel \"tiled\" does not do these operands or this result");
    err_clear(&err);
    p.a.v = p.q;
    p.a.k = p.mask = tensor_view_raw(p.q, 2, (int64_t[]){40, 7}, (int64_t[]){8, 1}, 0);
    ck_assert(!attn_run(&p.a, &o, &err));
    ck_assert_int_eq(err.kind, ERR_RUNTIME);
    err_clear(&err);
    problem_clear(&p);
}
END_TEST

int main(void) {
    Suite *s = suite_create("kernel");
    TCase *c = tcase_create("kernels");
    tcase_set_timeout(c, 120);
    tcase_add_loop_test(c, test_patterns, 0, 3 * PATTERN_COUNT);
    tcase_add_loop_test(c, test_random_shapes, 0, 3);
    tcase_add_test(c, test_wrong_weights_are_seen);
    tcase_add_test(c, test_width_is_forced);
    tcase_add_test(c, test_threads_do_not_matter);
    tcase_add_test(c, test_interrupt_stops);
    tcase_add_test(c, test_large_scores);
    tcase_add_test(c, test_nan_spreads);
    tcase_add_test(c, test_choice);
    tcase_add_test(c, test_refusal_says_why);
    suite_add_tcase(s, c);
    return check_tap(s);
}
