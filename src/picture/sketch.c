/* See sketch.h. */
#include "config.h"

#include "picture/sketch.h"

#include <math.h>

#include "base/utf8.h"

/* Of the size: a line's text reaches so far above and below its baseline. */
#define ASCENT 0.80
#define DESCENT 0.24

Sketch *sketch_new(void) {
    return mem_zero(sizeof(Sketch));
}

static void mark_clear(SketchMark *m) {
    mem_free(m->tip);
    mem_free(m->text);
    mem_free(m->points);
}

void sketch_free(Sketch *s) {
    if (!s) return;
    for (size_t p = 0; p < s->pages.count; p++) {
        SketchPage *page = &s->pages.items[p];
        for (size_t i = 0; i < page->marks.count; i++) mark_clear(&page->marks.items[i]);
        vec_clear(&page->marks);
    }
    vec_clear(&s->pages);
    mem_free(s->title);
    mem_free(s);
}

void sketch_page(Sketch *s, double width, double height, Rgb paper) {
    vec_push(&s->pages, (SketchPage){.width = width, .height = height, .paper = paper});
}

SketchPage *sketch_last(Sketch *s) {
    if (!s->pages.count) BUG("a drawing without a page");
    return &s->pages.items[s->pages.count - 1];
}

static void add(Sketch *s, SketchMark m) {
    SketchPage *page = sketch_last(s);
    vec_push(&page->marks, m);
}

void sketch_rect(Sketch *s, double x, double y, double w, double h, Rgb ink) {
    add(s, (SketchMark){.kind = SKETCH_RECT, .x = x, .y = y, .w = w, .h = h, .ink = ink});
}

void sketch_hatch(Sketch *s, double x, double y, double w, double h, Rgb ink, Rgb ground) {
    add(s, (SketchMark){.kind = SKETCH_HATCH,
                        .x = x,
                        .y = y,
                        .w = w,
                        .h = h,
                        .ink = ink,
                        .ground = ground,
                        .thick = HATCH_THICK});
}

void sketch_line(Sketch *s, double x, double y, double w, double h, Rgb ink, double thick,
                 double dash) {
    add(s, (SketchMark){.kind = SKETCH_LINE,
                        .x = x,
                        .y = y,
                        .w = w,
                        .h = h,
                        .ink = ink,
                        .thick = thick,
                        .dash = dash});
}

void sketch_path(Sketch *s, const SketchPoint *points, size_t n, Rgb ink, double thick,
                 double dash) {
    SketchMark m = {.kind = SKETCH_PATH, .ink = ink, .thick = thick, .dash = dash, .count = n};
    m.points = mem_alloc(MAX(n, 1) * sizeof *points);
    if (n) memcpy(m.points, points, n * sizeof *points);
    add(s, m);
}

static char *escaped(const char *text) {
    Str s = STR_INIT;
    utf8_escape(&s, text, strlen(text), false);
    str_add(&s, "");
    return str_detach(&s);
}

bool sketch_text(Sketch *s, double x, double y, SketchText how, const char *text) {
    char *whole = escaped(text), *shown = whole;
    if (how.room > 0) shown = sketch_cut(whole, how.size, how.family, how.bold, how.room);
    bool cut = shown != whole && strcmp(shown, whole) != 0;
    const char *tip = how.tip ? how.tip : cut ? whole : NULL;
    add(s, (SketchMark){.kind = SKETCH_WORDS,
                        .x = x,
                        .y = y,
                        .ink = how.ink,
                        .text = shown,
                        .tip = tip ? escaped(tip) : NULL,
                        .size = how.size,
                        .width = sketch_width(shown, how.size, how.family, how.bold),
                        .anchor = how.anchor,
                        .family = how.family,
                        .bold = how.bold,
                        .upward = how.upward});
    if (shown != whole) mem_free(whole);
    return !cut;
}

void sketch_tip(Sketch *s, const char *tip) {
    SketchPage *page = sketch_last(s);
    SketchMark *m = &page->marks.items[page->marks.count - 1];
    mem_free(m->tip);
    m->tip = escaped(tip);
}

/* ---- widths ------------------------------------------------------------------------------ */

/* DejaVu Sans, thousandths of the size, from the blank to ~. */
static const uint16_t sans[95] = {
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361,  318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635,  611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,  525, 636, 337, 636, 838};

static double advance(uint32_t cp, SketchFamily family, bool bold) {
    int columns = utf8_width(cp);
    if (columns == 0) return 0;
    if (cp >= 0x1f000) return 1.35; /* emoji: the widest of the colour fonts */
    if (columns == 2) return 1.05;
    if (family == SKETCH_MONO) return 0.61;
    if (cp >= ' ' && cp <= '~') return sans[cp - ' '] / 1000.0 * (bold ? 1.12 : 1.0);
    return cp >= 0x2000 ? 0.95 : 0.82;
}

double sketch_width(const char *text, double size, SketchFamily family, bool bold) {
    size_t n = strlen(text);
    double width = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        i += (size_t)utf8_decode(text + i, n - i, &cp);
        width += advance(cp, family, bold);
    }
    return width * size;
}

char *sketch_cut(const char *text, double size, SketchFamily family, bool bold, double room) {
    static const char dots[] = "…";
    if (sketch_width(text, size, family, bold) <= room) return mem_strdup(text);
    double used = sketch_width(dots, size, family, bold);
    size_t n = strlen(text), end = 0;
    while (end < n) {
        uint32_t cp;
        int k = utf8_decode(text + end, n - end, &cp);
        double more = advance(cp, family, bold) * size;
        if (used + more > room && more > 0) break;
        used += more;
        end += (size_t)k;
    }
    Str s = STR_INIT;
    str_addn(&s, text, end);
    str_add(&s, dots);
    return str_detach(&s);
}

/* ---- boxes ------------------------------------------------------------------------------- */

static SketchBox words_box(const SketchMark *m) {
    double before = m->anchor == SKETCH_START    ? 0
                    : m->anchor == SKETCH_MIDDLE ? m->width / 2
                                                 : m->width;
    double up = ASCENT * m->size, down = DESCENT * m->size;
    if (!m->upward)
        return (SketchBox){m->x - before, m->y - up, m->x - before + m->width, m->y + down};
    return (SketchBox){m->x - up, m->y + before - m->width, m->x + down, m->y + before};
}

SketchBox sketch_box(const SketchMark *m) {
    if (m->kind == SKETCH_WORDS) return words_box(m);
    SketchBox b = {m->x, m->y, m->x + m->w, m->y + m->h};
    for (size_t i = 0; i < m->count; i++) {
        SketchPoint p = m->points[i];
        if (i == 0) b = (SketchBox){p.x, p.y, p.x, p.y};
        b = (SketchBox){fmin(b.x0, p.x), fmin(b.y0, p.y), fmax(b.x1, p.x), fmax(b.y1, p.y)};
    }
    return b;
}
