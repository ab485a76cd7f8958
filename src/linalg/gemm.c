/* Products on raw memory. Large float ones go to OpenBLAS; small ones (and all of
 * them when there is no library) to tiles of 4 to 8 rows by 2 vectors that stay in
 * registers.
 *
 * Every element of C is summed over k in rising order, whatever the vector width.
 * Where the machine has it, the multiply-add is fused, which is what PyTorch's BLAS
 * does: small products then have PyTorch's bits, and with them what is printed of
 * sums that are nearly 1. Small batched products it computes with loops of its own,
 * unfused; so do the plain kernels here.
 */
#include "config.h"

#ifndef __clang__
#pragma GCC optimize("O3") /* unrolls the tiles, so that they stay in registers */
#endif

#include "linalg/gemm.h"

#include <math.h>

#include "base/isa.h"
#include "linalg/blas.h"
#include "tensor/convert.h"

/* m*n*k from which OpenBLAS wins: its call costs about 0.3 us, and opening it 3 ms once; the own
 * tiles reach a third of its speed at 64^3. */
#define BLAS_FROM ((int64_t)1 << 18)

#define PANEL 32 /* rows of a copied edge: one KiB of float */

typedef float V8f __attribute__((vector_size(32)));
typedef float V16f __attribute__((vector_size(64)));
typedef double V4d __attribute__((vector_size(32)));

typedef float Loose8f __attribute__((vector_size(32), aligned(4), may_alias));
/* Sums of neighbours: of a in the first two places of each half, of b in the others. */
#define PAIRS(a, b)                                                                                \
    (__builtin_shufflevector(a, b, 0, 2, 8, 10, 4, 6, 12, 14) +                                    \
     __builtin_shufflevector(a, b, 1, 3, 9, 11, 5, 7, 13, 15))

#define NAME_F32(x) x##_f32
#define NAME_F64(x) x##_f64
#define ROWS 4
#include "linalg/gemm_kernels.h"

#if ISA_WIDE
#include "base/isa_avx2.h"
#define NAME_F32(x) x##_f32_avx2
#define NAME_F64(x) x##_f64_avx2
#define ROWS 6
#include "linalg/gemm_kernels.h"
#include "base/isa_end.h"

#include "base/isa_avx512.h"
#define REAL float
#define VECTOR V16f
#define LANES 16
#define ROWS 8
#define NAME(x) x##_f32_avx512
#define REST tiles_f32_avx2
#include "linalg/gemm_tiles.h"
#undef ROWS
#include "base/isa_end.h"
#define BY_ISA(plain, avx2, avx512)                                                                \
    { plain, avx2, avx512 }
#else
#define BY_ISA(plain, avx2, avx512)                                                                \
    { plain, plain, plain }
#endif

/* ---- one float product ------------------------------------------------------------ */

/* A matrix operand: address, and strides in elements. */
typedef struct Mat {
    const char *p;
    int64_t rs, cs;
} Mat;

/* What one float type brings along, by isa(). dots and blas may be NULL. */
typedef struct Kernel {
    size_t size;
    void (*tiles[3])(int64_t m, int64_t n, int64_t k, const void *a, int64_t ars, int64_t acs,
                     const void *b, int64_t brs, void *c, int64_t ldc);
    void (*dots[3])(int64_t m, int64_t n, int64_t k, const void *a, int64_t ars, const void *b,
                    int64_t bcs, void *c, int64_t ldc);
    bool (*blas)(bool ta, bool tb, int64_t m, int64_t n, int64_t k, const void *a, int64_t lda,
                 const void *b, int64_t ldb, bool add, void *c, int64_t ldc);
} Kernel;

static bool blas_f32(bool ta, bool tb, int64_t m, int64_t n, int64_t k, const void *a, int64_t lda,
                     const void *b, int64_t ldb, bool add, void *c, int64_t ldc) {
    return blas_sgemm(ta, tb, m, n, k, 1, a, lda, b, ldb, add, c, ldc);
}

static bool blas_f64(bool ta, bool tb, int64_t m, int64_t n, int64_t k, const void *a, int64_t lda,
                     const void *b, int64_t ldb, bool add, void *c, int64_t ldc) {
    return blas_dgemm(ta, tb, m, n, k, 1, a, lda, b, ldb, add, c, ldc);
}

static const Kernel kernel_f32 = {sizeof(float),
                                  BY_ISA(tiles_f32, tiles_f32_avx2, tiles_f32_avx512),
                                  BY_ISA(dots_f32, dots_f32_avx2, dots_f32_avx2), blas_f32};
static const Kernel kernel_f64 = {sizeof(double), BY_ISA(tiles_f64, tiles_f64_avx2, tiles_f64_avx2),
                                  BY_ISA(dots_f64, dots_f64_avx2, dots_f64_avx2), blas_f64};

