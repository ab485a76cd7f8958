/* Ramps, palettes and looks; see color.h.
 *
 * The ramps are given by ten evenly spaced anchors and are linear in sRGB between
 * them, which is within 2/255 of the published maps where it matters. Viridis is by
 * van der Walt and Smith, cividis by Nuñez, Anderton and Renslow (2018); both go
 * up in lightness without a turn and survive colour blindness. */
#include "config.h"

#include "term/color.h"

#include <limits.h>
#include <math.h>

enum { ANCHORS = 10 };

static const Rgb sequential[THEME_COUNT][ANCHORS] = {
    [THEME_VIRIDIS] = {{0x44, 0x01, 0x54},
                       {0x48, 0x28, 0x78},
                       {0x3e, 0x4a, 0x89},
                       {0x31, 0x68, 0x8e},
                       {0x26, 0x82, 0x8e},
                       {0x1f, 0x9e, 0x89},
                       {0x35, 0xb7, 0x79},
                       {0x6d, 0xcd, 0x59},
                       {0xb4, 0xde, 0x2c},
                       {0xfd, 0xe7, 0x25}},
    [THEME_CIVIDIS] = {{0x00, 0x20, 0x4d},
                       {0x00, 0x33, 0x6f},
                       {0x39, 0x48, 0x6b},
                       {0x57, 0x5c, 0x6d},
                       {0x70, 0x71, 0x73},
                       {0x8a, 0x87, 0x79},
                       {0xa6, 0x9d, 0x75},
                       {0xc4, 0xb5, 0x6c},
                       {0xe4, 0xcf, 0x5b},
                       {0xff, 0xea, 0x46}},
    [THEME_GREY] = {{0x10, 0x10, 0x10},
                    {0x28, 0x28, 0x28},
                    {0x40, 0x40, 0x40},
                    {0x5a, 0x5a, 0x5a},
                    {0x74, 0x74, 0x74},
                    {0x8e, 0x8e, 0x8e},
                    {0xa8, 0xa8, 0xa8},
                    {0xc2, 0xc2, 0xc2},
                    {0xdc, 0xdc, 0xdc},
                    {0xf4, 0xf4, 0xf4}},
};

static const Rgb blue = {0x2b, 0x7b, 0xd6}, orange = {0xf0, 0x8a, 0x24};
static const Rgb middle_dark = {0x26, 0x26, 0x26}, middle_light = {0xf2, 0xf2, 0xf2};

static const char *const theme_names[THEME_COUNT] = {"viridis", "cividis", "grey"};

const char *theme_name(Theme t) {
    return theme_names[t];
}

bool theme_parse(const char *name, Theme *out) {
    for (int i = 0; i < THEME_COUNT; i++)
        if (strcmp(name, theme_names[i]) == 0) {
            *out = (Theme)i;
            return true;
        }
    return false;
}

static Rgb mix(Rgb a, Rgb b, double t) {
    return (Rgb){(uint8_t)lround(a.r + t * (b.r - a.r)), (uint8_t)lround(a.g + t * (b.g - a.g)),
                 (uint8_t)lround(a.b + t * (b.b - a.b))};
}

static Rgb ramp(Theme t, double at) {
    double place = at * (ANCHORS - 1);
    int left = MIN((int)place, ANCHORS - 2);
    return mix(sequential[t][left], sequential[t][left + 1], place - left);
}

