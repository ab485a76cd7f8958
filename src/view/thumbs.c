/* Matrices small and side by side: a caption over heat cells without labels. */
#include "config.h"

#include "view/matrix.h"

#include <math.h>

#include "base/utf8.h"
#include "view/flow.h"

enum {
    GAP = 3,            /* columns between pictures */
    CAPTION = 17,       /* columns that a caption may widen a picture to: four stand on 80, */
    CAPTION_TIGHT = 13, /* and five, where there are many */
    TALL = 18,          /* rows of all pictures from which on their cells become narrow */
    LEAST = 4,          /* columns of a picture, however many are wanted side by side */
    ROWS_MAX = 40
};

/* One of several pictures side by side. */
typedef struct Thumb {
    const MatrixPlan *plan;
    int64_t slice;
    char *name, *note; /* owned; NULL: none */
} Thumb;

typedef VEC(Thumb) Thumbs;

/* How pictures of all sizes stand. */
typedef struct Layout {
    int mark;       /* columns of an entry's cell, or of a block's */
    int room;       /* columns that a picture may take */
    int cell;       /* columns of a picture and its caption */
    int across;     /* pictures in a row */
    int caption;    /* rows of captions */
    int rows;       /* of all */
    int longest[3]; /* columns of names, of notes, of both on one line */
} Layout;

/* ---- captions ------------------------------------------------------------------------------ */

/* "36 of 64 seen": what a mask's reader counts. */
static char *counted(const MatrixPlan *p, int64_t slice) {
    if (p->m->scale != VIEW_MASK) return NULL;
    int64_t on = 0;
    for (int64_t row = 0; row < p->R && !INTERRUPTED(); row++)
        for (int64_t col = 0; col < p->C; col++)
            on += matrix_cell(p, slice, row, col).kind == CELL_ON;
    Str s = STR_INIT;
    str_printf(&s, "%lld of %lld %s", (long long)on, (long long)(p->R * p->C),
               p->m->marks         ? "marked"
               : p->m->counts_true ? "true"
                                   : "seen");
    return str_detach(&s);
}

static void add_slices(Thumbs *all, const MatrixPlan *p, const char *name, const char *note) {
    for (int64_t s = 0; s < p->slices_shown; s++) {
        Str title = STR_INIT;
        if (name) str_add(&title, name);
        if (p->slices > 1) {
            if (name) str_add(&title, ", ");
            matrix_slice_title(p->m, s, &title);
        }
        Thumb one = {.plan = p, .slice = s, .note = note ? mem_strdup(note) : counted(p, s)};
        if (title.len) one.name = str_detach(&title);
        vec_push(all, one);
        str_clear(&title);
    }
}

static void thumbs_clear(Thumbs *all) {
    for (size_t i = 0; i < all->count; i++) {
        mem_free(all->items[i].name);
        mem_free(all->items[i].note);
    }
    vec_clear(all);
}

/* ---- layout -------------------------------------------------------------------------------- */

static int columns_of(const char *s) {
    return s ? utf8_columns(s, strlen(s)) : 0;
}

static void measure_captions(const Thumbs *all, Layout *l) {
    for (size_t i = 0; i < all->count; i++) {
        int name = columns_of(all->items[i].name), note = columns_of(all->items[i].note);
        l->longest[0] = MAX(l->longest[0], name);
        l->longest[1] = MAX(l->longest[1], note);
        l->longest[2] = MAX(l->longest[2], name + note + 2);
    }
}

static int fit_across(size_t n, int cell, int width, int most) {
    int fit = MAX((width + GAP) / (cell + GAP), 1);
    return (int)MIN((size_t)(most ? MIN(fit, most) : fit), MAX(n, 1));
}

/* With cells of one column, blocks of entries where a picture is too large. */
static HeatLayout picture_of(const MatrixPlan *p, const Layout *l) {
    if (l->mark > 1) return heat_bare(p, l->mark, 1, 1);
    int64_t most = p->style->depth >= DEPTH_256 ? 2 * ROWS_MAX : ROWS_MAX;
    int64_t block = MAX((p->C + l->room - 1) / l->room, (p->R + most - 1) / most);
    return heat_bare(p, l->mark, MAX(block, 1), MAX(block, 1));
}

