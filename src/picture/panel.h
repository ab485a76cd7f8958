/* One slice of a matrix on a page: cells with their digits where these fit, labels on both axes,
 * row sums. The layout knows its size before anything is drawn. */
#ifndef QKV_PICTURE_PANEL_H
#define QKV_PICTURE_PANEL_H

#include "picture/inks.h"

typedef struct PanelAxis {
    Shown shown;
    double each;    /* length of a cell along it */
    double label;   /* what its labels take across it */
    double longest; /* of its labels, uncut */
    int64_t every;  /* so many cells for each label */
    bool tokens;    /* some labels are no indexes */
    bool upright;   /* columns: labels are turned */
} PanelAxis;

typedef struct Panel {
    const MatrixPlan *plan;
    const Inks *inks;
    int64_t slice;
    PanelAxis rows, cols;
    double text;          /* size of labels */
    double digits;        /* size of numbers; 0: there are none */
    double sum;           /* width of the row sums; 0: none */
    double left, top;     /* of the cells, within the panel */
    double width, height; /* of all */
    bool names;           /* of the axes are drawn */
} Panel;

/* The largest that fits into the room, each cell no larger than it reads well. text: the size of
 * labels; names: those of the axes stand at them. */
Panel panel_fit(const MatrixPlan *plan, int64_t slice, const Inks *inks, double width,
                double height, double text, bool names);
void panel_draw(const Panel *p, Sketch *s, double x, double y);
/* What the picture leaves out, as lines of text: rows and columns, labels, and in full the tokens
 * that were cut. Appends. */
void panel_notes(const Panel *p, Str *out);

#endif
