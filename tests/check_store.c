/* store: nothing that was answered is lost: kills, full disks, damaged files, merges. */
#include "config.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mt19937.h"
#include "check_tap.h"
#include "store/db.h"
#include "store/store.h"

static char dir[64], last_id[STORE_ID];

static void begin(void) {
    snprintf(dir, sizeof dir, "/tmp/qkv-store-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void end(void) {
    char cmd[128];
    snprintf(cmd, sizeof cmd, "rm -rf %s", dir);
    ck_assert_int_eq(system(cmd), 0);
}

static Store *opened(const char *where) {
    Err err = {0};
    Store *st = NULL;
    if (!store_open(where, &st, &err)) ck_abort_msg("%s", err.msg);
    return st;
}

static char *db_path(void) {
    Str path = STR_INIT;
    str_printf(&path, "%s/practice.db", dir);
    return str_detach(&path);
}

static Review review(const char *item, int64_t time, Grade grade) {
    return (Review){.item = item,
                    .time = time,
                    .day = (int)(time / 86400),
                    .grade = grade,
                    .verdict = grade == GRADE_AGAIN ? "wrong" : "right",
                    .answer = "a \"b\"\nç",
                    .seconds = 1.5,
                    .hints = 1,
                    .session = "practice"};
}

static Card answer(Store *st, const char *item, int64_t time, Grade grade) {
    Err err = {0};
    Card c;
    Review r = review(item, time, grade);
    if (!store_answer(st, &r, last_id, &c, &err)) ck_abort_msg("%s", err.msg);
    return c;
}

static char *exported(Store *st) {
    Err err = {0};
    Str out = STR_INIT;
    ck_assert(store_export(st, &out, &err));
    return out.len ? str_detach(&out) : mem_strdup("");
}

static bool add_card(void *ctx, const char *item, const Card *c) {
    str_printf(ctx, "%s %.17g %.17g %d %d %d %lld %lld %d %d\n", item, c->memory.stability,
               c->memory.difficulty, c->answers, c->lapses, c->step, (long long)c->last_time,
               (long long)c->due_time, c->last_day, c->due_day);
    return true;
}

static char *cards(Store *st) {
    Err err = {0};
    Str out = STR_INIT;
    ck_assert(store_cards(st, add_card, &out, &err));
    return out.len ? str_detach(&out) : mem_strdup("");
}

static size_t lines_of(const char *text) {
    size_t n = 0;
    for (; *text; text++) n += *text == '\n';
    return n;
}

/* ---- what was answered is there ------------------------------------------------------------ */

START_TEST(answers_are_there_again)
{
    Store *st = opened(dir);
    ck_assert(store_kept(st));
    ck_assert_ptr_null(store_warning(st));
    Card c = answer(st, "36/leak", 86400 * 10, GRADE_GOOD);
    c = answer(st, "36/leak", 86400 * 10 + 700, GRADE_GOOD);
    ck_assert_int_eq(c.answers, 2);
    store_close(st);
    st = opened(dir);
    Card again;
    Err err = {0};
    ck_assert(store_card(st, "36/leak", &again, &err));
    ck_assert_int_eq(again.answers, 2);
    ck_assert(again.memory.stability == c.memory.stability);
    ck_assert_int_eq(again.due_day, c.due_day);
    ck_assert(store_card(st, "36/other", &again, &err) && again.answers == 0);
    char *out = exported(st);
    ck_assert_uint_eq(lines_of(out), 2);
    mem_free(out);
    Str exam = STR_INIT;
    ck_assert(store_fact_set(st, "exam", "2026-12-05", &err) &&
              store_fact(st, "exam", &exam, &err));
    ck_assert_str_eq(str_cstr(&exam), "2026-12-05");
    ck_assert(store_forget(st, &err) && store_fact(st, "exam", &exam, &err));
    ck_assert_uint_eq(exam.len, 0);
    str_clear(&exam);
    store_close(st);
    struct stat at;
    char *path = db_path();
    ck_assert_int_eq(stat(path, &at), 0);
    ck_assert_int_eq(at.st_mode & 0777, 0600);
    mem_free(path);
}
END_TEST

/* A child answers and says so on a pipe until it is killed; all that it said must be there. */
static void answer_for_ever(int out) {
    Store *st = opened(dir);
    for (uint32_t i = 0;; i++) {
        char item[32];
        snprintf(item, sizeof item, "36/i%u", i % 7);
        answer(st, item, 1000 + i, (Grade)(1 + i % 4));
        if (write(out, &i, sizeof i) != (ssize_t)sizeof i) _exit(1);
    }
}

static bool take_seed(void *ctx, const Review *r) {
    int64_t *seeds = ctx;
    seeds[++seeds[0]] = r->seed;
    return true;
}

/* What a file of version 1 has was drawn with no known seed; answers of one second keep their
 * order. */
START_TEST(a_question_is_known_by_its_seed)
{
    Store *st = opened(dir);
    Err err = {0};
    Card c;
    int64_t seeds[4] = {0};
    const int64_t given[] = {7, -1, 4294967295};
    for (size_t i = 0; i < ARRAY_LEN(given); i++) {
        Review r = review("36/leak", 1000, GRADE_GOOD);
        r.seed = given[i];
        ck_assert(store_answer(st, &r, last_id, &c, &err));
    }
    store_close(st);
    st = opened(dir);
    ck_assert(store_reviews(st, 0, take_seed, seeds, &err));
    for (size_t i = 0; i < ARRAY_LEN(given); i++) ck_assert_int_eq(seeds[i + 1], given[i]);
    store_close(st);
}
END_TEST

START_TEST(a_kill_loses_nothing_that_was_acknowledged)
{
    size_t said = 0;
    Mt19937 r;
    mt_seed(&r, 3);
    for (int kill_no = 0; kill_no < 200; kill_no++) {
        int fd[2];
        ck_assert_int_eq(pipe(fd), 0);
        pid_t child = fork();
        if (child == 0) {
            close(fd[0]);
            answer_for_ever(fd[1]);
        }
        close(fd[1]);
        uint32_t first;
        if (kill_no % 2) said += read(fd[0], &first, sizeof first) == (ssize_t)sizeof first;
        usleep(mt_next(&r) % 12000);
        kill(child, SIGKILL);
        for (uint32_t i; read(fd[0], &i, sizeof i) == (ssize_t)sizeof i;) said++;
        waitpid(child, NULL, 0);
        close(fd[0]);
        if (kill_no % 20 == 19) {
            Store *st = opened(dir);
            char *out = exported(st);
            size_t kept = lines_of(out);
            ck_assert_uint_ge(kept, said);
            ck_assert_uint_le(kept, said + (size_t)kill_no + 1); /* written and not yet said */
            mem_free(out);
            store_close(st);
        }
    }
    ck_assert_uint_gt(said, 200);
}
END_TEST

START_TEST(two_shells_lose_no_answer_of_each_other)
{
    pid_t child[2];
    for (int k = 0; k < 2; k++) {
        child[k] = fork();
        if (child[k]) continue;
        Store *st = opened(dir);
        for (int i = 0; i < 60; i++) answer(st, "36/both", 1000 + i, GRADE_GOOD);
        store_close(st);
        _exit(0);
    }
    for (int k = 0, status; k < 2; k++) {
        ck_assert_int_eq(waitpid(child[k], &status, 0), child[k]);
        ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    Store *st = opened(dir);
    Card c;
    Err err = {0};
    ck_assert(store_card(st, "36/both", &c, &err));
    ck_assert_int_eq(c.answers, 120);
    store_close(st);
}
END_TEST

START_TEST(a_grade_is_overruled)
{
    Store *st = opened(dir), *other = opened(NULL);
    Err err = {0};
    Card c, want;
    for (int i = 0; i < 6; i++) {
        answer(st, "36/x", 86400 * (int64_t)i, i == 3 ? GRADE_AGAIN : GRADE_GOOD);
        want = answer(other, "36/x", 86400 * (int64_t)i, GRADE_GOOD);
        answer(st, "36/y", 86400 * (int64_t)i, GRADE_EASY);
    }
    /* the one that was wrong */
    char *out = exported(st), *wrong = strstr(out, "\"grade\":1");
    ck_assert_ptr_nonnull(wrong);
    while (wrong > out && wrong[-1] != '\n') wrong--;
    char *id = mem_strndup(strstr(wrong, "\"id\":\"") + 6, 32);
    ck_assert(store_regrade(st, id, GRADE_GOOD, &c, &err));
    ck_assert(c.memory.stability == want.memory.stability && c.due_day == want.due_day);
    ck_assert_int_eq(c.answers, want.answers);
    ck_assert(!store_regrade(st, "nobody", GRADE_GOOD, &c, &err));
    err_clear(&err);
    mem_free(id);
    mem_free(out);
    store_close(st);
    store_close(other);
}
END_TEST

/* ---- where nothing can be written ------------------------------------------------------------ */

START_TEST(without_a_folder_practice_goes_on_in_memory)
{
    Store *st = opened("/dev/null/qkv");
    ck_assert(!store_kept(st));
    ck_assert_ptr_nonnull(store_warning(st));
    ck_assert_ptr_null(store_warning(st));
    ck_assert_int_eq(answer(st, "36/leak", 5, GRADE_GOOD).answers, 1);
    ck_assert_int_eq(answer(st, "36/leak", 6, GRADE_GOOD).answers, 2);
    store_close(st);
}
END_TEST

START_TEST(a_full_disk_is_said_once_and_nothing_before_it_is_lost)
{
    Store *st = opened(dir);
    answer(st, "36/leak", 5, GRADE_GOOD);
    struct rlimit lim = {100000, 100000};
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &lim), 0);
    int i = 0;
    for (; i < 500 && store_kept(st); i++) answer(st, "36/leak", 10 + i, GRADE_GOOD);
    ck_assert(!store_kept(st));
    ck_assert_int_gt(i, 0);
    ck_assert_ptr_nonnull(strstr(store_warning(st), "not kept"));
    ck_assert_int_eq(answer(st, "36/leak", 1000, GRADE_GOOD).answers, i + 2);
    store_close(st);
}
END_TEST

