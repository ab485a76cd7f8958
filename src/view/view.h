/* What there is to see, before it is known how wide the screen is: matrices,
 * tables, ledgers, curves, text. A View is an immutable, reference-counted
 * description; drawing it on a canvas or turning it into JSON is a pure function.
 *
 *     View *v = view_matrix(w, &(ViewMatrixOpts){
 *         .name = "weights", .meaning = "softmax(q kᵀ/√8)", .scale = VIEW_WEIGHTS,
 *         .row_labels = tokens, .row_label_count = 6, .row_axis = "queries", ...});
 *     Canvas *c = view_draw(v, 80, &style);
 *     canvas_emit(c, &facts, &out);
 *     canvas_free(c);
 *     view_release(v);
 *
 * Ownership: constructors copy every string and array and retain every tensor and
 * view that they are given, and return +1. A tensor changed in place afterwards
 * shows its new values: draw before running on. No constructor fails; text that is
 * not UTF-8 or would act on a terminal is shown escaped.
 */
#ifndef QKV_VIEW_VIEW_H
#define QKV_VIEW_VIEW_H

#include <jansson.h>

#include "base/str.h"
#include "tensor/tensor.h"
#include "term/canvas.h"

typedef struct View View;

View *view_retain(View *v);
void view_release(View *v); /* NULL is fine */
const char *
view_name(const View *v); /* of a matrix or thumbnails its name, else its title; or NULL */
/* A matrix, thumbnails, a table, a curve or bars, as against text. */
bool view_is_figure(const View *v);
const Tensor *view_tensor(const View *v); /* a matrix's, borrowed; else NULL */

/* ---- matrices ---------------------------------------------------------------- */

typedef enum ViewScale {
    VIEW_SCALE_AUTO, /* bool: mask; floats: diverging if some < 0, else sequential; others plain */
    VIEW_WEIGHTS,    /* colours from 0 to the greatest shown, rows should sum to 1 */
    VIEW_DIVERGING,  /* scores: symmetric around 0 */
    VIEW_SEQUENTIAL, /* least to most */
    VIEW_MASK,       /* true = may attend ■, false = masked ·; says how many survive */
    VIEW_MARKS,      /* bool, no mask: true = ■, false = ·; says how many are marked */
} ViewScale;

typedef enum ViewSwitch { VIEW_AUTO, VIEW_ON, VIEW_OFF } ViewSwitch;

#define VIEW_LEAD_AXES 4

/* Zero-initialised means: decide yourself. Label arrays may be shorter than the
 * axis (the rest is unlabelled) or NULL (indexes are shown). */
typedef struct ViewMatrixOpts {
    const char *name;                /* "weights" */
    const char *meaning;             /* "softmax(q kᵀ/√8)" */
    const char *traits;              /* "requires_grad=True": behind the shape and the dtype */
    const char *row_axis, *col_axis; /* "queries", "keys" */
    const char *const *row_labels, *const *col_labels;
    size_t row_label_count, col_label_count;
    /* Names of the axes before the last two, innermost last: {"batch", "head"}; a
     * slice is then titled "head 0". Unnamed ones are titled "[0, 1]". */
    const char *lead_axes[VIEW_LEAD_AXES];
    int lead_axis_count;
    ViewScale scale;
    /* Boolean, broadcastable to the tensor, true = may attend; or NULL. Masked cells
     * show · where the value is what masking leaves (0 among weights, anything
     * elsewhere); a masked weight that is not 0 is shown, for it leaks. */
    const Tensor *mask;
    ViewSwitch row_sums; /* auto: weights */
    ViewSwitch digits;   /* auto: where all columns fit; off: heat cells only */
    /* An unmasked exact 0 shows ~0: it underflowed. Auto: weights with a mask. */
    ViewSwitch zero_underflows;
    bool decimals_set; /* else by the values and the style's precision */
    int decimals;
    bool glance; /* an echo: no more slices than the style's screen has room for, none as thumbnails
                  */
    /* Slices as thumbnails; auto: where the style has a screen that they do not fit. */
    ViewSwitch small;
    double ramp_to; /* where the colours end (scores: on both sides); 0: at the greatest shown */
} ViewMatrixOpts;

