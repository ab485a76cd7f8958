/* A sketch as PDF and PNG, by cairo, with text by Pango: shaping, right-to-left text and the fonts
 * that have a token's characters are its work. Both are opened when first wanted. */
#include "config.h"

#include "picture/picture.h"

#include <math.h>

#include "base/library.h"
#include "picture/cairo_abi.h"

/* clang-format off */
#define CAIRO(X)                                                                                   \
    X(cairo_create) X(cairo_destroy) X(cairo_status) X(cairo_status_to_string)                     \
    X(cairo_surface_destroy) X(cairo_surface_finish) X(cairo_surface_status)                       \
    X(cairo_surface_write_to_png_stream)                                                           \
    X(cairo_pdf_surface_create_for_stream) X(cairo_pdf_surface_set_size)                           \
    X(cairo_pdf_surface_set_metadata) X(cairo_image_surface_create) X(cairo_show_page)             \
    X(cairo_scale) X(cairo_translate) X(cairo_rotate) X(cairo_save) X(cairo_restore)               \
    X(cairo_set_source_rgb) X(cairo_rectangle) X(cairo_fill) X(cairo_clip) X(cairo_move_to)        \
    X(cairo_line_to) X(cairo_stroke) X(cairo_set_line_width) X(cairo_set_dash)
#define PANGO(X)                                                                                   \
    X(pango_layout_set_text) X(pango_layout_set_font_description) X(pango_layout_get_size)         \
    X(pango_layout_get_baseline) X(pango_font_description_from_string)                             \
    X(pango_font_description_free) X(pango_font_description_set_absolute_size)                     \
    X(pango_font_description_set_weight) X(pango_layout_set_single_paragraph_mode)
#define PANGOCAIRO(X)                                                                              \
    X(pango_cairo_create_layout) X(pango_cairo_show_layout)
#define GOBJECT(X) X(g_object_unref)
/* clang-format on */

static struct {
    bool tried, there;
    char why[240];
#define X(name) __typeof__(&name) name;
    CAIRO(X) PANGO(X) PANGOCAIRO(X) GOBJECT(X)
#undef X
} lib;

typedef struct Needed {
    const char *name;
    void *fn; /* a pointer to a function */
} Needed;

static bool open_one(const char *soname, const Needed *needed, size_t n) {
    void *handle = library_open(soname, lib.why, sizeof lib.why);
    for (size_t i = 0; handle && i < n; i++)
        if (!library_find(handle, needed[i].fn, needed[i].name)) {
            snprintf(lib.why, sizeof lib.why, "%s has no %s", soname, needed[i].name);
            return false;
        }
    return handle != NULL;
}

static bool open_libraries(Err *err) {
#define X(name) {#name, &lib.name},
    const Needed cairo[] = {CAIRO(X)}, pango[] = {PANGO(X)}, both[] = {PANGOCAIRO(X)},
                 gobject[] = {GOBJECT(X)};
#undef X
    if (!lib.tried)
        lib.there = open_one(CAIRO_SONAME, cairo, ARRAY_LEN(cairo)) &&
                    open_one(PANGO_SONAME, pango, ARRAY_LEN(pango)) &&
                    open_one(PANGOCAIRO_SONAME, both, ARRAY_LEN(both)) &&
                    open_one(GOBJECT_SONAME, gobject, ARRAY_LEN(gobject));
    lib.tried = true;
    if (lib.there) return true;
    err_set(err, ERR_IMPORT, ".pdf and .png are drawn by cairo and Pango, which are not here: %s",
            lib.why);
    return err_hint(err, "install them (Debian: libpangocairo-1.0-0); .svg needs neither");
}

#ifdef __SANITIZE_ADDRESS__
/* What fontconfig and Pango keep for the life of the process is no leak of ours. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);
const char *__lsan_default_options(void) {
    return "print_suppressions=0";
}
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig\nleak:libpango\nleak:libglib\nleak:libcairo\n";
}
#endif

/* ---- marks ------------------------------------------------------------------------------- */

