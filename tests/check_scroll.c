/* shell/scroll: pages of what a lesson shows, by a generator of screens. */
#include "config.h"

#include <check.h>

#include "base/str.h"
#include "shell/scroll.h"

#include "check_tap.h"

/* ---- by hand ------------------------------------------------------------------------------ */

/* A letter a line: p prose, t printed, b blank, l lead, r its rule, c code, s what stands for the
 * c's before it, h head, x body, ':' prose that ends in a colon; a blank begins a block. */
static void add_line(Scroll *s, const char *what, const char *p, int *number) {
    static const RowRole roles[128] = {
        ['l'] = ROW_LEAD, ['c'] = ROW_LEAD, ['r'] = ROW_RULE, ['h'] = ROW_HEAD, ['x'] = ROW_BODY};
    char line[32];
    if (*p == ' ') {
        scroll_block(s);
        return;
    }
    int n = snprintf(line, sizeof line, "%c%d%s", *p == ':' ? 'p' : *p, (*number)++,
                     *p == ':' ? ":" : "");
    size_t code = 0;
    while (p - code > what && p[-1 - (int)code] == 'c') code++;
    if (*p == 's')
        scroll_stand_in(s, line, (size_t)n, code);
    else
        scroll_line(s, line, *p == 'b' ? 0 : (size_t)n, roles[(int)*p], 1);
}

static void build(Scroll *s, const char *what) {
    int number = 0;
    scroll_block(s);
    for (const char *p = what; *p; p++) add_line(s, what, p, &number);
}

/* Letters of the pages, '|' between. */
static char *paged(const char *what, int rows) {
    Scroll s = {0};
    Str out = STR_INIT, letters = STR_INIT;
    build(&s, what);
    while (scroll_left(&s)) {
        ScrollRoom room = {.rows = rows, .later = rows};
        str_reset(&out);
        scroll_take(&s, &room, &out);
        if (letters.len) str_addc(&letters, '|');
        for (const char *p = str_cstr(&out); *p; p += strcspn(p, "\n") + 1)
            str_addc(&letters, *p == '\n' ? 'b' : *p);
    }
    str_clear(&out);
    scroll_clear(&s);
    str_add(&letters, "");
    return str_detach(&letters);
}

static const struct {
    const char *what, *lines;
    int rows;
    const char *pages;
} cases[] = {
    {"what fits is one page", "lbppp", 5, "lbppp"},
    {"blank lines at the ends do not count", "bbpppbb", 3, "ppp"},
    {"a blank line beside a picture makes room", "ppb hxxx", 6, "pphxxx"},
    {"the rule of a heading, too", "lrbppb hxx", 6, "lpphxx"},
    {"not one between paragraphs", "ppbpp", 4, "pp|pp"},
    {"a line stands for code that has no room", "pb cccs hxxx", 6, "pshxxx"},
    {"not where all of it has room", "pb cccs hxxx", 9, "pbccchxxx"},
    {"nor where that would not do", "pb cccs hxxxxx", 6, "pbccc|hxxxxx"},
    {"a page begins with a block", "pppb hxxx", 6, "ppp|hxxx"},
    {"not behind a heading", "pppblb hxxx", 6, "ppp|lbhxxx"},
    {"not behind code, nor in it", "pppp cccc hx", 7, "pppp|cccchx"},
    {"with a paragraph", "pppbpppbppp", 8, "pppbppp|ppp"},
    {"within one where that makes a page less", "pppppppp", 4, "pppp|pppp"},
    {"not behind a colon", "ppbpp:hxxx", 8, "pp|ppphxxx"},
    {"a picture that is taller repeats its head", "hxxxxxxx", 4, "hxxx|hxxx|hx"},
    {"and is cut at its blank lines", "hxxbxxbxxbxx", 6, "hxxbxx|hxxbxx"},
    {"a head of half a page is not repeated", "hhhxxxxx", 4, "hhhx|xxxx"},
    {"a body without a head", "xxxxx", 3, "xxx|xx"},
    {"two pictures", "hxxx hxxx", 5, "hxxx|hxxx"},
};

START_TEST(pages_by_hand)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *got = paged(cases[i].lines, cases[i].rows);
        ck_assert_msg(strcmp(got, cases[i].pages) == 0, "%s: %s", cases[i].what, got);
        mem_free(got);
    }
}
END_TEST

/* ---- by a generator ------------------------------------------------------------------------ */

static uint32_t state;

static int below(int n) {
    state = state * 1664525u + 1013904223u;
    return (int)((state >> 16) % (uint32_t)n);
}

static void add_many(Str *out, char c, int most) {
    for (int n = 1 + below(most); n > 0; n--) str_addc(out, c);
}

