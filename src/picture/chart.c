/* Curves and bars on pages; see page.h. */
#include "config.h"

#include "picture/page.h"

#include <math.h>

#include "view/axis.h"

static const double title_size = 12, text_size = 8;
static const double wide = 420, high = 220; /* of a plot */
static const double bar_high = 12, bar_gap = 4;
static const double thick = 1.4;
static const double dashes[INKS_SERIES] = {0, 6, 2, 10, 4, 1};

static void put_title(Page *p, const View *v) {
    if (!v->title) return;
    page_words(p, (SketchText){.size = title_size, .bold = true, .ink = p->inks->text}, v->title);
    p->y += 6;
}

typedef struct Plot {
    Page *p;
    const CurveNode *node;
    Axis x, y;
    double left, top, width, height; /* of the plot itself */
} Plot;

static double at_x(const Plot *q, double place) {
    return q->left + (place - q->x.lo) / (q->x.hi - q->x.lo) * q->width;
}

static double at_y(const Plot *q, double place) {
    return q->top + q->height - (place - q->y.lo) / (q->y.hi - q->y.lo) * q->height;
}

static Rgb ink_of(const Plot *q, size_t series) {
    return q->p->inks->series[series % INKS_SERIES];
}

static double dash_of(const Plot *q, size_t series) {
    return q->p->inks->dashed ? dashes[series % INKS_SERIES] : 0;
}

/* Points that are none (nan, or 0 on a logarithmic axis) break the line. */
static void draw_series(const Plot *q, size_t series) {
    const ViewSeries *s = &q->node->series[series];
    VEC(SketchPoint) run = {0};
    for (size_t i = 0; i <= s->n; i++) {
        double x, y;
        bool there = i < s->n && axis_place(&q->x, s->x[i], &x) && axis_place(&q->y, s->y[i], &y);
        if (there) {
            SketchPoint at = {at_x(q, x), at_y(q, y)};
            vec_push(&run, at);
            if (s->points) sketch_rect(q->p->s, at.x - 1.5, at.y - 1.5, 3, 3, ink_of(q, series));
            continue;
        }
        if (run.count > 1 && !s->points)
            sketch_path(q->p->s, run.items, run.count, ink_of(q, series), thick,
                        dash_of(q, series));
        else if (run.count == 1 && !s->points)
            sketch_rect(q->p->s, run.items[0].x - 1, run.items[0].y - 1, 2, 2, ink_of(q, series));
        run.count = 0;
    }
    vec_clear(&run);
}

static double widest_tick(const Axis *a) {
    double widest = 0;
    for (int i = 0; i < a->n_ticks; i++) {
        Str s = STR_INIT;
        axis_tick(a, a->ticks[i], &s);
        widest = fmax(widest, sketch_width(str_cstr(&s), text_size, SKETCH_SANS, false));
        str_clear(&s);
    }
    return widest;
}

static void draw_axes(const Plot *q) {
    Sketch *s = q->p->s;
    Rgb faint = q->p->inks->faint;
    Str text = STR_INIT;
    double foot = q->top + q->height, last = -1e9;
    sketch_line(s, q->left, q->top, 0, q->height, faint, 0.7, 0);
    sketch_line(s, q->left, foot, q->width, 0, faint, 0.7, 0);
    for (int i = 0; i < q->y.n_ticks; i++) {
        double place = 0;
        axis_place(&q->y, q->y.ticks[i], &place);
        str_reset(&text);
        axis_tick(&q->y, q->y.ticks[i], &text);
        sketch_line(s, q->left - 3, at_y(q, place), 3, 0, faint, 0.7, 0);
        sketch_text(s, q->left - 5, at_y(q, place) + text_size * 0.34,
                    (SketchText){.size = text_size, .anchor = SKETCH_END, .ink = q->p->inks->text},
                    str_cstr(&text));
    }
    for (int i = 0; i < q->x.n_ticks; i++) {
        double place = 0;
        axis_place(&q->x, q->x.ticks[i], &place);
        str_reset(&text);
        axis_tick(&q->x, q->x.ticks[i], &text);
        double half = sketch_width(str_cstr(&text), text_size, SKETCH_SANS, false) / 2;
        sketch_line(s, at_x(q, place), foot, 0, 3, faint, 0.7, 0);
        if (at_x(q, place) - half < last + 4) continue;
        last = at_x(q, place) + half;
        sketch_text(
            s, at_x(q, place), foot + 4 + text_size,
            (SketchText){.size = text_size, .anchor = SKETCH_MIDDLE, .ink = q->p->inks->text},
            str_cstr(&text));
    }
    str_clear(&text);
}

