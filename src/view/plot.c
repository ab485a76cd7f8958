/* Curves as braille dots, with axes, ticks and a legend that needs no colour. */
#include "config.h"

#include "view/axis.h"
#include "view/flow.h"
#include "view/node.h"

#include <math.h>

#include "base/utf8.h"

enum { WIDTH_MAX = 72, LABEL_MAX = 10, SERIES_STYLES = 6 };

/* Each series has a letter of its own, set on some of its points. */
static const char markers[] = "ox+*#@";

typedef struct Plot {
    const CurveNode *node;
    Axis x, y;
    int cols, rows; /* of the plot area, in cells */
    int left;       /* columns left of it: tick labels and the axis */
    uint8_t *dots;  /* braille bits per cell */
    uint8_t *owner; /* series that drew last, 1-based */
} Plot;

/* ---- dots ------------------------------------------------------------------------------------ */

static int dot_of(const Axis *a, double place, int dots) {
    return (int)lround((place - a->lo) / (a->hi - a->lo) * (dots - 1));
}

/* (dx, dy) counts dots from the bottom left. */
static void set_dot(Plot *p, size_t series, int dx, int dy) {
    static const uint8_t bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    int down = 4 * p->rows - 1 - dy;
    int cell = down / 4 * p->cols + dx / 2;
    p->dots[cell] |= bits[down % 4][dx % 2];
    p->owner[cell] = (uint8_t)(series % 250 + 1);
}

static void draw_line(Plot *p, size_t series, int x0, int y0, int x1, int y1) {
    int steps = MAX(MAX(abs(x1 - x0), abs(y1 - y0)), 1);
    for (int i = 0; i <= steps; i++) {
        double t = (double)i / steps;
        set_dot(p, series, (int)lround(x0 + t * (x1 - x0)), (int)lround(y0 + t * (y1 - y0)));
    }
}

static void draw_series(Plot *p, size_t series) {
    const ViewSeries *s = &p->node->series[series];
    bool have = false;
    int px = 0, py = 0;
    for (size_t i = 0; i < s->n; i++) {
        double x, y;
        if (!axis_place(&p->x, s->x[i], &x) || !axis_place(&p->y, s->y[i], &y)) {
            have = false; /* a gap where there is no value */
            continue;
        }
        int dx = dot_of(&p->x, x, 2 * p->cols), dy = dot_of(&p->y, y, 4 * p->rows);
        if (have && !s->points)
            draw_line(p, series, px, py, dx, dy);
        else
            set_dot(p, series, dx, dy);
        px = dx, py = dy, have = true;
    }
}

/* ---- on the canvas -------------------------------------------------------------------------- */

static Style series_style(size_t series) {
    return (Style)(STYLE_SERIES1 + series % SERIES_STYLES);
}

static char series_marker(size_t series) {
    return markers[series % (sizeof markers - 1)];
}

static void put_dots(const Plot *p, Canvas *c, int row) {
    for (int i = 0; i < p->rows * p->cols; i++)
        if (p->dots[i])
            canvas_repeat(c, row + i / p->cols, p->left + i % p->cols,
                          series_style(p->owner[i] - 1u), 0x2800u + p->dots[i], 1);
}

/* The letters of a series, on every point or on some six of many. */
static void put_markers(const Plot *p, size_t series, Canvas *c, int row) {
    const ViewSeries *s = &p->node->series[series];
    size_t every = s->n > 12 ? (s->n + 5) / 6 : 1;
    for (size_t i = (every > 1 ? series * every / (p->node->n + 1) : 0); i < s->n; i += every) {
        double x, y;
        if (!axis_place(&p->x, s->x[i], &x) || !axis_place(&p->y, s->y[i], &y)) continue;
        int dx = dot_of(&p->x, x, 2 * p->cols), dy = dot_of(&p->y, y, 4 * p->rows);
        canvas_repeat(c, row + (4 * p->rows - 1 - dy) / 4, p->left + dx / 2, series_style(series),
                      (uint32_t)series_marker(series), 1);
    }
}

static void draw_y_axis(const Plot *p, Canvas *c, int row) {
    for (int r = 0; r < p->rows; r++) canvas_put(c, row + r, p->left - 1, STYLE_FAINT, "│");
    int last = -1;
    for (int i = 0; i < p->y.n_ticks; i++) {
        double place = 0;
        axis_place(&p->y, p->y.ticks[i], &place);
        int at = (4 * p->rows - 1 - dot_of(&p->y, place, 4 * p->rows)) / 4;
        if (at == last) continue;
        last = at;
        Str s = STR_INIT;
        axis_tick(&p->y, p->y.ticks[i], &s);
        canvas_put(c, row + at, p->left - 1 - (int)s.len - 1, STYLE_PLAIN, str_cstr(&s));
        canvas_put(c, row + at, p->left - 1, STYLE_FAINT, "┤");
        str_clear(&s);
    }
}

