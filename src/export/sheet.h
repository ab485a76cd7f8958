/* Views as sheets of text cells, for formats that are tables: a sheet for each slice of a matrix,
 * a table, a ledger, the points of curves, bars. */
#ifndef QKV_EXPORT_SHEET_H
#define QKV_EXPORT_SHEET_H

#include "base/err.h"
#include "export/export.h"
#include "picture/inks.h"

typedef struct SheetCell {
    char *exact; /* every digit */
    char *shown; /* as the view draws it; NULL: as exact */
    bool number;
    bool masked;
    bool colored; /* by `ground` */
    Rgb ground;
} SheetCell;

typedef struct Sheet {
    char *title, *meaning; /* NULL: none */
    char *notes;           /* lines: legend, warnings; "" for none */
    char *corner;          /* what the labels of the rows are; "" for none */
    char **rows;           /* labels, one for each row; NULL: rows have none */
    char **cols;           /* one for each column */
    size_t R, C;
    SheetCell *cells; /* row by row */
    bool matrix;
    const View *view; /* borrowed: what it was */
} Sheet;

typedef VEC(Sheet) Sheets;

/* ERR_VALUE where a view has more entries than a sheet should, and for views that are no table. */
bool sheets_of(View *const *views, size_t n, PictureTheme theme, Sheets *out, Err *err);
void sheets_clear(Sheets *s);
static inline const SheetCell *sheet_cell(const Sheet *s, size_t row, size_t col) {
    return &s->cells[row * s->C + col];
}
static inline const char *sheet_shown(const SheetCell *c) {
    return c->shown ? c->shown : c->exact;
}

/* The formats made of them; each appends a file's bytes. */
bool export_csv(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err);
bool export_tsv(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err);
bool export_md(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err);
bool export_tex(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err);
bool export_html(View *const *views, size_t n, const ExportOptions *o, Str *out, Err *err);

/* A sheet as a table of HTML, for pages that have the style of html_style. Append. */
void html_table(const Sheet *s, Str *out);
void html_style(Str *out);
void html_escape(const char *text, Str *out);

#endif
