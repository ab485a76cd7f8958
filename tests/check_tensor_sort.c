/* Order, counts and running functions against PyTorch (tests/refs/sort.txt, made by
 * sort.py beside it).
 */
#include "config.h"

#include <ctype.h>
#include <math.h>

#include "check_tap.h"
#include "tensor/create.h"
#include "tensor/sort.h"
#include "tensor/view.h"

static Err err;

typedef struct Case {
    const char *text;
    char op[32];
    double p[3];
    Tensor *t;
    char *results; /* where the results begin in the line */
    Tensor *out[3];
} Case;

/* Numbers up to the next ':' or the end; returns how many. *p is moved behind it. */
static int numbers(char **p, double *v, int max) {
    int n = 0;
    for (;;) {
        while (isspace((unsigned char)**p)) (*p)++;
        if (**p == ':' || !**p) break;
        char *end;
        double x = strtod(*p, &end);
        ck_assert_msg(end != *p && n < max, "bad number at %s", *p);
        v[n++] = x;
        *p = end;
    }
    if (**p) (*p)++;
    return n;
}

static void parse(Case *c, char *line) {
    int at;
    double sizes[8], v[1000];
    char type;
    int64_t shape[8];
    ck_assert_int_eq(
        sscanf(line, "%31s %lf %lf %lf : %c%n", c->op, &c->p[0], &c->p[1], &c->p[2], &type, &at),
        5);
    char *p = line + at;
    int ndim = numbers(&p, sizes, 8), n = numbers(&p, v, 1000);
    for (int d = 0; d < ndim; d++) shape[d] = (int64_t)sizes[d];
    DType dt = type == 'f' ? DT_F32 : type == 'd' ? DT_F64 : DT_I64;
    ck_assert(tensor_empty(dt, ndim, shape, &c->t, &err));
    ck_assert_int_eq(tensor_numel(c->t), n);
    for (int i = 0; i < n; i++) {
        if (dt == DT_F32) ((float *)tensor_data(c->t))[i] = (float)v[i];
        if (dt == DT_F64) ((double *)tensor_data(c->t))[i] = v[i];
        if (dt == DT_I64) ((int64_t *)tensor_data(c->t))[i] = (int64_t)v[i];
    }
    c->results = p;
}

/* p[1] elements of t are the sequence, the others are looked up. */
static bool search(Case *c) {
    Tensor *seq = NULL, *vals = NULL;
    int64_t n = (int64_t)c->p[1];
    ck_assert(tensor_narrow(c->t, 0, 0, n, &seq, &err));
    ck_assert(tensor_narrow(c->t, 0, n, c->t->shape[0] - n, &vals, &err));
    bool ok = tensor_searchsorted(seq, vals, c->p[0] != 0, &c->out[0], &err);
    tensor_release(seq);
    tensor_release(vals);
    return ok;
}

static bool run(Case *c) {
    const Tensor *t = c->t;
    Tensor **a = &c->out[0], **b = &c->out[1], **k = &c->out[2];
    int d0 = (int)c->p[0], d1 = (int)c->p[1];
#define IS(name) (strcmp(c->op, name) == 0)
    if (IS("sort")) return tensor_sort(t, d0, c->p[1] != 0, a, b, &err);
    if (IS("cumsum")) return tensor_cumsum(t, d0, a, &err);
    if (IS("cumprod")) return tensor_cumprod(t, d0, a, &err);
    if (IS("cummax")) return tensor_cummax(t, d0, a, b, &err);
    if (IS("cummin")) return tensor_cummin(t, d0, a, b, &err);
    if (IS("mode")) return tensor_mode(t, d0, false, a, b, &err);
    if (IS("median_values")) return tensor_median(t, d0, false, a, NULL, &err);
    if (IS("median")) return tensor_median(t, d0, false, a, b, &err);
    if (IS("median_all")) return tensor_median_all(t, a, &err);
    if (IS("unique")) return tensor_unique(t, a, b, k, &err);
    if (IS("unique_consecutive")) return tensor_unique_consecutive(t, a, b, k, &err);
    if (IS("topk")) return tensor_topk(t, d0, d1, c->p[2] != 0, a, b, &err);
    if (IS("kthvalue")) return tensor_kthvalue(t, d0, d1, false, a, b, &err);
    if (IS("bincount")) return tensor_bincount(t, NULL, d0, a, &err);
    if (IS("histc")) return tensor_histc(t, d0, c->p[1], c->p[2], a, &err);
    if (IS("searchsorted")) return search(c);
#undef IS
    ck_abort_msg("no operation %s", c->op);
}

static double element(const Tensor *t, int64_t i) {
    if (t->dtype == DT_I64) return (double)((int64_t *)tensor_data(t))[i];
    return t->dtype == DT_F32 ? ((float *)tensor_data(t))[i] : ((double *)tensor_data(t))[i];
}

static void compare(const Case *c, int which, char **p) {
    double want[1000];
    int n = numbers(p, want, 1000);
    const Tensor *t = c->out[which];
    ck_assert_msg(t && tensor_numel(t) == n, "result %d has %lld elements, wanted %d: %s", which,
                  t ? (long long)tensor_numel(t) : -1, n, c->text);
    for (int i = 0; i < n; i++) {
        double got = element(t, i);
        bool same = got == (t->dtype == DT_F32 ? (float)want[i] : want[i]) ||
                    (isnan(got) && isnan(want[i]));
        ck_assert_msg(same, "result %d, element %d: wanted %.17g, got %.17g: %s", which, i, want[i],
                      got, c->text);
    }
}