/* A screen of headings, paragraphs, code, printed lines and pictures of any height. */
static void generate(Str *out) {
    for (int blocks = 1 + below(8); blocks > 0; blocks--) {
        switch (below(4)) {
        case 0:
            str_add(out, "lrb");
            add_many(out, 'p', 6);
            break;
        case 1:
            add_many(out, 'c', 7);
            if (below(2)) str_addc(out, 's');
            break;
        case 2:
            add_many(out, 't', 12);
            break;
        case 3:
            add_many(out, 'h', 2);
            add_many(out, 'x', 30);
            if (below(2)) str_addc(out, 'b');
            if (below(2)) add_many(out, 'x', 9);
        }
        if (below(4)) str_addc(out, 'b');
        str_addc(out, ' ');
    }
}

typedef struct Seen {
    int page_rows, lines, *order;
    bool head; /* the page shows a head of the picture that is being shown */
} Seen;

/* A page: not too tall; every row of a body below a head that is at most as far away as the page's
 * top, if its picture has a head that a page can hold. */
static void check_page(const char *page, int rows, const char *what) {
    int used = 0;
    bool head = false;
    for (const char *p = page; *p; p += strcspn(p, "\n") + 1) {
        used++;
        head = *p == 'h' || (head && (*p == 'x' || *p == '\n'));
        ck_assert_msg(*p != 'x' || head, "a body without its head: %s\n%s", what, page);
    }
    ck_assert_msg(used <= rows, "%d rows of %d: %s\n%s", used, rows, what, page);
    ck_assert_msg(*page != '\n', "a page begins blank: %s", what);
}

/* Each line that is not blank and no rule comes, in order; only heads come twice. */
static void check_all(const Str *shown, const char *what) {
    int number = 0, next = 0;
    for (const char *p = str_cstr(shown); *p; p += strcspn(p, "\n") + 1) {
        if (*p == '\n') continue;
        number = (int)strtol(p + 1, NULL, 10);
        ck_assert_msg(number >= next || *p == 'h', "out of order: %s\n%s", what, shown->buf);
        next = MAX(next, number + 1);
    }
    int n = 0;
    for (const char *p = what; *p; p++) {
        if (*p == ' ') continue;
        char line[32];
        snprintf(line, sizeof line, "%c%d\n", *p, n++);
        if (!strchr("brcs", *p))
            ck_assert_msg(strstr(str_cstr(shown), line), "%s is missing of %s", line, what);
    }
}

START_TEST(pages_of_any_screen)
{
    for (uint32_t seed = 0; seed < 3000; seed++) {
        state = seed;
        Scroll s = {0};
        Str what = STR_INIT, page = STR_INIT, all = STR_INIT;
        generate(&what);
        build(&s, str_cstr(&what));
        int rows = 6 + below(30), pages = 0, planned = scroll_pages(&s, rows);
        while (scroll_left(&s)) {
            ScrollRoom room = {.rows = rows, .later = rows};
            str_reset(&page);
            scroll_take(&s, &room, &page);
            check_page(str_cstr(&page), rows, str_cstr(&what));
            str_addn(&all, str_cstr(&page), page.len);
            ck_assert_int_lt(pages++, 1000);
        }
        ck_assert_int_le(pages, planned);
        check_all(&all, str_cstr(&what));
        str_clear(&what), str_clear(&page), str_clear(&all);
        scroll_clear(&s);
    }
}
END_TEST

/* Lines that come one by one, shown as they come: the page is never too tall, and what leads to
 * more waits for it. */
START_TEST(pages_that_grow)
{
    for (uint32_t seed = 0; seed < 1000; seed++) {
        state = seed;
        Scroll s = {0};
        Str what = STR_INIT, page = STR_INIT, all = STR_INIT;
        generate(&what);
        int rows = 6 + below(30), at = 0;
        ScrollRoom room = {.rows = rows, .later = rows, .grows = true};
        bool full = false;
        scroll_block(&s);
        for (const char *p = str_cstr(&what); *p; p++) {
            add_line(&s, what.buf, p, &at);
            if (!full) full = !scroll_take(&s, &room, &page);
            if (page.len) room.begun = true;
            ck_assert_int_ge(room.rows, 0);
        }
        str_addn(&all, str_cstr(&page), page.len);
        room.grows = false;
        while (scroll_left(&s)) {
            if (full) room = (ScrollRoom){.rows = rows, .later = rows};
            str_reset(&page);
            full = !scroll_take(&s, &room, &page) || true;
            ck_assert_int_ge(room.rows, 0);
            str_addn(&all, str_cstr(&page), page.len);
        }
        check_all(&all, str_cstr(&what));
        str_clear(&what), str_clear(&page), str_clear(&all);
        scroll_clear(&s);
    }
}
END_TEST

int main(void) {
    Suite *s = suite_create("scroll");
    TCase *tc = tcase_create("pages");
    tcase_add_test(tc, pages_by_hand);
    tcase_add_test(tc, pages_of_any_screen);
    tcase_add_test(tc, pages_that_grow);
    suite_add_tcase(s, tc);
    return check_tap(s);
}
