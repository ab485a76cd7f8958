/* Where the next thing goes on a page, and a new page when it has no room there. */
#ifndef QKV_PICTURE_PAGE_H
#define QKV_PICTURE_PAGE_H

#include "picture/inks.h"

#define PAGE_MARGIN 28.0

typedef struct Page {
    Sketch *s;
    const Inks *inks;
    PicturePaper paper;
    double y;             /* the next thing's top */
    double width, height; /* of what may be drawn on, without margins */
    double used;          /* width of what stands there; for pages that fit */
} Page;

/* Begins a page; wide: it lies on its side where paper has one. */
void page_begin(Page *p, bool wide);
/* Ends it; one that fits gets its size. */
void page_end(Page *p);
/* The room of a page of that paper, as page_begin will give it. */
double page_room(PicturePaper paper, bool wide);
/* Goes on to a further page unless `need` points are left. */
void page_need(Page *p, double need);
/* Lines of text, wrapped at blanks; each is `size` high. */
void page_words(Page *p, SketchText how, const char *text);
/* What stands from the left margin to x is that wide. */
void page_used(Page *p, double width);

/* curves and bars (chart.c), matrices and heads (heads.c) */
void page_curve(Page *p, const View *v);
void page_bars(Page *p, const View *v);
void page_matrix(Page *p, const View *v);
void page_thumbs(Page *p, const View *v);

#endif
