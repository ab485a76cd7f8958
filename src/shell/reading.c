/* Reading a lesson: straight through in a pipe, part by part on a terminal. The
 * tutor runs the steps; this file shows them. */
#include "config.h"

#include "shell/keys.h"
#include "shell/ahead.h"
#include "shell/session.h"

int64_t reading_cell_limit(const Session *s) {
    return s->opt.time_ns == TIME_AUTO && s->straight ? LESSON_CELL_NS : 0;
}

/* What is seen of a cell's source: as its fence says, as the reader wants it. */
static CodeForm code_form(const Session *s, unsigned flags) {
    if (flags & CELL_HIDE) return CODE_HIDDEN;
    if (!s->facts.tty || s->straight || s->unfolded) return CODE_WHOLE;
    if (s->set.code != CODE_GIST) return s->set.code;
    if (flags & CELL_SHOW) return CODE_WHOLE;
    return flags & CELL_FOLD ? CODE_FOLDED : CODE_GIST;
}

static void show_begin(void *ctx, const LessonStep *step) {
    const Session *s = ctx;
    if (step->kind == STEP_CELL) out_code(ctx, step->text, step->len, code_form(s, step->flags));
}

static void step_string(Session *s, const char *key, const char *text) {
    out_step_text(s, key, text, strlen(text));
}

static void show_title(Session *s) {
    const Lesson *l = lesson_run_lesson(s->lesson);
    Str title = STR_INIT, params = STR_INIT;
    lesson_run_params(s->lesson, &params);
    str_printf(&title, "# %d  %s\n\n", l->number, l->title);
    if (params.len) str_printf(&title, "`%s` %s\n", l->command, str_cstr(&params));
    out_step_begin(s, "title", l->title);
    out_step_number(s, "lesson", l->number);
    step_string(s, "command", l->command);
    step_string(s, "parameters", str_cstr(&params));
    out_markdown(s, str_cstr(&title));
    out_gap(s);
    out_step_end(s, NULL);
    str_clear(&title);
    str_clear(&params);
}

static void show_result(Session *s, StepResult *res) {
    const LessonStep *step = res->step;
    step_string(s, "kind", step->kind == STEP_CELL ? "cell" : "text");
    step_string(s, "title", step->title);
    if (step->kind == STEP_TEXT) out_markdown(s, str_cstr(&res->text));
    if (res->expected.kind != ERR_OK) report_expected(s, &res->expected);
    if (res->ledger) out_ledger_take(s, view_retain(res->ledger));
    out_gap(s);
}

/* One step: evaluated, then what it gave is shown. */
static bool show_step(Session *s, Err *err) {
    StepResult res = {0};
    size_t at = lesson_run_at(s->lesson);
    out_step_begin(s, "step", "");
    s->out->cell = true;
    lesson_run_cell_limit(s->lesson, reading_cell_limit(s));
    bool ok = lesson_run_step(s->lesson, &res, err);
    if (!s->straight) ahead_take(s);
    s->out->cell = false;
    if (ok)
        show_result(s, &res);
    else
        out_step_number(s, "at", (int64_t)at);
    out_step_end(s, ok ? NULL : err);
    out_flush(s);
    step_result_clear(&res);
    return ok;
}

static bool finished(const Session *s) {
    return lesson_run_at(s->lesson) >= lesson_run_count(s->lesson);
}

static bool pauses_here(const Session *s) {
    const Lesson *l = lesson_run_lesson(s->lesson);
    return l->steps.items[lesson_run_at(s->lesson)].pause;
}

/* Where every number that was not computed is from. */
static void show_sources(Session *s) {
    const Lesson *l = lesson_run_lesson(s->lesson);
    if (!l->sources.count) return;
    Str text = STR_INIT;
    str_add(&text, "# Sources\n\n");
    for (size_t i = 0; i < l->sources.count; i++) str_printf(&text, "- %s\n", l->sources.items[i]);
    out_step_begin(s, "sources", "Sources");
    out_markdown(s, str_cstr(&text));
    out_step_end(s, NULL);
    out_flush(s);
    str_clear(&text);
}

