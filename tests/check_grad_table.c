/* The gradient of every differentiable row against central differences in float64, by looping the
 * table: a row with a vjp and without samples fails. The same samples run in place, and in place
 * through a view, where the row can. */
#include "config.h"

#include "check_tap.h"
#include "grad_case.h"

#include <math.h>

#include "grad/ops.h"
#include "grad/tape.h"
#include "rng/rng.h"
#include "tensor/copy.h"
#include "tensor/join.h"

static void put_input(Case *k, int i, Tensor *t) {
    k->in[i] = t;
    if (i < OP_MAX_IN) k->call.in[i] = t;
}

/* ---- running ----------------------------------------------------------------------- */

static bool run(const Case *k, Tensor **out) {
    Err err = {0};
    rng_seed(rng_default(), 5);
    bool ok = op_apply(&k->call, out, &err);
    if (!ok) ck_abort_msg("%s(%s): %s", k->call.op->name, k->text, err.msg);
    return ok;
}

/* What output number i is weighted with: fixed, uneven. */
static Tensor *seed_for(const Tensor *t, int i) {
    Err err = {0};
    Tensor *seed = NULL;
    no_error(tensor_empty((DType)t->dtype, t->ndim, t->shape, &seed, &err), &err, "seed");
    uint32_t kept = noise;
    noise = 1000u + (uint32_t)i;
    fill(seed, ' ', 1);
    noise = kept;
    return seed;
}

static double dot(const Tensor *t, const Tensor *seed) {
    Err err = {0};
    Tensor *a = NULL;
    no_error(tensor_clone_contiguous(t, (DType)t->dtype, &a, &err), &err, "copy");
    int64_t n = tensor_numel(t) * (t->dtype == DT_C64 ? 2 : 1);
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += t->dtype == DT_F64
                   ? ((double *)tensor_data(a))[i] * ((double *)tensor_data(seed))[i]
                   : (double)((float *)tensor_data(a))[i] * (double)((float *)tensor_data(seed))[i];
    tensor_release(a);
    return sum;
}

static bool seeded(const Tensor *t) {
    return t && t->dtype >= DT_F32;
}

/* Sum over the outputs of output . seed. */
static double weighted_sum(const Case *k) {
    Tensor *out[MAX_PIECES] = {0};
    double sum = 0;
    bool was = grad_mode_set(false);
    run(k, out);
    grad_mode_set(was);
    for (int i = 0; i < op_nout(&k->call); i++) {
        if (seeded(out[i])) {
            Tensor *seed = seed_for(out[i], i);
            sum += dot(out[i], seed);
            tensor_release(seed);
        }
        tensor_release(out[i]);
    }
    return sum;
}

/* backward() of the same sum; gradients land in the leaves. */
static void backward(const Case *k, Tensor **out, int nout) {
    Err err = {0};
    Tensor *ts[MAX_PIECES] = {0}, *seeds[MAX_PIECES] = {0};
    int n = 0;
    for (int i = 0; i < nout; i++) {
        if (!seeded(out[i])) continue;
        ck_assert_msg(grad_requires(out[i]), "%s(%s): output %d has no grad_fn", k->call.op->name,
                      k->text, i);
        ts[n] = out[i];
        seeds[n++] = seed_for(out[i], i);
    }
    no_error(grad_backward(n, ts, seeds, false, &err), &err, k->text);
    for (int i = 0; i < n; i++) tensor_release(seeds[i]);
}

static void want_gradients(Case *k) {
    Err err = {0};
    for (int i = 0; i < k->call.nin; i++)
        if (k->wants[i]) no_error(grad_requires_set(k->in[i], true, &err), &err, "leaf");
}

/* Component `at` of a tensor in row-major order (of a complex one: re, im, re, ...). */
static double component(const Tensor *t, int64_t at, const double *set) {
    int64_t index[TENSOR_MAX_DIM], part = 0, rest = at, offset = 0;
    if (t->dtype == DT_C64) {
        part = at % 2;
        rest = at / 2;
    }
    for (int d = t->ndim - 1; d >= 0; d--) {
        index[d] = rest % t->shape[d];
        rest /= t->shape[d];
        offset += index[d] * t->stride[d];
    }
    if (t->dtype == DT_F64) {
        double *p = (double *)tensor_data(t) + offset, old = *p;
        if (set) *p = *set;
        return old;
    }
    float *p = (float *)tensor_data(t) + (t->dtype == DT_C64 ? 2 * offset + part : offset);
    double old = (double)*p;
    if (set) *p = (float)*set;
    return old;
}

