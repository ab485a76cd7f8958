/* See axis.h. */
#include "config.h"

#include "view/axis.h"

#include <math.h>

#include "view/number.h"

bool axis_place(const Axis *a, double v, double *out) {
    if (!isfinite(v) || (a->log && v <= 0)) return false;
    *out = a->log ? log10(v) : v;
    return true;
}

static void axis_widen(Axis *a) {
    if (a->lo < a->hi) return;
    double pad = a->log ? 0.5 : fmax(fabs(a->lo) * 0.1, 0.5);
    a->lo -= pad;
    a->hi += pad;
}

/* The least of 1, 2, 5 times a power of ten that gives at most `most` ticks. */
static double nice_step(double span, int most) {
    double raw = span / most, power = pow(10, floor(log10(raw)));
    double m = raw / power;
    return power * (m <= 1 ? 1 : m <= 2 ? 2 : m <= 5 ? 5 : 10);
}

static void add_tick(Axis *a, double v) {
    double slack = (a->hi - a->lo) * 1e-9;
    double place = a->log ? log10(v) : v;
    if (a->n_ticks < TICKS_MAX && place >= a->lo - slack && place <= a->hi + slack)
        a->ticks[a->n_ticks++] = v;
}

void axis_ticks(Axis *a, int most) {
    if (!a->log) {
        a->step = nice_step(a->hi - a->lo, most);
        double first = ceil(a->lo / a->step - 1e-9);
        for (int i = 0; i <= most + 1; i++) add_tick(a, (first + i) * a->step);
        return;
    }
    int from = (int)floor(a->lo), to = (int)ceil(a->hi), skip = MAX((to - from) / most, 1);
    bool fine = a->hi - a->lo < 1.5;
    for (int e = from; e <= to; e += skip) {
        add_tick(a, pow(10, e));
        if (fine) add_tick(a, 2 * pow(10, e));
        if (fine) add_tick(a, 5 * pow(10, e));
    }
}

void axis_tick(const Axis *a, double v, Str *out) {
    if (!a->log)
        number_tick(out, v, a->step);
    else if (a->lo < -3.5 || a->hi > 5.5)
        str_printf(out, "%.0fe%d", v / pow(10, floor(log10(v) + 1e-9)),
                   (int)floor(log10(v) + 1e-9));
    else
        str_printf(out, "%.*f", v < 1 ? (int)ceil(-log10(v) - 1e-9) : 0, v);
}

bool curve_ranges(const CurveNode *node, Axis *x, Axis *y) {
    x->log = node->log_x, y->log = node->log_y;
    x->lo = y->lo = INFINITY;
    x->hi = y->hi = -INFINITY;
    for (size_t s = 0; s < node->n; s++)
        for (size_t i = 0; i < node->series[s].n; i++) {
            double at_x, at_y;
            if (!axis_place(x, node->series[s].x[i], &at_x)) continue;
            if (!axis_place(y, node->series[s].y[i], &at_y)) continue;
            x->lo = fmin(x->lo, at_x), x->hi = fmax(x->hi, at_x);
            y->lo = fmin(y->lo, at_y), y->hi = fmax(y->hi, at_y);
        }
    if (x->lo > x->hi) return false;
    axis_widen(x);
    axis_widen(y);
    return true;
}

bool curve_slope(const CurveNode *node, const ViewSeries *s, double *out) {
    const Axis log = {.log = true};
    double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    if (!node->log_x || !node->log_y) return false;
    for (size_t i = 0; i < s->n; i++) {
        double x, y;
        if (!axis_place(&log, s->x[i], &x) || !axis_place(&log, s->y[i], &y)) continue;
        n++, sx += x, sy += y, sxx += x * x, sxy += x * y;
    }
    double det = n * sxx - sx * sx;
    if (!(det > 1e-12)) return false;
    *out = (n * sxy - sx * sy) / det;
    return true;
}

void axis_name(Str *out, const char *label, bool log) {
    if (label) str_add(out, label);
    if (log) str_add(out, label ? " (log)" : "(log)");
}
