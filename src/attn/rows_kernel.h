/* Part of the width template (lanes_kernel.h): the online softmax of rows of scores that lie
 * along the keys, for the kernel over OpenBLAS.
 *
 * s (rows, ld) scores in bits, n of each, a multiple of 16; becomes 2^(s - m). m, l (rows): running
 * maximum and sum; o (rows, Dv) is rescaled to the new maximum. */
static void online_rows(int rows, int n, float *s, int64_t ld, float *m, float *l, float *o,
                        int64_t Dv) {
    for (int i = 0; i < rows; i++, s += ld, o += Dv) {
        V top = splat(-INFINITY), sum = splat(0);
        for (int j = 0; j < n; j += W) top = vmax(top, load(s + j));
        float now = vtop(top), before = m[i];
        now = before > now ? before : now;
        V most = splat(now > LOWEST || now != now ? now : LOWEST);
        for (int j = 0; j < n; j += W) {
            V p = exp2_nonpos(load(s + j) - most);
            store(s + j, p);
            sum += p;
        }
        m[i] = now;
        V rescale = exp2_nonpos(splat(before) - most);
        l[i] = l[i] * rescale[0] + vsum(sum);
        if (before == now) continue;
        int64_t d = 0;
        for (; d + W <= Dv; d += W) store(o + d, load(o + d) * rescale);
        for (; d < Dv; d++) o[d] *= rescale[0];
    }
}
