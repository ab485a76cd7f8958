/* Axes of curves, for whoever draws them: what they span, where their ticks are, how these read. */
#ifndef QKV_VIEW_AXIS_H
#define QKV_VIEW_AXIS_H

#include "view/node.h"

enum { TICKS_MAX = 12 };

typedef struct Axis {
    bool log;
    double lo, hi; /* of the plot, after the logarithm */
    double ticks[TICKS_MAX];
    int n_ticks;
    double step; /* between linear ticks */
} Axis;

/* What all points of a curve span, widened where that is nothing; false: there are no points. */
bool curve_ranges(const CurveNode *node, Axis *x, Axis *y);
/* Where a value stands on the axis; false: nowhere. */
bool axis_place(const Axis *a, double v, double *out);
/* Linear: round steps. Logarithmic: decades, thinned when there are many, with 2 and 5
 * between them when there are few. */
void axis_ticks(Axis *a, int most);
/* A tick's text. */
void axis_tick(const Axis *a, double v, Str *out);
/* "n (log)". */
void axis_name(Str *out, const char *label, bool log);
/* Slope of the least-squares line through the logarithms: the power that a log-log plot is read
 * for. False on other axes, and with fewer than two places on the x axis. */
bool curve_slope(const CurveNode *node, const ViewSeries *s, double *out);

#endif
