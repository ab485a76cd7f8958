/* lessons, lesson and the words that move within one. */
#include "config.h"

#include "shell/brief.h"
#include "shell/command.h"

static const char *question_of(const Lesson *l) {
    return l->summary[0] ? l->summary : l->title;
}

/* The columns that every list of lessons begins with. */
static void add_lesson(ViewTable *t, const Lesson *l) {
    view_cell(t, "%d", l->number);
    view_cell(t, "%s", l->command);
    view_cell(t, "%s", question_of(l));
    if (l->minutes > 0)
        view_cell(t, "%d", l->minutes);
    else
        view_cell(t, "%s", "");
}

/* The order that builds: each lesson with those that it stands on. */
static void show_path(Session *s) {
    static const char *const head[] = {"", "command", "question", "min", "builds on"};
    size_t n = s->lessons.items.count;
    const Lesson **path = mem_alloc(sizeof *path * n);
    int minutes = 0;
    ViewTable t = view_table_begin(head, ARRAY_LEN(head));
    lesson_path(&s->lessons, path);
    for (size_t i = 0; i < n; i++) {
        Str on = STR_INIT;
        for (size_t k = 0; k < path[i]->after.count; k++)
            str_printf(&on, "%s%d", k ? ", " : "", path[i]->after.items[k]);
        add_lesson(&t, path[i]);
        view_cell(&t, "%s", str_cstr(&on));
        str_clear(&on);
        minutes += path[i]->minutes;
    }
    mem_free(path);
    out_view_take(s, view_table_end(&t, NULL));
    out_print(s, "%zu lesson%s, about %d minutes of reading\n", n, n == 1 ? "" : "s", minutes);
}

static void show_lessons(Session *s) {
    static const char *const head[] = {"", "command", "question", "min"};
    ViewTable t = view_table_begin(head, ARRAY_LEN(head));
    for (size_t i = 0; i < s->lessons.items.count; i++) add_lesson(&t, s->lessons.items.items[i]);
    out_view_take(s, view_table_end(&t, NULL));
    if (s->facts.tty)
        out_view_take(s, view_text(STYLE_FAINT,
                                   "a number or a command opens one; `lessons --path`: an "
                                   "order that builds; `help glossary`: their words"));
}

static bool run_lessons(Session *s, const Call *c, Err *err) {
    bool path = c->argc == 2 && strcmp(c->argv[1], "--path") == 0;
    if (c->argc > 1 && !path) return command_usage(&cmd_lessons, err);
    if (s->lessons.items.count == 0) {
        err_set(err, ERR_FILENOTFOUND, "no lessons found%s%s", s->lessons_dir ? " in " : "",
                s->lessons_dir ? s->lessons_dir : "");
        return err_hint(err, "name their folder with --lessons DIR or --data-dir DIR");
    }
    (path ? show_path : show_lessons)(s);
    return true;
}

static void complete_lessons(Session *s, const Call *c, Offer offer, void *ctx) {
    UNUSED(s);
    if (c->argc <= 2) offer(ctx, "--path");
}

const Command cmd_lessons = {
    .name = "lessons",
    .usage = "lessons [--path]",
    .summary = "list the lessons; --path: in an order that builds",
    .complete = complete_lessons,
    .run = run_lessons,
    .flags = CMD_PAGED,
};

/* `36 --json`: a word that looks like an option among a lesson's parameters. */
static bool option_here(const Session *s, const Call *c, const char *word, Err *err) {
    if (!s->typing) return options_unknown(word, err);
    err_set(err, ERR_VALUE, "%s stands behind qkv in the system shell", word);
    return err_hint(err, "there it is: qkv %s %s; here `set` changes options", c->argv[1], word);
}

/* `lesson 36 n=8`, and `36 n=8`, `masking n=8`: the first word names the lesson. */
static bool run_lesson(Session *s, const Call *c, Err *err) {
    if (c->argc < 2) return command_usage(&cmd_lesson, err);
    const Lesson *l = lesson_find(&s->lessons, c->argv[1]);
    if (!l) return command_unknown(s, c->argv[1], err);
    for (int i = 2; i < c->argc; i++)
        if (str_starts(c->argv[i], "--")) return option_here(s, c, c->argv[i], err);
    bool by_word = c->own && strcmp(c->argv[1], l->command) == 0;
    if (by_word && brief_wanted(s, l)) return brief_show(s, l, c->argc - 2, c->argv + 2, err);
    return reading_open(s, l, c->argc - 2, c->argv + 2, err);
}