START_TEST(as_torch)
{
    Str path = STR_INIT;
    const char *top = getenv("abs_top_srcdir");
    str_printf(&path, "%s/tests/refs/sort.txt", top ? top : ".");
    FILE *f = fopen(str_cstr(&path), "r");
    ck_assert_msg(f != NULL, "cannot open %s", str_cstr(&path));
    char *line = NULL;
    size_t cap = 0;
    int lines = 0;
    for (; getline(&line, &cap, f) >= 0; lines++) {
        Case c = {.text = line};
        parse(&c, line);
        ck_assert_msg(run(&c), "%s: %s", c.op, err.msg);
        char *p = c.results;
        for (int i = 0; i < 3 && c.out[i] && *p; i++) compare(&c, i, &p);
        ck_assert_msg(*p == '\0', "results left over: %s", p);
        tensor_release(c.t);
        for (int i = 0; i < 3; i++) tensor_release(c.out[i]);
    }
    ck_assert_int_ge(lines, 150);
    free(line);
    fclose(f);
    str_clear(&path);
}
END_TEST

START_TEST(large_sort_is_stable)
{
    Tensor *t = NULL, *v = NULL, *i = NULL;
    int64_t n = 10007;
    ck_assert(tensor_empty(DT_I32, 1, &n, &t, &err));
    for (int64_t j = 0; j < n; j++) ((int32_t *)tensor_data(t))[j] = (int32_t)(j * 7919 % 101) - 50;
    ck_assert(tensor_sort(t, 0, false, &v, &i, &err));
    const int32_t *x = tensor_data(v);
    const int64_t *at = tensor_data(i);
    for (int64_t j = 1; j < n; j++) {
        ck_assert(x[j - 1] < x[j] || (x[j - 1] == x[j] && at[j - 1] < at[j]));
        ck_assert(((int32_t *)tensor_data(t))[at[j]] == x[j]);
    }
    tensor_release(t);
    tensor_release(v);
    tensor_release(i);
}
END_TEST

START_TEST(keepdim_and_strides)
{
    Tensor *t = NULL, *base = NULL, *v = NULL, *i = NULL;
    ck_assert(tensor_arange_i64(DT_I64, 0, 6, 1, &base, &err));
    t = tensor_view_raw(base, 2, (int64_t[]){3, 2}, (int64_t[]){1, 3}, 0);
    ck_assert(tensor_kthvalue(t, 1, 0, true, &v, &i, &err));
    ck_assert(v->ndim == 2 && v->shape[0] == 1 && v->shape[1] == 2);
    ck_assert(((int64_t *)tensor_data(v))[1] == 3 && ((int64_t *)tensor_data(i))[1] == 0);
    tensor_release(v);
    tensor_release(i);
    tensor_release(t);
    tensor_release(base);
}
END_TEST

/* A 0-dim tensor has one line of one element, and topk gives it even for k = 0. */
START_TEST(scalars)
{
    Tensor *t = NULL, *v = NULL, *i = NULL;
    ck_assert(tensor_scalar_f64(DT_F32, 3, &t, &err));
    for (int64_t k = 0; k <= 1; k++) {
        ck_assert(tensor_topk(t, k, 0, true, &v, &i, &err));
        ck_assert(v->ndim == 0 && *(float *)tensor_data(v) == 3 && *(int64_t *)tensor_data(i) == 0);
        tensor_release(v);
        tensor_release(i);
    }
    ck_assert(tensor_cumsum(t, 0, &v, &err));
    ck_assert(v->ndim == 0 && *(float *)tensor_data(v) == 3);
    tensor_release(v);
    tensor_release(t);
}
END_TEST

START_TEST(weights_and_errors)
{
    Tensor *ids = NULL, *w = NULL, *out = NULL;
    int64_t n = 3, id[] = {0, 2, 2};
    float weight[] = {0.5F, 1, 2};
    ck_assert(tensor_from(DT_I64, 1, &n, id, &ids, &err));
    ck_assert(tensor_from(DT_F32, 1, &n, weight, &w, &err));
    ck_assert(tensor_bincount(ids, w, 0, &out, &err));
    ck_assert(out->dtype == DT_F32 && ((float *)tensor_data(out))[2] == 3);
    tensor_release(out);
    out = NULL;
    ck_assert(!tensor_bincount(w, NULL, 0, &out, &err));
    ck_assert_str_eq(err.msg, "\"bincount_cpu\" not implemented for 'Float'");
    err_clear(&err);
    ck_assert(!tensor_topk(ids, 4, 0, true, &out, NULL, &err));
    ck_assert_str_eq(err.msg, "selected index k out of range");
    err_clear(&err);
    ck_assert(!tensor_histc(ids, 3, 0, 0, &out, &err));
    ck_assert_str_eq(err.msg, "\"histogram_cpu\" not implemented for 'Long'");
    err_clear(&err);
    ck_assert(out == NULL);
    tensor_release(ids);
    tensor_release(w);
}
END_TEST

int main(void) {
    Suite *s = suite_create("tensor_sort");
    TCase *tc = tcase_create("order");
    tcase_add_test(tc, as_torch);
    tcase_add_test(tc, large_sort_is_stable);
    tcase_add_test(tc, keepdim_and_strides);
    tcase_add_test(tc, scalars);
    tcase_add_test(tc, weights_and_errors);
    suite_add_tcase(s, tc);
    return check_tap(s);
}
