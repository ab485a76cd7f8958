/* tutor: where a reader is in a lesson, walked over every lesson there is and one that has it all.
 */
#include "config.h"

#include "tutor/place.h"

#include "check_tap.h"

static LessonSet course;

static void open_course(void) {
    Str dir = STR_INIT;
    Err err = {0};
    const char *top = getenv("abs_top_srcdir");
    str_printf(&dir, "%s/lessons", top ? top : ".");
    ck_assert(lesson_scan(str_cstr(&dir), &course, &err));
    ck_assert_uint_gt(course.items.count, 0);
    str_clear(&dir);
}

static void close_course(void) {
    lesson_set_clear(&course);
    course = (LessonSet){0};
}

static const char deep[] = "---\nnumber: 90\ncommand: deep\ntitle: T\nsummary: s\nminutes: 1\n"
                           "sources: [none]\n---\n"
                           "# The question\nq\n# In one breath\na\n"
                           "# Live: one\n```python\nx\n```\n"
                           "# Every kind {more}\nk\n```python\ny\n```\nl\n"
                           "# Two kinds\nm\n## Deep {more}\nn\n## Deeper {more}\no\n"
                           "# Often said\np\n# Follow-ups\nr\n";

static Lesson *parse(const char *text) {
    Lesson *l = NULL;
    Err err = {0};
    if (!lesson_parse("t.md", text, strlen(text), &l, &err)) ck_abort_msg("%s", err.msg);
    return l;
}

/* Something to look at: words, code, or what a hidden cell draws beside them. */
static bool shows(const Lesson *l, const Screen *s) {
    for (size_t i = s->from; i < s->to; i++) {
        const LessonStep *step = &l->steps.items[i];
        if (step->kind == STEP_CELL && !(step->flags & CELL_HIDE)) return true;
        const char *line = step->text;
        for (; step->kind == STEP_TEXT && *line; line += strcspn(line, "\n"), line += *line != 0)
            if (*line != '#' && *line != '\n') return true;
    }
    return s->from == s->to && l->sources.count;
}

static void walk(const Lesson *l) {
    Place p;
    size_t step = 0, screens = 1;
    place_begin(&p, l);
    ck_assert_uint_eq(place_number(&p), 1);
    do {
        const Screen *s = place_screen(&p);
        ck_assert_uint_eq(place_number(&p), screens++);
        ck_assert_msg(shows(l, s), "%s: screen %zu shows nothing", l->path, place_number(&p));
        ck_assert_uint_ge(s->from, step);
        for (size_t i = step; i < s->from; i++) ck_assert(l->steps.items[i].more);
        step = s->to;
        ck_assert_int_eq(place_last(&p), place_number(&p) == place_count(&p));
        ck_assert_int_eq(place_last(&p), place_all_seen(&p));
    } while (place_next(&p));
    ck_assert_uint_eq(place_number(&p), place_count(&p));
    ck_assert(place_all_seen(&p));
    while (place_back(&p)) ck_assert_uint_eq(place_number(&p), --screens - 1);
    ck_assert_uint_eq(place_number(&p), 1);
    place_clear(&p);
}

START_TEST(every_lesson_is_walked_screen_by_screen)
{
    for (size_t i = 0; i < course.items.count; i++) walk(course.items.items[i]);
    Lesson *l = parse(deep);
    walk(l);
    lesson_free(l);
}
END_TEST

START_TEST(screens_keep_to_their_part)
{
    for (size_t i = 0; i < course.items.count; i++) {
        const Lesson *l = course.items.items[i];
        Place p;
        place_begin(&p, l);
        for (size_t k = 0; k < p.screens.count; k++) {
            const Screen *s = &p.screens.items[k];
            for (size_t n = s->from; n + 1 < s->to; n++) {
                ck_assert_int_eq(l->steps.items[n].part, l->steps.items[n + 1].part);
                ck_assert_int_eq(l->steps.items[n].more, l->steps.items[n + 1].more);
            }
        }
        place_clear(&p);
    }
}
END_TEST

static void reach(void *ctx, const char *name) {
    const Lesson *l = ctx;
    Place p;
    Err err = {0};
    size_t from, to;
    place_begin(&p, l);
    ck_assert(place_goto(&p, name, &err));
    ck_assert(lesson_part_steps(l, name, &from, &to, &err));
    ck_assert_uint_eq(place_screen(&p)->from, from);
    place_clear(&p);
}

