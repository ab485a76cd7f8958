/* Products on raw memory. Large float ones go to OpenBLAS; small ones (and all of
 * them when there is no library) to tiles of 4 rows by 2 vectors that stay in
 * registers.
 *
 * Every element of C is summed over k in rising order with products rounded by
 * themselves (no fused multiply-add), whatever the vector width: small products
 * give the same bits on every machine.
 */
#include "config.h"

#include "tensor/gemm.h"

#include "tensor/blas.h"
#include "tensor/convert.h"

/* m*n*k from which OpenBLAS wins: its call costs about 0.3 us, and opening it 3 ms once; the own
 * tiles reach a third of its speed at 64^3. */
#define BLAS_FROM ((int64_t)1 << 18)

#if defined __x86_64__ && defined __GNUC__ && !defined __clang__
#define WIDE __attribute__((target("avx2"), optimize("O3")))
#define HAVE_WIDE 1
#else
#define WIDE
#define HAVE_WIDE 0
#endif

static bool wide_here(void) {
#if HAVE_WIDE
    static int known = -1;
    if (known < 0) known = __builtin_cpu_supports("avx2") != 0;
    return known;
#else
    return false;
#endif
}

/* TILE_GEMM defines NAME: C += A B for B with contiguous rows. V is a vector of L elements. Columns
 * left over by the vectors go one by one. */
#define TILE_GEMM(NAME, T, V, L, ATTR)                                                             \
    ATTR static void NAME##_tile(int64_t k, int64_t nv, const T *a, int64_t ars, int64_t acs,      \
                                 const T *b, int64_t brs, T *c, int64_t ldc, int rows) {           \
        V acc[4][2];                                                                               \
        const T *row[4];                                                                           \
        for (int r = 0; r < 4; r++) {                                                              \
            int64_t i = r < rows ? r : rows - 1;                                                   \
            row[r] = a + i * ars;                                                                  \
            memcpy(&acc[r][0], c + i * ldc, sizeof(V));                                            \
            memcpy(&acc[r][1], c + i * ldc + (nv == 2 ? L : 0), sizeof(V));                        \
        }                                                                                          \
        if (nv == 2) {                                                                             \
            for (int64_t p = 0; p < k; p++) {                                                      \
                V b0, b1;                                                                          \
                memcpy(&b0, b + p * brs, sizeof b0);                                               \
                memcpy(&b1, b + p * brs + L, sizeof b1);                                           \
                for (int r = 0; r < 4; r++) {                                                      \
                    T x = row[r][p * acs];                                                         \
                    acc[r][0] += x * b0;                                                           \
                    acc[r][1] += x * b1;                                                           \
                }                                                                                  \
            }                                                                                      \
        } else {                                                                                   \
            for (int64_t p = 0; p < k; p++) {                                                      \
                V b0;                                                                              \
                memcpy(&b0, b + p * brs, sizeof b0);                                               \
                for (int r = 0; r < 4; r++) acc[r][0] += row[r][p * acs] * b0;                     \
            }                                                                                      \
        }                                                                                          \
        for (int r = 0; r < rows; r++) {                                                           \
            memcpy(c + r * ldc, &acc[r][0], sizeof(V));                                            \
            if (nv == 2) memcpy(c + r * ldc + L, &acc[r][1], sizeof(V));                           \
        }                                                                                          \
    }                                                                                              \
    ATTR static void NAME(int64_t m, int64_t n, int64_t k, const T *a, int64_t ars, int64_t acs,   \
                          const T *b, int64_t brs, T *c, int64_t ldc) {                            \
        int64_t j = 0;                                                                             \
        while (n - j >= L) {                                                                       \
            int64_t nv = n - j >= 2 * L ? 2 : 1;                                                   \
            for (int64_t i = 0; i < m; i += 4)                                                     \
                NAME##_tile(k, nv, a + i * ars, ars, acs, b + j, brs, c + i * ldc + j, ldc,        \
                            (int)MIN(4, m - i));                                                   \
            j += nv * L;                                                                           \
        }                                                                                          \
        for (int64_t i = 0; i < m && j < n; i++)                                                   \
            for (int64_t p = 0; p < k; p++) {                                                      \
                T x = a[i * ars + p * acs];                                                        \
                for (int64_t q = j; q < n; q++) c[i * ldc + q] += x * b[p * brs + q];              \
            }                                                                                      \
    }

