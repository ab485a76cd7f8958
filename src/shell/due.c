/* See due.h. */
#include "config.h"

#include "shell/due.h"

#include <time.h>
#include <unistd.h>

#include "shell/asking.h"
#include "shell/days.h"
#include "shell/file.h"

typedef struct Due {
    Session *s;
    int64_t now;
    int today, count;
} Due;

/* Does the course still ask this? By the text of its blocks: nothing is parsed at a start. */
static bool is_asked(const Session *s, const char *id) {
    const char *slug = strchr(id, '/');
    char *number = slug ? mem_strndup(id, (size_t)(slug - id)) : NULL;
    const Lesson *l = number ? lesson_find(&s->lessons, number) : NULL;
    Str line = STR_INIT;
    if (slug) str_printf(&line, "id: %s\n", slug + 1);
    bool asked = false;
    for (size_t i = 0; l && i < l->quizzes.count && !asked; i++)
        asked = strstr(l->quizzes.items[i].text, str_cstr(&line)) != NULL;
    str_clear(&line);
    mem_free(number);
    return asked;
}

static bool add_due(void *ctx, const char *item, const Card *card) {
    Due *d = ctx;
    d->count += card_due(card, d->now, d->today) && is_asked(d->s, item);
    return true;
}

/* "3 questions are due: `practice due`"; "the day is in 4 days". */
static void due_line(const Due *d, int exam, Str *out) {
    int left = exam - d->today;
    if (d->count)
        str_printf(out, "%d question%s due: `practice due`", d->count,
                   d->count == 1 ? " is" : "s are");
    if (exam < d->today) return;
    str_printf(out, "%s the day is %s", d->count ? ";" : "`practice` follows the plan:",
               left == 0   ? "today"
               : left == 1 ? "tomorrow"
                           : "");
    if (left > 1) str_printf(out, "in %d days", left);
}

void due_tell(Session *s) {
    Err err = {0};
    Due d = {.s = s, .now = (int64_t)time(NULL), .today = day_today()};
    int exam = -1;
    Str line = STR_INIT;
    if (!asking_recorded(s)) return;
    Store *st = asking_store(s, &err);
    if (st && store_cards(st, add_due, &d, &err) && asking_exam(s, &exam, &err))
        due_line(&d, exam, &line);
    else
        warn_line(s, "%s%s%s", err.msg, err.hint ? "; " : "", err.hint ? err.hint : "");
    if (line.len) out_print(s, "%s\n", str_cstr(&line));
    str_clear(&line);
    err_clear(&err);
}

/* "answers-2026-12-01.jsonl", or -2, -3 behind the day where that is there. */
static bool copy_path(const Session *s, Str *path, Err *err) {
    Str day = STR_INIT;
    char *dir = state_dir(s, true);
    day_text(day_today(), &day);
    for (int i = 1; dir && i < 1000; i++) {
        str_reset(path);
        str_printf(path, "%s/answers-%s", dir, str_cstr(&day));
        if (i > 1) str_printf(path, "-%d", i);
        str_add(path, ".jsonl");
        if (access(str_cstr(path), F_OK) != 0) break;
    }
    str_clear(&day);
    mem_free(dir);
    return path->len || err_set(err, ERR_OS, "there is no folder of state to keep a copy in");
}

bool progress_forget(Session *s, Err *err) {
    Store *st = asking_store(s, err);
    Str lines = STR_INIT, path = STR_INIT;
    bool ok = st && store_export(st, &lines, err);
    if (ok && !lines.len) {
        out_text(s, "nothing was answered yet\n");
        ok = store_forget(st, err); /* a plan may stand */
    } else if (ok) {
        ok = copy_path(s, &path, err) &&
             file_write_whole(str_cstr(&path), lines.buf, lines.len, false, err) &&
             store_forget(st, err);
        if (ok)
            out_print(s, "forgotten; a copy is %s: `progress import` takes it back\n",
                      str_cstr(&path));
    }
    str_clear(&lines);
    str_clear(&path);
    return ok;
}