/* Columns, captions and rows of all for the marks and blocks in l. */
static void lay_out(const Thumbs *all, int width, int most, int caption, Layout *l) {
    int widest = 1;
    for (size_t i = 0; i < all->count; i++)
        widest = MAX(widest, picture_of(all->items[i].plan, l).width);
    bool both = l->longest[0] && l->longest[1];
    int apart = MAX(l->longest[0], l->longest[1]), cap = MIN(caption, width);
    l->cell = MIN(MAX(widest, MIN(apart, cap)), width);
    l->across = fit_across(all->count, l->cell, width, most);
    l->caption = both ? 2 : apart > 0;
    int beside = MIN(MAX(widest, l->longest[2]), width);
    if (both && l->longest[2] <= width && fit_across(all->count, beside, width, most) >= l->across)
        l->cell = beside, l->caption = 1;
    l->rows = 0;
    int tallest = 0;
    for (size_t i = 0; i < all->count; i++) {
        tallest = MAX(tallest, picture_of(all->items[i].plan, l).height);
        bool last = (i + 1) % (size_t)l->across == 0 || i + 1 == all->count;
        if (last) l->rows += tallest + l->caption + 1, tallest = 0;
    }
}

/* Cells two columns wide if all pictures are seen at once then, else one; blocks of entries where
 * not even two pictures (or as many as are wanted) would stand side by side. */
static Layout choose(const Thumbs *all, int width, int most) {
    int pair = (int)MIN(all->count, 2), wanted = most ? MIN(most, (int)all->count) : pair;
    int room = MAX((width + GAP) / MAX(wanted, 1) - GAP, MIN(LEAST, width));
    Layout l = {.mark = 2, .room = room};
    measure_captions(all, &l);
    lay_out(all, width, most, CAPTION, &l);
    bool whole = true;
    for (size_t i = 0; i < all->count; i++)
        whole = whole && picture_of(all->items[i].plan, &l).width <= room;
    if (whole && l.rows <= TALL) return l;
    l.mark = 1;
    lay_out(all, width, most, CAPTION, &l);
    if (l.rows > TALL) lay_out(all, width, most, CAPTION_TIGHT, &l);
    return l;
}

/* ---- drawing ------------------------------------------------------------------------------- */

static void draw_caption(const Thumb *t, const Layout *l, Canvas *c, int row, int col) {
    int at = 0;
    if (t->name) put_fitted(c, row, col, l->cell, STYLE_SUBHEADING, t->name, false);
    if (!t->note || !*t->note) return;
    if (l->caption == 2)
        row++;
    else if (t->name)
        at = columns_of(t->name) + 2;
    put_fitted(c, row, col + at, l->cell - at, STYLE_FAINT, t->note, false);
}

/* Returns the row below. */
static int draw_all(const Thumbs *all, const Layout *l, Canvas *c, int row) {
    int below = row;
    for (size_t i = 0; i < all->count && !INTERRUPTED(); i++) {
        int col = (int)(i % (size_t)l->across) * (l->cell + GAP);
        if (i && col == 0) row = below + 1;
        HeatLayout h = picture_of(all->items[i].plan, l);
        draw_caption(&all->items[i], l, c, row, col);
        heat_draw(all->items[i].plan, &h, all->items[i].slice, c, row + l->caption, col);
        below = MAX(below, row + l->caption + h.height);
    }
    canvas_grow(c, below);
    return below;
}

static int draw_rest(Canvas *c, int row, int64_t more) {
    if (more > 0) canvas_printf(c, row++, 0, STYLE_FAINT, "… and %lld more", (long long)more);
    return row;
}

void thumbs_draw_slices(const MatrixPlan *p, Canvas *c, int row, int width) {
    Thumbs all = {0};
    add_slices(&all, p, NULL, NULL);
    Layout l = choose(&all, width, 0);
    HeatLayout h = picture_of(p, &l);
    row = draw_rest(c, draw_all(&all, &l, c, row), p->slices - p->slices_shown);
    matrix_foot(p, &h, c, row, width);
    thumbs_clear(&all);
}