/* What can be typed at a stop. */
static void show_keys(Session *s) {
    if (!s->facts.tty) return;
    Str keys = STR_INIT;
    reader_keys_line(s, &keys);
    out_view_take(s, view_text(STYLE_FAINT, str_cstr(&keys)));
    out_flush(s);
    str_clear(&keys);
}

/* Shows steps up to the next stop, or to the end. */
static bool read_on(Session *s, bool stop, Err *err) {
    bool first = true;
    s->screen = lesson_run_at(s->lesson);
    while (!finished(s)) {
        if (!first && stop && pauses_here(s)) {
            show_keys(s);
            return true;
        }
        first = false;
        if (!show_step(s, err)) return false;
    }
    show_sources(s);
    if (s->straight || !s->opt.interactive) reading_close(s);
    return true;
}

bool reading_open(Session *s, const Lesson *l, int nargs, char *const *args, Err *err) {
    LessonRun *run = NULL;
    if (!lesson_run_new(s->in, l, nargs, args, &run, err)) return false;
    reading_close(s);
    s->lesson = run;
    s->unfolded = false;
    s->scope = lesson_run_scope(run);
    lesson_run_on_begin(run, show_begin, s);
    show_title(s);
    bool ok = read_on(s, !s->straight, err);
    if (!ok && s->straight) reading_close(s);
    return ok;
}

bool reading_continue(Session *s, Err *err) {
    if (finished(s)) {
        reading_close(s);
        return true;
    }
    s->playing = false;
    return read_on(s, true, err);
}

bool reading_all(Session *s, Err *err) {
    s->playing = false;
    return read_on(s, false, err);
}

bool reading_skip(Session *s, Err *err) {
    size_t at = lesson_run_at(s->lesson), n = lesson_run_count(s->lesson);
    const Lesson *l = lesson_run_lesson(s->lesson);
    do at++;
    while (at < n && !l->steps.items[at].pause);
    lesson_run_seek(s->lesson, MIN(at, n));
    return reading_continue(s, err);
}

/* To the stop before the one that the last part began at. */
bool reading_back(Session *s, Err *err) {
    const Lesson *l = lesson_run_lesson(s->lesson);
    size_t at = lesson_run_at(s->lesson);
    for (int stops = 0; at > 0 && stops < 2;) {
        at--;
        if (at == 0 || l->steps.items[at].pause) stops++;
    }
    lesson_run_seek(s->lesson, at);
    return reading_continue(s, err);
}

/* The step of the screen from *at on whose code a reader may see, or NULL; *at is behind it. */
static const LessonStep *next_code(const Session *s, size_t *at) {
    const Lesson *l = lesson_run_lesson(s->lesson);
    while (*at < lesson_run_at(s->lesson)) {
        const LessonStep *step = &l->steps.items[(*at)++];
        if (step->kind == STEP_CELL && !(step->flags & CELL_HIDE)) return step;
    }
    return NULL;
}

bool reading_has_code(const Session *s) {
    size_t at = s->screen;
    return next_code(s, &at) != NULL;
}

static void show_code(Session *s) {
    bool paged = out_page_begin(s);
    size_t at = s->screen;
    for (const LessonStep *step; (step = next_code(s, &at));) {
        out_code(s, step->text, step->len, CODE_WHOLE);
        out_gap(s);
    }
    if (paged) out_page_end(s);
}

bool reading_code(Session *s, Err *err) {
    UNUSED(err);
    s->unfolded = !s->unfolded;
    if (s->unfolded)
        show_code(s);
    else
        out_text(s, "long code is folded again\n");
    return true;
}

void reading_close(Session *s) {
    if (!s->lesson) return;
    lesson_run_free(s->lesson);
    s->lesson = NULL;
    s->playing = false;
    s->scope = s->main;
}

void reading_where(Session *s) {
    const Lesson *l = lesson_run_lesson(s->lesson);
    size_t at = lesson_run_at(s->lesson), n = lesson_run_count(s->lesson);
    const char *title = at < n ? l->steps.items[at].title : "";
    Str params = STR_INIT;
    lesson_run_params(s->lesson, &params);
    out_print(s, "%d %s, step %zu of %zu%s%s", l->number, l->command, at, n, *title ? ": " : "",
              title);
    if (params.len) out_print(s, "  (%s)", str_cstr(&params));
    out_text(s, "\n");
    str_clear(&params);
}