/* Products rounded by themselves, tiles only: for tiny ones. */
static const Kernel plain_f32 = {sizeof(float), {tiles_f32, tiles_f32, tiles_f32}, {NULL}, NULL};
static const Kernel plain_f64 = {sizeof(double), {tiles_f64, tiles_f64, tiles_f64}, {NULL}, NULL};

/* 8 rows of 8 floats turned over their diagonal. Interleaving row i with row i + 4 rotates the bits
 * (row, column) of every place by one; three times exchanges row and column. */
static inline void turn8(const float *src, int64_t ld, float *dst, int64_t ldd) {
    V8f r[8], s[8];
    for (int i = 0; i < 8; i++) memcpy(&r[i], src + i * ld, sizeof r[i]);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 4; i++) {
            s[2 * i] = __builtin_shufflevector(r[i], r[i + 4], 0, 8, 1, 9, 2, 10, 3, 11);
            s[2 * i + 1] = __builtin_shufflevector(r[i], r[i + 4], 4, 12, 5, 13, 6, 14, 7, 15);
        }
        for (int i = 0; i < 8; i++) r[i] = s[i];
    }
    for (int i = 0; i < 8; i++) memcpy(dst + i * ldd, &r[i], sizeof r[i]);
}

/* The part of a column-major (rows, cols) operand that blocks of 8 x 8 cover. */
KERNEL(pack_blocks, (int64_t rows, int64_t cols, const float *x, int64_t cs, float *to),
       (rows, cols, x, cs, to)) {
    for (int64_t j = 0; j + 8 <= cols; j += 8)
        for (int64_t i = 0; i + 8 <= rows; i += 8)
            turn8(x + j * cs + i, cs, to + i * cols + j, cols);
}

/* Copies a (rows, cols) operand row-major to `to` and points it there. */
static void pack(const Kernel *kernel, int64_t rows, int64_t cols, Mat *x, char *to) {
    size_t size = kernel->size;
    bool blocks = size == sizeof(float) && x->rs == 1;
    int64_t rows_done = blocks ? rows & ~INT64_C(7) : 0, cols_done = cols & ~INT64_C(7);
    if (blocks) pack_blocks(rows, cols, (const float *)(const void *)x->p, x->cs, (void *)to);
    for (int64_t i = 0; i < rows; i++)
        for (int64_t j = i < rows_done ? cols_done : 0; j < cols; j++) {
            const char *from = x->p + (i * x->rs + j * x->cs) * (int64_t)size;
            char *at = to + (size_t)(i * cols + j) * size;
            if (size == sizeof(float))
                memcpy(at, from, sizeof(float));
            else
                memcpy(at, from, sizeof(double));
        }
    *x = (Mat){to, cols, 1};
}

/* Strides under which BLAS takes a (rows, cols) operand: row-major as it stands, or transposed.
 * A dimension of one element may have any stride. */
static bool blas_layout(int64_t rows, int64_t cols, const Mat *x, bool *trans, int64_t *ld) {
    int64_t rs = x->rs, cs = x->cs;
    if (cols == 1) cs = 1;
    if (rows == 1) rs = cs == 1 ? MAX(rs, cols) : 1;
    *trans = !(cs == 1 && rs >= MAX(cols, 1));
    *ld = *trans ? cs : rs;
    return !*trans || (rs == 1 && cs >= MAX(rows, 1));
}

/* By the library; operands in no layout that it takes are packed. False: there is none. */
static bool large(const Kernel *kernel, int64_t m, int64_t n, int64_t k, Mat a, Mat b, void *c,
                  int64_t ldc, bool add) {
    bool ta, tb;
    int64_t lda, ldb;
    char *room[2] = {NULL, NULL};
    if (!blas_load()) return false;
    if (!blas_layout(m, k, &a, &ta, &lda)) {
        pack(kernel, m, k, &a, room[0] = mem_alloc(kernel->size * (size_t)(m * k)));
        blas_layout(m, k, &a, &ta, &lda);
    }
    if (!blas_layout(k, n, &b, &tb, &ldb)) {
        pack(kernel, k, n, &b, room[1] = mem_alloc(kernel->size * (size_t)(k * n)));
        blas_layout(k, n, &b, &tb, &ldb);
    }
    bool ok = kernel->blas(ta, tb, m, n, k, a.p, lda, b.p, ldb, add, c, ldc);
    mem_free(room[0]);
    mem_free(room[1]);
    return ok;
}

