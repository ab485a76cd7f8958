/* Cascaded sums for one width; a template of float_sum_plane.h, which defines
 *
 *     W           what is added at once: an element, or a vector of them
 *     ROWS_NAME(x)
 */

/* ROWS sums side by side: number i of sum r lies at i * row + r * col. */
KERNEL(ROWS_NAME(multi_row), (const char *in, int64_t row, int64_t col, int64_t n, W *acc),
       (in, row, col, n, acc)) {
    W level[LEVELS][ROWS] = {0};
    memset(acc, 0, sizeof(W[ROWS]));
    int power = MAX(4, ceil_log2(n) / LEVELS);
    int64_t step = INT64_C(1) << power, i = 0;
    while (i + step <= n) {
        if (n > LONG_ROW && INTERRUPTED()) {
            n = 0;
            break;
        }
        for (int64_t j = 0; j < step; j++, i++)
            for (int r = 0; r < ROWS; r++) {
                W x;
                memcpy(&x, in + i * row + r * col, sizeof x);
                level[0][r] += x;
            }
        for (int k = 1; k < LEVELS; k++) {
            for (int r = 0; r < ROWS; r++) {
                level[k][r] += level[k - 1][r];
                level[k - 1][r] = (W){0};
            }
            if (i & (step - 1) << (k * power)) break;
        }
        if (INTERRUPTED()) return; /* cascade_sum says so */
    }
    for (; i < n; i++)
        for (int r = 0; r < ROWS; r++) {
            W x;
            memcpy(&x, in + i * row + r * col, sizeof x);
            level[0][r] += x;
        }
    for (int r = 0; r < ROWS; r++) {
        acc[r] = level[0][r];
        for (int k = 1; k < LEVELS; k++) acc[r] += level[k][r];
    }
}

/* One sum of n, `step` bytes apart, as ROWS interleaved ones. */
static void ROWS_NAME(row_sum)(const char *in, int64_t step, int64_t n, W *sum) {
    W acc[ROWS];
    int64_t whole = n / ROWS;
    ROWS_NAME(multi_row)(in, step * ROWS, step, whole, acc);
    for (int64_t i = whole * ROWS; i < n; i++) {
        W x;
        memcpy(&x, in + i * step, sizeof x);
        acc[0] += x;
    }
    *sum = acc[0];
    for (int r = 1; r < ROWS; r++) *sum += acc[r];
}

#undef W
#undef ROWS_NAME
