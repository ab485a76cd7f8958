/* Reading a lesson: straight through in a pipe, screen by screen on a terminal. The tutor knows
 * where one is and runs the steps; this file shows them. */
#include "config.h"

#include <stdarg.h>

#include "shell/ahead.h"
#include "shell/keys.h"
#include "shell/places.h"
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
    out_screen_cell(s, true);
    lesson_run_cell_limit(s->lesson, reading_cell_limit(s));
    bool ok = lesson_run_step(s->lesson, &res, err);
    if (!s->straight) ahead_take(s);
    out_screen_cell(s, false);
    if (ok)
        show_result(s, &res);
    else
        out_step_number(s, "at", (int64_t)at);
    out_step_end(s, ok ? NULL : err);
    out_flush(s);
    step_result_clear(&res);
    return ok;
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

/* ---- a screen ------------------------------------------------------------------------------ */

static void tell(Session *s, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void tell(Session *s, const char *fmt, ...) {
    Str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&text, fmt, ap);
    va_end(ap);
    out_view_take(s, view_text(STYLE_FAINT, str_cstr(&text)));
    out_flush(s);
    str_clear(&text);
}

static Place *place_of(const Session *s) {
    return lesson_run_place(s->lesson);
}

/* Did the screen stop in its middle, at an error? */
static bool cut_short(const Session *s) {
    const Screen *screen = place_screen(place_of(s));
    return lesson_run_at(s->lesson) < screen->to;
}

/* What lies behind the screen: what Enter passes by, and at the end the next lesson. */
static void add_ahead(Session *s, Str *out) {
    const Place *p = place_of(s);
    const LessonDeeper *deeper;
    for (size_t k = 0; (deeper = place_passes(p, k)); k++)
        str_printf(out, "deeper: %s (`more` shows it)\n", deeper->title);
    if (!place_last(p)) return;
    if (p->lesson->quizzes.count)
        str_printf(out, "%d questions on this lesson: `%s` asks them\n",
                   (int)MIN(p->lesson->quizzes.count, (size_t)READER_QUESTIONS),
                   reader_key_name(s, "p"));
    const Lesson *next = places_unread(s, p->lesson);
    if (next)
        str_printf(out, "next: %d %s, \"%s\" (`next` opens it)\n", next->number, next->command,
                   lesson_question(next));
    else
        str_add(out, "every lesson has been read\n");
}

void reading_tell_trouble(Session *s) {
    Str trouble = STR_INIT;
    if (places_trouble(s, &trouble)) warn_line(s, "%s", str_cstr(&trouble));
    str_clear(&trouble);
}

/* The lines under a page. all: no page of this screen has more. */
static void add_stop(Session *s, bool all, Str *out) {
    if (all || !out_screen_left(s)) add_ahead(s, out);
    reader_keys_line(s, all, out);
    if (s->prompt && !s->told_scope)
        str_add(out, "\nWhat you type sees the lesson's variables; the prompt's come back when it "
                     "is left.");
}

/* What comes, and what can be typed. */
static void show_stop(Session *s) {
    Str lines = STR_INIT;
    if (!s->facts.tty) return;
    places_keep(s, s->lesson);
    reading_tell_trouble(s);
    add_stop(s, false, &lines);
    s->told_scope = true;
    tell(s, "%s", str_cstr(&lines));
    str_clear(&lines);
}

/* Rows below a page: those lines and the prompt. */
static int rows_below(Session *s) {
    Str lines = STR_INIT;
    add_stop(s, true, &lines);
    View *v = view_text(STYLE_FAINT, str_cstr(&lines));
    Canvas *c = view_draw(v, out_width(s), NULL);
    int rows = canvas_rows(c) + 1;
    canvas_free(c);
    view_release(v);
    str_clear(&lines);
    return rows;
}

/* What is shown from here on is the screen where the place is. */
static void begin_screen(Session *s) {
    if (!s->straight) out_screen_begin(s, place_title(place_of(s)), rows_below(s));
}

