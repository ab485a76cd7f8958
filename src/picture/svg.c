/* A sketch as SVG; see sketch.h. Numbers have two decimals, so that the same drawing is the same
 * bytes everywhere. */
#include "config.h"

#include "picture/sketch.h"

#include <math.h>

static const char *const families[] = {
    [SKETCH_SANS] = "DejaVu Sans, Noto Sans, Helvetica, Arial, sans-serif",
    [SKETCH_MONO] = "DejaVu Sans Mono, Noto Sans Mono, Menlo, monospace"};

static void escape(Str *out, const char *text) {
    for (const char *p = text; *p; p++) {
        if (*p == '&')
            str_add(out, "&amp;");
        else if (*p == '<')
            str_add(out, "&lt;");
        else if (*p == '>')
            str_add(out, "&gt;");
        else if (*p == '"')
            str_add(out, "&quot;");
        else
            str_addc(out, *p);
    }
}

/* " name=\"1.5\"", without zeros at the end. */
static void length(Str *out, const char *name, double v) {
    char text[64];
    snprintf(text, sizeof text, "%.2f", v + 0.0);
    size_t n = strlen(text);
    while (text[n - 1] == '0') n--;
    if (text[n - 1] == '.') n--;
    text[n] = '\0';
    str_printf(out, " %s=\"%s\"", name, strcmp(text, "-0") == 0 ? "0" : text);
}

static void color(Str *out, const char *name, Rgb c) {
    str_printf(out, " %s=\"#%02x%02x%02x\"", name, c.r, c.g, c.b);
}

static void close_mark(Str *out, const char *element, const char *tip) {
    if (!tip) {
        str_add(out, "/>\n");
        return;
    }
    str_add(out, "><title>");
    escape(out, tip);
    str_printf(out, "</title></%s>\n", element);
}

static void box(Str *out, const SketchMark *m, double top) {
    str_add(out, "<rect");
    length(out, "x", m->x);
    length(out, "y", m->y + top);
    length(out, "width", m->w);
    length(out, "height", m->h);
}

static void stroke(Str *out, const SketchMark *m) {
    color(out, "stroke", m->ink);
    length(out, "stroke-width", m->thick);
    if (m->dash > 0) str_printf(out, " stroke-dasharray=\"%.1f %.1f\"", m->dash, m->dash * 0.6);
}

static void path(Str *out, const SketchMark *m, double top) {
    str_add(out, "<polyline fill=\"none\"");
    stroke(out, m);
    str_add(out, " points=\"");
    for (size_t i = 0; i < m->count; i++)
        str_printf(out, "%s%.2f,%.2f", i ? " " : "", m->points[i].x, m->points[i].y + top);
    str_add(out, "\"");
    close_mark(out, "polyline", m->tip);
}

static void words(Str *out, const SketchMark *m, double top) {
    static const char *const anchors[] = {
        [SKETCH_START] = "start", [SKETCH_MIDDLE] = "middle", [SKETCH_END] = "end"};
    if (!*m->text) return;
    str_add(out, "<text");
    length(out, "x", m->x);
    length(out, "y", m->y + top);
    if (m->upward) str_printf(out, " transform=\"rotate(-90 %.2f %.2f)\"", m->x, m->y + top);
    length(out, "font-size", m->size);
    str_printf(out, " text-anchor=\"%s\"", anchors[m->anchor]);
    if (m->family == SKETCH_MONO) str_printf(out, " font-family=\"%s\"", families[SKETCH_MONO]);
    if (m->bold) str_add(out, " font-weight=\"bold\"");
    color(out, "fill", m->ink);
    str_add(out, " xml:space=\"preserve\">");
    escape(out, m->text);
    if (m->tip) {
        str_add(out, "<title>");
        escape(out, m->tip);
        str_add(out, "</title>");
    }
    str_add(out, "</text>\n");
}

static void hatch(Str *out, const SketchMark *m, double top) {
    box(out, m, top);
    color(out, "fill", m->ground);
    str_add(out, "/>\n");
    box(out, m, top);
    str_printf(out, " fill=\"url(#hatch-%02x%02x%02x)\"", m->ink.r, m->ink.g, m->ink.b);
    close_mark(out, "rect", m->tip);
}

static void mark(Str *out, const SketchMark *m, double top) {
    switch (m->kind) {
    case SKETCH_RECT:
        box(out, m, top);
        color(out, "fill", m->ink);
        close_mark(out, "rect", m->tip);
        break;
    case SKETCH_HATCH:
        hatch(out, m, top);
        break;
    case SKETCH_LINE:
        str_add(out, "<line");
        length(out, "x1", m->x);
        length(out, "y1", m->y + top);
        length(out, "x2", m->x + m->w);
        length(out, "y2", m->y + m->h + top);
        stroke(out, m);
        close_mark(out, "line", m->tip);
        break;
    case SKETCH_PATH:
        path(out, m, top);
        break;
    case SKETCH_WORDS:
        words(out, m, top);
        break;
    }
}

/* A pattern for each colour of hatching. */
static void patterns(Str *out, const Sketch *s) {
    VEC(Rgb) seen = {0};
    for (size_t p = 0; p < s->pages.count; p++)
        for (size_t i = 0; i < s->pages.items[p].marks.count; i++) {
            const SketchMark *m = &s->pages.items[p].marks.items[i];
            bool known = m->kind != SKETCH_HATCH;
            for (size_t k = 0; k < seen.count && !known; k++)
                known = memcmp(&seen.items[k], &m->ink, sizeof m->ink) == 0;
            if (known) continue;
            vec_push(&seen, m->ink);
            str_printf(out,
                       "<defs><pattern id=\"hatch-%02x%02x%02x\" width=\"%.1f\" height=\"%.1f\" "
                       "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect "
                       "width=\"%.1f\" height=\"%.1f\" fill=\"#%02x%02x%02x\"/></pattern></defs>\n",
                       m->ink.r, m->ink.g, m->ink.b, HATCH_STEP, HATCH_STEP, HATCH_THICK,
                       HATCH_STEP, m->ink.r, m->ink.g, m->ink.b);
        }
    vec_clear(&seen);
}

void sketch_svg(const Sketch *s, Str *out) {
    double width = 0, height = 0, top = 0;
    for (size_t p = 0; p < s->pages.count; p++) {
        width = fmax(width, s->pages.items[p].width);
        height += s->pages.items[p].height;
    }
    str_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0fpt\" height=\"%.0fpt\" "
               "viewBox=\"0 0 %.2f %.2f\" role=\"img\" font-family=\"%s\">\n",
               width, height, width, height, families[SKETCH_SANS]);
    if (s->title) {
        str_add(out, "<title>");
        escape(out, s->title);
        str_add(out, "</title>\n");
    }
    patterns(out, s);
    for (size_t p = 0; p < s->pages.count; p++) {
        const SketchPage *page = &s->pages.items[p];
        SketchMark paper = {.w = width, .h = page->height, .ink = page->paper};
        mark(out, &paper, top);
        for (size_t i = 0; i < page->marks.count; i++) mark(out, &page->marks.items[i], top);
        top += page->height;
    }
    str_add(out, "</svg>\n");
}
