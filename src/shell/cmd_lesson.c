/* lessons, lesson and the words that move within one. */
#include "config.h"

#include "shell/brief.h"
#include "shell/command.h"
#include "shell/places.h"
#include "tutor/param.h"

/* A list of lessons: where the reader is in each stands in it as soon as one was opened. */
typedef struct List {
    ViewTable table;
    bool marks;
} List;

static List list_begin(Session *s, bool path) {
    static const char *const head[] = {"", "command", "question", "min", "builds on"};
    static const char *const marked[] = {"", "", "command", "question", "min", "builds on"};
    bool marks = places_last(s) != NULL;
    reading_tell_trouble(s);
    size_t columns = ARRAY_LEN(head) - !path;
    return (List){marks ? view_table_begin(marked, columns + 1) : view_table_begin(head, columns),
                  marks};
}

/* The columns that every list begins with. */
static void add_lesson(Session *s, List *list, const Lesson *l) {
    ViewTable *t = &list->table;
    const PlaceKept *k = places_of(s, l);
    view_cell(t, "%d", l->number);
    if (list->marks && k && !k->read)
        view_cell(t, "%zu/%zu", k->screen, k->count);
    else if (list->marks)
        view_cell(t, "%s", k ? "✓" : "");
    view_cell(t, "%s", l->command);
    view_cell(t, "%s", lesson_question(l));
    if (l->minutes > 0)
        view_cell(t, "%d", l->minutes);
    else
        view_cell(t, "%s", "");
}

/* The order that builds: each lesson with those that it stands on. */
static void show_path(Session *s) {
    size_t n = s->lessons.items.count;
    const Lesson **path = mem_alloc(sizeof *path * n);
    int minutes = 0;
    List list = list_begin(s, true);
    lesson_path(&s->lessons, path);
    for (size_t i = 0; i < n; i++) {
        Str on = STR_INIT;
        for (size_t k = 0; k < path[i]->after.count; k++)
            str_printf(&on, "%s%d", k ? ", " : "", path[i]->after.items[k]);
        add_lesson(s, &list, path[i]);
        view_cell(&list.table, "%s", str_cstr(&on));
        str_clear(&on);
        minutes += path[i]->minutes;
    }
    mem_free(path);
    out_view_take(s, view_table_end(&list.table, NULL));
    out_print(s, "%zu lesson%s, about %d minutes of reading\n", n, n == 1 ? "" : "s", minutes);
}

