/* The items that lessons/ ships, whatever numbers are drawn: the question fits the screen, the
 * answer that is shown is graded right, a cell to predict prints it, every hint and explanation
 * can be filled in. */
#include "config.h"

#include "builtin/builtin.h"
#include "check_tap.h"
#include "practice/grade.h"
#include "view/markdown.h"

/* The screen without the line of the item's name, what was said above it and the prompt. */
enum { COLUMNS = 80, ROWS = 20 };
enum { ITEMS_EACH = 9, KINDS_EACH = 4 }; /* beside code and prose */

#ifdef __SANITIZE_ADDRESS__
enum { SEEDS = 2 };
#else
enum { SEEDS = 20 };
#endif

static LessonSet lessons;
static Interp *in;
static Str printed;

static void take_text(Sink *s, const char *bytes, size_t n) {
    UNUSED(s);
    str_addn(&printed, bytes, n);
}
static void drop_view(Sink *s, struct View *view) {
    UNUSED(s), UNUSED(view);
}
static Sink sink = {.text = take_text, .show = drop_view};

static void begin(void) {
    in = interp_new(&(InterpConfig){.sink = &sink});
    builtin_install(in);
    practice_install(in);
}

static void end(void) {
    interp_free(in);
    str_clear(&printed);
}

/* ---- laws of what is asked ----------------------------------------------------------------- */

#define LAW(a, holds, ...)                                                                         \
    do {                                                                                           \
        Str said_ = STR_INIT;                                                                      \
        if (!(holds)) {                                                                            \
            str_printf(&said_, __VA_ARGS__);                                                       \
            ck_abort_msg("%s:%d: %s, seed %u: %s", (a)->item->lesson->path, (a)->item->line,       \
                         (a)->item->id, (a)->seed, str_cstr(&said_));                              \
        }                                                                                          \
    } while (0)

static void filled(const Asked *a, const char *what, const Str *text) {
    LAW(a, text->len > 0, "the %s is empty", what);
    LAW(a, !strstr(text->buf, "{{") && !strstr(text->buf, "}}"), "a hole is left in the %s: %s",
        what, text->buf);
}

static void question_fits(const Asked *a) {
    filled(a, "question", &a->text);
    Canvas *c = markdown_draw(a->text.buf, a->text.len, COLUMNS, false);
    LAW(a, canvas_rows(c) <= ROWS, "the question has %d lines of %d", canvas_rows(c), ROWS);
    canvas_free(c);
    int width = 0;
    for (const char *p = a->text.buf, *fence = NULL; *p; p++) {
        if (strncmp(p, "```", 3) == 0) fence = fence ? NULL : p, width = -3;
        width = *p == '\n' ? 0 : width + ((*p & 0xc0) != 0x80);
        LAW(a, !fence || width <= COLUMNS - 4, "a line of its code is too wide for the screen");
    }
}

static void texts_fill(const Asked *a) {
    Err err = {0};
    Str text = STR_INIT;
    const Item *it = a->item;
    for (size_t i = 0; i < it->hints.count; i++) {
        LAW(a, asked_hint(a, i, &text, &err), "hint %zu: %s", i + 1, err.msg);
        filled(a, "hint", &text);
        str_reset(&text);
    }
    LAW(a, asked_why(a, &text, &err), "why: %s", err.msg);
    if (it->why) filled(a, "explanation", &text);
    for (size_t i = 0; i < it->options.count && it->kind == ITEM_CHOICE; i++)
        LAW(a, it->options.items[i].right || it->options.items[i].why,
            "nothing says why '%s' is wrong", it->options.items[i].text);
    str_clear(&text);
}

/* ---- answers --------------------------------------------------------------------------------- */

static bool by_value(ItemKind kind) {
    return kind != ITEM_CODE && kind != ITEM_BUG && kind != ITEM_FREE;
}

static bool is_right(const Asked *a, const Str *answer, Err *err) {
    Verdict v = {0};
    bool right = grade(a, answer->buf, answer->len, &v, err) && v.result == RESULT_RIGHT;
    verdict_clear(&v);
    return right;
}

static void answer_is_right(const Asked *a) {
    Err err = {0};
    Str answer = STR_INIT;
    LAW(a, asked_answer(a, &answer, &err), "no answer: %s", err.msg);
    filled(a, "answer", &answer);
    LAW(a, !by_value(a->item->kind) || is_right(a, &answer, &err), "its own answer %s is wrong: %s",
        answer.buf, err.msg ? err.msg : "");
    str_clear(&answer);
}