typedef struct Pen {
    cairo_t *cr;
    PangoLayout *layout;
    PangoFontDescription *fonts[2]; /* by family */
} Pen;

static void source(Pen *pen, Rgb c) {
    lib.cairo_set_source_rgb(pen->cr, c.r / 255.0, c.g / 255.0, c.b / 255.0);
}

static void fill_box(Pen *pen, const SketchMark *m, Rgb ink) {
    source(pen, ink);
    lib.cairo_rectangle(pen->cr, m->x, m->y, m->w, m->h);
    lib.cairo_fill(pen->cr);
}

static void stroke(Pen *pen, const SketchMark *m) {
    double dashes[2] = {m->dash, m->dash * 0.6};
    source(pen, m->ink);
    lib.cairo_set_line_width(pen->cr, m->thick);
    lib.cairo_set_dash(pen->cr, dashes, m->dash > 0 ? 2 : 0, 0);
    lib.cairo_stroke(pen->cr);
}

/* Lines at 45 degrees whose distance is measured across them; those of neighbours meet. */
static void hatch(Pen *pen, const SketchMark *m) {
    double step = HATCH_STEP * sqrt(2);
    fill_box(pen, m, m->ground);
    lib.cairo_save(pen->cr);
    lib.cairo_rectangle(pen->cr, m->x, m->y, m->w, m->h);
    lib.cairo_clip(pen->cr);
    double first = floor((m->x + m->y) / step) * step;
    for (double at = first; at <= m->x + m->w + m->y + m->h + step; at += step) {
        lib.cairo_move_to(pen->cr, at - m->y + 2, m->y - 2);
        lib.cairo_line_to(pen->cr, at - m->y - m->h - 2, m->y + m->h + 2);
    }
    stroke(pen, m);
    lib.cairo_restore(pen->cr);
}

