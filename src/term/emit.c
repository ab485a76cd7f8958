/* Canvas -> bytes: the only place that writes escape sequences. */
#include "config.h"

#include "term/canvas.h"

#include "base/utf8.h"
#include "term/ascii.h"

/* What the terminal is set to, reduced to what a depth can say: two cells that look
 * the same compare equal, and then nothing is sent. -1: default; else a palette
 * index, or 0xRRGGBB with true colour. */
typedef struct Pen {
    bool bold, italic, underline, reverse, strike;
    int fg, bg;
} Pen;

static const Pen pen_plain = {.fg = -1, .bg = -1};

static bool pen_equal(const Pen *a, const Pen *b) {
    return a->bold == b->bold && a->italic == b->italic && a->underline == b->underline &&
           a->reverse == b->reverse && a->strike == b->strike && a->fg == b->fg && a->bg == b->bg;
}

static int reduce(Rgb c, ColorDepth depth) {
    if (depth == DEPTH_16) return rgb_to_16(c);
    if (depth == DEPTH_256) return rgb_to_256(c);
    return c.r << 16 | c.g << 8 | c.b;
}

static Pen pen_of_style(Style style, const TermFacts *facts) {
    const Look *look = style_look(style);
    int fg = style_color(style, facts->ground, facts->depth);
    return (Pen){.bold = look->bold,
                 .italic = look->italic,
                 .underline = look->underline,
                 .reverse = look->reverse,
                 .strike = look->strike,
                 .fg = fg >= 0 && facts->depth == DEPTH_TRUE ? reduce(palette_rgb(fg), DEPTH_TRUE)
                                                             : fg,
                 .bg = -1};
}

static Pen pen_of(const Cell *cell, const TermFacts *facts) {
    static const Rgb black = {0, 0, 0}, white = {255, 255, 255};
    if (facts->depth == DEPTH_NONE) return pen_plain;
    Pen pen = pen_of_style((Style)cell->style, facts);
    if (cell->has_bg) {
        pen.bg = reduce(cell->bg, facts->depth);
        pen.fg = reduce(rgb_wants_black(rgb_shown(cell->bg, facts->depth)) ? black : white,
                        facts->depth);
    }
    if (cell->has_fg) pen.fg = reduce(cell->fg, facts->depth);
    return pen;
}

/* 30-37 and 90-97, or 40-47 and 100-107 with base 40. */
static void emit_palette(int base, int index, Str *out) {
    str_printf(out, ";%d", index < 8 ? base + index : base + 52 + index);
}

static void emit_color(int base, int color, ColorDepth depth, Str *out) {
    if (depth == DEPTH_16)
        emit_palette(base, color, out);
    else if (depth == DEPTH_256)
        str_printf(out, ";%d;5;%d", base + 8, color);
    else
        str_printf(out, ";%d;2;%d;%d;%d", base + 8, color >> 16 & 255, color >> 8 & 255,
                   color & 255);
}

/* From one pen to another. Attributes can only be taken back by a reset, colours
 * are just replaced; "\x1b[m" is the reset. */
static void pen_change(const Pen *from, const Pen *to, ColorDepth depth, Str *out) {
    if (pen_equal(from, to)) return;
    if (pen_equal(to, &pen_plain)) {
        str_add(out, "\x1b[m");
        return;
    }
    bool reset = (from->bold && !to->bold) || (from->italic && !to->italic) ||
                 (from->underline && !to->underline) || (from->reverse && !to->reverse) ||
                 (from->strike && !to->strike) || (from->fg >= 0 && to->fg < 0) ||
                 (from->bg >= 0 && to->bg < 0);
    if (reset) from = &pen_plain;
    Str codes = STR_INIT;
    if (reset) str_add(&codes, ";0");
    if (to->bold && !from->bold) str_add(&codes, ";1");
    if (to->italic && !from->italic) str_add(&codes, ";3");
    if (to->underline && !from->underline) str_add(&codes, ";4");
    if (to->reverse && !from->reverse) str_add(&codes, ";7");
    if (to->strike && !from->strike) str_add(&codes, ";9");
    if (to->fg >= 0 && to->fg != from->fg) emit_color(30, to->fg, depth, &codes);
    if (to->bg >= 0 && to->bg != from->bg) emit_color(40, to->bg, depth, &codes);
    str_printf(out, "\x1b[%sm", str_cstr(&codes) + 1);
    str_clear(&codes);
}

static bool shows(const Cell *cell, const TermFacts *facts) {
    if (cell->len && !(cell->len == 1 && cell->text[0] == ' ')) return true;
    if (cell->right_half) return true;
    if (facts->depth == DEPTH_NONE) return false;
    return cell->has_bg || style_look((Style)cell->style)->reverse;
}

/* A blank takes any pen that leaves no trace on it: keep the current one if it does. */
static Pen ink_free(const Pen *now) {
    bool trace = now->bg >= 0 || now->underline || now->reverse || now->strike;
    return trace ? pen_plain : *now;
}

void canvas_emit_row(const Canvas *c, int row, const TermFacts *facts, Str *out) {
    int end = canvas_width(c);
    while (end > 0 && !shows(canvas_cell(c, row, end - 1), facts)) end--;
    Pen pen = pen_plain;
    AsciiLine ascii = {.width = canvas_width(c)};
    for (int col = 0; col < end; col++) {
        const Cell *cell = canvas_cell(c, row, col);
        if (cell->right_half) continue;
        bool inked = shows(cell, facts) || (cell->len && style_look((Style)cell->style)->underline);
        Pen want = inked ? pen_of(cell, facts) : ink_free(&pen);
        pen_change(&pen, &want, facts->depth, out);
        pen = want;
        bool wide = col + 1 < end && canvas_cell(c, row, col + 1)->right_half;
        if (!facts->utf8)
            ascii_put(&ascii, cell->text, cell->len, wide ? 2 : 1, out);
        else if (cell->len)
            str_addn(out, cell->text, cell->len);
        else
            str_addc(out, ' ');
    }
    pen_change(&pen, &pen_plain, facts->depth, out);
    str_addc(out, '\n');
}

void canvas_emit(const Canvas *c, const TermFacts *facts, Str *out) {
    for (int row = 0; row < canvas_rows(c); row++) canvas_emit_row(c, row, facts, out);
}

void rows_erase(int rows, Str *out) {
    if (rows > 0) str_printf(out, "\r\x1b[%dA\x1b[J", rows);
}

void style_emit(Style style, const char *text, const TermFacts *facts, Str *out) {
    Pen want = facts->depth == DEPTH_NONE ? pen_plain : pen_of_style(style, facts);
    Str safe = STR_INIT;
    utf8_escape(&safe, text, strlen(text), true);
    pen_change(&pen_plain, &want, facts->depth, out);
    if (facts->utf8)
        str_addn(out, str_cstr(&safe), safe.len);
    else
        ascii_text(str_cstr(&safe), safe.len, out);
    pen_change(&want, &pen_plain, facts->depth, out);
    str_clear(&safe);
}
