/* Every lesson at settings that nobody chose, drawn from the ranges of its own front matter. Each
 * run is a process; it fails on an error, on what look.c looks for, on a claim that is said to hold
 * anywhere (claim.h), and when it takes too long.
 *
 *     tests/sweep/sweep                        the short run of make check
 *     tests/sweep/sweep --runs 40 --seed 7     40 settings a lesson over the whole ranges
 *     tests/sweep/sweep --seed 7 --only 44:3   setting 3 of lesson 44 again
 *
 * The question and the spoken answers are held too. What the short run finds in a lesson that
 * waiting.txt names is told and skipped: it is being written anew. Speaks TAP. */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shell/command.h"
#include "shell/file.h"
#include "shell/session.h"

#include "../claim.h"
#include "sweep.h"

#ifdef __SANITIZE_ADDRESS__
enum { SHORT_RUNS = 1, CHEAP_SECONDS = 200 };
#else
enum { SHORT_RUNS = 5, CHEAP_SECONDS = 20 };
#endif
enum { LONG_SECONDS = 120, ENDS_SECONDS = 300, DRAWS = 400, SHOWN = 12 };

typedef struct Plan {
    uint64_t seed;
    int runs;
    bool wide;             /* the whole ranges */
    int only_lesson, only; /* 0, -1: all */
} Plan;

/* One lesson at one setting: a process that writes its setting in the first line of `report`, then
 * a line for each defect. */
typedef struct Run {
    const Lesson *lesson;
    int index;
    pid_t pid;
    FILE *report;
} Run;

static int tests, failed;
static Plan plan = {.seed = 45, .runs = SHORT_RUNS, .only = -1};

/* ---- the process ------------------------------------------------------------------------- */

static FILE *notes; /* of this process: its run's report */
static void (*show_view)(Sink *sink, View *view);
static VEC(size_t) begins; /* where on the screen each step's output begins */
static Session session;

static void found(void *ctx, const char *what) {
    fprintf(notes, "%s%s\n", ctx ? (const char *)ctx : "", what);
}

static void begin_step(Out *o, const char *kind, const char *title) {
    UNUSED(kind), UNUSED(title);
    o->kind->flush(o);
    vec_push(&begins, (size_t)lseek(STDOUT_FILENO, 0, SEEK_CUR));
}

static char code_of[] = "code of ";

static void no_code(Out *o, const char *text, size_t n, CodeForm form) {
    UNUSED(o);
    if (form != CODE_HIDDEN) look_at_width(text, n, 76, found, (void *)code_of);
}

static void look_and_show(Sink *sink, View *view) {
    ViewStyle style = out_style(&session);
    look_at_view(view, &style, found, NULL);
    show_view(sink, view);
}

/* A setting that the lesson's `needs` agree to. */
static bool open_run(const Lesson *l, uint64_t seed, SweepReach reach, SweepArgs *args, Err *err) {
    SweepRng r = {seed};
    for (int i = 0; i < DRAWS; i++) {
        *args = draw_setting(l, &r, reach);
        LessonRun *run = NULL;
        bool ok = lesson_run_new(session.in, l, (int)args->count, args->items, &run, err);
        lesson_run_free(run);
        if (ok) return true;
        bool need = false;
        for (size_t k = 0; k < l->needs.count; k++)
            need |= err->msg && strstr(err->msg, l->needs.items[k].text) != NULL;
        if (!need) return false;
        err_clear(err);
        sweep_args_clear(args);
        reach = reach == SWEEP_CHEAP ? reach : SWEEP_WIDE;
    }
    return err_set(err, ERR_VALUE, "no setting of %d met what the lesson needs", DRAWS);
}

static void found_error(const char *what, Err *err) {
    Str s = STR_INIT;
    str_add(&s, what);
    if (err->frames.count) {
        const ErrFrame *f = &err->frames.items[err->frames.count - 1];
        int line, col;
        source_place(f->src, f->span.start, &line, &col);
        str_printf(&s, "%s:%d: ", source_name(f->src), line);
    }
    str_printf(&s, "%s: %s", err_kind_name(err->kind), err->msg ? err->msg : "");
    found(NULL, str_cstr(&s));
    str_clear(&s);
    err_clear(err);
}