/* Whether mask's shape broadcasts to t's without widening it; a mask that does not is left out. */
bool view_mask_fits(const Tensor *mask, const Tensor *t);
/* t: any shape and dtype. 0-dim and 1-D are one row; more than 2-D are slices. */
View *view_matrix(const Tensor *t, const ViewMatrixOpts *opts); /* opts may be NULL */

typedef struct ViewThumbsOpts {
    const char *name, *meaning;
    const char *const *notes; /* one per matrix or NULL; a NULL among them: what the kind counts */
    int across;               /* at most so many in a row; 0: as many as fit */
    bool own_ramps;           /* each matrix has its own range of colours; else one for all */
} ViewThumbsOpts;

/* Matrices small and side by side, without digits and labels: a caption (the matrix's name, and a
 * note) over one cell per entry. matrices: views of view_matrix, retained; their slices are
 * thumbnails of their own. */
View *view_thumbs(View *const *matrices, size_t n, const ViewThumbsOpts *opts);

/* ---- tables and ledgers ------------------------------------------------------- */

typedef enum ViewAlign { VIEW_ALIGN_AUTO, VIEW_LEFT, VIEW_RIGHT, VIEW_CENTER } ViewAlign;

typedef struct ViewTableOpts {
    const char *title;      /* or NULL */
    const ViewAlign *align; /* one per column, or NULL; auto: right if all are numbers */
    bool total;             /* the last row is a total: set off by a rule */
} ViewTableOpts;

/* cells: rows * columns strings, row by row; NULL is an empty cell. Cells are
 * wrapped when the table is too wide; where even that does not fit, every row
 * becomes a block of `heading value` pairs. */
View *view_table(const char *const *head, size_t columns, const char *const *cells, size_t rows,
                 const ViewTableOpts *opts);

/* The same, cell by cell:
 *     ViewTable t = view_table_begin(head, 2);
 *     view_cell(&t, "%s", name), view_cell(&t, "%d", count);     (a row)
 *     View *v = view_table_end(&t, NULL);                        (or view_table_drop(&t)) */
typedef struct ViewTable {
    const char *const *head; /* borrowed */
    size_t columns;
    VEC(char *) cells; /* owned, row by row */
} ViewTable;

ViewTable view_table_begin(const char *const *head, size_t columns);
void view_cell(ViewTable *t, const char *fmt, ...) PRINTF_LIKE(2, 3);
size_t view_table_rows(const ViewTable *t);
View *view_table_end(ViewTable *t, const ViewTableOpts *opts);
void view_table_drop(ViewTable *t);

typedef struct ViewLedgerRow {
    const char *step; /* "q = x @ Wq", whole; drawing cuts it */
    struct {
        int ndim; /* negative: unknown */
        int64_t size[TENSOR_MAX_DIM];
    } shape;
    double params, flops, bytes; /* whole numbers; negative: unknown, shown blank and not added */
    int64_t ns;                  /* negative: unknown */
    int64_t times;               /* how often the step ran; 0 as 1 */
} ViewLedgerRow;

/* Drawn with thousands separators and a total row. Bytes from 1024 on are given in
 * K, M, G, T of 1024, one decimal; params and FLOPs exactly up to 999,999,999, then in
 * G, T, P of 1000; times in µs, ms, s. */
View *view_ledger(const char *title, const ViewLedgerRow *rows, size_t n);
/* Appends a ledger's sums as one line: "7 steps, 192 parameters, 4,352 FLOPs, ≈ 26.0 µs", the time
 * "(time)" when masked. What is 0 or unknown is left out. False: the view is no ledger. */