/* ---- files that are refused -------------------------------------------------------------------
 */

static void put_file(const char *path, const char *text) {
    FILE *f = fopen(path, "w");
    fputs(text, f);
    fclose(f);
}

START_TEST(what_is_no_database_is_refused_and_kept)
{
    char *path = db_path();
    put_file(path, "this is not a database, but somebody may want it back, whole as it is");
    Store *st = NULL;
    Err err = {0};
    ck_assert(!store_open(dir, &st, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "damaged"));
    ck_assert_ptr_nonnull(strstr(err.hint, "mv "));
    err_clear(&err);
    FILE *f = fopen(path, "r");
    char back[16] = "";
    ck_assert_ptr_nonnull(fgets(back, sizeof back, f));
    fclose(f);
    ck_assert_str_eq(back, "this is not a d");
    mem_free(path);
}
END_TEST

START_TEST(a_page_of_rubbish_is_found)
{
    Store *st = opened(dir);
    for (int i = 0; i < 200; i++) answer(st, "36/leak", i, GRADE_GOOD);
    store_close(st);
    char *path = db_path(), rubbish[4096];
    memset(rubbish, 0xa5, sizeof rubbish);
    int fd = open(path, O_WRONLY);
    ck_assert_int_eq(pwrite(fd, rubbish, sizeof rubbish, 4096), (ssize_t)sizeof rubbish);
    close(fd);
    Err err = {0};
    ck_assert(!store_open(dir, &st, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "damaged"));
    err_clear(&err);
    mem_free(path);
}
END_TEST