/* "masks  13 × (8, 8)  meaning  rows = queries, columns = keys". */
static void draw_header(const ThumbsNode *t, const MatrixPlan *plans, Canvas *c, int width) {
    Flow f = {.ascii = plans[0].style->ascii};
    Str text = STR_INIT;
    const Tensor *first = plans[0].m->t;
    bool same = true;
    for (size_t i = 1; i < t->n; i++) {
        const Tensor *other = plans[i].m->t;
        same = same && other->ndim == first->ndim &&
               memcmp(other->shape, first->shape, sizeof *first->shape * (size_t)first->ndim) == 0;
    }
    if (t->name) flow_part(&f, STYLE_NAME, t->name, 2, width);
    str_printf(&text, "%zu", t->n);
    if (same) {
        str_add(&text, " × ");
        shape_str(&text, first->ndim, first->shape);
    } else
        str_add(&text, t->n == 1 ? " matrix" : " matrices");
    flow_part(&f, STYLE_SHAPE, str_cstr(&text), 2, width);
    if (t->meaning) flow_part(&f, STYLE_MEANING, t->meaning, 2, width);
    str_reset(&text);
    matrix_axes(plans[0].m, &text);
    if (text.len) flow_part(&f, STYLE_MEANING, str_cstr(&text), 2, width);
    flow_draw(&f, c, 0, 0, width, VIEW_LEFT);
    str_clear(&text);
    flow_clear(&f);
}

/* One range of colours for all, unless asked otherwise or kinds differ; what stands below is the
 * same for all then, and *all tells it. */
static bool share_ramp(const ThumbsNode *t, MatrixPlan *plans, MatrixPlan *all) {
    bool one = !t->own_ramps;
    *all = plans[0];
    all->dead_rows.count = 0;
    for (size_t i = 1; i < t->n; i++) {
        one = one && plans[i].m->scale == plans[0].m->scale;
        matrix_plan_join(all, &plans[i]);
    }
    for (size_t i = 0; one && i < t->n; i++) plans[i].from = all->from, plans[i].to = all->to;
    return one;
}

static HeatLayout coarsest(const MatrixPlan *plans, size_t n, const Layout *l) {
    HeatLayout h = picture_of(&plans[0], l);
    for (size_t i = 1; i < n; i++) {
        HeatLayout other = picture_of(&plans[i], l);
        if (other.block_rows > h.block_rows) h = other;
    }
    return h;
}

static void draw_foot(const MatrixPlan *all, bool shared, const HeatLayout *h, Canvas *c, int row,
                      int width) {
    MatrixPlan p = *all;
    bool ramps = p.m->scale != VIEW_MASK && p.lo <= p.hi;
    if (!shared) p.from = p.to;
    row = matrix_foot(&p, h, c, row, width);
    if (!ramps || shared) return;
    Flow f = {0};
    flow_adds(&f, STYLE_FAINT, "each on a scale of its own");
    if (!h->color)
        flow_adds(&f, STYLE_FAINT,
                  p.m->scale == VIEW_DIVERGING ? ": # and + above 0, - and = below"
                                               : ": from ░ to █");
    flow_draw(&f, c, row, 0, width, VIEW_LEFT);
    flow_clear(&f);
}

Canvas *thumbs_draw(const ThumbsNode *t, int width, const ViewStyle *style) {
    Canvas *c = canvas_new(width);
    if (!t->n) {
        canvas_put(c, 0, 0, STYLE_FAINT, "(no matrices)");
        return c;
    }
    MatrixPlan *plans = mem_zero(t->n * sizeof *plans), all;
    Thumbs thumbs = {0};
    int64_t most = style->wide ? INT64_MAX : SLICES_SMALL, left_out = 0;
    for (size_t i = 0; i < t->n; i++) matrix_plan(&plans[i], &t->matrices[i]->matrix, style, most);
    bool shared = share_ramp(t, plans, &all);
    for (size_t i = 0; i < t->n; i++) {
        bool room = (int64_t)thumbs.count < most;
        if (room) add_slices(&thumbs, &plans[i], plans[i].m->name, label_at(&t->notes, (int64_t)i));
        left_out += plans[i].slices - (room ? plans[i].slices_shown : 0);
    }
    draw_header(t, plans, c, width);
    Layout l = choose(&thumbs, width, t->across);
    int row = draw_rest(c, draw_all(&thumbs, &l, c, canvas_rows(c)), left_out);
    HeatLayout h = coarsest(plans, t->n, &l);
    draw_foot(&all, shared, &h, c, row, width);
    for (size_t i = 0; i < t->n; i++) matrix_plan_clear(&plans[i]);
    mem_free(plans);
    thumbs_clear(&thumbs);
    return c;
}
