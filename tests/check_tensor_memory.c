/* tensor: when memory runs out at any allocation, and when Ctrl-C arrives in any kernel, an
 * operation fails cleanly: an error, no output, no leak. */
#include "config.h"

#include "check_tensor.h"
#include "tensor/copy.h"
#include "tensor/create.h"
#include "tensor/index.h"
#include "tensor/join.h"
#include "tensor/pointwise.h"
#include "tensor/reduce.h"
#include "tensor/view.h"

/* Operands that every step below takes what it needs from. */
typedef struct World {
    Tensor *x, *t, *i, *m, *v; /* (4, 6), its transpose, indices (4, 1), mask (4, 6), number */
} World;

#define DIM(d)                                                                                     \
    (int64_t[]) {                                                                                  \
        d                                                                                          \
    }
static IndexItem at(Tensor *t) {
    return (IndexItem){.kind = IDX_TENSOR, .tensor = t};
}

typedef bool Step(World *w, Tensor **out);
#define STEP(name, call)                                                                           \
    static bool name(World *w, Tensor **out) {                                                     \
        return call;                                                                               \
    }
STEP(do_unary, tensor_unary(UN_EXP, w->t, out, &err))
STEP(do_binary, tensor_binary(BIN_ADD, w->x, w->v, out, &err))
STEP(do_where, tensor_where(w->m, w->x, w->v, out, &err))
STEP(do_clone, tensor_clone(w->t, out, &err))
STEP(do_contiguous, tensor_contiguous(w->t, out, &err))
STEP(do_cast, tensor_cast(w->t, DT_F16, out, &err))
STEP(do_reshape, tensor_reshape(w->t, 1, DIM(-1), out, &err))
STEP(do_sum, tensor_reduce(RED_SUM, w->x, 1, DIM(0), true, out, &err))
STEP(do_lse, tensor_reduce(RED_LOGSUMEXP, w->x, 1, DIM(1), false, out, &err))
STEP(do_std, tensor_std(w->x, 1, DIM(1), 1, false, out, &err))
STEP(do_argmax, tensor_argmax(w->t, DIM(0), true, out, &err))
STEP(do_softmax, tensor_softmax(w->t, 0, DT_F64, out, &err))
STEP(do_log_softmax, tensor_log_softmax(w->x, 1, DT_COUNT, out, &err))
STEP(do_sum_to, tensor_sum_to(w->x, 1, DIM(6), out, &err))
STEP(do_cat, tensor_cat(2, (Tensor *[]){w->x, w->x}, 1, out, &err))
STEP(do_stack, tensor_stack(2, (Tensor *[]){w->x, w->x}, 1, out, &err))
STEP(do_repeat, tensor_repeat(w->x, S(2, 2), out, &err))
STEP(do_each, tensor_repeat_interleave_each(w->x, w->v, DIM(0), out, &err))
STEP(do_roll, tensor_roll(w->x, S(1, 2), (int64_t[]){0, 1}, out, &err))
STEP(do_flip, tensor_flip(w->x, S(0, 1), out, &err))
STEP(do_tril, tensor_tril(w->t, 0, out, &err))
STEP(do_diag, tensor_diag(w->x, 0, out, &err))
STEP(do_pad, tensor_pad(w->x, 1, (int64_t[]){-1, 2}, 0, out, &err))
STEP(do_select, tensor_index_select(w->t, 1, w->v, out, &err))
STEP(do_gather, tensor_gather(w->x, 1, w->i, out, &err))
STEP(do_take, tensor_take(w->t, w->i, out, &err))
STEP(do_fill, tensor_masked_fill(w->t, w->v, w->v, out, &err))
STEP(do_masked, tensor_masked_select(w->x, w->m, out, &err))
STEP(do_nonzero, tensor_nonzero(w->m, out, &err))
STEP(do_one_hot, tensor_one_hot(w->i, -1, out, &err))
STEP(do_embedding, tensor_embedding(w->t, w->i, out, &err))
STEP(do_get, tensor_index_get(w->x, 2, (IndexItem[]){at(w->i), at(w->v)}, out, &err))
STEP(do_get_mask, tensor_index_get(w->x, 1, (IndexItem[]){at(w->m)}, out, &err))
STEP(do_isclose, tensor_isclose(w->x, w->x, 0, 0, false, out, &err))

/* In place: the result is the target, a copy made for the occasion. */
#define WRITES(name, call)                                                                         \
    static bool name(World *w, Tensor **out) {                                                     \
        Tensor *y = NULL;                                                                          \
        bool ok = tensor_clone(w->x, &y, &err) && (call);                                          \
        if (ok)                                                                                    \
            *out = y;                                                                              \
        else                                                                                       \
            tensor_release(y);                                                                     \
        return ok;                                                                                 \
    }