static void show_lessons(Session *s) {
    List list = list_begin(s, false);
    for (size_t i = 0; i < s->lessons.items.count; i++)
        add_lesson(s, &list, s->lessons.items.items[i]);
    out_view_take(s, view_table_end(&list.table, NULL));
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

/* Could the text be a part's name? A number, several words or one of a parameter's choices are
 * rather a value. */
static bool like_part(const Lesson *l, const char *text) {
    for (size_t i = 0; i < l->params.count; i++)
        for (size_t k = 0; k < l->params.items[i].choices.count; k++)
            if (strcmp(l->params.items[i].choices.items[k], text) == 0) return false;
    return text[strspn(text, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

/* What stands behind a lesson's name: "name=value" words, taken to args, and a part's name, which
 * is "" where there is none. */
static bool lesson_words(const Lesson *l, const Call *c, char **args, int *nargs, Str *part,
                         Err *err) {
    size_t from, to;
    *nargs = 0;
    for (int i = 2; i < c->argc; i++) {
        if (strchr(c->argv[i], '='))
            args[(*nargs)++] = c->argv[i];
        else
            str_printf(part, "%s%s", part->len ? " " : "", c->argv[i]);
    }
    if (!part->len) return true;
    Str said = STR_INIT;
    bool unquoted = param_unquoted(l, c->argc - 2, c->argv + 2, &said);
    str_clear(&said);
    if (like_part(l, str_cstr(part))) {
        if (lesson_part_steps(l, str_cstr(part), &from, &to, err)) return true;
        if (!unquoted) return false;
        err_clear(err);
    }
    return param_unnamed(l, c->argc - 2, c->argv + 2, err);
}

/* `lesson 36 n=8`, and `36 said`, `masking said n=8`: the first word names the lesson, one that is
 * no parameter a part. */
static bool run_lesson(Session *s, const Call *c, Err *err) {
    if (c->argc < 2) return command_usage(&cmd_lesson, err);
    const Lesson *l = lesson_find(&s->lessons, c->argv[1]);
    if (!l) return command_unknown(s, c->argv[1], err);
    for (int i = 2; i < c->argc; i++)
        if (str_starts(c->argv[i], "--")) return option_here(s, c, c->argv[i], err);
    char **args = mem_alloc(sizeof *args * (size_t)c->argc);
    int nargs;
    Str part = STR_INIT;
    bool by_word = c->own && strcmp(c->argv[1], l->command) == 0;
    bool ok = lesson_words(l, c, args, &nargs, &part, err);
    if (ok && by_word && !part.len && brief_wanted(s, l, nargs, args))
        ok = brief_show(s, l, nargs, args, err);
    else if (ok)
        ok = reading_open(s, l, part.len ? str_cstr(&part) : NULL, nargs, args, err);
    str_clear(&part);
    mem_free(args);
    return ok;
}

typedef struct Offering {
    Offer offer;
    void *ctx;
} Offering;

static void offer_part(void *ctx, const char *name) {
    const Offering *o = ctx;
    o->offer(o->ctx, name);
}

/* Parameters of a lesson, and behind the = what they may be. */
static void offer_params(const Lesson *l, const char *word, Offer offer, void *ctx) {
    const char *equals = strchr(word, '=');
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

static void complete_lesson(Session *s, const Call *c, Offer offer, void *ctx) {
    if (c->argc <= 2) {
        for (size_t i = 0; i < s->lessons.items.count; i++)
            offer(ctx, s->lessons.items.items[i]->command);
        return;
    }
    const Lesson *l = lesson_find(&s->lessons, c->argv[1]);
    if (!l) return;
    lesson_part_names(l, offer_part, &(Offering){offer, ctx});
    offer_params(l, c->argv[c->argc - 1], offer, ctx);
}

const Command cmd_lesson = {
    .name = "lesson",
    .usage = "lesson NUMBER|NAME [PART] [name=value ...]",
    .summary = "read a lesson; its number or name alone does the same",
    .help =
        "On a terminal `attend text=\"...\"`, by its own word, shows scores, weights and output on "
        "one\n"
        "screen; the lesson is `32` or `lesson attend`. The other words are their lessons.\n\n"
        "On a terminal a lesson goes screen by screen: Enter goes on, `b` goes back, `a` shows "
        "all\n"
        "that is left, `q` leaves. At every stop the lesson's variables are at the prompt: type\n"
        "code, change one, go on. Long code is folded (`c` shows it, `set code` keeps that), a\n"
        "ledger is one line (`l` shows it whole), and what the screen cannot hold comes in pages\n"
        "(`skip` leaves them out). A letter that is also a variable shows the variable: `.q` is\n"
        "the key in any case. `n=12` without blanks changes a parameter: the lesson's cells run\n"
        "again, and the screen is shown with it (`n = 12` is code, and assigns).\n\n"
        "`36 live` begins at a part: `answer`, `live`, `said`, `follow`, `practice` or `sources`;\n"
        "in a pipe it is only that part. `goto`, `more`, `again`, `restart`, `where` move within\n"
        "a lesson. Leaving keeps the place, also for the next start of qkv: `next` goes on.\n\n"
        "`help NAME` lists a lesson's parameters.",
    .run = run_lesson,
    .complete = complete_lesson,
};

static bool need_lesson(Session *s, Err *err) {
    if (s->lesson) return true;
    err_set(err, ERR_VALUE, "no lesson is open");
    return err_hint(err, "open one by its number or name; `lessons` lists them");
}

/* A word that moves and takes no other. */
static bool alone(Session *s, const Command *cmd, const Call *c, Err *err) {
    return need_lesson(s, err) && (c->argc == 1 || command_usage(cmd, err));
}

/* At the end of a lesson, and outside of one, `next` is the next lesson; only where one reads. */
static bool run_next(Session *s, const Call *c, Err *err) {
    if (s->straight && !need_lesson(s, err)) return false;
    if (c->argc > 1) return command_usage(&cmd_next, err);
    bool over = s->lesson && place_last(lesson_run_place(s->lesson));
    if (s->lesson && !over) return reading_continue(s, err);
    reading_leave(s);
    return reading_resume(s, err);
}
static bool run_back(Session *s, const Call *c, Err *err) {
    return alone(s, &cmd_back, c, err) && reading_back(s, err);
}
static bool run_all(Session *s, const Call *c, Err *err) {
    return alone(s, &cmd_all, c, err) && reading_all(s, err);
}
static bool run_skip(Session *s, const Call *c, Err *err) {
    return alone(s, &cmd_skip, c, err) && reading_skip(s, err);
}
static bool run_again(Session *s, const Call *c, Err *err) {
    return alone(s, &cmd_again, c, err) && reading_again(s, err);
}
static bool run_more(Session *s, const Call *c, Err *err) {
    return alone(s, &cmd_more, c, err) && reading_more(s, err);
}
static bool run_leave(Session *s, const Call *c, Err *err) {
    if (!alone(s, &cmd_leave, c, err)) return false;
    reading_leave(s);
    return true;
}
static bool run_restart(Session *s, const Call *c, Err *err) {
    return need_lesson(s, err) && reading_restart(s, c->argc - 1, c->argv + 1, err);
}
static bool run_where(Session *s, const Call *c, Err *err) {
    if (!alone(s, &cmd_where, c, err)) return false;
    reading_where(s);
    return true;
}
static bool run_play(Session *s, const Call *c, Err *err) {
    if (!alone(s, &cmd_play, c, err)) return false;
    s->playing = true;
    out_text(s,
             "The lesson's variables are yours (`whos`), apart from the prompt's; every letter is "
             "a name, and\n`n=12` an assignment. `next` goes on with the lesson.\n");
    return true;
}

static bool run_goto(Session *s, const Call *c, Err *err) {
    if (!need_lesson(s, err)) return false;
    if (c->argc < 2) return command_usage(&cmd_goto, err);
    Str where = STR_INIT;
    for (int i = 1; i < c->argc; i++) str_printf(&where, "%s%s", i > 1 ? " " : "", c->argv[i]);
    bool ok = reading_goto(s, str_cstr(&where), err);
    str_clear(&where);
    return ok;
}

static void complete_goto(Session *s, const Call *c, Offer offer, void *ctx) {
    if (!s->lesson || c->argc > 2) return;
    lesson_part_names(lesson_run_lesson(s->lesson), offer_part, &(Offering){offer, ctx});
}

static void complete_restart(Session *s, const Call *c, Offer offer, void *ctx) {
    if (s->lesson) offer_params(lesson_run_lesson(s->lesson), c->argv[c->argc - 1], offer, ctx);
}

#define MOVE(id, words, text, ...)                                                                 \
    const Command cmd_##id = {.name = #id,                                                         \
                              .usage = #id words,                                                  \
                              .summary = text,                                                     \
                              .run = run_##id,                                                     \
                              .flags = CMD_READING,                                                \
                              __VA_ARGS__}
MOVE(next, "", "in a lesson: the next screen; outside: on where a lesson was left");
MOVE(back, "", "in a lesson: the screen before again");
MOVE(all, "", "in a lesson: everything that is left");
MOVE(skip, "",
     "in a lesson: over the other pages, the next screen or what failed, without running it");
MOVE(again, "", "in a lesson: the screen again, with the variables as they are");
MOVE(more, "", "in a lesson: what goes deeper and is passed by here");
MOVE(goto, " PART|HEADING|NUMBER", "in a lesson: to a part, words of a heading or a screen",
     .complete = complete_goto);
MOVE(restart, " [name=value ...]", "in a lesson: from the start, variables fresh",
     .complete = complete_restart);
MOVE(where, "", "in a lesson: which screen, which parameters, what was set by hand");
MOVE(play, "", "in a lesson: stop reading and use its variables");
MOVE(leave, "", "in a lesson: back to the prompt; `next` comes back");
