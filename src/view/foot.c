/* What stands below a matrix: colour bar, legend, warnings. */
#include "config.h"

#include "view/matrix.h"

#include <math.h>

#include "view/flow.h"
#include "view/number.h"

enum { BAR = 20 };

/* "glyph text", or only text; kept on one line. */
static void legend_part(Flow *f, Style style, const char *glyph, const char *text) {
    if (f->atoms.count) flow_adds(f, STYLE_PLAIN, "   ");
    size_t first = f->atoms.count;
    flow_adds(f, style, glyph);
    if (*glyph) flow_adds(f, STYLE_FAINT, " ");
    flow_adds(f, STYLE_FAINT, text);
    flow_keep_spaces(f, first);
}

void matrix_end(const MatrixPlan *p, double v, Str *out) {
    if (p->m->scale != VIEW_WEIGHTS || p->exponents)
        matrix_number(p, v, out);
    else
        number_fixed(out, v, v == rint(v) ? 0 : number_decimals(v, false));
}

/* The ramp with its ends: colours, or shades where heat cells have no colour. */
static int draw_bar(const MatrixPlan *p, const HeatLayout *heat, Canvas *c, int row) {
    bool colored = heat ? heat->color : p->style->depth != DEPTH_NONE;
    bool plain = p->m->scale == VIEW_SCALE_AUTO && !heat;
    if (p->m->scale == VIEW_MASK || plain || (!colored && !heat) || !(p->from < p->to)) return row;
    int cells = MIN(BAR, canvas_width(c) / 2);
    Str end = STR_INIT;
    matrix_end(p, p->from, &end);
    int at = canvas_put(c, row, 0, STYLE_FAINT, str_cstr(&end)) + 1;
    if (!colored) canvas_put(c, row, at++, STYLE_FAINT, "[");
    for (int i = 0; i < cells; i++, at++) {
        double place = (double)i / MAX(cells - 1, 1);
        if (p->m->scale == VIEW_DIVERGING) place = 2 * place - 1;
        if (colored)
            canvas_bg(c, row, at, 1, matrix_ramp_color(p, place));
        else
            canvas_repeat(c, row, at, STYLE_PLAIN, heat_shade(p, place), 1);
    }
    if (!colored) canvas_put(c, row, at++, STYLE_FAINT, "]");
    str_reset(&end);
    matrix_end(p, p->to, &end);
    canvas_put(c, row, at + 1, STYLE_FAINT, str_cstr(&end));
    str_clear(&end);
    return row + 1;
}

static void mask_legend(const MatrixPlan *p, Flow *f) {
    Str s = STR_INIT;
    str_printf(&s, "%lld of %lld ", (long long)p->survivors, (long long)p->cells);
    if (p->m->counts_true || p->m->marks) {
        str_add(&s, p->m->marks ? "marked ■" : "true");
        legend_part(f, STYLE_PLAIN, "", str_cstr(&s));
    } else {
        str_printf(&s, "scores survive (%.*f %%)", p->survivors == p->cells ? 0 : 1,
                   p->cells ? 100.0 * (double)p->survivors / (double)p->cells : 0);
        legend_part(f, STYLE_PLAIN, "", str_cstr(&s));
        if (p->survivors) legend_part(f, STYLE_PLAIN, "■", "may attend");
        if (p->masked) legend_part(f, STYLE_MASKED, "·", "masked");
    }
    str_clear(&s);
}

/* "~0 below 0.005 or underflowed". */
static void almost_legend(const MatrixPlan *p, Flow *f) {
    bool tiny = p->tiny && p->m->scale == VIEW_WEIGHTS;
    if (!tiny && !p->underflow) return;
    Str s = STR_INIT;
    if (tiny) str_printf(&s, "below %.*f", p->decimals + 1, 0.5 * pow(10, -p->decimals));
    if (p->underflow) str_add(&s, tiny ? " or underflowed" : "underflowed");
    legend_part(f, STYLE_UNDERFLOW, "~0", str_cstr(&s));
    str_clear(&s);
}

static int draw_legend(const MatrixPlan *p, const HeatLayout *heat, Canvas *c, int row, int width) {
    Flow flow = {.ascii = p->style->ascii};
    if (p->m->scale == VIEW_MASK)
        mask_legend(p, &flow);
    else if (p->masked)
        legend_part(&flow, STYLE_MASKED, "·", "masked");
    if (!heat) almost_legend(p, &flow);
    if (heat && p->neg_inf) legend_part(&flow, STYLE_MASKED, "·", "-inf");
    if (heat && (p->nan || p->inf)) legend_part(&flow, STYLE_NONFINITE, "!", "nan or infinite");
    if (heat && (heat->block_rows > 1 || heat->block_cols > 1)) {
        Str s = STR_INIT;
        const char *what = p->m->scale == VIEW_WEIGHTS ? "greatest" : "mean";
        str_printf(&s, "each mark: the %s of %lld × %lld entries", what,
                   (long long)heat->block_rows, (long long)heat->block_cols);
        legend_part(&flow, STYLE_PLAIN, "", str_cstr(&s));
        str_clear(&s);
    }
    if (flow.atoms.count) row += flow_draw(&flow, c, row, 0, width, VIEW_LEFT);
    flow_clear(&flow);
    return row;
}

static int draw_warning(const MatrixPlan *p, Canvas *c, int row, int width, const char *text) {
    Flow flow = {.ascii = p->style->ascii};
    flow_adds(&flow, STYLE_WARNING, "! ");
    flow_adds(&flow, STYLE_PLAIN, text);
    row += flow_draw(&flow, c, row, 0, width, VIEW_LEFT);
    flow_clear(&flow);
    return row;
}

static int draw_warnings(const MatrixPlan *p, Canvas *c, int row, int width) {
    Str s = STR_INIT;
    if (p->dead_rows.count) {
        str_printf(&s, "every key is masked in row%s ", p->dead_rows.count > 1 ? "s" : "");
        for (size_t i = 0; i < MIN(p->dead_rows.count, 4); i++) {
            const char *token = label_at(&p->m->rows, p->dead_rows.items[i]);
            str_printf(&s, "%s%lld", i ? ", " : "", (long long)p->dead_rows.items[i]);
            if (token) str_printf(&s, " (%s)", token);
        }
        if (p->dead_rows.count > 4) str_printf(&s, " and %zu more", p->dead_rows.count - 4);
        row = draw_warning(p, c, row, width, str_cstr(&s));
    }
    if (p->leaks) {
        str_reset(&s);
        str_printf(&s, "%lld masked weight%s not 0: the mask leaks", (long long)p->leaks,
                   p->leaks > 1 ? "s are" : " is");
        row = draw_warning(p, c, row, width, str_cstr(&s));
    }
    str_clear(&s);
    return row;
}

int matrix_foot(const MatrixPlan *p, const HeatLayout *heat, Canvas *c, int row, int width) {
    if (!p->style->no_bars) row = draw_bar(p, heat, c, row);
    row = draw_legend(p, heat, c, row, width);
    return draw_warnings(p, c, row, width);
}
