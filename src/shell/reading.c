/* Reading a lesson: straight through in a pipe, part by part on a terminal. The
 * tutor runs the steps; this file shows them. */
#include "config.h"

#include <ctype.h>

#include "base/utf8.h"
#include "shell/session.h"

enum { CODE_INDENT = 4 };

/* Where a line of code that is wider than room is cut: at a blank, else behind a bracket or a
 * comma or before a dot, as long as that fills half of the room; else at any blank, else anywhere.
 */
static size_t code_cut(const char *line, size_t n, size_t deep, size_t room) {
    size_t cut = utf8_offset(line, n, room), half = deep + (MAX(cut, deep) - deep) / 2;
    if (cut >= n) return cut;
    for (size_t i = cut; i > half; i--)
        if (line[i] == ' ') return i;
    for (size_t i = cut; i > half; i--)
        if (strchr("([{,", line[i - 1]) || (line[i] == '.' && !isdigit((uint8_t)line[i - 1])))
            return i;
    for (size_t i = half; i > deep; i--)
        if (line[i] == ' ') return i;
    return cut;
}

/* A line of code, indented; one that is too wide goes on deeper than it began. One that
 * begins in the right half of a narrow screen is moved to the middle. */
static void add_code_line(Str *out, const char *line, size_t n, int width) {
    size_t deep = strspn(line, " "), most = (size_t)MAX(width / 2, 4), step = width < 60 ? 4 : 8;
    size_t room = (size_t)MAX(width, 12);
    if (utf8_offset(line, n, room) < n && deep > most) {
        line += deep - most;
        n -= deep - most;
        deep = most;
    }
    size_t indent = CODE_INDENT, lead = deep;
    for (;;) {
        size_t cut = code_cut(line, n, lead, room);
        str_fill(out, ' ', indent);
        str_addn(out, line, cut);
        if (cut >= n) return;
        str_addc(out, '\n');
        while (cut < n && line[cut] == ' ') cut++;
        line += cut;
        n -= cut;
        lead = 0;
        indent = CODE_INDENT + deep + step;
        room = (size_t)MAX(width - (int)(deep + step), 12);
    }
}

static void show_begin(void *ctx, const LessonStep *step) {
    Session *s = ctx;
    if (step->kind != STEP_CELL) return;
    json_step_set(s, "code", json_stringn(step->text, step->len));
    if (s->opt.json || (step->flags & CELL_HIDE)) return;
    Str code = STR_INIT;
    for (const char *p = step->text, *end = p + step->len; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t n = nl ? (size_t)(nl - p) : (size_t)(end - p);
        if (n) add_code_line(&code, p, n, out_width(s) - CODE_INDENT);
        p += n + (nl != NULL);
        if (p < end) str_addc(&code, '\n');
    }
    View *v = view_verbatim(STYLE_CODE, str_cstr(&code));
    str_clear(&code);
    out_view_take(s, v);
    out_flush(s);
}

/* One blank line, whatever came last. */
static void end_step(Session *s) {
    s->sink.last = LAST_NOTHING;
    out_text(s, "\n");
    s->sink.last = LAST_NOTHING;
}

static void show_title(Session *s) {
    const Lesson *l = lesson_run_lesson(s->lesson);
    Str title = STR_INIT, params = STR_INIT;
    lesson_run_params(s->lesson, &params);
    str_printf(&title, "# %d  %s\n\n", l->number, l->title);
    if (params.len) str_printf(&title, "`%s` %s\n", l->command, str_cstr(&params));
    json_step_begin(s, "title", l->title);
    json_step_set(s, "lesson", json_integer(l->number));
    json_step_set(s, "command", json_string(l->command));
    json_step_set(s, "parameters", json_string(str_cstr(&params)));
    out_markdown(s, str_cstr(&title));
    if (!s->opt.json) end_step(s);
    json_step_end(s);
    str_clear(&title);
    str_clear(&params);
}

/* One step: evaluated, then what it gave is shown. */
static bool show_step(Session *s, Err *err) {
    StepResult res = {0};
    size_t at = lesson_run_at(s->lesson);
    json_step_begin(s, "step", "");
    s->sink.wrap = true;
    s->sink.mid_line = false;
    lesson_run_cell_limit(s->lesson, session_cell_limit(s));
    bool ok = lesson_run_step(s->lesson, &res, err);
    s->sink.wrap = false;
    if (ok) {
        const LessonStep *step = res.step;
        json_step_set(s, "kind", json_string(step->kind == STEP_CELL ? "cell" : "text"));
        json_step_set(s, "title", json_string(step->title));
        if (step->kind == STEP_TEXT) out_markdown(s, str_cstr(&res.text));
        if (res.expected.kind != ERR_OK) report_expected(s, &res.expected);
        if (res.ledger) {
            View *ledger = res.ledger;
            res.ledger = NULL;
            out_view_take(s, ledger);
        }
        bool silent = (step->flags & CELL_HIDE) && s->sink.last == LAST_NOTHING;
        if (!s->opt.json && !silent) end_step(s);
    } else
        json_step_set(s, "at", json_integer((json_int_t)at));
    if (!ok && s->opt.json) report(s, err);
    json_step_end(s);
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
    json_step_begin(s, "sources", "Sources");
    out_markdown(s, str_cstr(&text));
    json_step_end(s);
    out_flush(s);
    str_clear(&text);
}

/* Shows steps up to the next stop, or to the end. */
static bool read_on(Session *s, bool stop, Err *err) {
    bool first = true;
    while (!finished(s)) {
        if (!first && stop && pauses_here(s)) {
            if (s->facts.tty) {
                out_view_take(
                    s, view_text(STYLE_FAINT, "Enter goes on, b back, a all, q out; or type code"));
                out_flush(s);
            }
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
    Str line = STR_INIT, params = STR_INIT;
    lesson_run_params(s->lesson, &params);
    str_printf(&line, "%d %s, step %zu of %zu", l->number, l->command, at, n);
    if (at < n && l->steps.items[at].title[0]) str_printf(&line, ": %s", l->steps.items[at].title);
    if (params.len) str_printf(&line, "  (%s)", str_cstr(&params));
    str_addc(&line, '\n');
    out_text(s, str_cstr(&line));
    str_clear(&line);
    str_clear(&params);
}