static void draw_x_axis(const Plot *p, Canvas *c, int row) {
    canvas_put(c, row, p->left - 1, STYLE_FAINT, "└");
    canvas_repeat(c, row, p->left, STYLE_FAINT, 0x2500, p->cols);
    int free_from = 0;
    for (int i = 0; i < p->x.n_ticks; i++) {
        double place = 0;
        axis_place(&p->x, p->x.ticks[i], &place);
        int at = p->left + dot_of(&p->x, place, 2 * p->cols) / 2;
        Str s = STR_INIT;
        axis_tick(&p->x, p->x.ticks[i], &s);
        int from = MIN(at - (int)s.len / 2, p->left + p->cols - (int)s.len);
        if (from >= free_from) {
            canvas_put(c, row, at, STYLE_FAINT, "┬");
            free_from = canvas_put(c, row + 1, from, STYLE_PLAIN, str_cstr(&s)) + 1;
        }
        str_clear(&s);
    }
}

static int draw_legend(const Plot *p, Canvas *c, int row, int width) {
    Flow f = {0};
    for (size_t i = 0; i < p->node->n; i++) {
        const ViewSeries *s = &p->node->series[i];
        double slope;
        bool power = curve_slope(p->node, s, &slope);
        if (p->node->n == 1 && !power) break;
        if (i) flow_adds(&f, STYLE_PLAIN, "   ");
        size_t first = f.atoms.count; /* marker, name and slope stay on one line */
        Str text = STR_INIT;
        if (p->node->n > 1) str_printf(&text, "%c ", series_marker(i));
        str_add(&text, s->name);
        flow_adds(&f, series_style(i), str_cstr(&text));
        str_reset(&text);
        if (power) str_printf(&text, "%sslope %.2f", p->node->n > 1 || *s->name ? ", " : "", slope);
        flow_adds(&f, STYLE_FAINT, str_cstr(&text));
        flow_keep_spaces(&f, first);
        str_clear(&text);
    }
    int rows = f.atoms.count ? flow_draw(&f, c, row, 0, width, VIEW_LEFT) : 0;
    flow_clear(&f);
    return rows;
}

static void choose_left(Plot *p) {
    int widest = 1;
    for (int i = 0; i < p->y.n_ticks; i++) {
        Str s = STR_INIT;
        axis_tick(&p->y, p->y.ticks[i], &s);
        widest = MAX(widest, (int)s.len);
        str_clear(&s);
    }
    p->left = MIN(widest, LABEL_MAX) + 2;
}

static void draw_plot(Plot *p, Canvas *c, int width) {
    Str name = STR_INIT;
    int row = 0;
    axis_name(&name, p->node->y_label, p->y.log);
    if (name.len) canvas_put(c, row++, 0, STYLE_NAME, str_cstr(&name));
    for (size_t s = 0; s < p->node->n; s++) draw_series(p, s);
    canvas_grow(c, row + p->rows);
    draw_y_axis(p, c, row);
    put_dots(p, c, row);
    for (size_t s = 0; s < p->node->n && p->node->n > 1; s++) put_markers(p, s, c, row);
    row += p->rows;
    draw_x_axis(p, c, row);
    row += 2;
    str_reset(&name);
    axis_name(&name, p->node->x_label, p->x.log);
    int columns = utf8_columns(str_cstr(&name), name.len);
    if (name.len)
        canvas_put(c, row++, MAX(p->left + (p->cols - columns) / 2, 0), STYLE_NAME,
                   str_cstr(&name));
    draw_legend(p, c, row, width);
    str_clear(&name);
}

/* Rows of the plot: on a screen no more than leave room for its title, its axes and code. */
static int plot_rows(const CurveNode *node, const ViewStyle *style) {
    enum { BESIDES = 12, LEAST = 6 };
    return style->screen ? MIN(node->height, MAX(style->screen - BESIDES, LEAST)) : node->height;
}

Canvas *curve_draw(const CurveNode *node, int width, const ViewStyle *style) {
    width = MIN(width, WIDTH_MAX);
    Canvas *c = canvas_new(width);
    Plot p = {
        .node = node, .x.log = node->log_x, .y.log = node->log_y, .rows = plot_rows(node, style)};
    if (!curve_ranges(node, &p.x, &p.y)) {
        canvas_put(c, 0, 0, STYLE_FAINT, "(nothing to draw)");
        return c;
    }
    axis_ticks(&p.y, MAX(p.rows / 3, 2));
    choose_left(&p);
    p.cols = MAX(width - p.left, 4);
    axis_ticks(&p.x, MIN(MAX(p.cols / 10, 2), 8));
    p.dots = mem_zero((size_t)p.rows * (size_t)p.cols);
    p.owner = mem_zero((size_t)p.rows * (size_t)p.cols);
    draw_plot(&p, c, width);
    mem_free(p.dots);
    mem_free(p.owner);
    return c;
}