/* What each part says in its text stands for all of its cells. */
static void look_at_screen(const Lesson *l) {
    char *text = NULL;
    size_t len = (size_t)lseek(STDOUT_FILENO, 0, SEEK_END);
    text = mem_alloc(len + 1);
    if (pread(STDOUT_FILENO, text, len, 0) != (ssize_t)len) len = 0;
    text[len] = '\0';
    for (size_t i = 1; i < begins.count; i++) { /* 0 is the title */
        size_t end = i + 1 < begins.count ? begins.items[i + 1] : len;
        unsigned said = ~0u;
        if (i - 1 < l->steps.count) {
            const LessonPart *part = &l->parts.items[l->steps.items[i - 1].part];
            said = 0;
            for (size_t k = part->from; k < part->to; k++)
                if (l->steps.items[k].kind == STEP_TEXT) said |= look_said(l->steps.items[k].text);
        }
        if (end > begins.items[i])
            look_at_text(text + begins.items[i], end - begins.items[i], said, found, NULL);
    }
    mem_free(text);
}

static void hold_claims(const Lesson *l) {
    Claims claims = {0};
    claims_read(lesson_file(l), SIZE_MAX / 2, &claims);
    for (size_t i = 0; i < claims.count; i++) {
        const Claim *c = &claims.items[i];
        if (!c->anywhere) continue;
        Err err = {0};
        Source *src = source_new(c->file, c->code, strlen(c->code), c->line);
        if (!interp_run(session.in, src, session.scope, 0, NULL, NULL, &err)) {
            Str what = STR_INIT;
            str_printf(&what, "claim \"%s\": ", c->name);
            found_error(str_cstr(&what), &err);
            str_clear(&what);
        }
        source_release(src);
    }
    claims_clear(&claims);
}

static void run_lesson(const Lesson *l, uint64_t seed, SweepReach reach, int seconds) {
    static const Command *const none[] = {NULL};
    Options o = {.norc = true, .time_ns = (int64_t)seconds * 1000000000};
    Err err = {0};
    SweepArgs args = {0};
    Str typed = STR_INIT;
    bool ok = session_open(&session, &o, none, &err) && open_run(l, seed, reach, &args, &err);
    sweep_args_typed(&args, &typed);
    fprintf(notes, "qkv %d%s\n", l->number, str_cstr(&typed));
    fflush(notes);
    OutKind kind = *session.out->kind;
    kind.step_begin = begin_step;
    kind.code = no_code;
    session.out->kind = &kind;
    show_view = session.out->sink.show;
    session.out->sink.show = look_and_show;
    session.opt.interactive = true; /* the lesson's scope stays for the claims */
    if (ok) ok = reading_open(&session, l, NULL, (int)args.count, args.items, &err);
    if (ok && session.lesson) ok = reading_all(&session, &err);
    out_flush(&session);
    if (!ok) found_error("", &err);
    look_at_screen(l);
    if (ok) hold_claims(l);
    sweep_args_clear(&args);
    str_clear(&typed);
    session_close(&session);
    vec_clear(&begins);
}

/* ---- many of them ------------------------------------------------------------------------ */

static SweepReach reach_of(int index) {
    if (index == 0) return SWEEP_LEAST;
    if (!plan.wide) return SWEEP_CHEAP;
    return index == 1 ? SWEEP_GREATEST : SWEEP_WIDE;
}

static int seconds_of(SweepReach reach) {
    return reach == SWEEP_GREATEST ? ENDS_SECONDS : plan.wide ? LONG_SECONDS : CHEAP_SECONDS;
}

static Run start(const Lesson *l, int index) {
    Run run = {.lesson = l, .index = index, .report = tmpfile()};
    uint64_t seed = plan.seed * 1000003 + (uint64_t)l->number * 1009 + (uint64_t)index;
    SweepReach reach = reach_of(index);
    rlim_t seconds = (rlim_t)seconds_of(reach);
    fflush(stdout);
    run.pid = fork();
    if (run.pid != 0) return run;
    setrlimit(RLIMIT_CPU, &(struct rlimit){seconds, seconds + 5});
    notes = run.report;
    FILE *screen = tmpfile();
    dup2(fileno(screen), STDOUT_FILENO);
    fclose(screen);
    run_lesson(l, seed, reach, (int)seconds);
    fflush(notes);
    _exit(0);
}

static char *read_report(Run *run) {
    size_t len = (size_t)lseek(fileno(run->report), 0, SEEK_END);
    char *text = mem_alloc(len + 1);
    if (pread(fileno(run->report), text, len, 0) != (ssize_t)len) len = 0;
    text[len] = '\0';
    fclose(run->report);
    return text;
}

static bool is_waiting(int number) {
    char *path = claim_path("tests/sweep", "waiting", ".txt");
    Str text = STR_INIT;
    Err err = {0};
    bool found_it = false;
    if (!plan.wide && lesson_file_read(path, &text, &err))
        for (const char *p = str_cstr(&text); *p; p += strcspn(p, "\n"), p += *p == '\n')
            found_it |= strtol(p, NULL, 10) == number;
    err_clear(&err);
    str_clear(&text);
    mem_free(path);
    return found_it;
}