typedef float V8f __attribute__((vector_size(32)));
typedef double V4d __attribute__((vector_size(32)));
TILE_GEMM(tiles_f32, float, V8f, 8, )
TILE_GEMM(tiles_f64, double, V4d, 4, )
TILE_GEMM(tiles_f32_wide, float, V8f, 8, WIDE)
TILE_GEMM(tiles_f64_wide, double, V4d, 4, WIDE)

/* DOT_GEMM defines NAME: C += A B where one of them is a vector and both run along k: sums in L
 * lanes, added from the first to the last, so that neither operand is packed. */
#define DOT_GEMM(NAME, T, V, L, ATTR)                                                              \
    ATTR static T NAME##_one(int64_t k, const T *x, const T *y) {                                  \
        V acc[2] = {{0}, {0}};                                                                     \
        int64_t p = 0;                                                                             \
        for (; p + 2 * L <= k; p += 2 * L)                                                         \
            for (int h = 0; h < 2; h++) {                                                          \
                V u, v;                                                                            \
                memcpy(&u, x + p + h * L, sizeof u);                                               \
                memcpy(&v, y + p + h * L, sizeof v);                                               \
                acc[h] += u * v;                                                                   \
            }                                                                                      \
        acc[0] += acc[1];                                                                          \
        T sum = 0;                                                                                 \
        for (int l = 0; l < L; l++) sum += acc[0][l];                                              \
        for (; p < k; p++) sum += x[p] * y[p];                                                     \
        return sum;                                                                                \
    }                                                                                              \
    ATTR static void NAME(int64_t m, int64_t n, int64_t k, const T *a, int64_t ars, const T *b,    \
                          int64_t bcs, T *c, int64_t ldc) {                                        \
        for (int64_t i = 0; i < m; i++)                                                            \
            for (int64_t j = 0; j < n; j++)                                                        \
                c[i * ldc + j] += NAME##_one(k, a + i * ars, b + j * bcs);                         \
    }

DOT_GEMM(dots_f32, float, V8f, 8, )
DOT_GEMM(dots_f64, double, V4d, 4, )
DOT_GEMM(dots_f32_wide, float, V8f, 8, WIDE)
DOT_GEMM(dots_f64_wide, double, V4d, 4, WIDE)

/* Strides under which BLAS takes a (rows, cols) operand: row-major as it stands, or transposed.
 * A dimension of one element may have any stride. */
static bool blas_layout(int64_t rows, int64_t cols, int64_t rs, int64_t cs, bool *trans,
                        int64_t *ld) {
    if (cols == 1) cs = 1;
    if (rows == 1) rs = cs == 1 ? MAX(rs, cols) : 1;
    if (cs == 1 && rs >= MAX(cols, 1)) {
        *trans = false;
        *ld = rs;
        return true;
    }
    if (cols == 1) cs = MAX(cs, rows);
    *trans = true;
    *ld = cs;
    return rs == 1 && cs >= MAX(rows, 1);
}

/* DEFINE_GEMM defines gemm_NAME for a float type. Operands that neither BLAS nor the tiles can
 * read in place are packed: B row-major, A only for BLAS. */
