/* lang: which lines of a piece of code a small screen shows. */
#include "config.h"

#include "lang/gist.h"

#include "base/str.h"
#include "check_lang.h"

/* The lines shown, and "<N>" for N that are left out. */
static char *gist_text(const char *code, int whole, int room) {
    Str out = STR_INIT;
    GistPieces pieces = {0};
    gist(code, strlen(code), whole, room, &pieces);
    for (size_t i = 0; i < pieces.count; i++) {
        const GistPiece *p = &pieces.items[i];
        if (p->shown)
            str_addn(&out, code + p->start, p->end - p->start);
        else
            str_printf(&out, "<%d>\n", p->lines);
    }
    vec_clear(&pieces);
    str_add(&out, "");
    return str_detach(&out);
}

static const struct {
    const char *what, *code, *want;
} cases[] = {
    {"a short cell is whole", "import torch\nx = 1\nprint(x)", "import torch\nx = 1\nprint(x)"},
    {"nothing is nothing", "", ""},
    {"blank lines at the end do not count", "a = 1\nb = 2\nc = 3\nd = 4\n\n\n",
     "a = 1\nb = 2\nc = 3\nd = 4"},
    {"what leads to the end stays as far as it fits",
     "import torch\na = 1\nb = 2\nc = 3\nd = 4\nprint(d)\n", "<3>\nc = 3\nd = 4\nprint(d)"},
    {"a function is left out, and all that stands above it",
     "x = 1\ndef f(a):\n    return a\n\ny = f(x)\nprint(y)\n", "<3>\ny = f(x)\nprint(y)"},
    {"a loop that prepares is left out",
     "w = 1\nfor i in range(3):\n    w = w * i\n    w = w + 1\nprint(w)\n", "<4>\nprint(w)"},
    {"a loop that prints is not",
     "import torch\nw = 1\nv = 2\nfor i in w:\n    print(i)\nprint(w)\n",
     "<3>\nfor i in w:\n    print(i)\nprint(w)"},
    {"a comment goes with its statement", "a = 1\nb = 2\nc = 3\nz = 4\n# why\nd = 4\nprint(d)\n",
     "<4>\n# why\nd = 4\nprint(d)"},
    {"a string of several lines counts its lines", "a = 1\nb = 2\ns = '''x\n\ny\n'''\nprint(s)\n",
     "<5>\nprint(s)"},
    {"a long last loop: its head and its end",
     "for i in x:\n    a = 1\n    b = 2\n    c = 3\n    d = 4\n    print(d)\n",
     "for i in x:\n<3>\n    d = 4\n    print(d)"},
    {"a long last expression: its beginning", "f(a,\n  b,\n  c,\n  d,\n  e,\n  f)\n",
     "f(a,\n  b,\n  c,\n<3>\n"},
    {"one line is not worth leaving out", "import torch\na = 1\nb = 2\nprint(b)\nprint(a)\n",
     "<2>\nb = 2\nprint(b)\nprint(a)"},
    {"what does not parse keeps its end", "a = (\nb\nc\nd\ne\nf\n", "<3>\nd\ne\nf"},
};

START_TEST(what_matters_is_shown)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *got = gist_text(cases[i].code, 4, 3);
        ck_assert_msg(strcmp(got, cases[i].want) == 0, "%s:\n%s", cases[i].what, got);
        mem_free(got);
    }
}
END_TEST

/* Without room code of two lines and more is one piece, left out. */
START_TEST(no_room_shows_nothing)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *got = gist_text(cases[i].code, 1, 0);
        bool whole = strcmp(got, cases[i].code) == 0;
        ck_assert_msg(whole || (*got == '<' && strchr(got, '\n')[1] == '\0'), "%s:\n%s",
                      cases[i].what, got);
        ck_assert_msg(whole == !strchr(cases[i].code, '\n'), "%s", cases[i].what);
        mem_free(got);
    }
}
END_TEST

/* Whatever the code and the room: the pieces are the text, by turns, and none left out is of one
 * line; more room never shows less. */
START_TEST(pieces_are_the_text)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        size_t n = strlen(cases[i].code), before = 0;
        for (int room = 1; room < 9; room++) {
            GistPieces p = {0};
            size_t at = 0, shown = 0;
            gist(cases[i].code, n, 2, room, &p);
            for (size_t k = 0; k < p.count; k++) {
                ck_assert_uint_eq(p.items[k].start, at);
                ck_assert(p.items[k].shown || p.items[k].lines > 1);
                ck_assert(k == 0 || p.items[k].shown != p.items[k - 1].shown);
                at = p.items[k].end;
                if (p.items[k].shown) shown += at - p.items[k].start;
            }
            ck_assert(at <= n && strspn(cases[i].code + at, "\n") == n - at);
            ck_assert_msg(shown >= before, "%s: room %d", cases[i].what, room);
            before = shown;
            vec_clear(&p);
        }
    }
}
END_TEST

TCase *gist_case(void) {
    TCase *tc = tcase_create("gist");
    tcase_add_test(tc, what_matters_is_shown);
    tcase_add_test(tc, no_room_shows_nothing);
    tcase_add_test(tc, pieces_are_the_text);
    return tc;
}
