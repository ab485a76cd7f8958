/* Matrices on pages: one slice large, several as a grid; see page.h. */
#include "config.h"

#include "picture/page.h"
#include "picture/panel.h"

#include <math.h>

static const double title_size = 12, meaning_size = 9, label_size = 8, small_size = 6.5,
                    note_size = 8;
static const double between = 18; /* panels of a grid */
enum { SLICES_MAX = 256, BAR_STEPS = 32, SUMS_TOLD = 4 };
/* How far from 1 a row's sum may be before it is said. */
static const double sum_slack = 1e-3;

/* One of several slices on a page. */
typedef struct Item {
    MatrixPlan *plan;
    int64_t slice;
    char *title; /* owned; NULL: none */
} Item;
typedef VEC(Item) Items;

/* ---- title and foot ---------------------------------------------------------------------- */

static void put_title(Page *p, const char *name, const char *shape, const char *meaning) {
    Str text = STR_INIT;
    if (name) str_add(&text, name);
    if (shape) str_printf(&text, "%s%s", text.len ? "  " : "", shape);
    if (text.len)
        page_words(p, (SketchText){.size = title_size, .bold = true, .ink = p->inks->text},
                   str_cstr(&text));
    if (meaning) page_words(p, (SketchText){.size = meaning_size, .ink = p->inks->faint}, meaning);
    p->y += 8;
    str_clear(&text);
}

static void put_matrix_title(Page *p, const MatrixNode *m) {
    Str shape = STR_INIT;
    shape_str(&shape, m->t->ndim, m->t->shape);
    if (m->t->dtype != DT_F32) str_printf(&shape, " %s", dtype_name((DType)m->t->dtype));
    put_title(p, m->name, str_cstr(&shape), m->meaning);
    str_clear(&shape);
}

/* The ramp with its ends. */
static void put_bar(Page *p, const MatrixPlan *plan) {
    bool plain = plan->m->scale == VIEW_SCALE_AUTO || plan->m->scale == VIEW_MASK;
    if (plain || !(plan->from < plan->to)) return;
    Str from = STR_INIT, to = STR_INIT;
    matrix_end(plan, plan->from, &from);
    matrix_end(plan, plan->to, &to);
    page_need(p, 3 * note_size);
    SketchText how = {.size = note_size, .ink = p->inks->faint};
    double x = PAGE_MARGIN, y = p->y, each = 4;
    sketch_text(p->s, x, y + note_size, how, str_cstr(&from));
    x += sketch_width(str_cstr(&from), note_size, SKETCH_SANS, false) + 4;
    for (int i = 0; i < BAR_STEPS; i++) {
        double at = (double)i / (BAR_STEPS - 1);
        if (plan->m->scale == VIEW_DIVERGING) at = 2 * at - 1;
        sketch_rect(p->s, x + i * each, y, each, note_size + 2, inks_ramp(p->inks, plan, at));
    }
    double end = x + BAR_STEPS * each;
    sketch_line(p->s, x, y, end - x, 0, p->inks->faint, 0.5, 0);
    sketch_line(p->s, x, y + note_size + 2, end - x, 0, p->inks->faint, 0.5, 0);
    sketch_text(p->s, end + 4, y + note_size, how, str_cstr(&to));
    page_used(p,
              end + 4 - PAGE_MARGIN + sketch_width(str_cstr(&to), note_size, SKETCH_SANS, false));
    p->y += note_size * 2;
    str_clear(&from);
    str_clear(&to);
}

/* A hatched and a filled square with what they mean, in masks and where something is masked. */
static void put_key(Page *p, const MatrixPlan *plan) {
    bool mask = plan->m->scale == VIEW_MASK && !plan->m->counts_true;
    if (!plan->masked && !plan->neg_inf && !mask) return;
    page_need(p, 2 * note_size);
    double x = PAGE_MARGIN, size = note_size + 2;
    SketchText how = {.size = note_size, .ink = p->inks->text};
    if (mask && plan->survivors) {
        const char *on = plan->m->marks ? "marked" : "may attend";
        sketch_rect(p->s, x, p->y, size, size, inks_ramp(p->inks, plan, 0.7));
        sketch_text(p->s, x + size + 4, p->y + note_size, how, on);
        x += size + 8 + sketch_width(on, note_size, SKETCH_SANS, false) + 12;
    }
    const char *off = plan->m->marks ? "not marked" : plan->masked ? "masked" : "-inf";
    if (plan->masked || plan->neg_inf) {
        sketch_hatch(p->s, x, p->y, size, size, p->inks->hatch, p->inks->hatch_ground);
        sketch_text(p->s, x + size + 4, p->y + note_size, how, off);
        x += size + 4 + sketch_width(off, note_size, SKETCH_SANS, false);
    }
    page_used(p, x - PAGE_MARGIN);
    p->y += note_size * 1.8;
}