static void print_test(int number, bool bad, const char *what) {
    bool waits = bad && is_waiting(number);
    failed += bad && !waits;
    printf("%sok %d - %s%s\n", bad && !waits ? "not " : "", ++tests, what,
           waits ? " # SKIP in waiting.txt" : "");
}

/* A test's line: what was run, and below it what was found. */
static void finish(Run *run, int status) {
    char *text = read_report(run);
    char *rest = text + strcspn(text, "\n");
    bool died = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    bool bad = died || (*rest && rest[1]);
    if (*rest) *rest++ = '\0';
    print_test(run->lesson->number, bad, text);
    if (bad)
        printf("# again: sweep%s --seed %llu --only %d:%d\n", plan.wide ? " --wide" : "",
               (unsigned long long)plan.seed, run->lesson->number, run->index);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        printf("# took longer than %d s of the processor\n", seconds_of(reach_of(run->index)));
    else if (died)
        printf("# ended with status %#x\n", (unsigned)status);
    int shown = 0;
    for (char *p = rest; *p; p += strcspn(p, "\n"), p += *p == '\n')
        if (shown++ < SHOWN) printf("# %.*s\n", (int)strcspn(p, "\n"), p);
    if (shown > SHOWN) printf("# and %d more\n", shown - SHOWN);
    mem_free(text);
}

static void reap(Run *runs, int *running) {
    int status;
    pid_t pid = wait(&status);
    for (int i = 0; i < *running; i++) {
        if (runs[i].pid != pid) continue;
        finish(&runs[i], status);
        runs[i] = runs[--*running];
        return;
    }
}

static void sweep(const LessonSet *set) {
    enum { TOGETHER = 2 };
    Run runs[TOGETHER];
    int running = 0;
    for (size_t i = 0; i < set->items.count; i++) {
        const Lesson *l = set->items.items[i];
        int many = l->params.count ? plan.runs : 1;
        if (plan.only_lesson && plan.only_lesson != l->number) continue;
        for (int k = 0; k < many || k == plan.only; k++) {
            if (plan.only >= 0 && k != plan.only) continue;
            if (running == TOGETHER) reap(runs, &running);
            runs[running++] = start(l, k);
        }
    }
    while (running) reap(runs, &running);
}

/* ---- what is spoken ---------------------------------------------------------------------- */

static void found_spoken(void *ctx, const char *what) {
    Str *all = ctx;
    str_printf(all, "# %s\n", what);
}

static void hold_spoken(const LessonSet *set) {
    for (size_t i = 0; i < set->items.count; i++) {
        const Lesson *l = set->items.items[i];
        Str all = STR_INIT, name = STR_INIT;
        if (plan.only_lesson && plan.only_lesson != l->number) continue;
        look_at_spoken(l, found_spoken, &all);
        str_printf(&name, "%d: question, one breath, two minutes", l->number);
        print_test(l->number, all.len > 0, str_cstr(&name));
        printf("%s", str_cstr(&all));
        str_clear(&name);
        str_clear(&all);
    }
}

/* ---- main -------------------------------------------------------------------------------- */

static bool read_plan(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--wide") == 0) {
            plan.wide = true;
            continue;
        }
        if (strcmp(argv[i], "--runs") == 0) {
            plan.runs = (int)strtol(value, NULL, 10);
            plan.wide = true;
        } else if (strcmp(argv[i], "--seed") == 0)
            plan.seed = strtoull(value, NULL, 10);
        else if (strcmp(argv[i], "--only") == 0) {
            plan.only_lesson = (int)strtol(value, NULL, 10);
            if (strchr(value, ':')) plan.only = (int)strtol(strchr(value, ':') + 1, NULL, 10);
        } else
            return false;
        i++;
    }
    return plan.runs > 0;
}

int main(int argc, char **argv) {
    LessonSet set = {0};
    Err err = {0};
    char *dir = claim_path("lessons", "", "");
    if (!read_plan(argc, argv)) {
        fprintf(stderr, "usage: sweep [--runs N] [--wide] [--seed S] [--only LESSON[:SETTING]]\n");
        return 2;
    }
    setenv("COLUMNS", "80", 1);
    if (!lesson_scan(dir, &set, &err) || set.broken.len) {
        printf("Bail out! %s%s\n", err.msg ? err.msg : "", str_cstr(&set.broken));
        return 1;
    }
    printf("# seed %llu\n", (unsigned long long)plan.seed);
    hold_spoken(&set);
    sweep(&set);
    printf("1..%d\n", tests);
    lesson_set_clear(&set);
    err_clear(&err);
    mem_free(dir);
    return plan.wide && failed; /* the short run's verdict is in its lines */
}