START_TEST(a_newer_file_is_refused)
{
    Store *st = opened(dir);
    store_close(st);
    char *path = db_path();
    Db *db = NULL;
    Err err = {0};
    ck_assert(db_open(path, &db, &err) && db_script(db, "PRAGMA user_version = 99", &err));
    db_close(db);
    ck_assert(!store_open(dir, &st, &err));
    ck_assert_ptr_nonnull(strstr(err.msg, "newer"));
    err_clear(&err);
    mem_free(path);
}
END_TEST

/* ---- merging ----------------------------------------------------------------------------------
 */

static int import(Store *st, const char *text) {
    int taken = -1;
    Err err = {0};
    if (!store_import(st, text, strlen(text), &taken, &err)) ck_abort_msg("%s", err.msg);
    return taken;
}

START_TEST(two_records_merge_to_the_same_whichever_comes_first)
{
    Store *a = opened(NULL), *b = opened(NULL);
    for (int i = 0; i < 40; i++) {
        answer(i % 3 ? a : b, i % 2 ? "36/x" : "36/y", 86400 * (int64_t)i, (Grade)(1 + i % 4));
    }
    char *from_a = exported(a), *from_b = exported(b);
    ck_assert_int_eq(import(a, from_b), 14);
    ck_assert_int_eq(import(a, from_b), 0);
    ck_assert_int_eq(import(b, from_a), 26);
    char *cards_a = cards(a), *cards_b = cards(b), *log_a = exported(a), *log_b = exported(b);
    ck_assert_str_eq(cards_a, cards_b);
    ck_assert_str_eq(log_a, log_b);
    ck_assert_uint_eq(lines_of(log_a), 40);
    char *all[] = {from_a, from_b, cards_a, cards_b, log_a, log_b};
    for (size_t i = 0; i < ARRAY_LEN(all); i++) mem_free(all[i]);
    store_close(a);
    store_close(b);
}
END_TEST

