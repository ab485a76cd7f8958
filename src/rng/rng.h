/* PyTorch's CPU generator: mt19937 and the exact way that each distribution
 * draws from it, so that manual_seed(s) gives the same numbers.
 *
 *     rng_seed(rng_default(), 123);
 *     tensor_rand(DT_F32, 2, (int64_t[]){2, 3}, rng_default(), &t, err);
 *
 * Elements are drawn in memory order (dimensions sorted by stride), as PyTorch's
 * iterator walks them; fresh tensors are contiguous, so in row order.
 */
#ifndef QKV_RNG_RNG_H
#define QKV_RNG_RNG_H

#include "base/mt19937.h"
#include "tensor/tensor.h"

typedef struct Rng {
    Mt19937 mt;
    uint64_t seed;
    bool has_normal; /* the second half of a Box-Muller pair waits in `normal` */
    double normal;
} Rng;

/* The process's generator; begins as a fresh torch.Generator() does, with seed 67280421310721
 * (PyTorch's own default one begins at random). */
Rng *rng_default(void);
void rng_seed(Rng *r, uint64_t seed); /* also drops a waiting normal */

uint32_t rng_u32(Rng *r);
uint64_t rng_u64(Rng *r);      /* two draws, the first one is the high half */
float rng_uniform_f32(Rng *r); /* [0, 1), 24 bits of one draw */
void rng_uniform_fill_f32(Rng *r, float *p, int64_t n); /* n times rng_uniform_f32, 5x as fast */
double rng_uniform_f64(Rng *r);                         /* [0, 1), 53 bits of two draws */
double rng_normal(Rng *r);                              /* Box-Muller in double, pairs cached */
uint64_t rng_below(Rng *r, uint64_t range);             /* random_(0, range): a draw modulo range */

/* ---- fill in place; t: any shape and strides; bumps its version -------------
 * ERR_RUNTIME with PyTorch's words for a dtype it does not draw or a bad parameter. */
bool tensor_uniform_(Tensor *t, double from, double to, Rng *r, Err *err);
/* Contiguous with 16 elements or more: blocks of 16 from uniforms; else rng_normal. */
bool tensor_normal_(Tensor *t, double mean, double std, Rng *r, Err *err);
bool tensor_random_(Tensor *t, int64_t low, int64_t high, Rng *r, Err *err); /* [low, high) */
bool tensor_exponential_(Tensor *t, double lambda, Rng *r, Err *err);
bool tensor_bernoulli_(Tensor *t, double p, Rng *r, Err *err);
/* p: floating, broadcasts to t. */
bool tensor_bernoulli_p_(Tensor *t, const Tensor *p, Rng *r, Err *err);

/* ---- fresh tensors ----------------------------------------------------------- */
bool tensor_rand(DType dt, int ndim, const int64_t *shape, Rng *r, Tensor **out, Err *err);
bool tensor_randn(DType dt, int ndim, const int64_t *shape, Rng *r, Tensor **out, Err *err);
bool tensor_randint(int64_t low, int64_t high, DType dt, int ndim, const int64_t *shape, Rng *r,
                    Tensor **out, Err *err);
bool tensor_randperm(int64_t n, DType dt, Rng *r, Tensor **out, Err *err);
/* p: (C,) or (N, C) weights, floating; out: (n,) or (N, n) int64. */
bool tensor_multinomial(const Tensor *p, int64_t n, bool replacement, Rng *r, Tensor **out,
                        Err *err);

/* ---- state: a uint8 tensor of 5056 bytes in PyTorch's layout ------------------ */
bool rng_get_state(const Rng *r, Tensor **out, Err *err);
bool rng_set_state(Rng *r, const Tensor *state, Err *err);

#endif