#define DEFINE_GEMM(NAME, T, BLAS, STACK)                                                          \
    static T *pack_##NAME(int64_t rows, int64_t cols, const T *p, int64_t rs, int64_t cs, T *to) { \
        for (int64_t i = 0; i < rows; i++)                                                         \
            for (int64_t j = 0; j < cols; j++) to[i * cols + j] = p[i * rs + j * cs];              \
        return to;                                                                                 \
    }                                                                                              \
    static bool large_##NAME(int64_t m, int64_t n, int64_t k, const T *a, int64_t ars,             \
                             int64_t acs, const T *b, int64_t brs, int64_t bcs, T *c, int64_t ldc, \
                             bool add) {                                                           \
        bool ta = false, tb = false;                                                               \
        int64_t lda = k, ldb = n;                                                                  \
        T *pa = NULL, *pb = NULL;                                                                  \
        if (!blas_load()) return false;                                                            \
        if (!blas_layout(m, k, ars, acs, &ta, &lda)) {                                             \
            a = pa = pack_##NAME(m, k, a, ars, acs, mem_alloc(sizeof(T) * (size_t)(m * k)));       \
            ta = false;                                                                            \
            lda = k;                                                                               \
        }                                                                                          \
        if (!blas_layout(k, n, brs, bcs, &tb, &ldb)) {                                             \
            b = pb = pack_##NAME(k, n, b, brs, bcs, mem_alloc(sizeof(T) * (size_t)(k * n)));       \
            tb = false;                                                                            \
            ldb = n;                                                                               \
        }                                                                                          \
        bool ok = BLAS(ta, tb, m, n, k, 1, a, lda, b, ldb, add, c, ldc);                           \
        mem_free(pa);                                                                              \
        mem_free(pb);                                                                              \
        return ok;                                                                                 \
    }                                                                                              \
    void gemm_##NAME(int64_t m, int64_t n, int64_t k, const T *a, int64_t ars, int64_t acs,        \
                     const T *b, int64_t brs, int64_t bcs, T *c, int64_t ldc, bool add) {          \
        if (m == 0 || n == 0) return;                                                              \
        if (m > 1 && n > 1 && m * n >= BLAS_FROM / MAX(k, 1) &&                                    \
            large_##NAME(m, n, k, a, ars, acs, b, brs, bcs, c, ldc, add))                          \
            return;                                                                                \
        if (!add)                                                                                  \
            for (int64_t i = 0; i < m; i++) memset(c + i * ldc, 0, sizeof(T) * (size_t)n);         \
        if ((m == 1 || n == 1) && acs == 1 && brs == 1 && k >= 32) {                               \
            if (wide_here())                                                                       \
                dots_##NAME##_wide(m, n, k, a, ars, b, bcs, c, ldc);                               \
            else                                                                                   \
                dots_##NAME(m, n, k, a, ars, b, bcs, c, ldc);                                      \
            return;                                                                                \
        }                                                                                          \
        if (n == 1 && ldc == 1 && ars == 1) { /* a column: as a row, the vectors run along it */   \
            int64_t rs = brs;                                                                      \
            const T *held = a;                                                                     \
            a = b;                                                                                 \
            b = held;                                                                              \
            brs = acs;                                                                             \
            acs = rs;                                                                              \
            n = m;                                                                                 \
            ars = 0;                                                                               \
            m = bcs = 1;                                                                           \
        }                                                                                          \
        T room[STACK], *packed = NULL;                                                             \
        if (bcs != 1 && n > 1) {                                                                   \
            if (k * n > STACK) packed = mem_alloc(sizeof(T) * (size_t)(k * n));                    \
            b = pack_##NAME(k, n, b, brs, bcs, packed ? packed : room);                            \
            brs = n;                                                                               \
        }                                                                                          \
        if (wide_here())                                                                           \
            tiles_##NAME##_wide(m, n, k, a, ars, acs, b, brs, c, ldc);                             \
        else                                                                                       \
            tiles_##NAME(m, n, k, a, ars, acs, b, brs, c, ldc);                                    \
        mem_free(packed);                                                                          \
    }

DEFINE_GEMM(f32, float, blas_sgemm, 2048)
DEFINE_GEMM(f64, double, blas_dgemm, 2048)

static void erased_f32(int64_t m, int64_t n, int64_t k, const void *a, int64_t ars, int64_t acs,
                       const void *b, int64_t brs, int64_t bcs, void *c, int64_t ldc, bool add) {
    gemm_f32(m, n, k, a, ars, acs, b, brs, bcs, c, ldc, add);
}

static void erased_f64(int64_t m, int64_t n, int64_t k, const void *a, int64_t ars, int64_t acs,
                       const void *b, int64_t brs, int64_t bcs, void *c, int64_t ldc, bool add) {
    gemm_f64(m, n, k, a, ars, acs, b, brs, bcs, c, ldc, add);
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

GemmFn gemm_for(DType dt) {
    switch (dt) {
    case DT_F32:
        return erased_f32;
    case DT_F64:
        return erased_f64;
    case DT_I64:
        return erased_i64;
    case DT_C64:
        return erased_c64;
    default:
        return NULL;
    }
}
