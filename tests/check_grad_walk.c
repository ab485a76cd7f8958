/* Every sample of every row with one operand that does not fit: of another length, rank, dtype,
 * without elements, not contiguous, or another operand itself; with other attributes too. The op
 * answers with a value or an error, and so does its gradient; under the sanitizers nothing is read
 * or written beyond an operand. */
#include "config.h"

#include "check_tap.h"

#include "grad/tape.h"
#include "grad_case.h"
#include "tensor/copy.h"

enum { TENSORS = 40, NUMBERS = 12 };

static Tensor *make(DType dt, int ndim, const int64_t *shape) {
    Tensor *t = NULL;
    Err err = {0};
    no_error(tensor_zeros(dt, ndim, shape, &t, &err), &err, "operand");
    return t;
}

/* t's values in the same shape, each dim of stride other than it would be. */
static Tensor *strided(const Tensor *t) {
    Tensor *wide = NULL, *narrow = NULL;
    Err err = {0};
    int64_t shape[TENSOR_MAX_DIM];
    for (int d = 0; d < t->ndim; d++) shape[d] = t->shape[d] * 2;
    wide = make((DType)t->dtype, t->ndim, shape);
    for (int d = 0; d < t->ndim; d++) {
        no_error(tensor_slice(wide, d, 1, shape[d], 2, &narrow, &err), &err, "slice");
        tensor_release(wide);
        wide = narrow;
    }
    return wide;
}

/* Variant number v of operand t (NULL: absent in the sample); NULL: there is no such one. What is
 * not optional stays there: an op's caller sees to that. */
static Tensor *variant(const Tensor *t, int v) {
    static const DType dtypes[] = {DT_F32, DT_F64, DT_I64, DT_I32, DT_U8, DT_BOOL, DT_F16, DT_C64};
    int64_t shape[TENSOR_MAX_DIM + 1] = {0};
    int ndim = t ? t->ndim : 0;
    DType dt = t ? (DType)t->dtype : DT_F64;
    if (t) memcpy(shape, t->shape, ndim * sizeof *shape);
    if (v < 8) {
        Tensor *cast = NULL;
        Err err = {0};
        if (!t) return make(dtypes[v], 1, (int64_t[]){3});
        no_error(tensor_cast(t, dtypes[v], &cast, &err), &err, "cast");
        return cast;
    }
    if (v == 8) return t ? strided(t) : NULL;
    if (v == 9) return make(dt, 0, NULL);
    if (v == 10) return make(dt, 1, (int64_t[]){0});
    if (v == 11) return make(dt, 1, (int64_t[]){7});
    if (v == 12) return make(dt, 3, (int64_t[]){2, 0, 3});
    if (v == 13) return make(dt, 2, (int64_t[]){5, 4});
    if (v == 14 && ndim < 6) { /* one more dim */
        memmove(shape + 1, shape, ndim * sizeof *shape);
        shape[0] = 2;
        return make(dt, ndim + 1, shape);
    }
    if (v == 15 && ndim) return make(dt, ndim - 1, shape + 1);
    v -= 16; /* one dim of another size */
    if (v < 0 || v / 3 >= ndim) return NULL;
    shape[v / 3] += v % 3 == 0 ? 1 : v % 3 == 1 ? -1 : -shape[v / 3];
    return shape[v / 3] < 0 ? NULL : make(dt, ndim, shape);
}

enum { EVERY_INPUT = -1 };