/* What had no room on the page of an error would hide it. */
static void cut_screen(Session *s) {
    out_screen_end(s);
    int lines = out_screen_drop(s);
    if (lines)
        out_print(s, "… %d more line%s came before it stopped\n", lines, lines == 1 ? "" : "s");
}

/* An error is shown with the ways on; nothing is left of it. */
static void show_stuck(Session *s, Err *err) {
    Str by_hand = STR_INIT;
    lesson_run_by_hand(s->lesson, &by_hand);
    report(s, err);
    tell(
        s,
        "Enter tries again, `skip` leaves it out, `restart` begins anew with fresh variables%s%s%s",
        by_hand.len ? " (set by hand: " : "", str_cstr(&by_hand), by_hand.len ? ")" : "");
    str_clear(&by_hand);
}

/* The steps from the cursor up to `to`. */
static bool show_steps(Session *s, size_t to, Err *err) {
    while (lesson_run_at(s->lesson) < to)
        if (!show_step(s, err)) return false;
    return true;
}

/* What was typed before and does not run any more. */
static void tell_failed(Session *s) {
    Str failed = STR_INIT;
    lesson_run_failed(s->lesson, &failed);
    if (failed.len) out_text(s, str_cstr(&failed));
    str_clear(&failed);
}

/* What the screen has from the cursor on, without the lines under it. */
static bool show_rest(Session *s, Err *err) {
    const Place *p = place_of(s);
    s->playing = false;
    if (!show_steps(s, place_screen(p)->to, err)) {
        cut_screen(s);
        if (s->facts.tty) show_stuck(s, err);
        return false;
    }
    if (place_sources(p)) show_sources(s);
    tell_failed(s);
    return true;
}

/* From the cursor on, in a screen that was begun. */
static bool finish_screen(Session *s, Err *err) {
    bool ok = show_rest(s, err);
    out_screen_end(s);
    if (ok) show_stop(s);
    return ok;
}

/* The rest of a screen that stopped at an error. */
static bool go_on(Session *s, Err *err) {
    begin_screen(s);
    return finish_screen(s, err);
}

/* The screen that was begun, from its first step. */
static bool show_begun(Session *s, Err *err) {
    lesson_run_seek(s->lesson, place_screen(place_of(s))->from);
    return finish_screen(s, err);
}

static bool show_screen(Session *s, Err *err) {
    begin_screen(s);
    return show_begun(s, err);
}

static bool show_titled(Session *s, Err *err) {
    begin_screen(s);
    show_title(s);
    return show_begun(s, err);
}

static void turn_page(Session *s) {
    out_screen_next(s, rows_below(s));
    show_stop(s);
}

/* ---- the code of a screen ---------------------------------------------------------------- */

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
    size_t at = place_screen(place_of(s))->from;
    return next_code(s, &at) != NULL;
}