WRITES(do_scatter, tensor_scatter_(y, 1, w->i, w->x, SCATTER_ADD, &err))
WRITES(do_masked_scatter, tensor_masked_scatter_(y, w->m, w->x, &err))
WRITES(do_put, tensor_index_put_(y, 1, (IndexItem[]){at(w->i)}, w->v, false, &err))
WRITES(do_put_mask, tensor_index_put_(y, 1, (IndexItem[]){at(w->m)}, w->v, true, &err))
WRITES(do_index_add, tensor_index_add_(y, 0, w->i, w->x, 1, &err))

static Step *const steps[] = {
    do_unary,       do_binary,   do_where,    do_clone,   do_contiguous, do_cast,
    do_reshape,     do_sum,      do_lse,      do_std,     do_argmax,     do_softmax,
    do_log_softmax, do_sum_to,   do_cat,      do_stack,   do_repeat,     do_each,
    do_roll,        do_flip,     do_tril,     do_diag,    do_pad,        do_select,
    do_gather,      do_take,     do_fill,     do_masked,  do_nonzero,    do_one_hot,
    do_embedding,   do_get,      do_get_mask, do_isclose, do_scatter,    do_masked_scatter,
    do_put,         do_put_mask, do_index_add};

static World w;

static void setup(void) {
    w.x = counting(DT_F32, S(4, 6));
    OK(tensor_t(w.x, &w.t, &err));
    w.i = T(DT_I64, S(4, 1), 1, 0, 3, 1);
    OK(tensor_binary_i64(BIN_GT, w.x, 11, false, &w.m, &err));
    w.v = T(DT_I64, S(1), 1);
    drop(&w.v);
    OK(tensor_number_i64(1, &w.v, &err));
}

static void teardown(void) {
    drop(&w.x), drop(&w.t), drop(&w.i), drop(&w.m), drop(&w.v);
    ck_assert_uint_eq(tensor_memory_used(), 0);
}

/* Tensor structs must come from the pool here: where there is none (under the address sanitizer),
 * their small allocations would end the process, as documented. */
#if !defined(__SANITIZE_ADDRESS__)
START_TEST(memory_out_at_every_allocation)
{
    Tensor *warm[64], *out = NULL;
    for (int k = 0; k < 64; k++) warm[k] = scalar_of(DT_F32, 0);
    for (int k = 0; k < 64; k++) drop(&warm[k]);
    size_t before = tensor_memory_used();
    bool ok = false;
    for (long n = 1; !ok; n++) {
        mem_fail_after(n);
        ok = steps[_i](&w, &out);
        mem_fail_after(0);
        if (!ok) {
            ck_assert_msg(err.kind == ERR_MEMORY, "step %d, allocation %ld: %s: %s", _i, n,
                          err_kind_name(err.kind), err.msg ? err.msg : "");
            ck_assert_ptr_null(out);
            err_clear(&err);
        } else {
            drop(&out);
        }
        ck_assert_msg(tensor_memory_used() == before, "step %d leaks at allocation %ld", _i, n);
        ck_assert_int_lt(n, 60);
    }
}
END_TEST
#endif

/* Operands big enough that every kernel looks at the flag: each call must end early or well, and
 * take what it made back. */
START_TEST(interrupts_leave_nothing_behind)
{
    Tensor *big = NULL, *mask = NULL, *out = NULL, *idx = NULL;
    OK(tensor_zeros(DT_F32, S(1500, 1500), &big, &err));
    OK(tensor_zeros(DT_BOOL, S(1500, 1500), &mask, &err));
    size_t before = tensor_memory_used();
    for (int k = 0; k < 8; k++) {
        bool ok = false;
        interrupt_pending = 1;
        switch (k) {
        case 0:
            ok = tensor_binary(BIN_ADD, big, big, &out, &err);
            break;
        case 1:
            ok = tensor_reduce(RED_SUM, big, 0, NULL, false, &out, &err);
            break;
        case 2:
            ok = tensor_reduce(RED_SUM, big, 1, DIM(0), false, &out, &err);
            break;
        case 3:
            ok = tensor_softmax(big, 0, DT_COUNT, &out, &err);
            break;
        case 4:
            ok = tensor_max_dim(big, 1, false, &out, &idx, &err);
            break;
        case 5:
            ok = tensor_clone(big, &out, &err);
            break;
        case 6:
            ok = tensor_masked_fill_(big, mask, w.v, &err);
            break;
        default:
            ok = tensor_arange_f64(DT_F32, 0, 3e6, 1, &out, &err);
            break;
        }
        interrupt_pending = 0;
        ck_assert_msg(!ok && err.kind == ERR_INTERRUPT, "operation %d was not interrupted", k);
        err_clear(&err);
        ck_assert_ptr_null(out);
        ck_assert_uint_eq(tensor_memory_used(), before);
    }
    drop(&big), drop(&mask);
}
END_TEST

TCase *memory_tests(void) {
    TCase *t = tcase_create("memory");
    tcase_add_checked_fixture(t, setup, teardown);
#if !defined(__SANITIZE_ADDRESS__)
    tcase_add_loop_test(t, memory_out_at_every_allocation, 0, (int)ARRAY_LEN(steps));
#else
    UNUSED(steps);
#endif
    tcase_add_test(t, interrupts_leave_nothing_behind);
    return t;
}
