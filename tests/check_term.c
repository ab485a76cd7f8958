/* src/term: facts from environments, colours, the canvas and what it sends. */
#include "config.h"

#include "term/canvas.h"

#include "base/utf8.h"
#include "check_tap.h"
#include "term/ground.h"

/* ---- facts -------------------------------------------------------------------- */

static TermEnv tty_env(const char *term) {
    return (TermEnv){
        .term = term, .lang = "C.UTF-8", .tty = true, .tty_columns = 100, .tty_lines = 30};
}

START_TEST(depth_follows_term_and_colorterm)
{
    const struct {
        const char *term, *colorterm;
        ColorDepth depth;
    } cases[] = {
        {NULL, NULL, DEPTH_NONE},
        {"dumb", NULL, DEPTH_NONE},
        {"dumb", "truecolor", DEPTH_NONE},
        {"xterm", NULL, DEPTH_16},
        {"xterm-256color", NULL, DEPTH_256},
        {"xterm-256color", "truecolor", DEPTH_TRUE},
        {"screen", "24bit", DEPTH_TRUE},
        {"vt100", NULL, DEPTH_NONE},
        {"vt100", "truecolor", DEPTH_NONE},
        {"vt220", "24bit", DEPTH_NONE},
        {"linux", "", DEPTH_16},
        {"linux", "truecolor", DEPTH_TRUE},
        {"xterm-direct", NULL, DEPTH_TRUE},
        {"vt102", NULL, DEPTH_NONE},
        {"vt220", NULL, DEPTH_NONE},
        {"vt320", "truecolor", DEPTH_NONE},
        {"vt525", NULL, DEPTH_NONE},
        {"vte-256color", NULL, DEPTH_256},
        {"xterm-mono", "truecolor", DEPTH_NONE},
        {"screen", NULL, DEPTH_16},
        {"screen-256color", NULL, DEPTH_256},
        {"screen.xterm-256color", NULL, DEPTH_256},
        {"tmux", NULL, DEPTH_16},
        {"tmux-256color", NULL, DEPTH_256},
        {"tmux-256color", "truecolor", DEPTH_TRUE},
        {"tmux-direct", NULL, DEPTH_TRUE},
        {"xterm-16color", NULL, DEPTH_16},
        {"xterm-kitty", NULL, DEPTH_TRUE},
        {"alacritty", NULL, DEPTH_TRUE},
        {"alacritty-direct", NULL, DEPTH_TRUE},
        {"foot", NULL, DEPTH_TRUE},
        {"foot-extra", NULL, DEPTH_TRUE},
        {"wezterm", NULL, DEPTH_TRUE},
        {"xterm-ghostty", NULL, DEPTH_TRUE},
        {"rxvt-unicode", NULL, DEPTH_16},
        {"rxvt-unicode-256color", NULL, DEPTH_256},
        {"konsole-256color", "", DEPTH_256},
        {"ansi", NULL, DEPTH_16},
        {"cygwin", NULL, DEPTH_16},
        {"", NULL, DEPTH_NONE},
        {"never-heard-of", NULL, DEPTH_16},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        TermEnv env = tty_env(cases[i].term);
        env.colorterm = cases[i].colorterm;
        ck_assert_msg(term_facts(&env).depth == cases[i].depth, "%s with COLORTERM %s",
                      env.term ? env.term : "(unset)", env.colorterm ? env.colorterm : "(unset)");
        env.no_color = "1";
        ck_assert_int_eq(term_facts(&env).depth, DEPTH_NONE);
        env.color = COLOR_ALWAYS;
        ck_assert_int_ge(term_facts(&env).depth, DEPTH_16);
    }
}
END_TEST

START_TEST(no_color_counts_when_not_empty)
{
    TermEnv env = tty_env("xterm-256color");
    env.no_color = "";
    ck_assert_int_eq(term_facts(&env).depth, DEPTH_256);
    env.no_color = "1";
    ck_assert_int_eq(term_facts(&env).depth, DEPTH_NONE);
    env.color = COLOR_ALWAYS;
    ck_assert_int_eq(term_facts(&env).depth, DEPTH_256);
}
END_TEST