/* What stands in the question's cell, run as it stands, and the last line that it prints. */
static void run_cell(const Asked *a, Str *line) {
    static const char open[] = "```python\n";
    Err err = {0};
    const char *code = strstr(a->text.buf, open), *close;
    LAW(a, code && (close = strstr(code + strlen(open), "\n```")), "there is no cell");
    code += strlen(open);
    Str text = STR_INIT;
    str_add(&text, "import math, torch, qkv\nimport torch.nn as nn\n"
                   "import torch.nn.functional as F\n");
    str_addn(&text, code, (size_t)(close - code));
    Source *src = source_new("cell", text.buf, text.len, 1);
    Value scope = interp_module_new(in, "__main__");
    str_reset(&printed);
    LAW(a, interp_run(in, src, scope, 0, NULL, NULL, &err), "its cell raises: %s", err.msg);
    value_release(scope);
    source_release(src);
    str_clear(&text);
    while (printed.len && printed.buf[printed.len - 1] == '\n') printed.len--;
    size_t from = printed.len;
    while (from && printed.buf[from - 1] != '\n') from--;
    str_addn(line, printed.buf ? printed.buf + from : "", printed.len - from);
}

static void cell_prints_the_answer(const Asked *a) {
    if (a->item->kind != ITEM_PREDICT) return;
    Err err = {0};
    Str line = STR_INIT, answer = STR_INIT;
    run_cell(a, &line);
    filled(a, "cell's output", &line);
    LAW(a, asked_answer(a, &answer, &err), "no answer: %s", err.msg);
    bool same = strcmp(line.buf, answer.buf) == 0;
    LAW(a, same || is_right(a, &line, &err), "its cell prints %s, its answer is %s", line.buf,
        answer.buf);
    err_clear(&err);
    str_clear(&answer);
    str_clear(&line);
}

START_TEST(items_hold)
{
    const Lesson *l = lessons.items.items[_i];
    Items items = {0};
    Err err = {0};
    if (!items_read(l, &items, &err)) ck_abort_msg("%s", err.msg);
    for (size_t i = 0; i < items.list.count; i++)
        for (uint32_t seed = 0; seed < SEEDS; seed++) {
            Asked a = {.item = items.list.items[i], .seed = seed};
            LAW(&a, ask(in, items.list.items[i], seed, &a, &err), "not asked: %s", err.msg);
            question_fits(&a);
            texts_fill(&a);
            answer_is_right(&a);
            cell_prints_the_answer(&a);
            asked_clear(&a);
        }
    items_clear(&items);
}
END_TEST

/* A lesson that asks at all asks enough, in several ways. */
START_TEST(lessons_ask_enough)
{
    const Lesson *l = lessons.items.items[_i];
    Items items = {0};
    Err err = {0};
    if (!items_read(l, &items, &err)) ck_abort_msg("%s", err.msg);
    unsigned kinds = 0;
    int asked = 0;
    for (size_t i = 0; i < items.list.count; i++) {
        ItemKind kind = items.list.items[i]->kind;
        if (!by_value(kind)) continue;
        kinds |= 1u << kind;
        asked++;
    }
    int ways = __builtin_popcount(kinds);
    ck_assert_msg(!asked || asked >= ITEMS_EACH, "%s has %d items, not %d", l->path, asked,
                  ITEMS_EACH);
    ck_assert_msg(!asked || ways >= KINDS_EACH, "%s asks in %d ways, not %d", l->path, ways,
                  KINDS_EACH);
    items_clear(&items);
}
END_TEST

int main(void) {
    const char *top = getenv("abs_top_srcdir");
    Str dir = STR_INIT;
    Err err = {0};
    str_printf(&dir, "%s/lessons", top ? top : ".");
    if (!lesson_scan(dir.buf, &lessons, &err)) BUG("no lessons");
    Suite *s = suite_create("items");
    TCase *t = tcase_create("items");
    tcase_add_checked_fixture(t, begin, end);
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, items_hold, 0, (int)lessons.items.count);
    tcase_add_loop_test(t, lessons_ask_enough, 0, (int)lessons.items.count);
    suite_add_tcase(s, t);
    int rc = check_tap(s);
    lesson_set_clear(&lessons);
    str_clear(&dir);
    return rc;
}
