/* The colours of a theme, all from term/color.h, and those of a matrix's cells in it. */
#ifndef QKV_PICTURE_INKS_H
#define QKV_PICTURE_INKS_H

#include "picture/picture.h"
#include "view/matrix.h"

enum { INKS_SERIES = 6 };

typedef struct Inks {
    PictureTheme theme;
    ViewStyle style; /* what plans of matrices are made with */
    Rgb paper, text, faint, bad;
    Rgb hatch, hatch_ground; /* of masked cells */
    Rgb series[INKS_SERIES];
    bool dashed; /* series differ by their dashes, not by colour */
} Inks;

Inks inks_of(PictureTheme theme);
/* The colour of a place on a plan's ramp. */
Rgb inks_ramp(const Inks *inks, const MatrixPlan *p, double at);
/* The colour behind a cell; false when it has none. */
bool inks_cell(const Inks *inks, const MatrixPlan *p, const MatrixCell *cell, Rgb *out);
/* Of text on a ground: dark or light, whichever reads better. */
Rgb inks_on(Rgb ground);
/* Whether a cell is drawn hatched: nothing is attended there. */
bool inks_hatched(const MatrixCell *cell);
/* A line that names the rows of weights that do not sum to 1; appends nothing where all do. */
void picture_sums(const MatrixPlan *plan, Str *out);

#endif
