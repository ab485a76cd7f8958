/* What the lessons claim, as assertions on the numbers that their own cells computed.
 *
 * tests/claims/NN-slug.py is about lessons/NN-slug.md and holds cases
 *
 *     ### falls as the root of the depth | layers=2,4,8 seeds=2
 *     assert -0.6 < slope(layers, pre_last) < -0.3
 *
 * The lesson is run from start to end with the parameters behind the bar, then the case's code
 * in its scope. A case that raises fails; so does a claims file without a lesson. */
#include "config.h"

#include <check.h>
#include <dirent.h>
#include <stdlib.h>

#include "builtin/builtin.h"
#include "shell/words.h"
#include "tutor/run.h"

#include "check_tap.h"

/* A lesson that trains takes up to twenty seconds on a free machine. */
enum { CASE_SECONDS = 240 };

/* Sanitized code trains ten times slower: there the first claim of each lesson will do, for
 * the numbers are the plain build's to judge. */
#ifdef __SANITIZE_ADDRESS__
enum { CLAIMS_EACH = 1 };
#else
enum { CLAIMS_EACH = 1000 };
#endif

typedef struct Claim {
    char *lesson; /* path of the lesson file */
    char *file;   /* path of the claims file */
    char *name, *args, *code;
    int line; /* of the code's first line */
} Claim;

static VEC(Claim) claims;

static char *path_of(const char *folder, const char *name, const char *suffix) {
    Str s = STR_INIT;
    const char *top = getenv("abs_top_srcdir");
    size_t stem = strcspn(name, ".");
    str_printf(&s, "%s/%s/%.*s%s", top ? top : ".", folder, (int)stem, name, suffix);
    return str_detach(&s);
}

/* "### name | args" and the lines below it up to the next such line; returns the line after. */
static const char *read_claim(const char *p, const char *name, int *line) {
    Claim c = {.lesson = path_of("lessons", name, ".md"),
               .file = path_of("tests/claims", name, ".py")};
    size_t n = strcspn(p, "\n");
    const char *bar = memchr(p, '|', n);
    size_t title = bar ? (size_t)(bar - p) : n;
    while (title > 4 && p[title - 1] == ' ') title--;
    c.name = mem_strndup(p + 4, title - 4);
    c.args = bar ? mem_strndup(bar + 1, n - (size_t)(bar + 1 - p)) : mem_strdup("");
    p += n + (p[n] == '\n');
    c.line = ++*line;
    const char *body = p;
    while (*p && !str_starts(p, "### ")) {
        p += strcspn(p, "\n");
        if (*p) p++;
        ++*line;
    }
    c.code = mem_strndup(body, (size_t)(p - body));
    vec_push(&claims, c);
    return p;
}

static void read_file(const char *name) {
    char *path = path_of("tests/claims", name, ".py");
    Str text = STR_INIT;
    Err err = {0};
    if (!lesson_file_read(path, &text, &err)) {
        fprintf(stderr, "%s: %s\n", path, err.msg);
        exit(1);
    }
    int line = 1, taken = 0;
    for (const char *p = str_cstr(&text); *p && taken < CLAIMS_EACH;) {
        if (str_starts(p, "### ")) {
            taken++;
            p = read_claim(p, name, &line);
        } else {
            p += strcspn(p, "\n");
            if (*p) p++;
            line++;
        }
    }
    str_clear(&text);
    mem_free(path);
}

static void gather(void) {
    char *dir = path_of("tests", "claims", "");
    struct dirent **names;
    int n = scandir(dir, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        size_t len = strlen(names[i]->d_name);
        if (len > 3 && strcmp(names[i]->d_name + len - 3, ".py") == 0) read_file(names[i]->d_name);
        free(names[i]);
    }
    if (n >= 0) free(names);
    mem_free(dir);
}

static void drop_text(Sink *s, const char *bytes, size_t n) {
    UNUSED(s), UNUSED(bytes), UNUSED(n);
}
static void drop_view(Sink *s, struct View *view) {
    UNUSED(s), UNUSED(view);
}

static bool run_claim(Interp *in, LessonRun *r, const Claim *c, Err *err) {
    while (lesson_run_at(r) < lesson_run_count(r)) {
        StepResult res;
        if (!lesson_run_step(r, &res, err)) return false;
        step_result_clear(&res);
    }
    Source *src = source_new(c->file, c->code, strlen(c->code), c->line);
    bool ok = interp_run(in, src, lesson_run_scope(r), 0, NULL, NULL, err);
    source_release(src);
    return ok;
}

/* The names that the shell has in scope without an import. */
static bool preload(Interp *in, Err *err) {
    Value m;
    if (!interp_import(in, "qkv", &m, err)) return false;
    interp_builtin_set(in, "qkv", m);
    value_release(m);
    return true;
}

/* The innermost line of the claims file that an error came through. */
static int claim_line(const Claim *c, const Err *err) {
    for (size_t i = err->frames.count; i-- > 0;) {
        const ErrFrame *f = &err->frames.items[i];
        if (strcmp(source_name(f->src), c->file) != 0) continue;
        int line, col;
        source_place(f->src, f->span.start, &line, &col);
        return line;
    }
    return c->line;
}

START_TEST(claim)
{
    const Claim *c = &claims.items[_i];
    Interp *in = interp_new(&(InterpConfig){0});
    builtin_install(in);
    Sink quiet = {.text = drop_text, .show = drop_view};
    interp_sink_set(in, &quiet);
    Lesson *l = NULL;
    LessonRun *r = NULL;
    Words words = {0};
    Err err = {0};
    bool ok = preload(in, &err) && lesson_read(c->lesson, &l, &err) &&
              words_split(c->args, &words, &err) &&
              lesson_run_new(in, l, words.count, words.items, &r, &err) &&
              run_claim(in, r, c, &err);
    if (!ok)
        ck_abort_msg("%s:%d: %s: %s: %s", c->file, claim_line(c, &err), c->name,
                     err_kind_name(err.kind), err.msg ? err.msg : "");
    words_clear(&words);
    lesson_run_free(r);
    lesson_free(l);
    interp_free(in);
}
END_TEST

static void claim_clear(Claim *c) {
    mem_free(c->lesson);
    mem_free(c->file);
    mem_free(c->name);
    mem_free(c->args);
    mem_free(c->code);
}

int main(void) {
    Suite *s = suite_create("lessons");
    TCase *t = tcase_create("claims");
    gather();
    tcase_set_timeout(t, CASE_SECONDS);
    tcase_add_loop_test(t, claim, 0, (int)claims.count);
    suite_add_tcase(s, t);
    int rc = check_tap(s);
    for (size_t i = 0; i < claims.count; i++) claim_clear(&claims.items[i]);
    vec_clear(&claims);
    return rc;
}
