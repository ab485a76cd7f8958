/* Between the files that draw matrices: what the values need (MatrixPlan), and the
 * two ways to draw one slice, as digits or as heat cells.
 *
 * A slice is the last two dimensions at one index of the others; a 1-D or 0-dim
 * tensor is a slice of one row.
 */
#ifndef QKV_VIEW_MATRIX_H
#define QKV_VIEW_MATRIX_H

#include "view/node.h"

typedef enum CellKind {
    CELL_NUMBER,
    CELL_ZERO,      /* exactly 0 */
    CELL_UNDERFLOW, /* 0 where the true value is not */
    CELL_MASKED,
    CELL_ON, /* may attend, in a mask */
    CELL_NONFINITE,
} CellKind;

typedef struct MatrixCell {
    CellKind kind;
    bool closed;                   /* the mask forbids it */
    bool leaks;                    /* closed, yet a number that is not 0 */
    double v, im;                  /* im: of complex ones, else 0 */
    int64_t index[TENSOR_MAX_DIM]; /* in the tensor, for exact integers */
} MatrixCell;

typedef struct MatrixPlan {
    const MatrixNode *m;
    const ViewStyle *style;
    int64_t R, C, slices, slices_shown;
    /* over the slices shown: */
    double lo, hi;                    /* range of finite unmasked values; lo > hi: there are none */
    double least;                     /* the smallest that is not 0 */
    double fixed, fixed_lo, fixed_hi; /* greatest, and range with 0, below NUMBER_FIXED_END */
    bool whole;                       /* those are all whole numbers */
    bool minus_zero;
    bool nan, inf, neg_inf;
    bool masked, underflow, zero; /* such glyphs occur */
    double from, to; /* what the ends of the ramp stand for; from >= to: there is no ramp */
    int64_t survivors, cells, leaks;
    VEC(int64_t) dead_rows; /* rows with every cell masked, in order, repeats left out */
    /* Every number takes `left` columns before its point and `right` with and after it; with an
     * exponent of its own where `decimals` would make it 0 (weights: ~0). exponents: all have one,
     * and `decimals` are the mantissa's. */
    bool exponents;
    bool tiny; /* some would be 0 */
    int decimals, left, right, width;
    bool sums;
} MatrixPlan;

enum { SLICES_DIGITS = 8, SLICES_SMALL = 64 }; /* slices shown as digits, as thumbnails */

/* At most `slices` are shown, all of them if the style is wide. */
void matrix_plan(MatrixPlan *p, const MatrixNode *m, const ViewStyle *style, int64_t slices);
void matrix_plan_clear(MatrixPlan *p);
/* Widens p's facts about values and glyphs by those of q, and its ramp; not its sizes. */
void matrix_plan_join(MatrixPlan *p, const MatrixPlan *q);
/* The mask's entry for an index of the tensor, as it broadcasts; true without a mask. */
bool matrix_attends(const MatrixNode *m, const int64_t *index);
MatrixCell matrix_cell(const MatrixPlan *p, int64_t slice, int64_t row, int64_t col);
/* Decides how the numbers of a range are written: decimals, exponents, columns. */
void matrix_measure(MatrixPlan *p);
/* Any number as the matrix writes its own, without padding. */
void matrix_number(const MatrixPlan *p, double v, Str *out);
/* An end of the colour bar. Weights' have digits of their own: 0.0156 of 64 keys. */
void matrix_end(const MatrixPlan *p, double v, Str *out);
/* The cell's glyphs with the point in its place, p->width columns, and their style. */
Style matrix_text(const MatrixPlan *p, const MatrixCell *cell, Str *out);
/* The colour behind a cell; false when it has none. */
bool matrix_color(const MatrixPlan *p, const MatrixCell *cell, Rgb *out);
/* "rows = queries, columns = keys", as far as they are known. */
void matrix_axes(const MatrixNode *m, Str *out);
/* A slice's title: "head 0", "batch 1, head 0" or "[1, 0]". */
void matrix_slice_title(const MatrixNode *m, int64_t slice, Str *out);
/* Place of a value on the ramp: 0..1, for diverging ones -1..1. */
double matrix_ramp(const MatrixPlan *p, double v);
Rgb matrix_ramp_color(const MatrixPlan *p, double at);
double matrix_row_sum(const MatrixPlan *p, int64_t slice, int64_t row);

/* Indexes of an axis that are shown: all, or `head` first and `tail` last ones with
 * an ellipsis between. */
typedef struct Shown {
    int64_t n, head, tail;
} Shown;

/* As many as fit in room columns or rows, each taking `each`, an ellipsis `dots`. */
Shown shown_fit(int64_t n, int64_t room, int64_t each, int64_t dots);
static inline bool shown_all(const Shown *s) {
    return s->head + s->tail >= s->n;
}
static inline int64_t shown_count(const Shown *s) {
    return shown_all(s) ? s->n : s->head + s->tail + 1;
}
/* Index at a place, -1 for the ellipsis. */
static inline int64_t shown_index(const Shown *s, int64_t place) {
    if (shown_all(s) || place < s->head) return place;
    return place == s->head ? -1 : s->n - (s->head + s->tail + 1 - place);
}

/* How digits stand on the screen; one for all slices. */
typedef struct DigitLayout {
    Shown rows, cols;
    int label;       /* columns of the row labels, their gap included */
    int column, pad; /* columns of a cell's text, and blank ones on its right (1 on its left) */
    int head_rows;   /* rows of the column labels; more than one: they stand upright */
    int sum;         /* columns of the row sums, 0: none */
    int width, height;
} DigitLayout;

/* Layout within width; all columns are shown if that is possible at all. */
DigitLayout digits_layout(const MatrixPlan *p, int width);
void digits_draw(const MatrixPlan *p, const DigitLayout *l, int64_t slice, Canvas *c, int row,
                 int col);

/* Heat cells: one mark per entry, or per block of entries when there are too many;
 * a block's mark is its mean, among weights its greatest. */
typedef struct HeatLayout {
    int64_t block_rows, block_cols; /* entries of a mark */
    int64_t rows, cols;             /* marks */
    int mark;                       /* columns of a mark */
    bool color;                     /* else shades */
    bool half;                      /* two marks above one another share a screen row */
    int label, head_rows;
    int width, height;
} HeatLayout;

HeatLayout heat_layout(const MatrixPlan *p, int width);
/* Without labels: marks of `mark` columns; of one column, in colour, half a row high. */
HeatLayout heat_bare(const MatrixPlan *p, int mark, int64_t block_rows, int64_t block_cols);
void heat_draw(const MatrixPlan *p, const HeatLayout *l, int64_t slice, Canvas *c, int row,
               int col);
/* The glyph for a place on the ramp where there is no colour: ░ ▒ ▓ █, and for diverging ramps
 * = - + #. */
uint32_t heat_shade(const MatrixPlan *p, double at);

/* What stands below the picture: colour bar, legend, warnings. heat: how it was drawn, NULL: as
 * digits. Returns the row below. */
int matrix_foot(const MatrixPlan *p, const HeatLayout *heat, Canvas *c, int row, int width);

/* A plan's slices as thumbnails, with what stands below, from row on. */
void thumbs_draw_slices(const MatrixPlan *p, Canvas *c, int row, int width);

/* Label of a row or column of the tensor: the token, or its index in buf. */
const char *matrix_label(const Labels *l, int64_t index, char buf[24], Style *style);
/* Puts text cut to width with an ellipsis, at the left or the right. */
void put_fitted(Canvas *c, int row, int col, int width, Style style, const char *text, bool right);

#endif