#define ID "0123456789abcdef0123456789abcdef"
#define LINE(id, item, grade, more)                                                                \
    "{\"id\":\"" id "\",\"item\":\"" item "\",\"time\":5,\"day\":1,\"grade\":" grade               \
    ",\"verdict\":\"right\",\"seconds\":1,\"hints\":0,\"session\":\"practice\"" more "}\n"

START_TEST(a_wrong_line_is_named_and_nothing_is_taken)
{
    static const struct {
        const char *line, *says;
    } wrong[] = {{"{", "not JSON"},
                 {"[]", "a review has"},
                 {"{}", "a review has"},
                 {LINE("12", "36/x", "3", ""), "hex"},
                 {LINE(ID, "36/x", "0", ""), "grade"},
                 {LINE(ID, "36/x", "5", ""), "grade"},
                 {LINE(ID, "x", "3", ""), "LESSON/SLUG"},
                 {LINE(ID, "36/x", "\"3\"", ""), "a review has"},
                 {LINE(ID, "36/x", "3", ",\"answer\":7"), "a review has"},
                 {"\xff\xfe", "UTF-8"}};
    Store *st = opened(NULL);
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        Str text = STR_INIT;
        Err err = {0};
        int taken = -1;
        str_printf(&text, "%s\n%s", LINE("ffffffffffffffffffffffffffffffff", "36/y", "3", ""),
                   wrong[i].line);
        ck_assert(!store_import(st, text.buf, text.len, &taken, &err));
        ck_assert_msg(strstr(err.msg, wrong[i].says) != NULL, "%zu: %s", i, err.msg);
        ck_assert_int_eq(taken, 0);
        err_clear(&err);
        str_clear(&text);
        char *out = exported(st);
        ck_assert_str_eq(out, "");
        mem_free(out);
    }
    ck_assert_int_eq(import(st, LINE(ID, "36/x", "3", ",\"answer\":null")), 1);
    ck_assert_int_eq(import(st, ""), 0);
    store_close(st);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("store");
    TCase *t = tcase_create("store");
    tcase_add_checked_fixture(t, begin, end);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, answers_are_there_again);
    tcase_add_test(t, a_question_is_known_by_its_seed);
    tcase_add_test(t, a_kill_loses_nothing_that_was_acknowledged);
    tcase_add_test(t, two_shells_lose_no_answer_of_each_other);
    tcase_add_test(t, a_grade_is_overruled);
    tcase_add_test(t, without_a_folder_practice_goes_on_in_memory);
    tcase_add_test(t, a_full_disk_is_said_once_and_nothing_before_it_is_lost);
    tcase_add_test(t, what_is_no_database_is_refused_and_kept);
    tcase_add_test(t, a_page_of_rubbish_is_found);
    tcase_add_test(t, a_newer_file_is_refused);
    tcase_add_test(t, two_records_merge_to_the_same_whichever_comes_first);
    tcase_add_test(t, a_wrong_line_is_named_and_nothing_is_taken);
    suite_add_tcase(s, t);
    return s;
}

int main(void) {
    return check_tap(suite());
}