START_TEST(pipes_have_no_colour_unless_told)
{
    TermEnv env = tty_env("xterm");
    env.tty = false;
    ck_assert_int_eq(term_facts(&env).depth, DEPTH_NONE);
    env.color = COLOR_ALWAYS;
    ck_assert_int_eq(term_facts(&env).depth, DEPTH_16);
    env.term = NULL;
    ck_assert_int_eq(term_facts(&env).depth, DEPTH_16);
    env.tty = true, env.color = COLOR_NEVER, env.colorterm = "truecolor";
    ck_assert_int_eq(term_facts(&env).depth, DEPTH_NONE);
}
END_TEST

START_TEST(size_prefers_the_terminal)
{
    TermEnv env = tty_env("xterm");
    env.columns = "60", env.lines = "50";
    ck_assert_int_eq(term_facts(&env).columns, 100);
    env.tty = false;
    ck_assert_int_eq(term_facts(&env).columns, 60);
    ck_assert_int_eq(term_facts(&env).lines, 50);
    env.columns = "junk", env.lines = NULL;
    ck_assert_int_eq(term_facts(&env).columns, 80);
    ck_assert_int_eq(term_facts(&env).lines, 24);
    env.columns = "3";
    ck_assert_int_eq(term_facts(&env).columns, 20);
    env.columns = "99999999999999";
    ck_assert_int_eq(term_facts(&env).columns, 1000);
}
END_TEST

START_TEST(locale_says_utf8)
{
    TermEnv env = {.lang = "de_DE.UTF-8"};
    ck_assert(term_facts(&env).utf8);
    env.lc_all = "C";
    ck_assert(!term_facts(&env).utf8);
    env.lc_all = "", env.lc_ctype = "en_US.utf8";
    ck_assert(term_facts(&env).utf8);
    ck_assert(!term_facts(&(TermEnv){0}).utf8);
}
END_TEST

START_TEST(light_grounds)
{
    TermEnv env = tty_env("xterm");
    ck_assert_int_eq(term_facts(&env).ground, GROUND_UNKNOWN);
    env.colorfgbg = "0;15";
    ck_assert_int_eq(term_facts(&env).ground, GROUND_LIGHT);
    env.colorfgbg = "15;default;0";
    ck_assert_int_eq(term_facts(&env).ground, GROUND_DARK);
    env.ground = GROUND_LIGHT;
    ck_assert_int_eq(term_facts(&env).ground, GROUND_LIGHT);
}
END_TEST

