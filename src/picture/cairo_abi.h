/* What cairo.c uses of cairo, Pango and GObject, as their manuals give it: types, numbers and
 * prototypes. Nothing of it is linked, the functions are found when a picture wants them; so
 * building needs none of the three's headers, which on Debian bring half a desktop along. */
#ifndef QKV_PICTURE_CAIRO_ABI_H
#define QKV_PICTURE_CAIRO_ABI_H

typedef struct cairo cairo_t;
typedef struct cairo_surface cairo_surface_t;
typedef struct PangoLayout PangoLayout;
typedef struct PangoFontDescription PangoFontDescription;
typedef int cairo_status_t;
typedef cairo_status_t (*CairoWrite)(void *to, const unsigned char *bytes, unsigned n);

enum { CAIRO_STATUS_SUCCESS = 0, CAIRO_STATUS_WRITE_ERROR = 11 };
enum { CAIRO_FORMAT_RGB24 = 1 };
enum {
    CAIRO_PDF_METADATA_TITLE = 0,
    CAIRO_PDF_METADATA_CREATOR = 4,
    CAIRO_PDF_METADATA_CREATE_DATE = 5
};
enum { PANGO_SCALE = 1024, PANGO_WEIGHT_NORMAL = 400, PANGO_WEIGHT_BOLD = 700 };

cairo_t *cairo_create(cairo_surface_t *);
void cairo_destroy(cairo_t *);
cairo_status_t cairo_status(cairo_t *);
const char *cairo_status_to_string(cairo_status_t);
void cairo_surface_destroy(cairo_surface_t *);
void cairo_surface_finish(cairo_surface_t *);
cairo_status_t cairo_surface_status(cairo_surface_t *);
cairo_status_t cairo_surface_write_to_png_stream(cairo_surface_t *, CairoWrite, void *to);
cairo_surface_t *cairo_pdf_surface_create_for_stream(CairoWrite, void *to, double w, double h);
void cairo_pdf_surface_set_size(cairo_surface_t *, double w, double h);
void cairo_pdf_surface_set_metadata(cairo_surface_t *, int what, const char *text);
cairo_surface_t *cairo_image_surface_create(int format, int w, int h);
void cairo_show_page(cairo_t *);
void cairo_scale(cairo_t *, double x, double y);
void cairo_translate(cairo_t *, double x, double y);
void cairo_rotate(cairo_t *, double radians);
void cairo_save(cairo_t *);
void cairo_restore(cairo_t *);
void cairo_set_source_rgb(cairo_t *, double r, double g, double b);
void cairo_rectangle(cairo_t *, double x, double y, double w, double h);
void cairo_fill(cairo_t *);
void cairo_clip(cairo_t *);
void cairo_move_to(cairo_t *, double x, double y);
void cairo_line_to(cairo_t *, double x, double y);
void cairo_stroke(cairo_t *);
void cairo_set_line_width(cairo_t *, double);
void cairo_set_dash(cairo_t *, const double *dashes, int n, double offset);
PangoLayout *pango_cairo_create_layout(cairo_t *);
void pango_cairo_show_layout(cairo_t *, PangoLayout *);
void pango_layout_set_text(PangoLayout *, const char *text, int bytes);
void pango_layout_set_font_description(PangoLayout *, const PangoFontDescription *);
void pango_layout_get_size(PangoLayout *, int *w, int *h);
int pango_layout_get_baseline(PangoLayout *);
void pango_layout_set_single_paragraph_mode(PangoLayout *, int on);
PangoFontDescription *pango_font_description_from_string(const char *);
void pango_font_description_free(PangoFontDescription *);
void pango_font_description_set_absolute_size(PangoFontDescription *, double);
void pango_font_description_set_weight(PangoFontDescription *, int);
void g_object_unref(void *);

#endif
