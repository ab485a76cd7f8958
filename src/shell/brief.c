/* See brief.h. The pictures are gathered first; then each gets as many rows as the screen has. */
#include "config.h"

#include "shell/brief.h"

#include <ctype.h>

#include "term/canvas.h"

/* Lines of the screen that are not for pictures: what comes after them, and the prompt. */
enum { OTHER_LINES = 2, ROWS_MOST = 24, ROWS_LEAST = 3 };

typedef struct Gather {
    Sink sink; /* first */
    Sink *below;
    VEC(View *) views;
} Gather;

static void gather_view(Sink *sink, struct View *view) {
    vec_push(&((Gather *)sink)->views, view_retain(view));
}

static void pass_text(Sink *sink, const char *bytes, size_t n) {
    Sink *below = ((Gather *)sink)->below;
    below->text(below, bytes, n);
}

static bool is_word(const char *text, size_t len, const char *name, size_t n) {
    const char *end = text + len;
    for (const char *p = text; (p = memmem(p, (size_t)(end - p), name, n)); p += n) {
        bool begins = p == text || !(isalnum((unsigned char)p[-1]) || p[-1] == '_');
        if (begins && (p + n == end || !(isalnum((unsigned char)p[n]) || p[n] == '_'))) return true;
    }
    return false;
}

/* Is the name a word of the short form's code, or of a cell that runs before it? */
static bool brief_uses(const Lesson *l, const char *name, size_t n) {
    for (size_t i = 0; i < l->brief_at; i++) {
        const LessonStep *step = &l->steps.items[i];
        if (step->kind == STEP_CELL && is_word(step->text, step->len, name, n)) return true;
    }
    return is_word(l->brief.text, l->brief.len, name, n);
}

/* A parameter that the short form does not use is the lesson's. */
bool brief_wanted(const Session *s, const Lesson *l, int nargs, char *const *args) {
    if (!l->brief.text || !s->facts.tty || !s->out->kind->prompts || s->straight) return false;
    for (int i = 0; i < nargs; i++)
        if (!brief_uses(l, args[i], strcspn(args[i], "="))) return false;
    return true;
}

/* ---- the screen ------------------------------------------------------------------------------ */

static int height(Session *s, const View *v, int rows) {
    s->rows = rows;
    ViewStyle style = out_style(s);
    Canvas *c = view_draw(v, out_width(s), &style);
    int lines = canvas_rows(c);
    canvas_free(c);
    s->rows = 0;
    return lines;
}

static int heights(Session *s, const Gather *g, const int *rows, int *lines) {
    int total = 0;
    for (size_t i = 0; i < g->views.count; i++)
        total += lines[i] = height(s, g->views.items[i], rows[i]);
    return total;
}

/* The picture that gives a row away: the last one as long as it has some, then the tallest; -1:
 * none has. */
static int giver(const int *rows, const int *lines, int n) {
    int tallest = -1;
    if (n && rows[n - 1] > ROWS_LEAST) return n - 1;
    for (int i = 0; i < n; i++)
        if (rows[i] > ROWS_LEAST && (tallest < 0 || lines[i] > lines[tallest])) tallest = i;
    return tallest;
}

/* The rows of each picture; 0 for all where everything fits as it is. */
static void fit(Session *s, const Gather *g, int *rows, int *lines) {
    int n = (int)g->views.count, room = s->facts.lines - OTHER_LINES, i;
    if (heights(s, g, rows, lines) <= room) return;
    for (i = 0; i < n; i++) rows[i] = ROWS_MOST;
    while (heights(s, g, rows, lines) > room && (i = giver(rows, lines, n)) >= 0) rows[i]--;
}

static void show(Session *s, const Gather *g) {
    size_t n = g->views.count;
    int *rows = mem_zero(sizeof *rows * (n + 1)), *lines = mem_zero(sizeof *lines * (n + 1));
    fit(s, g, rows, lines);
    for (size_t i = 0; i < n; i++) {
        s->rows = rows[i];
        out_view_take(s, view_retain(g->views.items[i]));
    }
    s->rows = 0;
    mem_free(rows);
    mem_free(lines);
}

static void show_more(Session *s, const Lesson *l) {
    Str more = STR_INIT;
    str_printf(&more, "%d is the lesson; help %s lists the parameters", l->number, l->command);
    out_view_take(s, view_text(STYLE_FAINT, str_cstr(&more)));
    str_clear(&more);
}

bool brief_show(Session *s, const Lesson *l, int nargs, char *const *args, Err *err) {
    LessonRun *r = NULL;
    Gather g = {.below = interp_sink(s->in)};
    if (s->lesson) lesson_run_leave(s->lesson);
    if (!lesson_run_new(s->in, l, nargs, args, &r, err)) {
        if (s->lesson) lesson_run_enter(s->lesson);
        return false;
    }
    g.sink = *g.below;
    g.sink.text = pass_text;
    g.sink.show = gather_view;
    interp_sink_set(s->in, &g.sink);
    bool ok = lesson_run_short(r, err);
    interp_sink_set(s->in, g.below);
    if (ok) {
        show(s, &g);
        show_more(s, l);
    }
    for (size_t i = 0; i < g.views.count; i++) view_release(g.views.items[i]);
    vec_clear(&g.views);
    lesson_run_free(r);
    if (s->lesson) lesson_run_enter(s->lesson);
    return ok;
}
