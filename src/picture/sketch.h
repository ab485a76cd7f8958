/* A drawing as a list of marks on pages, before it is known what file it becomes: svg.c and
 * cairo.c write it. All lengths are points (1/72 inch), y grows downward.
 *
 *     Sketch *s = sketch_new();
 *     sketch_page(s, 200, 100, paper);
 *     sketch_rect(s, 10, 10, 20, 20, ink);
 *     sketch_text(s, 15, 24, (SketchText){.size = 9, .anchor = SKETCH_MIDDLE, .ink = ink}, "0.62");
 *     ...
 *     sketch_free(s);
 *
 * Text is escaped on its way in: control characters, bidi overrides and malformed bytes are
 * visible, so that no back end meets one.
 */
#ifndef QKV_PICTURE_SKETCH_H
#define QKV_PICTURE_SKETCH_H

#include "base/str.h"
#include "term/color.h"

typedef enum SketchAnchor { SKETCH_START, SKETCH_MIDDLE, SKETCH_END } SketchAnchor;
typedef enum SketchFamily { SKETCH_SANS, SKETCH_MONO } SketchFamily;

typedef struct SketchText {
    double size;
    SketchAnchor anchor;
    SketchFamily family;
    Rgb ink;
    bool bold;
    bool upward; /* turned by 90 degrees, reads from below */
    double room; /* the text takes no more than this: it is cut, with an ellipsis; 0: no limit */
    const char *tip; /* what a pointer over it shows; of a cut text the whole, when NULL */
} SketchText;

typedef enum SketchKind {
    SKETCH_RECT,  /* filled */
    SKETCH_HATCH, /* slanted lines on a filled ground */
    SKETCH_LINE,  /* from (x, y) to (x + w, y + h) */
    SKETCH_PATH,  /* through points */
    SKETCH_WORDS, /* text whose baseline begins, has its middle or ends at (x, y) */
} SketchKind;

typedef struct SketchPoint {
    double x, y;
} SketchPoint;

typedef struct SketchMark {
    SketchKind kind;
    double x, y, w, h;
    Rgb ink, ground; /* ground: below a hatch */
    double thick;    /* of lines */
    double dash;     /* length of a dash; 0: none */
    char *tip;       /* owned; NULL: none */
    /* words: */
    char *text; /* owned, escaped, as it is shown */
    double size, width;
    SketchAnchor anchor;
    SketchFamily family;
    bool bold, upward;
    SketchPoint *points; /* of a path; owned */
    size_t count;
} SketchMark;

typedef struct SketchPage {
    double width, height;
    Rgb paper;
    VEC(SketchMark) marks;
} SketchPage;

typedef struct Sketch {
    char *title; /* owned; NULL: none */
    VEC(SketchPage) pages;
} Sketch;

Sketch *sketch_new(void);
void sketch_free(Sketch *s); /* NULL is fine */
/* A new page; what is drawn next is on it. */
void sketch_page(Sketch *s, double width, double height, Rgb paper);
SketchPage *sketch_last(Sketch *s); /* the page being drawn on; there must be one */

void sketch_rect(Sketch *s, double x, double y, double w, double h, Rgb ink);
void sketch_hatch(Sketch *s, double x, double y, double w, double h, Rgb ink, Rgb ground);
void sketch_line(Sketch *s, double x, double y, double w, double h, Rgb ink, double thick,
                 double dash);
/* Copies the points. */
void sketch_path(Sketch *s, const SketchPoint *points, size_t n, Rgb ink, double thick,
                 double dash);
/* False: it was cut. */
bool sketch_text(Sketch *s, double x, double y, SketchText how, const char *text);
/* What a pointer over the last mark shows. */
void sketch_tip(Sketch *s, const char *tip);

/* Between the lines of a hatch, across them, and their thickness: every back end draws these. */
#define HATCH_STEP 3.0
#define HATCH_THICK 1.2
/* The part of a hatch that its lines cover. */
#define HATCH_COVER (HATCH_THICK / HATCH_STEP)

/* The room that a text takes, an upper bound for the fonts that the back ends name (the widths of
 * DejaVu's, which is wide among sans faces); what layout counts on, whatever font draws it. */
double sketch_width(const char *text, double size, SketchFamily family, bool bold);
/* The text cut to the room with an ellipsis; owned. */
char *sketch_cut(const char *text, double size, SketchFamily family, bool bold, double room);
/* The box that a mark covers, text with its ascent and descent. */
typedef struct SketchBox {
    double x0, y0, x1, y1;
} SketchBox;
SketchBox sketch_box(const SketchMark *m);

/* The pages as one SVG file, below one another: names of fonts and text as text, nothing from
 * elsewhere. Appends. */
void sketch_svg(const Sketch *s, Str *out);

#endif