/* An input whose elements share memory is differenced through a dense copy. */
static void make_dense(Case *k, int i) {
    Err err = {0};
    Tensor *t = k->in[i], *copy = NULL;
    bool shared = false;
    for (int d = 0; d < t->ndim; d++) shared |= t->stride[d] == 0 && t->shape[d] > 1;
    if (!shared) return;
    no_error(tensor_clone_contiguous(t, (DType)t->dtype, &copy, &err), &err, "copy");
    tensor_release(t);
    put_input(k, i, copy);
}

/* The place across the diagonal of the last two dims. */
static int64_t mirrored(const Tensor *x, int64_t at) {
    int64_t n = x->shape[x->ndim - 1], block = at / (n * n) * n * n, row = at / n % n;
    return block + at % n * n + row;
}

/* Adds `by` to a component; of a symmetric matrix half of it each to the two that are one. */
static void nudge(const Case *k, const Tensor *x, int64_t at, double by) {
    int64_t other = at;
    if (k->symmetric) other = mirrored(x, at);
    double to = component(x, at, NULL) + by / 2;
    component(x, at, &to);
    to = component(x, other, NULL) + by / 2;
    component(x, other, &to);
}

static void compare_input(Case *k, int i, const Tensor *grad) {
    bool single = false;
    for (int j = 0; j < k->call.nin; j++)
        single |= k->in[j] && (k->in[j]->dtype == DT_F32 || k->in[j]->dtype == DT_C64);
    single |= k->call.dtype == DT_F32;
    double eps = single ? 4e-3 : 1e-5, tolerance = single ? 1e-2 : 2e-6;
    make_dense(k, i);
    Tensor *x = k->in[i];
    int64_t n = tensor_numel(x) * (x->dtype == DT_C64 ? 2 : 1);
    for (int64_t at = 0; at < n; at++) {
        double old = component(x, at, NULL);
        nudge(k, x, at, eps);
        double above = weighted_sum(k);
        nudge(k, x, at, -2 * eps);
        double below = weighted_sum(k);
        nudge(k, x, at, eps);
        component(x, at, &old);
        double want = (above - below) / (2 * eps), got = component(grad, at, NULL);
        if (k->symmetric) got = (got + component(grad, mirrored(x, at), NULL)) / 2;
        ck_assert_msg(fabs(want - got) <= tolerance * (1 + fabs(want)),
                      "%s(%s): d input %d [%d]: by differences %.9g, by vjp %.9g", k->call.op->name,
                      k->text, i, (int)at, want, got);
    }
}

static void check_fresh(const OpDef *op, const char *text) {
    Case k;
    Tensor *out[MAX_PIECES] = {0};
    case_read(&k, op, text);
    want_gradients(&k);
    run(&k, out);
    int nout = op_nout(&k.call);
    backward(&k, out, nout);
    for (int i = 0; i < nout; i++) tensor_release(out[i]);
    for (int i = 0; i < k.call.nin; i++) {
        if (!k.wants[i]) continue;
        Tensor *g = grad_of(k.in[i]), *x = k.in[i];
        ck_assert_msg(g != NULL, "%s(%s): input %d got no gradient", op->name, text, i);
        ck_assert_msg(tensor_same_shape(g, x) && g->dtype == x->dtype,
                      "%s(%s): the gradient of input %d has another shape", op->name, text, i);
        tensor_retain(g);
        compare_input(&k, i, g);
        tensor_release(g);
    }
    case_clear(&k);
    ck_assert_int_eq(grad_live_nodes(), 0);
}

START_TEST(every_row_by_differences)
{
    const OpDef *op = op_table[_i];
    Sample text;
    for (const char *at = op->samples; next_sample(&at, text);) check_fresh(op, text);
    ck_assert_msg(!op->vjp || op->samples, "row %s has a gradient and no samples", op->name);
    ck_assert_msg(op->doc && *op->doc, "row %s has no doc", op->name);
    ck_assert_msg(op_find(op->name) == op, "row %s is not found by its name", op->name);
}
END_TEST