static double linear(uint8_t channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

double rgb_luminance(Rgb c) {
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

/* Black has more contrast above sqrt(1.05 * .05) - .05. */
bool rgb_wants_black(Rgb c) {
    return rgb_luminance(c) > 0.1791;
}

double rgb_contrast(Rgb a, Rgb b) {
    double l = rgb_luminance(a), m = rgb_luminance(b);
    return (fmax(l, m) + 0.05) / (fmin(l, m) + 0.05);
}

static int distance(Rgb a, Rgb b) {
    int r = a.r - b.r, g = a.g - b.g, bl = a.b - b.b;
    return 2 * r * r + 4 * g * g + 3 * bl * bl;
}

static double saturation(Rgb c) {
    int most = MAX(c.r, MAX(c.g, c.b)), least = MIN(c.r, MIN(c.g, c.b));
    return most ? (double)(most - least) / most : 0;
}

/* xterm's values; terminals differ, the order of lightness does not. */
static const Rgb palette[16] = {{0, 0, 0},       {205, 0, 0},   {0, 205, 0},   {205, 205, 0},
                                {0, 0, 238},     {205, 0, 205}, {0, 205, 205}, {229, 229, 229},
                                {127, 127, 127}, {255, 0, 0},   {0, 255, 0},   {255, 255, 0},
                                {92, 92, 255},   {255, 0, 255}, {0, 255, 255}, {255, 255, 255}};
static const uint8_t cube_levels[6] = {0, 95, 135, 175, 215, 255};

/* A colour goes to a grey only if it is nearly one itself: half of viridis would, by distance
 * alone. */
int rgb_to_16(Rgb c) {
    int best = 0;
    for (int i = 1; i < 16; i++) {
        bool grey = i == 7 || i == 8;
        if (grey && saturation(c) > 0.3) continue;
        if (distance(c, palette[i]) < distance(c, palette[best])) best = i;
    }
    return best;
}

/* Index of the nearest of the cube's six levels 0, 95, 135, 175, 215, 255. */
static int cube_level(uint8_t v) {
    return v < 48 ? 0 : v < 115 ? 1 : (v - 35) / 40;
}

int rgb_to_256(Rgb c) {
    int r = cube_level(c.r), g = cube_level(c.g), b = cube_level(c.b);
    Rgb cube = {cube_levels[r], cube_levels[g], cube_levels[b]};
    int mean = (c.r + c.g + c.b) / 3;
    int step = mean < 8 ? 0 : MIN((mean - 3) / 10, 23); /* greys 8, 18 ... 238 */
    uint8_t v = (uint8_t)(8 + 10 * step);
    Rgb grey = {v, v, v};
    return distance(c, grey) < distance(c, cube) ? 232 + step : 16 + 36 * r + 6 * g + b;
}

Rgb palette_rgb(int i) {
    if (i < 16) return palette[i];
    i -= 16;
    if (i < 216) return (Rgb){cube_levels[i / 36], cube_levels[i / 6 % 6], cube_levels[i % 6]};
    uint8_t v = (uint8_t)(8 + 10 * (i - 216));
    return (Rgb){v, v, v};
}

Rgb rgb_shown(Rgb c, ColorDepth depth) {
    if (depth == DEPTH_16) return palette[rgb_to_16(c)];
    return depth == DEPTH_256 ? palette_rgb(rgb_to_256(c)) : c;
}

/* ---- ramps ---------------------------------------------------------------------------------- */

/* The palette's nearest to c that is lighter than last; greys are as wanted. By distance alone
 * several steps would share a colour, and half of viridis would turn grey. */
static Rgb next_step(Rgb c, double last, bool grey) {
    Rgb best = {0};
    int least = INT_MAX;
    for (int i = 16; i < 256; i++) {
        Rgb p = palette_rgb(i);
        bool is_grey = p.r == p.g && p.g == p.b;
        if (is_grey != grey || rgb_luminance(p) <= last || distance(c, p) >= least) continue;
        best = p;
        least = distance(c, p);
    }
    return best;
}

static Rgb step_of_256(Theme t, double at) {
    static Rgb steps[THEME_COUNT][RAMP_STEPS];
    static bool made[THEME_COUNT];
    double last = -1;
    for (int i = 0; i < RAMP_STEPS && !made[t]; i++) {
        steps[t][i] = next_step(ramp(t, (double)i / (RAMP_STEPS - 1)), last, t == THEME_GREY);
        last = rgb_luminance(steps[t][i]);
    }
    made[t] = true;
    return steps[t][MIN((int)(at * RAMP_STEPS), RAMP_STEPS - 1)];
}

Rgb theme_sequential(Theme t, double at, ColorDepth depth) {
    if (!(at > 0)) at = 0;
    if (at > 1) at = 1;
    return depth == DEPTH_256 ? step_of_256(t, at) : ramp(t, at);
}

Rgb theme_diverging(Theme t, double at, Ground ground, ColorDepth depth) {
    if (isnan(at)) at = 0;
    at = fmin(fmax(at, -1), 1);
    if (t == THEME_GREY) return theme_sequential(t, (at + 1) / 2, depth);
    return mix(ground == GROUND_LIGHT ? middle_light : middle_dark, at < 0 ? blue : orange,
               fabs(at));
}

/* ---- styles --------------------------------------------------------------------------------- */

/* A hue on each ground: entries of the palette with a contrast of CONTRAST_LEAST there, -1 where
 * the palette has none (few of the 16 read on white, none on both). Of the 16 the person's own
 * settings decide; xterm's are counted on. */
enum { HUE_NONE, HUE_GREY, HUE_RED, HUE_YELLOW, HUE_GREEN, HUE_BLUE, HUE_MAGENTA, HUE_CYAN };
static const struct {
    int16_t dark16, light16, dark, light, either;
} hues[] = {
    [HUE_NONE] = {-1, -1, -1, -1, -1},      [HUE_GREY] = {8, -1, 246, 241, 243},
    [HUE_RED] = {9, 1, 203, 160, 131},      [HUE_YELLOW] = {11, -1, 220, 94, -1},
    [HUE_GREEN] = {10, -1, 114, 22, 29},    [HUE_BLUE] = {14, 4, 111, 25, 63},
    [HUE_MAGENTA] = {13, 5, 176, 127, 163}, [HUE_CYAN] = {14, 4, 80, 23, 98},
};

/* Bold marks what carries structure, so that the text reads the same where there is no colour. */
static const Look looks[STYLE_COUNT] = {
    [STYLE_HEADING] = {.hue = HUE_CYAN, .bold = true},
    [STYLE_SUBHEADING] = {.hue = HUE_CYAN, .bold = true},
    [STYLE_STRONG] = {.bold = true},
    [STYLE_EMPHASIS] = {.italic = true},
    [STYLE_STRIKE] = {.strike = true},
    [STYLE_CODE] = {.hue = HUE_YELLOW},
    [STYLE_LINK] = {.hue = HUE_BLUE, .underline = true},
    [STYLE_QUOTE] = {.italic = true},
    [STYLE_FAINT] = {.hue = HUE_GREY},
    [STYLE_NAME] = {.bold = true},
    [STYLE_SHAPE] = {.hue = HUE_CYAN},
    [STYLE_LABEL] = {.hue = HUE_CYAN},
    [STYLE_MASKED] = {.hue = HUE_GREY},
    [STYLE_UNDERFLOW] = {.hue = HUE_YELLOW},
    [STYLE_NONFINITE] = {.hue = HUE_RED, .bold = true},
    [STYLE_ERROR] = {.hue = HUE_RED, .bold = true},
    [STYLE_WARNING] = {.hue = HUE_YELLOW, .bold = true},
    [STYLE_NOTE] = {.hue = HUE_BLUE, .bold = true},
    [STYLE_GOOD] = {.hue = HUE_GREEN, .bold = true},
    [STYLE_BAD] = {.hue = HUE_RED, .bold = true, .reverse = true},
    [STYLE_SELECTED] = {.bold = true, .reverse = true},
    [STYLE_PROMPT] = {.hue = HUE_GREEN, .bold = true},
    [STYLE_KEYWORD] = {.hue = HUE_MAGENTA},
    [STYLE_STRING] = {.hue = HUE_GREEN},
    [STYLE_COMMENT] = {.hue = HUE_GREY, .italic = true},
    [STYLE_NUMBER] = {.hue = HUE_CYAN},
    [STYLE_SERIES1] = {.hue = HUE_BLUE},
    [STYLE_SERIES2] = {.hue = HUE_YELLOW},
    [STYLE_SERIES3] = {.hue = HUE_GREEN},
    [STYLE_SERIES4] = {.hue = HUE_MAGENTA},
    [STYLE_SERIES5] = {.hue = HUE_CYAN},
    [STYLE_SERIES6] = {.hue = HUE_RED},
};

const Look *style_look(Style s) {
    return &looks[s];
}

int style_color(Style s, Ground ground, ColorDepth depth) {
    int hue = looks[s].hue;
    if (depth == DEPTH_NONE) return -1;
    if (depth == DEPTH_16)
        return ground == GROUND_DARK    ? hues[hue].dark16
               : ground == GROUND_LIGHT ? hues[hue].light16
                                        : -1;
    return ground == GROUND_DARK    ? hues[hue].dark
           : ground == GROUND_LIGHT ? hues[hue].light
                                    : hues[hue].either;
}