/* Runs the call, then the gradient of all that came out with respect to input `wanted`. */
static void run_call(Case *k, int wanted) {
    Tensor *out[MAX_PIECES] = {0};
    Err err = {0};
    for (int i = 0; i < k->call.nin; i++)
        if (k->in[i] && (i == wanted || wanted == EVERY_INPUT) &&
            dtype_is_float((DType)k->in[i]->dtype) && !grad_requires_set(k->in[i], true, &err))
            err_clear(&err);
    if (!op_apply(&k->call, out, &err)) {
        ck_assert_msg(err.msg != NULL, "%s(%s): fails without an error", k->call.op->name, k->text);
        err_clear(&err);
        return;
    }
    if (k->call.inplace) return;
    for (int i = 0; i < MAX_PIECES && i < op_nout(&k->call); i++) {
        Tensor *seed = NULL;
        Tensor *y = out[i];
        bool ok = true; /* an expanded view may be larger than the memory limit */
        if (y && grad_requires(y))
            ok = tensor_zeros((DType)y->dtype, y->ndim, y->shape, &seed, &err) &&
                 grad_backward(1, &y, &seed, true, &err);
        ck_assert_msg(!ok || !seed || wanted == EVERY_INPUT || grad_of(k->in[wanted]),
                      "%s(%s): input %d is left without a gradient, and without an error",
                      k->call.op->name, k->text, wanted);
        if (!ok) err_clear(&err);
        tensor_release(seed);
    }
    for (int i = 0; i < MAX_PIECES; i++) tensor_release(out[i]);
}

/* Operand i replaced by t (borrowed). */
static void replace(Case *k, int i, Tensor *t) {
    Tensor *old = k->in[i];
    k->in[i] = tensor_retain(t);
    tensor_release(old);
    if (i < OP_MAX_IN) k->call.in[i] = t;
}

static void try_operands(const OpDef *op, const char *text, bool inplace) {
    Case k;
    case_read(&k, op, text);
    int nin = k.call.nin;
    case_clear(&k);
    for (int i = 0; i < nin; i++) {
        for (int v = 0; v < TENSORS; v++) {
            case_read(&k, op, text);
            Tensor *t = variant(k.in[i], v);
            if (t) {
                k.call.inplace = inplace;
                replace(&k, i, t);
                run_call(&k, EVERY_INPUT);
            }
            tensor_release(t);
            case_clear(&k);
        }
        for (int j = 0; j < nin; j++) { /* the same tensor twice */
            case_read(&k, op, text);
            k.call.inplace = inplace;
            if (k.in[j] && k.in[i]) {
                replace(&k, i, k.in[j]);
                run_call(&k, EVERY_INPUT);
            }
            case_clear(&k);
        }
    }
}

/* A gradient for one operand alone: what only the others' gradients read is not kept. */
static void try_one_wanted(const OpDef *op, const char *text) {
    Case k;
    case_read(&k, op, text);
    int nin = k.call.nin;
    case_clear(&k);
    for (int wanted = 0; wanted < nin; wanted++) {
        case_read(&k, op, text);
        for (int i = 0; i < nin; i++) {
            Tensor *t = k.in[i] ? strided(k.in[i]) : NULL;
            if (t) replace(&k, i, t);
            tensor_release(t);
        }
        run_call(&k, wanted);
        case_clear(&k);
    }
}

static void try_attributes(const OpDef *op, const char *text) {
    static const int64_t numbers[NUMBERS] = {
        0, 1, -1, 2, -7, 100, 7, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN, INT64_MAX / 2};
    Case k;
    case_read(&k, op, text);
    int nint = k.call.nint;
    case_clear(&k);
    for (int i = 0; i < nint; i++)
        for (int v = 0; v < NUMBERS; v++) {
            case_read(&k, op, text);
            k.ints[i] = numbers[v];
            run_call(&k, EVERY_INPUT);
            case_clear(&k);
        }
}

START_TEST(every_row_with_operands_that_do_not_fit)
{
    const OpDef *op = op_table[_i];
    memory_limit_set(256 << 20);
    Sample text;
    for (const char *at = op->samples; next_sample(&at, text);) {
        try_operands(op, text, false);
        if (!(op->flags & OPDEF_MULTI)) try_operands(op, text, true);
        try_one_wanted(op, text);
        try_attributes(op, text);
    }
    ck_assert_int_eq(grad_live_nodes(), 0);
    ck_assert_int_eq((int64_t)tensor_memory_used(), 0);
}
END_TEST

int main(void) {
    Suite *s = suite_create("op walk");
    TCase *t = tcase_create("walk");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, every_row_with_operands_that_do_not_fit, 0, op_table_len);
    suite_add_tcase(s, t);
    return check_tap(s);
}
