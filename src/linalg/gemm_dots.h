/* Products of float matrices whose rows both run along k, in the order of OpenBLAS's small kernels
 * for AVX-512: 16 lanes, folded at the end; what has no whole 16 left is padded with zeros.
 * Included by gemm_kernels.h with NAME, as gemm_tiles.h. Legend: C (m, n) += A (m, k) times
 * B (n, k) transposed; ld between rows.
 */

#define LOAD(x) (*(const Loose8f *)(const void *)(x))

/* acc[j] += a's 16 elements times those of row j of b, for 4 rows */
#define STEP(a, b, ldb)                                                                            \
    do {                                                                                           \
        V8f low = LOAD(a), high = LOAD((a) + 8);                                                   \
        low0 += low * LOAD(b), high0 += high * LOAD((b) + 8);                                      \
        low1 += low * LOAD((b) + (ldb)), high1 += high * LOAD((b) + (ldb) + 8);                    \
        low2 += low * LOAD((b) + 2 * (ldb)), high2 += high * LOAD((b) + 2 * (ldb) + 8);            \
        low3 += low * LOAD((b) + 3 * (ldb)), high3 += high * LOAD((b) + 3 * (ldb) + 8);            \
    } while (0)

/* A row by 4 of B's; lanes are folded from neighbours to halves. */
static void NAME(dots4)(int64_t k, const float *a, const float *b, int64_t ldb, float *c) {
    V8f low0 = {0}, low1 = {0}, low2 = {0}, low3 = {0};
    V8f high0 = {0}, high1 = {0}, high2 = {0}, high3 = {0};
    int64_t p = 0;
    for (; p + 16 <= k; p += 16) STEP(a + p, b + p, ldb);
    if (p < k) {
        float end[5][16] = {{0}};
        for (int64_t q = p; q < k; q++) {
            end[4][q - p] = a[q];
            for (int j = 0; j < 4; j++) end[j][q - p] = b[j * ldb + q];
        }
        STEP(end[4], end[0], 16);
    }
    V8f low = PAIRS(PAIRS(low0, low1), PAIRS(low2, low3));
    V8f high = PAIRS(PAIRS(high0, high1), PAIRS(high2, high3));
    for (int j = 0; j < 4; j++) c[j] += (low[j] + low[j + 4]) + (high[j] + high[j + 4]);
}

/* One element: from halves to neighbours. */
static float NAME(dot1)(int64_t k, const float *a, const float *b) {
    V8f low = {0}, high = {0};
    int64_t p = 0;
    for (; p + 16 <= k; p += 16) {
        low += LOAD(a + p) * LOAD(b + p);
        high += LOAD(a + p + 8) * LOAD(b + p + 8);
    }
    if (p < k) {
        float end[2][16] = {{0}};
        memcpy(end[0], a + p, sizeof(float) * (size_t)(k - p));
        memcpy(end[1], b + p, sizeof(float) * (size_t)(k - p));
        low += LOAD(end[0]) * LOAD(end[1]);
        high += LOAD(end[0] + 8) * LOAD(end[1] + 8);
    }
    V8f s = low + high;
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

/* Blocks of 4 of B's rows by one of A's, of 4 of A's by one of B's, and the corner one by one. */
static void NAME(dots)(int64_t m, int64_t n, int64_t k, const void *va, int64_t lda, const void *vb,
                       int64_t ldb, void *vc, int64_t ldc) {
    const float *a = va, *b = vb;
    float *c = vc;
    int64_t n4 = n & ~INT64_C(3), m4 = m & ~INT64_C(3);
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n4; j += 4)
            NAME(dots4)(k, a + i * lda, b + j * ldb, ldb, c + i * ldc + j);
    for (int64_t j = n4; j < n; j++) {
        for (int64_t i = 0; i < m4; i += 4) {
            float column[4] = {0};
            NAME(dots4)(k, b + j * ldb, a + i * lda, lda, column);
            for (int r = 0; r < 4; r++) c[(i + r) * ldc + j] += column[r];
        }
        for (int64_t i = m4; i < m; i++) c[i * ldc + j] += NAME(dot1)(k, a + i * lda, b + j * ldb);
    }
}

#undef LOAD
#undef STEP
#undef NAME
