/* See page.h. */
#include "config.h"

#include "picture/page.h"

#include <math.h>

static const double line = 1.3; /* from baseline to baseline, of the size */

/* What a page that fits may take, and the sizes of paper. */
static const struct {
    double width, height;
} sizes[] = {[PAPER_FIT] = {720, 1e6}, [PAPER_A4] = {595.28, 841.89}, [PAPER_LETTER] = {612, 792}};

/* A picture on a page that fits is no higher than this, its heads aside. */
static const double fit_height = 720;

double page_room(PicturePaper paper, bool wide) {
    return (wide && paper != PAPER_FIT ? sizes[paper].height : sizes[paper].width) -
           2 * PAGE_MARGIN;
}

void page_begin(Page *p, bool wide) {
    double w = sizes[p->paper].width, h = sizes[p->paper].height;
    if (wide && p->paper != PAPER_FIT) w = sizes[p->paper].height, h = sizes[p->paper].width;
    sketch_page(p->s, w, h, p->inks->paper);
    p->y = PAGE_MARGIN;
    p->width = w - 2 * PAGE_MARGIN;
    p->height = (p->paper == PAPER_FIT ? fit_height : h) - 2 * PAGE_MARGIN;
    p->used = 0;
}

void page_end(Page *p) {
    if (p->paper != PAPER_FIT) return;
    SketchPage *page = sketch_last(p->s);
    page->width = ceil(fmax(p->used, 120) + 2 * PAGE_MARGIN);
    page->height = ceil(p->y + PAGE_MARGIN);
}

void page_need(Page *p, double need) {
    SketchPage *page = sketch_last(p->s);
    if (p->y + need <= page->height - PAGE_MARGIN || p->y <= PAGE_MARGIN) return;
    bool wide = page->width > page->height;
    double used = p->used;
    page_begin(p, wide);
    p->used = used;
}

void page_used(Page *p, double width) {
    p->used = fmax(p->used, width);
}

static void put_line(Page *p, SketchText how, const char *text) {
    page_need(p, how.size * line);
    how.room = p->width;
    sketch_text(p->s, PAGE_MARGIN, p->y + how.size, how, text);
    page_used(p, fmin(sketch_width(text, how.size, how.family, how.bold), p->width));
    p->y += how.size * line;
}

/* One line of the text, wrapped: as many words as fit, at least one. */
static void put_wrapped(Page *p, SketchText how, const char *text, size_t n) {
    Str row = STR_INIT;
    for (size_t at = 0; at < n;) {
        size_t blanks = strspn(text + at, " "), word = at + MIN(blanks, n - at);
        while (word < n && text[word] != ' ') word++;
        size_t before = row.len;
        str_addn(&row, text + at, word - at);
        bool over =
            sketch_width(str_cstr(&row), how.size, how.family, how.bold) > p->width && before;
        if (!over) {
            at = word;
            continue;
        }
        row.buf[row.len = before] = '\0';
        put_line(p, how, str_cstr(&row));
        str_reset(&row);
        at += blanks;
    }
    put_line(p, how, str_cstr(&row));
    str_clear(&row);
}

void page_words(Page *p, SketchText how, const char *text) {
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, "\n");
        put_wrapped(p, how, at, n);
        at += n + (at[n] == '\n');
    }
}
