/* The inner loops of gemm.c for one type and one instruction set. Included with macros:
 *
 *     #define REAL float          element
 *     #define VECTOR V8f             vector of LANES elements
 *     #define LANES 8
 *     #define NAME(x) x##_f32
 *     #define ROWS 4              of C that a tile has
 *     #define REST tiles_f32      narrower tiles for the last columns; else own ones, and dots
 *     #include "linalg/gemm_tiles.h"
 *
 * so this header has no guard. Legend: C (m, n) += A (m, k) B (k, n); rs between rows, cs between
 * columns, ld between rows of C; i, j, p run over m, n, k.
 */

/* Up to ROWS rows by nv (1 or 2) vectors of C stay in registers while p runs. Rows that are missing
 * repeat the last one and are not stored. */
static void NAME(tile)(int64_t k, int nv, int rows, const REAL *a, int64_t ars, int64_t acs,
                       const REAL *b, int64_t brs, REAL *c, int64_t ldc) {
    VECTOR acc[ROWS][2];
    const REAL *a_i[ROWS];
    for (int i = 0; i < ROWS; i++) {
        int64_t row = MIN(i, rows - 1);
        a_i[i] = a + row * ars;
        memcpy(&acc[i][0], c + row * ldc, sizeof(VECTOR));
        memcpy(&acc[i][1], c + row * ldc + (nv - 1) * LANES, sizeof(VECTOR));
    }
    if (nv == 2) {
        for (int64_t p = 0; p < k; p++) {
            VECTOR b0, b1;
            memcpy(&b0, b + p * brs, sizeof b0);
            memcpy(&b1, b + p * brs + LANES, sizeof b1);
            for (int i = 0; i < ROWS; i++) {
                REAL x = a_i[i][p * acs];
                acc[i][0] += x * b0;
                acc[i][1] += x * b1;
            }
        }
    } else {
        for (int64_t p = 0; p < k; p++) {
            VECTOR b0;
            memcpy(&b0, b + p * brs, sizeof b0);
            for (int i = 0; i < ROWS; i++) acc[i][0] += a_i[i][p * acs] * b0;
        }
    }
    for (int i = 0; i < rows; i++) {
        memcpy(c + i * ldc, &acc[i][0], sizeof(VECTOR));
        if (nv == 2) memcpy(c + i * ldc + LANES, &acc[i][1], sizeof(VECTOR));
    }
}

#ifndef REST
#define REST NAME(edge)
#define OWN_REST
/* The last w < LANES columns, as a full vector: B's are copied next to zeros, PANEL rows of them at
 * a time, C's go through a buffer. */
static void NAME(edge)(int64_t m, int64_t w, int64_t k, const REAL *a, int64_t ars, int64_t acs,
                       const REAL *b, int64_t brs, REAL *c, int64_t ldc) {
    REAL panel[PANEL * LANES] = {0}, held[ROWS * LANES] = {0};
    for (int64_t p = 0; p < k; p += PANEL) {
        int64_t depth = MIN(PANEL, k - p);
        for (int64_t q = 0; q < depth; q++)
            for (int64_t j = 0; j < w; j++) panel[q * LANES + j] = b[(p + q) * brs + j];
        for (int64_t i = 0; i < m; i += ROWS) {
            int rows = (int)MIN(ROWS, m - i);
            for (int r = 0; r < rows; r++)
                for (int64_t j = 0; j < w; j++) held[r * LANES + j] = c[(i + r) * ldc + j];
            NAME(tile)(depth, 1, rows, a + i * ars + p * acs, ars, acs, panel, LANES, held, LANES);
            for (int r = 0; r < rows; r++)
                for (int64_t j = 0; j < w; j++) c[(i + r) * ldc + j] = held[r * LANES + j];
        }
    }
}

#endif

/* B's rows are contiguous. */
static void NAME(tiles)(int64_t m, int64_t n, int64_t k, const void *va, int64_t ars, int64_t acs,
                        const void *vb, int64_t brs, void *vc, int64_t ldc) {
    const REAL *a = va, *b = vb;
    REAL *c = vc;
    int64_t j = 0;
    while (n - j >= LANES) {
        int nv = n - j >= 2 * LANES ? 2 : 1;
        for (int64_t i = 0; i < m; i += ROWS) NAME(tile)
        (k, nv, (int)MIN(ROWS, m - i), a + i * ars, ars, acs, b + j, brs, c + i * ldc + j, ldc);
        j += nv * LANES;
    }
    if (j < n) REST(m, n - j, k, a, ars, acs, b + j, brs, c + j, ldc);
}

#ifdef WITH_DOTS
/* Sums in 2 * LANES lanes, then from the first lane to the last, then the rest. */
static REAL NAME(dot)(int64_t k, const REAL *x, const REAL *y) {
    VECTOR acc[2] = {{0}, {0}};
    int64_t p = 0;
    for (; p + 2 * LANES <= k; p += 2 * LANES)
        for (int half = 0; half < 2; half++) {
            VECTOR u, v;
            memcpy(&u, x + p + half * LANES, sizeof u);
            memcpy(&v, y + p + half * LANES, sizeof v);
            acc[half] += u * v;
        }
    acc[0] += acc[1];
    REAL sum = 0;
    for (int l = 0; l < LANES; l++) sum += acc[0][l];
    for (; p < k; p++) sum += x[p] * y[p];
    return sum;
}

/* For a vector times a matrix where both run along k, so that nothing is packed. */
static void NAME(dots)(int64_t m, int64_t n, int64_t k, const void *va, int64_t ars, const void *vb,
                       int64_t bcs, void *vc, int64_t ldc) {
    const REAL *a = va, *b = vb;
    REAL *c = vc;
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++) c[i * ldc + j] += NAME(dot)(k, a + i * ars, b + j * bcs);
}

#endif
#undef OWN_REST
#undef WITH_DOTS
#undef REAL
#undef VECTOR
#undef LANES
#undef REST
#undef NAME