/* A font that is wider than the layout counted on is drawn smaller. */
static void words(Pen *pen, const SketchMark *m) {
    int width, height;
    PangoFontDescription *font = pen->fonts[m->family];
    if (!*m->text) return;
    lib.pango_font_description_set_weight(font, m->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    lib.pango_font_description_set_absolute_size(font, m->size * PANGO_SCALE);
    lib.pango_layout_set_font_description(pen->layout, font);
    lib.pango_layout_set_text(pen->layout, m->text, -1);
    lib.pango_layout_get_size(pen->layout, &width, &height);
    double w = (double)width / PANGO_SCALE, scale = w > m->width && w > 0 ? m->width / w : 1;
    double base = (double)lib.pango_layout_get_baseline(pen->layout) / PANGO_SCALE;
    double before = m->anchor == SKETCH_START ? 0 : m->anchor == SKETCH_MIDDLE ? w / 2 : w;
    source(pen, m->ink);
    lib.cairo_save(pen->cr);
    lib.cairo_translate(pen->cr, m->x, m->y);
    if (m->upward) lib.cairo_rotate(pen->cr, -acos(0));
    lib.cairo_scale(pen->cr, scale, scale);
    lib.cairo_move_to(pen->cr, -before, -base);
    lib.pango_cairo_show_layout(pen->cr, pen->layout);
    lib.cairo_restore(pen->cr);
}

static void mark(Pen *pen, const SketchMark *m) {
    switch (m->kind) {
    case SKETCH_RECT:
        fill_box(pen, m, m->ink);
        break;
    case SKETCH_HATCH:
        hatch(pen, m);
        break;
    case SKETCH_LINE:
        lib.cairo_move_to(pen->cr, m->x, m->y);
        lib.cairo_line_to(pen->cr, m->x + m->w, m->y + m->h);
        stroke(pen, m);
        break;
    case SKETCH_PATH:
        for (size_t i = 0; i < m->count; i++)
            (i ? lib.cairo_line_to : lib.cairo_move_to)(pen->cr, m->points[i].x, m->points[i].y);
        stroke(pen, m);
        break;
    case SKETCH_WORDS:
        words(pen, m);
        break;
    }
}

static void draw_page(Pen *pen, const SketchPage *page, double width) {
    SketchMark paper = {.w = width, .h = page->height};
    fill_box(pen, &paper, page->paper);
    for (size_t i = 0; i < page->marks.count && !INTERRUPTED(); i++)
        mark(pen, &page->marks.items[i]);
}

static void pen_open(Pen *pen, cairo_surface_t *surface) {
    pen->cr = lib.cairo_create(surface);
    pen->layout = lib.pango_cairo_create_layout(pen->cr);
    lib.pango_layout_set_single_paragraph_mode(pen->layout, true);
    pen->fonts[SKETCH_SANS] =
        lib.pango_font_description_from_string("DejaVu Sans, Noto Sans, sans");
    pen->fonts[SKETCH_MONO] =
        lib.pango_font_description_from_string("DejaVu Sans Mono, Noto Sans Mono, monospace");
}

static void pen_close(Pen *pen) {
    lib.pango_font_description_free(pen->fonts[SKETCH_SANS]);
    lib.pango_font_description_free(pen->fonts[SKETCH_MONO]);
    lib.g_object_unref(pen->layout);
    lib.cairo_destroy(pen->cr);
}

/* ---- files ------------------------------------------------------------------------------- */

static cairo_status_t append(void *to, const unsigned char *bytes, unsigned n) {
    Str *out = to;
    str_addn(out, (const char *)bytes, n);
    return out->lost ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static bool done(cairo_status_t status, const Str *out, Err *err) {
    if (out->lost)
        return err_set(err, ERR_MEMORY, "the picture does not fit into the memory limit");
    if (INTERRUPTED()) return err_set(err, ERR_INTERRUPT, "interrupted while drawing");
    if (status == CAIRO_STATUS_SUCCESS) return true;
    return err_set(err, ERR_RUNTIME, "cairo: %s", lib.cairo_status_to_string(status));
}

bool picture_pdf(const Sketch *s, Str *out, Err *err) {
    Pen pen;
    if (!open_libraries(err)) return false;
    cairo_surface_t *surface = lib.cairo_pdf_surface_create_for_stream(append, out, 1, 1);
    /* the same drawing is the same bytes: without the time of day */
    lib.cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
    lib.cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "qkv");
    if (s->title) lib.cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, s->title);
    pen_open(&pen, surface);
    for (size_t i = 0; i < s->pages.count; i++) {
        const SketchPage *page = &s->pages.items[i];
        lib.cairo_pdf_surface_set_size(surface, page->width, page->height);
        draw_page(&pen, page, page->width);
        lib.cairo_show_page(pen.cr);
    }
    pen_close(&pen);
    lib.cairo_surface_finish(surface);
    bool ok = done(lib.cairo_surface_status(surface), out, err);
    lib.cairo_surface_destroy(surface);
    return ok;
}

/* Pixels of a point: fine enough for print, coarser where that would be too large a picture. */
static double png_scale(double width, double height) {
    const double best = 3, pixels_max = 10000;
    return fmin(best, pixels_max / fmax(fmax(width, height), 1));
}

bool picture_png(const Sketch *s, Str *out, Err *err) {
    Pen pen;
    double width = 0, height = 0;
    if (!open_libraries(err)) return false;
    for (size_t i = 0; i < s->pages.count; i++) {
        width = fmax(width, s->pages.items[i].width);
        height += s->pages.items[i].height;
    }
    double scale = png_scale(width, height);
    int w = MAX((int)ceil(width * scale), 1), h = MAX((int)ceil(height * scale), 1);
    cairo_surface_t *surface = lib.cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    pen_open(&pen, surface);
    lib.cairo_scale(pen.cr, scale, scale);
    for (size_t i = 0; i < s->pages.count; i++) {
        draw_page(&pen, &s->pages.items[i], width);
        lib.cairo_translate(pen.cr, 0, s->pages.items[i].height);
    }
    cairo_status_t status = lib.cairo_status(pen.cr);
    pen_close(&pen);
    if (status == CAIRO_STATUS_SUCCESS)
        status = lib.cairo_surface_write_to_png_stream(surface, append, out);
    lib.cairo_surface_destroy(surface);
    return done(status, out, err);
}