static void show_code(Session *s) {
    bool paged = out_page_begin(s);
    size_t at = place_screen(place_of(s))->from;
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

/* ---- opening and leaving ------------------------------------------------------------------- */

static void enter(Session *s, LessonRun *run) {
    s->lesson = run;
    s->scope = lesson_run_scope(run);
    s->playing = s->unfolded = false;
    lesson_run_enter(run);
    lesson_run_on_begin(run, show_begin, s);
}

static void step_out(Session *s) {
    out_screen_drop(s);
    if (s->lesson) lesson_run_leave(s->lesson);
    s->lesson = NULL;
    s->playing = false;
    s->scope = s->main;
}

/* Takes the run of a lesson out of those that were left; NULL: there is none. */
static LessonRun *take_left(Session *s, const Lesson *l) {
    for (size_t i = 0; i < s->left.count; i++) {
        LessonRun *run = s->left.items[i];
        if (lesson_run_lesson(run) != l) continue;
        size_t behind = s->left.count - i - 1;
        memmove(&s->left.items[i], &s->left.items[i + 1], behind * sizeof run);
        s->left.count--;
        return run;
    }
    return NULL;
}

/* Behind the others, in place of one of the same lesson. */
static void put_left(Session *s, LessonRun *run) {
    lesson_run_free(take_left(s, lesson_run_lesson(run)));
    vec_push(&s->left, run);
}

/* The part alone, or everything, without a stop; the lesson is closed behind it. */
static bool read_straight(Session *s, const char *part, Err *err) {
    const Lesson *l = lesson_run_lesson(s->lesson);
    size_t from = 0, to = l->steps.count;
    bool sources = !part;
    show_title(s);
    if (part && !lesson_part_steps(l, part, &from, &to, err)) BUG("a part that was there");
    lesson_run_seek(s->lesson, from);
    bool ok = show_steps(s, to, err);
    if (ok && (sources || from == l->steps.count)) show_sources(s);
    LessonRun *run = s->lesson;
    step_out(s);
    lesson_run_free(run);
    return ok;
}

/* Where the reader was in a lesson that begins anew. */
static void tell_where_left(Session *s, const Lesson *l) {
    const PlaceKept *k = places_of(s, l);
    if (!k || k->screen == 1 || k->at_end) return;
    tell(s, "%d %s begins anew; you were at %zu/%zu, %s: `goto %zu` goes there", l->number,
         l->command, k->screen, k->count, k->title, k->screen);
}

static bool begin(Session *s, const Lesson *l, int nargs, char *const *args, Err *err) {
    LessonRun *before = s->lesson, *run = NULL;
    step_out(s);
    if (!lesson_run_new(s->in, l, nargs, args, &run, err)) {
        if (before) enter(s, before);
        return false;
    }
    if (before) put_left(s, before);
    lesson_run_free(take_left(s, l));
    enter(s, run);
    if (!s->straight) places_recall(s, run);
    if (!s->facts.tty) place_want_all(place_of(s));
    return true;
}

/* A part of a lesson whose variables are there: they are not made anew. */
static bool open_there(Session *s, const Lesson *l, const char *part, Err *err) {
    if (!s->lesson || lesson_run_lesson(s->lesson) != l) {
        LessonRun *run = take_left(s, l);
        reading_leave(s);
        enter(s, run);
    }
    return reading_goto(s, part, err);
}

static bool is_left(const Session *s, const Lesson *l) {
    for (size_t i = 0; i < s->left.count; i++)
        if (lesson_run_lesson(s->left.items[i]) == l) return true;
    return false;
}

static bool is_there(const Session *s, const Lesson *l) {
    return (s->lesson && lesson_run_lesson(s->lesson) == l) || is_left(s, l);
}

/* ---- coming back --------------------------------------------------------------------------- */

/* The step that a kept place means; a lesson may have been written anew since. */
static size_t step_of(const Lesson *l, const PlaceKept *k) {
    size_t n = l->steps.count;
    if (k->step == n || (k->step < n && strcmp(l->steps.items[k->step].title, k->title) == 0))
        return k->step;
    for (size_t i = 0; i < n; i++)
        if (strcmp(l->steps.items[i].title, k->title) == 0) return i;
    return 0;
}

static void tell_goes_on(Session *s) {
    const Place *p = place_of(s);
    bool typed = lesson_run_kept(s->lesson)->items.count > 0;
    tell(s, "on with %d %s at %zu/%zu%s; `restart` begins anew", p->lesson->number,
         p->lesson->command, place_number(p), place_count(p),
         typed ? ", with what you typed there" : "");
}

/* As it was left in this session. */
static bool open_left(Session *s, const Lesson *l, Err *err) {
    reading_leave(s);
    enter(s, take_left(s, l));
    begin_screen(s);
    tell_goes_on(s);
    return show_begun(s, err);
}

/* As an earlier session left it: its cells run again, unseen. */
static bool open_kept(Session *s, const Lesson *l, const PlaceKept *k, Err *err) {
    size_t step = step_of(l, k);
    if (!begin(s, l, (int)k->args.count, k->args.items, err)) {
        warn_line(s, "%s: %s; it begins with its own parameters", l->command, err->msg);
        err_clear(err);
        if (!begin(s, l, 0, NULL, err)) return false;
    }
    for (size_t i = 0; i < k->typed.items.count; i++)
        lesson_run_recall(s->lesson, k->typed.items.items[i].step, k->typed.items.items[i].code);
    place_at_step(place_of(s), step);
    begin_screen(s);
    tell_goes_on(s);
    show_title(s);
    return show_begun(s, err);
}

/* In the middle of a lesson that was left: there a reader goes on who asks for nothing else. */
static bool goes_on(Session *s, const Lesson *l, Err *err, bool *ok) {
    const PlaceKept *k = places_of(s, l);
    bool here = s->lesson && lesson_run_lesson(s->lesson) == l;
    if (s->straight || !s->facts.tty || here || !k || k->screen == 1 || k->at_end) return false;
    *ok = is_left(s, l) ? open_left(s, l, err) : open_kept(s, l, k, err);
    return true;
}

bool reading_open(Session *s, const Lesson *l, const char *part, int nargs, char *const *args,
                  Err *err) {
    size_t from, to;
    if (part && !lesson_part_steps(l, part, &from, &to, err)) return false;
    if (part && nargs == 0 && is_there(s, l)) return open_there(s, l, part, err);
    bool ok;
    if (!part && nargs == 0 && goes_on(s, l, err, &ok)) return ok;
    if (!begin(s, l, nargs, args, err)) return false;
    if (s->straight) return read_straight(s, part, err);
    if (part) place_at_step(place_of(s), from);
    begin_screen(s);
    if (!part) tell_where_left(s, l);
    show_title(s);
    return show_begun(s, err);
}

void reading_leave(Session *s) {
    if (!s->lesson) return;
    const Place *p = place_of(s);
    const Lesson *l = p->lesson;
    bool stays = s->opt.interactive || !s->opt.nargs;
    if (!s->straight && !place_last(p))
        tell(s, "%d %s is left at %zu/%zu: `%snext` goes on there", l->number, l->command,
             place_number(p), place_count(p), stays ? "" : "qkv ");
    LessonRun *run = s->lesson;
    step_out(s);
    put_left(s, run);
}

void reading_typed(Session *s, const char *code) {
    if (!s->lesson || s->straight || !s->facts.tty) return;
    size_t before = lesson_run_kept(s->lesson)->items.count;
    if (!lesson_run_typed(s->lesson, code))
        tell(s, "(more than a lesson keeps: the next start of qkv does not know this)");
    if (lesson_run_kept(s->lesson)->items.count > before) places_keep(s, s->lesson);
}

void reading_forget(Session *s) {
    LessonRun *run = s->lesson;
    step_out(s);
    lesson_run_free(run);
    for (size_t i = 0; i < s->left.count; i++) lesson_run_free(s->left.items[i]);
    vec_clear(&s->left);
    places_clear(s);
}

static bool open_next(Session *s, const Lesson *after, Err *err) {
    const Lesson *l = places_unread(s, after);
    const PlaceKept *k = l ? places_of(s, l) : NULL;
    if (!l) {
        err_set(err, ERR_VALUE, "no lesson is open, and every one has been read");
        return err_hint(err, "open one by its number or name; `lessons` lists them");
    }
    if (k && !k->at_end) return open_kept(s, l, k, err);
    tell(s, "%s is %d %s (`lessons --path`)", after ? "next" : "the first unread lesson", l->number,
         l->command);
    return reading_open(s, l, NULL, 0, NULL, err);
}

bool reading_resume(Session *s, Err *err) {
    LessonRun *run = s->left.count ? s->left.items[s->left.count - 1] : NULL;
    if (run && !place_last(lesson_run_place(run))) {
        return open_left(s, lesson_run_lesson(run), err);
    }
    const Lesson *last = run ? lesson_run_lesson(run) : places_last(s);
    const PlaceKept *k = last && !run ? places_of(s, last) : NULL;
    if (k && !k->at_end) return open_kept(s, last, k, err);
    return open_next(s, last, err);
}

/* ---- moving -------------------------------------------------------------------------------- */

bool reading_continue(Session *s, Err *err) {
    if (out_screen_left(s)) {
        turn_page(s);
        return true;
    }
    if (cut_short(s)) return go_on(s, err);
    if (place_next(place_of(s))) return show_screen(s, err);
    reading_leave(s);
    return true;
}

bool reading_all(Session *s, Err *err) {
    Place *p = place_of(s);
    out_screen_rest(s);
    bool ok = !cut_short(s) || show_rest(s, err);
    while (ok && place_next(p)) {
        lesson_run_seek(s->lesson, place_screen(p)->from);
        ok = show_rest(s, err);
    }
    if (ok) show_stop(s);
    return ok;
}

/* Over what failed, were it a cell above that nobody sees, or over the next screen. */
bool reading_skip(Session *s, Err *err) {
    Place *p = place_of(s);
    size_t at = lesson_run_at(s->lesson), settled = lesson_run_settled(s->lesson);
    if (out_screen_drop(s)) return reading_continue(s, err);
    bool above = cut_short(s) && settled < at;
    if (above) {
        lesson_run_skip(s->lesson, settled + 1);
        lesson_run_seek(s->lesson, at);
        return go_on(s, err);
    }
    if (!cut_short(s)) place_next(p);
    lesson_run_skip(s->lesson, place_screen(p)->to);
    return reading_continue(s, err);
}

bool reading_back(Session *s, Err *err) {
    place_back(place_of(s));
    return show_screen(s, err);
}

bool reading_again(Session *s, Err *err) {
    return show_screen(s, err);
}

bool reading_more(Session *s, Err *err) {
    return place_more(place_of(s), err) && show_screen(s, err);
}

bool reading_goto(Session *s, const char *where, Err *err) {
    return place_goto(place_of(s), where, err) && show_screen(s, err);
}

bool reading_restart(Session *s, int nargs, char *const *args, Err *err) {
    if (!lesson_run_restart(s->lesson, nargs, args, err)) return false;
    s->scope = lesson_run_scope(s->lesson);
    return show_titled(s, err);
}

bool reading_set(Session *s, int nargs, char *const *args, Err *err) {
    if (!lesson_run_set(s->lesson, nargs, args, err)) return false;
    Str words = STR_INIT;
    for (int i = 0; i < nargs; i++) str_printf(&words, "%s%s", i ? " " : "", args[i]);
    begin_screen(s);
    tell(s, "%s: the lesson's cells up to here run again with it", str_cstr(&words));
    str_clear(&words);
    return show_begun(s, err);
}

void reading_where(Session *s) {
    const Place *p = place_of(s);
    const Lesson *l = p->lesson;
    const char *part = place_part(p), *title = place_title(p);
    Str params = STR_INIT, by_hand = STR_INIT;
    lesson_run_params(s->lesson, &params);
    lesson_run_by_hand(s->lesson, &by_hand);
    out_print(s, "%d %s, screen %zu of %zu", l->number, l->command, place_number(p),
              place_count(p));
    if (*part) out_print(s, ", part %s", part);
    if (*title) out_print(s, ": %s", title);
    out_text(s, "\n");
    if (params.len) out_print(s, "parameters: %s\n", str_cstr(&params));
    if (by_hand.len) out_print(s, "set by hand: %s\n", str_cstr(&by_hand));
    str_clear(&params);
    str_clear(&by_hand);
}