/* By the tiles, which want contiguous rows of B: it is packed otherwise. */
static void small(const Kernel *kernel, int64_t m, int64_t n, int64_t k, Mat a, Mat b, void *c,
                  int64_t ldc) {
    double room[1024];
    char *packed = NULL;
    if (b.cs != 1 && n > 1) {
        size_t bytes = kernel->size * (size_t)(k * n);
        if (bytes > sizeof room) packed = mem_alloc(bytes);
        pack(kernel, k, n, &b, packed ? packed : (char *)room);
    }
    kernel->tiles[isa()](m, n, k, a.p, a.rs, a.cs, b.p, b.rs, c, ldc);
    mem_free(packed);
}

/* Whether OpenBLAS, and so PyTorch, gives all elements of a small product to dot products (for a
 * linear layer: A's rows, W's rows), or only those of the last few columns. Both were found by
 * probing its AVX-512 kernels with 2^60 at one place of a row and -2^60 at another.
 */
static bool all_by_dots(int64_t m, int64_t n, int64_t k, const Mat *a, const Mat *b) {
    return k >= 32 && a->cs == 1 && b->rs == 1 && (n > 1 ? b->cs != 1 : b->cs >= k || b->cs == 0) &&
           m * n <= 1200;
}

static int64_t columns_by_dots(int64_t m, int64_t n, int64_t k, const Mat *a, const Mat *b) {
    bool some = k >= 32 && a->cs == 1 && b->cs == 1 && n > 1 && n % 16 && n % 16 <= 8;
    return some && (double)m * (double)n * (double)k <= 1e6 ? n % 16 : 0;
}

static void last_columns(const Kernel *kernel, int64_t m, int64_t n, int64_t k, Mat a, Mat b,
                         char *c, int64_t ldc) {
    double room[1024];
    size_t bytes = kernel->size * (size_t)(k * n);
    char *packed = bytes > sizeof room ? mem_alloc(bytes) : NULL;
    Mat t = {b.p, b.cs, b.rs};
    pack(kernel, n, k, &t, packed ? packed : (char *)room);
    kernel->dots[isa()](m, n, k, a.p, a.rs, t.p, k, c, ldc);
    mem_free(packed);
}

static void gemm(const Kernel *kernel, int64_t m, int64_t n, int64_t k, Mat a, Mat b, char *c,
                 int64_t ldc, bool add) {
    if (m == 0 || n == 0) return;
    if (kernel->blas && m > 1 && n > 1 && m * n >= BLAS_FROM / MAX(k, 1) &&
        large(kernel, m, n, k, a, b, c, ldc, add))
        return;
    if (!add)
        for (int64_t i = 0; i < m; i++)
            memset(c + (size_t)(i * ldc) * kernel->size, 0, kernel->size * (size_t)n);
    bool single = kernel->size == sizeof(float), one = m == 1 || n == 1;
    if (kernel->dots[0] && (single || one) && all_by_dots(m, n, k, &a, &b)) {
        kernel->dots[isa()](m, n, k, a.p, a.rs, b.p, b.cs, c, ldc);
        return;
    }
    int64_t last = kernel->dots[0] && single ? columns_by_dots(m, n, k, &a, &b) : 0;
    if (last) {
        n -= last;
        Mat end = {b.p + (size_t)n * kernel->size, b.rs, 1};
        last_columns(kernel, m, last, k, a, end, c + (size_t)n * kernel->size, ldc);
        if (n == 0) return;
    }
    if (n == 1 && ldc == 1 && a.rs == 1) /* Cᵀ = Bᵀ Aᵀ: the vectors run along the column */
        small(kernel, 1, m, k, (Mat){b.p, 0, b.rs}, (Mat){a.p, a.cs, 1}, c, m);
    else
        small(kernel, m, n, k, a, b, c, ldc);
}

/* ---- one dot product ---------------------------------------------------------------- */

/* In the order of OpenBLAS's sdot with AVX-512: blocks of 64 in four vectors of 16, each folded to
 * 8 lanes, which go on through a block of 32; the rest, which is all of a short one, product by
 * product in double. */