/* Rows of weights that do not sum to 1. A row of which every key is masked is said by the foot. */
void picture_sums(const MatrixPlan *plan, Str *out) {
    int64_t wrong = 0;
    if (plan->m->scale != VIEW_WEIGHTS || !plan->sums) return;
    for (int64_t s = 0; s < plan->slices_shown; s++)
        for (int64_t row = 0; row < plan->R && !INTERRUPTED(); row++) {
            double sum = matrix_row_sum(plan, s, row);
            bool dead = sum == 0 && plan->dead_rows.count;
            if (dead || fabs(sum - 1) <= sum_slack || wrong++ >= SUMS_TOLD) continue;
            Str title = STR_INIT;
            if (plan->slices > 1) matrix_slice_title(plan->m, s, &title);
            const char *token = label_at(&plan->m->rows, row);
            str_printf(out, "%s%s%srow %lld",
                       wrong > 1 ? "; " : "! rows should sum to 1: ", str_cstr(&title),
                       title.len ? " " : "", (long long)row);
            if (token) str_printf(out, " (%s)", token);
            str_printf(out, " sums to %.4g", sum);
            str_clear(&title);
        }
    if (wrong > SUMS_TOLD) str_printf(out, " and %lld more", (long long)(wrong - SUMS_TOLD));
    if (wrong) str_addc(out, '\n');
}

/* What the terminal's picture says below itself: legend and warnings, a line each. */
static void put_legend(Page *p, const MatrixPlan *plan, bool digits) {
    static const HeatLayout heat = {.block_rows = 1, .block_cols = 1, .color = true};
    Canvas *c = canvas_new(4000);
    Str text = STR_INIT;
    int rows = matrix_foot(plan, digits ? NULL : &heat, c, 0, 4000);
    for (int row = 0; row < rows; row++) {
        canvas_row_text(c, row, &text);
        str_addc(&text, '\n');
    }
    picture_sums(plan, &text);
    page_words(p, (SketchText){.size = note_size, .ink = p->inks->text}, str_cstr(&text));
    canvas_free(c);
    str_clear(&text);
}

static void put_foot(Page *p, const MatrixPlan *plan, bool digits) {
    p->y += 8;
    put_bar(p, plan);
    put_key(p, plan);
    put_legend(p, plan, digits);
}

/* ---- grids ------------------------------------------------------------------------------- */

static int64_t across_of(const Page *p, int64_t n, int wanted) {
    int64_t most = p->paper == PAPER_FIT || p->width > 600 ? 4 : 3;
    if (wanted > 0) return MIN(MIN((int64_t)wanted, n), most);
    if (n <= most) return n == 4 && most == 4 ? 2 : n;
    return n == 4 ? 2 : most;
}

/* Rows of panels; a row goes to the next page whole. */
static bool put_grid(Page *p, const Items *items, int wanted, Str *notes) {
    int64_t n = (int64_t)items->count, across = across_of(p, n, wanted);
    double room = (p->width - between * (double)(across - 1)) / (double)across;
    bool digits = false;
    for (int64_t first = 0; first < n && !INTERRUPTED(); first += across) {
        double tallest = 0;
        for (int64_t i = first; i < MIN(first + across, n); i++) {
            const Item *it = &items->items[i];
            Panel one = panel_fit(it->plan, it->slice, p->inks, room, room, small_size, true);
            tallest = fmax(tallest, one.height);
        }
        page_need(p, tallest + label_size * 2);
        for (int64_t i = first; i < MIN(first + across, n); i++) {
            const Item *it = &items->items[i];
            double x = PAGE_MARGIN + (double)(i - first) * (room + between);
            Panel one = panel_fit(it->plan, it->slice, p->inks, room, room, small_size, true);
            SketchText how = {.size = label_size, .bold = true, .ink = p->inks->text, .room = room};
            if (it->title) sketch_text(p->s, x, p->y + label_size, how, it->title);
            panel_draw(&one, p->s, x, p->y + label_size * 1.6);
            digits |= one.digits > 0;
            double label =
                it->title ? fmin(sketch_width(it->title, label_size, SKETCH_SANS, true), room) : 0;
            page_used(p, x - PAGE_MARGIN + fmax(one.width, label));
            if (i == 0) panel_notes(&one, notes);
        }
        p->y += tallest + label_size * 1.6 + between;
    }
    p->y -= between;
    return digits;
}