START_TEST(answers_of_terminals)
{
    static const struct {
        const char *color;
        Ground ground;
    } rows[] = {
        {"rgb:ffff/ffff/ffff", GROUND_LIGHT},
        {"rgb:0000/0000/0000", GROUND_DARK},
        {"rgb:fd/f6/e3", GROUND_LIGHT},
        {"rgb:0/2/3", GROUND_DARK},
        {"rgba:00/2b/36/ff", GROUND_DARK},
        {"rgb:fff/fff/fff", GROUND_LIGHT},
        {"rgb:", GROUND_UNKNOWN},
        {"rgb:ff/ff", GROUND_UNKNOWN},
        {"#ffffff", GROUND_UNKNOWN},
        {"", GROUND_UNKNOWN},
        {"rgb:gg/ff/ff", GROUND_UNKNOWN},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ck_assert_msg(ground_of_color(rows[i].color) == rows[i].ground, "%s", rows[i].color);
    Ground g = GROUND_DARK;
    ck_assert(!ground_parse("white", &g) && g == GROUND_DARK);
    for (int i = 0; i < 3; i++) ck_assert(ground_parse(ground_name((Ground)i), &g) && (int)g == i);
}
END_TEST

START_TEST(color_option_words)
{
    ColorWhen w = COLOR_NEVER;
    ck_assert(color_when_parse("auto", &w) && w == COLOR_AUTO);
    ck_assert(color_when_parse("always", &w) && w == COLOR_ALWAYS);
    ck_assert(!color_when_parse("yes", &w) && w == COLOR_ALWAYS);
}
END_TEST

/* ---- colours ------------------------------------------------------------------- */

START_TEST(sequential_ramps_rise_in_luminance)
{
    for (int t = 0; t < THEME_COUNT; t++) {
        double last = -1;
        for (int i = 0; i <= 100; i++) {
            double l = rgb_luminance(theme_sequential((Theme)t, i / 100.0, DEPTH_TRUE));
            ck_assert_msg(l > last, "%s at %d", theme_name((Theme)t), i);
            last = l;
        }
    }
    Rgb low = theme_sequential(THEME_VIRIDIS, -3, DEPTH_TRUE);
    Rgb zero = theme_sequential(THEME_VIRIDIS, 0, DEPTH_TRUE);
    ck_assert_mem_eq(&low, &zero, sizeof low);
}
END_TEST

/* With 256 colours: as many colours of the palette as there are steps, each lighter than the last,
 * near the true one, and grey only in the grey theme. */
START_TEST(ramps_of_256_colours_have_distinct_steps)
{
    for (int t = 0; t < THEME_COUNT; t++) {
        double last = -1;
        for (int i = 0; i < RAMP_STEPS; i++) {
            double at = (i + 0.5) / RAMP_STEPS;
            Rgb c = theme_sequential((Theme)t, at, DEPTH_256), sent = rgb_shown(c, DEPTH_256);
            Rgb asked = theme_sequential((Theme)t, i / (RAMP_STEPS - 1.0), DEPTH_TRUE);
            ck_assert_msg(rgb_luminance(c) > last, "%s %d", theme_name((Theme)t), i);
            ck_assert_msg(memcmp(&c, &sent, sizeof c) == 0, "%s %d", theme_name((Theme)t), i);
            ck_assert_int_eq(c.r == c.g && c.g == c.b, t == THEME_GREY);
            int far = abs(c.r - asked.r) + abs(c.g - asked.g) + abs(c.b - asked.b);
            ck_assert_msg(far <= 130, "%s %d is %d away", theme_name((Theme)t), i, far);
            last = rgb_luminance(c);
        }
    }
}
END_TEST

START_TEST(diverging_is_blue_below_and_orange_above)
{
    Rgb low = theme_diverging(THEME_VIRIDIS, -1, GROUND_DARK, DEPTH_TRUE);
    Rgb high = theme_diverging(THEME_VIRIDIS, 1, GROUND_DARK, DEPTH_TRUE);
    ck_assert(low.b > low.r && high.r > high.b);
    Rgb mid_dark = theme_diverging(0, 0, GROUND_DARK, DEPTH_TRUE);
    Rgb mid_light = theme_diverging(0, 0, GROUND_LIGHT, DEPTH_TRUE);
    ck_assert(rgb_luminance(mid_dark) < 0.05 && rgb_luminance(mid_light) > 0.8);
}
END_TEST

static void expect_readable(Rgb c, const char *theme, double at) {
    static const Rgb black = {0, 0, 0}, white = {255, 255, 255};
    double contrast = rgb_contrast(c, rgb_wants_black(c) ? black : white);
    ck_assert_msg(contrast >= CONTRAST_LEAST, "%s at %g: %g", theme, at, contrast);
}

/* The digits in every cell: all themes, both ramps, each ground. */
START_TEST(text_on_colour_is_readable)
{
    ColorDepth depth = (ColorDepth)_i;
    for (int t = 0; t < THEME_COUNT; t++)
        for (int i = 0; i <= 100; i++) {
            double at = i / 100.0;
            expect_readable(rgb_shown(theme_sequential((Theme)t, at, depth), depth), theme_name(t),
                            at);
            for (Ground g = GROUND_UNKNOWN; g <= GROUND_LIGHT; g++)
                expect_readable(rgb_shown(theme_diverging((Theme)t, 2 * at - 1, g, depth), depth),
                                theme_name(t), 2 * at - 1);
        }
}
END_TEST

/* Every style's text on the grounds that people have: xterm's own two, and with more than 16
 * colours those of common schemes. An unknown ground may be black or white. */
START_TEST(styles_are_readable_on_their_grounds)
{
    static const Rgb dark[] = {{0, 0, 0}, {0x1e, 0x1e, 0x1e}, {0x28, 0x28, 0x28}, {0, 0x2b, 0x36}};
    static const Rgb light[] = {{255, 255, 255}, {0xee, 0xee, 0xee}, {0xfd, 0xf6, 0xe3}};
    ColorDepth depth = (ColorDepth)_i;
    int schemes = depth == DEPTH_16 ? 1 : 3, coloured = 0;
    for (int style = 0; style < STYLE_COUNT; style++)
        for (Ground g = GROUND_UNKNOWN; g <= GROUND_LIGHT; g++) {
            int index = style_color((Style)style, g, depth);
            if (index < 0) continue;
            coloured++;
            ck_assert_int_lt(index, depth == DEPTH_16 ? 16 : 256);
            for (int k = 0; k < (g == GROUND_UNKNOWN ? 1 : schemes); k++) {
                double on_dark = rgb_contrast(palette_rgb(index), dark[k]);
                double on_light = rgb_contrast(palette_rgb(index), light[k]);
                if (g != GROUND_LIGHT)
                    ck_assert_msg(on_dark >= CONTRAST_LEAST, "%d: %d, %g", style, index, on_dark);
                if (g != GROUND_DARK)
                    ck_assert_msg(on_light >= CONTRAST_LEAST, "%d: %d, %g", style, index, on_light);
            }
        }
    ck_assert_int_gt(coloured, 20);
}
END_TEST

/* Curves are told apart by colour where colours are many. */
START_TEST(series_differ)
{
    for (Ground g = GROUND_UNKNOWN; g <= GROUND_LIGHT; g++)
        for (int a = STYLE_SERIES1; a <= STYLE_SERIES6; a++)
            for (int b = STYLE_SERIES1; b < a; b++)
                ck_assert_int_ne(style_color((Style)a, g, DEPTH_256),
                                 style_color((Style)b, g, DEPTH_256));
}
END_TEST

START_TEST(palettes_take_the_nearest)
{
    ck_assert_int_eq(rgb_to_16((Rgb){250, 250, 250}), 15);
    ck_assert_int_eq(rgb_to_16((Rgb){5, 5, 5}), 0);
    ck_assert_int_eq(rgb_to_256((Rgb){255, 0, 0}), 196);
    ck_assert_int_eq(rgb_to_256((Rgb){95, 135, 175}), 67);
    ck_assert_int_eq(rgb_to_256((Rgb){8, 8, 8}), 232);
    ck_assert_int_eq(rgb_to_256((Rgb){128, 128, 128}), 244);
}
END_TEST

START_TEST(themes_have_names)
{
    Theme t = THEME_GREY;
    ck_assert(theme_parse("cividis", &t) && t == THEME_CIVIDIS);
    ck_assert(!theme_parse("jet", &t) && t == THEME_CIVIDIS);
}
END_TEST

/* ---- canvas --------------------------------------------------------------------- */

static const TermFacts plain = {.utf8 = true};
static const TermFacts truecolor = {.utf8 = true, .depth = DEPTH_TRUE, .ground = GROUND_DARK};

static char *emitted(Canvas *c, const TermFacts *facts) {
    Str s = STR_INIT;
    canvas_emit(c, facts, &s);
    canvas_free(c);
    str_add(&s, "");
    return str_detach(&s);
}

static void expect(Canvas *c, const TermFacts *facts, const char *want) {
    char *got = emitted(c, facts);
    ck_assert_str_eq(got, want);
    mem_free(got);
}

START_TEST(text_is_cut_at_the_width_and_trimmed)
{
    Canvas *c = canvas_new(5);
    ck_assert_int_eq(canvas_put(c, 0, 0, STYLE_PLAIN, "hello world"), 11);
    canvas_put(c, 1, 0, STYLE_PLAIN, "ab   ");
    canvas_put(c, 2, -1, STYLE_PLAIN, "xyz");
    ck_assert_int_eq(canvas_rows(c), 3);
    ck_assert_int_eq(canvas_used_width(c), 5);
    expect(c, &plain, "hello\nab\nyz\n");
}
END_TEST

START_TEST(wide_clusters_take_two_cells)
{
    Canvas *c = canvas_new(5);
    ck_assert_int_eq(canvas_put(c, 0, 0, STYLE_PLAIN, "猫が座"), 6);
    ck_assert(canvas_cell(c, 0, 1)->right_half);
    ck_assert_int_eq(canvas_cell(c, 0, 4)->len, 0); /* half of the third is not shown */
    canvas_put(c, 1, 0, STYLE_PLAIN, "猫が");
    canvas_put(c, 1, 1, STYLE_PLAIN, "x"); /* breaks the first one */
    canvas_put(c, 2, 0, STYLE_PLAIN, "猫が");
    canvas_put(c, 2, 2, STYLE_PLAIN, "x"); /* breaks the second one */
    expect(c, &plain, "猫が\n xが\n猫x\n");
}
END_TEST

START_TEST(marks_join_their_base)
{
    Canvas *c = canvas_new(10);
    ck_assert_int_eq(canvas_put(c, 0, 0, STYLE_PLAIN, "e\xcc\x81t"), 2);
    canvas_put(c, 0, 3, STYLE_PLAIN, "\xcc\x81x"); /* nothing to join: dropped */
    ck_assert_int_eq(canvas_cell(c, 0, 0)->len, 3);
    Str zalgo = STR_INIT;
    str_add(&zalgo, "a");
    for (int i = 0; i < 50; i++) str_add(&zalgo, "\xcc\x81");
    ck_assert_int_eq(canvas_put(c, 1, 0, STYLE_PLAIN, str_cstr(&zalgo)), 1);
    ck_assert_int_le(canvas_cell(c, 1, 0)->len, CELL_BYTES);
    str_clear(&zalgo);
    canvas_free(c);
}
END_TEST

START_TEST(nothing_a_terminal_acts_on_gets_through)
{
    Canvas *c = canvas_new(60);
    canvas_put(c, 0, 0, STYLE_PLAIN, "a\x1b[2Jb\nc\td\xff\xe2\x80\xae!");
    canvas_putn(c, 1, 0, STYLE_PLAIN, "x\0y", 3);
    expect(c, &plain, "a\\x1b[2Jb\\x0ac\\x09d\\xff\\u202e!\nx\\x00y\n");
}
END_TEST

START_TEST(paste_keeps_what_is_beneath_blanks)
{
    Canvas *a = canvas_new(8), *b = canvas_new(4);
    canvas_put(a, 0, 0, STYLE_PLAIN, "12345678");
    canvas_put(b, 0, 0, STYLE_PLAIN, "a  b");
    canvas_put(b, 1, 2, STYLE_PLAIN, "猫");
    canvas_paste(a, 0, 2, b);
    canvas_paste(a, 2, 5, b); /* b's right edge lies beyond: the wide one is cut */
    canvas_free(b);
    expect(a, &plain, "12a45b78\n    猫\n     a\n\n");
}
END_TEST

START_TEST(sgr_is_minimal)
{
    Canvas *c = canvas_new(20);
    canvas_put(c, 0, 0, STYLE_NAME, "ab");
    canvas_put(c, 0, 3, STYLE_NAME, "cd");
    canvas_put(c, 0, 5, STYLE_PLAIN, "e");
    canvas_put(c, 0, 6, STYLE_SHAPE, "f");
    expect(c, &truecolor, "\x1b[1mab cd\x1b[me\x1b[38;2;95;215;215mf\x1b[m\n");
}
END_TEST

START_TEST(grounds_choose_black_or_white_text)
{
    Canvas *c = canvas_new(4);
    canvas_put(c, 0, 0, STYLE_MASKED, "ab");
    canvas_bg(c, 0, 0, 1, (Rgb){255, 255, 0});
    canvas_bg(c, 0, 1, 2, (Rgb){0, 0, 95});
    Canvas *d = canvas_new(4), *e = canvas_new(4);
    canvas_paste(d, 0, 0, c);
    canvas_paste(e, 0, 0, c);
    expect(c, &truecolor,
           "\x1b[38;2;0;0;0;48;2;255;255;0ma\x1b[38;2;255;255;255;48;2;0;0;95mb \x1b[m\n");
    expect(d, &(TermFacts){.utf8 = true, .depth = DEPTH_256},
           "\x1b[38;5;16;48;5;226ma\x1b[38;5;231;48;5;17mb \x1b[m\n");
    expect(e, &(TermFacts){.utf8 = true, .depth = DEPTH_16}, "\x1b[30;103ma\x1b[97;40mb \x1b[m\n");
}
END_TEST

START_TEST(light_terminals_get_dark_text)
{
    Canvas *c = canvas_new(4);
    canvas_put(c, 0, 0, STYLE_LABEL, "x");
    expect(c, &(TermFacts){.utf8 = true, .depth = DEPTH_16, .ground = GROUND_LIGHT},
           "\x1b[34mx\x1b[m\n");
}
END_TEST

START_TEST(without_utf8_everything_is_ascii)
{
    Canvas *c = canvas_new(24);
    canvas_put(c, 0, 0, STYLE_PLAIN, "q kᵀ/√8     · ~0  猫 é");
    canvas_put(c, 1, 0, STYLE_PLAIN, "√√√√√√√√√√");
    expect(c, &(TermFacts){0}, "q k^T/sqrt8 . ~0  ?  ?\nsqrtsqrtsqrtsqrtsqrtsqrt\n");
}
END_TEST

START_TEST(styled_text_outside_a_canvas)
{
    Str s = STR_INIT;
    style_emit(STYLE_ERROR, "bad\x1b\n", &truecolor, &s);
    style_emit(STYLE_ERROR, "√", &(TermFacts){0}, &s);
    ck_assert_str_eq(str_cstr(&s), "\x1b[1;38;2;255;95;95mbad\\x1b\n\x1b[msqrt");
    str_clear(&s);
}
END_TEST

/* No random mixture of puts may make a line wider than the canvas. */
START_TEST(lines_never_pass_the_width)
{
    static const char *const bits[] = {"a", "猫",   "\xcc\x81",        "\x1b",
                                       "é", "xyz ", "\xf0\x9f\x98\x80"};
    unsigned seed = (unsigned)_i * 2654435761u + 1;
    int width = 1 + _i % 40;
    Canvas *c = canvas_new(width);
    for (int i = 0; i < 200; i++) {
        seed = seed * 1664525u + 1013904223u;
        const char *bit = bits[(seed >> 16) % ARRAY_LEN(bits)];
        canvas_put(c, (int)(seed >> 8 & 3), (int)(seed >> 20) % (width + 3) - 1, STYLE_PLAIN, bit);
    }
    char *text = emitted(c, &plain);
    for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1)
        ck_assert_int_le(utf8_columns(line, (size_t)(end - line)), width);
    mem_free(text);
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("term");
    TCase *facts = tcase_create("facts"), *color = tcase_create("color");
    TCase *canvas = tcase_create("canvas");
    tcase_add_test(facts, depth_follows_term_and_colorterm);
    tcase_add_test(facts, no_color_counts_when_not_empty);
    tcase_add_test(facts, pipes_have_no_colour_unless_told);
    tcase_add_test(facts, size_prefers_the_terminal);
    tcase_add_test(facts, locale_says_utf8);
    tcase_add_test(facts, light_grounds);
    tcase_add_test(facts, answers_of_terminals);
    tcase_add_test(facts, color_option_words);
    tcase_add_test(color, sequential_ramps_rise_in_luminance);
    tcase_add_test(color, ramps_of_256_colours_have_distinct_steps);
    tcase_add_test(color, diverging_is_blue_below_and_orange_above);
    tcase_add_loop_test(color, text_on_colour_is_readable, DEPTH_16, DEPTH_TRUE + 1);
    tcase_add_loop_test(color, styles_are_readable_on_their_grounds, DEPTH_16, DEPTH_TRUE + 1);
    tcase_add_test(color, series_differ);
    tcase_add_test(color, palettes_take_the_nearest);
    tcase_add_test(color, themes_have_names);
    tcase_add_test(canvas, text_is_cut_at_the_width_and_trimmed);
    tcase_add_test(canvas, wide_clusters_take_two_cells);
    tcase_add_test(canvas, marks_join_their_base);
    tcase_add_test(canvas, nothing_a_terminal_acts_on_gets_through);
    tcase_add_test(canvas, paste_keeps_what_is_beneath_blanks);
    tcase_add_test(canvas, sgr_is_minimal);
    tcase_add_test(canvas, grounds_choose_black_or_white_text);
    tcase_add_test(canvas, light_terminals_get_dark_text);
    tcase_add_test(canvas, without_utf8_everything_is_ascii);
    tcase_add_test(canvas, styled_text_outside_a_canvas);
    tcase_add_loop_test(canvas, lines_never_pass_the_width, 0, 40);
    suite_add_tcase(s, facts);
    suite_add_tcase(s, color);
    suite_add_tcase(s, canvas);
    return s;
}

int main(void) {
    return check_tap(suite());
}
