/* What the drawing files of this folder know of a View, and of each other. */
#ifndef QKV_VIEW_NODE_H
#define QKV_VIEW_NODE_H

#include "view/view.h"

typedef enum ViewKind {
    KIND_MATRIX,
    KIND_THUMBS,
    KIND_TABLE,
    KIND_LEDGER,
    KIND_CURVE,
    KIND_BARS,
    KIND_MARKDOWN,
    KIND_TEXT,
    KIND_VERBATIM,
    KIND_CODE,
    KIND_NOTE,
    KIND_COUNT
} ViewKind;

/* Strings along an axis, escaped; the rest of the axis has none. */
typedef struct Labels {
    char **items;
    size_t count;
} Labels;

/* The options' own copies; strings and labels point to owned memory. */
typedef struct MatrixNode {
    Tensor *t, *mask; /* retained; mask may be NULL */
    char *name, *meaning, *traits, *row_axis, *col_axis;
    char *lead_axes[VIEW_LEAD_AXES];
    int lead_axis_count;
    Labels rows, cols;
    ViewScale scale; /* auto: integers, which have no colours */
    bool glance;
    bool counts_true; /* a bool tensor that nobody called a mask */
    bool marks;       /* scale is VIEW_MASK, drawn as one, but it does not speak of masking */
    ViewSwitch row_sums, digits, zero_underflows, small;
    int decimals; /* -1: not said */
    double ramp_to;
} MatrixNode;

typedef struct ThumbsNode {
    View **matrices; /* of KIND_MATRIX, retained */
    Labels notes;
    size_t n;
    char *name, *meaning;
    int across;
    bool own_ramps;
} ThumbsNode;

typedef struct TableNode {
    Labels head, cells;
    size_t columns, rows;
    ViewAlign *align; /* one per column */
    bool total;
} TableNode;

typedef struct LedgerNode {
    ViewLedgerRow *rows; /* strings owned */
    size_t n;
} LedgerNode;

typedef struct CurveNode {
    ViewSeries *series; /* names and arrays owned; x never NULL */
    size_t n;
    char *x_label, *y_label;
    bool log_x, log_y;
    int height;
} CurveNode;

typedef struct BarsNode {
    Labels labels;
    double *values;
    size_t n;
    char *unit;
    double max;
    int decimals; /* -1: not said */
} BarsNode;

typedef struct TextNode {
    char *text; /* escaped, newlines and tabs kept */
    Style style;
    ViewNote note;
} TextNode;

struct View {
    int refs;
    ViewKind kind;
    char *title; /* escaped, or NULL */
    union {
        MatrixNode matrix;
        ThumbsNode thumbs;
        TableNode table;
        LedgerNode ledger;
        CurveNode curve;
        BarsNode bars;
        TextNode text;
    };
};

/* Each draws its kind; the title is already on a line of its own above (for
 * matrices: part of what they draw). Owned canvas, no wider than width unless
 * style->wide. */
Canvas *matrix_draw(const MatrixNode *m, int width, const ViewStyle *style);
Canvas *thumbs_draw(const ThumbsNode *t, int width, const ViewStyle *style);
Canvas *table_draw(const TableNode *t, int width, const ViewStyle *style);
Canvas *ledger_draw(const LedgerNode *l, int width, const ViewStyle *style);
Canvas *curve_draw(const CurveNode *c, int width, const ViewStyle *style);
Canvas *bars_draw(const BarsNode *b, int width);
/* How the values of bars are written, and the greatest magnitude among them. */
int bars_decimals(const BarsNode *b, double *greatest);
void bars_value(const BarsNode *b, size_t i, int decimals, Str *out);
Canvas *text_draw(const View *v, int width, const ViewStyle *style);

/* The label of one index, or NULL. */
static inline const char *label_at(const Labels *l, int64_t index) {
    return index >= 0 && (size_t)index < l->count ? l->items[index] : NULL;
}

/* Escaped copy (newlines and tabs too unless keep_ws); NULL stays NULL. */
char *shown_copy(const char *s, bool keep_ws);

#endif