static void add_slices(Items *items, MatrixPlan *plan, const char *name, const char *note) {
    for (int64_t s = 0; s < plan->slices_shown; s++) {
        Str title = STR_INIT;
        if (name) str_add(&title, name);
        if (title.len && plan->slices > 1) str_add(&title, ", ");
        if (plan->slices > 1) matrix_slice_title(plan->m, s, &title);
        if (note) str_printf(&title, "%s%s", title.len ? "  " : "", note);
        vec_push(items, (Item){plan, s, title.len ? str_detach(&title) : NULL});
    }
}

static void items_clear(Items *items) {
    for (size_t i = 0; i < items->count; i++) mem_free(items->items[i].title);
    vec_clear(items);
}

static void put_notes(Page *p, const Str *notes) {
    page_words(p, (SketchText){.size = note_size, .ink = p->inks->faint}, str_cstr(notes));
}

/* All slices of a plan, but for those beyond what one sheet should have. */
static void plan_all(MatrixPlan *plan, const MatrixNode *m, const Inks *inks) {
    ViewStyle style = inks->style;
    style.wide = false;
    matrix_plan(plan, m, &style, SLICES_MAX);
    plan->style = &inks->style;
}

/* ---- views ------------------------------------------------------------------------------- */

static void put_one(Page *p, const MatrixPlan *plan, Str *notes) {
    double top = p->y, room = p->height - (top - PAGE_MARGIN) - 90;
    Panel one = panel_fit(plan, 0, p->inks, p->width, room, label_size, true);
    panel_draw(&one, p->s, PAGE_MARGIN, top);
    page_used(p, one.width);
    p->y += one.height;
    panel_notes(&one, notes);
    put_foot(p, plan, one.digits > 0);
}

void page_matrix(Page *p, const View *v) {
    const MatrixNode *m = &v->matrix;
    MatrixPlan plan;
    Items items = {0};
    Str notes = STR_INIT;
    plan_all(&plan, m, p->inks);
    bool wide = plan.slices == 1 && plan.C > plan.R && plan.C > 10;
    page_begin(p, wide);
    put_matrix_title(p, m);
    if (plan.slices == 1) {
        put_one(p, &plan, &notes);
    } else {
        add_slices(&items, &plan, NULL, NULL);
        bool digits = put_grid(p, &items, 0, &notes);
        put_foot(p, &plan, digits);
        if (plan.slices_shown < plan.slices)
            str_printf(&notes, "%lld matrices: the first %lld are drawn\n", (long long)plan.slices,
                       (long long)plan.slices_shown);
    }
    put_notes(p, &notes);
    page_end(p);
    items_clear(&items);
    matrix_plan_clear(&plan);
    str_clear(&notes);
}

/* One range of colours for all, unless each has its own. */
static void join_plans(MatrixPlan *plans, size_t n) {
    for (size_t i = 1; i < n; i++) matrix_plan_join(&plans[0], &plans[i]);
    for (size_t i = 1; i < n; i++) {
        plans[i].from = plans[0].from;
        plans[i].to = plans[0].to;
    }
}

void page_thumbs(Page *p, const View *v) {
    const ThumbsNode *t = &v->thumbs;
    MatrixPlan *plans = mem_zero(MAX(t->n, 1) * sizeof *plans);
    Items items = {0};
    Str notes = STR_INIT;
    page_begin(p, false);
    put_title(p, t->name, NULL, t->meaning);
    for (size_t i = 0; i < t->n; i++) plan_all(&plans[i], &t->matrices[i]->matrix, p->inks);
    if (!t->own_ramps) join_plans(plans, t->n);
    for (size_t i = 0; i < t->n; i++)
        add_slices(&items, &plans[i], plans[i].m->name, label_at(&t->notes, (int64_t)i));
    bool digits = put_grid(p, &items, t->across, &notes);
    if (t->n && !t->own_ramps) put_foot(p, &plans[0], digits);
    put_notes(p, &notes);
    page_end(p);
    for (size_t i = 0; i < t->n; i++) matrix_plan_clear(&plans[i]);
    mem_free(plans);
    items_clear(&items);
    str_clear(&notes);
}