static void complete_lesson(Session *s, const Call *c, Offer offer, void *ctx) {
    if (c->argc <= 2) {
        for (size_t i = 0; i < s->lessons.items.count; i++)
            offer(ctx, s->lessons.items.items[i]->command);
        return;
    }
    const Lesson *l = lesson_find(&s->lessons, c->argv[1]);
    if (!l) return;
    const char *word = c->argv[c->argc - 1], *equals = strchr(word, '=');
    for (size_t i = 0; i < l->params.count; i++) {
        const LessonParam *p = &l->params.items[i];
        Str text = STR_INIT;
        if (!equals) {
            str_printf(&text, "%s=", p->name);
            offer(ctx, str_cstr(&text));
        } else if (strlen(p->name) == (size_t)(equals - word) && str_starts(word, p->name)) {
            for (size_t k = 0; k < p->choices.count; k++) {
                str_reset(&text);
                str_printf(&text, "%s=%s", p->name, p->choices.items[k]);
                offer(ctx, str_cstr(&text));
            }
        }
        str_clear(&text);
    }
}

const Command cmd_lesson = {
    .name = "lesson",
    .usage = "lesson NUMBER|NAME [name=value ...]",
    .summary = "read a lesson; its number or name alone does the same",
    .help =
        "On a terminal `attend text=\"...\"`, by its own word, shows scores, weights and output on "
        "one\n"
        "screen; the lesson is `32` or `lesson attend`. The other words are their lessons.\n\n"
        "On a terminal a lesson goes part by part: Enter goes on, `b` goes back, `a` shows all\n"
        "that is left, `q` leaves. At every stop the lesson's variables are at the prompt: type\n"
        "code, change one, go on. Long code is folded (`c` shows it, `set code` keeps that), a\n"
        "ledger is one line (`l` shows it whole). A letter that is also a variable shows the "
        "variable: `.q` is\n"
        "the key in any case. `help NAME` lists a lesson's parameters.",
    .run = run_lesson,
    .complete = complete_lesson,
};

static bool need_lesson(Session *s, Err *err) {
    if (s->lesson) return true;
    err_set(err, ERR_VALUE, "no lesson is open");
    return err_hint(err, "open one by its number or name; `lessons` lists them");
}

static bool run_next(Session *s, const Call *c, Err *err) {
    UNUSED(c);
    return need_lesson(s, err) && reading_continue(s, err);
}
static bool run_back(Session *s, const Call *c, Err *err) {
    UNUSED(c);
    return need_lesson(s, err) && reading_back(s, err);
}
static bool run_all(Session *s, const Call *c, Err *err) {
    UNUSED(c);
    return need_lesson(s, err) && reading_all(s, err);
}
static bool run_skip(Session *s, const Call *c, Err *err) {
    UNUSED(c);
    return need_lesson(s, err) && reading_skip(s, err);
}
static bool run_restart(Session *s, const Call *c, Err *err) {
    UNUSED(c);
    if (!need_lesson(s, err) || !lesson_run_restart(s->lesson, err)) return false;
    s->scope = lesson_run_scope(s->lesson);
    return reading_continue(s, err);
}
static bool run_where(Session *s, const Call *c, Err *err) {
    UNUSED(c);
    if (!need_lesson(s, err)) return false;
    reading_where(s);
    return true;
}
static bool run_play(Session *s, const Call *c, Err *err) {
    UNUSED(c);
    if (!need_lesson(s, err)) return false;
    s->playing = true;
    out_text(s, "The lesson's variables are yours (`whos`); `next` goes on with it.\n");
    return true;
}

#define MOVE(id, fn, text)                                                                         \
    const Command cmd_##id = {                                                                     \
        .name = #id, .usage = #id, .summary = text, .run = fn, .flags = CMD_READING}
MOVE(next, run_next, "in a lesson: on to the next part");
MOVE(back, run_back, "in a lesson: the part before again");
MOVE(all, run_all, "in a lesson: everything that is left");
MOVE(skip, run_skip, "in a lesson: over the next part without running it");
MOVE(restart, run_restart, "in a lesson: from the start, variables fresh");
MOVE(where, run_where, "in a lesson: which step, which parameters");
MOVE(play, run_play, "in a lesson: stop reading and use its variables");
