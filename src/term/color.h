/* The only place with colours: what each style looks like, the ramps behind the
 * digits of a matrix, and how a colour is said to a terminal of some depth.
 * Styles are meanings; nobody outside src/term names a colour.
 */
#ifndef QKV_TERM_COLOR_H
#define QKV_TERM_COLOR_H

#include "base/base.h"
#include "term/term.h"

typedef struct Rgb {
    uint8_t r, g, b;
} Rgb;

/* X(suffix): what a piece of text is. */
#define STYLES(X)                                                                                  \
    X(PLAIN)                                                                                       \
    X(HEADING)                                                                                     \
    X(SUBHEADING)                                                                                  \
    X(STRONG)                                                                                      \
    X(EMPHASIS)                                                                                    \
    X(STRIKE)                                                                                      \
    X(CODE) /* inline code and code blocks */                                                      \
    X(LINK)                                                                                        \
    X(QUOTE)                                                                                       \
    X(FAINT) /* what may be overlooked: rules, ellipses, legends */                                \
    X(NAME)  /* a tensor's or column's name */                                                     \
    X(SHAPE)                                                                                       \
    X(MEANING) /* the formula beside a name */                                                     \
    X(LABEL)   /* tokens along an axis */                                                          \
    X(SUM)     /* row sums, totals */                                                              \
    X(MASKED)                                                                                      \
    X(UNDERFLOW)                                                                                   \
    X(NONFINITE) /* nan and inf */                                                                 \
    X(ERROR)                                                                                       \
    X(WARNING)                                                                                     \
    X(NOTE)                                                                                        \
    X(GOOD)     /* a passed check, a right answer */                                               \
    X(BAD)      /* a leaking cell, a wrong answer */                                               \
    X(SELECTED) /* the cell under the cursor */                                                    \
    X(PROMPT)                                                                                      \
    X(KEYWORD)                                                                                     \
    X(STRING)                                                                                      \
    X(COMMENT)                                                                                     \
    X(NUMBER)                                                                                      \
    X(SERIES1)                                                                                     \
    X(SERIES2)                                                                                     \
    X(SERIES3)                                                                                     \
    X(SERIES4)                                                                                     \
    X(SERIES5)                                                                                     \
    X(SERIES6)

typedef enum Style {
#define X(id) STYLE_##id,
    STYLES(X)
#undef X
        STYLE_COUNT
} Style;

typedef enum Theme { THEME_VIRIDIS, THEME_CIVIDIS, THEME_GREY, THEME_COUNT } Theme;

const char *theme_name(Theme t);
/* false when there is no such theme; *out untouched. */
bool theme_parse(const char *name, Theme *out);

/* Least to most, at in 0..1 (clamped; NaN counts as 0). With 256 colours it takes RAMP_STEPS
 * colours of the palette, each lighter than the one before, and greys only in the grey theme. */
enum { RAMP_STEPS = 16 };
Rgb theme_sequential(Theme t, double at, ColorDepth depth);
/* Negative to positive, at in -1..1: blue over a neutral middle to orange; the
 * grey theme goes from dark to light. The middle is light on light terminals, else dark. */
Rgb theme_diverging(Theme t, double at, Ground ground, ColorDepth depth);

/* Relative luminance 0..1 (WCAG 2), and whether black text reads better on c than white. */
double rgb_luminance(Rgb c);
bool rgb_wants_black(Rgb c);
/* WCAG 2's contrast of two colours, 1..21; text wants CONTRAST_LEAST. */
#define CONTRAST_LEAST 4.5
double rgb_contrast(Rgb a, Rgb b);
/* Nearest entry of the 16 and the 256 colour palettes. */
int rgb_to_16(Rgb c);
int rgb_to_256(Rgb c);
/* What a terminal of that depth makes of c. */
Rgb rgb_shown(Rgb c, ColorDepth depth);
/* Entry i of the 256 (its first 16 as xterm sets them; terminals differ). */
Rgb palette_rgb(int i);

/* How a style looks: attributes, and a hue in place of the default foreground. */
typedef struct Look {
    uint8_t hue; /* HUE_* of color.c */
    bool bold, italic, underline, reverse, strike;
} Look;
const Look *style_look(Style s);
/* The palette's entry for the style's text: of the first 16 with DEPTH_16, of all with more;
 * -1: the default foreground, which reads on any ground. */
int style_color(Style s, Ground ground, ColorDepth depth);

#endif
