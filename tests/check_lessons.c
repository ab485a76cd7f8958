/* What the lessons claim, as assertions on the numbers that their own cells computed: every case
 * of claim.h at the parameters that it names. A case that raises fails; so does a claims file
 * without a lesson. */
#include "config.h"

#include <check.h>
#include <dirent.h>
#include <stdlib.h>

#include "builtin/builtin.h"
#include "shell/words.h"
#include "tutor/run.h"

#include "check_tap.h"
#include "claim.h"

/* A lesson that trains takes up to twenty seconds on a free machine. */
enum { CASE_SECONDS = 240 };

/* Sanitized code trains ten times slower: there the first claim of each lesson will do, for
 * the numbers are the plain build's to judge. */
#ifdef __SANITIZE_ADDRESS__
enum { CLAIMS_EACH = 1 };
#else
enum { CLAIMS_EACH = 1000 };
#endif

static Claims claims;

static void gather(void) {
    char *dir = claim_path("tests", "claims", "");
    struct dirent **names;
    int n = scandir(dir, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        size_t len = strlen(names[i]->d_name);
        if (len > 3 && strcmp(names[i]->d_name + len - 3, ".py") == 0)
            claims_read(names[i]->d_name, CLAIMS_EACH, &claims);
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

int main(void) {
    Suite *s = suite_create("lessons");
    TCase *t = tcase_create("claims");
    gather();
    tcase_set_timeout(t, CASE_SECONDS);
    tcase_add_loop_test(t, claim, 0, (int)claims.count);
    suite_add_tcase(s, t);
    int rc = check_tap(s);
    claims_clear(&claims);
    return rc;
}