KERNEL_OF(float, dot_blocks, (int64_t n64, int64_t n32, const float *x, const float *y),
          (n64, n32, x, y)) {
    float wide[64] = {0}, lane[32] = {0};
    int64_t i = 0;
    for (; i < n64; i += 64)
        for (int l = 0; l < 64; l++) wide[l] = fmaf(x[i + l], y[i + l], wide[l]);
    for (int v = 0; v < 4; v++)
        for (int l = 0; l < 8; l++) lane[v * 8 + l] = wide[v * 16 + l] + wide[v * 16 + l + 8];
    for (; i < n32; i += 32)
        for (int l = 0; l < 32; l++) lane[l] = fmaf(x[i + l], y[i + l], lane[l]);
    for (int v = 8; v < 32; v += 8)
        for (int l = 0; l < 8; l++) lane[l] += lane[v + l];
    for (int l = 0; l < 4; l++) lane[l] += lane[l + 4];
    return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

float gemm_dot_f32(int64_t n, const float *x, const float *y) {
    int64_t n64 = n & ~(int64_t)63, n32 = n & ~(int64_t)31;
    double rest = 0;
    for (int64_t i = n32; i < n; i++) {
        float product = x[i] * y[i];
        rest += (double)product;
    }
    return n32 ? (float)(rest + (double)dot_blocks(n64, n32, x, y)) : (float)rest;
}

void gemm_f32(int64_t m, int64_t n, int64_t k, const float *a, int64_t ars, int64_t acs,
              const float *b, int64_t brs, int64_t bcs, float *c, int64_t ldc, bool add) {
    gemm(&kernel_f32, m, n, k, (Mat){(const char *)a, ars, acs}, (Mat){(const char *)b, brs, bcs},
         (char *)c, ldc, add);
}

void gemm_f64(int64_t m, int64_t n, int64_t k, const double *a, int64_t ars, int64_t acs,
              const double *b, int64_t brs, int64_t bcs, double *c, int64_t ldc, bool add) {
    gemm(&kernel_f64, m, n, k, (Mat){(const char *)a, ars, acs}, (Mat){(const char *)b, brs, bcs},
         (char *)c, ldc, add);
}

/* ---- by type ------------------------------------------------------------------------ */

static void erased_f32(int64_t m, int64_t n, int64_t k, const void *a, int64_t ars, int64_t acs,
                       const void *b, int64_t brs, int64_t bcs, void *c, int64_t ldc, bool add) {
    gemm_f32(m, n, k, a, ars, acs, b, brs, bcs, c, ldc, add);
}

static void erased_f64(int64_t m, int64_t n, int64_t k, const void *a, int64_t ars, int64_t acs,
                       const void *b, int64_t brs, int64_t bcs, void *c, int64_t ldc, bool add) {
    gemm_f64(m, n, k, a, ars, acs, b, brs, bcs, c, ldc, add);
}

static void erased_plain_f32(int64_t m, int64_t n, int64_t k, const void *a, int64_t ars,
                             int64_t acs, const void *b, int64_t brs, int64_t bcs, void *c,
                             int64_t ldc, bool add) {
    gemm(&plain_f32, m, n, k, (Mat){a, ars, acs}, (Mat){b, brs, bcs}, c, ldc, add);
}

static void erased_plain_f64(int64_t m, int64_t n, int64_t k, const void *a, int64_t ars,
                             int64_t acs, const void *b, int64_t brs, int64_t bcs, void *c,
                             int64_t ldc, bool add) {
    gemm(&plain_f64, m, n, k, (Mat){a, ars, acs}, (Mat){b, brs, bcs}, c, ldc, add);
}

/* Integers wrap, as two's complement does: computed unsigned. */
static void erased_i64(int64_t m, int64_t n, int64_t k, const void *a, int64_t ars, int64_t acs,
                       const void *b, int64_t brs, int64_t bcs, void *c, int64_t ldc, bool add) {
    const uint64_t *x = a, *y = b;
    uint64_t *z = c;
    for (int64_t i = 0; i < m; i++) {
        uint64_t *z_i = z + i * ldc;
        if (!add) memset(z_i, 0, sizeof *z_i * (size_t)n);
        for (int64_t p = 0; p < k; p++) {
            uint64_t v = x[i * ars + p * acs];
            for (int64_t j = 0; j < n; j++) z_i[j] += v * y[p * brs + j * bcs];
        }
    }
}

static void erased_c64(int64_t m, int64_t n, int64_t k, const void *a, int64_t ars, int64_t acs,
                       const void *b, int64_t brs, int64_t bcs, void *c, int64_t ldc, bool add) {
    const C64 *x = a, *y = b;
    C64 *z = c;
    for (int64_t i = 0; i < m; i++) {
        C64 *z_i = z + i * ldc;
        if (!add) memset(z_i, 0, sizeof *z_i * (size_t)n);
        for (int64_t p = 0; p < k; p++) {
            C64 v = x[i * ars + p * acs];
            for (int64_t j = 0; j < n; j++) {
                C64 w = y[p * brs + j * bcs];
                z_i[j].re += v.re * w.re - v.im * w.im;
                z_i[j].im += v.re * w.im + v.im * w.re;
            }
        }
    }
}

GemmFn gemm_for(DType dt, bool plain) {
    switch (dt) {
    case DT_F32:
        return plain ? erased_plain_f32 : erased_f32;
    case DT_F64:
        return plain ? erased_plain_f64 : erased_f64;
    case DT_I64:
        return erased_i64;
    case DT_C64:
        return erased_c64;
    default:
        return NULL;
    }
}