bool view_ledger_line(const View *v, bool masked, Str *out);

/* ---- pictures ----------------------------------------------------------------- */

typedef struct ViewSeries {
    const char *name;
    const double *x; /* NULL: 0, 1, 2 ... */
    const double *y;
    size_t n;
    bool points; /* do not join them by lines */
} ViewSeries;

typedef struct ViewCurveOpts {
    const char *title, *x_label, *y_label;
    bool log_x, log_y; /* values <= 0 are left out then */
    int height;        /* rows of the plot itself; 0: 12 */
} ViewCurveOpts;

/* Non-finite values are left out. */
View *view_curve(const ViewSeries *series, size_t n, const ViewCurveOpts *opts);

typedef struct ViewBarsOpts {
    const char *title, *unit; /* unit stands behind every value */
    double max;               /* full length; 0: the greatest value */
    bool decimals_set;
    int decimals;
} ViewBarsOpts;

/* Values below 0 draw no bar but show their number. */
View *view_bars(const char *const *labels, const double *values, size_t n,
                const ViewBarsOpts *opts);

/* ---- text ----------------------------------------------------------------------- */

View *view_markdown(const char *text);
/* Appends a text as HTML, for a file: raw HTML in it is left out, all else escaped. */
void view_markdown_html(const char *text, Str *out);
/* Lines wrapped at the width, in one style. */
View *view_text(Style style, const char *text);
/* Lines as they are (code, printed output); cut at the width unless style.wide. */
View *view_verbatim(Style style, const char *text);
/* Lines of code, indented; one that is too wide goes on deeper than it began. */
View *view_code(const char *text);

typedef enum ViewNote { VIEW_NOTE, VIEW_WARNING, VIEW_ERROR, VIEW_OK } ViewNote;
/* "note: ...", "warning: ..."; the hanging indent follows the word. */
View *view_note(ViewNote kind, const char *text);

/* ---- drawing ------------------------------------------------------------------------ */

/* The facts that drawing needs; zero-initialised means 80 columns without colour.
 * view_style() fills it from the terminal's. */
typedef struct ViewStyle {
    ColorDepth depth; /* colour bars and half-block heatmaps need 256 or more */
    Ground ground;
    Theme theme;
    bool ascii;  /* no UTF-8: text becomes ASCII before it is laid out */
    bool wide;   /* show everything: no ellipsis, the canvas may pass the width */
    bool masked; /* times of ledgers read "(time)": for goldens */
    bool precision_set;
    int precision; /* decimals of matrices that do not ask for their own */
    int max_rows;  /* rows of a matrix before the middle is left out; 0: 24 */
    bool no_bars;  /* every row is needed: no colour bars, and heat cells keep to max_rows too */
    int screen;    /* rows from which on slices become thumbnails, and plots lower than they were
                      asked for; 0: never */
} ViewStyle;

ViewStyle view_style(const TermFacts *facts);

/* Owned by the caller. Nothing is wider than width (20 at least) unless style->wide. */
Canvas *view_draw(const View *v, int width, const ViewStyle *style);

/* A new reference to
 *   { "title": string or null, "text": string,
 *     "tensors": [{"name", "meaning", "shape": [..], "dtype", "rows", "columns", "row_labels",
 *                  "column_labels", "data": nested arrays, "mask": the same or null, "note",
 *                  "autograd"}],
 *     "tables": [{"title", "head": [..], "rows": [[..]]}],
 *     "series": [{"title", "name", "x": [..], "y": [..]}],
 *     "ledger": [{"step", "shape": [..], "times", "params", "flops", "bytes", "ns"}] },
 * which docs/qkv.schema.json has in full.
 * "text" holds prose and notes (Markdown as written). Keys whose array would be empty are there
 * all the same. nan and infinities are the strings "nan", "inf", "-inf". */
json_t *view_json(const View *v);

#endif