/* A line for each curve: a piece of it and its name, with the slope where both axes are
 * logarithmic. */
static void draw_legend(const Plot *q) {
    Page *p = q->p;
    for (size_t i = 0; i < q->node->n; i++) {
        const ViewSeries *s = &q->node->series[i];
        Str text = STR_INIT;
        double slope;
        str_add(&text, s->name);
        if (curve_slope(q->node, s, &slope))
            str_printf(&text, "%sslope %.2f", text.len ? ", " : "", slope);
        if (text.len) {
            page_need(p, text_size * 1.5);
            sketch_line(p->s, PAGE_MARGIN, p->y + text_size * 0.6, 22, 0, ink_of(q, i), thick,
                        dash_of(q, i));
            sketch_text(
                p->s, PAGE_MARGIN + 28, p->y + text_size,
                (SketchText){.size = text_size, .ink = p->inks->text, .room = p->width - 28},
                str_cstr(&text));
            page_used(p, 28 + fmin(sketch_width(str_cstr(&text), text_size, SKETCH_SANS, false),
                                   p->width - 28));
            p->y += text_size * 1.5;
        }
        str_clear(&text);
    }
}

void page_curve(Page *p, const View *v) {
    Plot q = {.p = p, .node = &v->curve};
    SketchText how = {.size = text_size, .ink = p->inks->faint};
    Str name = STR_INIT;
    page_begin(p, false);
    put_title(p, v);
    if (!curve_ranges(q.node, &q.x, &q.y)) {
        page_words(p, how, "(nothing to draw)");
        page_end(p);
        return;
    }
    axis_ticks(&q.x, 8);
    axis_ticks(&q.y, 6);
    axis_name(&name, q.node->y_label, q.y.log);
    page_words(p, how, str_cstr(&name));
    q.left = PAGE_MARGIN + widest_tick(&q.y) + 8;
    q.top = p->y + 6;
    q.width = fmin(wide, p->width - (q.left - PAGE_MARGIN) - 20);
    q.height = high;
    draw_axes(&q);
    for (size_t i = 0; i < q.node->n; i++) draw_series(&q, i);
    page_used(p, q.left + q.width + 20 - PAGE_MARGIN);
    p->y = q.top + q.height + text_size * 2 + 4;
    str_reset(&name);
    axis_name(&name, q.node->x_label, q.x.log);
    if (name.len) {
        how.anchor = SKETCH_MIDDLE;
        how.room = q.width;
        sketch_text(p->s, q.left + q.width / 2, p->y + 2, how, str_cstr(&name));
        p->y += text_size * 1.5;
    }
    draw_legend(&q);
    page_end(p);
    str_clear(&name);
}

void page_bars(Page *p, const View *v) {
    const BarsNode *b = &v->bars;
    double greatest, label = 0, value = 0;
    int decimals = bars_decimals(b, &greatest);
    Str text = STR_INIT;
    page_begin(p, false);
    put_title(p, v);
    for (size_t i = 0; i < b->n; i++) {
        const char *name = label_at(&b->labels, (int64_t)i);
        if (name) label = fmax(label, sketch_width(name, text_size, SKETCH_SANS, false));
        str_reset(&text);
        bars_value(b, i, decimals, &text);
        value = fmax(value, sketch_width(str_cstr(&text), text_size, SKETCH_SANS, false));
    }
    label = fmin(label, p->width * 0.35);
    double room = fmin(wide, p->width - label - value - 12), full = b->max > 0 ? b->max : greatest;
    for (size_t i = 0; i < b->n && !INTERRUPTED(); i++) {
        const char *name = label_at(&b->labels, (int64_t)i);
        double v_i = b->values[i], share = full > 0 && isfinite(v_i) ? v_i / full : 0;
        page_need(p, bar_high + bar_gap);
        double x = PAGE_MARGIN + label + 6, y = p->y + bar_high * 0.5 + text_size * 0.34;
        if (name && *name)
            sketch_text(p->s, x - 6, y,
                        (SketchText){.size = text_size,
                                     .anchor = SKETCH_END,
                                     .ink = p->inks->text,
                                     .room = label + 0.01},
                        name);
        double w = room * fmin(fmax(share, 0), 1);
        if (w > 0) sketch_rect(p->s, x, p->y, w, bar_high, p->inks->series[0]);
        str_reset(&text);
        bars_value(b, i, decimals, &text);
        sketch_text(p->s, x + w + 4, y, (SketchText){.size = text_size, .ink = p->inks->text},
                    str_cstr(&text));
        p->y += bar_high + bar_gap;
    }
    page_used(p, label + 6 + room + 4 + value);
    page_end(p);
    str_clear(&text);
}