START_TEST(parts_are_reached_by_name)
{
    for (size_t i = 0; i < course.items.count; i++)
        lesson_part_names(course.items.items[i], reach, course.items.items[i]);
}
END_TEST

static void lands(Place *p, const char *where, const char *title, size_t number) {
    Err err = {0};
    if (!place_goto(p, where, &err)) ck_abort_msg("%s: %s", where, err.msg);
    ck_assert_str_eq(place_title(p), title);
    ck_assert_uint_eq(place_number(p), number);
}

static void leads_nowhere(Place *p, const char *where, const char *msg, const char *hint) {
    Err err = {0};
    size_t at = p->at;
    ck_assert(!place_goto(p, where, &err));
    ck_assert_msg(strstr(err.msg, msg) != NULL, "%s", err.msg);
    ck_assert_msg(err.hint && strstr(err.hint, hint), "%s", err.hint);
    ck_assert_uint_eq(p->at, at);
    err_clear(&err);
}

START_TEST(headings_are_reached_by_their_words)
{
    Lesson *l = parse(deep);
    Place p;
    place_begin(&p, l);
    ck_assert_uint_eq(place_count(&p), 7);
    lands(&p, "live", "Live: one", 3);
    lands(&p, "two KINDS", "Two kinds", 4);
    lands(&p, "7", "Sources", 7);
    ck_assert(!place_all_seen(&p)); /* a jump to the end is not a reading */
    place_saw(&p, 9999);
    lands(&p, "sources", "Sources", 7);
    lands(&p, "every kind", "Every kind", 4); /* its two screens count from here on */
    ck_assert_uint_eq(place_count(&p), 9);
    lands(&p, "deep", "Deep", 7);
    leads_nowhere(&p, "deepe r", "no part", "its parts");
    leads_nowhere(&p, "kind", "2 headings have 'kind'", "Every kind; Two kinds");
    leads_nowhere(&p, "practise", "no part 'practise'", "answer, live, said, follow, sources");
    leads_nowhere(&p, "sad", "no part 'sad'", "did you mean said?");
    leads_nowhere(&p, "12", "no screen 12", "goto live");
    place_clear(&p);
    lesson_free(l);
}
END_TEST

START_TEST(what_goes_deeper_is_passed_by_until_it_is_wanted)
{
    Lesson *l = parse(deep);
    Place p;
    Err err = {0};
    place_begin(&p, l);
    ck_assert(!place_more(&p, &err));
    err_clear(&err);
    lands(&p, "live", "Live: one", 3);
    ck_assert_str_eq(place_passes(&p, 0)->title, "Every kind");
    ck_assert_ptr_null(place_passes(&p, 1));
    ck_assert(place_next(&p));
    ck_assert_str_eq(place_title(&p), "Two kinds");
    ck_assert_str_eq(place_passes(&p, 0)->title, "Deep");
    ck_assert_str_eq(place_passes(&p, 1)->title, "Deeper");
    ck_assert_ptr_null(place_passes(&p, 2));
    ck_assert(place_more(&p, &err)); /* the one that comes, before the one that went by */
    ck_assert_str_eq(place_title(&p), "Deep");
    ck_assert_uint_eq(place_number(&p), 5);
    ck_assert_uint_eq(place_count(&p), 8);
    ck_assert_str_eq(place_passes(&p, 0)->title, "Deeper");
    ck_assert(place_next(&p));
    ck_assert_str_eq(place_title(&p), "Often said");
    ck_assert(place_more(&p, &err));
    ck_assert_str_eq(place_title(&p), "Deeper");
    ck_assert(place_more(&p, &err));
    ck_assert_str_eq(place_title(&p), "Every kind");
    ck_assert(!place_more(&p, &err));
    ck_assert_uint_eq(place_count(&p), p.screens.count);
    err_clear(&err);
    place_clear(&p);
    lesson_free(l);
}
END_TEST

int main(void) {
    Suite *s = suite_create("place");
    TCase *t = tcase_create("place");
    tcase_add_checked_fixture(t, open_course, close_course);
    tcase_add_test(t, every_lesson_is_walked_screen_by_screen);
    tcase_add_test(t, screens_keep_to_their_part);
    tcase_add_test(t, parts_are_reached_by_name);
    tcase_add_test(t, headings_are_reached_by_their_words);
    tcase_add_test(t, what_goes_deeper_is_passed_by_until_it_is_wanted);
    suite_add_tcase(s, t);
    return check_tap(s);
}
