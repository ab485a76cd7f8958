/* Checking a folder of lessons: every file reads, every cell runs. */
#include "config.h"

#include <stdarg.h>

#include "tutor/quiet.h"
#include "tutor/run.h"

typedef struct Checking {
    CheckReport report;
    void *ctx;
    int64_t cell_ns;
    int defects;
} Checking;

static void say(Checking *k, bool is_error, const char *fmt, ...) PRINTF_LIKE(3, 4);
static void say(Checking *k, bool is_error, const char *fmt, ...) {
    Str line = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vprintf(&line, fmt, ap);
    va_end(ap);
    k->report(k->ctx, str_cstr(&line), is_error);
    k->defects += is_error;
    str_clear(&line);
}

/* The line of the lesson file that an error belongs to. */
static int error_line(const Lesson *l, const LessonStep *step, const Err *err) {
    for (size_t i = 0; i < err->frames.count; i++) {
        const ErrFrame *f = &err->frames.items[err->frames.count - 1 - i];
        if (strcmp(source_name(f->src), lesson_file(l)) != 0) continue;
        int line, col;
        source_place(f->src, f->span.start, &line, &col);
        return line;
    }
    return step->line;
}

static void say_failed(Checking *k, const Lesson *l, const LessonStep *step, const Err *err) {
    if (str_starts(err->msg ? err->msg : "", l->path))
        say(k, true, "%s", err->msg);
    else
        say(k, true, "%s:%d: %s: %s", l->path, error_line(l, step, err), err_kind_name(err->kind),
            err->msg ? err->msg : "");
}

/* Its `short` cell, which is none of its steps. */
static void check_short(Checking *k, Interp *in, const Lesson *l) {
    LessonRun *r = NULL;
    Err err = {0};
    if (!l->brief.text || !lesson_run_new(in, l, 0, NULL, &r, &err)) {
        err_clear(&err);
        return;
    }
    lesson_run_cell_limit(r, k->cell_ns);
    if (!lesson_run_short(r, &err)) say_failed(k, l, &l->brief, &err);
    lesson_run_free(r);
    err_clear(&err);
}

static void check_one(Checking *k, Interp *in, const Lesson *l) {
    LessonRun *r = NULL;
    Err err = {0};
    bool ok = lesson_run_new(in, l, 0, NULL, &r, &err);
    if (ok) lesson_run_cell_limit(r, k->cell_ns);
    while (ok && lesson_run_at(r) < lesson_run_count(r)) {
        const LessonStep *step = &l->steps.items[lesson_run_at(r)];
        StepResult res;
        ok = lesson_run_step(r, &res, &err);
        if (ok)
            step_result_clear(&res);
        else
            say_failed(k, l, step, &err);
    }
    if (!r) {
        bool placed = str_starts(err.msg, l->path);
        say(k, true, "%s%s%s", placed ? "" : l->path, placed ? "" : ":1: ", err.msg);
    }
    lesson_run_free(r);
    if (ok) check_short(k, in, l);
    if (ok) say(k, false, "%s: %zu steps, all run", l->path, l->steps.count);
    err_clear(&err);
}

int lesson_check(Interp *in, const char *dir, int64_t cell_ns, CheckReport report, void *ctx) {
    Checking k = {.report = report, .ctx = ctx, .cell_ns = cell_ns};
    LessonSet set = {0};
    Err err = {0};
    if (!lesson_scan(dir, &set, &err)) {
        say(&k, true, "%s", err.msg);
        err_clear(&err);
        return k.defects;
    }
    for (char *p = (char *)str_cstr(&set.broken); *p;) { /* a defect a line */
        size_t n = strcspn(p, "\n");
        say(&k, true, "%.*s", (int)n, p);
        p += n + (p[n] == '\n');
    }
    Quiet quiet; /* the ops and the views are still made */
    quiet_begin(&quiet, in);
    for (size_t i = 0; i < set.items.count && !INTERRUPTED(); i++) {
        if (i && set.items.items[i]->number == set.items.items[i - 1]->number)
            say(&k, true, "%s:1: number %d is taken by %s", set.items.items[i]->path,
                set.items.items[i]->number, set.items.items[i - 1]->path);
        check_one(&k, in, set.items.items[i]);
    }
    quiet_end(&quiet);
    if (!set.items.count && !k.defects)
        say(&k, true, "%s: no lessons (files named NN-slug.md)", dir);
    lesson_set_clear(&set);
    return k.defects;
}
