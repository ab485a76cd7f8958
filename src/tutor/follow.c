/* See follow.h. */
#include "config.h"

#include "tutor/follow.h"

#include "tutor/fill.h"
#include "tutor/run.h"

static const char entry_head[] = "- *";

/* Bytes of a list's entry: up to the next one, or a line that is not indented. */
static size_t entry_len(const char *p) {
    size_t n = strcspn(p, "\n");
    while (p[n] && p[n + 1] == ' ') n += 1 + strcspn(p + n + 1, "\n");
    return n;
}

/* A stretch of an entry with its lines as one; owned. */
static char *joined(const char *p, size_t n) {
    Str out = STR_INIT;
    for (size_t i = 0; i < n; i++) {
        bool blank = strchr(" \n", p[i]) != NULL;
        if (!blank)
            str_addc(&out, p[i]);
        else if (out.len && out.buf[out.len - 1] != ' ')
            str_addc(&out, ' ');
    }
    while (out.len && out.buf[out.len - 1] == ' ') out.buf[--out.len] = '\0';
    return str_detach(&out);
}

static bool filled(const Fill *f, const char *text, size_t n, int line, char **out) {
    Str all = STR_INIT;
    Err err = {0};
    bool ok = fill_text(f, text, n, line, &all, &err);
    if (ok) *out = joined(str_cstr(&all), all.len);
    err_clear(&err);
    str_clear(&all);
    return ok;
}

static void add_entry(const Fill *f, const char *p, size_t n, int line, FollowUps *out) {
    const char *question = p + strlen(entry_head);
    const char *end = memchr(question, '*', n - strlen(entry_head));
    FollowUp u = {0};
    if (!end) return;
    bool ok = filled(f, question, (size_t)(end - question), line, &u.question) &&
              filled(f, end + 1, n - (size_t)(end + 1 - p), line, &u.answer);
    if (ok && *u.question && *u.answer) {
        vec_push(&out->list, u);
        return;
    }
    mem_free(u.question);
    mem_free(u.answer);
}

static void add_step(const Fill *f, const LessonStep *step, FollowUps *out) {
    for (const char *p = step->text; *p;) {
        bool entry = str_starts(p, entry_head);
        size_t n = entry ? entry_len(p) : strcspn(p, "\n");
        if (entry) add_entry(f, p, n, step->line, out);
        p += n + (p[n] == '\n');
    }
}

void follow_ups_read(Interp *in, const Lesson *l, FollowUps *out) {
    size_t from, to;
    LessonRun *run = NULL;
    Err err = {0};
    if (lesson_part_steps(l, "follow", &from, &to, &err) &&
        lesson_run_new(in, l, 0, NULL, &run, &err)) {
        Fill f = {in, l, lesson_run_scope(run)};
        for (size_t i = from; i < to; i++)
            if (l->steps.items[i].kind == STEP_TEXT) add_step(&f, &l->steps.items[i], out);
        lesson_run_leave(run);
        lesson_run_free(run);
    }
    err_clear(&err);
}

void follow_ups_clear(FollowUps *f) {
    for (size_t i = 0; i < f->list.count; i++) {
        mem_free(f->list.items[i].question);
        mem_free(f->list.items[i].answer);
    }
    vec_clear(&f->list);
}
