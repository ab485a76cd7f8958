/* Views laid out as drawings for paper, slides and pages: a matrix as a labelled heatmap, heads as
 * a grid, curves, bars; every other view as its text. Pure: the result is a Sketch.
 *
 *     Sketch *s = picture_draw(views, n, &(PictureStyle){.theme = PICTURE_PRINT});
 *     sketch_svg(s, &text);
 *     sketch_free(s);
 */
#ifndef QKV_PICTURE_PICTURE_H
#define QKV_PICTURE_PICTURE_H

#include "picture/sketch.h"
#include "view/view.h"

/* Print: greys from white to black, what is masked is hatched. */
typedef enum PictureTheme {
    PICTURE_LIGHT,
    PICTURE_DARK,
    PICTURE_PRINT,
    PICTURE_THEMES
} PictureTheme;
/* Fit: the page is as large as what is on it. Auto: what the kind of file wants. */
typedef enum PicturePaper { PAPER_AUTO, PAPER_FIT, PAPER_A4, PAPER_LETTER, PAPERS } PicturePaper;

const char *picture_theme_name(PictureTheme t);
const char *picture_paper_name(PicturePaper p);
/* False: there is none of that name; *out is untouched. */
bool picture_theme_parse(const char *name, PictureTheme *out);
bool picture_paper_parse(const char *name, PicturePaper *out);

typedef struct PictureStyle {
    PictureTheme theme;
    PicturePaper paper; /* auto: fit */
} PictureStyle;

/* Owned. Each view begins a page; a grid of many heads goes on over several. */
Sketch *picture_draw(View *const *views, size_t n, const PictureStyle *style);

/* Back ends of cairo, which is opened when first wanted: ERR_IMPORT names the package where it is
 * not there. Append the file's bytes; no dates, fonts embedded. */
bool picture_pdf(const Sketch *s, Str *out, Err *err);
bool picture_png(const Sketch *s, Str *out, Err *err);

#endif