/* ---- in place ---------------------------------------------------------------------- */

/* y = x * 1 (so that y is no leaf) as a row of its own, or as slice [1] of a larger tensor
 * when through_view; `base` gets what must be backpropagated from. */
static Tensor *writable(Tensor *x, bool through_view, Tensor **base) {
    Err err = {0};
    Tensor *one = NULL, *y = NULL, *part = NULL, *pair = NULL;
    no_error(tensor_number_f64(1, &one, &err), &err, "one");
    if (!through_view) {
        no_error(op_mul(x, one, &y, &err), &err, "mul");
        *base = tensor_retain(y);
    } else {
        no_error(op_stack(2, (Tensor *[]){x, x}, 0, &pair, &err), &err, "stack");
        no_error(op_mul(pair, one, &part, &err), &err, "mul");
        no_error(op_select(part, 0, 1, &y, &err), &err, "select");
        *base = part;
        tensor_release(pair);
    }
    tensor_release(one);
    return y;
}

/* The gradients of the in-place form, of y and through a view of the base, must equal those of
 * the plain form (through the view: plus the seed of the half that was not written). */
static void check_inplace(const OpDef *op, const char *text, bool through_view) {
    Err err = {0};
    Case plain, k;
    Tensor *out = NULL, *base = NULL;
    case_read(&plain, op, text);
    case_read(&k, op, text);
    want_gradients(&plain);
    want_gradients(&k);
    run(&plain, &out);
    bool fits = k.wants[0] && tensor_same_shape(out, k.in[0]) && out->dtype == k.in[0]->dtype &&
                !(op->flags & OPDEF_VIEW);
    if (fits) {
        Tensor *x = tensor_retain(k.in[0]), *seed = NULL, *half = NULL;
        tensor_release(k.in[0]);
        put_input(&k, 0, writable(x, through_view, &base));
        k.call.inplace = true;
        run(&k, NULL);
        backward(&plain, &out, 1);
        ck_assert(grad_requires(k.in[0]));
        if (through_view) ck_assert_str_eq(grad_fn_name(base), "CopySlices");
        seed = seed_for(out, 0);
        if (through_view) {
            no_error(tensor_stack(2, (Tensor *[]){seed, seed}, 0, &half, &err), &err, "stack");
            tensor_release(seed);
            seed = half;
        }
        no_error(grad_backward(1, &base, &seed, false, &err), &err, text);
        for (int i = 0; i < k.call.nin; i++) {
            if (!plain.wants[i]) continue;
            Tensor *a = grad_of(plain.in[i]), *b = grad_of(i == 0 ? x : k.in[i]);
            ck_assert_msg(a && b, "%s_(%s): no gradient for input %d", op->name, text, i);
            int64_t n = tensor_numel(a) * (a->dtype == DT_C64 ? 2 : 1);
            for (int64_t at = 0; at < n; at++) {
                double want = component(a, at, NULL), got = component(b, at, NULL);
                if (i == 0 && through_view) want += component(seed, at, NULL);
                ck_assert_msg(fabs(want - got) <= 1e-5 * (1 + fabs(want)),
                              "%s_(%s)%s: d input %d [%d]: %.9g plain, %.9g in place", op->name,
                              text, through_view ? " in a view" : "", i, (int)at, want, got);
            }
        }
        tensor_release(seed);
        tensor_release(base);
        tensor_release(x);
    }
    tensor_release(out);
    case_clear(&plain);
    case_clear(&k);
    ck_assert_int_eq(grad_live_nodes(), 0);
}

START_TEST(every_row_in_place)
{
    const OpDef *op = op_table[_i];
    if (!op->vjp || op->nout > 1) return;
    Sample text;
    for (const char *at = op->samples; next_sample(&at, text);) {
        if (strchr(text, 'o') || strchr(text, '^')) continue;
        check_inplace(op, text, false);
        check_inplace(op, text, true);
    }
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("grad_table");
    TCase *t = tcase_create("rows");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, every_row_by_differences, 0, op_table_len);
    tcase_add_loop_test(t, every_row_in_place, 0, op_table_len);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return check_tap(suite());
}
