/* See inks.h. */
#include "config.h"

#include "picture/inks.h"

/* Of the palette of 256: black, white, and greys between them. */
enum { BLACK = 16, WHITE = 231, NIGHT = 234, DUSK = 236, SMOKE = 244, ASH = 240, SILVER = 250 };

static Rgb of_style(Style s, Ground ground, Rgb otherwise) {
    int i = style_color(s, ground, DEPTH_256);
    return i < 0 ? otherwise : palette_rgb(i);
}

Inks inks_of(PictureTheme theme) {
    bool dark = theme == PICTURE_DARK, print = theme == PICTURE_PRINT;
    Inks k = {.theme = theme, .dashed = print};
    k.style = (ViewStyle){.depth = DEPTH_TRUE,
                          .ground = dark ? GROUND_DARK : GROUND_LIGHT,
                          .theme = print ? THEME_GREY : THEME_VIRIDIS,
                          .wide = true,
                          .no_bars = true};
    k.paper = palette_rgb(dark ? NIGHT : WHITE);
    k.text = palette_rgb(dark ? SILVER + 3 : BLACK);
    k.faint = palette_rgb(dark ? SMOKE + 3 : ASH);
    k.bad = print ? k.text : of_style(STYLE_BAD, k.style.ground, k.text);
    k.hatch = palette_rgb(dark ? SILVER : print ? BLACK : ASH);
    k.hatch_ground = palette_rgb(dark ? DUSK : WHITE);
    for (int i = 0; i < INKS_SERIES; i++)
        k.series[i] = print ? k.text : of_style((Style)(STYLE_SERIES1 + i), k.style.ground, k.text);
    return k;
}

/* On paper little is light and much is dark. */
Rgb inks_ramp(const Inks *inks, const MatrixPlan *p, double at) {
    if (inks->theme != PICTURE_PRINT) return matrix_ramp_color(p, at);
    if (p->m->scale == VIEW_DIVERGING) return matrix_ramp_color(p, -at);
    return matrix_ramp_color(p, 1 - at);
}

bool inks_hatched(const MatrixCell *cell) {
    return cell->kind == CELL_MASKED || (cell->kind == CELL_NONFINITE && cell->v < 0);
}

bool inks_cell(const Inks *inks, const MatrixPlan *p, const MatrixCell *cell, Rgb *out) {
    if (!matrix_color(p, cell, out)) return false;
    *out = inks_ramp(inks, p, cell->kind == CELL_ON ? 0.7 : matrix_ramp(p, cell->v));
    return true;
}

Rgb inks_on(Rgb ground) {
    return palette_rgb(rgb_wants_black(ground) ? BLACK : WHITE);
}
